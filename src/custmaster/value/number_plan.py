"""The number plan (号段): which ranges of customer numbers there are, who owns them, and how new numbers are given.

Numbers are text of one fixed width, leading zeros kept; at equal width, comparing text is comparing numbers. The owner of a
number follows from its range alone (R-73), and a number is given once, ever (R-45).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from attrs import field, frozen

from custmaster.errors import CustmasterError, Fault, InvalidValue

__all__ = [
    "Assignment",
    "Block",
    "CheckScheme",
    "Exhausted",
    "NumberPlan",
    "NumberRange",
    "Role",
    "allocate",
    "check_digit",
    "exhausted_by",
    "remaining",
]

_DIGITS: Final = re.compile(r"[0-9]{1,32}")
_WIDEST: Final = 32


class Assignment(StrEnum):
    """Who gives the numbers of a range: INTERNAL, this system from a block; EXTERNAL, another system hands them in."""

    INTERNAL = "INTERNAL"
    EXTERNAL = "EXTERNAL"


class Role(StrEnum):
    """What a system is to a number: OWNER of its range, or PEER."""

    OWNER = "OWNER"
    PEER = "PEER"


class CheckScheme(StrEnum):
    """How the last digit follows from the others: not at all, Luhn (ISO/IEC 7812-1) or MOD 11,10 (ISO/IEC 7064)."""

    NONE = "NONE"
    LUHN = "LUHN"
    MOD11_10 = "MOD11_10"


# The member of an enumeration takes longer to reach than the whole search of a range.
_NO_CHECK: Final = CheckScheme.NONE
_OWNER: Final = Role.OWNER
_PEER: Final = Role.PEER


def _luhn(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def _mod11_10(body: str) -> str:
    product = 10
    for digit in body:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def _none(_body: str) -> str:
    return ""


_MAKERS: Final[Mapping[CheckScheme, Callable[[str], str]]] = {
    CheckScheme.NONE: _none,
    CheckScheme.LUHN: _luhn,
    CheckScheme.MOD11_10: _mod11_10,
}


def check_digit(scheme: CheckScheme, body: str) -> str:
    """The check digit that follows the digits of `body`; empty text when the scheme has none.

    Errors: InvalidValue (FORMAT) unless `body` is 1 to 32 ASCII digits.

    >>> (
    ...     check_digit(CheckScheme.LUHN, "7992739871"),
    ...     check_digit(CheckScheme.MOD11_10, "0794"),
    ...     check_digit(CheckScheme.NONE, "1"),
    ... )
    ('3', '5', '')
    """
    if _DIGITS.fullmatch(body) is None:
        raise InvalidValue(Fault.FORMAT, length=len(body))
    return _MAKERS[scheme](body)


def _fits(scheme: CheckScheme, number: str) -> bool:
    return scheme is CheckScheme.NONE or (len(number) > 1 and check_digit(scheme, number[:-1]) == number[-1])


@frozen(kw_only=True)
class NumberRange:
    """One range of numbers, both ends included: its owner system and who gives its numbers.

    `low` and `high` are digits of one width. `example` marks a range that a bank must replace by its own. Errors: InvalidValue
    (EMPTY, FORMAT, LENGTH, ORDER). Source: R-69, R-71, R-73.

    >>> NumberRange(name="new core", low="6000", high="6999", owner="BP").contains("6500")
    True
    """

    name: str
    low: str
    high: str
    owner: str
    assignment: Assignment = Assignment.INTERNAL
    example: bool = False

    def __attrs_post_init__(self) -> None:
        for path, text in (("name", self.name), ("owner", self.owner)):
            if not text.strip():
                raise InvalidValue(Fault.EMPTY, path=path)
        for path, text in (("low", self.low), ("high", self.high)):
            if _DIGITS.fullmatch(text) is None:
                raise InvalidValue(Fault.FORMAT, path=path, length=len(text), remedy="1 to 32 digits, written as text")
        if len(self.low) != len(self.high):
            raise InvalidValue(Fault.LENGTH, path="high", length=len(self.high), remedy="low and high have one width")
        if self.low > self.high:
            raise InvalidValue(Fault.ORDER, path="high", remedy="high is the last number of the range")

    @property
    def width(self) -> int:
        """How many digits a number of the range has."""
        return len(self.low)

    def contains(self, number: str) -> bool:
        """Whether the number has the width of the range and lies in it."""
        return len(number) == self.width and _DIGITS.fullmatch(number) is not None and self.low <= number <= self.high

    def overlaps(self, other: NumberRange) -> bool:
        """Whether a number lies in both; ranges of different width never overlap."""
        return self.width == other.width and self.low <= other.high and other.low <= self.high


def _ordered(ranges: tuple[NumberRange, ...]) -> tuple[NumberRange, ...]:
    return tuple(sorted(ranges, key=lambda one: (one.low, one.high, one.name)))


@frozen(kw_only=True)
class NumberPlan:
    """All ranges of one kind of number: one width, no overlap, optionally a check digit as the last digit.

    `peers` are systems that own no range. Errors: InvalidValue (RANGE, LENGTH, DUPLICATE, and OVERLAP naming both ranges).
    Source: R-45, R-73.

    >>> plan = NumberPlan(
    ...     width=4,
    ...     ranges=[
    ...         NumberRange(name="new", low="6000", high="6999", owner="BP"),
    ...         NumberRange(name="old", low="1000", high="1999", owner="EUSP"),
    ...     ],
    ... )
    >>> plan.role("6001", "BP"), plan.role("6001", "EUSP"), plan.role("9999", "BP")
    (<Role.OWNER: 'OWNER'>, <Role.PEER: 'PEER'>, None)
    """

    width: int
    ranges: tuple[NumberRange, ...] = field(converter=_ordered)
    check: CheckScheme = CheckScheme.NONE
    peers: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    # Made once: sync asks for the role of a number with every edit and message.
    _lows: tuple[str, ...] = field(init=False, repr=False, eq=False)
    _systems: tuple[str, ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        self._refuse_faults()
        object.__setattr__(self, "_lows", tuple(one.low for one in self.ranges))
        object.__setattr__(self, "_systems", tuple(sorted({one.owner for one in self.ranges} | set(self.peers))))

    def _refuse_faults(self) -> None:
        if not 1 <= self.width <= _WIDEST:
            raise InvalidValue(Fault.RANGE, path="width", remedy="1 to 32 digits")
        for one in self.ranges:
            if one.width != self.width:
                raise InvalidValue(
                    Fault.LENGTH, path=one.name, length=one.width, remedy=f"numbers have {self.width} digits"
                )
        names = [one.name for one in self.ranges]
        for name in names:
            if names.count(name) > 1:
                raise InvalidValue(Fault.DUPLICATE, path=name, remedy="each range has its own name")
        for left, right in pairwise(self.ranges):
            if left.overlaps(right):
                raise InvalidValue(Fault.OVERLAP, path=f"{left.name} and {right.name}", remedy="a number has one range")

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems that the plan knows, sorted: owners and peers."""
        return self._systems

    def range_of(self, number: str) -> NumberRange | None:
        """The one range that holds the number; None for another width, a wrong check digit or a number between ranges."""
        if len(number) != self.width or not (number.isascii() and number.isdigit()):
            return None
        # Ranges of one width never overlap: only the last that begins at or below the number can hold it.
        place = bisect_right(self._lows, number)
        if place == 0 or number > (found := self.ranges[place - 1]).high:
            return None
        return found if self.check is _NO_CHECK or _fits(self.check, number) else None

    def validate(self, number: str) -> NumberRange:
        """The range of the number, or InvalidValue (LENGTH, FORMAT, CHECK_DIGIT, RANGE) that says why it has none."""
        if len(number) != self.width:
            raise InvalidValue(Fault.LENGTH, length=len(number), remedy=f"numbers have {self.width} digits")
        if _DIGITS.fullmatch(number) is None:
            raise InvalidValue(Fault.FORMAT, length=len(number), remedy="digits only")
        if not _fits(self.check, number):
            raise InvalidValue(Fault.CHECK_DIGIT, length=len(number))
        found = self.range_of(number)
        if found is None:
            raise InvalidValue(Fault.RANGE, length=len(number), remedy="no range of the number plan holds it")
        return found

    def role(self, number: str, system: str) -> Role | None:
        """What `system` is to the number; None when no range holds it, which is an error for sync and never a default.

        Errors: CustmasterError for a system that the plan does not know. Source: R-73.
        """
        if system not in self._systems:
            raise CustmasterError("the number plan knows no such system: name it as an owner or a peer")
        found = self.range_of(number)
        if found is None:
            return None
        return _OWNER if found.owner == system else _PEER

    def block(self, first: str, last: str) -> Block:
        """A block from `first` to `last`, both included, which the host has reserved for itself alone.

        Errors: InvalidValue as `validate`; (RANGE) when the two lie in different ranges or in one that another system fills.
        """
        return Block(range=self.validate(first), next=first, last=self._same_range(first, last), check=self.check)

    def _same_range(self, first: str, last: str) -> str:
        if self.validate(last) != self.validate(first):
            raise InvalidValue(Fault.RANGE, path="last", remedy="a block lies in one range")
        return last


@frozen(kw_only=True)
class Block:
    """Numbers that the host has reserved and not yet given: from `next` to `last`; `next` None when all are given.

    A block is a value: the host stores the new block in the transaction that stores the customer, or a number is given twice.
    Errors: InvalidValue (RANGE) outside the range or in an EXTERNAL one, (ORDER) when `last` is before `next`, (CHECK_DIGIT).
    """

    range: NumberRange
    next: str | None
    last: str
    check: CheckScheme = CheckScheme.NONE

    def __attrs_post_init__(self) -> None:
        if self.range.assignment is Assignment.EXTERNAL:
            raise InvalidValue(Fault.RANGE, path="range", remedy="another system gives the numbers of this range")
        for path, number in (("next", self.next), ("last", self.last)):
            if number is None:
                continue
            if not self.range.contains(number):
                raise InvalidValue(Fault.RANGE, path=path, length=len(number), remedy="a block lies in its range")
            if not _fits(self.check, number):
                raise InvalidValue(Fault.CHECK_DIGIT, path=path, length=len(number))
        if self.next is not None and self.next > self.last:
            raise InvalidValue(Fault.ORDER, path="last")


@frozen(kw_only=True)
class Exhausted:
    """No number is left in the block; the host reserves another one. Nothing was given."""

    range: str
    last: str


def _successor(block: Block, number: str) -> str | None:
    if number == block.last:
        return None
    if block.check is CheckScheme.NONE:
        return str(int(number) + 1).zfill(len(number))
    body = str(int(number[:-1]) + 1).zfill(len(number) - 1)
    return body + check_digit(block.check, body)


def allocate(block: Block) -> tuple[str, Block] | Exhausted:
    """The next number and the block without it; Exhausted when there is none. The block itself is not changed.

    >>> new = NumberRange(name="new", low="0098", high="0999", owner="BP")
    >>> number, rest = allocate(Block(range=new, next="0099", last="0100"))
    >>> number, rest.next
    ('0099', '0100')
    """
    if block.next is None:
        return Exhausted(range=block.range.name, last=block.last)
    after = _successor(block, block.next)
    return block.next, Block(range=block.range, next=after, last=block.last, check=block.check)


def remaining(block: Block) -> int:
    """How many numbers the block still gives.

    >>> remaining(Block(range=NumberRange(name="n", low="00", high="99", owner="BP"), next="90", last="99"))
    10
    """
    if block.next is None:
        return 0
    if block.check is CheckScheme.NONE:
        return int(block.last) - int(block.next) + 1
    return int(block.last[:-1]) - int(block.next[:-1]) + 1


def exhausted_by(left: int, per_day: int, day: date) -> date | None:
    """The first day whose numbers no longer suffice, when `left` are there at the start of `day` and `per_day` go each day.

    None when none are used, or when that day lies beyond the calendar. Errors: InvalidValue (RANGE) for a negative figure.

    >>> exhausted_by(10, 5, date(2026, 11, 1))
    datetime.date(2026, 11, 3)
    """
    if left < 0 or per_day < 0:
        raise InvalidValue(Fault.RANGE, remedy="counts are never negative")
    if per_day == 0 or left // per_day > (date.max - day).days:
        return None
    return day + timedelta(days=left // per_day)
