"""The check of a file by several processes, with the same findings, counts and numbers, byte for byte, as by one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any, Final, Self

from attrs import frozen

from custmaster.errors import UnusableInput
from custmaster.handbook import Language
from custmaster.report.check_share import COUNTS, FAMILIES, PARTS, Texts
from custmaster.report.completeness_tally import CompletenessCounter
from custmaster.report.in_file import InFile, Presence, Spills
from custmaster.report.tally import Tally, TallyCounter
from custmaster.wire._hands import Hand

__all__ = ["CheckCrew", "CrewTask"]

_MODULE: Final = "custmaster.report.check_worker"
_SEEDS: Final = 1 << 32

Take = Callable[[IO[bytes], int], None]
"""Takes so many bytes of lines of the findings file, made elsewhere."""


@frozen(kw_only=True)
class CrewTask:
    """What is checked: the file, the check in words, the day, where findings go (None: counted only), and what is asked."""

    file: Path
    texts: Texts
    day: date
    out: Path | None
    lang: Language
    whole: bool
    numbering: bool

    def spoken(self) -> dict[str, object]:
        """As it is said to another process."""
        return {
            "file": str(self.file.absolute()),
            "mapping": self.texts.mapping,
            "handbook": self.texts.handbook,
            "day": self.day.isoformat(),
            "out": None if self.out is None else str(self.out),
            "lang": self.lang.value,
            "whole": self.whole,
            "numbering": self.numbering,
        }


class CheckCrew:
    """So many processes that check one file; see `at_work`."""

    def __init__(self, hands: Sequence[Hand], folder: Path, name: str) -> None:
        self._hands, self._folder, self._name = hands, folder, name

    @classmethod
    @contextmanager
    def at_work(cls, task: CrewTask, workers: int) -> Generator[CheckCrew]:
        """The crew, for use in a `with`, at whose end the processes and their files are gone."""
        seed = int.from_bytes(os.urandom(8), "big") % _SEEDS
        salt = os.urandom(16).decode("latin-1")
        with tempfile.TemporaryDirectory(prefix="custmaster-") as place, _Hands(workers, seed) as hands:
            folder = Path(place)
            for at, hand in enumerate(hands.all):
                (folder / str(at)).mkdir()
                share = {"index": at, "of": workers, "salt": salt, "folder": str(folder / str(at))}
                hand.give(task.spoken() | share)
            yield cls(hands.all, folder, task.file.name)

    def watched(
        self, take: Take, progress: Callable[[int], None], scores: CompletenessCounter | None, in_file: InFile | None
    ) -> Tally:
        """Every row through the rules; `scores` and `in_file` are told what was scored and which keys there are."""
        answers = self._asked("watch", lambda done: progress(done * len(self._hands)))
        rows = {answer["rows"] for answer in answers}
        if len(rows) > 1:
            raise UnusableInput(self._name, problem="the file changed while it was read", remedy="check it again")
        counter = TallyCounter()
        for at, answer in enumerate(answers):
            counter.take(answer["tally"])
            if scores is not None and in_file is not None:
                scores.take(answer["profiles"])
                in_file.take_keys(Spills(folder=self._folder / str(at), salt=""))
        self._copy(f"{PARTS}1", [_numbered(answer["lengths"]) for answer in answers], take)
        tally = counter.tally()
        progress(tally.rows)
        if in_file is not None:
            in_file.pass_over(tally.rows)
        return tally

    def resolved(self, take: Take, in_file: InFile) -> Presence:
        """Who is in the file already, told family by family."""
        in_file.join(self._folder / FAMILIES)
        answers = self._asked("settle", _silent)
        for at, answer in enumerate(answers):
            in_file.take_counts(answer["counts"], self._folder / str(at) / COUNTS)
        told = [list(zip(answer["buckets"], answer["lengths"], strict=False)) for answer in answers]
        self._copy(f"{PARTS}2", told, take)
        return in_file.presence()

    def _asked(self, task: str, progress: Callable[[int], None]) -> list[Mapping[str, Any]]:
        for hand in self._hands:
            hand.give({"do": task})
        return [hand.answer(progress) for hand in self._hands]

    def _copy(self, name: str, told: Sequence[Sequence[tuple[int, int]]], take: Take) -> None:
        """The lines of all processes: those of the least number first, and of one number the first process's."""
        order = sorted((number, at, length) for at, some in enumerate(told) for number, length in some)
        with ExitStack() as stack:
            parts = {at: stack.enter_context((self._folder / str(at) / name).open("rb")) for _, at, _ in order}
            for _, at, length in order:
                take(parts[at], length)


def _numbered(lengths: Sequence[int]) -> list[tuple[int, int]]:
    return list(enumerate(lengths))


class _Hands:
    """The processes, stopped at the end of the `with`, at once when the run has failed."""

    def __init__(self, workers: int, seed: int) -> None:
        self.all: Final = [Hand(_MODULE, seed) for _ in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        for hand in self.all:
            hand.stop(failed=problem[0] is not None)


def _silent(done: int) -> None:
    """Nobody is watching the progress of this stage."""
