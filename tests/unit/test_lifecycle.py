"""Steps through literal tables."""

from __future__ import annotations

from enum import StrEnum

from custmaster.lifecycle import NoSuchStep, Table, rowless, step, unreachable


class State(StrEnum):
    ACTIVE = "ACTIVE"
    DELETED = "DELETED"
    MERGED = "MERGED"


class Delete: ...


class Reactivate: ...


class Merge: ...


class GentleDelete(Delete): ...


TABLE: Table[State] = {
    State.ACTIVE: {Delete: State.DELETED, Merge: State.MERGED},
    State.DELETED: {Reactivate: State.ACTIVE},
    State.MERGED: {},
}


def test_a_step_of_the_table() -> None:
    assert step(TABLE, State.ACTIVE, Delete()) is State.DELETED
    assert step(TABLE, State.DELETED, Reactivate()) is State.ACTIVE


def test_a_refused_step_says_what_would_have_been_possible() -> None:
    refused = step(TABLE, State.ACTIVE, Reactivate())
    assert refused == NoSuchStep(state=State.ACTIVE, event="Reactivate", possible=("Delete", "Merge"))
    assert step(TABLE, State.MERGED, Delete()) == NoSuchStep(state=State.MERGED, event="Delete", possible=())


def test_kinds_are_exact_and_a_kind_itself_is_no_event() -> None:
    assert isinstance(step(TABLE, State.ACTIVE, GentleDelete()), NoSuchStep)
    assert isinstance(step(TABLE, State.ACTIVE, Delete), NoSuchStep)


def test_from_a_state_without_a_row_there_is_no_step() -> None:
    partial: Table[State] = {State.ACTIVE: {Delete: State.DELETED}}
    assert step(partial, State.DELETED, Reactivate()) == NoSuchStep(
        state=State.DELETED, event="Reactivate", possible=()
    )
    assert rowless(partial, State) == (State.DELETED, State.MERGED)
    assert unreachable(partial, State.ACTIVE) == ()


def test_a_sound_table() -> None:
    assert rowless(TABLE, State) == ()
    assert unreachable(TABLE, State.ACTIVE) == ()
    assert unreachable(TABLE, State.MERGED) == (State.ACTIVE, State.DELETED)
