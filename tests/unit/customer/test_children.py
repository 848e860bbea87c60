"""The children of a record: what each refuses, what each hides, and the inverse of a relationship."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from custmaster.customer.children import (
    AmlRating,
    Closed,
    Described,
    Noted,
    Reached,
    Related,
    Residing,
    RiskTolerance,
)
from custmaster.customer.kinds import INVERSE, AmlLevel, ContactUsage, RelationKind, RiskLevel, Status
from custmaster.errors import Fault, InvalidValue
from custmaster.value.address import Address
from custmaster.value.email import Email
from custmaster.value.phone import Phone
from custmaster.value.span import Span


def refused(make, *arguments, **fields) -> tuple[Fault, str]:
    with pytest.raises(InvalidValue) as caught:
        make(*arguments, **fields)
    return caught.value.fault, caught.value.path


@pytest.mark.parametrize(("to", "fault"), [("", Fault.EMPTY), ("1" * 33, Fault.LENGTH)])
def test_the_other_customer_is_named_by_number(to, fault) -> None:
    assert refused(Related, to=to, kind=RelationKind.SIBLING_OF) == (fault, "to")


def test_the_inverse_is_total_and_its_own_inverse() -> None:
    assert set(INVERSE) == set(RelationKind)
    assert all(INVERSE[INVERSE[kind]] is kind for kind in RelationKind)


def test_a_symmetric_relationship_looks_the_same_from_both_sides() -> None:
    assert [kind for kind in RelationKind if INVERSE[kind] is kind] == [
        RelationKind.MARRIED_TO,
        RelationKind.SIBLING_OF,
        RelationKind.SHARES_HOUSEHOLD_WITH,
        RelationKind.ASSOCIATED_WITH,
    ]


def test_a_relationship_seen_from_both_sides_is_itself_again() -> None:
    related = Related(to="2", kind=RelationKind.EMPLOYEE_OF, valid=Span(date(2020, 1, 1), None))
    assert related.seen_from("1").seen_from("2") == related


@pytest.mark.parametrize(
    ("contact", "usage"), [(Phone("13800001234"), ContactUsage.EMAIL), (Email("a@b.example"), ContactUsage.MOBILE)]
)
def test_a_mail_address_has_the_usage_of_one(contact, usage) -> None:
    assert refused(Reached, contact=contact, usage=usage) == (Fault.CONFLICT, "usage")


def test_a_mail_address_is_a_contact() -> None:
    assert Reached(contact=Email("a@b.example"), usage=ContactUsage.EMAIL).usage is ContactUsage.EMAIL


@pytest.mark.parametrize("name", ["occupation", "employer", "industry", "education", "marital", "income_band"])
def test_a_description_is_neither_empty_nor_a_book_nor_shown(name) -> None:
    assert refused(Described, **{name: ""}) == (Fault.EMPTY, name)
    assert refused(Described, **{name: "x" * 501}) == (Fault.LENGTH, name)
    assert "教师" not in repr(Described(**{name: "教师"}))
    assert Described(**{name: "教师"}).is_of_person is (name != "industry")


def test_what_is_not_described_is_of_nobody() -> None:
    assert Described().is_of_person is False


@pytest.mark.parametrize("key", ["", "Hobby", "a b", "a..b", "a.", "a.b.c.d.e", "x" * 600])
def test_a_notes_key_is_a_dotted_name(key) -> None:
    assert refused(Noted, key=key, text="x") == (Fault.FORMAT, "key")


@pytest.mark.parametrize("key", ["credit", "credit.limit", "credit_line", "loan.balance"])
def test_credit_data_stays_out(key) -> None:
    assert refused(Noted, key=key, text="x") == (Fault.UNKNOWN_FIELD, "key")


def test_a_note_has_a_text_that_is_not_shown() -> None:
    assert refused(Noted, key="branch.remark", text="") == (Fault.EMPTY, "text")
    assert "围棋" not in repr(Noted(key="branch.remark", text="围棋"))


@pytest.mark.parametrize(
    ("status", "into"), [(Status.ACTIVE, None), (Status.ACTIVE, "2"), (Status.DELETED, "2"), (Status.MERGED, None)]
)
def test_closed_is_deleted_or_merged_into_somebody(status, into) -> None:
    assert refused(Closed, status=status, into=into, valid=Span()) == (Fault.CONFLICT, "status")


def test_closed_keeps_the_survivor() -> None:
    assert Closed(status=Status.MERGED, into="2", valid=Span()).into == "2"


def test_a_validity_that_ends_before_it_begins_is_no_span() -> None:
    with pytest.raises(InvalidValue, match="ends before it begins"):
        Residing(address=Address("x"), valid=Span(date(2024, 1, 2), date(2024, 1, 1)))


def test_lists_become_tuples_and_nothing_can_be_written() -> None:
    residing = Residing(address=Address("x"), usages=[])
    assert residing.usages == ()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        residing.usages = ()


def test_risk_tolerance_and_aml_rating_are_two_things() -> None:
    day = date(2026, 11, 23)
    assert RiskTolerance(level=RiskLevel.C3, assessed_on=day) != AmlRating(level=AmlLevel.MEDIUM, rated_on=day)
    assert set(RiskLevel).isdisjoint(AmlLevel)
