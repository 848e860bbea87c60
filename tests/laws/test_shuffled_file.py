"""A shuffled file gives the same findings once line numbers are taken out and rows sorted, and the same numbers to the same records.

Thousands of rows that share keys, in runs and parts so small that everything spills and is merged in several generations.
"""

from __future__ import annotations

import csv
import json
import random
import re
import tempfile
from pathlib import Path

import pytest

from custmaster.cli import main
from custmaster.report import in_file
from custmaster.wire import _spill

MAPPING = (
    '[fields]\nsource_key = "key"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"\n'
    '[[documents]]\ntype = "RESIDENT_ID"\nnumber = "id"\n'
)
COUNT = 2400
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def card(dice: random.Random, born: str) -> str:
    body = f"110105{born.replace('-', '')}{dice.randrange(1000):03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def rows(seed: int) -> list[tuple[str, ...]]:
    """Customers, many of them twice or thrice: the same again, under a variant name, damaged, without a document, on 15 digits."""
    dice, made = random.Random(seed), list[tuple[str, ...]]()
    for key in range(COUNT):
        if made and dice.random() < 0.45:  # nearly every other
            _, name, number, mobile, born = made[dice.randrange(max(0, len(made) - 400), len(made))]
            changed = dice.randrange(6)
            name = (name, name.replace("伟", "偉"), name[0] + "?", name, "赵敏", name)[changed]
            number = (number, number, number, "", number, number[:6] + number[8:17])[changed]
        else:
            born = f"19{dice.randrange(60, 99)}-{dice.randrange(1, 13):02d}-{dice.randrange(1, 28):02d}"
            name = dice.choice("王李张刘陈杨") + "".join(dice.choices("伟芳娜敏静丽强磊军洋", k=2))
            number, mobile = card(dice, born), f"139{dice.randrange(10**8):08d}"
        # Keys of several widths, some rows without one.
        made.append(("" if key % 97 == 0 else str(key), name, number, mobile, born))
    return made


def outcome(folder: Path, table: list[tuple[str, ...]]) -> tuple[list[str], list[list[str]]]:
    """The findings without their lines, sorted; record and number in the order given."""
    with (folder / "c.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("key", "name", "id", "mobile", "born"), *table])
    words = ["check", "c.csv", "--mapping", "m.toml", "--as-of", "2026-11-23", "--json"]
    assert main([*words, "--out", "f.jsonl", "--numbers-out", "n.csv"]) == 1
    findings = [json.loads(line) for line in (folder / "f.jsonl").read_text("utf-8").splitlines()]
    with (folder / "n.csv").open(encoding="utf-8-sig", newline="") as stream:
        numbers = [line[1:] for line in csv.reader(stream)]
    # A record without a key is pointed to by its line, which a shuffle changes.
    told = sorted(re.sub("line [0-9]+", "a line", json.dumps({**one, "line": 0})) for one in findings)
    return told, numbers


@pytest.mark.parametrize("small", [(50, 3, 64, 16), (1000, 2, 500, 128), (1 << 16, 32, 1 << 17, 1 << 13)])
def test_the_order_of_the_lines_says_nothing(
    small: tuple[int, int, int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run, ways, at_once, rows_at_once = small
    spilled = tmp_path / "spilled"
    spilled.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(spilled))
    monkeypatch.setattr(_spill, "_WAYS", ways)
    monkeypatch.setattr(_spill, "_ROWS_AT_ONCE", rows_at_once)
    monkeypatch.setattr(in_file, "KeySpill", lambda: _spill.KeySpill(at_once=at_once))
    monkeypatch.setattr(in_file, "LineSorter", lambda: _spill.LineSorter(run=run))
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    table = rows(seed=11)
    first, answer = outcome(tmp_path, table), json.loads(capsys.readouterr().out)
    random.Random(12).shuffle(table)
    second, again = outcome(tmp_path, table), json.loads(capsys.readouterr().out)
    assert first[0] == second[0]
    assert first[1] == second[1]
    assert answer["existence"] == again["existence"]
    assert answer["completeness"] == again["completeness"]
    assert answer["existence"]["not_compared"] == 0
    verdicts = answer["existence"]["verdicts"]
    assert all(verdicts[name] > 20 for name in ("EXISTS", "CONFLICT_NAME", "SUSPECT", "NEW"))
    given = [(len(record), record) for record, _ in first[1][1:]]
    assert given == sorted(given), "numbers go in the order of the source keys"
    assert [number for _, number in first[1][1:]] == [f"{6000000000 + place}" for place in range(verdicts["NEW"])]
    assert list(spilled.iterdir()) == []
