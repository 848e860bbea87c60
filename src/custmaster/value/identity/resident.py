"""Resident identity number (公民身份号码): 18 characters, and the historical form of 15 digits.

Source: GB 11643-1999 (18) and GB 11643-1989 (15); vectors 11010519491231002X and 440524188001010014.
Six digits region, eight digits birth, three digits sequence (odd = male), check character by ISO 7064 MOD 11-2. Of the region
only the province is checked: counties that were abolished decades ago live on in their people's numbers.
Beginning 81, 82, 83: see `residence_permit`; beginning 9: see `permanent_residence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity._common import (
    DAY_OF_YEAR,
    EIGHT_DIGIT_DAY,
    LEAP_IN_CENTURY,
    PROVINCES,
    accepts,
    require_text,
    tidy,
)
from custmaster.value.identity._mod_11_2 import CHECK, check_character, examine, faults_of, read_day, read_sex
from custmaster.value.sex import Sex

__all__ = [
    "birth_date",
    "check_character",
    "compact",
    "faults",
    "format",
    "is_historical",
    "is_valid",
    "region",
    "sex",
    "upgrade",
    "validate",
]

_LENGTH_OF_1989: Final = 15
_WHOLE: Final = re.compile(f"{PROVINCES}[0-9]{{4}}{EIGHT_DIGIT_DAY}[0-9]{{3}}[0-9X]").fullmatch
_REGION: Final = re.compile(f"{PROVINCES}[0-9]{{4}}")
_DIGITS: Final = re.compile("[0-9]{15}")
_DAY_OF_1989: Final = re.compile(f"[0-9][0-9]{DAY_OF_YEAR}|{LEAP_IN_CENTURY}0229")
_CENTENARIANS: Final = ("996", "997", "998", "999")  # sequences kept for people born in the 1800s: GB 11643-1999, annex


def compact(text: str) -> str:
    """The number without spaces, dashes and invisible characters, in half width and upper case.

    >>> compact("110105 19491231 002x")
    '11010519491231002X'
    """
    return tidy(text)


def validate(text: str) -> str:
    """The compact form of a well-formed number of 18 or 15 digits.

    That a number is well-formed proves neither that it was given out nor to whom. Years 1800 to 2099 are read: whether a birth
    lies in the future is a question for the caller, who knows the day. Errors: InvalidValue TYPE, LENGTH, FORMAT, REGION, DATE,
    CHECK_DIGIT, the first of these that holds. Source: GB 11643-1999.

    >>> validate("11010519491231002x")
    '11010519491231002X'
    """
    if type(text) is str and _WHOLE(text) and CHECK[int(text[:17], 13) % 11] == text[17]:
        return text
    number = tidy(require_text(text))
    return _examine_1989(number) if len(number) == _LENGTH_OF_1989 else examine(number, _REGION)


def faults(text: str) -> tuple[Fault, ...]:
    """Every fault of the number, empty when it is well-formed: a wrong region or day hides no wrong check character.

    >>> faults("110105194902300021")
    (<Fault.DATE: 'DATE'>, <Fault.CHECK_DIGIT: 'CHECK_DIGIT'>)
    """
    number = tidy(require_text(text))
    return tuple(_faults_of_1989(number) if len(number) == _LENGTH_OF_1989 else faults_of(number, _REGION))


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed number; never an error, whatever is given.

    >>> is_valid("110105194912310021"), is_valid(None)
    (False, False)
    """
    return accepts(validate, text)


def plain_column(texts: Sequence[str]) -> list[bool]:
    """For each text whether it is a well-formed number of 18 characters just as it is to be written, in a fraction of the time.

    An empty text counts as plain: there is nothing to tidy. Source: GB 11643-1999.

    >>> plain_column(["11010519491231002X", "11010519491231002x", "", "110105491231002"])
    [True, False, True, False]
    """
    whole, check = _WHOLE, CHECK
    return [not text or (whole(text) is not None and check[int(text[:17], 13) % 11] == text[17]) for text in texts]


def format(text: str) -> str:
    """The number as printed on the card; errors as `validate`.

    >>> format("110105-19491231-002x")
    '11010519491231002X'
    """
    return validate(text)


def upgrade(number: str) -> str:
    """The 18-character number that a 15-digit one becomes by rule.

    A candidate, never proof: numbers given twice (重号) were corrected on the way. The century is 19, for the sequences 996 to
    999 it is 18. Errors: as `validate`; LENGTH for a number that has 18 characters already. Source: GB 11643-1999, annex.

    >>> upgrade("110105491231002"), upgrade("110105800101999")
    ('11010519491231002X', '110105188001019994')
    """
    short = validate(number)
    if len(short) != _LENGTH_OF_1989:
        raise InvalidValue(Fault.LENGTH, length=len(short))
    return _lengthen(short)


def birth_date(number: str) -> date:
    """The day of birth that the number states; errors as `validate`.

    >>> birth_date("110105491231002")
    datetime.date(1949, 12, 31)
    """
    return read_day(_long(validate(number)))


def sex(number: str) -> Sex:
    """The sex that the sequence states; errors as `validate`.

    >>> sex("11010519491231002X")
    <Sex.FEMALE: 'FEMALE'>
    """
    return read_sex(_long(validate(number))[16])


def region(number: str) -> str:
    """The six digits of the region of first registration (GB/T 2260 of that year); errors as `validate`.

    >>> region("11010519491231002X")
    '110105'
    """
    return validate(number)[:6]


def is_historical(number: str) -> bool:
    """Whether the number has the 15 digits of 1989; errors as `validate`.

    >>> is_historical("110105491231002")
    True
    """
    return len(validate(number)) == _LENGTH_OF_1989


def _faults_of_1989(number: str) -> Iterator[Fault]:
    if not _DIGITS.fullmatch(number):
        yield Fault.FORMAT
        return
    if not _REGION.fullmatch(number[:6]):
        yield Fault.REGION
    if not _DAY_OF_1989.fullmatch(number[6:12]):
        yield Fault.DATE


def _examine_1989(number: str) -> str:
    first = next(_faults_of_1989(number), None)
    if first is not None:
        raise InvalidValue(first, length=_LENGTH_OF_1989)
    return number


def _lengthen(short: str) -> str:
    century = "18" if short[12:] in _CENTENARIANS else "19"
    body = f"{short[:6]}{century}{short[6:]}"
    return body + CHECK[int(body, 13) % 11]


def _long(number: str) -> str:
    return _lengthen(number) if len(number) == _LENGTH_OF_1989 else number
