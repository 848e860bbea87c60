"""Who is to maintain whom: every customer to one seat, floors first, then the best fit for the fewest moves, each move with its ground."""

from __future__ import annotations

from collections.abc import Iterable

from custmaster.roster._assigned import assign_with
from custmaster.roster._flow import cheapest
from custmaster.roster.assign_kinds import Assigned, Seat, Terms, Wish

__all__ = ["assign"]


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
