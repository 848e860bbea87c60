"""What is one, over plain rows: the least row stands for a cluster whatever the rows are called, and both clusterings have their say."""

from __future__ import annotations

import pytest

from custmaster.batch.joined import conflicts_of, loose_of, tied
from custmaster.batch.judging import Found
from custmaster.dedup.clusters import Clusterings, Clusters, Conflict
from custmaster.dedup.codes import Verdict
from custmaster.dedup.evidence import Finding
from custmaster.dedup.joining import join
from custmaster.dedup.links import Fixed, FixedBy

EXISTS = Finding(Verdict.EXISTS, "+NAME+IDNO+TYPE", "SAME/AGREE")
SUSPECT = Finding(Verdict.SUSPECT, "+NAME+MOBILE", "NAME_MOBILE")
CONFLICT = Finding(Verdict.CONFLICT_NAME, "-NAME+IDNO+TYPE", "SAME/DIFFER")


def backwards(row: int) -> str:
    return f"k{9 - row}"


def test_the_least_row_stands_for_a_cluster_though_its_name_is_the_greatest() -> None:
    found: list[Found] = [(1, 2, EXISTS), (2, 3, SUSPECT), (5, 6, SUSPECT), (6, 7, CONFLICT)]
    made = tied(found, [(1, 3, "NO")], (), backwards, 8)
    assert made.automatic.tolist() == [0, 1, 1, 3, 4, 5, 6, 7]
    assert made.review.tolist() == [0, 1, 2, 3, 4, 5, 5, 7]
    assert made.vetoes == (Fixed("k6", "k8", FixedBy.VETO, "NO"),)


def test_a_chain_that_contradicts_in_both_clusterings_is_told_once() -> None:
    made = tied([(1, 2, EXISTS), (2, 3, EXISTS)], [(1, 3, "NO")], (), backwards, 4)
    assert made.automatic.tolist() == made.review.tolist() == [0, 1, 2, 3]
    assert [[link[:2] for link in one.links] for one in made.conflicts] == [[("k7", "k6"), ("k8", "k7")]]


def test_what_either_clustering_says_is_told() -> None:
    bars = [Conflict(forbidden=Fixed("a", other, FixedBy.VETO, "NO"), links=()) for other in "bcd"]
    both = Clusterings(
        automatic=Clusters(clusters=(), conflicts=(bars[0], bars[1]), given_up=(("a", "b"),)),
        review=Clusters(clusters=(), conflicts=(bars[1], bars[2]), given_up=(("b", "c"), ("d",))),
    )
    assert conflicts_of(both) == tuple(bars)
    assert loose_of(both) == frozenset("abcd")


def test_a_tangle_that_is_too_large_and_one_that_contradicts_harm_no_other() -> None:
    found: list[Found] = [(0, 1, EXISTS), (2, 3, EXISTS), (3, 4, EXISTS), (5, 6, EXISTS), (6, 7, SUSPECT)]
    made = tied(found, [(2, 4, "NO")], [5], backwards, 8)
    assert made.automatic.tolist() == made.review.tolist() == [0, 0, 2, 3, 4, 5, 6, 7]
    assert made.loose == {backwards(row) for row in (5, 6, 7)}
    assert len(made.conflicts) == 1


def test_where_the_search_for_contradictions_is_given_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custmaster.dedup.clusters.join", lambda groups, links, bars: join(groups, links, bars, 1))
    made = tied([(1, 2, EXISTS), (2, 3, EXISTS), (5, 6, EXISTS)], [(1, 3, "NO")], [5], backwards, 7)
    assert made.loose == {backwards(row) for row in (1, 2, 3, 5, 6)}
    assert made.automatic.tolist() == made.review.tolist() == list(range(7))
