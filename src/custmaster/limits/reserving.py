"""Reserving what a transaction uses, and reversing it: the two cancel out exactly, each happens once, whatever is sent again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar, cast

from attrs import evolve

from custmaster.decision import Citation, Outcome, Reason
from custmaster.errors import CustmasterError
from custmaster.limits.codes import LimitCode
from custmaster.limits.transaction import Slot, Transaction, counted_account
from custmaster.limits.usage import Entry, Sum, Sums, Usage
from custmaster.value.account import AccountNumber
from custmaster.value.money import EXACT

__all__ = [
    "NotReservable",
    "NotReversible",
    "Seen",
    "combined",
    "judge_reversal",
    "parted",
    "refusal",
    "reserve",
    "reverse",
    "seen",
    "trimmed",
]

_P = TypeVar("_P", date, int)
_K = TypeVar("_K")
_V = TypeVar("_V")
_NOTHING: Final[Sum] = (EXACT.create_decimal(0), 0)
_NO_SUMS: Final[Sums] = MappingProxyType({})
_CITED: Final = Citation(article="R-61")


class NotReservable(CustmasterError):
    """A transaction was to be reserved whose id was given to another one, or was reversed; `judge` says so as a reason.

    >>> raise NotReservable("T-1")
    Traceback (most recent call last):
    custmaster.limits.usage.NotReservable: T-1
    """


class NotReversible(CustmasterError):
    """A transaction was to be reversed that is not reserved, or no more; `judge_reversal` says so as a reason.

    >>> raise NotReversible("T-1")
    Traceback (most recent call last):
    custmaster.limits.usage.NotReversible: T-1
    """


class Seen(StrEnum):
    """What a usage knows of a transaction: nothing; reserved; reversed; its id was given to another one."""

    NEW = "NEW"
    RESERVED = "RESERVED"
    REVERSED = "REVERSED"
    CLASHES = "CLASHES"


def seen(usage: Usage, transaction: Transaction) -> Seen:
    """What the usage knows of the transaction. Errors: CustmasterError for a transaction of another customer."""
    if transaction.customer != usage.customer:
        raise CustmasterError("the transaction is that of another customer: resolve its number first")
    entry = usage.entries.get(transaction.id)
    if entry is None:
        return Seen.NEW
    if (entry.slot, entry.day, entry.amount) != (transaction.slot, transaction.day, transaction.amount):
        return Seen.CLASHES
    return Seen.REVERSED if entry.undone else Seen.RESERVED


def reserve(usage: Usage, transaction: Transaction) -> Usage:
    """The usage with the transaction counted on its day and in its year; one that is reserved already changes nothing.

    It judges nothing: ask `judge` first. Errors: NotReservable when the id stands for another transaction, or was reversed: what was
    taken back is not done again under the same id, so that a request that comes late cannot count a second time. Source: B7.

    >>> from decimal import Decimal
    >>> from custmaster.value.money import Money
    >>> day, way = date(2026, 11, 23), Slot(channel="MOBILE", action="SPEND")
    >>> paid = Transaction(id="T-1", customer="6000000001", day=day, slot=way, amount=Money(Decimal(20)))
    >>> used = reserve(reserve(Usage.of("6000000001"), paid), paid)
    >>> used.days[day][way]
    (Decimal('20.00'), 1)
    >>> reverse(used, paid).buckets
    ()
    """
    match seen(usage, transaction):
        case Seen.NEW:
            return _counted(usage, transaction, 1)
        case Seen.RESERVED:
            return usage
        case _:
            raise NotReservable(transaction.id)


def reverse(usage: Usage, transaction: Transaction) -> Usage:
    """The usage without the transaction: its own day and its own year get back what it used. The entry stays, as reversed.

    Errors: NotReversible for one that is not reserved, or was reversed before; CustmasterError when the sums of its day or
    year were not loaded. Source: B7.
    """
    if seen(usage, transaction) is not Seen.RESERVED:
        raise NotReversible(transaction.id)
    return _counted(usage, transaction, -1)


def _counted(usage: Usage, transaction: Transaction, times: int) -> Usage:
    """Counted once more (1) or once less (-1)."""
    entry = Entry(
        id=transaction.id,
        slot=transaction.slot,
        day=transaction.day,
        amount=transaction.amount,
        undone=times < 0,
    )
    return Usage(
        customer=usage.customer,
        days=_moved(usage.days, transaction.day, transaction, times),
        years=_moved(usage.years, transaction.day.year, transaction, times),
        entries=_with(usage.entries, transaction.id, entry),
    )


def _moved(periods: Mapping[_P, Sums], period: _P, transaction: Transaction, times: int) -> Mapping[_P, Sums]:
    sums = periods.get(period, _NO_SUMS)
    amount, count = sums.get(transaction.slot, _NOTHING)
    left = EXACT.fma(transaction.amount.amount, times, amount), count + times
    if left[0] < 0 or left[1] < 0 or bool(left[0]) is not bool(left[1]):
        raise CustmasterError("the sum of the transaction's day or year does not hold it: load the rows of both")
    kept = _with(sums, transaction.slot, left if left[1] else None)
    return _with(periods, period, MappingProxyType(kept) if kept else None)


def _with(held: Mapping[_K, _V], key: _K, value: _V | None) -> dict[_K, _V]:
    """A copy with one value set, or taken out when it is None."""
    # A copy of the dict behind the view keeps the hashes that it has: unpacking the view would ask each key for its own again.
    made = cast("dict[_K, _V]", held).copy()
    if value is None:
        del made[key]
    else:
        made[key] = value
    return made


_SAID: Final[Mapping[Seen, LimitCode]] = {
    Seen.NEW: LimitCode.TRANSACTION_NOT_RESERVED,
    Seen.REVERSED: LimitCode.TRANSACTION_REVERSED,
    Seen.CLASHES: LimitCode.TRANSACTION_CLASHES,
}


def judge_reversal(transaction: Transaction, usage: Usage) -> tuple[Reason, ...]:
    """Why the transaction cannot be reversed: it is not reserved, it was reversed before, or its id stands for another one. No reason: it can.

    Errors: CustmasterError for a transaction of another customer. Source: B7.
    """
    known = seen(usage, transaction)
    return () if known is Seen.RESERVED else (refusal(known, transaction),)


def refusal(known: Seen, transaction: Transaction) -> Reason:
    """What is said of a transaction that is known in this way, and should not be. Errors: KeyError for one that is RESERVED."""
    facts = {"id": transaction.id}
    return Reason(
        code=_SAID[known], outcome=Outcome.REFUSED, citation=_CITED, subject=transaction.customer, facts=facts
    )


def trimmed(usage: Usage, before: date) -> Usage:
    """The usage without the days before this one, their entries, and the years before this one's: what is dropped cannot be reversed.

    The sum of the day's year stays whole, so nothing that is asked from this day on changes.
    """
    return evolve(
        usage,
        days={day: sums for day, sums in usage.days.items() if day >= before},
        years={year: sums for year, sums in usage.years.items() if year >= before.year},
        entries={name: entry for name, entry in usage.entries.items() if entry.day >= before},
    )


def combined(survivor: Usage, absorbed: Usage) -> Usage:
    """What two customers used that became one (归并), under the number of the survivor: the sums of both, the entries of both.

    Errors: CustmasterError when an id stands in both, for an id is never used twice. Source: requirements.md B6.

    >>> combined(Usage.of("6000000001"), Usage.of("6000000002")).customer
    '6000000001'
    """
    if not survivor.entries.keys().isdisjoint(absorbed.entries):
        raise CustmasterError("a transaction stands in the usage of both customers")
    return Usage(
        customer=survivor.customer,
        days=_summed(survivor.days, absorbed.days),
        years=_summed(survivor.years, absorbed.years),
        entries={**survivor.entries, **absorbed.entries},
    )


def _summed(one: Mapping[_P, Sums], other: Mapping[_P, Sums]) -> Mapping[_P, Sums]:
    made: dict[_P, dict[Slot, Sum]] = {period: dict(sums) for period, sums in one.items()}
    for period, sums in other.items():
        held = made.setdefault(period, {})
        for slot, (amount, count) in sums.items():
            before = held.get(slot, _NOTHING)
            held[slot] = (EXACT.add(before[0], amount), before[1] + count)
    return {period: MappingProxyType(sums) for period, sums in made.items()}


def parted(usage: Usage, absorbed: str, accounts: Collection[AccountNumber]) -> tuple[Usage, Usage]:
    """What the survivor used and what the absorbed customer used, once their merge is undone (拆分): each what went over its own accounts.

    `accounts` are those that go back to the absorbed customer. What was reserved in between goes with its account; what names no account cannot be
    told apart, and stays with the survivor: `combined` of the two is the usage again, so nothing that was reserved is lost or counted twice.
    Errors: CustmasterError for a customer parted from itself. Source: requirements.md B6.

    >>> survivor, again = parted(Usage.of("6000000001"), "6000000002", [])
    >>> survivor.customer, again.customer
    ('6000000001', '6000000002')
    """
    if absorbed == usage.customer:
        raise CustmasterError("a customer is not parted from itself")
    theirs = frozenset(map(counted_account, accounts))
    return _share(usage, usage.customer, theirs, among=False), _share(usage, absorbed, theirs, among=True)


def _share(usage: Usage, customer: str, accounts: frozenset[AccountNumber | None], *, among: bool) -> Usage:
    """What went over one of the accounts, or what did not."""

    def own(slot: Slot) -> bool:
        return (slot.account in accounts) is among

    return Usage(
        customer=customer,
        days=_of_slots(usage.days, own),
        years=_of_slots(usage.years, own),
        entries={name: entry for name, entry in usage.entries.items() if own(entry.slot)},
    )


def _of_slots(periods: Mapping[_P, Sums], own: Callable[[Slot], bool]) -> Mapping[_P, Sums]:
    kept = {period: {slot: held for slot, held in sums.items() if own(slot)} for period, sums in periods.items()}
    return {period: MappingProxyType(sums) for period, sums in kept.items() if sums}
