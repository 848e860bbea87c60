"""Changing a customer (维护): one child added, ended or amended, or one core field corrected. Number, kind and status are not changed here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import assert_never, cast

import attrs
from attrs import frozen

from custmaster.customer.events import (
    CHILD_LISTS,
    Added,
    Amended,
    Child,
    CoreField,
    Corrected,
    Correction,
    CustomerEvent,
    Ended,
    evolve,
)
from custmaster.customer.judge import judge
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.decision import Citation, Decision, Fact, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.errors import InvalidRecord
from custmaster.handbook import Page

__all__ = ["AddChild", "AmendChild", "Change", "ChangeCode", "Correct", "EndChild", "decide"]


class ChangeCode(StrEnum):
    """The codes of reasons for a change; a code is never reused for another meaning."""

    CHANGE_NOT_ACTIVE = "CHANGE_NOT_ACTIVE"
    CHANGE_ALREADY_MADE = "CHANGE_ALREADY_MADE"
    CHANGE_WITHOUT_EFFECT = "CHANGE_WITHOUT_EFFECT"
    CHANGE_OF_UNKNOWN = "CHANGE_OF_UNKNOWN"
    CHANGE_BEFORE_BEGIN = "CHANGE_BEFORE_BEGIN"
    CHANGE_CONFLICT = "CHANGE_CONFLICT"
    CHANGE_LEAVES_NO_NAME = "CHANGE_LEAVES_NO_NAME"
    CHANGE_LEAVES_NO_DOCUMENT = "CHANGE_LEAVES_NO_DOCUMENT"


@frozen(kw_only=True)
class AddChild:
    """Take up a child; its valid time says from when on it holds."""

    child: Child


@frozen(kw_only=True)
class EndChild:
    """Let a child of the record hold no longer; `end` is the first day on which it does not."""

    child: Child
    end: date


@frozen(kw_only=True)
class AmendChild:
    """Put another child of the same kind in the place of one that was recorded wrongly."""

    child: Child
    becomes: Child


@frozen(kw_only=True)
class Correct:
    """Put another value into a core field; None empties it."""

    field: CoreField
    value: Correction = attrs.field(repr=False)


Change = AddChild | EndChild | AmendChild | Correct


def decide(customer: Customer, change: Change, *, occasion: Occasion, page: Page) -> Decision:
    """Whether the change is made: Allowed with its one event, Review, or Refused; nothing is half-applied.

    Beside the change itself, whatever `judge` remarks on the customer after it and did not remark before is a reason: a document with a
    wrong check digit is refused. The same request a second time is Allowed without an event. Errors: InvalidValue (TYPE) for a
    value or child of the wrong type. Source: R-46, R-47, R-64.

    >>> from custmaster.customer.children import NamedAs
    >>> from custmaster.handbook import default
    >>> from custmaster.value.name import Name
    >>> from custmaster.value.party import PartyKind
    >>> day = date(2026, 11, 23)
    >>> customer = Customer(number="6000000001", kind=PartyKind.PERSON, names=[NamedAs(name=Name("张伟"))])
    >>> occasion = Occasion(day=day, actor="S-0042", request_id="T-1")
    >>> decide(customer, AddChild(child=customer.names[0]), occasion=occasion, page=default().on(day)).reasons[
    ...     0
    ... ].code.value
    'CHANGE_WITHOUT_EFFECT'
    """
    nothing = _why_nothing(customer, change, occasion)
    if nothing is not None:
        return settle([nothing], handbook=page.stamp)
    event = _event(customer, change, occasion)
    try:
        after = evolve(customer, event)
    except InvalidRecord as problem:
        return settle(_conflicts(customer, problem), handbook=page.stamp)
    reasons = (*_losses(customer, after, occasion.day), *_news(customer, after, occasion.day, page))
    return settle(reasons, handbook=page.stamp, events=[event], approvals=occasion.approvals)


def _reason(customer: Customer, code: ChangeCode, outcome: Outcome, /, **facts: Fact) -> Reason:
    return Reason(code=code, outcome=outcome, citation=Citation(article="R-64"), subject=customer.number, facts=facts)


def _why_nothing(customer: Customer, change: Change, occasion: Occasion) -> Reason | None:
    """The one reason for which the change makes no event."""
    if occasion.request_id in customer.requests:
        return _reason(customer, ChangeCode.CHANGE_ALREADY_MADE, Outcome.ALLOWED)
    if customer.status is not Status.ACTIVE:
        return _reason(customer, ChangeCode.CHANGE_NOT_ACTIVE, Outcome.REFUSED, status=customer.status.value)
    match change:
        case Correct():
            same = getattr(customer, change.field) == change.value
            return _reason(customer, ChangeCode.CHANGE_WITHOUT_EFFECT, Outcome.ALLOWED) if same else None
        case AddChild():
            there = change.child in _children(customer, change.child)
            return _reason(customer, ChangeCode.CHANGE_WITHOUT_EFFECT, Outcome.ALLOWED) if there else None
        case EndChild() | AmendChild():
            return _why_not_there(customer, change)
    assert_never(change)


def _children(customer: Customer, child: Child) -> tuple[Child, ...]:
    return cast("tuple[Child, ...]", getattr(customer, CHILD_LISTS[type(child)]))


def _why_not_there(customer: Customer, change: EndChild | AmendChild) -> Reason | None:
    if change.child not in _children(customer, change.child):
        name = CHILD_LISTS[type(change.child)]
        return _reason(customer, ChangeCode.CHANGE_OF_UNKNOWN, Outcome.REFUSED, list=name)
    if isinstance(change, AmendChild):
        same = change.child == change.becomes
    else:
        start = change.child.valid.start
        if start is not None and change.end <= start:
            return _reason(customer, ChangeCode.CHANGE_BEFORE_BEGIN, Outcome.REFUSED)
        same = change.child.valid.end == change.end
    return _reason(customer, ChangeCode.CHANGE_WITHOUT_EFFECT, Outcome.ALLOWED) if same else None


def _event(customer: Customer, change: Change, occasion: Occasion) -> CustomerEvent:
    number, on, actor, request_id = customer.number, occasion.day, occasion.actor, occasion.request_id
    match change:
        case AddChild(child=child):
            return Added(number=number, child=child, on=on, actor=actor, request_id=request_id)
        case EndChild(child=child, end=end):
            return Ended(number=number, child=child, end=end, on=on, actor=actor, request_id=request_id)
        case AmendChild(child=child, becomes=becomes):
            return Amended(number=number, child=child, becomes=becomes, on=on, actor=actor, request_id=request_id)
        case Correct(field=name, value=value):
            return Corrected(number=number, field=name, value=value, on=on, actor=actor, request_id=request_id)
    assert_never(change)


def _conflicts(customer: Customer, problem: InvalidRecord) -> Iterator[Reason]:
    for each in problem.faults:
        code = ChangeCode.CHANGE_CONFLICT
        yield _reason(customer, code, Outcome.REFUSED, path=each.path, fault=each.fault.value)


def _losses(before: Customer, after: Customer, day: date) -> Iterator[Reason]:
    if after.legal_name(day) is None and before.legal_name(day) is not None:
        yield _reason(before, ChangeCode.CHANGE_LEAVES_NO_NAME, Outcome.REFUSED)
    if not after.current_documents(day) and before.current_documents(day):
        yield _reason(before, ChangeCode.CHANGE_LEAVES_NO_DOCUMENT, Outcome.REVIEW)


def _news(before: Customer, after: Customer, day: date, page: Page) -> Iterator[Reason]:
    """The reasons that hold after the change and did not before, each as often as it is new."""
    known = [found.reason for found in judge(before.entry(day), page=page, day=day)]
    for found in judge(after.entry(day), page=page, day=day, carried=frozenset()):
        if found.reason in known:
            known.remove(found.reason)
        else:
            yield found.reason
