"""Signing is one question: does the customer exist, may the product be signed, is it signed already, which number is given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.contract import (
    REQUESTED,
    Amendment,
    Catalogue,
    Category,
    Contract,
    ContractActivated,
    ContractAmended,
    ContractChange,
    ContractSigned,
    ContractTerminated,
    Party,
    PartyRole,
    Product,
    State,
    Term,
    evolve,
)
from custmaster.decision import Allowed, Approval, Decision, Occasion, Outcome
from custmaster.dedup.alias_events import NumberClosed, NumberMerged, NumberOpened, NumberSplit
from custmaster.dedup.aliases import AliasLedger, replay, resolve
from custmaster.desk import sign
from custmaster.desk.sign import Signing, SigningFacts
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.handbook import default
from custmaster.value.account import AccountNumber
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span

DAY = date(2026, 11, 23)
PAGE = default().on(DAY)
ALI, BAI, CEN = "6000000001", "6000000002", "6000000003"
OPENED = [NumberOpened(number=number, on=date(2020, 1, 1), request_id=f"O-{number}") for number in (ALI, BAI, CEN)]
SMS = Product(number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE)
LIMIT = Product(
    number="0000000002", zh="限额", en="limit", category=Category.TRANSACTION_BEHAVIOUR, resign_maintains=True
)
REPAY = Product(number="0000000003", zh="还款", en="repayment", category=Category.TRANSACTION_BEHAVIOUR)
CATALOGUE = Catalogue(version="1", positions=10, products=[SMS, LIMIT, REPAY])


def contract(product: Product = SMS, **more: Any) -> Contract:
    return Contract(**{"number": REQUESTED, "product": product.number, "customer": ALI} | more)


def limit(**more: Any) -> Contract:
    return contract(LIMIT, **{"channels": ["MOBILE"], "reference": PartnerReference("DAY")} | more)


def ask(
    asked: Contract,
    *there: Contract,
    ledger: AliasLedger | None = None,
    facts: dict[str, Any] | None = None,
    **given: Any,
) -> Decision:
    known = replay(OPENED) if ledger is None else ledger
    said = {
        "catalogue": CATALOGUE,
        "standings": [resolve(known, number, DAY) for number in asked.customers],
        "contracts": there,
    } | (facts or {})
    when = {"day": DAY, "actor": "S-0042", "request_id": "T-1", "numbers": ["C9"]} | given
    return sign.decide(Signing(contract=asked, channel="COUNTER"), SigningFacts(**said), Occasion(**when), PAGE)


def codes(answer: Decision) -> list[str]:
    return [reason.code.value for reason in answer.reasons]


def event_of(answer: Decision) -> Any:
    assert isinstance(answer, Allowed)
    (event,) = answer.events
    return event


# --- the plain case -----------------------------------------------------------------------------------------------------


def test_a_contract_gets_the_reserved_number_and_its_day() -> None:
    event = event_of(ask(contract()))
    assert isinstance(event, ContractSigned)
    signed = evolve(None, event)
    assert (signed.number, signed.signed_on, signed.request_id, signed.state) == ("C9", DAY, "T-1", State.ACTIVE)
    assert changed(signed, number=REQUESTED, signed_on=None, request_id=None) == contract()


def test_a_draft_gets_a_number_and_later_takes_effect() -> None:
    draft = evolve(None, event_of(ask(contract(state=State.DRAFT))))
    assert draft.state is State.DRAFT
    event = event_of(ask(draft, draft, numbers=[]))
    assert event == ContractActivated(on=DAY, actor="S-0042", request_id="T-1", number="C9")
    assert evolve(draft, event).is_live


def test_the_id_under_which_a_draft_was_signed_does_not_activate_it() -> None:
    signed = ask(contract(state=State.DRAFT))
    draft = evolve(None, event_of(signed))
    assert codes(ask(draft, draft, numbers=[], facts={"earlier": signed})) == ["REQUEST_ID_REUSED"]


def test_a_draft_takes_effect_only_if_nothing_stands_against_it_by_then() -> None:
    draft = contract(number="C1", state=State.DRAFT)
    assert codes(ask(draft, draft, contract(number="C2"))) == ["CONTRACT_DUPLICATE"]


# --- the customer comes first (R-44) ------------------------------------------------------------------------------------


def test_an_unknown_number_is_refused() -> None:
    answer = ask(contract(customer="6999999999"))
    assert (codes(answer), answer.outcome, answer.reasons[0].subject) == (
        ["CUSTOMER_UNKNOWN"],
        Outcome.REFUSED,
        "6999999999",
    )
    assert codes(ask(contract(), facts={"standings": []})) == ["CUSTOMER_UNKNOWN"]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([NumberClosed(number=ALI, on=DAY, request_id="T-9")], [("CUSTOMER_NOT_ACTIVE", {"status": "CLOSED"})]),
        ([NumberMerged(number=ALI, into=BAI, on=DAY, request_id="T-9")], [("MERGED_INTO", {"number": BAI})]),
        (
            [
                NumberMerged(number=ALI, into=BAI, on=DAY, request_id="T-8"),
                NumberMerged(number=BAI, into=CEN, on=DAY, request_id="T-9"),
            ],
            [("MERGED_INTO", {"number": CEN})],
        ),
        (
            [NumberSplit(number=ALI, into=(BAI, CEN), on=DAY, request_id="T-9")],
            [("CUSTOMER_NOT_ACTIVE", {"status": "SPLIT_INTO"})],
        ),
        (
            [
                NumberMerged(number=ALI, into=BAI, on=DAY, request_id="T-8"),
                NumberSplit(number=BAI, into=(CEN, "6000000004"), on=DAY, request_id="T-9"),
            ],
            [("CUSTOMER_NOT_ACTIVE", {"status": "MERGED_INTO"})],
        ),
    ],
)
def test_a_deleted_or_merged_number_is_refused(events: list[Any], expected: list[tuple[str, dict[str, str]]]) -> None:
    fourth = NumberOpened(number="6000000004", on=date(2020, 1, 1), request_id="O-4")
    answer = ask(contract(), ledger=replay([*OPENED, fourth, *events]))
    assert [(reason.code.value, dict(reason.facts)) for reason in answer.reasons] == expected
    assert answer.outcome is Outcome.REFUSED


def test_every_customer_in_the_contract_is_asked_about() -> None:
    asked = contract(parties=[Party(number="6999999999", role=PartyRole.GUARANTOR)])
    answer = ask(asked)
    assert [(reason.code.value, reason.subject) for reason in answer.reasons] == [("CUSTOMER_UNKNOWN", "6999999999")]


def test_a_number_is_resolved_on_the_day() -> None:
    with pytest.raises(CustmasterError):
        ask(contract(), facts={"standings": [resolve(replay(OPENED), ALI, date(2025, 1, 1))]})


# --- the number ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "taken", "expected"),
    [
        ([], [], "CONTRACT_NUMBER_NOT_RESERVED"),
        (["C 9"], [], "CONTRACT_NUMBER_UNFIT"),
        ([REQUESTED], [], "CONTRACT_NUMBER_UNFIT"),
        (["C9"], ["C9"], "CONTRACT_NUMBER_TAKEN"),
        (["C1"], [], "CONTRACT_NUMBER_TAKEN"),
        (["c9"], ["C9"], "CONTRACT_NUMBER_TAKEN"),
        (["C9"], ["c9"], "CONTRACT_NUMBER_TAKEN"),
        (["c1"], [], "CONTRACT_NUMBER_TAKEN"),
    ],
)
def test_a_number_is_reserved_sound_and_never_given_twice(numbers: list[str], taken: list[str], expected: str) -> None:
    ended = contract(number="C1", state=State.TERMINATED)
    answer = ask(contract(), ended, facts={"taken": taken}, numbers=numbers)
    assert (codes(answer), answer.outcome) == ([expected], Outcome.REFUSED)


def test_the_number_is_judged_beside_the_other_grounds() -> None:
    answer = ask(contract(changed(SMS, number="0000000009"), customer="6999999999"), numbers=[])
    assert codes(answer) == ["CUSTOMER_UNKNOWN", "PRODUCT_UNKNOWN", "CONTRACT_NUMBER_NOT_RESERVED"]


def test_signing_again_after_the_end_gives_a_new_number() -> None:
    ended = contract(number="C1", state=State.TERMINATED)
    assert event_of(ask(contract(), ended)).number == "C9"


# --- a limit signed again -----------------------------------------------------------------------------------------------


def test_a_limit_signed_again_changes_the_contract_that_is_there() -> None:
    there = limit(number="C1", terms=[Term(name="amount", value=1)], account=AccountNumber("1"))
    answer = ask(limit(terms=[Term(name="amount", value=2)]), there, numbers=[])
    assert (answer.outcome, codes(answer)) == (Outcome.ALLOWED, ["CONTRACT_MAINTAINED"])
    event = event_of(answer)
    assert isinstance(event, ContractAmended)
    assert (event.number, event.change) == ("C1", ContractChange(terms=[Term(name="amount", value=2)]))
    after = evolve(there, event)
    assert (after.number, after.terms, after.account) == ("C1", (Term(name="amount", value=2),), AccountNumber("1"))


def test_a_limit_signed_again_as_it_is_leaves_a_trace() -> None:
    there = limit(number="C1", valid=Span(DAY, None))
    event = event_of(ask(limit(valid=Span(DAY, None)), there))
    assert event.change == ContractChange(valid=Span(DAY, None))
    assert len(evolve(there, event).amendments) == 1


def test_what_a_limit_signed_again_does_not_state_stays() -> None:
    there = limit(number="C1", terms=[Term(name="day_amount", value=1)], vouchers=["V1"])
    asked = limit(valid=Span(DAY, None))
    event = event_of(ask(asked, there))
    after = evolve(there, event)
    assert (after.terms, after.vouchers, after.valid) == (there.terms, ("V1",), Span(DAY, None))


def test_days_that_are_not_stated_stay_when_a_limit_is_signed_again() -> None:
    until = Span(None, date(2027, 1, 1))
    there = limit(number="C1", valid=until, terms=[Term(name="amount", value=1)])
    again = limit(terms=[Term(name="amount", value=2)])
    event = event_of(ask(again, there))
    assert (event.change.touched, evolve(there, event).valid) == (("terms",), until)
    assert event_of(ask(limit(valid=Span(DAY, None)), there)).change.valid == Span(DAY, None)


def test_a_limit_signed_again_without_a_difference_keeps_its_days_and_is_replayed() -> None:
    there = limit(number="C1", valid=Span(None, date(2027, 1, 1)))
    first = ask(limit(), there)
    after = evolve(there, event_of(first))
    assert (event_of(first).change, after.valid) == (ContractChange(valid=there.valid), there.valid)
    assert ask(limit(), after, facts={"earlier": first}) is first
    assert codes(ask(limit(valid=Span(DAY, None)), after, facts={"earlier": first})) == ["REQUEST_ID_REUSED"]


def test_a_limit_whose_days_are_over_is_signed_again_with_new_ones() -> None:
    past = limit(number="C1", valid=Span(None, DAY))
    assert codes(ask(limit(terms=[Term(name="amount", value=2)]), past)) == ["PERIOD_OVER", "CONTRACT_MAINTAINED"]
    assert event_of(ask(limit(valid=Span(None, date(2027, 1, 1))), past)).change.valid.end == date(2027, 1, 1)


def test_what_is_there_is_not_changed_on_a_day_before_its_last_one() -> None:
    later = date(2026, 12, 1)
    there = limit(number="C1", signed_on=later)
    assert codes(ask(limit(terms=[Term(name="amount", value=2)]), there)) == [
        "CONTRACT_MAINTAINED",
        "CONTRACT_DAY_TOO_EARLY",
    ]
    draft = contract(number="C2", state=State.DRAFT, signed_on=later)
    assert codes(ask(draft, draft)) == ["CONTRACT_DAY_TOO_EARLY"]


# --- a person decides ---------------------------------------------------------------------------------------------------


def test_an_overlap_is_lifted_by_an_approval() -> None:
    there = contract(REPAY, number="C1", channels=["*"], reference=PartnerReference("5100"))
    asked = contract(REPAY, channels=["WEB"], reference=PartnerReference("5100"))
    assert (codes(ask(asked, there)), ask(asked, there).outcome) == (["CONTRACT_OVERLAPS"], Outcome.REVIEW)
    lifted = Approval(by="S-0007", reason="two payments are meant", codes=["CONTRACT_OVERLAPS"])
    assert event_of(ask(asked, there, approvals=[lifted])).number == "C9"


# --- the same request again ---------------------------------------------------------------------------------------------


def test_a_replayed_request_returns_the_same_contract() -> None:
    first = ask(contract())
    signed = evolve(None, event_of(first))
    assert ask(contract(), signed, facts={"earlier": first}, numbers=["C10"]) is first


def test_a_replayed_activation_and_a_replayed_change_return_the_same_answer() -> None:
    draft = contract(number="C1", state=State.DRAFT)
    first = ask(draft, draft)
    assert ask(draft, facts={"earlier": first}) is first
    there = limit(number="C1")
    again = limit(terms=[Term(name="amount", value=2)])
    second = ask(again, there)
    assert ask(again, evolve(there, event_of(second)), facts={"earlier": second}) is second


@pytest.mark.parametrize(
    "other",
    [
        contract(customer=BAI),
        contract(number="C1", state=State.DRAFT),
        contract(number="C9", state=State.DRAFT),
        contract(REPAY),
    ],
)
def test_a_request_id_that_was_used_for_another_contract_is_refused(other: Contract) -> None:
    first = ask(contract())
    assert codes(ask(other, facts={"earlier": first})) == ["REQUEST_ID_REUSED"]


def test_a_request_id_that_changed_a_limit_otherwise_is_refused() -> None:
    there = limit(number="C1")
    first = ask(limit(terms=[Term(name="amount", value=2)]), there)
    assert codes(ask(limit(terms=[Term(name="amount", value=3)]), there, facts={"earlier": first})) == [
        "REQUEST_ID_REUSED"
    ]


def test_a_replayed_change_is_the_same_however_its_reference_is_written() -> None:
    there, again = limit(number="C1", reference=PartnerReference("day")), limit(terms=[Term(name="amount", value=2)])
    first = ask(again, there)
    assert codes(first) == ["CONTRACT_MAINTAINED"]
    assert ask(again, evolve(there, event_of(first)), facts={"earlier": first}) is first


@pytest.mark.parametrize("other", [{"customer": BAI}, {"reference": PartnerReference("YEAR")}])
def test_a_request_id_that_changed_the_limit_of_another_is_refused(other: dict[str, Any]) -> None:
    there, terms = limit(number="C1"), [Term(name="amount", value=2)]
    first = ask(limit(terms=terms), there)
    after = evolve(there, event_of(first))
    assert codes(ask(limit(terms=terms, **other), after, facts={"earlier": first})) == ["REQUEST_ID_REUSED"]


def test_a_replayed_change_is_the_same_after_a_merge() -> None:
    there, again = limit(number="C1"), limit(terms=[Term(name="amount", value=2)])
    first = ask(again, there)
    gone = changed(evolve(there, event_of(first)), customer=BAI)
    merged = replay([*OPENED, NumberMerged(number=ALI, into=BAI, on=DAY, request_id="M-1")])
    assert ask(again, gone, ledger=merged, facts={"earlier": first}) is first
    assert ask(again, ledger=merged, facts={"earlier": first}) is first


def test_a_request_id_of_another_question_is_refused() -> None:
    ended = ContractTerminated(on=DAY, actor="S-0042", request_id="T-1", number="C1")
    earlier = Allowed(events=(ended,), handbook=PAGE.stamp)
    assert codes(ask(contract(), facts={"earlier": earlier})) == ["REQUEST_ID_REUSED"]


# --- bad input ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        (contract(state=State.SUSPENDED), "contract.state"),
        (contract(number="C1"), "contract.state"),
        (contract(signed_on=DAY), "contract"),
        (contract(request_id="T-0"), "contract"),
        (contract(amendments=[Amendment(on=DAY, actor="S-1", request_id="T-1", fields=["valid"])]), "contract"),
    ],
)
def test_a_request_has_no_history(asked: Contract, path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Signing(contract=asked, channel="COUNTER")
    assert (caught.value.path, caught.value.fault) == (path, Fault.CONFLICT)


def test_the_channel_is_a_code() -> None:
    for channel in ("counter", "*"):
        with pytest.raises(InvalidValue):
            Signing(contract=contract(), channel=channel)


def test_a_contract_stands_once_in_the_facts() -> None:
    with pytest.raises(InvalidValue) as caught:
        ask(contract(), contract(number="C1"), contract(number="C1", state=State.TERMINATED))
    assert caught.value.fault is Fault.DUPLICATE


@pytest.mark.parametrize("given", [contract(), "C1", None])
def test_only_a_signing_is_decided(given: Any) -> None:
    facts = SigningFacts(catalogue=CATALOGUE, standings=[], contracts=[])
    with pytest.raises(CustmasterError, match="a Signing, not with a"):
        sign.decide(given, facts, Occasion(day=DAY, actor="S-0042", request_id="T-1"), PAGE)


def test_what_is_signed_is_a_contract_and_one_number_is_no_list() -> None:
    with pytest.raises(InvalidValue) as caught:
        Signing(contract="C1", channel="COUNTER")  # type: ignore[arg-type]
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, "contract")
    with pytest.raises(InvalidValue) as caught:
        SigningFacts(catalogue=CATALOGUE, standings=[], contracts=["C1"])  # type: ignore[list-item]
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, "contracts")
    with pytest.raises(InvalidValue) as caught:
        SigningFacts(catalogue=CATALOGUE, standings=[], contracts=[], taken="C1")
    assert caught.value.fault is Fault.TYPE
    with pytest.raises(InvalidValue) as caught:
        SigningFacts(catalogue=CATALOGUE, standings=[], contracts=[contract(number="c1"), contract(number="C1")])
    assert caught.value.fault is Fault.DUPLICATE
