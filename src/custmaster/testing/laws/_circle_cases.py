"""Cases for the laws of circles: the clock of one topic, and the folder of one circle with a day for one activity more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from attrs import frozen
from hypothesis import strategies as st

from custmaster.circle import (
    ActivityRecord,
    Circle,
    CircleFolder,
    CircleKind,
    Explanation,
    Life,
    Member,
    Speech,
    Step,
    Topic,
    TopicSource,
    TopicState,
    TopicType,
)
from custmaster.value.span import add_months

__all__ = ["ClockCase", "Scene", "clock_cases", "meeting", "scenes"]

_BEGIN: Final = date(2020, 1, 1)
_HALF: Final = 6  # near which days are drawn; what holds is asked of the handbook
_STAFF: Final = ("S-1", "S-2", "S-3")


def _days(first: int = 0, last: int = 1_500) -> st.SearchStrategy[date]:
    return st.integers(first, last).map(lambda n: _BEGIN + timedelta(days=n))


@frozen(kw_only=True)
class ClockCase:
    """A topic's clock: its life, the days of activities and of explanations, a day for one activity more, and the day of the review."""

    life: Life
    held: tuple[date, ...]
    explained: tuple[date, ...]
    more: date
    day: date


@st.composite
def clock_cases(draw: st.DrawFn) -> ClockCase:
    """A clock of the years 2020 to 2024, often looked at on the very day of a limit or the day after."""
    start, end = draw(_days(last=60)), draw(st.none() | _days(first=300))
    held, explained = (draw(st.lists(_days(), max_size=5).map(tuple)) for _ in range(2))
    limits = [add_months(on, _HALF) + timedelta(days=more) for on in (start, *held) for more in (0, 1)]
    day = draw(_days(first=100) | st.sampled_from(limits))
    last = min(day, end or day)
    more = start + timedelta(days=draw(st.integers(0, (last - start).days)))
    return ClockCase(life=Life(start=start, end=end), held=held, explained=explained, more=more, day=day)


def meeting(number: int, on: date, *, whole: bool = True) -> ActivityRecord:
    """A record of an activity on the day by all members, without the first one's speech unless it is whole."""
    return ActivityRecord(
        number=f"A-{number}",
        topic="T-1",
        sequence=number + 1,
        on=on,
        place="会议室",
        step=Step.PLAN,
        attending=_STAFF,
        chair=_STAFF[0],
        recorder=_STAFF[1],
        content="讨论",
        speeches=[Speech(staff=one, said="好") for one in (_STAFF if whole else _STAFF[1:])],
        conclusion="继续",
        tools=["排列图"],
    )


Scene = tuple[CircleFolder, date, date]
"""A folder of one topic, the day of the review, and a day in the topic's life for one activity more."""


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """The folder of a circle of three, some of whose records are not whole."""
    case = draw(clock_cases())
    held = [meeting(n, on, whole=draw(st.integers(0, 4)) > 0) for n, on in enumerate(case.held)]
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
