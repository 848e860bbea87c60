"""Who is to maintain whom: every customer to one seat, floors first, then the best fit for the fewest moves, each move with its ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType

from custmaster.roster.assign_flow import cheapest
from custmaster.roster.assign_grounds import Roll, moves, seat_grounds, unplaced
from custmaster.roster.assign_kinds import Assigned, Seat, Terms, Wish
from custmaster.roster.assign_problem import NOBODY, Problem, problem_of
from custmaster.roster.prices import marginal

__all__ = ["Solver", "assign", "assign_with", "objective"]

Solver = Callable[[Problem], Sequence[int]]
"""For each row of a problem its seat or NOBODY, so that `objective` is the least there is."""


def assign(wishes: Iterable[Wish], seats: Iterable[Seat], terms: Terms) -> Assigned:
    """Assigns each customer to one of its candidates: as many customers as can be, then as many places under floors, then the least points.

    The points are those of the candidates, `terms.move` for each customer that leaves today's maintainer, and `terms.overload`
    above a seat's share. No capacity is gone over; frozen pairs stand and take up room. The sum is proved the least, in pure Python.
    The answer is the same whatever the order of what is given; asked again with its own answer as today's roster, it moves nobody.
    Errors: InvalidValue (DUPLICATE) for a customer or staff member given twice. What cannot be done is told, never raised.
    A bank whose outlets share no candidates asks once for each outlet, and needs the memory of one. Source: R-16 to R-22.

    >>> wishes = [
    ...     Wish(customer="6000000001", costs={"T-1": 10, "T-2": 40}, today="T-1"),
    ...     Wish(customer="6000000002", costs={"T-1": 10, "T-2": 30}, today="T-1"),
    ... ]
    >>> made = assign(wishes, [Seat(staff="T-1", capacity=50), Seat(staff="T-2", floor=1, capacity=50)], Terms(move=20))
    >>> dict(made.pairs)
    {'6000000001': 'T-1', '6000000002': 'T-2'}
    >>> made.moves[0].before, made.moves[0].ground.code.value, made.moves[0].ground.facts
    ('T-1', 'ASSIGN_FLOOR_OF', (('staff', 'T-2'), ('floor', 1), ('count', 0)))
    """
    return assign_with(cheapest, wishes, seats, terms)


def assign_with(solver: Solver, wishes: Iterable[Wish], seats: Iterable[Seat], terms: Terms) -> Assigned:
    """As `assign`, by another solver of the same problem."""
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
