"""Taiwan identity number (台湾身份证): a letter, a digit for sex, eight digits of which the last checks.

Second character: 1, 2 for nationals; 8, 9 for residents from 2021-01-02 (居留证新式统一证号); A to D on the residents' older papers.
Source: the rule published by 内政部 and vectors F112866121, A219758834: the letter counts as two digits (A = 10), weights
1 9 8 7 6 5 4 3 2 1 1, the whole divisible by 10.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity._common import accepts, require_form, require_text, tidy
from custmaster.value.sex import Sex

__all__ = ["check_character", "compact", "format", "is_old_series", "is_valid", "sex", "validate"]

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVXYWZIO"  # in the order of their values 10, 11 ... 35
_WEIGHTS: Final = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1)
_BODY: Final = re.compile("[A-Z][1289A-D][0-9]{7}")
_FORM: Final = re.compile("[A-Z][1289A-D][0-9]{8}")
_MALE: Final = "18AC"
_OLD: Final = "ABCD"


def compact(text: str) -> str:
    """The number without spaces, dashes and invisible characters, in half width and upper case.

    >>> compact("f112866121")
    'F112866121'
    """
    return tidy(text)


def check_character(body: str) -> str:
    """The check digit of the first nine characters; InvalidValue LENGTH, FORMAT.

    >>> check_character("F11286612")
    '1'
    """
    require_form(body, _BODY, (9,))
    second = body[1] if body[1].isdecimal() else str(_value(body[1]) % 10)
    digits = f"{_value(body[0])}{second}{body[2:]}"
    return str(-sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10)


def validate(text: str) -> str:
    """The compact form, 10 characters; InvalidValue TYPE, LENGTH, FORMAT, CHECK_DIGIT.

    >>> validate("F112866121")
    'F112866121'
    """
    number = tidy(require_text(text))
    require_form(number, _FORM, (10,))
    if check_character(number[:9]) != number[9]:
        raise InvalidValue(Fault.CHECK_DIGIT, length=len(number))
    return number


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed number; never an error, whatever is given.

    >>> is_valid("F112866122")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number as printed on the card; errors as `validate`.

    >>> format("f112866121")
    'F112866121'
    """
    return validate(text)


def sex(number: str) -> Sex:
    """The sex that the second character states; errors as `validate`.

    >>> sex("F112866121")
    <Sex.MALE: 'MALE'>
    """
    return Sex.MALE if validate(number)[1] in _MALE else Sex.FEMALE


def is_old_series(number: str) -> bool:
    """Whether it is a resident's number of two letters, as given out before 2021; errors as `validate`.

    >>> is_old_series("F112866121")
    False
    """
    return validate(number)[1] in _OLD


def _value(letter: str) -> int:
    return _LETTERS.index(letter) + 10
