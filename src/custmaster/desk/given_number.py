"""The number that an opening gives: the first of those that the host reserved, in a range that this system fills itself.

A number is given once, ever (R-45): also that of a deleted or merged customer is never given again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from custmaster.decision import Citation, Occasion, Outcome, Reason
from custmaster.desk.codes import DeskCode
from custmaster.errors import InvalidValue
from custmaster.handbook import Fact, Page, customer_number_plan, keys
from custmaster.value.number_plan import Assignment

__all__ = ["judge_number"]

_UNIQUE: Final = Citation(article="R-45")


def judge_number(occasion: Occasion, borne: Collection[str], page: Page) -> tuple[Reason, ...]:
    """What stands against giving the first of the numbers that the host reserved; nothing, when it may be given.

    `borne` are numbers that some customer bears already, in whatever state. None reserved is a refusal and no error: a block runs
    out on an ordinary day, and the answer still says whether the customer is known. Errors: NotInForce on a page without a number plan.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> occasion = Occasion(day=date(2026, 11, 23), actor="S-1", request_id="T-1", numbers=["1000000001"])
    >>> [str(reason.code) for reason in judge_number(occasion, (), default().on(occasion.day))]
    ['NUMBER_OF_OTHER_SYSTEM']
    """
    if not occasion.numbers:
        return (_reason(DeskCode.NUMBER_NOT_RESERVED, _UNIQUE, None, {}),)
    number = occasion.numbers[0]
    taken = (_reason(DeskCode.NUMBER_TAKEN, _UNIQUE, number, {}),) if number in borne else ()
    return (*_of_plan(number, page), *taken)


def _of_plan(number: str, page: Page) -> tuple[Reason, ...]:
    cited = page.cite(keys.NUMBER_RANGES_OF_CUSTOMERS)
    try:
        found = customer_number_plan(page).validate(number)
    except InvalidValue as failure:
        return (_reason(DeskCode.NUMBER_OUTSIDE_PLAN, cited, number, {"fault": failure.fault.value}),)
    if found.assignment is Assignment.EXTERNAL:
        facts = {"range": found.name, "owner": found.owner}
        return (_reason(DeskCode.NUMBER_OF_OTHER_SYSTEM, cited, number, facts),)
    return ()


def _reason(code: DeskCode, citation: Citation, subject: str | None, facts: Mapping[str, Fact]) -> Reason:
    return Reason(code=code, outcome=Outcome.REFUSED, citation=citation, subject=subject, facts=facts)
