"""Judging a transaction by all limits that stand: every limit that it would go over, with the figure, what was used, and its source."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from custmaster.decision import Fact, Outcome, Reason
from custmaster.errors import CustmasterError
from custmaster.limits.codes import LimitCode
from custmaster.limits.kinds import Measure, Over
from custmaster.limits.reserving import Seen, refusal, seen
from custmaster.limits.row import LimitRow
from custmaster.limits.standing import Standing
from custmaster.limits.sums import used
from custmaster.limits.transaction import Transaction
from custmaster.limits.usage import Usage
from custmaster.value.money import EXACT

__all__ = ["OVER_CODES", "judge"]

OVER_CODES: Final[Mapping[Measure, LimitCode]] = {
    Measure.SINGLE: LimitCode.OVER_SINGLE,
    Measure.DAY_AMOUNT: LimitCode.OVER_DAY_AMOUNT,
    Measure.DAY_COUNT: LimitCode.OVER_DAY_COUNT,
    Measure.YEAR_AMOUNT: LimitCode.OVER_YEAR_AMOUNT,
    Measure.BALANCE: LimitCode.OVER_BALANCE,
}
"""What is said when a limit of the measure refuses; total."""

_ONE: Final = Decimal(1)
_ASKED: Final[Mapping[Over, tuple[LimitCode | None, Outcome]]] = {
    # what stands above the figure: the code (None: that of the measure), how far it goes
    Over.REFUSE: (None, Outcome.REFUSED),
    Over.CERTIFICATE: (LimitCode.CERTIFICATE_NEEDED, Outcome.REVIEW),
    Over.CONFIRMATION: (LimitCode.CONFIRMATION_NEEDED, Outcome.REVIEW),
}


def judge(transaction: Transaction, stands: Standing, usage: Usage) -> tuple[Reason, ...]:
    """Every limit that the transaction would go over, in the order of the rows; none when it may be made.

    An amount or a number that is equal to the figure is allowed. What a certificate or a confirmation answers is a Review whose code the host
    approves once it has it. One that is reserved already is judged no second time. An id that stands for another transaction, or that was
    reversed, is refused by itself. Errors: CustmasterError for a transaction of another customer, or of another day than the limits are of.
    Source: R-61, B5, B7.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.limits.kinds import AccountClass, Counterparty
    >>> from custmaster.limits.standing import standing
    >>> from custmaster.limits.transaction import Slot
    >>> from custmaster.value.money import Money
    >>> from custmaster.value.party import PartyKind
    >>> day = date(2026, 11, 23)
    >>> stands = standing(default().on(day), [], PartyKind.PERSON)
    >>> way = Slot(channel="MOBILE", action="SPEND", account_class=AccountClass.CLASS_III)
    >>> paid = Transaction(id="T-1", customer="6000000001", day=day, slot=way, amount=Money(Decimal("2000.01")))
    >>> [(reason.code, reason.citation.article) for reason in judge(paid, stands, Usage.of("6000000001"))]
    [(<LimitCode.OVER_DAY_AMOUNT: 'OVER_DAY_AMOUNT'>, '银发〔2018〕16号')]
    """
    if transaction.day != stands.day:
        raise CustmasterError("the limits are those of another day: take the page of the transaction's")
    known = seen(usage, transaction)
    if known is not Seen.NEW:
        return () if known is Seen.RESERVED else (refusal(known, transaction),)
    amount, found = transaction.amount.amount, used(transaction.slot, stands, usage, transaction.balance)
    return tuple(_reason(row, transaction, gone) for row, gone in found if _is_over(row, gone, amount))


def _is_over(row: LimitRow, gone: Decimal | None, amount: Decimal) -> bool:
    """Whether the amount, or one transaction more, goes over the figure; so does a balance that nobody knows."""
    return gone is None or EXACT.add(gone, _ONE if row.measure is Measure.DAY_COUNT else amount) > row.figure


def _reason(row: LimitRow, transaction: Transaction, gone: Decimal | None) -> Reason:
    if gone is None:
        return _balance_unknown(row, transaction)
    code, outcome = _ASKED[row.over]
    facts: dict[str, Fact] = {
        "row": row.code,
        "figure": row.figure,
        "used": gone,
        "amount": transaction.amount.amount,
    }
    return Reason(
        code=code or OVER_CODES[row.measure],
        outcome=outcome,
        citation=row.citation,
        subject=transaction.customer,
        facts=facts,
    )


def _balance_unknown(row: LimitRow, transaction: Transaction) -> Reason:
    return Reason(
        code=LimitCode.BALANCE_UNKNOWN,
        outcome=Outcome.REVIEW,
        citation=row.citation,
        subject=transaction.customer,
        facts={"row": row.code},
        liftable=False,
    )
