"""The search finds every known-bad variant within its reach, and none of them by a first edit alone; the list gates the kit."""

from __future__ import annotations

import pytest
from attrs import evolve

from custmaster.sim.sync.explore import explore
from custmaster.sim.sync.scope import Scope
from custmaster.testing.known_bad import KNOWN_BAD, KnownBad, Need, Reach, first_edit, search_of

ALL = pytest.mark.parametrize("bad", KNOWN_BAD.values(), ids=KNOWN_BAD)

SLOW = {"SNAP_KEEPS_PENDING_OF_OLD_EPOCH"}
"""More than five seconds."""


@pytest.mark.parametrize(
    "bad",
    [pytest.param(bad, id=name, marks=pytest.mark.slow if name in SLOW else ()) for name, bad in KNOWN_BAD.items()],
)
def test_the_search_finds_the_variant_within_its_reach(bad: KnownBad) -> None:
    found = explore(search_of(bad.scope), rules=bad.rules)
    assert found.violations, f"{bad.name} lives: {bad.hole}"


@ALL
def test_a_first_edit_does_not_find_the_variant(bad: KnownBad) -> None:
    found = explore(first_edit(bad.scope), rules=bad.rules)
    assert (found.complete, found.violations) == (True, ())


SCENARIOS = sorted({search_of(bad.scope) for bad in KNOWN_BAD.values()}, key=repr)


@pytest.mark.parametrize("scope", [one for one in SCENARIOS if one.edits + one.handovers + one.restores < 5], ids=repr)
def test_within_the_same_reach_the_search_finds_nothing_in_the_rules_themselves(scope: Scope) -> None:
    found = explore(scope)
    assert (found.complete, found.violations) == (True, ())


def test_the_list_is_long_enough_to_gate_a_kit() -> None:
    assert len(KNOWN_BAD) >= 32
    assert sum(bad.scope.handoffs > 0 for bad in KNOWN_BAD.values()) >= 8
    assert sum(bad.scope.restores > 0 for bad in KNOWN_BAD.values()) >= 8
    assert {need for bad in KNOWN_BAD.values() for need in bad.scope.needs} == set(Need)


def test_a_search_of_a_smaller_reach_does_not_find_what_needs_more() -> None:
    bad = KNOWN_BAD["REEDIT_TAKES_NEW_BASE"]
    smaller: Reach = evolve(bad.scope, edits=bad.scope.edits - 1)
    assert explore(search_of(smaller), rules=bad.rules).violations == ()
