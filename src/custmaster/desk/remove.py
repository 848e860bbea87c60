"""Removing a customer (逻辑删除): nothing is erased, and nothing that lives may hang on the customer any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import field, frozen

from custmaster.customer.events import Deleted
from custmaster.customer.record import Customer
from custmaster.decision import Citation, Decision, Fact, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.desk.codes import DeskCode
from custmaster.desk.lifeline import judge_step
from custmaster.desk.repeated import answered
from custmaster.desk.search import named
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page

__all__ = ["HINDRANCES", "Hindrance", "RemovalFacts", "decide"]


@frozen(kw_only=True)
class RemovalFacts:
    """What the host knows of the customer beyond its record; each must be stated, for what was not looked up is not zero.

    `open_accounts`, `live_cards` and `roster_entries` are counts, `live_contracts` the contract numbers (签约编号) that are active or
    suspended, kept sorted. `earlier` is the answer stored under the same request id. Errors: InvalidValue (RANGE) for a negative count.
    """

    open_accounts: int
    live_cards: int
    live_contracts: tuple[str, ...] = field(converter=named)
    roster_entries: int
    earlier: Decision | None = None

    def __attrs_post_init__(self) -> None:
        for path, count in (
            ("open_accounts", self.open_accounts),
            ("live_cards", self.live_cards),
            ("roster_entries", self.roster_entries),
        ):
            if count < 0:
                raise InvalidValue(Fault.RANGE, path=path, remedy="a count is never negative")


@frozen(kw_only=True)
class Hindrance:
    """One row: the fact that stands against removing, its code, how far it goes, and its article. The remedy is in the message."""

    fact: str
    code: DeskCode
    outcome: Outcome
    article: str


HINDRANCES: Final[tuple[Hindrance, ...]] = (
    Hindrance(fact="open_accounts", code=DeskCode.ACCOUNTS_OPEN, outcome=Outcome.REFUSED, article="R-63"),
    Hindrance(fact="live_cards", code=DeskCode.CARDS_LIVE, outcome=Outcome.REFUSED, article="R-63"),
    Hindrance(fact="live_contracts", code=DeskCode.CONTRACT_LIVE, outcome=Outcome.REFUSED, article="R-63"),
    # The handbook does not say that a roster entry stands in the way: a person sees to it that somebody ends it.
    Hindrance(fact="roster_entries", code=DeskCode.ON_ROSTER, outcome=Outcome.REVIEW, article="R-17"),
)
"""Everything that stands against removing a customer, in the order of the reasons."""


def decide(customer: Customer, facts: RemovalFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the customer may be removed on the day; every hindrance is a reason of its own, each live contract too.

    Allowed carries the event Deleted; the number stays the customer's for ever (R-45). Only an active customer is removed; the same
    request id gives the same answer. Restrictions neither stand against it nor end by it: see `joint`. Errors: CustmasterError for an earlier answer of another request. Source: R-63.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.value.party import PartyKind
    >>> customer = Customer(number="6000000001", kind=PartyKind.PERSON)
    >>> facts = RemovalFacts(open_accounts=2, live_cards=0, live_contracts=["2026000001"], roster_entries=1)
    >>> occasion = Occasion(day=date(2026, 11, 23), actor="S-1", request_id="T-1")
    >>> answer = decide(customer, facts, occasion, default().on(occasion.day))
    >>> answer.outcome, [str(reason.code) for reason in answer.reasons]
    (<Outcome.REFUSED: 'REFUSED'>, ['ACCOUNTS_OPEN', 'CONTRACT_LIVE', 'ON_ROSTER'])
    """
    event = Deleted(on=occasion.day, actor=occasion.actor, request_id=occasion.request_id, number=customer.number)
    repeated = answered(facts.earlier, occasion, page, lambda done: _is(done, customer))
    if repeated is not None:
        return repeated
    reasons = [*judge_step(customer, event, DeskCode.NOT_ACTIVE)]
    reasons.extend(reason for row in HINDRANCES for reason in _hits(row, customer, facts))
    return settle(reasons, handbook=page.stamp, events=[event], approvals=occasion.approvals)


def _is(done: object, customer: Customer) -> bool:
    return isinstance(done, Deleted) and done.number == customer.number


def _hits(row: Hindrance, customer: Customer, facts: RemovalFacts) -> Iterable[Reason]:
    found: int | tuple[str, ...] = getattr(facts, row.fact)
    if isinstance(found, int):
        return (_reason(row, customer.number, {"count": found}),) if found else ()
    return (_reason(row, number, {"customer": customer.number}) for number in found)


def _reason(row: Hindrance, subject: str, facts: Mapping[str, Fact]) -> Reason:
    return Reason(
        code=row.code, outcome=row.outcome, citation=Citation(article=row.article), subject=subject, facts=facts
    )
