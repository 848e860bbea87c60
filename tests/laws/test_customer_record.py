"""Laws of a customer's record: views of a day, the fold of events, numbers that stay, and no personal text in sight."""

from __future__ import annotations

import ast
import pprint
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custmaster.customer
from custmaster.customer import Customer, CustomerEvent, InvalidRecord, Status, evolve
from custmaster.customer.change import AddChild, AmendChild, Correct, EndChild, decide
from custmaster.customer.children import (
    AddressUse,
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
    CHILD_LISTS,
    TRANSITIONS,
    Added,
    CoreField,
    Corrected,
    Deleted,
    Merged,
    Opened,
    Reactivated,
    Unmerged,
)
from custmaster.customer.kinds import AddressUsage, AmlLevel, ContactUsage, NameUsage, RelationKind, RiskLevel, RoleKind
from custmaster.decision import Allowed, Occasion, Refused, Review
from custmaster.errors import CustmasterError
from custmaster.handbook import default
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

FIRST, LAST = date(2020, 1, 1), date(2020, 3, 1)
PAGE = default().on(date(2026, 11, 23))
days = st.dates(FIRST, LAST)
ends = st.none() | days
spans = st.tuples(ends, ends).filter(lambda pair: None in pair or pair[0] < pair[1]).map(lambda pair: Span(*pair))

documents = st.builds(
    IdentityDocument,
    type=st.sampled_from([DocumentType.RESIDENT_ID, DocumentType.CHINESE_PASSPORT, DocumentType.OTHER_PERSON]),
    number=st.sampled_from(["11010519491231002X", "440524188001010014", "E12345678"]).map(DocumentNumber),
    issued_on=ends,
    issuer=st.just("CANARY7391"),
)
CHILDREN: dict[str, st.SearchStrategy[Any]] = {
    "names": st.builds(
        NamedAs, name=st.sampled_from(["张7391伟", "李7391娜"]).map(Name), usage=st.sampled_from(NameUsage), valid=spans
    ),
    "documents": st.builds(Held, document=documents, primary=st.booleans(), valid=spans),
    "addresses": st.builds(
        Residing,
        address=st.just(Address("北京市海淀区CANARY7391路")),
        usages=st.lists(
            st.builds(AddressUse, usage=st.sampled_from(AddressUsage), preferred=st.booleans(), valid=spans), max_size=3
        ),
        valid=spans,
    ),
    "contacts": st.builds(Reached, contact=st.just(Phone("138739100001234")), preferred=st.booleans(), valid=spans)
    | st.builds(Reached, contact=st.just(Email("a@7391.example")), usage=st.just(ContactUsage.EMAIL), valid=spans),
    "described": st.builds(Described, occupation=st.just("CANARY7391"), marital=st.just("CANARY7391"), valid=spans),
    "notes": st.builds(Noted, key=st.just("a"), text=st.just("CANARY7391"), valid=spans),
    "roles": st.builds(InRole, kind=st.sampled_from(RoleKind), valid=spans),
    "relationships": st.builds(
        Related, to=st.sampled_from(["1", "2", "3"]), kind=st.sampled_from(RelationKind), valid=spans
    ),
    "risk": st.builds(RiskTolerance, level=st.sampled_from(RiskLevel), assessed_on=days, valid=spans),
    "aml": st.builds(AmlRating, level=st.sampled_from(AmlLevel), rated_on=days, valid=spans),
}


@st.composite
def customers(draw: st.DrawFn) -> Customer:
    """A sound person: children are taken up one by one, and those that contradict the others left out."""
    fields = {"birth_date": date(1973, 9, 1), "nationality": "CANARY7391", "opened_on": draw(ends)}
    customer = Customer(number="1", kind=PartyKind.PERSON, **fields)
    for name, kind in CHILDREN.items():
        for child in draw(st.lists(kind, max_size=3)):
            try:
                customer = attrs.evolve(customer, **{name: (*getattr(customer, name), child)})
            except InvalidRecord:
                continue
    return customer


children = st.sampled_from(sorted(CHILDREN)).flatmap(CHILDREN.__getitem__)


def begun(value: object) -> list[date]:
    """Every day inside a value on which something began: starts of spans, issue, assessment, rating, opening, closing."""
    if isinstance(value, Span):
        return [] if value.start is None else [value.start]
    if isinstance(value, tuple):
        return [day for item in value for day in begun(item)]
    if not attrs.has(type(value)):
        return []
    named = ("issued_on", "assessed_on", "rated_on", "opened_on", "closed_on")
    own = [day for name in named if (day := getattr(value, name, None)) is not None]
    return own + [day for field in attrs.fields(type(value)) for day in begun(getattr(value, field.name))]


@given(customers(), days)
def test_a_view_never_sees_what_began_later(customer: Customer, day: date) -> None:
    assert all(start <= day for start in begun(customer.as_of(day)))


@given(customers(), days)
def test_a_view_of_a_view_is_the_view(customer: Customer, day: date) -> None:
    view = customer.as_of(day)
    assert view.as_of(day) == view
    assert view.entry(day) == attrs.evolve(
        customer.entry(day), documents=view.entry(day).documents, opened_on=view.opened_on
    )


@given(customers(), days, children)
def test_what_is_added_later_does_not_change_the_view(customer: Customer, day: date, child: Any) -> None:
    later = attrs.evolve(child, valid=Span(day + timedelta(days=1), None))
    event = Added(on=LAST, actor="S-1", request_id="T-1", number="1", child=later)
    try:
        after = evolve(customer, event)
    except InvalidRecord:
        return
    assert after.as_of(day) == customer.as_of(day)


@st.composite
def walks(draw: st.DrawFn) -> list[CustomerEvent]:
    """Events on customer 1 in the order of their days, each of which the lifecycle holds."""
    when = sorted(draw(st.lists(days, min_size=1, max_size=12)))
    head = {"actor": "S-1", "number": "1"}
    status, events = Status.ACTIVE, []
    for place, on in enumerate(when):
        kinds = sorted((kind for kind in TRANSITIONS[status] if kind in MAKERS), key=lambda kind: kind.__name__)
        kind = draw(st.sampled_from(kinds))
        events.append(kind(**head, on=on, request_id=f"T-{place}", **draw(MAKERS[kind])))
        status = TRANSITIONS[status][kind]
    return events


MAKERS: dict[type, st.SearchStrategy[dict[str, Any]]] = {
    Corrected: st.sampled_from(Sex).map(lambda sex: {"field": CoreField.SEX, "value": sex}),
    Deleted: st.just({}),
    Reactivated: st.just({}),
    Merged: st.just({"into": "2"}),
    Unmerged: st.just({}),
}


def opened(customer: Customer) -> Opened:
    return Opened(on=FIRST, actor="S-1", request_id="T", customer=customer)


@given(walks())
def test_the_fold_keeps_the_number_and_knows_the_state_of_every_day(events: list[CustomerEvent]) -> None:
    history = [evolve(None, opened(Customer(number="1", kind=PartyKind.PERSON)))]
    for event in events:
        history.append(evolve(history[-1], event))
    assert {customer.number for customer in history} == {"1"}
    for place, event in enumerate(events):
        if place + 1 == len(events) or events[place + 1].on > event.on:  # the last of its day
            then, seen = history[place + 1], history[-1].as_of(event.on)
            assert (seen.status, seen.merged_into) == (then.status, then.merged_into)


@given(customers(), days, st.integers(0, 30))
def test_removing_and_reactivating_keeps_everything_but_the_closure(customer: Customer, day: date, closed: int) -> None:
    head = {"actor": "S-1", "number": "1"}
    customer = attrs.evolve(customer, opened_on=None)
    gone = evolve(customer, Deleted(on=day, request_id="T-1", **head))
    back = evolve(gone, Reactivated(on=day + timedelta(days=closed), request_id="T-2", **head))
    assert attrs.evolve(back, closures=(), requests=()) == customer
    assert len(back.closures) == (closed > 0)


@given(customers(), st.sampled_from(sorted({kind for row in TRANSITIONS.values() for kind in row}, key=str)))
def test_what_the_table_does_not_hold_changes_nothing_and_is_a_bug(customer: Customer, kind: type) -> None:
    if kind not in MAKERS or kind in TRANSITIONS[Status.ACTIVE]:
        return
    event = kind(on=LAST, actor="S-1", request_id="T-1", number="1")
    with pytest.raises(CustmasterError):
        evolve(customer, event)


changes = (
    st.builds(AddChild, child=children)
    | st.builds(EndChild, child=children, end=days)
    | CHILDREN["notes"].flatmap(lambda note: st.builds(AmendChild, child=st.just(note), becomes=CHILDREN["notes"]))
    | st.sampled_from(Sex).map(lambda sex: Correct(field=CoreField.SEX, value=sex))
)


@given(customers(), changes, st.data())
def test_evolve_accepts_every_event_that_decide_emits_and_a_second_time_nothing_happens(
    customer: Customer, change: Any, data: st.DataObject
) -> None:
    held = [child for name in CHILD_LISTS.values() for child in getattr(customer, name)]
    if isinstance(change, EndChild) and held:
        change = attrs.evolve(change, child=data.draw(st.sampled_from(held)))
    occasion = Occasion(day=LAST, actor="S-1", request_id="T-1")
    decision = decide(customer, change, occasion=occasion, page=PAGE)
    assert decide(customer, change, occasion=occasion, page=PAGE) == decision
    assert "7391" not in repr(decision.reasons)
    match decision:
        case Allowed(events=(event,)):
            after = evolve(customer, event)
            again = decide(after, change, occasion=occasion, page=PAGE)
            assert isinstance(again, Allowed)
            assert again.events == ()
        case Allowed():
            assert decision.events == ()
        case Review() | Refused():
            assert decision.reasons


@settings(max_examples=25)
@given(customers(), children)
def test_no_personal_text_is_seen(customer: Customer, child: Any) -> None:
    shown = Opened(on=FIRST, actor="S-1", request_id="T", customer=customer)
    added = Added(on=FIRST, actor="S-1", request_id="T", number="1", child=child)
    for value in (customer, shown, added, customer.as_of(LAST), customer.entry(LAST)):
        for text in (repr(value), str(value), f"{value}", pprint.pformat(value)):
            assert "7391" not in text
            assert "1973" not in text


def test_the_room_knows_nothing_of_the_wire() -> None:
    for module in sorted(Path(custmaster.customer.__path__[0]).glob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        assert [name for name in names if "json" in name or "cattrs" in name or ".wire" in name] == [], module.name
