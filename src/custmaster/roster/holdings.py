"""Who maintains whom on the day of a review: every live entry of the roster that can be judged, under the number of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from attrs import define, field, frozen

from custmaster.handbook import Page
from custmaster.handbook.keys import PROSPECTS_COUNT
from custmaster.roster.entry import Assignment, RosterEntry
from custmaster.roster.judged import Counts
from custmaster.roster.kinds import Post, Role, Segment
from custmaster.roster.ladder import Ladder
from custmaster.roster.population import Population
from custmaster.roster.resolved import resolver
from custmaster.roster.review import Roster
from custmaster.roster.segment import segment_of
from custmaster.roster.staff import Posting, Staff

__all__ = ["Held", "Holdings", "Tally", "assignment_on", "holdings", "joined", "level_of", "stands_on"]


# Not frozen, for that takes twice the time to make, and there is one for each entry of a roster.
@define(kw_only=True, eq=False)
class Held:
    """One customer (or prospect) of one entry on the day. `counts` says whether its maintainer is on post at the outlet of the assignment."""

    entry: RosterEntry
    subject: str
    level: str
    segment: Segment
    assignment: Assignment | None
    counts: bool

    @property
    def offered(self) -> bool:
        """Whether it is offered to somebody and maintained by nobody."""
        return self.assignment is None and self.entry.proposal is not None


@define(kw_only=True, eq=False)
class Tally:
    """Different customers and prospects, and how they spread over segments and levels; of prospects no level is counted."""

    customers: dict[str, Held] = field(factory=dict[str, Held])
    prospects: dict[str, Held] = field(factory=dict[str, Held])

    def add(self, one: Held) -> None:
        """Count it, each subject once."""
        (self.prospects if one.entry.is_prospect else self.customers).setdefault(one.subject, one)

    def counts(self, subject: str, page: Page, heads: int | None = None) -> Counts:
        """What counts for floors and averages: prospects only where the handbook says so, else apart. Source: R-11, B8.11."""
        joined = len(self.prospects) if page[PROSPECTS_COUNT] else 0
        return Counts(
            subject=subject,
            numerator=len(self.customers) + joined,
            denominator=heads,
            apart=len(self.prospects) - joined,
        )

    def by_segment(self) -> Mapping[Segment, int]:
        """All four segments with their numbers."""
        found = dict.fromkeys(Segment, 0)
        for one in (*self.customers.values(), *self.prospects.values()):
            found[one.segment] += 1
        return found

    def by_level(self, rungs: Ladder) -> Mapping[str, int]:
        """Customers by level, lowest first."""
        found = dict.fromkeys(rungs.levels, 0)
        for one in self.customers.values():
            found[one.level] += 1
        return found


@frozen(kw_only=True)
class Holdings:
    """The roster of a day: what is held, and the postings of everybody who is on post. The order of rows leaves no trace in it."""

    held: tuple[Held, ...]
    postings: Mapping[str, tuple[Posting, ...]]

    def posts(self, staff: str) -> tuple[Post, ...]:
        """The posts of a staff member on the day, at whatever outlet, in the order of the posts."""
        held = {one.post for one in self.postings.get(staff, ())}
        return tuple(post for post in Post if post in held)

    def heads(self) -> Mapping[str, tuple[str, ...]]:
        """Who is on post at each outlet, sorted; somebody with posts at two outlets is a head of both."""
        found: dict[str, set[str]] = {}
        for staff, postings in self.postings.items():
            for one in postings:
                found.setdefault(one.outlet, set()).add(staff)
        return {outlet: tuple(sorted(found[outlet])) for outlet in sorted(found)}

    def of_seats(self) -> Mapping[tuple[str, str], Tally]:
        """What everybody maintains at each outlet: by outlet and staff."""
        found: dict[tuple[str, str], Tally] = {}
        for one in self.held:
            if one.counts and one.assignment is not None:
                seat = one.assignment.outlet, one.assignment.staff
                tally = found.get(seat)
                if tally is None:
                    tally = found[seat] = Tally()
                tally.add(one)
        return {seat: found[seat] for seat in sorted(found)}


def joined(tallies: Iterable[tuple[str, Tally]]) -> Mapping[str, Tally]:
    """The tallies of one key made into one: a subject that stands in two of them counts once."""
    found: dict[str, Tally] = {}
    for key, one in tallies:
        whole = found.setdefault(key, Tally())
        whole.customers.update(one.customers)
        whole.prospects.update(one.prospects)
    return found


def stands_on(entry: RosterEntry, day: date) -> bool:
    """Whether the entry stands on the roster on the day: listed, and not yet struck off."""
    return entry.listed_on <= day and (entry.struck_off_on is None or day < entry.struck_off_on)


def assignment_on(entry: RosterEntry, day: date) -> Assignment | None:
    """Who maintained the entry on the day, out of today's maintainer and those before; None while it was nobody. Source: R-17."""
    for one in entry.past:
        if _holds(one, day):
            return one
    held = entry.maintainer
    return held if held is not None and _holds(held, day) else None


def _holds(one: Assignment, day: date) -> bool:
    return one.role is Role.MAINTAINER and one.since <= day and (one.until is None or day < one.until)


def holdings(roster: Roster, counted: Population, day: date) -> Holdings:
    """The roster of the day. What `judge_roster` names as no customer of the roster is left out: a unit, a customer that is none any more, an unknown level."""
    postings = _postings(roster.staff, day)
    seats = frozenset((staff, one.outlet) for staff, listed in postings.items() for one in listed)
    reading = _Reading(counted=counted, day=day, seats=seats)
    today = resolver(roster.aliases)
    held: list[Held] = []
    for entry in roster.entries:
        if stands_on(entry, day):
            held += reading.held(entry, today(entry.subject))
    return Holdings(held=_in_order(held), postings=postings)


def _postings(staff: Iterable[Staff], day: date) -> Mapping[str, tuple[Posting, ...]]:
    """Who is on post, with the postings of the day; of a number that stands twice, those of both."""
    found: dict[str, set[Posting]] = {}
    for one in staff:
        held = one.on(day)
        if held:
            found.setdefault(one.number, set()).update(held)
    return {number: tuple(sorted(found[number], key=_place)) for number in sorted(found)}


def _place(posting: Posting) -> tuple[str, str]:
    return posting.outlet, posting.post


def _in_order(held: Iterable[Held]) -> tuple[Held, ...]:
    """By number, and only those that share one by more: to sort by text spares a million keys of many parts."""
    listed = list(held)
    times = Counter(one.entry.number for one in listed)
    shared = sorted((one for one in listed if times[one.entry.number] > 1), key=_order)
    alone = (one for one in listed if times[one.entry.number] == 1)
    return tuple(sorted((*alone, *shared), key=lambda one: one.entry.number))


def _order(one: Held) -> tuple[str, ...]:
    held = one.assignment
    who = ("", "") if held is None else (held.staff, held.outlet)
    return (one.entry.number, one.subject, *who, one.level, one.segment, *one.entry.needs)


@define(kw_only=True, eq=False, repr=False)
class _Reading:
    counted: Population
    day: date
    seats: frozenset[tuple[str, str]]

    def held(self, entry: RosterEntry, subjects: tuple[str, ...]) -> list[Held]:
        found: list[Held] = []
        assignment = assignment_on(entry, self.day)
        counts = assignment is not None and (assignment.staff, assignment.outlet) in self.seats
        for subject in (entry.subject,) if entry.is_prospect else subjects:
            level = level_of(entry, subject, self.counted)
            if level is not None:
                segment = segment_of(entry, self.counted.rungs, level)
                one = Held(
                    entry=entry, subject=subject, level=level, segment=segment, assignment=assignment, counts=counts
                )
                found.append(one)
        return found


def level_of(entry: RosterEntry, subject: str, counted: Population) -> str | None:
    """The level on the day: the customer's own where it is known, else that of the entry; None for one that has no place on the roster."""
    if not entry.is_prospect:
        if subject in counted.units or subject in counted.gone:
            return None
        rank = counted.ranks.get(subject)
        if rank is not None:
            return counted.rungs.levels[rank]
    return entry.level if counted.rungs.knows(entry.level) else None
