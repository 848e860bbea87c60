"""The questions about a topic on its way: registering and amending it, entering a step of PDCA, answering a check, giving it up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from custmaster.circle.asking import answer, head, judge_life
from custmaster.circle.circle import Circle
from custmaster.circle.codes import CircleCode
from custmaster.circle.criteria import judge_answers, judge_plan
from custmaster.circle.events import (
    CheckMet,
    CheckNotMet,
    PdcaEvent,
    TopicAmended,
    TopicChange,
    TopicClosed,
    TopicRegistered,
)
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import Step, TopicState
from custmaster.circle.pdca import ENTRIES, PDCA, phase_of
from custmaster.circle.topic import Topic
from custmaster.decision import Decision, Occasion, Reason, decide
from custmaster.handbook import Page, keys
from custmaster.lifecycle import NoSuchStep, step

__all__ = ["amend_topic", "answer_check", "close_topic", "enter_step", "register_topic"]


def register_topic(
    topic: Topic, circle: Circle, occasion: Occasion, page: Page, taken: Collection[str] = ()
) -> Decision:
    """Whether the General Affairs Dept (综合部) registers the topic of the circle, under the first number of the occasion.

    No activity counts before it. `taken` are registration numbers that other topics bear. Allowed carries TopicRegistered. Errors: NotInForce. Source: R-25, R-29.

    >>> from datetime import date
    >>> from custmaster.circle.kinds import CircleKind, TopicSource, TopicType
    >>> from custmaster.handbook import default
    >>> circle = Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2026, 1, 5))
    >>> topic = Topic(
    ...     number="T-1", circle="QC-01", title="缩短开户时间", type=TopicType.SERVICE, source=TopicSource.OWN_CHOICE
    ... )
    >>> occasion = Occasion(day=date(2026, 3, 2), actor="S-9", request_id="R-1", numbers=["QC2026-001"])
    >>> register_topic(topic, circle, occasion, default().on(occasion.day)).events[0].registration
    'QC2026-001'
    """
    reasons = (
        *_against_registering(topic, circle, occasion),
        *_of_number(topic, occasion, taken),
        *_unknown_themes(topic.number, topic.themes, page),
    )
    events: list[TopicRegistered] = []
    if topic.state is TopicState.DRAFT and occasion.numbers:
        events.append(TopicRegistered(**head(occasion), topic=topic, registration=occasion.numbers[0]))
    return decide(reasons, handbook=page.stamp, events=events, approvals=occasion.approvals)


def _against_registering(topic: Topic, circle: Circle, occasion: Occasion) -> Iterator[Reason]:
    if topic.state is not TopicState.DRAFT:
        yield ground(CircleCode.TOPIC_STATE, topic.number, {"state": topic.state.value})
    if topic.circle != circle.number:
        yield ground(CircleCode.TOPIC_OF_OTHER_CIRCLE, topic.number, {"circle": topic.circle})
    if not circle.is_open(occasion.day):
        yield ground(CircleCode.CIRCLE_ENDED, topic.number, {"circle": circle.number})


def _of_number(topic: Topic, occasion: Occasion, taken: Collection[str]) -> Iterator[Reason]:
    if not occasion.numbers:
        yield ground(CircleCode.REGISTRATION_NOT_NUMBERED, topic.number)
    elif occasion.numbers[0] in taken:
        yield ground(CircleCode.REGISTRATION_TAKEN, topic.number, {"registration": occasion.numbers[0]})


def _unknown_themes(number: str, themes: Iterable[str], page: Page) -> Iterator[Reason]:
    known = page[keys.CIRCLE_THEMES]
    for theme in themes:
        if theme not in known:
            yield ground(CircleCode.THEME_UNKNOWN, number, {"theme": theme}, page.cite(keys.CIRCLE_THEMES))


def amend_topic(topic: Topic, change: TopicChange, occasion: Occasion, page: Page) -> Decision:
    """Whether the change is written into the topic; Allowed carries TopicAmended. Errors: NotInForce. Source: R-25, R-32."""
    event = TopicAmended(**head(occasion), number=topic.number, change=change)
    themes = _unknown_themes(topic.number, change.themes or (), page)
    return answer((*judge_life(topic, event), *themes), event, occasion, page)


def enter_step(topic: Topic, entered: Step, occasion: Occasion, page: Page) -> Decision:
    """Whether the topic enters the step: no step is skipped, a plan stands before it is carried out, and what the step wants is answered.

    A criterion without an answer is a warning that a leader may let pass (R-41); a skipped step nobody lifts. Allowed carries the event of the
    step. Source: R-31, R-32.
    """
    event = ENTRIES[entered](**head(occasion), number=topic.number)
    planned = judge_plan(topic) if entered is Step.DO else ()
    reasons = (*judge_life(topic, event), *_skipped(topic, event, entered.value), *planned)
    return answer((*reasons, *judge_answers(topic, entered)), event, occasion, page)


def answer_check(topic: Topic, *, met: bool, occasion: Occasion, page: Page) -> Decision:
    """Whether the check is answered so: it stands open, and once answered it is not answered again.

    Allowed carries CheckMet, after which ACT may be entered, or CheckNotMet, after which the topic goes back to PLAN. Source: R-31, B2.
    """
    event = (CheckMet if met else CheckNotMet)(**head(occasion), number=topic.number)
    reasons = (*judge_life(topic, event), *_skipped(topic, event, Step.CHECK.value))
    return answer(reasons, event, occasion, page)


def _skipped(topic: Topic, event: PdcaEvent, asked: str) -> Iterator[Reason]:
    phase = phase_of(topic.steps)
    if isinstance(step(PDCA, phase, event), NoSuchStep):
        yield ground(CircleCode.STEP_SKIPPED, topic.number, {"stands": phase.value, "asked": asked})


def close_topic(topic: Topic, reason: str, occasion: Occasion, page: Page) -> Decision:
    """Whether the topic is given up without a filed result; Allowed carries TopicClosed. A filed topic needs no closing."""
    event = TopicClosed(**head(occasion), number=topic.number, reason=reason)
    return answer(judge_life(topic, event), event, occasion, page)
