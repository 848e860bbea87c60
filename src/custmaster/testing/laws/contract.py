"""Laws of contracts: sameness is an equivalence, and signing is blind to order, replays, folds, and never makes a duplicate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations, permutations
from typing import Any, Final

from attrs import evolve as changed
from attrs import field, frozen
from hypothesis import strategies as st

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.events import ContractEvent, ContractSigned, evolve
from custmaster.contract.kinds import State
from custmaster.contract.record import Contract
from custmaster.contract.sameness import keyed_contract, same_as
from custmaster.decision import Allowed, Decision, Occasion
from custmaster.desk import sign
from custmaster.desk.sign import Signing, SigningFacts
from custmaster.handbook import Page, default
from custmaster.testing._contract_plain import Plain
from custmaster.testing.laws._contract_cases import (
    DAY,
    Dice,
    Question,
    Stock,
    crowds,
    dice,
    facts_of,
    occasion,
    questions,
    sequences,
    stocks,
)
from custmaster.testing.laws.law import Law
from custmaster.value.span import ALWAYS
from custmaster.wire import decision_from_json, decision_to_json

__all__ = ["CONTRACT_LAWS", "ContractRules"]

Sequence = tuple[Catalogue, list[tuple[Contract, str, int]]]


def _is_same(one: Contract, other: Contract, catalogue: Catalogue) -> bool:
    mine, theirs = (keyed_contract(each, catalogue.product(each.product)) for each in (one, other))
    return bool(same_as(mine, [theirs]))


def _stored(answer: Decision) -> Decision:
    return decision_from_json(decision_to_json(answer))


@frozen(kw_only=True)
class ContractRules:
    """What is under judgement: whether two contracts are the same, what is answered to a signing, and what an event makes of a contract.

    `stored` is an answer as it comes back from where answers are kept: JSON here, a host's own storage there.
    `catalogue` is a bank's own, else many are made; it is asked as it is, and with everything offered. `page` gives the day, from 2021-01-01 on.

    >>> ContractRules().page.day.isoformat()
    '2026-11-23'
    """

    is_same: Callable[[Contract, Contract, Catalogue], bool] = _is_same
    sign: Callable[[Signing, SigningFacts, Occasion, Page], Decision] = sign.decide
    evolve: Callable[[Contract | None, ContractEvent], Contract] = evolve
    stored: Callable[[Decision], Decision] = _stored
    catalogue: Catalogue | None = None
    page: Page = field(factory=lambda: default().on(DAY))


# --- sameness -----------------------------------------------------------------------------------------------------------


def _whole(stock: Stock) -> list[Contract]:
    """The live ones whose keys are whole."""
    plain = Plain(stock[0])
    return [one for one in plain.live(stock[1]) if plain.key(one) is not None]


def _reflexive(rules: ContractRules, stock: Stock) -> bool | None:
    live = _whole(stock)
    return all(rules.is_same(one, changed(one, number="C0"), stock[0]) for one in live) if live else None


def _symmetric(rules: ContractRules, stock: Stock) -> bool | None:
    catalogue, pairs = stock[0], list(combinations(_whole(stock), 2))
    told = [rules.is_same(a, b, catalogue) is rules.is_same(b, a, catalogue) for a, b in pairs]
    return all(told) if told else None


def _transitive(rules: ContractRules, stock: Stock) -> bool | None:
    catalogue, live = stock[0], _whole(stock)
    same = {
        (one, other)
        for one, other in permutations(range(len(live)), 2)
        if rules.is_same(live[one], live[other], catalogue)
    }
    ends = [(one, end) for one, middle in same for start, end in same if start == middle and end != one]
    return set(ends) <= same if ends else None


def _of_one_product(rules: ContractRules, stock: Stock) -> bool | None:
    same = [pair for pair in permutations(stock[1], 2) if rules.is_same(*pair, stock[0])]
    return all(one.product == other.product and other.is_live for one, other in same) if same else None


def _whatever_the_days(rules: ContractRules, stock: Stock) -> bool | None:
    live = [one for one in _whole(stock) if one.valid != ALWAYS]
    return all(rules.is_same(one, changed(one, number="C0", valid=ALWAYS), stock[0]) for one in live) if live else None


# --- signing ------------------------------------------------------------------------------------------------------------


def _answer(rules: ContractRules, asked: Question) -> Decision:
    return rules.sign(asked.request, asked.facts, asked.occasion, rules.page)


def _in_any_order(rules: ContractRules, case: tuple[Question, Dice]) -> bool | None:
    asked, shuffling = case
    there = list(asked.facts.contracts)
    shuffling.shuffle(there)
    facts = changed(asked.facts, contracts=there, standings=asked.facts.standings[::-1])
    return _answer(rules, changed(asked, facts=facts)) == _answer(rules, asked)


def _replays(rules: ContractRules, asked: Question) -> bool | None:
    one, other = _answer(rules, asked), _answer(rules, asked)
    return one == other and decision_to_json(one) == decision_to_json(other)


def _comes_back(rules: ContractRules, asked: Question) -> bool | None:
    answer = _answer(rules, asked)
    return rules.stored(answer) == answer


def _is_answered_once(rules: ContractRules, asked: Question) -> bool | None:
    answer = _answer(rules, asked)
    again = changed(asked, facts=changed(asked.facts, earlier=answer))
    return _answer(rules, again) == answer if isinstance(answer, Allowed) else None


def _folds(rules: ContractRules, asked: Question) -> bool | None:
    answer = _answer(rules, asked)
    there = {contract.number: contract for contract in asked.facts.contracts}
    events: tuple[Any, ...] = answer.events if isinstance(answer, Allowed) else ()
    return all(rules.evolve(there.get(one.number), one).number == one.number for one in events) if events else None


def _tells_nothing_personal(rules: ContractRules, asked: Question) -> bool | None:
    contract, answer = asked.request.contract, _answer(rules, asked)
    held = [one.reveal() for one in (contract.account, contract.card) if one is not None and len(one.reveal()) > 4]
    shown = repr(answer.reasons) + str(answer)
    return all(text not in shown for text in held) if held and answer.reasons else None


# --- signing in turn ------------------------------------------------------------------------------------------------------


def _in_turn(rules: ContractRules, case: Sequence) -> Iterator[tuple[dict[str, Contract], list[Any]]]:
    """The register before each step, and what happened in it."""
    catalogue, steps = case
    register: dict[str, Contract] = {}
    for place, (wanted, number, which) in enumerate(steps):
        drafts = [one for one in register.values() if one.state is State.DRAFT]
        asked = drafts[which % len(drafts)] if drafts and which >= 0 else wanted
        day = rules.page.day
        facts = facts_of(catalogue, asked, register.values(), day)
        request = Signing(contract=asked, channel="COUNTER")
        answer = rules.sign(request, facts, occasion(day, f"T-{place}", number), rules.page)
        events: list[Any] = list(answer.events) if isinstance(answer, Allowed) else []
        yield dict(register), events
        for happened in events:
            register[happened.number] = rules.evolve(register.get(happened.number), happened)
    yield register, []


def _makes_no_duplicate(rules: ContractRules, case: Sequence) -> bool | None:
    plain = Plain(case[0])
    registers = [register for register, _ in _in_turn(rules, case)]
    return not any(plain.twins(one.values()) for one in registers) if len(registers[-1]) > 1 else None


def _sets_no_excluded_side_by_side(rules: ContractRules, case: Sequence) -> bool | None:
    plain = Plain(case[0])
    registers = [register for register, _ in _in_turn(rules, case)]
    return not any(plain.quarrels(one.values()) for one in registers) if len(registers[-1]) > 1 else None


def _gives_no_number_twice(rules: ContractRules, case: Sequence) -> bool | None:
    told = 0
    for before, events in _in_turn(rules, case):
        signed = [one for one in events if isinstance(one, ContractSigned)]
        told += len(signed)
        if any(one.number in before for one in signed):
            return False
    return True if told > 1 else None


# --- the rows -------------------------------------------------------------------------------------------------------------


def _stocks(rules: ContractRules) -> Any:
    return crowds(rules.catalogue) | stocks(rules.catalogue)


def _questions(rules: ContractRules) -> Any:
    return questions(rules.catalogue, rules.page.day)


def _with_dice(rules: ContractRules) -> Any:
    return st.tuples(questions(rules.catalogue, rules.page.day), dice)


def _sequences(rules: ContractRules) -> Any:
    return sequences(rules.catalogue)


_of_stocks: Final = partial(Law[ContractRules, Any], source="R-66, B7", cases=_stocks)
_of_questions: Final = partial(Law[ContractRules, Any], cases=_questions)
_of_turns: Final = partial(Law[ContractRules, Any], cases=_sequences)

CONTRACT_LAWS: Final[tuple[Law[ContractRules, Any], ...]] = (
    _of_stocks(
        name="sameness-is-reflexive",
        says="A live contract with a whole key is the same as a copy of it under another number.",
        holds=_reflexive,
    ),
    _of_stocks(
        name="sameness-is-symmetric",
        says="When one live contract is the same as another, the other is the same as the one.",
        holds=_symmetric,
    ),
    _of_stocks(
        name="sameness-is-transitive",
        says="What is the same as one that is the same as a third is the same as the third.",
        holds=_transitive,
    ),
    _of_stocks(
        name="sameness-is-of-one-product",
        says="Contracts that are the same are of one product, and the other one lives.",
        holds=_of_one_product,
    ),
    _of_stocks(
        name="sameness-knows-no-days",
        says="The days of a contract are no part of its sameness.",
        holds=_whatever_the_days,
    ),
    Law(
        name="signing-is-blind-to-order",
        says="The answer to a signing does not depend on the order of the facts.",
        source="B7",
        cases=_with_dice,
        holds=_in_any_order,
    ),
    _of_questions(
        name="signing-replays",
        says="The same question has the same answer, byte for byte on the wire.",
        source="B7",
        holds=_replays,
    ),
    _of_questions(
        name="a-stored-answer-comes-back",
        says="An answer that is stored comes back equal.",
        source="B7",
        holds=_comes_back,
    ),
    _of_questions(
        name="a-signing-is-answered-once",
        says="A request that was allowed has the same answer when it comes again.",
        source="R-67",
        holds=_is_answered_once,
    ),
    _of_questions(
        name="signing-folds",
        says="Every event of an answer is taken by the contract that it is about.",
        source="B7",
        holds=_folds,
    ),
    _of_questions(
        name="signing-tells-nothing-personal",
        says="No account and no card stands in the reasons of an answer.",
        source="R-50",
        holds=_tells_nothing_personal,
    ),
    _of_turns(
        name="signing-makes-no-duplicate",
        says="No sequence of signings leaves two live contracts that are the same.",
        source="R-66",
        holds=_makes_no_duplicate,
    ),
    _of_turns(
        name="signing-sets-no-excluded-side-by-side",
        says="No sequence of signings leaves two live contracts side by side of which one excludes the other.",
        source="R-65, B7",
        holds=_sets_no_excluded_side_by_side,
    ),
    _of_turns(
        name="a-contract-number-is-given-once",
        says="No sequence of signings gives a contract number twice.",
        source="R-67",
        holds=_gives_no_number_twice,
    ),
)
"""What must hold of contracts, whatever is signed."""
