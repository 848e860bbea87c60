"""The plain numbers of an assignment: customers and seats by place, in the order of their numbers, frozen pairs taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from attrs import frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.roster.assign_kinds import Seat, Terms, Wish

__all__ = ["NOBODY", "Problem", "problem_of"]

NOBODY: Final = -1
"""The place of no seat."""

Row = tuple[Sequence[int], Sequence[int]]


@frozen(kw_only=True)
class Problem:
    """What a solver sees. `rows` holds for each customer that is to be placed its seats, in order, and what each costs, a move included.

    `today` is the seat that keeps each without a move, or NOBODY. Floors, shares and rooms are what the frozen pairs leave of them.
    `weight` is what one customer without a maintainer costs, and one place below a floor: more than all else that one change can bring
    about, so that both come before any points. `dearest` is the greatest cost in `rows`.
    """

    wishes: tuple[Wish, ...]
    seats: tuple[Seat, ...]
    free: Sequence[int]
    rows: Sequence[Row]
    today: Sequence[int]
    frozen: Sequence[int]
    floors: Sequence[int]
    shares: Sequence[int]
    rooms: Sequence[int]
    terms: Terms
    dearest: int
    weight: int


def problem_of(wishes: Iterable[Wish], seats: Iterable[Seat], terms: Terms) -> Problem:
    """The plain numbers of what was asked. Errors: InvalidValue (DUPLICATE) for a customer or a staff member that stands there twice."""
    asked = tuple(sorted(wishes, key=attrgetter("customer")))
    held = tuple(sorted(seats, key=attrgetter("staff")))
    _once([wish.customer for wish in asked], "customer")
    _once([seat.staff for seat in held], "staff")
    index = {seat.staff: place for place, seat in enumerate(held)}
    frozen_at, free, rows, today = _read(asked, index, terms.move)
    dearest = max((max(costs) for _, costs in rows), default=0)
    floors, shares, rooms = _left(held, frozen_at, len(rows))
    steepest = max((terms.overload * (room - share) for room, share in zip(rooms, shares, strict=True)), default=0)
    return Problem(
        wishes=asked,
        seats=held,
        free=free,
        rows=rows,
        today=today,
        frozen=frozen_at,
        floors=floors,
        shares=shares,
        rooms=rooms,
        terms=terms,
        dearest=dearest,
        weight=(len(held) + 2) * (dearest + 1) + max(0, steepest) + 1,
    )


def _once(numbers: Sequence[str], path: str) -> None:
    for before, after in pairwise(numbers):
        if before == after:
            raise InvalidValue(Fault.DUPLICATE, path=path, length=len(after), remedy="give each once")


def _read(
    asked: Sequence[Wish], index: Mapping[str, int], move: int
) -> tuple[list[int], list[int], list[Row], list[int]]:
    """How many are frozen at each seat; and of the others their place, their row, and the seat of today."""
    frozen_at = [0] * len(index)
    free: list[int] = []
    rows: list[Row] = []
    today: list[int] = []
    for place, wish in enumerate(asked):
        seat = index.get(wish.today, NOBODY) if wish.today is not None else NOBODY
        if wish.frozen and seat != NOBODY:
            frozen_at[seat] += 1
        elif found := sorted([(index[staff], cost) for staff, cost in wish.costs.items() if staff in index]):
            places, costs = zip(*found, strict=True)
            kept = seat in places
            free.append(place)
            today.append(seat if kept else NOBODY)
            rows.append((places, _with_move(places, costs, seat, move) if kept else costs))
    return frozen_at, free, rows, today


def _with_move(places: Sequence[int], costs: Sequence[int], seat: int, move: int) -> tuple[int, ...]:
    return tuple([cost if place == seat else cost + move for place, cost in zip(places, costs, strict=True)])


def _left(seats: Sequence[Seat], frozen_at: Sequence[int], customers: int) -> tuple[list[int], list[int], list[int]]:
    """Floors, shares and rooms without the frozen pairs; a room is never more than there are customers."""
    rooms = [
        customers if seat.capacity is None else min(customers, max(0, seat.capacity - gone))
        for seat, gone in zip(seats, frozen_at, strict=True)
    ]
    floors = [min(room, max(0, seat.floor - gone)) for seat, gone, room in zip(seats, frozen_at, rooms, strict=True)]
    shares = [
        room if seat.share is None else seat.share - gone
        for seat, gone, room in zip(seats, frozen_at, rooms, strict=True)
    ]
    return floors, shares, rooms
