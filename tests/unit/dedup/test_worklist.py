"""What a steward is asked, and how an item lives from run to run."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from custmaster.dedup.clusters import Edge, Fixed, FixedBy, FixedPairs, Known, clusterings
from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.items import QUESTION_LIMIT, Question, item_of
from custmaster.dedup.steward import EMPTY_LEDGER, Ledger, Ruling, RulingKind
from custmaster.dedup.worklist import Closing, Item, ItemState, ItemType, Run, worklist

DAY = date(2026, 11, 24)
NEXT = DAY + timedelta(days=1)
ABOVE, BELOW, MARGIN, UPDATE = ItemType


def edge(pair: str, link: Link = Link.REVIEW, score: float | None = None, verdict: Verdict | None = None) -> Edge:
    usual = {Link.AUTOMATIC: Verdict.EXISTS, Link.REVIEW: Verdict.SUSPECT}.get(link, Verdict.CONFLICT_NAME)
    return Edge(pair[0], pair[1], link, verdict or usual, f"+{pair}", "ROW", score)


def sure(*pairs: str) -> tuple[Edge, ...]:
    return tuple(edge(pair, Link.AUTOMATIC) for pair in pairs)


def perhaps(*pairs: str) -> tuple[Edge, ...]:
    return tuple(map(edge, pairs))


def ledger(*said: tuple[str, RulingKind]) -> Ledger:
    until = {RulingKind.POSTPONED: NEXT}
    made = EMPTY_LEDGER.extend(
        [Ruling(left=p[0], right=p[1], kind=k, by="S-1", day=DAY, until=until.get(k)) for p, k in said]
    )
    assert isinstance(made, Ledger)
    return made


def run(edges: tuple[Edge, ...], fixed: FixedPairs | None = None, **more: Any) -> Run:
    held = {name: more[name] for name in ("records", "known") if name in more}
    return Run(edges=edges, clusterings=clusterings(edges, fixed=fixed or FixedPairs(), **held), **more)


def asked(items: tuple[Item, ...]) -> list[tuple[ItemType, list[str]]]:
    return [(item.type, [one.left + one.right for one in item.questions]) for item in items]


def work(made: Run, said: Ledger = EMPTY_LEDGER, day: date = DAY, before: tuple[Item, ...] = ()) -> tuple[Item, ...]:
    return worklist(made, ledger=said, day=day, before=before)


def test_one_document_under_two_names_is_asked_though_it_joins_nothing() -> None:
    items = work(run((edge("ab", Link.CONFLICT), edge("cd", Link.NONE))))
    assert asked(items) == [(ABOVE, ["ab"])]
    assert items[0].questions[0] == Question(left="a", right="b", evidence="+ab", row="ROW")


@pytest.mark.parametrize("edges", [sure("ab", "bc"), (*sure("ab"), *perhaps("bc"))])
def test_links_that_contradict_what_is_fixed_are_asked_with_what_forbids(edges: tuple[Edge, ...]) -> None:
    items = work(run(edges, FixedPairs(cannot=(Fixed("a", "c", FixedBy.RULING, "S-1"),))))
    assert asked(items) == [(ABOVE, ["ab", "bc", "ac"])]
    assert [one.row for one in items[0].questions] == ["ROW", "ROW", "RULING:S-1"]


def test_what_forbids_is_named_without_a_name_too_and_not_told_twice() -> None:
    assert work(run(sure("ab", "bc"), FixedPairs(cannot=(Fixed("a", "c"),))))[0].questions[-1].row == "RULING"
    one = work(run(sure("ab"), FixedPairs(cannot=(Fixed("b", "a", FixedBy.VETO, "SEX"),))))
    assert asked(one) == [(ABOVE, ["ab"])]


def test_a_link_for_review_between_automatic_clusters_is_asked() -> None:
    items = work(run((*sure("ab"), *perhaps("bc", "ba", "de"))))
    assert asked(items) == [(BELOW, ["bc"]), (BELOW, ["de"])]


def test_a_link_in_doubt_is_asked() -> None:
    doubt = ledger(("ab", RulingKind.UNSURE))
    assert asked(work(run(sure("ab"), doubt.fixed(DAY)), doubt)) == [(BELOW, ["ab"])]


def test_two_candidates_that_are_not_linked_with_each_other_compete() -> None:
    assert asked(work(run(perhaps("xa", "bx")))) == [(MARGIN, ["xa", "bx"])]
    assert asked(work(run(perhaps("xa", "xb", "ab")))) == [(BELOW, ["ab"]), (BELOW, ["xa"]), (BELOW, ["xb"])]


def test_a_stronger_candidate_has_no_rival() -> None:
    strong = edge("xa", verdict=Verdict.ID_UPGRADE)
    assert asked(work(run((strong, edge("xb"))))) == [(BELOW, ["xa"]), (BELOW, ["xb"])]


@pytest.mark.parametrize(("closeness", "kinds"), [(0.0, {BELOW}), (0.05, {MARGIN})])
def test_scores_compete_when_they_are_close(closeness: float, kinds: set[ItemType]) -> None:
    edges = (edge("xa", score=0.75), edge("xb", score=0.70 + 1 / 1024))
    assert {item.type for item in work(run(edges, closeness=closeness))} == kinds


def test_of_several_links_to_one_cluster_the_strongest_competes_and_the_rest_is_asked() -> None:
    weak, strong = edge("xb"), edge("xc", verdict=Verdict.ID_UPGRADE)
    other = edge("xa", verdict=Verdict.ID_UPGRADE)
    for edges in ((weak, strong, other), (strong, other, weak)):
        assert asked(work(run((*sure("bc"), *edges)))) == [(BELOW, ["xb"]), (MARGIN, ["xa", "xc"])]


def test_a_cluster_that_changed_is_told() -> None:
    known = Known(automatic={"a": "a", "b": "a", "c": "a", "d": "d"})
    items = work(run(sure("ab", "bd", "dn"), known=known))
    assert asked(items) == [(UPDATE, ["ad", "an", "ac"])]
    assert [(one.row, one.evidence) for one in items[0].questions] == [("GAINED", ""), ("GAINED", ""), ("LOST", "")]
    assert asked(work(run(sure("ab"), known=Known(automatic={"a": "a"})))) == [(UPDATE, ["ab"])]


def test_a_new_cluster_and_one_that_only_lost_a_record_that_is_gone_are_not_told() -> None:
    known = Known(automatic={"a": "a", "b": "a", "x": "a"})
    assert work(run(sure("ab", "cd"), known=known, records=set("abcd"))) == ()


def test_a_link_to_a_record_that_is_gone_is_not_asked() -> None:
    assert work(run(perhaps("ab", "bc", "ca"), records={"a", "b"}))[0].records == ("a", "b")
    assert len(work(run(perhaps("ab", "bc", "ca"), records={"a", "b"}))) == 1


def test_an_answered_link_is_not_asked() -> None:
    edges = (*perhaps("ab"), edge("cd", Link.CONFLICT))
    said = ledger(("ab", RulingKind.CANNOT_LINK), ("cd", RulingKind.CANNOT_LINK))
    assert work(run(edges, said.fixed(DAY)), said) == ()


def test_an_item_keeps_its_id_and_the_day_on_which_it_was_opened() -> None:
    first = work(run(perhaps("ab")))
    again = work(
        run(tuple(one._replace(left="b", right="a", row="OTHER") for one in perhaps("ab"))), day=NEXT, before=first
    )
    assert [item.id for item in again] == [item.id for item in first]
    assert again[0].opened_on == DAY
    assert again[0].questions[0].row == "OTHER"


def test_an_item_is_put_off_and_comes_back() -> None:
    said = ledger(("ab", RulingKind.POSTPONED))
    made = run(perhaps("ab"))
    (later,) = work(made, said)
    assert (later.state, later.until) == (ItemState.POSTPONED, NEXT)
    (back,) = work(made, said, NEXT, (later,))
    assert (back.state, back.until) == (ItemState.OPEN, None)


def test_an_item_is_put_off_only_as_a_whole() -> None:
    made = run(perhaps("xa", "xb"))
    assert work(made, ledger(("xa", RulingKind.POSTPONED)))[0].state is ItemState.OPEN
    said = EMPTY_LEDGER.extend(
        [
            Ruling(
                left="x", right=other, kind=RulingKind.POSTPONED, by="S-1", day=DAY, until=DAY + timedelta(days=days)
            )
            for other, days in (("a", 3), ("b", 2))
        ]
    )
    assert isinstance(said, Ledger)
    (item,) = work(made, said)
    assert (item.state, item.until) == (ItemState.POSTPONED, DAY + timedelta(days=2))


def test_a_candidate_that_was_ruled_out_competes_no_more() -> None:
    made = run(perhaps("xa", "xb"))
    said = ledger(("xb", RulingKind.CANNOT_LINK))
    assert [(item.type, item.state) for item in work(made, said, NEXT, work(made))] == [
        (BELOW, ItemState.OPEN),
        (MARGIN, ItemState.CLOSED),
    ]


CLOSED = [
    (perhaps("ab"), perhaps("ab"), ledger(("ab", RulingKind.CANNOT_LINK)), None, Closing.DECIDED),
    (perhaps("ab"), (), ledger(("ab", RulingKind.MUST_LINK)), None, Closing.DECIDED),
    (perhaps("ab"), perhaps("ab"), EMPTY_LEDGER, {"a"}, Closing.RECORD_GONE),
    (perhaps("ab"), sure("ab"), EMPTY_LEDGER, None, Closing.JOINED),
    (perhaps("ab"), (), EMPTY_LEDGER, None, Closing.NO_LONGER),
]


@pytest.mark.parametrize(("then", "now", "said", "records", "why"), CLOSED)
def test_an_item_is_closed_by_name(then: Any, now: Any, said: Ledger, records: Any, why: Closing) -> None:
    before = work(run(then))
    (item,) = work(run(now, records=records), said, NEXT, before)
    assert (item.state, item.closing, item.closed_on) == (ItemState.CLOSED, why, NEXT)
    assert item.gone == (("b",) if why is Closing.RECORD_GONE else ())
    assert (item.id, item.opened_on) == (before[0].id, DAY)


def test_a_change_that_was_told_is_seen() -> None:
    known = Known(automatic={"a": "a"})
    first = work(run(sure("ab"), known=known))
    after = run(sure("ab"), known=Known(automatic={"a": "a", "b": "a"}))
    assert [item.closing for item in work(after, before=first)] == [Closing.SEEN]


def test_a_closed_item_is_left_out_unless_it_is_raised_again() -> None:
    before = work(run(()), before=work(run(perhaps("ab"))))
    assert [item.state for item in before] == [ItemState.CLOSED]
    assert work(run(()), before=before) == ()
    said = ledger(("ab", RulingKind.CANNOT_LINK))
    assert work(run(perhaps("ab")), said, NEXT, before) == ()
    (again,) = work(run(perhaps("ab")), day=NEXT, before=before)
    assert (again.state, again.opened_on) == (ItemState.OPEN, NEXT)


def test_an_item_that_was_put_off_is_closed_without_its_day() -> None:
    (later,) = work(run(perhaps("ab")), ledger(("ab", RulingKind.POSTPONED)))
    (item,) = work(run(()), before=(later,))
    assert (item.state, item.until) == (ItemState.CLOSED, None)


def test_an_item_lists_so_many_pairs_and_counts_the_rest() -> None:
    asked_of = [Question(left="a", right=f"b{place:04}") for place in range(QUESTION_LIMIT + 3)]
    item = item_of(BELOW, asked_of, DAY)
    assert (len(item.questions), item.unlisted) == (QUESTION_LIMIT, 3)
    assert item_of(BELOW, asked_of[:QUESTION_LIMIT], DAY).unlisted == 0
    assert item_of(BELOW, asked_of[:-1], DAY).id != item.id


def test_the_key_of_a_row_holds_its_two_records_in_either_order() -> None:
    item = item_of(MARGIN, [Question(left="a", right="b"), Question(left="a", right="c")], DAY)
    one, other = (item.key_of(question) for question in item.questions)
    assert one != other
    assert item.key_of(Question(left="b", right="a")) == one
    assert evolve(item, unlisted=1).key_of(item.questions[0]) == one


def test_of_very_many_records_that_are_gone_so_many_are_named() -> None:
    pairs = [Question(left=f"a{place:04}", right=f"b{place:04}") for place in range(QUESTION_LIMIT)]
    before = (item_of(UPDATE, pairs, DAY),)
    (item,) = work(run((), records={"x"}), before=before)
    assert (item.closing, len(item.gone)) == (Closing.RECORD_GONE, QUESTION_LIMIT)
