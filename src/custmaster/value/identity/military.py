"""Papers of the forces (军官证, 士兵证, 警官证 and their like): a text such as 南字第01234567号, without a check digit.

Source: requirements.md B3; no standard of the form is public, so brackets, width and spaces are folded and the shape is kept loose.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.value.identity import free_form
from custmaster.value.identity._common import accepts, require_form, require_text

__all__ = ["compact", "format", "is_valid", "validate"]

_FORM: Final = re.compile("[A-Z\u3400-\u9fff()-]*[0-9][0-9A-Z\u3400-\u9fff()-]*")
_LENGTHS: Final = range(4, 33)


def compact(text: str) -> str:
    """The text without spaces and invisible characters, in half width and upper case, with round brackets.

    >>> compact("南字第 ０１２３４５６７ 号")
    '南字第01234567号'
    """
    return free_form.compact(text)


def validate(text: str) -> str:
    """The compact form, 4 to 32 characters with one digit at least; InvalidValue TYPE, LENGTH, FORMAT.

    >>> validate("南字第01234567号")
    '南字第01234567号'
    """
    number = free_form.compact(require_text(text))
    require_form(number, _FORM, _LENGTHS)
    return number


def is_valid(text: object) -> bool:
    """Whether `text` has the shape; never an error, whatever is given.

    >>> is_valid("南字第号")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The compact form, there being no other; errors as `validate`.

    >>> format("南字第 01234567 号")
    '南字第01234567号'
    """
    return validate(text)
