"""What two customers say together: the verdict between them and its evidence, a signed key without any value.

`+NAME+IDNO-TYPE` reads: the names agree, the document numbers agree, the types of document do not. `~` stands for what may be the
same. A field without a sign was missing on one side, or was not compared since the verdict could not hang on it. TYPE includes the
重号 flag.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from custmaster.dedup.codes import RANK, Link, Verdict
from custmaster.dedup.comparable import Comparable
from custmaster.dedup.compare import Level, best
from custmaster.dedup.keys import Keyed
from custmaster.dedup.papers import Paper, Tie, tie
from custmaster.dedup.tables import Table

__all__ = ["NOTHING", "Finding", "compare", "forbidden", "judge", "link_of", "strongest"]

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
    """The verdict between two customers that both stand open, and what it rests on.

    `row` names the row of the table that gave the verdict: tie and level of the names, as `SAME/AGREE`, or the name of a suspicion;
    empty for NEW. `review` says that beside a CONFLICT_NAME a suspicion holds, whose name then follows in `row` after a `+`: one
    document, two names, and yet a reason to take the two for one.
    """

    verdict: Verdict
    evidence: str
    row: str = ""
    review: bool = False


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
    >>> found = compare(keyed(one), keyed(other), PERSON)
    >>> found.verdict, found.evidence, found.row
    (<Verdict.SUSPECT: 'SUSPECT'>, '+NAME+MOBILE', 'NAME_MOBILE')
    """
    return judge(left.side, right.side, table)


def judge(left: Comparable, right: Comparable, table: Table) -> Finding:
    """`compare` for two sides that were made ready elsewhere; the table's getters must fit them.

    >>> from custmaster.customer.entry import Entry
    >>> from custmaster.dedup.keys import keyed
    >>> from custmaster.dedup.tables import PERSON
    >>> judge(keyed(Entry()).side, keyed(Entry()).side, PERSON).verdict
    <Verdict.NEW: 'NEW'>
    """
    if left.kind is not right.kind or (table.needs_shared_key and left.index.isdisjoint(right.index)):
        return NOTHING
    said: list[str] = [table.names(left, right)]
    said += [best(one.likeness, one.values(left), one.values(right)) for one in table.comparisons]
    tied = [_tied(one, other) for one in left.papers for other in right.papers]
    ties = ",".join(tied if len(tied) == 1 else sorted(set(tied)))
    signs = ",".join(said)
    found = _judge(table, signs, ties)
    for one in table.late:
        if found is not None:
            break
        signs = f"{signs},{one.level(left, right)}"
        found = _judge(table, signs, ties)
    return found or NOTHING


def forbidden(left: Comparable, right: Comparable, table: Table) -> str:
    """The name of the negative row that says of two customers whom nothing links that they are two; empty when none does.

    Asked of two who hang together by way of others: `judge` says of two without a link only that nothing was found.

    >>> from custmaster.customer.entry import Entry
    >>> from custmaster.dedup.keys import keyed
    >>> from custmaster.dedup.stock_tables import STOCK_PERSON
    >>> from custmaster.value.sex import Sex
    >>> one, other = (keyed(Entry(sex=sex)).side for sex in (Sex.MALE, Sex.FEMALE))
    >>> forbidden(one, other, STOCK_PERSON)
    'OTHER_SEX'
    """
    rows = (*table.apart, *table.vetoes)
    asked = {field for row in rows for field in row.asks}
    levels = {one.field: one.level(left, right) for one in (*table.comparisons, *table.late) if one.field in asked}
    ties = frozenset(tie(one, other) for one in left.papers for other in right.papers)
    name = table.names(left, right)
    return next((row.name for row in rows if row.holds(name, levels, ties)), "")


def link_of(finding: Finding) -> Link:
    """How two customers of one stock hang together by what was found between them.

    >>> link_of(Finding(Verdict.EXISTS, "+NAME+IDNO+TYPE")), link_of(Finding(Verdict.CONFLICT_NAME, "-NAME+IDNO+TYPE"))
    (<Link.AUTOMATIC: 'AUTOMATIC'>, <Link.CONFLICT: 'CONFLICT'>)
    """
    return Link.REVIEW if finding.review else _LINKS[finding.verdict]


_LINKS: Final[Mapping[Verdict, Link]] = {
    Verdict.EXISTS: Link.AUTOMATIC,
    Verdict.EXISTS_VIA_ALIAS: Link.AUTOMATIC,
    Verdict.EXISTS_CLOSED: Link.AUTOMATIC,
    Verdict.CONFLICT_NAME: Link.CONFLICT,
    Verdict.SAME_NUMBER_OTHER_TYPE: Link.REVIEW,
    Verdict.ID_UPGRADE: Link.REVIEW,
    Verdict.SUSPECT: Link.REVIEW,
    Verdict.NEW: Link.NONE,
    Verdict.UNDECIDABLE: Link.NONE,
}


def strongest(verdicts: Iterable[Verdict]) -> Verdict:
    """The first of the verdicts in their order; NEW when there are none.

    >>> strongest([Verdict.SUSPECT, Verdict.CONFLICT_NAME])
    <Verdict.CONFLICT_NAME: 'CONFLICT_NAME'>
    """
    return min(verdicts, key=RANK.__getitem__, default=Verdict.NEW)


_Ties = Sequence[tuple[Tie, Level]]


@lru_cache(maxsize=16384)
def _judge(table: Table, said: str, tied: str) -> Finding | None:
    """What follows from the signs alone: the level of the names and of each comparison, and each tie with the sign of the types.

    None when the verdict still hangs on a comparison of `Table.late` that was not made. Texts, because they are looked up for
    every candidate, and an enumeration takes its time to hash.
    """
    name, *others = (Level(sign) for sign in said.split(","))
    ties = [(Tie(one[:-1]), Level(one[-1])) for one in tied.split(",") if one]
    known = dict(zip(table.fields, others, strict=False))
    by_paper = _of_papers(table, name, ties)
    kinds = frozenset(kind for kind, _ in ties)
    untold = table.fields[len(others) :]
    # Behind a conflict every row counts (`review`), behind anything else only a stronger one.
    above = Verdict.NEW if by_paper[0] is Verdict.CONFLICT_NAME else by_paper[0]
    ends = {_settled(by_paper, one) for one in table.suspected(name, known, kinds, untold=untold, above=above)}
    if len(ends) > 1:
        return None
    verdict, row, review = ends.pop()
    return Finding(verdict, _signed(name, _sign_of_documents(table, name, ties), known), row, review)


def _of_papers(table: Table, name: Level, ties: _Ties) -> tuple[Verdict, str]:
    """The strongest verdict of the documents and its row; of several ties the first."""
    kinds = {kind for kind, _ in ties}
    rows = [(table.documents[kind][name], f"{kind}/{name.name}") for kind in Tie if kind in kinds]
    verdict, row = min(rows, key=_rank, default=(Verdict.NEW, ""))
    return (verdict, row) if verdict is not Verdict.NEW else (verdict, "")


def _settled(by_paper: tuple[Verdict, str], suspected: tuple[Verdict, str]) -> tuple[Verdict, str, bool]:
    """Verdict, row and review of what the documents and what the other rows give."""
    verdict, row = by_paper
    other, suspicion = suspected
    if RANK[other] < RANK[verdict]:
        return other, suspicion, False
    review = verdict is Verdict.CONFLICT_NAME and other is not Verdict.NEW
    return verdict, f"{row}+{suspicion}" if review else row, review


def _rank(one: tuple[Verdict, str]) -> int:
    return RANK[one[0]]


def _sign_of_documents(table: Table, name: Level, ties: _Ties) -> str:
    """Number and type of the pair of documents that says most; of several the one of one type."""
    if not ties:
        return ""
    order = list(Tie)
    kind, types = min(
        ties, key=lambda one: (RANK[table.documents[one[0]][name]], order.index(one[0]), one[1] is not Level.AGREE)
    )
    return f"{_SIGNS[kind]}IDNO{types}TYPE"


def _tied(one: Paper, other: Paper) -> str:
    """The tie of two documents and, as one sign, whether their types agree."""
    same = one.type is other.type and one.duplicate is other.duplicate
    return tie(one, other) + (_ONE_TYPE if same else _OTHER_TYPE)


def _signed(name: Level, documents: str, levels: Mapping[str, Level]) -> str:
    said = "".join(f"{level}{field}" for field, level in levels.items() if level is not Level.MISSING)
    return (f"{name}NAME" if name is not Level.MISSING else "") + documents + said
