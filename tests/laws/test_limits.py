"""What holds of limits: the laws of `custmaster.testing.laws.limits`, each with a fault that it catches; and the wire."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from custmaster.handbook import default
from custmaster.limits import (
    LimitRow,
    Standing,
    Transaction,
    Usage,
    combined,
    headroom,
    judge,
    judge_reversal,
    reserve,
    reverse,
    standing,
    stricter,
    trimmed,
)
from custmaster.testing.laws import LIMIT_LAWS, BrokenLaw, Law, LimitRules
from custmaster.testing.strategies import limit_rows, transactions, usages
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.wire.limits import limit_row_from_json, limit_row_to_json, usage_from_json, usage_to_json

DAY = date(2026, 12, 31)
PAGE = default().on(DAY)
BALANCE = Money(Decimal(100))
ROWS = st.lists(limit_rows(), max_size=8)
RULES = LimitRules()
FOUND_WITHIN = 400
"""Cases within which each fault is found; most are found within forty."""


@pytest.mark.parametrize("law", LIMIT_LAWS, ids=str)
def test_the_library_keeps_the_law(law: Law[LimitRules, Any]) -> None:
    law.check(RULES)


# --- faults that are caught ---------------------------------------------------------------------------------------------


def reverses_half(usage: Usage, transaction: Transaction) -> Usage:
    """What is given back is the sum of the day, and the year goes on counting."""
    return evolve(reverse(usage, transaction), years=usage.years)


def reverses_nothing(usage: Usage, transaction: Transaction) -> Usage:
    return usage


def the_last_only(usage: Usage, transaction: Transaction) -> Usage:
    return reserve(Usage.of(usage.customer), transaction)


def below_zero(*asked: Any) -> Any:
    found = headroom(*asked)
    return evolve(found, limits=[evolve(one, remaining=one.remaining - one.figure) for one in found.limits])


def the_last_row_of_each_measure(page: Any, rows: Any, party: PartyKind) -> Standing:
    """A limit that comes later takes the place of one before it."""
    return standing(page, {row.measure: row for row in rows}.values(), party)


def one_fen_too_many(transaction: Transaction, stands: Standing, usage: Usage) -> Any:
    """A limit is reached before it is passed: `>=` in the place of `>`."""
    more = Money(transaction.amount.amount + Decimal("0.01"))
    return judge(evolve(transaction, amount=more), stands, usage)


def agreed_in_place_of_all(page: Any, rows: Any, party: PartyKind) -> Standing:
    """What was agreed holds alone."""
    agreed = [row for row in rows if row.source == "AGREED"]
    found = standing(page, rows, party)
    return evolve(found, rows=tuple(row for row in found.rows if row in agreed)) if agreed else found


def those_of_the_survivor(mine: Any, theirs: Any) -> tuple[LimitRow, ...]:
    return stricter(mine, mine)


def usage_of_the_survivor(one: Usage, other: Usage) -> Usage:
    return combined(one, Usage.of(other.customer))


def trims_the_year(usage: Usage, before: date) -> Usage:
    return evolve(trimmed(usage, before), years={})


def on_the_day_after(slot: Any, stands: Standing, usage: Usage, balance: Money) -> Any:
    """What was used is looked up for a day too late."""
    days = {day + timedelta(days=1): sums for day, sums in usage.days.items()}
    return headroom(slot, stands, evolve(usage, days=days), balance)


FAULTS = {
    "reserving-and-reversing-cancel-out": evolve(RULES, reverse=reverses_half),
    "what-is-reserved-counts": evolve(RULES, reserve=reverses_nothing),
    "a-reversal-gives-headroom-back": evolve(RULES, reverse=reverses_nothing),
    "usage-is-blind-to-order": evolve(RULES, reserve=the_last_only),
    "headroom-is-never-negative": evolve(RULES, headroom=below_zero),
    "a-limit-more-never-raises-headroom": evolve(RULES, standing=the_last_row_of_each_measure),
    "limits-are-blind-to-order": evolve(RULES, standing=the_last_row_of_each_measure),
    "headroom-is-what-is-allowed": evolve(RULES, judge=one_fen_too_many),
    "an-agreed-limit-only-tightens": evolve(RULES, standing=agreed_in_place_of_all),
    "merged-limits-hold-both-back": evolve(RULES, stricter=those_of_the_survivor),
    "merged-usage-leaves-no-more": evolve(RULES, combined=usage_of_the_survivor),
    "trimming-changes-nothing": evolve(RULES, trimmed=trims_the_year),
    "sums-are-a-plain-count": evolve(RULES, headroom=on_the_day_after),
}


@pytest.mark.parametrize("law", LIMIT_LAWS, ids=str)
def test_a_fault_is_caught(law: Law[LimitRules, Any]) -> None:
    with pytest.raises(BrokenLaw, match=law.name):
        law.check(FAULTS[law.name], max_examples=FOUND_WITHIN, shrink=False)


# --- beside the laws ----------------------------------------------------------------------------------------------------


def stands_of(rows: list[LimitRow], party: PartyKind = PartyKind.PERSON) -> Standing:
    return standing(PAGE, rows, party)


def fresh(transaction: Transaction) -> Transaction:
    return evolve(transaction, id="T-NEW")


@given(usages(), transactions())
def test_exactly_what_is_reserved_may_be_reversed(usage: Usage, transaction: Transaction) -> None:
    new = fresh(transaction)
    reserved = reserve(usage, new)
    assert judge_reversal(new, reserved) == ()
    assert judge_reversal(new, reverse(reserved, new)) != ()


@given(ROWS, usages(), transactions(day=DAY))
def test_an_agreed_limit_that_was_told_looser_would_change_nothing(
    rows: list[LimitRow], usage: Usage, transaction: Transaction
) -> None:
    stands = stands_of(rows)
    all_of_them = evolve(stands, rows=tuple(sorted({*stands.rows, *_told(rows, stands)}, key=lambda row: row.order)))
    new = evolve(fresh(transaction), balance=BALANCE)
    worst = max((reason.outcome.value for reason in judge(new, stands, usage)), default="")
    assert max((reason.outcome.value for reason in judge(new, all_of_them, usage)), default="") == worst


def _told(rows: list[LimitRow], stands: Standing) -> list[LimitRow]:
    held = [row for row in rows if row.holds(stands.party, stands.day)]
    return [row for row in held if row not in stands.rows]


@given(usages(), limit_rows())
def test_they_come_back_from_json(usage: Usage, row: LimitRow) -> None:
    assert usage_from_json(usage_to_json(usage)) == usage
    assert limit_row_from_json(limit_row_to_json(row)) == row
