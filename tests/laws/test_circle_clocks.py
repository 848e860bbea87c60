"""The clocks of a topic against a calendar that is counted day by day: no month arithmetic but the days themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

import pytest

from custmaster.circle.clocks import ClockTerms, IdleState, Life, months, pauses
from custmaster.handbook import Dated, Handbook, Timeline, default

ONE = timedelta(days=1)
FIRST, LAST = date(2000, 1, 1), date(2040, 12, 31)


def always() -> Handbook:
    """The packaged handbook with its circles' figures in force since 1999, so that every day of the oracle is judged."""
    book = default()
    timelines = {
        name: Timeline(entries=[Dated(since=date(1999, 1, 1), value=line.entries[0].value, article="文二")])
        if name.startswith("circle.")
        else line
        for name, line in book.timelines.items()
    }
    return Handbook(name="always", version="1", timelines=timelines)


BOOK = always()


def every_day() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += ONE


def counted_on(anchor: date, changes: int) -> date:
    """The oracle: day after day, until the month has changed so often, then on to the same day of the month or the month's last."""
    day, seen = anchor, 0
    while seen < changes:
        seen += (day + ONE).day == 1
        day += ONE
    while day.day != anchor.day and (day + ONE).day != 1:
        day += ONE
    return day


def state_on(life: Life, day: date, *held: date) -> IdleState:
    return pauses(life, held, [], ClockTerms(handbook=BOOK, day=day))[-1].state


def test_half_a_year_from_every_day_of_2000_to_2040() -> None:
    for anchor in every_day():
        limit = counted_on(anchor, 6)
        life = Life(start=anchor)
        assert state_on(life, limit) is IdleState.WITHIN, anchor
        assert state_on(life, limit + ONE) is IdleState.LAPSED, anchor
        assert state_on(Life(start=FIRST - ONE), limit, anchor) is IdleState.WITHIN, anchor
        assert state_on(Life(start=FIRST - ONE), limit + ONE, anchor) is IdleState.LAPSED, anchor


@pytest.mark.parametrize(
    ("anchor", "limit"),
    [
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2024, 8, 31), date(2025, 2, 28)),
        (date(2024, 8, 29), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2024, 8, 29)),
        (date(2024, 3, 31), date(2024, 9, 30)),
        (date(2099, 8, 31), date(2100, 2, 28)),
    ],
)
def test_month_ends_by_the_calendar_on_the_wall(anchor: date, limit: date) -> None:
    assert counted_on(anchor, 6) == limit
    (pause,) = pauses(Life(start=anchor), [], [], ClockTerms(handbook=BOOK, day=limit))
    assert (pause.since, pause.limit, pause.state) == (anchor, limit, IdleState.WITHIN)


def whole_months(start: date, end: date | None, as_of: date) -> list[date]:
    """The oracle: days put together by month; a month is judged when all of its days are past, none lies after the end, and it is not the start's."""
    stop = as_of + timedelta(days=40)
    days = [start.replace(day=1) + timedelta(days=n) for n in range((stop - start).days + 31)]
    found = []
    for _, of_month in groupby(days, key=lambda day: str(day)[:7]):
        listed = list(of_month)
        past = all(day < as_of and (end is None or day <= end) for day in listed)
        if past and listed[-1] != days[-1] and start not in listed:
            found.append(listed[0])
    return found


@pytest.mark.parametrize("lived", [None, 0, 27, 28, 29, 30, 31, 60, 89])
def test_the_months_of_a_topic_registered_on_every_day_of_2000_to_2040(lived: int | None) -> None:
    for start in every_day():
        as_of = start + timedelta(days=75)
        end = None if lived is None else start + timedelta(days=lived)
        told = months(Life(start=start, end=end), [], ClockTerms(handbook=BOOK, day=as_of))
        assert [one.first for one in told] == whole_months(start, end, as_of), (start, end)


def test_the_months_seen_from_every_day_of_2000_to_2040() -> None:
    start = date(1999, 12, 31)
    life, over, month_begins = Life(start=start), 0, start
    for day in every_day():
        if day.day == 1 and day != FIRST:  # the month before has just ended
            over += 1
        if day.day in {1, 2, 15, 28, 29, 30, 31} and day.year % 4 in {0, 3}:
            told = months(life, [month_begins, day], ClockTerms(handbook=BOOK, day=day))
            assert len(told) == over, day
            assert sum(one.held for one in told) == 0, (
                day
            )  # the months of the start and of the day itself are not judged


@pytest.mark.parametrize("held", [0, 1, 2])
def test_each_day_of_2000_to_2040_falls_into_its_month(held: int) -> None:
    for day in every_day():
        first = day.replace(day=1)
        after = (first + timedelta(days=40)).replace(day=1)
        (told,) = months(Life(start=first - ONE), [day] * held, ClockTerms(handbook=BOOK, day=after))
        assert (told.first, told.held, told.short) == (first, held, held < 1), day
