"""Reading written days by listed patterns: strict, independent of locale, and fast enough for millions of cells.

A pattern is made of YYYY, YY, MM, M, DD, D, Mon (English abbreviation) and the separators `- / .`, space, comma, 年 月 日.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Final

from attrs import field, frozen

from custmaster.errors import CustmasterError, Fault, InvalidValue

__all__ = ["DatePattern", "DateReading", "read_date"]

_TOKENS: Final[Mapping[str, str]] = {
    "YYYY": "(?P<year>[0-9]{4})",
    "YY": "(?P<short>[0-9]{2})",
    "Mon": "(?P<name>[A-Za-z]{3})",
    "MM": "(?P<month>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2})",
    "DD": "(?P<day>[0-9]{2})",
    "D": "(?P<day>[0-9]{1,2})",
}
_PIECE: Final = re.compile(r"YYYY|YY|Mon|MM|M|DD|D|[-/. ,年月日]")
_OF_VARYING_WIDTH: Final = ("M", "D")
_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_OF: Final[Mapping[str, int]] = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_ISO: Final = "YYYY-MM-DD"
_ISO_SHAPE: Final = "1111-11-11"
_ISO_LENGTH: Final = len(_ISO)
_LONGEST: Final = 40
_CENTURY: Final = 100
# Full-width digits and separators are typed by people on Chinese keyboards; they say the same day.
_NARROW: Final = str.maketrans("０１２３４５６７８９－／．　，", "0123456789-/. ,")


@frozen(kw_only=True)
class DateReading:
    """The day that was read; whether another listed pattern reads another day; whether full-width characters were folded."""

    day: date
    ambiguous: bool = False
    folded: bool = False


def _pieces(pattern: str) -> tuple[str, ...]:
    pieces = tuple(_PIECE.findall(pattern)) if len(pattern) <= _LONGEST else ()
    if not pieces or "".join(pieces) != pattern:
        raise InvalidValue(
            Fault.FORMAT, length=len(pattern), remedy="use YYYY YY MM M DD D Mon and - / . , space 年 月 日"
        )
    years = sum(piece in {"YYYY", "YY"} for piece in pieces)
    months = sum(piece in {"MM", "M", "Mon"} for piece in pieces)
    days = sum(piece in {"DD", "D"} for piece in pieces)
    if (years, months, days) != (1, 1, 1):
        raise InvalidValue(Fault.FORMAT, length=len(pattern), remedy="name year, month and day once each")
    for left, right in pairwise(pieces):
        if left in _TOKENS and right in _TOKENS and (left in _OF_VARYING_WIDTH or right in _OF_VARYING_WIDTH):
            raise InvalidValue(
                Fault.AMBIGUOUS, length=len(pattern), remedy="M and D need a separator; or write MM and DD"
            )
    return pieces


def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_TOKENS.get(piece) or re.escape(piece) for piece in _pieces(pattern)))


@frozen
class DatePattern:
    """One pattern of a written day, such as `YYYY-MM-DD`, `D/M/YY`, `DD-Mon-YYYY` or `YYYY年M月D日`.

    MM and DD want two digits, M and D one or two; month names are English and of either case. Errors: InvalidValue (FORMAT)
    for a letter that is no token or a part that is missing or doubled; (AMBIGUOUS) for M or D beside other digits.

    >>> DatePattern("M/D/YY").needs_pivot
    True
    """

    text: str
    _compiled: re.Pattern[str] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_compiled", _regex(self.text))

    @property
    def needs_pivot(self) -> bool:
        """Whether the year has two digits, so that somebody must say which century it is in."""
        return "short" in self._compiled.groupindex

    def fits(self, text: str) -> bool:
        """Whether the text has the shape of the pattern, be there such a day or not."""
        return self._compiled.fullmatch(text) is not None

    def read(self, text: str, pivot: int | None = None) -> date | None:
        """The day, or None when the text has another shape or there is no such day.

        >>> DatePattern("DD-Mon-YY").read("05-jan-26", pivot=26)
        datetime.date(2026, 1, 5)
        """
        found = self._compiled.fullmatch(text)
        if found is None:
            return None
        parts = found.groupdict()
        month = _MONTH_OF.get(parts["name"].lower(), 0) if "name" in parts else int(parts["month"])
        year = _in_century(int(parts["short"]), pivot) if "short" in parts else int(parts["year"])
        try:
            return date(year, month, int(parts["day"]))
        except ValueError:
            return None


def _in_century(short: int, pivot: int | None) -> int:
    if pivot is None or not 0 <= pivot < _CENTURY:
        raise CustmasterError("a pattern with YY needs a pivot from 0 to 99: years up to it are 20YY, the others 19YY")
    return (2000 if short <= pivot else 1900) + short


@cache
def _compile(patterns: tuple[str, ...]) -> tuple[tuple[DatePattern, ...], bool]:
    """The patterns, and whether a text of ISO shape can be read by the first of them alone."""
    compiled = tuple(DatePattern(pattern) for pattern in patterns)
    iso_alone = patterns[:1] == (_ISO,) and not any(pattern.fits(_ISO_SHAPE) for pattern in compiled[1:])
    return compiled, iso_alone


def _iso(text: str) -> date | None:
    if len(text) == _ISO_LENGTH and text[4] == "-" == text[7] and text.isascii():
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return None


def read_date(text: str, patterns: Sequence[str], pivot: int | None = None) -> DateReading:
    """The day that the first fitting pattern reads; patterns are tried in order.

    `pivot` (0 to 99) settles YY: up to it 20YY, else 19YY. Full-width digits and separators are folded first, which the
    reading says. Errors: InvalidValue (DATE) when no pattern reads a day; (FORMAT) for a pattern that is none;
    CustmasterError when a YY pattern comes without a pivot. Pass `patterns` as a tuple in a hot loop.

    >>> read_date("2024-05-01", ("YYYY-MM-DD",)).day
    datetime.date(2024, 5, 1)
    >>> read_date("3/4/2024", ("M/D/YYYY", "D/M/YYYY"))
    DateReading(day=datetime.date(2024, 3, 4), ambiguous=True, folded=False)
    """
    compiled, iso_alone = _compile(tuple(patterns))
    if iso_alone:
        day = _iso(text)
        if day is not None:
            return DateReading(day=day)
    return _slowly(text, compiled, pivot)


def _slowly(text: str, patterns: tuple[DatePattern, ...], pivot: int | None) -> DateReading:
    if len(text) > _LONGEST:
        raise InvalidValue(Fault.DATE, length=len(text))
    narrow = text if text.isascii() else text.translate(_NARROW)
    days = [day for pattern in patterns if (day := pattern.read(narrow, pivot)) is not None]
    if not days:
        raise InvalidValue(Fault.DATE, length=len(text))
    return DateReading(day=days[0], ambiguous=any(day != days[0] for day in days), folded=narrow != text)
