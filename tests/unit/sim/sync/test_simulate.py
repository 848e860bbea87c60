"""Simulated runs: both cores end equal whatever fails, the same seed gives the same run, and what must be met is met."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from attrs import evolve

from custmaster.sim.sync import CrashPoint, FaultPlan, Scope, chart, simulate
from custmaster.sim.sync._book import Book, Deed, Doing
from custmaster.sim.sync._host import Core, letter
from custmaster.sim.sync._network import spoiled
from custmaster.sim.sync._watch import Watch
from custmaster.sim.sync.faults import ALL_FAULTS, CALM, Poison
from custmaster.sync.codes import SyncCode
from custmaster.sync.messages import Full
from custmaster.sync.rules import RULES, Rules

MUST_MEET = {
    "edit",
    "lost",
    "repeated",
    "spoiled",
    "handed over",
    "purged",
    "restored",
    "upgraded",
    "torn and mended",
    "told EDIT_LOST",
    "refused MALFORMED",
    "refused NUMBER_IN_NO_RANGE",
    "refused OTHER_CATALOGUE",
    "refused OTHER_EPOCH",
    "refused OTHER_INCARNATION",
    "refused RECOVERING",
    "refused WRONG_SYSTEM",
    *(f"crash {point.value}" for point in CrashPoint),
}


def run_all(seeds: range) -> Counter[str]:
    met = Counter[str]()
    for seed in seeds:
        run = simulate(seed, edits=50)
        assert run.violations == (), f"seed {seed}\n" + "\n".join(map(chart, run.violations))
        assert run.converged, f"seed {seed}"
        met.update(dict(run.sometimes))
    return met


def test_two_hundred_runs_with_every_fault_end_equal() -> None:
    met = run_all(range(200))
    assert [what for what in sorted(MUST_MEET) if not met[what]] == []


@pytest.mark.slow
def test_ten_thousand_runs_with_every_fault_end_equal() -> None:
    met = run_all(range(10_000))
    assert [what for what in sorted(MUST_MEET) if not met[what]] == []


def sick_run(customers: int) -> int:
    """A run in which one customer of a hundred is sick; the number of messages."""
    plan = FaultPlan(sick=10, loss=50, repetition=50, delay=100)
    run = simulate(11, edits=2 * customers, customers=customers, faults=plan)
    assert run.violations == ()
    assert run.converged
    assert 0 < dict(run.sometimes)["sick"] < customers // 20
    return run.messages


def test_sick_customers_hold_nobody_up_and_work_grows_linearly() -> None:
    small, middle, large = (sick_run(customers) for customers in (250, 500, 1000))
    assert 1.8 < middle / small < 2.2
    assert 1.8 < large / middle < 2.2


@pytest.mark.slow
def test_ten_thousand_customers_of_whom_one_in_a_hundred_is_sick() -> None:
    small, large = sick_run(1_000), sick_run(10_000)
    assert 9 < large / small < 11


def test_the_same_seed_gives_the_same_run_whatever_the_hash_seed() -> None:
    code = "from custmaster.sim.sync import simulate; print(hash(()) and simulate(3, edits=40))"
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != ""
    assert told[0].strip() == str(simulate(3, edits=40))


def test_in_calm_nothing_is_lost_and_everything_arrives() -> None:
    run = simulate(5, edits=30, faults=CALM)
    assert run.converged
    assert not dict(run.sometimes)["lost"]


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"seed": 1, "edits": -1}, {"seed": 1, "customers": 0}])
def test_a_silly_run_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="RANGE"):
        simulate(**wrong)


@pytest.mark.parametrize("wrong", [-1, 1001])
def test_a_silly_plan_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="RANGE"):
        FaultPlan(loss=wrong)


def test_a_plan_without_a_fault() -> None:
    assert "torn" in ALL_FAULTS.names
    assert "torn" not in ALL_FAULTS.without("torn").names


def test_rules_that_forget_versions_are_found_by_chance_too() -> None:
    def deliver(replica, message, setting, around=None):
        if isinstance(message, Full) and not replica.owner:
            return RULES.deliver(evolve(replica, rev=0, ack=0), message, setting)
        return RULES.deliver(replica, message, setting)

    found = [simulate(seed, edits=30, rules=Rules(deliver=deliver)) for seed in range(3)]
    assert any(run.violations for run in found)
    violation = next(run.violations[0] for run in found if run.violations)
    assert "#" not in chart(violation)


# One core.

NUMBER = "6000000000"
CREATION = Deed(doing=Doing.CREATE, fields=("key1", "key2", "other1"))
CHANGE = Deed(doing=Doing.CHANGE, fields=("key1",))


@pytest.fixture
def cores() -> tuple[Core, Core]:
    watch, scope = Watch(RULES, Book()), Scope()
    settings = (scope.setting(), scope.setting(upgraded=True))
    return Core("BP", "EUSP", watch, settings), Core("EUSP", "BP", watch, settings)


def created(core: Core) -> None:
    core.write(NUMBER, CREATION, 1)


def test_what_is_not_committed_has_not_happened(cores: tuple[Core, Core]) -> None:
    core = cores[0]
    created(core)
    before = core.rows[NUMBER]
    act = core.write(NUMBER, CHANGE, 2, CrashPoint.BEFORE_COMMIT)
    assert core.rows[NUMBER] == before
    assert (act.refused, act.sent) == ("CRASHED", ())
    core.restart()
    assert core.repaired == 0


@pytest.mark.parametrize("point", [CrashPoint.AFTER_COMMIT_BEFORE_SEND, CrashPoint.AFTER_SEND])
def test_what_is_committed_is_owed_after_the_crash(point: CrashPoint, cores: tuple[Core, Core]) -> None:
    core = cores[0]
    created(core)
    core.write(NUMBER, CHANGE, 2, point)
    core.restart()
    assert core.repaired == 0
    assert [element.message.rev for element in core.owed(NUMBER).sent] == [2]


@pytest.mark.parametrize("point", [CrashPoint.TORN_RECORD_ALONE, CrashPoint.TORN_STATE_ALONE])
def test_a_torn_commit_is_noticed_and_the_replica_is_right(point: CrashPoint, cores: tuple[Core, Core]) -> None:
    core = cores[0]
    created(core)
    core.write(NUMBER, CHANGE, 2, point)
    torn = core.rows[NUMBER]
    assert torn.record != torn.side.replica.values
    core.restart()
    assert core.repaired == 1
    mended = core.rows[NUMBER]
    assert mended.record == mended.side.replica.values == torn.side.replica.values


@pytest.mark.parametrize(
    ("poison", "code"),
    [
        (Poison.TRUNCATED, SyncCode.MALFORMED),
        (Poison.UNKNOWN_KIND, SyncCode.MALFORMED),
        (Poison.UNKNOWN_FIELD, SyncCode.MALFORMED),
        (Poison.NUMBER_IN_NO_RANGE, SyncCode.NUMBER_IN_NO_RANGE),
        (Poison.OTHER_CATALOGUE, SyncCode.OTHER_CATALOGUE),
        (Poison.WRONG_SYSTEM, SyncCode.WRONG_SYSTEM),
    ],
)
def test_a_spoiled_letter_changes_nothing(poison: Poison, code: SyncCode, cores: tuple[Core, Core]) -> None:
    one, other = cores
    created(one)
    sound = letter(one.owed(NUMBER).sent[0])
    act = other.receive(spoiled(sound, poison))
    assert act.refused == code
    assert other.rows == {}
    assert len(other.parking.messages) == (code in {SyncCode.NUMBER_IN_NO_RANGE, SyncCode.OTHER_CATALOGUE})
    assert other.receive(sound).refused is None
    assert other.side(NUMBER).replica.values == one.side(NUMBER).replica.values


def test_what_was_parked_for_the_next_catalogue_is_opened_with_it(cores: tuple[Core, Core]) -> None:
    one, other = cores
    one.upgrade()
    created(one)
    assert other.receive(letter(one.owed(NUMBER).sent[0])).refused == SyncCode.OTHER_CATALOGUE
    [(number, act)] = other.upgrade()
    assert (number, act.refused) == (NUMBER, None)
    assert other.side(NUMBER).replica.values == one.side(NUMBER).replica.values
    assert other.parking.messages == ()


def test_a_restored_core_asks_before_it_does_anything(cores: tuple[Core, Core]) -> None:
    core = cores[0]
    kept = core.backup()
    created(core)
    core.restore(kept)
    assert core.lives == {NUMBER: 1}
    assert core.side(NUMBER).replica.recovering
    assert core.write(NUMBER, CREATION, 2).refused == SyncCode.RECOVERING
