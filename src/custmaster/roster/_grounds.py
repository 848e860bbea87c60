"""Why each customer moves, why one has nobody, and what is wrong with a seat: read off today's roster and the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import define

from custmaster.roster._problem import NOBODY, Problem
from custmaster.roster.assign_kinds import AssignCode, Ground, Move, Wish

__all__ = ["Roll", "moves", "seat_grounds", "unplaced"]

Facts = tuple[tuple[str, int | str], ...]


@define
class Roll:
    """Heads by seat: today (those that could have stayed, frozen ones among them), stayed, and and of those who came to each the first."""

    problem: Problem
    at: Sequence[int]
    today: list[int]
    stayed: list[int]
    came: dict[int, int]
    posts: frozenset[str]

    @classmethod
    def of(cls, problem: Problem, at: Sequence[int]) -> Roll:
        """The roll of an assignment: `at` holds a seat for each row."""
        today, stayed = list(problem.frozen), list(problem.frozen)
        came: dict[int, int] = {}
        for row, (before, after) in enumerate(zip(problem.today, at, strict=True)):
            if before != NOBODY:
                today[before] += 1
                stayed[before] += before == after
            if before != after:
                came.setdefault(after, row)
        return cls(problem, at, today, stayed, came, frozenset(seat.staff for seat in problem.seats))


def moves(roll: Roll) -> Iterator[Move]:
    """Every move from today's roster, in the order of the customers."""
    problem = roll.problem
    for row, place in enumerate(problem.free):
        seat, wish = roll.at[row], problem.wishes[place]
        if seat != NOBODY and wish.today != (after := problem.seats[seat].staff):
            code, facts = _ground(roll, row, wish)
            ground = Ground(code=code, subject=wish.customer, facts=facts)
            yield Move(customer=wish.customer, before=wish.today, after=after, ground=ground)


def _ground(roll: Roll, row: int, wish: Wish) -> tuple[AssignCode, Facts]:
    """The first ground that holds. Of a move that costs more than it gains one of the last four always does: `_forced` says why."""
    if wish.today is None:
        return AssignCode.ASSIGN_NEW, ()
    before, after = roll.problem.today[row], roll.at[row]
    if before == NOBODY:
        code = AssignCode.ASSIGN_NOT_CANDIDATE if wish.today in roll.posts else AssignCode.ASSIGN_OFF_POST
        return code, (("staff", wish.today),)
    gain = wish.costs[wish.today] - wish.costs[roll.problem.seats[after].staff]
    if gain >= roll.problem.terms.move:
        return AssignCode.ASSIGN_BETTER_FIT, (("gain", gain), ("move", roll.problem.terms.move))
    return _forced(roll, before, after)


def _forced(roll: Roll, before: int, after: int) -> tuple[AssignCode, Facts]:
    """Why one moves at a loss. Were none of these so, keeping the customer would have been the cheaper assignment."""
    leaves, joins = roll.problem.seats[before], roll.problem.seats[after]
    today, stayed = roll.today[before], roll.stayed[after]
    if leaves.capacity is not None and today > leaves.capacity:
        return AssignCode.ASSIGN_OVER_CAPACITY, _facts(leaves.staff, "capacity", leaves.capacity, today)
    if stayed < joins.floor:
        return AssignCode.ASSIGN_FLOOR_OF, _facts(joins.staff, "floor", joins.floor, stayed)
    if leaves.share is not None and today > leaves.share and before not in roll.came:
        return AssignCode.ASSIGN_OVERLOAD, _facts(leaves.staff, "share", leaves.share, today)
    comes = roll.problem.wishes[roll.problem.free[roll.came[before]]].customer
    return AssignCode.ASSIGN_MAKES_ROOM, (("staff", leaves.staff), ("customer", comes))


def _facts(staff: str, name: str, figure: int, count: int) -> Facts:
    return (("staff", staff), (name, figure), ("count", count))


def unplaced(roll: Roll) -> Iterator[Ground]:
    """Who has nobody: without a candidate that has a seat, or whose candidates are all full; in the order of the customers."""
    problem = roll.problem
    row_of = {place: row for row, place in enumerate(problem.free)}
    for place, wish in enumerate(problem.wishes):
        row = row_of.get(place)
        if row is not None and roll.at[row] == NOBODY:
            facts: Facts = (("candidates", len(problem.rows[row][0])),)
            yield Ground(code=AssignCode.ASSIGN_NO_ROOM, subject=wish.customer, facts=facts)
        elif row is None and not (wish.frozen and wish.today in roll.posts):
            facts = (("named", len(wish.costs)),)
            yield Ground(code=AssignCode.ASSIGN_NO_CANDIDATE, subject=wish.customer, facts=facts)


def seat_grounds(roll: Roll) -> Iterator[Ground]:
    """Seats whose floor is not filled, and by how many; seats whose frozen pairs alone are more than their capacity."""
    held = Counter(roll.at)
    for place, seat in enumerate(roll.problem.seats):
        frozen = roll.problem.frozen[place]
        count = frozen + held[place]
        if count < seat.floor:
            facts: Facts = (("floor", seat.floor), ("count", count), ("missing", seat.floor - count))
            yield Ground(code=AssignCode.ASSIGN_FLOOR_SHORT, subject=seat.staff, facts=facts)
        if seat.capacity is not None and frozen > seat.capacity:
            facts = (("capacity", seat.capacity), ("frozen", frozen))
            yield Ground(code=AssignCode.ASSIGN_FROZEN_OVER, subject=seat.staff, facts=facts)
