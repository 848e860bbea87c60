"""The project that a centre may run once a half-year (立项活动): its comparison with the ideal, the gaps, the plan, and one PDCA case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from custmaster.circle.codes import CircleCode
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import Named
from custmaster.circle.pdca import is_cycle_complete
from custmaster.circle.topic import Topic
from custmaster.decision import Fact, Reason
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page, keys
from custmaster.value._checks import of, texts
from custmaster.value.span import Span

__all__ = ["PROJECT_PARTS", "HalfYear", "Project", "half_year_of", "judge_project"]

_MONTHS: Final = 6
_HALVES: Final = 2


@frozen(kw_only=True, order=True)
class HalfYear:
    """A calendar half-year: `half` 1 is January to June, 2 is July to December. Errors: InvalidValue (RANGE). Source: R-42.

    >>> HalfYear(year=2026, half=2).name, HalfYear(year=2026, half=1).days.end
    ('2026H2', datetime.date(2026, 7, 1))
    """

    year: int
    half: int

    def __attrs_post_init__(self) -> None:
        if type(self.half) is not int or not 1 <= self.half <= _HALVES:
            raise InvalidValue(Fault.RANGE, path="half", remedy="a year has the halves 1 and 2")
        if type(self.year) is not int or not date.min.year <= self.year < date.max.year:
            raise InvalidValue(Fault.RANGE, path="year", remedy="write the year in four digits")

    @property
    def name(self) -> str:
        """The year and the half in one word."""
        return f"{self.year:04}H{self.half}"

    @property
    def days(self) -> Span:
        """Its days."""
        first = date(self.year, 1 + _MONTHS * (self.half - 1), 1)
        return Span(first, date(self.year, 1 + _MONTHS, 1) if self.half == 1 else date(self.year + 1, 1, 1))


def half_year_of(day: date) -> HalfYear:
    """The half-year that the day lies in. Errors: InvalidValue (RANGE) for the year 9999, whose second half has no end.

    >>> half_year_of(date(2026, 6, 30)).name, half_year_of(date(2026, 7, 1)).name
    ('2026H1', '2026H2')
    """
    return HalfYear(year=day.year, half=1 if day.month <= _MONTHS else _HALVES)


def _cases(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts(values, "cases"))))


@frozen(kw_only=True)
class Project:
    """A project of a centre in a half-year. `cases` are the numbers of the topics that are written up as PDCA cases. Source: R-42."""

    schema: int = 1
    number: str
    centre: str
    half: HalfYear = field(validator=of(HalfYear))
    comparison: str = ""
    gaps: str = ""
    improvement_plan: str = ""
    cases: tuple[str, ...] = field(default=(), converter=_cases)


PROJECT_PARTS: Final[Mapping[str, Named]] = MappingProxyType(
    {
        # field of Project: what the document asks for
        "comparison": Named(zh="与理想工作质量的对比分析", en="comparison with the ideal quality of work"),
        "gaps": Named(zh="差距与不足", en="gaps and shortcomings"),
        "improvement_plan": Named(zh="改进计划", en="improvement plan"),
    }
)
"""What a project says, once it is run. Source: R-42."""


def judge_project(
    project: Project, beside: Iterable[Project], topics: Iterable[Topic], page: Page
) -> tuple[Reason, ...]:
    """What is wrong with the project: one too many in its half-year, a part that is empty, a PDCA case that is not complete.

    To run none is no fault (可). `beside` are other projects, of whatever centre; a topic is a case when the project names it and a whole
    cycle of it is complete. Errors: NotInForce. Source: R-42.
    """
    return (
        *_too_many(project, beside, page),
        *(
            ground(CircleCode.PROJECT_UNANSWERED, project.number, {"part": row.zh})
            for name, row in PROJECT_PARTS.items()
            if not getattr(project, name).strip()
        ),
        *_cases_due(project, topics, page),
    )


def _too_many(project: Project, beside: Iterable[Project], page: Page) -> Iterator[Reason]:
    place = (project.centre, project.half)
    others = {one.number for one in beside if (one.centre, one.half) == place} - {project.number}
    limit = page[keys.CIRCLE_PROJECTS]
    if len(others) >= limit:
        facts: dict[str, Fact] = {"half": project.half.name, "count": len(others), "limit": limit}
        yield ground(CircleCode.PROJECT_TOO_MANY, project.number, facts, page.cite(keys.CIRCLE_PROJECTS))


def _cases_due(project: Project, topics: Iterable[Topic], page: Page) -> Iterator[Reason]:
    complete = {topic.number for topic in topics if topic.number in project.cases and is_cycle_complete(topic)}
    due = page[keys.CIRCLE_CASES]
    if len(complete) < due:
        facts = {"cases": len(complete), "due": due}
        yield ground(CircleCode.PROJECT_CASE_MISSING, project.number, facts, page.cite(keys.CIRCLE_CASES))
