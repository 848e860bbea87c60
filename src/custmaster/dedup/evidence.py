"""What two customers say together: the verdict between them and its evidence, a signed key without any value.

`+NAME+IDNO-TYPE` reads: the names agree, the document numbers agree, the types of document do not. `~` stands for what may be the
same. A field without a sign was missing on one side. TYPE includes the 重号 flag.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from custmaster.dedup.codes import RANK, Verdict
from custmaster.dedup.compare import Level, best
from custmaster.dedup.keys import Keyed
from custmaster.dedup.papers import Paper, Tie, tie
from custmaster.dedup.tables import Table

__all__ = ["NOTHING", "Finding", "compare", "strongest"]

_SIGNS: Final[Mapping[Tie, Level]] = {
    Tie.SAME: Level.AGREE,
    Tie.ONE_FLAGGED: Level.AGREE,
    Tie.OTHER_FAMILY: Level.AGREE,
    Tie.UPGRADE: Level.NEAR,
    Tie.ORGANISATION: Level.NEAR,
    Tie.SPELLING: Level.NEAR,
    Tie.SERIES: Level.NEAR,
    Tie.APART: Level.DIFFER,
}
_ONE_TYPE: Final = str(Level.AGREE)
_OTHER_TYPE: Final = str(Level.DIFFER)


class Finding(NamedTuple):
    """The verdict between two customers that both stand open, and what it rests on."""

    verdict: Verdict
    evidence: str


NOTHING: Final = Finding(Verdict.NEW, "")


def compare(left: Keyed, right: Keyed, table: Table) -> Finding:
    """The strongest verdict that the table gives for two customers of its kind; which of the two comes first does not matter.

    A person and a unit never match, whatever they share.

    >>> from custmaster.customer.entry import Entry
    >>> from custmaster.dedup.keys import keyed
    >>> from custmaster.dedup.tables import PERSON
    >>> from custmaster.value.name import Name
    >>> from custmaster.value.phone import Phone
    >>> one, other = (Entry(name=Name(name), phones=(Phone("13800001234"),)) for name in ("王伟", "王 伟"))
    >>> compare(keyed(one), keyed(other), PERSON)
    Finding(verdict=<Verdict.SUSPECT: 'SUSPECT'>, evidence='+NAME+MOBILE')
    """
    mine, theirs = left.side, right.side
    if mine.kind is not theirs.kind or (table.needs_shared_key and mine.index.isdisjoint(theirs.index)):
        return NOTHING
    said: list[str] = [table.names(left, right)]
    said += [best(one.likeness, one.values(left), one.values(right)) for one in table.comparisons]
    tied = [_tied(one, other) for one in mine.papers for other in theirs.papers]
    return _judge(table, ",".join(said), ",".join(tied if len(tied) == 1 else sorted(set(tied))))


@lru_cache(maxsize=4096)
def _judge(table: Table, said: str, tied: str) -> Finding:
    """What follows from the signs alone: the level of the names and of each comparison, and each tie with the sign of the types.

    Texts, because they are looked up for every candidate, and an enumeration takes its time to hash.
    """
    name, *others = (Level(sign) for sign in said.split(","))
    levels = {one.field: level for one, level in zip(table.comparisons, others, strict=True)}
    ties = [(Tie(one[:-1]), Level(one[-1])) for one in tied.split(",") if one]
    row = {kind: table.documents[kind][name] for kind, _ in ties}
    suspected = any(rule.holds(name, levels, frozenset(row)) for rule in table.suspicions)
    verdict = strongest((*row.values(), Verdict.SUSPECT if suspected else Verdict.NEW))
    return Finding(verdict, _signed(name, _sign_of_documents(ties, row), levels))


def strongest(verdicts: Iterable[Verdict]) -> Verdict:
    """The first of the verdicts in their order; NEW when there are none.

    >>> strongest([Verdict.SUSPECT, Verdict.CONFLICT_NAME])
    <Verdict.CONFLICT_NAME: 'CONFLICT_NAME'>
    """
    return min(verdicts, key=RANK.__getitem__, default=Verdict.NEW)


def _sign_of_documents(ties: list[tuple[Tie, Level]], row: Mapping[Tie, Verdict]) -> str:
    """Number and type of the pair of documents that says most; of several the one of one type."""
    if not ties:
        return ""
    order = list(Tie)
    kind, types = min(ties, key=lambda one: (RANK[row[one[0]]], order.index(one[0]), one[1] is not Level.AGREE))
    return f"{_SIGNS[kind]}IDNO{types}TYPE"


def _tied(one: Paper, other: Paper) -> str:
    """The tie of two documents and, as one sign, whether their types agree."""
    left, right = one.document, other.document
    same = left.type is right.type and left.duplicate is right.duplicate
    return tie(one, other) + (_ONE_TYPE if same else _OTHER_TYPE)


def _signed(name: Level, documents: str, levels: Mapping[str, Level]) -> str:
    said = "".join(f"{level}{field}" for field, level in levels.items() if level is not Level.MISSING)
    return (f"{name}NAME" if name is not Level.MISSING else "") + documents + said
