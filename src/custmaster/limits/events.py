"""What happens to what a customer used: a transaction is reserved or reversed; customers become one, and two again."""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from custmaster.limits.reserving import reserve, reverse
from custmaster.limits.transaction import Transaction
from custmaster.limits.usage import Usage
from custmaster.value._checks import apart
from custmaster.value._happened import Happened

__all__ = [
    "LimitEvent",
    "TransactionReserved",
    "TransactionReversed",
    "UsageEvent",
    "UsagesJoined",
    "UsagesParted",
    "evolve",
]


@frozen(kw_only=True)
class TransactionReserved(Happened):
    """The transaction counts from now on, on its own day and in its own year."""

    transaction: Transaction


@frozen(kw_only=True)
class TransactionReversed(Happened):
    """The transaction counts no more: its own day and year get back what it used, whenever that is."""

    transaction: Transaction


@frozen(kw_only=True)
class UsagesJoined(Happened):
    """What the absorbed customer used counts for the survivor (归并): the host stores `combined`. Errors: InvalidValue (CONFLICT)."""

    customer: str
    into: str
    __attrs_post_init__ = apart


@frozen(kw_only=True)
class UsagesParted(Happened):
    """The merge was undone (拆分): the host stores the two usages of `parted`. Errors: InvalidValue (CONFLICT)."""

    customer: str
    into: str
    __attrs_post_init__ = apart


UsageEvent = TransactionReserved | TransactionReversed
"""What happens to one usage, a closed union."""

LimitEvent = UsageEvent | UsagesJoined | UsagesParted
"""Every event of limits, a closed union; those of two customers at once are told by `desk.joint`."""


def evolve(usage: Usage, event: UsageEvent) -> Usage:
    """The usage after the event; a reservation that is sent again changes nothing.

    Errors: NotReservable, NotReversible, and CustmasterError for a transaction of another customer or sums that were not loaded.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from custmaster.limits.transaction import Slot
    >>> from custmaster.value.money import Money
    >>> day = date(2026, 11, 23)
    >>> paid = Transaction(
    ...     id="T-1",
    ...     customer="6000000001",
    ...     day=day,
    ...     slot=Slot(channel="MOBILE", action="SPEND"),
    ...     amount=Money(Decimal(20)),
    ... )
    >>> told = TransactionReserved(on=day, actor="S-1", request_id="Q-1", transaction=paid)
    >>> evolve(Usage.of("6000000001"), told) == reserve(Usage.of("6000000001"), paid)
    True
    """
    match event:
        case TransactionReserved():
            return reserve(usage, event.transaction)
        case TransactionReversed():
            return reverse(usage, event.transaction)
    assert_never(event)
