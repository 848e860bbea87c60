"""The search finds every known-bad variant within its reach, and none of them by a first edit alone: the list gates the search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve

from custmaster.sim.sync.explore import explore
from custmaster.sim.sync.scope import Scope
from custmaster.testing.known_bad import KNOWN_BAD, KnownBad, Need, first_edit, search_of

LONG = {"SNAP_KEEPS_PENDING_OF_OLD_EPOCH"}
"""Its search takes more than five seconds."""


def variants() -> Iterator[Any]:
    for name, bad in KNOWN_BAD.items():
        yield pytest.param(bad, id=name, marks=pytest.mark.slow if name in LONG else ())


@pytest.mark.parametrize("bad", list(variants()))
def test_the_search_finds_the_variant_within_its_reach(bad: KnownBad) -> None:
    found = explore(search_of(bad.scope), rules=bad.rules)
    assert found.violations, f"{bad.name} lives: {bad.hole}"


@pytest.mark.parametrize("bad", KNOWN_BAD.values(), ids=KNOWN_BAD)
def test_a_first_edit_does_not_find_the_variant(bad: KnownBad) -> None:
    found = explore(first_edit(bad.scope), rules=bad.rules)
    assert (found.complete, found.violations) == (True, ())


def searches() -> Iterator[Any]:
    seen: set[str] = set()
    for name, bad in KNOWN_BAD.items():
        scope = search_of(bad.scope)
        if repr(scope) not in seen:
            seen.add(repr(scope))
            long = scope.edits + scope.handovers + scope.restores > 3
            yield pytest.param(scope, id=f"as for {name}", marks=pytest.mark.slow if long else ())


@pytest.mark.parametrize("scope", list(searches()))
def test_within_the_same_reach_the_search_finds_nothing_in_the_rules_themselves(scope: Scope) -> None:
    found = explore(scope)
    assert (found.complete, found.violations) == (True, ())


@pytest.mark.parametrize(
    "name", ["FIELD_NUMBER_IGNORED", "APPLIED_EDIT_STAMPED", "REEDIT_TAKES_NEW_BASE", "SKIPPED_EDIT_TOLD"]
)
def test_what_needs_three_edits_is_not_found_by_two(name: str) -> None:
    bad = KNOWN_BAD[name]
    assert bad.scope.edits == 3
    assert explore(search_of(evolve(bad.scope, edits=2)), rules=bad.rules).violations == ()


def test_the_list_is_long_enough_to_gate_a_search() -> None:
    assert len(KNOWN_BAD) >= 32
    assert sum(bad.scope.handoffs > 0 for bad in KNOWN_BAD.values()) >= 8
    assert sum(bad.scope.restores > 0 for bad in KNOWN_BAD.values()) >= 8
    assert {need for bad in KNOWN_BAD.values() for need in bad.scope.needs} == set(Need)
