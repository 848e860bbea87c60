"""Which restrictions are due: an expired document after its days of grace, an account in which nothing was ever done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from custmaster.customer import Customer
from custmaster.customer.children import Held
from custmaster.customer.kinds import Status
from custmaster.decision import Allowed, Occasion
from custmaster.desk.due import AccountLife, due
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default, keys
from custmaster.screening import (
    EMPTY_RESTRICTIONS,
    LiftCondition,
    Lifting,
    Restriction,
    RestrictionLedger,
    impose,
    lift,
)
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.party import PartyKind

DAY = date(2026, 11, 28)
NUMBER = "6000000001"
GRACE = default().on(DAY)[keys.GRACE_DAYS]
IDLE = AccountLife(opened_on=date(2026, 1, 5))


def document(expires_on: date | None, **more: Any) -> IdentityDocument:
    number = DocumentNumber("11010519491231002X")
    return IdentityDocument(type=DocumentType.RESIDENT_ID, number=number, expires_on=expires_on, **more)


def person(*documents: Held, status: Status = Status.ACTIVE) -> Customer:
    return Customer(number=NUMBER, kind=PartyKind.PERSON, documents=documents, status=status)


def found(
    customer: Customer,
    *accounts: AccountLife,
    ledger: RestrictionLedger = EMPTY_RESTRICTIONS,
    day: date = DAY,
    number: str = "RUN",
) -> list[Restriction]:
    return list(due(customer, accounts, ledger, number, default().on(day)))


def numbers(*args: Any, **more: Any) -> list[str]:
    return [one.number for one in found(*args, **more)]


def imposed(ledger: RestrictionLedger, restrictions: list[Restriction], day: date) -> RestrictionLedger:
    for one in restrictions:
        answer = impose(ledger, one, Occasion(day=day, actor="S-1", request_id=one.number), default().on(day))
        assert isinstance(answer, Allowed)
        ledger = ledger.extend(answer.events)  # type: ignore[arg-type]
    return ledger


def lifted(ledger: RestrictionLedger, number: str, ground: LiftCondition, day: date) -> RestrictionLedger:
    asked = Lifting(number=number, ground=ground, reason="seen")
    answer = lift(ledger, asked, Occasion(day=day, actor="S-1", request_id="L-1"), default().on(day))
    assert isinstance(answer, Allowed)
    return ledger.extend(answer.events)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expired", "is_due"),
    [(GRACE, False), (GRACE + 1, True), (0, False), (-1, False)],
)
def test_a_document_is_due_the_day_after_its_grace(expired: int, is_due: bool) -> None:
    held = Held(document=document(DAY - timedelta(days=expired)), primary=True)
    assert numbers(person(held)) == ["RUN-ID_EXPIRED-1"] * is_due


def test_the_restriction_says_where_it_stands() -> None:
    (one,) = found(person(Held(document=document(date(2020, 1, 1)))))
    assert (one.customer, one.valid.start, one.valid.end, one.lift) == (NUMBER, DAY, None, LiftCondition.RENEWED)
    assert (one.key, one.article) == (keys.GRACE_DAYS.name, default().on(DAY).article(keys.GRACE_DAYS))


def test_it_is_the_primary_document_that_counts() -> None:
    old, new = Held(document=document(date(2020, 1, 1))), Held(document=document(None, long_term=True), primary=True)
    assert numbers(person(old, new)) == []
    assert numbers(person(Held(document=document(None)))) == [], "an expiry that nobody knows is no expiry"
    assert numbers(person()) == []


def test_what_stands_is_not_due_again_and_what_was_lifted_is_while_the_record_says_so() -> None:
    customer = person(Held(document=document(date(2020, 1, 1))))
    ledger = imposed(EMPTY_RESTRICTIONS, found(customer), DAY)
    assert numbers(customer, ledger=ledger) == []
    ledger = lifted(ledger, "RUN-ID_EXPIRED-1", LiftCondition.RENEWED, DAY)
    assert numbers(customer, ledger=ledger, number="RUN-2") == ["RUN-2-ID_EXPIRED-1"]
    renewed = person(Held(document=document(None, long_term=True)))
    assert numbers(renewed, ledger=ledger, number="RUN-2") == []


def test_an_idle_account_is_due_once_until_another_one_is_idle() -> None:
    customer, later = person(), DAY + timedelta(days=40)
    assert numbers(customer, IDLE, day=date(2026, 7, 4)) == []
    assert numbers(customer, IDLE, day=date(2026, 7, 5)) == ["RUN-NO_TRANSACTION-1"]
    assert numbers(customer, AccountLife(opened_on=date(2026, 1, 5), first_transaction_on=date(2026, 1, 5))) == []
    ledger = imposed(EMPTY_RESTRICTIONS, found(customer, IDLE), DAY)
    assert numbers(customer, IDLE, ledger=ledger) == []
    ledger = lifted(ledger, "RUN-NO_TRANSACTION-1", LiftCondition.VERIFIED, later)
    assert numbers(customer, IDLE, ledger=ledger, day=later) == [], "the customer was verified"
    second = AccountLife(opened_on=date(2026, 7, 5))
    assert numbers(customer, IDLE, second, ledger=ledger, day=later, number="RUN-2") == ["RUN-2-NO_TRANSACTION-1"]


def test_an_account_that_was_restricted_on_its_very_day_is_not_due_again() -> None:
    customer, day = person(), date(2026, 7, 5)
    ledger = imposed(EMPTY_RESTRICTIONS, found(customer, IDLE, day=day), day)
    ledger = lifted(ledger, "RUN-NO_TRANSACTION-1", LiftCondition.VERIFIED, day)
    assert numbers(customer, IDLE, ledger=ledger, day=day) == []


@pytest.mark.parametrize("status", [Status.DELETED])
def test_nothing_is_due_for_who_is_not_active(status: Status) -> None:
    assert numbers(person(Held(document=document(date(2020, 1, 1))), status=status), IDLE) == []


def test_several_causes_have_numbers_of_their_own_and_a_number_is_wanted() -> None:
    customer = person(Held(document=document(date(2020, 1, 1))))
    assert numbers(customer, IDLE) == ["RUN-ID_EXPIRED-1", "RUN-NO_TRANSACTION-1"]
    with pytest.raises(Exception, match="number"):
        found(customer, number="")


def test_nothing_happens_in_an_account_before_it_is_opened() -> None:
    with pytest.raises(InvalidValue) as caught:
        AccountLife(opened_on=DAY, first_transaction_on=DAY - timedelta(days=1))
    assert caught.value.fault is Fault.ORDER
