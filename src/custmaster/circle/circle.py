"""A circle: a named team of one kind, at one centre, with members of dated validity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.circle.kinds import CircleKind
from custmaster.errors import Fault, InvalidValue
from custmaster.value._checks import each_of, of
from custmaster.value.span import ALWAYS, Span

__all__ = ["FULL_MARKS", "Circle", "Evaluation", "Member", "Score"]

FULL_MARKS: Final = 100
"""What the weights of an evaluation total, and the most that one row can get. Source: B2 (评审总分 100)."""


@frozen(kw_only=True)
class Member:
    """A staff member of a circle by number, the team (组) that it comes from, and the days for which it belongs to the circle.

    >>> Member(staff="S-1", team="集团客户经理组").leads
    False
    """

    staff: str
    team: str
    leads: bool = False
    valid: Span = field(default=ALWAYS, validator=of(Span))


@frozen(kw_only=True)
class Score:
    """The points that one row of the evaluation got, from 0 to 100. Errors: InvalidValue (TYPE, RANGE)."""

    name: str
    points: Decimal

    def __attrs_post_init__(self) -> None:
        if type(self.points) is not Decimal:
            raise InvalidValue(Fault.TYPE, path="points", remedy="give a Decimal")
        if not 0 <= self.points <= FULL_MARKS:
            raise InvalidValue(Fault.RANGE, path="points", remedy="a row has from 0 to 100 points")


if TYPE_CHECKING:

    def _members(values: Iterable[Member]) -> tuple[Member, ...]: ...

    def _scores(values: Iterable[Score]) -> tuple[Score, ...]: ...

    def _evaluations(values: Iterable[Evaluation]) -> tuple[Evaluation, ...]: ...

else:
    _members = _scores = _evaluations = tuple


@frozen(kw_only=True)
class Evaluation:
    """The scores of a circle on a day, and their weighted total. `appraised` says whether it enters the appraisal (R-43: not for now). Source: R-26, R-39."""

    on: date
    scores: tuple[Score, ...] = field(converter=_scores, validator=each_of(Score))
    total: Decimal
    appraised: bool = False


@frozen(kw_only=True)
class Circle:
    """A circle under its number. Nothing says that a person is in one circle only: many are allowed.

    Errors: InvalidValue (OVERLAP) where one person is a member twice on the same days, (ORDER) for a circle closed before it was founded.
    Source: R-27, R-28.

    >>> Circle(
    ...     number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2026, 1, 5)
    ... ).members_on(date(2026, 2, 1))
    ()
    """

    schema: int = 1
    number: str
    name: str
    kind: CircleKind = field(validator=of(CircleKind))
    centre: str
    founded_on: date
    closed_on: date | None = None
    members: tuple[Member, ...] = field(default=(), converter=_members, validator=each_of(Member))
    evaluations: tuple[Evaluation, ...] = field(default=(), converter=_evaluations, validator=each_of(Evaluation))

    def __attrs_post_init__(self) -> None:
        if self.closed_on is not None and self.closed_on < self.founded_on:
            raise InvalidValue(Fault.ORDER, path="closed_on", remedy="no circle is closed before it was founded")
        for place, one in enumerate(self.members):
            if any(one.staff == other.staff and one.valid.overlaps(other.valid) for other in self.members[:place]):
                raise InvalidValue(Fault.OVERLAP, path=f"members[{place}]", remedy="join the two, or part their days")

    def is_open(self, day: date) -> bool:
        """Whether the circle is there on the day; on the day on which it is closed it is no more."""
        return self.founded_on <= day and (self.closed_on is None or day < self.closed_on)

    def members_on(self, day: date) -> tuple[Member, ...]:
        """Who belongs to it on the day, by staff number."""
        return tuple(sorted((one for one in self.members if one.valid.contains(day)), key=lambda one: one.staff))
