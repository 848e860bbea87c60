"""Fictional persons and units without fault: who they are, what document they carry, until when it is good.

Every document is good on the sample's day and, but for temporary cards (three months), for a year after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from attrs import frozen

from custmaster.sim import numbers
from custmaster.sim import vocabulary as words
from custmaster.sim.dice import Dice
from custmaster.sim.record import FictionalCustomer
from custmaster.value.span import add_years, months_between

__all__ = ["LONG_TERM", "MAKERS", "Place", "age", "card_term", "clean_customer"]

LONG_TERM: Final = "长期"
_MAN: Final = "1"
_WOMAN: Final = "2"
_SEX, _BORN, _ISSUED, _SEQUENCE, _OPENED, _SERIAL, _LETTER, _COUNTRY = range(10, 18)
_SURNAME, _FIRST, _SECOND, _STYLE = range(20, 24)
_REGION, _STREET, _HOUSE, _HOME, _BLOCK, _ROOM = range(30, 36)
_PREFIX, _SUBSCRIBER, _OCCUPATION, _MAKER = range(40, 44)
_GOOD_FOR: Final = 400
_YEAR: Final = 365.25
_LETTER_SERIES: Final = "ABCDFGHJKLMNPQRSTUVWXYZ"
_NEW_PERMANENT_CARD: Final = date(2023, 12, 1)
_CREDIT_CODES_FROM: Final = date(2015, 10, 1)
_FIRST_CARD_2017: Final = date(2017, 6, 16)


@frozen
class Place:
    """Where and when a row is made: its number, the sample's day and its dice."""

    row: int
    customer_number: str
    day: date
    dice: Dice


@frozen
class _Person:
    name: str
    sex: str
    born: date


Document = tuple[str, str, date | None, str]


def age(born: date, day: date) -> int:
    """Completed years on `day`."""
    return months_between(born, day) // 12


def _back(place: Place, salt: int, least: int, most: int) -> date:
    """A day between `least` and `most` days before the sample's day."""
    return place.day - timedelta(days=least + place.dice.below(salt, max(most - least, 0) + 1))


def _person(place: Place, youngest: int, oldest: int) -> _Person:
    """Somebody of a Chinese name between two ages, in years."""
    roll = place.dice
    sex = _MAN if roll.below(_SEX, 2) else _WOMAN
    born = _back(place, _BORN, int(youngest * _YEAR) + 1, int(oldest * _YEAR))
    return _Person(_chinese_name(roll, sex), sex, born)


def _chinese_name(roll: Dice, sex: str) -> str:
    style = roll.below(_STYLE, 1000)
    if style < 20:
        own = words.MINORITY_MALE if sex == _MAN else words.MINORITY_FEMALE
        return f"{roll.pick(_FIRST, own)}·{roll.pick(_SECOND, words.MINORITY_FATHER)}"
    surname = roll.favour(_SURNAME, words.SURNAMES)
    given = words.MALE_GIVEN if sex == _MAN else words.FEMALE_GIVEN
    first = roll.pick(_FIRST, words.RARE_GIVEN) if style < 30 else roll.favour(_FIRST, given)
    return surname + first + (roll.favour(_SECOND, given) if style >= 220 else "")


def _traditional(place: Place) -> _Person:
    person = _person(place, 30, 80)
    given = words.TRADITIONAL_GIVEN
    surname = place.dice.favour(_SURNAME, words.TRADITIONAL_SURNAMES)
    return _Person(surname + place.dice.pick(_FIRST, given) + place.dice.pick(_SECOND, given), person.sex, person.born)


def _foreigner(place: Place) -> _Person:
    person = _person(place, 18, 75)
    surname = place.dice.pick(_SURNAME, words.LATIN_SURNAMES)
    return _Person(f"{surname} {place.dice.pick(_FIRST, words.LATIN_GIVEN)}", person.sex, person.born)


def _region(place: Place) -> tuple[str, str, str, str]:
    return place.dice.favour(_REGION, words.REGIONS)


def _sequence(place: Place, sex: str) -> int:
    """1 to 994, odd for men: 996 to 999 are left to people born before 1900."""
    return 2 * place.dice.below(_SEQUENCE, 497) + (1 if sex == _MAN else 2)


def _citizen_number(place: Place, person: _Person, region: str = "") -> str:
    return numbers.resident_18(region or _region(place)[0], person.born, _sequence(place, person.sex))


def card_term(issued: date, born: date) -> str:
    """The last day of a resident card: 5 years below 16, 10 below 26, 20 below 46, then for life (居民身份证法, article 5)."""
    at_issue = age(born, issued)
    if at_issue >= 46:
        return LONG_TERM
    return add_years(issued, 5 if at_issue < 16 else 10 if at_issue < 26 else 20).isoformat()


def _fixed(issued: date, years: int) -> str:
    return (add_years(issued, years) - timedelta(days=1)).isoformat()


def _customer(place: Place, person: _Person, document: Document, nationality: str = "CHN") -> FictionalCustomer:
    """The record of a person who carries the document (type code, number, day of issue, last day)."""
    roll, (code, number, issued, expires) = place.dice, document
    known = max((place.day - (issued or person.born)).days, 0)
    return FictionalCustomer(
        row=place.row,
        customer_number=place.customer_number,
        kind="1",
        name=person.name,
        document_type=code,
        document_number=number,
        issued_on=issued.isoformat() if issued else "",
        expires_on=expires,
        sex=person.sex,
        birth_date=person.born.isoformat(),
        mobile=_mobile(roll),
        address=_address(place),
        nationality=nationality,
        occupation=_occupation(roll, age(person.born, place.day)),
        opened_on=_back(place, _OPENED, 0, known).isoformat(),
    )


def _occupation(roll: Dice, years: int) -> str:
    if years < 18:
        return "学生"
    return "退休" if years >= 60 else roll.pick(_OCCUPATION, words.OCCUPATIONS)


def _mobile(roll: Dice) -> str:
    return f"{roll.pick(_PREFIX, words.MOBILE_PREFIXES)}{10_000_000 + roll.below(_SUBSCRIBER, 90_000_000)}"


def _address(place: Place) -> str:
    roll = place.dice
    _, province, city, district = _region(place)
    street = f"{roll.pick(_STREET, words.STREETS)}{1 + roll.below(_HOUSE, 998)}号"
    home = f"{roll.pick(_HOME, words.HOUSING)}{1 + roll.below(_BLOCK, 30)}栋{101 + roll.below(_ROOM, 2800)}室"
    return f"{province if province != city else ''}{city}{district}{street}{home}"


def _resident(place: Place) -> FictionalCustomer:
    person = _person(place, 16, 92)
    term = 5 if age(person.born, place.day) < 26 else 10
    issued = _back(place, _ISSUED, 1, int(term * _YEAR) - _GOOD_FOR)
    return _customer(place, person, ("01", _citizen_number(place, person), issued, card_term(issued, person.born)))


def _temporary(place: Place) -> FictionalCustomer:
    person = _person(place, 18, 60)
    issued = _back(place, _ISSUED, 1, 30)
    expires = (issued + timedelta(days=89)).isoformat()
    return _customer(place, person, ("02", _citizen_number(place, person), issued, expires))


def _household(place: Place) -> FictionalCustomer:
    person = _person(place, 1, 14)
    return _customer(place, person, ("03", _citizen_number(place, person), None, LONG_TERM))


def _permit_hk_macao(place: Place) -> FictionalCustomer:
    person, roll = _traditional(place), place.dice
    letter, nationality = roll.pick(_LETTER, (("H", "HKG"), ("H", "HKG"), ("M", "MAC")))
    issued = _back(place, _ISSUED, 1, int(10 * _YEAR) - _GOOD_FOR)
    number = numbers.hk_macao_permit(letter, 1 + roll.below(_SERIAL, 99_999_999), roll.skewed(_SEQUENCE, 6))
    return _customer(place, person, ("11", number, issued, _fixed(issued, 10)), nationality)


def _permit_taiwan(place: Place) -> FictionalCustomer:
    person = _traditional(place)
    issued = _back(place, _ISSUED, 1, int(5 * _YEAR) - _GOOD_FOR)
    number = f"{1 + place.dice.below(_SERIAL, 99_999_999):08}"
    return _customer(place, person, ("12", number, issued, _fixed(issued, 5)), "TWN")


def _residence(place: Place) -> FictionalCustomer:
    person = _traditional(place)
    options = (("13", "810000", "HKG"), ("13", "820000", "MAC"), ("14", "830000", "TWN"))
    code, region, nationality = place.dice.pick(_LETTER, options)
    issued = _back(place, _ISSUED, 1, int(5 * _YEAR) - _GOOD_FOR)
    number = _citizen_number(place, person, region)
    return _customer(place, person, (code, number, issued, _fixed(issued, 5)), nationality)


def _chinese_passport(place: Place) -> FictionalCustomer:
    person = _person(place, 28, 70)
    issued = _back(place, _ISSUED, 1, int(8 * _YEAR) - _GOOD_FOR)
    series = f"E{_LETTER_SERIES[place.dice.below(_LETTER, len(_LETTER_SERIES))]}"
    number = numbers.passport(series, 1 + place.dice.below(_SERIAL, 9_999_999))
    return _customer(place, person, ("21", number, issued, _fixed(issued, 10)))


def _foreign_passport(place: Place) -> FictionalCustomer:
    person, roll = _foreigner(place), place.dice
    issued = _back(place, _ISSUED, 1, int(10 * _YEAR) - _GOOD_FOR)
    number = f"{_LETTER_SERIES[roll.below(_LETTER, len(_LETTER_SERIES))]}{10_000_000 + roll.below(_SERIAL, 90_000_000)}"
    return _customer(
        place, person, ("22", number, issued, _fixed(issued, 10)), roll.favour(_COUNTRY, words.COUNTRIES)[0]
    )


def _permanent(place: Place) -> FictionalCustomer:
    """A card of 2023 where it can have been issued, else one of 2017; each about as often."""
    person, roll = _foreigner(place), place.dice
    country, numeric = roll.favour(_COUNTRY, words.COUNTRIES)
    region = _region(place)[0]
    since_new = (place.day - _NEW_PERMANENT_CARD).days
    oldest = min((place.day - _FIRST_CARD_2017).days, int(10 * _YEAR) - _GOOD_FOR)
    if roll.below(_LETTER, 2) or oldest <= since_new:
        issued = _back(place, _ISSUED, 1, min(since_new, oldest))
        number = numbers.permanent_2023(region[:2] + numeric, person.born, _sequence(place, person.sex))
    else:
        issued = _back(place, _ISSUED, since_new + 1, oldest)
        number = numbers.permanent_2017(
            country, region[:4], int(f"{person.born:%y%m%d}") * 100 + roll.below(_SERIAL, 100)
        )
    return _customer(place, person, ("23", number, issued, _fixed(issued, 10)), country)


_UNIT_FORMS: Final = (
    ("91", "有限公司"),
    ("91", "有限责任公司"),
    ("91", "股份有限公司"),
    ("92", "经营部"),
    ("93", "专业合作社"),
    ("52", "服务中心"),
)


def _unit(place: Place) -> FictionalCustomer:
    """A firm, shop, cooperative or association with its social credit code, or still under its old organisation code."""
    roll = place.dice
    region, _, city, _ = _region(place)
    kind, ending = roll.favour(_STYLE, _UNIT_FORMS)
    trade = roll.pick(_FIRST, words.TRADE_FIRST) + roll.pick(_SECOND, words.TRADE_SECOND)
    founded = _back(place, _BORN, 60, int(25 * _YEAR))
    serial = f"{10_000_000 + roll.below(_SERIAL, 80_000_000)}"
    old = founded < _CREDIT_CODES_FROM and roll.below(_LETTER, 10) == 0
    before = (place.day - _CREDIT_CODES_FROM).days if old else 0
    return FictionalCustomer(
        row=place.row,
        customer_number=place.customer_number,
        kind="2",
        name=f"{city.removesuffix('市')}{trade}{roll.pick(_SURNAME, words.INDUSTRIES)}{ending}",
        document_type="52" if old else "51",
        document_number=numbers.organisation(serial) if old else numbers.credit(kind, region, serial),
        issued_on=founded.isoformat(),
        expires_on=LONG_TERM,
        birth_date=founded.isoformat(),
        mobile=_mobile(roll),
        address=_address(place),
        opened_on=_back(place, _OPENED, before, (place.day - founded).days).isoformat(),
    )


Maker = Callable[[Place], FictionalCustomer]
MAKERS: Final[Mapping[Maker, int]] = {
    _resident: 800,
    _unit: 100,
    _household: 30,
    _foreign_passport: 15,
    _permit_hk_macao: 13,
    _temporary: 10,
    _permanent: 10,
    _residence: 8,
    _permit_taiwan: 7,
    _chinese_passport: 7,
}
"""Who makes how many of a thousand customers."""

_BY_ROLL: Final = tuple(maker for maker, share in MAKERS.items() for _ in range(share))


def clean_customer(place: Place) -> FictionalCustomer:
    """The customer of this place, without fault."""
    return place.dice.pick(_MAKER, _BY_ROLL)(place)
