"""Laws of limits: reserving and reversing cancel out, headroom is never negative, a limit more never raises it, no order matters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from custmaster.handbook import default
from custmaster.limits import (
    Headroom,
    LimitRow,
    Over,
    Slot,
    Source,
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
from custmaster.testing.strategies import limit_rows, slots, transactions, usages
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.wire.limits import limit_row_from_json, limit_row_to_json, usage_from_json, usage_to_json

DAY = date(2026, 12, 31)
PAGE = default().on(DAY)
BALANCE = Money(Decimal(100))
ROWS = st.lists(limit_rows(), max_size=8)
FEN = Decimal("0.01")


def stands_of(rows: list[LimitRow], party: PartyKind = PartyKind.PERSON) -> Standing:
    return standing(PAGE, rows, party)


def left(slot: Slot, rows: list[LimitRow], usage: Usage) -> Headroom:
    return headroom(slot, stands_of(rows), usage, BALANCE)


def fresh(transaction: Transaction) -> Transaction:
    return evolve(transaction, id="T-NEW")


@given(usages(), transactions())
def test_reserving_and_reversing_cancel_out(usage: Usage, transaction: Transaction) -> None:
    new = fresh(transaction)
    reserved = reserve(usage, new)
    assert reserved.buckets != usage.buckets
    undone = reverse(reserved, new)
    assert (undone.days, undone.years, undone.buckets) == (usage.days, usage.years, usage.buckets)
    assert judge_reversal(new, reserved) == ()
    assert judge_reversal(new, undone) != ()


@given(ROWS, usages(), transactions(day=DAY))
def test_a_reversal_gives_the_headroom_back(rows: list[LimitRow], usage: Usage, transaction: Transaction) -> None:
    new = fresh(transaction)
    undone = reverse(reserve(usage, new), new)
    assert left(new.slot, rows, undone) == left(new.slot, rows, usage)


@given(usages(), st.randoms(use_true_random=False))
def test_the_order_of_what_was_used_does_not_matter(usage: Usage, random: Random) -> None:
    entries = list(usage.entries.values())
    random.shuffle(entries)
    again = Usage.of(usage.customer)
    for one in entries:
        told = Transaction(id=one.id, customer=usage.customer, day=one.day, slot=one.slot, amount=one.amount)
        again = reserve(again, told)
    assert again == usage
    assert usage_to_json(again) == usage_to_json(usage)


@given(slots(), ROWS, usages())
def test_headroom_is_never_negative(slot: Slot, rows: list[LimitRow], usage: Usage) -> None:
    found = left(slot, rows, usage)
    assert all(one.remaining >= 0 for one in (*found.limits, *found.reminders))


@given(slots(), ROWS, limit_rows(), usages())
def test_a_limit_more_never_raises_headroom(slot: Slot, rows: list[LimitRow], more: LimitRow, usage: Usage) -> None:
    before, after = left(slot, rows, usage), left(slot, [*rows, more], usage)
    assert before.amount is None or (after.amount is not None and after.amount <= before.amount)
    later = {one.measure: one.remaining for one in after.limits}
    assert all(later[one.measure] <= one.remaining for one in before.limits)


@given(ROWS, usages(), transactions(day=DAY), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    rows: list[LimitRow], usage: Usage, transaction: Transaction, random: Random
) -> None:
    other = [*rows, *rows[:1]]
    random.shuffle(other)
    assert stands_of(other) == stands_of(rows)
    new = fresh(transaction)
    assert judge(new, stands_of(other), usage) == judge(new, stands_of(rows), usage)


@given(ROWS, usages(), transactions(day=DAY))
def test_the_headroom_is_what_is_allowed_and_a_fen_more_is_not(
    rows: list[LimitRow], usage: Usage, transaction: Transaction
) -> None:
    new = evolve(fresh(transaction), balance=BALANCE)
    refusing = [row for row in rows if row.over is Over.REFUSE]
    most = left(new.slot, refusing, usage).amount
    stands = stands_of(refusing)

    def refused(amount: Decimal) -> bool:
        found = judge(evolve(new, amount=Money(amount)), stands, usage)
        return any(reason.outcome == "REFUSED" for reason in found)

    if most is None:
        assert not refused(Decimal(10**9))
    else:
        assert most == 0 or not refused(most)
        assert refused(most + FEN)


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


@given(
    st.lists(limit_rows(source=Source.AGREED), max_size=5),
    st.lists(limit_rows(source=Source.AGREED), max_size=5),
    usages(),
    slots(),
)
def test_a_merged_customer_is_held_back_by_all_that_held_back_either(
    mine: list[LimitRow], theirs: list[LimitRow], usage: Usage, slot: Slot
) -> None:
    merged = stricter(mine, theirs)
    assert merged == stricter(theirs, mine)
    assert set(merged) <= {*mine, *theirs}
    assert left(slot, list(merged), usage).amount == left(slot, [*mine, *theirs], usage).amount


@given(usages(), usages(), slots(), ROWS)
def test_a_merged_usage_leaves_no_more_than_either(one: Usage, other: Usage, slot: Slot, rows: list[LimitRow]) -> None:
    other = evolve(other, entries={f"OTHER-{name}": evolve(e, id=f"OTHER-{name}") for name, e in other.entries.items()})
    both = combined(one, other)
    assert both.days == combined(other, one).days
    most = left(slot, rows, both).amount
    for alone in (one, other):
        before = left(slot, rows, alone).amount
        assert most == before or (most is not None and before is not None and most < before)


@given(usages(), slots(), ROWS)
def test_trimming_changes_nothing_that_is_asked_afterwards(usage: Usage, slot: Slot, rows: list[LimitRow]) -> None:
    assert left(slot, rows, trimmed(usage, DAY)) == left(slot, rows, usage)


@given(usages(), limit_rows())
def test_they_come_back_from_json(usage: Usage, row: LimitRow) -> None:
    assert usage_from_json(usage_to_json(usage)) == usage
    assert limit_row_from_json(limit_row_to_json(row)) == row


@given(ROWS, usages(), transactions(day=DAY))
def test_the_sums_are_those_of_a_plain_count(rows: list[LimitRow], usage: Usage, transaction: Transaction) -> None:
    """The same said without places, ways and periods: a loop over the entries."""
    slot = transaction.slot
    asked = [row for row in stands_of(rows).rows if row.covers(slot) and row.over is Over.REFUSE]
    for one in left(slot, rows, usage).limits:
        gone = [(row.figure, _plainly_used(row, slot, usage)) for row in asked if row.measure is one.measure]
        assert one.remaining == min(max(figure - used, Decimal(0)) for figure, used in gone)


def _plainly_used(row: LimitRow, slot: Slot, usage: Usage) -> Decimal:
    entries = [
        entry
        for entry in usage.entries.values()
        if row.covers(entry.slot) and (row.scope != "ACCOUNT" or entry.slot.account == slot.account)
    ]
    match row.measure.value:
        case "DAY_AMOUNT":
            return sum((entry.amount.amount for entry in entries if entry.day == DAY), Decimal(0))
        case "DAY_COUNT":
            return Decimal(sum(entry.day == DAY for entry in entries))
        case "YEAR_AMOUNT":
            return sum((entry.amount.amount for entry in entries if entry.day.year == DAY.year), Decimal(0))
        case "BALANCE":
            return BALANCE.amount
        case _:
            return Decimal(0)
