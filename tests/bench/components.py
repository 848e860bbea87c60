"""Clusters of a million links: python tests/bench/components.py [LINKS]. No aim is set.

`dedup.components` over plain numbers, and `dedup.clusters` over records with names, which look for contradictions too. Links join neighbours of
one customer (two to five records), as a stock has them; beside them stand links at random, of which every second record hangs together with
nearly all others, and records with one pair in a thousand that a ruling keeps apart.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from itertools import pairwise

from custmaster.dedup.clusters import cluster
from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.components import components
from custmaster.dedup.links import Edge, Fixed

Pairs = list[tuple[int, int]]


def families(links: int) -> tuple[Pairs, list[tuple[int, int]]]:
    """Chains of two to five records, in any order; the ends of one chain in a thousand of those with three and more."""
    dice = random.Random(5)
    pairs: Pairs = []
    ends: list[tuple[int, int]] = []
    record = 0
    while len(pairs) < links:
        chain = range(record, record + dice.randint(2, 5))
        pairs += pairwise(chain)
        if len(chain) > 2 and dice.random() < 0.001:
            ends.append((chain[0], chain[-1]))
        record = chain[-1] + 1
    dice.shuffle(pairs)
    return pairs[:links], ends


def scattered(links: int) -> Pairs:
    """As many links as records, between any two."""
    dice = random.Random(7)
    return [(dice.randrange(links), dice.randrange(links)) for _ in range(links)]


def seconds(work: Callable[[], object]) -> float:
    """The best of three runs."""
    spent: list[float] = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def main(links: int) -> None:
    """Print a line for each."""
    pairs, ends = families(links)
    rows = 1 + max(max(pair) for pair in pairs)
    print(
        f"components of {links:,} links of families, {rows:,} records: {seconds(lambda: components(pairs, rows)):.2f} s"
    )
    wild = scattered(links)
    print(
        f"components of {links:,} links at random, {links:,} records: {seconds(lambda: components(wild, links)):.2f} s"
    )
    edges = [Edge(f"k{one:08}", f"k{other:08}", Link.AUTOMATIC, Verdict.EXISTS) for one, other in pairs]
    print(f"clusters of the links of families: {seconds(lambda: cluster(edges)):.2f} s")
    cannot = [Fixed(f"k{one:08}", f"k{other:08}") for one, other in ends]
    made = cluster(edges, cannot=cannot)
    spent = seconds(lambda: cluster(edges, cannot=cannot))
    print(f"the same with {len(cannot):,} pairs kept apart, {len(made.conflicts):,} conflicts: {spent:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
