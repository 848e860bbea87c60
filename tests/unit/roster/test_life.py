"""The life of an entry: total tables, every state reached, and no event on an entry that does not hold it."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from attrs import evolve as changed

from custmaster.errors import CustmasterError, InvalidValue
from custmaster.lifecycle import rowless, unreachable
from custmaster.roster import (
    ENTRY_STANDINGS,
    ENTRY_TRANSITIONS,
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
    LevelChanged,
    Proposal,
    Prospect,
    ProspectConverted,
    ProspectErased,
    Role,
    RosterEntry,
    RosterEvent,
    Source,
    StruckFor,
    evolve,
    takes,
    without_prospect,
)
from custmaster.value.name import Name

DAY = date(2026, 11, 28)
HEAD: dict[str, Any] = {"on": DAY, "actor": "S-9", "request_id": "T-1"}
ON: dict[str, Any] = {"number": "E-1", **HEAD}
HELD = Assignment(staff="S-1", outlet="0101", since=date(2026, 2, 1), by="S-9")
HELPER = changed(HELD, staff="S-3", role=Role.CO_MANAGER)
OFFER = Proposal(staff="S-2", outlet="0101", on=date(2026, 3, 1), by="S-9")
POOLED = RosterEntry(
    number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
)
KEPT = changed(POOLED, state=EntryState.MAINTAINED, maintainer=HELD, helpers=[HELPER])
GOING = changed(KEPT, state=EntryState.HANDING_OVER, proposal=OFFER)
PERSON = Prospect(reference="P-1", name=Name("张玮"), consent="x", consent_on=DAY, erase_by=date(2027, 1, 5))


def struck(why: StruckFor) -> RosterEntry:
    return changed(POOLED, state=EntryState.STRUCK_OFF, struck_off_on=DAY, struck_off_for=why)


def test_the_tables_are_total_and_every_state_is_reached() -> None:
    assert rowless(ENTRY_TRANSITIONS, EntryState) == ()
    assert rowless(ENTRY_STANDINGS, EntryState) == ()
    assert unreachable(ENTRY_TRANSITIONS, EntryState.POOLED) == ()
    told = {kind for table in (ENTRY_TRANSITIONS, ENTRY_STANDINGS) for row in table.values() for kind in row}
    assert told | {EntryListed} == set(get_args(RosterEvent))


@pytest.mark.parametrize(
    ("entry", "event"),
    [
        (POOLED, EntryListed(entry=POOLED, **HEAD)),
        (None, EntryAccepted(staff="S-1", **ON)),
        (POOLED, EntryAssigned(staff="S-1", outlet="1", number="E-2", **HEAD)),
        (POOLED, EntryAccepted(staff="S-1", **ON)),
        (KEPT, EntryProposed(staff="S-1", outlet="0101", **ON)),
        (KEPT, EntryHandedOver(giver="S-2", staff="S-3", outlet="1", reason="x", **ON)),
        (KEPT, EntryHandedOver(giver="S-1", staff="S-1", outlet="1", reason="x", **ON)),
        (KEPT, EntryReturned(staff="S-2", **ON)),
        (KEPT, CoManagerAdded(staff="S-1", outlet="1", **ON)),
        (KEPT, CoManagerAdded(staff="S-3", outlet="1", **ON)),
        (KEPT, CoManagerRemoved(staff="S-1", **ON)),
        (GOING, EntryRejected(staff="S-1", **ON)),
        (KEPT, ProspectConverted(customer="6000000002", **ON)),
        (KEPT, ProspectErased(**ON)),
        (KEPT, EntryReassigned(customer="6000000002", becomes="6000000003", **ON)),
        (struck(StruckFor.OUTLET), EntryReinstated(**ON)),
        (struck(StruckFor.DELETED), EntryRestored(now=EntryStanding(state=EntryState.POOLED), **ON)),
        (KEPT, EntryJoined(other="E-2", now=EntryStanding(state=EntryState.POOLED), **ON)),
        (POOLED, EntryParted(other="E-2", now=EntryStanding(state=EntryState.MAINTAINED, maintainer=HELD), **ON)),
    ],
)
def test_r17_no_other_event_happens_to_an_entry(entry: RosterEntry | None, event: Any) -> None:
    with pytest.raises(CustmasterError):
        evolve(entry, event)
    if entry is not None and not isinstance(event, EntryListed):
        assert not takes(entry, event)


def test_an_event_that_the_life_holds_is_taken() -> None:
    assert takes(KEPT, EntryReturned(staff="S-1", **ON))


def test_an_entry_begins_in_the_pool_with_no_history() -> None:
    with pytest.raises(InvalidValue):
        EntryListed(entry=KEPT, **HEAD)
    with pytest.raises(InvalidValue):
        EntryListed(entry=changed(POOLED, past=[changed(HELD, until=DAY)]), **HEAD)


def test_a_prospect_is_not_erased_by_striking_off() -> None:
    with pytest.raises(InvalidValue):
        EntryStruckOff(cause=StruckFor.ERASED, **ON)


def test_striking_off_ends_everybodys_part_and_drops_the_offer() -> None:
    gone = evolve(GOING, EntryStruckOff(**ON))
    assert (gone.proposal, gone.helpers, gone.maintainer) == (None, (), None)
    assert [(one.staff, one.until) for one in gone.past] == [("S-1", DAY), ("S-3", DAY)]


def test_r16_a_change_of_level_tells_its_day() -> None:
    assert evolve(KEPT, LevelChanged(level="白金卡", **ON)).level_since == DAY


def test_b8_11_the_stored_listing_is_kept_without_the_prospect() -> None:
    listed = EntryListed(entry=changed(POOLED, customer=None, prospect=PERSON), **HEAD)
    bare = without_prospect(listed)
    assert isinstance(bare, EntryListed)
    assert bare.entry.prospect is not None
    assert (bare.entry.prospect.name, bare.entry.subject) == (None, "P-1")
    told = ProspectErased(**ON)
    assert evolve(evolve(None, bare), told) == evolve(evolve(None, listed), told)
    for other in (told, EntryListed(entry=POOLED, **HEAD)):
        assert without_prospect(other) is other
