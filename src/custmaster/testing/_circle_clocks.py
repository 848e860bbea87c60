"""The clock of one topic, and the folder of one circle with a day for one activity more; often looked at on the very day of a limit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from custmaster.circle import (
    Circle,
    CircleFolder,
    CircleKind,
    Explanation,
    Life,
    Member,
    Topic,
    TopicSource,
    TopicState,
    TopicType,
)
from custmaster.testing._circles import circle_days, meeting
from custmaster.value.span import add_months

__all__ = ["ClockCase", "Scene", "circle_clocks", "circle_scenes"]

_BEGIN: Final = date(2020, 1, 1)
_HALF: Final = 6  # near which days are drawn; what holds is asked of the handbook
_STAFF: Final = ("S-1", "S-2", "S-3")


@frozen(kw_only=True)
class ClockCase:
    """A topic's clock: its life, the days of activities and of explanations, a day for one activity more, and the day of the review."""

    life: Life
    held: tuple[date, ...]
    explained: tuple[date, ...]
    more: date
    day: date


@st.composite
def circle_clocks(draw: DrawFn) -> ClockCase:
    """A clock of the years 2020 to 2024, often looked at on the very day of a limit or the day after.

    >>> from hypothesis import given
    >>> @given(circle_clocks())
    ... def one_activity_more_is_held_by_the_day(case):
    ...     assert case.life.start <= case.more <= case.day
    >>> one_activity_more_is_held_by_the_day()
    """
    start, end = draw(circle_days(last=60)), draw(st.none() | circle_days(first=300))
    held, explained = (draw(st.lists(circle_days(), max_size=5).map(tuple)) for _ in range(2))
    limits = [add_months(on, _HALF) + timedelta(days=more) for on in (start, *held) for more in (0, 1)]
    day = draw(circle_days(first=100) | st.sampled_from(limits))
    last = min(day, end or day)
    more = start + timedelta(days=draw(st.integers(0, (last - start).days)))
    return ClockCase(life=Life(start=start, end=end), held=held, explained=explained, more=more, day=day)


Scene = tuple[CircleFolder, date, date]
"""A folder of one topic, the day of the review, and a day in the topic's life for one activity more."""


@st.composite
def circle_scenes(draw: DrawFn) -> Scene:
    """The folder of a circle of three, some of whose records are not whole, with the days of a `circle_clocks` case."""
    case = draw(circle_clocks())
    held = [meeting(n, on, **_spoken(draw(st.integers(0, 4)) > 0)) for n, on in enumerate(case.held)]
    topic = Topic(
        number="T-1",
        circle="QC-01",
        title="缩短开户时间",
        type=TopicType.SERVICE,
        source=TopicSource.OWN_CHOICE,
        state=TopicState.REGISTERED if case.life.end is None else TopicState.CLOSED,
        registration="R-1",
        registered_on=case.life.start,
        closed_on=case.life.end,
        explanations=[Explanation(on=on, by="S-1", reason="停电") for on in case.explained],
    )
    members = [Member(staff=one, team=one) for one in _STAFF]
    circle = Circle(
        number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=_BEGIN, members=members
    )
    return CircleFolder(circle=circle, topics=[topic], activities=held), case.day, case.more


def _spoken(all_of_them: bool) -> dict[str, tuple[()]]:  # noqa: FBT001 -- what was drawn
    return {} if all_of_them else {"speeches": ()}
