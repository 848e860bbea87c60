"""What an entry of the roster is after an event: the law of fold."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from attrs import evolve as changed

from custmaster.errors import CustmasterError
from custmaster.lifecycle import NoSuchStep, step
from custmaster.roster.entry import Assignment, Proposal, RosterEntry
from custmaster.roster.events import (
    ENTRY_STANDINGS,
    ENTRY_TRANSITIONS,
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
    EntryStruckOff,
    EntryWithdrawn,
    LevelChanged,
    NeedsChanged,
    ProspectConverted,
    ProspectErased,
    RosterEvent,
)
from custmaster.roster.kinds import EntryState, Role, StruckFor
from custmaster.roster.standing import EntryStanding, closed, stand, standing

__all__ = ["evolve", "takes"]

_Restanding = EntryJoined | EntryParted | EntryRestored
_Answer = EntryAccepted | EntryRejected | EntryWithdrawn
_Placing = EntryAssigned | EntryHandedOver
_Helping = CoManagerAdded | CoManagerRemoved
_Telling = LevelChanged | NeedsChanged | ProspectConverted | EntryReassigned
_Personal = EntryProposed | EntryHandedOver | EntryReturned | _Helping | _Answer
_Later = (
    _Restanding
    | _Answer
    | _Placing
    | _Helping
    | _Telling
    | EntryProposed
    | EntryReturned
    | ProspectErased
    | EntryStruckOff
    | EntryReinstated
)


def takes(entry: RosterEntry, event: _Later) -> bool:
    """Whether the entry's life holds the event now: its state, who it names, and that it is about this entry.

    >>> from custmaster.roster.kinds import Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> takes(entry, EntryAccepted(on=date(2026, 1, 6), actor="S-1", request_id="T-1", number="E-1", staff="S-1"))
    False
    """
    return _against(entry, event) is None


def evolve(entry: RosterEntry | None, event: RosterEvent) -> RosterEntry:
    """The entry after the event; None is the entry before it was listed.

    Errors: CustmasterError for what its life does not hold, another entry's event, or an event that names somebody who does not stand there
    (the caller's bug: no `decide` emits such an event). Source: the law of fold; R-17.

    >>> from custmaster.roster.kinds import Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> told = {"on": date(2026, 1, 6), "actor": "S-9", "request_id": "T-1", "number": "E-1"}
    >>> offered = evolve(entry, EntryProposed(**told, staff="S-1", outlet="0101"))
    >>> evolve(offered, EntryAccepted(**told, staff="S-1")).maintainer.staff
    'S-1'
    """
    if isinstance(event, EntryListed):
        if entry is not None:
            raise CustmasterError("EntryListed does not happen to an entry that is there")
        return event.entry
    if entry is None:
        raise CustmasterError(f"{type(event).__name__} is not about this entry")
    against = _against(entry, event)
    if against is not None:
        raise CustmasterError(against)
    return _changed(entry, event)


def _against(entry: RosterEntry, event: _Later) -> str | None:
    kind = type(event).__name__
    if entry.number != event.number:
        return f"{kind} is not about this entry"
    if isinstance(event, EntryJoined | EntryParted | EntryRestored):
        if event.now.state not in ENTRY_STANDINGS[entry.state].get(type(event), ()):
            return f"{kind} does not lead from {entry.state} to {event.now.state}"
    elif isinstance(step(ENTRY_TRANSITIONS, entry.state, event), NoSuchStep):
        return f"{kind} does not happen to an entry that is {entry.state}"
    return None if _names_who_stands_there(entry, event) else f"{kind} names somebody who does not stand there"


def _names_who_stands_there(entry: RosterEntry, event: _Later) -> bool:
    match event:
        case ProspectConverted() | ProspectErased():
            return entry.prospect is not None
        case EntryReassigned():
            return event.customer == entry.customer
        case EntryReinstated() | EntryRestored():
            why = StruckFor.DELETED if isinstance(event, EntryReinstated) else StruckFor.MERGED
            return entry.struck_off_for is why
        case LevelChanged() | NeedsChanged() | EntryStruckOff() | EntryAssigned() | EntryJoined() | EntryParted():
            return True
        case _:
            return _is_that_person(entry, event)


def _is_that_person(entry: RosterEntry, event: _Personal) -> bool:
    maintainer = None if entry.maintainer is None else entry.maintainer.staff
    match event:
        case EntryProposed():
            return event.staff != maintainer
        case EntryHandedOver():
            return event.giver == maintainer != event.staff
        case EntryReturned():
            return event.staff == maintainer
        case CoManagerAdded():
            return event.staff != maintainer and not _helps(entry, event.staff)
        case CoManagerRemoved():
            return _helps(entry, event.staff)
        case EntryAccepted() | EntryRejected() | EntryWithdrawn():
            return entry.proposal is not None and event.staff == entry.proposal.staff
    assert_never(event)


def _helps(entry: RosterEntry, staff: str) -> bool:
    return any(one.staff == staff for one in entry.helpers)


def _changed(entry: RosterEntry, event: _Later) -> RosterEntry:
    match event:
        case EntryJoined() | EntryParted() | EntryRestored():
            return stand(entry, event.now)
        case EntryReinstated() | EntryStruckOff() | ProspectErased():
            return stand(entry, _coming_or_going(entry, event))
        case LevelChanged() | NeedsChanged() | ProspectConverted() | EntryReassigned():
            return _told(entry, event)
        case CoManagerAdded() | CoManagerRemoved():
            return _helped(entry, event)
        case EntryProposed() | EntryRejected() | EntryWithdrawn() | EntryReturned():
            return _offered(entry, event)
        case EntryAccepted() | EntryAssigned() | EntryHandedOver():
            return _placed(entry, _taking(entry, event))
    assert_never(event)


def _coming_or_going(entry: RosterEntry, event: EntryReinstated | EntryStruckOff | ProspectErased) -> EntryStanding:
    if isinstance(event, EntryReinstated):
        return EntryStanding(state=EntryState.POOLED, past=entry.past, needs=entry.needs)
    if not entry.is_live:
        return changed(standing(entry), struck_off_for=StruckFor.ERASED)
    cause = event.cause if isinstance(event, EntryStruckOff) else StruckFor.ERASED
    return closed(standing(entry), event.on, cause)


def _told(entry: RosterEntry, event: _Telling) -> RosterEntry:
    match event:
        case LevelChanged():
            return changed(entry, level=event.level, level_since=event.on)
        case NeedsChanged():
            return changed(entry, needs=event.needs)
        case EntryReassigned():
            return changed(entry, customer=event.becomes)
        case ProspectConverted():
            return changed(entry, customer=event.customer, prospect=None, was_prospect=entry.subject)
    assert_never(event)


def _helped(entry: RosterEntry, event: _Helping) -> RosterEntry:
    if isinstance(event, CoManagerRemoved):
        ended = _ended(tuple(one for one in entry.helpers if one.staff == event.staff), event.on)
        stay = tuple(one for one in entry.helpers if one.staff != event.staff)
        return changed(entry, helpers=stay, past=(*entry.past, *ended))
    helper = Assignment(staff=event.staff, outlet=event.outlet, role=Role.CO_MANAGER, since=event.on, by=event.actor)
    return changed(entry, helpers=(*entry.helpers, helper))


def _offered(entry: RosterEntry, event: EntryProposed | EntryRejected | EntryWithdrawn | EntryReturned) -> RosterEntry:
    reached = ENTRY_TRANSITIONS[entry.state][type(event)]
    match event:
        case EntryProposed():
            offer = Proposal(staff=event.staff, outlet=event.outlet, on=event.on, by=event.actor)
            return changed(entry, state=reached, proposal=offer)
        case EntryRejected() | EntryWithdrawn():
            return changed(entry, state=reached, proposal=None)
        case EntryReturned():
            ended = _ended(_maintaining(entry), event.on)
            return changed(entry, state=reached, maintainer=None, past=(*entry.past, *ended))
    assert_never(event)


def _taking(entry: RosterEntry, event: EntryAccepted | _Placing) -> Assignment:
    """The assignment that the event makes."""
    on, by = event.on, event.actor
    if isinstance(event, EntryAccepted):
        outlet = "" if entry.proposal is None else entry.proposal.outlet
        return Assignment(staff=event.staff, outlet=outlet, since=on, by=by)
    reason = event.reason if isinstance(event, EntryHandedOver) else None
    return Assignment(staff=event.staff, outlet=event.outlet, since=on, by=by, reason=reason)


def _placed(entry: RosterEntry, taking: Assignment) -> RosterEntry:
    """Whoever maintained it until now stands in its history, and whoever helped with it and maintains it now too."""
    helped = tuple(one for one in entry.helpers if one.staff == taking.staff)
    ended = _ended((*_maintaining(entry), *helped), taking.since)
    return changed(
        entry,
        state=EntryState.MAINTAINED,
        maintainer=taking,
        proposal=None,
        helpers=tuple(one for one in entry.helpers if one not in helped),
        past=(*entry.past, *ended),
    )


def _maintaining(entry: RosterEntry) -> tuple[Assignment, ...]:
    return () if entry.maintainer is None else (entry.maintainer,)


def _ended(held: tuple[Assignment, ...], on: date) -> tuple[Assignment, ...]:
    return tuple(changed(one, until=on) for one in held)
