"""A name made ready for comparing: what decides, what only hints, and whether a character of it cannot be read.

Only equal exact keys of two undamaged names are the same name. Equal variant keys, a damaged character that may stand for the
other name's, and of units a name that differs in its legal form alone are no more than a suspicion. The existence check and screening
judge names alike by this. Source: requirements.md B4, B8.10.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from custmaster.value import fold
from custmaster.value._chars import DAMAGE, character_class
from custmaster.value.name import Name
from custmaster.value.party import PartyKind

__all__ = ["DAMAGED", "LEGAL_FORMS", "Called", "called", "may_be_one"]

LEGAL_FORMS: Final = ("股份有限公司", "有限责任公司", "有限公司")
"""Endings of a unit's name that are set aside for suspicion only: with another ending it is another registered name."""

# No name is so long that two of them cannot be laid side by side; a longer one is compared as a whole.
_LONGEST: Final = 100
DAMAGED: Final = "\ufffc"
"""The one sign that stands in `Called.loose` for each character that cannot be read."""

# Looked up once: the member of an enumeration takes its time to reach.
_MARK: Final = fold.Mark.DAMAGED
_UNIT: Final = PartyKind.UNIT


class Called:
    """A name made ready for comparing; shows nothing of it.

    `exact` decides; `loose` is the variant key, of a unit without its legal form, with every damaged character as one sign;
    `damaged` says whether a character cannot be read.
    """

    __slots__ = ("damaged", "exact", "loose")

    def __init__(self, exact: str, loose: str, *, damaged: bool) -> None:
        self.exact: Final = exact
        self.loose: Final = loose
        self.damaged: Final = damaged


def called(name: Name | None, kind: PartyKind) -> Called | None:
    """The name made ready; None when it is missing, a placeholder (占位), or nothing of it can be read.

    >>> called(Name("张 偉"), PartyKind.PERSON).loose, called(Name("不详"), PartyKind.PERSON)
    ('张伟', None)
    """
    if name is None:
        return None
    exact, loose = name.exact, name.variant
    if not exact or name.is_filler:
        return None
    damaged = not name.is_plain and _MARK in fold.marks(exact)
    if damaged:
        loose = _damage().sub(DAMAGED, loose)
        if not loose.strip(DAMAGED):
            return None
    if kind is _UNIT:
        loose = _without_legal_form(loose)
    return Called(exact, loose, damaged=damaged)


def may_be_one(left: str, right: str) -> bool:
    r"""Whether two loose names may be one when a run of damaged signs stands for as many characters or fewer, but for one.

    (A system that could not store one character left one sign of it, or one for each of its bytes.) At least one character
    must be readable on both sides and equal.

    >>> may_be_one("王\ufffc\ufffc", "王伟"), may_be_one("王\ufffc", "王小明"), may_be_one("\ufffc伟", "王\ufffc")
    (True, False, False)
    """
    if left == right:
        return True
    if max(len(left), len(right)) > _LONGEST:
        return False
    # reached[j]: (the two beginnings can be laid side by side, and with a character that is readable and equal on both)
    reached = _first_line(right)
    for row, char in enumerate(left):
        repeats = row > 0 and char == DAMAGED == left[row - 1]
        line: list[_Cell] = [(False, False)]
        for column, other in enumerate(right):
            again = column > 0 and other == DAMAGED == right[column - 1]
            line.append(_step((reached[column], reached[column + 1], line[column]), (char, other), (repeats, again)))
        reached = line
    return all(reached[-1])


_Cell = tuple[bool, bool]


def _first_line(right: str) -> list[_Cell]:
    return [(True, False)] + [(False, False)] * len(right)


def _step(cells: tuple[_Cell, _Cell, _Cell], chars: tuple[str, str], repeats: tuple[bool, bool]) -> _Cell:
    """One cell from those aslant, above (a character of the left name alone) and before it."""
    aslant, above, before = cells
    sound = chars[0] == chars[1] != DAMAGED
    fits = sound or DAMAGED in chars
    ways = [(aslant[0] and fits, aslant[1] or (aslant[0] and sound))]
    ways += [cell for cell, repeated in zip((above, before), repeats, strict=True) if repeated]
    possible = [way for way in ways if way[0]]
    return bool(possible), any(known for _, known in possible)


def _without_legal_form(name: str) -> str:
    for form in LEGAL_FORMS:
        if name.endswith(form) and len(name) > len(form):
            return name.removesuffix(form)
    return name


@cache
def _damage() -> re.Pattern[str]:
    return re.compile(f"[{character_class(DAMAGE)}]")
