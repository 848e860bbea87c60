"""To whom growth counts when customers were handed over in the year: to the last maintainer, to each in full (双算), or to each by days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from attrs import define, frozen

from custmaster.handbook import Page
from custmaster.handbook.review_keys import GROWTH_CREDIT
from custmaster.roster.entry import RosterEntry
from custmaster.roster.kinds import Role
from custmaster.roster.population import Population
from custmaster.roster.resolved import resolver
from custmaster.roster.review import Roster

__all__ = ["NOBODY", "Credit", "Seat", "credit_of_outlets", "credit_of_staff", "seats_of"]

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


# Not frozen, for that takes twice the time to make, and there is one for each assignment of a roster.
@define(kw_only=True, eq=False)
class Seat:
    """Who held a customer, where, for how many days of the period, and until which day, the last of the period at most (as ordinals)."""

    staff: str
    outlet: str
    days: int
    last: int
    since: int


Holder = Callable[[Seat], str]
Parts = Iterable[tuple[str, int]]
"""Who is credited, with how many parts of the whole that the parts of all make, but for 双算, where each has the whole."""


def _single(seats: list[Seat], holder: Holder) -> Parts:
    # Of two at once, which a merge may leave behind, whoever came later; then by number.
    last = max(seats, key=lambda one: (one.last, one.since, one.staff, one.outlet)) if len(seats) > 1 else seats[0]
    return ((holder(last), 1),)


def _dual(seats: list[Seat], holder: Holder) -> Parts:
    return [(one, 1) for one in {holder(seat) for seat in seats}]


def _weighted(seats: list[Seat], holder: Holder) -> Parts:
    return [(holder(one), one.days) for one in seats]


_PARTS: Final[Mapping[str, tuple[Callable[[list[Seat], Holder], Parts], bool]]] = MappingProxyType(
    {"SINGLE": (_single, True), "DUAL": (_dual, False), "WEIGHTED": (_weighted, True)}
)
"""How each option of `roster.growth.credit` parts a customer among those who held it, and whether the parts make one customer."""
_CELLS: Final = MappingProxyType({1: (1, 0, 1), 2: (0, 1, 0), 3: (1, 0, 0)})
"""Base, gained and lost of a head that was there at the beginning only, at the end only, at both."""


def credit_of_staff(seats: Mapping[str, list[Seat]], counted: Population, page: Page) -> Mapping[str, Credit]:
    """The growth of the last of the years by staff member, sorted; "" holds what nobody maintained in the period.

    `seats` are those of `seats_of`. Under SINGLE and WEIGHTED the credits add up to the bank's growth, whatever was handed over, merged or split.
    Source: R-09, R-17.
    """
    return _credits(seats, counted, page, lambda one: one.staff)


def credit_of_outlets(seats: Mapping[str, list[Seat]], counted: Population, page: Page) -> Mapping[str, Credit]:
    """The same by the outlet of the assignments."""
    return _credits(seats, counted, page, lambda one: one.outlet)


def _credits(seats: Mapping[str, list[Seat]], counted: Population, page: Page, holder: Holder) -> Mapping[str, Credit]:
    parts, whole = _PARTS[page[GROWTH_CREDIT]]
    found: Counter[tuple[str, int, int, int]] = Counter()
    for number, heads in counted.quality.items():
        held = seats.get(number)
        shared = parts(held, holder) if held else ((NOBODY, 1),)
        total = sum(days for _, days in shared) if whole else 1
        # The last two ends: 1 at the beginning, 2 at the end.
        pattern = heads.quality >> len(counted.ends) - 2
        for who, days in shared:
            found[who, days, total, pattern] += 1
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


def seats_of(roster: Roster, counted: Population) -> Mapping[str, list[Seat]]:
    """Who held each quality customer in the last of the years, by its number of today."""
    today = resolver(roster.aliases)
    begin, end = counted.ends[-2].toordinal(), counted.ends[-1].toordinal()
    found: dict[str, list[Seat]] = {}
    for entry in roster.entries:
        for number in () if entry.customer is None else today(entry.customer):
            if number in counted.quality:
                found.setdefault(number, []).extend(_of_entry(entry, begin, end))
    return found


def _of_entry(entry: RosterEntry, begin: int, end: int) -> Iterator[Seat]:
    """The days after `begin` up to `end`, since the heads of `begin` belong to the year before."""
    for one in (*entry.past, entry.maintainer):
        if one is None or one.role is not Role.MAINTAINER:
            continue
        first = max(one.since.toordinal(), begin + 1)
        last = end if one.until is None else min(one.until.toordinal() - 1, end)
        if first <= last:
            yield Seat(
                staff=one.staff, outlet=one.outlet, days=last - first + 1, last=last, since=one.since.toordinal()
            )
