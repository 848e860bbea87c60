"""Laws of clusters: no order matters, what must not be one never is, one record more moves nobody else, nothing is cut without need."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.dedup.clusters import Clusters, Edge, Fixed, FixedBy, Known, cluster, clusterings
from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.components import components, components_of
from custmaster.dedup.links import JOINING, in_order
from custmaster.dedup.steward import EMPTY_LEDGER, Ledger, RulingKind
from custmaster.dedup.worklist import ItemState, ItemType, Run, worklist
from custmaster.testing.strategies import edges, steward_ledgers, vetoes

DAY = date(2026, 1, 5)
VERDICT = Verdict.EXISTS
FINAL = (RulingKind.MUST_LINK, RulingKind.CANNOT_LINK)
LINKS = st.lists(edges(), max_size=14)
VETOES = st.lists(vetoes(), max_size=3)
PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60)


def reached(pairs: list[tuple[int, int]], n: int) -> list[int]:
    """The plainest way to say it: spread the least number until nothing moves."""
    least = list(range(n))
    for _ in range(n):
        for one, other in pairs:
            least[one] = least[other] = min(least[one], least[other])
    return least


@given(pairs=PAIRS, data=st.data())
def test_components_are_what_can_be_reached_in_whatever_order(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    roots = list(components(pairs, 31))
    assert roots == reached(pairs, 31)
    shuffled = [pair[::-1] for pair in data.draw(st.permutations(pairs))]
    assert list(components_of([a for a, _ in shuffled], [b for _, b in shuffled], 31)) == roots


@given(links=LINKS, ledger=steward_ledgers(), against=VETOES, data=st.data())
def test_the_order_of_links_and_of_what_is_fixed_does_not_matter(
    links: list[Edge], ledger: Ledger, against: list[Fixed], data: st.DataObject
) -> None:
    fixed = ledger.fixed(DAY)
    given_ = {"cannot": [*fixed.cannot, *against], "must": list(fixed.must)}
    made = cluster(links, **given_)
    turned = [
        edge._replace(left=edge.right, right=edge.left) if flip else edge
        for edge, flip in zip(
            links, data.draw(st.lists(st.booleans(), min_size=len(links), max_size=len(links))), strict=True
        )
    ]
    again = cluster(
        data.draw(st.permutations(turned)),
        cannot=data.draw(st.permutations(given_["cannot"])),
        must=data.draw(st.permutations(given_["must"])),
    )
    assert again.clusters == made.clusters
    assert [(one.forbidden, [in_order(e.left, e.right) for e in one.links], one.musts) for one in again.conflicts] == [
        (one.forbidden, [in_order(e.left, e.right) for e in one.links], one.musts) for one in made.conflicts
    ]


@settings(max_examples=300)
@given(links=LINKS, ledger=steward_ledgers(), against=VETOES)
def test_what_must_not_be_one_never_is_and_what_must_be_is(
    links: list[Edge], ledger: Ledger, against: list[Fixed]
) -> None:
    both = clusterings(links, fixed=ledger.fixed(DAY, vetoes=against))
    for made in (both.automatic, both.review):
        for one, other in combinations(sorted(made.by_record), 2):
            together = made.id_of(one) == made.id_of(other)
            match ledger.says(one, other):
                case RulingKind.MUST_LINK:
                    assert together
                case RulingKind.CANNOT_LINK:
                    assert not together
                case _:
                    pass
        overruled = {in_order(one.left, one.right) for one in made.overruled}
        for veto in against:
            if in_order(veto.left, veto.right) not in overruled:
                assert made.id_of(veto.left) != made.id_of(veto.right)


@given(links=LINKS, ledger=steward_ledgers(), against=VETOES)
def test_only_links_of_a_conflict_or_answered_by_a_ruling_join_nothing(
    links: list[Edge], ledger: Ledger, against: list[Fixed]
) -> None:
    fixed = ledger.fixed(DAY, vetoes=against)
    made = cluster(links, cannot=fixed.cannot, must=fixed.must)
    told = {link for one in made.conflicts for link in one.links}
    assert set(made.withdrawn) == told
    for edge in links:
        if edge.link in JOINING and made.id_of(edge.left) != made.id_of(edge.right):
            pair = in_order(edge.left, edge.right)
            assert pair in {in_order(one.left, one.right) for one in (*told, *made.settled)}
    for one in made.settled:
        assert ledger.says(one.left, one.right) is RulingKind.CANNOT_LINK


@given(links=LINKS, against=VETOES)
def test_a_conflict_is_a_chain_between_the_two_and_none_of_its_links_can_be_left_out(
    links: list[Edge], against: list[Fixed]
) -> None:
    for told in cluster(links, cannot=against).conflicts:
        ends = in_order(told.forbidden.left, told.forbidden.right)
        assert cluster(told.links).id_of(ends[0]) == cluster(told.links).id_of(ends[1])
        for left_out in told.links:
            fewer = cluster([link for link in told.links if link != left_out])
            assert fewer.id_of(ends[0]) != fewer.id_of(ends[1])
        one_less = cluster(told.links[1:], cannot=[told.forbidden])
        assert one_less.conflicts == ()


@given(links=LINKS, against=VETOES)
def test_a_run_on_the_same_links_changes_no_name(links: list[Edge], against: list[Fixed]) -> None:
    made = cluster(links, cannot=against)
    assert cluster(links, cannot=against, known=made.by_record) == made


@settings(max_examples=300)
@given(
    links=LINKS,
    more=st.lists(edges(records=7).filter(lambda edge: "7000000007" in edge[:2]), max_size=4),
    against=VETOES,
)
def test_a_record_more_moves_and_renames_nobody_but_those_whom_it_joins(
    links: list[Edge], more: list[Edge], against: list[Fixed]
) -> None:
    before = cluster(links, cannot=against)
    after = cluster([*links, *more], cannot=against, known=before.by_record)
    touched = {before.id_of(name) for edge in more if edge.link in JOINING for name in edge[:2]}
    rest = {one for one in before.clusters if one.id not in touched}
    assert rest <= set(after.clusters)
    named = [one.id for one in after.clusters]
    assert len(named) == len(set(named))


@given(links=LINKS, more=LINKS)
def test_without_contradictions_links_more_only_join(links: list[Edge], more: list[Edge]) -> None:
    before, after = cluster(links), cluster([*links, *more])
    for one in before.clusters:
        assert len({after.id_of(member) for member in one.members}) == 1


@given(links=LINKS)
def test_automatic_links_alone_join_no_more_than_all_when_nothing_is_forbidden(links: list[Edge]) -> None:
    both = clusterings(links)
    for one in both.automatic.clusters:
        assert len({both.review.id_of(member) for member in one.members}) == 1


def partition(made: Clusters) -> set[tuple[str, ...]]:
    return {one.members for one in made.clusters}


@given(
    links=LINKS,
    old=st.dictionaries(st.sampled_from([f"70000000{place:02}" for place in range(1, 7)]), st.sampled_from("abc7")),
)
def test_what_is_known_gives_names_and_moves_nobody(links: list[Edge], old: dict[str, str]) -> None:
    made = cluster(links, known=old)
    assert {one for one in partition(made) if len(one) > 1} == {
        one for one in partition(cluster(links)) if len(one) > 1
    }
    assert len({one.id for one in made.clusters}) == len(made.clusters)


@settings(max_examples=300)
@given(links=LINKS, now=LINKS, ledger=steward_ledgers(), gone=st.sets(st.sampled_from(["7000000001", "7000000002"])))
def test_no_open_item_asks_about_a_record_that_is_gone_or_a_pair_that_is_answered(
    links: list[Edge], now: list[Edge], ledger: Ledger, gone: set[str]
) -> None:
    there = {f"70000000{place:02}" for place in range(1, 7)} - gone
    first = Run(edges=tuple(links), clusterings=clusterings(links))
    before = worklist(first, ledger=EMPTY_LEDGER, day=DAY)
    fixed = ledger.fixed(DAY, records=there)
    known = Known(automatic=first.clusterings.automatic.by_record)
    both = clusterings(now, records=there, fixed=fixed, known=known)
    items = worklist(
        Run(edges=tuple(now), clusterings=both, records=there, known=known), ledger=ledger, day=DAY, before=before
    )
    assert len({item.id for item in items}) == len(items)
    assert {item.id for item in before} <= {item.id for item in items}
    for item in items:
        if item.state is ItemState.CLOSED:
            assert item.closing is not None
        else:
            assert set(item.records) <= there
            open_ = [ledger.says(one.left, one.right) not in FINAL for one in item.questions]
            assert all(open_) if item.type in (ItemType.BELOW, ItemType.MARGIN) else any(open_)


@given(links=LINKS, data=st.data())
def test_the_worklist_does_not_depend_on_the_order_of_the_links(links: list[Edge], data: st.DataObject) -> None:
    lists = [
        worklist(Run(edges=tuple(order), clusterings=clusterings(order)), ledger=EMPTY_LEDGER, day=DAY)
        for order in (links, data.draw(st.permutations(links)))
    ]
    assert lists[0] == lists[1]


def test_the_laws_meet_conflicts() -> None:
    """Were the strategies to give none, the laws above would hold of nothing."""
    chain = [Edge("a", "b", Link.AUTOMATIC, VERDICT), Edge("b", "c", Link.AUTOMATIC, VERDICT)]
    assert cluster(chain, cannot=[Fixed("a", "c", FixedBy.VETO)]).conflicts
