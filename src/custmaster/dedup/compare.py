"""Comparisons of two texts: equal, within so many edits, alike; pure Python, and the reference for any faster engine.

A comparison is a row of a table: the field, where its values stand, and how two of them compare. Another data set needs another
row, not other code. A missing value never equals a missing value: it says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from custmaster.errors import Fault, InvalidValue

__all__ = [
    "Level",
    "Likeness",
    "alike",
    "best",
    "edit_distance",
    "equal",
    "jaro",
    "jaro_winkler",
    "one_edit",
    "within_edits",
]


class Level(StrEnum):
    """What two records say about one field, as the sign that it has in the evidence.

    AGREE: equal. NEAR: may be the same, never decides that it is. DIFFER: both say something, and not the same. MISSING: at least
    one says nothing; it leaves no sign.
    """

    AGREE = "+"
    NEAR = "~"
    DIFFER = "-"
    MISSING = ""


Likeness = Callable[[str, str], Level]
"""How two texts, neither of them missing, compare."""

# Winkler's figures (1990): four characters of a common beginning, a tenth for each, and only for texts alike already.
_PREFIX: Final = 4
_WEIGHT: Final = 0.1
_BOOST_FROM: Final = 0.7


def equal(left: str, right: str) -> Level:
    """AGREE for one and the same text.

    >>> equal("11010519491231002X", "11010519491231002X")
    <Level.AGREE: '+'>
    """
    return Level.AGREE if left == right else Level.DIFFER


def within_edits(most: int) -> Likeness:
    """A comparison: AGREE when equal, NEAR within `most` edits, else DIFFER. Errors: InvalidValue RANGE below 1.

    >>> within_edits(1)("440524188001010014", "440524188001010041")
    <Level.NEAR: '~'>
    """
    if most < 1:
        raise InvalidValue(Fault.RANGE, path="most", remedy="for no edit at all take `equal`")

    def compare(left: str, right: str) -> Level:
        if left == right:
            return Level.AGREE
        if most == 1:
            return Level.NEAR if one_edit(left, right) else Level.DIFFER
        # An edit changes the length by one at most.
        near = abs(len(left) - len(right)) <= most and edit_distance(left, right) <= most
        return Level.NEAR if near else Level.DIFFER

    compare.__name__ = f"within_edits({most})"
    return compare


def alike(at_least: float) -> Likeness:
    """A comparison: AGREE when equal, NEAR from a Jaro-Winkler likeness of `at_least`, else DIFFER.

    Errors: InvalidValue RANGE for a figure outside 0 to 1.

    >>> alike(0.9)("MARTHA SMITH", "MARHTA SMITH"), alike(0.9)("MARTHA", "WILLIAM")
    (<Level.NEAR: '~'>, <Level.DIFFER: '-'>)
    """
    if not 0 <= at_least <= 1:
        raise InvalidValue(Fault.RANGE, path="at_least", remedy="a likeness goes from 0 to 1")

    def compare(left: str, right: str) -> Level:
        if left == right:
            return Level.AGREE
        return Level.NEAR if jaro_winkler(left, right) >= at_least else Level.DIFFER

    compare.__name__ = f"alike({at_least})"
    return compare


def best(likeness: Likeness, left: tuple[str, ...], right: tuple[str, ...]) -> Level:
    """The best level between any value of one side and any of the other; MISSING when a side has none.

    >>> best(equal, ("1", "2"), ("2", "3")), best(equal, (), ()), best(equal, ("1",), ("3",))
    (<Level.AGREE: '+'>, <Level.MISSING: ''>, <Level.DIFFER: '-'>)
    """
    if not left or not right:
        return Level.MISSING
    if left == right:  # whatever the likeness, one text is equal to itself
        return Level.AGREE
    if len(left) == 1 == len(right):
        return likeness(left[0], right[0])
    if likeness is equal:  # nearly every comparison, and no level between
        for one in left:
            if one in right:
                return Level.AGREE
        return Level.DIFFER
    found = {likeness(one, other) for one in left for other in right}
    return next(level for level in Level if level in found)


def edit_distance(left: str, right: str) -> int:
    """How many characters must be put in, taken out, exchanged or swapped with their neighbour to turn one text into the other.

    No part of a text is edited twice (optimal string alignment), so it is no metric: CA to ABC takes 3.
    Time grows with the product of the lengths.

    >>> (
    ...     edit_distance("王小明", "王晓明"),
    ...     edit_distance("1234", "1324"),
    ...     edit_distance("CA", "ABC"),
    ...     edit_distance("", "AB"),
    ... )
    (1, 1, 3, 2)
    """
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, char in enumerate(left, 1):
        line = [row]
        for column, other in enumerate(right, 1):
            cost = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (char != other))
            if row > 1 < column and char == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, above = above, line
    return above[-1]


def one_edit(left: str, right: str) -> bool:
    """Whether `edit_distance` is 1 at most, told without measuring it: what stands between common beginning and common end is little.

    >>> one_edit("王小明", "王晓明"), one_edit("1234", "1324"), one_edit("1234", "123"), one_edit("1234", "2143")
    (True, True, True, False)
    """
    size, other = len(left), len(right)
    if not -1 <= size - other <= 1:
        return False
    shorter = min(size, other)
    start = 0
    while start < shorter and left[start] == right[start]:
        start += 1
    if size != other:
        return left[start:] == right[start + 1 :] if size < other else left[start + 1 :] == right[start:]
    if left[start + 1 :] == right[start + 1 :]:
        return True
    swapped = left[start : start + 2] == right[start : start + 2][::-1]
    return swapped and left[start + 2 :] == right[start + 2 :]


def jaro(left: str, right: str) -> float:
    """Jaro's likeness of two texts, from 0 to 1: shared characters no further apart than half the longer text, and their order.

    Two empty texts are alike. Source: M. A. Jaro, JASA 84 (1989).

    >>> round(jaro("MARTHA", "MARHTA"), 4), jaro("", "A"), jaro("A", "B")
    (0.9444, 0.0, 0.0)
    """
    if not left or not right:
        return float(left == right)
    reach = max(max(len(left), len(right)) // 2 - 1, 0)
    mine, theirs = _shared(left, right, reach)
    if not mine:
        return 0.0
    shared = len(mine)
    swapped = sum(one != other for one, other in zip(mine, theirs, strict=True)) // 2
    return (shared / len(left) + shared / len(right) + (shared - swapped) / shared) / 3


def jaro_winkler(left: str, right: str) -> float:
    """Jaro's likeness, raised for a common beginning of up to four characters where it is above 0.7.

    Source: W. E. Winkler, 1990.

    >>> round(jaro_winkler("MARTHA", "MARHTA"), 4), round(jaro_winkler("DIXON", "DICKSONX"), 4)
    (0.9611, 0.8133)
    """
    likeness = jaro(left, right)
    if likeness <= _BOOST_FROM:
        return likeness
    common = 0
    for one, other in zip(left[:_PREFIX], right[:_PREFIX], strict=False):
        if one != other:
            break
        common += 1
    return likeness + common * _WEIGHT * (1 - likeness)


def _shared(left: str, right: str, reach: int) -> tuple[list[str], list[str]]:
    """The shared characters in the order of either text; each is shared once."""
    free = [True] * len(right)
    mine: list[str] = []
    for at, char in enumerate(left):
        for place in range(max(at - reach, 0), min(at + reach + 1, len(right))):
            if free[place] and right[place] == char:
                free[place] = False
                mine.append(char)
                break
    return mine, [char for place, char in enumerate(right) if not free[place]]
