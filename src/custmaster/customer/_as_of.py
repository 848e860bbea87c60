"""A record as it held on one day: what was valid, and nothing that began later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

import attrs

from custmaster.customer.children import Closed, Held, Residing
from custmaster.customer.kinds import Status
from custmaster.customer.unit import BeneficialOwner, Representative
from custmaster.value.document import IdentityDocument
from custmaster.value.span import Span

if TYPE_CHECKING:
    from custmaster.customer.record import Customer

__all__ = ["seen_on"]


class _Timed(Protocol):
    @property
    def valid(self) -> Span: ...


T = TypeVar("T", bound=_Timed)
P = TypeVar("P", Representative, BeneficialOwner)


def seen_on(customer: Customer, day: date) -> Customer:
    """The customer as of the day."""
    state = _state(customer, day)
    return attrs.evolve(
        customer,
        status=state.status,
        merged_into=state.into,
        closed_on=state.valid.start,
        opened_on=customer.opened_on if _begun(customer.opened_on, day) else None,
        names=_valid(customer.names, day),
        documents=_held(customer.documents, day),
        addresses=tuple(_used(residing, day) for residing in _valid(customer.addresses, day)),
        contacts=_valid(customer.contacts, day),
        described=_valid(customer.described, day),
        notes=_valid(customer.notes, day),
        roles=_valid(customer.roles, day),
        relationships=_valid(customer.relationships, day),
        risk=tuple(risk for risk in _valid(customer.risk, day) if risk.assessed_on <= day),
        aml=tuple(rating for rating in _valid(customer.aml, day) if rating.rated_on <= day),
        representatives=tuple(_shown(person, day) for person in _valid(customer.representatives, day)),
        owners=tuple(_shown(person, day) for person in _valid(customer.owners, day)),
        closures=tuple(
            closed for closed in customer.closures if closed.valid.end is not None and closed.valid.end <= day
        ),
        requests=(),
    )


class _State:
    """Status, survivor and days of the state on a day; a plain holder, since an active state is no Closed."""

    __slots__ = ("into", "status", "valid")

    def __init__(self, status: Status, into: str | None, valid: Span) -> None:
        self.status = status
        self.into = into
        self.valid = valid


def _state(customer: Customer, day: date) -> _State:
    over: Closed | None = next((closed for closed in customer.closures if closed.valid.contains(day)), None)
    if over is not None:
        return _State(over.status, over.into, over.valid)
    if customer.status is Status.ACTIVE or not _begun(customer.closed_on, day):
        return _State(Status.ACTIVE, None, Span())
    return _State(customer.status, customer.merged_into, Span(customer.closed_on))


def _begun(start: date | None, day: date) -> bool:
    return start is None or start <= day


def _valid(children: Iterable[T], day: date) -> tuple[T, ...]:
    return tuple(child for child in children if child.valid.contains(day))


def _issued(document: IdentityDocument | None, day: date) -> bool:
    return document is None or _begun(document.issued_on, day)


def _held(documents: Iterable[Held], day: date) -> tuple[Held, ...]:
    return tuple(held for held in _valid(documents, day) if _issued(held.document, day))


def _used(residing: Residing, day: date) -> Residing:
    current = _valid(residing.usages, day)
    return residing if len(current) == len(residing.usages) else attrs.evolve(residing, usages=current)


def _shown(person: P, day: date) -> P:
    return person if _issued(person.document, day) else attrs.evolve(person, document=None)
