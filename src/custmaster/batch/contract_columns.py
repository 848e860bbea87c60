"""Which contracts of a register may be about the same thing, from whole columns of cells: what is noted is what their records give.

Nothing is judged here. A row is told when a record must tell of it; a row whose cells are not plain is left to its record altogether.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import compress
from operator import lt
from typing import Any, Final

from attrs import define, field

from custmaster.batch.contract_notes import Notes, involved
from custmaster.contract.kinds import LIVE, Level, Part, State
from custmaster.contract.product import Product
from custmaster.contract.record import number_key
from custmaster.contract.register import RegisterPage
from custmaster.contract.sameness import keyed_contract, may_overlap, parts_of
from custmaster.errors import InvalidValue
from custmaster.value.channel import EVERY
from custmaster.value.identity import free_form
from custmaster.wire._cells import getter
from custmaster.wire.contract_mapping import CONTRACT_DATES, ContractMapping
from custmaster.wire.contract_rows import Reader, compile_contracts, day_reader, read_channels, read_state
from custmaster.wire.table import Row

__all__ = ["Columns", "ColumnsReader", "columns_reader"]

Columns = Sequence[Sequence[str]]
ColumnsReader = Callable[[Sequence[int], Columns, Mapping[int, Row], Notes], None]
"""Notes a chunk: the places of its rows, its columns in the order of the header, and the rows without cells, which are empty in the columns."""

_LONGEST: Final = 40
_LONGEST_EXACT: Final = 64
_NUMBER: Final = "[0-9A-Za-z-]{1,40}"
# What `free_form.compact` leaves alone: no small letter, no space, no bracket but the round ones, nothing outside ASCII.
_EXACT: Final = r"[!-Z\\^_|~]{0,64}"
_CODE: Final = "[!-~]{1,40}"
_MOST_WORDS: Final = 1 << 16
"""Different cells of a column that are kept: with more of them they are no words, and memory must not grow with the file."""


def columns_reader(
    mapping: ContractMapping, header: Sequence[str], page: RegisterPage, *, typed: bool
) -> ColumnsReader:
    """The function that notes one chunk after the other of a table with this header; `typed` as in `compile_contracts`."""
    return _Reader(mapping, tuple(header), page, compile_contracts(mapping, header, typed=typed), typed).read


def _words(meaning: Callable[[str], Any]) -> Callable[[Sequence[str]], list[Any]]:
    """A reader of a column of which each different cell is read once."""
    known: dict[str, Any] = {}

    def read(cells: Sequence[str]) -> list[Any]:
        if len(known) > _MOST_WORDS:
            known.clear()
        for text in set(cells).difference(known):
            known[text] = meaning(text)
        return list(map(known.__getitem__, cells))

    return read


def _texts(plain: str, fold: Callable[[str], str | None]) -> Callable[[Sequence[str]], list[Any]]:
    """A reader of a column of texts: where all are plain they stay as they are, else each that is not is folded."""
    whole, one = re.compile(f"(?:{plain}\n)*"), re.compile(plain)

    def read(cells: Sequence[str]) -> list[Any]:
        if whole.fullmatch("\n".join(cells) + "\n"):
            return list(cells)
        return [cell if one.fullmatch(cell) else fold(cell) for cell in cells]

    return read


# A cell's meaning is None where its record must be asked.


def _number(cell: str) -> str | None:
    text = cell.strip()
    return text if re.fullmatch(_NUMBER, text) else None


def _code(cell: str) -> str | None:
    text = cell.strip()
    return text if 0 < len(text) <= _LONGEST and len(cell) <= _LONGEST_EXACT else None


def _code_or_none(cell: str) -> str | None:
    return _code(cell) if cell and not cell.isspace() else ""


def _exact(cell: str) -> str | None:
    if not cell or cell.isspace():
        return ""
    return free_form.compact(cell) or None if len(cell) <= _LONGEST_EXACT else None


def _days(key: str, read: Callable[[str], tuple[date | None, object]]) -> Callable[[str], date | None]:
    """The day of a cell, or what stands for none; None for one that cannot be read, or not in one way."""
    nothing = _NO_DAY[key]

    def day(cell: str) -> date | None:
        if not cell or cell.isspace():
            return nothing
        found, code = read(cell)
        if code is not None or (found == date.max and key == "ended_on"):
            return None
        return nothing if found is None else found

    return day


# An open side of a period is as far away as can be; so is an end that did not come, and no end was before an unknown signing.
_NO_DAY: Final[Mapping[str, date]] = {
    "valid_from": date.min,
    "valid_until": date.max,
    "signed_on": date.min,
    "ended_on": date.max,
}


@define
class _Reader:
    mapping: ContractMapping
    header: tuple[str, ...]
    page: RegisterPage
    record: Reader
    typed: bool
    among: Mapping[str, int] = field(init=False)
    parts: dict[str, tuple[Product, tuple[Part, ...]]] = field(init=False)
    readers: dict[str, Callable[[Sequence[str]], list[Any]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.among = involved(self.page)
        self.parts = {one.number: (one, parts_of(one)) for one in self.page.catalogue.products}
        readers = {"number": _texts(_NUMBER, _number), "customer": _texts(_CODE, _code), "product": _words(_code)}
        readers |= {
            "organisation": _words(_code_or_none),
            "state": _words(self._state),
            "channels": _words(self._channel),
        }
        readers |= {key: _texts(_EXACT, _exact) for key in ("account", "card", "reference", "instance")}
        readers |= {key: _words(_days(key, day_reader(self.mapping, key, typed=self.typed))) for key in CONTRACT_DATES}
        self.readers = readers

    def _state(self, cell: str) -> State | None:
        return read_state(cell, self.mapping.states)

    def _channel(self, cell: str) -> str | None:
        """The one channel; an empty text for none or several."""
        try:
            channels = read_channels(cell, self.mapping.channels)
        except InvalidValue:
            return None
        return channels[0] if len(channels) == 1 else ""

    def read(self, places: Sequence[int], columns: Columns, without: Mapping[int, Row], notes: Notes) -> None:
        """See `ColumnsReader`."""
        chunk = _Chunk(self._meanings(columns, len(places)), set(without))
        chunk.leave_contradictions()
        for row in sorted(chunk.odd):
            cells = tuple([column[row] for column in columns])
            self._by_record(notes, places[row], without.get(row) or Row(line=1, cells=cells))
        told = chunk.told(self.page, self.parts)
        chunk.note(notes, places, self)
        told |= chunk.without_key
        notes.told.extend(places[row] for row in sorted(told | chunk.odd))

    def _meanings(self, columns: Columns, size: int) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for key, source in self.mapping.file.fields.items():
            names = tuple(source.columns())
            if len(names) == 1:
                cells = columns[self.header.index(names[0])]
            else:
                cells = list(map(getter(source, self.header), zip(*columns, strict=True)))
            found[key] = self.readers[key](cells)
        return {key: [_NO_DAY.get(key, "")] * size for key in self.readers if key not in found} | found

    def _by_record(self, notes: Notes, place: int, row: Row) -> None:
        read = self.record(row)
        if read.number is not None:
            notes.numbers.add((place,), (hash(number_key(read.number)),))
        if read.contract is not None and read.contract.product in self.parts:
            product, _ = self.parts[read.contract.product]
            notes.of_record(place, keyed_contract(read.contract, product), self.among)


class _Chunk:
    """The meanings of a chunk's cells by field; rows in `odd` are left to their records, whatever stands for their cells here."""

    def __init__(self, held: Mapping[str, list[Any]], odd: set[int]) -> None:
        self.held: Final = held
        self.odd: Final = odd
        self.without_key: Final = set[int]()
        for key, column in held.items():
            if None in column:
                unread = [row for row, meaning in enumerate(column) if meaning is None]
                odd.update(unread)
                for row in unread:
                    column[row] = _NO_DAY.get(key, "")
        self.live: list[int] = []

    def leave_contradictions(self) -> None:
        """Leave to their records the rows whose days do not go together, and those that ended and live."""
        held, odd = self.held, self.odd
        rows = range(len(held["state"]))
        odd.update(compress(rows, map(lt, held["valid_until"], held["valid_from"])))
        odd.update(compress(rows, map(lt, held["ended_on"], held["signed_on"])))
        odd.update(
            row for row, day in enumerate(held["ended_on"]) if day is not date.max and held["state"][row] not in _ENDED
        )
        alive = map(LIVE.__contains__, held["state"])
        self.live[:] = [row for row in compress(rows, alive) if row not in odd]

    def told(self, page: RegisterPage, known: Mapping[str, object]) -> set[int]:
        """The plain rows of which a record must tell by itself, but for those without a whole key."""
        held, told = self.held, set[int]()
        told.update(_where(held["product"], set(held["product"]).difference(known)))
        customers, holders = set(held["customer"]), page.holders
        told.update(_where(held["customer"], {one for one in customers if not holders.knows(one)}))
        told.update(_where(held["customer"], customers.intersection(holders.ended)))
        late = {day for day in set(held["valid_until"]) if day < page.day}
        if late:
            last = held["valid_until"]
            told.update(row for row in self.live if last[row] in late)
        return told - self.odd

    def note(self, notes: Notes, places: Sequence[int], by: _Reader) -> None:
        """Note the plain rows under what they may have in common with others."""
        numbers, odd = list(map(str.upper, self.held["number"])), self.odd  # of plain numbers, what `number_key` gives
        if odd:
            rows = [row for row in range(len(places)) if row not in odd]
            notes.numbers.add([places[row] for row in rows], [hash(numbers[row]) for row in rows])
        else:
            notes.numbers.add(places, map(hash, numbers))
        by_product: dict[str, list[int]] = {}
        products = self.held["product"]
        for row in self.live:
            by_product.setdefault(products[row], []).append(row)
        for number, rows in by_product.items():
            if number in by.parts:
                self._keys(notes, places, rows, by.parts[number])
            if number in by.among:
                self._held(notes, places, rows, by.parts[number][0], by.among[number])

    def _held(self, notes: Notes, places: Sequence[int], rows: list[int], product: Product, place: int) -> None:
        customers, accounts = self._part(Part.CUSTOMER, rows), None
        if product.level is Level.ACCOUNT:
            accounts = self._part(Part.ACCOUNT, rows)
        notes.held.add([places[row] for row in rows], customers, accounts, place)

    def _keys(
        self, notes: Notes, places: Sequence[int], rows: list[int], product: tuple[Product, tuple[Part, ...]]
    ) -> None:
        row_parts = product[1]
        columns = [self._part(part, rows) for part in row_parts]
        if any("" in column for column in columns):
            lacking = {at for column in columns for at, text in enumerate(column) if not text}
            self.without_key.update(rows[at] for at in lacking)
            kept = [at for at in range(len(rows)) if at not in lacking]
            rows, columns = [rows[at] for at in kept], [[column[at] for at in kept] for column in columns]
        told = [places[row] for row in rows]
        notes.keys.add(told, map(hash, zip(*columns, strict=True)))
        if may_overlap(product[0]):
            apart = [column for part, column in zip(row_parts, columns, strict=True) if part is not Part.CHANNEL]
            channels = self.held["channels"]
            stars = [int(channels[row] == EVERY) for row in rows]
            notes.places.add(told, map(hash, zip(*apart, strict=True)), stars)

    def _part(self, part: Part, rows: list[int]) -> list[str]:
        """The texts of a part of the key."""
        if part is Part.ACCOUNT:
            accounts, cards = self.held["account"], self.held["card"]
            return [accounts[row] or cards[row] for row in rows]
        column = self.held[_COLUMN[part]]
        return [column[row] for row in rows]


_ENDED: Final = frozenset({State.TERMINATED, State.EXPIRED})
_COLUMN: Final[Mapping[Part, str]] = {
    Part.PRODUCT: "product",
    Part.CUSTOMER: "customer",
    Part.CHANNEL: "channels",
    Part.ORGANISATION: "organisation",
    Part.REFERENCE: "reference",
    Part.INSTANCE: "instance",
}


def _where(column: Sequence[Any], wanted: Iterable[Any]) -> list[int]:
    among = frozenset(wanted)
    return [row for row, one in enumerate(column) if one in among] if among else []
