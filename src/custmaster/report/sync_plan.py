"""What each system must send for a file of changes: one direction for each change, counted by scope and system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from attrs import define, field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.sync.catalogue import Catalogue
from custmaster.sync.codes import Cause, Operation, Scope
from custmaster.sync.direction import Direction, Policy, decide, decide_merge, operations
from custmaster.wire.sync_changes import BadLine, Change, ChangeFile

__all__ = ["Planned", "Problem", "SyncTally", "ask", "plan"]

_STRENGTH: Final[Mapping[Scope, int]] = {
    Scope.REJECT: 4,
    Scope.HANDOFF: 3,
    Scope.FULL: 2,
    Scope.KEY: 1,
    Scope.NONE: 0,
}
_SHOWN: Final = 100
"""Problems that are kept; of the others the number."""


@frozen(kw_only=True)
class Planned:
    """One line, what it is to sync, and its direction."""

    line: int
    operations: tuple[Operation, ...]
    direction: Direction


@frozen(kw_only=True)
class Problem:
    """One fault of one line: where, what, and what to do; never what stands there."""

    line: int
    fault: InvalidValue


@define(kw_only=True)
class SyncTally:
    """What a file of changes came to. `sends` counts by system and scope; `answers` the FULL that follows a KEY, `acknowledgements` the ACK.

    On a network without loss, and when no two changes travel together, these are the messages; a peer's changes that wait are sent as one.
    """

    lines: int = 0
    bad: int = 0
    sends: Counter[tuple[str, Scope]] = field(factory=Counter[tuple[str, Scope]])
    scopes: Counter[Scope] = field(factory=Counter[Scope])
    answers: Counter[str] = field(factory=Counter[str])
    acknowledgements: Counter[str] = field(factory=Counter[str])
    refusals: Counter[str] = field(factory=Counter[str])
    reverting: int = 0
    problems: list[Problem] = field(factory=list[Problem])
    left_out: int = 0

    @property
    def messages(self) -> int:
        """How many messages that is, answers and acknowledgements included."""
        return sum(self.sends.values()) + sum(self.answers.values()) + sum(self.acknowledgements.values())

    def note(self, line: int, faults: tuple[InvalidValue, ...]) -> None:
        """A line of which no change can be made."""
        self.bad += 1
        room = max(0, _SHOWN - len(self.problems))
        self.problems.extend(Problem(line=line, fault=fault) for fault in faults[:room])
        self.left_out += len(faults[room:])

    def count(self, found: Direction) -> None:
        """A change and all the messages that follow it."""
        self.scopes[found.scope] += 1
        self.reverting += not found.local_nonkey_survives
        if found.scope is Scope.REJECT:
            self.refusals[str(found.reasons[0].code)] += 1
        if found.sender is None or found.receiver is None:
            return
        self.sends[found.sender, found.scope] += 1
        if found.scope is Scope.KEY:
            self.answers[found.receiver] += 1
            self.acknowledgements[found.sender] += 1
        else:
            self.acknowledgements[found.receiver] += 1


def plan(
    file: ChangeFile,
    policy: Policy,
    catalogue: Catalogue,
    sink: Callable[[Planned], None],
    progress: Callable[[int], None],
) -> SyncTally:
    """Every change through the direction table, in memory that does not grow with the file; `sink` is told of each that can be read."""
    tally = SyncTally()
    for number, change in file.lines:
        tally.lines += 1
        if isinstance(change, BadLine):
            tally.note(number, change.faults)
        elif change.system not in policy.plan.systems:
            remedy = f"one of {', '.join(policy.plan.systems)}"
            tally.note(number, (InvalidValue(Fault.UNKNOWN_CODE, path="system", remedy=remedy),))
        else:
            planned = ask(number, change, policy, catalogue)
            tally.count(planned.direction)
            sink(planned)
        progress(number)
    return tally


def ask(line: int, change: Change, policy: Policy, catalogue: Catalogue) -> Planned:
    """The direction of one change: of several operations the one that sends most, and a refusal before all, since an edit is one whole."""
    if change.survivor is not None and change.cause is Cause.USER:
        found = decide_merge(change.number, change.survivor, change.system, policy)
        return Planned(line=line, operations=(Operation.MERGE,), direction=found)
    done = (change.operation,) if change.operation is not None else operations(change.changed, catalogue)
    directions = [decide(change.number, change.system, one, change.cause, policy) for one in done]
    return Planned(line=line, operations=done, direction=max(directions, key=_strength))


def _strength(found: Direction) -> tuple[int, bool]:
    return _STRENGTH[found.scope], not found.local_nonkey_survives
