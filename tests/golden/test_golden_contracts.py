"""Contracts and their events, as the first version wrote them: read for ever, and written in the same bytes today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import fields

from custmaster.contract import (
    Amendment,
    Authorisation,
    Contract,
    ContractActivated,
    ContractAmended,
    ContractChange,
    ContractExpired,
    ContractReassigned,
    ContractResumed,
    ContractSigned,
    ContractSuspended,
    ContractTerminated,
    ContractTransferred,
    Party,
    PartyRole,
    State,
    Term,
)
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.name import Name
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span
from custmaster.wire import contract_event_from_json, contract_event_to_json, contract_from_json, contract_to_json

HERE = Path(__file__).parent
DAY = date(2026, 11, 24)
HEAD: dict[str, Any] = {"on": DAY, "actor": "S-0042", "request_id": "T-1"}
WATER = Contract(
    number="C2026000001",
    product="0200000001",
    customer="6000000001",
    parties=[Party(number="6000000002", role=PartyRole.PAYER)],
    account=AccountNumber("6222000011112222"),
    card=CardNumber("6228000000000001"),
    vouchers=["V1", "V2"],
    organisation="W01",
    reference=PartnerReference("M7"),
    instance=PartnerReference("1"),
    channels=["*"],
    valid=Span(date(2026, 1, 1), date(2027, 1, 1)),
    authorisation=Authorisation(
        payee=Name("自来水公司"), purpose="水费", account=AccountNumber("6222000011112222"), cycle="每月", term=Span()
    ),
    terms=[
        Term(name="amount", value=Decimal("5000.00")),
        Term(name="count", value=3),
        Term(name="kind", value="DAY"),
        Term(name="since", value=DAY),
        Term(name="weekend", value=False),
    ],
    amendments=[Amendment(**HEAD, fields=["vouchers"], before=ContractChange(vouchers=["V1"]))],
    signed_on=date(2026, 1, 1),
    request_id="T-0",
)
PLAIN = Contract(number="C2", product="0300000001", customer="6000000001")
ENDED = Contract(number="C3", product="0300000002", customer="6000000001", state=State.TERMINATED, ended_on=DAY)
EVENTS = [
    ContractSigned(contract=WATER, **HEAD),
    ContractActivated(number="C2", **HEAD),
    ContractAmended(number="C2", change=ContractChange(terms=[], valid=Span(DAY)), **HEAD),
    ContractSuspended(number="C2", **HEAD),
    ContractResumed(number="C2", **HEAD),
    ContractTerminated(number="C2", **HEAD),
    ContractExpired(number="C2", **HEAD),
    ContractTransferred(number="C2", card=CardNumber("6228000000000002"), account=AccountNumber("1"), **HEAD),
    ContractReassigned(number="C2", customer="6000000001", becomes="6000000002", **HEAD),
]
FILES: list[tuple[str, list[Any], Callable[[Any], bytes], Callable[[bytes], Any]]] = [
    ("contracts.1.jsonl", [WATER, PLAIN, ENDED], contract_to_json, contract_from_json),
    ("contract_events.1.jsonl", EVENTS, contract_event_to_json, contract_event_from_json),
]


@pytest.mark.parametrize(("name", "values", "write", "read"), FILES, ids=[name for name, *_ in FILES])
def test_what_was_written_loads_and_is_written_alike(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    lines = (HERE / name).read_bytes().splitlines()
    assert [read(line) for line in lines] == values
    assert [write(value) for value in values] == lines


def test_every_field_stands_in_the_golden_file() -> None:
    text = (HERE / "contracts.1.jsonl").read_text(encoding="utf-8")
    assert [field.name for field in fields(Contract) if f'"{field.name}":' not in text] == []
