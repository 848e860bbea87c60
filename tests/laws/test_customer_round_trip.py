"""Law: a customer, event or decision that can exist is read back equal from its JSON; the two readers never differ; nothing else is accepted."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.customer import children as c
from custmaster.customer import events as e
from custmaster.customer import kinds as k
from custmaster.customer.codes import EntryCode
from custmaster.customer.moves import ChildMove, FieldMove
from custmaster.customer.record import Customer
from custmaster.customer.unit import BeneficialOwner, Representative, UnitDetails
from custmaster.decision import Allowed, Approval, Citation, Outcome, Reason, Refused, Review
from custmaster.errors import InvalidValue
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.money import Money
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span
from custmaster.wire import (
    customer_from_json,
    customer_to_json,
    decision_from_json,
    decision_to_json,
    event_from_json,
    event_to_json,
    structure_customer,
    unstructure_customer,
)
from custmaster.wire.records import customer_codec

texts = st.text(min_size=1, max_size=12)
days = st.dates()
maybe_day = st.none() | days
maybe_text = st.none() | texts
EARLY, LATE = st.dates(max_value=date(2000, 1, 1)), st.dates(min_value=date(2000, 1, 2))
spans = st.builds(Span, st.none() | EARLY, st.none() | LATE)
numbers = st.text(alphabet="0123456789", min_size=1, max_size=10)
names, addresses, phones = texts.map(Name), texts.map(Address), texts.map(Phone)
shares = st.decimals(min_value=0, max_value=100, places=2)
documents = st.builds(
    IdentityDocument,
    type=st.sampled_from(DocumentType),
    number=texts.map(DocumentNumber),
    duplicate=st.booleans(),
    issued_on=maybe_day,
    expires_on=maybe_day,
    long_term=st.booleans(),
    issuer=maybe_text,
)
uses = st.builds(c.AddressUse, usage=st.sampled_from(k.AddressUsage), preferred=st.booleans(), valid=spans)
units = st.builds(
    UnitDetails,
    scope=maybe_text,
    legal_form=maybe_text,
    registered_capital=st.none() | st.decimals(min_value=0, max_value=10**12, places=2).map(Money),
    natural_holders_only=st.booleans(),
    exempt_promised=st.booleans(),
    sole_trader=st.booleans(),
)
named = st.builds(c.NamedAs, name=names, usage=st.sampled_from(k.NameUsage), valid=spans)
held = st.builds(c.Held, document=documents, primary=st.booleans(), valid=spans)
residing = st.builds(c.Residing, address=addresses, usages=st.lists(uses, max_size=2), valid=spans)
by_phone = st.builds(
    c.Reached,
    contact=phones,
    usage=st.sampled_from(["MOBILE", "HOME", "WORK"]).map(k.ContactUsage),
    preferred=st.booleans(),
)
by_mail = st.builds(c.Reached, contact=texts.map(Email), usage=st.just(k.ContactUsage.EMAIL), valid=spans)
described = st.builds(
    c.Described, occupation=maybe_text, employer=maybe_text, industry=maybe_text, marital=maybe_text, valid=spans
)
noted = st.builds(c.Noted, key=st.sampled_from(["hobby", "branch.remark"]), text=texts, valid=spans)
roles = st.builds(c.InRole, kind=st.sampled_from(k.RoleKind), valid=spans)
related = st.builds(c.Related, to=numbers, kind=st.sampled_from(k.RelationKind), valid=spans)
risks = st.builds(c.RiskTolerance, level=st.sampled_from(k.RiskLevel), assessed_on=days, valid=spans)
ratings = st.builds(c.AmlRating, level=st.sampled_from(k.AmlLevel), rated_on=days, valid=spans)
representatives = st.builds(
    Representative, kind=st.sampled_from(k.RepresentativeKind), name=names, document=st.none() | documents, valid=spans
)
owners = st.builds(
    BeneficialOwner,
    name=names,
    relation=st.sampled_from(k.OwnerRelation),
    share=st.none() | shares,
    sex=st.none() | st.sampled_from(Sex),
    nationality=maybe_text,
    birth_date=maybe_day,
    address=st.none() | addresses,
    contact=st.none() | phones,
    document=st.none() | documents,
    valid=spans,
)
children = st.one_of(
    named, held, residing, by_phone, by_mail, described, noted, roles, related, risks, ratings, representatives, owners
)


def built(fields: dict[str, Any]) -> Customer | None:
    """The record, or None when the fields contradict each other."""
    try:
        return Customer(**fields)
    except InvalidValue:
        return None


def few(one: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(one, max_size=2)


ANYBODY = {
    "number": numbers,
    "opened_on": maybe_day,
    "birth_date": maybe_day,
    "nationality": maybe_text,
    "source_key": maybe_text,
    "names": few(named),
    "documents": few(held),
    "addresses": few(residing),
    "contacts": few(by_phone | by_mail),
    "notes": few(noted),
    "roles": few(roles),
    "risk": few(risks),
    "aml": few(ratings),
    "requests": few(texts),
}
PERSON = ANYBODY | {
    "kind": st.just(PartyKind.PERSON),
    "sex": st.none() | st.sampled_from(Sex),
    "described": few(described),
    "relationships": few(related),
}
UNIT = ANYBODY | {
    "kind": st.just(PartyKind.UNIT),
    "unit": st.none() | units,
    "representatives": few(representatives),
    "owners": few(owners),
}
customers: st.SearchStrategy[Customer] = (
    (st.fixed_dictionaries(PERSON) | st.fixed_dictionaries(UNIT)).map(built).filter(lambda one: one is not None)
)  # type: ignore[assignment]
head: dict[str, Any] = {"on": days, "actor": texts, "request_id": texts}
about: dict[str, Any] = {"number": numbers, **head}
corrections = st.one_of(
    st.tuples(st.just(e.CoreField.SEX), st.none() | st.sampled_from(Sex)),
    st.tuples(st.sampled_from([e.CoreField.BIRTH_DATE, e.CoreField.OPENED_ON]), maybe_day),
    st.tuples(st.sampled_from([e.CoreField.NATIONALITY, e.CoreField.SOURCE_KEY]), maybe_text),
    st.tuples(st.just(e.CoreField.UNIT), st.none() | units),
)
places = st.integers(0, 9)
moved: dict[str, Any] = {
    "fields": few(
        st.builds(lambda pair: FieldMove(field=pair[0], before=pair[1]), corrections)
        | st.builds(lambda pair: FieldMove(field=pair[0], after=pair[1]), corrections)
    ),
    "children": few(
        st.builds(ChildMove, after=children, place=places)
        | st.builds(ChildMove, before=held, after=held, place=places)
        | st.builds(ChildMove, before=children, place=places)
    ),
}
events = st.one_of(
    st.builds(e.Opened, customer=customers, **head),
    st.builds(e.Added, child=children, **about),
    st.builds(e.Ended, child=children, end=days, **about),
    st.builds(lambda pair, **rest: e.Amended(child=pair[0], becomes=pair[1], **rest), st.tuples(held, held), **about),
    st.builds(lambda pair, **rest: e.Corrected(field=pair[0], value=pair[1], **rest), corrections, **about),
    st.builds(e.Deleted, **about),
    st.builds(e.Reactivated, **about),
    st.builds(e.Merged, into=numbers, **about),
    st.builds(e.Unmerged, **about),
    st.builds(e.Absorbed, absorbed=numbers, **moved, **about),
    st.builds(e.Released, absorbed=numbers, **moved, **about),
)
facts = texts | st.integers() | st.booleans() | days | st.decimals(allow_nan=False, allow_infinity=False, places=3)
reasons = st.builds(
    Reason,
    code=st.sampled_from(EntryCode),
    outcome=st.sampled_from(Outcome),
    citation=st.builds(Citation, article=texts, key=maybe_text),
    subject=maybe_text,
    facts=st.dictionaries(
        texts, facts.filter(lambda fact: not isinstance(fact, Decimal) or abs(fact) < 10**30), max_size=2
    ),
)
approvals = st.builds(Approval, by=texts, reason=texts, codes=st.lists(texts, max_size=2))
judged: dict[str, Any] = {
    "reasons": few(reasons).map(tuple),
    "approvals": few(approvals).map(tuple),
    "handbook": texts,
}
decisions = st.one_of(
    st.builds(Allowed, events=st.lists(events, max_size=1).map(tuple), **judged),
    st.builds(Review, **judged),
    st.builds(Refused, **judged),
)


@given(customers)
def test_a_customer_is_read_back_equal(customer: Customer) -> None:
    written = customer_to_json(customer)
    read = customer_from_json(written)
    assert read == customer
    assert customer_to_json(read) == written


@given(events)
def test_an_event_is_read_back_equal(event: e.CustomerEvent) -> None:
    written = event_to_json(event)
    read = event_from_json(written)
    assert (read, type(read)) == (event, type(event))
    assert event_to_json(read) == written


@given(decisions)
def test_a_decision_is_read_back_equal(decision: Allowed | Review | Refused) -> None:
    written = decision_to_json(decision)
    read = decision_from_json(written)
    assert (read, type(read)) == (decision, type(decision))
    assert decision_to_json(read) == written


plain: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in plain data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def damaged(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(data))
    if not path:
        return value
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return copy


def quick(data: Any) -> Customer | None:
    try:
        return customer_codec().read(data)  # type: ignore[no-any-return]
    except Exception:  # noqa: BLE001 -- it may fail in any way
        return None


@given(customers, st.data(), plain)
def test_the_quick_reader_and_the_thorough_one_agree_on_damaged_data(
    customer: Customer, data: st.DataObject, value: Any
) -> None:
    sound = unstructure_customer(customer)
    hurt = damaged(sound, data.draw(st.sampled_from(places(sound))), value)
    faults: list[InvalidValue] = []
    thorough = customer_codec().gather(hurt, "", faults)
    assert quick(hurt) == (None if faults else thorough)
    assert (thorough is None) is bool(faults)


@given(customers, st.data(), plain)
def test_what_is_accepted_is_written_as_it_was_given(customer: Customer, data: st.DataObject, value: Any) -> None:
    """No coercion: of what was read, every key that is written again has the value that was given."""
    sound = unstructure_customer(customer)
    hurt = damaged(sound, data.draw(st.sampled_from(places(sound))), value)
    try:
        read = structure_customer(hurt)
    except ExceptionGroup as problem:
        refused: ExceptionGroup[Exception] = problem
    else:
        assert says(hurt, json.loads(customer_to_json(read)))
        return
    assert (refused.__cause__, refused.__context__) == (None, None)
    assert {type(fault) for fault in refused.exceptions} == {InvalidValue}


def says(given_: Any, written: Any) -> bool:
    """Whether the data given says all that was written, in the same types; what it says beyond that are defaults, left out."""
    if isinstance(written, dict):
        return isinstance(given_, dict) and all(key in given_ and says(given_[key], written[key]) for key in written)
    if isinstance(written, list):
        return isinstance(given_, list) and len(given_) == len(written) and all(map(says, given_, written))
    return (given_, type(given_)) == (written, type(written))


@pytest.mark.parametrize("text", ['{"schema": 1}', "[]", "1", '{"schema": {}}', '{"schema": 1, "names": [[]]}'])
def test_both_readers_refuse_what_is_no_customer(text: str) -> None:
    with pytest.raises(ExceptionGroup):
        customer_from_json(text)
