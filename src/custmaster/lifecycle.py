"""One step through a literal table of states: state and kind of event give the next state, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from attrs import frozen

__all__ = ["NoSuchStep", "Table", "rowless", "step", "unreachable"]

S = TypeVar("S", bound=StrEnum)
Table = Mapping[S, Mapping[type[object], S]]


@frozen(kw_only=True)
class NoSuchStep:
    """The table holds no such step: the state stays as it was. `possible` names the events that it would take."""

    state: StrEnum
    event: str
    possible: tuple[str, ...]


def step(table: Table[S], state: S, event: object) -> S | NoSuchStep:
    """The state after `event`, or NoSuchStep when the table does not hold the pair; nothing is changed either way.

    A table is total in its states: a final state stands in it with an empty row (`rowless` finds those that do not); from a
    state without a row there is no step. Source: h11's event tables.

    >>> class Light(StrEnum):
    ...     RED = "RED"
    ...     GREEN = "GREEN"
    >>> class Go: ...
    >>> table = {Light.RED: {Go: Light.GREEN}, Light.GREEN: {}}
    >>> step(table, Light.RED, Go())
    <Light.GREEN: 'GREEN'>
    >>> step(table, Light.GREEN, Go())
    NoSuchStep(state=<Light.GREEN: 'GREEN'>, event='Go', possible=())
    """
    row: Mapping[type[object], S] = table.get(state, {})
    reached = row.get(type(event))
    if reached is None:
        return NoSuchStep(
            state=state, event=type(event).__name__, possible=tuple(sorted(kind.__name__ for kind in row))
        )
    return reached


def unreachable(table: Table[S], start: S) -> tuple[S, ...]:
    """States of the table that no walk from `start` enters, in table order; a sound table has none.

    >>> class Door(StrEnum):
    ...     OPEN = "OPEN"
    ...     SHUT = "SHUT"
    >>> unreachable({Door.OPEN: {}, Door.SHUT: {}}, Door.OPEN)
    (<Door.SHUT: 'SHUT'>,)
    """
    seen = {start}
    waiting = [start]
    while waiting:
        for reached in table.get(waiting.pop(), {}).values():
            if reached not in seen:
                seen.add(reached)
                waiting.append(reached)
    return tuple(state for state in table if state not in seen)


def rowless(table: Table[S], states: type[S]) -> tuple[S, ...]:
    """States of the enumeration that have no row in the table, in their order; a total table has none.

    >>> class Lamp(StrEnum):
    ...     ON = "ON"
    ...     BROKEN = "BROKEN"
    >>> rowless({Lamp.ON: {}}, Lamp)
    (<Lamp.BROKEN: 'BROKEN'>,)
    """
    return tuple(state for state in states if state not in table)
