"""What holds of authorising: the laws of `custmaster.testing.laws.authorising`, each with a fault that it catches."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve as changed
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.decision import Allowed, Decision, Occasion, Outcome
from custmaster.decision import decide as settle
from custmaster.desk import authorise
from custmaster.desk.authorise import CustomerDay, CustomerFacts, prepare
from custmaster.handbook import Page
from custmaster.limits import Transaction, Usage, combined, evolve, parted
from custmaster.testing.laws import AUTHORISING_LAWS, AuthorisingRules, BrokenLaw, Law
from custmaster.testing.laws.authorising import _ask, _cases
from custmaster.testing.strategies import usages
from custmaster.value.account import AccountNumber
from custmaster.wire import decision_from_json, decision_to_json

NUMBER = "6000000001"
RULES = AuthorisingRules()
CASES = _cases(RULES)
FOUND_WITHIN = 400
"""Cases within which each fault is found; most are found within forty."""


@pytest.mark.parametrize("law", AUTHORISING_LAWS, ids=str)
def test_the_library_keeps_the_law(law: Law[AuthorisingRules, Any]) -> None:
    law.check(RULES)


# --- faults that are caught ---------------------------------------------------------------------------------------------


def on_every_other_day(known: CustomerFacts, page: Page, turns: list[int] = [0]) -> CustomerDay:  # noqa: B006
    """A cache that forgets the restrictions every other time."""
    turns[0] += 1
    return prepare(
        changed(known, restrictions=changed(known.restrictions, entries=())) if turns[0] % 2 else known, page
    )


def twice(usage: Usage, event: Any) -> Usage:
    """An event that comes again is counted again."""
    once = evolve(usage, event)
    again = changed(event.transaction, id=f"{event.transaction.id}-{len(once.entries)}")
    return evolve(once, changed(event, transaction=again))


def anew(new: Transaction, usage: Usage, known: CustomerDay, occasion: Occasion, earlier: Decision | None) -> Decision:
    """What is stored under the request is not looked at, and the answer is signed by somebody else."""
    answer = authorise.decide(new, usage, known, occasion)
    if earlier is None or not isinstance(answer, Allowed):
        return answer
    return changed(answer, events=[changed(one, actor="S-9") for one in answer.events])  # type: ignore[type-var]


def reversed_without_events(*asked: Any) -> Decision:
    return settle([], handbook="1")


def by_the_first_limit(known: CustomerFacts, page: Page) -> CustomerDay:
    """Only the first limit of the bank, the first contract and the first restriction are looked at."""
    return prepare(changed(known, pack=known.pack[:1]), page)


def by_the_latest(known: CustomerFacts, page: Page) -> CustomerDay:
    """What was stated last holds alone."""
    assert known.register is not None
    contracts = known.register.contracts[:1]  # the register sorts them, and C-MORE comes first
    entries = known.restrictions.entries[-1:]
    return prepare(
        changed(
            known,
            pack=known.pack[-1:],
            register=changed(known.register, contracts=contracts),
            restrictions=changed(known.restrictions, entries=entries),
        ),
        page,
    )


FAULTS = {
    "authorising-replays": changed(RULES, prepare=on_every_other_day),
    "what-is-allowed-is-reserved": changed(RULES, evolve=twice),
    "a-transaction-is-reserved-once": changed(RULES, evolve=twice),
    "a-stored-authorisation-stands": changed(RULES, authorise=anew),
    "authorising-and-reversing-cancel-out": changed(RULES, reverse=reversed_without_events),
    "authorising-is-blind-to-order": changed(RULES, prepare=by_the_first_limit),
    "a-limit-more-is-no-better": changed(RULES, prepare=by_the_latest),
    "an-agreed-limit-more-is-no-better": changed(RULES, prepare=by_the_latest),
    "a-restriction-more-is-no-better": changed(RULES, prepare=by_the_latest),
}


@pytest.mark.parametrize("law", AUTHORISING_LAWS, ids=str)
def test_a_fault_is_caught(law: Law[AuthorisingRules, Any]) -> None:
    with pytest.raises(BrokenLaw, match=law.name):
        law.check(FAULTS[law.name], max_examples=FOUND_WITHIN, shrink=False)


# --- beside the laws ----------------------------------------------------------------------------------------------------


@given(CASES)
def test_an_answer_comes_back_from_the_wire(case: Any) -> None:
    answer = _ask(RULES, case)
    assert decision_from_json(decision_to_json(answer)) == answer
    assert (isinstance(answer, Allowed) and bool(answer.events)) is (answer.outcome is Outcome.ALLOWED)


def test_every_outcome_occurs() -> None:
    """The laws above would hold of nothing but refusals."""
    seen: set[Outcome] = set()

    @settings(max_examples=150, database=None)
    @given(CASES)
    def look(case: Any) -> None:
        seen.add(_ask(RULES, case).outcome)

    look()
    assert seen == set(Outcome)


@given(usages(), st.sets(st.sampled_from([AccountNumber(f"622200000000000{n}") for n in (1, 2)])))
def test_parting_loses_no_reservation(usage: Usage, accounts: set[AccountNumber]) -> None:
    kept, gone = parted(usage, "6000000002", accounts)
    assert (kept.customer, gone.customer) == (NUMBER, "6000000002")
    assert combined(kept, gone) == usage
    assert {entry.slot.account for entry in gone.entries.values()} <= accounts
    total = sum(
        (amount for one in (kept, gone) for sums in one.years.values() for amount, _ in sums.values()), Decimal(0)
    )
    assert total == sum((amount for sums in usage.years.values() for amount, _ in sums.values()), Decimal(0))
