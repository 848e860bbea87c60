"""The keys of the rows of a Parquet file as one column of Arrow, where each is the name of its row already: no text until one is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final, cast, overload

from custmaster.batch.engines import EVERY
from custmaster.batch.host_keys import key_columns, keys_alone
from custmaster.batch.plan import LONGEST
from custmaster.wire.mapping import FileMapping
from custmaster.wire.read_parquet import cells_sql

__all__ = ["KeyColumn", "key_column"]

_PLAIN: Final = bytes(range(ord("!"), ord("~") + 1))
"""The characters of which a key is itself, with no blank about it."""
_MOST: Final = 1 << 31
"""Bytes that one array of Arrow cannot tell the ends in."""


class KeyColumn(Sequence[str]):
    """Texts of ASCII, each made when it is asked for; `cells` is the array of Arrow that holds them, from its first place on."""

    __slots__ = ("_data", "_ends", "_places", "cells")

    def __init__(self, cells: Any) -> None:
        _, ends, data = cells.buffers()
        self.cells: Final = cells
        self._places: Final = range(len(cells))
        self._ends: Final = memoryview(ends).cast("i")
        self._data: Final = memoryview(data)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return list(map(self.__getitem__, self._places[place]))
        at = self._places[place]
        return str(self._data[self._ends[at] : self._ends[at + 1]], "ascii")

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells.to_pylist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(cast("Sequence[object]", other))

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # as a list

    def __reduce__(self) -> tuple[type[KeyColumn], tuple[Any]]:
        return KeyColumn, (self.cells,)


def key_column(connection: Any, path: Path, mapping: FileMapping) -> KeyColumn | None:
    """The host's key of each row, in file order; None where a key is not plain, is missing, or stands in two rows."""
    asked, columns = keys_alone(mapping), key_columns(mapping)
    if len(columns) != 1:
        return None
    inner, values = cells_sql(path, asked, 0, EVERY)
    key = f"c{asked.columns.index(columns[0])}"
    table = connection.sql(f"SELECT {key} AS key FROM ({inner})", params=values).to_arrow_table()  # noqa: S608 -- names are quoted
    if not 0 < table.nbytes < _MOST:
        return None
    cells = table.combine_chunks().column("key").chunk(0)
    connection.register("keys", table)
    told = "SELECT count(DISTINCT key), coalesce(min(length(key)), 0), max(length(key)) FROM keys"
    different, shortest, longest = connection.execute(told).fetchall()[0]
    connection.unregister("keys")
    named = different == len(cells) and shortest > 0 and longest <= LONGEST
    return KeyColumn(cells) if named and not bytes(cells.buffers()[2]).translate(None, _PLAIN) else None
