"""Contracts and their events as JSON, both ways; what holds for customers (see `records`) holds here too.

**Account numbers, card numbers and references are written in clear text.** A decision about contracts is written and read by
`decision_to_json` and `decision_from_json`, as every other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

from custmaster.contract.events import (
    ContractActivated,
    ContractAmended,
    ContractEvent,
    ContractExpired,
    ContractReassigned,
    ContractResumed,
    ContractSigned,
    ContractSuspended,
    ContractTerminated,
    ContractTransferred,
)
from custmaster.contract.record import Contract
from custmaster.wire._codec import Codec
from custmaster.wire._compiler import Compiler, chosen
from custmaster.wire._json import parsed, structured, written
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = [
    "CONTRACT_EVENTS",
    "contract_codec",
    "contract_event_codec",
    "contract_event_from_json",
    "contract_event_to_json",
    "contract_from_json",
    "contract_to_json",
    "structure_contract",
    "unstructure_contract",
]

CONTRACT_EVENTS: Final[Mapping[str, type[Any]]] = {
    "CONTRACT_SIGNED": ContractSigned,
    "CONTRACT_ACTIVATED": ContractActivated,
    "CONTRACT_AMENDED": ContractAmended,
    "CONTRACT_SUSPENDED": ContractSuspended,
    "CONTRACT_RESUMED": ContractResumed,
    "CONTRACT_TERMINATED": ContractTerminated,
    "CONTRACT_EXPIRED": ContractExpired,
    "CONTRACT_TRANSFERRED": ContractTransferred,
    "CONTRACT_REASSIGNED": ContractReassigned,
}


@cache
def contract_codec() -> Codec:
    """The codec of a contract, for the forms that hold one."""
    inner = Compiler({}, {}).codec(Contract)
    return versioned(inner, CURRENT[Form.CONTRACT], UPCASTERS[Form.CONTRACT], carried=True)


@cache
def contract_event_codec() -> Codec:
    """The codec of a contract's events, for the forms that hold some."""
    compiler = Compiler({Contract: contract_codec()}, {})
    codecs = {name: compiler.codec(kind) for name, kind in CONTRACT_EVENTS.items()}
    inner = chosen("event", codecs, {kind: name for name, kind in CONTRACT_EVENTS.items()})
    return versioned(inner, CURRENT[Form.CONTRACT_EVENT], UPCASTERS[Form.CONTRACT_EVENT], carried=True)


def contract_to_json(contract: Contract) -> bytes:
    """The record as JSON in UTF-8, in clear text. Errors: CustmasterError for a record of another schema than today's.

    >>> contract_to_json(Contract(number="C1", product="0000000001", customer="6000000001", channels=["*"]))
    b'{"schema":1,"number":"C1","product":"0000000001","customer":"6000000001","channels":["*"]}'
    """
    return written(unstructure_contract(contract))


def contract_from_json(data: bytes | str) -> Contract:
    """The contract that the JSON text says. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path.

    >>> try:
    ...     contract_from_json('{"schema": 1, "number": "C1", "product": 7, "customer": "6000000001", "owner": "x"}')
    ... except ExceptionGroup as problem:
    ...     [(fault.path, str(fault.fault)) for fault in problem.exceptions]
    [('product', 'TYPE'), ('owner', 'UNKNOWN_FIELD')]
    """
    return structure_contract(parsed(data))


def structure_contract(data: Mapping[str, Any]) -> Contract:
    """The contract that the plain data says, from whatever parser; errors as `contract_from_json`."""
    return cast("Contract", structured(contract_codec(), data, "contract"))


def unstructure_contract(contract: Contract) -> dict[str, Any]:
    """The record as plain data, in clear text, for the host's own writer; errors as `contract_to_json`."""
    return cast("dict[str, Any]", contract_codec().write(contract))


def contract_event_to_json(event: ContractEvent) -> bytes:
    """The event as JSON in UTF-8, in clear text, with its kind under "event"; errors as `contract_to_json`.

    >>> from datetime import date
    >>> contract_event_to_json(ContractTerminated(on=date(2026, 11, 23), actor="S-1", request_id="T-1", number="C1"))
    b'{"schema":1,"event":"CONTRACT_TERMINATED","on":"2026-11-23","actor":"S-1","request_id":"T-1","number":"C1"}'
    """
    return written(contract_event_codec().write(event))


def contract_event_from_json(data: bytes | str) -> ContractEvent:
    """The event that the JSON text says; errors as `contract_from_json`."""
    return cast("ContractEvent", structured(contract_event_codec(), parsed(data), "event"))
