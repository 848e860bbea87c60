"""The nine elements of a person and those of a unit: each state of each, before and after a document expires."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

from custmaster.customer import Customer, Entry
from custmaster.customer.children import Held, NamedAs, Reached, Residing
from custmaster.customer.completeness import points, score, score_remarks
from custmaster.customer.elements import ELEMENT_FIELDS, ELEMENT_NAMES, Element, ElementCode, ElementState
from custmaster.customer.kinds import OwnerRelation, RepresentativeKind
from custmaster.customer.unit import BeneficialOwner, Representative, UnitDetails
from custmaster.handbook import Language, check, default, default_text, keys, parse, render
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

DAY = date(2026, 11, 23)
PAGE = default().on(DAY)


def card(number: str = "11010519491231002X", kind: str = "RESIDENT_ID", **fields) -> IdentityDocument:
    return IdentityDocument(type=DocumentType[kind], number=DocumentNumber(number), **fields)


WHOLE = Entry(
    name=Name("张伟"),
    sex=Sex.FEMALE,
    birth_date=date(1949, 12, 31),
    nationality="CHN",
    occupation="教师",
    addresses=[Address("北京市海淀区学院路1号")],
    phones=[Phone("13800001234")],
    documents=[card(expires_on=date(2027, 5, 1))],
)


def states(subject, day: date = DAY) -> dict[str, str]:
    return {each.element.value: each.state.value for each in score(subject, page=default().on(day), day=day)}


def without(element: str, subject: dict[str, str]) -> set[str]:
    return {state for name, state in subject.items() if name != element}


def test_a_whole_person_has_all_nine() -> None:
    assert len(states(WHOLE)) == 9
    assert set(states(WHOLE).values()) == {"PRESENT"}


def test_scores_before_and_after_a_document_expires() -> None:
    assert points(score(WHOLE, page=PAGE, day=date(2027, 5, 1))) == (Decimal(9), Decimal(9))
    after = score(WHOLE, page=PAGE, day=date(2027, 5, 2))
    assert points(after) == (Decimal(8), Decimal(9))
    assert [(each.element, each.state) for each in after if each.state is not ElementState.PRESENT] == [
        (Element.DOCUMENT_EXPIRY, ElementState.EXPIRED)
    ]


@pytest.mark.parametrize(
    ("element", "fields", "state"),
    [
        ("NAME", {"name": None}, "MISSING"),
        ("NAME", {"name": Name("测试")}, "PLACEHOLDER"),
        ("SEX", {"sex": None}, "MISSING"),
        ("SEX", {"sex": Sex.UNSTATED}, "MISSING"),
        ("SEX", {"sex": Sex.MALE}, "INCONSISTENT"),
        ("NATIONALITY", {"nationality": None}, "MISSING"),
        ("NATIONALITY", {"nationality": "无"}, "PLACEHOLDER"),
        ("NATIONALITY", {"nationality": "USA"}, "INCONSISTENT"),
        ("OCCUPATION", {"occupation": None}, "MISSING"),
        ("OCCUPATION", {"occupation": "不详"}, "PLACEHOLDER"),
        ("ADDRESS", {"addresses": []}, "MISSING"),
        ("ADDRESS", {"addresses": [Address("无"), Address("不详")]}, "PLACEHOLDER"),
        ("CONTACT", {"phones": []}, "MISSING"),
        ("CONTACT", {"phones": [Phone("13800000000")]}, "PLACEHOLDER"),
        ("CONTACT", {"phones": [Phone("1380000123")]}, "INVALID"),
        ("DOCUMENT_TYPE", {"documents": [card("91350211M000100Y43", "CREDIT_CODE", long_term=True)]}, "INCONSISTENT"),
        ("DOCUMENT_NUMBER", {"documents": [card("111111111111111111", long_term=True)]}, "PLACEHOLDER"),
        ("DOCUMENT_NUMBER", {"documents": [card("110105194912310021", long_term=True)]}, "INVALID"),
        ("DOCUMENT_NUMBER", {"birth_date": date(1949, 12, 30)}, "INCONSISTENT"),
        ("DOCUMENT_EXPIRY", {"documents": [card()]}, "MISSING"),
        ("DOCUMENT_EXPIRY", {"documents": [card(expires_on=date(2020, 1, 1))]}, "EXPIRED"),
        (
            "DOCUMENT_EXPIRY",
            {"documents": [card(issued_on=date(2030, 1, 1), expires_on=date(2028, 1, 1))]},
            "INCONSISTENT",
        ),
        ("DOCUMENT_EXPIRY", {"documents": [card("110105491231002", long_term=True)]}, "EXPIRED"),
    ],
)
def test_each_state_of_each_element(element, fields, state) -> None:
    found = states(attrs.evolve(WHOLE, **fields))
    assert found[element] == state
    assert without(element, found) <= {"PRESENT"} | ({"INVALID"} if element == "DOCUMENT_TYPE" else set())


@pytest.mark.parametrize(
    ("document", "nationality", "state"),
    [
        (card("E12345678", "CHINESE_PASSPORT", long_term=True), "CN", "PRESENT"),
        (card("E12345678", "CHINESE_PASSPORT", long_term=True), "USA", "INCONSISTENT"),
        (card("AB123456", "FOREIGN_PASSPORT", long_term=True), "USA", "PRESENT"),
        (card("AB123456", "FOREIGN_PASSPORT", long_term=True), "中国", "INCONSISTENT"),
        (card("H1234567800", "HK_MACAO_PERMIT", long_term=True), "HKG", "PRESENT"),
    ],
)
def test_the_nationality_goes_with_the_document(document, nationality, state) -> None:
    assert states(attrs.evolve(WHOLE, documents=[document], nationality=nationality))["NATIONALITY"] == state


def test_without_a_document_its_three_elements_are_missing_and_nothing_is_compared() -> None:
    found = states(attrs.evolve(WHOLE, documents=[], sex=Sex.MALE, nationality="USA"))
    assert {name for name, state in found.items() if state == "MISSING"} == {
        "DOCUMENT_TYPE",
        "DOCUMENT_NUMBER",
        "DOCUMENT_EXPIRY",
    }
    assert (found["SEX"], found["NATIONALITY"]) == ("PRESENT", "PRESENT")


def test_one_good_contact_or_address_is_enough() -> None:
    assert states(attrs.evolve(WHOLE, phones=[], email=Email("a@b.example")))["CONTACT"] == "PRESENT"
    assert states(attrs.evolve(WHOLE, phones=[Phone("1"), Phone("13800001234")]))["CONTACT"] == "PRESENT"
    assert states(attrs.evolve(WHOLE, addresses=[Address("无"), Address("北京市海淀区1号")]))["ADDRESS"] == "PRESENT"


def test_a_page_that_asks_for_no_elements_scores_none() -> None:
    assert score(WHOLE, page=default().on(date(2007, 7, 31)), day=DAY) == ()


def test_a_customer_is_scored_as_of_the_day() -> None:
    customer = Customer(
        number="6000000001",
        kind=PartyKind.PERSON,
        names=[NamedAs(name=Name("张伟"))],
        contacts=[Reached(contact=Phone("13800001234"), valid=Span(DAY, None))],
        documents=[Held(document=card(long_term=True))],
    )
    assert states(customer, date(2026, 11, 22))["CONTACT"] == "MISSING"
    assert states(customer)["CONTACT"] == "PRESENT"


# --- units -------------------------------------------------------------------------------------------------------------

LICENCE = card("91350211M000100Y46", "CREDIT_CODE", long_term=True)


def who(kind: RepresentativeKind, **fields) -> Representative:
    return Representative(**{"kind": kind, "name": Name("张伟"), "document": card(long_term=True)} | fields)


def owner(**fields) -> BeneficialOwner:
    asked = {
        "sex": Sex.FEMALE,
        "nationality": "CHN",
        "birth_date": date(1949, 12, 31),
        "address": Address("北京市海淀区1号"),
    }
    known = {"name": Name("张伟"), "document": card(long_term=True), "contact": Phone("13800001234")}
    return BeneficialOwner(**{"relation": OwnerRelation.EQUITY, "share": Decimal(25)} | asked | known | fields)


REPRESENTATIVES = [
    who(RepresentativeKind.LEGAL_REPRESENTATIVE),
    who(RepresentativeKind.AGENT),
    who(RepresentativeKind.CONTROLLING_SHAREHOLDER),
]
UNIT = Customer(
    number="6000000002",
    kind=PartyKind.UNIT,
    names=[NamedAs(name=Name("北京某某科技有限公司"))],
    documents=[Held(document=LICENCE)],
    addresses=[Residing(address=Address("北京市海淀区2号"))],
    unit=UnitDetails(scope="软件开发"),
    representatives=REPRESENTATIVES,
    owners=[owner()],
)


def test_a_whole_unit_has_all_its_elements() -> None:
    assert set(states(UNIT).values()) == {"PRESENT"}
    assert list(states(UNIT)) == [row.name for row in PAGE[keys.UNIT_ELEMENTS]]


def test_owners_are_asked_for_since_the_order() -> None:
    assert "OWNERS" not in states(UNIT, date(2024, 10, 31))
    assert "OWNERS" in states(UNIT, date(2024, 11, 1))


@pytest.mark.parametrize(
    ("owners", "state"),
    [
        ([], "MISSING"),
        ([owner(valid=Span(None, DAY))], "MISSING"),
        ([owner(share=Decimal("24.99"))], "INCONSISTENT"),
        ([owner(share=Decimal("25.00"))], "PRESENT"),
        ([owner(), owner(share=Decimal("24.99"))], "INCONSISTENT"),
        ([owner(share=None)], "MISSING"),
        ([owner(share=None, relation=OwnerRelation.CONTROL)], "PRESENT"),
        ([owner(share=Decimal(1), relation=OwnerRelation.CONTROL)], "PRESENT"),
        ([owner(share=Decimal("24.99"), relation=OwnerRelation.INCOME_OR_VOTES)], "INCONSISTENT"),
        ([owner(contact=None)], "MISSING"),
        ([owner(document=None)], "MISSING"),
        ([owner(name=Name("不详"))], "PLACEHOLDER"),
        ([owner(document=card("1", long_term=True), share=Decimal(1))], "INVALID"),
        ([owner(document=card(expires_on=date(2020, 1, 1)))], "EXPIRED"),
    ],
)
def test_beneficial_owners(owners, state) -> None:
    found = states(attrs.evolve(UNIT, owners=owners))
    assert found["OWNERS"] == state
    assert without("OWNERS", found) == {"PRESENT"}


def test_who_need_not_name_owners_is_not_scored_on_them() -> None:
    assert "OWNERS" not in states(attrs.evolve(UNIT, unit=UnitDetails(scope="软件开发", sole_trader=True), owners=[]))
    bare = states(attrs.evolve(UNIT, unit=None))
    assert (bare["OWNERS"], bare["SCOPE"]) == ("PRESENT", "MISSING")


def test_each_representative_is_known_by_name_and_document() -> None:
    _, agent, controller = REPRESENTATIVES
    principal = who(RepresentativeKind.PRINCIPAL)
    assert states(attrs.evolve(UNIT, representatives=[principal, agent, controller]))["REPRESENTATIVE"] == "PRESENT"
    assert states(attrs.evolve(UNIT, representatives=[agent, controller]))["REPRESENTATIVE"] == "MISSING"
    gone = who(RepresentativeKind.LEGAL_REPRESENTATIVE, valid=Span(None, DAY))
    assert states(attrs.evolve(UNIT, representatives=[gone]))["REPRESENTATIVE"] == "MISSING"
    nameless = who(RepresentativeKind.AGENT, document=None)
    assert states(attrs.evolve(UNIT, representatives=[nameless]))["AGENT"] == "MISSING"


def test_what_an_entry_of_a_unit_cannot_hold_is_not_scored() -> None:
    entry = Entry(
        kind=PartyKind.UNIT,
        name=Name("北京某某科技有限公司"),
        documents=[LICENCE],
        addresses=[Address("北京市海淀区2号")],
    )
    assert states(entry) == dict.fromkeys(
        ("NAME", "ADDRESS", "DOCUMENT_TYPE", "DOCUMENT_NUMBER", "DOCUMENT_EXPIRY"), "PRESENT"
    )


# --- tables and remarks ------------------------------------------------------------------------------------------------


def test_the_tables_are_total_and_the_handbook_asks_for_what_they_hold() -> None:
    assert set(ELEMENT_NAMES) == set(ELEMENT_FIELDS) == set(Element)
    asked = {row.name for key in (keys.PERSON_ELEMENTS, keys.UNIT_ELEMENTS) for row in PAGE[key]}
    assert asked == set(Element)
    assert {f"ELEMENT_{state}" for state in ElementState if state is not ElementState.PRESENT} == set(ElementCode)


def test_only_the_three_elements_refuse_and_only_when_missing() -> None:
    remarks = score_remarks(score(Entry(), page=PAGE, day=DAY), entry=Entry(), page=PAGE)
    refused = [dict(found.reason.facts)["element"] for found in remarks if found.reason.outcome.value == "REFUSED"]
    assert refused == ["NAME", "DOCUMENT_TYPE", "DOCUMENT_NUMBER"]
    entry = attrs.evolve(WHOLE, name=Name("测试"), customer_number="6000000001")
    (found,) = score_remarks(score(entry, page=PAGE, day=DAY), entry=entry, page=PAGE)
    assert (found.reason.outcome.value, found.reason.subject, found.field) == ("REVIEW", "6000000001", "name")
    assert found.reason.citation == PAGE.cite(keys.PERSON_ELEMENTS)
    assert "姓名" in render(found.reason.code, dict(found.reason.facts), Language.ZH)


def test_a_bank_may_ask_for_fewer_elements_and_weigh_them_but_not_invent_any() -> None:
    text = default_text()
    ours = text.replace('  { name = "SEX", weight = 1 },\n', "").replace(
        '{ name = "OCCUPATION", weight = 1 }', '{ name = "OCCUPATION", weight = "0.5" }'
    )
    assert points(score(WHOLE, page=parse(ours, "ours.toml").on(DAY), day=DAY)) == (Decimal("7.5"), Decimal("7.5"))
    (problem,) = check(text.replace('{ name = "SEX", weight = 1 }', '{ name = "HEIGHT", weight = 1 }'))
    assert problem.key == "customer.elements.person"
    assert "SEX" in problem.remedy
