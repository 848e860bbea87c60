"""Running a state machine from a seed, outside of pytest, so that a run can be run again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

__all__ = ["Counting", "EmptyRun", "hold", "refuse_empty", "run_machine", "run_until_met"]


class EmptyRun(AssertionError):
    """The run met too little to have shown anything; more examples or steps, or hosts that are looked at."""


def run_machine(
    machine: type[RuleBasedStateMachine], *, max_examples: int, steps: int, start: int, shrink: bool
) -> None:
    """Run the machine from the seed `start`. Errors: whatever a step raises, with the shortest story if `shrink`."""
    seed(start)(machine)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max_examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=False,
            phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much),
            report_multiple_bugs=False,
        ),
    )


def refuse_empty(missing: Iterable[str]) -> None:
    """Errors: EmptyRun where something was never met."""
    never = ", ".join(missing)
    if never:
        raise EmptyRun(f"the run never met: {never}; it has shown nothing about them")


def hold(true: bool, sentence: str) -> None:  # noqa: FBT001 -- a sentence and whether it holds
    """Errors: AssertionError with the sentence where it does not hold."""
    if not true:
        raise AssertionError(sentence)


class Counting(RuleBasedStateMachine):
    """A machine that counts what it met; `sometimes` names what a run must have met, or it has shown nothing."""

    sometimes: ClassVar[tuple[str, ...]] = ()
    met: ClassVar[Counter[str]] = Counter()


def run_until_met(
    machine: type[Counting], *, max_examples: int, steps: int, start: int, rounds: int
) -> Mapping[str, int]:
    """Run the machine up to so many rounds, each from the next seed, until everything of `sometimes` was met; how often each was.

    Errors: EmptyRun when something was never met, and whatever a step raises.
    """
    missing = list(machine.sometimes)
    for place in range(rounds):
        run_machine(machine, max_examples=max_examples, steps=steps, start=start + place, shrink=True)
        missing = [name for name in machine.sometimes if not machine.met[name]]
        if not missing:
            break
    refuse_empty(missing)
    return dict(machine.met)
