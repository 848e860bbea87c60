"""Where the answers go: no file is written over by its own draft, a broken output is no traceback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from custmaster.cli import check, main

COMMAND = [sys.executable, "-m", "custmaster.cli"]


def test_a_draft_never_overwrites_its_file(run: Callable[..., object], tmp_path: Path) -> None:
    file = tmp_path / "kehu.csv"
    file.write_text("姓名\n张伟\n", encoding="utf-8")
    ran = run("map", file, "--out", file)
    assert ran.code == 2  # type: ignore[attr-defined]
    assert "overwrite" in ran.err  # type: ignore[attr-defined]
    assert file.read_text("utf-8") == "姓名\n张伟\n"


def test_a_sample_is_not_overwritten_by_its_mapping(run: Callable[..., object], tmp_path: Path) -> None:
    ran = run("sample", "--customers", "2", "--out", tmp_path / "customers.toml")
    assert ran.code == 2  # type: ignore[attr-defined]
    assert "overwrite" in ran.err  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_has_seen_enough_is_no_mistake() -> None:
    with subprocess.Popen(
        [*COMMAND, "handbook", "show", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        assert (ran.stderr.read(), ran.wait()) == (b"", 2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run([*COMMAND, "handbook", "show", "--json"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"error: standard output")
    assert ran.stderr.count(b"\n") == 1


def test_an_interrupt_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def interrupted(
        arguments: object,
    ) -> None:  # raised, not sent: a background job may have been started with SIGINT ignored
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "load_handbook", interrupted)
    assert main(["check", str(tmp_path / "absent.csv"), "--mapping", "m.toml"]) == 130
    assert capsys.readouterr().err == ""
