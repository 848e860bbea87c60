"""What an engine does for a run: which rows share a text, by equal digests and nothing else.

Python is the reference and holds everything in memory; DuckDB spills to disk what does not fit. Neither knows a value of a customer.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from attrs import frozen

from custmaster.errors import CustmasterError, UnusableInput

__all__ = ["EVERY", "Digests", "Engine", "EngineName", "InDuckDB", "Meeting", "column", "engine_named", "meet_beside"]

EVERY: Final = sys.maxsize
"""No row is of a stock that was compared before."""

_LONG: Final = 8
"""Bytes of a whole number."""

Digests = Sequence[tuple["array[int]", "array[int]"]]
"""Rows and digests, column beside column, of each worker."""


class EngineName(StrEnum):
    """The engines that there are."""

    DUCKDB = "duckdb"
    PYTHON = "python"
    SPARK = "spark"


@frozen(kw_only=True)
class Meeting:
    """Every pair of rows that share a text, the lesser row left, each once and in order; and the blocks that were too large.

    A block is told by its digest, how many rows share the text, and the first of them.
    """

    left: array[int]
    right: array[int]
    capped: tuple[tuple[int, int, int], ...]


class Engine(Protocol):
    """Brings together rows that share a text; blocks of more than `cap` rows are told and not compared.

    Rows from `stock` on are not brought together with one another: they were compared before, and only new ones are to be.
    """

    def meet(self, digests: Digests, cap: int, stock: int = EVERY) -> Meeting:
        """See `Meeting`."""
        ...


@frozen(kw_only=True)
class InPython:
    """The plain reference, in memory."""

    def meet(self, digests: Digests, cap: int, stock: int = EVERY) -> Meeting:
        """See `Meeting`."""
        blocks: dict[int, list[int]] = {}
        for rows, texts in digests:
            for row, digest in zip(rows, texts, strict=True):
                blocks.setdefault(digest, []).append(row)
        pairs: set[tuple[int, int]] = set()
        capped: list[tuple[int, int, int]] = []
        for digest, block in blocks.items():
            if len(block) > cap:
                capped.append((digest, len(block), min(block)))
            elif len(block) > 1:
                pairs.update(_pairs(sorted(block), stock))
        ordered = sorted(pairs)
        left, right = (array("q", [pair[side] for pair in ordered]) for side in (0, 1))
        return Meeting(left=left, right=right, capped=tuple(sorted(capped)))


def _pairs(block: Sequence[int], stock: int) -> Iterator[tuple[int, int]]:
    for at, row in enumerate(block[: bisect_left(block, stock)], 1):
        yield from ((row, other) for other in block[at:] if other != row)


_SHARED: Final = """
CREATE TEMP TABLE shared AS
SELECT digest, count(*) AS rows, min(place) AS first FROM texts GROUP BY digest HAVING count(*) > 1
"""
_CAPPED: Final = "SELECT digest, rows, first FROM shared WHERE rows > $cap ORDER BY digest"
_MET: Final = """
CREATE TEMP TABLE met AS
SELECT texts.digest, texts.place FROM texts JOIN shared ON texts.digest = shared.digest WHERE shared.rows <= $cap
"""
_PAIRS: Final = """
SELECT DISTINCT one.place AS l, other.place AS r FROM met AS one JOIN met AS other
ON one.digest = other.digest AND one.place < other.place AND one.place < $stock ORDER BY l, r
"""


@frozen(kw_only=True)
class InDuckDB:
    """DuckDB within this process; `folder` takes what does not fit into `memory` (such as "2GB")."""

    folder: Path
    memory: str | None = None
    threads: int = 2

    def meet(self, digests: Digests, cap: int, stock: int = EVERY) -> Meeting:
        """See `Meeting`."""
        with self.opened() as connection:
            return _meeting(connection, digests, cap, stock)

    @contextmanager
    def opened(self) -> Generator[Any]:
        """DuckDB with these bounds; ends with the `with`."""
        duckdb, _ = _packages()
        connection = duckdb.connect(":memory:", config=self._settings())
        try:
            yield connection
        finally:
            connection.close()

    def _settings(self) -> dict[str, Any]:
        settings = {
            "threads": self.threads,
            "temp_directory": str(self.folder),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        return settings if self.memory is None else {**settings, "memory_limit": self.memory}


def meet_beside(connection: Any, digests: Digests, cap: int) -> Meeting:
    """As `Engine.meet`, of these digests and of those in the connection's table `texts`."""
    connection.register("others", _table(digests))
    connection.execute("INSERT INTO texts SELECT place, digest FROM others")
    return _met(connection, cap, EVERY)


def _meeting(connection: Any, digests: Digests, cap: int, stock: int) -> Meeting:
    connection.register("texts", _table(digests))
    return _met(connection, cap, stock)


def _table(digests: Digests) -> Any:
    _, pa = _packages()
    return pa.concat_tables(
        pa.table({"place": column(pa, rows), "digest": column(pa, texts)}) for rows, texts in digests
    )


def _met(connection: Any, cap: int, stock: int) -> Meeting:
    connection.execute(_SHARED)
    capped = connection.execute(_CAPPED, {"cap": cap}).fetchall()
    connection.execute(_MET, {"cap": cap})
    left, right = array("q"), array("q")
    for batch in connection.sql(_PAIRS, params={"stock": stock}).to_arrow_reader(1 << 17):
        for numbers, values in zip((left, right), batch.columns, strict=True):
            numbers.frombytes(_bytes(values))
    return Meeting(left=left, right=right, capped=tuple(capped))


def _packages() -> tuple[Any, Any]:
    try:
        return import_module("duckdb"), import_module("pyarrow")
    except ImportError:
        raise UnusableInput(
            "engine duckdb",
            problem="it needs the packages duckdb and pyarrow",
            remedy="pip install 'custmaster[duckdb]', or take the engine python",
        ) from None


def column(pa: Any, values: array[int]) -> Any:
    """An array of whole numbers as a column, without a copy."""
    kind = pa.int64() if values.itemsize == _LONG else pa.int32()
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def _bytes(values: Any) -> memoryview:
    begin = values.offset * _LONG
    return memoryview(values.buffers()[1])[begin : begin + len(values) * _LONG]


def engine_named(name: EngineName, *, folder: Path, memory: str | None) -> Engine:
    """The engine of this name."""
    match name:
        case EngineName.DUCKDB:
            return InDuckDB(folder=folder, memory=memory)
        case EngineName.PYTHON:
            return InPython()
        case EngineName.SPARK:
            raise CustmasterError("Spark makes the whole of a run and is not asked for a meeting alone")
