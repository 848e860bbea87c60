"""The check character of ISO 7064 MOD 11-2 and what every 18-digit number of a person shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity._common import EIGHT_DIGIT_DAY
from custmaster.value.sex import Sex

__all__ = ["CHECK", "check_character", "examine", "faults_of", "read_day", "read_sex"]

# The standard weighs digit i by 2**(18 - i) modulo 11. Since 13 = 2 modulo 11, the digits read as one number of base 13 give the
# same remainder; the check character then is 1 - 2r. Written out for r = 0..10.
CHECK: Final = "1X864209753"

_BODY: Final = re.compile("[0-9]{17}")
_FORM: Final = re.compile("[0-9]{17}[0-9X]")
_DAY: Final = re.compile(EIGHT_DIGIT_DAY)
_LENGTH: Final = 18
# Looked up once: the member of an enumeration takes its time to reach.
_MALE: Final = Sex.MALE
_FEMALE: Final = Sex.FEMALE


def check_character(body: str) -> str:
    """The check character (校验码) that belongs to the first 17 digits.

    Source: GB 11643-1999, 4.2.4; ISO 7064:1983 MOD 11-2. Errors: InvalidValue LENGTH, FORMAT.

    >>> check_character("11010519491231002")
    'X'
    """
    if len(body) != _LENGTH - 1:
        raise InvalidValue(Fault.LENGTH, length=len(body))
    if not _BODY.fullmatch(body):
        raise InvalidValue(Fault.FORMAT, length=len(body))
    return CHECK[int(body, 13) % 11]


def faults_of(number: str, region: re.Pattern[str]) -> Iterator[Fault]:
    """Every fault of a number of 18 characters: length or form alone, else region, day and check character, each judged for itself."""
    if len(number) != _LENGTH:
        yield Fault.LENGTH
    elif not _FORM.fullmatch(number):
        yield Fault.FORMAT
    else:
        if not region.fullmatch(number[:6]):
            yield Fault.REGION
        if not _DAY.fullmatch(number[6:14]):
            yield Fault.DATE
        if CHECK[int(number[:17], 13) % 11] != number[17]:
            yield Fault.CHECK_DIGIT


def examine(number: str, region: re.Pattern[str]) -> str:
    """`number` itself when its 18 characters have the form, region, day and check character; else the first fault of these."""
    first = next(faults_of(number, region), None)
    if first is not None:
        raise InvalidValue(first, length=len(number))
    return number


def read_day(number: str) -> date:
    """The day of birth in characters 7 to 14 of a number that was examined."""
    return date.fromisoformat(number[6:14])


def read_sex(digit: str) -> Sex:
    """The sex that a sequence number ending in `digit` stands for: odd is male.

    >>> read_sex("7")
    <Sex.MALE: 'MALE'>
    """
    return _MALE if digit in "13579" else _FEMALE
