"""Excel workbooks in, through python-calamine (extra `excel`): one sheet, every cell as the text that it means."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from custmaster.decision import Remark
from custmaster.errors import UnusableInput
from custmaster.wire._complaints import closest
from custmaster.wire._header import check_header, numeric_text, why
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.mapping import FileMapping
from custmaster.wire.table import Row, Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["open_xlsx", "sheet_rows"]


@contextmanager
def open_xlsx(path: Path, mapping: FileMapping | None) -> Generator[Table]:
    """The table of one sheet: the one that the mapping names, else the first. `line` is the row number that Excel shows.

    The first row that is not empty is the header; empty rows are passed over. Dates become YYYY-MM-DD, whole numbers lose their
    ".0", a number of 16 digits or more becomes an empty cell and a finding, since Excel keeps 15. The sheet is held in memory
    whole: Excel's own limit is 1,048,576 rows. Errors: UnusableInput without the package python-calamine, for a damaged file, an
    unknown sheet, a missing or doubled column.
    """
    book = _workbook(path)
    try:
        sheet = _sheet(path, book, mapping.file.sheet if mapping is not None else None)
        records = enumerate(sheet.iter_rows(), start=1)
        line, header = _first(path, records)
        check_header(path.name, header, mapping.columns if mapping is not None else (), where=f"line {line}")
        reader = _SheetReader(
            header=header, mapped=frozenset((mapping.columns if mapping is not None else ()) or header)
        )
        yield Table(
            source=path.name,
            header=header,
            rows=reader.rows(records),
            typed=True,
            expected=max(sheet.total_height - line, 0),
        )
    finally:
        book.close()


def sheet_rows(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every row of the first sheet with the number that Excel shows, each cell as the text that it means; for a form, which has no header.

    A number whose digits were lost is an empty cell. Errors: UnusableInput as `open_xlsx`.
    """
    book = _workbook(path)
    try:
        for line, record in enumerate(_sheet(path, book, None).iter_rows(), start=1):
            yield line, tuple(_text(cell) or "" for cell in record)
    finally:
        book.close()


def _workbook(path: Path) -> CalamineWorkbook:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        remedy = "pip install 'custmaster[excel]'"
        raise UnusableInput(
            path.name, problem="reading .xlsx needs the package python-calamine", remedy=remedy
        ) from None
    try:
        with path.open("rb"):
            pass
        return CalamineWorkbook.from_path(str(path))  # pyright: ignore[reportUnknownMemberType] -- its PathLike is bare
    except OSError as problem:
        raise UnusableInput(path.name, problem=f"the file cannot be opened ({why(problem)})") from None
    except CalamineError:
        problem_text = "this is no whole Excel workbook: it is truncated, damaged, protected or of another format"
        raise UnusableInput(path.name, problem=problem_text, remedy="save it again as .xlsx") from None


def _sheet(path: Path, book: CalamineWorkbook, wanted: str | None) -> CalamineSheet:
    from python_calamine import CalamineError

    names = book.sheet_names
    if wanted is not None and wanted not in names:
        near = closest(wanted, names)
        remedy = f"did you mean {near!r}?" if near else f"it has {', '.join(names)}"
        raise UnusableInput(path.name, problem=f"there is no sheet {wanted!r}", remedy=remedy)
    try:
        return book.get_sheet_by_name(wanted) if wanted is not None else book.get_sheet_by_index(0)
    except CalamineError:
        raise UnusableInput(path.name, problem="the sheet cannot be read", remedy="save it again as .xlsx") from None


def _first(path: Path, records: Iterator[tuple[int, Sequence[Any]]]) -> tuple[int, tuple[str, ...]]:
    for line, record in records:
        header = tuple(_text(cell) or "" for cell in record)
        if any(header):
            return line, header
    raise UnusableInput(path.name, problem="the sheet is empty", remedy="name another: [source] sheet = ...")


@frozen(kw_only=True)
class _SheetReader:
    header: tuple[str, ...]
    mapped: frozenset[str]

    def rows(self, records: Iterator[tuple[int, Sequence[Any]]]) -> Iterator[Row]:
        """Every row behind the header that is not empty."""
        for line, record in records:
            texts = [_text(cell) for cell in record]
            if any(text != "" for text in texts):
                cells = tuple(text or "" for text in texts)
                yield Row(line=line, cells=cells, remarks=tuple(self._lost(texts)) if None in texts else ())

    def _lost(self, texts: Sequence[str | None]) -> Iterator[Remark]:
        for column, text in zip(self.header, texts, strict=True):
            if text is None and column in self.mapped:
                yield remark_on("", CellCode.NUMBER_AS_FLOAT, column=column)


def _text(cell: object) -> str | None:
    """A cell as the text that it means; None for a number whose digits were lost."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int() | float():
            return numeric_text(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case _:  # a day, a time of day, a length of time
            return str(cell)
