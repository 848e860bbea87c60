"""From what the files of a roster (名单) say to its entries: who is listed, why, and who maintains whom since when."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from custmaster.decision import Remark
from custmaster.errors import InvalidValue
from custmaster.roster.entry import Assignment, RosterEntry
from custmaster.roster.kinds import EntryState, Source, StruckFor
from custmaster.roster.ladder import Ladder, ladder
from custmaster.roster.levels import LevelHistory
from custmaster.roster.staff import LONGEST_NUMBER, Staff
from custmaster.roster.standing import EntryStanding, closed
from custmaster.value.party import PartyKind
from custmaster.wire._roster_cells import RosterSheet, Tell, open_sheet
from custmaster.wire.findings import Finding
from custmaster.wire.roster_assignments import Line, chosen, not_yet, read_assignments
from custmaster.wire.roster_codes import RosterFileCode, roster_remark
from custmaster.wire.roster_customers import Customers, Listing
from custmaster.wire.roster_terms import RosterTerms
from custmaster.wire.roster_words import RosterFile

__all__ = ["Entries", "assignment_lines", "entries_of"]

_NO_LEVEL: Final = "-"
_NO_OUTLET: Final = "-"
_UNLISTED: Final = Listing(0)
_FIELDS: Final = {"entry": "number"}
"""What the file calls otherwise than an entry does."""


def assignment_lines(
    sheet: RosterSheet, terms: RosterTerms, known: Container[str] | None = None
) -> dict[str, list[Line]]:
    """The rows of assignments by subject; those that begin later are told and left out.

    A row of an old number stands under today's, of a split one under each. Of `known` customers only those that are among them count: a file that
    is older than the ledger keeps its own numbers.
    """
    found: dict[str, list[Line]] = {}
    total = sheet.table.expected
    for line in read_assignments(sheet):
        if line.line % 10_000 == 0:
            terms.progress(sheet.name, line.line, total)
        if not not_yet(sheet, line, terms.day):
            ends = [end for end in terms.aliases.get(line.subject, ()) if known is None or end in known]
            for number in ends or (line.subject,):
                found.setdefault(number, []).append(line)
    return found


def entries_of(path: Path, terms: RosterTerms, tell: Tell) -> tuple[RosterEntry, ...]:
    """The entries that a file of assignments alone shows on the day: who maintains whom; levels and sources are not known.

    Errors: UnusableInput when the file as a whole cannot be used; a bad row is told. Source: R-17.
    """
    with open_sheet(path, RosterFile.ASSIGNMENTS, terms.mapping, tell) as sheet:
        lines = assignment_lines(sheet, terms)
        histories = [LevelHistory(customer=subject) for subject in sorted(lines) if _is_number(subject)]
        known = Customers(histories=histories, place={one.customer: at for at, one in enumerate(histories)})
        known.listings = {one.customer: Listing(0, {"source": Source.DAILY_BUSINESS}) for one in histories}
        return tuple(Entries(known, (), terms, tell).made(lines))


def _is_number(subject: str) -> bool:
    return len(subject) <= LONGEST_NUMBER


@frozen(kw_only=True)
class _Subject:
    """Whom an entry is about: a customer or a prospect, what lists it, its level on the day, and the rows that assign it."""

    number: str
    line: int
    history: LevelHistory | None
    listing: Listing
    level: str | None
    rows: list[Line]

    @property
    def last_level(self) -> str:
        """The level on the day, of one who is no customer any more the last that it had."""
        known = self.history.levels if self.history is not None else ()
        return self.level or (known[-1].level if known else _NO_LEVEL)

    @property
    def home(self) -> str | None:
        """The outlet that answers for it."""
        return self.history.outlet if self.history is not None else self.listing.outlet


class Entries:
    """From listings and assignments to entries, on the day of the terms; `tell` takes what stands against an entry."""

    def __init__(self, customers: Customers, staff: tuple[Staff, ...], terms: RosterTerms, tell: Tell) -> None:
        self.customers: Customers = customers
        self.terms: RosterTerms = terms
        self.tell: Tell = tell
        self.ladder: Ladder = ladder(terms.page)
        self.outlets: dict[str, tuple[str, ...]] = {one.number: one.outlets_on(terms.day) for one in staff}
        listed = (*customers.listings.items(), *customers.prospects.items())
        self.by_entry: dict[str, str] = {
            listing.told["entry"]: number for number, listing in listed if "entry" in listing.told
        }
        self.name: RosterFile = RosterFile.ASSIGNMENTS
        self.assigned: dict[str, int] = {}

    def made(self, lines: Mapping[str, list[Line]], name: RosterFile = RosterFile.ASSIGNMENTS) -> Iterator[RosterEntry]:
        """Every entry: customers in the order of their file, then prospects; `lines` are the rows of the file `name` by subject."""
        self.name = name
        for subject in self._subjects(self._known(lines)):
            entry = self._entry(subject)
            if entry is not None and entry.listed_on <= self.terms.day:
                self._note(entry, subject.rows)
                yield entry

    def _known(self, lines: Mapping[str, list[Line]]) -> dict[str, list[Line]]:
        """The rows by the number of a customer or a prospect; of the others it is told that there is nobody."""
        found: dict[str, list[Line]] = {}
        for subject, rows in lines.items():
            number = self.by_entry.get(subject, subject)
            if number in self.customers.place or number in self.customers.prospects:
                found.setdefault(number, []).extend(rows)
                continue
            for line in rows:
                self._told(line, roster_remark("customer", RosterFileCode.ASSIGNED_NOBODY, subject))
        return found

    def _subjects(self, rows_of: Mapping[str, list[Line]]) -> Iterator[_Subject]:
        quality = self.ladder.levels[self.ladder.rank(self.ladder.quality_from) :]
        for at, one in enumerate(self.customers.histories):
            listing, rows = self.customers.listings.get(one.customer), rows_of.get(one.customer)
            is_listed = rows is not None or (listing is not None and listing.lists)
            level = one.level_on(self.terms.day)
            if is_listed or (level in quality and one.kind is PartyKind.PERSON):
                yield _Subject(
                    number=one.customer,
                    line=self.customers.lines[at] if self.customers.lines else 0,
                    history=one,
                    listing=listing or _UNLISTED,
                    level=level,
                    rows=rows or [],
                )
        for reference, listing in self.customers.prospects.items():
            rows = rows_of.get(reference, [])
            yield _Subject(
                number=reference, line=listing.line, history=None, listing=listing, level=listing.level, rows=rows
            )

    def _told(self, line: Line, remark: Remark) -> None:
        field = f"{self.name}.{remark.field}"
        self.tell(Finding(line=line.line, record=remark.reason.subject, field=field, reason=remark.reason))

    def _note(self, entry: RosterEntry, rows: list[Line]) -> None:
        """On which line the assignment of an entry stands."""
        if rows:
            held = chosen(rows, self.terms.day).maintainer
            line = held.line if held is not None else rows[-1].line
            self.assigned[entry.number] = self.assigned[entry.subject] = line

    def _entry(self, subject: _Subject) -> RosterEntry | None:
        told, history = dict(subject.listing.told), subject.history
        held = self._held(subject)
        gone = told.pop("struck_off_on", None)
        if gone is not None and gone <= self.terms.day:
            held = _struck_off(held, gone)
        said: dict[str, Any] = {
            "number": subject.number,
            "source": told.get("source") or self._source(subject),
            "listed_on": min((line.since for line in subject.rows if line.since is not None), default=self.terms.day),
            **{_FIELDS.get(key, key): value for key, value in told.items()},
            **held,
        }
        try:
            return RosterEntry(
                customer=None if history is None else history.customer,
                prospect=subject.listing.prospect,
                level=subject.last_level,
                outlet=subject.home,
                **said,
            )
        except InvalidValue as fault:
            code = RosterFileCode.ROSTER_CELL_UNFIT
            reason = roster_remark("entry", code, subject.number, fault=str(fault.fault)).reason
            field = f"{RosterFile.CUSTOMERS}.{fault.path if fault.path != 'number' else 'entry'}"
            self.tell(Finding(line=subject.line, record=subject.number, field=field, reason=reason))
            return None

    def _source(self, subject: _Subject) -> Source:
        """The source where none is stated: the system for quality levels, else somebody knows the customer, which is told."""
        if subject.listing.prospect is not None:
            return Source.OTHER_BANK
        if self.ladder.knows(subject.last_level) and self.ladder.is_quality(subject.last_level):
            return Source.SYSTEM
        if subject.rows:
            remark = roster_remark("customer", RosterFileCode.ENTRY_WITHOUT_SOURCE, subject.number)
            self._told(subject.rows[-1], remark)
        return Source.DAILY_BUSINESS

    def _held(self, subject: _Subject) -> dict[str, Any]:
        """Who maintains it, who helps, who did before, and its state."""
        found = chosen(subject.rows, self.terms.day)
        for line, other in found.twice:
            self._told(line, roster_remark("staff", RosterFileCode.ASSIGNED_TWICE, line.subject, other=other.line))
        held, home = found.maintainer, subject.home
        return {
            "maintainer": None if held is None else self._made(held, home),
            "helpers": tuple(self._made(line, home) for line in found.helpers),
            "past": tuple(self._made(line, home) for line in found.past),
            "state": EntryState.POOLED if held is None else EntryState.MAINTAINED,
        }

    def _made(self, line: Line, home: str | None) -> Assignment:
        """The assignment at the outlet that is stated, else at that of the staff member, else at the customer's."""
        posts = self.outlets.get(line.staff, ())
        outlet = home if home in posts or len(posts) != 1 else posts[0]
        return line.made(outlet or (posts[0] if posts else _NO_OUTLET), self.terms.day)


def _struck_off(held: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The standing after the day on which the entry was struck off; whoever maintained it until then stands in the history.

    A file says the day only: what left with its customer is not told apart from what the outlet struck off.
    """
    now = EntryStanding(**held)
    after = closed(now, day, StruckFor.OUTLET)
    return {one: getattr(after, one) for one in (*held, "struck_off_on", "struck_off_for")}
