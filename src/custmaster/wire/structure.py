"""Rows into entries: a mapping and a header are compiled once into closures, then each row costs a few microseconds.

A bad cell never loses the row: the field stays empty and a remark with a code says so, naming column and length, never the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from custmaster.customer.entry import Entry
from custmaster.decision import Remark
from custmaster.errors import InvalidValue
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.wire._cells import SEX_WORDS, Cells, date_reader, expiry_reader, getter, label, plain_text, too_long
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.mapping import FIELDS, DocumentSource, FileMapping, TextSource, TypeCode
from custmaster.wire.table import Row

__all__ = ["Structured", "compile_structure"]

_ISO: Final = "YYYY-MM-DD"
_ONE: Final[dict[str, Callable[[str], object]]] = {
    # fields of one text, and what wraps it
    "source_key": plain_text,
    "customer_number": plain_text,
    "name": Name,
    "nationality": plain_text,
    "occupation": plain_text,
    "email": Email,
}
_SEVERAL: Final[dict[str, Callable[[str], object]]] = {
    # fields that hold several texts
    "mobile": Phone,
    "phone": Phone,
    "address": Address,
    "card_number": CardNumber,
    "account_number": AccountNumber,
}

Values = dict[str, Any]
Step = Callable[[Cells, Values, list[Remark]], None]


@frozen(kw_only=True)
class Structured:
    """What a row became: the entry (None when the row could not be read at all), the host's key of it (else the customer number), and the remarks."""

    entry: Entry | None
    record: str | None
    remarks: tuple[Remark, ...] = field(default=())


def compile_structure(
    mapping: FileMapping, header: Sequence[str], *, typed: bool = False
) -> Callable[[Row], Structured]:
    r"""The function that turns each row of a table with this header into an entry.

    `typed` (see `Table`) lets days written YYYY-MM-DD pass whatever the mapping's patterns. The header holds every mapped column:
    `open_table` has seen to that. Source: issue 2, "A bad row is a finding with its line, and the rest goes on".

    >>> from custmaster.wire.mapping_file import load_mapping
    >>> from custmaster.wire.table import Row
    >>> mapping = load_mapping('[fields]\nname = "户名"\nbirth_date = "生日"', "m.toml")
    >>> structure = compile_structure(mapping, ("户名", "生日"))
    >>> found = structure(Row(line=2, cells=("张伟", "31.12.1999")))
    >>> found.entry.name, [str(remark.reason.code) for remark in found.remarks]
    (Name(张*), ['DATE_UNREADABLE'])
    """
    return _Compiler(mapping=mapping, header=tuple(header), typed=typed).compiled()


@frozen(kw_only=True)
class _Compiler:
    mapping: FileMapping
    header: tuple[str, ...]
    typed: bool

    def compiled(self) -> Callable[[Row], Structured]:
        steps, named = tuple(self._steps()), self._named()

        def structure(row: Row) -> Structured:
            remarks = list(row.remarks)
            if remarks:
                remarks = [_placed(remark, named) for remark in remarks]
            cells = row.cells
            if not cells:
                return Structured(entry=None, record=None, remarks=tuple(remarks))
            values: Values = {}
            for step in steps:
                step(cells, values, remarks)
            return Structured(
                entry=Entry(**values),
                record=values.get("source_key") or values.get("customer_number"),
                remarks=tuple(remarks),
            )

        return structure

    def _steps(self) -> list[Step]:
        fields = self.mapping.fields
        steps = [self._kind()] if self.mapping.kind.column is not None else [_always("kind", self.mapping.kind.default)]
        steps.extend(self._field(key, fields[key]) for key in FIELDS if key in fields)
        steps.extend(self._document(source) for source in self.mapping.documents)
        return steps

    def _field(self, key: str, source: TextSource) -> Step:
        if key in _ONE:
            return self._one(key, source, _ONE[key])
        if key in _SEVERAL:
            return self._another(FIELDS[key], source, _SEVERAL[key])
        return self._sex(source) if key == "sex" else self._day(key, source)

    def _one(self, key: str, source: TextSource, make: Callable[[str], object]) -> Step:
        get, column = getter(source, self.header), label(source)

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = get(cells)
            if text and not text.isspace():
                try:
                    values[key] = make(text)
                except InvalidValue:
                    remarks.append(too_long(key, column, text))

        return step

    def _another(self, attribute: str, source: TextSource, make: Callable[[str], object]) -> Step:
        get, column = getter(source, self.header), label(source)

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = get(cells)
            if text and not text.isspace():
                held = values.get(attribute, ())
                try:
                    values[attribute] = (*held, make(text))
                except InvalidValue:
                    remarks.append(too_long(f"{attribute}[{len(held)}]", column, text))

        return step

    def _sex(self, source: TextSource) -> Step:
        get, column, stated = getter(source, self.header), label(source), self.mapping.sex_values
        words = SEX_WORDS if stated is None else stated

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = get(cells).strip()
            if text:
                sex = words.get(text.upper() if stated is None else text)
                if sex is None:
                    remarks.append(remark_on("sex", CellCode.CODE_UNKNOWN, column=column, length=len(text)))
                else:
                    values["sex"] = sex

        return step

    def _kind(self) -> Step:
        kind = self.mapping.kind
        column, known, default = kind.column or "", kind.values, kind.default
        place = self.header.index(column)

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = cells[place].strip()
            found = known.get(text)
            if found is None and text:
                remarks.append(
                    remark_on("kind", CellCode.KIND_UNKNOWN, column=column, length=len(text), default=str(default))
                )
            values["kind"] = found or default

        return step

    def _patterns(self, name: str) -> tuple[str, ...]:
        patterns = self.mapping.patterns(name)
        return (_ISO, *patterns) if self.typed and _ISO not in patterns else patterns

    def _day(self, name: str, source: TextSource) -> Step:
        get, column = getter(source, self.header), label(source)
        read = date_reader(self._patterns(name), self.mapping.pivot)

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = get(cells)
            if text and not text.isspace():
                day, code = read(text)
                if day is not None:
                    values[name] = day
                if code is not None:
                    remarks.append(remark_on(name, code, column=column, length=len(text)))

        return step

    def _document(self, source: DocumentSource) -> Step:
        get, column = getter(source.number, self.header), label(source.number)
        kind_of, parts = self._type(source), self._parts(source)

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = get(cells)
            if not text or text.isspace():
                return
            held: tuple[IdentityDocument, ...] = values.get("documents", ())
            path = f"documents[{len(held)}]"
            try:
                number = DocumentNumber(text)
            except InvalidValue:
                remarks.append(too_long(f"{path}.number", column, text))
                return
            kind, duplicate = kind_of(cells, values["kind"], path, remarks)
            more: Values = {}
            for part in parts:
                part(cells, more, path, remarks)
            document = IdentityDocument(type=kind, number=number, duplicate=duplicate, **more)
            values["documents"] = (*held, document)

        return step

    def _type(self, source: DocumentSource) -> Callable[[Cells, PartyKind, str, list[Remark]], TypeCode]:
        stated, known, default = source.type.column, source.type.values, source.type.default
        if stated is None:
            fixed = default or (DocumentType.OTHER_PERSON, False)
            return lambda cells, kind, path, remarks: fixed
        place, column = self.header.index(stated), stated

        def kind_of(cells: Cells, kind: PartyKind, path: str, remarks: list[Remark]) -> TypeCode:
            text = cells[place].strip()
            found = known.get(text)
            if found is not None:
                return found
            if text or default is None:
                remarks.append(remark_on(f"{path}.type", CellCode.CODE_UNKNOWN, column=column, length=len(text)))
            return default or (DocumentType.OTHER_UNIT if kind is PartyKind.UNIT else DocumentType.OTHER_PERSON, False)

        return kind_of

    def _parts(self, source: DocumentSource) -> tuple[_Part, ...]:
        parts: list[_Part] = []
        if source.issued_on is not None:
            parts.append(self._issued(source.issued_on))
        if source.expires_on is not None:
            parts.append(self._expires(source.expires_on))
        if source.issuer is not None:
            parts.append(self._issuer(source.issuer))
        return tuple(parts)

    def _issued(self, source: TextSource) -> _Part:
        get, column = getter(source, self.header), label(source)
        read = date_reader(self._patterns("issued_on"), self.mapping.pivot)

        def part(cells: Cells, more: Values, path: str, remarks: list[Remark]) -> None:
            text = get(cells)
            if text and not text.isspace():
                more["issued_on"], code = read(text)
                if code is not None:
                    remarks.append(remark_on(f"{path}.issued_on", code, column=column, length=len(text)))

        return part

    def _expires(self, source: TextSource) -> _Part:
        get, column = getter(source, self.header), label(source)
        read = expiry_reader(self._patterns("expires_on"), self.mapping.pivot)

        def part(cells: Cells, more: Values, path: str, remarks: list[Remark]) -> None:
            text = get(cells)
            if text and not text.isspace():
                more["expires_on"], more["long_term"], code = read(text.strip())
                if code is not None:
                    remarks.append(remark_on(f"{path}.expires_on", code, column=column, length=len(text)))

        return part

    def _issuer(self, source: TextSource) -> _Part:
        get, column = getter(source, self.header), label(source)

        def part(cells: Cells, more: Values, path: str, remarks: list[Remark]) -> None:
            text = get(cells)
            if text and not text.isspace():
                try:
                    more["issuer"] = plain_text(text)
                except InvalidValue:
                    remarks.append(too_long(f"{path}.issuer", column, text))

        return part

    def _named(self) -> dict[str, str]:
        """The field that each column feeds, for what a reader remarks on a column."""
        named = {column: FIELDS[key] for key, source in self.mapping.fields.items() for column in source.columns()}
        for place, document in enumerate(self.mapping.documents):
            named |= dict.fromkeys(document.number.columns(), f"documents[{place}].number")
        return named


_Part = Callable[[Cells, Values, str, list[Remark]], None]


def _always(name: str, value: object) -> Step:
    def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
        del cells, remarks
        values[name] = value

    return step


def _placed(remark: Remark, named: dict[str, str]) -> Remark:
    column = dict(remark.reason.facts).get("column")
    return evolve(remark, field=named.get(str(column), "")) if not remark.field and column is not None else remark
