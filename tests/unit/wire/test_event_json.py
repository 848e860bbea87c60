from __future__ import annotations

from typing import Any

import pytest

from custmaster.customer.events import Child, CoreField, Corrected, CustomerEvent
from custmaster.decision import Decision
from custmaster.errors import Fault, InvalidValue
from custmaster.value.sex import Sex
from custmaster.wire import structure_event, unstructure_event
from custmaster.wire.records import DECISIONS, EVENTS, TAGS

HEAD: dict[str, Any] = {"schema": 1, "on": "2026-11-23", "actor": "S-0042", "request_id": "T-1", "number": "6000000001"}


def faults_of(data: Any) -> dict[str, Fault]:
    with pytest.raises(ExceptionGroup) as caught:
        structure_event(data)
    return {fault.path: fault.fault for fault in caught.value.exceptions if isinstance(fault, InvalidValue)}


def test_every_event_every_child_and_every_decision_has_its_name() -> None:
    assert set(EVENTS.values()) == set(CustomerEvent.__args__)
    assert set(Child.__args__) <= set(TAGS)
    assert set(DECISIONS.values()) == set(Decision.__args__)
    assert len(set(TAGS.values())) == len(TAGS)


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ({"event": "DELETED", "by": 1}, {"by": Fault.UNKNOWN_FIELD}),
        ({"event": "VANISHED"}, {"event": Fault.UNKNOWN_CODE}),
        ({"event": ["DELETED"]}, {"event": Fault.UNKNOWN_CODE}),
        ({}, {"event": Fault.MISSING}),
        ({"event": "MERGED"}, {"into": Fault.MISSING}),
        ({"event": "ADDED", "child": {"name": {"name": 5}}}, {"child.name.name": Fault.TYPE}),
        ({"event": "ADDED", "child": {"loan": {}}}, {"child.loan": Fault.UNKNOWN_FIELD}),
        ({"event": "ADDED", "child": {}}, {"child": Fault.TYPE}),
        ({"event": "ENDED", "child": {"note": {"key": "a", "text": "b"}}, "end": 5}, {"end": Fault.TYPE}),
        (
            {"event": "AMENDED", "child": {"name": {"name": "a"}}, "becomes": {"note": {"key": "a", "text": "b"}}},
            {"becomes": Fault.TYPE},
        ),
        ({"event": "CORRECTED", "field": "sex", "value": "1949-12-31"}, {"value": Fault.UNKNOWN_CODE}),
        ({"event": "CORRECTED", "field": "birth_date", "value": "MALE"}, {"value": Fault.DATE}),
        ({"event": "CORRECTED", "field": "sex"}, {"value": Fault.MISSING}),
        ({"event": "CORRECTED", "field": "number", "value": "1"}, {"field": Fault.UNKNOWN_CODE}),
        ({"event": "CORRECTED", "value": None}, {"field": Fault.MISSING}),
        ({"event": "DELETED", "schema": 2}, {"schema": Fault.RANGE}),
    ],
)
def test_a_fault_of_an_event_is_named(data: dict[str, Any], faults: dict[str, Fault]) -> None:
    assert faults_of(HEAD | data) == faults


def test_the_customer_in_an_event_tells_its_own_version() -> None:
    head = {name: value for name, value in HEAD.items() if name != "number"} | {"event": "OPENED"}
    customer: dict[str, Any] = {"schema": 1, "number": "6000000001", "kind": "PERSON"}
    assert unstructure_event(structure_event(head | {"customer": customer})) == head | {"customer": customer}
    assert faults_of(head | {"customer": customer | {"schema": 2}}) == {"customer.schema": Fault.RANGE}
    assert faults_of(head | {"customer": customer | {"credit_limit": 1}}) == {
        "customer.credit_limit": Fault.UNKNOWN_FIELD
    }
    closed = customer | {"status": "DELETED"}
    assert faults_of(head | {"customer": closed}) == {"customer.status": Fault.CONFLICT}


def test_a_correction_is_read_by_its_field() -> None:
    event = structure_event(HEAD | {"event": "CORRECTED", "field": "sex", "value": "MALE"})
    assert isinstance(event, Corrected)
    assert (event.field, event.value) == (CoreField.SEX, Sex.MALE)


@pytest.mark.parametrize("data", [None, [], "DELETED", 5])
def test_what_is_no_object_is_refused(data: Any) -> None:
    assert faults_of(data) == {"": Fault.TYPE}
