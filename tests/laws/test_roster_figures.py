"""Laws of the roster review: no re-organisation moves growth, no order of rows moves anything, floors and the average are two things.

Each law is asked of the library and of variants that break it: a law that would let them pass proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from custmaster.handbook import default, default_text, parse
from custmaster.roster import (
    Assignment,
    Counts,
    EntryState,
    LevelHistory,
    LevelSince,
    Met,
    Outlet,
    OutletReview,
    Post,
    Posting,
    Roster,
    RosterEntry,
    RosterReview,
    Source,
    Staff,
    credit_of_outlets,
    credit_of_staff,
    floor,
    floor_of,
    per_head,
    population,
    review,
    seats_of,
)
from custmaster.value.span import ALWAYS, Span

DAY = date(2026, 11, 28)
PAGE = default().on(DAY)
PAGES = {
    way: parse(default_text().replace('value = "SINGLE"', f'value = "{way}"')).on(DAY)
    for way in ("SINGLE", "DUAL", "WEIGHTED")
}
FIRST = date(2025, 1, 1)
days = st.integers(0, 690).map(lambda n: FIRST + timedelta(days=n))
GRID = [FIRST + timedelta(days=n) for n in range(0, 690, 115)]
Heads = tuple[tuple[int, int, int, int], ...]
Reviewing = Callable[[Roster], RosterReview]


def reviewed(roster: Roster) -> RosterReview:
    return review(roster, DAY, PAGE)


def without_aliases(roster: Roster) -> RosterReview:
    """Known bad: counts numbers as they once were."""
    return reviewed(evolve(roster, aliases={}))


def only_what_is_left(roster: Roster) -> RosterReview:
    """Known bad: counts who is a customer today, and forgets what a number that is gone once was."""
    return reviewed(evolve(roster, customers=[one for one in roster.customers if one.valid.contains(DAY)]))


def heads(found: RosterReview | OutletReview) -> Heads:
    return tuple((one.begin, one.end, one.gained, one.lost) for one in found.growth)


def rising(number: str, day: date, valid: Span = ALWAYS, outlet: str = "A") -> LevelHistory:
    levels = [LevelSince(level="普通"), LevelSince(level="金卡", since=day)]
    return LevelHistory(customer=number, levels=levels, valid=valid, outlet=outlet)


def merged(x: date, y: date, on: date) -> Roster:
    """1 and 2 are one person, merged into 2 on a day; what 1 would have risen to afterwards, 2 rises to."""
    old = rising("1", x, Span(None, on))
    return Roster(customers=[old, rising("2", min(y, max(on, x))), rising("3", FIRST)], aliases={"1": ("2",)})


def parted(x: date, _y: date, on: date) -> Roster:
    """1 was two persons, 2 and 3, split on a day."""
    risen = max(on, x)
    rows = [rising("1", x, Span(None, on)), *(rising(number, risen, Span(on, None)) for number in ("2", "3"))]
    return Roster(customers=[*rows, rising("4", FIRST)], aliases={"1": ("2", "3")})


@given(days, days, days, days)
def test_the_day_of_a_merge_or_a_split_moves_no_growth(x: date, y: date, one: date, other: date) -> None:
    for reorganised in (merged, parted):
        assert heads(reviewed(reorganised(x, y, one))) == heads(reviewed(reorganised(x, y, other)))


@pytest.mark.parametrize("reorganised", [merged, parted])
@pytest.mark.parametrize("bad", [without_aliases, only_what_is_left])
def test_the_law_of_merge_and_split_catches(reorganised: Callable[[date, date, date], Roster], bad: Reviewing) -> None:
    assert any(
        heads(bad(reorganised(x, y, one))) != heads(bad(reorganised(x, y, other)))
        for x, y, one, other in product(GRID, repeat=4)
    )


# --- transfer and credit -------------------------------------------------------------------------------------------------

persons = st.lists(st.tuples(days, st.sampled_from("AB")), min_size=1, max_size=8)
handovers = st.lists(st.tuples(st.sampled_from(["X", "Y", "Z"]), st.sampled_from("AB"), days), max_size=4)


def chain(customer: str, moves: Iterable[tuple[str, str, date]]) -> RosterEntry:
    """An entry that was handed over on these days."""
    ordered = sorted({day: (staff, outlet) for staff, outlet, day in moves}.items())
    ends: list[date | None] = [*[day for day, _ in ordered[1:]], None]
    held = [
        Assignment(staff=staff, outlet=outlet, since=since, until=until, by="x")
        for (since, (staff, outlet)), until in zip(ordered, ends[: len(ordered)], strict=True)
    ]
    state = EntryState.MAINTAINED if held else EntryState.POOLED
    return RosterEntry(
        number=f"E-{customer}",
        customer=customer,
        level="金卡",
        source=Source.SYSTEM,
        listed_on=FIRST,
        state=state,
        maintainer=held[-1] if held else None,
        past=held[:-1],
    )


def a_bank(people: list[tuple[date, str]], moves: list[list[tuple[str, str, date]]]) -> Roster:
    posts = zip("XYZ", "ABA", strict=True)
    return Roster(
        outlets=[Outlet(number="A"), Outlet(number="B")],
        staff=[Staff(number=one, postings=[Posting(post=Post.TELLER, outlet=at)]) for one, at in posts],
        customers=[rising(str(n), day, outlet=outlet) for n, (day, outlet) in enumerate(people)],
        entries=[chain(str(n), move) for n, move in enumerate(moves)],
    )


rosters = st.builds(a_bank, persons, st.lists(handovers, max_size=8))


@given(rosters)
def test_no_transfer_moves_the_growth_of_the_bank_or_the_sum_over_its_outlets(roster: Roster) -> None:
    moved = evolve(roster, customers=[evolve(one, outlet="B") for one in roster.customers])
    before, after = reviewed(roster), reviewed(moved)
    assert heads(before) == heads(after)
    for found in (before, after):
        outlets = [heads(one) for one in found.outlets]
        assert tuple(tuple(map(sum, zip(*years, strict=True))) for years in zip(*outlets, strict=True)) == heads(found)


@pytest.mark.parametrize("way", ["SINGLE", "WEIGHTED"])
@given(rosters)
def test_the_credits_add_up_to_the_growth_whatever_was_handed_over(way: str, roster: Roster) -> None:
    assert sums(roster, way) == {expected(roster)}


def sums(roster: Roster, way: str) -> set[tuple[Fraction, Fraction, Fraction]]:
    counted = population(roster, DAY, PAGES[way])
    found = (share(seats_of(roster, counted), counted, PAGES[way]) for share in (credit_of_staff, credit_of_outlets))
    return {
        (
            sum((one.base for one in credited.values()), Fraction(0)),
            sum((one.gained for one in credited.values()), Fraction(0)),
            sum((one.lost for one in credited.values()), Fraction(0)),
        )
        for credited in found
    }


def expected(roster: Roster) -> tuple[Fraction, Fraction, Fraction]:
    year = reviewed(roster).growth[-1]
    return Fraction(year.begin), Fraction(year.gained), Fraction(year.lost)


def test_the_law_of_credit_catches_an_option_that_counts_twice() -> None:
    moves = [("X", "A", FIRST), ("Y", "B", date(2026, 6, 1))]
    roster = Roster(customers=[rising("1", date(2026, 3, 1))], entries=[chain("1", moves)])
    assert sums(roster, "DUAL") == {(Fraction(0), Fraction(2), Fraction(0))}
    assert expected(roster) == (0, 1, 0)


# --- order ---------------------------------------------------------------------------------------------------------------


def shuffled(roster: Roster, random: Random) -> Roster:
    def mixed(rows: Iterable[object]) -> list[object]:
        listed = list(rows)
        random.shuffle(listed)
        return listed

    names = ("outlets", "staff", "customers", "entries")
    return evolve(roster, **{name: mixed(getattr(roster, name)) for name in names})


def doubled(roster: Roster) -> Roster:
    """Every entry a second time, under another number and with another maintainer: bad rows, too, leave no trace of their order."""
    again = [evolve(one, number=f"{one.number}-2", needs=["loan"]) for one in roster.entries]
    same = [evolve(one, needs=["fund"]) for one in roster.entries]
    return evolve(roster, entries=[*roster.entries, *again, *same])


@given(rosters.map(doubled), st.randoms(use_true_random=False))
def test_no_order_of_rows_moves_anything(roster: Roster, random: Random) -> None:
    assert reviewed(shuffled(roster, random)) == reviewed(roster)


def first_entry_of_each(roster: Roster) -> RosterReview:
    """Known bad: keeps the entry that it meets first."""
    kept = {one.customer: one for one in reversed(roster.entries)}
    return reviewed(evolve(roster, entries=list(kept.values())))


def test_the_law_of_order_catches_a_review_that_keeps_the_first_row() -> None:
    rows = [chain("1", [(who, "A", FIRST)]) for who in "XZ"]
    listed = [evolve(one, number=f"E-{n}") for n, one in enumerate(rows)]
    staff = [Staff(number=one, postings=[Posting(post=Post.TELLER, outlet="A")]) for one in "XZ"]
    roster = Roster(staff=staff, entries=listed)
    assert reviewed(roster) == reviewed(evolve(roster, entries=listed[::-1]))
    assert first_entry_of_each(roster) != first_entry_of_each(evolve(roster, entries=listed[::-1]))


# --- floors and the average ----------------------------------------------------------------------------------------------

Averaging = Callable[[int, int], Met]


def average(maintained: int, team: int) -> Met:
    return per_head(Counts(numerator=maintained, denominator=team), PAGE).met


def met_with_the_floors(_maintained: int, _team: int) -> Met:
    """Known bad: takes the average for met where the floors are."""
    return Met.YES


def all_floors_met(team: Iterable[tuple[Post, int]]) -> bool:
    return all(floor(Counts(numerator=n), [post], PAGE).met is not Met.NO for post, n in team)


def independent(judge: Averaging) -> bool:
    """Whether teams exist that meet their floors and miss the average, and the other way round."""
    tellers, managers = [(Post.TELLER, 10)] * 4, [(Post.ACCOUNT_MANAGER, 90), (Post.TELLER, 9)]
    cases = [(all_floors_met(team), judge(sum(n for _, n in team), len(team))) for team in (tellers, managers)]
    return cases == [(True, Met.NO), (False, Met.YES)]


def test_floors_that_are_met_do_not_make_the_average() -> None:
    assert independent(average)
    assert not independent(met_with_the_floors)


@given(st.lists(st.sampled_from(Post), min_size=1, max_size=12))
def test_a_team_exactly_at_its_floors_meets_all_of_them_and_the_average_is_counted(team: list[Post]) -> None:
    least = [int(floor_of([post], PAGE).value or 0) for post in team]
    assert all_floors_met(zip(team, least, strict=True))
    assert (average(sum(least), len(team)) is Met.YES) == (Fraction(sum(least), len(team)) >= 20)
