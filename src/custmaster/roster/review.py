"""The roster review (名单评审): every figure of the bank, its outlets and its staff on one day, and whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.decision import Approval, Remark
from custmaster.handbook import Language
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
    aliases: Mapping[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])
    approvals: tuple[tuple[str, Approval], ...] = field(default=(), converter=tuple)


@frozen(kw_only=True)
class YearGrowth:
    """The heads of one year's end and those of the next (or of the day under review), with the figure that compares them.

    `gained` - `lost` is the figure's numerator, `begin` its denominator. A year in progress is not extrapolated: `still_needed` says how many
    more heads reach the target by the year's end, `days_left` how many days remain; both are None of a year that is over. Source: R-09.
    """

    year: int
    figure: Figure
    gained: int
    lost: int
    in_progress: bool
    still_needed: int | None = None
    days_left: int | None = None

    @property
    def begin(self) -> int:
        """The heads at the end of the year before."""
        return self.figure.denominator or 0

    @property
    def end(self) -> int:
        """The heads at this year's end, or on the day under review."""
        return self.begin + self.figure.numerator


@frozen(kw_only=True)
class StaffReview:
    """One staff member at one outlet: how many of each segment, the floor, and whether it takes part.

    `maintained` and `prospects` are those of this outlet; the floor and taking part are judged over all outlets of the person. `credit` is the
    net growth of the year under review that the option `roster.growth.credit` gives the person.
    """

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
    credit: Fraction = Fraction(0)


@frozen(kw_only=True)
class OutletReview:
    """One outlet: its heads on post, what they maintain, what lies in the pool, and its figures.

    `astray` counts live assignments here whose maintainer is not on post here: they count for nobody, and a finding names each. `credit` is as
    of a staff member.
    """

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
    astray: int = 0
    credit: Fraction = Fraction(0)


@frozen(kw_only=True)
class Call:
    """Whom to call (潜力客户): an entry worth a call, who should make it, and why (a `CallCode`), best first."""

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
    """One thing that differs from the roster before: `code` says what (a `ChangeCode`, such as NEW_ENTRY or HANDED_OVER)."""

    code: str
    entry: str
    subject: str
    before: str | None = None
    after: str | None = None


@frozen(kw_only=True)
class RosterReview:
    """The whole review of a day; equal for equal rosters, whatever the order of their rows.

    `growth` lists the bank's years, oldest first; the last may be in progress. `levels` counts individual customers by level, lowest first,
    `without_level` those who have none on the day. `findings` are the bad rows (`judge_roster`). `level_names` gives what each level is called in
    a language (`level_names`), by which reports name it; a level that is not among them stands as it is written. Source: R-04 to R-22.
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
    pooled: int = 0
    without_level: int = 0
    findings: tuple[Remark, ...] = ()
    level_names: Mapping[Language, Mapping[str, str]] = field(factory=dict[Language, Mapping[str, str]], repr=False)
