"""The worklist as a sheet that people edit: out as CSV or Excel, masked unless revealed, and back in as answers.

One row asks about two records. The steward writes into `decision`, `by` and `reason`; every other column is for reading, and `item`, `left`
and `right` name the row, so that it is known again whatever happened to the order of the rows.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any, Final, cast

from attrs import field, frozen

from custmaster.dedup.decisions import Answer, RowProblem, apply_decisions
from custmaster.dedup.items import Item, ItemState, Question
from custmaster.dedup.steward import Ledger
from custmaster.errors import UnusableInput
from custmaster.value._sealed import Sealed
from custmaster.wire._in_place import written_bytes, written_whole
from custmaster.wire.findings import plain_cell, safe_cell
from custmaster.wire.readers import open_table
from custmaster.wire.table import Table

__all__ = ["NOTHING_SHOWN", "WORKLIST_COLUMNS", "Shown", "apply_decision_file", "read_answers", "write_worklist"]

WORKLIST_COLUMNS: Final = ("item", "type", "state", "note", "left", "right", "evidence", "row")
"""The columns of the sheet, in order, before those of the details; behind them stand those that are filled in."""

FILLED_IN: Final = ("decision", "by", "reason")
"""The columns that a steward fills in."""

_NEEDED: Final = ("item", "decision", "by")
_READ: Final = (*_NEEDED, "reason", "left", "right")


def _nothing(_: str) -> Mapping[str, object]:
    return {}


@frozen(kw_only=True)
class Shown:
    """What a sheet shows of each record beside its key: the names of the details, and where they are found by the record's key.

    Sealed values show their mask, codes stand as they are, and every other value is starred, unless `reveal` says that the sheet may hold
    personal data in clear text.
    """

    columns: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    of: Callable[[str], Mapping[str, object]] = _nothing
    reveal: bool = False

    def cells(self, record: str) -> list[str]:
        """The details of one record, in the order of the columns.

        >>> from custmaster.value.name import Name
        >>> shown = Shown(columns=["name", "born"], of=lambda key: {"name": Name("张伟"), "born": date(1949, 12, 31)})
        >>> shown.cells("a")
        ['张*', '**********']
        """
        held = self.of(record)
        return [self._text(held.get(column)) for column in self.columns]

    def _text(self, value: object) -> str:
        match value:
            case None:
                return ""
            case tuple():
                return " / ".join(map(self._text, cast("tuple[object, ...]", value)))
            case Sealed():
                return value.reveal() if self.reveal else value.mask()
            case StrEnum():
                return str(value)
            case _:
                return str(value) if self.reveal else "*" * len(str(value))


NOTHING_SHOWN: Final = Shown()
"""A sheet of keys and evidence alone."""


def write_worklist(path: Path, items: Iterable[Item], shown: Shown = NOTHING_SHOWN) -> None:
    r"""The items as a sheet, one row for each pair, in the order of the items; whole or not at all. The ending decides: .csv or .xlsx.

    A CSV file is written as one of findings is; an Excel file needs the extra `excel`. Errors: UnusableInput for another ending, a place
    that cannot be written, or without the package xlsxwriter.

    >>> import tempfile
    >>> from custmaster.dedup.items import ItemType, Question, item_of
    >>> item = item_of(ItemType.BELOW, [Question(left="a", right="b", evidence="+NAME+MOBILE")], date(2026, 11, 24))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_worklist(Path(folder, "work.csv"), [item])
    ...     Path(folder, "work.csv").read_text("utf-8-sig").splitlines()[1]
    '"BELOW-dcf5d70736694b4b:aa381676","BELOW","OPEN","","a","b","\'+NAME+MOBILE","","","",""'
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        with written_whole(path, None, "the worklist") as stream:
            stream.write("\ufeff")
            csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(_sheet(items, shown))
    elif ending == ".xlsx":
        written_bytes(path, _workbook(path, _sheet(items, shown)), "the worklist")
    else:
        problem = f"the ending {path.suffix!r} tells no format"
        raise UnusableInput(path.name, problem=problem, remedy="let it end in .csv or .xlsx")


def _sheet(items: Iterable[Item], shown: Shown) -> Iterator[list[str]]:
    details = [f"{column}_{side}" for column in shown.columns for side in ("left", "right")]
    yield [*WORKLIST_COLUMNS, *details, *FILLED_IN]
    for item in items:
        for question in item.questions:
            yield [safe_cell(cell) for cell in _row(item, question, shown)]


def _row(item: Item, question: Question, shown: Shown) -> list[str]:
    sides = zip(shown.cells(question.left), shown.cells(question.right), strict=True)
    return [
        item.key_of(question),
        item.type,
        item.state,
        _note(item),
        question.left,
        question.right,
        question.evidence,
        question.row,
        *(cell for pair in sides for cell in pair),
        *("" for _ in FILLED_IN),
    ]


def _note(item: Item) -> str:
    parts = [f"until {item.until}"] if item.state is ItemState.POSTPONED else []
    parts += [str(item.closing)] if item.closing is not None else []
    parts += [", ".join(item.gone)] if item.gone else []
    parts += [f"and {item.unlisted} more"] if item.unlisted else []
    return "; ".join(parts)


def _workbook(path: Path, rows: Iterable[list[str]]) -> bytes:
    try:
        from xlsxwriter import Workbook
    except ImportError:
        remedy = "pip install 'custmaster[excel]', or let the name end in .csv"
        problem = "writing .xlsx needs the package xlsxwriter"
        raise UnusableInput(path.name, problem=problem, remedy=remedy) from None
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet: Any = book.add_worksheet("worklist")  # pyright: ignore[reportUnknownMemberType] -- one default is bare
        sheet.freeze_panes(1, 0)
        for place, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(place, column, cell)
    return made.getvalue()


def read_answers(path: Path) -> tuple[tuple[Answer, ...], tuple[RowProblem, ...]]:
    """The rows of an edited worklist, CSV or Excel, and the rows that could not be read.

    Wanted are the columns item, decision and by; reason, left and right are read where they stand, and all others are passed over.
    Errors: UnusableInput for a file that cannot be used, or without one of those columns.
    """
    with open_table(path) as table:
        places = _places(table)
        answers: list[Answer] = []
        problems: list[RowProblem] = []
        for row in table.rows:
            if row.cells:
                cells = {name: plain_cell(row.cells[place]) for name, place in places.items()}
                answers.append(Answer(line=row.line, **cells))
            else:
                told = "the row cannot be read: quotes or the number of its cells are wrong"
                problems.append(RowProblem(line=row.line, column="item", problem=told, remedy="save the sheet again"))
        return tuple(answers), tuple(problems)


def _places(table: Table) -> dict[str, int]:
    wrong = [name for name in _READ if table.header.count(name) > 1 or (name in _NEEDED and name not in table.header)]
    if wrong:
        problem = f"the columns {', '.join(wrong)} must stand there once"
        raise UnusableInput(table.source, problem=problem, where="line 1", remedy="keep the header as it was sent out")
    return {name: table.header.index(name) for name in _READ if name in table.header}


def apply_decision_file(
    ledger: Ledger, path: Path, *, day: date, items: Iterable[Item] = ()
) -> Ledger | tuple[RowProblem, ...]:
    """The ledger with what the file decides, or every problem of every row, and then nothing is taken.

    Errors: as `read_answers`.
    """
    answers, unread = read_answers(path)
    made = apply_decisions(ledger, answers, day=day, items=items)
    if isinstance(made, Ledger):
        return unread or made
    return tuple(sorted((*unread, *made), key=lambda problem: problem.line))
