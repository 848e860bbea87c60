"""From what a solver says of places to an answer that speaks of customers and staff; the same for every solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType

from custmaster.roster._grounds import Roll, moves, seat_grounds, unplaced
from custmaster.roster._prices import marginal
from custmaster.roster._problem import NOBODY, Problem, problem_of
from custmaster.roster.assign_kinds import Assigned, Seat, Terms, Wish

__all__ = ["Solver", "assign_with", "objective"]

Solver = Callable[[Problem], Sequence[int]]
"""For each row of a problem its seat or NOBODY, so that `objective` is the least there is."""


def assign_with(solver: Solver, wishes: Iterable[Wish], seats: Iterable[Seat], terms: Terms) -> Assigned:
    """As `roster.assign`, by any solver of the problem."""
    problem = problem_of(wishes, seats, terms)
    at = _kept(problem, solver(problem))
    roll = Roll.of(problem, at)
    pairs = {
        wish.customer: wish.today
        for wish in problem.wishes
        if wish.frozen and wish.today is not None and wish.today in roll.posts
    }
    for place, seat in zip(problem.free, at, strict=True):
        if seat != NOBODY:
            pairs[problem.wishes[place].customer] = problem.seats[seat].staff
    placed = ((wish, pairs[wish.customer]) for wish in problem.wishes if wish.customer in pairs)
    return Assigned(
        pairs=MappingProxyType(dict(sorted(pairs.items()))),
        moves=tuple(moves(roll)),
        unplaced=tuple(unplaced(roll)),
        short=tuple(seat_grounds(roll)),
        points=sum(wish.costs.get(staff, 0) for wish, staff in placed),
    )


def _kept(problem: Problem, at: Sequence[int]) -> Sequence[int]:
    """Today's roster where it is as good as the one found: of equals the one that moves nobody."""
    return problem.today if objective(problem, problem.today) == objective(problem, at) else at


def objective(problem: Problem, at: Sequence[int]) -> int | None:
    """What a solver makes least; None where a room is gone over. Rows are on one of their own seats, or on NOBODY."""
    total = 0
    for (places, costs), seat in zip(problem.rows, at, strict=True):
        total += problem.weight if seat == NOBODY else costs[places.index(seat)]
    for seat, count in sorted(Counter(at).items()):
        if seat == NOBODY:
            continue
        if count > problem.rooms[seat]:
            return None
        total += sum(marginal(problem, seat, nth) for nth in range(1, count + 1))
    return total
