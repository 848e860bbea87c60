"""Roster entries, their events, staff and outlets, as the first version wrote them: read for ever, and written in the same bytes today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from attrs import evolve, fields

from custmaster.errors import CustmasterError
from custmaster.roster import (
    Assignment,
    CoManagerAdded,
    CoManagerRemoved,
    EntryAccepted,
    EntryAssigned,
    EntryHandedOver,
    EntryJoined,
    EntryListed,
    EntryParted,
    EntryProposed,
    EntryReassigned,
    EntryReinstated,
    EntryRejected,
    EntryRestored,
    EntryReturned,
    EntryStanding,
    EntryState,
    EntryStruckOff,
    EntryWithdrawn,
    LevelChanged,
    NeedsChanged,
    Outlet,
    Post,
    Posting,
    Proposal,
    Prospect,
    ProspectConverted,
    ProspectErased,
    Role,
    RosterEntry,
    RosterEvent,
    Source,
    Staff,
    StruckFor,
)
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.span import Span
from custmaster.wire import (
    outlet_from_json,
    outlet_to_json,
    roster_entry_from_json,
    roster_entry_to_json,
    roster_event_from_json,
    roster_event_to_json,
    staff_from_json,
    staff_to_json,
)

HERE = Path(__file__).parent
DAY = date(2026, 11, 28)
HEAD: dict[str, Any] = {"on": DAY, "actor": "S-0042", "request_id": "T-1"}
ON: dict[str, Any] = {"number": "E-1", **HEAD}
HELD = Assignment(staff="S-1", outlet="0101", since=date(2026, 2, 1), by="S-9", reason="移交")
HELPER = Assignment(staff="S-3", outlet="0101", role=Role.CO_MANAGER, since=date(2026, 3, 1), by="S-9")
WHOLE = RosterEntry(
    number="E-1",
    customer="6000000001",
    was_prospect="P-0001",
    level="金卡",
    level_since=date(2026, 3, 1),
    source=Source.OTHER_BANK,
    nominator="S-2",
    reason="他行存款",
    needs=["理财", "贷款"],
    languages=["zh"],
    place="城关",
    outlet="0101",
    listed_on=date(2026, 1, 5),
    state=EntryState.HANDING_OVER,
    maintainer=HELD,
    helpers=[HELPER],
    proposal=Proposal(staff="S-4", outlet="0101", on=DAY, by="S-9"),
    past=[Assignment(staff="S-2", outlet="0101", since=date(2026, 1, 6), until=date(2026, 2, 1), by="S-9")],
)
PROSPECT = RosterEntry(
    number="E-2",
    prospect=Prospect(
        reference="P-0002",
        consent="签字",
        consent_on=date(2026, 11, 1),
        erase_by=date(2027, 5, 1),
        name=Name("张玮"),
        phone=Phone("13800001234"),
        document=IdentityDocument(type=DocumentType.FOREIGN_PASSPORT, number=DocumentNumber("E00000000")),
    ),
    level="白金卡",
    source=Source.OTHER_BANK,
    nominator="S-2",
    listed_on=DAY,
)
GONE = RosterEntry(
    number="E-3",
    customer="6000000002",
    level="金卡",
    source=Source.SYSTEM,
    listed_on=date(2026, 1, 5),
    state=EntryState.STRUCK_OFF,
    struck_off_on=DAY,
    struck_off_for=StruckFor.MERGED,
)
NOW = EntryStanding(state=EntryState.MAINTAINED, maintainer=HELD, helpers=[HELPER], needs=["理财"])
EVENTS = [
    EntryListed(entry=PROSPECT, **HEAD),
    EntryProposed(staff="S-1", outlet="0101", **ON),
    EntryAccepted(staff="S-1", **ON),
    EntryRejected(staff="S-1", reason="太远", **ON),
    EntryWithdrawn(staff="S-1", **ON),
    EntryAssigned(staff="S-1", outlet="0101", **ON),
    EntryHandedOver(giver="S-1", staff="S-2", outlet="0101", reason="休假", **ON),
    EntryReturned(staff="S-2", reason="离岗", **ON),
    CoManagerAdded(staff="S-3", outlet="0101", **ON),
    CoManagerRemoved(staff="S-3", **ON),
    LevelChanged(level="钻石卡", **ON),
    NeedsChanged(needs=["理财"], **ON),
    ProspectConverted(customer="6000000003", **ON),
    ProspectErased(**ON),
    EntryStruckOff(cause=StruckFor.DELETED, **ON),
    EntryReinstated(**ON),
    EntryReassigned(customer="6000000001", becomes="6000000002", **ON),
    EntryJoined(other="E-2", now=NOW, **ON),
    EntryParted(other="E-2", now=EntryStanding(state=EntryState.POOLED), **ON),
    EntryRestored(now=NOW, **ON),
]
STAFF = Staff(
    number="S-1",
    name=Name("李强"),
    postings=[
        Posting(post=Post.TELLER, outlet="0101", valid=Span(date(2025, 1, 1), date(2026, 1, 1))),
        Posting(post=Post.LOBBY_MANAGER, outlet="0101", valid=Span(date(2026, 1, 1))),
    ],
    capacity=60,
    languages=["zh"],
    place="城关",
)
OUTLET = Outlet(number="0101", name="城关支行", place="城关", valid=Span(date(2000, 1, 1)))
FILES: list[tuple[str, list[Any], Callable[[Any], bytes], Callable[[bytes], Any]]] = [
    ("roster_entries.1.jsonl", [WHOLE, PROSPECT, GONE], roster_entry_to_json, roster_entry_from_json),
    ("roster_events.1.jsonl", EVENTS, roster_event_to_json, roster_event_from_json),
    ("staff.1.jsonl", [STAFF, Staff(number="S-2")], staff_to_json, staff_from_json),
    ("outlets.1.jsonl", [OUTLET], outlet_to_json, outlet_from_json),
]


@pytest.mark.parametrize(("name", "values", "write", "read"), FILES, ids=[name for name, *_ in FILES])
def test_what_was_written_loads_and_is_written_alike(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    lines = (HERE / name).read_bytes().splitlines()
    assert [read(line) for line in lines] == values
    assert [write(value) for value in values] == lines


@pytest.mark.parametrize(("name", "kind"), [("roster_entries", RosterEntry), ("staff", Staff), ("outlets", Outlet)])
def test_every_field_stands_in_the_golden_file(name: str, kind: Any) -> None:
    text = (HERE / f"{name}.1.jsonl").read_text(encoding="utf-8")
    assert [field.name for field in fields(kind) if f'"{field.name}":' not in text] == []


def test_every_kind_of_event_stands_in_the_golden_file() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(RosterEvent))


def test_an_entry_of_another_schema_is_not_written() -> None:
    with pytest.raises(CustmasterError, match="schema 2"):
        roster_entry_to_json(evolve(GONE, schema=2))
