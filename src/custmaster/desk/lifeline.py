"""What the life of a customer allows: the step that an event takes, and a day that does not lie before the last one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from custmaster.customer.events import TRANSITIONS, CustomerEvent
from custmaster.customer.record import Customer
from custmaster.decision import Citation, Outcome, Reason
from custmaster.desk.codes import DeskCode
from custmaster.lifecycle import NoSuchStep, step

__all__ = ["judge_step"]

_LIFECYCLE: Final = Citation(article="R-63")


def judge_step(customer: Customer, event: CustomerEvent, otherwise: DeskCode) -> tuple[Reason, ...]:
    """What stands against the event in the customer's own life; `otherwise` is the code for a state that does not take it.

    A merged customer is answered with the number of its survivor, whatever was asked (B8.8). Source: R-63.

    >>> from custmaster.customer.events import Deleted
    >>> from custmaster.customer.kinds import Status
    >>> from custmaster.value.party import PartyKind
    >>> closed = Customer(number="6000000001", kind=PartyKind.PERSON, status=Status.DELETED)
    >>> again = Deleted(on=date(2026, 11, 23), actor="S-1", request_id="T-2", number=closed.number)
    >>> [str(reason.code) for reason in judge_step(closed, again, DeskCode.NOT_ACTIVE)]
    ['NOT_ACTIVE']
    """
    return (*_state(customer, event, otherwise), *_day(customer, event.on))


def _state(customer: Customer, event: CustomerEvent, otherwise: DeskCode) -> tuple[Reason, ...]:
    if not isinstance(step(TRANSITIONS, customer.status, event), NoSuchStep):
        return ()
    if customer.merged_into is not None:
        merged = Citation(article="B8.8")
        return (_reason(DeskCode.MERGED_INTO, customer.number, {"number": customer.merged_into}, merged),)
    return (_reason(otherwise, customer.number, {"status": customer.status.value}),)


def _day(customer: Customer, on: date) -> tuple[Reason, ...]:
    ends = [closed.valid.end for closed in customer.closures]
    last = max((day for day in (customer.opened_on, customer.closed_on, *ends) if day is not None), default=on)
    return (_reason(DeskCode.DAY_TOO_EARLY, customer.number, {"last": last}),) if on < last else ()


def _reason(code: DeskCode, subject: str, facts: Mapping[str, str | date], citation: Citation = _LIFECYCLE) -> Reason:
    return Reason(code=code, outcome=Outcome.REFUSED, citation=citation, subject=subject, facts=facts)
