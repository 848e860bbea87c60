"""Faults to put into a fictional customer, each by name: exactly one thing is made wrong, the rest stays true.

The names are the truth that a test compares findings with. Nothing outside `sim` and the tests may know them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from attrs import evolve, frozen

from custmaster.sim import numbers
from custmaster.sim.dice import Dice
from custmaster.sim.people import LONG_TERM, Place, age, card_term
from custmaster.sim.record import FictionalCustomer
from custmaster.value.identity import resident
from custmaster.value.span import add_years

__all__ = ["FAULTS", "FaultRow", "SampleFault", "applicable", "spoil"]

_POSITION, _CHOICE, _SHIFT = range(60, 63)
_CITIZEN_CARDS: Final = ("01", "02", "03", "13", "14")
_NOWHERE: Final = "990101"
_FULL_WIDTH: Final = {ord("0") + digit: ord("０") + digit for digit in range(10)}


class SampleFault(StrEnum):
    """The faults that a sample may hold; a name is never reused for another fault."""

    WRONG_CHECK_DIGIT = "WRONG_CHECK_DIGIT"
    NUMBER_TOO_SHORT = "NUMBER_TOO_SHORT"
    IMPOSSIBLE_DATE_IN_NUMBER = "IMPOSSIBLE_DATE_IN_NUMBER"
    UNKNOWN_REGION = "UNKNOWN_REGION"
    FIFTEEN_DIGIT_NUMBER = "FIFTEEN_DIGIT_NUMBER"
    FULL_WIDTH_NUMBER = "FULL_WIDTH_NUMBER"
    NUMBER_MISSING = "NUMBER_MISSING"
    UNKNOWN_TYPE_CODE = "UNKNOWN_TYPE_CODE"
    BIRTH_DATE_DIFFERS = "BIRTH_DATE_DIFFERS"
    SEX_DIFFERS = "SEX_DIFFERS"
    IMPOSSIBLE_BIRTH_DATE = "IMPOSSIBLE_BIRTH_DATE"
    EXPIRED_DOCUMENT = "EXPIRED_DOCUMENT"
    EXPIRY_BEFORE_ISSUE = "EXPIRY_BEFORE_ISSUE"
    LONG_TERM_TOO_YOUNG = "LONG_TERM_TOO_YOUNG"
    INVISIBLE_IN_NAME = "INVISIBLE_IN_NAME"
    DAMAGED_NAME = "DAMAGED_NAME"
    PLACEHOLDER_NAME = "PLACEHOLDER_NAME"
    NAME_MISSING = "NAME_MISSING"
    BAD_MOBILE = "BAD_MOBILE"
    PLACEHOLDER_MOBILE = "PLACEHOLDER_MOBILE"


@frozen
class Case:
    """Whom a fault befalls, and the place whose dice say how."""

    customer: FictionalCustomer
    place: Place


Spoiler = Callable[[Case], FictionalCustomer]


@frozen
class FaultRow:
    """One fault: what it is in words, the column that it touches, whom it can befall, and how it is done."""

    meaning: str
    column: str
    befalls: Callable[[FictionalCustomer], bool]
    do: Spoiler


def _anybody(customer: FictionalCustomer) -> bool:
    return customer.fault is None


def _citizen(customer: FictionalCustomer) -> bool:
    """Whether the document carries a number of the resident form, which tells birth date and sex."""
    return customer.document_type in _CITIZEN_CARDS


def _of_last_century(customer: FictionalCustomer) -> bool:
    return customer.document_type == "01" and customer.birth_date < "2000"


def _checked(customer: FictionalCustomer) -> bool:
    return _citizen(customer) or customer.document_type in ("51", "52")


def _dated(customer: FictionalCustomer) -> bool:
    """Whether the document has a day of issue and a last day."""
    return bool(customer.issued_on) and customer.expires_on != LONG_TERM


def _lapsing(customer: FictionalCustomer) -> bool:
    """Whether an older document of the same kind had the same form of number."""
    return _dated(customer) and customer.document_type not in ("21", "23")


def _young(customer: FictionalCustomer) -> bool:
    return customer.document_type == "01" and customer.expires_on != LONG_TERM


def _person(customer: FictionalCustomer) -> bool:
    return customer.kind == "1"


def _other_digit(text: str, at: int, dice: Dice) -> str:
    return f"{text[:at]}{(int(text[at]) + 1 + dice.below(_SHIFT, 9)) % 10}{text[at + 1 :]}"


def _wrong_check_digit(case: Case) -> FictionalCustomer:
    """One digit of the serial part is mistyped; the check character notices every such slip, and the sex stays."""
    first, last = {"51": (9, 15), "52": (1, 6)}.get(case.customer.document_type, (14, 15))
    at = first + case.place.dice.below(_POSITION, last - first + 1)
    return evolve(case.customer, document_number=_other_digit(case.customer.document_number, at, case.place.dice))


def _number_too_short(case: Case) -> FictionalCustomer:
    return evolve(case.customer, document_number=case.customer.document_number[:-1])


def _recoded(customer: FictionalCustomer, body: str) -> FictionalCustomer:
    return evolve(customer, document_number=body + resident.check_character(body))


def _impossible_date_in_number(case: Case) -> FictionalCustomer:
    number = case.customer.document_number
    day = case.place.dice.pick(_CHOICE, ("0231", "1301", "0431", "0000", "1232"))
    return _recoded(case.customer, f"{number[:10]}{day}{number[14:17]}")


def _unknown_region(case: Case) -> FictionalCustomer:
    return _recoded(case.customer, _NOWHERE + case.customer.document_number[6:17])


def _fifteen_digits(case: Case) -> FictionalCustomer:
    number = case.customer.document_number
    born = date.fromisoformat(case.customer.birth_date)
    return evolve(case.customer, document_number=numbers.resident_15(number[:6], born, int(number[14:17])))


def _full_width(case: Case) -> FictionalCustomer:
    return evolve(case.customer, document_number=case.customer.document_number.translate(_FULL_WIDTH))


def _number_missing(case: Case) -> FictionalCustomer:
    return evolve(case.customer, document_number="")


def _unknown_type(case: Case) -> FictionalCustomer:
    return evolve(case.customer, document_type="77")


def _birth_date_differs(case: Case) -> FictionalCustomer:
    """Some days away from what the number says, on the side where the age at issue stays the same."""
    true, away = date.fromisoformat(case.customer.birth_date), timedelta(days=1 + case.place.dice.below(_SHIFT, 20))
    issued = date.fromisoformat(case.customer.issued_on or case.place.day.isoformat())
    born = true - away if age(true - away, issued) == age(true, issued) else true + away
    return evolve(case.customer, birth_date=born.isoformat())


def _sex_differs(case: Case) -> FictionalCustomer:
    return evolve(case.customer, sex="2" if case.customer.sex == "1" else "1")


def _impossible_birth_date(case: Case) -> FictionalCustomer:
    return evolve(
        case.customer,
        birth_date=f"{case.customer.birth_date[:4]}-{case.place.dice.pick(_CHOICE, ('02-31', '13-01', '04-31'))}",
    )


def _expired(case: Case) -> FictionalCustomer:
    """An older document of the same kind, run out before the sample's day and never renewed."""
    late = timedelta(days=1 + case.place.dice.below(_SHIFT, 300))
    issued = date.fromisoformat(case.customer.issued_on)
    if case.customer.document_type == "01":
        born = date.fromisoformat(case.customer.birth_date)
        issued = add_years(born, _age_of_lapsed_card(age(born, case.place.day))) + late
        expires = card_term(issued, born)
    else:
        back = date.fromisoformat(case.customer.expires_on) - case.place.day + late
        issued, expires = issued - back, (case.place.day - late).isoformat()
    return evolve(case.customer, issued_on=issued.isoformat(), expires_on=expires, opened_on=issued.isoformat())


def _age_of_lapsed_card(years: int) -> int:
    """At which age somebody now of `years` may have got a card that ran out at least a year ago."""
    for youngest, oldest, term in ((26, 45, 20), (16, 25, 10)):
        if youngest + term < years:
            return min(oldest, years - term - 1)
    return min(15, years - 6)


def _expiry_before_issue(case: Case) -> FictionalCustomer:
    expires = date.fromisoformat(case.customer.issued_on) - timedelta(days=1 + case.place.dice.below(_SHIFT, 300))
    return evolve(case.customer, expires_on=expires.isoformat())


def _long_term_too_young(case: Case) -> FictionalCustomer:
    return evolve(case.customer, expires_on=LONG_TERM)


def _insert(text: str, at: int, what: str) -> str:
    return text[:at] + what + text[at:]


def _invisible(case: Case) -> FictionalCustomer:
    mark = case.place.dice.pick(_CHOICE, ("\u200b", "\u00ad", "\u2060"))
    return evolve(
        case.customer,
        name=_insert(case.customer.name, 1 + case.place.dice.below(_POSITION, len(case.customer.name)), mark),
    )


def _damaged(case: Case) -> FictionalCustomer:
    mark = case.place.dice.pick(_CHOICE, ("?", "□", "\ufffd", "\ue863"))
    return evolve(case.customer, name=case.customer.name[:-1] + mark)


def _placeholder_name(case: Case) -> FictionalCustomer:
    return evolve(case.customer, name=case.place.dice.pick(_CHOICE, ("测试", "不详", "未知", "无名")))


def _name_missing(case: Case) -> FictionalCustomer:
    return evolve(case.customer, name="")


def _bad_mobile(case: Case) -> FictionalCustomer:
    """Ten digits instead of eleven."""
    return evolve(case.customer, mobile=case.customer.mobile[:-1])


def _placeholder_mobile(case: Case) -> FictionalCustomer:
    return evolve(case.customer, mobile=case.place.dice.pick(_CHOICE, ("13800000000", "13888888888", "13000000000")))


FAULTS: Final[Mapping[SampleFault, FaultRow]] = {
    SampleFault.WRONG_CHECK_DIGIT: FaultRow("one digit mistyped", "document_number", _checked, _wrong_check_digit),
    SampleFault.NUMBER_TOO_SHORT: FaultRow("last character lost", "document_number", _checked, _number_too_short),
    SampleFault.IMPOSSIBLE_DATE_IN_NUMBER: FaultRow(
        "the number holds no day, its check digit is right", "document_number", _citizen, _impossible_date_in_number
    ),
    SampleFault.UNKNOWN_REGION: FaultRow(
        "the number holds no province, its check digit is right", "document_number", _citizen, _unknown_region
    ),
    SampleFault.FIFTEEN_DIGIT_NUMBER: FaultRow(
        "the historical form, invalid since 2013", "document_number", _of_last_century, _fifteen_digits
    ),
    SampleFault.FULL_WIDTH_NUMBER: FaultRow("typed in full width", "document_number", _citizen, _full_width),
    SampleFault.NUMBER_MISSING: FaultRow("no document number", "document_number", _anybody, _number_missing),
    SampleFault.UNKNOWN_TYPE_CODE: FaultRow("a type code that is not listed", "document_type", _anybody, _unknown_type),
    SampleFault.BIRTH_DATE_DIFFERS: FaultRow(
        "the birth date is not that of the number", "birth_date", _citizen, _birth_date_differs
    ),
    SampleFault.SEX_DIFFERS: FaultRow("the sex is not that of the number", "sex", _citizen, _sex_differs),
    SampleFault.IMPOSSIBLE_BIRTH_DATE: FaultRow("no such day", "birth_date", _anybody, _impossible_birth_date),
    SampleFault.EXPIRED_DOCUMENT: FaultRow("ran out before the sample's day", "expires_on", _lapsing, _expired),
    SampleFault.EXPIRY_BEFORE_ISSUE: FaultRow("ends before it begins", "expires_on", _dated, _expiry_before_issue),
    SampleFault.LONG_TERM_TOO_YOUNG: FaultRow(
        "for life, though issued below 46", "expires_on", _young, _long_term_too_young
    ),
    SampleFault.INVISIBLE_IN_NAME: FaultRow("a character that cannot be seen", "name", _anybody, _invisible),
    SampleFault.DAMAGED_NAME: FaultRow("a character lost in an old system", "name", _anybody, _damaged),
    SampleFault.PLACEHOLDER_NAME: FaultRow("a word instead of a name", "name", _person, _placeholder_name),
    SampleFault.NAME_MISSING: FaultRow("no name", "name", _anybody, _name_missing),
    SampleFault.BAD_MOBILE: FaultRow("a digit too few", "mobile", _anybody, _bad_mobile),
    SampleFault.PLACEHOLDER_MOBILE: FaultRow(
        "a number typed to fill the field", "mobile", _anybody, _placeholder_mobile
    ),
}


def applicable(customer: FictionalCustomer) -> tuple[SampleFault, ...]:
    """The faults that can befall this customer, in table order; some befall anybody, so there is always one."""
    return tuple(fault for fault, row in FAULTS.items() if row.befalls(customer))


def spoil(customer: FictionalCustomer, fault: SampleFault, place: Place) -> FictionalCustomer:
    """The customer with this one fault put in and recorded as the truth."""
    return evolve(FAULTS[fault].do(Case(customer, place)), fault=fault.value)
