"""Several processes check a file as one does: the same findings, counts and numbers, byte for byte; what goes wrong is told and leaves nothing."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from custmaster.cli import check, main
from custmaster.handbook import Language
from custmaster.report.check_crew import CheckCrew, CrewTask
from custmaster.report.check_share import CHUNK, Texts
from custmaster.report.file_check import FileCheck
from custmaster.sim import FICTIONAL_DAY, fictional_customers, sample_mapping, write_customers
from custmaster.value import _packaged

DAY: Final = FICTIONAL_DAY.isoformat()
ROWS: Final = 3 * CHUNK + 40
AGAIN: Final = 700
"""Rows that stand a second time, under another key."""


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("銀行 bank")
    file = folder / "客户 customers.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        write_customers(stream, fictional_customers(ROWS - AGAIN, seed=7, faults=300))
    header, *rows = file.read_text("utf-8").splitlines()
    twice = [f"X{row}" for row in rows[5 : 5 + AGAIN]]
    broken = ["one,cell,too,few", "", '"a quote"behind it', *[""] * 2]
    file.write_text("\n".join([header, *rows[:900], *broken, *rows[900:], *twice]) + "\n", encoding="utf-8")
    (folder / "map.toml").write_text(sample_mapping(), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def spilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = tmp_path / "spilled"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert list(place.iterdir()) == [], "no temporary file is left behind"


def asked(bank: Path, to: Path, workers: int, *more: str) -> list[str]:
    file = str(bank / "客户 customers.csv")
    out = to / f"out{'.jsonl' if 'jsonl' in more else '.csv'}"
    words = ["check", file, "--mapping", str(bank / "map.toml"), "--as-of", DAY, "--out", str(out), "--json"]
    return [*words, "--workers", str(workers), *(word for word in more if word != "jsonl")]


def outcome(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, object], dict[str, bytes]]:
    told = json.loads(capsys.readouterr().out)
    del told["out"]
    told.pop("numbers", None)
    return told, {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize(
    "more", [("numbers",), ("jsonl", "--lang", "zh"), ("--rules-only",), ("--handbook", "handbook.toml")], ids=str
)
def test_every_number_of_processes_gives_the_same(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    if "--handbook" in more:
        own = _packaged.read_text("default.toml").replace("2013-01-01", "2033-01-01")
        (tmp_path / "handbook.toml").write_text(own, encoding="utf-8")
    found: list[object] = []
    for workers in (1, 2, 5):
        to = tmp_path / str(workers)
        to.mkdir()
        words = asked(bank, to, workers, *(word.replace("handbook.t", f"{tmp_path}/handbook.t") for word in more))
        if "numbers" in words:
            words = [*words[: words.index("numbers")], "--numbers-out", str(to / "numbers.csv")]
        assert main(words) == 1
        found.append(outcome(to, capsys))
    assert all(one == found[0] for one in found)


def test_a_file_without_rows_and_one_of_a_single_row(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (bank / "客户 customers.csv").read_text("utf-8").splitlines()
    for count in (1, 2):
        file = tmp_path / f"{count}.csv"
        file.write_text("\n".join(lines[:count]) + "\n", encoding="utf-8")
        answers: list[object] = []
        for workers in ("1", "3"):
            words = ["check", str(file), "--mapping", str(bank / "map.toml"), "--as-of", DAY, "--json"]
            code = main([*words, "--workers", workers])
            answers.append((code, json.loads(capsys.readouterr().out)))
        assert answers[0] == answers[1]


def test_a_large_file_is_shared_and_a_small_one_is_not(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    real = CheckCrew.at_work

    def at_work(task: CrewTask, workers: int) -> object:
        started.append(workers)
        return real(task, workers)

    monkeypatch.setattr(CheckCrew, "at_work", at_work)
    words = ["check", str(bank / "客户 customers.csv"), "--mapping", str(bank / "map.toml"), "--as-of", DAY, "--json"]
    assert main(words) == 1
    assert started == []
    monkeypatch.setattr(check, "_SMALL", 1)
    assert main(words) == 1
    assert started == [2]
    one, other = capsys.readouterr().out.split("\n}\n")[:2]
    assert one == other


def test_what_is_wrong_with_the_file_is_told_as_by_one(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.csv"
    text = (bank / "客户 customers.csv").read_text("utf-8")
    file.write_text(text + 'C9,"a quote that is never closed\n', encoding="utf-8")
    told: list[str] = []
    for workers in ("1", "3"):
        words = ["check", str(file), "--mapping", str(bank / "map.toml"), "--out", str(tmp_path / "out.csv")]
        assert main([*words, "--workers", workers]) == 2
        told.append(capsys.readouterr().err)
    assert told[0] == told[1]
    assert "never closed" in told[0]
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("count", ["0", "-1", "two", "65", "１"])
def test_a_number_of_processes_that_is_none(bank: Path, tmp_path: Path, count: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([*asked(bank, tmp_path, 1), "--workers", count])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no signal that kills at once")
def test_a_process_that_is_killed_is_told_and_nothing_is_written(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = CheckCrew.watched

    def watched(crew: CheckCrew, *rest: object) -> object:
        crew._hands[1]._process.kill()
        crew._hands[1]._process.wait()
        return real(crew, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(CheckCrew, "watched", watched)
    assert main(asked(bank, tmp_path, 2)) == 2
    assert "ended before its work was done" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["spilled"]


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_ends_the_processes_and_leaves_nothing(
    bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes: list[object] = []
    real = CheckCrew.watched

    def watched(crew: CheckCrew, *rest: object) -> object:
        processes.extend(hand._process for hand in crew._hands)
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        time.sleep(5)
        return real(crew, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(CheckCrew, "watched", watched)
    assert main(asked(bank, tmp_path, 2)) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["spilled"]
    assert all(process.poll() is not None for process in processes)  # type: ignore[attr-defined]


def test_a_file_that_grows_under_the_readers_is_told(bank: Path, tmp_path: Path) -> None:
    class Hand:
        def __init__(self, rows: int) -> None:
            self.rows = rows

        def give(self, task: object) -> None:
            del task

        def answer(self, progress: object) -> dict[str, object]:
            del progress
            return {"rows": self.rows, "tally": {}, "lengths": []}

    crew = CheckCrew([Hand(1), Hand(2)], tmp_path, "c.csv")  # type: ignore[list-item]
    with pytest.raises(check.UnusableInput, match="changed while it was read"):
        crew.watched(lambda lines, length: None, lambda done: None, None, None)


def test_the_words_of_a_check_make_the_same_check(bank: Path) -> None:
    mapping = ((bank / "map.toml").read_text("utf-8"), "map.toml")
    made = Texts(mapping=mapping).check(FICTIONAL_DAY)
    assert isinstance(made, FileCheck)
    assert made.day == FICTIONAL_DAY
    task = CrewTask(
        file=bank / "c.csv", texts=Texts(mapping=mapping), day=FICTIONAL_DAY, out=None, lang=Language.EN, whole=True,
        numbering=False,
    )  # fmt: skip
    assert json.loads(json.dumps(task.spoken()))["day"] == DAY
    assert "姓名" not in repr(task)
