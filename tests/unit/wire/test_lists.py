"""Files of blacklists by a bank's own columns, in every plain format; entries and restrictions as JSON, the same when read again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from custmaster.decision import Outcome
from custmaster.errors import Fault, InvalidValue, UnusableInput
from custmaster.screening import (
    Identity,
    LiftCondition,
    ListEntry,
    Origin,
    RestrictionCause,
    RestrictionLedger,
    Scope,
    Screen,
)
from custmaster.testing import strategies as values
from custmaster.testing.strategies import Grade
from custmaster.value.name import Name
from custmaster.value.span import Span
from custmaster.wire import (
    hit_findings,
    list_entries_from_jsonl,
    list_entries_to_jsonl,
    list_entry_from_json,
    load_list_mapping,
    read_list,
    restriction_event_from_json,
    restrictions_from_jsonl,
    restrictions_to_jsonl,
)

MAPPING = """
[fields]
source_key = "序号"
name = "姓名"
[[documents]]
type = "RESIDENT_ID"
number = "证件号"
[dates]
default = ["YYYY-MM-DD"]
[list]
name = "police"
origin = "EXTERNAL"
cause = "ACCOUNT_SALE_IDENTIFIED"
cause_column = "原因"
causes = { "判决" = "ACCOUNT_SALE_CONVICTED" }
since = "起"
until = "止"
source = "notice 7"
source_column = "依据"
also_named = ["曾用名"]
actions = ["OPEN_CUSTOMER"]
lift = "TERM"
"""
HEADER = "序号,姓名,曾用名,证件号,原因,起,止,依据"
ROWS = [
    "1,张伟,张三,11010519491231002X,判决,2026-01-01,2028-12-31,court 5",
    "2,李娜,,,,,长期,",
    "3,,,,,,,",
    "4,,王芳,,其他,2026-13-01,,",
    "5,王芳,,,,2026-02-01,2026-01-01,",
    ",赵敏,,,,,,",
    "7,周",
]


def write(folder: Path, *rows: str) -> Path:
    target = folder / "list.csv"
    target.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return target


def test_a_list_is_read_by_its_own_columns(tmp_path: Path) -> None:
    found = read_list(write(tmp_path, *ROWS), load_list_mapping(MAPPING, "list.toml"))
    assert [entry.number for entry in found.entries] == ["1", "2", "4", "5", "line:7"]
    first, second, fourth, fifth, without = found.entries
    assert (first.origin, first.list_name, first.cause) == (
        Origin.EXTERNAL,
        "police",
        RestrictionCause.ACCOUNT_SALE_CONVICTED,
    )
    assert first.identity.names == (Name("张伟"), Name("张三"))
    assert first.valid == Span(date(2026, 1, 1), date(2029, 1, 1))
    assert (first.source, first.scope, first.lift) == ("court 5", Scope(actions=["OPEN_CUSTOMER"]), LiftCondition.TERM)
    assert (second.cause, second.valid, second.source) == (
        RestrictionCause.ACCOUNT_SALE_IDENTIFIED,
        Span(),
        "notice 7",
    )
    assert (fourth.cause, fourth.valid) == (RestrictionCause.ACCOUNT_SALE_IDENTIFIED, Span())
    assert fifth.valid == Span(date(2026, 2, 1), None)
    assert without.identity.names == (Name("赵敏"),)
    assert [(one.line, one.field, str(one.reason.code)) for one in found.findings] == [
        (4, "", "ROW_UNREADABLE"),
        (5, "cause", "CODE_UNKNOWN"),
        (5, "since", "DATE_UNREADABLE"),
        (6, "until", "DATE_UNREADABLE"),
        (8, "", "ROW_CELLS"),
    ]


def test_a_name_that_no_field_can_hold_is_a_finding(tmp_path: Path) -> None:
    found = read_list(write(tmp_path, f"1,张伟,{'长' * 501},,,,,"), load_list_mapping(MAPPING, "list.toml"))
    assert [str(one.reason.code) for one in found.findings] == ["TEXT_TOO_LONG"]
    assert found.entries[0].identity.names == (Name("张伟"),)


def test_a_number_or_a_source_that_no_entry_can_hold_is_a_finding_and_the_entry_is_listed(tmp_path: Path) -> None:
    rows = (f"{'8' * 101},张伟,,,,,,court 5", f"9,李娜,,,,,,{'y' * 501}")
    found = read_list(write(tmp_path, *rows), load_list_mapping(MAPPING, "list.toml"))
    assert [(entry.number, entry.source) for entry in found.entries] == [("line:2", "court 5"), ("9", "notice 7")]
    told = [(one.line, one.field, str(one.reason.code)) for one in found.findings]
    assert told == [(2, "source_key", "TEXT_TOO_LONG"), (3, "source", "TEXT_TOO_LONG")]


def test_a_list_in_json_lines_without_the_columns_of_a_list(tmp_path: Path) -> None:
    target = tmp_path / "list.jsonl"
    target.write_text(json.dumps({"who": "ACME", "kind": "U"}) + "\n", encoding="utf-8")
    text = '[fields]\nname = "who"\n[kind]\ncolumn = "kind"\nvalues = { U = "UNIT" }\n'
    mapping = load_list_mapping(text + '[list]\nname = "own"\norigin = "INTERNAL"', "list.toml")
    (entry,) = read_list(target, mapping).entries
    assert (entry.number, entry.cause, entry.source) == ("line:1", RestrictionCause.BLACKLIST, "")


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        ("", "list.name: is missing"),
        ('[list]\nname = "a"\norigin = "OURS"', "list.origin: is no code that is known"),
        ('[list]\nname = 7\norigin = "INTERNAL"', "list.name: is no text"),
        ('[list]\nname = "a"\norigin = "INTERNAL"\nalso_named = "x"', "list.also_named: is no list of texts"),
        ('[list]\nname = "a"\norigin = "INTERNAL"\nuntill = "x"', "did you mean 'until'?"),
        ('[list]\nname = "a"\norigin = "INTERNAL"\ncauses = "x"', "list.causes: is no table"),
        ('[list]\nname = "a"\norigin = "INTERNAL"\ncauses = { x = "y" }', "list.causes: is no code that is known"),
        ('[list]\nname = "a"\norigin = "INTERNAL"\nchannels = ["mobile"]', "list.channels[0]"),
    ],
)
def test_a_mapping_that_is_not_understood_is_refused(section: str, problem: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        load_list_mapping(f'[fields]\nname = "n"\n{section}', "list.toml")
    assert problem in str(caught.value)


def test_a_list_that_is_no_table_is_refused() -> None:
    with pytest.raises(UnusableInput):
        load_list_mapping('list = "police"\n[fields]\nname = "n"', "list.toml")


def test_hits_are_told_as_findings() -> None:
    identity = Identity(names=[Name("张伟")])
    entry = ListEntry(
        origin=Origin.INTERNAL,
        list_name="A",
        number="7",
        identity=identity,
        scope=Scope(actions=["TRANSFER"]),
        cause=RestrictionCause.NO_TRANSACTION,
    )
    told = Screen(entries=[entry]).query(identity, date(2026, 11, 28))
    (found,) = hit_findings(told, line=5, record="K-1")
    assert (found.line, found.record, found.reason.outcome) == (5, "K-1", Outcome.REVIEW)


@given(values.screening_lists(grade=Grade.NEAR_VALID, size=2))
def test_entries_are_the_same_when_read_again(entries: list[ListEntry]) -> None:
    data = list_entries_to_jsonl(entries)
    assert list(list_entries_from_jsonl(data)) == entries
    assert list_entries_to_jsonl(list_entries_from_jsonl(data)) == data


@given(values.restriction_ledgers())
def test_a_ledger_is_the_same_when_replayed_from_its_lines(ledger: RestrictionLedger) -> None:
    data = restrictions_to_jsonl(ledger)
    assert restrictions_from_jsonl(data) == ledger
    assert restrictions_to_jsonl(restrictions_from_jsonl(data)) == data


def test_every_fault_of_a_line_is_told_with_its_path() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        list_entry_from_json('{"schema":1,"origin":"OURS","list_name":"A","number":"7","identity":{"names":[7]}}')
    assert sorted(str(fault.path) for fault in caught.value.exceptions if isinstance(fault, InvalidValue)) == [
        "identity.names[0]",
        "origin",
    ]
    with pytest.raises(ExceptionGroup):
        restriction_event_from_json('{"schema":1,"event":"RESTRICTION_FORGOTTEN"}')


def test_lines_that_cannot_follow_are_refused() -> None:
    line = b'{"schema":1,"event":"RESTRICTION_LIFTED","on":"2026-11-28","actor":"S","request_id":"T","number":"R1","ground":"COURT","reason":"x"}'
    with pytest.raises(InvalidValue) as caught:
        restrictions_from_jsonl(line)
    assert caught.value.fault is Fault.CONFLICT


HEAD = '[fields]\nname = "姓名"\n[list]\norigin = "INTERNAL"\nname = "own"\n'


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('lift = "MISTAKEN"', "line 6: list.lift: lifts nothing that is listed; write what ends a listing"),
        (f'source = "{"s" * 501}"', "line 6: list.source: is too long; write at most 500 characters"),
        ('source = " "', "line 6: list.source: is no text; write source"),
        ('channels = ["web"]', "line 6: list.channels[0]: wrong form (FORMAT, length 3); write it like MOBILE, or * for all"),
        ('channels = ["WEB"]\nbesides = ["ATM"]', "line 7: list.besides: does not go with the rest of the record (CONFLICT)"),
    ],
)  # fmt: skip
def test_what_would_refuse_every_entry_is_told_of_the_mapping_with_its_line(more: str, told: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        load_list_mapping(HEAD + more, "m.toml")
    assert told in str(caught.value)


def test_a_list_has_a_name_of_a_hundred_characters_at_most() -> None:
    with pytest.raises(UnusableInput, match=r"line 5: list\.name: is too long; write at most 100 characters"):
        load_list_mapping(HEAD.replace('"own"', f'"{"n" * 101}"'), "m.toml")


LISTED = b'{"schema":1,"origin":"INTERNAL","list_name":"A","number":"7","identity":{"names":["ANNA LEE"]}}'
JOINED = b'{"schema":1,"event":"RESTRICTIONS_JOINED","on":"2026-11-28","actor":"S","request_id":"T","customer":"1","into":"2"}'


@pytest.mark.parametrize(
    ("read", "sound", "bad"),
    [
        (list_entries_from_jsonl, LISTED, LISTED.replace(b"INTERNAL", b"OURS")),
        (list_entries_from_jsonl, LISTED, LISTED[:-1]),
        (restrictions_from_jsonl, JOINED, JOINED.replace(b"11-28", b"11-31")),
    ],
)
def test_a_fault_in_json_lines_is_told_with_its_line(read: Any, sound: bytes, bad: bytes) -> None:
    assert read(b"\xef\xbb\xbf" + sound + b"\r\n \n") == read(sound)
    with pytest.raises(ExceptionGroup, match=r"^line 3: ") as caught:
        read(sound + b"\n\n" + bad)
    assert all(isinstance(one, InvalidValue) for one in caught.value.exceptions)
    assert "ANNA" not in str(caught.value)


def test_a_number_that_stands_twice_or_is_missing_loses_no_row(tmp_path: Path) -> None:
    """A row's own line would be another entry's number: so it is called `line:3`, and what was given before is told with its line."""
    file = tmp_path / "list.csv"
    file.write_text("序号,姓名\n3,张伟\n,李娜\n3,王芳\nline:3,赵敏\n", encoding="utf-8")
    mapping = load_list_mapping(
        '[fields]\nname = "姓名"\nsource_key = "序号"\n[list]\nname = "police"\norigin = "EXTERNAL"', "list.toml"
    )
    found = read_list(file, mapping)
    assert [entry.number for entry in found.entries] == ["3", "line:3", "line:4", "line:5"]
    assert [(one.line, str(one.reason.code), dict(one.reason.facts)["first"]) for one in found.findings] == [
        (4, "ENTRY_TWICE", 2),
        (5, "ENTRY_TWICE", 3),
    ]
    assert len({entry.key for entry in found.entries}) == 4
