"""Spans of days: half-open, with open ends; months counted from the anchor; 长期 (long-term) as an open end.

A printed expiry day is the last day on which a document is valid; the span's end is the day after.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from custmaster.errors import Fault, InvalidValue
from custmaster.value.dates import read_date

__all__ = [
    "ALWAYS",
    "LONG_TERM",
    "Span",
    "add_months",
    "add_years",
    "full_years",
    "months_between",
    "parse_expiry",
]

_MONTHS_OF_A_YEAR: Final = 12
LONG_TERM: Final = ("长期", "长期有效", "永久", "永久有效", "LONG TERM", "LONG-TERM", "LONGTERM", "PERMANENT")
_EXPIRY_PATTERNS: Final = ("YYYY-MM-DD", "YYYYMMDD", "YYYY.MM.DD", "YYYY/MM/DD", "YYYY年MM月DD日", "YYYY年M月D日")
_ONE_DAY: Final = timedelta(days=1)


def _day(text: str, value: object) -> None:
    if value is not None and type(value) is not date:
        raise InvalidValue(Fault.TYPE, path=text, remedy="a day without a time of day")


@frozen
class Span:
    """The days from `start` up to but not including `end`; None leaves that side open.

    Errors: InvalidValue (ORDER) for a span that holds no day, (TYPE) for anything but a plain `date`.

    >>> Span(date(2024, 1, 1), date(2024, 2, 1)).contains(date(2024, 2, 1))
    False
    """

    start: date | None = field(default=None)
    end: date | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        _day("start", self.start)
        _day("end", self.end)
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise InvalidValue(Fault.ORDER, remedy="the end is the first day that no longer belongs to the span")

    @classmethod
    def through(cls, first: date | None, last: date | None) -> Span:
        """The span from `first` to the printed expiry day `last`, which still belongs to it.

        The last day that a `date` can hold stands for "no end". Errors: InvalidValue (ORDER) when `last` is before `first`.

        >>> Span.through(date(2014, 5, 1), date(2024, 5, 1)).end
        datetime.date(2024, 5, 2)
        """
        return cls(first, None if last is None or last == date.max else last + _ONE_DAY)

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the span."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Span) -> bool:
        """Whether a day belongs to both.

        >>> Span(None, date(2024, 1, 1)).overlaps(Span(date(2024, 1, 1), None))
        False
        """
        return _before(self.start, other.end) and _before(other.start, self.end)

    def intersection(self, other: Span) -> Span | None:
        """The days that belong to both; None when there are none.

        >>> Span(date(2024, 1, 1), None).intersection(Span(None, date(2024, 3, 1)))
        Span(start=datetime.date(2024, 1, 1), end=datetime.date(2024, 3, 1))
        """
        if not self.overlaps(other):
            return None
        starts = [day for day in (self.start, other.start) if day is not None]
        ends = [day for day in (self.end, other.end) if day is not None]
        return Span(max(starts, default=None), min(ends, default=None))


ALWAYS: Final = Span()
"""Every day: the valid time of what is known without its days."""


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start < end


def add_months(anchor: date, months: int) -> date:
    """The anchor moved by whole months, clipped to the month's last day; always count from the anchor, never chain.

    Errors: InvalidValue (RANGE) outside the years 1 to 9999. Source: R-30 (half a year is six calendar months).

    >>> add_months(date(2024, 8, 31), 6), add_months(date(2024, 2, 29), -12)
    (datetime.date(2025, 2, 28), datetime.date(2023, 2, 28))
    """
    try:
        return anchor + relativedelta(months=months)
    except (ValueError, OverflowError):
        raise InvalidValue(Fault.RANGE, remedy="the day lies outside the calendar") from None


def add_years(anchor: date, years: int) -> date:
    """The anchor moved by whole years; 29 February becomes 28 February in a common year.

    Errors: InvalidValue (RANGE) outside the years 1 to 9999.

    >>> add_years(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    return add_months(anchor, years * _MONTHS_OF_A_YEAR)


def months_between(anchor: date, day: date) -> int:
    """The greatest n such that `add_months(anchor, n) <= day`: whole months that have passed, negative before the anchor.

    >>> months_between(date(2024, 8, 31), date(2025, 2, 28)), months_between(date(2024, 1, 15), date(2024, 1, 14))
    (6, -1)
    """
    months = (day.year - anchor.year) * _MONTHS_OF_A_YEAR + day.month - anchor.month
    clipped = min(anchor.day, monthrange(day.year, day.month)[1])
    return months if clipped <= day.day else months - 1


def parse_expiry(text: str) -> date | None:
    """The printed last day of validity; None for 长期 (long-term) and for the year 9999 that systems write instead.

    Shapes: YYYY-MM-DD, YYYYMMDD, YYYY.MM.DD, YYYY/MM/DD, YYYY年M月D日. Errors: InvalidValue (DATE).
    Source: GA 450 card face; 9999.12.31 as seen in real systems.

    >>> parse_expiry("长期"), parse_expiry("9999.12.31"), parse_expiry("2031.05.01")
    (None, None, datetime.date(2031, 5, 1))
    """
    if text.strip().upper() in LONG_TERM:
        return None
    day = read_date(text.strip(), _EXPIRY_PATTERNS).day
    return None if day.year == date.max.year else day


def full_years(born: date, day: date) -> int:
    """Age in full years on the day; a person born on 29 February has the birthday on 28 February in a common year.

    >>> full_years(date(2000, 6, 15), date(2016, 6, 14))
    15
    """
    return months_between(born, day) // _MONTHS_OF_A_YEAR
