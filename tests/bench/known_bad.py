"""What finds each known-bad variant of sync: the search within its reach, and 1,000 random runs of the same size.

python tests/bench/known_bad.py                    every variant, as the rows of docs/explanation/known-bad.md (about ten minutes)
python tests/bench/known_bad.py --edits 12 NAME    random runs of twelve edits with handoffs and restores, of one variant
python tests/bench/known_bad.py --machine NAME     the state machine instead of the simulation: which of 1,000 examples finds it
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from custmaster.sim.sync.explore import explore
from custmaster.sim.sync.faults import FaultPlan
from custmaster.sim.sync.simulate import simulate
from custmaster.testing.known_bad import KNOWN_BAD, KnownBad, Need, search_of
from custmaster.testing.reference_host import reference_hosts
from custmaster.testing.sync_machine import sync_machine

RUNS = 1000
UNKNOWN_TO_THE_SIMULATION = {Need.CREATION, Need.MERGE, Need.RELATIONSHIP}
"""The simulation has no creation at the peer, no merge and no second relationship: it cannot find what needs them."""


def random_runs(bad: KnownBad, edits: int | None) -> int:
    """How many of the seeds 0 to 999 find the variant; of the size of its reach unless `edits` says otherwise."""
    reach = bad.scope
    larger = edits is not None
    plan = FaultPlan(
        loss=200,
        repetition=150,
        delay=400,
        restore=30 if larger else 100 if reach.restores else 0,
        handover=60 if larger else 200 if reach.handoffs else 0,
    )
    count = edits if edits is not None else reach.edits + 1  # the creation is an edit, too
    runs = (simulate(one, edits=count, customers=1, faults=plan, rules=bad.rules) for one in range(RUNS))
    return sum(bool(run.violations) or not run.converged for run in runs)


def first_example(bad: KnownBad) -> int | None:
    """The number of the first of 1,000 examples of 30 steps that finds the variant; None when none does."""
    made = sync_machine(reference_hosts(bad.rules))
    count = 0

    class Counted(made):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            nonlocal count
            count += 1
            super().__init__()

    seed(0)(Counted)
    wanted = settings(
        max_examples=RUNS,
        stateful_step_count=30,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Counted, settings=wanted)
    except AssertionError:
        return count
    return None


def row(bad: KnownBad, arguments: argparse.Namespace) -> Iterator[str]:
    yield f"`{bad.name}`"
    if arguments.machine:
        yield str(first_example(bad) or "none")
        return
    found = explore(search_of(bad.scope), rules=bad.rules)
    yield bad.breaks
    yield f"{bad.scope.edits}, {bad.scope.handoffs}, {bad.scope.restores}"
    yield ", ".join(dict.fromkeys(violation.invariant.value for violation in found.violations)) or "not found"
    yield f"{found.states:,}"
    yield "-" if set(bad.scope.needs) & UNKNOWN_TO_THE_SIMULATION else str(random_runs(bad, arguments.edits))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=list(KNOWN_BAD))
    parser.add_argument("--edits", type=int)
    parser.add_argument("--machine", action="store_true")
    arguments = parser.parse_args()
    for name in arguments.names:
        print("|", " | ".join(row(KNOWN_BAD[name], arguments)), "|", flush=True)


if __name__ == "__main__":
    main()
