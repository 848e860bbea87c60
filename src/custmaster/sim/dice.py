"""Pseudo-random draws that depend on nothing but (seed, row, salt): any row can be made alone, on any platform.

Not for secrets. The `random` module is not used, because its algorithms may change between versions of Python.
"""

from __future__ import annotations

from typing import Final, TypeVar

from attrs import frozen

from custmaster.errors import Fault, InvalidValue

__all__ = ["Dice", "dice"]

T = TypeVar("T")
_MASK: Final = (1 << 64) - 1
_GAMMA: Final = 0x9E3779B97F4A7C15


def _mix(state: int) -> int:
    """The finaliser of splitmix64 (Steele, Lea, Flood 2014): every bit of the state moves every bit of the answer."""
    z = state & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


@frozen
class Dice:
    """The draws of one row; the same salt gives the same draw, however often and in whatever order it is asked for."""

    base: int

    def below(self, salt: int, bound: int) -> int:
        """An integer from 0 to `bound` - 1.

        >>> 0 <= dice(seed=1, row=7).below(3, 10) < 10
        True
        """
        return (_mix(self.base + salt * _GAMMA) * bound) >> 64

    def skewed(self, salt: int, bound: int) -> int:
        """An integer from 0 to `bound` - 1, small ones more often: lists of names are written common ones first."""
        drawn = _mix(self.base + salt * _GAMMA)
        return ((drawn >> 32) * (((drawn & 0xFFFFFFFF) * bound >> 32) + 1)) >> 32

    def pick(self, salt: int, items: tuple[T, ...]) -> T:
        """One of the items, each as likely."""
        return items[self.below(salt, len(items))]

    def favour(self, salt: int, items: tuple[T, ...]) -> T:
        """One of the items, the first ones more likely."""
        return items[self.skewed(salt, len(items))]


def dice(*, seed: int, row: int) -> Dice:
    """The dice of row `row` (from 0) of the sample `seed`. Errors: InvalidValue for a negative number.

    >>> dice(seed=1, row=7) == dice(seed=1, row=7), dice(seed=1, row=7) == dice(seed=2, row=7)
    (True, False)
    """
    if seed < 0 or row < 0:
        raise InvalidValue(Fault.RANGE, path="seed" if seed < 0 else "row")
    return Dice(_mix(_mix(seed + _GAMMA) + (row + 1) * _GAMMA))
