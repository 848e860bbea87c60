"""The file of customers of a roster (名单): several rows of one customer are its levels, each from its day; what lists it stands beside.

A million customers are held as values that share what they have in common; a row is read once and not kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import date
from typing import Any, Final, cast

from attrs import Factory, define, evolve, frozen

from custmaster.errors import InvalidValue
from custmaster.roster.entry import Prospect
from custmaster.roster.levels import LevelHistory, LevelSince
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.span import ALWAYS, Span
from custmaster.wire._roster_cells import RosterSheet, listed_words
from custmaster.wire.roster_codes import RosterFileCode, roster_remark
from custmaster.wire.table import Row

__all__ = ["Customers", "Listing", "read_customers"]

_TEXTS: Final = ("entry", "nominator", "reason", "place")
_LISTS: Final = ("needs", "languages")
_DAYS: Final = ("listed_on", "struck_off_on")
_LISTING: Final = ("source", *_TEXTS, *_LISTS, *_DAYS)
_PASSING: Final = frozenset({"place", "languages"})
"""What is known of a customer whether it is listed or not."""


@define
class Listing:
    """What the file says of an entry: the line of the first row that says anything, and the fields of the entry."""

    line: int
    told: dict[str, Any] = Factory(dict[str, Any])
    prospect: Prospect | None = None
    level: str | None = None
    outlet: str | None = None

    @property
    def lists(self) -> bool:
        """Whether it puts the customer on the roster: anything but where it lives and what it speaks."""
        return self.prospect is not None or not self.told.keys() <= _PASSING


@define
class Customers:
    """What the file held: every customer with its line, what lists it by number, and the prospects by reference."""

    histories: list[LevelHistory] = Factory(list[LevelHistory])
    place: dict[str, int] = Factory(dict[str, int])
    lines: array[int] = Factory(lambda: array("Q"))
    listings: dict[str, Listing] = Factory(dict[str, Listing])
    prospects: dict[str, Listing] = Factory(dict[str, Listing])
    rows: int = 0

    def line(self, number: str) -> int | None:
        """The first line of a customer."""
        place = self.place.get(number)
        return None if place is None else self.lines[place]


@frozen
class _Shared:
    """Values that many customers have in common are made once."""

    levels: dict[tuple[str, date | None], tuple[LevelSince]] = Factory(
        dict[tuple[str, "date | None"], tuple[LevelSince]]
    )
    spans: dict[tuple[date | None, date | None], Span] = Factory(dict[tuple["date | None", "date | None"], Span])
    outlets: dict[str, str] = Factory(dict[str, str])

    def held(self, level: str, since: date | None) -> tuple[LevelSince]:
        """A level alone from a day on."""
        found = self.levels.get((level, since))
        if found is None:
            found = self.levels[level, since] = (LevelSince(level=level, since=since),)
        return found

    def span(self, start: date | None, end: date | None) -> Span:
        """The days from the first to that on which it was closed."""
        if start is None and end is None:
            return ALWAYS
        found = self.spans.get((start, end))
        if found is None:
            try:
                found = self.spans[start, end] = Span(start, end)
            except InvalidValue as fault:
                raise fault.under("customer_until") from None
        return found


def read_customers(sheet: RosterSheet, words: dict[str, str], progress: Callable[[int], None]) -> Customers:
    """The customers of the file, in file order; `words` are those of the ladder, `progress` is told how many rows are read.

    A level that is not on the ladder is told and left out, the customer stays. Of two rows that differ in kind, outlet or days the first
    holds. Source: R-02, R-05, R-12..R-16.
    """
    reader = _Reader(sheet, words)
    for row in sheet.rows():
        reader.read(row)
        if row.line % 10_000 == 0:
            progress(row.line)
    return reader.made


class _Reader:
    """The columns of the customers' file, and what was read so far."""

    def __init__(self, sheet: RosterSheet, words: dict[str, str]) -> None:
        self.sheet, self.made, self.shared = sheet, Customers(), _Shared()
        self.number, self.reference = sheet.text("customer"), sheet.text("prospect")
        self.kind_text, self.kind_word = sheet.text("kind"), sheet.word("kind")
        self.kinds: dict[str, PartyKind] = {"": PartyKind.PERSON}
        self.outlet, self.level = sheet.text("outlet"), sheet.level(words)
        self.since, self.start, self.end = (
            sheet.day("level_since"),
            sheet.day("customer_since"),
            sheet.day("customer_until"),
        )
        self.listing = _ListingReader(sheet)
        self.passing: dict[tuple[tuple[str, Any], ...], Listing] = {}

    def read(self, row: Row) -> None:
        """One row more."""
        self.made.rows += 1
        number = self.number(row.cells).strip()
        if number:
            self._customer(row, number)
        elif self.reference(row.cells).strip():
            self._prospect(row)
        else:
            key = "customer" if self.sheet.has("customer") else "prospect"
            self.sheet.empty(row, key)

    def _customer(self, row: Row, number: str) -> None:
        level, since = self.level(row), self.since(row)
        if self.sheet.unread(row, "level_since", since):
            level = None  # it would hold from the beginning
        try:
            one = LevelHistory(
                customer=number,
                kind=self._kind(row),
                valid=self.shared.span(self.start(row), self.end(row)),
                outlet=self._outlet(row),
                levels=() if level is None else self.shared.held(level, since),
            )
        except InvalidValue as fault:
            self.sheet.unfit(row.line, fault, None if fault.path == "customer" else number)
            return
        self._kept(row, one)
        if self.listing.keys:
            self._listed(row, number)

    def _kept(self, row: Row, one: LevelHistory) -> None:
        made = self.made
        place = made.place.get(one.customer)
        if place is None:
            made.place[one.customer] = len(made.histories)
            made.histories.append(one)
            made.lines.append(row.line)
            return
        made.histories[place] = self._joined(row, made.histories[place], one, made.lines[place])

    def _joined(self, row: Row, first: LevelHistory, other: LevelHistory, line: int) -> LevelHistory:
        """The first with the level of the other."""
        said = (("kind", other.kind != first.kind), ("outlet", other.outlet not in (None, first.outlet)))
        for key, differs in (*said, ("customer_since", other.valid not in (ALWAYS, first.valid))):
            if differs:
                told = roster_remark(key, RosterFileCode.ROSTER_ROWS_DISAGREE, first.customer, first=line)
                self.sheet.told(row.line, told)
        try:
            return evolve(first, levels=(*first.levels, *other.levels))
        except InvalidValue:
            told = roster_remark("level_since", RosterFileCode.LEVEL_DAY_TWICE, first.customer, first=line)
            self.sheet.told(row.line, told)
            return first

    def _kind(self, row: Row) -> PartyKind:
        text = self.kind_text(row.cells)
        kind = self.kinds.get(text)
        if kind is None:
            meant = self.kind_word(row)
            kind = cast("PartyKind", meant) if meant is not None else PartyKind.PERSON
            if meant is not None:
                self.kinds[text] = kind
        return kind

    def _outlet(self, row: Row) -> str | None:
        text = self.outlet(row.cells).strip()
        return self.shared.outlets.setdefault(text, text) if text else None

    def _prospect(self, row: Row) -> None:
        reference = self.reference(row.cells).strip()
        if reference in self.made.prospects:
            first = self.made.prospects[reference].line
            told = roster_remark("prospect", RosterFileCode.ROSTER_ROWS_DISAGREE, reference, first=first)
            self.sheet.told(row.line, told)
            return
        prospect = self.listing.prospect(row, reference)
        if prospect is not None:
            self.made.prospects[reference] = Listing(
                row.line, self.listing.read(row), prospect, self.level(row), self._outlet(row)
            )

    def _listed(self, row: Row, number: str) -> None:
        told, listings = self.listing.read(row), self.made.listings
        held = listings.get(number)
        if not told or (held is not None and held.told == told):
            return
        if held is None:
            listings[number] = self._listing(row.line, told)
            return
        if not held.line:
            held = listings[number] = Listing(self.made.line(number) or row.line, dict(held.told))
        for key, value in told.items():
            if held.told.setdefault(key, value) != value:
                remark = roster_remark(key, RosterFileCode.ROSTER_ROWS_DISAGREE, number, first=held.line)
                self.sheet.told(row.line, remark)

    def _listing(self, line: int, told: dict[str, Any]) -> Listing:
        """What lists a customer; where it lives and what it speaks many have in common, and share it as a listing of no line."""
        if told.keys() <= _PASSING:
            return self.passing.setdefault(tuple(told.items()), Listing(0, told))
        return Listing(line, told)


class _ListingReader:
    """The columns of what lists a customer; a file without them costs nothing."""

    def __init__(self, sheet: RosterSheet) -> None:
        self.sheet = sheet
        self.keys = tuple(key for key in _LISTING if sheet.has(key))
        self.readers: dict[str, Callable[[Row], Any]] = {key: self._reader(key) for key in self.keys}
        self.consent, self.name, self.phone = sheet.plain("consent"), sheet.plain("name"), sheet.plain("phone")
        self.consent_on, self.erase_by = sheet.day("consent_on"), sheet.day("erase_by")

    def _reader(self, key: str) -> Callable[[Row], Any]:
        if key == "source":
            return self.sheet.word("source")
        if key in _DAYS:
            return self.sheet.day(key)
        plain = self.sheet.plain(key)
        return (lambda row: listed_words(plain(row) or "") or None) if key in _LISTS else plain

    def read(self, row: Row) -> dict[str, Any]:
        """What the row says of its entry."""
        return {key: value for key, read in self.readers.items() if (value := read(row)) is not None}

    def prospect(self, row: Row, reference: str) -> Prospect | None:
        """The prospect of the row; None where its consent or the day of erasing is not stated, which is told."""
        consent, consent_on, erase_by = self.consent(row), self.consent_on(row), self.erase_by(row)
        missing = [key for key in ("consent", "consent_on", "erase_by") if not self.sheet.text(key)(row.cells).strip()]
        for key in missing:
            told = roster_remark(key, RosterFileCode.ROSTER_CELL_UNFIT, reference, fault="MISSING")
            self.sheet.told(row.line, told)
        if consent is None or consent_on is None or erase_by is None:
            return None
        name, phone = self.name(row), self.phone(row)
        try:
            return Prospect(
                reference=reference,
                consent=consent,
                consent_on=consent_on,
                erase_by=erase_by,
                name=None if name is None else Name(name),
                phone=None if phone is None else Phone(phone),
            )
        except InvalidValue as fault:
            self.sheet.unfit(row.line, fault, reference)
            return None
