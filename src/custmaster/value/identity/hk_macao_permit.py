"""Mainland travel permit for Hong Kong and Macao residents (港澳居民来往内地通行证): H or M, eight digits, perhaps two more.

The nine characters stay with the holder for life, the two digits count renewals (00 first); newer cards print nine.
Source: requirements.md B3 (公安部). Not the 往来港澳通行证, which mainland residents carry. There is no check digit.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.value.identity._common import accepts, require_form, require_text, tidy_bare

__all__ = ["compact", "format", "holder", "is_valid", "validate"]

_FORM: Final = re.compile("[HM][0-9]{8}(?:[0-9]{2})?")
_LENGTHS: Final = (9, 11)


def compact(text: str) -> str:
    """The number without spaces, dashes, brackets and invisible characters, in half width and upper case.

    >>> compact("h12345678(00)")
    'H1234567800'
    """
    return tidy_bare(text)


def validate(text: str) -> str:
    """The compact form, 9 or 11 characters; InvalidValue TYPE, LENGTH, FORMAT.

    >>> validate("H12345678 00")
    'H1234567800'
    """
    number = tidy_bare(require_text(text))
    require_form(number, _FORM, _LENGTHS)
    return number


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed number; never an error, whatever is given.

    >>> is_valid("C12345678")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number as printed on the card; errors as `validate`.

    >>> format("h1234567800")
    'H1234567800'
    """
    return validate(text)


def holder(number: str) -> str:
    """The nine characters that stay with the holder; errors as `validate`.

    >>> holder("H1234567801")
    'H12345678'
    """
    return validate(number)[:9]
