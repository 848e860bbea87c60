"""Opening is one question: is the applicant known, is enough known of the applicant, which number is given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.customer.children import Held, NamedAs
from custmaster.customer.entry import Entry
from custmaster.customer.events import Opened, evolve
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.decision import Allowed, Approval, Citation, Decision, Occasion, Outcome, Review
from custmaster.dedup.check import Candidate
from custmaster.desk import open as opening
from custmaster.desk.open import APPLICANT, Opening, OpeningFacts
from custmaster.errors import CustmasterError, InvalidValue
from custmaster.handbook import Language, default, render
from custmaster.handbook.keys import NUMBER_RANGES_OF_CUSTOMERS
from custmaster.screening import Identity, ListEntry, Origin, Screen, Screened
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

TODAY = date(2026, 11, 23)
PAGE = default().on(TODAY)
BOTH = ("BP", "EUSP")
CARD = IdentityDocument(
    type=DocumentType.RESIDENT_ID,
    number=DocumentNumber("11010519491231002X"),
    issued_on=date(2008, 5, 6),
    long_term=True,
)
APPLICATION = Entry(
    name=Name("张伟"),
    documents=(CARD,),
    sex=Sex.FEMALE,
    birth_date=date(1949, 12, 31),
    nationality="CHN",
    occupation="教师",
    phones=(Phone("13651980247"),),
    addresses=(Address("北京市海淀区中关村大街27号"),),
)


def known(number: str = "6000000009", **given: Any) -> Candidate:
    return Candidate(**{"number": number, "entry": APPLICATION} | given)


def ask(
    applicant: Entry | Customer = APPLICATION,
    *candidates: Candidate,
    facts: dict[str, Any] | None = None,
    **given: Any,
) -> Decision:
    said = {"candidates": candidates, "searched": BOTH} | (facts or {})
    when = {"day": TODAY, "actor": "S-0042", "request_id": "T-1", "numbers": ["6000000001"]} | given
    return opening.decide(Opening(applicant=applicant), OpeningFacts(**said), Occasion(**when), PAGE)


def codes(answer: Decision) -> list[str]:
    return [reason.code.value for reason in answer.reasons]


def approval(*lifted: str) -> list[Approval]:
    return [Approval(by="S-0007", reason="seen the original", codes=lifted)]


# --- the plain case -----------------------------------------------------------------------------------------------------


def test_a_new_and_complete_applicant_becomes_a_customer() -> None:
    answer = ask()
    assert isinstance(answer, Allowed)
    assert codes(answer) == ["NEW"]
    assert answer.handbook == PAGE.stamp
    (event,) = answer.events
    assert isinstance(event, Opened)
    assert (event.on, event.actor, event.request_id, event.number) == (TODAY, "S-0042", "T-1", "6000000001")
    record = evolve(None, event)
    assert record == event.customer
    assert (record.status, record.opened_on, record.requests) == (Status.ACTIVE, TODAY, ("T-1",))
    assert record.entry(TODAY) == changed(APPLICATION, customer_number="6000000001", opened_on=TODAY)


def test_a_whole_record_is_opened_with_all_that_it_holds() -> None:
    record = changed(ask().events[0].customer, number=APPLICANT, opened_on=None, requests=())
    assert ask(record) == ask()


def test_a_unit_is_asked_for_its_own_elements() -> None:
    licence = IdentityDocument(
        type=DocumentType.CREDIT_CODE, number=DocumentNumber("91350211M000100Y46"), long_term=True
    )
    applicant = Customer(
        number=APPLICANT,
        kind=PartyKind.UNIT,
        names=[NamedAs(name=Name("厦门市鼓浪屿渡轮有限公司"))],
        documents=[Held(document=licence, primary=True)],
    )
    answer = ask(applicant)
    assert isinstance(answer, Review)
    elements = {dict(reason.facts)["element"] for reason in answer.reasons if reason.code.value == "ELEMENT_MISSING"}
    assert elements == {"ADDRESS", "SCOPE", "REPRESENTATIVE", "AGENT", "CONTROLLER", "OWNERS"}


# --- existence ----------------------------------------------------------------------------------------------------------


def test_a_customer_that_is_there_is_refused_with_its_number() -> None:
    answer = ask(APPLICATION, known())
    assert (answer.outcome, codes(answer)) == (Outcome.REFUSED, ["EXISTS"])
    assert answer.reasons[0].subject == "6000000009"


def test_a_merged_customer_leads_to_its_survivor() -> None:
    answer = ask(APPLICATION, known(status=Status.MERGED, merged_into="6000000008"))
    assert (answer.outcome, codes(answer)) == (Outcome.REFUSED, ["EXISTS_VIA_ALIAS"])
    assert dict(answer.reasons[0].facts)["number"] == "6000000008"


def test_a_removed_customer_is_refused_with_the_offer_to_reactivate() -> None:
    answer = ask(APPLICATION, known(status=Status.DELETED))
    assert (answer.outcome, codes(answer)) == (Outcome.REFUSED, ["EXISTS_CLOSED"])
    said = render(answer.reasons[0].code, answer.reasons[0].facts, Language.EN)
    assert "6000000009" in said
    assert "reactivate" in said


def test_a_conflict_is_for_a_person_to_lift() -> None:
    other = known(entry=changed(APPLICATION, name=Name("李娜")))
    assert codes(ask(APPLICATION, other)) == ["CONFLICT_NAME"]
    assert ask(APPLICATION, other).outcome is Outcome.REVIEW
    assert ask(APPLICATION, other, approvals=approval("CONFLICT_NAME")).outcome is Outcome.ALLOWED


def test_a_system_that_was_not_searched_is_lifted_by_nobody() -> None:
    answer = ask(facts={"searched": ("BP",)}, approvals=approval("SYSTEM_NOT_SEARCHED"))
    assert isinstance(answer, Review)
    assert (answer.open_codes, answer.fixed_codes) == ((), ("SYSTEM_NOT_SEARCHED",))
    assert answer.reasons[0].facts == (("system", "EUSP"),)


def test_every_system_of_the_number_plan_has_to_be_searched() -> None:
    answer = ask(facts={"searched": ()})
    assert [dict(reason.facts)["system"] for reason in answer.reasons] == ["BP", "EUSP"]


# --- completeness -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["name", "documents"])
def test_without_the_three_elements_nobody_is_opened(field: str) -> None:
    empty = None if field == "name" else ()
    answer = ask(changed(APPLICATION, **{field: empty}), approvals=approval("ELEMENT_MISSING", "DOCUMENT_NOT_GIVEN"))
    assert answer.outcome is Outcome.REFUSED
    assert "ELEMENT_MISSING" in codes(answer)
    assert "NAME_MISSING" not in codes(answer)
    assert "DOCUMENT_MISSING" not in codes(answer)


@pytest.mark.parametrize("field", ["sex", "nationality", "occupation", "phones", "addresses"])
def test_another_element_is_for_a_person_to_lift(field: str) -> None:
    empty = () if field in ("phones", "addresses") else None
    poorer = changed(APPLICATION, **{field: empty})
    assert (ask(poorer).outcome, codes(ask(poorer))) == (Outcome.REVIEW, ["NEW", "ELEMENT_MISSING"])
    assert ask(poorer, approvals=approval("ELEMENT_MISSING")).outcome is Outcome.ALLOWED


def test_a_fault_is_told_once_and_exactly() -> None:
    expired = changed(CARD, long_term=False, issued_on=date(2004, 5, 6), expires_on=date(2024, 5, 6))
    found = codes(ask(changed(APPLICATION, documents=(expired,))))
    assert "DOCUMENT_EXPIRED" in found
    assert "ELEMENT_EXPIRED" not in found


def test_a_sex_at_odds_with_the_number_is_told_once() -> None:
    answer = ask(changed(APPLICATION, sex=Sex.MALE))
    assert codes(answer) == ["NEW", "SEX_DIFFERS"]


def test_a_fault_without_an_exact_remark_is_told_by_its_element() -> None:
    answer = ask(changed(APPLICATION, nationality="USA"))
    assert codes(answer) == ["NEW", "ELEMENT_INCONSISTENT"]


def test_a_note_does_not_stand_for_an_element_at_fault() -> None:
    wide = changed(APPLICATION, name=Name("张 伟"))
    assert (ask(wide).outcome, codes(ask(wide))) == (Outcome.ALLOWED, ["NEW", "TEXT_SPACES"])


def test_a_number_that_cannot_be_right_is_refused() -> None:
    wrong = changed(CARD, number=DocumentNumber("110105194912310021"))
    answer = ask(changed(APPLICATION, documents=(wrong,)))
    assert (answer.outcome, codes(answer)) == (Outcome.REFUSED, ["NEW", "DOCUMENT_CHECK_DIGIT"])


def test_reasons_about_an_applicant_have_no_subject() -> None:
    answer = ask(Entry(name=Name("测试1")))
    assert len(answer.reasons) > 5
    assert {reason.subject for reason in answer.reasons} == {None}


# --- the number ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([], "NUMBER_NOT_RESERVED"),
        (["1000000001"], "NUMBER_OF_OTHER_SYSTEM"),
        (["5000000001"], "NUMBER_OUTSIDE_PLAN"),
        (["600000001"], "NUMBER_OUTSIDE_PLAN"),
        (["APPLICANT1"], "NUMBER_OUTSIDE_PLAN"),
        ([""], "NUMBER_OUTSIDE_PLAN"),
        (["6" * 40], "NUMBER_OUTSIDE_PLAN"),
    ],
)
def test_a_number_that_may_not_be_given_here_is_refused_and_nobody_lifts_it(numbers: list[str], code: str) -> None:
    answer = ask(numbers=numbers, approvals=approval(code))
    assert (answer.outcome, codes(answer)) == (Outcome.REFUSED, ["NEW", code])
    for lang in Language:
        assert render(code, answer.reasons[-1].facts, lang)


@pytest.mark.parametrize(
    "facts",
    [
        {"taken": ["6000000001"]},
        {"candidates": [known("6000000001", entry=Entry(name=Name("李娜")))]},
        {"candidates": [known("1000000002", entry=Entry(), status=Status.MERGED, merged_into="6000000001")]},
    ],
    ids=["the host knows", "a candidate", "a survivor"],
)
def test_a_number_that_somebody_bears_is_not_given_again(facts: dict[str, Any]) -> None:
    answer = ask(facts=facts)
    assert (answer.outcome, codes(answer)) == (Outcome.REFUSED, ["NEW", "NUMBER_TAKEN"])
    assert answer.reasons[-1].subject == "6000000001"


@pytest.mark.parametrize(
    ("numbers", "subject", "article"),
    [([], None, "R-45"), (["1000000001"], "1000000001", None), (["6"], "6", None)],
)
def test_a_refused_number_is_named_with_its_source(
    numbers: list[str], subject: str | None, article: str | None
) -> None:
    reason = ask(numbers=numbers).reasons[-1]
    source = PAGE.cite(NUMBER_RANGES_OF_CUSTOMERS) if article is None else Citation(article=article)
    assert (reason.subject, reason.citation) == (subject, source)


def test_only_what_the_applicant_holds_on_the_day_is_searched() -> None:
    former = IdentityDocument(type=DocumentType.CHINESE_PASSPORT, number=DocumentNumber("E12345678"))
    record = Customer(
        number=APPLICANT,
        kind=PartyKind.PERSON,
        names=[NamedAs(name=Name("张伟"))],
        documents=[Held(document=CARD, primary=True), Held(document=former, valid=Span(None, date(2023, 1, 1)))],
    )
    other = known(entry=Entry(name=Name("李娜"), documents=[former]))
    assert "CONFLICT_NAME" not in codes(ask(record, other))
    assert "CONFLICT_NAME" in codes(ask(changed(record, documents=[Held(document=former)]), other))


def test_the_first_reserved_number_is_given() -> None:
    assert ask(numbers=["6000000007", "6000000001"]).events[0].number == "6000000007"


def test_all_reasons_are_collected() -> None:
    answer = ask(
        changed(APPLICATION, occupation=None),
        known("6000000001"),
        known("6000000002", entry=changed(APPLICATION, name=Name("李娜"))),
        numbers=["1000000001"],
    )
    assert codes(answer) == ["EXISTS", "CONFLICT_NAME", "ELEMENT_MISSING", "NUMBER_OF_OTHER_SYSTEM"]


# --- the applicant ------------------------------------------------------------------------------------------------------


def test_two_cards_that_differ_are_refused_with_the_path() -> None:
    other = changed(CARD, number=DocumentNumber("440524188001010014"))
    with pytest.raises(InvalidValue) as caught:
        Opening(applicant=changed(APPLICATION, documents=(CARD, other)))
    assert caught.value.path == "documents[1].document.number"


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("number", {"number": "6000000001"}),
        ("status", {"status": Status.DELETED}),
        ("opened_on", {"opened_on": TODAY}),
        ("requests", {"requests": ["T-0"]}),
    ],
)
def test_an_applicant_is_no_customer_yet(path: str, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue) as caught:
        Opening(applicant=changed(Customer(number=APPLICANT, kind=PartyKind.PERSON), **change))
    assert caught.value.path == path


def test_an_entry_that_has_a_number_is_no_applicant() -> None:
    with pytest.raises(InvalidValue) as caught:
        Opening(applicant=changed(APPLICATION, customer_number="6000000001"))
    assert caught.value.path == "number"


# --- the same request again ---------------------------------------------------------------------------------------------


def test_the_same_request_gives_the_same_number_whatever_has_changed_since() -> None:
    first = ask()
    again = {"earlier": first, "candidates": [known("6000000001")]}
    assert ask(facts=again, numbers=["6000000002"], day=date(2026, 11, 24)) is first


def test_the_same_request_stays_refused() -> None:
    first = ask(APPLICATION, known())
    assert ask(facts={"earlier": first}) is first


def test_a_review_is_asked_anew_when_a_person_has_approved() -> None:
    poorer = changed(APPLICATION, occupation=None)
    first = ask(poorer)
    assert ask(poorer, facts={"earlier": first}) is first
    approved = ask(poorer, facts={"earlier": first}, approvals=approval("ELEMENT_MISSING"))
    assert approved.outcome is Outcome.ALLOWED


@pytest.mark.parametrize("change", [{"name": Name("李娜")}, {"phones": ()}])
def test_a_request_id_that_was_used_for_another_applicant_gives_nobodys_number(change: dict[str, Any]) -> None:
    answer = ask(changed(APPLICATION, **change), facts={"earlier": ask()})
    assert (answer.outcome, codes(answer)) == (Outcome.REFUSED, ["REQUEST_ID_REUSED"])


def test_the_answer_of_another_request_is_the_callers_bug() -> None:
    with pytest.raises(CustmasterError, match="another request"):
        ask(facts={"earlier": ask(request_id="T-0")})


# The blacklists: what was not asked is not clear, and stands in the way only where the handbook says so.


def listed_as(identity: Identity, **more: Any) -> Screened:
    entry = ListEntry(**{"origin": Origin.EXTERNAL, "list_name": "A", "number": "7", "identity": identity} | more)
    return Screen(entries=[entry]).query(APPLICATION, TODAY)


def test_lists_that_say_nothing_change_nothing() -> None:
    assert ask(facts={"screened": Screened(on=TODAY)}) == ask()
    assert ask().outcome is Outcome.ALLOWED


@pytest.mark.parametrize(
    ("identity", "outcome", "code"),
    [
        (Identity(documents=[CARD]), Outcome.REFUSED, "LISTED"),
        (Identity(names=[Name("张 伟")]), Outcome.REVIEW, "LISTED"),
        (Identity(names=[Name("張偉")]), Outcome.REVIEW, "LISTED_PERHAPS"),
        (Identity(names=[Name("张伟")], birth_date=date(1980, 1, 1)), Outcome.ALLOWED, "LISTED_CLEARED"),
    ],
)
def test_whoever_is_listed_is_refused_by_document_and_reviewed_by_name(
    identity: Identity, outcome: Outcome, code: str
) -> None:
    answer = ask(facts={"screened": listed_as(identity)})
    assert answer.outcome is outcome
    assert code in codes(answer)


def test_an_approval_lifts_a_name_and_no_document() -> None:
    signed = Approval(by="S-2", reason="another of that name", codes=["LISTED"])
    named, shown = (listed_as(one) for one in (Identity(names=[Name("张伟")]), Identity(documents=[CARD])))
    assert ask(facts={"screened": named}, approvals=[signed]).outcome is Outcome.ALLOWED
    assert ask(facts={"screened": shown}, approvals=[signed]).outcome is Outcome.REFUSED
