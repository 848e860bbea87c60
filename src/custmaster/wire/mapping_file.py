"""Reading a mapping file strictly: what is not understood is refused, all of it at once, with line and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from custmaster.value.document_types import DocumentType, parse_type
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.wire._sections import FORMATS, Sections, opened
from custmaster.wire._shapes import is_list, is_table
from custmaster.wire.mapping import (
    DATE_FIELDS,
    FIELDS,
    DocumentSource,
    FileMapping,
    KindSource,
    TextSource,
    TypeCode,
    TypeSource,
)

__all__ = ["FORMATS", "load_mapping", "mapping_of"]

_SECTIONS: Final = ("source", "fields", "kind", "documents", "sex", "dates")
_DOCUMENT_KEYS: Final = ("type", "number", "issued_on", "expires_on", "issuer")


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
    data, by = opened(text, source)
    mapping = mapping_of(data, by)
    by.complaints.raise_any()
    return mapping


def mapping_of(data: Mapping[str, Any], by: Sections) -> FileMapping:
    """The mapping that the tables describe; what is wrong is added to the complaints of `by`, and the mapping is then not to be used."""
    return _Reader(by=by).mapping(data)


@frozen(kw_only=True)
class _Reader:
    by: Sections

    def mapping(self, data: Mapping[str, Any]) -> FileMapping:
        self.by.known(data, "", _SECTIONS)
        dates, pivot = self.by.dates(self.by.table(data, "dates"), DATE_FIELDS)
        made = FileMapping(
            file=self.by.file(self.by.table(data, "source")),
            fields=self.by.fields(self.by.table(data, "fields"), FIELDS),
            kind=self._kind(self.by.table(data, "kind")),
            documents=self._documents(data.get("documents", [])),
            sex_values=self._sex(self.by.table(data, "sex")),
            dates=dates,
            pivot=pivot,
        )
        if not made.fields and not made.documents and not self.by.complaints.gathered:
            self.by.complaints.add(
                "fields", "the mapping names no column", 'write for example [fields] name = "客户姓名"'
            )
        self.by.used_once(_named(made))
        return made

    def _kind(self, data: Mapping[str, Any]) -> KindSource:
        self.by.known(data, "kind", ("column", "values", "default"))
        column = self.by.text(data["column"], "kind.column", "write the name of a column") if "column" in data else None
        values = self.by.values(data.get("values", {}), "kind.values", PartyKind, tuple(PartyKind))
        if column is not None and not data.get("values"):
            self.by.complaints.add(
                "kind", "the values of the column mean nothing yet", 'write values = { "1" = "PERSON", "2" = "UNIT" }'
            )
        default = self.by.code(data.get("default", "PERSON"), "kind.default", PartyKind, tuple(PartyKind))
        return KindSource(column=column, values=values, default=default or PartyKind.PERSON)

    def _sex(self, data: Mapping[str, Any]) -> Mapping[str, Sex] | None:
        self.by.known(data, "sex", ("values",))
        return self.by.values(data["values"], "sex.values", Sex, tuple(Sex)) if "values" in data else None

    def _documents(self, value: object) -> tuple[DocumentSource, ...]:
        if not is_list(value) or not all(map(is_table, value)):
            self.by.complaints.add("documents", "is no list of tables", "write [[documents]] before each document")
            return ()
        read = [self._document(one, f"documents[{place}]") for place, one in enumerate(value)]
        return tuple(one for one in read if one is not None)

    def _document(self, data: Mapping[str, Any], path: str) -> DocumentSource | None:
        self.by.known(data, path, _DOCUMENT_KEYS)
        for key in ("type", "number"):
            if key not in data:
                self.by.complaints.add(path, f"{key} is missing", f'write {key} = "..."')
        if "type" not in data or "number" not in data:
            return None
        texts = {key: self.by.source(data[key], f"{path}.{key}") for key in _DOCUMENT_KEYS[1:] if key in data}
        kind, number = self._type(data["type"], f"{path}.type"), texts.pop("number")
        return None if kind is None or number is None else DocumentSource(type=kind, number=number, **texts)

    def _type(self, value: object, path: str) -> TypeSource | None:
        known = tuple(DocumentType)
        if not is_table(value):
            fixed: TypeCode | None = self.by.code(value, path, parse_type, known)
            return None if fixed is None else TypeSource(default=fixed)
        self.by.known(value, path, ("column", "values", "default"))
        column = self.by.text(value.get("column"), path, 'write the name of a column, or type = "RESIDENT_ID"')
        values = self.by.values(value.get("values", {}), path, parse_type, known)
        default = self.by.code(value["default"], path, parse_type, known) if "default" in value else None
        return None if column is None else TypeSource(column=column, values=values, default=default)


def _named(made: FileMapping) -> Iterator[tuple[str, TextSource]]:
    """Every source that has a column to itself. A column of codes may be shared: a document type may tell the kind too."""
    for key, source in made.fields.items():
        yield f"fields.{key}", source
    for place, document in enumerate(made.documents):
        for source in document.texts():
            yield f"documents[{place}]", source
