"""One file of a roster (名单) as rows of fields: what a cell says by its field's kind, and what is to be told where it says nothing known."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from attrs import field, frozen

from custmaster.decision import Remark
from custmaster.errors import Fault, InvalidValue
from custmaster.wire._cells import Cells, Get, date_reader, getter, label
from custmaster.wire._words import plain_word
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.findings import Finding
from custmaster.wire.mapping import FileMapping
from custmaster.wire.readers import open_table
from custmaster.wire.roster_codes import RosterFileCode, roster_remark
from custmaster.wire.roster_mapping import RosterMapping, file_mapping
from custmaster.wire.roster_words import RosterFile, bare_level, known_words
from custmaster.wire.table import Row, Table

__all__ = ["RosterSheet", "Tell", "listed_words", "open_sheet"]

Tell = Callable[[Finding], None]
_BETWEEN: Final = re.compile(r"[,;|、，；/]+")
_LONGEST: Final = 200
_KEYS: Final = ("customer", "prospect", "entry", "number")
"""The fields that say whom a row is about, the surest first."""


def _nothing(cells: Cells) -> str:
    del cells
    return ""


def listed_words(text: str) -> tuple[str, ...]:
    """The words of a cell that holds several, such as 普通话、粤语 or `fund;insurance`.

    >>> listed_words("基金、保险; ")
    ('基金', '保险')
    """
    return tuple(word for part in _BETWEEN.split(text) if (word := part.strip()))


@frozen(kw_only=True)
class RosterSheet:
    """An open file of a roster. `tell` takes what is wrong, each with line and `file.field`; the rest of the row is read all the same."""

    name: RosterFile
    table: Table = field(repr=False)
    file: FileMapping = field(repr=False)
    mapping: RosterMapping = field(repr=False)
    tell: Tell = field(repr=False)

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
        keys = (key for key in _KEYS if self.has(key))
        return next((text[:_LONGEST] for key in keys if (text := self.text(key)(row.cells).strip())), None)

    def empty(self, row: Row, key: str) -> None:
        """Tell that the field's cell is empty and must not be."""
        code = RosterFileCode.ROSTER_CELL_UNFIT
        self.told(row.line, roster_remark(key, code, fault=str(Fault.EMPTY)), self.record(row))

    def unread(self, row: Row, key: str, day: date | None) -> bool:
        """Whether the field's cell holds something that is no day: it has been told."""
        return day is None and bool(self.text(key)(row.cells).strip())

    def unfit(self, line: int, fault: InvalidValue, subject: str | None) -> None:
        """Tell of a value that cannot be made of the line's cells."""
        told = roster_remark(fault.path, RosterFileCode.ROSTER_CELL_UNFIT, subject, fault=str(fault.fault))
        self.told(line, told)

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
        if not self.has(key):
            return lambda row: None
        get = self.text(key)
        patterns = self.file.patterns(key)
        iso = ("YYYY-MM-DD",) if self.table.typed and "YYYY-MM-DD" not in patterns else ()
        read = date_reader((*iso, *patterns), self.file.pivot)

        def day(row: Row) -> date | None:
            text = get(row.cells)
            if not text or text.isspace():
                return None
            found, code = read(text)
            if code is not None:
                told = remark_on(key, code, column=self.column(key), length=len(text))
                self.told(row.line, told, self.record(row))
            return found

        return day

    def word(
        self, key: str, code: RosterFileCode = RosterFileCode.ROSTER_WORD_UNKNOWN
    ) -> Callable[[Row], StrEnum | None]:
        """What the field's word means; None where the cell is empty or means nothing known, which is told."""
        get, stated = self.text(key), self.mapping.values.get(key)
        known: Mapping[str, StrEnum] = known_words(key)

        def word(row: Row) -> StrEnum | None:
            text = get(row.cells).strip()
            if not text:
                return None
            meant = known.get(plain_word(text)) if stated is None else stated.get(text)
            if meant is None:
                told = roster_remark(key, code, column=self.column(key), length=len(text))
                self.told(row.line, told, self.record(row))
            return meant

        return word

    def level(self, words: Mapping[str, str]) -> Callable[[Row], str | None]:
        """The level that the row says; None where the cell is empty or no level of the ladder, which is told."""
        get, stated = self.text("level"), self.mapping.levels
        seen: dict[str, str | None] = {}

        def meant(text: str) -> str | None:
            said = stated.get(text.strip(), text)
            return words.get(plain_word(said)) or words.get(bare_level(said))

        def level(row: Row) -> str | None:
            text = get(row.cells)
            if text not in seen:
                if len(seen) > _LONGEST:  # a column of something else than levels must not be kept whole
                    seen.clear()
                seen[text] = meant(text)
            found = seen[text]
            if found is None and text.strip():
                column = self.column("level")
                told = roster_remark("level", RosterFileCode.LEVEL_OFF_LADDER, column=column, length=len(text))
                self.told(row.line, told, self.record(row))
            return found

        return level


@contextmanager
def open_sheet(path: Path, name: RosterFile, mapping: RosterMapping, tell: Tell) -> Generator[RosterSheet]:
    """The file, to be used in a `with`. Errors: UnusableInput as `open_table` and `file_mapping`."""
    with open_table(path, FileMapping(file=mapping.file, fields={}, dates=mapping.dates)) as table:
        file = file_mapping(name, table.header, path.name, mapping)
    with open_table(path, file) as table:
        yield RosterSheet(name=name, table=table, file=file, mapping=mapping, tell=tell)
