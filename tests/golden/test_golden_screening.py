"""Entries of lists and events of restrictions, as the first version wrote them: read for ever, and written in the same bytes today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import fields

from custmaster.screening import (
    Identity,
    LiftCondition,
    ListEntry,
    Origin,
    Restriction,
    RestrictionCause,
    RestrictionImposed,
    RestrictionLifted,
    RestrictionsJoined,
    RestrictionsParted,
    Scope,
)
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.value.span import Span
from custmaster.wire import (
    list_entry_from_json,
    list_entry_to_json,
    restriction_event_from_json,
    restriction_event_to_json,
)

HERE = Path(__file__).parent
HEAD: dict[str, Any] = {"on": date(2026, 11, 28), "actor": "S-0042", "request_id": "T-1"}
SPAN = Span(date(2024, 12, 1), date(2026, 12, 1))
CARD = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X"), duplicate=True)
NON_COUNTER = Scope(actions=["TRANSFER"], besides=["COUNTER"])
ENTRIES = [
    ListEntry(
        origin=Origin.EXTERNAL,
        list_name="police",
        number=str(place),
        identity=Identity(
            names=[Name("张伟"), Name("張偉")], documents=[CARD], birth_date=date(1949, 12, 31), sex=Sex.FEMALE
        ),
        cause=cause,
        scope=NON_COUNTER,
        valid=SPAN,
        lift=LiftCondition.TERM,
        source="notice 7",
    )
    for place, cause in enumerate(RestrictionCause)
]
ENTRIES.append(
    ListEntry(
        origin=Origin.INTERNAL,
        list_name="own",
        number="1",
        identity=Identity(kind=PartyKind.UNIT, names=[Name("某某公司")]),
    )
)
EVENTS = [
    RestrictionImposed(
        restriction=Restriction(
            number=f"R{place}",
            customer="6000000001",
            cause=RestrictionCause.ACCOUNT_SALE_IDENTIFIED,
            scope=NON_COUNTER,
            valid=SPAN,
            lift=lift,
            article="联合惩戒办法",
            key="screening.account_sale.identified.non_counter_years",
            source="notice 7",
        ),
        **HEAD,
    )
    for place, lift in enumerate(one for one in LiftCondition if one is not LiftCondition.MISTAKEN)
]
EVENTS_ALL: list[Any] = [
    *EVENTS,
    RestrictionLifted(number="R1", ground=LiftCondition.MISTAKEN, reason='又名 "乙"', **HEAD),
    RestrictionsJoined(customer="6000000001", into="6000000002", **HEAD),
    RestrictionsParted(customer="6000000001", into="6000000002", **HEAD),
]
FILES: list[tuple[str, list[Any], Callable[[Any], bytes], Callable[[bytes], Any]]] = [
    ("list_entries.1.jsonl", ENTRIES, list_entry_to_json, list_entry_from_json),
    ("restriction_events.1.jsonl", EVENTS_ALL, restriction_event_to_json, restriction_event_from_json),
]


@pytest.mark.parametrize(("name", "values", "write", "read"), FILES, ids=[name for name, *_ in FILES])
def test_what_was_written_loads_and_is_written_alike(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    lines = (HERE / name).read_bytes().splitlines()
    assert [read(line) for line in lines] == values
    assert [write(value) for value in values] == lines


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("list_entries.1.jsonl", ListEntry),
        ("list_entries.1.jsonl", Identity),
        ("restriction_events.1.jsonl", Restriction),
        ("restriction_events.1.jsonl", RestrictionLifted),
    ],
)
def test_every_field_stands_in_a_golden_file(name: str, kind: type[Any]) -> None:
    text = (HERE / name).read_text(encoding="utf-8")
    assert [field.name for field in fields(kind) if f'"{field.name}":' not in text] == []
