"""How long an assignment takes and how good it is: a bank in one problem, and a million customers outlet by outlet.

    python tests/bench/assign.py [--seeds 7 8 9] [--outlets 1000] [--small]

The bank: 100,000 customers, 2,000 staff in 100 branches of uneven load, some ten candidates each, a lower and an upper bound for each of three
roles; points are distance and a mismatch of workload. Beside it the greedy way (cheapest pair first, floors before the rest) in plain Python,
and OR-tools where it is installed: its own time, arrays built from arrays, and that of `assign_optimal`, from wishes to the answer. Then each
outlet by itself: 1,000 customers, 20 staff who are all candidates; and last two that are harder. Needs NumPy for the draws. Ends with 1 when a bound is broken, a
sum is not the least, somebody moves when asked again, or 0.3 % or 60 s are gone over. `--small`: a tenth of each, for a look.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np
from attrs import evolve

from custmaster.errors import UnusableInput
from custmaster.roster import Assigned, Seat, Terms, Wish, assign

TERMS = Terms(move=1)
NEAR_ENOUGH = 0.003
AIM_OF_A_MILLION = 60.0

Instance = tuple[Any, Any, Any, Any, Any]
"""Customer, staff and points of each pair; the lower and upper bounds of the staff."""


def instance(seed: int, customers: int, staff: int) -> Instance:
    """A bank by seed: the draws and their order fix it, so that sums can be compared with those of other programs."""
    rng = np.random.default_rng(seed)
    branches = max(1, staff // 20)
    branch_of = np.arange(staff) % branches
    home = np.minimum((branches * rng.beta(1.3, 2.0, customers)).astype(int), branches - 1)
    role = rng.choice(3, staff, p=[0.6, 0.3, 0.1])
    mean = customers / staff
    low = np.floor(np.array([0.7, 0.5, 0.3])[role] * mean).astype(np.int64)
    high = np.ceil(np.array([1.3, 1.8, 3.0])[role] * mean).astype(np.int64)
    place = rng.random((branches, 2))
    apart = ((place[:, None] - place[None]) ** 2).sum(2)
    nearest = np.argsort(apart, 1)
    of_branch = [np.nonzero(branch_of == one)[0] for one in range(branches)]
    own = np.stack([rng.choice(of_branch[one], 5, replace=False) for one in home])
    beside = nearest[home[:, None], 1 + rng.integers(0, max(1, min(branches - 1, 12)), (customers, 5))]
    others = np.array([[of_branch[one][rng.integers(len(of_branch[one]))] for one in row] for row in beside.tolist()])
    others[:, -2:] = rng.integers(0, staff, (customers, 2))
    candidates = np.concatenate([own, others], 1)
    points = (1 + 700 * np.sqrt(apart[home[:, None], branch_of[candidates]])).astype(np.float64)
    points = (points + rng.integers(0, 300, candidates.shape)).astype(np.int64)
    order = np.argsort(candidates * 10000 + points, 1)
    candidates, points = np.take_along_axis(candidates, order, 1), np.take_along_axis(points, order, 1)
    once = np.ones(candidates.shape, bool)
    once[:, 1:] = candidates[:, 1:] != candidates[:, :-1]
    who = np.repeat(np.arange(customers), candidates.shape[1])[once.ravel()]
    return who, candidates[once], points[once], low, high


def asked(bank: Instance, customers: int) -> tuple[list[Wish], list[Seat]]:
    who, candidates, points, low, high = bank
    costs: list[dict[str, int]] = [{} for _ in range(customers)]
    for one, staff, cost in zip(who.tolist(), candidates.tolist(), points.tolist(), strict=True):
        costs[one][f"T-{staff:05}"] = cost
    seats = [
        Seat(staff=f"T-{n:05}", floor=least, capacity=most)
        for n, (least, most) in enumerate(zip(low.tolist(), high.tolist(), strict=True))
    ]
    return [Wish(customer=f"C-{n:07}", costs=held) for n, held in enumerate(costs)], seats


def timed(name: str, call: Callable[[], Any]) -> tuple[Any, float]:
    clock, processor = time.perf_counter(), time.process_time()
    made = call()
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(f"  {name:34} {clock:7.2f} s, {processor:6.2f} s of processor time", end="", flush=True)
    return made, clock


def greedy(bank: Instance, customers: int) -> tuple[int, int]:
    """The cheapest pairs first, floors before the rest: the sum, and how many found no room."""
    who, candidates, points, low, high = bank
    order = np.argsort(points, kind="stable")
    pairs = list(zip(who[order].tolist(), candidates[order].tolist(), points[order].tolist(), strict=True))
    load, placed, total = [0] * len(low), [False] * customers, 0
    for bounds in (low.tolist(), high.tolist()):
        for one, staff, cost in pairs:
            if not placed[one] and load[staff] < bounds[staff]:
                placed[one] = True
                load[staff] += 1
                total += cost
    return total, placed.count(False)


def in_or_tools(bank: Instance, customers: int) -> int:
    """The least sum by OR-tools alone, its arcs added from arrays."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    who, candidates, points, low, high = bank
    staff, flow = len(low), SimpleMinCostFlow()
    nodes, pool = customers + np.arange(staff), customers + staff
    flow.add_arcs_with_capacity_and_unit_cost(who, customers + candidates, np.ones_like(points), points)
    flow.add_arcs_with_capacity_and_unit_cost(nodes, np.full(staff, pool), high - low, np.zeros(staff, np.int64))
    flow.set_nodes_supplies(np.arange(customers), np.ones(customers, np.int64))
    flow.set_nodes_supplies(nodes, -low)
    flow.set_node_supply(pool, -int(customers - low.sum()))
    assert flow.solve() == flow.OPTIMAL
    return flow.optimal_cost()


def broken_bounds(made: Assigned, seats: list[Seat]) -> int:
    heads = Counter(made.pairs.values())
    return sum(not seat.floor <= heads[seat.staff] <= (seat.capacity or 0) for seat in seats) + len(made.unplaced)


def one_bank(seed: int, customers: int, staff: int) -> bool:
    bank = instance(seed, customers, staff)
    wishes, seats = asked(bank, customers)
    print(f"seed {seed}: {customers:,} customers, {staff:,} staff, {len(bank[0]):,} candidate pairs")
    (total, without), _ = timed("greedy", lambda: greedy(bank, customers))
    print(f"   {total:,} points, {without} without a maintainer")
    made, _ = timed("assign", lambda: assign(wishes, seats, TERMS))
    print(f"   {made.points:,} points, {broken_bounds(made, seats)} bounds broken")
    renewed = [evolve(wish, today=made.pairs[wish.customer]) for wish in wishes]
    again, _ = timed("assign, asked again", lambda: assign(renewed, seats, TERMS))
    print(f"   {len(again.moves)} moves")
    good = broken_bounds(made, seats) == 0 and not again.moves
    try:
        least, alone = timed("OR-tools alone, from arrays", lambda: in_or_tools(bank, customers))
    except ImportError:
        return good
    print(f"   {least:,} points; greedy is {total / least - 1:+.2%}, assign {made.points / least - 1:+.2%}")
    return good and made.points <= least * (1 + NEAR_ENOUGH) and same_sum(wishes, seats, least, alone)


def same_sum(wishes: list[Wish], seats: list[Seat], least: int, alone: float) -> bool:
    from custmaster.batch import assign_optimal

    try:
        best, whole = timed("assign_optimal, from wishes", lambda: assign_optimal(wishes, seats, TERMS))
    except UnusableInput:
        return True
    print(f"   {best.points:,} points, {whole / alone:.2f} times OR-tools alone")
    return best.points == least and broken_bounds(best, seats) == 0


def outlets(count: int) -> Iterator[tuple[list[Wish], list[Seat]]]:
    """Outlet by outlet, each gone before the next: 1,000 customers, 20 staff, 40 to 60 customers each."""
    for outlet in range(count):
        dice = Random(outlet)
        staff = [f"T-{outlet:04}{n:02}" for n in range(20)]
        wishes = [
            Wish(customer=f"C-{outlet:04}{n:04}", costs=dict(zip(staff, dice.choices(range(1000), k=20), strict=True)))
            for n in range(1000)
        ]
        yield wishes, [Seat(staff=one, floor=40, capacity=60) for one in staff]


def by_outlet(count: int) -> bool:
    spent, right, customers = 0.0, True, 0
    begun = time.perf_counter()
    for wishes, seats in outlets(count):
        before = time.process_time()
        made = assign(wishes, seats, TERMS)
        spent += time.process_time() - before
        right = right and broken_bounds(made, seats) == 0
        customers += len(made.pairs)
    whole = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{customers:,} customers in {count:,} outlets: {whole:.1f} s, drawing them included; {spent:.1f} s of processor time"
    )
    print(f"  for assigning alone; the greatest memory of the whole run {memory:,.0f} MB; all bounds kept: {right}")
    return right and whole <= AIM_OF_A_MILLION


def hard_ones(seed: int, customers: int, staff: int) -> bool:
    """Points so fine that hardly two ways cost the same; and a quarter of the customers more than there are places."""
    who, candidates, points, low, high = instance(seed, customers, staff)
    finer = points * 300 + np.random.default_rng(seed).integers(0, 300, len(points))
    wishes, seats = asked((who, candidates, finer, low, high), customers)
    made, _ = timed("points 300 times finer", lambda: assign(wishes, seats, TERMS))
    print(f"   {broken_bounds(made, seats)} bounds broken")
    some, few = (
        wishes[: customers // 5],
        [Seat(staff=seat.staff, capacity=customers // staff * 3 // 20) for seat in seats],
    )
    made_of_few, _ = timed(f"{len(some):,} for too few places", lambda: assign(some, few, TERMS))
    print(f"   {len(made_of_few.pairs):,} placed of {sum(seat.capacity or 0 for seat in few):,} places")
    return broken_bounds(made, seats) == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 8, 9])
    parser.add_argument("--outlets", type=int, default=1000)
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args()
    tenth = 10 if given.small else 1
    kept = [by_outlet(given.outlets // tenth)]  # first, so that the memory told is its own
    kept += [one_bank(seed, 100_000 // tenth, 2_000 // tenth) for seed in given.seeds]
    kept.append(hard_ones(given.seeds[0], 100_000 // tenth, 2_000 // tenth))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
