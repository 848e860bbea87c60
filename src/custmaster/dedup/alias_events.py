"""What happens to a customer number: typed events without a word about the customer, for every system that keeps the number.

A system that holds customer numbers replays them and learns of each merge; the lifecycle they walk is the table NUMBER_STEPS.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue

__all__ = [
    "NUMBER_STEPS",
    "AliasEvent",
    "NumberClosed",
    "NumberMerged",
    "NumberOpened",
    "NumberReactivated",
    "NumberSplit",
    "NumberStatus",
    "NumberUnmerged",
    "NumberVoided",
]

FEWEST_PARTS: Final = 2
"""The fewest numbers into which one is split."""


class NumberStatus(StrEnum):
    """Where a customer number stands. A number is never given twice, whatever became of it.

    MERGED_INTO: its customer was absorbed, and it is an alias of the survivor's. SPLIT_INTO: it had been given to several customers,
    each of which has a number of its own now. CLOSED: its customer was removed. VOID: given or reserved by mistake. Source: B6; R-45.
    """

    ACTIVE = "ACTIVE"
    MERGED_INTO = "MERGED_INTO"
    SPLIT_INTO = "SPLIT_INTO"
    CLOSED = "CLOSED"
    VOID = "VOID"


@frozen(kw_only=True)
class _Happened:
    """What every event says: the number, the bank's business day, the request that it belongs to, and the version of its form."""

    schema: int = 1
    number: str
    on: date
    request_id: str


@frozen(kw_only=True)
class NumberOpened(_Happened):
    """The number was given to a customer."""


@frozen(kw_only=True)
class NumberMerged(_Happened):
    """The number leads to another from this day on. Errors: InvalidValue (CONFLICT) for a number that leads to itself."""

    into: str

    def __attrs_post_init__(self) -> None:
        if self.into == self.number:
            raise InvalidValue(Fault.CONFLICT, path="into", remedy="a number does not lead to itself")


@frozen(kw_only=True)
class NumberUnmerged(_Happened):
    """A merge was undone: the number stands for a customer of its own again."""


if TYPE_CHECKING:

    def _parts(values: Iterable[str]) -> tuple[str, ...]: ...

else:
    _parts = tuple


@frozen(kw_only=True)
class NumberSplit(_Happened):
    """The number had been given to several customers, who have the numbers `into` now.

    Errors: InvalidValue (LENGTH) for fewer than two, (DUPLICATE) for one that is named twice, (CONFLICT) for the number itself.
    """

    into: tuple[str, ...] = field(converter=_parts)

    def __attrs_post_init__(self) -> None:
        if len(self.into) < FEWEST_PARTS:
            raise InvalidValue(Fault.LENGTH, path="into", length=len(self.into), remedy="name two numbers at least")
        if len(set(self.into)) < len(self.into):
            raise InvalidValue(Fault.DUPLICATE, path="into")
        if self.number in self.into:
            raise InvalidValue(Fault.CONFLICT, path="into", remedy="a number does not lead to itself")


@frozen(kw_only=True)
class NumberClosed(_Happened):
    """The number's customer was removed (逻辑删除); the number stays its own."""


@frozen(kw_only=True)
class NumberReactivated(_Happened):
    """The number's customer is active again (逻辑激活)."""


@frozen(kw_only=True)
class NumberVoided(_Happened):
    """The number was given or reserved by mistake: it stands for nobody, and for nobody else either."""


AliasEvent = (
    NumberOpened | NumberMerged | NumberUnmerged | NumberSplit | NumberClosed | NumberReactivated | NumberVoided
)
"""Every event on a number, a closed union."""

_S = NumberStatus
NUMBER_STEPS: Final[Mapping[NumberStatus, Mapping[type[object], NumberStatus]]] = MappingProxyType(
    {
        _S.ACTIVE: {
            NumberMerged: _S.MERGED_INTO,
            NumberSplit: _S.SPLIT_INTO,
            NumberClosed: _S.CLOSED,
            NumberVoided: _S.VOID,
        },
        _S.MERGED_INTO: {NumberUnmerged: _S.ACTIVE},
        # What was split is put right by merging its parts: each of them has a life of its own by then.
        _S.SPLIT_INTO: {},
        _S.CLOSED: {NumberReactivated: _S.ACTIVE, NumberVoided: _S.VOID},
        _S.VOID: {},
    }
)
"""The lifecycle of a number; NumberOpened begins it, and so does NumberVoided for a number that was never given."""
