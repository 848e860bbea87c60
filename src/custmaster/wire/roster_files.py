r"""The files of a roster (名单) into one `Roster`: customers, staff, outlets, assignments; what is wrong is told with its line, the rest is read.

>>> import tempfile
>>> from datetime import date
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

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from custmaster.decision import Remark
from custmaster.roster.entry import RosterEntry
from custmaster.roster.ladder import Ladder, ladder
from custmaster.roster.review import Roster
from custmaster.roster.staff import Outlet, Staff
from custmaster.wire._roster_cells import RosterSheet, open_sheet
from custmaster.wire.findings import Finding
from custmaster.wire.roster_customers import Customers, read_customers
from custmaster.wire.roster_entries import Entries, assignment_lines
from custmaster.wire.roster_people import derived_outlets, read_outlets, read_staff
from custmaster.wire.roster_terms import RosterTerms
from custmaster.wire.roster_words import RosterFile, level_words

__all__ = ["RosterLines", "RosterPaths", "RosterRead", "placed", "read_roster"]


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

    def read(self) -> RosterRead:
        """The roster."""
        staff, staff_lines = self._people()
        customers = self._customers()
        outlets, outlet_lines = self._outlets(staff, customers)
        maker = Entries(customers, staff, self.terms, self.findings.append)
        entries = self.entries(maker, RosterFile.ASSIGNMENTS)
        aliases = dict(self.terms.aliases)
        roster = Roster(outlets=outlets, staff=staff, entries=entries, customers=customers.histories, aliases=aliases)
        lines = RosterLines(
            customers=customers,
            staff=staff_lines,
            outlets=outlet_lines,
            assigned=maker.assigned,
            entries=maker.by_entry,
        )
        return RosterRead(
            roster=roster,
            before=self._before(customers, staff, roster),
            lines=lines,
            rows=customers.rows,
            findings=tuple(self.findings),
        )

    def _open(self, path: Path, name: RosterFile) -> AbstractContextManager[RosterSheet]:
        return open_sheet(path, name, self.terms.mapping, self.findings.append)

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

    def _before(self, customers: Customers, staff: tuple[Staff, ...], roster: Roster) -> Roster | None:
        """The roster of the last review; of today's assignments and of entries it has been told what is wrong."""
        if self.paths.before is None and self.terms.last is None:
            return None
        terms = evolve(self.terms, day=self.terms.last or self.terms.day, last=None)
        reading = _Reading(self.paths, terms)
        maker = Entries(customers, staff, terms, reading.findings.append)
        name = RosterFile.ASSIGNMENTS if self.paths.before is None else RosterFile.BEFORE
        entries = reading.entries(maker, name)
        self.findings += (one for one in reading.findings if one.field.startswith(f"{RosterFile.BEFORE}."))
        return evolve(roster, entries=entries)

    def entries(self, maker: Entries, name: RosterFile) -> tuple[RosterEntry, ...]:
        """The entries of the assignments of one file; without one those that are listed alone."""
        path = self.paths.before if name is RosterFile.BEFORE else self.paths.assignments
        if path is None:
            return tuple(maker.made({}, name))
        with self._open(path, name) as sheet:
            lines = assignment_lines(sheet, maker.terms, maker.customers.place)
        return tuple(maker.made(lines, name))


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
        "entries.prospect": "customers.erase_by",
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
