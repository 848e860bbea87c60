"""Joining records by links when some pairs must not be one: the chains that would join such a pair join nothing.

For each pair that must not be one and would be, the shortest chain of links between the two is taken out and told; then again, until no
such pair hangs together. All pairs of a round are looked at before anything is taken out, and of chains of one length the first by the
numbers of its records is taken: what comes of it depends on nothing but the links, not on the order in which they are handed over.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from custmaster.dedup.components import components

__all__ = ["SEARCH_LIMIT", "Chain", "Joined", "Pair", "join"]

SEARCH_LIMIT: Final = 2_000_000
"""How many steps the search for chains may take in what hangs together, before all its links join nothing: about two seconds."""

Pair = tuple[int, int]


class Chain(NamedTuple):
    """A bar (its place), and the links (their places) that would join its two records, from the lesser group to the greater."""

    bar: int
    links: tuple[int, ...]


class Joined(NamedTuple):
    """What came of joining: for each record the least one that it is joined with, and what joined nothing.

    `withdrawn` holds the places of the links that joined nothing. `overrun` names, by its least record, each tangle in which the search
    for chains was given up and every link was withdrawn; `chains` then holds what had been found.
    """

    roots: array[int]
    withdrawn: frozenset[int]
    chains: tuple[Chain, ...]
    overrun: tuple[int, ...]


def join(groups: array[int], links: Sequence[Pair], bars: Sequence[Pair], limit: int = SEARCH_LIMIT) -> Joined:
    """Joins the records by the links, so that no two of a bar are one.

    `groups` gives for each record the least one of those that are one whatever the links say, as `components` does; no bar stands
    within a group. Links and bars are pairs of records, each at most once.

    >>> alone = components([], 4)
    >>> join(alone, [(0, 1), (1, 2), (2, 3)], [(2, 0)])[:3]
    (array('i', [0, 1, 2, 2]), frozenset({0, 1}), (Chain(bar=0, links=(0, 1)),))
    """
    roots = _roots(groups, links, ())
    broken: dict[int, list[int]] = {}
    for place, (one, other) in enumerate(bars):
        if roots[one] == roots[other]:
            broken.setdefault(roots[one], []).append(place)
    if not broken:
        return Joined(roots, frozenset(), (), ())
    within: dict[int, list[int]] = {root: [] for root in broken}
    for place, (one, _) in enumerate(links):
        if roots[one] in within:
            within[roots[one]].append(place)
    tangles = [_Tangle(groups, links, within[root], limit) for root in sorted(broken)]
    chains = [
        chain
        for tangle, root in zip(tangles, sorted(broken), strict=True)
        for chain in tangle.untie(bars, broken[root])
    ]
    withdrawn = frozenset(place for tangle in tangles for place in tangle.withdrawn)
    overrun = tuple(root for tangle, root in zip(tangles, sorted(broken), strict=True) if tangle.given_up)
    return Joined(_roots(groups, links, withdrawn), withdrawn, tuple(chains), overrun)


def _roots(groups: array[int], links: Sequence[Pair], without: Iterable[int]) -> array[int]:
    left_out = frozenset(without)
    kept = (pair for place, pair in enumerate(links) if place not in left_out) if left_out else links
    firm = ((root, one) for one, root in enumerate(groups) if root != one)
    return components(_both(firm, kept), len(groups))


def _both(firm: Iterable[Pair], kept: Iterable[Pair]) -> Iterator[Pair]:
    yield from firm
    yield from kept


class _Tangle:
    """What hangs together by links, as groups and the links between them, and two of which must not be one."""

    def __init__(self, groups: array[int], links: Sequence[Pair], within: Iterable[int], limit: int) -> None:
        self.withdrawn: set[int] = set()
        self.given_up = False
        self._groups = groups
        self._left = limit
        self._between: dict[
            Pair, list[int]
        ] = {}  # two groups, the lesser first: their links, the last of them goes first
        near: dict[int, set[int]] = {}
        for place in sorted(within, key=lambda place: tuple(sorted(links[place])), reverse=True):
            one, other = (groups[record] for record in links[place])
            if one != other:
                self._between.setdefault(_sorted(one, other), []).append(place)
                near.setdefault(one, set()).add(other)
                near.setdefault(other, set()).add(one)
        self._near: Mapping[int, dict[int, None]] = {one: dict.fromkeys(sorted(others)) for one, others in near.items()}

    def untie(self, bars: Sequence[Pair], broken: Sequence[int]) -> list[Chain]:
        """The chains that would join a bar, all of them withdrawn; one bar for two groups, the first by its records."""
        apart: dict[Pair, int] = {}
        for place in sorted(broken, key=lambda place: _sorted(*bars[place])):
            one, other = bars[place]
            apart.setdefault(_sorted(self._groups[one], self._groups[other]), place)
        chains: list[Chain] = []
        while apart and not self.given_up:
            ways = {bar: way for (start, goal), bar in apart.items() if (way := self._way(start, goal))}
            chains += [Chain(bar, tuple([self._between[step][-1] for step in steps])) for bar, steps in ways.items()]
            self._withdraw({step for steps in ways.values() for step in steps})
            apart = {ends: bar for ends, bar in apart.items() if bar in ways}
        if self.given_up:
            self.withdrawn.update(place for places in self._between.values() for place in places)
        return chains

    def _way(self, start: int, goal: int) -> list[Pair]:
        """The steps, from group to group, of the first of the shortest chains; none when there is none or the search is given up."""
        before = {start: start}
        waiting = deque(before)
        while waiting and not self.given_up:
            here = waiting.popleft()
            self._left -= len(self._near[here])
            self.given_up = self._left < 0
            for there in self._near[here]:
                if there not in before:
                    before[there] = here
                    if there == goal:
                        return _steps(before, goal)
                    waiting.append(there)
        return []

    def _withdraw(self, steps: Iterable[Pair]) -> None:
        for step in steps:
            one, other = step
            self.withdrawn.add(self._between[step].pop())
            if not self._between[step]:
                del self._between[step], self._near[one][other], self._near[other][one]


def _steps(before: Mapping[int, int], goal: int) -> list[Pair]:
    way = [goal]
    while before[way[-1]] != way[-1]:
        way.append(before[way[-1]])
    return [_sorted(*step) for step in pairwise(reversed(way))]


def _sorted(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
