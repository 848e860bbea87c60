"""The roster review as tables in memory, of pandas, polars or Arrow: the sheets of the workbook, with codes in place of words."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, cast

from custmaster.decision import Reason
from custmaster.errors import UnusableInput
from custmaster.report.roster_known import known
from custmaster.report.roster_sheets import Cell, Column, Holds, Sheet, sheets
from custmaster.roster.review import Roster, RosterReview

__all__ = ["roster_frames"]

_NEEDED: Final = "pip install 'custmaster[frames]'"


def roster_frames(review: RosterReview, roster: Roster, backend: str, *, reveal: bool = False) -> Mapping[str, Any]:
    """The review as tables by name: summary, outlets, staff, entries, history, calls, changes and findings, in the rows' order of the workbook.

    `backend` names the library, such as pandas, polars or pyarrow. Counts are whole numbers, all else is text: numbers of the bank keep their
    zeros; codes stand as they are, several joined by a semicolon; levels read 金卡=3. A text that is not there is empty, a count null.
    Names and free text are masked unless `reveal`. Errors: UnusableInput for another library, or where it or narwhals is missing.
    Source: R-12 to R-22.

    >>> from datetime import date
    >>> from custmaster.decision import Citation
    >>> from custmaster.roster.entry import RosterEntry
    >>> from custmaster.roster.figures import Figure, FigureKind, Met
    >>> from custmaster.roster.kinds import Source
    >>> nobody = Figure(kind=FigureKind.SHARE, numerator=0, met=Met.NOT_COMPUTABLE, citation=Citation(article="R-10"))
    >>> review = RosterReview(
    ...     **{"day": date(2026, 11, 28), "handbook": "2017-12-29", "growth": (), "share": nobody, "outlets": ()},
    ...     **{"levels": (), "segments": {}, "prospects": 0, "calls": ()},
    ... )
    >>> known_well = {"level": "金卡", "source": Source.SYSTEM, "listed_on": date(2026, 1, 5)}
    >>> roster = Roster(entries=[RosterEntry(number="E-1", customer="0600000001", **known_well)])
    >>> roster_frames(review, roster, "pyarrow")["entries"].select(["customer", "state"]).to_pylist()
    [{'customer': '0600000001', 'state': 'POOLED'}]
    """
    library = _library(backend)
    return {sheet.key: _frame(sheet, library) for sheet in sheets(review, roster, known(roster, reveal=reveal))}


def _library(backend: str) -> Any:
    """The name in narwhals of a library that is here and holds tables in memory."""
    try:
        nw: Any = import_module("narwhals")
        library: Any = nw.Implementation.from_backend(backend)
        nw.from_dict({"a": ["b"]}, backend=library)
    except ImportError:
        raise UnusableInput(
            "the tables", problem=f"this needs the packages narwhals and {backend}", remedy=_NEEDED
        ) from None
    except (TypeError, ValueError):
        problem = f"{backend!r} is no library of tables in memory"
        raise UnusableInput("the tables", problem=problem, remedy="name pandas, polars or pyarrow") from None
    return library


def _frame(sheet: Sheet, library: Any) -> Any:
    nw: Any = import_module("narwhals")
    cells = [[_cell(column, row[place]) for row in sheet.rows] for place, column in enumerate(sheet.columns)]
    listed = zip(sheet.columns, cells, strict=True)
    if library.is_pandas():  # whose plain whole numbers know no null
        pandas = library.to_native_namespace()
        dtypes = {True: "Int64", False: str}
        named = {one.key: pandas.Series(each, dtype=dtypes[one.holds is Holds.COUNT]) for one, each in listed}
        return pandas.DataFrame(named)
    kinds = {one.key: nw.Int64() if one.holds is Holds.COUNT else nw.String() for one in sheet.columns}
    return nw.from_dict({one.key: each for one, each in listed}, kinds, backend=library).to_native()


def _cell(column: Column, cell: Cell) -> str | int | None:
    if column.holds is Holds.COUNT:
        return cell if isinstance(cell, int) else None
    if isinstance(cell, tuple):
        return ";".join(_part(part) for part in cell)
    return "" if cell is None else str(cell)


def _part(part: object) -> str:
    match part:
        case Reason():
            return str(part.code)
        case tuple():
            level, heads = cast("tuple[str, int]", part)
            return f"{level}={heads}"
        case _:
            return str(part)
