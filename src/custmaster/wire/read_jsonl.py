"""JSON Lines in: one object a line, numbers kept as the text that stands there."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from attrs import define, evolve, field

from custmaster.errors import UnusableInput
from custmaster.wire._shapes import is_table
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.encoding import survey
from custmaster.wire.mapping import FileMapping
from custmaster.wire.table import Row, Table

__all__ = ["open_jsonl"]

_SAMPLE: Final = 1000


class _Unreadable(ValueError):
    """A line that is no JSON object, or not one that says one thing."""


@contextmanager
def open_jsonl(path: Path, mapping: FileMapping | None) -> Generator[Table]:
    """The table of a JSON Lines file: its header is the mapping's columns, or without any the keys of the first 1,000 lines.

    A line that is no JSON object, names a key twice or holds half a surrogate becomes a row without cells and a finding. A key
    that an object lacks, or null, is an empty cell; numbers keep their digits; a list or object in a mapped column is a finding.
    A mapped column that stands in no line is remarked on with the last row. Errors: UnusableInput for what `survey` refuses, and
    for a file of which no line is an object. Source: RFC 8259, 4 and 6.
    """
    found = survey(path, mapping.file.encoding if mapping is not None else None)
    if not found.lines:
        raise UnusableInput(path.name, problem="the file is empty", remedy="export it again")
    with path.open(encoding=found.encoding, newline="\n") as stream:
        header = (mapping.columns if mapping is not None else ()) or _keys(stream)
        stream.seek(0)
        reader = _JsonReader(source=path.name, header=header, absent=list(header))
        yield Table(source=path.name, header=header, rows=reader.rows(stream), expected=found.lines)


def _keys(lines: Iterator[str]) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for line in islice(lines, _SAMPLE):
        try:
            keys |= dict.fromkeys(_object(line))
        except _Unreadable:
            continue
    return tuple(keys)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Unreadable
    return made


def _no_constant(word: str) -> None:
    raise _Unreadable


def _object(line: str) -> dict[str, Any]:
    try:
        made = json.loads(line, parse_float=str, parse_int=str, parse_constant=_no_constant, object_pairs_hook=_once)
        if "\\u" in line:
            line_back = json.dumps(made, ensure_ascii=False)
            line_back.encode()
    except (ValueError, RecursionError):
        raise _Unreadable from None
    if not is_table(made):
        raise _Unreadable
    return made


@define
class _JsonReader:
    source: str
    header: tuple[str, ...]
    absent: list[str]
    readable: bool = field(default=False)

    def rows(self, lines: Iterator[str]) -> Iterator[Row]:
        """Every line that is not blank; the last one waits for what only the end can tell."""
        waiting: Row | None = None
        for number, line in enumerate(lines, start=1):
            if line.isspace():
                continue
            if waiting is not None:
                yield waiting
            waiting = self._row(number, line)
        if waiting is None:
            return
        if not self.readable:
            raise UnusableInput(self.source, problem="no line is a JSON object", remedy="write one object a line")
        missing = tuple(remark_on("", CellCode.COLUMN_ABSENT, column=column) for column in self.absent)
        yield evolve(waiting, remarks=waiting.remarks + missing) if missing else waiting

    def _row(self, number: int, line: str) -> Row:
        try:
            made = _object(line)
        except _Unreadable:
            return Row(line=number, cells=(), remarks=(remark_on("", CellCode.ROW_UNREADABLE),))
        self.readable = True
        if self.absent:
            self.absent = [column for column in self.absent if column not in made]
        cells = [made.get(column, "") for column in self.header]
        if all(type(cell) is str for cell in cells):
            return Row(line=number, cells=tuple(cells))
        return self._mixed(number, cells)

    def _mixed(self, number: int, cells: list[object]) -> Row:
        texts = [_text(cell) for cell in cells]
        remarks = tuple(
            remark_on("", CellCode.CELL_NOT_TEXT, column=column)
            for column, text in zip(self.header, texts, strict=True)
            if text is None
        )
        return Row(line=number, cells=tuple(text or "" for text in texts), remarks=remarks)


def _text(cell: object) -> str | None:
    """A cell as text; None for a list or an object."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if isinstance(cell, str) else None
