"""Reversing a transaction (冲正): what failed or was taken back counts no more, and the headroom of its own day and year comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from custmaster.decision import Citation, Decision, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.desk.codes import DeskCode
from custmaster.desk.repeated import answered
from custmaster.handbook import Page
from custmaster.limits.events import TransactionReversed
from custmaster.limits.reserving import judge_reversal
from custmaster.limits.transaction import Transaction
from custmaster.limits.usage import Usage

__all__ = ["decide"]

_CITED: Final = Citation(article="R-61")


def decide(
    transaction: Transaction, usage: Usage, occasion: Occasion, page: Page, earlier: Decision | None = None
) -> Decision:
    """Whether the transaction is reversed: it is reserved, was not reversed before, and the day is not before its own.

    Neither restrictions nor the customer's standing are asked: what did not happen is given back to whomever it was taken from. Under a merge
    the transaction bears the survivor's number, as the usage does. Allowed carries one event, TransactionReversed; `custmaster.limits.evolve`
    makes the new usage of it. `earlier` is the answer stored under the same request id. Errors: CustmasterError for a transaction of another
    customer, or for an earlier answer of another request. Source: B7.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from custmaster.handbook import default
    >>> from custmaster.limits import Slot, reserve
    >>> from custmaster.value.money import Money
    >>> day, way = date(2026, 11, 23), Slot(channel="MOBILE", action="SPEND")
    >>> paid = Transaction(id="T-1", customer="6000000001", day=day, slot=way, amount=Money(Decimal(20)))
    >>> occasion = Occasion(day=day, actor="MOBILE", request_id="Q-2")
    >>> usages = (Usage.of("6000000001"), reserve(Usage.of("6000000001"), paid))
    >>> [str(decide(paid, usage, occasion, default().on(day)).outcome) for usage in usages]
    ['REFUSED', 'ALLOWED']
    """
    repeated = answered(earlier, occasion, page, lambda done: _is(done, transaction))
    if repeated is not None:
        return repeated
    event = TransactionReversed(
        on=occasion.day, actor=occasion.actor, request_id=occasion.request_id, transaction=transaction
    )
    reasons = (*judge_reversal(transaction, usage), *_too_early(transaction, occasion))
    return settle(reasons, handbook=page.stamp, events=(event,))


def _too_early(transaction: Transaction, occasion: Occasion) -> Iterator[Reason]:
    if occasion.day < transaction.day:
        yield Reason(
            code=DeskCode.REVERSED_TOO_EARLY,
            outcome=Outcome.REFUSED,
            citation=_CITED,
            subject=transaction.customer,
            facts=(("id", transaction.id), ("day", transaction.day)),
        )


def _is(done: object, transaction: Transaction) -> bool:
    return isinstance(done, TransactionReversed) and done.transaction.is_sent_again(transaction)
