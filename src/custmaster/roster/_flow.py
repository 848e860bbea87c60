"""From prices near the best to the best assignment: what is too much in one place goes to where too little is, by the cheapest way.

A min-cost flow over seats, not customers: an arc from seat to seat is the customer that is cheapest to hand over, kept in a heap for each pair
of seats. At any time every customer is where points and price are least, so that when nothing is left over the sum is proved the
least. Source: the primal-dual method of Ford and Fulkerson (1962), begun at the prices that `_prices` finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from itertools import pairwise
from operator import add
from typing import Final

from attrs import evolve

from custmaster.roster._prices import bounds, marginal, prices
from custmaster.roster._problem import NOBODY, Problem

__all__ = ["cheapest"]

_NO_WAY: Final = (1 << 200, NOBODY)
_BIDS: Final = 3
"""So often seats bid anew after prices had to rise by more than any fit is worth: where room is short, or a floor out of reach."""

_NEAR: Final = 6
"""So many arcs of a node are looked at; the dearer ones only when nothing nearer leads on."""


def cheapest(problem: Problem) -> list[int]:
    """For each row of the problem its seat, or NOBODY where no room is left: most placed, then floors filled, then the least points.

    The sum is the least there is; of several assignments with the same sum it gives one, the same in every run.
    """
    wide = _with_nobody(problem)
    flow = _Flow(wide, prices(wide, [0] * len(wide.rooms)))
    bids = _BIDS
    while flow.sources():
        if flow.lift() > wide.dearest and bids:
            bids -= 1
            flow = _Flow(wide, prices(wide, flow.levels()))
        else:
            flow.spread()
    nobody = len(problem.seats)
    return [NOBODY if seat == nobody else seat for seat in flow.at]


def _with_nobody(problem: Problem) -> Problem:
    """The same with one place more, which is a candidate of all and dearer than any way: that of those who find no room."""
    nobody, all_of_them = len(problem.seats), len(problem.rows)
    return evolve(
        problem,
        rows=[((*places, nobody), (*costs, problem.weight)) for places, costs in problem.rows],
        floors=[*problem.floors, 0],
        shares=[*problem.shares, all_of_them],
        rooms=[*problem.rooms, all_of_them],
    )


class _Flow:
    """The state of the search. Its nodes are the seats, the place of those without one, and last the pool that all of them empty into.

    `over` is what a node has too much (or too little, below zero) at its price; `sent` is what a seat passes on to the pool. Prices only
    ever rise. `near` are the arcs of a node that cost no more than `limit` less its price; those left out cost more.
    """

    __slots__ = ("arcs", "at", "limit", "members", "near", "over", "pool", "price", "problem", "sent", "shift")

    def __init__(self, problem: Problem, price: list[int]) -> None:
        self.problem = problem
        self.price = [*price, 0]
        self.pool = len(problem.rooms)
        self.shift = len(problem.rows).bit_length()
        self.at: list[int] = []
        self.members: list[list[int]] = [[] for _ in range(self.pool)]
        self.arcs: list[dict[int, list[int]] | None] = [None] * self.pool
        self.near: list[dict[int, None]] = [{} for _ in range(self.pool)]
        self.limit = [0] * self.pool
        self._place()

    def _place(self) -> None:
        """Everybody where points and price are least, and of equals where room is left; then what is too much or too little."""
        ranges = [bounds(self.problem, seat, self.price[seat]) for seat in range(self.pool)]
        load = [0] * self.pool
        price_of = self.price.__getitem__
        for customer, (places, costs) in enumerate(self.problem.rows):
            sums = list(map(add, costs, map(price_of, places)))
            seat = places[sums.index(least := min(sums))]
            if load[seat] >= ranges[seat][1] and sums.count(least) > 1:
                equals = (place for place, cost in zip(places, sums, strict=True) if cost == least)
                seat = next((place for place in equals if load[place] < ranges[place][1]), seat)
            load[seat] += 1
            self.at.append(seat)
            self.members[seat].append(customer)
        self.sent = [min(max(count, low), high) for count, (low, high) in zip(load, ranges, strict=True)]
        self.over = [count - sent for count, sent in zip(load, self.sent, strict=True)]
        self.over.append(-sum(self.over))

    def sources(self) -> list[int]:
        """The nodes that have too much."""
        return [node for node, over in enumerate(self.over) if over > 0]

    def levels(self) -> list[int]:
        """The prices of all places above that of the pool; nobody's place is free."""
        return [*(price - self.price[self.pool] for price in self.price[: self.pool - 1]), 0]

    def lift(self) -> int:
        """Raises prices until a way that costs nothing leads from too much to too little, and tells by how much.

        Dijkstra's search from all sources at once.
        There always is a way: whoever has no room goes to nobody's place, and a seat that has too few passes on less to the pool.
        """
        far = dict.fromkeys(self.sources(), 0)
        heap = [(0, node) for node in far]
        done: dict[int, int] = {}
        while True:
            here, node = heappop(heap)
            if node < 0:  # nothing nearer led on: every arc of the node
                self._relax(~node, self._all_arcs(~node), far, heap)
            elif self.over[node] < 0:
                break
            elif node not in done:
                done[node] = here
                self._relax(node, self._arcs(node), far, heap)
                if node != self.pool:
                    heappush(heap, (here + self.limit[node] + 1 - self.price[node], ~node))
        for node, distance in done.items():
            self.price[node] += here - distance
        return here

    def _relax(self, node: int, arcs: Iterable[int], far: dict[int, int], heap: list[tuple[int, int]]) -> None:
        here = far[node]
        for other in arcs:
            there = here + self._arc(node, other)[0]
            if there < far.get(other, _NO_WAY[0]):
                far[other] = there
                heappush(heap, (there, other))

    def spread(self) -> None:
        """Sends along ways that cost nothing all that they take, from each source in turn."""
        arcs: dict[int, list[int]] = {}
        for source in self.sources():
            while self.over[source] > 0 and (path := self._path(source, arcs)):
                for node, other in pairwise(path):
                    self._send(node, other)
                self.over[source] -= 1
                self.over[path[-1]] += 1

    def _path(self, source: int, arcs: dict[int, list[int]]) -> list[int]:
        """A way that costs nothing, or none; `arcs` holds for each node those not yet found to lead nowhere."""
        path, on_it = [source], {source}
        while path and self.over[path[-1]] >= 0:
            node = path[-1]
            if node not in arcs:
                arcs[node] = list(self._arcs(node))
            left = arcs[node]
            while left and (left[-1] in on_it or self._arc(node, left[-1])[0]):
                left.pop()
            if left:
                path.append(left[-1])
                on_it.add(left[-1])
            else:
                on_it.discard(path.pop())
                if path:
                    arcs[path[-1]].pop()
        return path

    def _arcs(self, node: int) -> Iterable[int]:
        """The nodes that cheap arcs lead to; all from the pool."""
        if node == self.pool:
            return range(self.pool)
        if self.arcs[node] is None or self.price[node] > self.limit[node]:
            self._look_around(node)
        return self.near[node]

    def _look_around(self, node: int) -> None:
        """Keeps the cheapest arcs of a node, to be looked at until its price has risen by what the dearest of them costs."""
        costs = {other: self._arc(node, other)[0] for other in self._all_arcs(node)}
        reach = max(sorted(costs.values())[:_NEAR], default=0)
        self.near[node] = dict.fromkeys([self.pool, *(other for other, cost in costs.items() if cost <= reach)])
        self.limit[node] = self.price[node] + reach

    def _arc(self, node: int, other: int) -> tuple[int, int]:
        """What one customer more costs from node to node at the prices, never below zero, and which customer; no way: beyond all."""
        if node == self.pool:
            sent = self.sent[other]
            rise = self.price[other] - self.price[node]
            return (rise - marginal(self.problem, other, sent), NOBODY) if sent else _NO_WAY
        fall = self.price[other] - self.price[node]
        if other == self.pool:
            nth = self.sent[node] + 1
            return (fall + marginal(self.problem, node, nth), NOBODY) if nth <= self.problem.rooms[node] else _NO_WAY
        heap = self._all_arcs(node).get(other, [])
        mask = (1 << self.shift) - 1
        while heap and self.at[heap[0] & mask] != node:
            heappop(heap)
        return ((heap[0] >> self.shift) + fall, heap[0] & mask) if heap else _NO_WAY

    def _all_arcs(self, node: int) -> dict[int, list[int]]:
        """For each seat that customers of this one could go to a heap of what they cost there beyond here, and which they are."""
        arcs = self.arcs[node]
        if arcs is None:
            arcs = dict[int, list[int]]()
            self.arcs[node] = arcs
            for customer in self.members[node]:
                for other, entry in self._entries(customer, node):
                    arcs.setdefault(other, []).append(entry)
            for heap in arcs.values():
                heapify(heap)
        return arcs

    def _entries(self, customer: int, seat: int) -> list[tuple[int, int]]:
        places, costs = self.problem.rows[customer]
        own = costs[places.index(seat)]
        shift = self.shift
        return [
            (place, (cost - own << shift) | customer)
            for place, cost in zip(places, costs, strict=True)
            if place != seat
        ]

    def _send(self, node: int, other: int) -> None:
        """One customer more by the arc."""
        customer = self._arc(node, other)[1]
        if node == self.pool:
            self.sent[other] -= 1
        elif other == self.pool:
            self.sent[node] += 1
        else:
            self.at[customer] = other
            self.members[other].append(customer)
            self._arrive(customer, other)

    def _arrive(self, customer: int, seat: int) -> None:
        arcs = self.arcs[seat]
        if arcs is None:
            return
        for other, entry in self._entries(customer, seat):
            heappush(arcs.setdefault(other, []), entry)
            self.near[seat][other] = None
