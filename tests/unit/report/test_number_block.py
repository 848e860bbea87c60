"""Which numbers a file's new customers get: those stated, else the handbook's own range, one by one."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from custmaster.errors import UnusableInput
from custmaster.handbook import default
from custmaster.report.number_block import number_block, numbers_of
from custmaster.value.number_plan import Assignment, Block, CheckScheme, Exhausted, NumberRange, allocate, remaining

DAY = date(2026, 11, 23)


def one_by_one(block: Block) -> list[str]:
    numbers = []
    while not isinstance(given := allocate(block), Exhausted):
        number, block = given
        numbers.append(number)
    return numbers


@pytest.mark.parametrize(
    ("check", "first", "last"),
    [(CheckScheme.NONE, "0099", "0120"), (CheckScheme.NONE, "0999", "0999"), (CheckScheme.LUHN, "00000", "02006")],
)
def test_all_at_once_are_those_allocated_one_by_one(check: CheckScheme, first: str, last: str) -> None:
    width = len(first)
    whole = NumberRange(name="new", low="0" * width, high="9" * width, owner="BP", assignment=Assignment.INTERNAL)
    block = Block(range=whole, next=first, last=last, check=check)
    assert list(numbers_of(block)) == one_by_one(block)
    assert len(one_by_one(block)) == remaining(block)
    _, rest = allocate(Block(range=whole, next=last, last=last, check=check))  # type: ignore[misc]
    assert list(numbers_of(rest)) == []


def test_without_a_statement_the_handbook_s_own_range_is_taken() -> None:
    block = number_block(default(), DAY)
    assert (block.next, block.range.assignment) == (block.range.low, Assignment.INTERNAL)
    assert list(islice(numbers_of(block), 2)) == [block.range.low, str(int(block.range.low) + 1)]


@pytest.mark.parametrize("stated", ["6000000100", "", "6000000199:6000000100", "1:2", "1000000000:1000000009", ":"])
def test_what_is_no_block_is_one_sentence(stated: str) -> None:
    if stated == "":
        assert number_block(default(), DAY, stated).next is not None
        return
    with pytest.raises(UnusableInput, match="--numbers"):
        number_block(default(), DAY, stated)


def test_a_day_without_ranges_gives_no_numbers() -> None:
    with pytest.raises(UnusableInput, match="no range of customer numbers"):
        number_block(default(), date(1990, 1, 1))
