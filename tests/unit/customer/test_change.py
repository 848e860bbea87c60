"""Changing a customer: one event or none, with all reasons; nothing is half-applied."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from custmaster.customer import Customer, Status, evolve
from custmaster.customer.change import AddChild, AmendChild, ChangeCode, Correct, EndChild, decide
from custmaster.customer.children import Held, NamedAs, Noted, Reached
from custmaster.customer.events import CoreField
from custmaster.decision import Allowed, Approval, Occasion, Outcome
from custmaster.errors import InvalidValue
from custmaster.handbook import default
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

DAY, LATER = date(2026, 11, 23), date(2026, 12, 1)
PAGE = default().on(DAY)
NAME = NamedAs(name=Name("张伟"), valid=Span(date(2020, 1, 1), None))


def card(number: str, **fields) -> Held:
    return Held(document=IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber(number), **fields))


CARD = card("11010519491231002X")
PHONE = Reached(contact=Phone("13800001234"))
CUSTOMER = Customer(
    number="6000000001", kind=PartyKind.PERSON, names=[NAME], documents=[CARD], contacts=[PHONE], requests=["T-0"]
)


def ask(change, customer=CUSTOMER, **occasion):
    return decide(
        customer, change, occasion=Occasion(**{"day": DAY, "actor": "S-1", "request_id": "T-1"} | occasion), page=PAGE
    )


def codes(decision) -> list[str]:
    return [reason.code.value for reason in decision.reasons]


def test_a_change_is_one_event_that_the_record_accepts() -> None:
    note = Noted(key="a", text="b")
    decision = ask(AddChild(child=note))
    assert isinstance(decision, Allowed)
    assert codes(decision) == []
    (event,) = decision.events
    after = evolve(CUSTOMER, event)
    assert (after.notes, after.requests) == ((note,), ("T-0", "T-1"))
    assert decision.handbook == PAGE.stamp


@pytest.mark.parametrize(
    "change",
    [
        AddChild(child=PHONE),
        EndChild(child=NamedAs(name=Name("张伟"), valid=Span(date(2020, 1, 1), None)), end=LATER),
        AmendChild(child=PHONE, becomes=Reached(contact=Phone("13900001234"))),
        Correct(field=CoreField.NATIONALITY, value="CHN"),
    ],
)
def test_the_same_request_again_is_allowed_without_an_event(change) -> None:
    decision = ask(change, request_id="T-0")
    assert isinstance(decision, Allowed)
    assert (codes(decision), decision.events) == ([ChangeCode.CHANGE_ALREADY_MADE], ())


@pytest.mark.parametrize(
    "change",
    [
        AddChild(child=PHONE),
        AmendChild(child=PHONE, becomes=PHONE),
        Correct(field=CoreField.NATIONALITY, value=None),
    ],
)
def test_what_the_record_says_already_is_no_change(change) -> None:
    decision = ask(change)
    assert isinstance(decision, Allowed)
    assert (codes(decision), decision.events) == ([ChangeCode.CHANGE_WITHOUT_EFFECT], ())


def test_what_ended_on_that_day_already_is_no_change() -> None:
    ended = attrs.evolve(PHONE, valid=Span(None, LATER))
    customer = attrs.evolve(CUSTOMER, contacts=[ended])
    assert codes(ask(EndChild(child=ended, end=LATER), customer)) == [ChangeCode.CHANGE_WITHOUT_EFFECT]


@pytest.mark.parametrize("status", [Status.DELETED, Status.MERGED])
def test_a_customer_that_is_not_active_is_not_changed(status) -> None:
    gone = attrs.evolve(CUSTOMER, status=status, merged_into="2" if status is Status.MERGED else None)
    decision = ask(Correct(field=CoreField.NATIONALITY, value="CHN"), gone)
    assert (decision.outcome, codes(decision)) == (Outcome.REFUSED, [ChangeCode.CHANGE_NOT_ACTIVE])
    assert dict(decision.reasons[0].facts) == {"status": status.value}


@pytest.mark.parametrize(
    "change",
    [
        EndChild(child=Noted(key="a", text="b"), end=LATER),
        AmendChild(child=Noted(key="a", text="b"), becomes=Noted(key="a", text="c")),
    ],
)
def test_a_child_that_is_not_there(change) -> None:
    decision = ask(change)
    assert (decision.outcome, codes(decision)) == (Outcome.REFUSED, [ChangeCode.CHANGE_OF_UNKNOWN])
    assert dict(decision.reasons[0].facts) == {"list": "notes"}


@pytest.mark.parametrize("end", [date(2019, 12, 31), date(2020, 1, 1)])
def test_nothing_ends_before_it_begins(end) -> None:
    decision = ask(EndChild(child=NAME, end=end))
    assert (decision.outcome, codes(decision)) == (Outcome.REFUSED, [ChangeCode.CHANGE_BEFORE_BEGIN])


def test_every_contradiction_is_a_reason_with_its_path() -> None:
    decision = ask(AddChild(child=card("440524188001010014")))
    assert (decision.outcome, codes(decision)) == (Outcome.REFUSED, [ChangeCode.CHANGE_CONFLICT])
    assert dict(decision.reasons[0].facts) == {"path": "documents[1].document.number", "fault": "CONFLICT"}


def test_a_document_that_judge_refuses_is_refused() -> None:
    decision = ask(AmendChild(child=CARD, becomes=card("110105194912310021")))
    assert (decision.outcome, codes(decision)) == (Outcome.REFUSED, ["DOCUMENT_CHECK_DIGIT"])


def test_what_was_remarked_on_before_is_no_reason_now() -> None:
    customer = attrs.evolve(CUSTOMER, documents=[card("110105194912310021")])
    assert codes(ask(Correct(field=CoreField.NATIONALITY, value="CHN"), customer)) == []


def test_a_review_is_lifted_by_an_approval() -> None:
    change = AmendChild(child=PHONE, becomes=Reached(contact=Phone("13800000000")))
    assert (ask(change).outcome, codes(ask(change))) == (Outcome.REVIEW, ["PHONE_PLACEHOLDER"])
    approval = Approval(by="S-9", reason="seen", codes=["PHONE_PLACEHOLDER"])
    assert ask(change, approvals=[approval]).outcome is Outcome.ALLOWED


def test_a_customer_keeps_a_name_and_is_asked_about_the_last_document() -> None:
    nameless = ask(EndChild(child=NAME, end=DAY))
    assert (nameless.outcome, codes(nameless)) == (Outcome.REFUSED, [ChangeCode.CHANGE_LEAVES_NO_NAME])
    paperless = ask(EndChild(child=CARD, end=DAY))
    assert (paperless.outcome, codes(paperless)) == (Outcome.REVIEW, [ChangeCode.CHANGE_LEAVES_NO_DOCUMENT])
    assert ask(EndChild(child=CARD, end=LATER)).outcome is Outcome.ALLOWED


def test_a_sex_against_the_number_is_for_a_person_to_look_at() -> None:
    decision = ask(Correct(field=CoreField.SEX, value=Sex.MALE))
    assert (decision.outcome, codes(decision)) == (Outcome.REVIEW, ["SEX_DIFFERS"])


def test_a_value_of_another_type_is_bad_input() -> None:
    with pytest.raises(InvalidValue):
        ask(Correct(field=CoreField.SEX, value="MALE"))


def test_no_reason_holds_what_was_changed() -> None:
    decision = ask(AddChild(child=card("440524188001010014")))
    assert "440524" not in repr(decision)
    assert "1949" not in repr(Correct(field=CoreField.BIRTH_DATE, value=date(1949, 12, 31)))
