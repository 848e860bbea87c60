"""What holds of screening and of restrictions: the laws of `custmaster.testing.laws.screening`, each with a fault that it catches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from attrs import evolve as changed
from hypothesis import given
from hypothesis import strategies as st

from custmaster.customer.entry import Entry
from custmaster.decision import Decision
from custmaster.dedup.papers import paper
from custmaster.screening import (
    Identity,
    ListEntry,
    Match,
    Restriction,
    RestrictionLedger,
    RestrictionLifted,
    RestrictionsJoined,
    RestrictionsParted,
    Screen,
    Screened,
    combined,
    explain,
    identity_of,
    impose,
    lift,
    match,
    standing,
    wanted,
)
from custmaster.testing import strategies as values
from custmaster.testing.laws import SCREENING_LAWS, BrokenLaw, Law, ScreeningRules
from custmaster.testing.strategies import Grade
from custmaster.value.document import IdentityDocument
from custmaster.value.holder import holder, holders

DAYS = [date(2026, 1, 1) + timedelta(days=day) for day in range(0, 24, 4)]
on_a_day = st.sampled_from(DAYS)
RULES = ScreeningRules()
FOUND_WITHIN = 400
"""Cases within which each fault is found; most are found within forty."""


@pytest.mark.parametrize("law", SCREENING_LAWS, ids=str)
def test_the_library_keeps_the_law(law: Law[ScreeningRules, Any]) -> None:
    law.check(RULES)


# --- faults of lists ----------------------------------------------------------------------------------------------------


def without_the_last(entries: Iterable[ListEntry], asked: Identity, day: date) -> Screened:
    """The last line of a file is not read."""
    return Screen(entries=tuple(entries)[:-1]).query(asked, day, lapsed=True)


def by_documents_alone(entries: Iterable[ListEntry], asked: Identity, day: date) -> Screened:
    """A list is searched by documents only, if the asked has one."""
    alone = changed(asked, names=()) if asked.documents else asked
    return Screen(entries=tuple(entries)).query(alone, day, lapsed=True)


def by_the_longer(one: Any, other: Any) -> Match | None:
    """Somebody with fewer papers than the list holds is not compared."""
    return match(one, other) if len(one.papers) >= len(other.papers) else None


# --- faults of restrictions ---------------------------------------------------------------------------------------------


def lifting_the_cause(ledger: RestrictionLedger, events: Iterable[Any]) -> RestrictionLedger:
    """Lifting one restriction lifts all of the customer."""
    after = ledger.extend(events)
    for event in (one for one in events if isinstance(one, RestrictionLifted)):
        mine = ledger.find(event.number)
        for day in DAYS:
            for other in standing(after, mine.customer, day) if mine else ():
                if after.lifting(other.number) is None:
                    after = after.extend([changed(event, number=other.number, ground=other.lift)])
    return after


def the_latest_events(ledger: RestrictionLedger, events: Iterable[Any]) -> RestrictionLedger:
    return RestrictionLedger(entries=tuple(events))


def joining_nothing(ledger: RestrictionLedger, events: Iterable[Any]) -> RestrictionLedger:
    return ledger.extend(one for one in events if not isinstance(one, RestrictionsJoined | RestrictionsParted))


def parting_nothing(ledger: RestrictionLedger, events: Iterable[Any]) -> RestrictionLedger:
    return ledger.extend(one for one in events if not isinstance(one, RestrictionsParted))


def the_survivors(*held: Iterable[Restriction]) -> tuple[Restriction, ...]:
    return combined(held[0])


def whatever_it_covers(ledger: RestrictionLedger, customer: str, way: tuple[str, str], day: date) -> Any:
    """A restriction of one channel is told over the others too."""
    return explain(ledger, customer, channel="*", action="*", on=day)


def imposing_anew(ledger: RestrictionLedger, restriction: Restriction, occasion: Any, page: Any) -> Decision:
    return impose(RestrictionLedger(entries=()), restriction, occasion, page)


def lifting_with_a_clock() -> Any:
    clock = count()

    def lifts(ledger: RestrictionLedger, request: Any, occasion: Any, page: Any) -> Decision:
        return lift(ledger, request, changed(occasion, request_id=f"{occasion.request_id}-{next(clock)}"), page)

    return lifts


FAULTS = {
    "whoever-is-listed-is-found": changed(RULES, query=without_the_last),
    "lists-are-blind-to-order": changed(RULES, query=without_the_last),
    "a-look-up-finds-what-comparing-all-finds": changed(RULES, query=by_documents_alone),
    "a-match-is-the-same-from-both-sides": changed(RULES, match=by_the_longer),
    "lifting-one-lifts-no-other": changed(RULES, extend=lifting_the_cause),
    "a-ledger-replays-in-pieces": changed(RULES, extend=the_latest_events),
    "the-worse-holds-after-a-merge": changed(RULES, extend=joining_nothing),
    "a-merge-of-restrictions-is-undone": changed(RULES, extend=parting_nothing),
    "combining-restrictions-is-a-union": changed(RULES, combined=the_survivors),
    "explaining-names-what-stands": changed(RULES, explain=whatever_it_covers),
    "a-restriction-is-imposed-once": changed(RULES, impose=imposing_anew),
    "a-restriction-is-lifted-once": changed(RULES, lift=lifting_with_a_clock()),
}


@pytest.mark.parametrize("law", SCREENING_LAWS, ids=str)
def test_a_fault_is_caught(law: Law[ScreeningRules, Any]) -> None:
    with pytest.raises(BrokenLaw, match=law.name):
        law.check(FAULTS[law.name], max_examples=FOUND_WITHIN, shrink=False)


# --- beside the laws ----------------------------------------------------------------------------------------------------


@given(st.one_of(values.identity_documents(grade=grade) for grade in Grade))
def test_a_holder_is_who_the_existence_check_finds(document: IdentityDocument) -> None:
    made = paper(document)
    assert holder(document) == (None if made is None else made.holder)
    found = [number for _, number in holders(document)]
    upgraded = [] if made is None else [one for one in (made.upgraded,) if one is not None and one != made.holder[1]]
    assert found[1:] == upgraded


@given(values.screening_lists(grade=Grade.HOSTILE, size=2), values.identities(grade=Grade.HOSTILE), on_a_day)
def test_hostile_names_and_documents_are_asked_too(entries: list[ListEntry], asked: Identity, day: date) -> None:
    told = Screen(entries=entries).query(asked, day)
    assert told == Screen(entries=entries).query(wanted(asked), day)


@given(values.screening_lists(), st.lists(values.identities(), max_size=4), on_a_day)
def test_in_bulk_is_one_by_one(entries: list[ListEntry], asked: list[Identity], day: date) -> None:
    screen = Screen(entries=entries)
    assert list(screen.bulk(asked, day)) == [screen.query(one, day) for one in asked]


@given(values.entries())
def test_an_entry_is_asked_as_its_identity(entry: Entry) -> None:
    assert wanted(entry).keys() == wanted(identity_of(entry)).keys()
