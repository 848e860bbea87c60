"""The roster and its ledger (名单、台账) as an Excel workbook, one sheet each, sorted by outlet (extra `excel`)."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, Final, cast

from attrs import field, frozen

from custmaster.decision import Reason
from custmaster.errors import UnusableInput
from custmaster.handbook.messages import Language
from custmaster.report._roster_texts import column, word
from custmaster.report._roster_told import reason_said
from custmaster.report._roster_view import View
from custmaster.report.roster_known import known
from custmaster.report.roster_sheets import Cell, Column, Holds, Sheet, sheets
from custmaster.roster.review import Roster, RosterReview
from custmaster.wire._in_place import written_bytes

__all__ = ["write_roster_book"]

_LONGEST: Final = 1_048_575
"""The rows of a sheet of Excel under its heading."""
_BREAKS: Final = 1_023
"""The page breaks that a sheet of Excel takes."""
_BY_OUTLET: Final = frozenset({"staff", "entries", "history"})
_CELL: Final = 32_767
"""The characters that a cell of Excel takes."""
_A4: Final = 9


@frozen(kw_only=True)
class _Looks:
    """The formats of a workbook: its head, and text that stays text when somebody types over it."""

    head: Any = field(repr=False)
    text: Any = field(repr=False)
    count: Any = field(repr=False)


def write_roster_book(path: Path, review: RosterReview, roster: Roster, *, lang: str, reveal: bool = False) -> None:
    """The review, the 名单 and the 台账 as a workbook: equal bytes for an equal review and roster; whole or not at all.

    Every number that the bank gave is text, and so is everything that could be taken for a formula; only counts are numbers. Sheets repeat
    their head on each printed page, those sorted by outlet begin a page with each outlet. Names of staff and prospects, and what was typed
    freely, are masked unless `reveal`. Errors: ValueError for another language; UnusableInput without the package xlsxwriter, for a place
    that cannot be written, and for more rows than a sheet holds. Source: R-12 to R-22.
    """
    view = View(review=review, names=known(roster, reveal=reveal), lang=Language(lang))
    made = sheets(review, roster, view.names)
    for sheet in made:
        if len(sheet.rows) > _LONGEST:
            problem = f"the sheet {view.says(f'sheet_{sheet.key}')} has more rows than the {_LONGEST:,} of Excel"
            raise UnusableInput(path.name, problem=problem, remedy="write one workbook for each region")
    written_bytes(path, _workbook(path, view, made), "the workbook")


def _workbook(path: Path, view: View, made: tuple[Sheet, ...]) -> bytes:
    try:
        from xlsxwriter import Workbook
    except ImportError:
        problem = "writing .xlsx needs the package xlsxwriter"
        raise UnusableInput(path.name, problem=problem, remedy="pip install 'custmaster[excel]'") from None
    stream = BytesIO()
    book: Any
    with Workbook(stream, {"in_memory": True}) as book:
        # The day of the review, not that of the writing: equal input, equal bytes.
        book.set_properties({"title": view.says("title"), "created": datetime.combine(view.review.day, time())})
        looks = _looks(book)
        for sheet in made:
            _write(book.add_worksheet(view.says(f"sheet_{sheet.key}")), view, sheet, looks)
    return stream.getvalue()


def _looks(book: Any) -> _Looks:
    top = {"valign": "top", "font_size": 10}
    return _Looks(
        head=book.add_format({**top, "bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#E8EDF2"}),
        text=book.add_format({**top, "num_format": "@", "text_wrap": True}),
        count=book.add_format({**top, "num_format": "#,##0"}),
    )


def _write(sheet: Any, view: View, table: Sheet, looks: _Looks) -> None:
    for place, one in enumerate(table.columns):
        sheet.set_column(place, place, one.width)
        sheet.write_string(0, place, column(one.key, view.lang), looks.head)
    for line, cells in enumerate(table.rows, start=1):
        for place, (one, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if isinstance(cell, int):
                sheet.write_number(line, place, cell, looks.count)
            elif text := _text(view, one, cell):
                sheet.write_string(line, place, _fitted(text), looks.text)
    _printed(sheet, view, table)


def _printed(sheet: Any, view: View, table: Sheet) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{view.says('title')} {view.review.day.isoformat()}&R&A")
    sheet.set_footer(f"&R{view.says('page_of')}")
    if table.key in _BY_OUTLET and (breaks := _breaks(table)):
        sheet.set_h_pagebreaks(breaks)


def _breaks(table: Sheet) -> list[int]:
    """The rows after which another outlet begins."""
    outlets = [row[0] for row in table.rows]
    found = [place + 1 for place in range(1, len(outlets)) if outlets[place] != outlets[place - 1]]
    return found[:_BREAKS]


def _text(view: View, one: Column, cell: Cell) -> str:
    if isinstance(cell, tuple):
        return view.listed(said for part in cell if (said := _part(view, part)))  # a level of nobody says nothing
    if cell is None:
        return ""
    if one.holds is Holds.LEVEL:
        return view.level(str(cell))
    return word(str(cell), view.lang) if one.holds is Holds.CODE else str(cell)


def _fitted(text: str) -> str:
    """What a cell takes: half a surrogate pair becomes a question mark, what is too long ends in an ellipsis."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= _CELL else f"{whole[: _CELL - 1]}…"


def _part(view: View, part: object) -> str:
    match part:
        case Reason():
            return reason_said(part, view.lang)
        case tuple():
            return view.levels([cast("tuple[str, int]", part)])
        case _:
            return word(str(part), view.lang)
