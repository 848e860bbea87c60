from __future__ import annotations

from datetime import date

import pytest

from custmaster.customer.entry import Entry
from custmaster.handbook import Language, render
from custmaster.value.document_types import DocumentType
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.wire import CellCode, Row, Structured, compile_structure, load_mapping
from custmaster.wire.codes import CELL_RULES, remark_on

HEADER = (
    "key",
    "name",
    "first",
    "last",
    "tel",
    "mob",
    "kind",
    "sex",
    "born",
    "type",
    "no",
    "from",
    "to",
    "who",
    "card",
)
MAPPING = load_mapping(
    """
[fields]
source_key = "key"
name = { first_of = [ { columns = ["first", "last"], join = " " }, "name" ] }
mobile = "mob"
phone = "tel"
sex = "sex"
birth_date = "born"
card_number = "card"
[kind]
column = "kind"
values = { P = "PERSON", U = "UNIT" }
[[documents]]
number = "no"
type = { column = "type", values = { "01" = "RESIDENT_ID", "02" = "RESIDENT_ID/DUPLICATE" } }
issued_on = "from"
expires_on = "to"
issuer = "who"
[dates]
birth_date = ["M/D/YYYY", "D/M/YYYY", "M/D/YY"]
pivot = 26
""",
    "m.toml",
)
STRUCTURE = compile_structure(MAPPING, HEADER)


def structured(**cells: str) -> Structured:
    return STRUCTURE(Row(line=2, cells=tuple(cells.get(column, "") for column in HEADER)))


def entry(**cells: str) -> Entry:
    found = structured(**cells).entry
    assert found is not None
    return found


def told(found: Structured) -> list[tuple[str, str]]:
    return [(remark.field, str(remark.reason.code)) for remark in found.remarks]


def test_a_whole_row() -> None:
    found = structured(
        key=" 7 ",
        first="Anna",
        last="Li",
        mob="13800001234",
        tel="021-61234567",
        kind="P",
        sex="f",
        born="3/15/90",
        type="02",
        no="11010519491231002X",
        to="长期",
        who="北京市公安局",
        card="6228480000000000000",
        **{"from": "2010-01-02"},
    )
    one = found.entry
    assert one is not None
    assert found.remarks == ()
    assert (found.record, one.source_key) == ("7", "7")
    assert one.name is not None
    assert one.name.reveal() == "Anna Li"
    assert [phone.reveal() for phone in one.phones] == ["13800001234", "021-61234567"]
    assert (one.kind, one.sex, one.birth_date) == (PartyKind.PERSON, Sex.FEMALE, date(1990, 3, 15))
    (document,) = one.documents
    assert (document.type, document.duplicate, document.long_term) == (DocumentType.RESIDENT_ID, True, True)
    assert (document.issued_on, document.expires_on, document.issuer) == (date(2010, 1, 2), None, "北京市公安局")
    assert [card.reveal() for card in one.card_numbers] == ["6228480000000000000"]


def test_an_empty_row_is_an_empty_entry() -> None:
    assert structured() == Structured(entry=Entry(), record=None, remarks=())


def test_cells_of_spaces_are_empty() -> None:
    blank = structured(**dict.fromkeys(HEADER, "　 "))
    assert blank == Structured(entry=Entry(source_key=None), record=None)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [({"first": "Anna"}, "Anna"), ({"name": "张伟"}, "张伟"), ({"first": " ", "name": "张伟"}, "张伟")],
)
def test_parts_are_joined_and_the_first_that_is_not_empty_is_taken(cells: dict[str, str], expected: str) -> None:
    name = entry(**cells).name
    assert name is not None
    assert name.reveal() == expected


@pytest.mark.parametrize(
    ("text", "day", "codes"),
    [
        ("3/15/1990", date(1990, 3, 15), []),
        ("15/3/1990", date(1990, 3, 15), []),
        ("3/4/1990", date(1990, 3, 4), [("birth_date", "DATE_AMBIGUOUS")]),
        ("4/4/1990", date(1990, 4, 4), []),
        ("1/2/26", date(2026, 1, 2), []),
        ("1/2/27", date(1927, 1, 2), []),
        ("2/30/1990", None, [("birth_date", "DATE_UNREADABLE")]),
        ("1990-03-15", None, [("birth_date", "DATE_UNREADABLE")]),
        ("٣/٤/1990", None, [("birth_date", "DATE_UNREADABLE")]),
        ("x" * 10_000, None, [("birth_date", "DATE_UNREADABLE")]),
    ],
)
def test_dates_in_the_order_of_the_patterns(text: str, day: date | None, codes: list[tuple[str, str]]) -> None:
    found = structured(born=text)
    assert found.entry is not None
    assert (found.entry.birth_date, told(found)) == (day, codes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2030-01-31", (date(2030, 1, 31), False)),
        ("长期", (None, True)),
        ("99991231", (None, True)),
        ("9999.12.31", (None, True)),
        ("9999-12-31", (None, True)),
        ("LONG TERM", (None, True)),
    ],
)
def test_expiry_days_and_long_term(text: str, expected: tuple[date | None, bool]) -> None:
    found = structured(no="1", type="01", to=text)
    assert found.entry is not None
    (document,) = found.entry.documents
    assert ((document.expires_on, document.long_term), found.remarks) == (expected, ())


def test_a_bad_cell_never_loses_the_row() -> None:
    found = structured(
        key="9", name="张伟", kind="X", sex="?", born="?", type="99", no="1", to="soon", mob="1" * 100, **{"from": "?"}
    )
    assert told(found) == [
        ("kind", "KIND_UNKNOWN"),
        ("sex", "CODE_UNKNOWN"),
        ("birth_date", "DATE_UNREADABLE"),
        ("phones[0]", "TEXT_TOO_LONG"),
        ("documents[0].type", "CODE_UNKNOWN"),
        ("documents[0].issued_on", "DATE_UNREADABLE"),
        ("documents[0].expires_on", "DATE_UNREADABLE"),
    ]
    assert found.entry is not None
    assert found.entry.name is not None
    assert found.entry.documents[0].type is DocumentType.OTHER_PERSON


def test_the_kind_of_an_unknown_document_follows_the_customer() -> None:
    assert entry(kind="U", no="1").documents[0].type is DocumentType.OTHER_UNIT


@pytest.mark.parametrize(
    ("column", "field"),
    [("key", "source_key"), ("name", "name"), ("no", "documents[0].number"), ("card", "card_numbers[0]")],
)
def test_a_megabyte_cell_is_a_finding(column: str, field: str) -> None:
    found = structured(**{column: "x" * 1_000_000})
    assert told(found) == [(field, "TEXT_TOO_LONG")]
    assert dict(found.remarks[0].reason.facts)["length"] == 1_000_000


def test_an_issuer_that_is_too_long_is_left_out() -> None:
    found = structured(no="1", type="01", who="x" * 1000)
    assert told(found) == [("documents[0].issuer", "TEXT_TOO_LONG")]


def test_a_row_that_could_not_be_read_has_no_entry() -> None:
    broken = Row(line=3, cells=(), remarks=(remark_on("", CellCode.ROW_UNREADABLE),))
    assert STRUCTURE(broken) == Structured(entry=None, record=None, remarks=broken.remarks)


def test_what_a_reader_remarks_on_a_column_is_placed_on_its_field() -> None:
    remarks = tuple(remark_on("", CellCode.NUMBER_AS_FLOAT, column=column) for column in ("no", "mob", "elsewhere"))
    found = STRUCTURE(Row(line=3, cells=("",) * len(HEADER), remarks=remarks))
    assert [remark.field for remark in found.remarks] == ["documents[0].number", "phones", ""]


def test_the_usual_words_for_sex_are_understood_without_a_table() -> None:
    structure = compile_structure(load_mapping('[fields]\nsex = "s"', "m.toml"), ("s",))
    words = {"1": "MALE", "女": "FEMALE", "m": "MALE", "0": "UNKNOWN", "9": "UNSTATED"}
    for word, sex in words.items():
        found = structure(Row(line=2, cells=(word,))).entry
        assert found is not None
        assert found.sex is Sex(sex)


def test_no_remark_holds_a_cell() -> None:
    canary = "CANARY7"
    found = structured(**dict.fromkeys(HEADER, canary * 200))
    assert len(found.remarks) >= 8
    assert "CANARY" not in repr(found.remarks)


def test_every_code_has_a_rule_and_a_message_in_both_languages() -> None:
    facts = {"column": "c", "length": 3, "cells": 2, "columns": 3, "default": "PERSON", "most": 500, "fault": "RANGE"}
    facts |= {"first": 2, "given": "line:3"}
    assert set(CELL_RULES) == set(CellCode)
    for code in CellCode:
        assert render(code, facts, Language.ZH) != render(code, facts, Language.EN)


@pytest.mark.parametrize(
    "written",
    [
        "2020-03-01 00:00:00",
        "2020-03-01T13:45:10.123Z",
        "2020/3/1 9:05",
        "2020年3月1日 08:00",
        "2020-03-01 00:00:00+08:00",
    ],
)
def test_a_time_of_day_behind_a_day_is_passed_over(written: str) -> None:
    patterns = 'birth_date = ["YYYY-MM-DD", "YYYY/M/D", "YYYY年M月D日"]'
    mapping = load_mapping(f'[fields]\nname = "n"\nbirth_date = "d"\n[dates]\n{patterns}', "m.toml")
    found = compile_structure(mapping, ("n", "d"))(Row(line=2, cells=("张伟", written)))
    assert found.entry is not None
    assert (found.entry.birth_date, found.remarks) == (date(2020, 3, 1), ())
