"""The questions about what a topic keeps: the record of an activity, the explanation of a pause, an original."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.circle.activity import ActivityRecord
from custmaster.circle.asking import answer, head, judge_life
from custmaster.circle.circle import Circle
from custmaster.circle.codes import CircleCode
from custmaster.circle.events import ActivityRecorded, OriginalAdded, PauseExplained
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import Original
from custmaster.circle.records import judge_attendance, judge_counting
from custmaster.circle.topic import Topic
from custmaster.decision import Decision, Occasion, Reason
from custmaster.handbook import Page

__all__ = ["explain_pause", "keep_original", "record_activity"]


def record_activity(record: ActivityRecord, topic: Topic, circle: Circle, occasion: Occasion, page: Page) -> Decision:
    """Whether the activity is recorded: it counts for the topic, it was held by now, and it is the next one by its number.

    Strangers among those who attended, and members who are named neither as there nor as absent, are warnings that a leader may let pass
    (R-41). Allowed carries ActivityRecorded. Source: R-29, R-36, R-37 (1).
    """
    event = ActivityRecorded(**head(occasion), record=record)
    life = (
        () if topic.registered_on is None else judge_life(topic, event)
    )  # else it counts for nothing, which is told below
    reasons = (*life, *judge_counting(record, topic), *_out_of_turn(record, topic, occasion))
    return answer((*reasons, *_of_circle(record, topic, circle)), event, occasion, page)


def _out_of_turn(record: ActivityRecord, topic: Topic, occasion: Occasion) -> Iterator[Reason]:
    if record.on > occasion.day:
        yield ground(CircleCode.ACTIVITY_NOT_YET_HELD, record.number, {"on": record.on})
    expected = topic.activities + 1
    if record.sequence != expected:
        facts = {"expected": expected, "sequence": record.sequence}
        yield ground(CircleCode.ACTIVITY_OUT_OF_TURN, record.number, facts)


def _of_circle(record: ActivityRecord, topic: Topic, circle: Circle) -> Iterator[Reason]:
    if topic.circle != circle.number:
        yield ground(CircleCode.TOPIC_OF_OTHER_CIRCLE, topic.number, {"circle": topic.circle})
        return
    if not circle.is_open(record.on):
        yield ground(CircleCode.CIRCLE_ENDED, record.number, {"circle": circle.number})
    yield from judge_attendance(record, circle)


def explain_pause(topic: Topic, reason: str, occasion: Occasion, page: Page) -> Decision:
    """Whether the explanation of a pause is taken to the topic; Allowed carries PauseExplained, which excuses and resets no clock. Source: R-30."""
    event = PauseExplained(**head(occasion), number=topic.number, reason=reason)
    return answer(judge_life(topic, event), event, occasion, page)


def keep_original(topic: Topic, kind: Original, reference: str, occasion: Occasion, page: Page) -> Decision:
    """Whether the original is put into keeping; Allowed carries OriginalAdded. Source: R-37."""
    event = OriginalAdded(**head(occasion), number=topic.number, kind=kind, reference=reference)
    return answer(judge_life(topic, event), event, occasion, page)
