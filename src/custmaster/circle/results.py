"""The results of a topic (成果): compiled into a report, then filed with the General Affairs Dept (综合部), in this order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.circle.activity import ActivityRecord
from custmaster.circle.asking import answer, head, judge_life
from custmaster.circle.circle import Circle
from custmaster.circle.codes import CircleCode
from custmaster.circle.criteria import judge_answers, judge_plan, judge_tools
from custmaster.circle.events import ResultsCompiled, ResultsFiled
from custmaster.circle.grounds import ground
from custmaster.circle.originals import judge_originals
from custmaster.circle.pdca import is_cycle_complete, judge_steps
from custmaster.circle.records import counting
from custmaster.circle.report import ResultReport, judge_report
from custmaster.circle.topic import Topic
from custmaster.decision import Decision, Occasion, Reason
from custmaster.handbook import Page
from custmaster.value._checks import each_of, of

__all__ = ["Compiling", "compile_results", "file_results"]

if TYPE_CHECKING:

    def _records(values: Iterable[ActivityRecord]) -> tuple[ActivityRecord, ...]: ...

else:
    _records = tuple


@frozen(kw_only=True)
class Compiling:
    """A report that is put before the circle's topic, with the records of the topic's activities in any order."""

    report: ResultReport = field(validator=of(ResultReport))
    topic: Topic = field(validator=of(Topic))
    circle: Circle = field(validator=of(Circle))
    records: tuple[ActivityRecord, ...] = field(default=(), converter=_records, validator=each_of(ActivityRecord))


def compile_results(asked: Compiling, occasion: Occasion, page: Page) -> Decision:
    """Whether the results are compiled: there are results, for a cycle reached its target and was acted upon, and the report tells them as it should.

    What is missing from criteria, tools, originals and report is a warning that a leader may let pass (R-41); without a whole cycle there are
    no results. It may be compiled again until it is filed. Allowed carries ResultsCompiled. Errors: NotInForce. Source: R-32, R-37, R-38, R-40.
    """
    topic = asked.topic
    event = ResultsCompiled(**head(occasion), number=topic.number, report=asked.report.reference)
    reasons = (
        *judge_life(topic, event),
        *_without_results(asked),
        *judge_plan(topic),
        *judge_answers(topic),
        *judge_tools(topic, counting(asked.records, topic)),
        *judge_originals(topic),
        *judge_report(asked.report, topic, asked.circle, occasion.day, page),
    )
    return answer(reasons, event, occasion, page)


def _without_results(asked: Compiling) -> Iterator[Reason]:
    topic = asked.topic
    if topic.circle != asked.circle.number:
        yield ground(CircleCode.TOPIC_OF_OTHER_CIRCLE, topic.number, {"circle": topic.circle})
    yield from judge_steps(topic)
    if not is_cycle_complete(topic):
        yield ground(CircleCode.CYCLE_INCOMPLETE, topic.number)


def file_results(topic: Topic, occasion: Occasion, page: Page) -> Decision:
    """Whether the compiled results are filed (成果报备): only of a registered topic, and only once; Allowed carries ResultsFiled. Source: R-38."""
    event = ResultsFiled(**head(occasion), number=topic.number)
    return answer(judge_life(topic, event), event, occasion, page)
