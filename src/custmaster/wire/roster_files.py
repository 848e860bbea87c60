r"""The files of a roster (名单) into one `Roster`: customers, staff, outlets, assignments; what is wrong is told with its line, the rest is read.

>>> import tempfile
>>> from custmaster.handbook import default
>>> with tempfile.TemporaryDirectory() as folder:
...     customers, staff = Path(folder, "c.csv"), Path(folder, "s.csv")
...     _ = customers.write_text("客户号,等级\n6000000001,金卡\n6000000002,黑卡\n", encoding="utf-8")
...     _ = staff.write_text("工号,岗位,网点\nS-1,柜员,0101\n", encoding="utf-8")
...     found = read_roster(
...         RosterPaths(customers=customers, staff=staff),
...         RosterTerms(page=default().on(date(2026, 11, 28)), day=date(2026, 11, 28)),
...     )
>>> [entry.level for entry in found.roster.entries], [(one.line, one.field) for one in found.findings]
(['金卡'], [(3, 'customers.level')])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import Factory, evolve, field, frozen

from custmaster.decision import Remark
from custmaster.errors import InvalidRecord, InvalidValue
from custmaster.handbook import Page
from custmaster.roster.entry import Assignment, RosterEntry
from custmaster.roster.kinds import EntryState, Source
from custmaster.roster.ladder import Ladder, ladder
from custmaster.roster.levels import LevelHistory
from custmaster.roster.review import Roster
from custmaster.roster.staff import LONGEST_NUMBER, Outlet, Staff
from custmaster.value.party import PartyKind
from custmaster.wire._roster_cells import RosterSheet, Tell, open_sheet
from custmaster.wire.findings import Finding
from custmaster.wire.roster_assignments import Line, chosen, not_yet, read_assignments
from custmaster.wire.roster_codes import RosterFileCode, roster_remark
from custmaster.wire.roster_customers import Customers, Listing, read_customers
from custmaster.wire.roster_mapping import ANYHOW, RosterMapping
from custmaster.wire.roster_people import derived_outlets, read_outlets, read_staff
from custmaster.wire.roster_words import RosterFile, level_words

__all__ = [
    "RosterLines",
    "RosterPaths",
    "RosterRead",
    "RosterTerms",
    "assignment_lines",
    "entries_of",
    "placed",
    "read_roster",
]

_NO_LEVEL: Final = "-"


@frozen(kw_only=True)
class RosterPaths:
    """Where the files lie; without one of outlets they are those that staff and customers name.

    `before` are the assignments as they were at the last review.
    """

    customers: Path
    staff: Path
    outlets: Path | None = None
    assignments: Path | None = None
    before: Path | None = None


def _quiet(stage: RosterFile, done: int, total: int | None) -> None:
    """Nobody is watching."""


@frozen(kw_only=True)
class RosterTerms:
    """By what they are read: the day, the handbook's page with the ladder, the mapping, today's numbers of old ones, and who is told how far.

    `last` is the day of the last review. `progress` is given the file, the rows that are read, and how many there are, None where nobody knows.
    """

    page: Page
    day: date
    last: date | None = None
    mapping: RosterMapping = ANYHOW
    aliases: Mapping[str, tuple[str, ...]] = Factory(dict[str, tuple[str, ...]])
    progress: Callable[[RosterFile, int, int | None], None] = field(default=_quiet, repr=False)


@frozen(kw_only=True)
class RosterLines:
    """On which line of which file a subject stands: a customer's, an entry's, a prospect's, a staff member's or an outlet's number."""

    customers: Customers = field(repr=False)
    staff: Mapping[str, int] = field(repr=False)
    outlets: Mapping[str, int] = field(repr=False)
    assigned: Mapping[str, int] = field(repr=False)
    entries: Mapping[str, str] = field(repr=False)

    def of(self, subject: str) -> tuple[RosterFile, int] | None:
        """The file and the line; None for a subject that none of the files names."""
        subject = self.entries.get(subject, subject)
        line = self.customers.line(subject)
        if line is None and subject in self.customers.prospects:
            line = self.customers.prospects[subject].line
        if line is not None:
            return RosterFile.CUSTOMERS, line
        for name, lines in ((RosterFile.STAFF, self.staff), (RosterFile.OUTLETS, self.outlets)):
            if subject in lines:
                return name, lines[subject]
        return self.assignment(subject)

    def assignment(self, subject: str) -> tuple[RosterFile, int] | None:
        """The line of the assignment that holds for a customer, an entry or a prospect."""
        line = self.assigned.get(subject)
        return None if line is None else (RosterFile.ASSIGNMENTS, line)


@frozen(kw_only=True)
class RosterRead:
    """The roster that the files hold, where everybody stands, how many rows there are, and what was found wrong, in the order of reading.

    `before` is the roster of the last review: of its assignments, or of today's as they were on its day; None where neither is given.
    """

    roster: Roster = field(repr=False)
    before: Roster | None = field(repr=False)
    lines: RosterLines
    rows: int
    findings: tuple[Finding, ...]


def read_roster(paths: RosterPaths, terms: RosterTerms) -> RosterRead:
    """All that the files say, as one roster on the day.

    On the roster stands whoever is listed (a source, a nominator, a reason, needs, an entry's number or a day), whoever is assigned, and every
    individual customer of a quality level, which the quality-customer system would give (R-12). Errors: UnusableInput for a file that
    cannot be used as a whole; anything smaller is a finding. Source: R-02, R-12..R-17.
    """
    return _Reading(paths, terms).read()


class _Reading:
    """The files as they are read one after the other."""

    def __init__(self, paths: RosterPaths, terms: RosterTerms) -> None:
        self.paths, self.terms = paths, terms
        self.findings: list[Finding] = []
        self.ladder: Ladder = ladder(terms.page)
        self.assigned: dict[str, int] = {}

    def read(self) -> RosterRead:
        """The roster."""
        staff, staff_lines = self._people()
        customers = self._customers()
        outlets, outlet_lines = self._outlets(staff, customers)
        maker = _Entries(customers, staff, self.terms, self.ladder)
        entries = tuple(self._entries(maker, RosterFile.ASSIGNMENTS, self.assigned))
        aliases = dict(self.terms.aliases)
        roster = Roster(outlets=outlets, staff=staff, entries=entries, customers=customers.histories, aliases=aliases)
        lines = RosterLines(
            customers=customers,
            staff=staff_lines,
            outlets=outlet_lines,
            assigned=self.assigned,
            entries=maker.by_entry,
        )
        return RosterRead(
            roster=roster,
            before=self._before(customers, staff, roster),
            lines=lines,
            rows=customers.rows,
            findings=tuple(self.findings),
        )

    def _before(self, customers: Customers, staff: tuple[Staff, ...], roster: Roster) -> Roster | None:
        if self.paths.before is None and self.terms.last is None:
            return None
        terms = evolve(self.terms, day=self.terms.last or self.terms.day, last=None)
        maker = _Entries(customers, staff, terms, self.ladder)
        if self.paths.before is not None:
            entries = tuple(self._entries(maker, RosterFile.BEFORE, {}))
        else:  # what is wrong with the file of assignments has been told
            quiet = _Reading(self.paths, terms)
            entries = tuple(quiet._entries(maker, RosterFile.ASSIGNMENTS, {}))
        return evolve(roster, entries=entries)

    def _open(self, path: Path, name: RosterFile) -> Any:
        tell: Tell = self.findings.append
        return open_sheet(path, name, self.terms.mapping, tell)

    def _people(self) -> tuple[tuple[Staff, ...], dict[str, int]]:
        with self._open(self.paths.staff, RosterFile.STAFF) as sheet:
            return read_staff(sheet)

    def _customers(self) -> Customers:
        name = RosterFile.CUSTOMERS
        with self._open(self.paths.customers, name) as sheet:
            total = sheet.table.expected
            return read_customers(
                sheet, dict(level_words(self.ladder)), lambda done: self.terms.progress(name, done, total)
            )

    def _outlets(self, staff: tuple[Staff, ...], customers: Customers) -> tuple[tuple[Outlet, ...], dict[str, int]]:
        if self.paths.outlets is not None:
            with self._open(self.paths.outlets, RosterFile.OUTLETS) as sheet:
                return read_outlets(sheet)
        named = {posting.outlet for one in staff for posting in one.postings}
        named |= {one.outlet for one in customers.histories if one.outlet is not None}
        return derived_outlets(named), {}

    def _entries(self, maker: _Entries, name: RosterFile, assigned: dict[str, int]) -> Iterator[RosterEntry]:
        path = self.paths.before if name is RosterFile.BEFORE else self.paths.assignments
        if path is None:
            yield from maker.made({}, None, assigned)
            return
        with self._open(path, name) as sheet:
            yield from maker.made(assignment_lines(sheet, maker.terms), sheet, assigned)


def assignment_lines(sheet: RosterSheet, terms: RosterTerms) -> dict[str, list[Line]]:
    """The rows of assignments by subject, under today's number of each; those that begin later are told and left out."""
    found: dict[str, list[Line]] = {}
    total = sheet.table.expected
    for line in read_assignments(sheet):
        if line.line % 10_000 == 0:
            terms.progress(sheet.name, line.line, total)
        if not not_yet(sheet, line, terms.day):
            ends = terms.aliases.get(line.subject, ())
            found.setdefault(ends[0] if len(ends) == 1 else line.subject, []).append(line)
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
        return tuple(_Entries(known, (), terms, ladder(terms.page)).made(lines, sheet, {}))


def _is_number(subject: str) -> bool:
    return len(subject) <= LONGEST_NUMBER


class _Entries:
    """From listings and assignments to entries."""

    def __init__(self, customers: Customers, staff: tuple[Staff, ...], terms: RosterTerms, rungs: Ladder) -> None:
        self.customers, self.terms, self.ladder = customers, terms, rungs
        self.outlets = {one.number: one.outlets_on(terms.day) for one in staff}
        self.by_entry = {
            listing.told["entry"]: number for number, listing in customers.listings.items() if "entry" in listing.told
        }
        self.by_entry |= {
            listing.told["entry"]: number for number, listing in customers.prospects.items() if "entry" in listing.told
        }

    def made(
        self, lines: Mapping[str, list[Line]], sheet: RosterSheet | None, assigned: dict[str, int]
    ) -> Iterator[RosterEntry]:
        """Every entry: customers in the order of their file, then prospects."""
        by_number: dict[str, list[Line]] = {}
        for subject, listed in lines.items():
            number = self.by_entry.get(subject, subject)
            if number in self.customers.place or number in self.customers.prospects:
                by_number.setdefault(number, []).extend(listed)
            elif sheet is not None:
                self._nobody(sheet, listed)
        quality = self.ladder.levels[self.ladder.rank(self.ladder.quality_from) :]
        for one in self.customers.histories:
            listing, rows = self.customers.listings.get(one.customer), by_number.get(one.customer)
            is_listed = rows is not None or (listing is not None and listing.lists)
            level = one.level_on(self.terms.day)
            if is_listed or (level in quality and one.kind is PartyKind.PERSON):
                entry = self._entry(one, listing or Listing(0), (level, rows or [], sheet))
                if entry is not None:
                    self._note(entry, rows, assigned)
                    yield entry
        for reference, listing in self.customers.prospects.items():
            entry = self._entry(None, listing, (listing.level, by_number.get(reference, []), sheet))
            if entry is not None:
                self._note(entry, by_number.get(reference), assigned)
                yield entry

    def _nobody(self, sheet: RosterSheet, lines: list[Line]) -> None:
        for line in lines:
            sheet.told(line.line, roster_remark("customer", RosterFileCode.ASSIGNED_NOBODY, line.subject))

    def _note(self, entry: RosterEntry, rows: list[Line] | None, assigned: dict[str, int]) -> None:
        if rows:
            held = chosen(rows, self.terms.day).maintainer
            line = held.line if held is not None else rows[-1].line
            assigned[entry.number] = assigned[entry.subject] = line

    def _entry(
        self, one: LevelHistory | None, listing: Listing, given: tuple[str | None, list[Line], RosterSheet | None]
    ) -> RosterEntry | None:
        level, rows, sheet = given
        said = {key: value for key, value in listing.told.items() if key != "entry"}
        home = one.outlet if one is not None else listing.outlet
        held = self._held(rows, home, sheet)
        number = one.customer if one is not None else listing.prospect.reference if listing.prospect is not None else ""
        if "struck_off_on" in said:
            held = {"state": EntryState.STRUCK_OFF, "past": held["past"]}
        day = self.terms.day
        if "source" not in said:
            said["source"] = self._source(level, listing)
            self._unstated(said["source"], rows, sheet)
        said.setdefault("listed_on", min((line.since for line in rows if line.since is not None), default=day))
        try:
            return RosterEntry(
                number=listing.told.get("entry", number),
                customer=None if one is None else one.customer,
                prospect=listing.prospect,
                level=level or (one.levels[-1].level if one is not None and one.levels else _NO_LEVEL),
                outlet=home,
                **said,
                **held,
            )
        except (InvalidRecord, InvalidValue) as fault:
            if sheet is not None and rows:
                sheet.unfit(rows[-1].line, fault, number)
            return None

    def _source(self, level: str | None, listing: Listing) -> Source:
        """The source where none is stated: the system for quality levels, else somebody knows the customer."""
        if listing.prospect is not None:
            return Source.OTHER_BANK
        known = level is not None and self.ladder.is_quality(level)
        return Source.SYSTEM if known else Source.DAILY_BUSINESS

    def _unstated(self, source: Source, rows: list[Line], sheet: RosterSheet | None) -> None:
        if source is Source.DAILY_BUSINESS and rows and sheet is not None:
            line = rows[-1]
            sheet.told(line.line, roster_remark("customer", RosterFileCode.ENTRY_WITHOUT_SOURCE, line.subject))

    def _held(self, rows: list[Line], home: str | None, sheet: RosterSheet | None) -> dict[str, Any]:
        if not rows:
            return {"past": ()}
        found = chosen(rows, self.terms.day)
        for line, other in found.twice:
            if sheet is not None:
                told = roster_remark("staff", RosterFileCode.ASSIGNED_TWICE, line.subject, other=other.line)
                sheet.told(line.line, told)
        held = found.maintainer
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
        return line.made(outlet or (posts[0] if posts else _NO_LEVEL), self.terms.day)


_PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # the field of a remark on a whole roster: the column that says it
        "entries.maintainer.staff": "assignments.staff",
        "entries.maintainer.outlet": "assignments.outlet",
        "entries.maintainer": "assignments.staff",
        "entries.customer": "customers.customer",
        "entries.level": "customers.level",
        "entries.outlet": "customers.outlet",
        "entries.number": "customers.entry",
        "customers.customer": "customers.customer",
        "customers.levels": "customers.level",
        "staff.number": "staff.number",
        "staff.postings": "staff.outlet",
        "outlets.number": "outlets.number",
    }
)


def placed(remark: Remark, lines: RosterLines) -> Finding:
    """What is said of a row of the roster, with the line and the column of the file that says so; line 0 where none does."""
    subject = remark.reason.subject or ""
    column = _PLACES.get(remark.field, remark.field)
    by_assignment = column.startswith(RosterFile.ASSIGNMENTS)
    found = (lines.assignment(subject) if by_assignment else None) or lines.of(subject)
    if found is None:
        return Finding(line=0, record=subject, field=column, reason=remark.reason)
    name, line = found
    field = column if column.startswith(name) else f"{name}.{column.rpartition('.')[2]}"
    return Finding(line=line, record=subject, field=field, reason=remark.reason)
