"""Whether the members of a circle are those that its kind asks for, and as many as is usual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from custmaster.circle.circle import Circle
from custmaster.circle.codes import CircleCode
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import CircleKind
from custmaster.decision import Reason
from custmaster.handbook import Key, Page, circle_keys, keys

__all__ = ["COMPOSITION_RULES", "KIND_TEAMS", "judge_composition"]

KIND_TEAMS: Final[Mapping[CircleKind, Key[tuple[str, ...]] | None]] = MappingProxyType(
    {
        CircleKind.GROUP_ACCOUNTS: circle_keys.CIRCLE_GROUP_TEAMS,
        CircleKind.INDIVIDUAL_ACCOUNTS: circle_keys.CIRCLE_INDIVIDUAL_TEAMS,
        CircleKind.INDOOR: None,  # of any team, and of several
    }
)
"""The teams that each kind of circle is formed by. Source: R-28."""


def members_are_of_its_teams(circle: Circle, day: date, page: Page) -> Iterator[Reason]:
    """Each member of a circle of account managers comes from the team that forms circles of that kind."""
    key = KIND_TEAMS[circle.kind]
    if key is None:
        return
    for one in circle.members_on(day):
        if one.team not in page[key]:
            facts = {"staff": one.staff, "team": one.team, "expected": ", ".join(page[key])}
            yield ground(CircleCode.TEAM_NOT_OF_KIND, circle.number, facts, page.cite(key))


def indoor_staff_come_across_teams(circle: Circle, day: date, page: Page) -> Iterator[Reason]:
    """The members of a circle of indoor staff come from more than one team."""
    teams = {one.team for one in circle.members_on(day)}
    if circle.kind is CircleKind.INDOOR and len(teams) == 1:
        yield ground(CircleCode.NOT_ACROSS_TEAMS, circle.number, {"team": teams.pop()})


def members_are_as_many_as_usual(circle: Circle, day: date, page: Page) -> Iterator[Reason]:
    """The circle has neither fewer nor more members than is usual."""
    members = len(circle.members_on(day))
    low, high = page[keys.CIRCLE_MEMBERS_LOW], page[keys.CIRCLE_MEMBERS_HIGH]
    if members < low:
        facts = {"members": members, "low": low}
        yield ground(CircleCode.MEMBERS_FEW, circle.number, facts, page.cite(keys.CIRCLE_MEMBERS_LOW))
    if members > high:
        more = {"members": members, "high": high}
        yield ground(CircleCode.MEMBERS_MANY, circle.number, more, page.cite(keys.CIRCLE_MEMBERS_HIGH))


COMPOSITION_RULES: Final[tuple[Callable[[Circle, date, Page], Iterator[Reason]], ...]] = (
    members_are_of_its_teams,
    indoor_staff_come_across_teams,
    members_are_as_many_as_usual,
)
"""What is asked of the members, in the order of the reasons. All are warnings: the document sets no limit. Source: R-28, B2."""


def judge_composition(circle: Circle, day: date, page: Page) -> tuple[Reason, ...]:
    """Everything that is unusual in the circle's members on the day. Errors: NotInForce.

    >>> from custmaster.handbook import default
    >>> empty = Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2026, 1, 5))
    >>> day = date(2026, 2, 1)
    >>> [str(reason.code) for reason in judge_composition(empty, day, default().on(day))]
    ['MEMBERS_FEW']
    """
    return tuple(reason for rule in COMPOSITION_RULES for reason in rule(circle, day, page))
