"""Which rows are one, by the links between them and never against a negative row: plain components, but where links contradict.

A tangle in which a negative row keeps two apart is clustered by names and with care (`custmaster.dedup.clusters`): the shortest chain of
links between the two joins nothing, and is a conflict for a steward. All other rows, nearly all, are joined as plain numbers.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from attrs import frozen

from custmaster.batch.judging import Apart, Found
from custmaster.dedup.clusters import Clusterings, Clusters, Conflict, clusterings
from custmaster.dedup.codes import Link
from custmaster.dedup.components import components_of
from custmaster.dedup.evidence import link_of
from custmaster.dedup.links import Edge, Fixed, FixedBy, FixedPairs, in_order

__all__ = [
    "Joined",
    "conflicts_of",
    "edge_of",
    "joined_of",
    "leaders_of",
    "linked_rows",
    "loose_of",
    "parts_of",
    "tied",
    "vetoes_of",
]

Name = Callable[[int], str]


@frozen(kw_only=True)
class Joined:
    """For each row the least row that it is one with, by AUTOMATIC links and by REVIEW links as well, and what contradicts itself.

    `vetoes` are the pairs that a negative row keeps apart, `conflicts` the chains that would have joined such a pair, `loose` the records of
    tangles that were too large to be looked into: nothing was joined there.
    """

    automatic: array[int]
    review: array[int]
    vetoes: tuple[Fixed, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    loose: frozenset[str] = frozenset()


def edge_of(found: Found, name: Name) -> Edge:
    """A pair by the names of its rows."""
    left, right, finding = found
    return Edge(name(left), name(right), link_of(finding), finding.verdict, finding.evidence, finding.row)


def joined_of(found: Iterable[Found], links: Collection[Link], rows: int) -> array[int]:
    """For each row the least of those that the pairs with one of the links join it to."""
    pairs = [row for row in found if link_of(row[2]) in links]
    return components_of(array("q", [row[0] for row in pairs]), array("q", [row[1] for row in pairs]), rows)


def leaders_of(parent: array[int], records: Sequence[str], linked: Sequence[int]) -> array[int]:
    """For each row that one of its cluster whose key is the least, itself where it stands alone; `parent` has the least row of each cluster.

    Rows that are not `linked` stand alone.

    >>> leaders_of(array("i", [0, 1, 0]), ["7", "5", "3"], [0, 2])
    array('i', [2, 1, 2])
    """
    leaders, least = parent[:], dict[int, int]()
    joined = [row for row in linked if parent[row] != row]
    for row in joined:
        root = parent[row]
        if records[row] < records[least.setdefault(root, root)]:
            least[root] = row
    for row in joined:
        leaders[row] = least[parent[row]]
    for root, row in least.items():
        leaders[root] = row
    return leaders


def parts_of(parent: array[int], linked: Sequence[int]) -> int:
    """How many clusters there are: the rows that are the least of theirs; a row that is not `linked` stands alone."""
    return len(parent) - sum([parent[row] != row for row in linked])


def linked_rows(found: Iterable[Found]) -> array[int]:
    """The rows that have a link, in order."""
    return array("q", sorted({row for one in found for row in one[:2]}))


def vetoes_of(apart: Iterable[Apart], name: Name) -> tuple[Fixed, ...]:
    """The pairs that a negative row keeps apart, by their names and in order."""
    return tuple(sorted(Fixed(*in_order(name(one), name(other)), FixedBy.VETO, row) for one, other, row in apart))


def conflicts_of(made: Clusterings) -> tuple[Conflict, ...]:
    """The conflicts of both clusterings, each once."""
    return tuple(dict.fromkeys((*made.automatic.conflicts, *made.review.conflicts)))


def loose_of(made: Clusterings) -> frozenset[str]:
    """The records among which the search for conflicts was given up."""
    return frozenset(record for some in (*made.automatic.given_up, *made.review.given_up) for record in some)


def tied(found: Sequence[Found], apart: Sequence[Apart], large: Collection[int], name: Name, rows: int) -> Joined:
    """What is one, of so many rows; `large` has a row of each tangle that is too large. The names tell rows apart, not their order."""
    automatic = joined_of(found, (Link.AUTOMATIC,), rows)
    review = joined_of(found, (Link.AUTOMATIC, Link.REVIEW), rows)
    if not apart and not large:
        return Joined(automatic=automatic, review=review)
    lost = {review[row] for row in large}
    torn = lost.union(review[one] for one, _, _ in apart)
    members = sorted({row for one in found for row in one[:2] if review[row] in torn})
    loose = {name(row) for row in members if review[row] in lost}
    edges = [edge_of(one, name) for one in found if review[one[0]] in torn and review[one[0]] not in lost]
    vetoes, row_of = vetoes_of(apart, name), {name(row): row for row in members}
    made = clusterings(edges, records=row_of, fixed=FixedPairs(cannot=vetoes))
    _regroup(automatic, made.automatic, row_of)
    _regroup(review, made.review, row_of)
    return Joined(
        automatic=automatic,
        review=review,
        vetoes=vetoes,
        conflicts=conflicts_of(made),
        loose=loose_of(made).union(loose),
    )


def _regroup(parent: array[int], clusters: Clusters, row_of: Mapping[str, int]) -> None:
    """Under each of the rows the least of its cluster."""
    least: dict[str, int] = {}
    for record, row in sorted(row_of.items(), key=lambda one: one[1]):
        parent[row] = least.setdefault(clusters.id_of(record), row)
