"""Which numbers stand today for a number: what keeps growth still while customers are merged and split."""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["resolver"]


def resolver(aliases: Mapping[str, tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    """From a number to the numbers that stand for it today: one after a merge, several after a split, itself where nothing is known.

    Chains are followed to their ends; a number that leads back to itself stands for itself. Source: R-09, B6.

    >>> today = resolver({"1": ("2",), "2": ("3", "4")})
    >>> today("1"), today("9")
    (('3', '4'), ('9',))
    """
    ends = {number: tuple(sorted(_ends(number, aliases))) for number in aliases}
    return lambda number: ends.get(number) or (number,)


def _ends(number: str, aliases: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [number]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        onward = aliases.get(one, ())
        waiting.extend(onward)
        if not onward:
            found.add(one)
    return found
