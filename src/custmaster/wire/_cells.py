"""From one row's cells to one value of one field: small closures, made once for a mapping and a header."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Final, TypeVar

from custmaster.decision import Remark
from custmaster.errors import Fault, InvalidValue
from custmaster.value.dates import read_date
from custmaster.value.sex import Sex
from custmaster.value.span import parse_expiry
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.mapping import Columns, TextSource

__all__ = [
    "SEX_WORDS",
    "Cells",
    "Expiry",
    "Get",
    "date_reader",
    "expiry_reader",
    "getter",
    "label",
    "plain_text",
    "too_long",
]

V = TypeVar("V")
Cells = tuple[str, ...]
Get = Callable[[Cells], str]
DayOrCode = tuple[date | None, CellCode | None]
Expiry = tuple[date | None, bool, CellCode | None]

SEX_WORDS: Final[Mapping[str, Sex]] = {
    # GB/T 2261.1, and the words that people and systems write for it
    "1": Sex.MALE,
    "2": Sex.FEMALE,
    "0": Sex.UNKNOWN,
    "9": Sex.UNSTATED,
    "男": Sex.MALE,
    "女": Sex.FEMALE,
    "男性": Sex.MALE,
    "女性": Sex.FEMALE,
    "未知": Sex.UNKNOWN,
    "未说明": Sex.UNSTATED,
    "M": Sex.MALE,
    "F": Sex.FEMALE,
    "MALE": Sex.MALE,
    "FEMALE": Sex.FEMALE,
    "UNKNOWN": Sex.UNKNOWN,
}
"""What a sex column may hold when the mapping has no `[sex] values`; compared in upper case."""

# Enough for the days of eleven years, and small beside the interpreter: memory must not grow with the file.
_CACHED: Final = 4096
_LONGEST_PLAIN: Final = 200
_ISO: Final = "YYYY-MM-DD"
# A time of day behind a day, as exports of databases write it: the day is what counts.
_TIME: Final = re.compile(
    "(?<=[0-9日])[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_ISO_LENGTH: Final = len(_ISO)


def getter(source: TextSource, header: Sequence[str]) -> Get:
    """The text that a source gives for a row; empty when there is none. Cells of spaces only count as empty."""
    choices = [_columns(choice, header) for choice in source.choices]
    if len(choices) == 1:
        return choices[0]

    def first(cells: Cells) -> str:
        for choice in choices:
            text = choice(cells)
            if text and not text.isspace():
                return text
        return ""

    return first


def _columns(choice: Columns, header: Sequence[str]) -> Get:
    if len(choice.names) == 1:
        return itemgetter(header.index(choice.names[0]))
    take, join = itemgetter(*(header.index(name) for name in choice.names)), choice.join

    def joined(cells: Cells) -> str:
        return join.join([text for text in take(cells) if text and not text.isspace()])

    return joined


def label(source: TextSource) -> str:
    """The columns of a source as a finding names them."""
    return ", ".join(dict.fromkeys(source.columns()))


def too_long(field: str, column: str, text: str) -> Remark:
    """The remark on a text that its field cannot hold."""
    return remark_on(field, CellCode.TEXT_TOO_LONG, column=column, length=len(text))


def plain_text(text: str) -> str:
    """A text that is no personal data, without spaces around it. Errors: InvalidValue (LENGTH) beyond 200 characters.

    >>> plain_text(" CHN ")
    'CHN'
    """
    if len(text) > _LONGEST_PLAIN:
        raise InvalidValue(Fault.LENGTH, length=len(text))
    return text.strip()


def date_reader(patterns: tuple[str, ...], pivot: int | None) -> Callable[[str], DayOrCode]:
    """A function from a cell to its day and what is to be remarked on it; each cell is read once."""

    def read(text: str) -> DayOrCode:
        try:
            found = read_date(_TIME.sub("", text.strip()[:_LONGEST_PLAIN]), patterns, pivot)
        except InvalidValue:
            return None, CellCode.DATE_UNREADABLE
        return found.day, CellCode.DATE_AMBIGUOUS if found.ambiguous else None

    def read_iso(text: str) -> DayOrCode:
        if len(text) == _ISO_LENGTH and text[4] == "-" == text[7] and text.isascii():
            try:
                return date.fromisoformat(text), None
            except ValueError:
                return None, CellCode.DATE_UNREADABLE
        return read(text)

    # ISO days alone are read faster than they are looked up.
    return read_iso if patterns == (_ISO,) else lru_cache(maxsize=_CACHED)(read)


def expiry_reader(patterns: tuple[str, ...], pivot: int | None) -> Callable[[str], Expiry]:
    """As `date_reader`, and whether the cell says 长期 (long-term)."""
    read = date_reader(patterns, pivot)

    def read_expiry(text: str) -> Expiry:
        if ("9999" in text or not text[:1].isdecimal()) and _is_long_term(text):
            return None, True, None
        day, code = read(text)
        return day, False, code

    return read_expiry


def _is_long_term(text: str) -> bool:
    try:
        return parse_expiry(text) is None
    except InvalidValue:
        return False
