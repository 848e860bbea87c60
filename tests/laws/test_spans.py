"""Laws of spans and months, the latter against an independent oracle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.errors import InvalidValue
from custmaster.value.span import Span, add_months, add_years, full_years, months_between

DAYS = st.dates(date(2024, 1, 1), date(2024, 2, 10))
ENDS = st.none() | DAYS
SPANS = st.tuples(ENDS, ENDS).filter(lambda p: None in p or p[0] < p[1]).map(lambda p: Span(*p))
PROBES = [date(2023, 12, 31) + timedelta(days=n) for n in range(44)]


@given(SPANS, SPANS)
def test_overlap_and_intersection_are_what_the_days_say(a: Span, b: Span) -> None:
    both = [day for day in PROBES if a.contains(day) and b.contains(day)]
    common = a.intersection(b)
    assert a.overlaps(b) is b.overlaps(a) is (common is not None)
    assert common == b.intersection(a)
    assert [day for day in PROBES if common is not None and common.contains(day)] == both
    assert a.intersection(a) == a


def by_hand(anchor: date, months: int) -> date | None:
    """The oracle: month arithmetic on the number of months since the year 0, with the calendar's rule of leap years."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return date(year, month + 1, min(anchor.day, lengths[month]))


@given(st.dates(), st.integers(-120_000, 120_000))
def test_add_months_agrees_with_arithmetic_by_hand(anchor: date, months: int) -> None:
    expected = by_hand(anchor, months)
    if expected is None:
        with pytest.raises(InvalidValue):
            add_months(anchor, months)
        return
    assert add_months(anchor, months) == expected


@pytest.mark.parametrize("months", [1, 6, 12])
def test_every_day_of_2000_to_2040(months: int) -> None:
    day = date(2000, 1, 1)
    while day < date(2041, 1, 1):
        assert add_months(day, months) == by_hand(day, months), day
        day += timedelta(days=1)


@given(st.dates(date(1800, 1, 1), date(2200, 1, 1)), st.dates(date(1800, 1, 1), date(2200, 1, 1)))
def test_months_between_is_the_greatest_that_fits(anchor: date, day: date) -> None:
    months = months_between(anchor, day)
    assert add_months(anchor, months) <= day < add_months(anchor, months + 1)
    years = full_years(anchor, day)
    assert add_years(anchor, years) <= day < add_years(anchor, years + 1)


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 4000))
def test_through_holds_first_and_last_and_no_more(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    span = Span.through(first, last)
    assert span.contains(first)
    assert span.contains(last)
    assert not span.contains(last + timedelta(days=1))
