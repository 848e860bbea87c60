"""Hong Kong identity card (香港身份证): one or two letters, six digits, a check character in brackets.

Source: the check rule published with the card's specification and vectors A494866(4), OV290326(A): letters count A = 10 to Z = 35, a
missing second letter 36, weights 9 down to 1, the whole divisible by 11.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity._common import accepts, require_form, require_text, tidy_bare

__all__ = ["check_character", "compact", "format", "is_valid", "validate"]

_BODY: Final = re.compile("[A-Z]{1,2}[0-9]{6}")
_FORM: Final = re.compile("[A-Z]{1,2}[0-9]{6}[0-9A]")
_NO_LETTER: Final = 36
_CHECK: Final = "0A987654321"  # 11 minus the remainder 0..10, where 11 is written 0 and 10 is written A


def compact(text: str) -> str:
    """The number without brackets, spaces, dashes and invisible characters, in half width and upper case.

    >>> compact("a494866(4)")
    'A4948664'
    """
    return tidy_bare(text)


def check_character(body: str) -> str:
    """The check character of the letters and six digits; InvalidValue LENGTH, FORMAT.

    >>> check_character("OV290326")
    'A'
    """
    require_form(body, _BODY, (7, 8))
    values = [int(character, 36) for character in body]
    padded = values if len(values) == len("AB123456") else [_NO_LETTER, *values]
    return _CHECK[sum(value * weight for value, weight in zip(padded, range(9, 1, -1), strict=True)) % 11]


def validate(text: str) -> str:
    """The compact form, 8 or 9 characters; InvalidValue TYPE, LENGTH, FORMAT, CHECK_DIGIT.

    >>> validate("A494866(4)")
    'A4948664'
    """
    number = tidy_bare(require_text(text))
    require_form(number, _FORM, (8, 9))
    if check_character(number[:-1]) != number[-1]:
        raise InvalidValue(Fault.CHECK_DIGIT, length=len(number))
    return number


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed number; never an error, whatever is given.

    >>> is_valid("A494866(5)")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number as printed, its check character in brackets; errors as `validate`.

    >>> format("A4948664")
    'A494866(4)'
    """
    number = validate(text)
    return f"{number[:-1]}({number[-1]})"
