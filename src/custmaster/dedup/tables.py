"""The verdict tables: what a tie of documents and the names say together, and which other agreements make a suspect.

One table for each kind of customer; the two kinds never match. Another data set takes another table (`evolve` one of these),
not other code. Source: requirements.md B6, B8.9, B8.10; each row names its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.dedup.codes import Verdict
from custmaster.dedup.compare import Level, Likeness, best, equal
from custmaster.dedup.keys import Keyed
from custmaster.dedup.names import names_level
from custmaster.dedup.papers import Tie
from custmaster.value.party import PartyKind

__all__ = ["DOCUMENT_VERDICTS", "PERSON", "TABLES", "UNIT", "Comparison", "Suspicion", "Table", "by_name"]

_V = Verdict
_L = Level
_ONE_NAME: Final = (Level.AGREE, Level.NEAR)

DOCUMENT_VERDICTS: Final[Mapping[Tie, Mapping[Level, Verdict]]] = MappingProxyType(
    {
        # EXISTS needs an equal exact name (B8.9); a missing name is none, and the document is not new (B6)
        Tie.SAME: {
            _L.AGREE: _V.EXISTS,
            _L.NEAR: _V.CONFLICT_NAME,
            _L.DIFFER: _V.CONFLICT_NAME,
            _L.MISSING: _V.CONFLICT_NAME,
        },
        # 重号 is a part of the key (B3), so this is another document: another name may open (B6), any other name must be looked at
        Tie.ONE_FLAGGED: {_L.AGREE: _V.SUSPECT, _L.NEAR: _V.SUSPECT, _L.DIFFER: _V.NEW, _L.MISSING: _V.SUSPECT},
        # equal number outside the family, whatever the name (B8.9)
        Tie.OTHER_FAMILY: dict.fromkeys(Level, _V.SAME_NUMBER_OTHER_TYPE),
        # 15 and 18 digits with one name; the upgrade alone is no proof (B3), a variant name is a suspect at most (B8.10)
        Tie.UPGRADE: {_L.AGREE: _V.ID_UPGRADE, _L.NEAR: _V.SUSPECT, _L.DIFFER: _V.NEW, _L.MISSING: _V.NEW},
        # B6 names the pair a suspect whatever the name, B8.10 raises it for an equal one
        Tie.ORGANISATION: {
            _L.AGREE: _V.ID_UPGRADE,
            _L.NEAR: _V.SUSPECT,
            _L.DIFFER: _V.SUSPECT,
            _L.MISSING: _V.SUSPECT,
        },
        # a dash or bracket is no hygiene of entry (B3) and may be a part of the number: perhaps one document (B6), whatever the name
        Tie.SPELLING: dict.fromkeys(Level, _V.SUSPECT),
        # nothing connects the two numbers but the name: see the suspicions
        Tie.SERIES: dict.fromkeys(Level, _V.NEW),
        Tie.APART: dict.fromkeys(Level, _V.NEW),
    }
)
"""Total: for each tie of two documents and each level of the names the verdict between two customers that both stand open."""


@frozen(kw_only=True)
class Comparison:
    """One field to compare: its sign in the evidence, where its values stand, and how two of them compare."""

    field: str
    values: Callable[[Keyed], tuple[str, ...]]
    likeness: Likeness = equal

    def level(self, left: Keyed, right: Keyed) -> Level:
        """The best level between any two values.

        >>> from custmaster.customer.entry import Entry
        >>> from custmaster.dedup.keys import keyed
        >>> Comparison(field="SEX", values=lambda one: one.side.sexes).level(keyed(Entry()), keyed(Entry()))
        <Level.MISSING: ''>
        """
        return best(self.likeness, self.values(left), self.values(right))


@frozen(kw_only=True)
class Suspicion:
    """One row of what makes a suspect; all of it must hold.

    The names stand at one of these levels, every field of `agree` is equal, and where `tie` is given two documents are so tied.
    `source` is the sentence of the requirements. What differs takes no suspicion away.
    """

    names: tuple[Level, ...]
    agree: tuple[str, ...] = ()
    tie: Tie | None = None
    source: str

    def holds(self, name: Level, levels: Mapping[str, Level], ties: frozenset[Tie]) -> bool:
        """Whether the row applies.

        >>> row = Suspicion(names=(Level.AGREE,), agree=("MOBILE",), source="B6")
        >>> row.holds(Level.AGREE, {"MOBILE": Level.AGREE}, frozenset())
        True
        """
        return (
            name in self.names
            and (self.tie is None or self.tie in ties)
            and all(levels[field] is Level.AGREE for field in self.agree)
        )


def by_name(left: Keyed, right: Keyed) -> Level:
    """The level of the present names; where they do not agree, NEAR when a former name (曾用名) of either may be the other's."""
    mine, theirs = left.side, right.side
    level = names_level(mine.name, theirs.name)
    if level in _ONE_NAME or not (mine.former or theirs.former):
        return level
    pairs = ((one, other) for one in mine.names for other in theirs.names)
    return Level.NEAR if any(names_level(one, other) in _ONE_NAME for one, other in pairs) else level


@frozen(kw_only=True, eq=False)
class Table:
    """Everything that is compared for one kind of customer, and what follows from it; equal to itself alone.

    `needs_shared_key` says that two customers without a key in common are NEW and need no comparing; a table with a looser
    comparison of names says False.
    """

    documents: Mapping[Tie, Mapping[Level, Verdict]] = DOCUMENT_VERDICTS
    names: Callable[[Keyed, Keyed], Level] = by_name
    comparisons: tuple[Comparison, ...]
    suspicions: tuple[Suspicion, ...]
    needs_shared_key: bool = True


_BIRTH: Final = Comparison(field="BIRTH", values=attrgetter("side.births"))
_SEX: Final = Comparison(field="SEX", values=attrgetter("side.sexes"))
_MOBILE: Final = Comparison(field="MOBILE", values=attrgetter("side.mobiles"))

PERSON: Final = Table(
    comparisons=(_BIRTH, _SEX, _MOBILE),
    suspicions=(
        Suspicion(names=_ONE_NAME, agree=("BIRTH", "SEX"), source="B6: same name+sex+birth date with different doc"),
        Suspicion(names=_ONE_NAME, agree=("MOBILE",), source="B6: same name + mobile"),
        Suspicion(names=_ONE_NAME, tie=Tie.SERIES, source="B8.10: old and new permanent-residence numbers"),
    ),
)
"""A person: mobile, name and address alone never count (B6)."""

UNIT: Final = Table(
    comparisons=(_BIRTH, _MOBILE),
    suspicions=(Suspicion(names=_ONE_NAME, agree=("MOBILE",), source="B6: same name + mobile"),),
)
"""A unit; its birth date is its day of establishment, shown and of no weight."""

TABLES: Final[Mapping[PartyKind, Table]] = MappingProxyType({PartyKind.PERSON: PERSON, PartyKind.UNIT: UNIT})
"""The table of each kind of customer."""
