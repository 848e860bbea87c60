"""Records by their place in the order of precedence, so that they can be joined as plain numbers; and back to their names."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from custmaster.dedup.components import components
from custmaster.dedup.joining import Joined, Pair
from custmaster.dedup.links import Edge, Fixed, FixedBy
from custmaster.errors import CustmasterError

__all__ = ["Stock"]

_Bars = Mapping[Pair, Fixed]


class Stock:
    """The records in their order, and the groups that rulings make of them."""

    def __init__(self, order: Sequence[str], firm: Sequence[Fixed]) -> None:
        self._order = order
        self._place = {record: place for place, record in enumerate(order)}
        self._near: dict[int, dict[int, Fixed]] = {}  # of a record, those that a ruling says to be one with it
        for one in firm:
            left, right = self.pair(one)
            self._near.setdefault(left, {}).setdefault(right, one)
            self._near.setdefault(right, {}).setdefault(left, one)
        self.groups: array[int] = components((self.pair(one) for one in firm), len(order))

    def pair(self, one: Edge | Fixed) -> Pair:
        """The places of the two records, the lesser first."""
        left, right = self._place[one.left], self._place[one.right]
        return (left, right) if left <= right else (right, left)

    def _ends(self, pair: Pair) -> Pair:
        """The groups of the two, the lesser first."""
        left, right = self.groups[pair[0]], self.groups[pair[1]]
        return (left, right) if left <= right else (right, left)

    def bars(self, barred: Iterable[Fixed]) -> tuple[_Bars, tuple[Fixed, ...]]:
        """What forbids, by its pair, a ruling before a veto; and the vetoes that rulings outrank.

        Errors: CustmasterError for a ruling that others contradict.
        """
        bars: dict[Pair, Fixed] = {}
        overruled: list[Fixed] = []
        for one in sorted(barred, key=lambda one: (self.pair(one), one)):
            left, right = self._ends(self.pair(one))
            if left != right:
                held = bars.setdefault(self.pair(one), one)
                if one.by is FixedBy.RULING and held.by is FixedBy.VETO:
                    bars[self.pair(one)] = one
            elif one.by is FixedBy.VETO:
                overruled.append(one)
            else:
                raise CustmasterError("rulings contradict each other: they were not added to one ledger")
        return bars, tuple(overruled)

    def sift(self, edges: Iterable[Edge], bars: _Bars) -> tuple[list[Edge], tuple[Edge, ...]]:
        """The edges that may join, in order; and those whose two ends a steward has ruled to be apart."""
        ruled = {self._ends(pair) for pair, one in bars.items() if one.by is FixedBy.RULING}
        ordered = sorted(edges, key=self.pair)
        if not ruled:
            return ordered, ()
        settled = {edge for edge in ordered if self._ends(self.pair(edge)) in ruled}
        return [edge for edge in ordered if edge not in settled], tuple(edge for edge in ordered if edge in settled)

    def members(self, roots: Sequence[int]) -> list[tuple[str, ...]]:
        """The records under each root, in order, and the groups in the order of their roots."""
        held: dict[int, list[str]] = {}
        for record, root in zip(self._order, roots, strict=True):
            held.setdefault(root, []).append(record)
        return [tuple(members) for members in held.values()]

    def given_up(self, links: Sequence[Edge], joined: Joined) -> tuple[tuple[str, ...], ...]:
        """The records of each tangle in which the search was given up."""
        if not joined.overrun:
            return ()
        firm = ((place, root) for place, root in enumerate(self.groups))
        roots = components(chain(firm, map(self.pair, links)), len(self._order))
        tangles = self.members(roots)
        return tuple(tangle for tangle in tangles if self._place[tangle[0]] in joined.overrun)

    def conflicts(
        self, links: Sequence[Edge], bars: _Bars, joined: Joined
    ) -> list[tuple[Fixed, tuple[Edge, ...], tuple[Fixed, ...]]]:
        """Each chain by names: what forbids, its links in order, and the rulings by which it passes from link to link."""
        pairs = list(bars)
        told = [self._told(bars[pairs[one.bar]], [links[place] for place in one.links]) for one in joined.chains]
        return sorted(told, key=lambda one: (self.pair(one[0]), len(one[1]), [self.pair(link) for link in one[1]]))

    def _told(self, bar: Fixed, links: list[Edge]) -> tuple[Fixed, tuple[Edge, ...], tuple[Fixed, ...]]:
        here, goal = self.pair(bar)
        if self.groups[here] not in {self.groups[place] for place in self.pair(links[0])}:
            here, goal = goal, here
        musts: list[Fixed] = []
        for link in links:
            near, far = self.pair(link)
            if self.groups[near] != self.groups[here]:
                near, far = far, near
            musts += self._way(here, near)
            here = far
        return bar, tuple(links), (*musts, *self._way(here, goal))

    def _way(self, start: int, goal: int) -> list[Fixed]:
        """The fewest rulings that lead from one record of a group to another."""
        before = {start: start}
        waiting = deque(before)
        while goal not in before:
            here = waiting.popleft()
            for there in sorted(self._near[here].keys() - before.keys()):
                before[there] = here
                waiting.append(there)
        way: list[Fixed] = []
        while goal != start:
            way.append(self._near[before[goal]][goal])
            goal = before[goal]
        return way[::-1]
