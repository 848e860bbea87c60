"""How much of a limit was used: the sum over the slots that the row covers, of the day or of the year."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Final

from custmaster.limits.kinds import Measure, Scope
from custmaster.limits.row import LimitRow
from custmaster.limits.transaction import Slot
from custmaster.limits.usage import Sum, Sums, Usage
from custmaster.value.money import EXACT

__all__ = ["used"]

_NONE: Final[Sums] = MappingProxyType({})
_ZERO: Final = EXACT.create_decimal(0)


def used(row: LimitRow, slot: Slot, day: date, usage: Usage) -> Sum:
    """The amount and the number that count towards the row when a transaction over the slot is asked for on the day.

    The sums of the day, for a yearly amount those of the year; where the row's scope is the account, those of the slot's account only.
    """
    sums = usage.years.get(day.year, _NONE) if row.measure is Measure.YEAR_AMOUNT else usage.days.get(day, _NONE)
    amount, count = _ZERO, 0
    by_account = row.scope is Scope.ACCOUNT
    for one, (more, times) in sums.items():
        if row.covers(one) and not (by_account and one.account != slot.account):
            amount, count = EXACT.add(amount, more), count + times
    return amount, count
