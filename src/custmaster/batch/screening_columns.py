"""Which rows of a customer file may be listed, from whole columns of cells: a row that is not named here has no answer.

Nothing is judged here. A plain name, a plain citizen's number and a day of birth are looked up as they stand; a row whose cells are not
plain is left to its record, which is asked one by one. tests/parity/test_screening.py holds both ways to the same findings.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import compress
from typing import Final

from attrs import evolve, frozen

from custmaster.batch.plan import Columns, odd_names
from custmaster.errors import InvalidValue
from custmaster.screening.keys import document_key, name_key
from custmaster.screening.screen import Screen
from custmaster.value.called import called
from custmaster.value.document_types import DocumentType, Family
from custmaster.value.identity.resident import plain_column
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.wire._cells import date_reader
from custmaster.wire.mapping import DocumentSource, FileMapping, TextSource

__all__ = ["SuspectRows", "asked_of", "suspect_rows"]

SuspectRows = Callable[[Columns], Sequence[int]]
"""The rows of a chunk, ascending, that must be asked as records."""

_ASKED: Final = frozenset(("source_key", "customer_number", "name", "birth_date", "sex"))
_PERSON: Final = str(PartyKind.PERSON)
_ISO: Final = "YYYY-MM-DD"
_NOWHERE: Final = -1
# A household register (户口簿) has a number of its own beside the citizen's, so it is left to its record.
_CITIZENS: Final = frozenset((DocumentType.RESIDENT_ID, DocumentType.TEMPORARY_RESIDENT_ID))


def asked_of(mapping: FileMapping) -> FileMapping:
    """The mapping without the columns that screening does not ask for: they need not be read."""
    documents = tuple(evolve(one, issued_on=None, expires_on=None, issuer=None) for one in mapping.documents)
    fields = {name: source for name, source in mapping.fields.items() if name in _ASKED}
    return evolve(mapping, fields=fields, documents=documents)


def suspect_rows(mapping: FileMapping, header: Sequence[str], screen: Screen, *, typed: bool) -> SuspectRows | None:
    """The function that names the suspects of a chunk; None where a name, a day or a number is put together from several columns.

    `typed` as in `compile_structure`.
    """
    places = [_place(mapping.fields.get(key), header) for key in ("name", "birth_date")]
    numbers = [_place(one.number, header) for one in mapping.documents]
    if None in places or None in numbers:
        return None
    name, born = (place if place is not None else _NOWHERE for place in places)
    documents = tuple(
        _Papers(number=place, types=_citizens(one, header))
        for one, place in zip(mapping.documents, numbers, strict=True)
        if place is not None
    )
    patterns = mapping.patterns("birth_date")
    days = date_reader((_ISO, *patterns) if typed and _ISO not in patterns else patterns, mapping.pivot)
    persons = _Coded.of(mapping.kind.column, header, mapping.kind.values, mapping.kind.default)
    listed = _Listed.of(screen.keys, screen.damaged_keys)
    return _Suspects(
        name=name,
        born=born,
        documents=documents,
        persons=evolve(persons, wanted=frozenset((PartyKind.PERSON,))),
        days=lambda cell: days(cell)[0],
        listed=listed,
    ).rows


def _place(source: TextSource | None, header: Sequence[str]) -> int | None:
    """The one column of a source, `_NOWHERE` for a field that the mapping does not have, None where several columns make one text."""
    if source is None:
        return _NOWHERE
    single = len(source.choices) == 1 and len(source.choices[0].names) == 1
    return header.index(source.choices[0].names[0]) if single else None


@frozen(kw_only=True)
class _Coded:
    """A column of codes, and which rows have one that means what is wanted."""

    place: int
    meanings: Mapping[str, object]
    usually: object
    wanted: Collection[object] = ()

    @classmethod
    def of(cls, column: str | None, header: Sequence[str], meanings: Mapping[str, object], usually: object) -> _Coded:
        """The codes of a column of this header, None for no column."""
        place = _NOWHERE if column is None else header.index(column)
        return cls(place=place, meanings=meanings, usually=usually)

    def others(self, columns: Columns) -> Iterable[int]:
        """The rows with another code, or one that nobody knows."""
        if self.place < 0:
            return () if self.usually in self.wanted else range(len(columns[0]))
        cells = columns[self.place]
        taken = {cell: self._is_wanted(cell.strip()) for cell in set(cells)}
        return () if all(taken.values()) else [row for row, cell in enumerate(cells) if not taken[cell]]

    def _is_wanted(self, text: str) -> bool:
        return (self.meanings.get(text) if text else self.meanings.get(text, self.usually)) in self.wanted


def _citizens(one: DocumentSource, header: Sequence[str]) -> _Coded:
    coded = _Coded.of(one.type.column, header, one.type.values, one.type.default)
    return evolve(coded, wanted=[(kind, flag) for kind in _CITIZENS for flag in (False, True)])


@frozen(kw_only=True)
class _Papers:
    """A column of document numbers, and which of them are citizens'."""

    number: int
    types: _Coded


@frozen(kw_only=True)
class _Listed:
    """What persons on the lists are found by: loose names, citizens' numbers, and the ends of damaged names, some with a day of birth."""

    names: frozenset[str]
    numbers: frozenset[str]
    ends: frozenset[str]
    dated: frozenset[str]
    births: frozenset[date]

    @classmethod
    def of(cls, keys: Iterable[str], damaged: Iterable[str]) -> _Listed:
        """Those keys of `Screen` that a person's plain cells may meet."""
        keys, damaged = tuple(keys), tuple(damaged)
        dated = frozenset(_after(f"END:{_PERSON}:", damaged))
        return cls(
            names=frozenset(_after(name_key(_PERSON, ""), keys)),
            numbers=frozenset(_after(document_key(_PERSON, str(Family.CITIZEN_NUMBER), ""), keys)),
            ends=frozenset(_after(f"ENDS:{_PERSON}:", damaged)),
            dated=dated,
            births=frozenset(date.fromisoformat(text.rpartition(":")[2]) for text in dated),
        )


def _after(beginning: str, keys: Iterable[str]) -> Iterator[str]:
    return (key.removeprefix(beginning) for key in keys if key.startswith(beginning))


@frozen(kw_only=True)
class _Suspects:
    name: int
    born: int
    documents: tuple[_Papers, ...]
    persons: _Coded
    days: Callable[[str], date | None]
    listed: _Listed

    def rows(self, columns: Columns) -> list[int]:
        """The suspects of a chunk."""
        found = set(self.persons.others(columns))
        size = len(columns[0])
        names = [""] * size if self.name < 0 else self._names(columns[self.name], found)
        numbers = [columns[one.number] for one in self.documents]
        for one, cells in zip(self.documents, numbers, strict=True):
            found.update(self._by_number(cells, one.types.others(columns)))
        found.update(compress(range(size), map(self.listed.names.__contains__, names)))
        found.update(row for row, name in enumerate(names) if not name)  # there may be nothing to ask by
        if self.listed.ends:
            found.update(row for row, name in enumerate(names) if name and name[0] + name[-1] in self.listed.ends)
        if self.listed.dated:
            found.update(self._by_birth(columns, names, numbers))
        return sorted(found)

    def _names(self, cells: Sequence[str], found: set[int]) -> list[str]:
        """The loose names, empty where there is none; a name that is damaged or cannot be held is a suspect."""
        names = list(cells)
        for row in odd_names(cells):
            names[row] = ""
            if not cells[row] or cells[row].isspace():
                continue
            try:
                made = called(Name(cells[row]), PartyKind.PERSON)
            except InvalidValue:
                found.add(row)
                continue
            if made is not None and made.damaged:
                found.add(row)
            elif made is not None:
                names[row] = made.loose
        return names

    def _by_number(self, cells: Sequence[str], others: Iterable[int]) -> Iterator[int]:
        """Rows whose number is listed, or is no plain number of a citizen."""
        yield from compress(range(len(cells)), map(self.listed.numbers.__contains__, cells))
        yield from (row for row, plain in enumerate(plain_column(cells)) if not plain)
        yield from (row for row in others if cells[row])

    def _by_birth(self, columns: Columns, names: Sequence[str], numbers: Sequence[Sequence[str]]) -> Iterator[int]:
        """Rows whose name has an end of a damaged one of the same day of birth, stated or in the number."""
        births = self.listed.births
        written = {f"{day:%Y%m%d}": day for day in births}
        known = {} if self.born < 0 else {cell: self.days(cell) for cell in set(columns[self.born]) if cell}
        stated = [] if self.born < 0 else [[known.get(cell) for cell in columns[self.born]]]
        for days in (*stated, *([written.get(cell[6:14]) for cell in cells] for cells in numbers)):
            for row in (row for row, day in enumerate(days) if day in births and names[row]):
                day, name = days[row], names[row]
                if f"F{name[0]}:{day}" in self.listed.dated or f"L{name[-1]}:{day}" in self.listed.dated:
                    yield row
