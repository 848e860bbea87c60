"""The customers of a fictional bank, row by row from a seed: the same rows on every machine, in every year.

Nobody here exists. Resident numbers and mobile numbers are well formed, because a file of broken ones would test nothing; the
mainland keeps no block of either for fiction, so one may by chance be somebody's. They are not for dialling or for looking up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import customer_number_plan, default
from custmaster.sim.dice import Dice, dice
from custmaster.sim.faults import applicable, spoil
from custmaster.sim.people import Place, clean_customer
from custmaster.sim.record import FictionalCustomer
from custmaster.value.number_plan import Assignment, CheckScheme, NumberPlan, check_digit

__all__ = ["FICTIONAL_DAY", "customer_of_row", "fictional_customers"]

FICTIONAL_DAY: Final = date(2026, 11, 23)
"""The business day of the fictional bank: its documents are good, or have run out, on this day."""

_EARLIEST: Final = date(2024, 6, 1)
_LATEST: Final = date(2050, 1, 1)
_WHETHER, _WHICH, _RANGE = range(1, 4)
_MILLION: Final = 1_000_000


def fictional_customers(
    count: int, *, seed: int, faults: Decimal | int = 0, day: date = FICTIONAL_DAY
) -> Iterator[FictionalCustomer]:
    """The first `count` customers of the bank `seed`; `faults` of a thousand carry one named fault each.

    A longer sample begins with the shorter one. Errors: InvalidValue (RANGE) for a negative count or seed, faults outside 0 to
    1000, a day outside June 2024 to 2049 (the cards of 2023 must have been issued), or more rows than customer numbers.

    >>> [customer.name for customer in fictional_customers(3, seed=1)] == [
    ...     customer_of_row(row, seed=1).name for row in range(3)
    ... ]
    True
    """
    if count < 0:
        raise InvalidValue(Fault.RANGE, path="count")
    _require(faults, day)
    return (customer_of_row(row, seed=seed, faults=faults, day=day) for row in range(count))


def customer_of_row(row: int, *, seed: int, faults: Decimal | int = 0, day: date = FICTIONAL_DAY) -> FictionalCustomer:
    """The customer in row `row` (from 0) alone; errors as `fictional_customers`.

    >>> customer_of_row(0, seed=1, faults=1000).fault is None
    False
    """
    _require(faults, day)
    roll = dice(seed=seed, row=row)
    place = Place(row, _number(row, roll, day), day, roll)
    customer = clean_customer(place)
    if roll.below(_WHETHER, _MILLION) >= faults * 1000:
        return customer
    return spoil(customer, roll.pick(_WHICH, applicable(customer)), place)


def _require(faults: Decimal | int, day: date) -> None:
    if not 0 <= faults <= 1000:
        raise InvalidValue(Fault.RANGE, path="faults", remedy="so many of a thousand")
    if not _EARLIEST <= day < _LATEST:
        raise InvalidValue(Fault.RANGE, path="day", remedy="from 2024-06-01 to 2049-12-31")


@cache
def _plan(day: date) -> NumberPlan:
    """The example number plan of the packaged handbook."""
    return customer_number_plan(default().on(day))


def _number(row: int, roll: Dice, day: date) -> str:
    """The number of the row: its place in one of the plan's internal ranges, so that no two rows share one."""
    plan = _plan(day)
    ranges = tuple(one for one in plan.ranges if one.assignment is Assignment.INTERNAL)
    chosen = roll.pick(_RANGE, ranges)
    if plan.check is CheckScheme.NONE:
        number = str(int(chosen.low) + row).zfill(plan.width)
    else:
        body = str(int(chosen.low[:-1]) + 1 + row).zfill(plan.width - 1)
        number = body + check_digit(plan.check, body)
    if not chosen.contains(number):
        raise InvalidValue(Fault.RANGE, path="row", remedy="the example ranges of the handbook hold no more numbers")
    return number
