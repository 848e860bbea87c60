"""Circles and topics as JSON: every event has its name, every fault is told, and none shows a value."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from custmaster.circle import (
    ActivityRecord,
    Circle,
    CircleClosed,
    CircleCode,
    CircleEvent,
    CircleKind,
    Speech,
    Step,
    TopicEvent,
    close_circle,
)
from custmaster.circle.grounds import ground
from custmaster.decision import Allowed, Occasion, Refused
from custmaster.errors import CustmasterError, Fault
from custmaster.handbook import default
from custmaster.wire import (
    activity_from_json,
    activity_to_json,
    circle_event_from_json,
    circle_from_json,
    circle_to_json,
    decision_from_json,
    decision_to_json,
    topic_from_json,
)
from custmaster.wire.circles import CIRCLE_EVENTS

DAY = date(2026, 3, 2)
CIRCLE = Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=DAY)


def test_every_event_has_its_name() -> None:
    assert set(CIRCLE_EVENTS.values()) == {*get_args(CircleEvent), *get_args(TopicEvent)}


def test_the_faults_of_a_record_are_all_told_and_none_shows_a_value() -> None:
    text = (
        '{"schema":1,"number":"A-1","topic":"T-1","sequence":0,"on":"2026-02-30","step":"SING","content":7,"mood":"x"}'
    )
    with pytest.raises(ExceptionGroup) as caught:
        activity_from_json(text)
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [
        ("on", Fault.DATE),
        ("step", Fault.UNKNOWN_CODE),
        ("content", Fault.TYPE),
        ("mood", Fault.UNKNOWN_FIELD),
    ]
    assert "SING" not in repr(caught.value)


def test_what_contradicts_itself_is_told_with_its_path() -> None:
    step = '{"step":"PLAN","on":"2026-03-02","met":true}'
    text = f'{{"schema":1,"number":"T","circle":"Q","title":"","type":"SERVICE","source":"GUIDED","steps":[{step}]}}'
    with pytest.raises(ExceptionGroup) as caught:
        topic_from_json(text)
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [("steps[0].met", Fault.CONFLICT)]


def test_speeches_are_written_in_clear_text() -> None:
    said = ActivityRecord(
        number="A-1", topic="T-1", sequence=1, on=DAY, step=Step.DO, speeches=[Speech(staff="S-1", said="同意")]
    )
    assert "同意".encode() in activity_to_json(said)


@pytest.mark.parametrize(("schema", "fault"), [("2", Fault.RANGE), ('"1"', Fault.TYPE)])
def test_another_version_is_refused(schema: str, fault: Fault) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        circle_from_json(f'{{"schema":{schema},"number":"QC-01"}}')
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [("schema", fault)]
    other = Circle(schema=2, number="QC-01", name="", kind=CircleKind.INDOOR, centre="C-1", founded_on=DAY)
    with pytest.raises(CustmasterError):
        circle_to_json(other)


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        circle_event_from_json('{"schema":1,"event":"CIRCLE_SANG"}')
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [("event", Fault.UNKNOWN_CODE)]


def test_a_decision_about_a_circle_goes_over_the_wire() -> None:
    occasion = Occasion(day=DAY, actor="S-9", request_id="R-1")
    answer = close_circle(CIRCLE, occasion, default().on(DAY))
    assert isinstance(answer, Allowed)
    assert isinstance(answer.events[0], CircleClosed)
    assert decision_from_json(decision_to_json(answer)) == answer


@pytest.mark.parametrize("code", list(CircleCode))
def test_every_code_goes_over_the_wire(code: CircleCode) -> None:
    refused = Refused(reasons=[ground(code, "T-1")], handbook="2026.1")
    assert decision_from_json(decision_to_json(refused)).reasons[0].code is code
