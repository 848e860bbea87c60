"""What the questions over whole files have in common: how a run is made, how its pairs are shared out, how its rows are named."""

from __future__ import annotations

import gc
import tempfile
from array import array
from collections.abc import Callable, Container, Generator, Iterable, Sequence
from contextlib import contextmanager
from itertools import accumulate, chain
from pathlib import Path
from typing import Final

from attrs import frozen

from custmaster.batch.engines import EngineName, Meeting
from custmaster.batch.joined import Joined, Name, tied
from custmaster.batch.judging import Found
from custmaster.batch.tasks import Judged
from custmaster.dedup.components import components_of

__all__ = [
    "LARGEST_BLOCK",
    "Block",
    "Progress",
    "Run",
    "Stage",
    "folder_of",
    "named",
    "rows_of",
    "shares_of",
    "telling",
    "tied_of",
    "uncollected",
]

LARGEST_BLOCK: Final = 1000
"""Rows that share one text and are compared with one another; a technical bound, and each larger block is told."""

Stage = str
Progress = Callable[[Stage, int, int], None]
"""Hears of a stage ("texts" or "verdicts"), how many rows of it are done, and how many there are: 0 when nobody knows."""


@frozen(kw_only=True)
class Run:
    """How a run is made: engine, worker processes, the memory of the engine (such as "2GB"), where to spill, and the largest block."""

    engine: EngineName = EngineName.DUCKDB
    workers: int = 2
    memory: str | None = None
    temporary: Path | None = None
    largest_block: int = LARGEST_BLOCK
    progress: Progress | None = None


@frozen(kw_only=True)
class Block:
    """Rows that share one text and were too many to be compared by it: the kind of the text, how many, the first of them."""

    kind: str
    rows: int
    first: str


def rows_of(judged: Sequence[Judged]) -> list[Found]:
    """What all workers found, in the order of the rows."""
    found = (
        (left, right, one.findings[place])
        for one in judged
        for left, right, place in zip(one.left, one.right, one.found, strict=True)
    )
    return sorted(found, key=lambda row: row[:2])


def tied_of(judged: Sequence[Judged], found: Sequence[Found], name: Name, rows: int) -> Joined:
    """What is one, of so many rows, by what all workers found."""
    apart = list(chain.from_iterable(one.apart for one in judged))
    large = list(chain.from_iterable(one.large for one in judged))
    return tied(found, apart, large, name, rows)


def named(records: Iterable[str], lines: Iterable[int] | None = None) -> list[str]:
    """The names of rows, no two alike: their keys, and of one without, or with a key that stood before, its line too (its place when none are given).

    A key that stands in one row alone names that row, whatever it looks like.

    >>> named(["7", "", "7"]), named(["7", "7", "7#2"])
    (['7', '#2', '7#3'], ['7', '7#2#2', '7#2'])
    """
    names = list(records)
    taken = set(names)
    if len(taken) == len(names) and "" not in taken:
        return names
    seen: set[str] = set()
    for place, line in enumerate(range(1, len(names) + 1) if lines is None else lines):
        if not names[place] or names[place] in seen:
            names[place] = _free(f"{names[place]}#{line}", line, taken)
            taken.add(names[place])
        seen.add(names[place])
    return names


def _free(name: str, line: int, taken: Container[str]) -> str:
    while name in taken:
        name = f"{name}#{line}"
    return name


def shares_of(meeting: Meeting, rows: int, count: int) -> list[tuple[array[int], array[int]]]:
    """The pairs in so many shares of about one size; no row stands in two, so that each is made ready once."""
    if count == 1:
        return [(meeting.left, meeting.right)]
    roots = components_of(meeting.left, meeting.right, rows)
    sizes: dict[int, int] = {}
    for left in meeting.left:
        sizes[roots[left]] = sizes.get(roots[left], 0) + 1
    bounds = list(accumulate(sizes.values()))
    share_of = {
        root: min(bound * count // (len(meeting.left) + 1), count - 1)
        for root, bound in zip(sizes, bounds, strict=True)
    }
    shares = [(array("q"), array("q")) for _ in range(count)]
    for left, right in zip(meeting.left, meeting.right, strict=True):
        lefts, rights = shares[share_of[roots[left]]]
        lefts.append(left)
        rights.append(right)
    return shares


def telling(progress: Progress | None, stage: Stage, total: int) -> Callable[[int], None]:
    """What a worker tells its progress to."""
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(stage, done, total)

    return told


@contextmanager
def uncollected() -> Generator[None]:
    """Without Python's search for circles: nothing here goes in circles, and each search would walk every row that was made ready."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def folder_of(temporary: Path | None) -> Generator[Path]:
    """A folder for a run, gone with all that is in it when the run ends."""
    with tempfile.TemporaryDirectory(prefix="custmaster-", dir=temporary) as folder:
        yield Path(folder)
