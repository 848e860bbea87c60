"""Clusters: which records are one customer, by links, by what is fixed, and never against it.

Two clusterings are made of the same links: the automatic one, which alone may be merged unattended, and the one for review. Both are the
same whatever the order of the links; a record more changes no cluster but those that it joins; and where links contradict what is fixed
(A=B, B=C, A!=C), the shortest chain of them is a conflict for a steward and joins nothing. Source: R-54; requirements.md B6.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from custmaster.dedup._cluster_names import names_of
from custmaster.dedup._cluster_stock import Stock
from custmaster.dedup.codes import Link
from custmaster.dedup.components import components, components_of
from custmaster.dedup.joining import join
from custmaster.dedup.links import (
    JOINING,
    NOTHING_FIXED,
    Edge,
    Fixed,
    FixedBy,
    FixedPairs,
    in_order,
    strongest_edges,
)

__all__ = [
    "FIRST_RUN",
    "Cluster",
    "Clusterings",
    "Clusters",
    "Conflict",
    "Edge",
    "Fixed",
    "FixedBy",
    "FixedPairs",
    "Known",
    "Precedence",
    "cluster",
    "clusterings",
    "components",
    "components_of",
]

Precedence = Callable[[str], Any]
"""What to sort records by: of a cluster, the first is the one that it is named after; ties fall to the lesser key of the record."""

_BY_KEY: Final[Precedence] = str
_NONE: Final[Mapping[str, str]] = {}


@frozen(kw_only=True)
class Cluster:
    """Records that are one customer, in their order of precedence, under a name that stays from run to run."""

    id: str
    members: tuple[str, ...]


@frozen(kw_only=True)
class Conflict:
    """A minimal conflict set: the shortest chain of links between two records that must not be one, and what forbids it.

    `links` lead from one of the two to the other; each of them joined nothing. `musts` are the rulings by which the chain passes from
    the end of one link to the beginning of the next. A steward who breaks one link, or lifts what forbids, has settled this one.
    """

    forbidden: Fixed
    links: tuple[Edge, ...]
    musts: tuple[Fixed, ...] = ()


@frozen(kw_only=True)
class Clusters:
    """One clustering: all records that were named, in clusters of one or more, sorted by their first members.

    `withdrawn` are the links that joined nothing because of `conflicts`, `settled` those that a ruling on the same two had answered.
    `overruled` are vetoes against what a steward has ruled to be one. `given_up` names the clusters, or parts of one, in which the search for
    conflicts was stopped at its limit: no link joined anything there, so that nothing forbidden was joined.
    """

    clusters: tuple[Cluster, ...]
    conflicts: tuple[Conflict, ...] = ()
    withdrawn: tuple[Edge, ...] = ()
    settled: tuple[Edge, ...] = ()
    overruled: tuple[Fixed, ...] = ()
    given_up: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def by_record(self) -> Mapping[str, str]:
        """For each record the id of its cluster; what the next run takes as known."""
        return {member: one.id for one in self.clusters for member in one.members}

    @property
    def joined(self) -> tuple[Cluster, ...]:
        """The clusters of two and more."""
        return tuple(one for one in self.clusters if len(one.members) > 1)

    def id_of(self, record: str) -> str:
        """The id of the record's cluster: its own key, where nothing was said of it."""
        return self.by_record.get(record, record)


@frozen(kw_only=True)
class Known:
    """The clusters of the last run, so that they keep their names: for each record the id of its cluster, in both clusterings."""

    automatic: Mapping[str, str] = _NONE
    review: Mapping[str, str] = _NONE


FIRST_RUN: Final = Known()
"""There was no run before."""


@frozen(kw_only=True)
class Clusterings:
    """Both clusterings of one stock: `automatic` may be merged unattended, `review` is what a person may find to be one."""

    automatic: Clusters
    review: Clusters


def clusterings(
    edges: Iterable[Edge],
    *,
    records: Collection[str] | None = None,
    fixed: FixedPairs = NOTHING_FIXED,
    precedence: Precedence = _BY_KEY,
    known: Known = FIRST_RUN,
) -> Clusterings:
    """The automatic clusters, of AUTOMATIC links and rulings, and those for review, of REVIEW links as well.

    With `records` given, whatever names another record is passed over: a record that is gone joins nobody. (What a ruling says by way
    of such a record is kept by `Ledger.fixed`, which is given the same records.) Errors: as `cluster`.

    >>> from custmaster.dedup.codes import Verdict
    >>> edges = [Edge("a", "b", Link.AUTOMATIC, Verdict.EXISTS), Edge("b", "c", Link.REVIEW, Verdict.SUSPECT)]
    >>> both = clusterings(edges)
    >>> [one.members for one in both.automatic.joined], [one.members for one in both.review.joined]
    ([('a', 'b')], [('a', 'b', 'c')])
    """
    present = (
        list(edges) if records is None else [edge for edge in edges if edge.left in records and edge.right in records]
    )
    sure = [e for e in present if e.link is Link.AUTOMATIC and in_order(e.left, e.right) not in fixed.doubted]
    cannot, must = (
        pairs if records is None else [one for one in pairs if one.left in records and one.right in records]
        for pairs in (fixed.cannot, fixed.must)
    )
    made = [
        cluster(
            links,
            cannot=cannot,
            must=must,
            precedence=precedence,
            known=before if records is None else {one: name for one, name in before.items() if one in records},
        )
        for links, before in ((sure, known.automatic), (present, known.review))
    ]
    return Clusterings(automatic=made[0], review=made[1])


def cluster(
    edges: Iterable[Edge],
    *,
    cannot: Iterable[Fixed] = (),
    must: Iterable[Fixed] = (),
    precedence: Precedence = _BY_KEY,
    known: Mapping[str, str] = _NONE,
) -> Clusters:
    """The clusters that the links and the `must` pairs make, none of which holds a `cannot` pair.

    Every AUTOMATIC and REVIEW edge that is handed over may join; CONFLICT and NONE join nothing. Rulings outrank vetoes. Errors:
    CustmasterError for rulings that contradict each other: a Ledger takes none such.

    >>> from custmaster.dedup.codes import Verdict
    >>> edges = [Edge(one, other, Link.AUTOMATIC, Verdict.EXISTS) for one, other in ("ab", "bc", "cd")]
    >>> made = cluster(edges, cannot=[Fixed("c", "a")])
    >>> [one.members for one in made.clusters], [link.left + link.right for link in made.conflicts[0].links]
    ([('a',), ('b',), ('c', 'd')], ['ab', 'bc'])
    """
    joining = [edge for edge in strongest_edges(edges).values() if edge.link in JOINING]
    firm, barred = sorted(set(must)), sorted(set(cannot))
    named = {record for pairs in (joining, firm, barred) for pair in pairs for record in pair[:2]}.union(known)
    stock = Stock(sorted(named, key=lambda record: (precedence(record), record)), firm)
    bars, overruled = stock.bars(barred)
    links, settled = stock.sift(joining, bars)
    joined = join(stock.groups, [stock.pair(edge) for edge in links], list(bars))
    return Clusters(
        clusters=_clusters(stock.members(joined.roots), known),
        conflicts=tuple(
            [
                Conflict(forbidden=bar, links=chain, musts=musts)
                for bar, chain, musts in stock.conflicts(links, bars, joined)
            ]
        ),
        withdrawn=tuple([links[place] for place in sorted(joined.withdrawn)]),
        settled=settled,
        overruled=overruled,
        given_up=stock.given_up(links, joined),
    )


def _clusters(groups: Sequence[tuple[str, ...]], known: Mapping[str, str]) -> tuple[Cluster, ...]:
    names = names_of(groups, known)
    return tuple([Cluster(id=name, members=members) for name, members in zip(names, groups, strict=True)])
