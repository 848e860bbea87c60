"""What the number modules share: tidying, form checks and the days that a calendar knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

from custmaster.errors import Fault, InvalidValue

__all__ = [
    "BRACKETS",
    "DASHES",
    "DAY_OF_YEAR",
    "EIGHT_DIGIT_DAY",
    "LEAP_IN_CENTURY",
    "LONGEST",
    "PROVINCES",
    "WIDTH",
    "accepts",
    "require_form",
    "require_text",
    "tidy",
    "tidy_bare",
]

LONGEST: Final = 64  # No identity number is longer; a longer text is not searched, only measured.

_SPACES: Final = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE: Final = "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"

WIDTH: Final[Mapping[int, str | None]] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{code: chr(code - 0xFEE0).upper() for code in range(0xFF41, 0xFF5B)},
    **{code: chr(code).upper() for code in range(ord("a"), ord("z") + 1)},
    **dict.fromkeys(map(ord, _SPACES + _INVISIBLE)),
}
"""Half width, upper case, without spaces and invisible characters; every other character stays as it is."""

BRACKETS: Final = "()[]{}\uff08\uff09\uff3b\uff3d\u3010\u3011\u3014\u3015"

_TIDY: Final = {**WIDTH, **dict.fromkeys(map(ord, DASHES))}
_BARE: Final = {**_TIDY, **dict.fromkeys(map(ord, BRACKETS))}

# GB/T 2260, provinces of the mainland and 71 (Taiwan); abolished counties live on in numbers, so no more is checked.
PROVINCES: Final = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)"

_ORDINARY_DAY: Final = (
    "(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
LEAP_IN_CENTURY: Final = (
    "(?:0[48]|[2468][048]|[13579][26])"  # the years of a century, but for 00, that have a 29 February
)
DAY_OF_YEAR: Final = _ORDINARY_DAY

# Nobody born before 1800 lived to be numbered (numbers were first given in 1984), and this library, which has no clock, lets
# the caller say that a birth lies in his future.
EIGHT_DIGIT_DAY: Final = f"(?:(?:18|19|20)[0-9][0-9]{_ORDINARY_DAY}|(?:(?:18|19|20){LEAP_IN_CENTURY}|2000)0229)"


def require_text(text: object) -> str:
    """`text` itself; InvalidValue TYPE for anything but a plain str, so that no foreign method ever runs."""
    if type(text) is not str:
        raise InvalidValue(Fault.TYPE)
    return text


def tidy(text: str) -> str:
    r"""`text` in half width and upper case, without spaces, dashes and invisible characters.

    >>> tidy(" 1101 05-1949\u30001231 002ｘ")
    '11010519491231002X'
    """
    return _fold(text, _TIDY)


def tidy_bare(text: str) -> str:
    """As `tidy`, and without brackets.

    >>> tidy_bare("a123456（3）")
    'A1234563'
    """
    return _fold(text, _BARE)


def require_form(number: str, pattern: re.Pattern[str], lengths: Collection[int]) -> None:
    """InvalidValue LENGTH or FORMAT unless the number has one of the lengths and the form."""
    if len(number) not in lengths:
        raise InvalidValue(Fault.LENGTH, length=len(number))
    if not pattern.fullmatch(number):
        raise InvalidValue(Fault.FORMAT, length=len(number))


def accepts(validate: Callable[[str], str], text: object) -> bool:
    """Whether `validate` accepts the text; False, and never an error, for anything that is not text."""
    if type(text) is not str:
        return False
    try:
        validate(text)
    except InvalidValue:
        return False
    return True


def _fold(text: str, table: Mapping[int, str | None]) -> str:
    if len(text) > LONGEST:
        return text
    if text.isascii() and text.isalnum():  # nearly every number: nothing to take away, and five times as fast
        return text.upper()
    return text.translate(table)
