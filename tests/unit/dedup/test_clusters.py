"""Clusters keep to what is fixed, keep their names, and tell each contradiction as a minimal conflict set."""

from __future__ import annotations

from typing import Any

import pytest

from custmaster.dedup.clusters import (
    Clusters,
    Conflict,
    Edge,
    Fixed,
    FixedBy,
    FixedPairs,
    Known,
    cluster,
    clusterings,
)
from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.components import components
from custmaster.dedup.joining import Chain, join
from custmaster.errors import CustmasterError

RULED, VETOED = FixedBy.RULING, FixedBy.VETO


def sure(*pairs: str) -> list[Edge]:
    return [Edge(pair[0], pair[1], Link.AUTOMATIC, Verdict.EXISTS, "+NAME+IDNO+TYPE", "SAME/AGREE") for pair in pairs]


def perhaps(*pairs: str) -> list[Edge]:
    return [Edge(pair[0], pair[1], Link.REVIEW, Verdict.SUSPECT, "+NAME+MOBILE", "NAME_MOBILE") for pair in pairs]


def fixed(*pairs: str, by: FixedBy = RULED) -> list[Fixed]:
    return [Fixed(pair[0], pair[1], by) for pair in pairs]


def groups(made: Clusters) -> list[str]:
    return ["".join(one.members) for one in made.clusters]


def chains(made: Clusters) -> list[tuple[str, list[str]]]:
    return [
        (told.forbidden.left + told.forbidden.right, ["".join(link[:2]) for link in told.links])
        for told in made.conflicts
    ]


def test_nothing_makes_no_clusters() -> None:
    made = cluster([])
    assert made == Clusters(clusters=())
    assert made.id_of("a") == "a"


def test_links_join_and_the_first_member_names_the_cluster() -> None:
    made = cluster([*sure("ba", "cb"), *perhaps("ef")])
    assert [(one.id, one.members) for one in made.clusters] == [("a", ("a", "b", "c")), ("e", ("e", "f"))]
    assert made.by_record["c"] == made.id_of("b") == "a"
    assert made.joined == made.clusters


@pytest.mark.parametrize("link", [Link.CONFLICT, Link.NONE])
def test_what_is_no_link_joins_nothing(link: Link) -> None:
    assert cluster([Edge("a", "b", link, Verdict.CONFLICT_NAME)]).clusters == ()


def test_a_record_is_not_linked_with_itself() -> None:
    assert cluster(sure("aa")).clusters == ()


def test_of_two_edges_of_a_pair_the_strongest_counts() -> None:
    weak, strong = perhaps("ba")[0], sure("ab")[0]
    for edges in ([weak, strong], [strong, weak]):
        assert cluster(edges, cannot=fixed("ab", by=VETOED)).conflicts[0].links == (strong,)


def test_of_two_scores_of_a_pair_the_higher_counts() -> None:
    low, high = (Edge("a", "b", Link.REVIEW, Verdict.SUSPECT, "~SCORE", "X", score) for score in (0.91, 0.97))
    for edges in ([low, high], [high, low]):
        assert cluster(edges, cannot=fixed("ab", by=VETOED)).withdrawn == (high,)


def test_precedence_names_clusters_and_orders_members() -> None:
    opened = {"a": 2020, "b": 2012, "c": 2012}
    made = cluster(sure("ab", "ac"), precedence=opened.__getitem__)
    assert [(one.id, one.members) for one in made.clusters] == [("b", ("b", "c", "a"))]


def test_a_chain_between_two_that_must_not_be_one_joins_nothing_and_other_links_do() -> None:
    made = cluster(sure("ab", "bc", "cd", "ae"), cannot=fixed("ca"))
    assert groups(made) == ["ae", "b", "cd"]
    assert chains(made) == [("ca", ["ab", "bc"])]
    assert made.withdrawn == tuple(sure("ab", "bc"))
    assert made.conflicts[0] == Conflict(forbidden=Fixed("c", "a", RULED), links=tuple(sure("ab", "bc")))


def test_the_shortest_chain_is_told_and_of_two_the_first_by_its_records() -> None:
    made = cluster(sure("ax", "xz", "ay", "yz", "ap", "pq", "qz"), cannot=fixed("az"))
    assert chains(made) == [("az", ["ax", "xz"]), ("az", ["ay", "yz"]), ("az", ["ap", "pq", "qz"])]


def test_of_two_chains_that_share_a_link_the_first_by_its_records_is_broken() -> None:
    for edges in (sure("am", "mx", "my", "xz", "yz"), sure("yz", "xz", "my", "mx", "am")):
        made = cluster(edges, cannot=fixed("az"))
        assert (groups(made), chains(made)) == (["a", "myz", "x"], [("az", ["am", "mx", "xz"])])


def test_of_two_links_between_groups_the_first_by_its_records_is_broken() -> None:
    made = cluster(sure("bc", "ac", "cd"), must=fixed("ab"), cannot=fixed("ad", by=VETOED))
    assert (groups(made), chains(made)) == (["abc", "d"], [("ad", ["ac", "cd"])])


def test_all_bars_of_a_round_are_looked_at_before_a_link_is_taken_out() -> None:
    made = cluster(sure("ab", "bc", "bd"), cannot=fixed("ac", "ad"))
    assert chains(made) == [("ac", ["ab", "bc"]), ("ad", ["ab", "bd"])]
    assert groups(made) == ["a", "b", "c", "d"]


def test_what_a_steward_ruled_of_the_same_two_is_settled_and_no_conflict() -> None:
    made = cluster(sure("ab", "bc"), cannot=fixed("ba"))
    assert (groups(made), made.conflicts, made.settled) == (["a", "bc"], (), tuple(sure("ab")))


def test_a_ruling_settles_links_between_what_rulings_made_one() -> None:
    made = cluster(sure("bc"), must=fixed("ab"), cannot=fixed("ac"))
    assert (groups(made), made.conflicts, made.settled) == (["ab", "c"], (), tuple(sure("bc")))


def test_a_veto_against_the_link_of_its_own_two_is_a_conflict_of_one_link() -> None:
    made = cluster(sure("ab"), cannot=fixed("ab", by=VETOED))
    assert chains(made) == [("ab", ["ab"])]
    assert groups(made) == ["a", "b"]


def test_a_ruling_stands_before_a_veto_of_the_same_two() -> None:
    vetoed, ruled = fixed("ab", by=VETOED), fixed("ba")
    for cannot in ([*vetoed, *ruled], [*ruled, *vetoed], [*vetoed, *fixed("ab")]):
        made = cluster(sure("ab"), cannot=cannot)
        assert (made.conflicts, made.settled) == ((), tuple(sure("ab")))


def test_a_ruling_that_two_are_one_outranks_a_veto() -> None:
    made = cluster([], must=fixed("ab", "bc"), cannot=fixed("ac", by=VETOED))
    assert (groups(made), made.overruled, made.conflicts) == (["abc"], tuple(fixed("ac", by=VETOED)), ())


def test_rulings_that_contradict_each_other_were_not_added_to_a_ledger() -> None:
    with pytest.raises(CustmasterError, match="one ledger"):
        cluster([], must=fixed("ab", "bc"), cannot=fixed("ac"))


@pytest.mark.parametrize("bar", ["ag", "ga", "eg", "ge"])
def test_a_conflict_tells_the_rulings_by_which_its_chain_passes(bar: str) -> None:
    musts = fixed("ae", "eb", "cd", "fg")
    made = cluster(sure("bc", "df"), must=musts, cannot=fixed(bar))
    (told,) = made.conflicts
    assert sorted(told.links) == sure("bc", "df")
    between = ["ae", "eb"] if "a" in bar else ["eb"]
    assert sorted(one.left + one.right for one in told.musts) == sorted([*between, "cd", "fg"])
    assert groups(made) == ["abe", "cd", "fg"]


def test_a_chain_is_told_from_the_end_whose_group_stands_first() -> None:
    made = cluster(sure("ac", "bc"), must=fixed("az"), cannot=fixed("bz"))
    (told,) = made.conflicts
    assert told.links == tuple(sure("ac", "bc"))
    assert told.musts == tuple(fixed("az"))


def test_two_bars_between_the_same_groups_are_told_once_and_links_between_them_one_by_one() -> None:
    made = cluster(sure("ac", "bc"), must=fixed("ab"), cannot=fixed("bc", "ac", by=VETOED))
    assert chains(made) == [("ac", ["ac"]), ("ac", ["bc"])]
    assert groups(made) == ["ab", "c"]


def test_links_within_what_is_one_anyway_stand() -> None:
    made = cluster(sure("ab", "bc"), must=fixed("ab"), cannot=fixed("ac", by=VETOED))
    assert (groups(made), chains(made)) == (["ab", "c"], [("ac", ["bc"])])


def test_a_tangle_in_which_the_search_is_given_up_joins_nothing() -> None:
    star = [(0, one) for one in range(1, 100)]
    joined = join(components([], 102), [*star, (100, 101)], [(one, one + 1) for one in range(1, 99)], 500)
    assert joined.overrun == (0,)
    assert list(joined.roots) == [*range(101), 100]
    assert joined.withdrawn == frozenset(range(99))
    assert joined.chains[0] == Chain(0, (0, 1))


def test_a_search_that_ends_within_its_limit_is_not_given_up() -> None:
    joined = join(components([], 3), [(0, 1), (1, 2)], [(0, 2)], 3)
    assert (joined.overrun, list(joined.roots)) == ((), [0, 1, 2])
    assert join(components([], 3), [(0, 1), (1, 2)], [(0, 2)], 2).overrun == (0,)


def test_what_was_given_up_is_told_by_its_records(monkeypatch: pytest.MonkeyPatch) -> None:
    def hasty(*given: Any) -> Any:
        return join(*given, 1)

    monkeypatch.setattr("custmaster.dedup.clusters.join", hasty)
    made = cluster(sure("ab", "bc", "xy"), must=fixed("cd"), cannot=fixed("ac", by=VETOED))
    assert made.given_up == (("a", "b", "c", "d"),)
    assert groups(made) == ["a", "b", "cd", "xy"]


def test_a_clique_with_one_bar_ends_fast() -> None:
    links = [(one, other) for other in range(300) for one in range(other)]
    joined = join(components([], 300), links, [(0, 299)])
    assert len(joined.chains) == 299
    assert joined.overrun == ()


class TestNames:
    """A cluster keeps the name that it had."""

    def test_a_record_that_stands_earlier_renames_nothing(self) -> None:
        assert [one.id for one in cluster(sure("ab", "bc"), known={"b": "b", "c": "b"}).clusters] == ["b"]

    def test_of_two_clusters_that_become_one_the_first_by_its_members_keeps_its_name(self) -> None:
        known = {"b": "b", "c": "b", "e": "e", "f": "e", "g": "e"}
        made = cluster(sure("bc", "ef", "fg", "cg"), known=known)
        assert [one.id for one in made.clusters] == ["b"]

    def test_of_a_cluster_that_falls_apart_the_part_of_the_namesake_keeps_the_name(self) -> None:
        made = cluster(sure("bc", "cd"), known=dict.fromkeys("abcd", "a"))
        assert [(one.id, one.members) for one in made.clusters] == [("a", ("a",)), ("b", ("b", "c", "d"))]

    def test_without_the_namesake_the_largest_part_keeps_the_name_and_of_equals_the_first(self) -> None:
        large = cluster(sure("cd", "de"), known=dict.fromkeys("bcde", "a"))
        assert [(one.id, one.members) for one in large.clusters] == [("b", ("b",)), ("a", ("c", "d", "e"))]
        equal = cluster(sure("bc", "de"), known=dict.fromkeys("bcde", "a"))
        assert [one.id for one in equal.clusters] == ["a", "d"]

    def test_a_name_that_is_in_use_goes_to_nobody_else(self) -> None:
        made = cluster(sure("ax"), known={"b": "a", "c": "x", "d": "a~2"})
        assert [(one.id, one.members) for one in made.clusters] == [
            ("a~3", ("a", "x")),
            ("a", ("b",)),
            ("x", ("c",)),
            ("a~2", ("d",)),
        ]

    def test_the_next_member_names_a_cluster_whose_first_may_not(self) -> None:
        made = cluster(sure("ax"), known={"b": "a"})
        assert [one.id for one in made.clusters] == ["x", "a"]

    def test_a_namesake_that_was_elsewhere_claims_nothing(self) -> None:
        made = cluster(sure("ac"), known={"a": "z", "b": "a", "c": "a"})
        assert [(one.id, one.members) for one in made.clusters] == [("z", ("a", "c")), ("a", ("b",))]


class TestClusterings:
    """The automatic clusters and those for review."""

    def test_only_automatic_links_and_rulings_join_unattended(self) -> None:
        both = clusterings([*sure("ab"), *perhaps("bc")], fixed=FixedPairs(must=tuple(fixed("de"))))
        assert groups(both.automatic) == ["ab", "de"]
        assert groups(both.review) == ["abc", "de"]

    def test_a_link_in_doubt_is_for_review(self) -> None:
        both = clusterings(sure("ba", "cd"), fixed=FixedPairs(doubted=frozenset({("a", "b")})))
        assert groups(both.automatic) == ["cd"]
        assert groups(both.review) == ["ab", "cd"]

    def test_what_must_not_be_one_is_kept_apart_in_both(self) -> None:
        both = clusterings([*sure("ab"), *perhaps("bc")], fixed=FixedPairs(cannot=tuple(fixed("ac"))))
        assert chains(both.automatic) == []
        assert chains(both.review) == [("ac", ["ab", "bc"])]
        assert groups(both.automatic) == ["ab", "c"]

    def test_a_record_that_is_gone_joins_nobody_and_stands_nowhere(self) -> None:
        known = Known(automatic={"a": "a", "x": "x"}, review={"b": "b", "x": "x"})
        both = clusterings(sure("ab", "bx", "xc", "xd"), records={"a", "b", "c"}, known=known)
        assert groups(both.automatic) == groups(both.review) == ["ab"]

    def test_a_ruling_about_a_record_that_is_gone_joins_nobody_and_names_nothing(self) -> None:
        """The chain a=0, 0=c is kept by `Ledger.fixed`, which knows the day's records; here it is handed over as it stands."""
        both = clusterings(
            perhaps("ab"),
            records={"a", "b", "c"},
            fixed=FixedPairs(must=(*fixed("a0"), *fixed("0c")), cannot=(*fixed("0b"),)),
        )
        assert groups(both.review) == ["ab"]
        assert (both.review.by_record, both.review.conflicts) == ({"a": "a", "b": "a"}, ())

    def test_each_clustering_keeps_its_own_names(self) -> None:
        known = Known(automatic={"b": "b"}, review={"c": "c"})
        both = clusterings([*sure("ab"), *perhaps("bc")], known=known)
        assert [one.id for one in both.automatic.clusters] == ["b"]
        assert [one.id for one in both.review.clusters] == ["c"]
