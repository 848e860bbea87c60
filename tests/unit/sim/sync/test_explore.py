"""Every scope of the documentation, searched to the end: the invariants hold, the counts are those that were looked at."""

from __future__ import annotations

import pytest
from attrs import evolve

from custmaster.sim.sync import SCOPES, ExploreResult, Invariant, Scope, chart, explore
from custmaster.sync.edit import edit
from custmaster.sync.fields import NOTHING
from custmaster.sync.messages import Full
from custmaster.sync.replica import Step
from custmaster.sync.rules import RULES, Rules

# scope, states, transitions, and what its search must have met
PINNED = [
    ("one-edit", 22, 21, ["repeated message"]),
    ("two-edits", 498, 749, ["conflict", "repeated message", "stale FULL dropped"]),
    ("three-edits", 12_076, 23_566, ["conflict", "repeated message", "stale FULL dropped"]),
    ("number-only", 3_793, 7_300, ["repeated message", "stale FULL dropped"]),
    ("two-field-edits", 1_969, 2_986, ["conflict", "stale FULL dropped"]),
    ("group", 1_969, 2_986, ["conflict", "stale FULL dropped"]),
    ("three-in-a-group", 3_637, 7_062, ["conflict", "stale FULL dropped"]),
    ("creation-refused", 1_817, 3_624, ["conflict", "stale FULL dropped"]),
    ("creation-proposed", 8_101, 15_938, ["conflict", "creation collides"]),
    ("stock", 2_410, 4_327, ["conflict", "snapshot after a restore"]),
    ("two-customers", 1_436, 2_380, ["conflict", "stale FULL dropped"]),
    ("merge", 350, 667, ["merge would end in a circle"]),
    ("merge-in-one-range", 1_703, 3_374, ["conflict", "merge would end in a circle"]),
    ("merge-and-status", 6_810, 14_724, ["conflict", "merge would end in a circle"]),
    ("status", 12_083, 23_575, ["conflict", "stale FULL dropped"]),
    ("status-delete-wins", 3_644, 7_071, ["conflict", "status overridden"]),
    ("status-owner-only", 1_134, 2_182, ["conflict"]),
    ("relation", 12_083, 23_575, ["conflict"]),
    ("two-relations", 12_090, 23_584, ["conflict"]),
    ("handover", 2_512, 4_018, ["handoff with pending edits", "late KEY of an old epoch"]),
    ("two-handovers", 7_349, 12_116, ["handoff with pending edits", "message of an old epoch dropped"]),
    ("group-handover", 1_160, 1_847, ["conflict", "handoff with pending edits"]),
    ("status-handover", 3_248, 5_365, ["handoff with pending edits", "message of an old epoch dropped"]),
    ("repair", 8_051, 16_603, ["message of an old life dropped", "snapshot after a restore"]),
    ("two-repairs", 15_922, 32_743, ["message of an old life dropped", "snapshot after a restore"]),
    ("repair-handover", 8_549, 15_346, ["conflict", "handoff with pending edits", "late KEY of an old epoch"]),
    ("upgrade", 5_024, 7_898, ["parked for another catalogue"]),
    ("restore", 5_968, 9_437, ["message of an old life dropped", "snapshot after a restore"]),
    ("restore-status", 6_034, 9_564, ["conflict", "message of an old life dropped"]),
    ("restore-group", 6_047, 9_576, ["conflict", "message of an old life dropped"]),
    ("restore-relation", 5_975, 9_441, ["message of an old life dropped"]),
    ("restore-parked", 18_328, 29_529, ["message of an old life dropped", "parked for another catalogue"]),
    ("restore-creation", 1_636, 2_558, ["creation collides", "message of an old life dropped"]),
    ("restore-handover", 1_846, 2_539, ["edit uncertain after a restore", "message of an old epoch dropped"]),
    ("restore-two-handovers", 5_031, 7_312, ["edit uncertain after a restore", "late KEY of an old epoch"]),
]
LARGE = [
    ("four-edits", 303_842, 714_315),
    ("three-two-field-edits", 97_013, 190_316),
    ("three-edits-and-a-handover", 62_206, 115_046),
    ("repair-restore", 77_170, 156_381),
    ("restore-three", 175_866, 335_506),
    ("two-restores", 42_692, 83_303),
]


def shown(found: ExploreResult) -> str:
    return "\n\n".join(chart(violation) for violation in found.violations)


@pytest.mark.parametrize(("name", "states", "transitions", "must_meet"), PINNED, ids=[row[0] for row in PINNED])
def test_everything_holds_and_the_counts_are_known(
    name: str, states: int, transitions: int, must_meet: list[str]
) -> None:
    found = explore(SCOPES[name])
    assert found.violations == (), shown(found)
    assert found.complete
    assert (found.states, found.transitions) == (states, transitions), "look at what changed, then pin it"
    assert [what for what in must_meet if not dict(found.sometimes)[what]] == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "states", "transitions"), LARGE, ids=[row[0] for row in LARGE])
def test_everything_holds_in_the_large_scopes(name: str, states: int, transitions: int) -> None:
    found = explore(SCOPES[name])
    assert found.violations == (), shown(found)
    assert found.complete
    assert (found.states, found.transitions) == (states, transitions), "look at what changed, then pin it"


def test_every_named_scope_is_pinned() -> None:
    assert sorted(SCOPES) == sorted([row[0] for row in PINNED] + [row[0] for row in LARGE])


def test_what_a_deadline_cuts_short_says_so() -> None:
    found = explore(SCOPES["restore-three"], deadline=0.0)
    assert not found.complete
    assert found.violations == ()
    assert found.states < 5_000


def test_progress_is_told_every_thousand_states() -> None:
    told: list[int] = []
    explore(SCOPES["handover"], progress=told.append)
    assert told == [1000, 2000]


def test_a_silly_scope_is_refused() -> None:
    for wrong in ({"edits": -1}, {"customers": 3}, {"customers": 0}, {"keys": -1}):
        with pytest.raises(ValueError, match="RANGE"):
            Scope(**wrong)


def every_full_is_taken(replica, message, setting, surroundings=None) -> Step:
    """Rules that forgot to compare versions."""
    if isinstance(message, Full) and not replica.owner:
        return RULES.deliver(evolve(replica, rev=0, ack=0, base=NOTHING), message, setting)
    return RULES.deliver(replica, message, setting)


def test_the_first_violation_has_a_short_history_and_a_chart() -> None:
    found = explore(SCOPES["two-edits"], rules=Rules(deliver=every_full_is_taken))
    assert not found.complete
    violation = found.violations[0]
    assert violation.invariant in Invariant
    assert sum(step.event.value == "EDIT" for step in violation.trace) <= 2
    lines = chart(violation).splitlines()
    assert lines[0].startswith(f"{violation.invariant.value}: ")
    assert any("CHANGE" in line for line in lines)
    assert "#" not in "".join(lines), "a chart shows no value"


def lazy_edit(replica, changes, setting) -> Step:
    """Rules that give every edit of the peer the number of the one before."""
    step = edit(replica, changes, setting)
    made = step.replica
    if made.owner or step.refused is not None or not replica.pseq:
        return step
    pending = [evolve(one, pseq=replica.pseq) for one in made.pending]
    return Step(replica=evolve(made, pseq=replica.pseq, pending=pending))


def test_rules_that_raise_are_found_and_not_passed_on() -> None:
    def raising(replica, changes, setting) -> Step:
        raise RuntimeError("not for the reader")

    found = explore(SCOPES["one-edit"], rules=Rules(edit=raising))
    assert [violation.invariant for violation in found.violations] == [Invariant.RAISED]
    assert "not for the reader" not in chart(found.violations[0])


def test_a_chatty_system_costs_too_much() -> None:
    def chatty(replica, setting):
        owed = RULES.outstanding(replica, setting)
        return (*owed, *owed)

    found = explore(SCOPES["one-edit"], rules=Rules(outstanding=chatty))
    assert [violation.invariant for violation in found.violations] == [Invariant.COST]


def test_reused_edit_numbers_are_found() -> None:
    assert explore(SCOPES["two-edits"], rules=Rules(edit=lazy_edit)).violations != ()
