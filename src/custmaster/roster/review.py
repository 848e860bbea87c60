"""The roster review (名单评审): every figure of the bank, its outlets and its staff on one day, and whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.decision import Approval
from custmaster.roster.entry import RosterEntry
from custmaster.roster.figures import Figure
from custmaster.roster.kinds import Segment
from custmaster.roster.levels import LevelHistory
from custmaster.roster.staff import Outlet, Staff

__all__ = ["Call", "Change", "OutletReview", "Roster", "RosterReview", "StaffReview", "YearGrowth"]

if TYPE_CHECKING:

    def _outlets(values: Iterable[Outlet]) -> tuple[Outlet, ...]: ...

    def _staff(values: Iterable[Staff]) -> tuple[Staff, ...]: ...

    def _entries(values: Iterable[RosterEntry]) -> tuple[RosterEntry, ...]: ...

    def _levels(values: Iterable[LevelHistory]) -> tuple[LevelHistory, ...]: ...

else:
    _outlets = _staff = _entries = _levels = tuple


@frozen(kw_only=True)
class Roster:
    """All that is reviewed: outlets, staff, entries, and the customers with their levels; the order of none of them matters.

    `aliases` gives, for each number that is no more a customer's own, the numbers that stand for it today (one after a merge, several after a
    split): the roster knows no ledger.
    """

    outlets: tuple[Outlet, ...] = field(default=(), converter=_outlets)
    staff: tuple[Staff, ...] = field(default=(), converter=_staff)
    entries: tuple[RosterEntry, ...] = field(default=(), converter=_entries)
    customers: tuple[LevelHistory, ...] = field(default=(), converter=_levels)
    aliases: Mapping[str, tuple[str, ...]] = field(factory=dict)
    approvals: tuple[tuple[str, Approval], ...] = field(default=(), converter=tuple)


@frozen(kw_only=True)
class YearGrowth:
    """The heads of one year's end and those of the next (or of the day under review), with the figure: begin, end, target, pace."""

    year: int
    figure: Figure
    gained: int
    lost: int
    in_progress: bool
    still_needed: int | None = None
    days_left: int | None = None


@frozen(kw_only=True)
class StaffReview:
    """One staff member at one outlet: how many of each segment, the floor, and whether it takes part."""

    staff: str
    outlet: str
    posts: tuple[str, ...]
    maintained: int
    proposed: int
    prospects: int
    by_segment: Mapping[Segment, int]
    by_level: Mapping[str, int]
    floor: Figure
    taking_part: Figure


@frozen(kw_only=True)
class OutletReview:
    """One outlet: its heads on post, what they maintain, what lies in the pool, and its figures."""

    outlet: str
    name: str
    heads: int
    maintained: int
    pooled: int
    prospects: int
    by_level: Mapping[str, int]
    per_head: Figure
    growth: tuple[YearGrowth, ...]
    staff: tuple[StaffReview, ...]


@frozen(kw_only=True)
class Call:
    """Whom to call (潜力客户): an entry worth a call, who should make it, and why, best first."""

    entry: str
    subject: str
    staff: str | None
    outlet: str | None
    segment: Segment
    level: str
    needs: tuple[str, ...]
    why: str


@frozen(kw_only=True)
class Change:
    """One thing that differs from the roster before: `code` says what (NEW_ENTRY, STRUCK_OFF, HANDED_OVER, LEVEL_UP, LEVEL_DOWN, ...)."""

    code: str
    entry: str
    subject: str
    before: str | None = None
    after: str | None = None


@frozen(kw_only=True)
class RosterReview:
    """The whole review of a day; equal for equal rosters, whatever the order of their rows.

    `growth` lists the bank's years, oldest first; the last may be in progress. `levels` counts individual customers by level, lowest first.
    """

    day: date
    handbook: str
    growth: tuple[YearGrowth, ...]
    share: Figure
    outlets: tuple[OutletReview, ...]
    levels: tuple[tuple[str, int], ...]
    segments: Mapping[Segment, int]
    prospects: int
    calls: tuple[Call, ...]
    changes: tuple[Change, ...] = ()
