"""A file of a blacklist (黑名单) into entries: by a bank's own column names, in any format of a customer file. A bad row is a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from attrs import frozen

from custmaster.decision import Remark
from custmaster.errors import InvalidValue
from custmaster.screening.effects import EVERY_HIT, reasons_of
from custmaster.screening.kinds import RestrictionCause
from custmaster.screening.listing import LONGEST_NUMBER, LONGEST_SOURCE, ListEntry, identity_of
from custmaster.screening.screen import Screened
from custmaster.value.name import Name
from custmaster.value.span import Span
from custmaster.wire._cells import Cells, date_reader, expiry_reader, label, too_long
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.findings import Finding
from custmaster.wire.list_mapping import ListMapping
from custmaster.wire.readers import open_table
from custmaster.wire.structure import Structured, compile_structure
from custmaster.wire.table import Row, Table

__all__ = ["ListRead", "hit_findings", "read_list"]


@frozen(kw_only=True)
class ListRead:
    """What a list's file holds: the entries in file order, and what was found wrong, with lines."""

    entries: tuple[ListEntry, ...]
    findings: tuple[Finding, ...]


def read_list(path: Path, mapping: ListMapping) -> ListRead:
    r"""The entries of a list's file, each with a number of its own; a row without a name and a document is left out.

    An entry without a number, or with one that an entry before it has, is called by its line, as in `line:7`: no row is lost for its number.

    What cannot be read of a row is a finding and errs on the side of listing: without a readable day it is in force on that side, with an
    unknown cause it has that of the list. Errors: UnusableInput when the file as a whole cannot be used. Source: R-57.

    >>> import tempfile
    >>> from custmaster.wire.list_mapping import load_list_mapping
    >>> text = '[fields]\nname = "姓名"\nsource_key = "序号"\n[list]\nname = "police"\norigin = "EXTERNAL"'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "list.csv"
    ...     _ = target.write_text("序号,姓名\n7,张伟\n8,\n", encoding="utf-8")
    ...     found = read_list(target, load_list_mapping(text, "list.toml"))
    >>> [entry.key for entry in found.entries], [(one.line, str(one.reason.code)) for one in found.findings]
    ([('police', '7')], [(3, 'ROW_UNREADABLE')])
    """
    entries, findings = list[ListEntry](), list[Finding]()
    with open_table(path, mapping.opened) as table:
        reader = _Reader.of(mapping, table)
        for row in table.rows:
            entry, remarks, record = reader.read(row)
            findings += [Finding(line=row.line, record=record, field=one.field, reason=one.reason) for one in remarks]
            if entry is not None:
                entries.append(entry)
    return ListRead(entries=tuple(entries), findings=tuple(findings))


def hit_findings(screened: Screened, *, line: int, record: str | None) -> Iterator[Finding]:
    """What the lists say of one row, as findings: a hit by document is an error, any other a warning, the rest notes.

    Whatever the cause and the scope: a finding is told to a person, who knows what it is for.
    """
    for reason in reasons_of(screened, None, EVERY_HIT):
        yield Finding(line=line, record=record, field="", reason=reason)


@frozen(kw_only=True)
class _Reader:
    mapping: ListMapping
    structure: Callable[[Row], Structured]
    columns: dict[str, int]
    given: dict[str, int]
    days: Callable[[str], tuple[date | None, CellCode | None]]
    ends: Callable[[str], tuple[date | None, bool, CellCode | None]]

    @classmethod
    def of(cls, mapping: ListMapping, table: Table) -> _Reader:
        """The reader of a table with this header."""
        customers = mapping.customers
        patterns = customers.patterns("expires_on")
        return cls(
            mapping=mapping,
            structure=compile_structure(customers, table.header, typed=table.typed),
            columns={name: place for place, name in enumerate(table.header)},
            given={},
            days=date_reader(customers.patterns("issued_on"), customers.pivot),
            ends=expiry_reader(patterns, customers.pivot),
        )

    def read(self, row: Row) -> tuple[ListEntry | None, list[Remark], str | None]:
        """The entry, what is to be remarked, and the number of the entry."""
        found = self.structure(row)
        remarks = list(found.remarks)
        if found.entry is None:
            return None, remarks, found.record
        cells = row.cells
        names = tuple(self._names(cells, remarks))
        if found.entry.name is None and not names and not found.entry.documents:
            return None, [*remarks, remark_on("", CellCode.ROW_UNREADABLE)], found.record
        entry = ListEntry(
            origin=self.mapping.origin,
            list_name=self.mapping.name,
            number=self._number(found.record, row.line, remarks),
            identity=identity_of(found.entry, former=names),
            cause=self._cause(cells, remarks),
            scope=self.mapping.scope,
            valid=self._valid(cells, remarks),
            lift=self.mapping.lift,
            source=self._source(cells, remarks) or self.mapping.source,
        )
        return entry, remarks, found.record

    def _text(self, cells: Cells, column: str | None) -> str:
        return "" if column is None else cells[self.columns[column]].strip()

    def _number(self, number: str | None, line: int, remarks: list[Remark]) -> str:
        """The number of the entry; by its line where it has none, or one that is too long to be kept or was given before, which is told."""
        called = f"line:{line}"
        if number:
            column = label(self.mapping.customers.fields["source_key"])
            if len(number) > LONGEST_NUMBER:
                remarks.append(too_long("source_key", column, number))
            elif number in self.given:
                first = self.given[number]
                remarks.append(remark_on("source_key", CellCode.ENTRY_TWICE, column=column, first=first, given=called))
            else:
                called = number
        self.given[called] = line
        return called

    def _source(self, cells: Cells, remarks: list[Remark]) -> str:
        """Where the entry stands written; empty where nothing is said, or too much to be kept, which is told."""
        text = self._text(cells, self.mapping.source_column)
        if len(text) <= LONGEST_SOURCE:
            return text
        remarks.append(too_long("source", str(self.mapping.source_column), text))
        return ""

    def _names(self, cells: Cells, remarks: list[Remark]) -> Iterator[Name]:
        for column in self.mapping.also_named:
            text = self._text(cells, column)
            if text:
                try:
                    yield Name(text)
                except InvalidValue:
                    remarks.append(too_long("name", column, text))

    def _cause(self, cells: Cells, remarks: list[Remark]) -> RestrictionCause:
        text, column = self._text(cells, self.mapping.cause_column), self.mapping.cause_column
        if not text or text in self.mapping.causes:
            return self.mapping.causes.get(text, self.mapping.cause)
        remarks.append(remark_on("cause", CellCode.CODE_UNKNOWN, column=str(column), length=len(text)))
        return self.mapping.cause

    def _valid(self, cells: Cells, remarks: list[Remark]) -> Span:
        since, until = self._text(cells, self.mapping.since), self._text(cells, self.mapping.until)
        first, first_code = self.days(since) if since else (None, None)
        last, _, last_code = self.ends(until) if until else (None, False, None)
        if first is not None and last is not None and last < first:
            last, last_code = None, CellCode.DATE_UNREADABLE
        sides = (("since", self.mapping.since, since, first_code), ("until", self.mapping.until, until, last_code))
        for field, column, text, code in sides:
            if code is not None:
                remarks.append(remark_on(field, code, column=str(column), length=len(text)))
        return Span.through(first, last)
