"""The review of the projects of a half-year (立项活动): what is wrong at once, and what is due when the half-year is over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field, frozen

from custmaster.circle.clocks import ClockTerms
from custmaster.circle.codes import CircleCode
from custmaster.circle.project import Project, judge_project
from custmaster.circle.review import seen_on
from custmaster.circle.topic import Topic
from custmaster.decision import Outcome, Reason, worst
from custmaster.value._checks import of

__all__ = ["ProjectReview", "review_projects"]

_AT_ONCE: Final = frozenset({CircleCode.PROJECT_TOO_MANY})
"""What is wrong on whatever day it is looked at; the rest is due on the last day of the half-year, as `project_calendar` has it."""


@frozen(kw_only=True)
class ProjectReview:
    """One project on the day, with every reason."""

    project: Project = field(validator=of(Project))
    reasons: tuple[Reason, ...]

    @property
    def outcome(self) -> Outcome:
        """ALLOWED: it complies; REVIEW: with a warning; REFUSED: there is one too many in the half-year."""
        return worst(reason.outcome for reason in self.reasons)


def review_projects(projects: Iterable[Project], topics: Iterable[Topic], terms: ClockTerms) -> Iterator[ProjectReview]:
    """Each project by centre, half-year and number; a part that is empty and a case that is missing are told once the half-year is over.

    To run none is no fault (可). Errors: NotInForce. Source: R-42.

    >>> from datetime import date
    >>> from custmaster.circle.project import HalfYear
    >>> from custmaster.handbook import default
    >>> run = Project(number="P-1", centre="C-1", half=HalfYear(year=2026, half=1))
    >>> days = date(2026, 6, 30), date(2026, 7, 1)
    >>> told = (review_projects([run], [], ClockTerms(handbook=default(), day=day)) for day in days)
    >>> [one.outcome.value for found in told for one in found]
    ['ALLOWED', 'REVIEW']
    """
    page, seen = terms.handbook.on(terms.day), [seen_on(topic, terms.day) for topic in topics]
    listed = sorted(projects, key=lambda one: (one.centre, one.half, one.number))
    for project in listed:
        end = project.half.days.end
        over = end is not None and end <= terms.day
        found = judge_project(project, listed, seen, page)
        yield ProjectReview(project=project, reasons=tuple(one for one in found if over or one.code in _AT_ONCE))
