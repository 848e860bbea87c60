"""Chinese passport (中国护照): E and eight digits, from 2017-04-05 E, a letter other than I and O, and seven digits; older G.

Source: requirements.md B3 (出入境管理局). Diplomatic, service and public affairs passports (DE, SE, PE and seven digits) are accepted
too. A passport's number is not lifelong, and there is no check digit in it.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.value.identity._common import accepts, require_form, require_text, tidy

__all__ = ["compact", "format", "is_old_series", "is_valid", "validate"]

_FORM: Final = re.compile("[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[DSP]E[0-9]{7}")
_LENGTHS: Final = (9,)


def compact(text: str) -> str:
    """The number without spaces, dashes and invisible characters, in half width and upper case.

    >>> compact("e 12345678")
    'E12345678'
    """
    return tidy(text)


def validate(text: str) -> str:
    """The compact form, 9 characters; InvalidValue TYPE, LENGTH, FORMAT.

    >>> validate("EA1234567")
    'EA1234567'
    """
    number = tidy(require_text(text))
    require_form(number, _FORM, _LENGTHS)
    return number


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed number; never an error, whatever is given.

    >>> is_valid("EO1234567")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number as printed in the passport; errors as `validate`.

    >>> format("e12345678")
    'E12345678'
    """
    return validate(text)


def is_old_series(number: str) -> bool:
    """Whether the passport belongs to the series G, no longer issued; errors as `validate`.

    >>> is_old_series("G12345678")
    True
    """
    return validate(number).startswith("G")
