"""Bank card number (银行卡号): 13 to 19 digits, the last a Luhn check digit.

Source: ISO/IEC 7812-1:2017 (at most 19 digits; a first digit 0 is not for banks; annex B, Luhn). UnionPay cards have 16 to 19 digits.
Passbooks and accounts have no such digit. A card number never tells that two persons are one.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity._common import accepts, require_form, require_text, tidy

__all__ = ["check_character", "compact", "format", "is_valid", "validate"]

_BODY: Final = re.compile("[1-9][0-9]{11,17}")
_FORM: Final = re.compile("[1-9][0-9]{12,18}")
_LENGTHS: Final = range(13, 20)
_DOUBLED: Final = bytes.maketrans(b"0123456789", bytes(sum(divmod(2 * digit, 10)) for digit in range(10)))
_PLAIN: Final = bytes.maketrans(b"0123456789", bytes(range(10)))


def compact(text: str) -> str:
    """The number without spaces, dashes and invisible characters, in half width.

    >>> compact("6228 4800 0000 0000 000")
    '6228480000000000000'
    """
    return tidy(text)


def check_character(body: str) -> str:
    """The Luhn digit that belongs behind `body`, 12 to 18 digits; InvalidValue LENGTH, FORMAT.

    >>> check_character("622848000000000000")
    '0'
    """
    require_form(body, _BODY, range(12, 19))
    return str(-_luhn(body.encode() + b"0") % 10)


def validate(text: str) -> str:
    """The compact form, 13 to 19 digits; InvalidValue TYPE, LENGTH, FORMAT, CHECK_DIGIT.

    >>> validate("6228 4800 0000 0000 000")
    '6228480000000000000'
    """
    number = tidy(require_text(text))
    require_form(number, _FORM, _LENGTHS)
    if _luhn(number.encode()) % 10:
        raise InvalidValue(Fault.CHECK_DIGIT, length=len(number))
    return number


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed number; never an error, whatever is given.

    >>> is_valid("6228480000000000001")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number in groups of four; errors as `validate`.

    >>> format("6228480000000000000")
    '6228 4800 0000 0000 000'
    """
    number = validate(text)
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _luhn(digits: bytes) -> int:
    return sum(digits[-1::-2].translate(_PLAIN)) + sum(digits[-2::-2].translate(_DOUBLED))
