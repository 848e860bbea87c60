"""Foreigner's permanent residence number (外国人永久居留身份证): 15 characters until 2023, 18 from 2023-12-01; both cards are valid.

Source: 国家移民管理局, 新版外国人永久居留身份证机读信息规则 (2023): "由 15 位（3 位拉丁字母+12 位数字）调整为 18 位", first digit 9, the country's letters
turned to digits, check character MOD 11-2. The layout 9, province, country, birth, sequence agrees with vector 932682198501010017
(Jiangsu, ISO 3166-1 numeric 682). Of the older form only three letters and twelve digits are published: no day is read from it and
no check digit is claimed, since none could be confirmed. A holder's number changes with the card.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity._common import PROVINCES, accepts, require_text, tidy
from custmaster.value.identity._mod_11_2 import check_character, examine, faults_of, read_day, read_sex
from custmaster.value.sex import Sex

__all__ = [
    "birth_date",
    "check_character",
    "compact",
    "faults",
    "format",
    "is_old_series",
    "is_valid",
    "region",
    "sex",
    "validate",
]

_LENGTH_OF_2017: Final = 15
_FORM_OF_2017: Final = re.compile("[A-Z]{3}[0-9]{12}")
_REGION: Final = re.compile(f"9{PROVINCES}[0-9]{{3}}")


def compact(text: str) -> str:
    """The number without spaces, dashes and invisible characters, in half width and upper case.

    >>> compact("xyz 1100 0000 0001")
    'XYZ110000000001'
    """
    return tidy(text)


def validate(text: str) -> str:
    """The compact form of a well-formed number, old or new.

    Errors: InvalidValue TYPE, LENGTH, FORMAT, and for the new form REGION (the province), DATE, CHECK_DIGIT.

    >>> validate("932682198501010017"), validate("XYZ110000000001")
    ('932682198501010017', 'XYZ110000000001')
    """
    number = tidy(require_text(text))
    if len(number) != _LENGTH_OF_2017:
        return examine(number, _REGION)
    if not _FORM_OF_2017.fullmatch(number):
        raise InvalidValue(Fault.FORMAT, length=_LENGTH_OF_2017)
    return number


def faults(text: str) -> tuple[Fault, ...]:
    """Every fault of the number, empty when it is well-formed: a wrong region or day hides no wrong check character.

    >>> faults("932682198502300010")
    (<Fault.DATE: 'DATE'>, <Fault.CHECK_DIGIT: 'CHECK_DIGIT'>)
    """
    number = tidy(require_text(text))
    if len(number) == _LENGTH_OF_2017:
        return () if _FORM_OF_2017.fullmatch(number) else (Fault.FORMAT,)
    return tuple(faults_of(number, _REGION))


def is_valid(text: object) -> bool:
    """Whether `text` is a well-formed number; never an error, whatever is given.

    >>> is_valid("932682198501010018")
    False
    """
    return accepts(validate, text)


def format(text: str) -> str:
    """The number as printed on the card; errors as `validate`.

    >>> format("xyz110000000001")
    'XYZ110000000001'
    """
    return validate(text)


def is_old_series(number: str) -> bool:
    """Whether the number has the form in use before 2023-12-01; errors as `validate`.

    >>> is_old_series("XYZ110000000001")
    True
    """
    return len(validate(number)) == _LENGTH_OF_2017


def birth_date(number: str) -> date | None:
    """The day of birth that a number of 2023 states, None for an older one; errors as `validate`.

    >>> birth_date("932682198501010017")
    datetime.date(1985, 1, 1)
    """
    checked = validate(number)
    return None if len(checked) == _LENGTH_OF_2017 else read_day(checked)


def sex(number: str) -> Sex | None:
    """The sex that a number of 2023 states, None for an older one; errors as `validate`.

    >>> sex("932682198501010017")
    <Sex.MALE: 'MALE'>
    """
    checked = validate(number)
    return None if len(checked) == _LENGTH_OF_2017 else read_sex(checked[16])


def region(number: str) -> str | None:
    """The province of issue as six digits, None for an older number; errors as `validate`.

    >>> region("932682198501010017")
    '320000'
    """
    checked = validate(number)
    return None if len(checked) == _LENGTH_OF_2017 else f"{checked[1:3]}0000"
