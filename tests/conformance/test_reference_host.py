"""The kit accepts the reference host, skips what a host does not claim, and calls a run empty that met too little."""

from __future__ import annotations

import pytest

from custmaster.testing.reference_host import ReferenceHost, reference_hosts
from custmaster.testing.sync_adapter import KIT_CONFIG, Capability, HostConfig, SyncHost
from custmaster.testing.sync_conformance import SyncConformance, run_conformance
from custmaster.testing.sync_machine import SOMETIMES, EmptyRun, run_sync_machine, sync_machine
from custmaster.testing.sync_pair import NUMBERS, SyncPair


class TestReference(SyncConformance):
    """As a user writes it."""

    def make_host(self, system: str, config: HostConfig) -> SyncHost:
        return ReferenceHost(system, config)


class PlainHost(ReferenceHost):
    @property
    def capabilities(self) -> frozenset[Capability]:
        return frozenset()


def test_what_is_not_claimed_is_skipped_and_the_rest_is_run() -> None:
    report = run_conformance(PlainHost, max_examples=40)
    assert report.conforms, str(report)
    assert len(report.skipped) > 20
    assert len(report.passed) > 20
    assert {told.partition("claim ")[2].split(",")[0] for told in report.skipped.values()} <= set(Capability)


def test_a_run_that_met_too_little_is_empty() -> None:
    with pytest.raises(EmptyRun, match="never met: KEY taken"):
        run_sync_machine(reference_hosts(), max_examples=2, steps=2)


def test_everything_that_a_run_must_meet_is_met_and_counted() -> None:
    met = run_sync_machine(reference_hosts(), max_examples=80, start=7)
    assert [name for name in SOMETIMES if not met[name]] == []


def test_one_seed_gives_one_run() -> None:
    runs = [run_sync_machine(reference_hosts(), max_examples=60, start=start) for start in (3, 3)]
    assert runs[0] == runs[1]


def test_machines_of_two_factories_count_apart() -> None:
    one, two = sync_machine(reference_hosts()), sync_machine(reference_hosts())
    one.met["crash"] += 1
    assert not two.met


def test_a_host_that_raises_fails_without_its_message() -> None:
    class Raising(PlainHost):
        def edit(self, number: str, changes: object) -> object:  # type: ignore[override]
            raise RuntimeError("name is 张伟")

    report = run_conformance(Raising, max_examples=1)
    assert not report.conforms
    assert "the host raised RuntimeError" in report.failed.values()
    assert "张伟" not in str(report)


def test_of_two_states_of_one_version_a_restored_peer_takes_the_owner_s() -> None:
    """What the peer changed for itself alone was never the owner's to know: after a restore the owner's copy stands at both."""
    pair = SyncPair(ReferenceHost, config=KIT_CONFIG)
    number = next(one for one in NUMBERS if KIT_CONFIG.owner(one) == "BP")
    pair.create("BP", number)
    pair.quiesce()
    pair.edit("EUSP", number, "occupation")
    there = [pair.hosts[system].record(number) for system in ("BP", "EUSP")]
    assert there[0] != there[1]
    pair.backup("EUSP")
    pair.restore("EUSP")
    pair.quiesce()
    assert [pair.hosts[system].record(number) for system in ("BP", "EUSP")] == [there[0], there[0]]
