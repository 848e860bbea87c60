"""Every known-bad host that claims to do what its mistake is about is rejected by a named test of the kit."""

from __future__ import annotations

from unittest import SkipTest

import pytest

from custmaster.testing.known_bad import KNOWN_BAD
from custmaster.testing.known_bad._kinds import Need
from custmaster.testing.reference_host import reference_hosts
from custmaster.testing.sync_adapter import HostConfig, HostFactory, SyncHost
from custmaster.testing.sync_conformance import SyncConformance
from custmaster.testing.sync_pair import SyncViolation

# The adapter has no operation for a merge: those mistakes are for the explorer.
WITHIN = {name: one for name, one in KNOWN_BAD.items() if Need.MERGE not in one.scope.needs}


def scenes(factory: HostFactory) -> SyncConformance:
    class Subject(SyncConformance):
        def make_host(self, system: str, config: HostConfig) -> SyncHost:
            return factory(system, config)

    return Subject()


def names() -> list[str]:
    return [name for name in dir(SyncConformance) if name.startswith("test_") and "arbitrary" not in name]


def rejected_by(factory: HostFactory) -> tuple[str, SyncViolation] | None:
    tests = scenes(factory)
    for name in names():
        try:
            getattr(tests, name)()
        except SyncViolation as found:
            return name, found
        except SkipTest:
            continue
    return None


def test_the_real_rules_are_accepted() -> None:
    assert rejected_by(reference_hosts()) is None


@pytest.mark.parametrize("name", sorted(WITHIN))
def test_a_known_bad_host_is_rejected(name: str) -> None:
    found = rejected_by(reference_hosts(WITHIN[name].rules))
    assert found is not None, f"{WITHIN[name].hole} No test of the kit saw it."
    assert found[1].story
    assert found[1].promise


def test_few_are_left_to_the_explorer_alone() -> None:
    assert len(WITHIN) >= 60
    assert len(KNOWN_BAD) - len(WITHIN) <= 4


def test_every_scene_has_its_use() -> None:
    assert len(names()) > 60
    assert all((getattr(SyncConformance, name).__doc__ or "").strip() for name in names())
