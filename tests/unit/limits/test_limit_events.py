from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from attrs import evolve as changed

from custmaster.decision import Allowed
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.limits import (
    Bucket,
    Entry,
    LimitEvent,
    NotReversible,
    Slot,
    Transaction,
    TransactionReserved,
    TransactionReversed,
    Usage,
    UsagesJoined,
    UsagesParted,
    evolve,
    reserve,
    reverse,
)
from custmaster.screening import RestrictionsJoined
from custmaster.value.account import AccountNumber
from custmaster.value.money import Money
from custmaster.wire import decision_from_json, decision_to_json
from custmaster.wire.limits import LIMIT_EVENTS, limit_event_from_json, limit_event_to_json

DAY = date(2026, 11, 23)
WAY = Slot(channel="MOBILE", action="SPEND")
PAID = Transaction(id="T-1", customer="6000000001", day=DAY, slot=WAY, amount=Money(Decimal(10)))
RESERVED = TransactionReserved(on=DAY, actor="S-1", request_id="Q-1", transaction=PAID)
REVERSED = TransactionReversed(on=DAY, actor="S-1", request_id="Q-2", transaction=PAID)


def test_the_events_of_one_usage_are_what_is_done_to_it() -> None:
    nothing = Usage.of("6000000001")
    used = evolve(nothing, RESERVED)
    assert used == reserve(nothing, PAID) == evolve(used, RESERVED)
    assert evolve(used, REVERSED) == reverse(used, PAID)
    with pytest.raises(NotReversible):
        evolve(nothing, REVERSED)


@pytest.mark.parametrize("kind", [UsagesJoined, UsagesParted])
def test_nobody_is_joined_with_itself(kind: type[UsagesJoined | UsagesParted]) -> None:
    with pytest.raises(InvalidValue) as caught:
        kind(on=DAY, actor="S-1", request_id="Q-1", customer="1", into="1")
    assert (caught.value.fault, caught.value.path) == (Fault.CONFLICT, "into")


def test_every_event_has_its_name_and_comes_back() -> None:
    assert set(LIMIT_EVENTS.values()) == set(get_args(LimitEvent))
    for event in (RESERVED, REVERSED):
        assert limit_event_from_json(limit_event_to_json(event)) == event


def test_a_decision_carries_events_of_limits_and_of_restrictions() -> None:
    joined = RestrictionsJoined(on=DAY, actor="S-1", request_id="Q-1", customer="1", into="2")
    answer = Allowed(events=(RESERVED, REVERSED, joined), handbook="2026.1")
    assert decision_from_json(decision_to_json(answer)) == answer


def test_an_account_in_an_event_is_masked() -> None:
    way = Slot(channel="MOBILE", action="SPEND", account=AccountNumber("6222000000000001"))
    assert "62220000" not in repr(changed(RESERVED, transaction=changed(PAID, slot=way)))


@pytest.mark.parametrize(("amount", "count"), [("15", 1), ("5", 1), ("10", 2)])
def test_sums_that_do_not_hold_the_transaction_are_not_reversed(amount: str, count: int) -> None:
    sums = [
        Bucket(slot=WAY, day=DAY, amount=Money(Decimal(amount)), count=count),
        Bucket(slot=WAY, year=2026, amount=Money(Decimal(10)), count=1),
    ]
    entry = Entry(id="T-1", slot=WAY, day=DAY, amount=PAID.amount)
    with pytest.raises(CustmasterError, match="does not hold it"):
        reverse(Usage.of("6000000001", sums, [entry]), PAID)
