"""What counts already towards each limit: the sums of the day or of the year over the slots that its row covers, or the balance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from custmaster.limits.kinds import Measure
from custmaster.limits.row import LimitRow
from custmaster.limits.standing import Standing
from custmaster.limits.transaction import Slot, yuan
from custmaster.limits.usage import Sums, Usage
from custmaster.value.money import EXACT, Money

__all__ = ["used"]

_NONE: Final[Sums] = MappingProxyType({})
_ZERO: Final = Decimal(0)


def used(
    slot: Slot, stands: Standing, usage: Usage, balance: Money | None
) -> Sequence[tuple[LimitRow, Decimal | None]]:
    """The rows that cover the slot, each with what counts towards it on the day of the limits.

    That is an amount of the day or of the year, a number of transactions, nothing for a single amount, or the balance: None where it is not
    given. A row of one account, and one whose scope is the account, counts what went over the slot's account only.
    """
    over = stands.over(slot)
    found = _summed(slot, over, usage)
    if balance is not None:
        held = yuan(balance, "balance")
        found = [held if row.measure is Measure.BALANCE else gone for row, gone in zip(over.rows, found, strict=True)]
    pairs = zip(over.rows, found, strict=True)
    return [pair for pair in pairs if pair[0].account is None or pair[0].account == slot.account]


def _summed(slot: Slot, over: Standing, usage: Usage) -> list[Decimal | None]:
    gone = [_ZERO] * len(over.rows)
    places, apart, account, add = over.places, over.apart, slot.account, EXACT.add
    for kind, sums in enumerate((usage.days.get(over.day, _NONE), usage.years.get(over.day.year, _NONE))):
        for one, counted in sums.items():
            for place, part in places(one)[kind]:
                if not apart[place] or one.account == account:
                    gone[place] = add(gone[place], counted[part])
    return [None if row.measure is Measure.BALANCE else total for row, total in zip(over.rows, gone, strict=True)]
