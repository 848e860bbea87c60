"""`custmaster check` on files of three sizes: rows a second of the whole command, and its peak memory.

    python tests/bench/check.py [--rules-only] MAPPING.toml FILE...

Each file is checked by a process of its own, findings written as CSV, everything counted: start of the interpreter, recognising the
encoding, reading, judging, scoring the elements, the existence check inside the file, numbering, writing; with --rules-only judging alone.
Memory is the greatest resident size that the process ever had.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measure(mapping: str, file: str, *, rules_only: bool) -> tuple[int, int, float, int]:
    """Rows, findings, seconds and peak megabytes of one check."""
    with tempfile.TemporaryDirectory() as folder:
        out, numbers = str(Path(folder, "findings.csv")), str(Path(folder, "numbers.csv"))
        words = ["check", file, "--mapping", mapping, "--as-of", "2026-11-23", "--out", out, "--json"]
        words += ["--rules-only"] if rules_only else ["--numbers-out", numbers]
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "custmaster.cli", *words], stdout=subprocess.PIPE)
        assert process.stdout is not None
        answer = json.loads(process.stdout.read())
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
    return answer["rows"], answer["findings"], seconds, round(usage.ru_maxrss / 1024)


def main() -> None:
    """Print one line for each file."""
    rules_only = "--rules-only" in sys.argv
    mapping, *files = [word for word in sys.argv[1:] if word != "--rules-only"]
    print(f"{'file':24} {'rows':>10} {'findings':>10} {'seconds':>8} {'rows/s':>8} {'peak MB':>8}")
    for file in files:
        rows, findings, seconds, peak = measure(mapping, file, rules_only=rules_only)
        print(f"{Path(file).name:24} {rows:10,} {findings:10,} {seconds:8.2f} {rows / seconds:8,.0f} {peak:8,}")


if __name__ == "__main__":
    main()
