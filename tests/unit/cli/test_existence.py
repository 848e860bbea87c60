"""`custmaster check` on rows that are one customer: verdicts, provisional numbers, the order of the rows, bounds."""

from __future__ import annotations

import csv
import json
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from custmaster.report import in_file

MAPPING = (
    '[fields]\nsource_key = "key"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"\nsex = "sex"\n'
    '[[documents]]\ntype = "RESIDENT_ID"\nnumber = "id"\n'
)
HEAD = ("key", "name", "id", "mobile", "born", "sex")
ROWS = (
    # What must come of each is written from the requirements: B6, B8.
    ("9", "张伟", "11010519491231002X", "13612345678", "1949-12-31", "F"),  # the first of its customer: NEW
    ("10", "张伟", "11010519491231002x", "", "", ""),  # the same three elements: EXISTS
    ("11", "李娜", "11010519491231002X", "", "", ""),  # the same document, another name: CONFLICT_NAME
    ("12", "张伟", "110105491231002", "", "", ""),  # fifteen digits and the same name: ID_UPGRADE
    ("13", "张偉", "", "13612345678", "", ""),  # a variant name and the same mobile: SUSPECT
    ("14", "王?", "", "13952706318", "", ""),  # no document, and nobody else: UNDECIDABLE
    ("15", "王芳", "440524188001010014", "13952706318", "", ""),  # a damaged name, which may be this one: SUSPECT
    ("16", "王芳", "", "", "", ""),  # name alone: UNDECIDABLE
    ("17", "赵敏", "440524188001010022", "", "", ""),  # NEW
)  # fmt: skip
EXPECTED = {
    "10": "EXISTS",
    "11": "CONFLICT_NAME",
    "12": "ID_UPGRADE",
    "13": "SUSPECT",
    "15": "SUSPECT",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    spilled = tmp_path / "spilled"
    spilled.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spilled))
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    write(tmp_path / "c.csv", ROWS)
    yield tmp_path
    assert list(spilled.iterdir()) == [], "no temporary file is left behind"


def write(file: Path, rows: object) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD, *rows])  # type: ignore[misc]


def check(run: Callable[..., object], folder: Path, *more: object) -> object:
    words = ("--mapping", folder / "m.toml", "--as-of", "2026-11-23", "--out", folder / "out.jsonl")
    return run("check", folder / "c.csv", *words, *more)


def verdicts(folder: Path) -> dict[str, str]:
    """The codes that stand on whole rows."""
    found = map(json.loads, (folder / "out.jsonl").read_text("utf-8").splitlines())
    return {one["record"]: one["code"] for one in found if not one["field"]}


def test_each_row_gets_its_verdict(run: Callable[..., object], folder: Path) -> None:
    ran = check(run, folder, "--json")
    assert verdicts(folder) == EXPECTED
    answer = json.loads(ran.out)["existence"]  # type: ignore[attr-defined]
    assert answer["verdicts"] == {
        "EXISTS": 1,
        "CONFLICT_NAME": 1,
        "ID_UPGRADE": 1,
        "SUSPECT": 2,
        "NEW": 2,
        "UNDECIDABLE": 2,
    }
    assert (answer["findings"], answer["not_compared"]) == (5, 0)


def test_a_finding_points_to_the_other_row_by_its_key(run: Callable[..., object], folder: Path) -> None:
    check(run, folder)
    found = map(json.loads, (folder / "out.jsonl").read_text("utf-8").splitlines())
    facts = next(one["facts"] for one in found if one["code"] == "EXISTS")
    assert facts == {"number": "9", "evidence": "+NAME+IDNO+TYPE+BIRTH+SEX"}  # the number states birth date and sex


def test_numbers_go_to_the_new_in_the_order_of_the_keys(run: Callable[..., object], folder: Path) -> None:
    check(run, folder, "--numbers", "6000000100:6000000199", "--numbers-out", folder / "n.csv")
    with (folder / "n.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["line", "record", "number"],
            ["2", "9", "6000000100"],
            ["10", "17", "6000000101"],
        ]


def test_shuffled_rows_give_the_same_but_for_the_lines(run: Callable[..., object], folder: Path) -> None:
    both = []
    for seed in (None, 1, 2):
        rows = list(ROWS) + [(str(key), "周杰", "", "13711112222", "", "") for key in range(100, 120)]
        if seed is not None:
            random.Random(seed).shuffle(rows)
        write(folder / "c.csv", rows)
        check(run, folder, "--numbers-out", folder / "n.csv")
        findings = [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]
        told = sorted(json.dumps({**one, "line": 0}) for one in findings)
        numbers = sorted(line.split(",", 1)[1] for line in (folder / "n.csv").read_text("utf-8-sig").splitlines())
        both.append((told, numbers))
    assert both[0] == both[1] == both[2]
    assert len(both[0][0]) > 20


def test_rows_without_a_key_are_shuffled_too(run: Callable[..., object], folder: Path) -> None:
    (folder / "m.toml").write_text(MAPPING.replace('source_key = "key"\n', ""), encoding="utf-8")
    both = []
    for seed in (1, 2):
        rows = list(ROWS)
        random.Random(seed).shuffle(rows)
        write(folder / "c.csv", rows)
        both.append(json.loads(check(run, folder, "--json").out)["existence"])  # type: ignore[attr-defined]
    assert both[0] == both[1]


def test_a_family_that_is_too_large_is_told_row_by_row(
    run: Callable[..., object], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_file, "LARGEST_FAMILY", 3)
    answer = json.loads(check(run, folder, "--json").out)["existence"]  # type: ignore[attr-defined]
    assert {key for key, code in verdicts(folder).items() if code == "FAMILY_TOO_LARGE"} == {
        "9",
        "10",
        "11",
        "12",
        "13",
    }
    assert answer["not_compared"] == 5
    assert answer["verdicts"] == {"SUSPECT": 1, "NEW": 1, "UNDECIDABLE": 2}


def test_the_rules_can_be_asked_for_alone(run: Callable[..., object], folder: Path) -> None:
    answer = json.loads(check(run, folder, "--rules-only", "--json").out)  # type: ignore[attr-defined]
    assert "existence" not in answer
    assert "completeness" not in answer
    assert verdicts(folder) == {}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--numbers", "6000000100:6000000100"], "2 customers are new"),
        (["--numbers", "6000000100"], "FROM:TO"),
        (["--numbers", "6000000199:6000000100"], "--numbers"),
        (["--numbers", "1000000000:1000000099"], "--numbers"),
        (["--numbers", "123:456"], "--numbers"),
        (["--numbers-out", "n.txt"], ".csv"),
        (["--numbers-out", "n.csv", "--rules-only"], "--rules-only"),
        (["--numbers-out", "OUT"], "two files"),
        (["--numbers-out", "SOURCE"], "overwrite"),
    ],
)
def test_numbers_that_cannot_be_given(run: Callable[..., object], folder: Path, words: list[str], told: str) -> None:
    places = {"OUT": folder / "out.jsonl", "SOURCE": folder / "c.csv"}
    before = (folder / "c.csv").read_bytes()
    ran = check(run, folder, *(places.get(word, word) for word in words))
    assert ran.code == 2  # type: ignore[attr-defined]
    assert told in ran.err  # type: ignore[attr-defined]
    assert not (folder / "out.jsonl").exists(), "nothing is written"
    assert (folder / "c.csv").read_bytes() == before


def test_the_elements_are_counted_by_state(run: Callable[..., object], folder: Path) -> None:
    told = json.loads(check(run, folder, "--json").out)["completeness"]  # type: ignore[attr-defined]
    assert (told["rows"], told["complete"]) == (9, 0)
    assert told["elements"]["NAME"] == {"PRESENT": 9}
    assert told["elements"]["OCCUPATION"] == {"MISSING": 9}
    assert told["elements"]["SEX"]["PRESENT"] == 1
