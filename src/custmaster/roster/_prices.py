"""Prices of seats: what a seat must cost, above the points of its candidates, for everyone to find room where it is cheapest.

Rounds of bidding over plain numbers: each customer goes where points and price are least, a seat with too many becomes dearer, one with too
few cheaper, each round by less. They come near the best prices, and `_flow` makes good what is left.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import add
from typing import Final

from custmaster.roster._problem import Problem

__all__ = ["bounds", "marginal", "prices"]

_ROUNDS: Final = 25
_LESS: Final = (9, 10)
"""Each round moves prices by so much of what the round before moved them."""


def marginal(problem: Problem, seat: int, nth: int) -> int:
    """What the nth customer of a seat costs beyond its points: less than nothing up to the floor, more and more above the share."""
    over = nth - problem.shares[seat]
    cost = problem.terms.overload * over if over > 0 else 0
    return cost - problem.weight if nth <= problem.floors[seat] else cost


def bounds(problem: Problem, seat: int, price: int) -> tuple[int, int]:
    """The least and the most customers with which a seat is content at a price."""
    steps = range(1, problem.rooms[seat] + 1)

    def cost(nth: int) -> int:
        return marginal(problem, seat, nth)

    return bisect_left(steps, price, key=cost), bisect_right(steps, price, key=cost)


def prices(problem: Problem, start: Sequence[int]) -> list[int]:
    """A price for each place, in points, begun at others; below zero where a floor has to be filled. The last place is nobody's."""
    places = len(problem.rooms)
    found = list(start)
    coded = [[cost * places + place for place, cost in zip(*row, strict=True)] for row in problem.rows]
    step, per = _first_step(problem)
    for _ in range(_ROUNDS):
        if _bid(problem, coded, found, (step, per)) * places < 4 * len(coded):
            break
        step, per = step * _LESS[0], per * _LESS[1]
    return [max(price, -problem.weight) for price in found]


def _first_step(problem: Problem) -> tuple[int, int]:
    """Points for each customer too many, as a fraction: what the second choice costs more, spread over the customers of a seat."""
    gaps = 0
    for _, costs in problem.rows:
        if len(costs) > 2:
            first, second = sorted(costs)[:2]
            gaps += second - first
    return gaps * len(problem.rooms) * 4, max(1, len(problem.rows)) ** 2


def _bid(problem: Problem, coded: Sequence[Sequence[int]], found: list[int], step: tuple[int, int]) -> int:
    """One round: where everybody wants to go, and the prices that follow; tells how many are one too many or too few."""
    seats = len(found)
    price_of = [price * seats for price in found].__getitem__
    loads = [0] * seats
    for (places, _), costs in zip(problem.rows, coded, strict=True):
        loads[min(map(add, costs, map(price_of, places))) % seats] += 1
    wrong = 0
    for seat, load in enumerate(loads):
        low, high = bounds(problem, seat, found[seat])
        if load > high:
            wrong += load - high
            found[seat] = _dearer(problem, seat, load, found[seat] + max(1, (load - high) * step[0] // step[1]))
        elif load < low:
            wrong += low - load
            lower = found[seat] - max(1, (low - load) * step[0] // step[1])
            found[seat] = max(lower, marginal(problem, seat, load + 1))
    return wrong


def _dearer(problem: Problem, seat: int, load: int, price: int) -> int:
    """No dearer than what makes the seat content with the load, where it has room for it."""
    return min(price, marginal(problem, seat, load)) if load <= problem.rooms[seat] else price
