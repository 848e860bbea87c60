"""Laws of the ledger: it never contradicts itself, names a proof that cannot be shorter, and comes back from its lines."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.dedup.clusters import cluster
from custmaster.dedup.decisions import Answer, apply_decisions
from custmaster.dedup.items import ItemType, Question, item_of
from custmaster.dedup.steward import EMPTY_LEDGER, Ledger, Ruling, RulingKind
from custmaster.testing.strategies import rulings, steward_ledgers, worklist_items
from custmaster.wire.steward import items_from_jsonl, items_to_jsonl, rulings_from_jsonl, rulings_to_jsonl

DAY = date(2026, 1, 5)
FINAL = (RulingKind.MUST_LINK, RulingKind.CANNOT_LINK)
ANSWERS = st.lists(rulings().filter(lambda one: one.kind in FINAL), max_size=8)


def consistent(given_: list[Ruling]) -> bool:
    """Said without a ledger: no two that must not be one hang together by those that must be."""
    home: dict[str, set[str]] = {}
    for one in given_:
        if one.kind is RulingKind.MUST_LINK:
            joined = home.get(one.left, {one.left}) | home.get(one.right, {one.right})
            home.update(dict.fromkeys(joined, joined))
    return not any(one.right in home.get(one.left, {one.left}) for one in given_ if one.kind is RulingKind.CANNOT_LINK)


@settings(max_examples=300)
@given(given_=ANSWERS, data=st.data())
def test_answers_are_taken_exactly_when_they_agree_whatever_their_order(
    given_: list[Ruling], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(given_))
    assert isinstance(EMPTY_LEDGER.extend(order), Ledger) is consistent(given_)
    assert isinstance(EMPTY_LEDGER.extend(given_), Ledger) is consistent(given_)


@given(given_=ANSWERS, data=st.data())
def test_what_stands_does_not_depend_on_the_order(given_: list[Ruling], data: st.DataObject) -> None:
    one, other = EMPTY_LEDGER.extend(given_), EMPTY_LEDGER.extend(data.draw(st.permutations(given_)))
    if not (isinstance(one, Ledger) and isinstance(other, Ledger)):
        return
    names = sorted({name for ruling in given_ for name in ruling.pair})
    assert [one.says(a, b) for a in names for b in names] == [other.says(a, b) for a in names for b in names]
    said = [(ruling.pair, ruling.kind) for ruling in one.standing]
    assert said == [(ruling.pair, ruling.kind) for ruling in other.standing]


@settings(max_examples=300)
@given(given_=st.lists(rulings(records=4), min_size=4, max_size=12))
def test_a_proof_stands_in_the_ledger_suffices_and_holds_nothing_too_much(given_: list[Ruling]) -> None:
    ledger = EMPTY_LEDGER
    for ruling in given_:
        answer = ledger.add(ruling)
        if isinstance(answer, Ledger):
            ledger = answer
            continue
        assert set(answer.against) <= set(ledger.standing)
        if ruling.kind in FINAL:
            for left_out in answer.against:
                assert consistent([*(one for one in answer.against if one is not left_out), ruling])
            assert not consistent([*answer.against, ruling])


@given(given_=st.lists(rulings(), max_size=10))
def test_one_by_one_or_at_once_is_the_same_and_a_second_time_changes_nothing(given_: list[Ruling]) -> None:
    ledger = EMPTY_LEDGER
    refused = 0
    for ruling in given_:
        answer = ledger.add(ruling)
        if isinstance(answer, Ledger):
            ledger = answer
        else:
            refused += 1
    at_once = EMPTY_LEDGER.extend(given_)
    if refused:
        assert isinstance(at_once, tuple)
        assert len(at_once) == refused
    else:
        assert at_once == ledger


@given(ledger=steward_ledgers(), items=st.lists(worklist_items(), max_size=3))
def test_lines_of_json_bring_everything_back(ledger: Ledger, items: list[object]) -> None:
    assert rulings_from_jsonl(rulings_to_jsonl(ledger)) == ledger
    assert items_from_jsonl(items_to_jsonl(items)) == tuple(items)  # type: ignore[arg-type]


@given(ledger=steward_ledgers(), gone=st.sets(st.sampled_from([f"70000000{place:02}" for place in range(1, 7)])))
def test_what_was_ruled_holds_of_those_that_are_left(ledger: Ledger, gone: set[str]) -> None:
    there = sorted({name for one in ledger.entries for name in one.pair} - gone)
    fixed = ledger.fixed(ledger.entries[0].day, records=set(there)) if ledger.entries else EMPTY_LEDGER.fixed(DAY)
    made = cluster([], must=fixed.must, cannot=fixed.cannot)
    assert set(made.by_record) <= set(there)
    for one in there:
        for other in there:
            assert (made.id_of(one) == made.id_of(other)) is (
                ledger.says(one, other) is RulingKind.MUST_LINK or one == other
            )


@given(given_=ANSWERS)
def test_decisions_of_a_sheet_are_taken_as_the_ledger_takes_them(given_: list[Ruling]) -> None:
    words = {RulingKind.MUST_LINK: "SAME", RulingKind.CANNOT_LINK: "DIFFERENT"}
    rows: list[Answer] = []
    for line, one in enumerate(given_, start=2):
        item = item_of(ItemType.BELOW, [Question(left=one.left, right=one.right)], one.day)
        key = item.key_of(item.questions[0])
        rows.append(Answer(line=line, item=key, left=one.left, right=one.right, decision=words[one.kind], by=one.by))
    made = apply_decisions(EMPTY_LEDGER, rows, day=DAY)
    assert isinstance(made, Ledger) is consistent(given_)
    if not isinstance(made, Ledger):
        assert all(2 <= problem.line < len(given_) + 2 for problem in made)
