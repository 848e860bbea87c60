"""Any other number (其他证件号码): nothing is known of its form, so only what no number can hold is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from custmaster.value.identity._common import BRACKETS, DASHES, LONGEST, WIDTH, accepts, require_form, require_text

__all__ = ["compact", "format", "is_valid", "validate"]

_FORM: Final = re.compile("[^\x00-\x20\x7f-\x9f\ud800-\udfff\ufffd]+")
_LENGTHS: Final = range(1, LONGEST + 1)
_FOLD: Final[Mapping[int, str | None]] = {
    **WIDTH,
    **dict.fromkeys(map(ord, DASHES), "-"),
    **{ord(mark): "()"[at % 2] for at, mark in enumerate(BRACKETS)},
}


def compact(text: str) -> str:
    """The number without spaces and invisible characters, in half width and upper case, with round brackets.

    >>> compact("字第 ０１２３［a］号")
    '字第0123(A)号'
    """
    return text.translate(_FOLD) if len(text) <= LONGEST else text


def validate(text: str) -> str:
    """The compact form, 1 to 64 characters, none of them a control or damaged character; InvalidValue TYPE, LENGTH, FORMAT.

    >>> validate("ab-12")
    'AB-12'
    """
    number = compact(require_text(text))
    require_form(number, _FORM, _LENGTHS)
    return number


def is_valid(text: object) -> bool:
    """Whether `text` may be a number at all; never an error, whatever is given.

    >>> is_valid("  ")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The compact form, there being no other; errors as `validate`.

    >>> format("ab-12")
    'AB-12'
    """
    return validate(text)
