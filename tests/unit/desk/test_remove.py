"""A customer is removed when nothing that lives hangs on it; every hindrance is told, each with its remedy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.customer.children import Closed
from custmaster.customer.events import Deleted, evolve
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.decision import Allowed, Approval, Decision, Occasion, Outcome, Review, decide
from custmaster.desk import remove
from custmaster.desk.codes import DeskCode
from custmaster.desk.remove import HINDRANCES, RemovalFacts
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.handbook import Language, default, render
from custmaster.value.party import PartyKind
from custmaster.value.span import Span

TODAY = date(2026, 11, 23)
PAGE = default().on(TODAY)
CUSTOMER = Customer(number="6000000001", kind=PartyKind.PERSON, opened_on=date(2020, 1, 2))
NOTHING = RemovalFacts(open_accounts=0, live_cards=0, live_contracts=(), roster_entries=0)


def occasion(**given: Any) -> Occasion:
    return Occasion(**{"day": TODAY, "actor": "S-0042", "request_id": "T-1"} | given)


def ask(facts: RemovalFacts = NOTHING, customer: Customer = CUSTOMER, **given: Any) -> Decision:
    return remove.decide(customer, facts, occasion(**given), PAGE)


def codes(answer: Decision) -> list[str]:
    return [str(reason.code) for reason in answer.reasons]


def test_a_customer_on_whom_nothing_hangs_is_removed_and_keeps_its_number() -> None:
    answer = ask()
    assert answer == Allowed(
        events=(Deleted(on=TODAY, actor="S-0042", request_id="T-1", number="6000000001"),), handbook=PAGE.stamp
    )
    after = evolve(CUSTOMER, answer.events[0])
    assert (after.number, after.status, after.closed_on) == ("6000000001", Status.DELETED, TODAY)


def test_every_hindrance_is_told_in_table_order_and_each_contract_by_its_number() -> None:
    facts = RemovalFacts(open_accounts=2, live_cards=1, live_contracts=["2026000009", "2026000001"], roster_entries=1)
    answer = ask(facts)
    assert answer.outcome is Outcome.REFUSED
    assert codes(answer) == ["ACCOUNTS_OPEN", "CARDS_LIVE", "CONTRACT_LIVE", "CONTRACT_LIVE", "ON_ROSTER"]
    assert [reason.subject for reason in answer.reasons] == [
        "6000000001",
        "6000000001",
        "2026000001",
        "2026000009",
        "6000000001",
    ]
    assert [reason.facts for reason in answer.reasons[:2]] == [(("count", 2),), (("count", 1),)]


@pytest.mark.parametrize("row", HINDRANCES, ids=lambda row: row.fact)
def test_each_row_of_the_table_stands_alone_and_is_told_in_both_languages(row: remove.Hindrance) -> None:
    hit = ("2026000001",) if row.fact == "live_contracts" else 1
    answer = ask(changed(NOTHING, **{row.fact: hit}))
    assert codes(answer) == [row.code.value]
    assert answer.outcome is row.outcome
    (reason,) = answer.reasons
    for lang in Language:
        assert render(reason.code, reason.facts, lang)


def test_every_fact_but_the_earlier_answer_has_its_row() -> None:
    named = [field.name for field in RemovalFacts.__attrs_attrs__ if field.name != "earlier"]
    assert [row.fact for row in HINDRANCES] == named


def test_what_was_not_looked_up_is_not_zero() -> None:
    with pytest.raises(TypeError):
        RemovalFacts(open_accounts=0)  # type: ignore[call-arg]


@pytest.mark.parametrize("count", ["open_accounts", "live_cards", "roster_entries"])
def test_a_negative_count_is_refused_with_its_path(count: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        changed(NOTHING, **{count: -1})
    assert (caught.value.fault, caught.value.path) == (Fault.RANGE, count)


def test_a_roster_entry_is_lifted_by_an_approval_and_an_open_account_is_not() -> None:
    signed = Approval(by="S-0007", reason="handed over", codes=["ON_ROSTER", "ACCOUNTS_OPEN"])
    assert ask(changed(NOTHING, roster_entries=1), approvals=[signed]).outcome is Outcome.ALLOWED
    assert ask(changed(NOTHING, open_accounts=1), approvals=[signed]).outcome is Outcome.REFUSED


def test_only_an_active_customer_is_removed() -> None:
    deleted = changed(CUSTOMER, status=Status.DELETED, closed_on=date(2024, 1, 1))
    answer = ask(customer=deleted)
    assert codes(answer) == ["NOT_ACTIVE"]
    assert answer.reasons[0].facts == (("status", "DELETED"),)
    assert (answer.reasons[0].subject, answer.reasons[0].citation.article) == ("6000000001", "R-63")


def test_a_merged_customer_is_answered_with_its_survivor() -> None:
    merged = changed(CUSTOMER, status=Status.MERGED, merged_into="6000000002", closed_on=date(2024, 1, 1))
    answer = ask(customer=merged)
    assert codes(answer) == ["MERGED_INTO"]
    assert answer.reasons[0].facts == (("number", "6000000002"),)


def test_the_state_and_the_facts_are_told_together() -> None:
    deleted = changed(CUSTOMER, status=Status.DELETED)
    assert codes(ask(changed(NOTHING, live_cards=1), customer=deleted)) == ["NOT_ACTIVE", "CARDS_LIVE"]


@pytest.mark.parametrize(
    "customer",
    [
        changed(CUSTOMER, opened_on=date(2026, 11, 24)),
        changed(CUSTOMER, closures=[Closed(status=Status.DELETED, valid=Span(date(2026, 1, 1), date(2026, 12, 1)))]),
    ],
    ids=["opened later", "reactivated later"],
)
def test_nobody_is_removed_before_the_last_step_of_its_life(customer: Customer) -> None:
    assert codes(ask(customer=customer)) == ["DAY_TOO_EARLY"]


def test_a_stock_customer_without_an_opening_day_is_removed() -> None:
    assert ask(customer=changed(CUSTOMER, opened_on=None)).outcome is Outcome.ALLOWED


# --- the same request again ---------------------------------------------------------------------------------------------


def test_the_same_request_gives_the_same_answer_whatever_has_changed_since() -> None:
    first = ask()
    after = evolve(CUSTOMER, first.events[0])
    assert ask(changed(NOTHING, open_accounts=3, earlier=first), customer=after, day=date(2026, 11, 24)) == first


def test_a_refusal_stays_under_its_request_id() -> None:
    first = ask(changed(NOTHING, open_accounts=1))
    assert ask(changed(NOTHING, earlier=first)) is first


def test_a_review_is_asked_anew_when_a_person_has_approved() -> None:
    first = ask(changed(NOTHING, roster_entries=1))
    assert isinstance(first, Review)
    again = changed(NOTHING, roster_entries=1, earlier=first)
    assert ask(again) is first
    assert ask(again, approvals=[Approval(by="S-1", reason="seen", codes=["ON_ROSTER"])]).outcome is Outcome.ALLOWED


def test_a_request_id_of_another_customer_is_refused() -> None:
    other = ask(customer=changed(CUSTOMER, number="6000000002"))
    assert codes(ask(changed(NOTHING, earlier=other))) == [DeskCode.REQUEST_ID_REUSED]


@pytest.mark.parametrize("events", [(), ("something else",)], ids=["none", "of another question"])
def test_a_request_id_of_another_question_is_not_answered_by_it(events: tuple[object, ...]) -> None:
    earlier = decide((), handbook="2026.1", events=events)
    if events:
        with pytest.raises(CustmasterError):
            ask(changed(NOTHING, earlier=earlier))
    else:
        assert codes(ask(changed(NOTHING, earlier=earlier))) == [DeskCode.REQUEST_ID_REUSED]


def test_the_answer_of_another_request_is_the_callers_bug() -> None:
    with pytest.raises(CustmasterError, match="another request"):
        ask(changed(NOTHING, earlier=ask(request_id="T-0")))
