"""What goes wrong in a simulation, and how often; every draw follows from the seed."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, TypeVar

from attrs import evolve, field, fields, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.sim.dice import Dice, dice

__all__ = ["ALL_FAULTS", "CALM", "CrashPoint", "Draws", "FaultPlan", "Poison"]

T = TypeVar("T")


class CrashPoint(StrEnum):
    """Where a system stops dead, and starts again from what it had stored.

    The two TORN points break the host's contract that the record and the state of sync are stored together: a run must notice and repair.
    """

    BEFORE_COMMIT = "BEFORE_COMMIT"
    AFTER_COMMIT_BEFORE_SEND = "AFTER_COMMIT_BEFORE_SEND"
    AFTER_SEND = "AFTER_SEND"
    TORN_RECORD_ALONE = "TORN_RECORD_ALONE"
    TORN_STATE_ALONE = "TORN_STATE_ALONE"


class Poison(StrEnum):
    """How a message is spoiled: each must be refused or parked, and leave everything as it was."""

    TRUNCATED = "TRUNCATED"
    UNKNOWN_KIND = "UNKNOWN_KIND"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    NUMBER_IN_NO_RANGE = "NUMBER_IN_NO_RANGE"
    OTHER_CATALOGUE = "OTHER_CATALOGUE"
    WRONG_SYSTEM = "WRONG_SYSTEM"


def _per_mille(instance: object, attribute: object, value: int) -> None:
    if not 0 <= value <= 1000:
        raise InvalidValue(Fault.RANGE, path="per mille", remedy="0 to 1000")


@frozen(kw_only=True)
class FaultPlan:
    """How often each fault happens, in one thousand occasions. Errors: InvalidValue (RANGE).

    Of messages: `loss`, `repetition`, `delay` (which is disorder too), `poison` (a spoiled copy beside the good message). Of steps:
    `crash`, `torn` (a crash at a torn point), `purge` (a peer's record is deleted by hand), `restore` (the whole system from an older
    backup), `handover`, `upgrade` (a system moves to the next catalogue, once). Of customers: `sick`, whose every message is spoiled.
    """

    loss: int = field(default=0, validator=_per_mille)
    repetition: int = field(default=0, validator=_per_mille)
    delay: int = field(default=0, validator=_per_mille)
    poison: int = field(default=0, validator=_per_mille)
    crash: int = field(default=0, validator=_per_mille)
    torn: int = field(default=0, validator=_per_mille)
    purge: int = field(default=0, validator=_per_mille)
    restore: int = field(default=0, validator=_per_mille)
    handover: int = field(default=0, validator=_per_mille)
    upgrade: int = field(default=0, validator=_per_mille)
    sick: int = field(default=0, validator=_per_mille)

    def without(self, *names: str) -> FaultPlan:
        """The plan without some of its faults.

        >>> FaultPlan(loss=100, delay=50).without("loss").loss
        0
        """
        return evolve(self, **dict.fromkeys(names, 0))

    @property
    def names(self) -> tuple[str, ...]:
        """The faults that the plan holds."""
        return tuple(one.name for one in fields(FaultPlan) if getattr(self, one.name))


CALM: Final = FaultPlan()
"""Nothing goes wrong."""
ALL_FAULTS: Final = FaultPlan(
    loss=200,
    repetition=150,
    delay=400,
    poison=30,
    crash=60,
    torn=15,
    purge=10,
    restore=12,
    handover=30,
    upgrade=10,
)
"""Everything goes wrong, again and again; but no customer is sick, so that all must end equal."""


class Draws:
    """One stream of draws after the other from a seed."""

    def __init__(self, seed: int) -> None:
        self._dice: Dice = dice(seed=seed, row=0)
        self._drawn = 0

    def below(self, bound: int) -> int:
        """An integer from 0 to `bound` - 1."""
        self._drawn += 1
        return self._dice.below(self._drawn, bound)

    def happens(self, per_mille: int) -> bool:
        """Whether it happens this time; a fault that never happens draws nothing."""
        return per_mille > 0 and self.below(1000) < per_mille

    def pick(self, items: tuple[T, ...]) -> T:
        """One of the items, each as likely."""
        return items[self.below(len(items))]
