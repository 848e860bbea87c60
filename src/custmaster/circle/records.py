"""Whether the form of an activity is complete, and whether the activity counts: without its whole record, or outside its topic's life, it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.circle.activity import ActivityRecord
from custmaster.circle.circle import Circle
from custmaster.circle.codes import CircleCode
from custmaster.circle.grounds import ground
from custmaster.circle.topic import Topic
from custmaster.decision import Reason

__all__ = [
    "COUNTING_RULES",
    "RECORD_FORM",
    "FormRow",
    "counting",
    "counts",
    "is_complete",
    "judge_attendance",
    "judge_counting",
    "missing",
    "silent",
]


@frozen(kw_only=True)
class FormRow:
    """A line of the form: what it is called, and whether every activity has it; the others are filled where there is something."""

    zh: str
    en: str
    required: bool = True


RECORD_FORM: Final[Mapping[str, FormRow]] = MappingProxyType(
    {
        # field of ActivityRecord: the line of 《QC小组活动记录表》; the circle's name and the registration number stand on its topic
        "number": FormRow(zh="记录编号", en="number of the record"),
        "topic": FormRow(zh="课题", en="topic"),
        "sequence": FormRow(zh="活动次数", en="which activity of the topic"),
        "on": FormRow(zh="活动日期", en="day"),
        "place": FormRow(zh="活动地点", en="place"),
        "step": FormRow(zh="PDCA阶段", en="step of PDCA"),
        "attending": FormRow(zh="实到人员", en="who was there"),
        "absences": FormRow(zh="缺席人员及原因", en="who was not, and why", required=False),
        "chair": FormRow(zh="主持人", en="chair"),
        "recorder": FormRow(zh="记录人", en="recorder"),
        "content": FormRow(zh="活动内容", en="what was done"),
        "speeches": FormRow(zh="成员发言", en="what each member said"),
        "tools": FormRow(zh="应用的QC工具", en="QC tools used", required=False),
        "conclusion": FormRow(zh="结论及下一步", en="conclusion, and what comes next"),
        "attachments": FormRow(zh="附件", en="attachments", required=False),
    }
)
"""The form, line by line, in its order. Source: R-36, B2."""


def missing(record: ActivityRecord) -> tuple[str, ...]:
    """The required fields of the form that are empty, in the form's order. Source: R-36.

    >>> from datetime import date
    >>> from custmaster.circle.kinds import Step
    >>> missing(ActivityRecord(number="A-1", topic="T-1", sequence=1, on=date(2026, 3, 5), step=Step.PLAN))
    ('place', 'attending', 'chair', 'recorder', 'content', 'speeches', 'conclusion')
    """
    return tuple(name for name, row in RECORD_FORM.items() if row.required and _empty(getattr(record, name)))


def _empty(value: object) -> bool:
    return value == () or (isinstance(value, str) and not value.strip())


def silent(record: ActivityRecord) -> tuple[str, ...]:
    """The staff numbers of those who were there and of whom no speech stands in the record. Source: R-37 (1)."""
    spoken = {one.staff for one in record.speeches if one.said.strip()}
    return tuple(staff for staff in record.attending if staff not in spoken)


def is_complete(record: ActivityRecord) -> bool:
    """Whether every required field is filled and every attending member's speech stands in it. Source: R-36, R-37 (1)."""
    return not missing(record) and not silent(record)


# --- what must hold for an activity to count ------------------------------------------------------------------------------


def record_is_filled(record: ActivityRecord, topic: Topic) -> Reason | None:
    """Every required field of the form is filled."""
    empty = missing(record)
    return ground(CircleCode.RECORD_INCOMPLETE, record.number, {"fields": ", ".join(empty)}) if empty else None


def everyone_speaks(record: ActivityRecord, topic: Topic) -> Reason | None:
    """The speech of every attending member stands in the record."""
    quiet = silent(record)
    return ground(CircleCode.SPEECH_MISSING, record.number, {"staff": ", ".join(quiet)}) if quiet else None


def activity_is_of_the_topic(record: ActivityRecord, topic: Topic) -> Reason | None:
    """The record names this topic."""
    if record.topic == topic.number:
        return None
    return ground(CircleCode.ACTIVITY_OF_OTHER_TOPIC, record.number, {"topic": topic.number, "other": record.topic})


def topic_was_registered_before(record: ActivityRecord, topic: Topic) -> Reason | None:
    """The topic was registered on the day of the activity or before."""
    if topic.registered_on is None:
        return ground(CircleCode.TOPIC_NOT_REGISTERED, topic.number)
    if topic.registered_on <= record.on:
        return None
    return ground(CircleCode.ACTIVITY_BEFORE_REGISTRATION, record.number, {"registered": topic.registered_on})


def topic_had_not_ended(record: ActivityRecord, topic: Topic) -> Reason | None:
    """The topic was neither filed nor closed before the day of the activity."""
    ended = topic.ended_on
    if ended is None or record.on <= ended:
        return None
    return ground(CircleCode.ACTIVITY_AFTER_END, record.number, {"ended": ended})


COUNTING_RULES: Final[tuple[Callable[[ActivityRecord, Topic], Reason | None], ...]] = (
    activity_is_of_the_topic,
    topic_was_registered_before,
    topic_had_not_ended,
    record_is_filled,
    everyone_speaks,
)
"""What must hold for an activity to count, in the order of the reasons. Source: R-29, R-33, R-36, R-37 (1)."""


def judge_counting(record: ActivityRecord, topic: Topic) -> tuple[Reason, ...]:
    """Every reason for which the activity does not count for the topic; none when it counts."""
    found = (rule(record, topic) for rule in COUNTING_RULES)
    return tuple(reason for reason in found if reason is not None)


def counts(record: ActivityRecord, topic: Topic) -> bool:
    """Whether the activity counts for the topic."""
    return not judge_counting(record, topic)


def counting(records: Iterable[ActivityRecord], topic: Topic) -> tuple[ActivityRecord, ...]:
    """The activities that count for the topic, by day, then by number; whatever order they came in."""
    return tuple(sorted((one for one in records if counts(one, topic)), key=lambda one: (one.on, one.number)))


def judge_attendance(record: ActivityRecord, circle: Circle) -> tuple[Reason, ...]:
    """Who was there and is no member on the day, and which members are named neither as there nor as absent; warnings. Source: R-28, R-36 (应到/实到)."""
    members = {one.staff for one in circle.members_on(record.on)}
    strangers = [staff for staff in record.attending if staff not in members]
    named = {*record.attending, *(one.staff for one in record.absences)}
    untold = sorted(members - named)
    reasons = ((CircleCode.NOT_A_MEMBER, strangers), (CircleCode.MEMBER_UNACCOUNTED, untold))
    return tuple(ground(code, record.number, {"staff": ", ".join(staff)}) for code, staff in reasons if staff)
