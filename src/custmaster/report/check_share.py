"""What one of several processes does in the check of a file: its share of the rows, then its share of the families.

Each reads the whole file and looks at every so many-th chunk of it. What it finds it lays down as the very lines of the findings file, so
that whoever puts the shares together copies them in the order of the file; counts and keys can be put together in any order.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import IO, Any, Final, Self

from attrs import evolve, field, frozen

from custmaster.handbook import Language, default, parse
from custmaster.report.completeness_tally import CompletenessCounter
from custmaster.report.file_check import FileCheck, Watch, check_table, let_pass
from custmaster.report.in_file import InFile, Spills
from custmaster.wire._spill import BUCKETS
from custmaster.wire.findings import Finding, finding_lines
from custmaster.wire.mapping_file import load_mapping
from custmaster.wire.readers import open_table
from custmaster.wire.structure import Structured, compile_structure
from custmaster.wire.table import Row, Table

__all__ = ["CHUNK", "COUNTS", "FAMILIES", "PARTS", "CheckShare", "Texts", "both"]

CHUNK: Final = 1024
"""Rows that one process looks at before the next one's begin; a multiple of those that are looked at together."""

FAMILIES: Final = "families"
COUNTS: Final = "new"
PARTS: Final = "part"


@frozen(kw_only=True)
class Texts:
    """A check in words that another process understands: mapping and handbook as their files have them, each with its name."""

    mapping: tuple[str, str] = field(repr=False)
    handbook: tuple[str, str] | None = field(default=None, repr=False)

    def check(self, day: date) -> FileCheck:
        """The check that the texts state. Errors: UnusableInput, as when they were first read."""
        book = default() if self.handbook is None else parse(*self.handbook)
        return FileCheck(mapping=load_mapping(*self.mapping), handbook=book, day=day)


class CheckShare:
    """One process's part of one check: `watch`, then `settle`; made from what `custmaster.report.check_crew` says to it."""

    def __init__(self, told: Mapping[str, Any], progress: Callable[[int], None]) -> None:
        handbook = told["handbook"]
        texts = Texts(mapping=tuple(told["mapping"]), handbook=None if handbook is None else tuple(handbook))
        self._by: Final = texts.check(date.fromisoformat(told["day"]))
        self._file: Final = Path(told["file"])
        self._out: Final = None if told["out"] is None else Path(told["out"])
        self._lang: Final = Language(told["lang"])
        self._folder: Final = Path(told["folder"])
        self._index, self._of = int(told["index"]), int(told["of"])
        self._progress: Final = progress
        self._open: Final = ExitStack()
        self._in_file: InFile | None = None
        self._scores: CompletenessCounter | None = None
        if told["whole"]:
            spills = Spills(folder=self._folder, salt=told["salt"])
            self._in_file = self._open.enter_context(InFile(numbering=told["numbering"], spills=spills))
            self._scores = CompletenessCounter(self._by.handbook.on(self._by.day), self._by.day)

    def tasks(self) -> Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, object]]]:
        """The tasks by name."""
        return {"watch": self.watch, "settle": self.settle}

    def watch(self, task: Mapping[str, Any]) -> Mapping[str, object]:
        """Every row of the share through the rules; the rest are counted."""
        del task
        watch = both(self._scores, self._in_file)
        with _Part(self._folder / f"{PARTS}1", self._out, self._lang) as part:
            with open_table(self._file, self._by.mapping) as table:
                own = _Own(table, (self._index, self._of), part.cut, self._in_file)
                tally = check_table(evolve(table, rows=own.rows()), self._by, part.write, self._progress, watch)
            if own.chunks:
                part.cut()
            answer: dict[str, object] = {"rows": own.seen, "lengths": part.lengths, "tally": tally.as_plain()}
        if self._in_file is not None and self._scores is not None:
            self._in_file.hand_over()
            answer["profiles"] = self._scores.as_plain()
        return answer

    def settle(self, task: Mapping[str, Any]) -> Mapping[str, object]:
        """The families of the share's buckets, by the keys of all."""
        del task
        in_file = self._in_file
        if in_file is None:
            return {}
        in_file.take_families(self._folder.parent / FAMILIES)
        buckets, told = range(self._index, BUCKETS, self._of), list[int]()
        with _Part(self._folder / f"{PARTS}2", self._out, self._lang) as part:
            with open_table(self._file, self._by.mapping) as table:
                structure = compile_structure(self._by.mapping, table.header, typed=table.typed)
                for bucket in in_file.settle(table, structure, part.write, buckets):
                    told.append(bucket)
                    part.cut()
            counts = in_file.hand_over_counts(self._folder / COUNTS)
            return {"buckets": told, "lengths": part.lengths, "counts": counts.as_plain()}


def both(scores: CompletenessCounter | None, in_file: InFile | None) -> Watch:
    """Score each row and note its keys, where that is asked for."""
    if scores is None or in_file is None:
        return let_pass
    score, note = scores.watch, in_file.watch

    def watch(row: Row, structured: Structured) -> None:
        score(row, structured)
        note(row, structured)

    return watch


class _Own:
    """The rows of a share out of a whole table; `cut` hears that a chunk of the share is done when the next one begins."""

    def __init__(self, table: Table, share: tuple[int, int], cut: Callable[[], None], in_file: InFile | None) -> None:
        self._table, self._share, self._cut, self._in_file = table, share, cut, in_file
        self.seen: int = 0
        self.chunks: int = 0

    def rows(self) -> Iterator[Row]:
        """Each row of the share; the rows of others are passed over."""
        index, of = self._share
        rows = iter(self._table.rows)
        for number in count():
            some = tuple(islice(rows, CHUNK))
            if not some:
                return
            self.seen += len(some)
            if number % of == index:
                if self.chunks:
                    self._cut()
                self.chunks += 1
                yield from some
            elif self._in_file is not None:
                self._in_file.pass_over(len(some))


class _Part:
    """The lines of the findings of a share, and how many bytes of them each cut took."""

    def __init__(self, place: Path, out: Path | None, lang: Language) -> None:
        self.lengths: list[int] = []
        self._open: Final = ExitStack()
        self._binary: IO[bytes] | None = None
        self.write: Callable[[Finding], None] = _drop
        if out is not None:
            self._binary = self._open.enter_context(place.open("wb"))
            text = io.TextIOWrapper(self._binary, encoding="utf-8", errors="backslashreplace", newline="")
            self._text: Final = self._open.enter_context(text)
            self.write = finding_lines(out, text, lang)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._open.close()

    def cut(self) -> None:
        """What was written since the last cut belongs together."""
        if self._binary is not None:
            self._text.flush()
            self.lengths.append(self._binary.tell() - sum(self.lengths))


def _drop(finding: Finding) -> None:
    """Findings are counted only."""
