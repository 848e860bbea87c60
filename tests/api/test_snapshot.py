"""The public names and signatures are those of the snapshot: what a bank builds on does not change by accident."""

from __future__ import annotations

import difflib
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_public_names_are_those_of_the_snapshot() -> None:
    made = runpy.run_path(str(ROOT / ".ci" / "api_snapshot.py"))["snapshot"]()
    kept = (ROOT / "tests" / "api" / "snapshot.txt").read_text(encoding="utf-8")
    difference = list(
        difflib.unified_diff(kept.splitlines(), made.splitlines(), "snapshot.txt", "now", lineterm="", n=1)
    )
    assert difference == [], "if this is meant: python .ci/api_snapshot.py, and a fragment in docs/changes"


def test_the_snapshot_would_see_a_change() -> None:
    described = runpy.run_path(str(ROOT / ".ci" / "api_snapshot.py"))["_described"]

    def asked(day: str, *, strict: bool = True) -> int: ...

    assert list(described("asked", asked)) == ["  asked(day: 'str', *, strict: 'bool' = True) -> 'int'"]
