"""Opening a customer file of any known format as one kind of table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from custmaster.errors import UnusableInput
from custmaster.wire.mapping import FileMapping
from custmaster.wire.read_csv import open_csv
from custmaster.wire.read_jsonl import open_jsonl
from custmaster.wire.read_parquet import open_parquet
from custmaster.wire.read_xlsx import open_xlsx
from custmaster.wire.table import Row, Table

__all__ = ["format_of", "open_table", "rows"]

_BY_ENDING: Final = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".pq": "parquet",
}


def format_of(path: Path, mapping: FileMapping | None = None) -> str:
    """The format that the mapping states, else the one that the ending of the file's name tells.

    Errors: UnusableInput for an ending that tells nothing.

    >>> format_of(Path("customers.CSV"))
    'csv'
    """
    stated = mapping.file.format if mapping is not None else None
    if stated is not None:
        return "jsonl" if stated == "ndjson" else stated
    found = _BY_ENDING.get(path.suffix.lower())
    if found is None:
        problem = f"the ending {path.suffix!r} tells no format"
        remedy = 'state it in the mapping: [source] format = "csv", "tsv", "jsonl", "xlsx" or "parquet"'
        raise UnusableInput(path.name, problem=problem, remedy=remedy)
    return found


def open_table(path: Path, mapping: FileMapping | None = None) -> AbstractContextManager[Table]:
    r"""The file as a table, to be used in a `with`; without a mapping, or with one that names no column, all its columns are read.

    Rows come in file order with one in memory at a time (an .xlsx sheet is held whole). A bad row is a row without cells and with
    the remark that says why, and the rest goes on. Errors: UnusableInput when the file as a whole cannot be used.
    Source: issue 2, "CSV, JSONL, .xlsx (extra) and Parquet (extra duckdb) in".

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "customers.csv"
    ...     _ = target.write_text("客户姓名,性别\n张伟,1\n", encoding="utf-8")
    ...     with open_table(target) as table:
    ...         table.header, [row.line for row in table.rows]
    (('客户姓名', '性别'), [2])
    """
    if path.is_dir():
        raise UnusableInput(path.name or str(path), problem="this is a folder, not a file")
    if not path.exists():
        raise UnusableInput(path.name, problem="there is no such file", remedy="check the name of the file")
    match format_of(path, mapping):
        case "csv":
            return open_csv(path, mapping, ",")
        case "tsv":
            return open_csv(path, mapping, "\t")
        case "jsonl":
            return open_jsonl(path, mapping)
        case "xlsx":
            return open_xlsx(path, mapping)
        case _:
            return open_parquet(path, mapping)


def rows(path: Path, mapping: FileMapping | None = None) -> Iterator[Row]:
    """The rows of a file alone; the file is closed at the end. Errors: as `open_table`."""
    with open_table(path, mapping) as table:
        yield from table.rows
