"""The demo's QC circle (QC小组): a topic is registered, a cycle of PDCA is run, the results are filed, and the circle is reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final, cast

from attrs import define, field

from custmaster.circle import (
    ActivityRecord,
    Circle,
    CircleKind,
    Compiling,
    Gloss,
    Member,
    Original,
    ReportRule,
    ResultReport,
    Speech,
    Step,
    Topic,
    TopicChange,
    TopicEvent,
    TopicSource,
    TopicType,
    amend_topic,
    answer_check,
    compile_results,
    enter_step,
    evolve,
    file_results,
    found_circle,
    keep_original,
    record_activity,
    register_topic,
    steps_of,
)
from custmaster.circle.clocks import ClockTerms
from custmaster.circle.folder import CircleFolder
from custmaster.circle.review import CircleReview, review_circle
from custmaster.decision import Allowed, Decision, Occasion
from custmaster.handbook import Handbook

__all__ = ["CircleStory", "circle_run"]

Told = tuple[str, str, Decision]
_STAFF: Final = ("S-0042", "S-0043", "S-0044")
_STEPS: Final = ((Step.PLAN, 190), (Step.DO, 160), (Step.CHECK, 100), (Step.ACT, 70))
"""The steps, each so many days before the day of the demo."""


@define
class CircleStory:
    """What was asked, with each answer, and the review at the end."""

    told: tuple[Told, ...]
    review: CircleReview


def circle_run(book: Handbook, day: date) -> CircleStory:
    """The story of one circle up to the day; the people in it do not exist.

    >>> from custmaster.handbook import default
    >>> story = circle_run(default(), date(2026, 11, 23))
    >>> [answer.outcome.value for _, _, answer in story.told][:3], story.review.outcome.value
    (['ALLOWED', 'REFUSED', 'ALLOWED'], 'REVIEW')
    """
    run = _Run(book=book, day=day)
    told = tuple(run.told())
    folder = CircleFolder(circle=run.circle, topics=[run.topic], activities=run.held)
    return CircleStory(told=told, review=review_circle(folder, ClockTerms(handbook=book, day=day)))


def _circle(day: date) -> Circle:
    members = [Member(staff=staff, team=f"{n}组", leads=n == 1) for n, staff in enumerate(_STAFF, start=1)]
    return Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=day, members=members)


_WRITTEN: Final = {
    "baseline": "平均四十分钟",
    "target": "二十分钟",
    "countermeasures": "网上预填",
    "action": "试行",
    "owner": _STAFF[0],
}


@define
class _Run:
    """The circle and its topic as they are by now."""

    book: Handbook
    day: date
    circle: Circle = field(init=False)
    topic: Topic = field(init=False)
    held: list[ActivityRecord] = field(factory=list[ActivityRecord])
    asked: int = 0

    def __attrs_post_init__(self) -> None:
        self.circle = _circle(self.before(240))
        self.topic = Topic(
            number="T-1", circle="QC-01", title="缩短开户时间", type=TopicType.SERVICE, source=TopicSource.OWN_CHOICE
        )

    def before(self, days: int) -> date:
        """So many days before the day."""
        return self.day - timedelta(days=days)

    def on(self, days: int, *numbers: str) -> tuple[Occasion, Any]:
        """The occasion and the handbook's page of that day."""
        self.asked += 1
        day = self.before(days)
        occasion = Occasion(day=day, actor=_STAFF[0], request_id=f"Q-{self.asked}", numbers=numbers)
        return occasion, self.book.on(day)

    def told(self) -> Iterator[Told]:
        """The story in its order."""
        yield "室内管理人员跨组组建小组", "indoor staff found a circle", found_circle(self.circle, *self.on(240))
        early = self._record(200)
        yield "未注册先活动", "they meet before their topic is registered", self._recorded(early, 200)
        yield "课题注册登记", "the topic is registered", self._register()
        yield from self._cycle()
        yield "成果报备", "the results are filed", self._go(file_results(self.topic, *self.on(20)))

    def _register(self) -> Decision:
        answer = register_topic(self.topic, self.circle, *self.on(199, "QC-REG-1"))
        if isinstance(answer, Allowed):
            self.topic = evolve(None, cast("TopicEvent", answer.events[0]))
        return answer

    def _cycle(self) -> Iterator[Told]:
        plan = TopicChange(**_WRITTEN, plan=[self.before(180)])
        yield (
            "写明现状、目标、对策和计划",
            "what is, target and plan are written",
            self._go(amend_topic(self.topic, plan, *self.on(195))),
        )
        yield "计划后直接检查", "they check before anything is done", self._skip()
        for step, days in _STEPS:
            yield f"PDCA: {step.value}", f"PDCA: {step.value}", self._go(enter_step(self.topic, step, *self.on(days)))
            if step is Step.CHECK:
                occasion, page = self.on(days)
                met = answer_check(self.topic, met=True, occasion=occasion, page=page)
                yield "检查达到目标", "the target is reached", self._go(met)
            yield "小组活动", "they meet", self._recorded(self._record(days - 1), days - 1)
        for kind in list(Original)[:5]:
            self._go(keep_original(self.topic, kind, f"DOC-{kind}", *self.on(60)))
        yield "整理成果", "the results are compiled", self._compiled()

    def _skip(self) -> Decision:
        return enter_step(self.topic, Step.CHECK, *self.on(194))

    def _record(self, days: int) -> ActivityRecord:
        nth = len(self.held) + 1
        return ActivityRecord(
            number=f"A-{nth}",
            topic="T-1",
            sequence=nth,
            on=self.before(days),
            place="会议室",
            step=Step.PLAN,
            attending=_STAFF,
            chair=_STAFF[0],
            recorder=_STAFF[1],
            content="讨论",
            speeches=[Speech(staff=staff, said="同意") for staff in _STAFF],
            tools=["排列图"],
            conclusion="继续",
        )

    def _recorded(self, record: ActivityRecord, days: int) -> Decision:
        answer = self._go(record_activity(record, self.topic, self.circle, *self.on(days)))
        if isinstance(answer, Allowed):
            self.held.append(record)
        return answer

    def _compiled(self) -> Decision:
        occasion, page = self.on(30)
        report = ResultReport(
            topic="T-1",
            reference="DOC-9",
            authors=_STAFF,
            parts=["小组概况", *(row.zh for row in steps_of(self.topic, page))],
            figures=6,
            terms=["排列图"],
            glossary=[Gloss(term="排列图", plain="把原因从多到少排列的图")],
            seen_to=[ReportRule.FOCUSED, ReportRule.CONCISE, ReportRule.RELEVANT_PROFILE],
        )
        asked = Compiling(report=report, topic=self.topic, circle=self.circle, records=self.held)
        return self._go(compile_results(asked, occasion, page))

    def _go(self, answer: Decision) -> Decision:
        if isinstance(answer, Allowed):
            for event in answer.events:
                self.topic = evolve(self.topic, cast("TopicEvent", event))
        return answer
