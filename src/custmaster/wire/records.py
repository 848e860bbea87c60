"""Customers, their events and decisions as JSON, both ways: the form in which a host stores records and hands them to other systems.

A record is an object with its `schema` number and the fields of its class; a field with its default is left out, fields stand in the order
of the class, the bytes of equal records are equal. Dates are YYYY-MM-DD, decimals texts, days of validity {"start": ..., "end": ...}; what
may be of several kinds says which: {"phone": ...}. **Sealed values are written as the text that they hold**: personal data in clear text.

Reading is strict: nothing is converted, unknown keys are refused (so is credit data, R-53), and every fault is told at once, as an
ExceptionGroup of InvalidValue with paths such as documents[1].valid, none of which holds or chains the data. With all parts sound, what
contradicts itself in the record as a whole is told in the same way. The `structure_...` functions take data that another parser read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final, cast

from custmaster.customer.children import (
    AmlRating,
    Described,
    Held,
    InRole,
    NamedAs,
    Noted,
    Reached,
    Related,
    Residing,
    RiskTolerance,
)
from custmaster.customer.events import (
    CORRECTABLE,
    Absorbed,
    Added,
    Amended,
    CoreField,
    Corrected,
    CustomerEvent,
    Deleted,
    Ended,
    Merged,
    Opened,
    Reactivated,
    Released,
    Unmerged,
)
from custmaster.customer.moves import FieldMove
from custmaster.customer.record import Customer
from custmaster.customer.unit import BeneficialOwner, Representative
from custmaster.decision import Allowed, Decision, Refused, Review
from custmaster.value.email import Email
from custmaster.value.phone import Phone
from custmaster.wire._codec import Codec, Faults, below, one_of
from custmaster.wire._compiler import Compiler, chosen
from custmaster.wire._json import parsed, structured, written
from custmaster.wire._reason_codes import REASON_CODES
from custmaster.wire._shapes import is_table
from custmaster.wire.circles import CIRCLE_EVENTS, circle_event_codec
from custmaster.wire.contracts import CONTRACT_EVENTS, contract_event_codec
from custmaster.wire.limits import LIMIT_EVENTS, limit_event_codec
from custmaster.wire.restrictions import RESTRICTION_EVENTS, restriction_event_codec
from custmaster.wire.rosters import ROSTER_EVENTS, roster_event_codec
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = [
    "customer_from_json",
    "customer_to_json",
    "decision_from_json",
    "decision_to_json",
    "event_from_json",
    "event_to_json",
    "structure_customer",
    "structure_decision",
    "structure_event",
    "unstructure_customer",
    "unstructure_decision",
    "unstructure_event",
]

TAGS: Final[Mapping[type[Any], str]] = {
    # one of several kinds: the key that says which
    Phone: "phone",
    Email: "email",
    NamedAs: "name",
    Held: "document",
    Residing: "address",
    Reached: "contact",
    Described: "described",
    Noted: "note",
    InRole: "role",
    Related: "relationship",
    RiskTolerance: "risk",
    AmlRating: "aml",
    Representative: "representative",
    BeneficialOwner: "owner",
}
EVENTS: Final[Mapping[str, type[Any]]] = {
    "OPENED": Opened,
    "ADDED": Added,
    "ENDED": Ended,
    "AMENDED": Amended,
    "CORRECTED": Corrected,
    "DELETED": Deleted,
    "REACTIVATED": Reactivated,
    "MERGED": Merged,
    "UNMERGED": Unmerged,
    "ABSORBED": Absorbed,
    "RELEASED": Released,
}
_ROOMS: Final[tuple[tuple[Mapping[str, type[Any]], Callable[[], Codec]], ...]] = (
    (CONTRACT_EVENTS, contract_event_codec),
    (CIRCLE_EVENTS, circle_event_codec),
    (RESTRICTION_EVENTS, restriction_event_codec),
    (LIMIT_EVENTS, limit_event_codec),
    (ROSTER_EVENTS, roster_event_codec),
)
DECISIONS: Final[Mapping[str, type[Any]]] = {"ALLOWED": Allowed, "REVIEW": Review, "REFUSED": Refused}


def by_field(compiler: Compiler, kind: type[Any], held: tuple[str, ...]) -> Codec:
    """The codec of a record with a core field's name under "field": what `held` are depends on the field."""
    kinds = {field.value: compiler.record(kind, dict.fromkeys(held, CORRECTABLE[field] | None)) for field in CoreField}
    names = compiler.codec(CoreField)

    def gather(data: Any, path: str, faults: Faults) -> Any:
        if is_table(data) and "field" in data and names.gather(data["field"], below(path, "field"), faults) is None:
            return None
        name = data.get("field", CoreField.SEX.value) if is_table(data) else CoreField.SEX.value
        return kinds[name].gather(data, path, faults)

    return Codec(
        read=lambda data: kinds[data["field"]].read(data),
        gather=gather,
        write=lambda value: kinds[value.field.value].write(value),
    )


def _stored(form: Form, inner: Codec, *, carried: bool) -> Codec:
    return versioned(inner, CURRENT[form], UPCASTERS[form], carried=carried)


@cache
def customer_codec() -> Codec:
    """The codec of a customer, for the forms that hold one."""
    return _stored(Form.CUSTOMER, Compiler({}, TAGS).codec(Customer), carried=True)


@cache
def _events() -> Codec:
    compiler = Compiler(
        {
            Customer: customer_codec(),
            FieldMove: by_field(Compiler({}, TAGS), FieldMove, ("before", "after")),
            Corrected: by_field(Compiler({}, TAGS), Corrected, ("value",)),
        },
        TAGS,
    )
    codecs = {name: compiler.codec(kind) for name, kind in EVENTS.items()}
    return _stored(Form.EVENT, chosen("event", codecs, {kind: name for name, kind in EVENTS.items()}), carried=True)


@cache
def _any_event() -> Codec:
    """The codec of what a decision may carry: events of customers, and of whatever else stands in `_ROOMS`."""
    customers = _events()
    others = {kind: codec() for kinds, codec in _ROOMS for kind in kinds.values()}
    named = {name: others[kind] for kinds, _ in _ROOMS for name, kind in kinds.items()}

    def of(data: Any) -> Codec:
        name = data.get("event") if is_table(data) else None
        return named.get(name, customers) if type(name) is str else customers

    def write(event: object) -> Any:
        return others.get(type(event), customers).write(event)

    return Codec(
        read=lambda data: of(data).read(data),
        gather=lambda data, path, faults: of(data).gather(data, path, faults),
        write=write,
    )


@cache
def _decisions(codes: tuple[type[StrEnum], ...]) -> Codec:
    members = one_of(member for kind in codes for member in kind)
    compiler = Compiler({object: _any_event(), StrEnum: members}, TAGS)
    codecs = {name: compiler.codec(kind) for name, kind in DECISIONS.items()}
    names = {kind: name for name, kind in DECISIONS.items()}
    return _stored(Form.DECISION, chosen("outcome", codecs, names), carried=False)


def customer_to_json(customer: Customer) -> bytes:
    """The record as JSON in UTF-8, in clear text. Errors: CustmasterError for a record of another schema than today's.

    >>> from custmaster.value.party import PartyKind
    >>> customer_to_json(Customer(number="6000000001", kind=PartyKind.PERSON))
    b'{"schema":1,"number":"6000000001","kind":"PERSON"}'
    """
    return written(unstructure_customer(customer))


def customer_from_json(data: bytes | str) -> Customer:
    """The customer that the JSON text says. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path.

    >>> try:
    ...     customer_from_json('{"schema": 1, "number": "6000000001", "kind": "PERSON", "credit_limit": 5, "sex": 1}')
    ... except ExceptionGroup as problem:
    ...     [(fault.path, str(fault.fault)) for fault in problem.exceptions]
    [('sex', 'TYPE'), ('credit_limit', 'UNKNOWN_FIELD')]
    """
    return structure_customer(parsed(data))


def structure_customer(data: Mapping[str, Any]) -> Customer:
    """The customer that the plain data says, from whatever parser; errors as `customer_from_json`.

    >>> structure_customer({"schema": 1, "number": "6000000001", "kind": "UNIT"}).kind
    <PartyKind.UNIT: 'UNIT'>
    """
    return cast("Customer", structured(customer_codec(), data, "customer"))


def unstructure_customer(customer: Customer) -> dict[str, Any]:
    """The record as plain data, in clear text, for the host's own writer; errors as `customer_to_json`."""
    return cast("dict[str, Any]", customer_codec().write(customer))


def event_to_json(event: CustomerEvent) -> bytes:
    """The event as JSON in UTF-8, in clear text, with its kind under "event"; errors as `customer_to_json`.

    >>> from datetime import date
    >>> event_to_json(Deleted(on=date(2026, 11, 23), actor="S-0042", request_id="T-1", number="6000000001"))
    b'{"schema":1,"event":"DELETED","on":"2026-11-23","actor":"S-0042","request_id":"T-1","number":"6000000001"}'
    """
    return written(unstructure_event(event))


def event_from_json(data: bytes | str) -> CustomerEvent:
    """The event that the JSON text says; errors as `customer_from_json`."""
    return structure_event(parsed(data))


def structure_event(data: Mapping[str, Any]) -> CustomerEvent:
    """The event that the plain data says, from whatever parser; errors as `customer_from_json`."""
    return cast("CustomerEvent", structured(_events(), data, "event"))


def unstructure_event(event: CustomerEvent) -> dict[str, Any]:
    """The event as plain data, in clear text, for the host's own writer; errors as `customer_to_json`."""
    return cast("dict[str, Any]", _events().write(event))


def decision_to_json(decision: Decision) -> bytes:
    """The decision as JSON in UTF-8, with its reasons, approvals and events; its kind stands under "outcome".

    >>> decision_to_json(Allowed(handbook="2026.1"))
    b'{"schema":2,"outcome":"ALLOWED","handbook":"2026.1"}'
    """
    return written(unstructure_decision(decision))


def decision_from_json(data: bytes | str, codes: tuple[type[StrEnum], ...] = REASON_CODES) -> Decision:
    """The decision that the JSON text says; `codes` are the enumerations of its reasons' codes. Errors as `customer_from_json`.

    >>> decision_from_json(decision_to_json(Allowed(handbook="2026.1"))).outcome
    <Outcome.ALLOWED: 'ALLOWED'>
    """
    return structure_decision(parsed(data), codes)


def structure_decision(data: Mapping[str, Any], codes: tuple[type[StrEnum], ...] = REASON_CODES) -> Decision:
    """The decision that the plain data says, from whatever parser; as `decision_from_json`."""
    return cast("Decision", structured(_decisions(codes), data, "decision"))


def unstructure_decision(decision: Decision) -> dict[str, Any]:
    """The decision as plain data, in clear text, for the host's own writer."""
    return cast("dict[str, Any]", _decisions(REASON_CODES).write(decision))
