"""The report on a topic's results (成果报告), and the seven rules by which it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.circle.circle import Circle
from custmaster.circle.codes import CircleCode
from custmaster.circle.grounds import ground
from custmaster.circle.procedures import steps_of
from custmaster.circle.topic import Topic
from custmaster.decision import Reason
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.value._checks import each_of, texts

__all__ = ["REPORT_RULES", "Gloss", "ReportRule", "ReportRuleRow", "ResultReport", "judge_report"]


class ReportRule(StrEnum):
    """The rules on the report, in the order of the document. Source: R-40."""

    TOGETHER = "TOGETHER"
    BY_PROCEDURE = "BY_PROCEDURE"
    FOCUSED = "FOCUSED"
    CONCISE = "CONCISE"
    FIGURES = "FIGURES"
    PLAIN_WORDS = "PLAIN_WORDS"
    RELEVANT_PROFILE = "RELEVANT_PROFILE"


@frozen(kw_only=True)
class Gloss:
    """A technical term (专业术语), and what it means in plain words."""

    term: str
    plain: str


def _named(values: Iterable[str]) -> tuple[str, ...]:
    return texts(values, "list")


if TYPE_CHECKING:

    def _glosses(values: Iterable[Gloss]) -> tuple[Gloss, ...]: ...

    def _rules(values: Iterable[ReportRule]) -> tuple[ReportRule, ...]: ...

else:
    _glosses = _rules = tuple


@frozen(kw_only=True)
class ResultReport:
    """What the checklist asks of a report; the text itself lies at `reference`.

    `parts` are its headings in their order, `figures` counts charts and tables, `terms` are the technical terms in it. `seen_to` are the rules of
    which a person says that they are kept; it only matters for those that no count can tell. Errors: InvalidValue (RANGE, TYPE). Source: R-38, R-40.

    >>> ResultReport(topic="T-1", reference="DOC-1", authors=["S-1", "S-2"]).figures
    0
    """

    topic: str
    reference: str
    authors: tuple[str, ...] = field(converter=_named)
    parts: tuple[str, ...] = field(default=(), converter=_named)
    figures: int = 0
    terms: tuple[str, ...] = field(default=(), converter=_named)
    glossary: tuple[Gloss, ...] = field(default=(), converter=_glosses, validator=each_of(Gloss))
    seen_to: tuple[ReportRule, ...] = field(default=(), converter=_rules, validator=each_of(ReportRule))

    def __attrs_post_init__(self) -> None:
        if type(self.figures) is not int or self.figures < 0:
            raise InvalidValue(Fault.RANGE, path="figures", remedy="count the charts and tables")


@frozen(kw_only=True)
class _Read:
    """A report with what it is read against."""

    report: ResultReport
    topic: Topic
    circle: Circle
    day: date
    page: Page


def _together(read: _Read) -> Reason | None:
    members = {one.staff for one in read.circle.members_on(read.day)}
    authors = len(members & set(read.report.authors))
    if authors > 1:
        return None
    return ground(CircleCode.REPORT_BY_ONE_ALONE, read.topic.number, {"authors": authors})


def _by_procedure(read: _Read) -> Reason | None:
    wanted = [row.zh for row in steps_of(read.topic, read.page)]
    there = [part for part in read.report.parts if part in wanted]
    if there == wanted:
        return None
    absent = [part for part in wanted if part not in there]
    return ground(CircleCode.REPORT_OUT_OF_ORDER, read.topic.number, {"parts": ", ".join(absent or there)})


def _figures(read: _Read) -> Reason | None:
    return None if read.report.figures else ground(CircleCode.REPORT_WITHOUT_FIGURES, read.topic.number)


def _plain_words(read: _Read) -> Reason | None:
    explained = {gloss.term for gloss in read.report.glossary if gloss.plain.strip()}
    dark = [term for term in read.report.terms if term not in explained]
    return ground(CircleCode.JARGON_UNEXPLAINED, read.topic.number, {"terms": ", ".join(dark)}) if dark else None


@frozen(kw_only=True)
class ReportRuleRow:
    """A rule in the words of the document, and what judges it; None where a person has to say that it is kept."""

    zh: str
    en: str
    judge: Callable[[_Read], Reason | None] | None = None


_R = ReportRule
REPORT_RULES: Final[Mapping[ReportRule, ReportRuleRow]] = MappingProxyType(
    {
        _R.TOGETHER: ReportRuleRow(
            zh="小组成员共同参与总结提高", en="more than one member takes part in it", judge=_together
        ),
        _R.BY_PROCEDURE: ReportRuleRow(
            zh="严格按活动程序整理", en="it has every step of the procedure, in order", judge=_by_procedure
        ),
        _R.FOCUSED: ReportRuleRow(
            zh="重点突出,着重介绍分析问题、解决问题的活动过程",
            en="it dwells on how the problem was analysed and solved",
        ),
        _R.CONCISE: ReportRuleRow(zh="条理清楚、简明扼要", en="it is clear and concise"),
        _R.FIGURES: ReportRuleRow(
            zh="以图表、数据为主,配以少量的文字说明", en="it rests on charts and data, with few words", judge=_figures
        ),
        _R.PLAIN_WORDS: ReportRuleRow(
            zh="尽量少用专业性很强的名词术语,必须用的要通俗解释",
            en="every technical term in it is explained in plain words",
            judge=_plain_words,
        ),
        _R.RELEVANT_PROFILE: ReportRuleRow(
            zh="小组情况简介与本次课题有关", en="what it says of the circle has to do with the topic"
        ),
    }
)
"""Every rule on a report, in the order of the reasons. Source: R-40."""


def _broken(read: _Read) -> Iterator[Reason]:
    for rule, row in REPORT_RULES.items():
        if row.judge is None and rule not in read.report.seen_to:
            yield ground(CircleCode.REPORT_NOT_SEEN_TO, read.topic.number, {"check": row.zh})
        reason = None if row.judge is None else row.judge(read)
        if reason is not None:
            yield reason


def judge_report(report: ResultReport, topic: Topic, circle: Circle, day: date, page: Page) -> tuple[Reason, ...]:
    """Everything that the report does not keep to, in the order of the rules; first of all, that it is about another topic. Errors: NotInForce."""
    read = _Read(report=report, topic=topic, circle=circle, day=day, page=page)
    facts = {"topic": topic.number, "other": report.topic}
    other = () if report.topic == topic.number else (ground(CircleCode.REPORT_OF_OTHER_TOPIC, topic.number, facts),)
    return (*other, *_broken(read))
