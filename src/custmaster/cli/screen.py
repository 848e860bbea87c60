"""What the command shows: tables and sentences for people, or one JSON object for programs, never both."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from custmaster.errors import UnusableInput
from custmaster.handbook import Language

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Screen", "drop_output", "pick", "use_utf8"]

_WIDTH: Final = 120


def use_utf8() -> None:
    """Write UTF-8 into pipes and files whatever the locale says, so that the same run gives the same bytes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def drop_output() -> None:
    """Let standard output lead nowhere, so that the interpreter, as it ends, does not try to write the rest."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # not a file, or closed already
        return


def pick(lang: Language, zh: str, en: str) -> str:
    """The one of two texts that the reader asked for.

    >>> pick(Language.ZH, "行", "line")
    '行'
    """
    return zh if lang is Language.ZH else en


def _plain(value: object) -> object:
    if isinstance(value, (date, Decimal)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the output")


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(
        file=stream,
        width=None if stream.isatty() else _WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )


@frozen(kw_only=True)
class Screen:
    """Where a verb shows its answer. `as_json`: one object on standard output and nothing else there."""

    as_json: bool
    lang: Language

    def ready(self) -> None:
        """UnusableInput when what is asked for cannot be shown: said before any work is done or any file is written."""
        if not self.as_json and find_spec("rich") is None:
            remedy = "pip install 'custmaster[cli]', or ask for --json"
            raise UnusableInput("custmaster", problem="tables need the package rich", remedy=remedy)

    def pick(self, zh: str, en: str) -> str:
        """The text in the reader's language."""
        return pick(self.lang, zh, en)

    def say(self, zh: str, en: str) -> None:
        """One sentence for people."""
        if not self.as_json:
            _console().print(self.pick(zh, en))

    def show(self, text: str) -> None:
        """A text that must reach the reader unchanged, such as a file's content."""
        if not self.as_json:
            sys.stdout.write(text if text.endswith("\n") else text + "\n")

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table for people; numbers stand to the right."""
        if self.as_json:
            return
        from rich.table import Table

        console = _console()
        shown = Table(title=title, title_justify="left", title_style="bold")
        listed = [tuple(row) for row in rows]
        for place, column in enumerate(columns):
            numeric = bool(listed) and all(isinstance(row[place], int) for row in listed)
            shown.add_column(column, justify="right" if numeric else "left", overflow="fold")
        for row in listed:
            shown.add_row(*(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row))
        console.print(shown)

    def result(self, answer: Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
        """The one JSON object, or list of objects, when that was asked for."""
        if self.as_json:
            text = json.dumps(answer, ensure_ascii=False, indent=2, default=_plain)
            sys.stdout.write(text + "\n")

    def error(self, problem: UnusableInput) -> None:
        """Why nothing could be done: on standard error, or as the JSON object."""
        self.result(
            {
                "error": {
                    "source": problem.source,
                    "where": problem.where,
                    "problem": problem.problem,
                    "remedy": problem.remedy,
                }
            }
        )
        if not self.as_json:
            sys.stderr.write(f"{self.pick('错误', 'error')}: {problem}\n")

    @contextmanager
    def progress(self, what: str, total: int | None) -> Generator[Callable[[int], None]]:
        """A progress bar on a terminal, silence elsewhere; gives the function that is told how many rows are done."""
        if self.as_json or not sys.stderr.isatty():
            yield _ignore
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns: tuple[Any, ...] = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=_console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=total)
            yield lambda done: bar.update(task, completed=done)

    @contextmanager
    def stages(self, what: str, names: Mapping[str, str]) -> Generator[Callable[[str, int, int], None]]:
        """A bar for each stage of a long work as it begins, on a terminal; gives the function that is told stage, done and total.

        A total of 0 means that nobody knows.
        """
        if self.as_json or not sys.stderr.isatty():
            yield _ignore_stage
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns: tuple[Any, ...] = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=_console(stderr=True), transient=True) as bar:
            tasks: dict[str, Any] = {}

            def told(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bar.add_task(f"{what}: {names[stage]}", total=total or None)
                bar.update(tasks[stage], completed=done)

            yield told


def _ignore_stage(stage: str, done: int, total: int) -> None:
    """Nobody is watching."""


def _ignore(done: int) -> None:
    """Nobody is watching."""
