"""The conformance tests of sync, one named test for each promise, for a host of your own.

    class TestMine(SyncConformance):
        def make_host(self, system, config):
            return MyHost(system, config)

Every test also holds each of its steps against everything that was seen before, so a failing one tells the first step that went wrong.
What needs a capability that the host does not claim is skipped. `run_conformance` runs all of them and the state machine, without pytest.
"""

from __future__ import annotations

from collections.abc import Mapping
from unittest import SkipTest

from attrs import frozen

from custmaster.testing._sync_handovers import HandoverScenes
from custmaster.testing._sync_lives import LifeScenes
from custmaster.testing._sync_plain import PlainScenes
from custmaster.testing.sync_adapter import HostConfig, HostFactory, SyncHost
from custmaster.testing.sync_machine import run_sync_machine

__all__ = ["ConformanceReport", "SyncConformance", "run_conformance"]


class SyncConformance(PlainScenes, HandoverScenes, LifeScenes):
    """Subclass it, say how a host is made, and let pytest run it; `machine_examples` and `machine_steps` bound the search."""

    machine_examples = 50
    machine_steps = 40
    machine_seed: int = 0
    machine_shrinks = True

    def test_arbitrary_use_with_all_faults(self) -> None:
        """The state machine, with everything that it must have met."""
        run_sync_machine(
            self.make_host,
            max_examples=self.machine_examples,
            steps=self.machine_steps,
            start=self.machine_seed,
            shrink=self.machine_shrinks,
        )


@frozen(kw_only=True)
class ConformanceReport:
    """What `run_conformance` found: the names of the tests that passed, and those that failed or were skipped, with the reason.

    >>> print(ConformanceReport(passed=("a",), failed={}, skipped={}))
    1 passed, 0 failed, 0 skipped
    """

    passed: tuple[str, ...]
    failed: Mapping[str, str]
    skipped: Mapping[str, str]

    @property
    def conforms(self) -> bool:
        """Whether nothing failed and something passed."""
        return bool(self.passed) and not self.failed

    def __str__(self) -> str:
        head = f"{len(self.passed)} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"
        return "\n".join((head, *(f"\n{name}\n{told}" for name, told in self.failed.items())))


def run_conformance(
    factory: HostFactory, *, max_examples: int = 50, steps: int = 40, seed: int = 0, shrink: bool = True
) -> ConformanceReport:
    """Every conformance test, then the state machine, on hosts made by `factory`.

    A host that raises fails the test in which it does; the text then names the error's class, never its message, which may hold data.
    """
    passed: list[str] = []
    failed: dict[str, str] = {}
    skipped: dict[str, str] = {}
    tests = _subject(factory, (max_examples, steps, seed), shrink=shrink)
    for name in sorted(one for one in dir(tests) if one.startswith("test_")):
        try:
            getattr(tests, name)()
        except SkipTest as reason:
            skipped[name] = str(reason)
        except AssertionError as problem:
            failed[name] = str(problem)
        except Exception as problem:  # noqa: BLE001
            failed[name] = f"the host raised {type(problem).__name__}"
        else:
            passed.append(name)
    return ConformanceReport(passed=tuple(passed), failed=failed, skipped=skipped)


def _subject(factory: HostFactory, bounds: tuple[int, int, int], *, shrink: bool) -> SyncConformance:
    class Subject(SyncConformance):
        machine_examples, machine_steps, machine_seed = bounds
        machine_shrinks = shrink

        def make_host(self, system: str, config: HostConfig) -> SyncHost:
            return factory(system, config)

    return Subject()
