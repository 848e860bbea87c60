r"""A form as an Excel sheet that is printed, filled in, and read back in without loss: a label on the left, its lines on the right.

A line that is longer than a printed row goes on in the next, marked with … on the left. What a workbook cannot hold (control characters, half a pair
of surrogates, Excel's own escapes) is written as \u and four digits, and read back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from custmaster.errors import UnusableInput
from custmaster.handbook import Language
from custmaster.wire._in_place import written_bytes
from custmaster.wire._words import plain_word
from custmaster.wire.read_xlsx import sheet_rows

__all__ = ["Form", "FormField", "Lines", "decoded", "encoded", "read_form", "write_form"]

Lines = tuple[tuple[str, ...], ...]
"""What stands beside a label: one line of one cell for a single text, any number of lines for a list."""

_GOES_ON: Final = "…"
_NOTHING: Final = (
    "\\u----"  # a list's empty text, told from no text at all; never made of another text, since each \u is escaped
)
_UNSAFE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|\\(?=u)|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED: Final = re.compile(r"\\u([0-9a-f]{4})")
_MOST: Final = 32_767
_PIECE: Final = 520
_LINES: Final = 18
_ACROSS: Final = 28  # Chinese characters in the widest column
_HEIGHT: Final = 17
_WIDTHS: Final = (17, 15, 15, 10, 12, 30)


@frozen(kw_only=True)
class FormField:
    """A label in both languages; `columns` are the headings of a list with several cells a line; `many` a list, else one text."""

    zh: str
    en: str
    columns: tuple[tuple[str, str], ...] = ()
    many: bool = False

    @property
    def cells(self) -> int:
        """How many cells a line has."""
        return max(len(self.columns), 1)


@frozen(kw_only=True)
class Form:
    """A form's title in both languages and its fields by their keys, in the order of the sheet."""

    zh: str
    en: str
    fields: Mapping[str, FormField] = field(repr=False)


def encoded(text: str) -> str:
    r"""The text as a cell can hold it; most texts are as they were.

    >>> encoded("=1+1"), encoded("a\rb")
    ('=1+1', 'a\\u000db')
    """
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def decoded(text: str) -> str:
    r"""What `encoded` was given.

    >>> decoded(encoded("\\u0041 _x0041_")) == "\\u0041 _x0041_"
    True
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


# --- out ------------------------------------------------------------------------------------------------------------------


def write_form(path: Path, form: Form, values: Mapping[str, Lines], lang: Language = Language.ZH) -> None:
    """The form with its values as a workbook of one sheet, whole or not at all, for A4 upright.

    Errors: UnusableInput for a place that cannot be written, or without the package xlsxwriter.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        problem, remedy = "writing .xlsx needs the package xlsxwriter", "pip install 'custmaster[excel]'"
        raise UnusableInput(path.name, problem=problem, remedy=remedy) from None
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        name = form.zh if lang is Language.ZH else form.en
        _refuse_too_long(path, values)
        sheet: Any = book.add_worksheet(name[:31])  # pyright: ignore[reportUnknownMemberType] -- one default is bare
        _Writer(sheet, book, lang).form(name, form, values)
    written_bytes(path, made.getvalue(), "the form")


def _refuse_too_long(path: Path, values: Mapping[str, Lines]) -> None:
    """Only the last cell of a line goes on in the next row."""
    if any(len(encoded(text)) > _MOST for lines in values.values() for line in lines for text in line[:-1]):
        raise UnusableInput(path.name, problem="a name is too long for a cell of Excel", remedy="shorten it")


class _Writer:
    """A sheet that is filled from the top."""

    def __init__(self, sheet: Any, book: Any, lang: Language) -> None:
        self.sheet, self.lang, self.row = sheet, lang, 1
        base = {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"}
        self.cell = book.add_format(base)
        self.label = book.add_format(base | {"bold": True, "bg_color": "#EEF2F5"})
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        for place, width in enumerate(_WIDTHS):
            sheet.set_column(place, place, width)
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")

    def form(self, name: str, form: Form, values: Mapping[str, Lines]) -> None:
        """The title, then each field."""
        self.sheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, "", self.title)
        self.sheet.write_string(0, 0, name, self.title)
        self.sheet.set_row(0, 2 * _HEIGHT)
        for key, one in form.fields.items():
            self._field(one, values[key])

    def _field(self, one: FormField, lines: Lines) -> None:
        label = one.zh if self.lang is Language.ZH else one.en
        if one.columns:
            heads = [zh if self.lang is Language.ZH else en for zh, en in one.columns]
            self._line(label, heads, head=True)
            label = ""
        if not lines:
            self._line(label, [""] * one.cells)
        for line in lines:
            texts = [encoded(text) for text in line]
            if one.many and not texts[0]:
                texts[0] = _NOTHING
            *before, last = texts
            for place, piece in enumerate(_pieces(last)):
                self._line(_GOES_ON if place else label, [*([""] * len(before) if place else before), piece])
            label = ""

    def _line(self, label: str, texts: Sequence[str], *, head: bool = False) -> None:
        shown = self.label if head else self.cell
        self.sheet.write_string(self.row, 0, label, self.label)
        *before, last = texts
        for place, text in enumerate(before, start=1):
            self.sheet.write_string(self.row, place, text, shown)
        start, end = len(texts), len(_WIDTHS) - 1
        if start < end:
            self.sheet.merge_range(self.row, start, self.row, end, "", shown)
        self.sheet.write_string(self.row, start, last, shown)
        self.sheet.set_row(self.row, _HEIGHT * max(_rows(last), 1))
        self.row += 1


def _rows(text: str) -> int:
    return sum(1 + len(line) // _ACROSS for line in text.split("\n"))


def _pieces(text: str) -> Iterator[str]:
    """Parts of a text that fit into a printed row each; put together they are the text."""
    while len(text) > _PIECE or text.count("\n") > _LINES:
        end = min(_PIECE, _nth_line(text))
        yield text[:end]
        text = text[end:]
    yield text


def _nth_line(text: str) -> int:
    """Where the eighteenth line ends, its end included; behind the text where it has fewer."""
    place = -1
    for _ in range(_LINES):
        place = text.find("\n", place + 1)
        if place < 0:
            return len(text)
    return place + 1


# --- in -------------------------------------------------------------------------------------------------------------------


def read_form(path: Path, form: Form) -> dict[str, Lines]:
    """What stands in a filled-in form, by key; labels in either language, rows that are empty passed over.

    Errors: UnusableInput for a workbook that cannot be read, a label that is missing, there twice, or of another form.
    """
    names = {plain_word(word): key for key, one in form.fields.items() for word in (one.zh, one.en)}
    found: dict[str, list[list[str]]] = {}
    at: str | None = None
    for line, cells in sheet_rows(path):
        label, texts = (cells[0].strip(), list(cells[1:])) if cells else ("", [])
        if label == _GOES_ON:
            _goes_on(path, line, found, (at, texts))
        elif label:
            at = _named(path, line, label, (names, form))
            if at is not None:
                _new(path, line, found, at)
        if at is not None and label != _GOES_ON:
            _take(form.fields[at], found[at], texts, headed=bool(label))
    missing = [one.zh for key, one in form.fields.items() if key not in found]
    if missing:
        problem = f"these lines of the form are missing: {', '.join(missing)}"
        raise UnusableInput(path.name, problem=problem, remedy="begin with an empty form: custmaster circle form")
    return {key: tuple(_decoded(one, found[key])) for key, one in form.fields.items()}


def _named(path: Path, line: int, label: str, known: tuple[Mapping[str, str], Form]) -> str | None:
    names, form = known
    key = names.get(plain_word(label))
    if key is None and plain_word(label) not in {plain_word(form.zh), plain_word(form.en)}:
        raise UnusableInput(
            path.name, problem="this label is none of the form's", where=f"line {line}", remedy="take the line away"
        )
    return key


def _new(path: Path, line: int, found: dict[str, list[list[str]]], key: str) -> None:
    if key in found:
        raise UnusableInput(
            path.name, problem="this label stands there twice", where=f"line {line}", remedy="put both into one"
        )
    found[key] = []


def _goes_on(path: Path, line: int, found: dict[str, list[list[str]]], what: tuple[str | None, list[str]]) -> None:
    at, texts = what
    if at is None or not found[at]:
        raise UnusableInput(path.name, problem="nothing stands above that goes on", where=f"line {line}")
    rows = found[at]
    cell = len(rows[-1]) - 1
    rows[-1][cell] += texts[cell] if cell < len(texts) else ""


def _take(one: FormField, rows: list[list[str]], texts: list[str], *, headed: bool) -> None:
    """A line of a field; the line of its label holds the headings where it has several cells, and an empty one is no line of a list."""
    if headed and one.columns:
        return
    cells = (texts + [""] * one.cells)[: one.cells]
    if (one.many and any(cells)) or (not one.many and headed):
        rows.append(cells)


def _decoded(one: FormField, rows: Iterable[list[str]]) -> Iterator[tuple[str, ...]]:
    for cells in rows:
        yield tuple("" if one.many and cell == _NOTHING else decoded(cell) for cell in cells)
