"""Running a state machine from a seed, outside of pytest, so that a run can be run again."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

__all__ = ["EmptyRun", "hold", "refuse_empty", "run_machine"]


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
