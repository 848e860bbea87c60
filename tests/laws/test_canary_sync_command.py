"""Nothing that was typed or stands in a file of changes comes back from `custmaster sync`, unless it is a number of the number plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from custmaster.cli import main

TOKEN = "CANARY张伟44052419880101002X"
SOUND = {"number": "6000000001", "system": "EUSP", "changed": ["name"]}
HOSTILE = [
    SOUND | {"number": TOKEN},
    SOUND | {"system": TOKEN},
    SOUND | {"cause": TOKEN},
    SOUND | {"changed": [TOKEN, f"relationship/{TOKEN}/6000000002"]},
    SOUND | {"changed": TOKEN},
    SOUND | {"changed": {TOKEN: TOKEN}},
    SOUND | {TOKEN: TOKEN},
    {"number": "6000000001", "system": "EUSP", "operation": TOKEN},
    {"number": "6000000001", "system": "BP", "operation": "MERGE", "survivor": TOKEN},
    {"number": TOKEN, "system": "BP", "operation": "MERGE", "survivor": "6000000001"},
    {TOKEN: 1},
]


@pytest.mark.parametrize("words", [[], ["--json"], ["--lang", "zh"]])
def test_a_hostile_file_of_changes_is_not_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    file, out = tmp_path / "changes.jsonl", tmp_path / "plan.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in HOSTILE]
    broken = [f'{{"{TOKEN}": ', TOKEN, f'["{TOKEN}"]', f'{{"{TOKEN}": 1, "{TOKEN}": 2}}']
    file.write_text("\n".join([*lines, *broken]), encoding="utf-8")
    assert main(["sync", "replay", str(file), "--out", str(out), "--as-of", "2026-11-23", *words]) == 1
    caught = capsys.readouterr()
    written = out.read_text("utf-8")
    assert len(written.splitlines()) == 4
    for text in (caught.out, caught.err, written):
        assert "CANARY" not in text
        assert "440524" not in text


@pytest.mark.parametrize("words", [[], ["--json"], ["--lang", "zh"]])
@pytest.mark.parametrize(
    "asked",
    [
        [TOKEN, "--system", "BP", "--operation", "change-key"],
        ["6000000001", "--system", TOKEN, "--operation", "change-key"],
        ["6000000001", "--system", "BP", "--operation", "merge", "--survivor", TOKEN],
        [TOKEN, "--system", "BP", "--operation", "merge", "--survivor", TOKEN],
        ["6000000001", "--system", "BP", "--operation", "create", "--survivor", TOKEN],
    ],
)
def test_what_was_asked_is_not_repeated(capsys: pytest.CaptureFixture[str], asked: list[str], words: list[str]) -> None:
    assert main(["sync", "explain", *asked, "--as-of", "2026-11-23", *words]) in {1, 2}
    caught = capsys.readouterr()
    assert "CANARY" not in caught.out + caught.err
    assert "440524" not in caught.out + caught.err
