"""The parts that every mapping file is written in: tables of known keys, sources of text, codes and their meanings, patterns of dates."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from attrs import frozen

from custmaster.errors import InvalidValue, UnusableInput
from custmaster.value.dates import DatePattern
from custmaster.wire._complaints import Complaints, closest, key_lines
from custmaster.wire._shapes import is_list, is_table, is_texts
from custmaster.wire.mapping import Columns, SourceFormat, TextSource

__all__ = ["FORMATS", "Sections", "opened"]

V = TypeVar("V")

FORMATS: Final = ("csv", "tsv", "jsonl", "ndjson", "xlsx", "parquet")
"""What `[source] format` may say; without it the ending of the file's name decides."""

_STATED: Final[Mapping[str, str | None]] = {
    # what [source] encoding may say: what it is read as. GB2312's own codec reads A1A4, the separator in names, as another
    # character than everybody else does, and GB18030 holds all of GB2312 and GBK.
    "auto": None,
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-16": "utf-16",
    "big5": "big5",
    "latin-1": "latin-1",
}
_A_SOURCE: Final = 'write a column "name", { columns = ["a", "b"], join = " " } or { first_of = [...] }'
_FILE_KEYS: Final = ("format", "encoding", "delimiter", "sheet")


def opened(text: str, source: str) -> tuple[Mapping[str, Any], Sections]:
    """The tables of a TOML text, and what reads them; `source` names it in errors. Errors: UnusableInput when it is no TOML."""
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as problem:
        raise UnusableInput(
            source, problem=f"this is no TOML: {problem}", remedy="see the docs for an example"
        ) from None
    return data, Sections(complaints=Complaints(source, key_lines(text)))


@frozen(kw_only=True)
class Sections:
    """Reads one part after another; what is not understood goes to `complaints`, and the rest is read all the same."""

    complaints: Complaints

    def table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """The table under a key; empty when there is none."""
        value = data.get(key, {})
        if is_table(value):
            return value
        self.complaints.add(key, "is no table", f"write [{key}]")
        return {}

    def known(self, data: Mapping[str, Any], path: str, known: tuple[str, ...]) -> None:
        """Complain of every key that is not among the known ones."""
        for key in data:
            if key not in known:
                self.complaints.unknown(path, key, known)

    def text(self, value: object, path: str, remedy: str) -> str | None:
        """A text that is not empty."""
        if isinstance(value, str) and value:
            return value
        self.complaints.add(path, "is no text" if not isinstance(value, str) else "is empty", remedy)
        return None

    def file(self, data: Mapping[str, Any]) -> SourceFormat:
        """How the file is written: `[source]`."""
        self.known(data, "source", _FILE_KEYS)
        found = {key: self.text(data[key], f"source.{key}", "write a text") for key in data if key in _FILE_KEYS}
        form, encoding, delimiter = found.get("format"), found.get("encoding"), found.get("delimiter")
        if form is not None and form not in FORMATS:
            self.complaints.unknown("source.format", form, FORMATS)
        if encoding is not None and encoding.lower() not in _STATED:
            self.complaints.unknown("source.encoding", encoding, _STATED)
        if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n\0'):
            self.complaints.add("source.delimiter", "is not one character", 'write for example ";" or "\\t"')
        stated = _STATED.get(encoding.lower()) if encoding is not None else None
        return SourceFormat(format=form, encoding=stated, delimiter=delimiter, sheet=found.get("sheet"))

    def source(self, value: object, path: str) -> TextSource | None:
        """Where a text comes from."""
        if is_table(value) and "first_of" in value:
            self.known(value, path, ("first_of",))
            listed = value["first_of"]
            if not is_list(listed) or not listed:
                self.complaints.add(path, "first_of lists nothing", _A_SOURCE)
                return None
            choices = [self._columns(one, path) for one in listed]
        else:
            choices = [self._columns(value, path)]
        return TextSource(choices=tuple(choice for choice in choices if choice is not None))

    def values(self, value: object, path: str, make: Callable[[str], V], known: tuple[str, ...]) -> Mapping[str, V]:
        """The meaning of each code in the file."""
        if not is_table(value):
            self.complaints.add(path, "is no table of values", 'write { "code in the file" = "MEANING" }')
            return {}
        read = {str(key).strip(): self.code(one, path, make, known) for key, one in value.items()}
        return {key: one for key, one in read.items() if one is not None}

    def code(self, value: object, path: str, make: Callable[[str], V], known: tuple[str, ...]) -> V | None:
        """One meaning."""
        if isinstance(value, str):
            try:
                return make(value)
            except ValueError:  # an InvalidValue is one too
                near = closest(value, known)
                remedy = f"did you mean {near!r}?" if near else f"write one of {', '.join(known)}"
                self.complaints.add(path, f"{value!r} means nothing here", remedy)
                return None
        self.complaints.add(path, "is no text", f"write one of {', '.join(known)}")
        return None

    def patterns(self, value: object, path: str, pivot: int | None) -> tuple[str, ...]:
        """The patterns of a date."""
        listed = [value] if isinstance(value, str) else value
        if not is_texts(listed):
            self.complaints.add(path, "lists no pattern", 'write ["YYYY-MM-DD"]')
            return ("YYYY-MM-DD",)
        for pattern in listed:
            self._pattern(pattern, path, pivot)
        return tuple(listed)

    def fields(self, data: Mapping[str, Any], known: Iterable[str], path: str = "fields") -> Mapping[str, TextSource]:
        """Which column feeds which of the known fields, in their order: `[fields]`, or what `path` calls the table."""
        listed = tuple(known)
        self.known(data, path, listed)
        read = {key: self.source(data[key], f"{path}.{key}") for key in listed if key in data}
        return {key: source for key, source in read.items() if source is not None}

    def dates(
        self, data: Mapping[str, Any], known: tuple[str, ...]
    ) -> tuple[Mapping[str, tuple[str, ...]], int | None]:
        """The patterns of the fields that hold dates, and the pivot of years of two digits: `[dates]`."""
        self.known(data, "dates", ("default", *known, "pivot"))
        pivot = data.get("pivot")
        if pivot is not None and (type(pivot) is not int or not 0 <= pivot <= 99):
            self.complaints.add(
                "dates.pivot", "is not a number from 0 to 99", "write pivot = 26: 00 to 26 are 2000 to 2026"
            )
            pivot = 99
        dates = {key: self.patterns(data[key], f"dates.{key}", pivot) for key in ("default", *known) if key in data}
        return {"default": ("YYYY-MM-DD",)} | dates, pivot

    def used_once(self, named: Iterable[tuple[str, TextSource]]) -> None:
        """Complain of a column that feeds two of the fields, which come with their paths."""
        seen: dict[str, str] = {}
        for path, source in named:
            for column in dict.fromkeys(source.columns()):
                if column in seen:
                    self.complaints.add(
                        path, f"column {column!r} already feeds {seen[column]}", "let each column feed one field"
                    )
                seen.setdefault(column, path)

    def _columns(self, value: object, path: str) -> Columns | None:
        if isinstance(value, str) and value:
            return Columns(names=(value,))
        if not is_table(value):
            self.complaints.add(path, "names no column", _A_SOURCE)
            return None
        self.known(value, path, ("columns", "join"))
        names, join = value.get("columns"), value.get("join", "")
        if not is_texts(names):
            self.complaints.add(path, "names no column", _A_SOURCE)
            return None
        if not isinstance(join, str):
            self.complaints.add(path, "join is no text", _A_SOURCE)
            return None
        return Columns(names=tuple(names), join=join)

    def _pattern(self, pattern: str, path: str, pivot: int | None) -> None:
        try:
            two_digits = DatePattern(pattern).needs_pivot
        except InvalidValue:
            self.complaints.add(
                path, f"{pattern!r} is no date pattern", "write it of YYYY or YY, MM or M or Mon, DD or D"
            )
            return
        if two_digits and pivot is None:
            self.complaints.add(
                path, f"{pattern!r} has a year of two digits", "write [dates] pivot = 26: 00 to 26 are 2000 to 2026"
            )
