"""From a roster (名单) to the questions of an assignment: who could maintain whom at what cost, and how many each should have.

Nobody is a candidate for another outlet's customers, so that each outlet is a question of its own, and a million customers need the memory
of one; outlets that share a staff member are one question, for a capacity is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import evolve, field, frozen

from custmaster.handbook import Page
from custmaster.roster.assign_kinds import Seat, Terms, Wish, terms
from custmaster.roster.entry import RosterEntry
from custmaster.roster.fit import FitCustomer, FitStaff, FitWeights, fit, fit_weights
from custmaster.roster.floors import floor_of
from custmaster.roster.resolved import resolver
from custmaster.roster.review import Roster
from custmaster.roster.staff import Staff
from custmaster.value.party import PartyKind

__all__ = ["Question", "RosterQuestions", "roster_questions"]

Costs = Mapping[str, Mapping[str, int]]


@frozen(kw_only=True)
class Question:
    """One assignment that is asked for: the customers with their candidates, and the seats; `assign` takes both."""

    wishes: tuple[Wish, ...] = field(repr=False)
    seats: tuple[Seat, ...] = field(repr=False)


@frozen(kw_only=True)
class RosterQuestions:
    """All that is asked: the questions in the order of the outlets, how many customers, on which terms, and where each staff member is."""

    questions: tuple[Question, ...] = field(repr=False)
    customers: int
    terms: Terms
    homes: Mapping[str, str] = field(repr=False)


def roster_questions(roster: Roster, day: date, page: Page, costs: Costs | None = None) -> RosterQuestions:
    """The live entries of persons who are customers on the day, at a level of the ladder, and the staff on post then.

    With `costs` those are the candidates, in one question; without, the staff of the customer's outlet, each by how it fits (R-16). A seat has
    the floor of its posts, as far as its capacity holds it; above the outlet's average a customer more costs more. A customer's own level of the day
    counts before that of its entry. Errors: NotInForce. Source: R-16..R-22.

    >>> from custmaster.handbook import default
    >>> from custmaster.roster.assign import assign
    >>> from custmaster.roster.kinds import Post, Source
    >>> from custmaster.roster.levels import LevelHistory
    >>> from custmaster.roster.staff import Posting
    >>> day = date(2026, 11, 28)
    >>> roster = Roster(
    ...     staff=[Staff(number="S-1", postings=[Posting(post=Post.TELLER, outlet="0101")])],
    ...     customers=[LevelHistory(customer="6000000001")],
    ...     entries=[
    ...         RosterEntry(
    ...             **{"number": "E-1", "customer": "6000000001", "level": "金卡", "source": Source.SYSTEM},
    ...             **{"listed_on": date(2026, 1, 5), "outlet": "0101"},
    ...         )
    ...     ],
    ... )
    >>> asked = roster_questions(roster, day, default().on(day))
    >>> [dict(assign(one.wishes, one.seats, asked.terms).pairs) for one in asked.questions]
    [{'6000000001': 'S-1'}]
    """
    people = [one for one in roster.staff if one.is_on_post(day)]
    weights = fit_weights(page)
    levels = _levels(roster, day)
    entries = [one for one in _customers(roster, levels) if _level(one, levels) in weights.levels]
    asking = _Asking(day=day, page=page, weights=weights, levels=levels, costs=costs)
    groups = [(entries, people)] if costs is not None else _groups(entries, people, day)
    return RosterQuestions(
        questions=tuple(asking.question(*group) for group in groups),
        customers=len(entries),
        terms=terms(page),
        homes={one.number: ", ".join(one.outlets_on(day)) for one in people},
    )


def _levels(roster: Roster, day: date) -> Mapping[str, str | None]:
    """The listed customers that are persons and still customers, under their numbers of today, with their levels: no other is maintained by anybody."""
    today = resolver(roster.aliases)
    listed = {number for one in roster.entries if one.customer is not None for number in today(one.customer)}
    held = [
        (number, one)
        for one in roster.customers
        if one.valid.contains(day)
        for number in today(one.customer)
        if number in listed
    ]
    found: dict[str, str | None] = {}
    # Its own row says most of a number; of those that became it, the first.
    for number, one in sorted(held, key=lambda row: (row[0] != row[1].customer, row[1].customer)):
        if one.kind is PartyKind.PERSON:
            found.setdefault(number, one.level_on(day))
    units = {number for number, one in held if one.kind is not PartyKind.PERSON}
    return {number: level for number, level in found.items() if number not in units}


def _customers(roster: Roster, levels: Mapping[str, str | None]) -> list[RosterEntry]:
    """The live entries of persons who are customers, one for each under its number of today: of several that which has a maintainer."""
    today = resolver(roster.aliases)
    found: dict[str, RosterEntry] = {}
    for entry in roster.entries:
        for number in () if entry.customer is None or not entry.is_live else today(entry.customer):
            if number in levels:
                one = entry if number == entry.customer else evolve(entry, customer=number)
                found[number] = min(one, found.get(number, one), key=_surest)
    return list(found.values())


def _surest(entry: RosterEntry) -> tuple[bool, bool, str]:
    return entry.maintainer is None, entry.number != entry.customer, entry.number


def _level(entry: RosterEntry, levels: Mapping[str, str | None]) -> str:
    """The level of the customer itself, else of its entry."""
    return levels[entry.subject] or entry.level


def _outlet(entry: RosterEntry) -> str:
    """The outlet that answers for the entry, else that of its maintainer; an empty text of neither."""
    return entry.outlet or (entry.maintainer.outlet if entry.maintainer is not None else "")


def _groups(
    entries: Iterable[RosterEntry], people: Iterable[Staff], day: date
) -> Iterator[tuple[list[RosterEntry], list[Staff]]]:
    """Entries and staff of the outlets that belong together, in the order of their first outlet."""
    leads: dict[str, str] = {}
    for one in people:
        outlets = sorted({_lead(leads, outlet) for outlet in one.outlets_on(day)})
        leads.update(dict.fromkeys(outlets[1:], outlets[0]))
    grouped: dict[str, tuple[list[RosterEntry], list[Staff]]] = {}
    for one in people:
        grouped.setdefault(_lead(leads, one.outlets_on(day)[0]), ([], []))[1].append(one)
    for entry in entries:
        grouped.setdefault(_lead(leads, _outlet(entry)), ([], []))[0].append(entry)
    for outlet in sorted(grouped):
        yield grouped[outlet]


def _lead(leads: Mapping[str, str], outlet: str) -> str:
    while outlet in leads:
        outlet = leads[outlet]
    return outlet


@frozen(kw_only=True)
class _Asking:
    day: date
    page: Page
    weights: FitWeights
    levels: Mapping[str, str | None]
    costs: Costs | None

    def question(self, entries: list[RosterEntry], people: list[Staff]) -> Question:
        """The question of one group."""
        fits: dict[str, list[FitStaff]] = {}
        for one in people:
            for outlet in one.outlets_on(self.day):
                fits.setdefault(outlet, []).append(FitStaff(staff=one.number, outlet=outlet, languages=one.languages))
        average = -(-len(entries) // len(people)) if people else 0
        return Question(
            wishes=tuple(self._wish(entry, fits) for entry in entries),
            seats=tuple(self._seat(one, average) for one in people),
        )

    def _seat(self, one: Staff, average: int) -> Seat:
        floor = int(floor_of(one.posts_on(self.day), self.page).value or 0)
        if one.capacity is not None:
            floor = min(floor, one.capacity)
        return Seat(staff=one.number, floor=floor, share=max(floor, average), capacity=one.capacity)

    def _wish(self, entry: RosterEntry, fits: Mapping[str, list[FitStaff]]) -> Wish:
        today = None if entry.maintainer is None else entry.maintainer.staff
        if self.costs is not None:
            return Wish(customer=entry.subject, costs=self.costs.get(entry.subject, {}), today=today)
        known = {one.staff for one in (*entry.past, *entry.helpers)}
        if today is not None:
            known.add(today)
        customer = FitCustomer(
            customer=entry.subject,
            level=_level(entry, self.levels),
            outlet=_outlet(entry) or None,
            languages=entry.languages,
            known_to=sorted(known),
        )
        people = fits.get(_outlet(entry), [])
        costs = {one.staff: fit(customer, one, self.weights).points for one in people}
        return Wish(customer=entry.subject, costs=costs, today=today)
