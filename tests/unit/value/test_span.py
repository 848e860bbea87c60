"""Spans of days, and expiry days as they are printed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.value.span import LONG_TERM, Span, add_months, months_between, parse_expiry

D = date


@pytest.mark.parametrize("end", [D(2024, 1, 1), D(2023, 12, 31)])
def test_a_span_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(InvalidValue) as caught:
        Span(D(2024, 1, 1), end)
    assert caught.value.fault is Fault.ORDER


@pytest.mark.parametrize("moment", [datetime(2024, 1, 1), "2024-01-01", 20240101])
def test_only_plain_days(moment: Any) -> None:
    for pair in ((moment, None), (None, moment)):
        with pytest.raises(InvalidValue) as caught:
            Span(*pair)
        assert caught.value.fault is Fault.TYPE


def test_open_sides() -> None:
    assert Span().contains(date.min)
    assert Span().contains(date.max)
    assert Span(None, D(2024, 1, 1)).intersection(Span(D(2024, 1, 1), None)) is None
    assert Span().intersection(Span()) == Span()


def test_through_the_end_of_the_calendar_is_open() -> None:
    assert Span.through(D(2024, 1, 1), date.max) == Span(D(2024, 1, 1), None)
    assert Span.through(None, None) == Span()
    with pytest.raises(InvalidValue):
        Span.through(D(2024, 1, 2), D(2024, 1, 1))
    assert Span.through(D(2024, 1, 1), D(2024, 1, 1)).contains(D(2024, 1, 1))


def test_months_are_counted_from_the_anchor_never_chained() -> None:
    assert add_months(add_months(D(2023, 1, 31), 1), 1) == D(2023, 3, 28)
    assert add_months(D(2023, 1, 31), 2) == D(2023, 3, 31)
    assert add_months(D(2024, 8, 31), 6) == D(2025, 2, 28)
    assert add_months(D(1900, 1, 31), 1) == D(1900, 2, 28)
    assert add_months(D(2000, 1, 31), 1) == D(2000, 2, 29)
    assert months_between(D(2024, 2, 29), D(2025, 2, 28)) == 12


@pytest.mark.parametrize(("anchor", "months"), [(date.max, 1), (date.min, -1)])
def test_outside_the_calendar(anchor: date, months: int) -> None:
    with pytest.raises(InvalidValue) as caught:
        add_months(anchor, months)
    assert caught.value.fault is Fault.RANGE


@pytest.mark.parametrize(
    "text", [*LONG_TERM, " 长期 ", "Long term", "99991231", "9999.12.31", "9999-12-31", "9999年12月31日"]
)
def test_long_term(text: str) -> None:
    assert parse_expiry(text) is None


@pytest.mark.parametrize(
    "text", ["2031-05-01", "20310501", "2031.05.01", "2031/05/01", "2031年5月1日", "2031年05月01日", " 20310501 "]
)
def test_an_expiry_day(text: str) -> None:
    assert parse_expiry(text) == D(2031, 5, 1)


@pytest.mark.parametrize("text", ["", "2031", "2031-02-29", "5/1/2031", "99999999", "长期?"])
def test_no_expiry_day(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_expiry(text)
    assert caught.value.fault is Fault.DATE
