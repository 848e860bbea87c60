"""Which numbers a file's new customers are given provisionally: those stated, else the handbook's own range."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from custmaster.errors import InvalidValue, UnusableInput
from custmaster.handbook import Handbook, keys
from custmaster.value.number_plan import Assignment, Block, CheckScheme, Exhausted, NumberPlan, allocate

__all__ = ["number_block", "numbers_of"]


def number_block(book: Handbook, day: date, stated: str | None = None) -> Block:
    """The numbers FROM:TO of `stated`, both included; else the first range of the handbook that this system fills itself.

    Errors: UnusableInput when the handbook has no such range, or `stated` does not lie in one of its ranges with its check digit.

    >>> from custmaster.handbook import default
    >>> number_block(default(), date(2026, 11, 23), "6000000100:6000000199").next
    '6000000100'
    """
    page = book.on(day)
    ranges, check = page.get(keys.NUMBER_RANGES_OF_CUSTOMERS) or (), page.get(keys.NUMBER_CHECK_OF_CUSTOMERS)
    own = next((one for one in ranges if one.assignment is Assignment.INTERNAL), None)
    if own is None:
        raise UnusableInput("numbers", problem="on that day the handbook has no range of customer numbers to give")
    plan = NumberPlan(width=own.width, ranges=ranges, check=check or CheckScheme.NONE)
    first, colon, last = (stated or f"{own.low}:{own.high}").partition(":")
    if not colon:
        raise UnusableInput("--numbers", problem="two numbers are needed", remedy="write it as FROM:TO")
    try:
        return plan.block(first, last)
    except InvalidValue as fault:
        raise UnusableInput("--numbers", problem=str(fault), remedy="state a block of the handbook's ranges") from None


def numbers_of(block: Block) -> Iterator[str]:
    """Every number of the block, in the order in which it is allocated one by one.

    >>> from custmaster.handbook import default
    >>> list(numbers_of(number_block(default(), date(2026, 11, 23), "6000000100:6000000102")))
    ['6000000100', '6000000101', '6000000102']
    """
    if block.next is not None and block.check is CheckScheme.NONE:
        width = len(block.last)
        yield from (str(number).zfill(width) for number in range(int(block.next), int(block.last) + 1))
        return
    while not isinstance(given := allocate(block), Exhausted):
        number, block = given
        yield number
