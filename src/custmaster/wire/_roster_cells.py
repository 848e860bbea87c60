"""One file of a roster (名单) as rows of fields: what a cell says by its field's kind, and what is to be told where it says nothing known."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.wire._sheets import Sheet, Tell, listed_words, opened_by_header
from custmaster.wire._words import plain_word
from custmaster.wire.roster_codes import RosterFileCode, roster_remark
from custmaster.wire.roster_mapping import RosterMapping, file_mapping
from custmaster.wire.roster_words import RosterFile, bare_level, known_words
from custmaster.wire.table import Row

__all__ = ["RosterSheet", "Tell", "listed_words", "open_sheet"]

_LONGEST: Final = 200
_KEYS: Final = ("customer", "prospect", "entry", "number")
"""The fields that say whom a row is about, the surest first."""


@frozen(kw_only=True)
class RosterSheet(Sheet):
    """An open file of a roster, with the words that its mapping says."""

    name: RosterFile
    mapping: RosterMapping = field(repr=False)
    keys: tuple[str, ...] = _KEYS

    def empty(self, row: Row, key: str) -> None:
        """Tell that the field's cell is empty and must not be."""
        code = RosterFileCode.ROSTER_CELL_UNFIT
        self.told(row.line, roster_remark(key, code, fault=str(Fault.EMPTY)), self.record(row))

    def unfit(self, line: int, fault: InvalidValue, subject: str | None) -> None:
        """Tell of a value that cannot be made of the line's cells."""
        told = roster_remark(fault.path, RosterFileCode.ROSTER_CELL_UNFIT, subject, fault=str(fault.fault))
        self.told(line, told)

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
    with opened_by_header(path, mapping.file, lambda header: file_mapping(name, header, path.name, mapping)) as (
        table,
        file,
    ):
        yield RosterSheet(name=name, table=table, file=file, mapping=mapping, tell=tell)
