"""Law: unmerge after merge is the identity, whatever history the merges have; nothing of the absorbed customer is lost or held twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.customer.children import InRole, Noted
from custmaster.customer.events import Added, CustomerEvent, Ended
from custmaster.customer.kinds import RoleKind, Status
from custmaster.customer.moves import gained, given_back
from custmaster.customer.parts import CHILD_LISTS
from custmaster.customer.record import Customer
from custmaster.decision import Allowed
from custmaster.dedup.aliases import replay, resolve
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.desk import MergeField, Side, joint
from custmaster.desk.merge_moves import Pairing, child_moves, field_moves
from custmaster.desk.merge_plan import MergePlan, MergeRecord, UnmergePlan
from custmaster.errors import InvalidRecord
from custmaster.handbook import default
from custmaster.screening import standing as restrictions_of
from custmaster.testing.merge_bank import MergeBank, content
from custmaster.testing.strategies import (
    customers,
    merge_plans,
    merge_records,
    one_person_customers,
    unmerge_plans,
)
from custmaster.value.party import PartyKind
from custmaster.value.span import Span
from custmaster.wire import (
    alias_event_from_json,
    alias_event_to_json,
    decision_from_json,
    decision_to_json,
    ledger_to_jsonl,
    merge_plan_from_json,
    merge_plan_to_json,
    merge_record_from_json,
    merge_record_to_json,
    unmerge_plan_from_json,
    unmerge_plan_to_json,
)

DAY = date(2026, 11, 23)
PAGE = default().on(DAY)
WHO = st.integers(0, 5)
STEPS = st.lists(st.tuples(st.sampled_from("MMMMNUUC"), WHO, WHO), min_size=2, max_size=12)
"""M: a steward withdraws what was ruled of two active customers, and they are merged; N: any two, as it stands; U: undo the last; C: days."""
CHOICES = st.dictionaries(st.sampled_from(MergeField), st.sampled_from(Side), max_size=3)


def a_bank(people: tuple[Customer, ...]) -> MergeBank:
    bank = MergeBank(page=PAGE)
    bank.add(people)
    return bank


def state(bank: MergeBank) -> tuple[dict[str, Customer], dict[tuple[str, str], str]]:
    return {number: content(record) for number, record in bank.records.items()}, dict(bank.references)


def whole(bank: MergeBank) -> tuple[object, ...]:
    """The state, with what each customer used and what each may not do."""
    restricted = {number: restrictions_of(bank.restrictions, number, bank.day) for number in bank.records}
    return state(bank), dict(bank.usages), restricted


def tells_all(bank: MergeBank) -> None:
    """What was reserved stands once, with whom its account belongs to; whoever stands for several is restricted as each was."""
    counted = [(name, one.customer) for one in bank.usages.values() for name in one.entries]
    assert sorted(counted) == sorted((f"P-{account}", number) for (_, account), number in bank.references.items())
    for number in bank.usages:
        own = {f"R-{account}" for (_, account), holder in bank.references.items() if holder == number}
        assert {one.number for one in restrictions_of(bank.restrictions, number, bank.day)} == own


def standing(bank: MergeBank) -> list[MergeRecord]:
    return [one for one in bank.journal if one.reversed_by is None]


def withdraw(bank: MergeBank, left: str, right: str) -> None:
    if bank.rulings.says(left, right) is RulingKind.CANNOT_LINK:
        bank.rules(Ruling(left=left, right=right, kind=RulingKind.WITHDRAWN, by="S-1", day=bank.day))


def chosen(bank: MergeBank, step: tuple[str, int, int]) -> tuple[str, str] | None:
    """The two whom a step is about: active ones for M, so that most histories have many merges; None for one with itself."""
    kind, one, other = step
    listed = [n for n, record in sorted(bank.records.items()) if kind != "M" or record.status is Status.ACTIVE]
    survivor, absorbed = listed[one % len(listed)], listed[other % len(listed)]
    if survivor == absorbed:
        return None
    if kind == "M":
        withdraw(bank, survivor, absorbed)
    return survivor, absorbed


def undo_all(bank: MergeBank) -> None:
    while standing(bank):
        last = standing(bank)[-1]
        answer = bank.unmerge(last.request_id)
        assert answer.plan is not None, [str(reason.code) for reason in answer.decision.reasons]
        assert answer.plan.kept == ()


# --- 1,000 histories --------------------------------------------------------------------------------------------------------


@settings(max_examples=1000)
@given(people=one_person_customers(), steps=STEPS)
def test_after_any_history_of_merges_undoing_them_restores_every_record_and_every_reference(
    people: tuple[Customer, ...], steps: list[tuple[str, int, int]]
) -> None:
    bank = a_bank(people)
    at_first = whole(bank)
    befores = []
    for step in steps:
        kind, _, days = step
        if kind in "MN":
            pair, before = chosen(bank, step), whole(bank)
            if pair is not None and bank.merge(*pair).plan is not None:
                befores.append(before)
        elif kind == "U" and standing(bank):
            last = standing(bank)[-1]
            assert bank.unmerge(last.request_id).plan is not None
            assert whole(bank) == befores.pop()  # each undoing restores what was before its own merge
        elif kind == "C":
            bank.day += timedelta(days=days)
        tells_all(bank)
    undo_all(bank)
    assert whole(bank) == at_first
    assert all(record.status is Status.ACTIVE for record in bank.records.values())
    lines = b"\n".join(map(alias_event_to_json, bank.told))
    assert ledger_to_jsonl(replay(map(alias_event_from_json, lines.splitlines()))) == ledger_to_jsonl(bank.ledger)


@settings(max_examples=40)
@given(people=one_person_customers())
def test_what_was_undone_is_not_merged_again_before_somebody_withdraws_the_ruling(people: tuple[Customer, ...]) -> None:
    bank = a_bank(people)
    survivor, absorbed = sorted(bank.records)[:2]
    if bank.merge(survivor, absorbed).plan is None:
        return
    undo_all(bank)
    for pair in ((survivor, absorbed), (absorbed, survivor)):
        answer = bank.merge(*pair)
        assert answer.plan is None
        assert "MERGE_CANNOT_LINK" in [str(reason.code) for reason in answer.decision.reasons]
    withdraw(bank, survivor, absorbed)
    assert bank.merge(survivor, absorbed).plan is not None


def test_such_histories_hold_chains_of_merges_and_their_undoing() -> None:
    longest, undone = [0], [0]

    @settings(max_examples=100, database=None)
    @given(people=one_person_customers(), steps=STEPS)
    def look(people: tuple[Customer, ...], steps: list[tuple[str, int, int]]) -> None:
        bank = a_bank(people)
        for step in steps:
            pair = chosen(bank, step) if step[0] in "MN" else None
            if pair is not None:
                bank.merge(*pair)
            if step[0] == "U" and standing(bank):
                undone.append(bank.unmerge(standing(bank)[-1].request_id).plan is not None)
            longest.append(max(len(resolve(bank.ledger, number, bank.day).chain) for number in bank.records))

    look()
    assert max(longest) >= 4
    assert sum(undone) >= 30


@settings(max_examples=80)
@given(people=one_person_customers(), steps=STEPS)
def test_a_merge_below_another_is_not_undone_and_the_later_one_is_named(
    people: tuple[Customer, ...], steps: list[tuple[str, int, int]]
) -> None:
    bank = a_bank(people)
    for _, one, other in steps:
        pair = chosen(bank, ("M", one, other))
        if pair is not None:
            bank.merge(*pair)
    for place, record in enumerate(bank.journal[:-1]):
        both = {record.survivor, record.absorbed}
        later = [one.request_id for one in bank.journal[place + 1 :] if both & {one.survivor, one.absorbed}]
        if later:
            before = state(bank)
            answer = bank.unmerge(record.request_id)
            told = [dict(r.facts)["merge"] for r in answer.decision.reasons if str(r.code) == "MERGE_SUPERSEDED"]
            assert told == later[::-1]
            assert (answer.plan, state(bank)) == (None, before)


@settings(max_examples=80)
@given(people=one_person_customers(), note=st.sampled_from(("散步", "唱歌")), role=st.sampled_from(RoleKind))
def test_what_was_entered_after_the_merge_stays_with_the_survivor(
    people: tuple[Customer, ...], note: str, role: RoleKind
) -> None:
    bank = a_bank(people)
    survivor, absorbed = sorted(bank.records)[:2]
    before = state(bank)
    if bank.merge(survivor, absorbed).plan is None:
        return
    bank.day += timedelta(days=1)
    head = {"number": survivor, "on": bank.day, "actor": "S-1"}
    new = [Noted(key="later", text=note), InRole(kind=role, valid=Span(bank.day, None))]
    for place, child in enumerate(new):
        bank.happens(Added(child=child, request_id=f"C-{place}", **head))
    answer = bank.unmerge(bank.journal[0].request_id)
    assert answer.plan is not None
    assert answer.plan.kept == ()
    records, references = state(bank)
    expected = before[0][survivor]
    expected = attrs.evolve(expected, notes=(*expected.notes, new[0]), roles=(*expected.roles, new[1]))
    assert (records, references) == (before[0] | {survivor: expected}, before[1])


@settings(max_examples=80)
@given(people=one_person_customers(), data=st.data())
def test_what_was_moved_and_ended_since_is_told_and_kept(people: tuple[Customer, ...], data: st.DataObject) -> None:
    bank = a_bank(people)
    survivor, absorbed = sorted(bank.records)[:2]
    made = bank.merge(survivor, absorbed).plan
    moved = [] if made is None else [move for move in made.children if move.before is None and move.list == "notes"]
    if not moved:
        return
    move = data.draw(st.sampled_from(moved))
    bank.day += timedelta(days=1)
    event = Ended(child=move.after, end=bank.day, number=survivor, on=bank.day, actor="S-1", request_id="C-1")  # type: ignore[arg-type]
    bank.happens(event)
    answer = bank.unmerge(bank.journal[0].request_id)
    told = [dict(r.facts)["field"] for r in answer.decision.reasons if str(r.code) == "UNMERGE_CHANGED_SINCE"]
    assert told == [f"notes[{move.place}]"]
    assert isinstance(answer.decision, Allowed)  # the bank's approval lifts it
    assert len(bank.records[survivor].notes) == len(people[0].notes) + 1
    assert content(bank.records[absorbed]) == content(people[1])


# --- moves, of any two customers ------------------------------------------------------------------------------------------


@settings(max_examples=80)
@given(one=customers(), other=customers(), choices=CHOICES)
def test_moves_of_any_two_records_are_taken_back_exactly_and_lose_nothing(
    one: Customer, other: Customer, choices: dict[MergeField, Side]
) -> None:
    if one.kind is not other.kind:
        other = attrs.evolve(one, number="6000000098", relationships=())
    one, other = attrs.evolve(one, number="6000000097"), attrs.evolve(other, number="6000000098")
    pair = Pairing(survivor=one, absorbed=other, day=DAY, choices=choices)
    fields, (children, left) = field_moves(pair), child_moves(pair)
    stayed = Counter(move.list for move in left)
    for name in CHILD_LISTS.values():
        arrived = [move for move in children if move.list == name and move.after is not None]
        assert len(arrived) + stayed[name] >= len(
            getattr(other, name)
        )  # each of its children is moved or left with a reason
    try:
        after = gained(one, fields, children)
    except InvalidRecord:
        return  # a contradiction, which the plan tells
    assert given_back(after, fields, children) == one
    keys = [(held.document.type, held.document.key(), held.document.duplicate) for held in after.documents]
    own = {(held.document.type, held.document.key(), held.document.duplicate) for held in one.documents}
    assert all(count == 1 for key, count in Counter(keys).items() if key not in own)


@settings(max_examples=40)
@given(customer=customers(party=PartyKind.PERSON))
def test_merging_a_copy_of_oneself_moves_nothing(customer: Customer) -> None:
    survivor = attrs.evolve(customer, number="6000000097")
    copy = attrs.evolve(customer, number="6000000098")
    pair = Pairing(survivor=survivor, absorbed=copy, day=DAY)
    assert field_moves(pair) == ()
    assert [move for move in child_moves(pair)[0] if move.before is None] == []


# --- the wire -------------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(plan=merge_plans(), record=merge_records(), undoing=unmerge_plans())
def test_plans_and_records_are_read_back_equal(plan: MergePlan, record: MergeRecord, undoing: UnmergePlan) -> None:
    assert merge_plan_from_json(merge_plan_to_json(plan)) == plan
    assert merge_record_from_json(merge_record_to_json(record)) == record
    assert unmerge_plan_from_json(unmerge_plan_to_json(undoing)) == undoing


@settings(max_examples=40)
@given(people=one_person_customers())
def test_the_same_question_has_the_same_answer_byte_for_byte(people: tuple[Customer, ...]) -> None:
    first, second = (a_bank(people).merge(people[0].number, people[1].number) for _ in range(2))
    assert first == second
    assert decision_to_json(first.decision) == decision_to_json(second.decision)
    assert decision_from_json(decision_to_json(first.decision)) == first.decision


@settings(max_examples=40)
@given(people=one_person_customers())
def test_the_records_take_every_event_that_a_plan_emits_and_the_numbers_what_it_forces(
    people: tuple[Customer, ...],
) -> None:
    bank = a_bank(people)
    answer = bank.merge(people[0].number, people[1].number)
    events: tuple[CustomerEvent, ...] = answer.decision.events if isinstance(answer.decision, Allowed) else ()  # type: ignore[assignment]
    assert [type(event).__name__ for event in events] in ([], ["Absorbed", "Merged"])
    assert [one.number for one in joint.consequences(events, joint.Noun.NUMBER)] == [people[1].number] * bool(events)
    if events:
        assert resolve(bank.ledger, people[1].number, bank.day).end == people[0].number


@settings(max_examples=50)
@given(plan=merge_plans())
def test_no_plan_shows_a_text_of_the_customer(plan: MergePlan) -> None:
    shown = repr(plan)
    texts = [move.after.text for move in plan.children if isinstance(move.after, Noted)]
    assert "11010519491231002X" not in shown
    assert not any(text in shown for text in texts)
