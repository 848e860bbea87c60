"""Fictional identity numbers from their parts, one function a number; every check character is right.

The parts are plain integers, days and letters, so that a seed or a property test can choose them. Whether somebody
carries such a number in life is chance: the resident number has no block kept for fiction.
"""

from __future__ import annotations

from datetime import date

from custmaster.value.identity import (
    card_number,
    credit_code,
    hong_kong_id,
    lei,
    organisation_code,
    permanent_residence,
    resident,
    taiwan_id,
)

__all__ = [
    "card",
    "credit",
    "hk_macao_permit",
    "hong_kong",
    "legal_entity",
    "macao",
    "organisation",
    "passport",
    "permanent_2017",
    "permanent_2023",
    "resident_15",
    "resident_18",
    "taiwan",
]


def resident_18(region: str, born: date, sequence: int) -> str:
    """A resident number, or with region 810000, 820000 or 830000 that of a residence permit; odd sequences are men.

    Source: GB 11643-1999.

    >>> resident_18("110105", date(1949, 12, 31), 2)
    '11010519491231002X'
    """
    body = f"{region}{born.year:04}{born.month:02}{born.day:02}{sequence:03}"
    return body + resident.check_character(body)


def resident_15(region: str, born: date, sequence: int) -> str:
    """The historical form without century and check character; sequences 996 to 999 meant people born before 1900.

    >>> resident_15("110105", date(1949, 12, 31), 2)
    '110105491231002'
    """
    return f"{region}{born.year % 100:02}{born.month:02}{born.day:02}{sequence:03}"


def permanent_2023(place: str, born: date, sequence: int) -> str:
    """A permanent-residence number of 2023: 9, province and numeric country (`place`, five digits), then as a resident's."""
    body = f"9{place}{born.year:04}{born.month:02}{born.day:02}{sequence:03}"
    return body + permanent_residence.check_character(body)


def permanent_2017(country: str, place: str, serial: int) -> str:
    """A permanent-residence number of the 2017 card: the country's three letters and twelve digits, `place` being four."""
    return f"{country}{place}{serial:08}"


def credit(kind: str, region: str, serial: str) -> str:
    """A unified social credit code (统一社会信用代码): department and class, region, organisation code of `serial`.

    Source: GB 32100-2015.
    """
    body = f"{kind}{region}{organisation(serial)}"
    return body + credit_code.check_character(body)


def organisation(serial: str) -> str:
    """An organisation code (组织机构代码) from its eight characters. Source: GB 11714-1997."""
    return serial + organisation_code.check_character(serial)


def hk_macao_permit(letter: str, holder: int, renewals: int) -> str:
    """A permit of Hong Kong (H) and Macao (M) residents: eight digits of the holder, two that count the renewals.

    >>> hk_macao_permit("H", 1234567, 3)
    'H0123456703'
    """
    return f"{letter}{holder:08}{renewals:02}"


def passport(series: str, serial: int) -> str:
    """A Chinese passport number: the series (E, G or E and a letter) and as many digits as make nine characters.

    >>> passport("EA", 42), passport("G", 42)
    ('EA0000042', 'G00000042')
    """
    return f"{series}{serial:0{9 - len(series)}}"


def hong_kong(letters: str, serial: int) -> str:
    """A Hong Kong identity card number: one or two letters, six digits, check character."""
    body = f"{letters}{serial:06}"
    return body + hong_kong_id.check_character(body)


def macao(first: int, serial: int) -> str:
    """A Macao identity card number: 1, 5 or 7, six digits, and a last digit whose rule is not published."""
    return f"{first}{serial:07}"


def taiwan(letter: str, serial: int) -> str:
    """A Taiwan identity card number: a letter, eight digits of which the first tells the sex, check digit."""
    body = f"{letter}{serial:08}"
    return body + taiwan_id.check_character(body)


def legal_entity(body: str) -> str:
    """An LEI from its first eighteen characters. Source: ISO 17442, ISO 7064 MOD 97-10."""
    return body + lei.check_character(body)


def card(issuer: str, serial: int, width: int = 19) -> str:
    """A payment card number of `width` digits that begins with `issuer`. Source: ISO/IEC 7812-1, Luhn."""
    body = f"{issuer}{serial:0{width - 1 - len(issuer)}}"
    return body + card_number.check_character(body)
