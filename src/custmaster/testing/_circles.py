"""Circles, topics, streams of activities and calendars: few staff numbers and a span of four years, so that days meet limits and months are short."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.circle import (
    ActivityRecord,
    Circle,
    CircleFolder,
    CircleKind,
    ClockTerms,
    Explanation,
    Member,
    Original,
    OriginalKept,
    Speech,
    Step,
    StepTaken,
    Topic,
    TopicSource,
    TopicState,
    TopicType,
)
from custmaster.handbook import Handbook, default
from custmaster.value.span import ALWAYS, Span

__all__ = [
    "CalendarCase",
    "activity_records",
    "activity_streams",
    "circle_calendars",
    "circle_days",
    "circle_folders",
    "circles",
    "meeting",
    "steps_in_letters",
    "topics",
]

_BEGIN: Final = date(2020, 1, 1)
_LAST: Final = 1_500
_STAFF: Final = tuple(f"S-{place}" for place in range(1, 9))
_TEAMS: Final = ("集团客户经理组", "个人客户经理组", "柜面组")
_THEMES: Final = ("服务标准化", "管理标准化", "营销标准化")
_WORDS: Final = st.sampled_from(("", "讨论现状", "下周调查", "=1+1"))
_LETTERS: Final = {
    "P": (Step.PLAN, None),
    "D": (Step.DO, None),
    "C": (Step.CHECK, None),
    "n": (Step.CHECK, False),
    "m": (Step.CHECK, True),
    "A": (Step.ACT, None),
}
_WHOLE: Final = ("PDmA", "PDnPDmA", "PDmAPDmA")
_UNDER_WAY: Final = ("", "P", "PD", "PDC", "PDm", "PDn", "PDnP")
_FAULTS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {},
    {},
    {"place": ""},
    {"content": ""},
    {"conclusion": ""},
    {"speeches": ()},
    {"tools": ()},
)
_REPORTED: Final = (TopicState.COMPILED, TopicState.FILED)


def circle_days(first: int = 0, last: int = _LAST) -> SearchStrategy[date]:
    """A day so many days after the start of 2020."""
    return st.integers(first, last).map(lambda n: _BEGIN + timedelta(days=n))


def _later(days: int = 60) -> SearchStrategy[timedelta]:
    return st.integers(0, days).map(lambda n: timedelta(days=n))


def steps_in_letters(text: str, days: list[date]) -> tuple[StepTaken, ...]:
    """A history of PDCA in letters, a day for each: P, D, C (a check without an answer), n (not met), m (met), A.

    >>> [str(one.step) for one in steps_in_letters("PD", [date(2026, 3, 2), date(2026, 3, 5)])]
    ['PLAN', 'DO']
    """
    rows = zip(text, days, strict=True)
    return tuple(StepTaken(step=_LETTERS[letter][0], on=on, met=_LETTERS[letter][1]) for letter, on in rows)


@st.composite
def _members(draw: DrawFn, founded: date) -> list[Member]:
    staff = draw(st.lists(st.sampled_from(_STAFF), max_size=len(_STAFF), unique=True))
    later = _later(400).map(lambda more: Span(founded + more, None))
    part = st.just(ALWAYS) | later | st.just(Span(None, founded + timedelta(days=300)))
    return [
        Member(staff=one, team=draw(st.sampled_from(_TEAMS)), leads=place == 0, valid=draw(part))
        for place, one in enumerate(staff)
    ]


@st.composite
def circles(draw: DrawFn, *, kind: CircleKind | None = None) -> Circle:
    """A circle of up to eight members, each for all days or a part of them; of `kind` where one is asked for. Some were closed.

    >>> from hypothesis import given
    >>> @given(circles(kind=CircleKind.INDOOR))
    ... def it_is_open_on_its_first_day_or_was_closed_on_it(circle):
    ...     assert circle.is_open(circle.founded_on) or circle.closed_on == circle.founded_on
    >>> it_is_open_on_its_first_day_or_was_closed_on_it()
    """
    founded = draw(circle_days(last=60))
    return Circle(
        number=f"QC-{draw(st.integers(1, 9)):02}",
        name="晨曦",
        kind=kind or draw(st.sampled_from(CircleKind)),
        centre=draw(st.sampled_from(("C-1", "C-2"))),
        founded_on=founded,
        closed_on=draw(st.none() | _later(_LAST).map(lambda more: founded + more)),
        members=draw(_members(founded)),
    )


@st.composite
def topics(draw: DrawFn, *, circle: Circle | None = None, state: TopicState | None = None) -> Topic:
    """A topic as its life and the PDCA table let it be: a history that is accepted, days that follow each other; of `circle` and in `state` where asked for.

    A compiled topic has a whole cycle. The five criteria are answered or not. Source: R-29..R-32, R-38.

    >>> from hypothesis import given
    >>> @given(topics(state=TopicState.FILED))
    ... def it_was_compiled_before(topic):
    ...     assert topic.registered_on <= topic.compiled_on <= topic.filed_on
    >>> it_was_compiled_before()
    """
    home = circle or draw(circles())
    draft = _draft(draw, home)
    reached = state or draw(st.sampled_from(TopicState))
    return draft if reached is TopicState.DRAFT else _lived(draw, evolve(draft, state=reached), home.founded_on)


def _draft(draw: DrawFn, home: Circle) -> Topic:
    answers: dict[str, Any] = {
        name: draw(_WORDS) for name in ("baseline", "target", "countermeasures", "action", "owner")
    }
    return Topic(
        number=f"T-{draw(st.integers(1, 9))}",
        circle=home.number,
        title="缩短开户时间",
        type=draw(st.sampled_from(TopicType)),
        source=draw(st.sampled_from(TopicSource)),
        themes=draw(st.lists(st.sampled_from(_THEMES), unique=True)),
        plan=draw(st.lists(circle_days(), max_size=4)),
        **answers,
    )


def _lived(draw: DrawFn, topic: Topic, founded: date) -> Topic:
    """The topic with what happened until it was in its state, each day no earlier than the one before."""
    whole = (_WHOLE,) if topic.state in _REPORTED else (_WHOLE, _UNDER_WAY)
    letters = draw(st.sampled_from([text for texts in whole for text in texts]))
    days = [founded + draw(_later())]
    for _ in range(len(letters) + 3):
        days.append(days[-1] + draw(_later()))
    first, *steps = days[: len(letters) + 1]
    kept, compiled, ended = days[-3:]
    return evolve(
        topic,
        registration=f"R-{topic.number}",
        registered_on=first,
        steps=steps_in_letters(letters, steps),
        originals=[
            OriginalKept(kind=kind, reference="D", on=kept) for kind in draw(st.sets(st.sampled_from(Original)))
        ],
        explanations=[Explanation(on=on, by="S-1", reason="停电") for on in draw(st.lists(st.just(kept), max_size=1))],
        report="DOC-1" if topic.state in _REPORTED else None,
        compiled_on=compiled if topic.state in _REPORTED else None,
        filed_on=ended if topic.state is TopicState.FILED else None,
        closed_on=ended if topic.state is TopicState.CLOSED else None,
    )


def meeting(number: int, on: date, **said: Any) -> ActivityRecord:
    """The whole record of an activity of topic T-1 by three on the day, but for what is said otherwise.

    >>> meeting(0, date(2026, 3, 5)).sequence
    1
    """
    staff = said.get("attending", _STAFF[:3])
    whole: dict[str, Any] = {
        "number": f"A-{number}",
        "topic": "T-1",
        "sequence": number + 1,
        "on": on,
        "place": "会议室",
        "step": Step.PLAN,
        "attending": staff,
        "chair": _STAFF[0],
        "recorder": _STAFF[1],
        "content": "讨论",
        "speeches": [Speech(staff=one, said="好") for one in staff],
        "conclusion": "继续",
        "tools": ["排列图"],
    }
    return ActivityRecord(**whole | said)


@st.composite
def activity_records(draw: DrawFn, *, topic: str = "T-1", on: date | None = None) -> ActivityRecord:
    """The record of an activity of the topic, `on` a day where one is asked for; some are not whole: a field is empty, or nobody spoke.

    >>> from hypothesis import given
    >>> @given(activity_records(on=date(2026, 3, 5)))
    ... def it_is_of_that_day(record):
    ...     assert record.on == date(2026, 3, 5)
    >>> it_is_of_that_day()
    """
    number = draw(st.integers(0, 99))
    there = draw(st.lists(st.sampled_from(_STAFF), max_size=5, unique=True))
    made = meeting(number, on or draw(circle_days()), topic=topic, attending=there, step=draw(st.sampled_from(Step)))
    faults: dict[str, Any] = draw(st.sampled_from(_FAULTS))
    return evolve(made, **faults)


@st.composite
def activity_streams(draw: DrawFn, *, topic: Topic, most: int = 8) -> tuple[ActivityRecord, ...]:
    """The records of up to `most` activities of the topic in their order, each with a number of its own; most within its life, some outside.

    >>> from hypothesis import given
    >>> @given(st.data())
    ... def they_follow_each_other(data):
    ...     held = data.draw(activity_streams(topic=data.draw(topics())))
    ...     assert [one.sequence for one in held] == [*range(1, len(held) + 1)]
    >>> they_follow_each_other()
    """
    first = (topic.registered_on or _BEGIN) - timedelta(days=draw(st.sampled_from((0, 0, 0, 30))))
    found: list[ActivityRecord] = []
    for place in range(draw(st.integers(0, most))):
        first += draw(_later(90))
        record = draw(activity_records(topic=topic.number, on=first))
        found.append(evolve(record, number=f"{topic.number}-A-{place + 1}", sequence=place + 1))
    return tuple(found)


@st.composite
def circle_folders(draw: DrawFn) -> CircleFolder:
    """A circle with up to three topics of its own and their activities.

    >>> from hypothesis import given
    >>> @given(circle_folders())
    ... def every_activity_has_its_topic(folder):
    ...     assert set(folder.by_topic()) == {topic.number for topic in folder.topics}
    >>> every_activity_has_its_topic()
    """
    circle = draw(circles())
    own = draw(st.lists(topics(circle=circle), max_size=3, unique_by=lambda one: one.number))
    held = [record for topic in own for record in draw(activity_streams(topic=topic))]
    return CircleFolder(circle=circle, topics=own, activities=held)


@frozen(kw_only=True)
class CalendarCase:
    """What a calendar is asked for: a folder, from which day to which, and the terms with the day on which it is looked at."""

    folder: CircleFolder
    span: Span
    terms: ClockTerms


@st.composite
def circle_calendars(draw: DrawFn, *, handbook: Handbook | None = None) -> CalendarCase:
    """A question for `calendar`, with both ends, over up to two years; with and without a number of days for filing.

    >>> from hypothesis import given
    >>> from custmaster.circle import calendar
    >>> @given(circle_calendars())
    ... def what_is_due_lies_in_the_span(case):
    ...     assert all(case.span.contains(due.on) for due in calendar(case.folder, case.span, case.terms))
    >>> what_is_due_lies_in_the_span()
    """
    first = draw(circle_days(last=500))
    filing = draw(st.sampled_from((None, 0, 10, 60)))
    terms = ClockTerms(handbook=handbook or default(), day=draw(circle_days(100)), filing_days=filing)
    span = Span(first, first + timedelta(days=draw(st.integers(1, 730))))
    return CalendarCase(folder=draw(circle_folders()), span=span, terms=terms)
