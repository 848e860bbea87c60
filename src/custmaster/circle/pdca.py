"""The PDCA cycle as a lifecycle table: no step is skipped, a check that is not met goes back to the plan, and cycles repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from custmaster.circle.codes import CircleCode
from custmaster.circle.events import (
    ActEntered,
    CheckEntered,
    CheckMet,
    CheckNotMet,
    DoEntered,
    PlanEntered,
)
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import Step
from custmaster.circle.topic import StepTaken, Topic
from custmaster.decision import Reason

__all__ = [
    "ENTRIES",
    "PDCA",
    "Phase",
    "accepts",
    "cycles",
    "first_refused",
    "happenings",
    "is_cycle_complete",
    "judge_steps",
    "phase_of",
]


class Phase(StrEnum):
    """Where a topic stands in the cycle: a check stands open until it is answered. Source: R-31."""

    NOT_BEGUN = "NOT_BEGUN"
    PLAN = "PLAN"
    DO = "DO"
    CHECK = "CHECK"
    CHECK_MET = "CHECK_MET"
    CHECK_NOT_MET = "CHECK_NOT_MET"
    ACT = "ACT"


_P = Phase
PDCA: Final[Mapping[Phase, Mapping[type[object], Phase]]] = MappingProxyType(
    {
        _P.NOT_BEGUN: {PlanEntered: _P.PLAN},
        _P.PLAN: {DoEntered: _P.DO},
        _P.DO: {CheckEntered: _P.CHECK},
        _P.CHECK: {CheckMet: _P.CHECK_MET, CheckNotMet: _P.CHECK_NOT_MET},
        _P.CHECK_MET: {ActEntered: _P.ACT},
        _P.CHECK_NOT_MET: {PlanEntered: _P.PLAN},
        _P.ACT: {PlanEntered: _P.PLAN},
    }
)
"""What may follow on what. There is no end: a cycle that was completed may be followed by another. Source: R-31, B2."""

# Whatever came before, a happening leads to one phase: the table only says whether it may come.
_LEADS_TO: Final[Mapping[type[object], Phase]] = MappingProxyType(
    {kind: reached for row in PDCA.values() for kind, reached in row.items()}
)

ENTRIES: Final[Mapping[Step, type[PlanEntered | DoEntered | CheckEntered | ActEntered]]] = MappingProxyType(
    {Step.PLAN: PlanEntered, Step.DO: DoEntered, Step.CHECK: CheckEntered, Step.ACT: ActEntered}
)
"""The event by which a step is entered."""


def happenings(taken: StepTaken) -> tuple[type[object], ...]:
    """What a step in the history says of what happened: it was entered, and a check was answered.

    >>> from datetime import date
    >>> [kind.__name__ for kind in happenings(StepTaken(step=Step.CHECK, on=date(2026, 3, 5), met=False))]
    ['CheckEntered', 'CheckNotMet']
    """
    entered = ENTRIES[taken.step]
    if taken.met is None:
        return (entered,)
    return (entered, CheckMet if taken.met else CheckNotMet)


def phase_of(steps: Iterable[StepTaken]) -> Phase:
    """Where the history ends, by its last step; NOT_BEGUN for an empty one.

    >>> phase_of(())
    <Phase.NOT_BEGUN: 'NOT_BEGUN'>
    """
    kinds = [kind for taken in steps for kind in happenings(taken)]
    return _LEADS_TO[kinds[-1]] if kinds else Phase.NOT_BEGUN


def _walk(steps: Iterable[StepTaken]) -> Iterator[tuple[int, Phase]]:
    """The place of each happening that the table does not hold, with the phase that it found; then on from there."""
    phase = Phase.NOT_BEGUN
    for place, taken in enumerate(steps):
        for kind in happenings(taken):
            if kind not in PDCA[phase]:
                yield place, phase
            phase = _LEADS_TO[kind]


def first_refused(steps: Iterable[StepTaken]) -> int | None:
    """The place of the first step that the table does not hold; None for a history that it holds as a whole."""
    return next((place for place, _ in _walk(steps)), None)


def accepts(steps: Iterable[StepTaken]) -> bool:
    """Whether the history is one of PDCA: exactly when every happening in it is a step of the table. Source: R-31.

    >>> from datetime import date
    >>> plan, check = (StepTaken(step=step, on=date(2026, 3, 5)) for step in (Step.PLAN, Step.CHECK))
    >>> accepts([plan]), accepts([plan, check])
    (True, False)
    """
    return first_refused(steps) is None


def judge_steps(topic: Topic) -> tuple[Reason, ...]:
    """A reason for each step of the topic's history that the table does not hold, in the order of the history."""
    return tuple(
        ground(CircleCode.STEP_SKIPPED, topic.number, {"stands": phase.value, "asked": topic.steps[place].step.value})
        for place, phase in _walk(topic.steps)
    )


def cycles(steps: Iterable[StepTaken]) -> int:
    """How many cycles were completed: each time that it was acted upon a check that was met."""
    kinds = [kind for taken in steps for kind in happenings(taken)]
    return sum(1 for before, kind in pairwise(kinds) if before is CheckMet and kind is ActEntered)


def is_cycle_complete(topic: Topic) -> bool:
    """Whether the topic's history is one of PDCA and at least one cycle in it was completed: there are results (R-38), or a case (R-42)."""
    return accepts(topic.steps) and cycles(topic.steps) > 0
