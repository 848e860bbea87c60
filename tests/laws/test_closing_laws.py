"""What holds when something is closed, and when contracts change: the laws of `custmaster.testing.laws`, each with a fault that it catches."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve as changed
from hypothesis import given
from hypothesis import strategies as st

from custmaster.contract import State
from custmaster.decision import Allowed, Decision, Outcome
from custmaster.decision import decide as settle
from custmaster.desk import close, expire, resume, suspend, transfer
from custmaster.desk.closing_facts import Check, Closing, ClosingFacts, ClosingHit, ClosingReport
from custmaster.desk.contract_facts import ContractFacts, Register
from custmaster.testing.laws import CHANGE_LAWS, CLOSING_LAWS, BrokenLaw, ChangeRules, ClosingRules, Law
from custmaster.testing.laws._closing_cases import (
    CLOSING_CATALOGUE,
    TODAY,
    closings,
    occasion,
    pending,
    registers,
)
from custmaster.testing.laws.changes import _consequences, _overview

RULES = ClosingRules()
FOUND_WITHIN = 400
"""Cases within which each fault is found; most are found within forty."""


@pytest.mark.parametrize("law", CLOSING_LAWS, ids=str)
def test_the_library_keeps_the_law_of_closing(law: Law[ClosingRules, Any]) -> None:
    law.check(RULES)


@pytest.mark.parametrize("law", CHANGE_LAWS, ids=str)
def test_the_library_keeps_the_law_of_changes(law: Law[ChangeRules, Any]) -> None:
    law.check(ChangeRules())


# --- faults of closing that are caught ----------------------------------------------------------------------------------


def closing_at_most(most: int) -> Any:
    """Only so many hits are told, as on a screen with so many lines."""

    def closes(closing: Closing, facts: ClosingFacts, *asked: Any) -> ClosingReport:
        report = close.decide(closing, facts, *asked)
        return changed(report, hits=report.hits[:most])

    return closes


def by_the_mildest(closing: Closing, facts: ClosingFacts, *asked: Any) -> ClosingReport:
    """One hit that only reminds lets the closing pass."""
    report = close.decide(closing, facts, *asked)
    mild = any(hit.reason.outcome is Outcome.ALLOWED for hit in report.hits)
    return changed(report, decision=settle([], handbook="1")) if mild else report


def without_suspended(closing: Closing, facts: ClosingFacts, *asked: Any) -> ClosingReport:
    left = [one for one in facts.register.contracts if one.state is not State.SUSPENDED]
    return close.decide(closing, changed(facts, register=changed(facts.register, contracts=left)), *asked)


def in_order_of_numbers(closing: Closing, facts: ClosingFacts, *asked: Any) -> ClosingReport:
    report = close.decide(closing, facts, *asked)
    return changed(report, to_end=sorted(report.to_end))


def alone_is_worst(case: Any) -> Any:
    """A check of a host's own that is not monotone: who has one contract only is to keep it."""
    for hit in close.contracts_that_bar(case) if len(case.live) == 1 else ():
        yield ClosingHit(reason=changed(hit.reason, code="LAST_CONTRACT"), earliest=None)


ALONE = Check(name="last-contract", finds=alone_is_worst)
CLOSING_FAULTS = {
    "closing-tells-no-less-of-more": changed(RULES, close=closing_at_most(1)),
    "closing-is-no-better-of-more": changed(RULES, close=by_the_mildest),
    "closing-is-no-earlier-of-more": changed(RULES, checks=[ALONE]),
    "closing-never-passes-a-bar": changed(RULES, close=without_suspended),
    "closing-tells-an-order-of-ending": changed(RULES, close=in_order_of_numbers),
}


@pytest.mark.parametrize("law", CLOSING_LAWS, ids=str)
def test_a_fault_of_closing_is_caught(law: Law[ClosingRules, Any]) -> None:
    with pytest.raises(BrokenLaw, match=law.name):
        law.check(CLOSING_FAULTS[law.name], max_examples=FOUND_WITHIN, shrink=False)


# --- faults of changes that are caught ----------------------------------------------------------------------------------


def transfers_unjudged(asked: transfer.Transfer, facts: ContractFacts, *more: Any) -> Decision:
    """What stands on the new card is not looked at."""
    left = [one for one in facts.register.contracts if one.card == asked.start]
    return transfer.decide(asked, changed(facts, register=changed(facts.register, contracts=left)), *more)


def transfers_to_the_old(asked: transfer.Transfer, facts: ContractFacts, *more: Any) -> Decision:
    answer = transfer.decide(asked, facts, *more)
    if not isinstance(answer, Allowed):
        return answer
    return changed(answer, events=[changed(one, card=asked.start) for one in answer.events])  # type: ignore[type-var]


def amends_unjudged(contract: Any, change: Any, facts: ContractFacts, *more: Any) -> Decision:
    from custmaster.desk import amend

    return amend.decide(contract, change, changed(facts, register=changed(facts.register, contracts=[contract])), *more)


def without_reasons(*asked: Any) -> Decision:
    answer = suspend.decide(*asked)
    return answer if isinstance(answer, Allowed) else changed(answer, reasons=())


def by_turns() -> Any:
    """Every other time what rests is resumed."""
    answers = [resume.decide, expire.decide]

    def resumes(*asked: Any) -> Decision:
        answers.reverse()
        return answers[0](*asked)

    return resumes


def the_first_only(event: object, contracts: tuple[str, ...]) -> Any:
    return _consequences(event, contracts[:1])


def not_back(event: object, contracts: tuple[str, ...]) -> Any:
    return _consequences(event, contracts) if type(event).__name__ == "Absorbed" else ()


def signed_only(customer: str, register: Register, day: Any, numbers: Any) -> Any:
    left = [changed(one, parties=()) for one in register.contracts]
    return _overview(customer, changed(register, contracts=left), day, numbers)


CHANGES = ChangeRules()
CHANGE_FAULTS = {
    "transfer-makes-no-duplicate": changed(CHANGES, transfer=transfers_unjudged),
    "transfer-reaches-its-goal": changed(CHANGES, transfer=transfers_to_the_old),
    "no-change-makes-a-duplicate": changed(CHANGES, amend=amends_unjudged),
    "a-no-has-its-reasons": changed(CHANGES, suspend=without_reasons),
    "changes-replay": changed(CHANGES, resume=by_turns()),
    "merging-makes-no-duplicate": changed(CHANGES, joins=lambda register, event: ()),
    "merging-leaves-none-behind": changed(CHANGES, consequences=the_first_only),
    "a-merge-of-contracts-is-undone": changed(CHANGES, consequences=not_back),
    "an-overview-shows-each-once": changed(CHANGES, overview=signed_only),
}


@pytest.mark.parametrize("law", CHANGE_LAWS, ids=str)
def test_a_fault_of_changes_is_caught(law: Law[ChangeRules, Any]) -> None:
    with pytest.raises(BrokenLaw, match=law.name):
        law.check(CHANGE_FAULTS[law.name], max_examples=FOUND_WITHIN, shrink=False)


# --- beside the laws ----------------------------------------------------------------------------------------------------


BARS = {"0000000001", "0000000006", "0000000007", "0000000008", "9999999999"}


@given(registers(CLOSING_CATALOGUE), closings(), pending())
def test_by_the_default_handbook_exactly_these_bar(contracts: Any, closing: Closing, items: Any) -> None:
    touched = [one for one in contracts if closing.customer in one.customers]
    if closing.card is not None:
        touched = [one for one in contracts if one.card == closing.card]
    bars = [
        one
        for one in touched
        if one.is_live
        and (one.product in BARS or (one.product == "0000000002" and one.number in {p.contract for p in items}))
    ]
    facts = ClosingFacts(register=Register(catalogue=CLOSING_CATALOGUE, contracts=contracts), pending=items)
    report = close.decide(closing, facts, occasion(TODAY), RULES.page)
    assert (report.decision.outcome is Outcome.REFUSED) is bool(bars)


@given(st.data(), registers(CLOSING_CATALOGUE), pending())
def test_the_order_of_what_is_stated_says_nothing(data: st.DataObject, contracts: Any, items: Any) -> None:
    def stated(listed: Any, under_way: Any) -> ClosingFacts:
        return ClosingFacts(register=Register(catalogue=CLOSING_CATALOGUE, contracts=listed), pending=under_way)

    assert stated(data.draw(st.permutations(contracts)), items[::-1]) == stated(contracts, items)
