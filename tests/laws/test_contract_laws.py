"""What holds for contracts whatever is signed: the laws of `custmaster.testing.laws.contract`, each with a fault that it catches; and the wire."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

import pytest
from attrs import evolve as changed
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.contract import (
    REQUESTED,
    Catalogue,
    Contract,
    ContractEvent,
    evolve,
    judge_signing,
    keyed_contract,
    same_as,
)
from custmaster.decision import Allowed, Decision, Occasion
from custmaster.desk import sign
from custmaster.desk.sign import Signing, SigningFacts
from custmaster.handbook import Page
from custmaster.testing.laws import CONTRACT_LAWS, BrokenLaw, ContractRules, Law
from custmaster.testing.laws._contract_cases import DAY, Question, questions
from custmaster.testing.strategies import contract_events, contracts
from custmaster.wire import (
    contract_event_from_json,
    contract_event_to_json,
    contract_from_json,
    contract_to_json,
)

FEWER = settings.default.max_examples * 2 // 5
Laws = Law[ContractRules, Any]


@pytest.mark.parametrize("law", CONTRACT_LAWS, ids=str)
def test_the_library_keeps_the_law(law: Laws) -> None:
    law.check(ContractRules(), max_examples=FEWER)


# --- faults that are caught ---------------------------------------------------------------------------------------------


def same(one: Contract, other: Contract, catalogue: Catalogue) -> bool:
    mine, theirs = (keyed_contract(each, catalogue.product(each.product)) for each in (one, other))
    return bool(same_as(mine, [theirs]))


def only_later_ones(one: Contract, other: Contract, catalogue: Catalogue) -> bool:
    return one.number < other.number and same(one, other, catalogue)


def every_channel_stands_for_one(one: Contract, other: Contract, catalogue: Catalogue) -> bool:
    return same(changed(one, channels=other.channels) if one.channels == ("*",) else one, other, catalogue)


def only_neighbours(one: Contract, other: Contract, catalogue: Catalogue) -> bool:
    return abs(int(one.number[1:]) - int(other.number[1:])) < 2 and same(one, other, catalogue)


def ended_ones_too(one: Contract, other: Contract, catalogue: Catalogue) -> bool:
    return keyed_contract(one, catalogue.product(one.product)).key is not None and (one.product, one.customer) == (
        other.product,
        other.customer,
    )


def on_the_same_days(one: Contract, other: Contract, catalogue: Catalogue) -> bool:
    return one.valid == other.valid and same(one, other, catalogue)


def by_the_first_number(request: Signing, facts: SigningFacts, occasion: Occasion, page: Page) -> Decision:
    """What is told of the customers depends on who was looked up first."""
    answer = sign.decide(request, facts, occasion, page)
    return changed(answer, reasons=[changed(one, subject=facts.standings[0].number) for one in answer.reasons])


def with_a_clock() -> Any:
    clock = count()

    def signs(request: Signing, facts: SigningFacts, occasion: Occasion, page: Page) -> Decision:
        return sign.decide(request, facts, changed(occasion, numbers=[f"N{next(clock)}"]), page)

    return signs


def anew_when_it_comes_again(request: Signing, facts: SigningFacts, occasion: Occasion, page: Page) -> Decision:
    numbers = occasion.numbers if facts.earlier is None else ("C901",)
    return sign.decide(request, changed(facts, earlier=None), changed(occasion, numbers=numbers), page)


def without_events(answer: Decision) -> Decision:
    return changed(answer, events=()) if isinstance(answer, Allowed) else answer


def under_no_number(contract: Contract | None, happened: ContractEvent) -> Contract:
    return changed(evolve(contract, happened), number=REQUESTED)


def telling_the_account(request: Signing, facts: SigningFacts, occasion: Occasion, page: Page) -> Decision:
    answer = sign.decide(request, facts, occasion, page)
    account = request.contract.account
    return changed(answer, reasons=[changed(one, subject=account.reveal()) for one in answer.reasons if account])


def beside(request: Signing, facts: SigningFacts, kept: Iterable[Contract]) -> SigningFacts:
    return changed(facts, contracts=kept, taken=[one.number for one in facts.contracts if one != request.contract])


def beside_nothing(request: Signing, facts: SigningFacts, occasion: Occasion, page: Page) -> Decision:
    return sign.decide(request, beside(request, facts, ()), occasion, page)


def beside_one_product(request: Signing, facts: SigningFacts, occasion: Occasion, page: Page) -> Decision:
    kept = [one for one in facts.contracts if one.product == request.contract.product]
    return sign.decide(request, beside(request, facts, kept), occasion, page)


def numbers_of_one_product(request: Signing, facts: SigningFacts, occasion: Occasion, page: Page) -> Decision:
    kept = [one for one in facts.contracts if one.product == request.contract.product]
    return sign.decide(request, changed(facts, contracts=kept), occasion, page)


FAULTS = {
    "sameness-is-reflexive": ContractRules(is_same=only_later_ones),
    "sameness-is-symmetric": ContractRules(is_same=every_channel_stands_for_one),
    "sameness-is-transitive": ContractRules(is_same=only_neighbours),
    "sameness-is-of-one-product": ContractRules(is_same=ended_ones_too),
    "sameness-knows-no-days": ContractRules(is_same=on_the_same_days),
    "signing-is-blind-to-order": ContractRules(sign=by_the_first_number),
    "signing-replays": ContractRules(sign=with_a_clock()),
    "a-stored-answer-comes-back": ContractRules(stored=without_events),
    "a-signing-is-answered-once": ContractRules(sign=anew_when_it_comes_again),
    "signing-folds": ContractRules(evolve=under_no_number),
    "signing-tells-nothing-personal": ContractRules(sign=telling_the_account),
    "signing-makes-no-duplicate": ContractRules(sign=beside_nothing),
    "signing-sets-no-excluded-side-by-side": ContractRules(sign=beside_one_product),
    "a-contract-number-is-given-once": ContractRules(sign=numbers_of_one_product),
}


@pytest.mark.parametrize("law", CONTRACT_LAWS, ids=str)
def test_a_fault_is_caught(law: Laws) -> None:
    with pytest.raises(BrokenLaw, match=law.name):
        law.check(FAULTS[law.name], max_examples=1_000, shrink=False)


# --- beside the laws ----------------------------------------------------------------------------------------------------


@settings(max_examples=FEWER)
@given(questions(None), st.randoms(use_true_random=False))
def test_the_rules_of_signing_do_not_depend_on_the_order_of_the_contracts(asked: Question, dice: Any) -> None:
    there = list(asked.facts.contracts)
    dice.shuffle(there)
    given = (asked.request.contract, asked.request.channel, asked.facts.catalogue)
    assert judge_signing(*given, there, DAY) == judge_signing(*given, asked.facts.contracts, DAY)


@given(contracts())
def test_a_contract_comes_back_from_the_wire(contract: Contract) -> None:
    assert contract_from_json(contract_to_json(contract)) == contract


@given(contract_events())
def test_an_event_comes_back_from_the_wire(happened: ContractEvent) -> None:
    assert contract_event_from_json(contract_event_to_json(happened)) == happened
