"""The same assignment through OR-tools (extra `optimise`): the optimum of `roster.assign`, found by a compiled min-cost flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import chain, groupby
from typing import Any, Final, cast

from custmaster.errors import CustmasterError, UnusableInput
from custmaster.roster._assigned import assign_with
from custmaster.roster._prices import marginal
from custmaster.roster._problem import NOBODY, Problem
from custmaster.roster.assign_kinds import Assigned, Seat, Terms, Wish

__all__ = ["assign_optimal"]

_LIBRARY: Final = "ortools.graph.python.min_cost_flow"


def assign_optimal(wishes: Iterable[Wish], seats: Iterable[Seat], terms: Terms) -> Assigned:
    """As `roster.assign`, in a fraction of the time: as many placed, as many floors filled, and as few points.

    Of several assignments as good as each other the two may give different ones; each moves nobody when asked again with an answer of
    either. Errors: as `assign`; UnusableInput when OR-tools is not installed. Source: R-16 to R-22.

    >>> wishes = [
    ...     Wish(customer="6000000001", costs={"T-1": 10, "T-2": 40}),
    ...     Wish(customer="6000000002", costs={"T-1": 15}),
    ... ]
    >>> dict(assign_optimal(wishes, [Seat(staff="T-1", capacity=1), Seat(staff="T-2")], Terms()).pairs)
    {'6000000001': 'T-2', '6000000002': 'T-1'}
    """
    return assign_with(_optimum, wishes, seats, terms)


def _imported(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise UnusableInput(
            "the assignment", problem="OR-tools is not installed", remedy="pip install 'custmaster[optimise]'"
        ) from None


def _optimum(problem: Problem) -> Sequence[int]:
    """With every customer placed and every floor filled where that can be, which is quick to solve; else with what each lack costs."""
    if not problem.rows:
        return []
    lists = _lists(problem)
    return _solved(problem, lists, firm=True) or _solved(problem, lists, firm=False)


def _lists(problem: Problem) -> tuple[Any, Any, Any]:
    """For each arc from a customer to a seat the two and its cost, as arrays."""
    np = _imported("numpy")
    counts = np.fromiter((len(places) for places, _ in problem.rows), np.int64, len(problem.rows))
    arcs = int(counts.sum())
    heads = np.fromiter(chain.from_iterable(places for places, _ in problem.rows), np.int64, arcs)
    costs = np.fromiter(chain.from_iterable(costs for _, costs in problem.rows), np.int64, arcs)
    return np.repeat(np.arange(len(problem.rows)), counts), heads, costs


def _solved(problem: Problem, lists: tuple[Any, Any, Any], *, firm: bool) -> Sequence[int]:
    """Each customer one unit of flow over its seats, or nobody's place, into one pool; empty where firm floors or rooms allow no flow."""
    flow, np = _imported(_LIBRARY).SimpleMinCostFlow(), _imported("numpy")
    tails, heads, costs = lists
    customers = len(problem.rows)
    pool, ones = customers + len(problem.seats), np.ones(customers, np.int64)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads + customers, np.ones_like(heads), costs)
    flow.set_nodes_supplies(np.arange(customers), ones)
    if not firm:
        flow.add_arcs_with_capacity_and_unit_cost(np.arange(customers), ones * pool, ones, ones * problem.weight)
    for seat, (floor, room) in enumerate(zip(problem.floors, problem.rooms, strict=True)):
        begun = floor if firm else 0
        flow.set_node_supply(customers + seat, -begun)
        for count, cost in _steps(problem, seat, begun, room):
            flow.add_arc_with_capacity_and_unit_cost(customers + seat, pool, count, cost)
    flow.set_node_supply(pool, sum(problem.floors) - customers if firm else -customers)
    status = flow.solve()
    if firm and status in (flow.INFEASIBLE, flow.UNBALANCED):
        return []
    if status != flow.OPTIMAL:
        raise CustmasterError(f"OR-tools found no optimum: {status.name}")
    used = flow.flows(arcs) > 0
    found = np.full(customers, NOBODY)
    found[tails[used]] = heads[used]
    return cast("list[int]", found.tolist())


def _steps(problem: Problem, seat: int, taken: int, room: int) -> Iterator[tuple[int, int]]:
    """How many customers more a seat takes at each cost beyond their points, and that cost."""
    costs = groupby(range(taken + 1, room + 1), key=lambda nth: marginal(problem, seat, nth))
    for cost, those in costs:
        yield sum(1 for _ in those), cost
