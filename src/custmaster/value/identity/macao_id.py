"""Macao identity card (澳门身份证): eight digits, the first of them 1, 5 or 7, the last in brackets.

Source: practice of the card since 2002; how the last digit follows from the others is not published, so it is not checked.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.value.identity._common import accepts, require_form, require_text, tidy_bare

__all__ = ["compact", "format", "is_valid", "validate"]

_FORM: Final = re.compile("[157][0-9]{7}")


def compact(text: str) -> str:
    """The number without brackets, spaces, dashes and invisible characters, in half width.

    >>> compact("1234567(8)")
    '12345678'
    """
    return tidy_bare(text)


def validate(text: str) -> str:
    """The compact form, 8 digits; InvalidValue TYPE, LENGTH, FORMAT.

    >>> validate("1234567(8)")
    '12345678'
    """
    number = tidy_bare(require_text(text))
    require_form(number, _FORM, (8,))
    return number


def is_valid(text: object) -> bool:
    """Whether `text` has the shape; never an error, whatever is given.

    >>> is_valid("2234567(8)")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number as printed, its last digit in brackets; errors as `validate`.

    >>> format("12345678")
    '1234567(8)'
    """
    number = validate(text)
    return f"{number[:7]}({number[7]})"
