"""How much is left (剩余额度): per measure the least, the rule that binds, and when it starts anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from attrs import frozen

from custmaster.decision import Citation
from custmaster.errors import CustmasterError
from custmaster.limits.kinds import Measure, Over, Source
from custmaster.limits.row import LimitRow
from custmaster.limits.standing import Standing
from custmaster.limits.sums import used
from custmaster.limits.transaction import Slot
from custmaster.limits.usage import Usage
from custmaster.value.money import EXACT, Money

__all__ = ["Headroom", "Remaining", "headroom"]

_ZERO: Final = Decimal(0)
_ONE_DAY: Final = timedelta(days=1)


@frozen(kw_only=True)
class Remaining:
    """What one limit leaves: an amount in CNY, or for DAY_COUNT a number; never below zero.

    `rule` is the code of the row that binds. `resets_at` is the first day on which it starts anew: the next day, 1 January, or None for
    a limit that never does. `citation` says where it stands.
    """

    measure: Measure
    remaining: Decimal
    rule: str
    figure: Decimal
    source: Source
    over: Over
    resets_at: date | None
    citation: Citation


@frozen(kw_only=True)
class Headroom:
    """What is left over one slot: of the limits that refuse the strictest of each measure, and the same of each kind of reminder."""

    limits: tuple[Remaining, ...]
    reminders: tuple[Remaining, ...]

    @property
    def binding(self) -> Remaining | None:
        """The limit that holds back the next transaction most: a number that is used up, else the least amount. None: none does."""
        counts = [one for one in self.limits if one.measure is Measure.DAY_COUNT and one.remaining == 0]
        amounts = [one for one in self.limits if one.measure is not Measure.DAY_COUNT]
        return (*counts, *sorted(amounts, key=lambda one: one.remaining), None)[0]

    @property
    def amount(self) -> Decimal | None:
        """The greatest amount of one transaction that no limit refuses now; None where none of them holds an amount back."""
        return None if self.binding is None else self.binding.remaining


def headroom(slot: Slot, stands: Standing, usage: Usage, balance: Money | None = None) -> Headroom:
    """What the limits of the day leave of what was used, for a transaction over the slot.

    A limit more never makes it more; nothing is ever below zero. `balance` is the account's, wanted where a limit of a balance covers the
    slot. The next day stands for the next business date, which the bank counts by the calendar. Errors: CustmasterError
    for a balance that is wanted and not given. Source: R-61, field.md idea 7.

    >>> from custmaster.handbook import default
    >>> from custmaster.limits.kinds import AccountClass
    >>> from custmaster.limits.standing import standing
    >>> from custmaster.value.party import PartyKind
    >>> stands = standing(default().on(date(2026, 11, 23)), [], PartyKind.PERSON)
    >>> way = Slot(channel="MOBILE", action="SPEND", account_class=AccountClass.CLASS_II)
    >>> left = headroom(way, stands, Usage.of("6000000001"))
    >>> left.amount, [(one.rule, one.resets_at.isoformat()) for one in left.limits]
    (Decimal('10000'), [('CLASS_II_OUT_DAY', '2026-11-24'), ('CLASS_II_OUT_YEAR', '2027-01-01')])
    """
    found = [_remaining(row, _known(gone), stands.day) for row, gone in used(slot, stands, usage, balance)]
    refusing = [one for one in found if one.over is Over.REFUSE]
    asking = [one for one in found if one.over is not Over.REFUSE]
    return Headroom(limits=tuple(_least(refusing)), reminders=tuple(_least(asking)))


def _least(found: Iterable[Remaining]) -> Iterator[Remaining]:
    """Of each measure and kind of reminder the one that leaves least, in the order of the rows; of equals the first."""
    least: dict[tuple[Measure, Over], Remaining] = {}
    for one in found:
        key = (one.measure, one.over)
        if key not in least or one.remaining < least[key].remaining:
            least[key] = one
    yield from least.values()


def _remaining(row: LimitRow, gone: Decimal, day: date) -> Remaining:
    return Remaining(
        measure=row.measure,
        remaining=max(EXACT.subtract(row.figure, gone), _ZERO),
        rule=row.code,
        figure=row.figure,
        source=row.source,
        over=row.over,
        resets_at=_anew(row.measure, day),
        citation=row.citation,
    )


def _known(gone: Decimal | None) -> Decimal:
    if gone is None:
        raise CustmasterError("a limit of the balance stands: give the account's balance")
    return gone


def _anew(measure: Measure, day: date) -> date | None:
    match measure:
        case Measure.DAY_AMOUNT | Measure.DAY_COUNT:
            return None if day == date.max else day + _ONE_DAY
        case Measure.YEAR_AMOUNT:
            return None if day.year == date.max.year else date(day.year + 1, 1, 1)
        case _:
            return None
