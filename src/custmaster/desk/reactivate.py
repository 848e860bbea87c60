"""Bringing a removed customer back (逻辑激活): under its own number, unless the person has a number again by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve, field, frozen

from custmaster.customer.events import Reactivated
from custmaster.customer.record import Customer
from custmaster.decision import Citation, Decision, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.dedup.check import Candidate, check
from custmaster.dedup.codes import ExistenceCode
from custmaster.desk.codes import DeskCode
from custmaster.desk.lifeline import judge_step
from custmaster.desk.repeated import answered
from custmaster.desk.search import found, named, systems
from custmaster.handbook import Page

__all__ = ["ReactivationFacts", "decide"]

_CLOSED_TOO: Final = Citation(article="R-63")


@frozen(kw_only=True)
class ReactivationFacts:
    """The customers found under the keys of the record as of the day, and the systems in which they were looked for.

    A system left out of `searched` is not searched (R-72). `earlier` is the answer stored under the same request id.

    >>> ReactivationFacts(searched=["EUSP", "BP", "BP"]).searched
    ('BP', 'EUSP')
    """

    candidates: tuple[Candidate, ...] = field(default=(), converter=found)
    searched: tuple[str, ...] = field(converter=named)
    earlier: Decision | None = None


def decide(customer: Customer, facts: ReactivationFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the removed customer may be active again on the day, by the existence check as it stands now.

    Somebody may have been opened for the same person in the meantime (R-63). The customer itself, and those that were
    merged into it, are passed over. Whoever has a number again is refused with that number; a customer that was merged is refused
    with its survivor's number (B8.8). Another removed record of the same person goes to a person, who chooses. Allowed
    carries Reactivated; the number is kept. Errors: CustmasterError for an earlier answer of another request, or candidates merged in
    a circle; NotInForce on a page without a number plan. Source: R-63, R-72, B8.8.

    >>> from datetime import date
    >>> from custmaster.customer.kinds import Status
    >>> from custmaster.handbook import default
    >>> from custmaster.value.party import PartyKind
    >>> merged = Customer(number="6000000001", kind=PartyKind.PERSON, status=Status.MERGED, merged_into="6000000002")
    >>> occasion = Occasion(day=date(2026, 11, 23), actor="S-1", request_id="T-1")
    >>> answer = decide(merged, ReactivationFacts(searched=["BP", "EUSP"]), occasion, default().on(occasion.day))
    >>> answer.outcome, str(answer.reasons[0].code), answer.reasons[0].facts
    (<Outcome.REFUSED: 'REFUSED'>, 'MERGED_INTO', (('number', '6000000002'),))
    """
    event = Reactivated(on=occasion.day, actor=occasion.actor, request_id=occasion.request_id, number=customer.number)
    repeated = answered(facts.earlier, occasion, page, lambda done: _is(done, customer))
    if repeated is not None:
        return repeated
    existence = check(
        customer.entry(occasion.day),
        tuple(_others(customer.number, facts.candidates)),
        searched=facts.searched,
        required=systems(page),
    )
    reasons = [*judge_step(customer, event, DeskCode.NOT_DELETED)]
    reasons.extend(_seen_from(customer, reason) for reason in existence.reasons)
    return settle(reasons, handbook=page.stamp, events=[event], approvals=occasion.approvals)


def _is(done: object, customer: Customer) -> bool:
    return isinstance(done, Reactivated) and done.number == customer.number


def _others(number: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates that are neither the customer itself nor, at the end of their chain, merged into it."""
    listed = tuple(candidates)
    own, led = {number}, {number}
    while led:
        led = {one.number for one in listed if one.merged_into in own} - own
        own |= led
    return (one for one in listed if one.number not in own)


def _seen_from(customer: Customer, reason: Reason) -> Reason:
    """Another removed record is no reason to leave both removed: which of them comes back, a person chooses."""
    if reason.code.value != ExistenceCode.EXISTS_CLOSED.value:
        return reason
    return evolve(reason, code=DeskCode.ALSO_CLOSED, outcome=Outcome.REVIEW, citation=_CLOSED_TOO)
