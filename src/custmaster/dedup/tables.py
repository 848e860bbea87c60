"""The verdict tables: what a tie of documents and the names say together, and which other agreements make a suspect.

One table for each kind of customer; the two kinds never match. Another data set takes another table (`evolve` one of these),
not other code. Source: requirements.md B6, B8.9, B8.10; each row names its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import product
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from custmaster.dedup.codes import RANK, Verdict
from custmaster.dedup.compare import Level, Likeness, best, equal
from custmaster.dedup.keys import Side
from custmaster.dedup.names import names_level
from custmaster.dedup.papers import Tie
from custmaster.value.party import PartyKind

__all__ = [
    "DOCUMENT_VERDICTS",
    "PERSON",
    "TABLES",
    "UNIT",
    "Comparison",
    "Levels",
    "Points",
    "Suspicion",
    "Table",
    "Veto",
    "by_all_keys",
    "by_name",
]

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


Levels = Mapping[str, Level]
"""The level of each comparison, by its field."""


@frozen(kw_only=True)
class Comparison:
    """One field to compare: its sign in the evidence, where a side has its values, and how two of them compare."""

    field: str
    values: Callable[[Any], tuple[str, ...]]
    likeness: Likeness = equal

    def level(self, left: object, right: object) -> Level:
        """The best level between any two values of the two sides.

        >>> from custmaster.customer.entry import Entry
        >>> from custmaster.dedup.keys import keyed
        >>> Comparison(field="SEX", values=lambda one: one.sexes).level(keyed(Entry()).side, keyed(Entry()).side)
        <Level.MISSING: ''>
        """
        return best(self.likeness, self.values(left), self.values(right))


def _where(value: Mapping[str, tuple[Level, ...]]) -> Mapping[str, tuple[Level, ...]]:
    return MappingProxyType(dict(value))


@frozen(kw_only=True)
class Suspicion:
    """One row of what makes a suspect; all of it must hold.

    The names stand at one of these levels, every field of `agree` is equal, every field of `where` stands at one of the levels given
    for it, and where `ties` are given two documents are tied by one of them; `undocumented` asks that a side has no document to compare.
    `verdict` is what the row gives. `source` is the
    sentence of the requirements. What differs takes no suspicion away, but for the vetoes of the table.
    """

    name: str
    names: tuple[Level, ...] = tuple(Level)
    agree: tuple[str, ...] = ()
    where: Mapping[str, tuple[Level, ...]] = field(default=MappingProxyType({}), converter=_where)
    ties: tuple[Tie, ...] = ()
    undocumented: bool = False
    verdict: Verdict = Verdict.SUSPECT
    source: str

    def allows(self, field: str, level: Level) -> bool:
        """Whether the row may hold with this level of the field.

        >>> Suspicion(name="NAME_MOBILE", agree=("MOBILE",), source="B6").allows("MOBILE", Level.NEAR)
        False
        """
        return (field not in self.agree or level is Level.AGREE) and level in self.where.get(field, (level,))

    @property
    def asks(self) -> tuple[str, ...]:
        """The fields on which the row hangs."""
        return (*self.agree, *self.where)

    def holds(self, name: Level, levels: Levels, ties: frozenset[Tie]) -> bool:
        """Whether the row applies.

        >>> row = Suspicion(name="NAME_MOBILE", names=(Level.AGREE,), agree=("MOBILE",), source="B6")
        >>> row.holds(Level.AGREE, {"MOBILE": Level.AGREE}, frozenset())
        True
        """
        return self.may_hold(name, levels, ties) and all(one in levels for one in self.asks)

    def may_hold(self, name: Level, levels: Levels, ties: frozenset[Tie]) -> bool:
        """Whether nothing that is told keeps the row from applying; a field without a level keeps nothing.

        >>> row = Suspicion(name="NAME_MOBILE", names=(Level.AGREE,), agree=("MOBILE",), source="B6")
        >>> row.may_hold(Level.AGREE, {}, frozenset()), row.holds(Level.AGREE, {}, frozenset())
        (True, False)
        """
        if name not in self.names or (self.ties and ties.isdisjoint(self.ties)) or (self.undocumented and ties):
            return False
        for one in self.agree:
            if levels.get(one, Level.AGREE) is not Level.AGREE:
                return False
        for one, allowed in self.where.items():  # noqa: SIM110 - of every row for every new set of signs
            if one in levels and levels[one] not in allowed:
                return False
        return True

    def lacks(self, name: Level, levels: Levels, ties: frozenset[Tie]) -> tuple[str, ...]:
        """What keeps the row from applying: NAME, TIE, or the fields, in the order of the row; a field without a level keeps it too.

        >>> row = Suspicion(name="NAME_MOBILE", names=(Level.AGREE,), agree=("MOBILE",), source="B6")
        >>> row.lacks(Level.AGREE, {"MOBILE": Level.DIFFER}, frozenset())
        ('MOBILE',)
        """
        lacking = [] if name in self.names else ["NAME"]
        if (self.ties and ties.isdisjoint(self.ties)) or (self.undocumented and ties):
            lacking.append("TIE")
        lacking += [one for one in self.agree if levels.get(one) is not Level.AGREE]
        return (*lacking, *[one for one, allowed in self.where.items() if levels.get(one) not in allowed])


@frozen(kw_only=True)
class Veto(Suspicion):
    """A negative row. Among `vetoes`: where it holds, no suspicion of the table counts; it never withdraws what two documents give.

    Among `apart`: it is asked only of two whom nothing links and who would be joined by way of others.
    """

    verdict: Verdict = field(default=Verdict.NEW, init=False)


def by_name(left: Side, right: Side) -> Level:
    """The level of the present names; where they do not agree, NEAR when a former name (曾用名) of either may be the other's."""
    level = names_level(left.name, right.name)
    if level in _ONE_NAME or not (left.former or right.former):
        return level
    pairs = ((one, other) for one in left.names for other in right.names)
    return Level.NEAR if any(names_level(one, other) in _ONE_NAME for one, other in pairs) else level


def by_all_keys(side: Side) -> tuple[str, ...]:
    """The keys that the counter looks up, broad ones too."""
    return side.texts


@frozen(kw_only=True)
class Points:
    """What each level of a comparison is worth, and from how many points a pair has a verdict; for data that no row decides.

    A level that is not listed is worth nothing. `least` goes from the strongest verdict to the weakest.
    """

    worth: Mapping[str, Mapping[Level, float]]
    least: Mapping[Verdict, float]

    def verdict(self, levels: Levels) -> Verdict:
        """The strongest verdict whose points are reached, else NEW.

        >>> points = Points(worth={"ZIP": {Level.AGREE: 2.5}}, least={Verdict.SUSPECT: 2})
        >>> points.verdict({"ZIP": Level.AGREE}), points.verdict({"ZIP": Level.DIFFER})
        (<Verdict.SUSPECT: 'SUSPECT'>, <Verdict.NEW: 'NEW'>)
        """
        total = sum(levels_worth.get(levels[field], 0) for field, levels_worth in self.worth.items())
        return next((verdict for verdict, least in self.least.items() if total >= least), Verdict.NEW)


@frozen(kw_only=True, eq=False)
class Table:
    """Everything that is compared for one kind of customer, and what follows from it; equal to itself alone.

    `comparisons` are made of every pair, those of `late` in their order and only while the verdict hangs on them: what takes long
    stands there. Of several suspicions that hold, the strongest counts, then the first. `keys` gives the texts of a side: in a whole
    stock, two sides are compared when they share one. `needs_shared_key` says that two customers without a key in common are NEW and
    need no comparing; a table with a looser comparison of names says False. `points` give a verdict beside the rows, and then no
    comparison may be late. Where `vetoes` or `apart` hold of two who hang together only by way of others, these are two.
    """

    documents: Mapping[Tie, Mapping[Level, Verdict]] = DOCUMENT_VERDICTS
    names: Callable[[Any, Any], Level] = by_name
    comparisons: tuple[Comparison, ...]
    late: tuple[Comparison, ...] = ()
    suspicions: tuple[Suspicion, ...]
    vetoes: tuple[Veto, ...] = ()
    apart: tuple[Veto, ...] = ()
    points: Points | None = None
    keys: Callable[[Any], tuple[str, ...]] = by_all_keys
    needs_shared_key: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of all comparisons, in the order in which they are made."""
        return tuple([one.field for one in (*self.comparisons, *self.late)])

    def suspected(
        self,
        name: Level,
        levels: Levels,
        ties: frozenset[Tie],
        *,
        untold: Collection[str] = (),
        above: Verdict = Verdict.NEW,
    ) -> Sequence[tuple[Verdict, str]]:
        """What the rows beside the documents may give, verdict and name of the row, for every level of the fields that are `untold`.

        Only rows whose verdict is stronger than `above` are looked at. NEW and no name stands for no row, or for one that a veto
        withdraws. With every field told there is one answer.

        >>> PERSON.suspected(Level.AGREE, dict.fromkeys(PERSON.fields, Level.AGREE), frozenset())
        ((<Verdict.SUSPECT: 'SUSPECT'>, 'NAME_BIRTH_SEX'),)
        """
        stronger = [row for row in self.suspicions if RANK[row.verdict] < RANK[above]]
        rows = [row for row in stronger if row.may_hold(name, levels, ties)]
        vetoes = [row for row in self.vetoes if row.may_hold(name, levels, ties)]
        if any(row.holds(name, levels, ties) for row in vetoes):
            return (_NOTHING,)
        if self.points is not None:
            by_points = self.points.verdict(levels)
            by_row = _strongest(rows, vetoes, name, levels, ties)
            return (by_row if RANK[by_row[0]] <= RANK[by_points] else (by_points, POINTS),)
        if not rows:
            return (_NOTHING,)
        asked = [one for one in untold if any(one in row.asks for row in (*rows, *vetoes))]
        told = product(*(_telling(one, (*rows, *vetoes)) for one in asked))
        cases = (dict(levels) | dict(zip(asked, case, strict=True)) for case in told)
        return tuple(dict.fromkeys(_strongest(rows, vetoes, name, case, ties) for case in cases))


POINTS: Final = "POINTS"
"""The name of the row that gave a verdict by points."""
_NOTHING: Final = (Verdict.NEW, "")


def _telling(field: str, rows: Sequence[Suspicion]) -> list[Level]:
    """One of each sort of levels of a field between which the rows make a difference."""
    sorts: dict[tuple[bool, ...], Level] = {}
    for level in Level:
        sorts.setdefault(tuple([row.allows(field, level) for row in rows]), level)
    return list(sorts.values())


def _strongest(
    rows: Sequence[Suspicion], vetoes: Sequence[Veto], name: Level, levels: Levels, ties: frozenset[Tie]
) -> tuple[Verdict, str]:
    found = [row for row in rows if row.holds(name, levels, ties)]
    if not found or any(row.holds(name, levels, ties) for row in vetoes):
        return _NOTHING
    row = min(found, key=lambda one: RANK[one.verdict])
    return row.verdict, row.name


BIRTH: Final = Comparison(field="BIRTH", values=attrgetter("births"))
SEX: Final = Comparison(field="SEX", values=attrgetter("sexes"))
MOBILE: Final = Comparison(field="MOBILE", values=attrgetter("mobiles"))

PERSON: Final = Table(
    comparisons=(BIRTH, SEX, MOBILE),
    suspicions=(
        Suspicion(
            name="NAME_BIRTH_SEX",
            names=_ONE_NAME,
            agree=("BIRTH", "SEX"),
            source="B6: same name+sex+birth date with different doc",
        ),
        Suspicion(name="NAME_MOBILE", names=_ONE_NAME, agree=("MOBILE",), source="B6: same name + mobile"),
        Suspicion(
            name="NAME_SERIES",
            names=_ONE_NAME,
            ties=(Tie.SERIES,),
            source="B8.10: old and new permanent-residence numbers",
        ),
    ),
)
"""A person: mobile, name and address alone never count (B6)."""

UNIT: Final = Table(
    comparisons=(BIRTH, MOBILE),
    suspicions=(Suspicion(name="NAME_MOBILE", names=_ONE_NAME, agree=("MOBILE",), source="B6: same name + mobile"),),
)
"""A unit; its birth date is its day of establishment, shown and of no weight."""

TABLES: Final[Mapping[PartyKind, Table]] = MappingProxyType({PartyKind.PERSON: PERSON, PartyKind.UNIT: UNIT})
"""The table of each kind of customer."""
