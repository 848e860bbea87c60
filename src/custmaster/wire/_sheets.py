"""A file whose columns are recognised by their headings, as rows of fields; what is wrong is told, and the rest of the row is read all the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from attrs import field, frozen

from custmaster.decision import Remark
from custmaster.errors import UnusableInput
from custmaster.wire._cells import Cells, Get, date_reader, getter, label
from custmaster.wire._complaints import closest
from custmaster.wire._header import refuse_data
from custmaster.wire._words import plain_word
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.findings import Finding
from custmaster.wire.mapping import Columns, FileMapping, SourceFormat, TextSource
from custmaster.wire.readers import open_table
from custmaster.wire.table import Row, Table

__all__ = ["Sheet", "Tell", "absent", "listed_words", "opened_by_header", "recognised", "words_cell"]

Tell = Callable[[Finding], None]
_BETWEEN: Final = re.compile(r"[,;|、，；/]+")
_LONGEST: Final = 200


def _nothing(cells: Cells) -> str:
    del cells
    return ""


def listed_words(text: str) -> tuple[str, ...]:
    """The words of a cell that holds several, such as 普通话、粤语 or `fund;insurance`.

    >>> listed_words("基金、保险; ")
    ('基金', '保险')
    """
    return tuple(word for part in _BETWEEN.split(text) if (word := part.strip()))


def words_cell(words: Iterable[str]) -> str:
    """The words as a cell of which `listed_words` makes as many again; what would part one of them becomes a space.

    >>> words_cell(["照片、表", "b"])
    '照片 表、b'
    """
    return "、".join(_BETWEEN.sub(" ", word) for word in words)


@frozen(kw_only=True)
class Sheet:
    """An open file among several. `tell` takes what is wrong, each with line and `file.field`.

    `keys` are the fields that say whom a row is about, the surest first.
    """

    name: StrEnum
    table: Table = field(repr=False)
    file: FileMapping = field(repr=False)
    tell: Tell = field(repr=False)
    keys: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """The rows that have cells; of the others it is told why they have none."""
        for row in self.table.rows:
            for remark in row.remarks:
                self.told(row.line, remark)
            if row.cells:
                yield row

    def told(self, line: int, remark: Remark, record: str | None = None) -> None:
        """Tell what is wrong on a line of this file."""
        path = f"{self.name}.{remark.field}" if remark.field else str(self.name)
        self.tell(Finding(line=line, record=remark.reason.subject or record, field=path, reason=remark.reason))

    def record(self, row: Row) -> str | None:
        """The number under which the row stands, for whoever reads a finding."""
        keys = (key for key in self.keys if self.has(key))
        return next((text[:_LONGEST] for key in keys if (text := self.text(key)(row.cells).strip())), None)

    def unread(self, row: Row, key: str, day: date | None) -> bool:
        """Whether the field's cell holds something that is no day: it has been told."""
        return day is None and bool(self.text(key)(row.cells).strip())

    def has(self, key: str) -> bool:
        """Whether a column feeds the field."""
        return key in self.file.fields

    def column(self, key: str) -> str:
        """The field's column as a finding names it."""
        return label(self.file.fields[key])

    def text(self, key: str) -> Get:
        """The field's cell, as it stands; an empty text where there is no such column."""
        return getter(self.file.fields[key], self.table.header) if self.has(key) else _nothing

    def plain(self, key: str) -> Callable[[Row], str | None]:
        """The field's text without spaces around it; None where it is empty, or longer than 200 characters, which is told."""
        get = self.text(key)

        def read(row: Row) -> str | None:
            text = get(row.cells).strip()
            if len(text) > _LONGEST:
                column = self.column(key)
                told = remark_on(key, CellCode.TEXT_TOO_LONG, column=column, length=len(text))
                self.told(row.line, told, self.record(row))
                return None
            return text or None

        return read

    def day(self, key: str) -> Callable[[Row], date | None]:
        """The field's day; None where the cell is empty or cannot be read, which is told."""
        get, read = self.text(key), self.day_of(key)
        return lambda row: read(row, get(row.cells))

    def day_of(self, key: str) -> Callable[[Row, str], date | None]:
        """The day that a text in the field's column says; None where it is empty or cannot be read, which is told."""
        if not self.has(key):
            return lambda row, text: None
        patterns = self.file.patterns(key)
        iso = ("YYYY-MM-DD",) if self.table.typed and "YYYY-MM-DD" not in patterns else ()
        read = date_reader((*iso, *patterns), self.file.pivot)

        def day(row: Row, text: str) -> date | None:
            if not text or text.isspace():
                return None
            found, code = read(text)
            if code is not None:
                told = remark_on(key, code, column=self.column(key), length=len(text))
                self.told(row.line, told, self.record(row))
            return found

        return day


@contextmanager
def opened_by_header(
    path: Path, form: SourceFormat, mapped: Callable[[tuple[str, ...]], FileMapping]
) -> Generator[tuple[Table, FileMapping]]:
    """The table with the mapping that its header leads to, to be used in a `with`. Errors: UnusableInput as `open_table` and `mapped`."""
    with open_table(path, FileMapping(file=form, fields={}, dates={})) as table:
        file = mapped(table.header)
    with open_table(path, file) as table:
        yield table, file


def absent(needed: Iterable[str], there: Iterable[str]) -> list[str]:
    """Which of the needed fields are not there; of `a|b` one is enough.

    >>> absent(["customer|prospect", "level"], ["prospect"])
    ['level']
    """
    listed = frozenset(there)
    return [one.replace("|", " or ") for one in needed if listed.isdisjoint(one.split("|"))]


def recognised(
    heads: Mapping[str, tuple[str, ...]], needed: Iterable[str], header: Iterable[str], source: str, how: str
) -> dict[str, TextSource]:
    """The columns that are headed as the table `heads` says, the surest word first; columns of other names are passed over.

    `how` is the remedy for one that is missing. Errors: UnusableInput where two columns could be one field, or a needed one is missing.
    """
    listed = tuple(header)
    refuse_data(source, listed, "line 1")
    free: dict[str, list[str]] = {}
    for column in listed:
        free.setdefault(plain_word(column), []).append(column)
    found: dict[str, TextSource] = {}
    for key, words in heads.items():
        columns = next((free.pop(word) for word in map(plain_word, (key, *words)) if word in free), None)
        if columns is not None:
            _refuse_two(columns, source)
            found[key] = TextSource(choices=(Columns(names=(columns[0],)),))
    missing = absent(needed, found)
    if missing:
        problem = f"there is no column for {', '.join(missing)}"
        raise UnusableInput(source, problem=problem, remedy=f"{how}{_near(heads, listed)}")
    return found


def _refuse_two(columns: list[str], source: str) -> None:
    if len(columns) > 1:
        problem = f"two columns are called {columns[0]!r}"
        raise UnusableInput(source, problem=problem, where="line 1", remedy="rename one of them")


def _near(heads: Mapping[str, tuple[str, ...]], header: tuple[str, ...]) -> str:
    words = {word: key for key, listed in heads.items() for word in (key, *listed)}
    near = [f"{column!r} for {words[word]}" for column in header if (word := closest(column, words))]
    return f" (the closest in the file: {', '.join(near[:3])})" if near else ""
