"""The history of a state told again, step by step, with the messages that were sent and never arrived."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.sim.sync._book import Book
from custmaster.sim.sync._lab import Cell, Lab
from custmaster.sim.sync.scope import SYSTEMS
from custmaster.sim.sync.trace import Event, TraceStep, label

__all__ = ["Label", "told", "told_of_calm"]

Label = tuple[int, Event, int, object]
"""Which customer, what happened, at which system, and to what: an edit's or a message's number."""


def told(lab: Lab, worlds: list[tuple[Cell, ...]], labels: list[Label]) -> tuple[TraceStep, ...]:
    """The trace along the labels; `worlds` are the states between them, the first and the last included."""
    arriving = {what for _, event, _, what in labels if event is Event.ARRIVE}
    arrived, steps = set[object](), list[TraceStep]()
    for place, one in enumerate(labels):
        steps.append(_step(lab, one, arrived))
        arrived.add(one[3] if one[1] is Event.ARRIVE else None)
        steps += _lost(lab, worlds[place : place + 2], one[0], arriving)
    return tuple(steps)


def told_of_calm(lab: Lab, world: tuple[Cell, ...]) -> tuple[TraceStep, ...]:
    """From here on nothing is lost: what arrives then, and in the end the first old message that would still change something."""
    steps = list[TraceStep]()
    for which, cell in enumerate(world):
        one, other, _, arrived = lab.exchange(cell[0], cell[1])
        steps += [_step(lab, (which, Event.ARRIVE, lab.place(element), element), set()) for element in arrived]
        woken = [element for element in lab.bags[cell[2]] if lab.wakes(one, other, element)]
        steps += [_step(lab, (which, Event.ARRIVE, lab.place(element), element), {element}) for element in woken[:1]]
    return (TraceStep(event=Event.CALM, system=SYSTEMS[0]), *steps)


def _lost(lab: Lab, worlds: list[tuple[Cell, ...]], which: int, arriving: set[object]) -> Iterator[TraceStep]:
    before, after = (set(lab.bags[world[which][2]]) for world in worlds)
    for element in sorted(after - before - arriving):
        message = lab.elements[element].message
        yield TraceStep(event=Event.LOSE, system=message.sender, number=_number(lab, which), message=label(message))


def _step(lab: Lab, one: Label, arrived: set[object]) -> TraceStep:
    which, event, place, what = one
    number = _number(lab, which)
    if event is Event.ARRIVE and isinstance(what, int):
        message = label(lab.elements[what].message)
        return TraceStep(event=event, system=SYSTEMS[place], number=number, message=message, again=what in arrived)
    said = _said(lab.book, what) if event is Event.EDIT and isinstance(what, int) else ""
    return TraceStep(event=event, system=SYSTEMS[place], number=number, what=said)


def _number(lab: Lab, which: int) -> str:
    return lab.scope.numbers[which] if lab.scope.customers > 1 else ""


def _said(book: Book, edit: int) -> str:
    made = book[edit]
    return f"{made.doing.value} {', '.join(made.fields)}"
