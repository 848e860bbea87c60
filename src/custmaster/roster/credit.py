"""To whom growth counts when customers were handed over in the year: to the last maintainer, to each in full (双算), or to each by days."""

from __future__ import annotations

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


Shares = Mapping[str, Fraction]


def _single(seats: tuple[Seat, ...]) -> Shares:
    # Of two at once, which a merge may leave behind, whoever came later; then by number.
    return {max(seats, key=lambda one: (one.last, one.since, one.holder)).holder: Fraction(1)}


def _dual(seats: tuple[Seat, ...]) -> Shares:
    return {one.holder: Fraction(1) for one in seats}


def _weighted(seats: tuple[Seat, ...]) -> Shares:
    total = sum(one.days for one in seats)
    found: dict[str, Fraction] = {}
    for one in seats:
        found[one.holder] = found.get(one.holder, Fraction(0)) + Fraction(one.days, total)
    return found


_SHARES: Final[Mapping[str, Callable[[tuple[Seat, ...]], Shares]]] = MappingProxyType(
    {"SINGLE": _single, "DUAL": _dual, "WEIGHTED": _weighted}
)
"""How each option of `roster.growth.credit` parts a customer among those who held it; under SINGLE and WEIGHTED the parts make one."""


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
    before, after = 1 << len(counted.ends) - 2, 1 << len(counted.ends) - 1
    seats = _seats(roster, counted, holder, (begin, end))
    share = _SHARES[page[GROWTH_CREDIT]]
    found: dict[str, Credit] = {}
    for number, heads in counted.quality.items():
        was, became = bool(heads.quality & before), bool(heads.quality & after)
        if was or became:
            held = tuple(seats.get(number, ()))
            for who, part in (share(held) if held else {NOBODY: Fraction(1)}).items():
                found[who] = _add(found.get(who, Credit()), part, was=was, became=became)
    return {who: found[who] for who in sorted(found)}


def _add(credit: Credit, part: Fraction, *, was: bool, became: bool) -> Credit:
    return Credit(
        base=credit.base + part * was,
        gained=credit.gained + part * (became and not was),
        lost=credit.lost + part * (was and not became),
    )


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
