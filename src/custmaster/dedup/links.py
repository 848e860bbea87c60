"""What is known about pairs of records before they are joined: the links between them, and what is fixed about a pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from attrs import frozen

from custmaster.dedup.codes import RANK, Link, Verdict

__all__ = ["JOINING", "NOTHING_FIXED", "Edge", "Fixed", "FixedBy", "FixedPairs", "grade", "in_order", "strongest_edges"]


class Edge(NamedTuple):
    """What was found between two records: how they hang together, the verdict, its evidence and the row that gave it.

    Records are named by the host's keys. `score` is that of an outside matcher, else None. Nothing in it is personal data.
    """

    left: str
    right: str
    link: Link
    verdict: Verdict
    evidence: str = ""
    row: str = ""
    score: float | None = None


class FixedBy(StrEnum):
    """Who says what holds of a pair whatever was found: a steward's ruling, or a veto, a row of the tables that forbids."""

    RULING = "RULING"
    VETO = "VETO"


class Fixed(NamedTuple):
    """A pair of records of which it is fixed that they are one, or that they are not; `name` is the veto's row, or who ruled."""

    left: str
    right: str
    by: FixedBy = FixedBy.RULING
    name: str = ""


@frozen(kw_only=True)
class FixedPairs:
    """All that is fixed on one day: pairs that must be one, pairs that must not, and pairs of which a steward is in doubt.

    A pair in doubt is never joined unattended, but stays a link for review.
    """

    must: tuple[Fixed, ...] = ()
    cannot: tuple[Fixed, ...] = ()
    doubted: frozenset[tuple[str, str]] = frozenset()


NOTHING_FIXED: Final = FixedPairs()
"""No steward has ruled and no table forbids."""

JOINING: Final = frozenset({Link.AUTOMATIC, Link.REVIEW})
"""The links that join; the others go to the worklist at most."""

_STRENGTH: Final[Mapping[Link, int]] = {link: place for place, link in enumerate(Link)}
_RANK: Final[Mapping[Verdict, int]] = {**RANK, Verdict.UNDECIDABLE: len(RANK)}


def in_order(left: str, right: str) -> tuple[str, str]:
    """The two names, the lesser text first: the name of a pair.

    >>> in_order("b", "a")
    ('a', 'b')
    """
    return (left, right) if left <= right else (right, left)


def strongest_edges(edges: Iterable[Edge]) -> dict[tuple[str, str], Edge]:
    """Each pair with its strongest edge, whatever the order in which they come; a record's edge to itself is left out.

    >>> weak = Edge("b", "a", Link.REVIEW, Verdict.SUSPECT)
    >>> strong = Edge("a", "b", Link.AUTOMATIC, Verdict.EXISTS)
    >>> list(strongest_edges([weak, strong]).values()) == [strong]
    True
    """
    found: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        pair = in_order(edge.left, edge.right)
        held = found.setdefault(pair, edge)
        if held is not edge and _strength(edge) < _strength(held):
            found[pair] = edge
    return {pair: edge for pair, edge in found.items() if pair[0] != pair[1]}


def grade(edge: Edge) -> tuple[int, int]:
    """How strong an edge is by its link and verdict, the strongest least.

    >>> grade(Edge("a", "b", Link.AUTOMATIC, Verdict.EXISTS)) < grade(Edge("a", "b", Link.REVIEW, Verdict.SUSPECT))
    True
    """
    return _STRENGTH[edge.link], _RANK[edge.verdict]


def _strength(edge: Edge) -> tuple[object, ...]:
    return grade(edge), -(edge.score or 0.0), edge.evidence, edge.row, edge.left
