"""How much of each limit was used: the sums over the slots that a row covers, of the day or of the year."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from custmaster.limits.kinds import Scope
from custmaster.limits.row import LimitRow
from custmaster.limits.standing import Standing
from custmaster.limits.transaction import Slot
from custmaster.limits.usage import Sum, Sums, Usage
from custmaster.value.money import EXACT

__all__ = ["used"]

_NONE: Final[Sums] = MappingProxyType({})
_ZERO: Final = EXACT.create_decimal(0)


def used(slot: Slot, stands: Standing, usage: Usage) -> Sequence[tuple[LimitRow, Sum]]:
    """The rows that cover the slot, each with the amount and the number that count towards it on the day of the limits.

    For a yearly amount these are sums of the year. A row of one account, and one whose scope is the account, counts what went over the slot's
    account only.
    """
    over = stands.over(slot)
    amounts, counts = [_ZERO] * len(over.rows), [0] * len(over.rows)
    apart = [row.scope is Scope.ACCOUNT or row.account is not None for row in over.rows]
    for yearly, sums in enumerate((usage.days.get(stands.day, _NONE), usage.years.get(stands.day.year, _NONE))):
        for one, (amount, count) in sums.items():
            same = one.account == slot.account
            for place in over.places(one)[yearly]:
                if same or not apart[place]:
                    amounts[place] = EXACT.add(amounts[place], amount)
                    counts[place] += count
    totals = zip(over.rows, zip(amounts, counts, strict=True), strict=True)
    return [(row, total) for row, total in totals if row.account in (None, slot.account)]
