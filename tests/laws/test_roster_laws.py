"""What holds of the roster whatever is asked: the laws of `custmaster.testing.laws.roster`, each with a fault that it catches; and the wire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve as changed
from hypothesis import given, settings

from custmaster.decision import Allowed, Decision, Occasion
from custmaster.desk import propose
from custmaster.desk.joined_entries import joining, parting
from custmaster.desk.roster_facts import RosterBook, RosterFacts
from custmaster.handbook import Page
from custmaster.roster import (
    Assigned,
    EntryAccepted,
    EntryHandedOver,
    EntryReturned,
    EntryState,
    Ladder,
    Outlet,
    Roster,
    RosterEntry,
    RosterEvent,
    RosterReview,
    Seat,
    Staff,
    Tag,
    TagKind,
    Terms,
    Wish,
    assign,
    evolve,
    review,
    tags_of,
)
from custmaster.roster.standing import EntryMove
from custmaster.testing.laws import ROSTER_LAWS, BrokenLaw, Law, RosterRules
from custmaster.testing.strategies import outlets, roster_entries, roster_events, staff_members
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

FEWER = settings.default.max_examples * 2 // 5
Laws = Law[RosterRules, Any]
QUESTIONS = RosterRules().questions


@pytest.mark.parametrize("law", ROSTER_LAWS, ids=str)
def test_the_library_keeps_the_law(law: Laws) -> None:
    law.check(RosterRules(), max_examples=FEWER)


# --- faults that are caught ---------------------------------------------------------------------------------------------


def with_a_clock() -> RosterRules:
    clock = count()

    def offers(asked: Any, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
        return propose.decide(asked, facts, changed(occasion, request_id=f"T-{next(clock)}"), page)

    return RosterRules(questions=QUESTIONS | {"propose": offers})


def without_events(answer: Decision) -> Decision:
    return changed(answer, events=()) if isinstance(answer, Allowed) else answer


def judged_anew(asked: Any, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    return propose.decide(asked, changed(facts, earlier=None), occasion, page)


def under_another_number(entry: RosterEntry | None, happened: RosterEvent) -> RosterEntry:
    return changed(evolve(entry, happened), number="E-99")


def ended_a_month_later(entry: RosterEntry | None, happened: RosterEvent) -> RosterEntry:
    """The one before goes on beside the new maintainer."""
    now = evolve(entry, happened)
    if isinstance(happened, EntryAccepted | EntryHandedOver) and now.past:
        return changed(now, past=[*now.past[:-1], changed(now.past[-1], until=date(2027, 1, 1))])
    return now


def written_over(entry: RosterEntry | None, happened: RosterEvent) -> RosterEntry:
    """Whoever gives an entry up is forgotten."""
    now = evolve(entry, happened)
    gone = isinstance(happened, EntryHandedOver | EntryReturned) and entry is not None
    return changed(now, past=entry.past) if gone and entry is not None else now


def counted_by_who_took_it(asked: Any, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """An offer takes no seat."""
    entries = [one for one in facts.book.entries if one.number == asked.entry or one.proposal is None]
    return propose.decide(asked, changed(facts, book=changed(facts.book, entries=entries)), occasion, page)


def both_go_on(book: RosterBook, absorbed: str, survivor: str, day: date) -> Iterable[EntryMove]:
    return joining(book, absorbed, survivor, day)[:1]


def history_of_one(book: RosterBook, absorbed: str, survivor: str, day: date) -> Iterable[EntryMove]:
    return [changed(move, after=changed(move.after, past=())) for move in joining(book, absorbed, survivor, day)]


def the_absorbed_only(moves: Iterable[EntryMove], book: RosterBook, day: date) -> Iterable[EntryMove]:
    return parting(list(moves)[1:], book, day)


def as_they_were_numbered(roster: Roster, day: date, page: Page) -> RosterReview:
    return review(changed(roster, aliases={}), day, page)


def the_first_entry_only(roster: Roster, day: date, page: Page) -> RosterReview:
    return review(changed(roster, entries=roster.entries[:1]), day, page)


def only_who_is_left(roster: Roster, day: date, page: Page) -> RosterReview:
    """Counts who is a customer today, and forgets what a number that is gone once was."""
    return review(changed(roster, customers=[one for one in roster.customers if one.valid.contains(day)]), day, page)


def by_the_outlet_of_today(roster: Roster, day: date, page: Page) -> RosterReview:
    """Counts the customers of the outlets that it knows."""
    known = {one.number for one in roster.outlets}
    return review(changed(roster, customers=[one for one in roster.customers if one.outlet in known]), day, page)


def the_first_of_each(roster: Roster, day: date, page: Page) -> RosterReview:
    """Keeps the entry that it meets first."""
    kept = {one.subject: one for one in reversed(roster.entries)}
    return review(changed(roster, entries=kept.values()), day, page)


def in_turn(wishes: Iterable[Wish], seats: Iterable[Seat], terms: Terms) -> Assigned:
    """Everybody goes to the candidate after today's."""
    wished, there = list(wishes), {seat.staff for seat in seats}
    pairs: dict[str, str] = {}
    for wish in wished:
        candidates = sorted(wish.costs.keys() & there)
        if candidates:
            at = candidates.index(wish.today) + 1 if wish.today in candidates else 0
            pairs[wish.customer] = candidates[at % len(candidates)]
    return changed(assign([], [], terms), pairs=MappingProxyType(pairs))


def without_bounds(wishes: Iterable[Wish], seats: Iterable[Seat], terms: Terms) -> Assigned:
    return assign(wishes, [changed(seat, capacity=None) for seat in seats], terms)


def without_the_maintainer(entry: RosterEntry, rungs: Ladder) -> Iterable[Tag]:
    return [tag for tag in tags_of(entry, rungs) if tag.kind is not TagKind.MAINTAINER]


def never_missing(entry: RosterEntry, tags: Iterable[Tag], rungs: Ladder, day: date) -> Iterable[Any]:
    return ()


FAULTS = {
    "roster-questions-replay": with_a_clock(),
    "a-stored-roster-answer-comes-back": RosterRules(stored=without_events),
    "a-roster-question-is-answered-once": RosterRules(questions=QUESTIONS | {"propose": judged_anew}),
    "roster-questions-fold": RosterRules(evolve=under_another_number),
    "an-entry-has-one-maintainer": RosterRules(evolve=ended_a_month_later),
    "a-handover-forgets-nobody": RosterRules(evolve=written_over),
    "no-seat-is-filled-twice": RosterRules(questions=QUESTIONS | {"propose": counted_by_who_took_it}),
    "merged-entries-are-one": RosterRules(joining=both_go_on),
    "a-merge-of-entries-forgets-nobody": RosterRules(joining=history_of_one),
    "a-merge-of-entries-is-undone-exactly": RosterRules(parting=the_absorbed_only),
    "growth-is-not-moved-by-reorganisation": RosterRules(review=as_they_were_numbered),
    "a-review-is-blind-to-order": RosterRules(review=the_first_entry_only),
    "an-assignment-asked-again-moves-nobody": RosterRules(assign=in_turn),
    "an-assignment-keeps-the-bounds": RosterRules(assign=without_bounds),
    "tags-agree-with-the-entry": RosterRules(tags=without_the_maintainer),
    "a-missing-tag-is-told": RosterRules(judge_tags=never_missing),
}


@pytest.mark.parametrize("law", ROSTER_LAWS, ids=str)
def test_a_fault_is_caught(law: Laws) -> None:
    with pytest.raises(BrokenLaw, match=law.name):
        law.check(FAULTS[law.name], max_examples=1_000, shrink=False)


MORE_FAULTS = [
    ("growth-is-not-moved-by-reorganisation", only_who_is_left),
    ("growth-is-not-moved-by-reorganisation", by_the_outlet_of_today),
    ("a-review-is-blind-to-order", the_first_of_each),
]


@pytest.mark.parametrize(("name", "bad"), MORE_FAULTS)
def test_another_fault_of_the_review_is_caught(name: str, bad: Any) -> None:
    (law,) = (one for one in ROSTER_LAWS if one.name == name)
    with pytest.raises(BrokenLaw, match=name):
        law.check(RosterRules(review=bad), shrink=False)


# --- beside the laws ----------------------------------------------------------------------------------------------------


@given(roster_entries())
def test_an_entry_comes_back_from_the_wire(entry: RosterEntry) -> None:
    assert roster_entry_from_json(roster_entry_to_json(entry)) == entry


@given(roster_events())
def test_an_event_comes_back_from_the_wire(happened: RosterEvent) -> None:
    assert roster_event_from_json(roster_event_to_json(happened)) == happened


@given(staff_members())
def test_a_staff_member_comes_back_from_the_wire(staff: Staff) -> None:
    assert staff_from_json(staff_to_json(staff)) == staff


@given(outlets())
def test_an_outlet_comes_back_from_the_wire(outlet: Outlet) -> None:
    assert outlet_from_json(outlet_to_json(outlet)) == outlet


def test_entries_are_drawn_in_every_state() -> None:
    seen: set[EntryState] = set()

    @settings(max_examples=300, database=None)
    @given(roster_entries())
    def collect(entry: RosterEntry) -> None:
        seen.add(entry.state)

    collect()
    assert seen == set(EntryState)
