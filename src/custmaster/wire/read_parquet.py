"""Parquet in, through DuckDB (extra `duckdb`): streamed in file order, only the mapped columns, every cell as text."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from custmaster.decision import Remark
from custmaster.errors import UnusableInput
from custmaster.wire._header import check_header, numeric_text, why
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.mapping import FileMapping
from custmaster.wire.table import Row, Table

if TYPE_CHECKING:
    import duckdb

__all__ = ["by_columns", "cells_sql", "open_parquet", "parquet_columns"]

_BATCH: Final = 2048
_CHUNK: Final = 16384
"""Rows of a chunk of columns."""
# One thread: reading keeps ahead of the rules, and a second one doubles the memory.
_SETTINGS: Final = {
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_file_cache": False,
}
_FLOATS: Final = ("DOUBLE", "FLOAT")
_NO_TEXT: Final = ("BLOB", "BIT", "STRUCT", "MAP", "UNION", "VARIANT", "GEOMETRY")


@contextmanager
def open_parquet(path: Path, mapping: FileMapping | None) -> Generator[Table]:
    """The table of a Parquet file: its header is the mapped columns; `line` counts the rows from 1, in file order.

    Dates become YYYY-MM-DD, a time of day at midnight too. A number in floating point whose digits cannot be trusted becomes an
    empty cell and a finding. Memory is that of one row group of the mapped columns. Errors: UnusableInput without the package
    duckdb, for a truncated or damaged file, a missing column, and a mapped column that holds no text (lists, bytes).
    """
    connection = _connect(path)
    try:
        with path.open("rb"):
            pass
        described = _ask(connection, path, "DESCRIBE SELECT * FROM read_parquet(?)").fetchall()
        types = {str(row[0]): str(row[1]) for row in described}
        columns = (mapping.columns if mapping is not None else ()) or tuple(types)
        check_header(path.name, tuple(types), columns, where="its columns")
        count = _ask(connection, path, "SELECT count(*) FROM read_parquet(?)").fetchall()[0][0]
        reader = _ParquetReader(path=path, columns=columns, types=tuple(types[column] for column in columns))
        yield Table(source=path.name, header=columns, rows=reader.rows(connection), typed=True, expected=int(count))
    except OSError as problem:
        raise UnusableInput(path.name, problem=f"the file cannot be opened ({why(problem)})") from None
    finally:
        connection.close()


def by_columns(path: Path, mapping: FileMapping) -> bool:
    """Whether `parquet_columns` can read the file: with the package pyarrow, and no mapped column in floating point."""
    if find_spec("pyarrow") is None:
        return False
    connection = _connect(path)
    try:
        return not any(kind in _FLOATS for kind in _types(connection, path, mapping))
    finally:
        connection.close()


def parquet_columns(
    path: Path, mapping: FileMapping, first: int, stop: int, *, only: Sequence[int] | None = None
) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """Rows `first` to `stop` of a Parquet file, column by column and some thousands at a time; the first row is 0.

    Cells are those that `open_parquet` gives, of the mapped columns alone; with each chunk come the places of its rows. With `only`,
    the rows of these places alone. For files that `by_columns` takes. Errors: as `open_parquet`.
    """
    pa: Any = import_module("pyarrow")

    connection = _connect(path)
    try:
        reader = _ParquetReader(path=path, columns=mapping.columns, types=_types(connection, path, mapping))
        which = "true"
        if only is not None:
            connection.register("wanted", pa.table({"place": pa.array(only, pa.int64())}))
            which = "place IN (SELECT place FROM wanted)"
        yield from reader.chunks(connection, which, first, stop)
    finally:
        connection.close()


def cells_sql(path: Path, mapping: FileMapping, first: int, stop: int) -> tuple[str, dict[str, object]]:
    """The query for the place of each row from `first` to `stop` and its mapped cells as text, c0, c1 and so on, with its values.

    For files that `by_columns` takes. Errors: as `open_parquet`.
    """
    connection = _connect(path)
    try:
        types = _types(connection, path, mapping)
    finally:
        connection.close()
    return _ParquetReader(path=path, columns=mapping.columns, types=types).cells(first, stop)


def _types(connection: duckdb.DuckDBPyConnection, path: Path, mapping: FileMapping) -> tuple[str, ...]:
    """The type of each mapped column."""
    described = _ask(connection, path, "DESCRIBE SELECT * FROM read_parquet(?)").fetchall()
    types = {str(row[0]): str(row[1]) for row in described}
    check_header(path.name, tuple(types), mapping.columns, where="its columns")
    return tuple(types[column] for column in mapping.columns)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        import duckdb
    except ImportError:
        remedy = "pip install 'custmaster[duckdb]'"
        raise UnusableInput(path.name, problem="reading Parquet needs the package duckdb", remedy=remedy) from None
    connection = duckdb.connect(":memory:", config=dict(_SETTINGS))
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET streaming_buffer_size = '1MB'")
    return connection


def _ask(connection: duckdb.DuckDBPyConnection, path: Path, sql: str) -> duckdb.DuckDBPyConnection:
    import duckdb

    try:
        return connection.execute(sql, [_one_file(path)])
    except duckdb.Error:
        raise _damaged(path) from None


def _one_file(path: Path) -> str:
    """The name of a file where DuckDB takes a pattern: what would be one is written as a class of itself."""
    return "".join(f"[{mark}]" if mark in "*?[" else mark for mark in str(path))


def _cells(column: Any) -> list[str]:
    """A column of texts that each end on a line end, as texts without it: one look at its bytes, where no cell holds another."""
    _, offsets, data = column.buffers()
    ends = memoryview(offsets).cast("i")[column.offset : column.offset + len(column) + 1]
    cells = bytes(memoryview(data)[ends[0] : ends[-1]]).decode().split("\n")[:-1]
    return cells if len(cells) == len(column) else [text[:-1] for text in column.to_pylist()]


def _damaged(path: Path) -> UnusableInput:
    return UnusableInput(
        path.name,
        problem="this is no whole Parquet file: it is truncated, damaged or of another format",
        remedy="copy it again",
    )


@frozen(kw_only=True)
class _ParquetReader:
    path: Path
    columns: tuple[str, ...]
    types: tuple[str, ...]

    def rows(self, connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
        """Every row, a batch in memory at a time."""
        floats = tuple(place for place, kind in enumerate(self.types) if kind in _FLOATS)
        expressions = ", ".join(self._expression(*pair) for pair in zip(self.columns, self.types, strict=True))
        cursor = _ask(connection, self.path, f"SELECT {expressions} FROM read_parquet(?)")  # noqa: S608 -- names are quoted
        for line, record in enumerate(self._records(cursor), start=1):
            yield self._with_floats(line, record, floats) if floats else Row(line=line, cells=record)

    def _records(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
        import duckdb

        while True:
            try:
                batch = cursor.fetchmany(_BATCH)
            except duckdb.Error:
                raise _damaged(self.path) from None
            if not batch:
                return
            yield from batch

    def cells(self, first: int, stop: int) -> tuple[str, dict[str, object]]:
        """The query for some rows, see `cells_sql`."""
        pairs = zip(self.columns, self.types, strict=True)
        cells = ", ".join(f"{self._expression(*pair)} AS c{at}" for at, pair in enumerate(pairs))
        rows = "FROM read_parquet($file, file_row_number = true) WHERE file_row_number >= $first AND file_row_number < $stop"
        return f"SELECT file_row_number AS place, {cells} {rows}", {
            "file": _one_file(self.path),
            "first": first,
            "stop": stop,
        }

    def chunks(
        self, connection: duckdb.DuckDBPyConnection, which: str, first: int, stop: int
    ) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        """The rows of a condition, column by column."""
        import duckdb

        cells = ", ".join(f"c{at} || chr(10)" for at in range(len(self.columns)))
        inner, values = self.cells(first, stop)
        sql = f"SELECT place, {cells} FROM ({inner}) WHERE {which}"  # noqa: S608
        try:
            for batch in connection.sql(sql, params=values).to_arrow_reader(_CHUNK):
                places, *columns = batch.columns
                yield places.to_pylist(), [_cells(column) for column in columns]
        except duckdb.Error:
            raise _damaged(self.path) from None

    def _expression(self, column: str, kind: str) -> str:
        plain = kind.partition("(")[0]
        if kind.endswith("]") or plain in _NO_TEXT:
            problem = f"column {column!r} holds no text but {'lists' if kind.endswith(']') else plain}"
            raise UnusableInput(self.path.name, problem=problem, remedy="export it as text")
        name = '"' + column.replace('"', '""') + '"'
        if kind in _FLOATS:
            return name
        if kind.startswith("TIMESTAMP"):
            return f"coalesce(regexp_replace(CAST({name} AS VARCHAR), ' 00:00:00(\\+00)?$', ''), '')"
        return f"coalesce(CAST({name} AS VARCHAR), '')"

    def _with_floats(self, line: int, record: Sequence[Any], floats: tuple[int, ...]) -> Row:
        cells: list[Any] = list(record)
        remarks: list[Remark] = []
        for place in floats:
            text = "" if cells[place] is None else numeric_text(cells[place])
            if text is None:
                remarks.append(remark_on("", CellCode.NUMBER_AS_FLOAT, column=self.columns[place]))
            cells[place] = text or ""
        return Row(line=line, cells=tuple(cells), remarks=tuple(remarks))
