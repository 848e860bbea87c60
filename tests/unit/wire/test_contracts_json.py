from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from custmaster.contract import Contract, ContractCode, ContractEvent, ContractTerminated
from custmaster.customer.events import Deleted
from custmaster.decision import Allowed, Citation, Outcome, Reason, Refused
from custmaster.errors import CustmasterError, Fault
from custmaster.value.reference import PartnerReference
from custmaster.wire import (
    contract_event_from_json,
    contract_from_json,
    contract_to_json,
    decision_from_json,
    decision_to_json,
    structure_contract,
    unstructure_contract,
)
from custmaster.wire.contracts import CONTRACT_EVENTS

DAY = date(2026, 11, 23)
CONTRACT = Contract(number="C1", product="0000000001", customer="6000000001", reference=PartnerReference("A123"))


def test_every_event_has_its_name() -> None:
    assert set(CONTRACT_EVENTS.values()) == set(get_args(ContractEvent))


def test_plain_data_is_read_and_written() -> None:
    assert structure_contract(unstructure_contract(CONTRACT)) == CONTRACT
    assert b'"reference":"A123"' in contract_to_json(CONTRACT)


def test_the_faults_of_a_contract_are_all_told_and_none_shows_a_value() -> None:
    text = '{"schema":1,"number":"C1","product":"0000000001","customer":"6000000001","state":"GONE","channels":"WEB"}'
    with pytest.raises(ExceptionGroup) as caught:
        contract_from_json(text)
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [
        ("state", Fault.UNKNOWN_CODE),
        ("channels", Fault.TYPE),
    ]
    assert "GONE" not in repr(caught.value)


def test_what_contradicts_itself_is_told_with_its_path() -> None:
    text = '{"schema":1,"number":"C 1","product":"0000000001","customer":"6000000001","ended_on":"2026-11-23"}'
    with pytest.raises(ExceptionGroup) as caught:
        contract_from_json(text)
    assert [one.path for one in caught.value.exceptions] == ["number", "ended_on"]


@pytest.mark.parametrize(("schema", "fault"), [("2", Fault.RANGE), ('"1"', Fault.TYPE)])
def test_another_version_is_refused(schema: str, fault: Fault) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        contract_event_from_json(f'{{"schema":{schema},"event":"CONTRACT_RESUMED","number":"C1"}}')
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [("schema", fault)]
    with pytest.raises(CustmasterError):
        contract_to_json(Contract(schema=2, number="C1", product="0000000001", customer="6000000001"))


def test_a_decision_carries_events_of_customers_and_of_contracts() -> None:
    head = {"on": DAY, "actor": "S-1", "request_id": "T-1"}
    ended = ContractTerminated(number="C1", **head)
    answer = Allowed(events=(ended, Deleted(number="6000000001", **head)), handbook="2026.1")
    assert decision_from_json(decision_to_json(answer)) == answer


def test_the_codes_of_contracts_are_read_without_naming_them() -> None:
    reason = Reason(code=ContractCode.CONTRACT_DUPLICATE, outcome=Outcome.REFUSED, citation=Citation(article="R-66"))
    answer = Refused(reasons=(reason,), handbook="2026.1")
    assert decision_from_json(decision_to_json(answer)) == answer


@pytest.mark.parametrize("event", ['{"schema":1,"event":"GONE"}', '{"schema":1,"event":5}', "5"])
def test_an_event_that_nobody_knows_is_told(event: str) -> None:
    with pytest.raises(ExceptionGroup):
        decision_from_json(f'{{"schema":2,"outcome":"ALLOWED","handbook":"1","events":[{event}]}}')
