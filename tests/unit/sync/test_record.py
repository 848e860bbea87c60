"""What of a customer's record travels, and what an edit must be given for it."""

from __future__ import annotations

from datetime import date

from custmaster.customer.children import AddressUse, Described, Held, InRole, NamedAs, Reached, Related, Residing
from custmaster.customer.kinds import AddressUsage, ContactUsage, RelationKind, RoleKind
from custmaster.customer.record import Customer
from custmaster.sync import Catalogue, FieldRow, FieldValues, Share, changes_towards, shared_values
from custmaster.sync.record import SINGLE_FIELDS
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

TODAY = date(2026, 11, 23)
LATER, EARLIER = Span(date(2027, 1, 1), None), Span(None, date(2026, 1, 1))
EVERYTHING = Catalogue(
    fields=[
        *(FieldRow(name=name) for name in SINGLE_FIELDS),
        FieldRow(name="role", family=True),
        FieldRow(name="relationship", share=Share.KEY, family=True),
    ]
)
DOCUMENT = IdentityDocument(
    type=DocumentType.RESIDENT_ID,
    number=DocumentNumber("11010519491231002X"),
    issued_on=date(2020, 2, 1),
    expires_on=date(2040, 2, 1),
    issuer="issuer",
)
RICH = Customer(
    number="6000000001",
    kind=PartyKind.PERSON,
    opened_on=date(2020, 3, 1),
    sex=Sex.FEMALE,
    birth_date=date(1949, 12, 31),
    nationality="CN",
    names=[NamedAs(name=Name("旧名"), valid=EARLIER), NamedAs(name=Name("张伟"), valid=Span(date(2026, 1, 1), None))],
    documents=[Held(document=DOCUMENT, primary=True)],
    addresses=[
        Residing(address=Address("北京市1号")),
        Residing(address=Address("北京市2号"), usages=[AddressUse(usage=AddressUsage.MAILING, preferred=True)]),
        Residing(
            address=Address("北京市3号"),
            usages=[AddressUse(usage=AddressUsage.WORK, preferred=True)],
            valid=LATER,
        ),
    ],
    contacts=[
        Reached(contact=Phone("13800001234")),
        Reached(contact=Phone("13900001234"), preferred=True),
        Reached(contact=Phone("010-12345678"), usage=ContactUsage.HOME),
        Reached(contact=Email("a@example.com"), usage=ContactUsage.EMAIL),
    ],
    described=[Described(occupation="teacher")],
    roles=[InRole(kind=RoleKind.GUARANTOR), InRole(kind=RoleKind.AGENT, valid=LATER)],
    relationships=[
        Related(to="6000000002", kind=RelationKind.MARRIED_TO, valid=Span(date(2021, 5, 1), None)),
        Related(to="6000000003", kind=RelationKind.SIBLING_OF, valid=EARLIER),
    ],
)


def test_all_that_is_shared_travels_as_of_the_day() -> None:
    assert dict(shared_values(RICH, TODAY, EVERYTHING).items()) == {
        "name": "张伟",
        "birth_date": "1949-12-31",
        "document.type": "RESIDENT_ID",
        "document.number": "11010519491231002X",
        "document.expiry": "2040-02-01",
        "document.issued_on": "2020-02-01",
        "document.issuer": "issuer",
        "kind": "PERSON",
        "status": "ACTIVE",
        "sex": "FEMALE",
        "nationality": "CN",
        "occupation": "teacher",
        "mobile": "13900001234",
        "phone": "010-12345678",
        "email": "a@example.com",
        "address": "北京市2号",
        "opened_on": "2020-03-01",
        "role/GUARANTOR": "../..",
        "relationship/MARRIED_TO/6000000002": "2021-05-01/..",
    }


def test_what_is_not_shared_or_not_there_does_not_travel() -> None:
    few = Catalogue(fields=[FieldRow(name="name"), FieldRow(name="kind")])
    assert shared_values(RICH, TODAY, few).names == ("kind", "name")
    poor = Customer(number="6000000001", kind=PartyKind.UNIT)
    assert shared_values(poor, TODAY, EVERYTHING) == FieldValues({"kind": "UNIT", "status": "ACTIVE"})


def test_a_document_for_ever_says_so() -> None:
    held = Held(document=IdentityDocument(type=DocumentType.LEI, number=DocumentNumber("1"), long_term=True))
    unit = Customer(number="6000000001", kind=PartyKind.UNIT, documents=[held])
    assert shared_values(unit, TODAY, EVERYTHING).get("document.expiry") == "LONG_TERM"


def test_the_changes_lead_to_what_is_wanted_but_for_the_status() -> None:
    wanted = shared_values(RICH, TODAY, EVERYTHING)
    held = FieldValues({"name": "旧名", "role/AGENT": "../..", "status": "DELETED"})
    changes = changes_towards(held, wanted)
    assert held.changed({**changes, "status": "ACTIVE"}) == wanted
    assert "status" not in changes
    assert changes["role/AGENT"] is None
