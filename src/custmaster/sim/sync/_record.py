"""What happened in a run, so that a violation can show its customer's story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from custmaster.errors import InvalidValue
from custmaster.sim.sync._book import Book
from custmaster.sim.sync._host import Letter
from custmaster.sim.sync._watch import Act, Fault
from custmaster.sim.sync.trace import Event, Invariant, TraceStep, Violation, label
from custmaster.wire.sync_messages import message_from_bytes

__all__ = ["Log"]

_KEPT = 60
_SHOWN = 3


class Log:
    """The last steps of each customer, counts, and the first violations."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.violations: list[Violation] = []
        self._steps: dict[str, list[tuple[Event, str, str, bytes]]] = {}

    def count(self, what: str) -> None:
        """It happened once more."""
        self.counts[what] += 1

    def happened(self, event: Event, system: str, number: str, what: str = "") -> None:
        """A step without a message."""
        self._note(number, (event, system, what, b""))

    def edited(self, book: Book, system: str, number: str, act: Act) -> None:
        """A user's step."""
        self.count("edit" if act.refused is None else "edit refused")
        if act.edit in book:
            edit = book[act.edit]
            self._note(number, (Event.EDIT, system, f"{edit.doing.value} {', '.join(edit.fields)}", b""))

    def arrived(self, system: str, one: Letter, act: Act) -> None:
        """A letter was opened."""
        self.count("arrived")
        self._note(one.number, (Event.ARRIVE, system, act.refused or "", one.body))

    def lost(self, one: Letter) -> None:
        """A letter was lost."""
        sender = "EUSP" if one.receiver == "BP" else "BP"
        self._note(one.number, (Event.LOSE, sender, "", one.body))

    def wrong(self, number: str, faults: Iterable[Fault]) -> None:
        """Invariants that do not hold."""
        for fault in faults:
            self.violated(fault.invariant, fault.sentence, number)

    def violated(self, invariant: Invariant, sentence: str, number: str) -> None:
        """One invariant does not hold."""
        if len(self.violations) < _SHOWN:
            steps = tuple(_told(*step) for step in self._steps.get(number, ()))
            self.violations.append(Violation(invariant=invariant, sentence=sentence, trace=steps))

    def _note(self, number: str, step: tuple[Event, str, str, bytes]) -> None:
        steps = self._steps.setdefault(number, [])
        steps.append(step)
        del steps[:-_KEPT]


def _told(event: Event, system: str, what: str, body: bytes) -> TraceStep:
    said = ""
    if body:
        try:
            said = label(message_from_bytes(body))
        except (InvalidValue, ExceptionGroup):
            said = "a spoiled message"
        said = f"{said} [{what}]" if what else said
    return TraceStep(event=event, system=system, what=what, message=said)
