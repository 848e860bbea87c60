"""Circles, topics, their records and their events as JSON, both ways; what holds for customers (see `records`) holds here too.

**Speeches, contents, conclusions and reasons are written in clear text.** A decision about circles is written and read by
`decision_to_json` and `decision_from_json`, as every other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, cast

from custmaster.circle.activity import ActivityRecord
from custmaster.circle.circle import Circle
from custmaster.circle.events import (
    ActEntered,
    ActivityRecorded,
    CheckEntered,
    CheckMet,
    CheckNotMet,
    CircleClosed,
    CircleEvaluated,
    CircleEvent,
    CircleFounded,
    DoEntered,
    MembersChanged,
    OriginalAdded,
    PauseExplained,
    PlanEntered,
    ResultsCompiled,
    ResultsFiled,
    TopicAmended,
    TopicClosed,
    TopicEvent,
    TopicRegistered,
)
from custmaster.circle.exceptions import LeaderDecision
from custmaster.circle.project import Project
from custmaster.circle.support import SupportRequest
from custmaster.circle.topic import Topic
from custmaster.wire._codec import Codec
from custmaster.wire._compiler import Compiler, chosen
from custmaster.wire._json import parsed, structured, written
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = [
    "CIRCLE_EVENTS",
    "activity_from_json",
    "activity_to_json",
    "circle_event_codec",
    "circle_event_from_json",
    "circle_event_to_json",
    "circle_from_json",
    "circle_to_json",
    "leader_decision_from_json",
    "leader_decision_to_json",
    "project_from_json",
    "project_to_json",
    "support_request_from_json",
    "support_request_to_json",
    "topic_from_json",
    "topic_to_json",
]

CIRCLE_EVENTS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {
        "CIRCLE_FOUNDED": CircleFounded,
        "MEMBERS_CHANGED": MembersChanged,
        "CIRCLE_EVALUATED": CircleEvaluated,
        "CIRCLE_CLOSED": CircleClosed,
        "TOPIC_REGISTERED": TopicRegistered,
        "TOPIC_AMENDED": TopicAmended,
        "PLAN_ENTERED": PlanEntered,
        "DO_ENTERED": DoEntered,
        "CHECK_ENTERED": CheckEntered,
        "CHECK_MET": CheckMet,
        "CHECK_NOT_MET": CheckNotMet,
        "ACT_ENTERED": ActEntered,
        "ACTIVITY_RECORDED": ActivityRecorded,
        "PAUSE_EXPLAINED": PauseExplained,
        "ORIGINAL_ADDED": OriginalAdded,
        "RESULTS_COMPILED": ResultsCompiled,
        "RESULTS_FILED": ResultsFiled,
        "TOPIC_CLOSED": TopicClosed,
    }
)
"""The name of each event on the wire."""

_RECORDS: Final[Mapping[type[Any], Form]] = MappingProxyType(
    {
        Circle: Form.CIRCLE,
        Topic: Form.TOPIC,
        ActivityRecord: Form.ACTIVITY,
        Project: Form.PROJECT,
        SupportRequest: Form.SUPPORT_REQUEST,
        LeaderDecision: Form.LEADER_DECISION,
    }
)


@cache
def _codec(kind: type[Any]) -> Codec:
    form = _RECORDS[kind]
    return versioned(Compiler({}, {}).codec(kind), CURRENT[form], UPCASTERS[form], carried=True)


@cache
def circle_event_codec() -> Codec:
    """The codec of events on circles and topics, for the forms that hold some."""
    compiler = Compiler({kind: _codec(kind) for kind in (Circle, Topic, ActivityRecord)}, {})
    codecs = {name: compiler.codec(kind) for name, kind in CIRCLE_EVENTS.items()}
    inner = chosen("event", codecs, {kind: name for name, kind in CIRCLE_EVENTS.items()})
    return versioned(inner, CURRENT[Form.CIRCLE_EVENT], UPCASTERS[Form.CIRCLE_EVENT], carried=True)


def circle_to_json(circle: Circle) -> bytes:
    """The circle as JSON in UTF-8. Errors: CustmasterError for a record of another schema than today's."""
    return written(_codec(Circle).write(circle))


def circle_from_json(data: bytes | str) -> Circle:
    """The circle that the JSON text says. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path.

    >>> try:
    ...     circle_from_json('{"schema": 1, "number": "QC-01", "name": 7, "kind": "CHOIR", "centre": "C-1"}')
    ... except ExceptionGroup as problem:
    ...     [(fault.path, str(fault.fault)) for fault in problem.exceptions]
    [('name', 'TYPE'), ('kind', 'UNKNOWN_CODE'), ('founded_on', 'MISSING')]
    """
    return cast("Circle", structured(_codec(Circle), parsed(data), "circle"))


def topic_to_json(topic: Topic) -> bytes:
    """The topic as JSON in UTF-8, with its explanations in clear text; errors as `circle_to_json`."""
    return written(_codec(Topic).write(topic))


def topic_from_json(data: bytes | str) -> Topic:
    """The topic that the JSON text says; errors as `circle_from_json`."""
    return cast("Topic", structured(_codec(Topic), parsed(data), "topic"))


def activity_to_json(record: ActivityRecord) -> bytes:
    """The record as JSON in UTF-8, with its speeches in clear text; errors as `circle_to_json`.

    >>> from datetime import date
    >>> from custmaster.circle import Step
    >>> activity_to_json(ActivityRecord(number="A-1", topic="T-1", sequence=1, on=date(2026, 3, 5), step=Step.PLAN))
    b'{"schema":1,"number":"A-1","topic":"T-1","sequence":1,"on":"2026-03-05","step":"PLAN"}'
    """
    return written(_codec(ActivityRecord).write(record))


def activity_from_json(data: bytes | str) -> ActivityRecord:
    """The record that the JSON text says; errors as `circle_from_json`."""
    return cast("ActivityRecord", structured(_codec(ActivityRecord), parsed(data), "activity"))


def project_to_json(project: Project) -> bytes:
    """The project as JSON in UTF-8; errors as `circle_to_json`."""
    return written(_codec(Project).write(project))


def project_from_json(data: bytes | str) -> Project:
    """The project that the JSON text says; errors as `circle_from_json`."""
    return cast("Project", structured(_codec(Project), parsed(data), "project"))


def support_request_to_json(request: SupportRequest) -> bytes:
    """The request for support as JSON in UTF-8; errors as `circle_to_json`."""
    return written(_codec(SupportRequest).write(request))


def support_request_from_json(data: bytes | str) -> SupportRequest:
    """The request that the JSON text says; errors as `circle_from_json`."""
    return cast("SupportRequest", structured(_codec(SupportRequest), parsed(data), "support_request"))


def leader_decision_to_json(decision: LeaderDecision) -> bytes:
    """The leader's decision as JSON in UTF-8; errors as `circle_to_json`."""
    return written(_codec(LeaderDecision).write(decision))


def leader_decision_from_json(data: bytes | str) -> LeaderDecision:
    """The leader's decision that the JSON text says; errors as `circle_from_json`."""
    return cast("LeaderDecision", structured(_codec(LeaderDecision), parsed(data), "leader_decision"))


def circle_event_to_json(event: CircleEvent | TopicEvent) -> bytes:
    """The event on a circle or a topic as JSON in UTF-8, with its kind under "event"; errors as `circle_to_json`.

    >>> from datetime import date
    >>> circle_event_to_json(CheckMet(on=date(2026, 6, 1), actor="S-1", request_id="R-1", number="T-1"))
    b'{"schema":1,"event":"CHECK_MET","on":"2026-06-01","actor":"S-1","request_id":"R-1","number":"T-1"}'
    """
    return written(circle_event_codec().write(event))


def circle_event_from_json(data: bytes | str) -> CircleEvent | TopicEvent:
    """The event that the JSON text says; errors as `circle_from_json`."""
    return cast("CircleEvent | TopicEvent", structured(circle_event_codec(), parsed(data), "event"))
