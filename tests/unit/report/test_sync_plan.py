"""The plan of a file of changes: one direction a line, the messages that follow, and memory that does not grow."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default
from custmaster.report.sync_plan import Planned, SyncTally, ask, plan
from custmaster.sync import Cause, Operation, Scope
from custmaster.sync.settings import policy, setting
from custmaster.wire.sync_changes import BadLine, Change, ChangeFile

PAGE = default().on(date(2026, 11, 23))
POLICY, SHARED = policy(PAGE), setting(PAGE).catalogue
NEW, OLD = "6000000001", "1000000001"


def change(number: str, system: str, *changed: str, **more: Any) -> Change:
    return Change(number=number, system=system, changed=changed, **more)


def planned(lines: Iterator[tuple[int, Change | BadLine]]) -> tuple[SyncTally, list[Planned]]:
    told: list[Planned] = []
    seen: list[int] = []
    tally = plan(ChangeFile(source="c.jsonl", expected=1, lines=lines), POLICY, SHARED, told.append, seen.append)
    assert len(seen) == tally.lines
    return tally, told


@pytest.mark.parametrize(
    ("asked", "operations", "scope", "survives"),
    [
        (change(NEW, "BP", "name", "mobile"), "CHANGE_KEY CHANGE_NONKEY", "FULL", True),
        (change(NEW, "EUSP", "name"), "CHANGE_KEY", "KEY", True),
        (change(NEW, "EUSP", "name", "mobile"), "CHANGE_KEY CHANGE_NONKEY", "KEY", False),
        (change(NEW, "EUSP", "teller_note"), "NO_CHANGE", "NONE", True),
        (change(NEW, "EUSP", "name", cause=Cause.REPLICA), "CHANGE_KEY", "NONE", True),
        (change(NEW, "EUSP", operation=Operation.CREATE), "CREATE", "REJECT", True),
        (change(NEW, "BP", operation=Operation.REASSIGN), "REASSIGN", "HANDOFF", True),
        (change("3", "BP", "name"), "CHANGE_KEY", "REJECT", True),
        (change(NEW, "EUSP", operation=Operation.MERGE, survivor=OLD), "MERGE", "REJECT", True),
        (change(NEW, "BP", operation=Operation.MERGE, survivor=OLD), "MERGE", "FULL", True),
        (change(NEW, "BP", operation=Operation.MERGE, survivor=OLD, cause=Cause.REPLICA), "MERGE", "NONE", True),
    ],
)
def test_a_line_is_planned_whole(asked: Change, operations: str, scope: str, survives: bool) -> None:
    found = ask(1, asked, POLICY, SHARED)
    assert " ".join(found.operations) == operations
    assert (found.direction.scope.value, found.direction.local_nonkey_survives) == (scope, survives)


def test_the_messages_of_every_kind_are_counted() -> None:
    lines = [
        change(NEW, "BP", "mobile"),  # FULL, ACK
        change(NEW, "EUSP", "name", "mobile"),  # KEY, FULL, ACK
        change(OLD, "BP", "name"),  # KEY, FULL, ACK
        change(OLD, "EUSP", operation=Operation.REASSIGN),  # HANDOFF, ACK
        change(OLD, "BP", operation=Operation.CREATE),
        change(OLD, "BP", "teller_note"),
        change(OLD, "CDM", "name"),
        BadLine(faults=(InvalidValue(Fault.MISSING, path="number"), InvalidValue(Fault.MISSING, path="system"))),
    ]
    tally, told = planned(iter(enumerate(lines, start=1)))
    assert [one.line for one in told] == [1, 2, 3, 4, 5, 6]
    assert (tally.lines, tally.bad, tally.reverting, tally.messages) == (8, 2, 1, 10)
    assert tally.sends == {
        ("BP", Scope.FULL): 1,
        ("EUSP", Scope.KEY): 1,
        ("BP", Scope.KEY): 1,
        ("EUSP", Scope.HANDOFF): 1,
    }
    assert tally.answers == {"BP": 1, "EUSP": 1}
    assert tally.acknowledgements == {"EUSP": 2, "BP": 2}
    assert tally.refusals == {"FOREIGN_CREATION": 1}
    assert tally.scopes == {Scope.FULL: 1, Scope.KEY: 2, Scope.HANDOFF: 1, Scope.REJECT: 1, Scope.NONE: 1}
    assert [(one.line, one.fault.path) for one in tally.problems] == [(7, "system"), (8, "number"), (8, "system")]


def test_the_acknowledgement_comes_from_whoever_receives() -> None:
    def acknowledged(asked: Change) -> dict[str, int]:
        return dict(planned(iter([(1, asked)]))[0].acknowledgements)

    assert acknowledged(change(NEW, "BP", "mobile")) == {"EUSP": 1}
    assert acknowledged(change(NEW, "EUSP", "mobile")) == {"EUSP": 1}
    assert acknowledged(change(OLD, "EUSP", operation=Operation.REASSIGN)) == {"BP": 1}
    assert acknowledged(change(NEW, "BP", "teller_note")) == {}


def test_problems_are_kept_up_to_a_hundred_and_then_counted() -> None:
    two = BadLine(faults=(InvalidValue(Fault.MISSING, path="number"), InvalidValue(Fault.MISSING, path="system")))
    tally, told = planned((n, two) for n in range(1, 81))
    assert (tally.bad, len(tally.problems), tally.left_out, told) == (80, 100, 60, [])


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int) -> int:
        lines: Iterator[tuple[int, Change | BadLine]] = (
            (n, change(f"6{n:09}", "EUSP", "name") if n % 2 else BadLine(faults=(InvalidValue(Fault.MISSING),)))
            for n in range(1, count + 1)
        )
        file = ChangeFile(source="c.jsonl", expected=count, lines=lines)
        tracemalloc.start()
        plan(file, POLICY, SHARED, lambda _: None, lambda _: None)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(400)
    # What waits to be collected is about 100 kB; 16,000 changes that were kept would be 3 MB.
    assert peak(16_000) < 400_000
