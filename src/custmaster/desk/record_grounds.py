"""What stands against a record as it is: elements that are missing or at fault, and remarks on what was entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from attrs import evolve

from custmaster.customer.completeness import score, score_remarks
from custmaster.customer.elements import ELEMENT_FIELDS, Element, ElementCode
from custmaster.customer.entry import Entry
from custmaster.customer.judge import EVERY_FIELD, judge
from custmaster.customer.record import Customer
from custmaster.decision import Outcome, Reason, Remark
from custmaster.handbook import Page

__all__ = ["entered", "judge_record"]

# Where the exact remark on an element stands, when not at the element's own field: a sex at odds is remarked on at the number.
_ELSEWHERE: Final[Mapping[str, str]] = {ELEMENT_FIELDS[Element.SEX]: ELEMENT_FIELDS[Element.DOCUMENT_NUMBER]}


def entered(applicant: Customer, day: date) -> Entry:
    """The applicant as one is entered, without a number: there is none yet that a reason could be about."""
    return evolve(applicant.entry(day), customer_number=None)


def judge_record(applicant: Customer, day: date, page: Page) -> tuple[Reason, ...]:
    """The elements that are not as they should be, then every remark of `custmaster.customer.judge`.

    An element that is there and at fault is left to the exact remark where `judge` has one, so that each ground is told once.
    Name and document are asked for even by a handbook that does not list them among the elements. Source: R-54, R-56;
    requirements.md B5.

    >>> from custmaster.desk.applicant import as_applicant
    >>> from custmaster.handbook import default
    >>> from custmaster.value.name import Name
    >>> day = date(2026, 11, 23)
    >>> found = judge_record(as_applicant(Entry(name=Name("测试"))), day, default().on(day))
    >>> found[-1].code.value, sum(reason.outcome is Outcome.REFUSED for reason in found)
    ('NAME_PLACEHOLDER', 2)
    """
    entry = entered(applicant, day)
    scores = score(applicant, page=page, day=day)
    asked = {ELEMENT_FIELDS[each.element].partition("[")[0] for each in scores}
    exact = judge(entry, page=page, day=day, carried=EVERY_FIELD - asked)
    elements = score_remarks(scores, entry=entry, page=page)
    return tuple(found.reason for found in (*_not_told(elements, exact), *exact))


def _not_told(elements: Iterable[Remark], exact: Iterable[Remark]) -> Iterable[Remark]:
    told = [remark.field for remark in exact if remark.reason.outcome is not Outcome.ALLOWED]
    return (remark for remark in elements if not _is_told(remark, told))


def _is_told(remark: Remark, told: Iterable[str]) -> bool:
    if remark.reason.code.value == ElementCode.ELEMENT_MISSING.value:
        return False
    place = _ELSEWHERE.get(remark.field, remark.field)
    return any(field.startswith(place) for field in told)
