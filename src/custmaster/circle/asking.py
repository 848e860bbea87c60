"""What every question about a topic asks first: whether its life holds the event, and whether the day lies before the last one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypedDict

from custmaster.circle.codes import CircleCode
from custmaster.circle.events import CircleEvent, ResultsFiled, TopicEvent
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import TopicState
from custmaster.circle.life import TOPIC_TRANSITIONS
from custmaster.circle.topic import Topic
from custmaster.decision import Decision, Occasion, Reason, decide
from custmaster.handbook import Page
from custmaster.lifecycle import NoSuchStep, step

__all__ = ["answer", "head", "judge_life", "last_day"]


class Head(TypedDict):
    """What every event says of its happening."""

    on: date
    actor: str
    request_id: str


def head(occasion: Occasion) -> Head:
    """The occasion as the head of an event."""
    return Head(on=occasion.day, actor=occasion.actor, request_id=occasion.request_id)


def last_day(topic: Topic) -> date | None:
    """The last day on which something happened to the topic; None before its registration."""
    days = [topic.registered_on, topic.compiled_on, topic.ended_on]
    days += [*(one.on for one in topic.steps), *(one.on for one in topic.originals)]
    days += [one.on for one in topic.explanations]
    return max((day for day in days if day is not None), default=None)


def judge_life(topic: Topic, event: TopicEvent) -> Iterator[Reason]:
    """What stands against the event in the topic's own life.

    A draft was not registered (R-29), and nothing is filed that was not compiled (R-38); for the rest the table tells. No day lies before the
    last one.
    """
    if isinstance(step(TOPIC_TRANSITIONS, topic.state, event), NoSuchStep):
        if topic.state is TopicState.DRAFT:
            yield ground(CircleCode.TOPIC_NOT_REGISTERED, topic.number)
        elif topic.state is TopicState.REGISTERED and isinstance(event, ResultsFiled):
            yield ground(CircleCode.RESULTS_NOT_COMPILED, topic.number)
        else:
            yield ground(CircleCode.TOPIC_STATE, topic.number, {"state": topic.state.value})
    last = last_day(topic)
    if last is not None and event.on < last:
        yield ground(CircleCode.CIRCLE_DAY_TOO_EARLY, topic.number, {"last": last})


def answer(reasons: Iterable[Reason], event: TopicEvent | CircleEvent, occasion: Occasion, page: Page) -> Decision:
    """The decision on all reasons; Allowed carries the event."""
    return decide(reasons, handbook=page.stamp, events=[event], approvals=occasion.approvals)
