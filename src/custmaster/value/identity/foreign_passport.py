"""Foreign passport (外国护照): letters and digits, for every state numbers as it likes.

Source: ICAO Doc 9303-4 (letters A-Z and digits; numbers longer than nine characters exist). Only the shape is checked.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.value.identity._common import accepts, require_form, require_text, tidy

__all__ = ["compact", "format", "is_valid", "validate"]

_FORM: Final = re.compile("[A-Z]*[0-9][0-9A-Z]*")
_LENGTHS: Final = range(5, 21)


def compact(text: str) -> str:
    """The number without spaces, dashes and invisible characters, in half width and upper case.

    >>> compact("ab 123456")
    'AB123456'
    """
    return tidy(text)


def validate(text: str) -> str:
    """The compact form, 5 to 20 letters and digits with one digit at least; InvalidValue TYPE, LENGTH, FORMAT.

    >>> validate("ab-123456")
    'AB123456'
    """
    number = tidy(require_text(text))
    require_form(number, _FORM, _LENGTHS)
    return number


def is_valid(text: object) -> bool:
    """Whether `text` has the shape; never an error, whatever is given.

    >>> is_valid("AB_123456")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number in one piece; errors as `validate`.

    >>> format("ab 123456")
    'AB123456'
    """
    return validate(text)
