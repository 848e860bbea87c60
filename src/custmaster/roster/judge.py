"""What is wrong with the rows of a roster that can be read: each bad row is named, and the rest is reviewed all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Protocol

from attrs import define

from custmaster.decision import Citation, Fact, Outcome, Reason, Remark
from custmaster.handbook import Page
from custmaster.handbook.keys import LEVELS
from custmaster.roster.entry import Assignment, RosterEntry
from custmaster.roster.figure_codes import RosterRowCode
from custmaster.roster.holdings import assignment_on, stands_on
from custmaster.roster.population import Population, population
from custmaster.roster.resolved import resolver
from custmaster.roster.review import Roster

__all__ = ["judge_roster", "remarks"]


class _Numbered(Protocol):
    @property
    def number(self) -> str: ...


_ROWS: Final[Mapping[RosterRowCode, tuple[Outcome, str]]] = MappingProxyType(
    {
        RosterRowCode.ROSTER_UNIT: (Outcome.REFUSED, "R-02"),
        RosterRowCode.ROSTER_LEVEL_UNKNOWN: (Outcome.REFUSED, "R-05"),
        RosterRowCode.ROSTER_OUTLET_UNKNOWN: (Outcome.REFUSED, "R-03"),
        RosterRowCode.ROSTER_OUTLET_TWICE: (Outcome.REFUSED, "R-03"),
        RosterRowCode.ROSTER_STAFF_UNKNOWN: (Outcome.REFUSED, "R-17"),
        RosterRowCode.ROSTER_STAFF_OFF_POST: (Outcome.REVIEW, "R-17"),
        RosterRowCode.ROSTER_STAFF_TWICE: (Outcome.REFUSED, "R-17"),
        RosterRowCode.ROSTER_ENTRY_TWICE: (Outcome.REFUSED, "R-16"),
        RosterRowCode.ROSTER_LISTED_TWICE: (Outcome.REVIEW, "R-16"),
        RosterRowCode.ROSTER_TWO_MAINTAINERS: (Outcome.REFUSED, "R-17"),
        RosterRowCode.ROSTER_CUSTOMER_TWICE: (Outcome.REVIEW, "R-10"),
        RosterRowCode.ROSTER_CUSTOMER_GONE: (Outcome.REVIEW, "R-10"),
        RosterRowCode.ROSTER_LEVEL_DIFFERS: (Outcome.ALLOWED, "R-16"),
        RosterRowCode.ROSTER_PROSPECT_OVERDUE: (Outcome.REVIEW, "B8.11"),
    }
)
"""How far each goes, and its article."""


def judge_roster(roster: Roster, day: date, page: Page) -> tuple[Remark, ...]:
    """Every bad row, sorted by subject, field and code; the field begins with the table (`entries.level`), the subject is the row's number.

    REFUSED: the row contradicts the rules or itself. REVIEW: it can be right on another day, or is counted once all the same. ALLOWED: a note, as of an
    entry whose level is not the customer's of the day, which counts. Source: R-02, R-05, R-16, R-17, B8.11.
    """
    return remarks(roster, day, page, population(roster, day, page))


def remarks(roster: Roster, day: date, page: Page, counted: Population) -> tuple[Remark, ...]:
    """The same of customers that are counted already."""
    found = _Judging(roster=roster, day=day, counted=counted, page=page).remarks()
    return tuple(
        sorted(found, key=lambda one: (one.reason.subject or "", one.field, one.reason.code, one.reason.facts))
    )


@define(kw_only=True, eq=False, repr=False)
class _Judging:
    roster: Roster
    day: date
    counted: Population
    page: Page

    def remark(self, code: RosterRowCode, field: str, subject: str, **facts: Fact) -> Remark:
        outcome, article = _ROWS[code]
        # Only the ladder is a figure of the handbook; the others are articles of the rules.
        cited = self.page.cite(LEVELS) if code is RosterRowCode.ROSTER_LEVEL_UNKNOWN else Citation(article=article)
        return Remark(
            field=field, reason=Reason(code=code, outcome=outcome, citation=cited, subject=subject, facts=facts)
        )

    def remarks(self) -> Iterator[Remark]:
        yield from self.twice(RosterRowCode.ROSTER_OUTLET_TWICE, "outlets.number", _numbers(self.roster.outlets))
        yield from self.twice(RosterRowCode.ROSTER_STAFF_TWICE, "staff.number", _numbers(self.roster.staff))
        yield from self.twice(RosterRowCode.ROSTER_ENTRY_TWICE, "entries.number", _numbers(self.roster.entries))
        customers = (one.customer for one in self.roster.customers)
        yield from self.twice(RosterRowCode.ROSTER_CUSTOMER_TWICE, "customers.customer", customers)
        yield from self.of_levels()
        yield from self.of_postings()
        yield from self.of_entries()
        yield from self.of_subjects()

    def twice(self, code: RosterRowCode, field: str, numbers: Iterable[str]) -> Iterator[Remark]:
        for number, times in Counter(numbers).items():
            if times > 1:
                yield self.remark(code, field, number, times=times)

    def of_levels(self) -> Iterator[Remark]:
        known = set(self.counted.rungs.levels)
        for one in self.roster.customers:
            if any(held.level not in known for held in one.levels):
                yield self.remark(RosterRowCode.ROSTER_LEVEL_UNKNOWN, "customers.levels", one.customer)
        for entry in self.roster.entries:
            if entry.level not in known:
                yield self.remark(RosterRowCode.ROSTER_LEVEL_UNKNOWN, "entries.level", entry.number)

    def of_postings(self) -> Iterator[Remark]:
        outlets = set(_numbers(self.roster.outlets))
        for one in self.roster.staff:
            for outlet in sorted({posting.outlet for posting in one.postings} - outlets):
                yield self.remark(RosterRowCode.ROSTER_OUTLET_UNKNOWN, "staff.postings", one.number, outlet=outlet)

    def of_entries(self) -> Iterator[Remark]:
        seats = {(one.number, posting.outlet) for one in self.roster.staff for posting in one.on(self.day)}
        staff, outlets = set(_numbers(self.roster.staff)), set(_numbers(self.roster.outlets))
        for entry in self.roster.entries:
            yield from self.of_prospect(entry)
            if not stands_on(entry, self.day):
                continue
            if entry.outlet is not None and entry.outlet not in outlets:
                yield self.remark(
                    RosterRowCode.ROSTER_OUTLET_UNKNOWN, "entries.outlet", entry.number, outlet=entry.outlet
                )
            held = assignment_on(entry, self.day)
            if held is not None:
                yield from self.of_assignment(entry, held, staff, seats)
                if held.outlet not in outlets:
                    where = "entries.maintainer.outlet"
                    yield self.remark(RosterRowCode.ROSTER_OUTLET_UNKNOWN, where, entry.number, outlet=held.outlet)

    def of_prospect(self, entry: RosterEntry) -> Iterator[Remark]:
        """What is kept of a prospect past its day is told, whether the entry stands or was struck off."""
        if entry.prospect is not None and entry.prospect.erase_by <= self.day:
            code, by = RosterRowCode.ROSTER_PROSPECT_OVERDUE, entry.prospect.erase_by
            yield self.remark(code, "entries.prospect", entry.number, erase_by=by)

    def of_assignment(
        self, entry: RosterEntry, held: Assignment, staff: set[str], seats: set[tuple[str, str]]
    ) -> Iterator[Remark]:
        where = "entries.maintainer.staff"
        if held.staff not in staff:
            yield self.remark(RosterRowCode.ROSTER_STAFF_UNKNOWN, where, entry.number, staff=held.staff)
        elif (held.staff, held.outlet) not in seats:
            yield self.remark(
                RosterRowCode.ROSTER_STAFF_OFF_POST, where, entry.number, staff=held.staff, outlet=held.outlet
            )

    def of_subjects(self) -> Iterator[Remark]:
        """One customer on several entries: two live maintainers are an error, a second entry beside the maintained one is worth a look."""
        today = resolver(self.roster.aliases)
        first: dict[str, RosterEntry] = {}
        more: dict[str, list[RosterEntry]] = {}
        for entry in self.roster.entries:
            if entry.customer is not None and stands_on(entry, self.day):
                numbers = today(entry.customer)
                yield from self.of_customer(entry, numbers)
                for number in numbers:
                    before = first.setdefault(number, entry)
                    if before.number != entry.number:
                        more.setdefault(number, [before]).append(entry)
        for number, entries in more.items():
            yield from self.of_listed(number, entries)

    def of_customer(self, entry: RosterEntry, numbers: tuple[str, ...]) -> Iterator[Remark]:
        if not self.counted.units.isdisjoint(numbers):
            yield self.remark(RosterRowCode.ROSTER_UNIT, "entries.customer", entry.number)
        elif self.counted.gone.issuperset(numbers):
            yield self.remark(RosterRowCode.ROSTER_CUSTOMER_GONE, "entries.customer", entry.number)
        else:
            yield from self.of_level(entry, numbers)

    def of_level(self, entry: RosterEntry, numbers: tuple[str, ...]) -> Iterator[Remark]:
        """The customer's own level of the day counts; after a split that of the first part which has another."""
        if entry.level not in self.counted.rungs.levels:
            return
        written = self.counted.rungs.rank(entry.level)
        for number in numbers:
            rank = self.counted.ranks.get(number)
            if rank is not None and rank != written:
                levels = {"level": entry.level, "current": self.counted.rungs.levels[rank]}
                yield self.remark(RosterRowCode.ROSTER_LEVEL_DIFFERS, "entries.level", entry.number, **levels)
                return

    def of_listed(self, number: str, entries: list[RosterEntry]) -> Iterator[Remark]:
        times = len({one.number for one in entries})
        yield self.remark(RosterRowCode.ROSTER_LISTED_TWICE, "entries.customer", number, times=times)
        held = {who.staff for one in entries if (who := assignment_on(one, self.day)) is not None}
        if len(held) > 1:
            yield self.remark(RosterRowCode.ROSTER_TWO_MAINTAINERS, "entries.maintainer", number, times=len(held))


def _numbers(rows: Iterable[_Numbered]) -> Iterator[str]:
    return (one.number for one in rows)
