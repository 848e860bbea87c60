"""Laws of screening and of restrictions: who is listed is found, order says nothing, and lifting one cause never lifts another."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from attrs import evolve as changed
from hypothesis import given
from hypothesis import strategies as st

from custmaster.customer.entry import Entry
from custmaster.decision import Allowed, Occasion, Outcome
from custmaster.dedup.papers import paper
from custmaster.handbook import default
from custmaster.screening import (
    Answer,
    Identity,
    Lifting,
    ListEntry,
    Restriction,
    RestrictionImposed,
    RestrictionLedger,
    RestrictionLifted,
    RestrictionsJoined,
    RestrictionsParted,
    Screen,
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
from custmaster.testing.strategies import Grade
from custmaster.value.document import IdentityDocument
from custmaster.value.holder import holder, holders

DAYS = [date(2026, 1, 1) + timedelta(days=day) for day in range(0, 24, 4)]
CUSTOMERS = [f"60000000{place:02}" for place in range(1, 5)]
on_a_day = st.sampled_from(DAYS)


@given(st.one_of(values.identity_documents(grade=grade) for grade in Grade))
def test_a_holder_is_who_the_existence_check_finds(document: IdentityDocument) -> None:
    made = paper(document)
    assert holder(document) == (None if made is None else made.holder)
    found = [number for _, number in holders(document)]
    upgraded = [] if made is None else [one for one in (made.upgraded,) if one is not None and one != made.holder[1]]
    assert found[1:] == upgraded


@given(values.screening_lists(), on_a_day)
def test_whoever_is_listed_is_found_by_the_own_identity_while_in_force(entries: list[ListEntry], day: date) -> None:
    screen = Screen(entries=entries)
    for entry in entries:
        told = screen.query(entry.identity, day, lapsed=True)
        found = told.hits if entry.valid.contains(day) else told.lapsed
        assert told.cleared == () or all(hit.match.answer is Answer.CLEARED for hit in told.cleared)
        own = [hit for hit in found if (hit.list_name, hit.number) == entry.key]
        assert bool(own) is told.was_asked


@given(values.screening_lists(grade=Grade.HOSTILE, size=2), values.identities(grade=Grade.HOSTILE), on_a_day)
def test_hostile_names_and_documents_are_asked_too(entries: list[ListEntry], asked: Identity, day: date) -> None:
    told = Screen(entries=entries).query(asked, day)
    assert told == Screen(entries=entries).query(wanted(asked), day)


@given(values.screening_lists(size=5), values.identities(), on_a_day, st.randoms())
def test_the_order_of_entries_says_nothing(entries: list[ListEntry], asked: Identity, day: date, dice: Any) -> None:
    shuffled = list(entries)
    dice.shuffle(shuffled)
    assert Screen(entries=entries) == Screen(entries=shuffled)
    assert Screen(entries=entries).query(asked, day) == Screen(entries=shuffled).query(asked, day)


@given(values.screening_lists(), st.lists(values.identities(), max_size=4), on_a_day)
def test_in_bulk_is_one_by_one(entries: list[ListEntry], asked: list[Identity], day: date) -> None:
    screen = Screen(entries=entries)
    assert list(screen.bulk(asked, day)) == [screen.query(one, day) for one in asked]


@given(values.screening_lists(size=6), values.identities(), on_a_day)
def test_the_index_leaves_out_nobody_but_by_weak_ends(entries: list[ListEntry], asked: Identity, day: date) -> None:
    """Whatever a comparison with every entry finds, the look-up finds; all it may leave out are names with one readable end."""
    told = Screen(entries=entries).query(asked, day, lapsed=True)
    found = {(hit.list_name, hit.number) for hit in (*told.hits, *told.cleared, *told.lapsed)}
    for entry in entries:
        one = match(wanted(asked), wanted(entry.identity))
        if one is None:
            assert entry.key not in found
        elif [str(how) for how in one.how] != ["NAME_DAMAGED"]:
            assert entry.key in found


@given(values.identities(), values.identities())
def test_a_match_is_the_same_from_both_sides(one: Identity, other: Identity) -> None:
    assert match(wanted(one), wanted(other)) == match(wanted(other), wanted(one))


@given(values.entries())
def test_an_entry_is_asked_as_its_identity(entry: Entry) -> None:
    assert wanted(entry).keys() == wanted(identity_of(entry)).keys()


# Restrictions


def everything(ledger: RestrictionLedger) -> dict[tuple[str, date], tuple[Restriction, ...]]:
    return {(one, day): standing(ledger, one, day) for one, day in itertools.product(CUSTOMERS, DAYS)}


@given(values.restriction_ledgers(), on_a_day)
def test_lifting_one_never_lifts_another(ledger: RestrictionLedger, day: date) -> None:
    before = everything(ledger)
    for number in sorted({one.number for stood in before.values() for one in stood})[:2]:
        found = ledger.find(number)
        assert found is not None
        if ledger.lifting(number) is not None:
            continue
        event = RestrictionLifted(
            on=day, actor="S-2", request_id="T-9", number=number, ground=found.lift, reason="as ordered"
        )
        after = everything(ledger.extend([event]))
        for place, stood in before.items():
            lifted = place[1] >= day
            assert after[place] == tuple(one for one in stood if one.number != number or not lifted)


@given(values.restriction_ledgers())
def test_replaying_in_pieces_or_twice_gives_the_same_ledger(ledger: RestrictionLedger) -> None:
    half = len(ledger.entries) // 2
    pieces = RestrictionLedger(entries=ledger.entries[:half]).extend(ledger.entries[half:])
    assert pieces == ledger == ledger.extend(ledger.entries)


@given(values.restriction_ledgers(), on_a_day)
def test_the_worse_holds_after_a_merge_and_undoing_it_gives_everything_back(
    ledger: RestrictionLedger, day: date
) -> None:
    head = {"on": day, "actor": "S-1", "request_id": "T-9", "customer": "6000000004", "into": "6000000099"}
    joined = ledger.extend([RestrictionsJoined(**head)])
    for later in (one for one in DAYS if one >= day):
        assert standing(joined, "6000000099", later) == standing(ledger, "6000000004", later)
        assert standing(joined, "6000000004", later) == standing(ledger, "6000000004", later)
    assert everything(joined.extend([RestrictionsParted(**head)])) == everything(ledger)
    assert standing(joined.extend([RestrictionsParted(**head)]), "6000000099", day) == ()


@given(*[st.lists(values.restrictions(), max_size=3) for _ in range(3)])
def test_combining_is_a_union(one: list[Restriction], other: list[Restriction], third: list[Restriction]) -> None:
    assert combined(one, other) == combined(other, one)
    assert combined(combined(one, other), third) == combined(one, combined(other, third)) == combined(one, other, third)
    assert combined(one, one) == combined(one)
    assert set(combined(one, other)) == {*one, *other}


@given(values.restriction_ledgers(), on_a_day, st.sampled_from(CUSTOMERS))
def test_explaining_names_what_stands_and_covers(ledger: RestrictionLedger, day: date, customer: str) -> None:
    for channel, action in (("COUNTER", "TRANSFER"), ("MOBILE", "OPEN_ACCOUNT")):
        told = explain(ledger, customer, channel=channel, action=action, on=day)
        meant = [one.number for one in standing(ledger, customer, day) if one.scope.covers(channel, action)]
        assert [dict(reason.facts)["number"] for reason in told] == meant
        assert all(reason.outcome is Outcome.REFUSED for reason in told)


def numbers(found: Sequence[Restriction]) -> list[str]:
    return [one.number for one in found]


@given(values.restriction_ledgers(), values.restrictions(), on_a_day)
def test_a_ledger_takes_every_event_that_a_decision_gives(
    ledger: RestrictionLedger, restriction: Restriction, day: date
) -> None:
    page = default().on(day)
    occasion = Occasion(day=day, actor="S-1", request_id="T-9")
    answer = impose(ledger, restriction, occasion, page)
    assert isinstance(answer, Allowed) is (ledger.find(restriction.number) is None)
    if isinstance(answer, Allowed):
        (event,) = answer.events
        assert isinstance(event, RestrictionImposed)
        ledger = ledger.extend([event])
        assert impose(ledger, restriction, occasion, page) == answer
        assert impose(ledger, restriction, changed(occasion, request_id="T-8"), page).outcome is Outcome.REFUSED
    request = Lifting(number=restriction.number, ground=restriction.lift, reason="as ordered")
    lifted = lift(ledger, request, occasion, page)
    if isinstance(lifted, Allowed):
        (done,) = lifted.events
        assert isinstance(done, RestrictionLifted)
        after = ledger.extend([done])
        assert lift(after, request, occasion, page) == lifted
        assert lift(after, request, changed(occasion, request_id="T-8"), page).outcome is Outcome.REFUSED
