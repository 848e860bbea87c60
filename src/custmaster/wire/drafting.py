"""Drafting a mapping file from a header: what is recognised is written, what is not is listed, a person decides."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from attrs import Factory, define, frozen

from custmaster.errors import InvalidValue
from custmaster.value.dates import DatePattern, read_date
from custmaster.value.identity import resident
from custmaster.value.span import LONG_TERM, parse_expiry
from custmaster.wire._header import refuse_data
from custmaster.wire._words import (
    DATE_CANDIDATES,
    DOCUMENT_COLUMNS,
    FIELD_WORDS,
    NUMBER_OF_ONE_TYPE,
    TYPE_WORDS,
    plain_word,
)
from custmaster.wire.mapping import DATE_FIELDS

__all__ = ["draft"]

_SAMPLE: Final = 1000
_PIVOT: Final = 29
_MOST_CODES: Final = 40
_LONGEST_CODE: Final = 24
_LEGAL_PERSON: Final = ("法定代表人", "法人", "负责人", "经办人", "联系人", "代理人")


def draft(header: Sequence[str], samples: Sequence[Sequence[str]] = ()) -> str:
    """A commented mapping file (TOML) for a file with this header; `samples` are some of its rows, of which 1,000 are looked at.

    Headers are recognised by a literal table of Chinese and English words; a date column gets the patterns that read all its
    sampled cells; columns that mean nothing known are listed in comments. No cell of a customer stands in the draft, only the words
    of a column that tells the type of document. The draft is understood by `load_mapping` when any column was recognised.
    A key of the records that holds identity numbers is drafted as a document, for the key is shown in findings. Errors: UnusableInput
    when the header itself holds somebody's number. Source: issue 2, "`custmaster map FILE` drafts a mapping from Chinese or English headers".

    >>> print(draft(["客户姓名", "出生日期"], [["张伟", "1990/01/31"]]))
    # Drafted from the header: read it, mend it, then use it.
    [fields]
    name = "客户姓名"
    birth_date = "出生日期"
    <BLANKLINE>
    [dates]
    birth_date = ["YYYY/MM/DD"]
    <BLANKLINE>
    """
    refuse_data("header", header, "line 1")
    chosen = _choose(header)
    columns = _Samples(header=tuple(header), rows=tuple(samples[:_SAMPLE]))
    _free_of_numbers(chosen, columns)
    parts = [
        "# Drafted from the header: read it, mend it, then use it.",
        *_fields(chosen),
        *_documents(chosen, columns),
        *_sex(chosen, columns),
        *_dates(chosen, columns),
        *_left_over(header, chosen),
    ]
    return "\n".join(parts) + "\n"


@define
class _Chosen:
    fields: dict[str, str] = Factory(dict[str, str])
    document: dict[str, str] = Factory(dict[str, str])
    typed: dict[str, str] = Factory(dict[str, str])

    def columns(self) -> Iterator[str]:
        """Every column that was recognised."""
        yield from self.fields.values()
        yield from self.document.values()
        yield from self.typed.values()


@frozen(kw_only=True)
class _Samples:
    header: tuple[str, ...]
    rows: tuple[Sequence[str], ...]

    def of(self, column: str) -> tuple[str, ...]:
        """The sampled cells of a column that are not empty, each once, in file order."""
        place = self.header.index(column)
        cells = (row[place].strip() for row in self.rows if place < len(row))
        return tuple(dict.fromkeys(cell for cell in cells if cell))


def _choose(header: Sequence[str]) -> _Chosen:
    """Which column feeds which field: word by word in the order of the table, each column once."""
    free = {plain_word(column): column for column in reversed(header) if header.count(column) == 1 and column.strip()}
    chosen = _Chosen()
    tables: tuple[tuple[Mapping[str, tuple[str, ...]], dict[str, str]], ...] = (
        (DOCUMENT_COLUMNS, chosen.document),
        (NUMBER_OF_ONE_TYPE, chosen.typed),
        (FIELD_WORDS, chosen.fields),
    )
    for table, into in tables:
        for key, words in table.items():
            found = next((word for word in map(plain_word, words) if word in free), None)
            if found is not None:
                into[key] = free.pop(found)
    if "type" in chosen.document and "number" not in chosen.document and "RESIDENT_ID" in chosen.typed:
        # 证件类型 beside 身份证号: the one number column holds all types.
        chosen.document["number"] = chosen.typed.pop("RESIDENT_ID")
    return chosen


def _free_of_numbers(chosen: _Chosen, columns: _Samples) -> None:
    """A column called ID may hold identity numbers; a finding shows the key of its record, so it is no key then."""
    for key in ("source_key", "customer_number"):
        if key in chosen.fields and any(map(resident.is_valid, columns.of(chosen.fields[key]))):
            column = chosen.fields.pop(key)
            if not chosen.typed:
                chosen.document.setdefault("number", column)


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are a part of TOML's, but for the rest of the control characters."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _fields(chosen: _Chosen) -> Iterator[str]:
    yield "[fields]"
    if not chosen.fields:
        yield '# name = "..."    # no header was recognised: write which column holds the name'
    for key in FIELD_WORDS:
        if key in chosen.fields:
            yield f"{key} = {_quoted(chosen.fields[key])}"


def _documents(chosen: _Chosen, columns: _Samples) -> Iterator[str]:
    document = chosen.document
    lone = next(iter(chosen.typed), None) if "number" not in document else None
    for key, column in chosen.typed.items():
        yield ""
        yield "[[documents]]"
        yield f"type = {_quoted(key)}"
        yield f"number = {_quoted(column)}"
        if key == lone:
            yield from _extras(document)
    if "number" in document:
        yield ""
        yield "[[documents]]"
        yield f"number = {_quoted(document['number'])}"
        yield from _extras(document)
        yield from _type(document.get("type"), columns)


def _extras(document: Mapping[str, str]) -> Iterator[str]:
    for key in ("issued_on", "expires_on", "issuer"):
        if key in document:
            yield f"{key} = {_quoted(document[key])}"


def _type(column: str | None, columns: _Samples) -> Iterator[str]:
    if column is None:
        yield 'type = "RESIDENT_ID"    # no column tells the type: mend it if other documents occur'
        return
    yield "[documents.type]"
    yield f"column = {_quoted(column)}"
    yield "[documents.type.values]"
    cells = columns.of(column)
    # A column of many different or long cells is no column of codes, and its cells may be somebody's number.
    codes = cells if len(cells) <= _MOST_CODES and all(len(cell) <= _LONGEST_CODE for cell in cells) else ()
    for code in codes:
        meaning = TYPE_WORDS.get(plain_word(code))
        known = f"{_quoted(code)} = {_quoted(meaning or 'RESIDENT_ID')}"
        yield known if meaning is not None else f"# {known}    # what does it mean?"
    if not codes:
        yield '# "01" = "RESIDENT_ID"    # write what each code means'


def _sex(chosen: _Chosen, columns: _Samples) -> Iterator[str]:
    column = chosen.fields.get("sex")
    if column is not None and columns.of(column):
        yield ""
        yield "# 1 or 男 or M, 2 or 女 or F, 0 (unknown), 9 (unstated) are understood; for other codes:"
        yield "# [sex]"
        yield '# values = { "0" = "MALE", "1" = "FEMALE" }'


def _dates(chosen: _Chosen, columns: _Samples) -> Iterator[str]:
    has_document = "number" in chosen.document or bool(chosen.typed)
    named = chosen.fields | (chosen.document if has_document else {})
    dated = [(key, named[key]) for key in DATE_FIELDS if key in named]
    lines: list[str] = []
    needs_pivot = False
    for key, column in dated:
        cells = [cell for cell in columns.of(column) if key != "expires_on" or not _long_term(cell)]
        if not cells:
            continue
        patterns, others = _guess(cells)
        needs_pivot = needs_pivot or any(DatePattern(pattern).needs_pivot for pattern in patterns)
        lines.extend(_pattern_lines(key, patterns, others))
    if lines:
        yield ""
        yield "[dates]"
        yield from lines
        if needs_pivot:
            yield f"pivot = {_PIVOT}    # years 00 to {_PIVOT} are 2000 to 20{_PIVOT}, the others 19..: mend it to fit"


def _pattern_lines(key: str, patterns: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    if not patterns:
        yield f'# {key} = ["..."]    # no known pattern reads the sampled cells'
        return
    yield f"{key} = [{', '.join(map(_quoted, patterns))}]"
    if others:
        yield f"# AMBIGUOUS: {', '.join(others)} would read every sampled cell too, as other days. Which is meant?"


def _long_term(cell: str) -> bool:
    try:
        return cell.upper() in LONG_TERM or parse_expiry(cell) is None
    except InvalidValue:
        return False


def _guess(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fewest patterns that together read every cell, and single patterns that would read them all as other days."""
    days = {pattern: _reads(pattern, cells) for pattern in DATE_CANDIDATES}
    whole = [pattern for pattern, read in days.items() if all(read)]
    if whole:
        first = days[whole[0]]
        return (whole[0],), tuple(pattern for pattern in whole[1:] if days[pattern] != first)
    some = [pattern for pattern, read in days.items() if any(read)]
    for size in (2, 3):
        for few in combinations(some, size):
            if all(any(read) for read in zip(*(days[pattern] for pattern in few), strict=True)):
                return few, ()
    return tuple(some), ()


def _reads(pattern: str, cells: Sequence[str]) -> list[object]:
    def read(cell: str) -> object:
        try:
            return read_date(cell, (pattern,), _PIVOT).day
        except InvalidValue:
            return None

    return [read(cell) for cell in cells]


def _left_over(header: Sequence[str], chosen: _Chosen) -> Iterator[str]:
    used = set(chosen.columns())
    left = [column for column in header if column not in used]
    if left:
        yield ""
        yield "# Columns that no field was found for (a mapping need not use them):"
        for column in left:
            note = "    # about another person: not mapped" if column.startswith(_LEGAL_PERSON) else ""
            yield f"#   {_quoted(column)}{note}"
