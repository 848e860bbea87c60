"""Laws of limits: reserving and reversing cancel out, headroom is never negative, a limit more never raises it, no order matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any, Final

from attrs import evolve, field, frozen
from hypothesis import strategies as st

from custmaster.decision import Reason
from custmaster.handbook import Page, default
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
    reserve,
    reverse,
    standing,
    stricter,
    trimmed,
)
from custmaster.testing._limits import limit_rows, slots, transactions, usages
from custmaster.testing.laws.law import Law
from custmaster.value.money import Money
from custmaster.value.party import PartyKind

__all__ = ["LIMIT_LAWS", "LimitRules"]

_DAY: Final = date(2026, 12, 31)
_BALANCE: Final = Money(Decimal(100))
_FEN: Final = Decimal("0.01")
Rows = list[LimitRow]


@frozen(kw_only=True)
class LimitRules:
    """What is under judgement: the sums, what stands, what is left, and what is said of a transaction.

    `pack` are the bank's own limits, on which made ones come on top. `page` gives the day: the last one of 2026, around which usages are made.

    >>> LimitRules().pack
    ()
    """

    standing: Callable[[Page, Iterable[LimitRow], PartyKind], Standing] = standing
    headroom: Callable[[Slot, Standing, Usage, Money], Headroom] = headroom
    judge: Callable[[Transaction, Standing, Usage], tuple[Reason, ...]] = judge
    reserve: Callable[[Usage, Transaction], Usage] = reserve
    reverse: Callable[[Usage, Transaction], Usage] = reverse
    combined: Callable[[Usage, Usage], Usage] = combined
    trimmed: Callable[[Usage, date], Usage] = trimmed
    stricter: Callable[[Iterable[LimitRow], Iterable[LimitRow]], tuple[LimitRow, ...]] = stricter
    pack: tuple[LimitRow, ...] = ()
    page: Page = field(factory=lambda: default().on(_DAY))


def _stands(rules: LimitRules, rows: Iterable[LimitRow]) -> Standing:
    return rules.standing(rules.page, [*rules.pack, *rows], PartyKind.PERSON)


def _left(rules: LimitRules, slot: Slot, rows: Iterable[LimitRow], usage: Usage) -> Headroom:
    return rules.headroom(slot, _stands(rules, rows), usage, _BALANCE)


def _cancels_out(rules: LimitRules, case: tuple[Usage, Transaction]) -> bool | None:
    usage, new = case
    undone = rules.reverse(rules.reserve(usage, new), new)
    return (undone.days, undone.years, undone.buckets) == (usage.days, usage.years, usage.buckets)


def _counts(rules: LimitRules, case: tuple[Usage, Transaction]) -> bool | None:
    usage, new = case
    return rules.reserve(usage, new).buckets != usage.buckets


def _gives_back(rules: LimitRules, case: tuple[Rows, Usage, Transaction]) -> bool | None:
    rows, usage, new = case
    undone = rules.reverse(rules.reserve(usage, new), new)
    return _left(rules, new.slot, rows, undone) == _left(rules, new.slot, rows, usage)


def _sums_in_any_order(rules: LimitRules, case: tuple[Usage, Random]) -> bool | None:
    usage, dice = case
    entries = list(usage.entries.values())
    dice.shuffle(entries)
    again = Usage.of(usage.customer)
    for one in entries:
        told = Transaction(id=one.id, customer=usage.customer, day=one.day, slot=one.slot, amount=one.amount)
        again = rules.reserve(again, told)
    return again == usage if len(entries) > 1 else None


def _is_never_negative(rules: LimitRules, case: tuple[Slot, Rows, Usage]) -> bool | None:
    found = _left(rules, *case)
    told = (*found.limits, *found.reminders)
    return all(one.remaining >= 0 for one in told) if told else None


def _is_never_raised(rules: LimitRules, case: tuple[tuple[Slot, Rows, Usage], LimitRow]) -> bool | None:
    (slot, rows, usage), more = case
    before, after = _left(rules, slot, rows, usage), _left(rules, slot, [*rows, more], usage)
    if before.amount is not None and (after.amount is None or after.amount > before.amount):
        return False
    later = {one.measure: one.remaining for one in after.limits}
    return all(one.measure in later and later[one.measure] <= one.remaining for one in before.limits)


def _rows_in_any_order(rules: LimitRules, case: tuple[tuple[Rows, Usage, Transaction], Random]) -> bool | None:
    (rows, usage, new), dice = case
    other = [*rows, *rows[:1]]
    dice.shuffle(other)
    one, two = _stands(rules, rows), _stands(rules, other)
    return one == two and rules.judge(new, one, usage) == rules.judge(new, two, usage)


def _is_what_is_allowed(rules: LimitRules, case: tuple[Rows, Usage, Transaction]) -> bool | None:
    rows, usage, new = case
    stands = _stands(rules, [row for row in rows if row.over is Over.REFUSE])
    most = rules.headroom(new.slot, stands, usage, _BALANCE).amount

    def refused(amount: Decimal) -> bool:
        asked = evolve(new, amount=Money(amount), balance=_BALANCE)
        return any(reason.outcome == "REFUSED" for reason in rules.judge(asked, stands, usage))

    if most is None:
        return not refused(Decimal(10**9))
    return (most == 0 or not refused(most)) and refused(most + _FEN)


def _agreed_only_tightens(rules: LimitRules, case: tuple[Slot, Rows, Usage]) -> bool | None:
    slot, rows, usage = case
    without = _left(rules, slot, [row for row in rows if row.source is not Source.AGREED], usage).amount
    with_them = _left(rules, slot, rows, usage).amount
    if without is None or all(row.source is not Source.AGREED for row in rows):
        return None
    return with_them is not None and with_them <= without


def _merged_rows_hold_both_back(rules: LimitRules, case: tuple[Rows, Rows, Usage, Slot]) -> bool | None:
    mine, theirs, usage, slot = case
    merged = rules.stricter(mine, theirs)
    if merged != rules.stricter(theirs, mine) or not {*merged} <= {*mine, *theirs}:
        return False
    return _left(rules, slot, merged, usage).amount == _left(rules, slot, [*mine, *theirs], usage).amount


def _merged_usage_leaves_no_more(rules: LimitRules, case: tuple[Usage, Usage, Slot, Rows]) -> bool | None:
    one, theirs, slot, rows = case
    entries = {f"OTHER-{name}": evolve(each, id=f"OTHER-{name}") for name, each in theirs.entries.items()}
    other = evolve(theirs, entries=entries)
    both = rules.combined(one, other)
    most = _left(rules, slot, rows, both).amount
    alone = [_left(rules, slot, rows, each).amount for each in (one, other)]
    # None is no bound at all: whatever is left with both is no more than that.
    less = all(before is None or (most is not None and most <= before) for before in alone)
    return less and both.days == rules.combined(other, one).days


def _trimming_changes_nothing(rules: LimitRules, case: tuple[Slot, Rows, Usage]) -> bool | None:
    slot, rows, usage = case
    return _left(rules, slot, rows, rules.trimmed(usage, rules.page.day)) == _left(rules, slot, rows, usage)


def _are_a_plain_count(rules: LimitRules, case: tuple[Rows, Usage, Transaction]) -> bool | None:
    rows, usage, new = case
    asked = [row for row in _stands(rules, rows).rows if row.covers(new.slot) and row.over is Over.REFUSE]
    found = _left(rules, new.slot, rows, usage).limits
    for one in found:
        gone = [
            (row.figure, _plainly_used(row, new.slot, usage, rules.page.day))
            for row in asked
            if row.measure is one.measure
        ]
        if one.remaining != min(max(figure - used, Decimal(0)) for figure, used in gone):
            return False
    return True if found else None


def _plainly_used(row: LimitRow, slot: Slot, usage: Usage, day: date) -> Decimal:
    """A loop over the entries: the same said without places, ways and periods."""
    covered = [one for one in usage.entries.values() if row.covers(one.slot)]
    entries = [one for one in covered if row.scope != "ACCOUNT" or one.slot.account == slot.account]
    match row.measure.value:
        case "DAY_AMOUNT":
            return sum((one.amount.amount for one in entries if one.day == day), Decimal(0))
        case "DAY_COUNT":
            return Decimal(sum(one.day == day for one in entries))
        case "YEAR_AMOUNT":
            return sum((one.amount.amount for one in entries if one.day.year == day.year), Decimal(0))
        case "BALANCE":
            return _BALANCE.amount
        case _:
            return Decimal(0)


# --- the rows -------------------------------------------------------------------------------------------------------------

_DICE: Final = st.randoms(use_true_random=False)
_ROWS: Final = st.lists(limit_rows(), max_size=8)
_AGREED: Final = st.lists(limit_rows(source=Source.AGREED), max_size=5)


def _new(rules: LimitRules) -> Any:
    return transactions(day=rules.page.day).map(lambda one: evolve(one, id="T-NEW"))


def _sums(rules: LimitRules) -> Any:
    return st.tuples(usages(), _new(rules))


def _limited(rules: LimitRules) -> Any:
    return st.tuples(_ROWS, usages(), _new(rules))


def _looked_at(rules: LimitRules) -> Any:
    return st.tuples(slots(), _ROWS, usages())


_law: Final = partial(Law[LimitRules, Any], source="R-61")

LIMIT_LAWS: Final[tuple[Law[LimitRules, Any], ...]] = (
    _law(
        name="reserving-and-reversing-cancel-out",
        says="What is reserved and reversed leaves every sum as it was.",
        cases=_sums,
        holds=_cancels_out,
    ),
    _law(
        name="what-is-reserved-counts",
        says="What is reserved changes a sum.",
        cases=_sums,
        holds=_counts,
    ),
    _law(
        name="a-reversal-gives-headroom-back",
        says="What is left after a reversal is what was left before the transaction.",
        cases=_limited,
        holds=_gives_back,
    ),
    _law(
        name="usage-is-blind-to-order",
        says="The order in which transactions were reserved says nothing.",
        cases=lambda rules: st.tuples(usages(), _DICE),
        holds=_sums_in_any_order,
    ),
    _law(
        name="headroom-is-never-negative",
        says="Headroom is never below zero.",
        cases=_looked_at,
        holds=_is_never_negative,
    ),
    _law(
        name="a-limit-more-never-raises-headroom",
        says="One limit more never raises what is left, by any measure.",
        cases=lambda rules: st.tuples(_looked_at(rules), limit_rows()),
        holds=_is_never_raised,
    ),
    _law(
        name="limits-are-blind-to-order",
        says="The order of the limits says nothing, nor does one that stands twice.",
        cases=lambda rules: st.tuples(_limited(rules), _DICE),
        holds=_rows_in_any_order,
    ),
    _law(
        name="headroom-is-what-is-allowed",
        says="The headroom may be spent, and one fen more is refused.",
        cases=_limited,
        holds=_is_what_is_allowed,
    ),
    _law(
        name="an-agreed-limit-only-tightens",
        says="What is left with the agreed limits is no more than what is left without them.",
        cases=_looked_at,
        holds=_agreed_only_tightens,
    ),
    _law(
        name="merged-limits-hold-both-back",
        says="The limits of a merged customer are those of both, and hold back as all of them together do.",
        cases=lambda rules: st.tuples(_AGREED, _AGREED, usages(), slots()),
        holds=_merged_rows_hold_both_back,
    ),
    _law(
        name="merged-usage-leaves-no-more",
        says="What both have used leaves no more than what either has.",
        cases=lambda rules: st.tuples(usages(), usages(), slots(), _ROWS),
        holds=_merged_usage_leaves_no_more,
    ),
    _law(
        name="trimming-changes-nothing",
        says="Usage that is trimmed to a day leaves what was left on that day.",
        cases=_looked_at,
        holds=_trimming_changes_nothing,
    ),
    _law(
        name="sums-are-a-plain-count",
        says="What is left is the figure without a plain count of the transactions that it covers.",
        cases=_limited,
        holds=_are_a_plain_count,
    ),
)
"""What must hold of limits."""
