"""The end of contracts: which others would miss one, and in which order several end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.contract import Catalogue, Category, Contract, Level, Product, State
from custmaster.contract.ending import dependents, ending_order, left_without, over
from custmaster.value.account import AccountNumber
from custmaster.value.span import Span

FUND, MONEY, WEALTH = (
    Product(number=number, zh="产品", en="product", category=Category.PRODUCT_SERVICE, level=Level.ACCOUNT, needs=needs)
    for number, needs in (("1", []), ("2", ["1"]), ("3", ["1", "2"]))
)
CATALOGUE = Catalogue(version="1", positions=1, products=[FUND, MONEY, WEALTH])
HERE, THERE = AccountNumber("A"), AccountNumber("B")


def contract(number: str, of: Product, **more: Any) -> Contract:
    return Contract(**{"number": number, "product": of.number, "customer": "9", "account": HERE} | more)


ONE, SECOND, NEEDS = contract("C1", FUND), contract("C2", FUND), contract("C3", MONEY)


def numbers(contracts: tuple[Contract, ...]) -> list[str]:
    return [one.number for one in contracts]


def test_a_second_live_one_at_the_same_place_is_enough_for_what_needs_it() -> None:
    assert numbers(dependents(ONE, CATALOGUE, [ONE, NEEDS])) == ["C3"]
    assert numbers(dependents(ONE, CATALOGUE, [ONE, SECOND, NEEDS])) == []
    assert numbers(dependents(ONE, CATALOGUE, [ONE, changed(SECOND, account=THERE), NEEDS])) == ["C3"]


@pytest.mark.parametrize("state", [State.DRAFT, State.TERMINATED, State.EXPIRED])
def test_what_does_not_live_serves_nobody_and_misses_nothing(state: State) -> None:
    assert numbers(dependents(ONE, CATALOGUE, [changed(SECOND, state=state), NEEDS])) == ["C3"]
    assert numbers(dependents(ONE, CATALOGUE, [changed(NEEDS, state=state)])) == []
    ended = [changed(one, state=state) for one in (ONE, NEEDS)]
    assert left_without([ONE, NEEDS], ended, CATALOGUE) == ()


def test_what_was_missing_before_is_nobodys_doing() -> None:
    assert left_without([NEEDS], [NEEDS], CATALOGUE) == ()
    assert numbers(left_without([SECOND, NEEDS], [NEEDS], CATALOGUE)) == ["C3"]


def test_what_stands_on_most_ends_first_and_among_equals_the_number_decides() -> None:
    listed = [SECOND, ONE, NEEDS, contract("C4", WEALTH), contract("C0", MONEY)]
    assert numbers(ending_order(listed, CATALOGUE)) == ["C4", "C0", "C3", "C1", "C2"]


def test_the_day_after_the_last_one_it_is_over_and_so_is_a_draft() -> None:
    ends = Span(None, date(2026, 11, 24))
    held = [changed(one, valid=ends, state=state) for one, state in ((SECOND, State.DRAFT), (ONE, State.SUSPENDED))]
    assert numbers(over(held, date(2026, 11, 24))) == ["C1", "C2"]
    assert over(held, date(2026, 11, 23)) == ()
    assert over([changed(held[0], state=State.EXPIRED)], date(2026, 11, 24)) == ()
