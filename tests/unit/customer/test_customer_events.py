"""The lifecycle table and the fold of events into a record."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from custmaster.customer import Customer, InvalidRecord, Status, evolve
from custmaster.customer.children import Closed, Held, NamedAs, Noted, Related
from custmaster.customer.events import (
    CHILD_LISTS,
    CORRECTABLE,
    REQUESTS_KEPT,
    TRANSITIONS,
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
    Unmerged,
)
from custmaster.customer.kinds import RelationKind
from custmaster.customer.unit import UnitDetails
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.lifecycle import rowless, unreachable
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.value.span import Span

DAY, LATER, LATEST = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
HEAD = {"on": DAY, "actor": "S-1", "request_id": "T-2"}
NAME = NamedAs(name=Name("张伟"))
CUSTOMER = Customer(number="1", kind=PartyKind.PERSON, names=[NAME], requests=["T-1"])
EVENTS = CustomerEvent.__args__


def of(kind: type, **fields):
    return kind(**HEAD | {"number": "1"} | fields)


def test_the_lifecycle_is_total_and_every_state_is_reached() -> None:
    assert rowless(TRANSITIONS, Status) == ()
    assert unreachable(TRANSITIONS, Status.ACTIVE) == ()


def test_every_event_stands_in_the_table_or_opens() -> None:
    assert {kind for row in TRANSITIONS.values() for kind in row} | {Opened} == set(EVENTS)


def test_every_kind_of_child_has_its_list() -> None:
    assert set(CHILD_LISTS) == set(Child.__args__)
    assert set(CHILD_LISTS.values()) < set(Customer.__slots__)


def test_every_core_field_is_a_field_and_has_its_type() -> None:
    assert set(CORRECTABLE) == set(CoreField)
    assert set(CoreField) < set(Customer.__slots__)


def test_every_event_says_when_who_under_which_request_and_its_version() -> None:
    for kind in EVENTS:
        fields = attrs.fields_dict(kind)
        assert {"schema", "on", "actor", "request_id"} <= set(fields)
        assert fields["schema"].default == 1


def test_opening_remembers_the_request_and_the_day() -> None:
    opened = Opened(**HEAD, customer=Customer(number="1", kind=PartyKind.PERSON))
    customer = evolve(None, opened)
    assert (opened.number, customer.opened_on, customer.requests) == ("1", DAY, ("T-2",))
    stated = attrs.evolve(opened, customer=Customer(number="1", kind=PartyKind.PERSON, opened_on=date(2020, 1, 1)))
    assert evolve(None, stated).opened_on == date(2020, 1, 1)


def test_only_an_active_record_is_opened() -> None:
    with pytest.raises(InvalidValue) as caught:
        Opened(**HEAD, customer=Customer(number="1", kind=PartyKind.PERSON, status=Status.DELETED))
    assert (caught.value.fault, caught.value.path) == (Fault.CONFLICT, "customer.status")


def test_nobody_is_opened_twice() -> None:
    with pytest.raises(CustmasterError, match="that is there"):
        evolve(CUSTOMER, Opened(**HEAD, customer=CUSTOMER))


@pytest.mark.parametrize("customer", [None, Customer(number="2", kind=PartyKind.PERSON)])
def test_an_event_is_about_its_own_customer(customer) -> None:
    with pytest.raises(CustmasterError, match="not about this customer"):
        evolve(customer, of(Deleted))


def test_what_the_lifecycle_does_not_hold_is_a_bug() -> None:
    with pytest.raises(CustmasterError, match="Reactivated does not happen to a customer that is ACTIVE"):
        evolve(CUSTOMER, of(Reactivated))


def test_a_child_is_added_amended_and_ended() -> None:
    note, other = Noted(key="a", text="b"), Noted(key="a", text="c")
    added = evolve(CUSTOMER, of(Added, child=note))
    assert (added.notes, added.requests) == ((note,), ("T-1", "T-2"))
    amended = evolve(added, of(Amended, child=note, becomes=other))
    assert amended.notes == (other,)
    ended = evolve(amended, of(Ended, child=other, end=LATER))
    assert ended.notes[0].valid == Span(None, LATER)


def test_a_child_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(CustmasterError, match="no such child in notes"):
        evolve(CUSTOMER, of(Ended, child=Noted(key="a", text="b"), end=LATER))


def test_a_child_is_amended_to_one_of_its_kind() -> None:
    with pytest.raises(InvalidValue) as caught:
        of(Amended, child=NAME, becomes=Noted(key="a", text="b"))
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, "becomes")


def test_a_record_that_would_contradict_itself_does_not_come_into_being() -> None:
    myself = Related(to="1", kind=RelationKind.ASSOCIATED_WITH)
    with pytest.raises(InvalidRecord):
        evolve(CUSTOMER, of(Added, child=myself))


@pytest.mark.parametrize(
    ("field", "value"),
    [("sex", Sex.MALE), ("birth_date", date(1980, 5, 17)), ("nationality", "CHN"), ("birth_date", None)],
)
def test_a_core_field_is_corrected_and_not_shown(field, value) -> None:
    event = of(Corrected, field=CoreField(field), value=value)
    assert getattr(evolve(CUSTOMER, event), field) == value
    assert repr(value) not in repr(event)


@pytest.mark.parametrize(
    ("field", "value"), [("sex", "MALE"), ("birth_date", "1980-05-17"), ("unit", Sex.MALE), ("sex", UnitDetails())]
)
def test_a_core_field_takes_its_own_type(field, value) -> None:
    with pytest.raises(InvalidValue) as caught:
        of(Corrected, field=CoreField(field), value=value)
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, "value")


def test_removing_and_coming_back_keeps_number_and_children() -> None:
    gone = evolve(CUSTOMER, of(Deleted))
    assert (gone.status, gone.closed_on) == (Status.DELETED, DAY)
    back = evolve(gone, of(Reactivated, on=LATER, request_id="T-3"))
    assert back == attrs.evolve(
        CUSTOMER, closures=[Closed(status=Status.DELETED, valid=Span(DAY, LATER))], requests=("T-1", "T-2", "T-3")
    )
    assert back.as_of(DAY).status is Status.DELETED


def test_merging_and_its_undoing() -> None:
    merged = evolve(CUSTOMER, of(Merged, into="2"))
    assert (merged.status, merged.merged_into, merged.closed_on) == (Status.MERGED, "2", DAY)
    again = evolve(merged, of(Unmerged, on=LATER))
    assert (again.status, again.merged_into, again.closed_on) == (Status.ACTIVE, None, None)
    assert again.as_of(DAY).merged_into == "2"


def test_a_day_that_saw_both_ends_was_no_day_of_being_closed() -> None:
    assert evolve(evolve(CUSTOMER, of(Deleted)), of(Reactivated)).closures == ()


def test_an_unknown_day_of_closing_stays_open() -> None:
    gone = Customer(number="1", kind=PartyKind.PERSON, status=Status.DELETED)
    assert evolve(gone, of(Reactivated)).closures == (Closed(status=Status.DELETED, valid=Span(None, DAY)),)


def test_a_merged_customer_is_not_reactivated_and_a_deleted_one_not_merged() -> None:
    assert set(TRANSITIONS[Status.MERGED]) == {Unmerged}
    assert set(TRANSITIONS[Status.DELETED]) == {Reactivated}


def test_requests_are_remembered_once_and_the_oldest_forgotten_but_for_the_first() -> None:
    customer = CUSTOMER
    for place in range(REQUESTS_KEPT + 5):
        customer = evolve(customer, of(Corrected, field=CoreField.NATIONALITY, value="CHN", request_id=f"R-{place}"))
    assert (
        evolve(customer, of(Corrected, field=CoreField.SEX, value=None, request_id="R-50")).requests
        == customer.requests
    )
    assert customer.requests[0] == "T-1"
    assert customer.requests[1:] == tuple(f"R-{place}" for place in range(5, REQUESTS_KEPT + 5))


def test_a_document_is_ended_in_its_place() -> None:
    from custmaster.value.document import DocumentNumber, IdentityDocument
    from custmaster.value.document_types import DocumentType

    cards = [
        Held(document=IdentityDocument(type=DocumentType.OTHER_PERSON, number=DocumentNumber(number)))
        for number in "abc"
    ]
    customer = attrs.evolve(CUSTOMER, documents=cards)
    ended = evolve(customer, of(Ended, child=cards[1], end=LATEST)).documents
    assert [held.valid.end for held in ended] == [None, LATEST, None]
