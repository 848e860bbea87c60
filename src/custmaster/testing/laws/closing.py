"""Laws of closing: it is monotone in the contracts, never passes beside a bar, and names an order in which they can be ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final, cast

from attrs import field, frozen
from hypothesis import strategies as st

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.events import ContractTerminated, evolve
from custmaster.contract.kinds import Effect
from custmaster.contract.record import Contract
from custmaster.decision import Allowed, Decision, Occasion, Outcome
from custmaster.desk import close, terminate
from custmaster.desk.closing_facts import Check, Closing, ClosingFacts, ClosingReport, Pending
from custmaster.desk.contract_facts import ContractFacts, Register
from custmaster.handbook import Page, default
from custmaster.testing.laws._closing_cases import (
    CLOSING_CATALOGUE,
    TODAY,
    closings,
    occasion,
    pending,
    registers,
)
from custmaster.testing.laws.law import Law

__all__ = ["CLOSING_LAWS", "ClosingRules"]

Contracts = tuple[Contract, ...]
Case = tuple[Contracts, Closing, list[Pending]]
_RANK: Final = {Outcome.ALLOWED: 0, Outcome.REVIEW: 1, Outcome.REFUSED: 2}


@frozen(kw_only=True)
class ClosingRules:
    """What is under judgement: what is told of a closing, and what is answered when a contract is to be ended.

    `checks` are the host's own, asked beside the library's. `catalogue` is the bank's, else one with a product of each kind.

    >>> len(ClosingRules().catalogue.products)
    9
    """

    close: Callable[[Closing, ClosingFacts, Occasion, Page, Iterable[Check]], ClosingReport] = close.decide
    terminate: Callable[[Contract, ContractFacts, Occasion, Page], Decision] = terminate.decide
    checks: tuple[Check, ...] = ()
    catalogue: Catalogue = CLOSING_CATALOGUE
    page: Page = field(factory=lambda: default().on(TODAY))


def _register(rules: ClosingRules, contracts: Iterable[Contract]) -> Register:
    return Register(catalogue=rules.catalogue, contracts=tuple(contracts))


def _report(rules: ClosingRules, case: Case) -> ClosingReport:
    contracts, closing, under_way = case
    facts = ClosingFacts(register=_register(rules, contracts), pending=under_way)
    lifted = occasion(rules.page.day, "CLOSING_BLOCKED", "CLOSING_MUST_END", "PRODUCT_UNKNOWN")
    return rules.close(closing, facts, lifted, rules.page, rules.checks)


def _less(rules: ClosingRules, case: Case) -> list[ClosingReport]:
    """The reports with one contract less."""
    contracts, closing, items = case
    fewer = [contracts[:at] + contracts[at + 1 :] for at in range(len(contracts))]
    return [_report(rules, (left, closing, items)) for left in fewer]


def _tells_no_less(rules: ClosingRules, case: Case) -> bool | None:
    whole = _report(rules, case)
    less = _less(rules, case)
    return (
        all(set(one.hits) <= set(whole.hits) and set(one.to_end) <= set(whole.to_end) for one in less) if less else None
    )


def _is_no_better(rules: ClosingRules, case: Case) -> bool | None:
    whole, less = _report(rules, case), _less(rules, case)
    worst = _RANK[whole.decision.outcome]
    return all(_RANK[one.decision.outcome] <= worst for one in less) if less else None


def _is_no_earlier(rules: ClosingRules, case: Case) -> bool | None:
    day, less = _report(rules, case).earliest, _less(rules, case)
    if day is None or not less:
        return None
    return all(one.earliest is not None and one.earliest <= day for one in less)


def _touches(closing: Closing, contract: Contract) -> bool:
    return closing.customer in contract.customers if closing.card is None else contract.card == closing.card


def _never_beside_a_bar(rules: ClosingRules, case: Case) -> bool | None:
    known = rules.catalogue.by_number
    live = [one for one in case[0] if one.is_live and _touches(case[1], one)]
    bars = [one for one in live if one.product not in known or _says_bar(rules, one)]
    return _report(rules, case).decision.outcome is Outcome.REFUSED if bars else None


def _says_bar(rules: ClosingRules, contract: Contract) -> bool:
    product = rules.catalogue.product(contract.product)
    return product.must_end or product.closing is Effect.BLOCK


def _ends_in_that_order(rules: ClosingRules, case: tuple[Contracts, Closing]) -> bool | None:
    contracts, closing = case
    held = {one.number: one for one in contracts}
    to_end = _report(rules, (contracts, closing, [])).to_end
    known = {each.number for each in rules.catalogue.products if each.terminable}
    for number in (one for one in to_end if held[one].product in known):
        facts = ContractFacts(register=_register(rules, held.values()))
        answer = rules.terminate(held[number], facts, occasion(rules.page.day), rules.page)
        # Only what the closing does not touch may still need it, such as a contract on another card.
        if not {reason.subject for reason in answer.reasons}.isdisjoint(to_end):
            return False
        for event in answer.events if isinstance(answer, Allowed) else ():
            held[number] = evolve(held[number], cast("ContractTerminated", event))
    return True if len(to_end) > 1 else None


def _cases(rules: ClosingRules) -> Any:
    return st.tuples(registers(rules.catalogue), closings(), pending())


def _with_closings(rules: ClosingRules) -> Any:
    return st.tuples(registers(rules.catalogue), closings())


_of_closing: Final = partial(Law[ClosingRules, Any], source="R-49, R-60", cases=_cases)

CLOSING_LAWS: Final[tuple[Law[ClosingRules, Any], ...]] = (
    _of_closing(
        name="closing-tells-no-less-of-more",
        says="More contracts never give fewer hits, nor fewer contracts to end.",
        holds=_tells_no_less,
    ),
    _of_closing(
        name="closing-is-no-better-of-more",
        says="More contracts never give a better answer.",
        holds=_is_no_better,
    ),
    _of_closing(
        name="closing-is-no-earlier-of-more",
        says="More contracts never give an earlier day.",
        holds=_is_no_earlier,
    ),
    _of_closing(
        name="closing-never-passes-a-bar",
        says="Nothing is closed while a contract lives that its product lets bar, or of whose product nothing is known.",
        holds=_never_beside_a_bar,
    ),
    _of_closing(
        name="closing-tells-an-order-of-ending",
        says="What is to be ended can be ended in the order that is told.",
        cases=_with_closings,
        holds=_ends_in_that_order,
    ),
)
"""What must hold when something is closed."""
