"""The review of circles (QC小组评审): compliance of each circle and topic on a day, with every reason and its article; one circle after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Final

from attrs import evolve, field, frozen

from custmaster.circle.activity import ActivityRecord
from custmaster.circle.circle import Circle
from custmaster.circle.clocks import (
    ClockTerms,
    Filing,
    Life,
    MonthHeld,
    Pause,
    filing,
    judge_filing,
    judge_months,
    judge_pauses,
    life,
    months,
    pauses,
    result_on,
)
from custmaster.circle.codes import CircleCode
from custmaster.circle.composition import judge_composition
from custmaster.circle.criteria import judge_answers, judge_plan, judge_tools
from custmaster.circle.folder import CircleFolder
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import CircleKind, Step
from custmaster.circle.originals import judge_originals
from custmaster.circle.pdca import is_cycle_complete, judge_steps
from custmaster.circle.records import judge_attendance, judge_counting
from custmaster.circle.topic import Topic
from custmaster.decision import Outcome, Reason, worst
from custmaster.handbook import Page

__all__ = ["CircleReview", "TopicReview", "counted", "review", "review_circle", "seen_on"]


@frozen(kw_only=True)
class TopicReview:
    """One topic on the day: what its clocks say, how many activities were recorded and how many count, and every reason.

    `recorded` and `counted` are the days of the activities, sorted.
    """

    topic: str
    lived: Life | None
    recorded: tuple[date, ...] = field(repr=False)
    counted: tuple[date, ...] = field(repr=False)
    months: tuple[MonthHeld, ...] = field(repr=False)
    pauses: tuple[Pause, ...]
    filing: Filing | None
    reasons: tuple[Reason, ...]

    @property
    def outcome(self) -> Outcome:
        """ALLOWED: it complies; REVIEW: with a warning; REFUSED: a rule that allows no exception is broken."""
        return worst(reason.outcome for reason in self.reasons)


@frozen(kw_only=True)
class CircleReview:
    """One circle on the day, with its topics by number. `reasons` are about the circle itself."""

    circle: str
    name: str
    kind: CircleKind
    centre: str
    day: date
    handbook: str
    reasons: tuple[Reason, ...]
    topics: tuple[TopicReview, ...]

    @property
    def outcome(self) -> Outcome:
        """The worst of the circle and its topics."""
        return worst(chain((reason.outcome for reason in self.reasons), (topic.outcome for topic in self.topics)))


def review(folders: Iterable[CircleFolder], terms: ClockTerms) -> Iterator[CircleReview]:
    """The review of each circle as its folder comes; nothing is kept, so that a bank of any size is reviewed circle by circle.

    Equal for equal folders, whatever the order of their topics and activities. Source: R-24..R-43.

    >>> from custmaster.handbook import default
    >>> circle = Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2026, 1, 5))
    >>> terms = ClockTerms(handbook=default(), day=date(2026, 11, 28))
    >>> [one.circle for one in review([CircleFolder(circle=circle)], terms)]
    ['QC-01']
    """
    page = terms.handbook.on(terms.day)
    for folder in folders:
        yield _reviewed(folder, terms, page)


def review_circle(folder: CircleFolder, terms: ClockTerms) -> CircleReview:
    """The review of one circle; as `review`."""
    return _reviewed(folder, terms, terms.handbook.on(terms.day))


def _reviewed(folder: CircleFolder, terms: ClockTerms, page: Page) -> CircleReview:
    circle, records = folder.circle, folder.by_topic()
    return CircleReview(
        circle=circle.number,
        name=circle.name,
        kind=circle.kind,
        centre=circle.centre,
        day=terms.day,
        handbook=terms.handbook.stamp,
        reasons=tuple(_about_circle(folder, terms, page)),
        topics=tuple(_topic(topic, circle, records[topic.number], terms) for topic in folder.topics),
    )


_OF_TEAMS: Final = frozenset({CircleCode.TEAM_NOT_OF_KIND, CircleCode.NOT_ACROSS_TEAMS})


def _about_circle(folder: CircleFolder, terms: ClockTerms, page: Page) -> Iterator[Reason]:
    circle = folder.circle
    if circle.is_open(terms.day):
        told = any(one.team.strip() for one in circle.members)  # a list of staff numbers alone says nothing of teams
        judged = judge_composition(circle, terms.day, page)
        yield from (reason for reason in judged if told or reason.code not in _OF_TEAMS)
    for topic in folder.topics:
        if topic.circle != circle.number:
            yield ground(CircleCode.TOPIC_OF_OTHER_CIRCLE, topic.number, {"circle": topic.circle})


# --- a topic --------------------------------------------------------------------------------------------------------------


def seen_on(topic: Topic, day: date) -> Topic:
    """The topic as it was known on the day: what happened later is not there yet."""

    def known(on: date | None) -> date | None:
        return None if on is None or on > day else on

    return evolve(
        topic,
        registered_on=known(topic.registered_on),
        steps=[one for one in topic.steps if one.on <= day],
        originals=[one for one in topic.originals if one.on <= day],
        explanations=[one for one in topic.explanations if one.on <= day],
        compiled_on=known(topic.compiled_on),
        filed_on=known(topic.filed_on),
        closed_on=known(topic.closed_on),
    )


def counted(record: ActivityRecord, topic: Topic, circle: Circle) -> tuple[Reason, ...]:
    """Every reason for which an activity does not count, that of a circle which was not there included. Source: R-27, R-29, R-36, R-37 (1)."""
    reasons = judge_counting(record, topic)
    if circle.is_open(record.on):
        return reasons
    return (*reasons, ground(CircleCode.CIRCLE_ENDED, record.number, {"circle": circle.number}))


def _topic(whole: Topic, circle: Circle, records: Iterable[ActivityRecord], terms: ClockTerms) -> TopicReview:
    topic = seen_on(whole, terms.day)
    judged = [(record, counted(record, topic, circle)) for record in records if record.on <= terms.day]
    standing = [record for record, against in judged if not against]
    days, lived = tuple(record.on for record in standing), life(topic, circle)
    held = () if lived is None else months(lived, days, terms)
    paused = () if lived is None else pauses(lived, days, (one.on for one in topic.explanations), terms)
    about = (
        *_about_topic(topic, standing),
        *judge_months(topic, held),
        *judge_pauses(topic, paused),
        *judge_filing(topic, terms),
        *(reason for record, against in judged for reason in (*against, *_attendance(record, circle))),
    )
    return TopicReview(
        topic=topic.number,
        lived=lived,
        recorded=tuple(record.on for record, _ in judged),
        counted=days,
        months=held,
        pauses=paused,
        filing=filing(topic, terms),
        reasons=tuple(dict.fromkeys(about)),
    )


def _attendance(record: ActivityRecord, circle: Circle) -> tuple[Reason, ...]:
    return judge_attendance(record, circle) if circle.members else ()  # a file without members says nothing of them


def _about_topic(topic: Topic, standing: Iterable[ActivityRecord]) -> Iterator[Reason]:
    """What the topic itself has to show by now: a plan once registered, answers before a step is entered, tools and originals with the result."""
    yield from judge_steps(topic)
    yield from _out_of_order(topic)
    if topic.registered_on is not None:
        yield from judge_plan(topic)
    entered = {one.step for one in topic.steps}
    for step in (Step.DO, Step.CHECK):
        if step in entered:
            yield from judge_answers(topic, step)
    if result_on(topic) or topic.compiled_on or topic.filed_on:
        yield from judge_tools(topic, standing)
        yield from judge_originals(topic)


def _out_of_order(topic: Topic) -> Iterator[Reason]:
    """What a file may hold though no question allows it: steps or results before the registration, results filed that were not compiled.

    That no cycle was completed is told where there is a history of steps at all. Source: R-29, R-38.
    """
    results = [day for day in (topic.compiled_on, topic.filed_on) if day is not None]
    days = [*(one.on for one in topic.steps), *results]
    if days and topic.registered_on is None:
        yield ground(CircleCode.TOPIC_NOT_REGISTERED, topic.number)
    elif topic.registered_on is not None and min(days, default=topic.registered_on) < topic.registered_on:
        yield ground(CircleCode.CIRCLE_DAY_TOO_EARLY, topic.number, {"last": topic.registered_on})
    if topic.filed_on is not None and (topic.compiled_on is None or topic.filed_on < topic.compiled_on):
        yield ground(CircleCode.RESULTS_NOT_COMPILED, topic.number)
    if results and topic.steps and not is_cycle_complete(topic):
        yield ground(CircleCode.CYCLE_INCOMPLETE, topic.number)
