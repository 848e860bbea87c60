"""The calendar of a circle: what is due when, as data; and what is overdue at each centre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from custmaster.circle.clocks import ClockTerms, IdleState, Life, filing, life, months, pauses
from custmaster.circle.codes import CircleCode
from custmaster.circle.folder import CircleFolder
from custmaster.circle.kinds import Named
from custmaster.circle.project import Project, judge_project
from custmaster.circle.review import counted, seen_on
from custmaster.circle.topic import Topic
from custmaster.decision import Citation
from custmaster.errors import Fault, InvalidValue
from custmaster.value.span import Span

__all__ = ["DUE_KINDS", "Due", "DueKind", "calendar", "overdue", "project_calendar"]


class DueKind(StrEnum):
    """What can be due."""

    MONTHLY_ACTIVITY = "MONTHLY_ACTIVITY"
    PLANNED_ACTIVITY = "PLANNED_ACTIVITY"
    ACTIVITY_WITHIN_LIMIT = "ACTIVITY_WITHIN_LIMIT"
    FILING = "FILING"
    PROJECT = "PROJECT"
    PROJECT_CASE = "PROJECT_CASE"


DUE_KINDS: Final[Mapping[DueKind, Named]] = MappingProxyType(
    {
        DueKind.MONTHLY_ACTIVITY: Named(zh="每月活动", en="activity of the month"),
        DueKind.PLANNED_ACTIVITY: Named(zh="计划活动", en="activity of the plan"),
        DueKind.ACTIVITY_WITHIN_LIMIT: Named(zh="停止活动期限", en="activity within half a year"),
        DueKind.FILING: Named(zh="成果报备", en="filing of the results"),
        DueKind.PROJECT: Named(
            zh="立项活动的对比、差距和改进计划", en="comparison, gaps and plan of a project"
        ),
        DueKind.PROJECT_CASE: Named(zh="立项活动的 PDCA 案例", en="PDCA case of a project"),
    }
)
"""Every kind of what is due."""
_PROJECT: Final = Citation(article="文二 第六条(二) (R-42)")
_PLANNED: Final = Citation(article="文二 第五条(四) (R-34)")
_FILED: Final = Citation(article="文二 第五条(六) (R-38)")


@frozen(kw_only=True)
class Due:
    """One thing that is due: `on` is the last day in time, `done` whether it was done as seen on the day of the terms.

    It is due of a topic of a circle, or of a project of a centre; the others are empty.
    """

    on: date
    kind: DueKind
    centre: str
    circle: str = ""
    topic: str = ""
    project: str = ""
    done: bool
    citation: Citation


def calendar(folder: CircleFolder, span: Span, terms: ClockTerms) -> tuple[Due, ...]:
    """What is due of a circle on the days of the span, by day; what lies ahead is told as if no topic ended before.

    A month's activities are due on its last day; the limit of a pause that goes on is that day until an activity moves it; a planned
    activity is done when one was held from that day to before the next planned day. A filing has a day where the terms have a number.
    Errors: InvalidValue (MISSING) for a span without both ends. Source: R-30, R-32..R-34, R-38.

    >>> from custmaster.circle.circle import Circle
    >>> from custmaster.circle.kinds import CircleKind
    >>> from custmaster.handbook import default
    >>> circle = Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2026, 1, 5))
    >>> terms = ClockTerms(handbook=default(), day=date(2026, 11, 28))
    >>> calendar(CircleFolder(circle=circle), Span(date(2026, 12, 1), date(2027, 1, 1)), terms)
    ()
    """
    if span.start is None or span.end is None:
        raise InvalidValue(Fault.MISSING, path="span", remedy="say from which day to which")
    records = folder.by_topic()
    found: list[Due] = []
    for topic in (seen_on(one, terms.day) for one in folder.topics):
        lived = life(topic, folder.circle)
        if lived is not None:
            held = [one.on for one in records[topic.number] if not counted(one, topic, folder.circle)]
            known = lived.within(held, terms.day)
            found += _of_topic(folder, topic, terms, (lived, known, span.end))
    return tuple(sorted((due for due in found if span.contains(due.on)), key=_order))


def _order(due: Due) -> tuple[date, str, str, str, str, str]:
    return due.on, due.centre, due.circle, due.topic, due.project, due.kind.value


_Seen = tuple[Life, list[date], date]
"""A topic's life, the days of its activities that are known, and the end of the calendar."""


def _of_topic(folder: CircleFolder, topic: Topic, terms: ClockTerms, seen: _Seen) -> Iterator[Due]:
    for kind, on, done, cited in (*_monthly(terms, seen), *_planned(topic, seen), *_limit(terms, topic, seen)):
        yield _due(folder, topic, (kind, on, done, cited))
    filed = filing(topic, terms)
    if filed is not None and filed.due is not None and topic.closed_on is None:
        yield _due(folder, topic, (DueKind.FILING, filed.due, filed.filed_on is not None, _FILED))


_What = tuple[DueKind, date, bool, Citation]


def _due(folder: CircleFolder, topic: Topic, what: _What) -> Due:
    kind, on, done, cited = what
    circle = folder.circle
    return Due(
        on=on, kind=kind, centre=circle.centre, circle=circle.number, topic=topic.number, done=done, citation=cited
    )


def _monthly(terms: ClockTerms, seen: _Seen) -> Iterator[_What]:
    lived, known, end = seen
    ahead = evolve(terms, day=max(end, terms.day))
    for one in months(lived, known, ahead):
        if one.needed:
            yield DueKind.MONTHLY_ACTIVITY, one.last, not one.short, one.citation


def _planned(topic: Topic, seen: _Seen) -> Iterator[_What]:
    lived, known, _ = seen
    listed = lived.within(set(topic.plan), date.max)
    for day, following in pairwise([*listed, date.max]):
        yield DueKind.PLANNED_ACTIVITY, day, any(day <= one < following for one in known), _PLANNED


def _limit(terms: ClockTerms, topic: Topic, seen: _Seen) -> Iterator[_What]:
    lived, known, _ = seen
    for one in pauses(lived, known, (told.on for told in topic.explanations), terms)[-1:]:
        if one.until is None:
            done = one.state is IdleState.LAPSED_EXPLAINED
            yield DueKind.ACTIVITY_WITHIN_LIMIT, one.limit, done, one.citation


def project_calendar(
    projects: Iterable[Project], topics: Iterable[Topic], span: Span, terms: ClockTerms
) -> tuple[Due, ...]:
    """What is due of projects that are run, on the last day of their half-year: what they say, and their PDCA case. To run none is no fault (可).

    Errors: NotInForce. Source: R-42.
    """
    page, listed = terms.handbook.on(terms.day), [seen_on(topic, terms.day) for topic in topics]
    found: list[Due] = []
    for project in projects:
        open_codes = {reason.code for reason in judge_project(project, (), listed, page)}
        for kind, code in ((DueKind.PROJECT, CircleCode.PROJECT_UNANSWERED), (DueKind.PROJECT_CASE, _CASE)):
            found.append(_project_due(project, kind, code not in open_codes))
    return tuple(sorted((due for due in found if span.contains(due.on)), key=_order))


_CASE: Final = CircleCode.PROJECT_CASE_MISSING


def _project_due(project: Project, kind: DueKind, done: bool) -> Due:  # noqa: FBT001 -- a column of a row
    last = (project.half.days.end or date.max) - timedelta(days=1)
    return Due(on=last, kind=kind, centre=project.centre, project=project.number, done=done, citation=_PROJECT)


def overdue(dues: Iterable[Due], day: date) -> Mapping[str, tuple[Due, ...]]:
    """By centre what was due before the day and is not done, the oldest first; a centre with nothing overdue is not there.

    >>> dict(overdue([], date(2026, 11, 28)))
    {}
    """
    found: dict[str, list[Due]] = {}
    for due in sorted(dues, key=_order):
        if not due.done and due.on < day:
            found.setdefault(due.centre, []).append(due)
    return {centre: tuple(found[centre]) for centre in sorted(found)}
