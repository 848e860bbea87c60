"""The roster entries of two customers that become one, or two again, and of a customer that leaves and comes back: one maintainer remains.

Where only the absorbed customer stands on the roster, its entry goes to the survivor's number. Where both do, the survivor's entry remains: it keeps
its maintainer, or takes the absorbed customer's when it has none, and both histories stand in it; the other entry is struck off. The moves hold
what stood before, so that the undoing puts it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from attrs import evolve

from custmaster.customer.events import Absorbed, CustomerEvent, Merged, Reactivated
from custmaster.decision import Citation, Fact, Occasion, Outcome, Reason
from custmaster.desk.roster_facts import RosterBook
from custmaster.desk.roster_grounds import against, happened
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import Assignment, Proposal, RosterEntry
from custmaster.roster.events import (
    EntryJoined,
    EntryParted,
    EntryReassigned,
    EntryReinstated,
    EntryRestored,
    EntryStruckOff,
    RosterEvent,
)
from custmaster.roster.kinds import EntryState, StruckFor
from custmaster.roster.standing import EntryMove, EntryStanding, closed, stand, standing

__all__ = ["back_with", "going_with", "joining", "judge_joined", "judge_parted", "moved", "parting", "unlike"]

Event = TypeVar("Event")


def joining(book: RosterBook, absorbed: str, survivor: str, day: date) -> tuple[EntryMove, ...]:
    """What a merge does to the entries of the two on the day. Errors: CustmasterError for a customer with two live entries. Source: R-17, B6.

    >>> joining(RosterBook(), "6000000001", "6000000002", date(2026, 11, 28))
    ()
    """
    theirs, mine = book.live_of(absorbed), book.live_of(survivor)
    if theirs is None:
        return ()
    before = standing(theirs)
    if mine is None:
        return (EntryMove(entry=theirs.number, before=before, after=before, customer=absorbed, becomes=survivor),)
    gone = closed(before, day, StruckFor.MERGED)
    joined = EntryMove(
        entry=mine.number, before=standing(mine), after=_together(mine, theirs, day), other=theirs.number
    )
    return (joined, EntryMove(entry=theirs.number, before=before, after=gone, other=mine.number))


def _together(mine: RosterEntry, theirs: RosterEntry, day: date) -> EntryStanding:
    """The standing that goes further remains whole: who maintains before who is offered, and the survivor's before the other's."""
    now, other = standing(mine), standing(theirs)
    follows = now.maintainer is None and (other.maintainer is not None or now.proposal is None)
    kept = other if follows else now
    held = {one.staff for one in (kept.maintainer, *now.helpers) if one is not None}
    helpers = (*now.helpers, *(one for one in other.helpers if one.staff not in held))
    doubled = [one for one in now.helpers if kept.maintainer is not None and one.staff == kept.maintainer.staff]
    ends = [] if follows or other.maintainer is None else [other.maintainer]
    return evolve(
        kept,
        helpers=tuple(one for one in helpers if one not in doubled),
        past=(*now.past, *other.past, *_ended((*ends, *doubled), day)),
        needs=tuple(sorted({*now.needs, *other.needs})),
    )


def _ended(held: Iterable[Assignment], day: date) -> tuple[Assignment, ...]:
    return tuple(evolve(one, until=max(day, one.since)) for one in held)


def parting(moves: Iterable[EntryMove], book: RosterBook, day: date) -> tuple[EntryMove, ...]:
    """What the undoing of a merge does to the entries that the merge moved, as they are now, in the same order.

    An entry whose number only changed goes back with whatever happened to it since. One that was joined with another stands again as it stood,
    unless something happened to it since (`unlike`): then it stays as it is. One that was struck off stands again as it stood. Whoever is not
    on post any more (MAINTAINER_GONE), or whose seats were filled since (MAINTAINER_FULL), maintains nothing of it: it lies in the pool; an offer
    lapses alike. Errors: CustmasterError for an entry that was not loaded.
    """
    return tuple(back for _, back in _parted(moves, book, day) if back is not None)


def _parted(moves: Iterable[EntryMove], book: RosterBook, day: date) -> Iterator[tuple[EntryMove, EntryMove | None]]:
    """Each move with what goes back, None where the entry is left alone; in turn, since an entry that stands again takes its seats."""
    listed = tuple(moves)
    alike = {move.entry for move in listed if not unlike(move, book)}
    around = evolve(book, entries=[one for one in book.entries if one.number not in alike])
    for move in listed:
        if move.entry not in alike:
            yield move, None
            continue
        entry = book.entry(move.entry)
        back = _back(move, entry, around, day)
        around = evolve(around, entries=[*around.entries, stand(entry, back.after)])
        yield move, back


def unlike(move: EntryMove, book: RosterBook) -> bool:
    """Whether the entry no longer stands as the merge left it, so that the undoing leaves it alone."""
    entry = book.entry(move.entry)
    if move.becomes is not None:
        return entry.customer != move.becomes
    return standing(entry) != move.after


def _back(move: EntryMove, entry: RosterEntry, around: RosterBook, day: date) -> EntryMove:
    now = standing(entry)
    if move.becomes is not None:
        return EntryMove(entry=move.entry, before=now, after=now, customer=move.becomes, becomes=move.customer)
    return EntryMove(entry=move.entry, before=now, after=_on_post(move.before, now, around, day), other=move.other)


_STATES = {
    # (somebody maintains it, it is offered)
    (False, False): EntryState.POOLED,
    (False, True): EntryState.PROPOSED,
    (True, False): EntryState.MAINTAINED,
    (True, True): EntryState.HANDING_OVER,
}


def _on_post(before: EntryStanding, now: EntryStanding, book: RosterBook, day: date) -> EntryStanding:
    """The standing before, without those who left their post or filled their seats since: they stand in the history."""

    def there(one: Assignment | Proposal) -> bool:
        return book.is_on_post(one.staff, one.outlet, day)

    def takes(one: Assignment | Proposal | None) -> bool:
        seated = one in (now.maintainer, now.proposal)
        return one is not None and there(one) and (seated or book.has_seat(one.staff))

    maintains, offered = takes(before.maintainer), takes(before.proposal)
    held = [] if before.maintainer is None or maintains else [before.maintainer]
    held += [one for one in before.helpers if not there(one)]
    return evolve(
        before,
        state=_STATES[maintains, offered],
        maintainer=before.maintainer if maintains else None,
        proposal=before.proposal if offered else None,
        helpers=tuple(one for one in before.helpers if there(one)),
        past=(*before.past, *_ended(held, day)),
    )


def judge_joined(book: RosterBook, event: Merged) -> Iterator[Reason]:
    """What stands against the entries going together: a day before the last event of one of them. Source: B6."""
    for customer in (event.number, event.into):
        entry = book.live_of(customer)
        if entry is not None and event.on < entry.last_day:
            yield against(RosterCode.ENTRY_DAY_TOO_EARLY, entry, {"last": entry.last_day}, "B6")


def judge_parted(moves: Iterable[EntryMove], book: RosterBook, day: date) -> Iterator[Reason]:
    """What a person looks at before the undoing: an entry that is left as it is (REVIEW), and a note of whom an entry does not go back to."""
    for move, back in _parted(moves, book, day):
        held = move.before.maintainer
        if back is None:
            yield _told(RosterCode.ROSTER_CHANGED_SINCE, move, Outcome.REVIEW, {})
        elif move.becomes is None and held is not None and back.after.maintainer is None:
            there = book.is_on_post(held.staff, held.outlet, day)
            code = RosterCode.MAINTAINER_FULL if there else RosterCode.MAINTAINER_GONE
            yield _told(code, move, Outcome.ALLOWED, {"staff": held.staff})


def _told(code: RosterCode, move: EntryMove, outcome: Outcome, facts: Mapping[str, Fact]) -> Reason:
    return Reason(code=code, outcome=outcome, citation=Citation(article="B6"), subject=move.entry, facts=facts)


def going_with(book: RosterBook, customer: str, day: date) -> tuple[EntryMove, ...]:
    """What the removal of a customer does to its entry: it is struck off. Source: R-63.

    >>> going_with(RosterBook(), "6000000001", date(2026, 11, 28))
    ()
    """
    entry = book.live_of(customer)
    if entry is None:
        return ()
    before = standing(entry)
    return (EntryMove(entry=entry.number, before=before, after=closed(before, day, StruckFor.DELETED)),)


def back_with(book: RosterBook, customer: str) -> tuple[EntryMove, ...]:
    """What bringing a customer back does to the entry that left with it: it is in the pool again. Source: R-63.

    >>> back_with(RosterBook(), "6000000001")
    ()
    """
    left = (one for one in book.entries if one.customer == customer and one.struck_off_for is StruckFor.DELETED)
    return tuple(
        EntryMove(
            entry=one.number,
            before=standing(one),
            after=EntryStanding(state=EntryState.POOLED, past=one.past, needs=one.needs),
        )
        for one in left
    )


def moved(event: CustomerEvent, move: EntryMove) -> RosterEvent:
    """The event on the entry that belongs to the event on its customer."""
    if move.becomes is not None:
        return _on(EntryReassigned, event, move, customer=move.customer, becomes=move.becomes)
    if move.after.struck_off_for is not None:
        return _on(EntryStruckOff, event, move, cause=move.after.struck_off_for)
    if isinstance(event, Reactivated):
        return _on(EntryReinstated, event, move)
    if move.before.state is EntryState.STRUCK_OFF:
        return _on(EntryRestored, event, move, now=move.after)
    if isinstance(event, Absorbed):
        return _on(EntryJoined, event, move, other=move.other, now=move.after)
    return _on(EntryParted, event, move, other=move.other, now=move.after)


def _on(kind: type[Event], event: CustomerEvent, move: EntryMove, **told: Any) -> Event:
    occasion = Occasion(day=event.on, actor=event.actor, request_id=event.request_id)
    return happened(kind, occasion, move.entry, **told)
