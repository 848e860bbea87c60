"""Mainland travel permit for Taiwan residents (台湾居民来往大陆通行证): eight digits on the card, longer on older papers.

Source: requirements.md B3. One-off and older permits carry 10 to 12 letters and digits. There is no check digit.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.value.identity._common import accepts, require_form, require_text, tidy_bare

__all__ = ["compact", "format", "is_old_series", "is_valid", "validate"]

_CARD: Final = 8
_FORM: Final = re.compile("[0-9]{8}|[A-Z]?[0-9][0-9A-Z]{8,10}")
_LENGTHS: Final = (_CARD, 10, 11, 12)


def compact(text: str) -> str:
    """The number without spaces, dashes, brackets and invisible characters, in half width and upper case.

    >>> compact("1234567890(b)")
    '1234567890B'
    """
    return tidy_bare(text)


def validate(text: str) -> str:
    """The compact form, 8 digits or 10 to 12 characters; InvalidValue TYPE, LENGTH, FORMAT.

    >>> validate("1234 5678")
    '12345678'
    """
    number = tidy_bare(require_text(text))
    require_form(number, _FORM, _LENGTHS)
    return number


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed number; never an error, whatever is given.

    >>> is_valid("123456789")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number as printed on the card; errors as `validate`.

    >>> format("12345678")
    '12345678'
    """
    return validate(text)


def is_old_series(number: str) -> bool:
    """Whether the number is longer than that of the card in use; errors as `validate`.

    >>> is_old_series("1234567890B")
    True
    """
    return len(validate(number)) != _CARD
