"""Reading a mapping file strictly: what is not understood is refused, all of it at once, with line and remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from attrs import frozen

from custmaster.errors import InvalidValue, UnusableInput
from custmaster.value.dates import DatePattern
from custmaster.value.document_types import DocumentType, parse_type
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.wire._complaints import Complaints, closest, key_lines
from custmaster.wire._shapes import is_list, is_table, is_texts
from custmaster.wire.mapping import (
    DATE_FIELDS,
    FIELDS,
    Columns,
    DocumentSource,
    FileMapping,
    KindSource,
    SourceFormat,
    TextSource,
    TypeCode,
    TypeSource,
)

__all__ = ["FORMATS", "load_mapping", "mapping_of", "parsed_toml"]

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
_SECTIONS: Final = ("source", "fields", "kind", "documents", "sex", "dates")
_DOCUMENT_KEYS: Final = ("type", "number", "issued_on", "expires_on", "issuer")
_A_SOURCE: Final = 'write a column "name", { columns = ["a", "b"], join = " " } or { first_of = [...] }'


def load_mapping(text: str, source: str) -> FileMapping:
    r"""The mapping that a TOML text describes; `source` names it in errors.

    Errors: UnusableInput, naming every problem with its line and what to write instead.
    Source: issue 2, "a small mapping file".

    >>> load_mapping('[fields]\nname = "客户姓名"\nbirth_date = "出生日期"', "m.toml").columns
    ('客户姓名', '出生日期')
    >>> load_mapping('[fields]\nnmae = "客户姓名"', "m.toml")
    Traceback (most recent call last):
    custmaster.errors.UnusableInput: m.toml, line 2: fields.nmae: means nothing here; did you mean 'name'?
    """
    complaints = Complaints(source, key_lines(text))
    mapping = mapping_of(parsed_toml(text, source), complaints)
    complaints.raise_any()
    return mapping


def parsed_toml(text: str, source: str) -> dict[str, Any]:
    """The tables of a TOML text. Errors: UnusableInput, naming the source, for what is no TOML."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise UnusableInput(
            source, problem=f"this is no TOML: {problem}", remedy="see the docs for an example"
        ) from None


def mapping_of(data: Mapping[str, Any], complaints: Complaints) -> FileMapping:
    """The mapping that the tables describe; what is wrong is added to the complaints, and is then not to be used."""
    return _Reader(complaints=complaints).mapping(data)


@frozen(kw_only=True)
class _Reader:
    complaints: Complaints

    def mapping(self, data: Mapping[str, Any]) -> FileMapping:
        self._known(data, "", _SECTIONS)
        dates, pivot = self._dates(self._table(data, "dates"))
        made = FileMapping(
            file=self._file(self._table(data, "source")),
            fields=self._fields(self._table(data, "fields")),
            kind=self._kind(self._table(data, "kind")),
            documents=self._documents(data.get("documents", [])),
            sex_values=self._sex(self._table(data, "sex")),
            dates=dates,
            pivot=pivot,
        )
        if not made.fields and not made.documents and not self.complaints.gathered:
            self.complaints.add("fields", "the mapping names no column", 'write for example [fields] name = "客户姓名"')
        self._used_once(made)
        return made

    def _table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = data.get(key, {})
        if is_table(value):
            return value
        self.complaints.add(key, "is no table", f"write [{key}]")
        return {}

    def _known(self, data: Mapping[str, Any], path: str, known: tuple[str, ...]) -> None:
        for key in data:
            if key not in known:
                self.complaints.unknown(path, key, known)

    def _text(self, value: object, path: str, remedy: str) -> str | None:
        if isinstance(value, str) and value:
            return value
        self.complaints.add(path, "is no text" if not isinstance(value, str) else "is empty", remedy)
        return None

    def _file(self, data: Mapping[str, Any]) -> SourceFormat:
        self._known(data, "source", ("format", "encoding", "delimiter", "sheet"))
        found = {key: self._text(data[key], f"source.{key}", "write a text") for key in data if key in _FILE_KEYS}
        form, encoding, delimiter = found.get("format"), found.get("encoding"), found.get("delimiter")
        if form is not None and form not in FORMATS:
            self.complaints.unknown("source.format", form, FORMATS)
        if encoding is not None and encoding.lower() not in _STATED:
            self.complaints.unknown("source.encoding", encoding, _STATED)
        if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n\0'):
            self.complaints.add("source.delimiter", "is not one character", 'write for example ";" or "\\t"')
        stated = _STATED.get(encoding.lower()) if encoding is not None else None
        return SourceFormat(format=form, encoding=stated, delimiter=delimiter, sheet=found.get("sheet"))

    def _fields(self, data: Mapping[str, Any]) -> Mapping[str, TextSource]:
        self._known(data, "fields", tuple(FIELDS))
        read = {key: self._source(data[key], f"fields.{key}") for key in FIELDS if key in data}
        return {key: source for key, source in read.items() if source is not None}

    def _source(self, value: object, path: str) -> TextSource | None:
        if is_table(value) and "first_of" in value:
            self._known(value, path, ("first_of",))
            listed = value["first_of"]
            if not is_list(listed) or not listed:
                self.complaints.add(path, "first_of lists nothing", _A_SOURCE)
                return None
            choices = [self._columns(one, path) for one in listed]
        else:
            choices = [self._columns(value, path)]
        return TextSource(choices=tuple(choice for choice in choices if choice is not None))

    def _columns(self, value: object, path: str) -> Columns | None:
        if isinstance(value, str) and value:
            return Columns(names=(value,))
        if not is_table(value):
            self.complaints.add(path, "names no column", _A_SOURCE)
            return None
        self._known(value, path, ("columns", "join"))
        names, join = value.get("columns"), value.get("join", "")
        if not is_texts(names):
            self.complaints.add(path, "names no column", _A_SOURCE)
            return None
        if not isinstance(join, str):
            self.complaints.add(path, "join is no text", _A_SOURCE)
            return None
        return Columns(names=tuple(names), join=join)

    def _kind(self, data: Mapping[str, Any]) -> KindSource:
        self._known(data, "kind", ("column", "values", "default"))
        column = self._text(data["column"], "kind.column", "write the name of a column") if "column" in data else None
        values = self._values(data.get("values", {}), "kind.values", PartyKind, tuple(PartyKind))
        if column is not None and not data.get("values"):
            self.complaints.add(
                "kind", "the values of the column mean nothing yet", 'write values = { "1" = "PERSON", "2" = "UNIT" }'
            )
        default = self._code(data.get("default", "PERSON"), "kind.default", PartyKind, tuple(PartyKind))
        return KindSource(column=column, values=values, default=default or PartyKind.PERSON)

    def _sex(self, data: Mapping[str, Any]) -> Mapping[str, Sex] | None:
        self._known(data, "sex", ("values",))
        return self._values(data["values"], "sex.values", Sex, tuple(Sex)) if "values" in data else None

    def _values(self, value: object, path: str, make: Callable[[str], V], known: tuple[str, ...]) -> Mapping[str, V]:
        if not is_table(value):
            self.complaints.add(path, "is no table of values", 'write { "code in the file" = "MEANING" }')
            return {}
        read = {str(key).strip(): self._code(one, path, make, known) for key, one in value.items()}
        return {key: one for key, one in read.items() if one is not None}

    def _code(self, value: object, path: str, make: Callable[[str], V], known: tuple[str, ...]) -> V | None:
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

    def _documents(self, value: object) -> tuple[DocumentSource, ...]:
        if not is_list(value) or not all(map(is_table, value)):
            self.complaints.add("documents", "is no list of tables", "write [[documents]] before each document")
            return ()
        read = [self._document(one, f"documents[{place}]") for place, one in enumerate(value)]
        return tuple(one for one in read if one is not None)

    def _document(self, data: Mapping[str, Any], path: str) -> DocumentSource | None:
        self._known(data, path, _DOCUMENT_KEYS)
        for key in ("type", "number"):
            if key not in data:
                self.complaints.add(path, f"{key} is missing", f'write {key} = "..."')
        if "type" not in data or "number" not in data:
            return None
        texts = {key: self._source(data[key], f"{path}.{key}") for key in _DOCUMENT_KEYS[1:] if key in data}
        kind, number = self._type(data["type"], f"{path}.type"), texts.pop("number")
        return None if kind is None or number is None else DocumentSource(type=kind, number=number, **texts)

    def _type(self, value: object, path: str) -> TypeSource | None:
        known = tuple(DocumentType)
        if not is_table(value):
            fixed: TypeCode | None = self._code(value, path, parse_type, known)
            return None if fixed is None else TypeSource(default=fixed)
        self._known(value, path, ("column", "values", "default"))
        column = self._text(value.get("column"), path, 'write the name of a column, or type = "RESIDENT_ID"')
        values = self._values(value.get("values", {}), path, parse_type, known)
        default = self._code(value["default"], path, parse_type, known) if "default" in value else None
        return None if column is None else TypeSource(column=column, values=values, default=default)

    def _dates(self, data: Mapping[str, Any]) -> tuple[Mapping[str, tuple[str, ...]], int | None]:
        self._known(data, "dates", ("default", *DATE_FIELDS, "pivot"))
        pivot = data.get("pivot")
        if pivot is not None and (type(pivot) is not int or not 0 <= pivot <= 99):
            self.complaints.add(
                "dates.pivot", "is not a number from 0 to 99", "write pivot = 26: 00 to 26 are 2000 to 2026"
            )
            pivot = 99
        dates = {
            key: self._patterns(data[key], f"dates.{key}", pivot) for key in ("default", *DATE_FIELDS) if key in data
        }
        return {"default": ("YYYY-MM-DD",)} | dates, pivot

    def _patterns(self, value: object, path: str, pivot: int | None) -> tuple[str, ...]:
        listed = [value] if isinstance(value, str) else value
        if not is_texts(listed):
            self.complaints.add(path, "lists no pattern", 'write ["YYYY-MM-DD"]')
            return ("YYYY-MM-DD",)
        for pattern in listed:
            self._pattern(pattern, path, pivot)
        return tuple(listed)

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

    def _used_once(self, made: FileMapping) -> None:
        """No two fields share a column. A column of codes may be shared: a document type may tell the kind too."""
        seen: dict[str, str] = {}
        named = [(f"fields.{key}", source) for key, source in made.fields.items()]
        for place, document in enumerate(made.documents):
            named.extend((f"documents[{place}]", source) for source in document.texts())
        for path, source in named:
            for column in dict.fromkeys(source.columns()):
                if column in seen:
                    self.complaints.add(
                        path, f"column {column!r} already feeds {seen[column]}", "let each column feed one field"
                    )
                seen.setdefault(column, path)


_FILE_KEYS: Final = ("format", "encoding", "delimiter", "sheet")
