"""Unified social credit code (统一社会信用代码) of units: 18 characters from an alphabet without I, O, S, V, Z.

Source: GB 32100-2015: department of registration (1), kind of unit (2), region (3-8), organisation code (9-17, GB 11714), check
character (18); its example is 91350100M000100Y43. Departments are not listed here: the standard's list grows (A, N and Y are in use).
Before the standard was in force, Fujian gave out codes in a pilot (福建试点) whose organisation code is sound and whose last character is not
the standard's. Published ones are 91350211M0000XUF46 and 91350203M0001FUE2P. They are in use and therefore accepted, see `is_pilot`.
"""

from __future__ import annotations

import re
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity import organisation_code as organisation
from custmaster.value.identity._common import accepts, require_form, require_text, tidy

__all__ = ["check_character", "compact", "format", "is_pilot", "is_valid", "organisation_code", "region", "validate"]

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_AS_BASE_34: Final = str.maketrans(_ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTU")
_BODY: Final = re.compile("[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}")
_FORM: Final = re.compile("[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
# Market supervision (9), a company (1), Fujian (35), and a main part from the block M000 that the pilot drew from.
_PILOT: Final = re.compile("9135[0-9]{4}M000[0-9A-HJ-NPQRTUWXY]{6}")


def compact(text: str) -> str:
    """The code without spaces, dashes and invisible characters, in half width and upper case.

    >>> compact("91 350100 m000100y4 3")
    '91350100M000100Y43'
    """
    return tidy(text)


def check_character(body: str) -> str:
    """The check character of the first 17 characters.

    The standard weighs character i by 3**(i - 1) modulo 31; 34 = 3 modulo 31, so the body, read backwards as one number of
    base 34, has the same remainder. Source: GB 32100-2015, 4.7. Errors: InvalidValue LENGTH, FORMAT.

    >>> check_character("91350100M000100Y4")
    '3'
    """
    require_form(body, _BODY, (17,))
    return _check(body)


def validate(text: str) -> str:
    """The compact form of a well-formed code, a code of the Fujian pilot included.

    Errors: InvalidValue TYPE, LENGTH, FORMAT, CHECK_DIGIT. Source: GB 32100-2015.

    >>> validate("91350100M000100Y43")
    '91350100M000100Y43'
    """
    code = tidy(require_text(text))
    require_form(code, _FORM, (18,))
    if _check(code[:17]) != code[17] and not _fits_pilot(code):
        raise InvalidValue(Fault.CHECK_DIGIT, length=len(code))
    return code


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed code; never an error, whatever is given.

    >>> is_valid("91350100M000100Y4O")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The code as printed on the licence; errors as `validate`.

    >>> format("91350100m000100y43")
    '91350100M000100Y43'
    """
    return validate(text)


def is_pilot(number: str) -> bool:
    """Whether the code departs from the standard's check character and is accepted as one of the Fujian pilot.

    The published codes share registration 91, province 35, a main part beginning M000 and a sound organisation code: where all
    four hold, a wrong last character is a finding for people instead of a refusal. Errors: as `validate`.

    >>> is_pilot("91350211M0000XUF46"), is_pilot("91350100M000100Y43")
    (True, False)
    """
    code = validate(number)
    return _check(code[:17]) != code[17]


def organisation_code(number: str) -> str | None:
    """Characters 9 to 17, the organisation code of the same unit; None where they are none; errors as `validate`.

    >>> organisation_code("91350100M000100Y43")
    'M000100Y4'
    """
    part = validate(number)[8:17]
    return part if organisation.is_valid(part) else None


def region(number: str) -> str:
    """The six digits of the registering office's region; errors as `validate`.

    >>> region("91350100M000100Y43")
    '350100'
    """
    return validate(number)[2:8]


def _check(body: str) -> str:
    return _ALPHABET[-int(body[::-1].translate(_AS_BASE_34), 34) % 31]


def _fits_pilot(code: str) -> bool:
    return _PILOT.fullmatch(code) is not None and organisation.is_valid(code[8:17])
