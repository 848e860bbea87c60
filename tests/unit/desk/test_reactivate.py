"""A removed customer comes back under its own number, unless the person has a number again by now."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.customer.children import Held, NamedAs, Reached
from custmaster.customer.entry import Entry
from custmaster.customer.events import Reactivated, evolve
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.decision import Allowed, Approval, Citation, Decision, Occasion, Outcome
from custmaster.dedup.check import Candidate
from custmaster.desk import reactivate
from custmaster.desk.codes import DeskCode
from custmaster.desk.reactivate import ReactivationFacts
from custmaster.errors import CustmasterError
from custmaster.handbook import Language, default, render
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.span import Span

TODAY = date(2026, 11, 23)
PAGE = default().on(TODAY)
CARD = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X"))
REMOVED = Customer(
    number="6000000001",
    kind=PartyKind.PERSON,
    status=Status.DELETED,
    opened_on=date(2020, 1, 2),
    closed_on=date(2024, 5, 6),
    names=[NamedAs(name=Name("张伟"))],
    documents=[Held(document=CARD, primary=True)],
    contacts=[Reached(contact=Phone("13812345678"))],
)
BOTH = ("BP", "EUSP")


def found(number: str, **given: Any) -> Candidate:
    """A customer with the same name and card as the removed one."""
    return Candidate(**{"number": number, "entry": REMOVED.entry(TODAY)} | given)


def ask(
    *candidates: Candidate,
    customer: Customer = REMOVED,
    searched: tuple[str, ...] = BOTH,
    earlier: Decision | None = None,
    **given: Any,
) -> Decision:
    occasion = Occasion(**{"day": TODAY, "actor": "S-0042", "request_id": "T-2"} | given)
    facts = ReactivationFacts(candidates=candidates, searched=searched, earlier=earlier)
    return reactivate.decide(customer, facts, occasion, PAGE)


def codes(answer: Decision) -> list[str]:
    return [str(reason.code) for reason in answer.reasons]


def test_a_removed_customer_comes_back_under_its_own_number() -> None:
    answer = ask()
    assert isinstance(answer, Allowed)
    assert answer.events == (Reactivated(on=TODAY, actor="S-0042", request_id="T-2", number="6000000001"),)
    after = evolve(REMOVED, answer.events[0])
    assert (after.number, after.status, after.closed_on) == ("6000000001", Status.ACTIVE, None)
    assert codes(answer) == ["NEW"]


def test_only_what_the_record_holds_on_the_day_is_searched() -> None:
    ended = Span(None, date(2023, 1, 1))
    former = IdentityDocument(type=DocumentType.CHINESE_PASSPORT, number=DocumentNumber("E12345678"))
    before = changed(REMOVED, documents=[Held(document=CARD, primary=True), Held(document=former, valid=ended)])
    other = Candidate(number="6000000009", entry=Entry(name=Name("李娜"), documents=[former]))
    assert codes(ask(other, customer=before)) == ["NEW"]


def test_an_answer_names_the_customer_its_page_and_its_source() -> None:
    early = ask(day=date(2023, 1, 1))
    assert early.handbook == PAGE.stamp
    too_early = next(reason for reason in early.reasons if reason.code is DeskCode.DAY_TOO_EARLY)
    assert (too_early.subject, too_early.facts) == ("6000000001", (("last", date(2024, 5, 6)),))
    active = ask(customer=changed(REMOVED, status=Status.ACTIVE, closed_on=None)).reasons[0]
    assert (active.code, active.subject) == (DeskCode.NOT_DELETED, "6000000001")
    closed = ask(found("6000000009", status=Status.DELETED)).reasons[0]
    assert (closed.code, closed.citation) == (DeskCode.ALSO_CLOSED, Citation(article="R-63"))


def test_the_customer_itself_and_its_aliases_are_passed_over() -> None:
    mine = found("6000000001", status=Status.DELETED)
    alias = found("6000000003", status=Status.MERGED, merged_into="6000000001")
    older = found("6000000004", status=Status.MERGED, merged_into="6000000003")
    assert ask(mine, older, alias).outcome is Outcome.ALLOWED


def test_somebody_opened_again_in_the_meantime_is_refused_with_the_number() -> None:
    answer = ask(found("6000000009"))
    assert answer.outcome is Outcome.REFUSED
    assert codes(answer) == ["EXISTS"]
    assert answer.reasons[0].subject == "6000000009"


def test_somebody_merged_into_a_third_customer_leads_there() -> None:
    answer = ask(found("6000000009", status=Status.MERGED, merged_into="6000000008"))
    assert codes(answer) == ["EXISTS_VIA_ALIAS"]
    assert dict(answer.reasons[0].facts)["number"] == "6000000008"


def test_of_two_removed_records_of_one_person_a_person_chooses() -> None:
    other = found("6000000009", status=Status.DELETED)
    answer = ask(other)
    assert (answer.outcome, codes(answer)) == (Outcome.REVIEW, ["ALSO_CLOSED"])
    assert answer.reasons[0].subject == "6000000009"
    for lang in Language:
        assert "6000000009" in render(answer.reasons[0].code, answer.reasons[0].facts, lang)
    signed = Approval(by="S-0007", reason="the older number", codes=["ALSO_CLOSED"])
    assert ask(other, approvals=[signed]).outcome is Outcome.ALLOWED


def test_a_merged_loser_is_refused_and_pointed_to_its_survivor() -> None:
    merged = changed(REMOVED, status=Status.MERGED, merged_into="6000000002")
    answer = ask(customer=merged)
    assert answer.outcome is Outcome.REFUSED
    assert codes(answer)[0] == "MERGED_INTO"
    assert answer.reasons[0].facts == (("number", "6000000002"),)
    assert answer.reasons[0].citation.article == "B8.8"


def test_an_active_customer_is_not_reactivated() -> None:
    answer = ask(customer=changed(REMOVED, status=Status.ACTIVE, closed_on=None))
    assert codes(answer) == ["NOT_DELETED", "NEW"]


def test_all_reasons_are_collected() -> None:
    answer = ask(found("6000000009"), customer=changed(REMOVED, closed_on=date(2026, 12, 1)))
    assert codes(answer) == ["DAY_TOO_EARLY", "EXISTS"]


def test_a_removal_of_the_same_day_can_be_undone() -> None:
    answer = ask(customer=changed(REMOVED, closed_on=TODAY))
    assert isinstance(answer, Allowed)
    assert evolve(changed(REMOVED, closed_on=TODAY), answer.events[0]).status is Status.ACTIVE


def test_a_system_that_was_not_searched_is_lifted_by_nobody() -> None:
    signed = Approval(by="S-0007", reason="I know him", codes=["SYSTEM_NOT_SEARCHED", "SUSPECT"])
    answer = ask(searched=("BP",), approvals=[signed])
    assert (answer.outcome, answer.open_codes, answer.fixed_codes) == (Outcome.REVIEW, (), ("SYSTEM_NOT_SEARCHED",))


def test_the_same_request_gives_the_same_answer() -> None:
    first = ask()
    after = evolve(REMOVED, first.events[0])
    assert ask(found("6000000009"), customer=after, earlier=first) is first


def test_a_request_id_of_another_customer_is_refused() -> None:
    other = ask(customer=changed(REMOVED, number="6000000002"))
    assert codes(ask(earlier=other)) == [DeskCode.REQUEST_ID_REUSED]


def test_candidates_merged_in_a_circle_are_the_callers_bug() -> None:
    one = found("6000000007", status=Status.MERGED, merged_into="6000000008")
    two = found("6000000008", status=Status.MERGED, merged_into="6000000007")
    with pytest.raises(CustmasterError, match="circle"):
        ask(one, two)
