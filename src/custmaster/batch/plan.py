"""The columns of a file of persons, read cell by cell without an entry wherever a cell is plain.

The great majority of cells are already what the folds would make of them. One search over a column joined by line ends finds the
cells that are not, and those are read by the very functions that read one record. tests/parity holds what comes out to arbitrary cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Final, cast

from attrs import evolve, frozen

from custmaster.batch.rules import CustomerRules, Rules
from custmaster.dedup.keys import MOBILE_KINDS, numbers_of
from custmaster.dedup.papers import paper
from custmaster.dedup.slips import PLACE, door
from custmaster.dedup.stock_keys import stock_keys
from custmaster.errors import InvalidValue
from custmaster.value import fold
from custmaster.value.called import called
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.identity.resident import plain_column, upgrade, validate
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.placeholder import KNOWN_PHONES, is_placeholder_number, is_placeholder_phone, placeholder_keys
from custmaster.wire.mapping import FileMapping, TextSource

__all__ = [
    "FILLER_ENDS", "FIRST_DAY", "LONGEST", "MADE_UP_ENDS", "Cells", "Columns", "Number", "Plan", "citizens_codes", "needed", "odd_names",
    "plan_of",
]  # fmt: skip

Columns = Sequence[Sequence[str]]
"""The cells of many rows, column by column, in the order of the header."""

_QUICK: Final = frozenset(("source_key", "customer_number", "name", "birth_date", "mobile", "address"))
"""The fields of a mapping with which a row can be plain."""

_UNASKED: Final = frozenset(("opened_on", "nationality", "occupation", "email", "card_number", "account_number"))
"""The fields that no table for customers compares."""

_NOWHERE: Final = -1
_CITIZENS: Final = frozenset((DocumentType.RESIDENT_ID, DocumentType.TEMPORARY_RESIDENT_ID))
_ISO: Final = ("YYYY-MM-DD",)
LONGEST: Final = 200
"""A longer cell is left to the record, which knows how long a value may be."""


def needed(mapping: FileMapping) -> FileMapping:
    """The mapping without the columns that say nothing of who somebody is: they need not be read."""
    documents = tuple(evolve(one, issued_on=None, expires_on=None, issuer=None) for one in mapping.documents)
    fields = {name: source for name, source in mapping.fields.items() if name not in _UNASKED}
    return evolve(mapping, fields=fields, documents=documents)


def plan_of(mapping: FileMapping | None, header: Sequence[str], rules: Rules) -> Plan | None:
    """Where the columns of a file of persons stand; None when it has several documents, names or telephones, or its rules other keys."""
    if mapping is None or not isinstance(rules, CustomerRules):
        return None
    tables = rules.tables
    kind, fields = mapping.kind.default, mapping.fields
    usual = kind is PartyKind.PERSON and mapping.kind.column is None and tables[kind].keys is stock_keys
    if not usual or not _QUICK.issuperset(fields) or len(mapping.documents) > 1:
        return None
    document = mapping.documents[0] if mapping.documents else None
    sources = [fields.get(name) for name in ("name", "birth_date", "mobile", "address")]
    places = [_place(one, header) for one in (*sources, None if document is None else document.number)]
    if None in places or mapping.patterns("birth_date") != _ISO:
        return None
    name, birth, mobile, address, number = (place or 0 for place in places)
    if document is None:
        return Plan(name, birth, mobile, address, number, _NOWHERE, {}, None)
    stated = document.type
    place = _NOWHERE if stated.column is None else header.index(stated.column)
    return Plan(name, birth, mobile, address, number, place, stated.values, stated.default)


def _place(source: TextSource | None, header: Sequence[str]) -> int | None:
    """The one column of a source, -1 for a field that the mapping does not have, None where several columns make one text."""
    if source is None:
        return _NOWHERE
    single = len(source.choices) == 1 and len(source.choices[0].names) == 1
    return header.index(source.choices[0].names[0]) if single else None


def citizens_codes(types: Mapping[str, _Type]) -> frozenset[str]:
    """The codes of the types that are of the citizens' family."""
    return frozenset(code for code, (kind, _) in types.items() if kind in _CITIZENS)


Number = tuple[tuple[str, ...], str]
"""The numbers of a document that is no plain citizen's number, and the day of birth that it states."""

_Type = tuple[DocumentType, bool]


@frozen(kw_only=True)
class Cells:
    """The cells of a chunk as they are compared, column by column; empty for what is missing or says nothing.

    The variant name, the day, the mobile, the address that leads to a door, and the citizen's number where it is plain; `others` are
    the other documents by their row. Of the rows in `records` a record must tell, and their cells are empty.
    """

    names: list[str]
    born: list[str]
    mobiles: list[str]
    doors: list[str]
    numbers: list[str]
    others: dict[int, Number]
    records: set[int]

    def forget(self, rows: Iterable[int]) -> None:
        """A record must tell of these rows."""
        for row in rows:
            self.records.add(row)
            self.others.pop(row, None)
            for column in (self.names, self.born, self.mobiles, self.doors, self.numbers):
                column[row] = ""


@frozen
class Plan:
    """Where the columns of a file of persons stand, -1 for one that it does not have, and what the codes of the types mean."""

    name: int
    birth: int
    mobile: int
    address: int
    number: int
    type: int
    types: Mapping[str, _Type]
    usually: _Type | None

    @property
    def usually_citizens(self) -> bool:
        """Whether a number whose type is not told is a citizen's."""
        return self.usually is not None and self.usually[0] in _CITIZENS

    def read(self, columns: Columns) -> Cells:
        """The cells of a chunk."""
        size, records = len(columns[0]), set[int]()
        readers = ((self.name, _names), (self.birth, _days), (self.mobile, _mobiles), (self.address, _doors))
        names, born, mobiles, doors = (
            [""] * size if place < 0 else _read(columns[place], reader, records) for place, reader in readers
        )
        numbers, others = ([""] * size, {}) if self.number < 0 else self._numbers(columns, records)
        cells = Cells(
            names=names, born=born, mobiles=mobiles, doors=doors, numbers=numbers, others=others, records=records
        )
        cells.forget(tuple(records))
        return cells

    def _numbers(self, columns: Columns, records: set[int]) -> tuple[list[str], dict[int, Number]]:
        cells = columns[self.number]
        found, others = list(cells), dict[int, Number]()
        odd = [row for row, plain in enumerate(plain_column(cells)) if not plain]
        # Of well-formed numbers only these can be made up: the day of birth rules out a row, and one digit over and over.
        odd += [row for row, cell in enumerate(cells) if cell[14:] in MADE_UP_ENDS]
        if FIRST_DAY in "".join(cells):
            odd += [row for row, cell in enumerate(cells) if FIRST_DAY in cell]
        for row in odd:
            number = _number(cells[row])
            found[row] = number if isinstance(number, str) else ""
            if number is None:
                records.add(row)
            elif not isinstance(number, str):
                others[row] = number
        records.update(row for row in self._of_others(columns) if cells[row])
        return found, others

    def _of_others(self, columns: Columns) -> Iterable[int]:
        """The rows whose document is not of the citizens' family, or of a type that nobody knows."""
        usually = self.usually_citizens
        if self.type < 0:
            return () if usually else range(len(columns[0]))
        citizens = citizens_codes(self.types)
        taken = {code: self._citizens(code, citizens, usually=usually) for code in set(columns[self.type])}
        if all(taken.values()):
            return ()
        return [row for row, code in enumerate(columns[self.type]) if not taken[code]]

    def _citizens(self, code: str, citizens: frozenset[str], *, usually: bool) -> bool:
        return code in citizens or code.strip() in citizens or (usually and code.strip() not in self.types)


# What makes a cell of each column not plain. A line end within a cell breaks the count of the lines, see `_odd`.
_ODD_MOBILE: Final = re.compile(r"^(?!(?:1[3-9][0-9]{9})?$)[^\n]*", re.MULTILINE)
# What was left from a test, or is one sign over and over, begins so: see `is_placeholder_key`.
_MAYBE_WORD: Final = re.compile("^[测试样示0-9A-Z()·]", re.MULTILINE)
# A mobile number is no row, and filled in when its last eight digits are one over and over: see `is_placeholder_phone`.
FILLER_ENDS: Final = frozenset(str(digit) * 8 for digit in range(10))
_CITIZEN: Final = 18
_MISTYPED: Final = re.compile("[0-9]{17}[0-9X]").fullmatch
MADE_UP_ENDS: Final = ("0000", "9999")
FIRST_DAY: Final = "19000101"


_Text = str | None
"""What a cell says; None when a record must tell."""


def _read(cells: Sequence[str], reader: Callable[[Sequence[str]], list[_Text]], records: set[int]) -> list[str]:
    found = reader(cells)
    if None in found:
        records.update(row for row, text in enumerate(found) if text is None)
    return cast("list[str]", found)


def _days(cells: Sequence[str]) -> list[_Text]:
    return list(map(_day, cells))


def _mobiles(cells: Sequence[str]) -> list[_Text]:
    found: list[_Text] = list(cells)
    joined = "\n".join(cells)
    if joined.count("\n") >= len(cells):
        return [_mobile(cell) for cell in cells]
    doubtful = [row for row, cell in enumerate(cells) if cell[3:] in FILLER_ENDS]
    for row in chain(_rows(joined, _ODD_MOBILE), doubtful):
        found[row] = _mobile(cells[row])
    for number in KNOWN_PHONES.intersection(cells):
        found = ["" if cell == number else cell for cell in found]
    return found


def odd_names(cells: Sequence[str]) -> Collection[int]:
    """The rows whose name is not plain: of any other the exact and the variant text are the cell itself."""
    joined = "\n".join(cells)
    if joined.count("\n") >= len(cells) or max(map(len, cells), default=0) > LONGEST:
        return range(len(cells))
    odd = {*fold.unclean_rows(cells), *_rows(joined, _MAYBE_WORD)}
    words = placeholder_keys().intersection(cells)
    return odd.union(row for row, cell in enumerate(cells) if cell in words) if words else odd


def _names(cells: Sequence[str]) -> list[_Text]:
    found: list[_Text] = list(cells)
    for row in odd_names(cells):
        found[row] = _name(cells[row])
    return found


def _doors(cells: Sequence[str]) -> list[_Text]:
    longest = max(map(len, cells), default=0)
    if longest > LONGEST:
        return [_door(cell) for cell in cells]
    return [
        line if len(line) >= PLACE else _door(cell) for cell, line in zip(cells, fold.exact_column(cells), strict=True)
    ]


def _rows(joined: str, pattern: re.Pattern[str]) -> list[int]:
    """The lines at which the pattern is found; a count of line ends, which is fast, from one to the next."""
    rows, row, counted = list[int](), 0, 0
    for match in pattern.finditer(joined):
        row += joined.count("\n", counted, match.start())
        counted = match.start()
        rows.append(row)
    return rows


def _number(cell: str) -> Number | _Text:
    """The numbers of a citizen's card and the day of birth that it states, by way of the document."""
    if not cell or cell.isspace():
        return ""
    try:
        compact = validate(cell)
    except InvalidValue:
        compact = ""
    if compact and not is_placeholder_number(cell):
        return compact if len(compact) == _CITIZEN else _of_1989(compact)
    if not compact and _MISTYPED(cell) and not is_placeholder_number(cell):
        return (cell,), ""  # what `paper` makes of it
    try:
        number = DocumentNumber(cell)
    except InvalidValue:
        return None
    found = paper(IdentityDocument(type=DocumentType.RESIDENT_ID, number=number))
    if found is None:
        return ""
    return numbers_of((found,)), "" if found.born is None else found.born.isoformat()


def _of_1989(number: str) -> Number:
    """What `paper` makes of 15 digits: they, the 18 that they become, and the day that both state."""
    whole = upgrade(number)
    return (number, whole), f"{whole[6:10]}-{whole[10:12]}-{whole[12:14]}"


@lru_cache(maxsize=1 << 16)
def _day(cell: str) -> str | None:
    if not cell or cell.isspace():
        return ""
    try:
        return cell if date.fromisoformat(cell).isoformat() == cell else None
    except ValueError:
        return None


def _name(cell: str) -> str | None:
    if not cell or cell.isspace():
        return ""
    try:
        found = called(Name(cell), PartyKind.PERSON)
    except InvalidValue:
        return None
    return "" if found is None else found.loose


def _mobile(cell: str) -> str | None:
    if not cell or cell.isspace():
        return ""
    try:
        phone = Phone(cell)
    except InvalidValue:
        return None
    compact = phone.compact
    return compact if phone.kind in MOBILE_KINDS and not is_placeholder_phone(compact) else ""


def _door(cell: str) -> str | None:
    if len(cell) > LONGEST:
        return None
    if not cell or cell.isspace():
        return ""
    found = door(fold.exact(cell))
    return "" if found is None else found
