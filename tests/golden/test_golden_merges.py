"""What a merge is on the wire: events, plans, records of merges and rows of the alias ledger, as each version wrote them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from custmaster.customer.children import NamedAs, Reached, Related
from custmaster.customer.events import Absorbed, Released
from custmaster.customer.kinds import NameUsage, RelationKind
from custmaster.customer.moves import ChildMove, FieldMove
from custmaster.customer.parts import CoreField
from custmaster.dedup.alias_events import (
    NumberClosed,
    NumberMerged,
    NumberOpened,
    NumberReactivated,
    NumberSplit,
    NumberUnmerged,
    NumberVoided,
)
from custmaster.dedup.aliases import replay
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.desk import MergePlan, MergeRecord, Reference, UnmergePlan, record_of
from custmaster.desk.merge_plan import LeftBehind, SyncStep, Why
from custmaster.roster import Assignment, EntryMove, EntryStanding, EntryState, StruckFor
from custmaster.sync.codes import Operation, Scope
from custmaster.sync.direction_codes import NextCode
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.wire import (
    alias_event_from_json,
    alias_event_to_json,
    event_from_json,
    event_to_json,
    merge_plan_from_json,
    merge_plan_to_json,
    merge_record_from_json,
    merge_record_to_json,
    number_life_from_json,
    number_life_to_json,
    unmerge_plan_from_json,
    unmerge_plan_to_json,
)

HERE = Path(__file__).parent
DAY = date(2026, 11, 23)
ONE, TWO, THREE = "6000000001", "6000000002", "6000000003"
NAME = NamedAs(name=Name("张玮"))
MOVES: dict[str, Any] = {
    "fields": [
        FieldMove(field=CoreField.SEX, before=Sex.UNKNOWN, after=Sex.MALE),
        FieldMove(field=CoreField.BIRTH_DATE, after=date(1950, 1, 1)),
    ],
    "children": [
        ChildMove(before=Related(to=TWO, kind=RelationKind.ASSOCIATED_WITH), place=0),
        ChildMove(before=NAME, after=attrs.evolve(NAME, usage=NameUsage.FORMER), place=0),
        ChildMove(after=Reached(contact=Phone("13800001234")), place=2),
    ],
}
HEAD: dict[str, Any] = {"on": DAY, "actor": "S-0042", "request_id": "T-7"}
HELD = Assignment(staff="S-1", outlet="0101", since=date(2026, 1, 5), by="S-9")
KEPT = EntryStanding(state=EntryState.MAINTAINED, maintainer=HELD, needs=["理财"])
POOL = EntryStanding(state=EntryState.POOLED)
GONE = EntryStanding(
    state=EntryState.STRUCK_OFF,
    past=[attrs.evolve(HELD, until=DAY)],
    needs=["理财"],
    struck_off_on=DAY,
    struck_off_for=StruckFor.MERGED,
)
ENTRIES = [
    EntryMove(entry="E-1", before=POOL, after=KEPT, other="E-2"),
    EntryMove(entry="E-2", before=KEPT, after=GONE, other="E-1"),
]
BACK = [
    EntryMove(entry="E-1", before=KEPT, after=POOL, other="E-2"),
    EntryMove(entry="E-2", before=GONE, after=KEPT, other="E-1"),
    EntryMove(entry="E-3", before=POOL, after=POOL, customer=ONE, becomes=TWO),
]
STEPS = [
    SyncStep(
        number=ONE,
        operation=Operation.CHANGE_KEY,
        scope=Scope.FULL,
        sender="BP",
        receiver="EUSP",
        next=NextCode.NEXT_ACKNOWLEDGED,
    ),
    SyncStep(number=TWO, operation=Operation.MERGE, scope=Scope.REJECT, next=NextCode.NEXT_DO_IT_AT_THE_COORDINATOR),
]
PLAN = MergePlan(
    survivor=ONE,
    absorbed=TWO,
    owner="BP",
    manifest="2026.1",
    left=[LeftBehind(list="documents", place=0, why=Why.HELD)],
    references=[Reference(kind="ACCOUNT", id="17"), Reference(kind="ROSTER", id="2026", count=3)],
    contracts=["C2026000001", "C2026000002"],
    entries=ENTRIES,
    sync=STEPS,
    handbook="2026.1+0123456789ab",
    **MOVES,
    **HEAD,
)
RECORDS = [
    record_of(PLAN),
    attrs.evolve(record_of(PLAN), reversed_by="T-9"),
    MergeRecord(request_id="T-0", on=DAY, survivor=ONE, absorbed=THREE),
]
UNDOING = UnmergePlan(
    merge="T-7",
    survivor=ONE,
    absorbed=TWO,
    kept=["contacts[2]"],
    ruling=Ruling(left=ONE, right=TWO, kind=RulingKind.CANNOT_LINK, by="S-0042", day=DAY, reason="两个人"),
    references=PLAN.references,
    contracts=["C2026000001"],
    entries=BACK,
    sync=STEPS[1:],
    handbook="2026.1+0123456789ab",
    fields=MOVES["fields"],
    children=MOVES["children"][:2],
    **(HEAD | {"request_id": "T-9"}),
)
ON: dict[str, Any] = {"on": DAY, "request_id": "T-7"}
NUMBER_EVENTS = [
    NumberOpened(number=ONE, **ON),
    NumberOpened(number=TWO, **ON),
    NumberOpened(number=THREE, **ON),
    NumberMerged(number=TWO, into=ONE, **ON),
    NumberUnmerged(number=TWO, on=DAY, request_id="T-9"),
    NumberSplit(number=ONE, into=[TWO, THREE], on=DAY, request_id="T-10"),
    NumberClosed(number=THREE, on=DAY, request_id="T-11"),
    NumberReactivated(number=THREE, on=DAY, request_id="T-12"),
    NumberVoided(number="6000000004", **ON),
]
EVENTS = [Absorbed(number=ONE, absorbed=TWO, **MOVES, **HEAD), Released(number=ONE, absorbed=TWO, **MOVES, **HEAD)]

# The first version of the plans moved no contracts, and the second no roster entries.
PLAN_2, UNDOING_2 = (attrs.evolve(one, entries=()) for one in (PLAN, UNDOING))
RECORDS_2 = [one if one.plan is None else attrs.evolve(one, plan=PLAN_2) for one in RECORDS]
PLAN_1, UNDOING_1 = (attrs.evolve(one, contracts=()) for one in (PLAN_2, UNDOING_2))
RECORDS_1 = [one if one.plan is None else attrs.evolve(one, plan=PLAN_1) for one in RECORDS]

Files = list[tuple[str, list[Any], Callable[[Any], bytes], Callable[[bytes], Any]]]
OLD: Files = [
    ("merge_plans.1.jsonl", [PLAN_1], merge_plan_to_json, merge_plan_from_json),
    ("merge_records.1.jsonl", RECORDS_1, merge_record_to_json, merge_record_from_json),
    ("unmerge_plans.1.jsonl", [UNDOING_1], unmerge_plan_to_json, unmerge_plan_from_json),
    ("merge_plans.2.jsonl", [PLAN_2], merge_plan_to_json, merge_plan_from_json),
    ("merge_records.1_plans.2.jsonl", RECORDS_2, merge_record_to_json, merge_record_from_json),
    ("unmerge_plans.2.jsonl", [UNDOING_2], unmerge_plan_to_json, unmerge_plan_from_json),
]
FILES: Files = [
    ("merge_events.1.jsonl", EVENTS, event_to_json, event_from_json),
    ("merge_plans.3.jsonl", [PLAN], merge_plan_to_json, merge_plan_from_json),
    ("merge_records.1_plans.3.jsonl", RECORDS, merge_record_to_json, merge_record_from_json),
    ("unmerge_plans.3.jsonl", [UNDOING], unmerge_plan_to_json, unmerge_plan_from_json),
    ("alias_events.1.jsonl", NUMBER_EVENTS, alias_event_to_json, alias_event_from_json),
    ("aliases.1.jsonl", list(replay(NUMBER_EVENTS).lives), number_life_to_json, number_life_from_json),
]
EACH = pytest.mark.parametrize(("name", "values", "write", "read"), FILES, ids=[name for name, *_ in FILES])


def lines(name: str) -> list[bytes]:
    return (HERE / name).read_bytes().splitlines()


@EACH
def test_what_was_written_loads(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    assert [read(line) for line in lines(name)] == values


@pytest.mark.parametrize(("name", "values", "write", "read"), OLD, ids=[name for name, *_ in OLD])
def test_what_an_older_version_wrote_loads_and_is_written_in_the_newer_one(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    loaded = [read(line) for line in lines(name)]
    assert loaded == values
    assert [read(write(one)) for one in loaded] == values
    assert all(b'"schema":3' in write(one) for one in loaded if getattr(one, "plan", one) is not None)


@EACH
def test_today_the_same_bytes_are_written(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    assert [write(value) for value in values] == lines(name)
    assert [write(read(line)) for line in lines(name)] == lines(name)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(MergePlan, "merge_plans.3"), (MergeRecord, "merge_records.1_plans.3"), (UnmergePlan, "unmerge_plans.3")],
)
def test_every_field_stands_in_a_golden_file(kind: Any, name: str) -> None:
    text = (HERE / f"{name}.jsonl").read_text(encoding="utf-8")
    assert [field.name for field in attrs.fields(kind) if f'"{field.name}":' not in text] == []
