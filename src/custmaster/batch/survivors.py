"""The record that is left of each automatic cluster (生存记录), in the columns of the file, with the record and the rule behind each field.

A field is taken whole from one row: the columns that are joined for a name, or a document with its type and days. What cannot be read, or is a
placeholder, never survives. Columns that the mapping does not name are left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from attrs import evolve, frozen

from custmaster.batch.dedupe import Deduped
from custmaster.batch.results import write_columns
from custmaster.batch.rules import STOCK
from custmaster.batch.tasks import Source, rows_at
from custmaster.dedup.survivorship import Contribution, Survivor, survive
from custmaster.dedup.survivorship_file import BY_COMPLETENESS, SurvivorshipFile
from custmaster.errors import InvalidValue, UnusableInput
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.wire.mapping import FIELDS, Columns, DocumentSource, FileMapping, TextSource
from custmaster.wire.readers import open_table
from custmaster.wire.structure import compile_structure
from custmaster.wire.table import Row, Table

__all__ = ["check_survivors", "write_survivors"]

_FIRST: Final = ("cluster_auto", "records")
_LAST: Final = "lineage"
_HIDDEN: Final = "***"
_PLAIN: Final = frozenset(("source_key", "customer_number", "nationality", "occupation", "opened_on", "sex"))
"""Fields that are shown as they stand; the others are masked by their kind, and a birth date altogether."""
_KINDS: Final[Mapping[str, Callable[[str], object]]] = {
    "name": Name,
    "mobile": Phone,
    "phone": Phone,
    "address": Address,
    "email": Email,
    "card_number": CardNumber,
    "account_number": AccountNumber,
    "document": DocumentNumber,
}


@frozen(kw_only=True)
class _Field:
    """What survives together: its name, the columns that it has for itself, its value in a row, and how each column is masked."""

    name: str
    columns: tuple[str, ...]
    value: Callable[[Row], object]
    kinds: Mapping[str, str]


def check_survivors(file: Path, mapping: FileMapping, rules: SurvivorshipFile = BY_COMPLETENESS) -> None:
    """Whether survivors can be made of this file, asked before any work is done. Errors: UnusableInput."""
    for name in (*_FIRST, _LAST):
        if name in mapping.columns:
            problem = f"a mapped column is called {name!r}, as one of the survivors' own"
            raise UnusableInput(file.name, problem=problem, remedy="rename it")
    with open_table(file, mapping) as table:
        known = {one.name for one in _fields(mapping, table)}
    for name in rules.policy.fields:
        if name not in known:
            raise UnusableInput(
                file.name,
                problem=f"the rules name the field {name!r}, which the mapping does not feed",
                remedy=f"it feeds {', '.join(sorted(known))}",
            )
    if rules.source is not None or rules.day is not None:
        _check_origin(file, _origin(mapping, rules))


def _check_origin(file: Path, origin: FileMapping) -> None:
    """Whether the columns that the rules name are there; the mapping fits the file already."""
    try:
        with open_table(file, origin):
            pass
    except UnusableInput as problem:
        remedy = "correct the rules of survivorship, which name it as day or source"
        raise UnusableInput(problem.source, problem=problem.problem, where=problem.where, remedy=remedy) from None


def write_survivors(
    path: Path,
    found: Deduped,
    source: tuple[Path, FileMapping],
    *,
    rules: SurvivorshipFile = BY_COMPLETENESS,
    reveal: bool = False,
) -> int:
    """One line for each automatic cluster of two and more: its name, its records, the columns of the mapping, and `lineage`; how many lines.

    `records` is a JSON list of texts, in order. `lineage` is JSON: for each field the record that it is `from`, `by` which rule, and the records that `differ`. Values are masked
    unless `reveal`; then the file can be read by the same mapping. `source` is the file in which these were found. Errors: as `write_clusters`, and as `check_survivors`.
    """
    file, mapping = source
    check_survivors(file, mapping, rules)
    members = _members(found)
    places = sorted(place for some in members.values() for place in some)
    held = _held(file, mapping, places)
    given = _given(file, mapping, rules, places)
    lines: list[list[str]] = []
    for cluster, some in members.items():
        named = {found.records[place]: place for place in some}
        left = survive(
            {
                record: Contribution(values=held.values(place), **given.get(place, {}))
                for record, place in named.items()
            },
            rules.policy,
        )
        cells = dict(held.cells(left, named, reveal=reveal))
        lines.append(
            [cluster, _json(sorted(named)), *(cells.get(name, "") for name in mapping.columns), _lineage(left)]
        )
    names = [*_FIRST, *mapping.columns, _LAST]
    write_columns(path, {name: [line[at] for line in lines] for at, name in enumerate(names)}, file, "the survivors")
    return len(lines)


def _members(found: Deduped) -> dict[str, list[int]]:
    """The places of the rows of each automatic cluster of two and more, by its name, in the order of their first rows."""
    held: dict[str, list[int]] = {}
    for place, name in enumerate(found.clusters(review=False)):
        held.setdefault(name, []).append(place)
    return {name: places for name, places in held.items() if len(places) > 1}


@frozen(kw_only=True)
class _Held:
    """The rows of clusters by their places, and how their fields are read."""

    header: tuple[str, ...]
    fields: tuple[_Field, ...]
    rows: Mapping[int, Row]

    def values(self, place: int) -> dict[str, object]:
        """What a row says, by field."""
        return {one.name: one.value(self.rows[place]) for one in self.fields}

    def cells(self, left: Survivor, named: Mapping[str, int], *, reveal: bool) -> Iterator[tuple[str, str]]:
        """The cells that survive, by their columns."""
        for one in self.fields:
            choice = left.fields.get(one.name)
            if choice is not None:
                cells = self.rows[named[choice.chosen_from]].cells
                for column in one.columns:
                    cell = cells[self.header.index(column)]
                    yield column, cell if reveal else _masked(cell, one.kinds[column])


def _held(file: Path, mapping: FileMapping, places: Sequence[int]) -> _Held:
    with open_table(file, mapping) as table:
        header, fields = table.header, tuple(_fields(mapping, table))
    rows = dict(rows_at(Source(path=file, mapping=mapping, rules=STOCK), places))
    return _Held(header=header, fields=fields, rows=rows)


def _given(
    file: Path, mapping: FileMapping, rules: SurvivorshipFile, places: Sequence[int]
) -> Mapping[int, Mapping[str, Any]]:
    """System and day of each of the rows, as far as the rules name columns for them."""
    if rules.source is None and rules.day is None:
        return {}
    origin = _origin(mapping, rules)
    with open_table(file, origin) as table:
        structure = compile_structure(origin, table.header, typed=table.typed)
    told: dict[int, Mapping[str, Any]] = {}
    for place, row in rows_at(Source(path=file, mapping=origin, rules=STOCK), places):
        found = structure(row)
        told[place] = {"source": found.record, "day": None if found.entry is None else found.entry.opened_on}
    return told


def _origin(mapping: FileMapping, rules: SurvivorshipFile) -> FileMapping:
    """A mapping of the two columns that say system and day."""
    named = {"source_key": rules.source, "opened_on": rules.day}
    fields = {name: _text(column) for name, column in named.items() if column is not None}
    return evolve(mapping, fields=fields, documents=(), kind=evolve(mapping.kind, column=None))


def _text(column: str) -> TextSource:
    return TextSource(choices=(Columns(names=(column,)),))


def _fields(mapping: FileMapping, table: Table) -> Iterator[_Field]:
    """Documents first: a column that feeds two fields goes with the first."""
    taken: set[str] = set()
    for name, columns, kinds, narrowed, read in _parts(mapping):
        own = tuple([column for column in columns if column not in taken])
        taken.update(own)
        value = _value(narrowed, table, read)
        yield _Field(name=name, columns=own, value=value, kinds=kinds)


_Read = Callable[[Any], object]
_Part = tuple[str, Sequence[str], Mapping[str, str], FileMapping, _Read]


def _parts(mapping: FileMapping) -> Iterator[_Part]:
    """For each field its name, its columns, the kind of each to mask by, the mapping of it alone, and its value in an entry."""
    for at, document in enumerate(mapping.documents, 1):
        kinds = _kinds_of(document)
        alone = evolve(mapping, fields={}, documents=(document,))
        yield (f"document{at}" if at > 1 else "document"), list(kinds), kinds, alone, _first_of("documents")
    for name, source in mapping.fields.items():
        columns = list(source.columns())
        alone = evolve(mapping, fields={name: source}, documents=())
        yield name, columns, dict.fromkeys(columns, name), alone, _first_of(FIELDS[name])
    if mapping.kind.column is not None:
        alone = evolve(mapping, fields={}, documents=())
        yield "kind", [mapping.kind.column], {mapping.kind.column: "sex"}, alone, _first_of("kind")


def _kinds_of(document: DocumentSource) -> dict[str, str]:
    """The columns of a document: its number is masked, its type and issuer are not, its days are hidden."""
    kinds = dict.fromkeys(document.number.columns(), "document")
    if document.type.column is not None:
        kinds.setdefault(document.type.column, "sex")
    for source, kind in ((document.issued_on, "day"), (document.expires_on, "day"), (document.issuer, "sex")):
        if source is not None:
            kinds = dict.fromkeys(source.columns(), kind) | kinds
    return kinds


def _first_of(attribute: str) -> _Read:
    def read(entry: Any) -> object:
        value: object = getattr(entry, attribute)
        return next(iter(cast("tuple[object, ...]", value)), None) if isinstance(value, tuple) else value

    return read


def _value(mapping: FileMapping, table: Table, read: _Read) -> Callable[[Row], object]:
    structure = compile_structure(mapping, table.header, typed=table.typed)

    def value(row: Row) -> object:
        entry = structure(Row(line=row.line, cells=row.cells)).entry
        return None if entry is None else read(entry)

    return value


def _masked(cell: str, kind: str) -> str:
    if not cell or kind in _PLAIN:
        return cell
    make = _KINDS.get(kind)
    try:
        return _HIDDEN if make is None else str(make(cell))
    except InvalidValue:
        return _HIDDEN


def _lineage(left: Survivor) -> str:
    told = {
        name: {"from": choice.chosen_from, "by": choice.by.value}
        | ({"differ": list(choice.differing)} if choice.differing else {})
        for name, choice in left.fields.items()
    }
    return _json(told)


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
