"""Law: `step` refuses what the table does not hold and changes nothing (model-based over random tables)."""

from __future__ import annotations

from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from custmaster.lifecycle import NoSuchStep, rowless, step, unreachable


class State(StrEnum):
    P = "P"
    Q = "Q"
    R = "R"
    S = "S"


KINDS = [type(f"Event{n}", (), {}) for n in range(4)]
ROWS = st.dictionaries(st.sampled_from(KINDS), st.sampled_from(State))
TABLES = st.dictionaries(st.sampled_from(State), ROWS)


@given(TABLES, st.sampled_from(State), st.lists(st.sampled_from(KINDS), max_size=20))
def test_a_walk_agrees_with_a_set_of_triples(
    table: dict[State, dict[type[object], State]], start: State, kinds: list[type[object]]
) -> None:
    model = {(state, kind, reached) for state, row in table.items() for kind, reached in row.items()}
    copy = {state: dict(row) for state, row in table.items()}
    state = start
    for kind in kinds:
        held = [reached for had, known, reached in model if had is state and known is kind]
        answer = step(table, state, kind())
        assert step(table, state, kind()) == answer
        if held:
            assert answer is held[0]
            state = held[0]
        else:
            assert answer == NoSuchStep(
                state=state,
                event=kind.__name__,
                possible=tuple(sorted(known.__name__ for had, known, _ in model if had is state)),
            )
    assert table == copy


@given(TABLES, st.sampled_from(State))
def test_unreachable_agrees_with_a_closure(table: dict[State, dict[type[object], State]], start: State) -> None:
    reached = {start}
    for _ in State:
        reached |= {to for state in reached for to in table.get(state, {}).values()}
    assert unreachable(table, start) == tuple(state for state in table if state not in reached)
    assert set(rowless(table, State)) | table.keys() == set(State)
