"""What the direction table says is what the protocol does: the same scope is owed, or the same code refuses, for every operation and role."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from custmaster.sync import (
    Catalogue,
    Cause,
    FieldRow,
    ForeignCreation,
    Full,
    Handoff,
    InitialLoad,
    KeyInfo,
    Operation,
    Options,
    PeerNonKey,
    Policy,
    Replica,
    Scope,
    Setting,
    Share,
    StatusRule,
    Step,
    blank,
    create,
    decide,
    deliver,
    edit,
    hand_over,
    load,
    outstanding,
    relationship_field,
    set_status,
)
from custmaster.value.number_plan import NumberPlan, NumberRange

PLAN = NumberPlan(
    width=4,
    ranges=[
        NumberRange(name="NEW", low="6000", high="6999", owner="BP"),
        NumberRange(name="OLD", low="1000", high="1999", owner="EUSP"),
    ],
)
SHARED = Catalogue(
    fields=[
        FieldRow(name="name", share=Share.KEY),
        FieldRow(name="status", share=Share.KEY, group="life"),
        FieldRow(name="merged_into", share=Share.KEY, group="life"),
        FieldRow(name="relationship", share=Share.KEY, family=True),
        FieldRow(name="mobile"),
    ]
)
VALUES = {"name": "a", "mobile": "1", "status": "ACTIVE"}
SCOPES = {Full: Scope.FULL, KeyInfo: Scope.KEY, Handoff: Scope.HANDOFF}
OPTIONS = [
    Options(foreign_creation=creation, status=status, peer_nonkey=nonkey, initial_load=loading)
    for creation, status, nonkey, loading in product(ForeignCreation, StatusRule, PeerNonKey, InitialLoad)
]
DONE: dict[Operation, Callable[[Replica, Setting], Step]] = {
    Operation.CREATE: lambda replica, setting: create(replica, VALUES, "T-1", setting),
    Operation.CHANGE_KEY: lambda replica, setting: edit(replica, {"name": "b"}, setting),
    Operation.CHANGE_NONKEY: lambda replica, setting: edit(replica, {"mobile": "2"}, setting),
    Operation.STATUS: lambda replica, setting: set_status(replica, "DELETED", setting),
    Operation.RELATION: lambda replica, setting: edit(
        replica, {relationship_field("MARRIED_TO", "6002"): "ACTIVE"}, setting
    ),
    Operation.MERGE: lambda replica, setting: set_status(replica, "MERGED", setting, merged_into="6002"),
    Operation.REASSIGN: hand_over,
    Operation.NO_CHANGE: lambda replica, setting: edit(replica, {"name": "a", "mobile": "1"}, setting),
}


def settled(number: str, setting: Setting) -> dict[str, Replica]:
    """Both systems hold the customer, and nothing is owed."""
    owner = next(one.owner for one in PLAN.ranges if one.contains(number))
    peer = "EUSP" if owner == "BP" else "BP"
    held = {
        owner: create(blank(number=number, system=owner, other=peer, owner=True), VALUES, "T-0", setting).replica,
        peer: blank(number=number, system=peer, other=owner, owner=False),
    }
    (full,) = outstanding(held[owner], setting)
    taken = deliver(held[peer], full, setting)
    held[peer] = taken.replica
    held[owner] = deliver(held[owner], taken.replies[0], setting).replica
    assert not any(outstanding(one, setting) for one in held.values())
    return held


def at(number: str, system: str, operation: Operation, setting: Setting) -> Replica:
    if operation is not Operation.CREATE:
        return settled(number, setting)[system]
    other = "EUSP" if system == "BP" else "BP"
    owner = next(one.owner for one in PLAN.ranges if one.contains(number))
    return blank(number=number, system=system, other=other, owner=owner == system)


def owed(step: Step, setting: Setting) -> Scope:
    scopes = [SCOPES[type(message)] for message in outstanding(step.replica, setting)]
    assert len(scopes) <= 1
    return scopes[0] if scopes else Scope.NONE


@pytest.mark.parametrize("operation", Operation)
def test_a_user_s_operation_owes_what_the_table_says(operation: Operation) -> None:
    for options, number, system in product(OPTIONS, ("6001", "1001"), PLAN.systems):
        setting = Setting(catalogue=SHARED, options=options)
        said = decide(number, system, operation, Cause.USER, Policy(plan=PLAN, options=options))
        step = DONE[operation](at(number, system, operation, setting), setting)
        if said.scope is Scope.REJECT:
            assert step.refused == said.reasons[0].code, (options, number, system)
        else:
            assert step.refused is None, (options, number, system)
            assert owed(step, setting) is said.scope
            assert bool(step.reports) is not said.local_nonkey_survives


@pytest.mark.parametrize("loading", InitialLoad)
def test_an_owner_s_load_owes_what_the_table_says(loading: InitialLoad) -> None:
    options = Options(initial_load=loading)
    setting = Setting(catalogue=SHARED, options=options)
    for number, system in (("6001", "BP"), ("1001", "EUSP")):
        said = decide(number, system, Operation.CREATE, Cause.LOAD, Policy(plan=PLAN, options=options))
        step = load(at(number, system, Operation.CREATE, setting), VALUES, "L-1", setting)
        assert owed(step, setting) is said.scope


def test_what_was_received_owes_nothing_but_its_answer() -> None:
    setting = Setting(catalogue=SHARED)
    for number, system in (("6001", "EUSP"), ("1001", "BP")):
        held = settled(number, setting)
        assert owed(Step(replica=held[system]), setting) is Scope.NONE
        said = decide(number, system, Operation.CREATE, Cause.REPLICA, Policy(plan=PLAN))
        assert said.scope is Scope.NONE
