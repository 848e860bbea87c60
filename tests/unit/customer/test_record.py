"""The record: a customer as of two days, the form of an entry, and what a view leaves out."""

from __future__ import annotations

from datetime import date, timedelta

from custmaster.customer import Customer, Status
from custmaster.customer.children import (
    AddressUse,
    AmlRating,
    Closed,
    Described,
    Held,
    NamedAs,
    Reached,
    Residing,
    RiskTolerance,
)
from custmaster.customer.kinds import (
    AddressUsage,
    AmlLevel,
    ContactUsage,
    NameUsage,
    OwnerRelation,
    RepresentativeKind,
    RiskLevel,
)
from custmaster.customer.unit import BeneficialOwner, Representative
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.span import Span

OPENED, MOVED = date(2020, 3, 1), date(2025, 6, 1)
EVE = MOVED - timedelta(days=1)
BEFORE, AFTER = Span(OPENED, MOVED), Span(MOVED, None)
CARD = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X"))
PASSPORT = IdentityDocument(type=DocumentType.CHINESE_PASSPORT, number=DocumentNumber("E12345678"), issued_on=MOVED)
MAIL = AddressUse(usage=AddressUsage.MAILING, preferred=True, valid=AFTER)

PERSON = Customer(
    number="6000000001",
    kind=PartyKind.PERSON,
    opened_on=OPENED,
    source_key="K-1",
    names=[
        NamedAs(name=Name("张伟"), valid=BEFORE),
        NamedAs(name=Name("张大伟"), valid=AFTER),
        NamedAs(name=Name("ZHANG WEI"), usage=NameUsage.LATIN),
    ],
    documents=[Held(document=PASSPORT), Held(document=CARD, primary=True)],
    addresses=[Residing(address=Address("北京市海淀区1号"), usages=[MAIL, AddressUse(usage=AddressUsage.WORK)])],
    contacts=[
        Reached(contact=Phone("13800001234"), valid=BEFORE),
        Reached(contact=Phone("13900001234"), valid=AFTER),
        Reached(contact=Email("a@b.example"), usage=ContactUsage.EMAIL, valid=AFTER),
    ],
    described=[
        Described(industry="软件"),
        Described(occupation="教师", valid=BEFORE),
        Described(occupation="校长", valid=AFTER),
    ],
    risk=[RiskTolerance(level=RiskLevel.C2, assessed_on=OPENED), RiskTolerance(level=RiskLevel.C4, assessed_on=MOVED)],
    aml=[AmlRating(level=AmlLevel.LOW, rated_on=OPENED), AmlRating(level=AmlLevel.HIGH, rated_on=MOVED)],
    requests=["T-1", "T-2"],
)


def test_a_customer_as_of_two_days() -> None:
    then, now = PERSON.as_of(EVE), PERSON.as_of(MOVED)
    assert [name.name.reveal() for name in then.names] == ["张伟", "ZHANG WEI"]
    assert [name.name.reveal() for name in now.names] == ["张大伟", "ZHANG WEI"]
    assert [held.document for held in then.documents] == [CARD]
    assert [held.document for held in now.documents] == [PASSPORT, CARD]
    assert [use.usage for use in then.addresses[0].usages] == [AddressUsage.WORK]
    assert now.addresses == PERSON.addresses
    assert [len(view.contacts) for view in (then, now)] == [1, 2]
    assert [[risk.level for risk in view.risk] for view in (then, now)] == [
        [RiskLevel.C2],
        [RiskLevel.C2, RiskLevel.C4],
    ]
    assert [len(view.aml) for view in (then, now)] == [1, 2]
    assert then.requests == now.requests == ()


def test_before_it_was_opened_a_customer_was_not_opened() -> None:
    assert PERSON.as_of(OPENED).opened_on == OPENED
    assert PERSON.as_of(OPENED - timedelta(days=1)).opened_on is None


def test_the_entry_of_a_day() -> None:
    then, now = PERSON.entry(EVE), PERSON.entry(MOVED)
    assert (then.name, now.name) == (Name("张伟"), Name("张大伟"))
    assert then.phones == (Phone("13800001234"),)
    assert (now.phones, now.email) == ((Phone("13900001234"),), Email("a@b.example"))
    assert (then.occupation, now.occupation, then.email) == ("教师", "校长", None)
    assert now.documents == (CARD, PASSPORT)
    assert now.addresses == (Address("北京市海淀区1号"),)
    assert (now.customer_number, now.source_key, now.opened_on) == ("6000000001", "K-1", OPENED)


def test_the_primary_document_comes_first() -> None:
    assert PERSON.primary_document(MOVED) == CARD
    assert Customer(number="1", kind=PartyKind.PERSON).primary_document(MOVED) is None
    assert Customer(number="1", kind=PartyKind.PERSON).legal_name(MOVED) is None


def test_the_state_of_a_day() -> None:
    gone = Customer(number="1", kind=PartyKind.PERSON, status=Status.MERGED, merged_into="2", closed_on=MOVED)
    assert gone.as_of(EVE) == Customer(number="1", kind=PartyKind.PERSON)
    assert gone.as_of(MOVED) == gone
    long_gone = Customer(number="1", kind=PartyKind.PERSON, status=Status.DELETED)
    assert long_gone.as_of(EVE) == long_gone


def test_a_time_of_being_closed_that_is_over() -> None:
    closed = Closed(status=Status.DELETED, valid=BEFORE)
    back = Customer(number="1", kind=PartyKind.PERSON, closures=[closed])
    assert back.as_of(EVE) == Customer(number="1", kind=PartyKind.PERSON, status=Status.DELETED, closed_on=OPENED)
    assert back.as_of(MOVED) == back
    assert back.as_of(OPENED - timedelta(days=1)) == Customer(number="1", kind=PartyKind.PERSON)


def test_a_representatives_document_of_later_is_not_seen() -> None:
    who = Representative(kind=RepresentativeKind.AGENT, name=Name("张伟"), document=PASSPORT)
    owner = BeneficialOwner(name=Name("张伟"), relation=OwnerRelation.CONTROL)
    unit = Customer(number="1", kind=PartyKind.UNIT, representatives=[who], owners=[owner])
    assert unit.as_of(EVE).representatives[0].document is None
    assert unit.as_of(MOVED) == unit


def test_nothing_personal_is_shown() -> None:
    shown = repr(PERSON)
    for text in ("伟", "WEI", "E12345678", "11010519491231002X", "海淀", "13800001234", "教师", "b.example"):
        assert text not in shown
