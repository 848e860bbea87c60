"""One applicant, the candidates, one verdict; and the Decision that it makes."""

from __future__ import annotations

from datetime import date

import pytest

from custmaster.customer.entry import Entry
from custmaster.customer.kinds import Status
from custmaster.decision import Approval, Occasion, Outcome
from custmaster.dedup import Candidate, Existence, ExistenceCode, Verdict, as_decision, check
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.handbook import Language, default, render
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.phone import Phone

TODAY = date(2026, 11, 23)
PAGE = default().on(TODAY)
BOTH = ("BP", "EUSP")
CITIZEN = "11010519491231002X"


def person(name: str = "王伟", number: str | None = CITIZEN, mobile: str | None = None) -> Entry:
    documents = (
        [] if number is None else [IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber(number))]
    )
    return Entry(name=Name(name), documents=documents, phones=[] if mobile is None else [Phone(mobile)])


def known(number: str, entry: Entry | None = None, into: str | None = None, *, deleted: bool = False) -> Candidate:
    status = Status.MERGED if into is not None else Status.DELETED if deleted else Status.ACTIVE
    return Candidate(number=number, entry=person() if entry is None else entry, status=status, merged_into=into)


def asked(*candidates: Candidate, applicant: Entry | None = None, searched: tuple[str, ...] = BOTH) -> Existence:
    return check(person() if applicant is None else applicant, candidates, searched=searched, required=BOTH)


def decided(existence: Existence, *lifted: str) -> tuple[Outcome, list[str]]:
    approvals = [Approval(by="S-1", reason="seen", codes=lifted)] if lifted else []
    occasion = Occasion(day=TODAY, actor="S-2", request_id="T-1", approvals=approvals)
    decision = as_decision(existence, occasion, PAGE)
    assert decision.handbook == PAGE.stamp
    return decision.outcome, [str(reason.code) for reason in decision.reasons]


def test_the_same_customer_is_refused_with_its_number() -> None:
    found = asked(known("7000000001"))
    assert (found.verdict, found.number) == (Verdict.EXISTS, "7000000001")
    assert found.evidence == found.considered[0].evidence == "+NAME+IDNO+TYPE+BIRTH+SEX"
    assert decided(found) == (Outcome.REFUSED, ["EXISTS"])
    assert dict(found.reasons[0].facts) == {"number": "7000000001", "evidence": "+NAME+IDNO+TYPE+BIRTH+SEX"}


def test_a_merged_customer_leads_to_the_survivor_at_the_end_of_the_chain() -> None:
    chain = known("7000000001", into="7000000002"), known("7000000002", person("李明"), into="7000000003")
    found = asked(*chain)
    assert (found.verdict, found.number) == (Verdict.EXISTS_VIA_ALIAS, "7000000003")
    assert found.considered[0].number == "7000000001"
    assert decided(found) == (Outcome.REFUSED, ["EXISTS_VIA_ALIAS", "CONFLICT_NAME"])


def test_the_survivor_itself_is_the_stronger_answer() -> None:
    found = asked(known("7000000001", into="7000000002"), known("7000000002"))
    assert (found.verdict, found.number) == (Verdict.EXISTS, "7000000002")


def test_customers_merged_in_a_circle_are_a_bug_of_the_host() -> None:
    with pytest.raises(CustmasterError, match="circle"):
        asked(known("7000000001", into="7000000002"), known("7000000002", into="7000000001"))
    with pytest.raises(CustmasterError, match="circle"):
        asked(known("7000000001", into="7000000001"))


def test_a_deleted_customer_is_offered_for_reactivation() -> None:
    found = asked(known("7000000001", deleted=True))
    assert (found.verdict, found.number) == (Verdict.EXISTS_CLOSED, "7000000001")
    assert found.considered[0].status is Status.DELETED
    assert decided(found) == (Outcome.REFUSED, ["EXISTS_CLOSED"])
    assert "reactivate" in render("EXISTS_CLOSED", found.reasons[0].facts, Language.EN)


def test_standing_changes_no_weaker_verdict() -> None:
    for candidate in (
        known("7000000001", person("李明"), deleted=True),
        known("7000000001", person("李明"), into="7000000002"),
    ):
        assert asked(candidate).verdict is Verdict.CONFLICT_NAME


def test_nobody_found_is_new_and_allowed() -> None:
    found = asked(known("7000000001", person("李明", "440524188001010014")))
    assert (found.verdict, found.number, found.evidence, found.missing) == (Verdict.NEW, None, "", ())
    assert [one.verdict for one in found.considered] == [Verdict.NEW]
    assert decided(found) == (Outcome.ALLOWED, ["NEW"])
    assert found.reasons[0].facts == (("count", 1),)


def test_all_candidates_are_considered_strongest_first_and_by_number() -> None:
    found = asked(
        known("7000000004", person("李明", "440524188001010014")),
        known("7000000003", person(number="110105491231002")),
        known("7000000002", person("李明")),
        known("7000000001", person("赵明")),
    )
    assert [one.number for one in found.considered] == ["7000000001", "7000000002", "7000000003", "7000000004"]
    assert decided(found) == (Outcome.REVIEW, ["CONFLICT_NAME", "CONFLICT_NAME", "ID_UPGRADE"])
    assert decided(found, "CONFLICT_NAME")[0] is Outcome.REVIEW
    assert decided(found, "CONFLICT_NAME", "ID_UPGRADE")[0] is Outcome.ALLOWED


def test_without_a_document_nobody_is_new() -> None:
    for number in (None, "无"):
        found = asked(applicant=person(number=number))
        assert (found.verdict, found.number, found.missing) == (Verdict.UNDECIDABLE, None, ("DOCUMENT",))
        assert decided(found) == (Outcome.REVIEW, ["DOCUMENT_NOT_GIVEN"])
        assert decided(found, "DOCUMENT_NOT_GIVEN")[0] is Outcome.ALLOWED


def test_with_a_system_not_searched_nobody_is_new_and_no_approval_lifts_that() -> None:
    found = asked(searched=("BP",))
    assert (found.verdict, found.missing) == (Verdict.UNDECIDABLE, ("EUSP",))
    assert decided(found, "SYSTEM_NOT_SEARCHED") == (Outcome.REVIEW, ["SYSTEM_NOT_SEARCHED"])
    assert found.reasons[0].citation.article == "R-72"
    assert asked(searched=()).missing == BOTH


def test_what_was_found_stands_though_a_system_was_not_searched() -> None:
    suspect = asked(
        known("7000000001", person(number=None, mobile="13800001234")),
        applicant=person(number=None, mobile="13800001234"),
        searched=("BP",),
    )
    assert suspect.verdict is Verdict.SUSPECT
    codes = ["SUSPECT", "DOCUMENT_NOT_GIVEN", "SYSTEM_NOT_SEARCHED"]
    assert decided(suspect, *codes) == (Outcome.REVIEW, codes), "lifting a suspicion searches nothing"
    assert decided(asked(known("7000000001"), searched=("BP",))) == (Outcome.REFUSED, ["EXISTS"])


def test_more_systems_may_be_searched_than_must_be() -> None:
    assert asked(searched=(*BOTH, "CARDS")).verdict is Verdict.NEW


def test_a_merged_candidate_names_its_survivor_and_no_other_does() -> None:
    with pytest.raises(InvalidValue) as caught:
        Candidate(number="7000000001", entry=Entry(), status=Status.MERGED)
    assert (caught.value.fault, caught.value.path) == (Fault.MISSING, "merged_into")
    assert "took it over" in str(caught.value)
    with pytest.raises(InvalidValue) as caught:
        Candidate(number="7000000001", entry=Entry(), merged_into="7000000002")
    assert (caught.value.fault, caught.value.path) == (Fault.ORDER, "merged_into")


def test_a_status_is_taken_as_a_text_too() -> None:
    assert Candidate(number="7000000001", entry=Entry(), status="DELETED").status is Status.DELETED
    for wrong in ("CLOSED", None):
        with pytest.raises(InvalidValue, match="status"):
            Candidate(number="7000000001", entry=Entry(), status=wrong)


def test_every_code_can_be_said_in_both_languages() -> None:
    facts = {"number": "7000000001", "evidence": "+NAME", "count": 3, "system": "EUSP"}
    assert all(render(code, facts, lang) for code in ExistenceCode for lang in Language)
