"""A host in memory that keeps one topic of a circle and its records, and does with them what the questions of `custmaster.circle` answer.

`custmaster.testing.circle_machine` holds it, or a host of your own, to what must always hold: subclass it, or give what has its methods.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, cast

from attrs import Factory, define

from custmaster.circle import (
    ActivityRecord,
    Circle,
    CircleKind,
    Compiling,
    Member,
    Original,
    ReportRule,
    ResultReport,
    Step,
    Topic,
    TopicEvent,
    TopicSource,
    TopicState,
    TopicType,
    answer_check,
    close_topic,
    compile_results,
    enter_step,
    evolve,
    explain_pause,
    file_results,
    keep_original,
    record_activity,
    register_topic,
    steps_of,
)
from custmaster.decision import Allowed, Decision, Occasion
from custmaster.handbook import Page, default

__all__ = ["FIRST_DAY", "TopicBank"]

FIRST_DAY: Final = date(2026, 3, 2)
"""The day on which the story begins."""
_CIRCLE: Final = Circle(
    number="QC-01",
    name="晨曦",
    kind=CircleKind.INDOOR,
    centre="C-1",
    founded_on=date(2026, 1, 5),
    members=[Member(staff=f"S-{place}", team=f"组{place}") for place in range(1, 4)],
)
_DRAFT: Final = Topic(
    number="T-1",
    circle="QC-01",
    title="缩短开户时间",
    type=TopicType.SERVICE,
    source=TopicSource.OWN_CHOICE,
    baseline="平均四十分钟",
    target="二十分钟",
    countermeasures="预填单据",
    action="三月试行",
    owner="S-1",
    plan=[FIRST_DAY],
)


def _page() -> Page:
    return default().on(FIRST_DAY)


@define(kw_only=True)
class TopicBank:
    """The topic as it stands, the records that were taken to it, and every event.

    >>> TopicBank().topic.state
    <TopicState.DRAFT: 'DRAFT'>
    """

    page: Page = Factory(_page)
    circle: Circle = _CIRCLE
    topic: Topic = _DRAFT
    records: tuple[ActivityRecord, ...] = ()
    events: tuple[TopicEvent, ...] = ()

    def register(self, when: Occasion) -> Decision:
        """Ask for the registration of the topic."""
        return self._asked(register_topic(self.topic, self.circle, when, self.page))

    def enter(self, step: Step, when: Occasion) -> Decision:
        """Ask to enter a step of PDCA."""
        return self._asked(enter_step(self.topic, step, when, self.page))

    def check(self, *, met: bool, when: Occasion) -> Decision:
        """Answer the check."""
        return self._asked(answer_check(self.topic, met=met, occasion=when, page=self.page))

    def record(self, record: ActivityRecord, when: Occasion) -> Decision:
        """Take the record of an activity to the topic."""
        answer = self._asked(record_activity(record, self.topic, self.circle, when, self.page))
        if isinstance(answer, Allowed):
            self.records = (*self.records, record)
        return answer

    def explain(self, when: Occasion) -> Decision:
        """Explain a pause."""
        return self._asked(explain_pause(self.topic, "系统上线", when, self.page))

    def keep(self, kind: Original, when: Occasion) -> Decision:
        """Put an original into keeping."""
        return self._asked(keep_original(self.topic, kind, f"DOC-{kind}", when, self.page))

    def compile(self, when: Occasion) -> Decision:
        """Compile the results into a report that keeps to its rules."""
        report = ResultReport(
            topic=self.topic.number,
            reference="DOC-9",
            authors=[one.staff for one in self.circle.members],
            parts=[row.zh for row in steps_of(self.topic, self.page)],
            figures=3,
            seen_to=tuple(ReportRule),
        )
        asked = Compiling(report=report, topic=self.topic, circle=self.circle, records=self.records)
        return self._asked(compile_results(asked, when, self.page))

    def file(self, when: Occasion) -> Decision:
        """File the compiled results."""
        return self._asked(file_results(self.topic, when, self.page))

    def close(self, when: Occasion) -> Decision:
        """Give the topic up."""
        return self._asked(close_topic(self.topic, "业务调整", when, self.page))

    def _asked(self, answer: Decision) -> Decision:
        """What was answered, after its events have happened."""
        if isinstance(answer, Allowed):
            for event in cast("tuple[TopicEvent, ...]", answer.events):
                self.topic = evolve(None if self.topic.state is TopicState.DRAFT else self.topic, event)
                self.events = (*self.events, event)
        return answer


Ask = Callable[[Occasion], Decision]
"""A question that waits for its occasion."""
