"""The questions about a circle itself: founding it, changing its members, giving it up."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve as changed

from custmaster.circle.asking import answer, head
from custmaster.circle.circle import Circle, Member
from custmaster.circle.codes import CircleCode
from custmaster.circle.composition import judge_composition
from custmaster.circle.events import CircleClosed, CircleFounded, MembersChanged
from custmaster.circle.grounds import ground
from custmaster.decision import Decision, Occasion, Reason
from custmaster.handbook import Page

__all__ = ["change_members", "close_circle", "found_circle"]


def found_circle(circle: Circle, occasion: Occasion, page: Page) -> Decision:
    """Whether the circle is founded with these members; what is unusual in them a leader may let pass (R-41).

    Allowed carries CircleFounded. Errors: NotInForce. Source: R-27, R-28.

    >>> from datetime import date
    >>> from custmaster.circle.kinds import CircleKind
    >>> from custmaster.handbook import default
    >>> occasion = Occasion(day=date(2026, 1, 5), actor="S-9", request_id="R-1")
    >>> alone = Circle(
    ...     number="QC-01",
    ...     name="晨曦",
    ...     kind=CircleKind.GROUP_ACCOUNTS,
    ...     centre="C-1",
    ...     founded_on=occasion.day,
    ...     members=[Member(staff="S-1", team="集团客户经理组")],
    ... )
    >>> found_circle(alone, occasion, default().on(occasion.day)).open_codes
    ('MEMBERS_FEW',)
    """
    reasons = judge_composition(circle, occasion.day, page)
    return answer(
        (*_not_there(circle, occasion), *reasons), CircleFounded(**head(occasion), circle=circle), occasion, page
    )


def change_members(circle: Circle, members: Iterable[Member], occasion: Occasion, page: Page) -> Decision:
    """Whether the circle has these members from now on, each with its days; judged as at the founding.

    Whoever left stands in the list with the days for which it belonged. Allowed carries MembersChanged. Errors: InvalidValue as `Circle`;
    NotInForce. Source: R-28, B2.
    """
    becomes = changed(circle, members=tuple(members))
    event = MembersChanged(**head(occasion), number=circle.number, members=becomes.members)
    reasons = judge_composition(becomes, occasion.day, page)
    return answer((*_not_there(circle, occasion), *reasons), event, occasion, page)


def close_circle(circle: Circle, occasion: Occasion, page: Page) -> Decision:
    """Whether the circle is given up; Allowed carries CircleClosed. Its topics are closed one by one."""
    event = CircleClosed(**head(occasion), number=circle.number)
    return answer(_not_there(circle, occasion), event, occasion, page)


def _not_there(circle: Circle, occasion: Occasion) -> tuple[Reason, ...]:
    if circle.is_open(occasion.day):
        return ()
    return (ground(CircleCode.CIRCLE_ENDED, circle.number, {"circle": circle.number}),)
