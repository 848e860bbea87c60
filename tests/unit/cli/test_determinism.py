"""The same run gives the same bytes, whatever the hash seed, the locale and the time zone."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from custmaster.cli.sample import make

# A locale that the machine does not have acts as C: the encodings still differ, which is what could show.
LOCALES = (
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "C.UTF-8"},
    {"LC_ALL": "zh_CN.GB18030"},
)
ZONES = ("UTC", "Asia/Shanghai", "America/St_Johns")


WORDS = (
    "check", "customers.csv", "--mapping", "customers.toml", "--as-of", "2026-11-23", "--lang", "zh",
    "--out", "findings.csv", "--numbers-out", "numbers.csv",
)  # fmt: skip


def _digest(folder: Path, seed: int, locale: dict[str, str], zone: str) -> str:
    """Of everything that a run writes: both files, and the whole of what it shows."""
    ran = subprocess.run(
        [sys.executable, "-m", "custmaster.cli", *WORDS],
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": str(seed), "TZ": zone, **locale},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, b"")
    written = [(folder / name).read_bytes() for name in ("findings.csv", "numbers.csv")]
    return hashlib.sha256(b"\0".join([*written, ran.stdout])).hexdigest()


def test_five_hash_seeds_three_locales_and_time_zones(tmp_path: Path) -> None:
    make(tmp_path / "customers.csv", count=120, seed=5)
    combined = [(seed, place) for seed in range(5) for place in range(3)]
    digests = {_digest(tmp_path, seed, LOCALES[place], ZONES[(place + seed) % 3]) for seed, place in combined}
    assert len(digests) == 1
