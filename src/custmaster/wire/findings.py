"""Findings out: a CSV file that is safe to open in a spreadsheet, or JSON Lines; whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from attrs import frozen

from custmaster.decision import Outcome, Reason
from custmaster.errors import UnusableInput
from custmaster.handbook import Language, render
from custmaster.wire._in_place import written_whole

if TYPE_CHECKING:
    import io
    from _csv import Writer

__all__ = [
    "COLUMNS",
    "SEVERITY",
    "Finding",
    "FindingFile",
    "finding_file",
    "finding_lines",
    "plain_cell",
    "safe_cell",
    "write_findings",
]

COLUMNS: Final = ("line", "record", "field", "severity", "code", "message", "article")
"""The columns of a findings file, in order."""

SEVERITY: Final = {Outcome.REFUSED: "error", Outcome.REVIEW: "warning", Outcome.ALLOWED: "note"}
"""How an outcome reads on a finding."""

_PIECE: Final = 1 << 20
# What a spreadsheet may take for a formula (OWASP, CSV injection; CWE-1236), and the mark itself, so that it can be taken off again.
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


@frozen(kw_only=True)
class Finding:
    """One remark with its place: the line, the host's key of the record, the field (empty: the whole row), the coded reason."""

    line: int
    record: str | None
    field: str
    reason: Reason


def safe_cell(text: str) -> str:
    """The text as a CSV cell that no spreadsheet takes for a formula: an apostrophe stands before what could be one.

    >>> safe_cell("=1+1"), safe_cell("张伟")
    ("'=1+1", '张伟')
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def plain_cell(text: str) -> str:
    """What `safe_cell` was given: the mark is taken off again.

    >>> plain_cell("'=1+1"), plain_cell("'s Gravenhage")
    ('=1+1', "'s Gravenhage")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(_DANGEROUS) else text


@contextmanager
def write_findings(
    path: Path, *, lang: Language = Language.EN, source: Path | None = None
) -> Generator[Callable[[Finding], None]]:
    """A function that writes findings, for use in a `with`; the file stands there when the block ends without an error.

    The ending decides: `.csv` (UTF-8 with byte order mark, every cell quoted, CRLF) or `.jsonl`. Until the end the text is in a file
    beside, which is removed on any error. No finding holds personal data; `record` is the host's key of the row.
    Errors: UnusableInput for another ending, a folder that is not there, or when the file is `source` itself, the one that is checked.
    Source: issue 2, "spreadsheet-safe CSV or JSONL"; libraries.md 4.
    """
    with finding_file(path, lang=lang, source=source) as file:
        yield file.write


@frozen(kw_only=True)
class FindingFile:
    """A file of findings that is being written: one after the other, or so many bytes of lines that `finding_lines` made elsewhere."""

    write: Callable[[Finding], None]
    take: Callable[[IO[bytes], int], None]


@contextmanager
def finding_file(path: Path, *, lang: Language, source: Path | None = None) -> Generator[FindingFile]:
    """As `write_findings`, for whoever has lines that were made elsewhere too."""
    lines = _lines_for(path)
    with written_whole(path, source, "the findings") as stream:
        write = lines(stream, lang)
        if lines is _csv_lines:
            stream.write("\ufeff")
            _csv(stream).writerow(COLUMNS)
        yield FindingFile(write=write, take=partial(_copy, stream))


def _copy(stream: IO[str], lines: IO[bytes], length: int) -> None:
    stream.flush()
    beneath = cast("io.TextIOWrapper", stream).buffer
    while length > 0 and (data := lines.read(min(length, _PIECE))):
        beneath.write(data)
        length -= len(data)


def finding_lines(path: Path, stream: IO[str], lang: Language) -> Callable[[Finding], None]:
    """A function that writes the lines of a findings file at `path` without what stands above them. Errors: as `write_findings`."""
    return _lines_for(path)(stream, lang)


def _lines_for(path: Path) -> Callable[[IO[str], Language], Callable[[Finding], None]]:
    writers = {".csv": _csv_lines, ".jsonl": _jsonl_lines, ".ndjson": _jsonl_lines}
    try:
        return writers[path.suffix.lower()]
    except KeyError:
        problem = f"the ending {path.suffix!r} tells no format"
        raise UnusableInput(path.name, problem=problem, remedy="let it end in .csv or .jsonl") from None


def _csv(stream: IO[str]) -> Writer:
    return csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")


def _csv_lines(stream: IO[str], lang: Language) -> Callable[[Finding], None]:
    rows = _csv(stream)

    def write(finding: Finding) -> None:
        reason = finding.reason
        texts = (
            finding.record or "",
            finding.field,
            SEVERITY[reason.outcome],
            str(reason.code),
            _message(reason, lang),
            reason.citation.article,
        )
        rows.writerow([finding.line, *map(safe_cell, texts)])

    return write


def _jsonl_lines(stream: IO[str], lang: Language) -> Callable[[Finding], None]:
    def write(finding: Finding) -> None:
        reason = finding.reason
        told = {
            "line": finding.line,
            "record": finding.record,
            "field": finding.field,
            "severity": SEVERITY[reason.outcome],
            "code": str(reason.code),
            "message": _message(reason, lang),
            "article": reason.citation.article,
            "key": reason.citation.key,
            "facts": {name: _plain(value) for name, value in reason.facts},
        }
        stream.write(json.dumps(told, ensure_ascii=False) + "\n")

    return write


def _message(reason: Reason, lang: Language) -> str:
    return render(str(reason.code), dict(reason.facts), lang)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, (date, Decimal)) else value
