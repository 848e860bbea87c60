"""Laws of the figures of a roster review: outlets add up, credits add up, floors and the average are two things.

That no re-organisation moves growth and no order of rows moves anything are rows of `custmaster.testing.laws.ROSTER_LAWS`. Each law is asked of the library and of variants that break it: a law that would let them pass proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction

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
Heads = tuple[tuple[int, int, int, int], ...]


def reviewed(roster: Roster) -> RosterReview:
    return review(roster, DAY, PAGE)


def heads(found: RosterReview | OutletReview) -> Heads:
    return tuple((one.begin, one.end, one.gained, one.lost) for one in found.growth)


def rising(number: str, day: date, valid: Span = ALWAYS, outlet: str = "A") -> LevelHistory:
    levels = [LevelSince(level="普通"), LevelSince(level="金卡", since=day)]
    return LevelHistory(customer=number, levels=levels, valid=valid, outlet=outlet)


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
