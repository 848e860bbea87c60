"""Legal entity identifier (全球法人识别编码): 18 letters and digits and two check digits.

Source: ISO 17442-1:2020; check by ISO/IEC 7064 MOD 97-10, whose two digits lie between 02 and 98; vector 969500T3M8S4SQAMHJ45.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity._common import accepts, require_form, require_text, tidy

__all__ = ["check_character", "compact", "format", "is_valid", "validate"]

_BODY: Final = re.compile("[0-9A-Z]{18}")
_FORM: Final = re.compile("[0-9A-Z]{18}[0-9]{2}")
_AS_DIGITS: Final = {ord("A") + step: str(10 + step) for step in range(26)}


def compact(text: str) -> str:
    """The identifier without spaces, dashes and invisible characters, in half width and upper case.

    >>> compact("969500t3m8s4sqamhj45")
    '969500T3M8S4SQAMHJ45'
    """
    return tidy(text)


def check_character(body: str) -> str:
    """The two check digits of the first 18 characters, 02 to 98; InvalidValue LENGTH, FORMAT.

    >>> check_character("969500T3M8S4SQAMHJ")
    '45'
    """
    require_form(body, _BODY, (18,))
    return f"{98 - int(body.translate(_AS_DIGITS)) * 100 % 97:02}"


def validate(text: str) -> str:
    """The compact form, 20 characters; InvalidValue TYPE, LENGTH, FORMAT, CHECK_DIGIT.

    >>> validate("969500T3M8S4SQAMHJ45")
    '969500T3M8S4SQAMHJ45'
    """
    number = tidy(require_text(text))
    require_form(number, _FORM, (20,))
    if check_character(number[:18]) != number[18:]:
        raise InvalidValue(Fault.CHECK_DIGIT, length=len(number))
    return number


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed identifier; never an error, whatever is given.

    >>> is_valid("969500T3MBS4SQAMHJ45")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The identifier in one piece; errors as `validate`.

    >>> format("9695 00T3 M8S4 SQAM HJ45")
    '969500T3M8S4SQAMHJ45'
    """
    return validate(text)
