"""What happens to customers: single events, and whole histories that the lifecycle takes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.customer.children import NamedAs
from custmaster.customer.events import (
    TRANSITIONS,
    Absorbed,
    Added,
    Amended,
    Child,
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
    evolve,
)
from custmaster.customer.kinds import NameUsage
from custmaster.customer.moves import ChildMove
from custmaster.customer.record import Customer
from custmaster.testing import _children as children
from custmaster.testing._customers import customer_numbers
from custmaster.testing._grade import Grade
from custmaster.testing._records import days
from custmaster.testing._sealed_values import names
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex

__all__ = ["amendments", "corrections", "customer_events", "histories", "openings", "record_children"]

_FIRST_DAYS: Final = days(min_value=date(2005, 1, 1), max_value=date(2020, 12, 31))
_DAYS_ON: Final = st.integers(0, 400)
_ACTORS: Final = st.integers(0, 9999).map(lambda number: f"S-{number:04}")
_STEPS: Final = st.integers(0, 6)
_NUMBERS: Final = customer_numbers()
_OTHERS: Final = children.other_customers()
_FORMER_NAMES: Final = st.builds(NamedAs, name=names(), usage=st.just(NameUsage.FORMER))
_CHILDREN: Final[SearchStrategy[Child]] = st.one_of(
    _FORMER_NAMES,
    children.described(PartyKind.PERSON, Grade.VALID),
    children.notes(Grade.VALID),
    children.roles(),
    children.related(PartyKind.PERSON),
    children.risk_tolerances(),
    children.aml_ratings(),
)
_REQUESTS: Final = st.integers(1, 999_999).map(lambda number: f"T-{number}")
_TEXTS: Final = st.none() | st.sampled_from(("CHN", "HKG", "K-1", "K-2"))
_DAYS_OR_NOT: Final = st.none() | days()
_CORRECTIONS: Final[tuple[tuple[CoreField, SearchStrategy[Any]], ...]] = (
    (CoreField.SEX, st.none() | st.sampled_from(Sex)),
    (CoreField.BIRTH_DATE, _DAYS_OR_NOT),
    (CoreField.OPENED_ON, _DAYS_OR_NOT),
    (CoreField.NATIONALITY, _TEXTS),
    (CoreField.SOURCE_KEY, _TEXTS),
    (CoreField.UNIT, st.none() | children.unit_details(Grade.VALID)),
)
_SEXES: Final = st.none() | st.sampled_from(Sex)


def record_children() -> SearchStrategy[Child]:
    """Children of a person that never contradict the rest of a record: former names, notes, roles, relationships, ratings."""
    return _CHILDREN


def _happened(draw: DrawFn, on: date, at: int) -> dict[str, Any]:
    return {"on": on, "actor": draw(_ACTORS), "request_id": f"T-{at}"}


def _opened(draw: DrawFn, on: date) -> Opened:
    named = [NamedAs(name=draw(names()))]
    customer = Customer(number=draw(_NUMBERS), kind=PartyKind.PERSON, names=named, roles=[draw(children.roles())])
    return Opened(customer=customer, **_happened(draw, on, 0))


def _event(draw: DrawFn, kind: type[object], customer: Customer, happened: dict[str, Any]) -> CustomerEvent:
    """An event of this kind that the record takes; it has a role at least."""
    said: dict[str, Any] = happened | {"number": customer.number}
    child = customer.roles[0]
    if kind is Added:
        return Added(child=draw(_CHILDREN), **said)
    if kind is Amended:
        return Amended(child=child, becomes=draw(children.roles()), **said)
    if kind is Ended:
        start = child.valid.start or date(1990, 1, 1)
        return Ended(child=child, end=start + timedelta(days=1 + draw(_DAYS_ON)), **said)
    if kind is Corrected:
        return Corrected(field=CoreField.SEX, value=draw(_SEXES), **said)
    if kind in (Merged, Absorbed, Released):
        return _merging(draw, kind, customer, said)
    plain: dict[type[object], type[Deleted | Reactivated | Unmerged]] = {
        Deleted: Deleted,
        Reactivated: Reactivated,
        Unmerged: Unmerged,
    }
    return plain[kind](**said)


def _merging(draw: DrawFn, kind: type[object], customer: Customer, said: dict[str, Any]) -> CustomerEvent:
    """An event of either side of a merge; what is given back is the last note, if there is one."""
    other = draw(_OTHERS)
    if kind is Merged:
        return Merged(into=other, **said)
    if kind is Absorbed:
        note = draw(children.notes(Grade.VALID))
        return Absorbed(absorbed=other, children=[ChildMove(after=note, place=len(customer.notes))], **said)
    last = [ChildMove(after=note, place=place) for place, note in enumerate(customer.notes)][-1:]
    return Released(absorbed=other, children=last, **said)


@st.composite
def _history(draw: DrawFn, least: int) -> tuple[CustomerEvent, ...]:
    on = draw(_FIRST_DAYS)
    events: list[CustomerEvent] = [_opened(draw, on)]
    customer = evolve(None, events[0])
    for at in range(1, 1 + max(least - 1, draw(_STEPS))):
        on += timedelta(days=draw(_DAYS_ON))
        kind = draw(st.sampled_from(sorted(TRANSITIONS[customer.status], key=lambda event: event.__name__)))
        event = _event(draw, kind, customer, _happened(draw, on, at))
        customer = evolve(customer, event)
        events.append(event)
    return tuple(events)


def histories() -> SearchStrategy[tuple[CustomerEvent, ...]]:
    """What happened to one customer, from Opened on, in the order of the days; `evolve` takes every event in turn.

    >>> from hypothesis import find
    >>> [type(event).__name__ for event in find(histories(), lambda events: True)]
    ['Opened']
    """
    return _history(1)


@st.composite
def _any_event(draw: DrawFn) -> CustomerEvent:
    return draw(st.sampled_from(draw(_history(2))))


def customer_events() -> SearchStrategy[CustomerEvent]:
    """Single events of every kind, each out of a history."""
    return _any_event()


def openings() -> SearchStrategy[Opened]:
    """Openings of persons with a name and a role."""
    return _opening()


@st.composite
def _opening(draw: DrawFn) -> Opened:
    return _opened(draw, draw(_FIRST_DAYS))


def amendments() -> SearchStrategy[Amended]:
    """Roles that were recorded wrongly, and what they become."""
    role = children.roles()
    return st.builds(
        Amended, number=_NUMBERS, on=_FIRST_DAYS, actor=_ACTORS, request_id=_REQUESTS, child=role, becomes=role
    )


@st.composite
def _correction(draw: DrawFn) -> Corrected:
    field, values = draw(st.sampled_from(_CORRECTIONS))
    said: dict[str, Any] = {"number": draw(_NUMBERS), "on": draw(_FIRST_DAYS), "actor": draw(_ACTORS)}
    return Corrected(field=field, value=draw(values), request_id=draw(_REQUESTS), **said)


def corrections() -> SearchStrategy[Corrected]:
    """Corrections of every core field, or its emptying."""
    return _correction()
