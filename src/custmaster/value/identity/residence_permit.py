"""Residence permit for Hong Kong, Macao and Taiwan residents (港澳台居民居住证): 18 characters beginning 810000, 820000, 830000.

Source: 港澳台居民居住证申领发放办法 (2018), which takes over the form of GB 11643; vectors 810000199408230021, 830000199201300022.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from custmaster.errors import Fault
from custmaster.value.identity._common import accepts, require_text, tidy
from custmaster.value.identity._mod_11_2 import check_character, examine, faults_of, read_day, read_sex
from custmaster.value.sex import Sex

__all__ = ["birth_date", "check_character", "compact", "faults", "format", "is_valid", "region", "sex", "validate"]

_REGION: Final = re.compile("8[123]0000")


def compact(text: str) -> str:
    """The number without spaces, dashes and invisible characters, in half width and upper case.

    >>> compact("810000 19940823 0021")
    '810000199408230021'
    """
    return tidy(text)


def validate(text: str) -> str:
    """The compact form of a well-formed number.

    Errors: InvalidValue TYPE, LENGTH, FORMAT, REGION, DATE, CHECK_DIGIT. Source: GB 11643-1999 with the regions 810000 (Hong Kong),
    820000 (Macao), 830000 (Taiwan).

    >>> validate("810000199408230021")
    '810000199408230021'
    """
    return examine(tidy(require_text(text)), _REGION)


def faults(text: str) -> tuple[Fault, ...]:
    """Every fault of the number, empty when it is well-formed: a wrong region or day hides no wrong check character.

    >>> faults("810000199402300021")
    (<Fault.DATE: 'DATE'>, <Fault.CHECK_DIGIT: 'CHECK_DIGIT'>)
    """
    return tuple(faults_of(tidy(require_text(text)), _REGION))


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed number; never an error, whatever is given.

    >>> is_valid("810001199408230021")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number as printed on the card; errors as `validate`.

    >>> format("810000199408230021")
    '810000199408230021'
    """
    return validate(text)


def birth_date(number: str) -> date:
    """The day of birth that the number states; errors as `validate`.

    >>> birth_date("810000199408230021")
    datetime.date(1994, 8, 23)
    """
    return read_day(validate(number))


def sex(number: str) -> Sex:
    """The sex that the sequence states; errors as `validate`.

    >>> sex("810000199408230021")
    <Sex.FEMALE: 'FEMALE'>
    """
    return read_sex(validate(number)[16])


def region(number: str) -> str:
    """Where the holder is from: 810000 Hong Kong, 820000 Macao, 830000 Taiwan; errors as `validate`.

    >>> region("810000199408230021")
    '810000'
    """
    return validate(number)[:6]
