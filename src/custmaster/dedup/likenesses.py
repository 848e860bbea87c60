"""The comparisons that a rules file may name, and those of words and numbers that no customer's table needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any, Final, cast

from custmaster.dedup.compare import Level, Likeness, alike, equal, within_edits
from custmaster.dedup.slips import one_character
from custmaster.errors import InvalidValue, UnusableInput

__all__ = ["MADE", "PLAIN", "contains", "likeness_of", "near_number", "shared_words"]


def contains(left: str, right: str) -> Level:
    """AGREE when equal, NEAR when the words of one are all among the words of the other, else DIFFER.

    >>> contains("HOTEL BEL AIR", "BEL AIR"), contains("BEL AIR", "BELA")
    (<Level.NEAR: '~'>, <Level.DIFFER: '-'>)
    """
    if left == right:
        return Level.AGREE
    mine, theirs = set(left.split()), set(right.split())
    return Level.NEAR if mine <= theirs or theirs <= mine else Level.DIFFER


def shared_words(share: float) -> Likeness:
    """A comparison: AGREE when equal, NEAR when at least this share of all words of the two is common to both, else DIFFER.

    >>> shared_words(0.5)("CHILD CARE CENTER", "CHILD CARE CENTRE"), shared_words(0.6)("CHILD CARE", "DAY CARE")
    (<Level.NEAR: '~'>, <Level.DIFFER: '-'>)
    """

    def compare(left: str, right: str) -> Level:
        if left == right:
            return Level.AGREE
        mine, theirs = set(left.split()), set(right.split())
        return Level.NEAR if len(mine & theirs) >= share * len(mine | theirs) else Level.DIFFER

    compare.__name__ = f"shared_words({share})"
    return compare


def near_number(most: int) -> Likeness:
    """A comparison of numbers: AGREE when equal, NEAR when at most so far apart, else DIFFER; a text that is no number is DIFFER.

    >>> near_number(2)("1812", "1814"), near_number(2)("1812", "1815")
    (<Level.NEAR: '~'>, <Level.DIFFER: '-'>)
    """

    def compare(left: str, right: str) -> Level:
        if left == right:
            return Level.AGREE
        if not all(text.isascii() and text.isdecimal() and len(text) <= _LONGEST for text in (left, right)):
            return Level.DIFFER
        return Level.NEAR if abs(int(left) - int(right)) <= most else Level.DIFFER

    compare.__name__ = f"near_number({most})"
    return compare


_LONGEST: Final = 18
PLAIN: Final[Mapping[str, Likeness]] = {"equal": equal, "contains": contains, "one_character": one_character}
"""The comparisons that are called by a word alone."""
MADE: Final[Mapping[str, tuple[type, Callable[[Any], Likeness]]]] = {
    "within_edits": (int, within_edits),
    "alike": (float, alike),
    "shared_words": (float, shared_words),
    "near_number": (int, near_number),
}
"""The comparisons that take a figure, and what the figure is."""


def likeness_of(given: Any, source: str) -> Likeness:
    """The comparison of a word, or of a table with one word and its figure. Errors: UnusableInput.

    >>> likeness_of({"within_edits": 1}, "here")("1234", "1243")
    <Level.NEAR: '~'>
    """
    if isinstance(given, str) and given in PLAIN:
        return PLAIN[given]
    table = cast("dict[str, Any]", given) if isinstance(given, dict) else {}
    for word, figure in table.items():
        kind, make = MADE.get(word, (NoneType, None))
        if len(table) == 1 and make is not None and issubclass(type(figure), kind):
            try:
                return make(figure)
            except InvalidValue as fault:
                raise UnusableInput(source, problem=str(fault)) from None
    raise UnusableInput(source, problem="there is no such comparison", remedy=f"one of {', '.join((*PLAIN, *MADE))}")
