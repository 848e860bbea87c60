"""Bad input: a record that contradicts itself is named with every path, and does not come into being."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest

from custmaster.customer import Customer, InvalidRecord, Status
from custmaster.customer.children import AddressUse, Described, Held, NamedAs, Reached, Related, Residing
from custmaster.customer.kinds import (
    AddressUsage,
    ContactUsage,
    NameUsage,
    OwnerRelation,
    RelationKind,
    RepresentativeKind,
)
from custmaster.customer.soundness import LIST_LIMIT, LISTS
from custmaster.customer.unit import BeneficialOwner, Representative, UnitDetails
from custmaster.errors import Fault, InvalidValue
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

TURN = date(2020, 6, 1)
BEFORE, AFTER = Span(None, TURN), Span(TURN, None)


def held(kind: str, number: str, *, primary: bool = False, valid: Span = Span(), duplicate: bool = False) -> Held:  # noqa: B008
    document = IdentityDocument(type=DocumentType[kind], number=DocumentNumber(number), duplicate=duplicate)
    return Held(document=document, primary=primary, valid=valid)


def faults(kind: PartyKind = PartyKind.PERSON, **fields: Any) -> list[tuple[Fault, str]]:
    try:
        Customer(**{"number": "1", "kind": kind} | fields)
    except InvalidRecord as error:
        return [(fault.fault, fault.path) for fault in error.faults]
    return []


ONE, TWO = "11010519491231002X", "440524188001010014"
NUMBER = "documents[1].document.number"


def test_two_current_documents_of_one_family_that_differ() -> None:
    assert faults(documents=[held("RESIDENT_ID", ONE), held("HOUSEHOLD_REGISTER", TWO)]) == [(Fault.CONFLICT, NUMBER)]


@pytest.mark.parametrize(
    "documents",
    [
        [held("RESIDENT_ID", ONE), held("HOUSEHOLD_REGISTER", "11010519491231002x")],  # the same number, untidy
        [held("RESIDENT_ID", ONE), held("RESIDENT_ID", TWO, duplicate=True)],  # 重号
        [held("RESIDENT_ID", ONE, valid=BEFORE), held("RESIDENT_ID", TWO, valid=AFTER)],  # one after the other
        [held("RESIDENT_ID", ONE), held("CHINESE_PASSPORT", "E12345678")],  # two families
        [held("OTHER_PERSON", "A1"), held("OTHER_PERSON", "B2")],  # no family at all
        [held("RESIDENT_ID", "110105491231002"), held("RESIDENT_ID", ONE)],  # 15 digits, upgraded
        [held("HK_MACAO_PERMIT", "H1234567800"), held("HK_MACAO_PERMIT", "H1234567801")],  # one holder
        [
            held("PERMANENT_RESIDENCE", "CAN110080010101"),
            held("PERMANENT_RESIDENCE", "911124198108030024"),
        ],  # two series
    ],
)
def test_documents_that_go_together(documents) -> None:
    assert faults(documents=documents) == []


@pytest.mark.parametrize(
    "documents",
    [
        [held("RESIDENT_ID", "110105491231002"), held("RESIDENT_ID", TWO)],
        [held("RESIDENT_ID", "1"), held("RESIDENT_ID", "2")],
        [held("PERMANENT_RESIDENCE", "CAN110080010101"), held("PERMANENT_RESIDENCE", "USA110080010101")],
    ],
)
def test_documents_that_do_not_go_together(documents) -> None:
    assert faults(documents=documents) == [(Fault.CONFLICT, NUMBER)]


def test_one_primary_document_a_day() -> None:
    documents = [held("RESIDENT_ID", ONE, primary=True), held("CHINESE_PASSPORT", "E12345678", primary=True)]
    assert faults(documents=documents) == [(Fault.DUPLICATE, "documents[1].primary")]


def test_one_legal_name_a_day() -> None:
    names = [
        NamedAs(name=Name("张伟")),
        NamedAs(name=Name("张大伟"), valid=AFTER),
        NamedAs(name=Name("ZHANG"), usage=NameUsage.LATIN),
    ]
    assert faults(names=names) == [(Fault.OVERLAP, "names[1].valid")]
    assert faults(names=[NamedAs(name=Name("张伟"), valid=BEFORE), *names[1:]]) == []


def at(*uses: AddressUse, valid: Span = Span()) -> Residing:  # noqa: B008
    return Residing(address=Address("北京市海淀区1号"), usages=uses, valid=valid)


MAIL = AddressUse(usage=AddressUsage.MAILING, preferred=True)
WORK = AddressUse(usage=AddressUsage.WORK, preferred=True)


def test_one_preferred_address_for_a_usage_and_day() -> None:
    assert faults(addresses=[at(MAIL), at(WORK, MAIL)]) == [(Fault.DUPLICATE, "addresses[1].usages[1].preferred")]
    assert faults(addresses=[at(MAIL, MAIL)]) == [(Fault.DUPLICATE, "addresses[0].usages[1].preferred")]


def test_addresses_that_are_preferred_one_after_the_other() -> None:
    outside = AddressUse(usage=AddressUsage.MAILING, preferred=True, valid=BEFORE)
    assert faults(addresses=[at(MAIL, valid=BEFORE), at(MAIL, valid=AFTER), at(WORK), at(outside, valid=AFTER)]) == []
    assert faults(addresses=[at(), at(AddressUse(usage=AddressUsage.MAILING)), at(MAIL)]) == []
    assert faults(addresses=[at(MAIL)]) == []


def test_one_preferred_contact_for_a_usage_and_day() -> None:
    mobile = Reached(contact=Phone("13800001234"), preferred=True)
    home = Reached(contact=Phone("01062751234"), usage=ContactUsage.HOME, preferred=True)
    plain = Reached(contact=Phone("13900001234"))
    assert faults(contacts=[mobile, home, plain, mobile]) == [(Fault.DUPLICATE, "contacts[3].preferred")]
    assert faults(contacts=[mobile, home, plain]) == []


def test_nobody_is_related_to_himself() -> None:
    kind = RelationKind.ASSOCIATED_WITH
    related = [Related(to="2", kind=kind), Related(to="1", kind=kind)]
    assert faults(relationships=related) == [(Fault.CONFLICT, "relationships[1].to")]


def test_ten_thousand_addresses() -> None:
    assert faults(addresses=[at()] * 10_000, sex=Sex.MALE) == [(Fault.LENGTH, "addresses")]


def test_a_record_of_many_small_lists_is_no_long_one() -> None:
    assert faults(addresses=[at()] * LIST_LIMIT, contacts=[Reached(contact=Phone("13800001234"))]) == []


def test_the_lists_are_those_of_the_record() -> None:
    customer = Customer(number="1", kind=PartyKind.PERSON)
    assert [name for name in customer.__slots__ if getattr(customer, name, None) == ()] == list(LISTS)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"number": ""}, [(Fault.LENGTH, "number")]),
        ({"number": "1" * 33}, [(Fault.LENGTH, "number")]),
        ({"status": Status.MERGED}, [(Fault.CONFLICT, "merged_into")]),
        ({"merged_into": "2"}, [(Fault.CONFLICT, "merged_into")]),
        ({"status": Status.MERGED, "merged_into": "1"}, [(Fault.CONFLICT, "merged_into")]),
        ({"closed_on": TURN}, [(Fault.CONFLICT, "closed_on")]),
        (
            {"status": Status.DELETED, "closed_on": TURN, "opened_on": date(2020, 6, 2)},
            [(Fault.ORDER, "closed_on")],
        ),
        ({"status": Status.DELETED, "closed_on": TURN, "opened_on": TURN}, []),
        ({"status": Status.DELETED}, []),
        ({"status": Status.MERGED, "merged_into": "2", "closed_on": TURN}, []),
    ],
)
def test_the_state_agrees_with_itself(fields, found) -> None:
    assert faults(**fields) == found


def test_what_only_a_unit_has() -> None:
    who = Representative(kind=RepresentativeKind.AGENT, name=Name("张伟"))
    owner = BeneficialOwner(name=Name("张伟"), relation=OwnerRelation.CONTROL)
    fields = {"unit": UnitDetails(), "representatives": [who], "owners": [owner]}
    assert faults(**fields) == [
        (Fault.CONFLICT, "unit"),
        (Fault.CONFLICT, "representatives"),
        (Fault.CONFLICT, "owners"),
    ]
    assert faults(PartyKind.UNIT, **fields) == []


def test_what_only_a_person_has() -> None:
    fields = {
        "sex": Sex.MALE,
        "described": [Described(industry="软件"), Described(occupation="教师")],
        "relationships": [
            Related(to="2", kind=RelationKind.EMPLOYER_OF),
            Related(to="2", kind=RelationKind.MARRIED_TO),
        ],
    }
    assert faults(PartyKind.UNIT, **fields) == [
        (Fault.CONFLICT, "sex"),
        (Fault.CONFLICT, "described[1]"),
        (Fault.CONFLICT, "relationships[1].kind"),
    ]
    assert faults(**fields) == []


def test_all_faults_are_named_at_once_and_stay_together() -> None:
    with pytest.raises(InvalidRecord) as caught:
        Customer(number="", kind=PartyKind.PERSON, closed_on=TURN, unit=UnitDetails())
    error = caught.value
    assert isinstance(error, InvalidValue)
    assert (error.fault, error.path, error.length) == (Fault.LENGTH, "number", 0)
    assert str(error).endswith("; 2 more at: closed_on, unit")
    assert [fault.path for fault in error.under("customers[3]").faults] == [
        "customers[3].number",
        "customers[3].closed_on",
        "customers[3].unit",
    ]
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_one_fault_alone_names_no_others() -> None:
    with pytest.raises(InvalidRecord) as caught:
        Customer(number="", kind=PartyKind.PERSON)
    assert "more" not in str(caught.value)
