"""Which column of a customer file feeds which field: the content of a mapping file, checked and frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import Factory, frozen

from custmaster.value.document_types import DocumentType
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex

__all__ = [
    "DATE_FIELDS",
    "FIELDS",
    "Columns",
    "DocumentSource",
    "FileMapping",
    "KindSource",
    "SourceFormat",
    "TextSource",
    "TypeCode",
    "TypeSource",
]

FIELDS: Final[Mapping[str, str]] = {
    # key of [fields]: field of Entry
    "source_key": "source_key",
    "customer_number": "customer_number",
    "name": "name",
    "sex": "sex",
    "birth_date": "birth_date",
    "nationality": "nationality",
    "occupation": "occupation",
    "mobile": "phones",
    "phone": "phones",
    "address": "addresses",
    "email": "email",
    "card_number": "card_numbers",
    "account_number": "account_numbers",
    "opened_on": "opened_on",
}
"""The keys of `[fields]`, in the order of the docs."""

DATE_FIELDS: Final = ("birth_date", "opened_on", "issued_on", "expires_on")
"""The fields that `[dates]` may give patterns for."""

TypeCode = tuple[DocumentType, bool]
"""A document type and whether it is the duplicate-number (重号) variant."""


@frozen(kw_only=True)
class Columns:
    """One or more columns whose texts are joined; empty ones are left out."""

    names: tuple[str, ...]
    join: str = ""


@frozen(kw_only=True)
class TextSource:
    """Where a text comes from: the first of the choices that is not empty."""

    choices: tuple[Columns, ...]

    def columns(self) -> Iterator[str]:
        """Every column that is looked at."""
        for choice in self.choices:
            yield from choice.names


@frozen(kw_only=True)
class TypeSource:
    """Where the type of a document comes from: a column with its codes, or always `default`."""

    column: str | None = None
    values: Mapping[str, TypeCode] = Factory(dict[str, TypeCode])
    default: TypeCode | None = None


@frozen(kw_only=True)
class DocumentSource:
    """Where one document of a customer comes from."""

    type: TypeSource
    number: TextSource
    issued_on: TextSource | None = None
    expires_on: TextSource | None = None
    issuer: TextSource | None = None

    def texts(self) -> Iterator[TextSource]:
        """Every source of text in it."""
        for source in (self.number, self.issued_on, self.expires_on, self.issuer):
            if source is not None:
                yield source


@frozen(kw_only=True)
class KindSource:
    """Where it is said whether a row is a person or a unit (单位); `default` holds for an empty or unknown cell."""

    column: str | None = None
    values: Mapping[str, PartyKind] = Factory(dict[str, PartyKind])
    default: PartyKind = PartyKind.PERSON


@frozen(kw_only=True)
class SourceFormat:
    """How the file is written, as far as the mapping says so; None is found out from the file."""

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@frozen(kw_only=True)
class FileMapping:
    """The whole mapping of a customer file; made by `load_mapping`.

    `sex_values` None: the codes of GB/T 2261.1 and the usual words. `dates` holds the patterns of each date field, and `default`.
    """

    file: SourceFormat = SourceFormat()
    fields: Mapping[str, TextSource]
    kind: KindSource = KindSource()
    documents: tuple[DocumentSource, ...] = ()
    sex_values: Mapping[str, Sex] | None = None
    dates: Mapping[str, tuple[str, ...]]
    pivot: int | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the mapping names, once each, in the order of the mapping."""
        return tuple(dict.fromkeys(self._named()))

    @property
    def carried(self) -> frozenset[str]:
        """The fields of Entry that some column feeds: what is not carried is not missing."""
        carried = {FIELDS[key] for key in self.fields}
        return frozenset(carried | {"documents"} if self.documents else carried)

    def patterns(self, field: str) -> tuple[str, ...]:
        """The date patterns of a field, in the order in which they are tried."""
        return self.dates.get(field, self.dates["default"])

    def _named(self) -> Iterator[str]:
        for source in self.fields.values():
            yield from source.columns()
        if self.kind.column is not None:
            yield self.kind.column
        for document in self.documents:
            if document.type.column is not None:
                yield document.type.column
            for source in document.texts():
                yield from source.columns()
