"""A host written from the description alone, on SQLite: the kit accepts it, and finds the fault that is planted in its twin."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from custmaster.testing.known_bad import KNOWN_BAD
from custmaster.testing.pytest_plugin import load_factory
from custmaster.testing.reference_host import ReferenceHost, reference_hosts
from custmaster.testing.sync_conformance import run_conformance
from custmaster.testing.sync_machine import run_sync_machine
from custmaster.testing.sync_pair import SyncViolation
from custmaster.testing.sync_vectors import replay_vectors, vectors, write_vectors

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


@pytest.fixture(scope="module")
def example() -> ModuleType:
    sys.path.insert(0, str(EXAMPLES))
    try:
        import own_sync_host
    finally:
        sys.path.remove(str(EXAMPLES))
    return own_sync_host


@pytest.fixture(scope="module")
def two_edits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vectors") / "two-edits.jsonl"
    assert write_vectors(path) > 700
    return path


def test_it_uses_no_function_of_the_protocol() -> None:
    source = (EXAMPLES / "own_sync_host.py").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if "custmaster" in line and "import" in line]
    assert lines == [
        "from custmaster.sync import Report, ReportCode",
        "from custmaster.testing.sync_adapter import Capability, EditResult, HostConfig",
    ]


def test_the_kit_accepts_it(example: ModuleType) -> None:
    report = run_conformance(example.Host, max_examples=30)
    assert report.conforms, str(report)
    assert len(report.passed) > 30


def test_the_kit_finds_the_planted_fault(example: ModuleType) -> None:
    report = run_conformance(example.HostWithAFault, max_examples=5, shrink=False)
    assert "test_edits_in_a_row_do_not_conflict_with_each_other" in report.failed
    assert all(told.startswith("L4, no edit is lost in silence") for told in report.failed.values())


def test_it_works_with_the_reference_host_at_the_other_end(example: ModuleType) -> None:
    run_sync_machine({"BP": example.Host, "EUSP": ReferenceHost}, max_examples=30)
    run_sync_machine({"BP": ReferenceHost, "EUSP": example.Host}, max_examples=30)


def test_a_fault_is_found_from_the_other_end_too(example: ModuleType) -> None:
    with pytest.raises(SyncViolation):
        run_sync_machine({"BP": ReferenceHost, "EUSP": example.HostWithAFault}, max_examples=20, shrink=False)


# --- vectors ------------------------------------------------------------------------------------------------------------------


def test_every_trace_is_followed_by_the_reference_host_and_by_the_example(example: ModuleType, two_edits: Path) -> None:
    assert replay_vectors(ReferenceHost, two_edits) == ()
    assert replay_vectors(example.Host, two_edits) == ()


def test_the_traces_find_the_planted_fault(example: ModuleType, two_edits: Path) -> None:
    failures = replay_vectors(example.HostWithAFault, two_edits)
    assert len(failures) > 20
    assert {one.part for one in failures} <= {"replies", "outgoing", "record", "reports"}


@pytest.mark.parametrize(
    "name", ["STALE_FULL_APPLIED", "FULL_CLOBBERS_PENDING", "PEER_ALWAYS_WINS", "LOSS_UNTOLD", "CONFLICT_BY_REV"]
)
def test_the_traces_find_known_bad_rules(name: str, two_edits: Path) -> None:
    assert replay_vectors(reference_hosts(KNOWN_BAD[name].rules), two_edits)


def test_traces_are_the_same_each_time_and_none_begins_another(two_edits: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.jsonl"
    write_vectors(again)
    assert again.read_bytes() == two_edits.read_bytes()
    lives = [(one["start"]["system"], one["events"]) for one in vectors(two_edits)]
    assert not any(a is not b and a[0] == b[0] and a[1] == b[1][: len(a[1])] for a in lives[:60] for b in lives)


# --- the plugin ---------------------------------------------------------------------------------------------------------------


def pytest_run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "custmaster.testing.pytest_plugin",
        *options,
    ]
    env = os.environ | {"PYTHONPATH": str(EXAMPLES), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*command, "--pyargs", "custmaster.testing.sync_suite", "-c", os.devnull, "--rootdir", str(folder)],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder, env=env,
    )  # fmt: skip


def test_the_plugin_tests_the_host_that_it_is_told(tmp_path: Path) -> None:
    done = pytest_run(
        tmp_path, "--sync-adapter=own_sync_host:HostWithAFault", "--sync-seed=5", "-k", "in_a_row or crash or key_edit"
    )
    assert done.returncode == 1, done.stdout
    assert "L4, no edit is lost in silence" in done.stdout
    assert "1 failed" in done.stdout
    right = pytest_run(tmp_path, "--sync-adapter=own_sync_host:Host", "-k", "in_a_row or dies")
    assert right.returncode == 0, right.stdout
    assert "skipped" in right.stdout


def test_a_factory_is_named_by_module_and_name() -> None:
    with pytest.raises(ValueError, match="module:factory"):
        load_factory("own_sync_host")


def test_the_plugin_loads_neither_the_kit_nor_hypothesis() -> None:
    code = "import sys, custmaster.testing.pytest_plugin; print([m for m in sys.modules if m in ('hypothesis', 'custmaster.testing.sync_pair')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
