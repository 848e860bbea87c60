"""An entry becomes a record without loss of what a record holds, and with the usages that the entry leaves open."""

from __future__ import annotations

from custmaster.customer.children import AddressUse
from custmaster.customer.entry import Entry
from custmaster.customer.kinds import AddressUsage, ContactUsage
from custmaster.desk.applicant import APPLICANT, as_applicant
from custmaster.handbook import customer_number_plan, default
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone


def test_the_first_document_is_the_primary_one() -> None:
    documents = [
        IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X")),
        IdentityDocument(type=DocumentType.CHINESE_PASSPORT, number=DocumentNumber("E12345678")),
    ]
    assert [held.primary for held in as_applicant(Entry(documents=tuple(documents))).documents] == [True, False]


def test_the_first_address_is_preferred_and_has_the_usage_of_its_kind() -> None:
    addresses = (Address("北京市海淀区1号"), Address("北京市海淀区2号"))
    person = as_applicant(Entry(addresses=addresses))
    assert [residing.usages for residing in person.addresses] == [
        (AddressUse(usage=AddressUsage.RESIDENCE, preferred=True),),
        (AddressUse(usage=AddressUsage.RESIDENCE),),
    ]
    unit = as_applicant(Entry(kind=PartyKind.UNIT, addresses=addresses[:1]))
    assert unit.addresses[0].usages[0].usage is AddressUsage.REGISTERED


def test_contacts_have_the_usage_of_their_kind() -> None:
    contacts = {"phones": (Phone("13812345678"), Phone("010-62751234")), "email": Email("a@example.com")}
    person = as_applicant(Entry(**contacts))
    assert [reached.usage for reached in person.contacts] == [
        ContactUsage.MOBILE,
        ContactUsage.HOME,
        ContactUsage.EMAIL,
    ]
    unit = as_applicant(Entry(kind=PartyKind.UNIT, **contacts))
    assert [reached.usage for reached in unit.contacts][1] is ContactUsage.WORK


def test_no_number_plan_holds_the_number_of_an_applicant() -> None:
    plan = customer_number_plan(default().on(default().timelines["customer.number.ranges"].entries[0].since))
    assert plan.range_of(APPLICANT) is None
