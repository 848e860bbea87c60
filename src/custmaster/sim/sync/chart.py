"""A trace as a message chart in two columns, for a terminal: kinds of messages, counters and names of fields, never a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from custmaster.sim.sync.scope import SYSTEMS
from custmaster.sim.sync.trace import Event, TraceStep, Violation

__all__ = ["chart"]

_WIDE: Final = 44
_WORDS: Final = {
    Event.HAND_OVER: "hands the customer over",
    Event.BACKUP: "makes a backup",
    Event.RESTORE: "is restored from the backup",
    Event.REPAIR: "repairs its copy",
    Event.REQUEST: "asks for the customer",
    Event.UPGRADE: "moves to the next catalogue",
    Event.CRASH: "crashes and starts again",
}


def chart(violation: Violation) -> str:
    """The violation's history, one line for each step, time going down; an arrow stands where its message arrived.

    >>> from custmaster.sim.sync.trace import Invariant
    >>> steps = [
    ...     TraceStep(event=Event.EDIT, system="BP", what="CHANGE key1"),
    ...     TraceStep(event=Event.LOSE, system="BP", message="FULL e0 r2 a0"),
    ... ]
    >>> print(chart(Violation(invariant=Invariant.L2, sentence="at rest both are equal", trace=tuple(steps))))
    L2: does not hold that at rest both are equal
    <BLANKLINE>
        BP                                            EUSP
     1  * CHANGE key1                                 |
        |-- FULL e0 r2 a0 ---------------- lost  x    |
    """
    lines = [
        f"{violation.invariant.value}: does not hold that {violation.sentence}",
        "",
        f"    {SYSTEMS[0]:<{_WIDE + 2}}{SYSTEMS[1]}",
        *_lines(violation.trace),
    ]
    return "\n".join(line.rstrip() for line in lines)


def _lines(trace: tuple[TraceStep, ...]) -> Iterator[str]:
    place = 0
    for step in trace:
        if step.event in {Event.LOSE, Event.SEND}:
            yield f"    {_arrow(step)}"
        elif step.event is Event.CALM:
            yield "    " + " from here on every message arrives ".center(_WIDE + 3, "-")
        else:
            place += 1
            yield f"{place:>2}  {_arrow(step) if step.event is Event.ARRIVE else _done(step)}"


def _done(step: TraceStep) -> str:
    said = f"* {_of(step)}{step.what or _WORDS.get(step.event, step.event.value)}"
    if step.system == SYSTEMS[0]:
        return said.ljust(_WIDE + 2) + "|"
    return "|" + f"{said[2:]} *".rjust(_WIDE + 2)


def _arrow(step: TraceStep) -> str:
    """An arrival ends at its receiver, a loss begins at its sender."""
    said = f" {_of(step)}{step.message} " + ("(again) " if step.again else "")
    lost = step.event is Event.LOSE
    if (step.system == SYSTEMS[0]) == lost:  # from left to right
        return f"|--{said.ljust(_WIDE - 13, '-')} lost  x    |" if lost else f"|--{said.ljust(_WIDE - 3, '-')}->|"
    return f"|    x  lost {said.rjust(_WIDE - 13, '-')}--|" if lost else f"|<-{said.rjust(_WIDE - 3, '-')}--|"


def _of(step: TraceStep) -> str:
    return f"{step.number}: " if step.number else ""
