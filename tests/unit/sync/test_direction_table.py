"""The direction table, held cell by cell against the decision table written out by ranges and systems, and against the seed's sentences.

What is expected stands here in the words of the decision itself (NEW and OLD ranges, BP and EUSP), not in those of the code (roles).
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Final

import pytest

from custmaster.sync import Cause, ForeignCreation, InitialLoad, Operation, Options, PeerNonKey, Scope, StatusRule
from custmaster.sync.cells import CELLS, NEXT, cells
from custmaster.sync.direction import Policy, cell, decide
from custmaster.sync.sentences import SENTENCES
from custmaster.value.number_plan import NumberPlan, NumberRange, Role

PLAN: Final = NumberPlan(
    width=4,
    ranges=[
        NumberRange(name="NEW", low="6000", high="6999", owner="BP"),
        NumberRange(name="OLD", low="1000", high="1999", owner="EUSP"),
    ],
)
NUMBER: Final = {"NEW": "6500", "OLD": "1500", "NOWHERE": "9999"}

# Operation | NEW at BP | NEW at EUSP | OLD at EUSP | OLD at BP, cause USER.
BY_USER: Final = """
CREATE        | FULL    | REJECT | FULL    | REJECT
CHANGE_KEY    | FULL    | KEY    | FULL    | KEY
CHANGE_NONKEY | FULL    | KEY    | FULL    | KEY
STATUS        | FULL    | KEY    | FULL    | KEY
RELATION      | FULL    | KEY    | FULL    | KEY
MERGE         | FULL    | KEY    | FULL    | KEY
REASSIGN      | HANDOFF | REJECT | HANDOFF | REJECT
NO_CHANGE     | NONE    | NONE   | NONE    | NONE
"""
COLUMNS: Final = (("NEW", "BP"), ("NEW", "EUSP"), ("OLD", "EUSP"), ("OLD", "BP"))


def expected(*, load_in_full: bool = False) -> dict[tuple[str, str, str, str], str]:
    """Every cell: (range, system, operation, cause) -> scope."""
    table: dict[tuple[str, str, str, str], str] = {}
    for line in BY_USER.strip().splitlines():
        operation, *scopes = (part.strip() for part in line.split("|"))
        for (segment, system), scope in zip(COLUMNS, scopes, strict=True):
            table[segment, system, operation, "USER"] = scope
            table[segment, system, operation, "REPLICA"] = "NONE"
            owner = (segment, system) in {("NEW", "BP"), ("OLD", "EUSP")}
            loads = load_in_full and owner and operation not in {"NO_CHANGE", "REASSIGN"}
            table[segment, system, operation, "LOAD"] = "FULL" if loads else "NONE"
            if operation == "REASSIGN":
                table[segment, system, operation, "LOAD"] = "REJECT"
        for system, cause in product(("BP", "EUSP"), ("USER", "REPLICA", "LOAD")):
            table["NOWHERE", system, operation, cause] = "REJECT"
    return table


def asked(options: Options) -> dict[tuple[str, str, str, str], str]:
    policy = Policy(plan=PLAN, options=options)
    return {
        (segment, system, operation.value, cause.value): decide(number, system, operation, cause, policy).scope.value
        for segment, number in NUMBER.items()
        for system in ("BP", "EUSP")
        for operation in Operation
        for cause in Cause
    }


def test_it_equals_the_decision_table_in_all_144_cells() -> None:
    found = asked(Options())
    assert found == expected()
    assert len(found) == 144
    assert Counter(found.values()) == {"FULL": 12, "KEY": 10, "HANDOFF": 2, "NONE": 64, "REJECT": 56}


def test_with_the_load_in_full_it_equals_the_table_too() -> None:
    found = asked(Options(initial_load=InitialLoad.FULL))
    assert found == expected(load_in_full=True)
    assert Counter(found.values()) == {"FULL": 24, "KEY": 10, "HANDOFF": 2, "NONE": 52, "REJECT": 56}


# requirements, sentence by sentence: number, who acted, what was done, what is sent, to whom.
@pytest.mark.parametrize(
    ("sentence", "segment", "system", "operations", "scope", "to"),
    [
        ("R-69", "NEW", "BP", "CREATE", "FULL", "EUSP"),
        ("R-70", "NEW", "EUSP", "CHANGE_KEY CHANGE_NONKEY", "KEY", "BP"),
        ("R-70", "NEW", "BP", "CHANGE_KEY CHANGE_NONKEY", "FULL", "EUSP"),
        ("R-71", "OLD", "EUSP", "CREATE CHANGE_KEY CHANGE_NONKEY", "FULL", "BP"),
        ("R-71", "OLD", "BP", "CHANGE_KEY CHANGE_NONKEY", "KEY", "EUSP"),
        ("R-72", "OLD", "EUSP", "CHANGE_KEY CHANGE_NONKEY", "FULL", "BP"),
        ("R-72", "OLD", "BP", "CHANGE_KEY CHANGE_NONKEY", "KEY", "EUSP"),
        ("R-73", "NEW", "BP", "CREATE CHANGE_KEY CHANGE_NONKEY STATUS RELATION MERGE", "FULL", "EUSP"),
        ("R-73", "NEW", "EUSP", "CHANGE_KEY CHANGE_NONKEY STATUS RELATION MERGE", "KEY", "BP"),
        ("R-73", "OLD", "BP", "CHANGE_KEY CHANGE_NONKEY STATUS RELATION MERGE", "KEY", "EUSP"),
        ("R-73", "OLD", "EUSP", "CREATE CHANGE_KEY CHANGE_NONKEY STATUS RELATION MERGE", "FULL", "BP"),
    ],
)
def test_the_sentences_of_the_seed(
    sentence: str, segment: str, system: str, operations: str, scope: str, to: str
) -> None:
    policy = Policy(plan=PLAN)
    for operation in operations.split():
        found = decide(NUMBER[segment], system, Operation(operation), Cause.USER, policy)
        assert (found.scope.value, found.sender, found.receiver) == (scope, system, to), sentence


def test_r72_loads_nothing_until_stock_is_modified() -> None:
    assert {decide("1500", s, Operation.CREATE, Cause.LOAD, Policy(plan=PLAN)).scope for s in PLAN.systems} == {
        Scope.NONE
    }


@pytest.mark.parametrize(
    "options",
    [
        Options(),
        Options(initial_load=InitialLoad.FULL),
        Options(foreign_creation=ForeignCreation.KEY_PROPOSAL, status=StatusRule.OWNER_ONLY),
        Options(peer_nonkey=PeerNonKey.FORBID, status=StatusRule.DELETE_WINS),
    ],
)
def test_the_ranges_of_the_two_systems_mirror_each_other(options: Options) -> None:
    other = {"BP": "EUSP", "EUSP": "BP"}
    mirrored = {"NEW": "OLD", "OLD": "NEW", "NOWHERE": "NOWHERE"}
    found = asked(options)
    assert {(mirrored[g], other[s], o, c): scope for (g, s, o, c), scope in found.items()} == found


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        (Options(status=StatusRule.DELETE_WINS), {}),
        (Options(foreign_creation=ForeignCreation.KEY_PROPOSAL), {"CREATE": ("REJECT", "KEY")}),
        (Options(peer_nonkey=PeerNonKey.FORBID), {"CHANGE_NONKEY": ("KEY", "REJECT")}),
        (Options(status=StatusRule.OWNER_ONLY), {"STATUS": ("KEY", "REJECT"), "MERGE": ("KEY", "REJECT")}),
    ],
)
def test_an_option_changes_its_own_cells_of_the_peer_and_no_other(
    options: Options, changes: dict[str, tuple[str, str]]
) -> None:
    before, after = cells(Options()), cells(options)
    assert list(before) == list(after)
    differing = {place: (before[place].scope, after[place].scope) for place in before if before[place] != after[place]}
    assert differing == {(Operation(o), Role.PEER, Cause.USER): scopes for o, scopes in changes.items()}


def test_the_table_is_total_in_the_order_of_its_codes_and_each_cell_knows_its_place() -> None:
    assert list(CELLS) == list(product(Operation, Role, Cause))
    assert len(CELLS) == 48
    assert [(one.operation, one.role, one.cause) for one in CELLS.values()] == list(CELLS)
    assert cells(Options()) == CELLS


def test_every_cell_has_a_sentence_and_what_happens_next() -> None:
    used = {sentence for one in CELLS.values() for sentence in one.sentences}
    assert used == set(SENTENCES)
    assert [place for place, one in CELLS.items() if not one.sentences or one.next is not NEXT[one.code]] == []


def test_marks_stand_at_the_open_cells() -> None:
    marked = {(o.value, r.value): one.mark for (o, r, c), one in CELLS.items() if c is Cause.USER and one.mark}
    assert marked == {
        ("CREATE", "PEER"): "A2",
        ("CHANGE_KEY", "PEER"): "A1",
        ("CHANGE_NONKEY", "PEER"): "A5",
        ("STATUS", "PEER"): "A3",
        ("RELATION", "PEER"): "A4",
        ("MERGE", "PEER"): "A8",
        ("REASSIGN", "OWNER"): "A7",
        ("REASSIGN", "PEER"): "A7",
    }


def test_a_cell_cites_the_sentences_of_the_number_s_owner() -> None:
    found = CELLS[Operation.CREATE, Role.OWNER, Cause.USER]
    assert [[one.source for one in found.said_of(owner)] for owner in ("BP", "EUSP", "A THIRD")] == [
        ["R-69"],
        ["R-71"],
        ["R-69", "R-71"],
    ]


def test_the_quick_cell_is_that_of_the_whole_decision() -> None:
    policy = Policy(plan=PLAN)
    for number, system, operation, cause in product(NUMBER.values(), ("BP", "EUSP"), Operation, Cause):
        found = decide(number, system, operation, cause, policy)
        assert cell(number, system, operation, cause, policy) is found.ruling.cell
