"""Organisation code (组织机构代码): eight characters and a check character, the number of units before the credit code.

Source: GB 11714-1997; vector 12345678-8. It lives on as characters 9 to 17 of the unified social credit code.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity._common import accepts, require_form, require_text, tidy

__all__ = ["check_character", "compact", "format", "is_valid", "validate"]

_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "0X987654321"  # 11 minus the remainder 0..10, where 11 is written 0 and 10 is written X
_BODY: Final = re.compile("[0-9A-Z]{8}")
_FORM: Final = re.compile("[0-9A-Z]{8}[0-9X]")


def compact(text: str) -> str:
    """The code without its dash, spaces and invisible characters, in half width and upper case.

    >>> compact("12345678-8")
    '123456788'
    """
    return tidy(text)


def check_character(body: str) -> str:
    """The check character of the first eight characters.

    Source: GB 11714-1997, 3.3. Errors: InvalidValue LENGTH, FORMAT.

    >>> check_character("D2143569")
    'X'
    """
    require_form(body, _BODY, (8,))
    return _CHECK[sum(int(digit, 36) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def validate(text: str) -> str:
    """The compact form of a well-formed code; InvalidValue TYPE, LENGTH, FORMAT, CHECK_DIGIT.

    >>> validate("12345678-8")
    '123456788'
    """
    code = tidy(require_text(text))
    require_form(code, _FORM, (9,))
    if check_character(code[:8]) != code[8]:
        raise InvalidValue(Fault.CHECK_DIGIT, length=len(code))
    return code


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed code; never an error, whatever is given.

    >>> is_valid("12345678-9")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The code as printed, with a dash before its check character; errors as `validate`.

    >>> format("123456788")
    '12345678-8'
    """
    code = validate(text)
    return f"{code[:8]}-{code[8]}"
