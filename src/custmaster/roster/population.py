"""The customers of a review, counted once for all its figures: who is a quality customer at which year's end, and who is one of ours today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from attrs import define, field, frozen

from custmaster.handbook import Page
from custmaster.handbook.review_keys import GROWTH_YEARS
from custmaster.roster.ladder import Ladder, ladder
from custmaster.roster.levels import LevelHistory
from custmaster.roster.resolved import resolver
from custmaster.roster.review import Roster
from custmaster.value.party import PartyKind

__all__ = ["Heads", "Population", "population", "year_end", "year_ends"]

_DECEMBER = 12
_LAST = 31


@frozen(kw_only=True)
class Heads:
    """One person under the number of today: on which of the ends a quality customer (a bit each), and which outlet answers for it."""

    quality: int
    outlet: str | None


@frozen(kw_only=True)
class Population:
    """All customers of a roster under the numbers of today.

    `ends` are the year's ends, oldest first, the day under review last. `quality` holds every person who is a quality customer on one of
    them. `ranks` gives for each individual customer of the day its level's place on the ladder, None without a level. `gone` are those who
    are recorded and no customers on the day, `units` all units, `units_today` those of the day. Source: R-09, R-10.
    """

    ends: tuple[date, ...]
    rungs: Ladder
    quality: Mapping[str, Heads]
    ranks: Mapping[str, int | None]
    gone: frozenset[str]
    units: frozenset[str]
    units_today: int

    def of_bank(self) -> Mapping[int, int]:
        """How many persons show each pattern of ends."""
        return Counter(one.quality for one in self.quality.values())

    def of_outlets(self) -> Mapping[str | None, Mapping[int, int]]:
        """The same for each outlet, by the outlet of today: a transfer takes a customer's past along."""
        found: dict[str | None, Counter[int]] = {}
        for one in self.quality.values():
            found.setdefault(one.outlet, Counter())[one.quality] += 1
        return found


def year_end(year: int) -> date:
    """The last day of a year.

    >>> year_end(1998)
    datetime.date(1998, 12, 31)
    """
    return date(year, _DECEMBER, _LAST)


def year_ends(day: date, years: int) -> tuple[date, ...]:
    """The ends between which `years` years lie, the day's own year included: a day in the course of a year ends its year for now.

    >>> [one.isoformat() for one in year_ends(date(2026, 11, 28), 2)]
    ['2024-12-31', '2025-12-31', '2026-11-28']
    """
    return (*(year_end(year) for year in range(max(1, day.year - years), day.year)), day)


def population(roster: Roster, day: date, page: Page) -> Population:
    """Everybody counted under the numbers of today (`Roster.aliases`), for the years that the handbook looks back.

    One customer is one person, however many numbers it once had; several who were split were several all along. Errors: NotInForce;
    InvalidValue as `ladder`.
    """
    counting = _Counting(ends=year_ends(day, page[GROWTH_YEARS]), rungs=ladder(page))
    counting.take(roster.customers, roster.aliases)
    return counting.done()


@define(kw_only=True, eq=False, repr=False)
class _Counting:
    ends: tuple[date, ...]
    rungs: Ladder
    masks: dict[str, int] = field(factory=dict[str, int])
    outlets: dict[str, tuple[bool, str]] = field(factory=dict[str, tuple[bool, str]])
    ranks: dict[str, int | None] = field(factory=dict[str, int | None])
    absent: set[str] = field(factory=set[str])
    units: set[str] = field(factory=set[str])
    units_today: set[str] = field(factory=set[str])

    def take(self, customers: Iterable[LevelHistory], aliases: Mapping[str, tuple[str, ...]]) -> None:
        today = resolver(aliases)
        targets = {end for number in aliases for end in today(number)}
        order = {level: rank for rank, level in enumerate(self.rungs.levels)}
        first = order[self.rungs.quality_from]
        high = {level for level, rank in order.items() if rank >= first}
        for one in customers:
            numbers = today(one.customer)
            if one.kind is PartyKind.UNIT:
                self.unit(one, numbers)
                continue
            self.present(one, numbers, order)
            if one.customer in targets or any(held.level in high for held in one.levels):
                self.quality(one, numbers, high)

    def unit(self, one: LevelHistory, numbers: tuple[str, ...]) -> None:
        self.units.update(numbers)
        if one.valid.contains(self.ends[-1]):
            self.units_today.update(numbers)

    def present(self, one: LevelHistory, numbers: tuple[str, ...], order: Mapping[str, int]) -> None:
        if not one.valid.contains(self.ends[-1]):
            self.absent.update(numbers)
            return
        level = one.level_on(self.ends[-1])
        rank = None if level is None else order.get(level)
        for number in numbers:
            before = self.ranks.get(number)
            self.ranks[number] = rank if before is None or (rank is not None and rank > before) else before

    def quality(self, one: LevelHistory, numbers: tuple[str, ...], levels: set[str]) -> None:
        mask = sum(1 << place for place, end in enumerate(self.ends) if one.level_on(end) in levels)
        for number in numbers:
            self.masks[number] = self.masks.get(number, 0) | mask
            # A number's own outlet comes before that of a number which it has replaced.
            if one.outlet is not None:
                claim = (number != one.customer, one.outlet)
                self.outlets[number] = min(claim, self.outlets.get(number, claim))

    def done(self) -> Population:
        nowhere = (True, None)
        return Population(
            ends=self.ends,
            rungs=self.rungs,
            quality={
                number: Heads(quality=mask, outlet=self.outlets.get(number, nowhere)[1])
                for number, mask in self.masks.items()
                if mask
            },
            ranks=self.ranks,
            gone=frozenset(self.absent - self.ranks.keys()),
            units=frozenset(self.units),
            units_today=len(self.units_today),
        )
