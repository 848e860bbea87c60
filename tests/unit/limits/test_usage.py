"""What was used: reserved once, reversed once, in its own day and its own year; trimmed, stored as rows, and combined in a merge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from custmaster.errors import CustmasterError, Fault, InvalidRecord, InvalidValue
from custmaster.limits import (
    Bucket,
    Entry,
    LimitCode,
    NotReservable,
    NotReversible,
    Slot,
    Transaction,
    Usage,
    combined,
    judge_reversal,
    reserve,
    reverse,
    trimmed,
)
from custmaster.value.money import Money
from custmaster.wire import usage_from_json, usage_to_json

NEW_YEARS_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)
WAY, OTHER_WAY = Slot(channel="MOBILE", action="SPEND"), Slot(channel="WEB", action="SPEND")
NOTHING = Usage.of("6000000001")


def paid(name: str, amount: str = "10", day: date = NEW_YEARS_EVE, slot: Slot = WAY) -> Transaction:
    return Transaction(id=name, customer="6000000001", day=day, slot=slot, amount=Money(Decimal(amount)))


def test_a_transaction_counts_on_its_day_and_in_its_year() -> None:
    used = reserve(reserve(NOTHING, paid("T-1")), paid("T-2", "0.05", NEW_YEAR))
    assert [(row.day or row.year, row.amount.amount, row.count) for row in used.buckets] == [
        (NEW_YEARS_EVE, Decimal("10.00"), 1),
        (NEW_YEAR, Decimal("0.05"), 1),
        (2026, Decimal("10.00"), 1),
        (2027, Decimal("0.05"), 1),
    ]


def test_a_reversal_gives_back_to_its_own_day_and_year() -> None:
    before = reserve(NOTHING, paid("T-2", "0.05", NEW_YEAR))
    after = reverse(reserve(before, paid("T-1")), paid("T-1"))
    assert after.buckets == before.buckets
    two = reserve(reserve(NOTHING, paid("T-1")), paid("T-3", "5"))
    assert reverse(two, paid("T-1")).days == {NEW_YEARS_EVE: {WAY: (Decimal("5.00"), 1)}}


def test_what_is_sent_again_counts_once() -> None:
    once = reserve(NOTHING, paid("T-1"))
    assert reserve(once, paid("T-1")) is once


def test_an_id_of_another_transaction_is_refused() -> None:
    once = reserve(NOTHING, paid("T-1"))
    for other in (paid("T-1", "11"), paid("T-1", day=NEW_YEAR), paid("T-1", slot=OTHER_WAY)):
        with pytest.raises(NotReservable):
            reserve(once, other)
        with pytest.raises(NotReversible):
            reverse(once, other)
        assert [reason.code for reason in judge_reversal(other, once)] == [LimitCode.TRANSACTION_CLASHES]


def test_what_was_never_reserved_is_not_reversed_and_nothing_is_twice() -> None:
    once = reserve(NOTHING, paid("T-1"))
    undone = reverse(once, paid("T-1"))
    for usage, code in ((NOTHING, LimitCode.TRANSACTION_NOT_RESERVED), (undone, LimitCode.TRANSACTION_REVERSED)):
        with pytest.raises(NotReversible):
            reverse(usage, paid("T-1"))
        assert [reason.code for reason in judge_reversal(paid("T-1"), usage)] == [code]
    assert judge_reversal(paid("T-1"), once) == ()
    with pytest.raises(NotReservable):
        reserve(undone, paid("T-1"))


def test_another_customers_transaction_is_a_bug() -> None:
    with pytest.raises(CustmasterError):
        reserve(Usage.of("6000000002"), paid("T-1"))


def test_a_usage_comes_back_from_its_rows() -> None:
    used = reverse(reserve(reserve(NOTHING, paid("T-1")), paid("T-2", slot=OTHER_WAY)), paid("T-2", slot=OTHER_WAY))
    assert Usage.of(used.customer, used.buckets, used.entries.values()) == used
    empty = Bucket(slot=WAY, year=2026, amount=Money(Decimal(0)), count=0)
    assert Usage.of("6000000001", [empty]) == NOTHING


def test_rows_that_stand_twice_are_refused() -> None:
    used = reserve(NOTHING, paid("T-1"))
    with pytest.raises(InvalidValue) as caught:
        Usage.of(used.customer, [*used.buckets, used.buckets[0]])
    assert (caught.value.path, caught.value.fault) == ("buckets[2]", Fault.DUPLICATE)
    entry = used.entries["T-1"]
    with pytest.raises(InvalidValue) as caught:
        Usage.of(used.customer, entries=[entry, evolve(entry, undone=True)])
    assert (caught.value.path, caught.value.fault) == ("entries[1]", Fault.DUPLICATE)


@pytest.mark.parametrize("kept", [[], [("5", 1)], [("5", 2)], [("15", 1)]])
def test_a_reversal_without_the_rows_of_its_day_is_a_bug(kept: list[tuple[str, int]]) -> None:
    entry = Entry(id="T-1", slot=WAY, day=NEW_YEARS_EVE, amount=Money(Decimal(10)))
    rows = [
        Bucket(slot=WAY, amount=Money(Decimal(amount)), count=count, **period)
        for amount, count in kept
        for period in ({"day": NEW_YEARS_EVE}, {"year": NEW_YEARS_EVE.year})
    ]
    with pytest.raises(CustmasterError, match="load the rows"):
        reverse(Usage.of("6000000001", rows, [entry]), paid("T-1"))


def test_what_is_trimmed_is_past_reversal_and_stays_in_its_year() -> None:
    used = reserve(reserve(NOTHING, paid("T-1")), paid("T-2", day=NEW_YEAR))
    december = trimmed(used, NEW_YEARS_EVE)
    assert december == used
    january = trimmed(used, NEW_YEAR)
    assert [row.day or row.year for row in january.buckets] == [NEW_YEAR, 2027]
    assert [reason.code for reason in judge_reversal(paid("T-1"), january)] == [LimitCode.TRANSACTION_NOT_RESERVED]
    later = reserve(used, paid("T-3", day=date(2027, 1, 2)))
    assert trimmed(later, date(2027, 1, 2)).years == {2027: later.years[2027]}


def test_a_merge_sums_what_both_used_and_each_can_still_be_reversed() -> None:
    survivor = reserve(NOTHING, paid("T-1"))
    theirs = evolve(paid("T-2", "7"), customer="6000000002")
    absorbed = reserve(
        reserve(Usage.of("6000000002"), theirs),
        evolve(paid("T-3", slot=OTHER_WAY, day=NEW_YEAR), customer="6000000002"),
    )
    both = combined(survivor, absorbed)
    assert both.customer == "6000000001"
    assert both.days[NEW_YEARS_EVE] == {WAY: (Decimal("17.00"), 2)}
    assert both.years == {2026: {WAY: (Decimal("17.00"), 2)}, 2027: {OTHER_WAY: (Decimal("10.00"), 1)}}
    assert reverse(both, evolve(theirs, customer="6000000001")).days[NEW_YEARS_EVE] == {WAY: (Decimal("10.00"), 1)}
    with pytest.raises(CustmasterError):
        combined(survivor, survivor)


def test_the_sum_of_the_greatest_amounts_is_stored_and_read_again() -> None:
    greatest = "999999999999999.99"
    survivor = reserve(reserve(NOTHING, paid("T-1", greatest)), paid("T-2", greatest))
    theirs = evolve(paid("T-3", greatest), customer="6000000002")
    both = combined(survivor, reserve(Usage.of("6000000002"), theirs))
    assert [(str(row.amount.amount), row.count) for row in both.buckets] == [("2999999999999999.97", 3)] * 2
    assert usage_from_json(usage_to_json(both)) == both
    assert Usage.of(both.customer, both.buckets, both.entries.values()) == both


@pytest.mark.parametrize("year", [0, 10_000, "2026", True])
def test_the_year_of_a_sum_is_one_of_the_calendar(year: object) -> None:
    with pytest.raises(InvalidRecord) as caught:
        Bucket(slot=WAY, year=year, amount=Money(Decimal(1)), count=1)  # type: ignore[arg-type]
    assert [(fault.path, fault.fault) for fault in caught.value.faults] == [("year", Fault.RANGE)]


def test_an_entry_is_made_of_its_own_kinds() -> None:
    said = {"id": "T-1", "slot": WAY, "day": NEW_YEAR, "amount": Money(Decimal(1))}
    for name in said:
        with pytest.raises(InvalidValue) as caught:
            Entry(**said | {name: 5})  # type: ignore[arg-type]
        assert (caught.value.path, caught.value.fault) == (name, Fault.TYPE)
