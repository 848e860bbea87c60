"""A register of contracts as a check reads it: all of it once in columns, and then some of its rows as records."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Final

from attrs import field, frozen

from custmaster.errors import UnusableInput
from custmaster.wire.contract_mapping import ContractMapping
from custmaster.wire.contract_rows import ReadContract, compile_contracts
from custmaster.wire.read_parquet import by_columns, parquet_columns
from custmaster.wire.readers import format_of, open_table
from custmaster.wire.table import Row, Table

__all__ = ["Chunk", "Placed", "Register", "Source"]

_CHUNK: Final = 8192
_RANGE: Final = 1 << 20
"""Rows of a Parquet file that are asked for at once, of which a few are wanted."""


@frozen(kw_only=True)
class Chunk:
    """Some rows beside each other: their places in the file, their cells by column, and those that have no cells."""

    places: Sequence[int]
    columns: Sequence[Sequence[str]] = field(repr=False)
    without: Mapping[int, Row] = field(factory=dict[int, Row])


@frozen(kw_only=True)
class Placed:
    """A row as a contract, its place (0 is the first) and its line."""

    place: int
    line: int
    read: ReadContract


@frozen(kw_only=True)
class Register:
    """An open register; `chunks` is read once. `typed` and `expected` as in `Table`."""

    table: Table
    source: Source

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of the chunks."""
        return self.table.header

    @property
    def typed(self) -> bool:
        """See `Table`."""
        return self.table.typed

    def chunks(self) -> Iterator[Chunk]:
        """All rows in the order of the file."""
        if self.source.in_columns:
            columns = parquet_columns(self.source.path, self.source.mapping.file, 0, self.table.expected or 0)
            return (Chunk(places=places, columns=cells) for places, cells in columns)
        return _chunks(self.table)


def _chunks(table: Table) -> Iterator[Chunk]:
    rows, place, blank = iter(table.rows), 0, ("",) * len(table.header)
    while some := tuple(islice(rows, _CHUNK)):
        without = {at: row for at, row in enumerate(some) if row.remarks or not row.cells}
        cells = [blank if at in without else row.cells for at, row in enumerate(some)]
        yield Chunk(places=range(place, place + len(some)), columns=list(zip(*cells, strict=True)), without=without)
        place += len(some)


@frozen(kw_only=True)
class Source:
    """The file of a register and its mapping."""

    path: Path
    mapping: ContractMapping

    @cached_property
    def in_columns(self) -> bool:
        """Whether the file is read in columns: Parquet, as far as `by_columns` can."""
        is_parquet = self.path.is_file() and format_of(self.path, self.mapping.file) == "parquet"
        return is_parquet and by_columns(self.path, self.mapping.file)

    @contextmanager
    def opened(self) -> Generator[Register]:
        """The register, for use in a `with`. Errors: as `open_table`."""
        with open_table(self.path, self.mapping.file) as table:
            yield Register(table=table, source=self)

    def rows_at(self, places: Sequence[int]) -> Iterator[Placed]:
        """The rows of these places, which ascend, in their order. Errors: UnusableInput when the file is no longer the one that was read."""
        if not places:
            return
        count = 0
        with self.opened() as register:
            read = compile_contracts(self.mapping, register.header, typed=register.typed)
            rows = self._columns_at(places) if self.in_columns else _rows_at(register.table, places)
            for place, row in rows:
                count += 1
                yield Placed(place=place, line=row.line, read=read(row))
        if count != len(places):
            raise UnusableInput(self.path.name, problem="the file changed while it was read", remedy="check it again")

    def _columns_at(self, places: Sequence[int]) -> Iterator[tuple[int, Row]]:
        for part, wanted in groupby(places, key=lambda place: place // _RANGE):
            chunks = parquet_columns(
                self.path, self.mapping.file, part * _RANGE, (part + 1) * _RANGE, only=list(wanted)
            )
            found = chain.from_iterable(zip(some, zip(*columns, strict=True), strict=True) for some, columns in chunks)
            # An engine that looks up the wanted ones in the file, or the file in them, gives them in another order.
            for place, cells in sorted(found):
                yield place, Row(line=place + 1, cells=cells)


def _rows_at(table: Table, places: Sequence[int]) -> Iterator[tuple[int, Row]]:
    wanted = iter(places)
    place = next(wanted, None)
    for at, row in enumerate(table.rows):
        if at == place:
            yield at, row
            place = next(wanted, None)
