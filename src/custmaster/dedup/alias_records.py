"""The rows of the alias ledger: what one number has been, in its order, and the ledger of many numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.dedup.alias_events import FEWEST_PARTS, NUMBER_STEPS, NumberStatus
from custmaster.errors import Fault, InvalidValue

__all__ = ["EMPTY", "AliasLedger", "NumberLife", "Standing"]

_LEADING: Final[Mapping[NumberStatus, range]] = {
    # how many numbers it may lead to
    NumberStatus.ACTIVE: range(1),
    NumberStatus.MERGED_INTO: range(1, 2),
    NumberStatus.SPLIT_INTO: range(FEWEST_PARTS, 1_000),
    NumberStatus.CLOSED: range(1),
    NumberStatus.VOID: range(1),
}

if TYPE_CHECKING:

    def _numbers(values: Iterable[str]) -> tuple[str, ...]: ...

else:
    _numbers = tuple


@frozen(kw_only=True)
class Standing:
    """What a number is from a day on, by which request. Errors: InvalidValue (LENGTH) for more or fewer numbers than the status leads to.

    >>> Standing(status=NumberStatus.MERGED_INTO, since=date(2026, 11, 23), into=["6000000002"], request_id="T-1").into
    ('6000000002',)
    """

    status: NumberStatus
    since: date
    into: tuple[str, ...] = field(default=(), converter=_numbers)
    request_id: str

    def __attrs_post_init__(self) -> None:
        if len(self.into) not in _LEADING[self.status]:
            raise InvalidValue(Fault.LENGTH, path="into", length=len(self.into))


if TYPE_CHECKING:

    def _standings(values: Iterable[Standing]) -> tuple[Standing, ...]: ...

else:
    _standings = tuple


@frozen(kw_only=True)
class NumberLife:
    """Everything that one number has been, in its order.

    Errors: InvalidValue, EMPTY without a standing, ORDER for days that go back, CONFLICT for a step that the lifecycle does not
    hold, or a number that leads to itself.
    """

    schema: int = 1
    number: str
    standings: tuple[Standing, ...] = field(converter=_standings)

    def __attrs_post_init__(self) -> None:
        if not self.standings:
            raise InvalidValue(Fault.EMPTY, path="standings")
        for place, one in enumerate(self.standings):
            before = self.standings[place - 1] if place else None
            path = f"standings[{place}]"
            if before is not None and one.since < before.since:
                raise InvalidValue(Fault.ORDER, path=f"{path}.since")
            if one.status not in _after(before) or self.number in one.into:
                raise InvalidValue(Fault.CONFLICT, path=f"{path}.status", remedy="no such step of a number's life")

    @property
    def now(self) -> Standing:
        """What the number is after everything that was written down."""
        return self.standings[-1]

    def on(self, day: date) -> Standing | None:
        """What the number was at the end of the day; None before it was given."""
        return next((one for one in reversed(self.standings) if one.since <= day), None)


def _after(before: Standing | None) -> frozenset[NumberStatus]:
    if before is None:
        return frozenset({NumberStatus.ACTIVE, NumberStatus.VOID})
    return frozenset(NUMBER_STEPS[before.status].values())


def _by_number(lives: Iterable[NumberLife]) -> tuple[NumberLife, ...]:
    return tuple(sorted(lives, key=_number))


def _number(life: NumberLife) -> str:
    return life.number


@frozen(kw_only=True)
class AliasLedger:
    """The lives of numbers, sorted by number. Errors: InvalidValue (DUPLICATE) for a number that stands in it twice.

    >>> given = Standing(status=NumberStatus.ACTIVE, since=date(2026, 11, 23), request_id="T-1")
    >>> ledger = AliasLedger(lives=[NumberLife(number="6000000001", standings=[given])])
    >>> ledger.by_number["6000000001"].now.status
    <NumberStatus.ACTIVE: 'ACTIVE'>
    """

    lives: tuple[NumberLife, ...] = field(default=(), converter=_by_number)
    by_number: Mapping[str, NumberLife] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = {life.number: life for life in self.lives}
        if len(found) < len(self.lives):
            raise InvalidValue(Fault.DUPLICATE, path="lives", remedy="one life a number")
        object.__setattr__(self, "by_number", MappingProxyType(found))


EMPTY: Final = AliasLedger()
"""The ledger before the first number was given."""
