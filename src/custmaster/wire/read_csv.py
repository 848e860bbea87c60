"""CSV in: strict about quotes, tolerant of single bad rows, one record in memory at a time."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from custmaster.errors import UnusableInput
from custmaster.wire._header import check_header
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.encoding import Survey, survey
from custmaster.wire.mapping import FileMapping
from custmaster.wire.table import Row, Table

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["open_csv"]


@contextmanager
def open_csv(path: Path, mapping: FileMapping | None, delimiter: str) -> Generator[Table]:
    """The table of a CSV file; `delimiter` holds unless the mapping states another.

    A record may span lines; its line is the first of them. Empty records are passed over. A record with too many or too few cells,
    a NUL, or text behind a closing quote becomes a row without cells and the finding that says why. Errors: UnusableInput for a
    missing or doubled column, a quote that is never closed, a cell beyond csv.field_size_limit(), and what `survey` refuses.
    Source: RFC 4180.
    """
    found = survey(path, mapping.file.encoding if mapping is not None else None)
    stated = mapping.file.delimiter if mapping is not None else None
    with path.open(encoding=found.encoding, newline="") as stream:
        records = csv.reader(stream, delimiter=stated or delimiter, strict=True)
        reader = _CsvReader(source=path.name, records=records)
        header = reader.header()
        check_header(path.name, header, mapping.columns if mapping is not None else (), where="line 1")
        yield Table(source=path.name, header=header, rows=reader.rows(header, found), expected=max(found.lines - 1, 0))


@frozen(kw_only=True)
class _CsvReader:
    source: str
    records: Reader

    def header(self) -> tuple[str, ...]:
        """The first record that is not empty."""
        while True:
            line = self.records.line_num + 1
            try:
                record = next(self.records, None)
            except csv.Error as problem:
                raise self._refused(problem, line) from None
            if record is None:
                raise UnusableInput(self.source, problem="the file is empty", remedy="export it again, with a header")
            if any(record):
                return tuple(record)

    def rows(self, header: tuple[str, ...], found: Survey) -> Iterator[Row]:
        """Every record behind the header."""
        records, width, has_nul = self.records, len(header), found.has_nul
        while True:
            line = records.line_num + 1
            try:
                record = next(records)
            except StopIteration:
                return
            except csv.Error as problem:
                yield self._broken(problem, line)
                continue
            except UnicodeDecodeError:
                raise UnusableInput(
                    self.source, problem="the file changed while it was read", where=f"line {line}"
                ) from None
            if len(record) == width and not (has_nul and any("\0" in cell for cell in record)):
                if any(record):
                    yield Row(line=line, cells=tuple(record))
            elif any(record):
                yield _unfit(record, width, line)

    def _broken(self, problem: csv.Error, line: int) -> Row:
        if "expected after" not in str(problem) and "new-line character" not in str(problem):
            raise self._refused(problem, line) from None
        return Row(line=line, cells=(), remarks=(remark_on("", CellCode.ROW_UNREADABLE),))

    def _refused(self, problem: csv.Error, line: int) -> UnusableInput:
        if "field limit" in str(problem):
            what = f"a cell is longer than {csv.field_size_limit():,} characters: most likely a quote is not closed"
        elif "unexpected end" in str(problem):
            what = "a quote is opened and never closed"
        else:
            what = "the quotes do not fit"
        remedy = 'write a quote within a cell twice ("")'
        return UnusableInput(self.source, problem=what, where=f"line {line}", remedy=remedy)


def _unfit(record: list[str], width: int, line: int) -> Row:
    if len(record) != width:
        told = remark_on("", CellCode.ROW_CELLS, cells=len(record), columns=width)
    else:
        told = remark_on("", CellCode.ROW_UNREADABLE)
    return Row(line=line, cells=(), remarks=(told,))
