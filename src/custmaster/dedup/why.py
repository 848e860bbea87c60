"""Why a pair has its verdict, and why not another: every comparison, the row that fired, and the nearest row that did not.

No value of either customer stands in the answer, so it may be logged and sent to whoever asks.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from custmaster.dedup.codes import RANK, Link, Verdict
from custmaster.dedup.comparable import Comparable
from custmaster.dedup.compare import Level
from custmaster.dedup.evidence import Finding, judge, link_of
from custmaster.dedup.keys import Keyed
from custmaster.dedup.papers import Tie, tie
from custmaster.dedup.tables import Suspicion, Table

__all__ = ["Compared", "NearMiss", "Why", "why"]


@frozen(kw_only=True)
class Compared:
    """One comparison: its field, what came of it, and how the two texts were compared."""

    field: str
    level: Level
    likeness: str


@frozen(kw_only=True)
class NearMiss:
    """A row that did not count: the verdict that it would give, the fields that it lacks, and the vetoes that withdrew it."""

    row: str
    verdict: Verdict
    lacks: tuple[str, ...]
    vetoes: tuple[str, ...]


@frozen(kw_only=True)
class Why:
    """The whole account of one pair; holds no value of either side.

    `compared` begins with the names and tells every comparison of the table, also those that the verdict did not hang on. `ties` are
    those of the documents, strongest first. `rows` are all rows that hold and that no veto withdraws, strongest first; `vetoes` those that hold.
    `apart` are the negative rows that keep the two apart where they hang together by way of others, the one that clusters name first: those of
    `Table.apart`, then the vetoes; of two whom an AUTOMATIC link joins none is asked.
    `nearest` is the row beside them, not weaker than the verdict, that lacks least; None when there is none. `met` are the kinds of keys
    under which the two meet in a whole stock; without one they are never compared there.
    """

    finding: Finding
    link: Link
    compared: tuple[Compared, ...]
    ties: tuple[Tie, ...]
    rows: tuple[str, ...]
    vetoes: tuple[str, ...]
    apart: tuple[str, ...]
    nearest: NearMiss | None
    met: tuple[str, ...]


_NAMES: Final = "NAME"


def why(left: Keyed | Comparable, right: Keyed | Comparable, table: Table) -> Why:
    """The account of what the table says of two customers; which of the two comes first does not matter.

    >>> from custmaster.customer.entry import Entry
    >>> from custmaster.dedup.keys import keyed
    >>> from custmaster.dedup.tables import PERSON
    >>> from custmaster.value.name import Name
    >>> one, other = (keyed(Entry(name=Name(name))) for name in ("王伟", "王 伟"))
    >>> told = why(one, other, PERSON)
    >>> told.link, told.nearest.row, told.nearest.lacks
    (<Link.NONE: 'NONE'>, 'NAME_MOBILE', ('MOBILE',))
    """
    one, other = (given.side if isinstance(given, Keyed) else given for given in (left, right))
    finding = judge(one, other, table)
    if one.kind is not other.kind:
        return Why(
            finding=finding, link=Link.NONE, compared=(), ties=(), rows=(), vetoes=(), apart=(), nearest=None, met=()
        )
    name = table.names(one, other)
    made = [*table.comparisons, *table.late]
    levels = {each.field: each.level(one, other) for each in made}
    compared = [Compared(field=_NAMES, level=name, likeness=_called(table.names))]
    compared += [Compared(field=each.field, level=levels[each.field], likeness=_called(each.likeness)) for each in made]
    ties = frozenset(tie(paper, another) for paper in one.papers for another in other.papers)
    bars, vetoes = (
        tuple([row.name for row in some if row.holds(name, levels, ties)]) for some in (table.apart, table.vetoes)
    )
    held = [row for row in table.suspicions if row.holds(name, levels, ties)]
    missed = [(row, row.lacks(name, levels, ties)) for row in table.suspicions if row not in held or vetoes]
    return Why(
        finding=finding,
        link=link_of(finding),
        compared=tuple(compared),
        ties=tuple(kind for kind in Tie if kind in ties),
        rows=() if vetoes else tuple([row.name for row in sorted(held, key=_rank)]),
        vetoes=vetoes,
        apart=() if link_of(finding) is Link.AUTOMATIC else (*bars, *vetoes),
        nearest=_nearest(missed, finding, vetoes),
        met=tuple(sorted({text.partition(":")[0] for text in set(table.keys(one)) & set(table.keys(other))})),
    )


def _nearest(
    missed: list[tuple[Suspicion, tuple[str, ...]]], finding: Finding, vetoes: tuple[str, ...]
) -> NearMiss | None:
    weakest = RANK[Verdict.SUSPECT if finding.verdict is Verdict.CONFLICT_NAME else finding.verdict]
    rows = [(row, lacks) for row, lacks in missed if RANK[row.verdict] <= weakest]
    if not rows:
        return None
    row, lacks = min(rows, key=lambda one: len(one[1]))
    return NearMiss(row=row.name, verdict=row.verdict, lacks=lacks, vetoes=vetoes)


def _rank(row: Suspicion) -> int:
    return RANK[row.verdict]


def _called(likeness: object) -> str:
    return str(getattr(likeness, "__name__", type(likeness).__name__))
