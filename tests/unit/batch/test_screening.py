"""Bulk screening: formats, files that cannot be read by columns, and what a row that cannot be read is told as."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from custmaster.batch import screening
from custmaster.batch.screening import ScreeningRun, screen_file
from custmaster.batch.screening_columns import asked_of, suspect_rows
from custmaster.screening import Identity, ListEntry, Origin, Screen
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.wire import load_mapping
from custmaster.wire.readers import open_table

DAY = date(2026, 11, 28)
CARD = IdentityDocument(type=DocumentType.CREDIT_CODE, number=DocumentNumber("91110000MA00000000"))


def entry(number: str, **who: Any) -> ListEntry:
    return ListEntry(origin=Origin.INTERNAL, list_name="own", number=number, identity=Identity(**who))


SCREEN = Screen(
    entries=[
        entry("1", names=[Name("张伟")]),
        entry("2", kind=PartyKind.UNIT, names=[Name("甲乙有限公司")], documents=[CARD]),
        entry("3", names=[Name("王?")], birth_date=date(1988, 1, 1)),
    ]
)


def found(path: Path, text: str, **more: Any) -> list[tuple[int, str, str]]:
    told = list[tuple[int, str, str]]()
    run = ScreeningRun(screen=SCREEN, day=DAY, **more)
    screen_file(
        path,
        load_mapping(text, "m.toml"),
        run,
        lambda one, hit: told.append((one.line, one.field, str(one.reason.code))),
    )
    return told


def test_a_name_in_two_columns_is_asked_row_by_row(tmp_path: Path) -> None:
    place = tmp_path / "c.csv"
    place.write_text("a,b\n张,伟\n李,娜\n", encoding="utf-8")
    text = '[fields]\nname = { columns = ["a", "b"] }'
    assert found(place, text) == [(2, "", "LISTED")]
    assert suspect_rows(load_mapping(text, "m.toml"), ("a", "b"), SCREEN, typed=False) is None


def test_a_name_in_the_first_filled_of_two_columns_is_asked_row_by_row(tmp_path: Path) -> None:
    place = tmp_path / "c.csv"
    place.write_text("a,b\n李娜,张伟\n,张伟\n", encoding="utf-8")
    text = '[fields]\nname = { first_of = ["a", "b"] }'
    assert found(place, text) == [(3, "", "LISTED")]
    place.write_text("n,a,b\n李娜,,44052419880101002X\n", encoding="utf-8")
    text = '[fields]\nname = "n"\n[[documents]]\nnumber = { first_of = ["a", "b"] }\ntype = "RESIDENT_ID"'
    card = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("44052419880101002X"))
    told, run = list[int](), ScreeningRun(screen=Screen(entries=[entry("5", documents=[card])]), day=DAY)
    screen_file(place, load_mapping(text, "m.toml"), run, lambda one, hit: told.append(one.line))
    assert told == [2]


def test_units_are_asked_as_units(tmp_path: Path) -> None:
    place = tmp_path / "c.csv"
    place.write_text("k,n\nU,甲乙股份有限公司\nP,甲乙有限公司\nU,张伟\nP,张伟\n?,张伟\n", encoding="utf-8")
    kinds = '[fields]\nname = "n"\n[kind]\ncolumn = "k"\nvalues = { U = "UNIT", P = "PERSON" }'
    assert found(place, kinds) == [
        (2, "", "LISTED_PERHAPS"),
        (5, "", "LISTED"),
        (6, "kind", "KIND_UNKNOWN"),
        (6, "", "LISTED"),
    ]
    assert found(place, '[fields]\nname = "n"\n[kind]\ndefault = "UNIT"') == [
        (2, "", "LISTED_PERHAPS"),
        (3, "", "LISTED"),
    ]


def test_a_row_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    place = tmp_path / "c.jsonl"
    rows = [json.dumps({"n": "李娜"}), "{", json.dumps({"n": "王" * 5000}), json.dumps({"n": "张伟"})]
    place.write_text("\n".join(rows), encoding="utf-8")
    told = found(place, '[fields]\nname = "n"')
    assert [(line, code) for line, _, code in told] == [
        (2, "ROW_UNREADABLE"),
        (3, "TEXT_TOO_LONG"),
        (3, "NOTHING_TO_SCREEN_BY"),
        (4, "LISTED"),
    ]


def test_a_file_of_documents_alone(tmp_path: Path) -> None:
    place = tmp_path / "c.csv"
    place.write_text("d\n91110000MA00000000\n\n44052419880101002X\n", encoding="utf-8")
    text = '[kind]\ndefault = "UNIT"\n[[documents]]\nnumber = "d"\ntype = "CREDIT_CODE"\n'
    assert found(place, text)[0] == (2, "", "LISTED")


def test_a_damaged_name_is_found_by_the_day_of_birth_stated_or_in_the_number(tmp_path: Path) -> None:
    place = tmp_path / "c.csv"
    place.write_text(
        "n,b,d\n王芳,1988-01-01,\n王芳,,44052419880101002X\n王芳,1999-01-01,\n王芳,,\n李芳,1988-01-01,\n",
        encoding="utf-8",
    )
    text = (
        '[fields]\nname = "n"\nbirth_date = "b"\n[dates]\ndefault = ["YYYY-MM-DD"]\n'
        '[[documents]]\nnumber = "d"\ntype = "RESIDENT_ID"'
    )
    expected = [(2, "", "LISTED_PERHAPS"), (3, "", "LISTED_PERHAPS")]
    assert found(place, text) == found(place, text, by_records=True) == expected


def test_a_name_whose_beginning_is_damaged_is_found_by_its_end_and_the_day_of_birth(tmp_path: Path) -> None:
    place, told = tmp_path / "c.csv", list[int]()
    place.write_text("n,b\n王芳,1988-01-01\n芳王,1988-01-01\n", encoding="utf-8")
    screen = Screen(entries=[entry("4", names=[Name("?芳")], birth_date=date(1988, 1, 1))])
    text = '[fields]\nname = "n"\nbirth_date = "b"\n[dates]\ndefault = ["YYYY-MM-DD"]\n'
    run = ScreeningRun(screen=screen, day=DAY)
    screen_file(place, load_mapping(text, "m.toml"), run, lambda one, hit: told.append(one.line))
    assert told == [2]


@pytest.mark.parametrize("by_records", [False, True])
def test_a_row_of_a_parquet_file_has_the_line_that_reading_it_gives(tmp_path: Path, by_records: bool) -> None:
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pytest.importorskip("duckdb")
    place = tmp_path / "c.parquet"
    parquet.write_table(pa.table({"n": ["李娜", "张伟", "王芳", "张伟"]}), place, row_group_size=2)
    mapping = load_mapping('[fields]\nname = "n"', "m.toml")
    with open_table(place, mapping) as table:
        lines = [row.line for row in table.rows]
    assert [line for line, _, _ in found(place, '[fields]\nname = "n"', by_records=by_records)] == [lines[1], lines[3]]


def test_columns_that_nobody_asks_for_are_not_read() -> None:
    mapping = load_mapping('[fields]\nname = "n"\nmobile = "m"\naddress = "a"', "m.toml")
    assert asked_of(mapping).columns == ("n",)


def test_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "_CHUNK", 2)
    place, heard = tmp_path / "c.csv", list[int]()
    place.write_text("n\n李娜\n王芳\n张伟\n", encoding="utf-8")
    assert found(place, '[fields]\nname = "n"', progress=heard.append) == [(4, "", "LISTED")]
    assert heard == [2, 3]
