"""What happens to a customer, and what the record is afterwards: typed events that other systems can consume (R-51).

The lifecycle (R-63: create, maintain, logical delete, logical reactivate) is the table TRANSITIONS; `evolve` folds one event into a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, assert_never, cast

import attrs
from attrs import frozen

from custmaster.customer.children import Closed
from custmaster.customer.kinds import Status
from custmaster.customer.moves import ChildMove, FieldMove, gained, given_back
from custmaster.customer.parts import CHILD_LISTS, CORRECTABLE, Child, CoreField, Correction
from custmaster.customer.record import Customer
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.lifecycle import NoSuchStep, step
from custmaster.value._happened import Happened
from custmaster.value.span import Span

__all__ = [
    "CHILD_LISTS",
    "CORRECTABLE",
    "REQUESTS_KEPT",
    "TRANSITIONS",
    "Absorbed",
    "Added",
    "Amended",
    "Child",
    "CoreField",
    "Corrected",
    "Correction",
    "CustomerEvent",
    "Deleted",
    "Ended",
    "Merged",
    "Opened",
    "Reactivated",
    "Released",
    "Unmerged",
    "ended",
    "evolve",
]

REQUESTS_KEPT: Final = 100
"""How many request ids a record remembers, beside the first: a technical bound, so that a record does not grow with its age."""


@frozen(kw_only=True)
class Opened(Happened):
    """A customer got its number. Errors: InvalidValue (CONFLICT) unless the record is active. Source: R-45 to R-47."""

    customer: Customer

    def __attrs_post_init__(self) -> None:
        if self.customer.status is not Status.ACTIVE:
            raise InvalidValue(Fault.CONFLICT, path="customer.status", remedy="a customer is opened active")

    @property
    def number(self) -> str:
        """The customer's number."""
        return self.customer.number


@frozen(kw_only=True)
class Added(Happened):
    """A child came to the record; its valid time says from when on."""

    number: str
    child: Child


@frozen(kw_only=True)
class Ended(Happened):
    """A child holds no longer: `end` is the first day on which it does not."""

    number: str
    child: Child
    end: date


@frozen(kw_only=True)
class Amended(Happened):
    """A child was recorded wrongly, and `becomes` stands in its place. Errors: InvalidValue (TYPE) for one of another kind."""

    number: str
    child: Child
    becomes: Child

    def __attrs_post_init__(self) -> None:
        if type(self.child) is not type(self.becomes):
            raise InvalidValue(Fault.TYPE, path="becomes", remedy="a child is amended to one of its own kind")


@frozen(kw_only=True)
class Corrected(Happened):
    """A core field was recorded wrongly. Errors: InvalidValue (TYPE) for a value that the field does not take."""

    number: str
    field: CoreField
    value: Correction = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        if self.value is not None and type(self.value) is not CORRECTABLE[self.field]:
            raise InvalidValue(Fault.TYPE, path="value", remedy=f"{self.field} is a {CORRECTABLE[self.field].__name__}")


@frozen(kw_only=True)
class Deleted(Happened):
    """The customer was logically deleted (逻辑删除); number and record stay. Source: R-63."""

    number: str


@frozen(kw_only=True)
class Reactivated(Happened):
    """A deleted customer is active again (逻辑激活), under its own number. Source: R-63."""

    number: str


@frozen(kw_only=True)
class Merged(Happened):
    """The customer was merged into another, which survives; its number stays as an alias. Source: B6."""

    number: str
    into: str


@frozen(kw_only=True)
class Unmerged(Happened):
    """A merge was undone (拆分): the customer stands alone again. Source: B6."""

    number: str


if TYPE_CHECKING:

    def _fields(values: Iterable[FieldMove]) -> tuple[FieldMove, ...]: ...

    def _children(values: Iterable[ChildMove]) -> tuple[ChildMove, ...]: ...

else:
    _fields = _children = tuple  # see customer/_lists.py


@frozen(kw_only=True)
class _Gains(Happened):
    """What both sides of a merge say of the survivor: who was absorbed, and what moved."""

    number: str
    absorbed: str
    fields: tuple[FieldMove, ...] = attrs.field(default=(), converter=_fields)
    children: tuple[ChildMove, ...] = attrs.field(default=(), converter=_children)


@frozen(kw_only=True)
class Absorbed(_Gains):
    """The customer took another one over, with what moved onto its record; the other one's own event is Merged. Source: B6."""


@frozen(kw_only=True)
class Released(_Gains):
    """A merge was undone (拆分): what had moved onto this record is taken back from it. Source: B6."""


CustomerEvent = (
    Opened | Added | Ended | Amended | Corrected | Deleted | Reactivated | Merged | Unmerged | Absorbed | Released
)
"""Every event on a customer, a closed union."""

_S = Status
TRANSITIONS: Final[Mapping[Status, Mapping[type[object], Status]]] = MappingProxyType(
    {
        _S.ACTIVE: {
            Added: _S.ACTIVE,
            Ended: _S.ACTIVE,
            Amended: _S.ACTIVE,
            Corrected: _S.ACTIVE,
            Deleted: _S.DELETED,
            Merged: _S.MERGED,
            Absorbed: _S.ACTIVE,
            Released: _S.ACTIVE,
        },
        _S.DELETED: {Reactivated: _S.ACTIVE},
        _S.MERGED: {Unmerged: _S.ACTIVE},
    }
)
"""The lifecycle of a customer; Opened begins it. A deleted customer is reactivated before anything else happens to it."""


def evolve(customer: Customer | None, event: CustomerEvent) -> Customer:
    """The record after the event; None is the record before the customer was opened.

    Errors: CustmasterError for what the lifecycle does not hold, another customer's event, or a child that is not there (the caller's
    bug: no `decide` emits such an event); InvalidRecord when the record would contradict itself. Source: the law of fold.

    >>> from custmaster.value.party import PartyKind
    >>> opened = Opened(
    ...     on=date(2026, 11, 23),
    ...     actor="S-0042",
    ...     request_id="T-1",
    ...     customer=Customer(number="6000000001", kind=PartyKind.PERSON),
    ... )
    >>> deleted = Deleted(on=date(2026, 11, 24), actor="S-0042", request_id="T-2", number="6000000001")
    >>> evolve(evolve(None, opened), deleted).status
    <Status.DELETED: 'DELETED'>
    """
    if isinstance(event, Opened):
        return _opened(customer, event)
    if customer is None or customer.number != event.number:
        raise CustmasterError(f"{type(event).__name__} is not about this customer")
    reached = step(TRANSITIONS, customer.status, event)
    if isinstance(reached, NoSuchStep):
        raise CustmasterError(f"{reached.event} does not happen to a customer that is {reached.state}")
    return _remember(_changed(customer, event), event.request_id)


def _opened(customer: Customer | None, event: Opened) -> Customer:
    if customer is not None:
        raise CustmasterError("Opened does not happen to a customer that is there")
    opened_on = event.customer.opened_on or event.on
    return _remember(attrs.evolve(event.customer, opened_on=opened_on), event.request_id)


def _remember(customer: Customer, request_id: str) -> Customer:
    if request_id in customer.requests:
        return customer
    kept = (*customer.requests, request_id)
    return attrs.evolve(customer, requests=(*kept[:1], *kept[1:][-REQUESTS_KEPT:]))


_Standing = Deleted | Reactivated | Merged | Unmerged


def _changed(
    customer: Customer, event: Added | Ended | Amended | Corrected | _Standing | Absorbed | Released
) -> Customer:
    match event:
        case Added():
            name = CHILD_LISTS[type(event.child)]
            return _with(customer, name, (*_list(customer, name), event.child))
        case Ended():
            return _replaced(customer, event.child, ended(event.child, event.end))
        case Amended():
            return _replaced(customer, event.child, event.becomes)
        case Corrected():
            return _with(customer, event.field, event.value)
        case Deleted() | Reactivated() | Merged() | Unmerged():
            return _standing(customer, event)
        case Absorbed() | Released():
            moved = gained if isinstance(event, Absorbed) else given_back
            return moved(customer, event.fields, event.children)
    assert_never(event)


def _standing(customer: Customer, event: _Standing) -> Customer:
    match event:
        case Deleted():
            return attrs.evolve(customer, status=Status.DELETED, closed_on=event.on)
        case Merged():
            return attrs.evolve(customer, status=Status.MERGED, merged_into=event.into, closed_on=event.on)
        case Reactivated() | Unmerged():
            return _open_again(customer, event.on)
    assert_never(event)


def ended(child: Child, end: date) -> Child:
    """The child with `end` as the first day on which it no longer holds. Errors: InvalidValue (ORDER) unless it held before."""
    return attrs.evolve(child, valid=Span(child.valid.start, end))


def _open_again(customer: Customer, on: date) -> Customer:
    closures = customer.closures
    if customer.closed_on is None or customer.closed_on < on:  # a day that saw both ends was no day of being closed
        closed = Closed(status=customer.status, into=customer.merged_into, valid=Span(customer.closed_on, on))
        closures = (*closures, closed)
    return attrs.evolve(customer, status=Status.ACTIVE, merged_into=None, closed_on=None, closures=closures)


def _list(customer: Customer, name: str) -> tuple[Child, ...]:
    return cast("tuple[Child, ...]", getattr(customer, name))


def _with(customer: Customer, name: str, value: object) -> Customer:
    changes = {name: value}
    return attrs.evolve(customer, **changes)  # type: ignore[arg-type]


def _replaced(customer: Customer, child: Child, becomes: Child) -> Customer:
    name = CHILD_LISTS[type(child)]
    children = _list(customer, name)
    if child not in children:
        raise CustmasterError(f"the record holds no such child in {name}")
    place = children.index(child)
    return _with(customer, name, (*children[:place], becomes, *children[place + 1 :]))
