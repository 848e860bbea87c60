"""What must hold of a roster, written plainly and from the requirements (R-12 to R-17, B8.11): nothing here calls what it judges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from attrs import frozen

from custmaster.roster.entry import Assignment, RosterEntry
from custmaster.roster.staff import Staff

__all__ = ["LIVE", "Plain", "Sighting", "chain_of", "orphans", "overfull", "sightings", "unbroken"]

LIVE: Final = ("POOLED", "PROPOSED", "MAINTAINED", "HANDING_OVER")
_HELD: Final = {"POOLED": (0, 0), "PROPOSED": (0, 1), "MAINTAINED": (1, 0), "HANDING_OVER": (1, 1)}

Sighting = tuple[str, str, str, date]
"""That somebody was seen in a role at an outlet since a day: staff, role, outlet, day."""


@frozen(kw_only=True)
class Plain:
    """The plain judgement of the roster of one day: the entries and the staff by number."""

    entries: Mapping[str, RosterEntry]
    staff: Mapping[str, Staff]
    day: date

    def live(self) -> list[RosterEntry]:
        """Those that stand on the roster."""
        return [one for one in self.entries.values() if one.state.value in LIVE]

    def of(self, customer: str) -> list[RosterEntry]:
        """The live entries of the customer."""
        return [one for one in self.live() if one.customer == customer]

    def on_post(self, staff: str, outlet: str) -> bool:
        """Whether a post is held at the outlet on the day: its last day is not one of them."""
        return any(
            one.outlet == outlet
            and (one.valid.start is None or one.valid.start <= self.day)
            and (one.valid.end is None or self.day < one.valid.end)
            for one in (self.staff[staff].postings if staff in self.staff else ())
        )

    def seats(self) -> Counter[str]:
        """How many entries everybody maintains or is offered."""
        return Counter(
            one.staff for entry in self.live() for one in (entry.maintainer, entry.proposal) if one is not None
        )

    def may_take(self, entry: RosterEntry, staff: str, outlet: str) -> bool:
        """Whether the entry may come to the staff member: on post, not the maintainer, a seat left, and no prospect that is overdue."""
        if not self.on_post(staff, outlet) or (entry.maintainer is not None and entry.maintainer.staff == staff):
            return False
        others = Plain(
            entries={n: one for n, one in self.entries.items() if n != entry.number}, staff=self.staff, day=self.day
        )
        most = self.staff[staff].capacity
        full = most is not None and others.seats()[staff] >= most
        overdue = entry.prospect is not None and entry.prospect.erase_by <= self.day
        return not full and not overdue


def orphans(plain: Plain) -> Iterator[str]:
    """The live entries that nobody answers for: neither in the pool, nor offered, nor maintained by somebody on post; and who is off post."""
    for one in plain.live():
        held, offered = one.maintainer, one.proposal
        if (held is not None, offered is not None) != tuple(map(bool, _HELD[one.state.value])):
            yield one.number
        people = [each for each in (held, offered, *one.helpers) if each is not None]
        if not all(plain.on_post(each.staff, each.outlet) for each in people):
            yield one.number


def overfull(plain: Plain) -> set[str]:
    """The staff members with more than their seats hold."""
    taken = plain.seats()
    return {n for n, one in plain.staff.items() if one.capacity is not None and taken[n] > one.capacity}


def sightings(entry: RosterEntry) -> set[Sighting]:
    """Everybody who stands in the entry, now or in its history."""
    every: Iterable[Assignment | None] = (entry.maintainer, *entry.helpers, *entry.past)
    return {(one.staff, one.role.value, one.outlet, one.since) for one in every if one is not None}


def chain_of(entry: RosterEntry) -> list[Assignment]:
    """Who maintained the entry, one after the other."""
    every = (*entry.past, entry.maintainer)
    return [one for one in every if one is not None and one.role.value == "MAINTAINER"]


def unbroken(entry: RosterEntry) -> bool:
    """Whether nobody maintained it beside another: each begins when the one before has ended, and all but the last have."""
    chain = chain_of(entry)
    return all(
        before.until is not None and before.since <= before.until <= after.since for before, after in pairwise(chain)
    )
