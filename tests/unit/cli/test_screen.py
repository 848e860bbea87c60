"""`custmaster screen`: what is found, counted and written, and what cannot be used."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from custmaster.screening import ListEntry
from custmaster.wire import list_entries_to_jsonl, load_list_mapping, read_list

CUSTOMERS = (
    "id,name,type,number,born\n"
    "K1,赵敏,01,44052419880101002x,1988-01-01\n"
    "K2,李 娜,01,,1980-01-01\n"
    "K3,張偉,01,,\n"
    "K4,李娜,01,,1999-09-09\n"
    "K5,王芳,01,440524198801010126,1988-01-01\n"
    "K6,,01,,\n"
    "K7,钱七,77,A1234,\n"
)
MAPPING = (
    '[fields]\nsource_key = "id"\nname = "name"\nbirth_date = "born"\n[dates]\ndefault = ["YYYY-MM-DD"]\n'
    '[[documents]]\nnumber = "number"\ntype = { column = "type", values = { "01" = "RESIDENT_ID" } }\n'
)
LISTED = "no,name,number,born,why\n1,张三,44052419880101002X,,刑\n2,李娜,,1980-01-01,\n3,张伟,,,?\n4,,,,\n"
LIST = (
    '[fields]\nsource_key = "no"\nname = "name"\nbirth_date = "born"\n[dates]\ndefault = ["YYYY-MM-DD"]\n'
    '[[documents]]\nnumber = "number"\ntype = "RESIDENT_ID"\n'
    '[list]\nname = "police"\norigin = "EXTERNAL"\ncause_column = "why"\ncauses = { "刑" = "ACCOUNT_SALE_CONVICTED" }\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("c.csv", CUSTOMERS), ("c.toml", MAPPING), ("l.csv", LISTED), ("l.toml", LIST)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def ask(run: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    def asks(*words: object, lists: bool = True) -> Any:
        named = ("--list", folder / "l.csv", "--list-mapping", folder / "l.toml") if lists else ()
        asked = ("screen", folder / "c.csv", "--mapping", folder / "c.toml", *named, "--as-of", "2026-11-28")
        return run(*asked, *words)

    return asks


def test_hits_reviews_and_what_could_not_be_asked_are_findings(ask: Callable[..., Any], folder: Path) -> None:
    ran = ask("--json", "--out", folder / "hits.csv", "--lists-out", folder / "lists.jsonl")
    told = json.loads(ran.out)
    assert (ran.code, told["rows"], told["entries"], told["rows_with_findings"]) == (1, 7, 3, 5)
    assert [(row["code"], row["count"]) for row in told["codes"]] == [
        ("LISTED", 1),
        ("CODE_UNKNOWN", 1),
        ("LISTED", 1),
        ("LISTED_PERHAPS", 1),
        ("NOTHING_TO_SCREEN_BY", 1),
    ]
    assert told["hits"] == {
        "list": {"police": 3},
        "cause": {"ACCOUNT_SALE_CONVICTED": 1, "BLACKLIST": 2},
        "how": {"HIT DOCUMENT": 1, "HIT NAME": 1, "REVIEW NAME_VARIANT": 1},
    }
    assert told["lists"] == [{"file": str(folder / "l.csv"), "entries": 3, "findings": 2}]
    with (folder / "hits.csv").open(encoding="utf-8-sig", newline="") as stream:
        written = [(row["record"], row["severity"], row["code"]) for row in csv.DictReader(stream)]
    assert written == [
        ("K1", "error", "LISTED"),
        ("K2", "warning", "LISTED"),
        ("K3", "warning", "LISTED_PERHAPS"),
        ("K6", "warning", "NOTHING_TO_SCREEN_BY"),
        ("K7", "warning", "CODE_UNKNOWN"),
    ]
    lists = [json.loads(line) for line in (folder / "lists.jsonl").read_text("utf-8").splitlines()]
    assert [(row["line"], row["code"]) for row in lists] == [(4, "CODE_UNKNOWN"), (5, "ROW_UNREADABLE")]


def test_cleared_names_are_told_when_they_are_asked_for(ask: Callable[..., Any]) -> None:
    told = json.loads(ask("--json", "--cleared").out)
    assert told["hits"]["how"] == {"CLEARED NAME": 1, "HIT DOCUMENT": 1, "HIT NAME": 1, "REVIEW NAME_VARIANT": 1}


@pytest.mark.parametrize(("lang", "word"), [("en", "of the lists themselves"), ("zh", "名单文件本身的问题")])
def test_people_are_shown_tables_and_no_value(ask: Callable[..., Any], folder: Path, lang: str, word: str) -> None:
    ran = ask("--lang", lang, "--out", folder / "hits.jsonl")
    assert word in ran.out
    assert "NAME_VARIANT" in ran.out
    for text in (ran.out, (folder / "hits.jsonl").read_text("utf-8")):
        for value in ("赵敏", "李 娜", "張偉", "张三", "44052419880101002", "1988-01-01", "A1234"):
            assert value not in text


def test_nothing_found_is_0_and_entries_may_come_in_json_lines(
    ask: Callable[..., Any], run: Callable[..., Any], folder: Path
) -> None:
    entries = entries_of(folder)
    (folder / "own.jsonl").write_bytes(list_entries_to_jsonl(entries[1:2]))
    (folder / "c.csv").write_text(CUSTOMERS.partition("K2")[0], encoding="utf-8")
    ran = ask("--list", folder / "own.jsonl", lists=False)
    assert (ran.code, "1 entries on the lists" in ran.out) == (0, True)


def entries_of(folder: Path) -> tuple[ListEntry, ...]:
    return read_list(folder / "l.csv", load_list_mapping(LIST, "l.toml")).entries


@pytest.mark.parametrize(
    ("spoil", "words", "problem"),
    [
        (("l.csv", LISTED), ("--list", "x.csv"), "there are 2 lists and 1 mappings"),
        (("l.csv", "no\n1\n"), (), "l.csv"),
    ],
)
def test_lists_that_cannot_be_used_are_told(
    ask: Callable[..., Any], folder: Path, spoil: tuple[str, str], words: tuple[str, ...], problem: str
) -> None:
    (folder / spoil[0]).write_text(spoil[1], encoding="utf-8")
    ran = ask(*words)
    assert (ran.code, problem in ran.err, "李娜" in ran.err) == (2, True, False)


def test_a_list_without_a_mapping_is_entries_or_nothing(ask: Callable[..., Any], folder: Path) -> None:
    ran = ask("--list", folder / "l.csv", lists=False)
    assert (ran.code, "this is not JSON" in ran.err, "张三" in ran.err) == (2, True, False)
    ran = ask("--list", folder / "absent.jsonl", lists=False)
    assert (ran.code, "the list cannot be read" in ran.err) == (2, True)


def test_a_number_that_stands_twice_in_a_file_is_told_with_its_line(ask: Callable[..., Any], folder: Path) -> None:
    rows = "".join(f"{at % 7},张{at},,,\n" for at in range(14))
    (folder / "l.csv").write_text("no,name,number,born,why\n" + rows, encoding="utf-8")
    ran = ask()
    assert (ran.code, "14 entries on the lists" in ran.out, "ENTRY_TWICE" in ran.out) == (1, True, True)


def test_a_number_that_stands_in_two_files_of_one_list_is_told(ask: Callable[..., Any], folder: Path) -> None:
    ran = ask("--list", folder / "l.csv", "--list-mapping", folder / "l.toml")
    assert (ran.code, "entries stand twice: police[1], police[2]" in ran.err, "李娜" in ran.err) == (2, True, False)
