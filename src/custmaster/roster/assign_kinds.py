"""What an assignment is asked with and what it answers: seats, wishes, terms; who maintains whom, each move with its ground."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from custmaster.decision import Citation, Fact, Outcome, Reason
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.book import Page
from custmaster.handbook.roster_fit_keys import FIT_MOVE, FIT_OVERLOAD

__all__ = ["MOST_POINTS", "AssignCode", "Assigned", "Ground", "Move", "Seat", "Terms", "Wish", "terms"]

MOST_POINTS: Final = 1_000_000
"""The greatest cost of one candidate."""

_MOST_CUSTOMERS: Final = 100_000_000


class AssignCode(StrEnum):
    """Why a customer moves, stays without a maintainer, or why a seat is not as it should be; never reused for another meaning.

    The first eight are grounds of a move, in the order in which they are looked for; the next two say why a customer has nobody;
    the last two are about a seat.
    """

    ASSIGN_NEW = "ASSIGN_NEW"
    ASSIGN_OFF_POST = "ASSIGN_OFF_POST"
    ASSIGN_NOT_CANDIDATE = "ASSIGN_NOT_CANDIDATE"
    ASSIGN_BETTER_FIT = "ASSIGN_BETTER_FIT"
    ASSIGN_OVER_CAPACITY = "ASSIGN_OVER_CAPACITY"
    ASSIGN_FLOOR_OF = "ASSIGN_FLOOR_OF"
    ASSIGN_OVERLOAD = "ASSIGN_OVERLOAD"
    ASSIGN_MAKES_ROOM = "ASSIGN_MAKES_ROOM"
    ASSIGN_NO_CANDIDATE = "ASSIGN_NO_CANDIDATE"
    ASSIGN_NO_ROOM = "ASSIGN_NO_ROOM"
    ASSIGN_FLOOR_SHORT = "ASSIGN_FLOOR_SHORT"
    ASSIGN_FROZEN_OVER = "ASSIGN_FROZEN_OVER"


_ARTICLES: Final[Mapping[AssignCode, str]] = {
    AssignCode.ASSIGN_OFF_POST: "R-17",
    AssignCode.ASSIGN_FLOOR_OF: "R-18",
    AssignCode.ASSIGN_FLOOR_SHORT: "R-18",
}
_AS_ASSIGNED: Final = "R-17"


def _whole(number: object, least: int, most: int, path: str) -> None:
    if type(number) is not int:
        raise InvalidValue(Fault.TYPE, path=path, remedy="give a whole number")
    if not least <= number <= most:
        raise InvalidValue(Fault.RANGE, path=path, remedy=f"give a number from {least} to {most}")


def _named(text: object, path: str) -> None:
    if type(text) is not str or not text:
        raise InvalidValue(Fault.EMPTY if text == "" else Fault.TYPE, path=path, remedy="give the number as text")


@frozen(kw_only=True)
class Seat:
    """One staff member who takes customers: the floor (下限) to fill first, a share to balance over, and a capacity never gone over.

    All three count customers. The floor is soft: where it cannot be filled, the answer says by how many. From `share` on each customer
    more costs `Terms.overload` points more than the one before; None: no balancing here. `capacity` None: no ceiling, as in R-22.
    Errors: InvalidValue for a number below zero; ORDER for a floor above the capacity. Source: R-18 to R-22.

    >>> Seat(staff="T-001", floor=10, capacity=60).share is None
    True
    """

    staff: str
    floor: int = 0
    share: int | None = None
    capacity: int | None = None

    def __attrs_post_init__(self) -> None:
        _named(self.staff, "staff")
        for name, number in (("floor", self.floor), ("share", self.share), ("capacity", self.capacity)):
            if name == "floor" or number is not None:
                _whole(number, 0, _MOST_CUSTOMERS, name)
        if self.capacity is not None and self.floor > self.capacity:
            raise InvalidValue(Fault.ORDER, path="floor", remedy="give a floor that the capacity can hold")


def _costs(costs: Mapping[str, int]) -> Mapping[str, int]:
    held = dict(costs)
    numbers = held.values()
    if set(map(type, numbers)) - {int}:
        raise InvalidValue(Fault.TYPE, path="costs", remedy="give whole points for each staff member")
    if held and not 0 <= min(numbers) <= max(numbers) <= MOST_POINTS:
        raise InvalidValue(Fault.RANGE, path="costs", remedy=f"give points from 0 to {MOST_POINTS}")
    return MappingProxyType(held)


@frozen(kw_only=True)
class Wish:
    """One customer: who could maintain it, at how many points each (the fewer the better), who does today, and whether that is frozen.

    A candidate without a seat counts for nothing. Today's maintainer is kept only when it is a candidate, or when the pair is frozen.
    Errors: InvalidValue for a cost that is no whole number from 0 to 1,000,000, and for a frozen pair without a maintainer.

    >>> Wish(customer="6000000001", costs={"T-001": 30, "T-002": 10}, today="T-001").costs["T-002"]
    10
    """

    customer: str
    costs: Mapping[str, int] = field(converter=_costs)
    today: str | None = None
    frozen: bool = False

    def __attrs_post_init__(self) -> None:
        if type(self.customer) is not str or not self.customer:
            _named(self.customer, "customer")
        if self.frozen and self.today is None:
            raise InvalidValue(Fault.MISSING, path="today", remedy="a frozen pair names its staff member")


@frozen(kw_only=True)
class Terms:
    """What moving a customer costs, and a customer above the share of a seat; in the points of the candidates.

    `move` is at least 1, so that nobody moves for nothing. Errors: InvalidValue (TYPE, RANGE).

    >>> Terms(move=20).overload
    0
    """

    move: int = 1
    overload: int = 0

    def __attrs_post_init__(self) -> None:
        _whole(self.move, 1, MOST_POINTS, "move")
        _whole(self.overload, 0, MOST_POINTS, "overload")


def terms(page: Page) -> Terms:
    """The terms of the handbook, `roster.fit.move` and `roster.fit.overload`. Errors: NotInForce.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> terms(default().on(date(2026, 11, 23)))
    Terms(move=20, overload=2)
    """
    return Terms(move=page[FIT_MOVE], overload=page[FIT_OVERLOAD])


@frozen(kw_only=True)
class Ground:
    """One coded ground in numbers: of whom it speaks (a customer or a staff number) and plain facts; `reason` says it in full.

    >>> Ground(
    ...     code=AssignCode.ASSIGN_FLOOR_OF, subject="6000000001", facts=(("staff", "T-2"), ("floor", 10), ("count", 8))
    ... )
    ... # doctest: +NORMALIZE_WHITESPACE
    Ground(code=<AssignCode.ASSIGN_FLOOR_OF: 'ASSIGN_FLOOR_OF'>, subject='6000000001',
    facts=(('staff', 'T-2'), ('floor', 10), ('count', 8)))
    """

    code: AssignCode
    subject: str
    facts: tuple[tuple[str, Fact], ...] = ()

    @property
    def reason(self) -> Reason:
        """The same as a Reason, whose text is in the handbook's messages: a note for a move, a warning for what could not be done."""
        noted = self.code in _GROUNDS_OF_MOVES
        return Reason(
            code=self.code,
            outcome=Outcome.ALLOWED if noted else Outcome.REVIEW,
            citation=Citation(article=_ARTICLES.get(self.code, _AS_ASSIGNED)),
            subject=self.subject,
            facts=self.facts,
        )


_GROUNDS_OF_MOVES: Final = frozenset(list(AssignCode)[:8])


@frozen(kw_only=True)
class Move:
    """A customer that another than today's staff member is to maintain, and why; `before` None: it had nobody."""

    customer: str
    before: str | None
    after: str
    ground: Ground


@frozen(kw_only=True)
class Assigned:
    """Who maintains whom: every pair by customer; the moves from today's roster; who has nobody; what is wrong with a seat.

    `points` is the sum of the points of all pairs; a frozen pair that is no candidate has none. `unplaced` and `short` are coded grounds,
    never errors. All are in the order of the numbers of customers and staff. Source: R-16 to R-22, field.md idea 11.
    """

    pairs: Mapping[str, str]
    moves: tuple[Move, ...]
    unplaced: tuple[Ground, ...]
    short: tuple[Ground, ...]
    points: int
