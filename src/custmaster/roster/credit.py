"""To whom growth counts when customers were handed over in the year: to the last maintainer, to each in full (双算), or to each by days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.handbook import Page
from custmaster.handbook.review_keys import GROWTH_CREDIT
from custmaster.roster.entry import Assignment, RosterEntry
from custmaster.roster.kinds import Role
from custmaster.roster.population import Population
from custmaster.roster.resolved import resolver
from custmaster.roster.review import Roster

__all__ = ["NOBODY", "Credit", "Seat", "credit_of_outlets", "credit_of_staff"]

NOBODY: Final = ""
"""Who is credited with a customer that nobody maintained in the whole period."""


@frozen(kw_only=True)
class Credit:
    """What one staff member or outlet is credited with: heads at the beginning, gained and lost, in exact parts of a customer.

    >>> Credit(base=Fraction(3), gained=Fraction(3, 2), lost=Fraction(1, 2)).net
    Fraction(1, 1)
    """

    base: Fraction = Fraction(0)
    gained: Fraction = Fraction(0)
    lost: Fraction = Fraction(0)

    @property
    def net(self) -> Fraction:
        """The growth: gained less lost."""
        return self.gained - self.lost


@frozen(kw_only=True)
class Seat:
    """Who held a customer for how many days of the period, and until which day, the last of the period at most."""

    holder: str
    days: int
    last: date
    since: date


Parts = tuple[tuple[str, int], ...]
"""Who is credited, with how many parts of the whole that the parts of all make, but for 双算, where each has the whole."""


def _single(seats: list[Seat]) -> Parts:
    # Of two at once, which a merge may leave behind, whoever came later; then by number.
    return ((max(seats, key=lambda one: (one.last, one.since, one.holder)).holder, 1),)


def _dual(seats: list[Seat]) -> Parts:
    return tuple((holder, 1) for holder in {one.holder for one in seats})


def _weighted(seats: list[Seat]) -> Parts:
    return tuple((one.holder, one.days) for one in seats)


_PARTS: Final[Mapping[str, tuple[Callable[[list[Seat]], Parts], bool]]] = MappingProxyType(
    {"SINGLE": (_single, True), "DUAL": (_dual, False), "WEIGHTED": (_weighted, True)}
)
"""How each option of `roster.growth.credit` parts a customer among those who held it, and whether the parts make one customer."""

_CELLS: Final = MappingProxyType({1: (1, 0, 1), 2: (0, 1, 0), 3: (1, 0, 0)})
"""Base, gained and lost of a head that was there at the beginning only, at the end only, at both."""


def credit_of_staff(roster: Roster, counted: Population, page: Page) -> Mapping[str, Credit]:
    """The growth of the last of the years by staff member, sorted; "" holds what nobody maintained in the period.

    Under SINGLE and WEIGHTED the credits add up to the bank's growth, whatever was handed over, merged or split. Source: R-09, R-17.
    """
    return _credits(roster, counted, page, lambda one: one.staff)


def credit_of_outlets(roster: Roster, counted: Population, page: Page) -> Mapping[str, Credit]:
    """The same by the outlet of the assignments."""
    return _credits(roster, counted, page, lambda one: one.outlet)


def _credits(
    roster: Roster, counted: Population, page: Page, holder: Callable[[Assignment], str]
) -> Mapping[str, Credit]:
    begin, end = counted.ends[-2:]
    seats = _seats(roster, counted, holder, (begin, end))
    parts, whole = _PARTS[page[GROWTH_CREDIT]]
    found: Counter[tuple[str, int, int, int]] = Counter()
    for number, heads in counted.quality.items():
        held = seats.get(number)
        shared = parts(held) if held else ((NOBODY, 1),)
        total = sum(days for _, days in shared) if whole else 1
        # The last two ends: 1 at the beginning, 2 at the end.
        pattern = heads.quality >> len(counted.ends) - 2
        found.update((who, days, total, pattern) for who, days in shared)
    return _summed(found)


def _summed(found: Mapping[tuple[str, int, int, int], int]) -> Mapping[str, Credit]:
    sums: dict[str, list[Fraction]] = {}
    for (who, days, total, pattern), count in found.items():
        if pattern:
            part = Fraction(days * count, total)
            row = sums.setdefault(who, [Fraction(0)] * 3)
            base, gained, lost = _CELLS[pattern]
            sums[who] = [row[0] + part * base, row[1] + part * gained, row[2] + part * lost]
    return {who: Credit(base=row[0], gained=row[1], lost=row[2]) for who, row in sorted(sums.items())}


def _seats(
    roster: Roster, counted: Population, holder: Callable[[Assignment], str], period: tuple[date, date]
) -> Mapping[str, list[Seat]]:
    today = resolver(roster.aliases)
    found: dict[str, list[Seat]] = {}
    for entry in roster.entries:
        numbers = () if entry.customer is None else [one for one in today(entry.customer) if one in counted.quality]
        for number in numbers:
            found.setdefault(number, []).extend(_of_entry(entry, holder, *period))
    return found


def _of_entry(entry: RosterEntry, holder: Callable[[Assignment], str], begin: date, end: date) -> Iterator[Seat]:
    """The days after `begin` up to `end`, since the heads of `begin` belong to the year before."""
    for one in _maintainers((*entry.past, entry.maintainer)):
        first = max(one.since.toordinal(), begin.toordinal() + 1)
        last = end.toordinal() if one.until is None else min(one.until.toordinal() - 1, end.toordinal())
        if first <= last:
            yield Seat(holder=holder(one), days=last - first + 1, last=date.fromordinal(last), since=one.since)


def _maintainers(assignments: Iterable[Assignment | None]) -> Iterator[Assignment]:
    return (one for one in assignments if one is not None and one.role is Role.MAINTAINER)
