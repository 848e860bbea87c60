"""What the strategies of customers promise, and laws that hold for whatever they make: as_of, fold, and the canary."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.customer.events import CustomerEvent, evolve
from custmaster.customer.judge import judge
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.customer.soundness import LISTS
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default
from custmaster.sim import FICTIONAL_DAY
from custmaster.testing import strategies as s
from custmaster.testing._near_customers import NEAR_RECORDS
from custmaster.testing.strategies import Grade, NearFault
from custmaster.value.fold import marks
from custmaster.value.party import PartyKind
from custmaster.wire.records import customer_from_json, customer_to_json, structure_customer

DAYS = s.days(min_value=date(1985, 1, 1), max_value=date(2040, 12, 31))
ANYBODY = s.customers() | s.customers(grade=Grade.HOSTILE)


def started(record: Customer, name: str) -> list[date]:
    children = getattr(record, name)
    days = [child.valid.start for child in children] if name != "requests" else []
    days += [child.assessed_on for child in children if name == "risk"]
    days += [child.rated_on for child in children if name == "aml"]
    days += [held.document.issued_on for held in children if name == "documents"]
    return [day for day in days if day is not None]


@given(customer=s.customers())
def test_a_valid_customer_is_well_formed_in_every_text(customer: Customer) -> None:
    assert not any(marks(named.name.reveal()) for named in customer.names)
    assert not any(held.document.faults() for held in customer.documents)
    assert not any(marks(place.address.reveal()) for place in customer.addresses)


@pytest.mark.parametrize("party", PartyKind)
@settings(max_examples=20)
@given(data=st.data())
def test_customers_of_one_party_are_asked_for(party: PartyKind, data: st.DataObject) -> None:
    assert {data.draw(s.customers(party=party, grade=grade)).kind for grade in Grade} == {party}


@given(customer=s.customers(grade=Grade.NEAR_VALID))
def test_the_fault_of_a_nearly_valid_customer_is_found(customer: Customer) -> None:
    page = default().on(FICTIONAL_DAY)
    assert judge(customer.entry(FICTIONAL_DAY), page=page, day=FICTIONAL_DAY)


@pytest.mark.parametrize("fault", NEAR_RECORDS)
@settings(max_examples=8)
@given(data=st.data())
def test_a_nearly_valid_record_is_refused_for_its_one_fault_and_no_other(fault: NearFault, data: st.DataObject) -> None:
    record = data.draw(s.near_valid_customers(only=fault))
    with pytest.raises(ExceptionGroup) as caught:
        structure_customer(record.data)
    assert [(each.path, each.fault) for each in caught.value.exceptions] == [(record.path, record.refused_as)]
    assert record.data["names"][0]["name"] not in str(caught.value.exceptions)


@given(customer=s.customers() | s.customers(grade=Grade.NEAR_VALID))
def test_every_customer_comes_back_from_json(customer: Customer) -> None:
    assert customer_from_json(customer_to_json(customer)) == customer


@given(customer=ANYBODY, day=DAYS)
def test_a_record_as_of_a_day_never_shows_what_began_after_it(customer: Customer, day: date) -> None:
    seen = customer.as_of(day)
    assert all(start <= day for name in LISTS for start in started(seen, name))
    assert all(use.valid.contains(day) for place in seen.addresses for use in place.usages)
    assert all(start is None or start <= day for start in (seen.opened_on, seen.closed_on))


@given(customer=ANYBODY, day=DAYS)
def test_a_record_as_of_a_day_is_so_seen_on_that_day_again(customer: Customer, day: date) -> None:
    seen = customer.as_of(day)
    assert seen.as_of(day) == seen
    assert (seen.number, seen.kind, seen.legal_name(day)) == (customer.number, customer.kind, customer.legal_name(day))


@given(events=s.histories())
def test_a_history_folds_into_a_record_of_one_number(events: tuple[CustomerEvent, ...]) -> None:
    records: list[Customer] = []
    for event in events:
        records.append(evolve(records[-1] if records else None, event))
    assert {record.number for record in records} == {events[0].number}
    assert reduce(evolve, events, None) == records[-1]


@given(events=s.histories(), day=DAYS)
def test_what_happens_after_a_day_does_not_change_its_state(events: tuple[CustomerEvent, ...], day: date) -> None:
    until = [event for event in events if event.on <= day]
    if not until:
        return
    then, now = (reduce(evolve, told, None) for told in (until, events))
    assert then is not None
    assert now is not None
    state, later = then.as_of(day), now.as_of(day)
    assert (state.status, state.merged_into) == (later.status, later.merged_into)


@given(customer=s.customers())
def test_no_customer_shows_its_texts(customer: Customer) -> None:
    shown = repr(customer)
    texts = [
        *(named.name.reveal() for named in customer.names),
        *(place.address.reveal() for place in customer.addresses),
    ]
    texts += [held.document.number.reveal() for held in customer.documents]
    texts += [note.text for note in customer.notes]
    assert not any(text in shown for text in texts if len(text) > 4 and text.isalnum() and not text.isdigit())


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (lambda: s.customers(grade="VALID"), "grade"),
        (lambda: s.customers(party="PERSON"), "party"),
        (lambda: s.near_valid_customers(only=NearFault.GAP), "only"),
        (lambda: s.same_person_pairs(only=s.LookAlike.TWINS), "only"),
        (lambda: s.look_alike_pairs(only="TWINS"), "only"),
    ],
)
def test_arguments_are_checked_early(make: object, path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        make()
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, path)


def test_every_kind_of_event_and_state_comes_up() -> None:
    kinds: set[type[object]] = set()
    states: set[Status] = set()

    @settings(max_examples=100, database=None)
    @given(s.histories(), s.customers())
    def collect(events: tuple[CustomerEvent, ...], customer: Customer) -> None:
        kinds.update(map(type, events))
        states.add(customer.status)

    collect()
    assert kinds == set(get_args(CustomerEvent))
    assert states == set(Status)
