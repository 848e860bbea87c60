"""The tables for a whole stock against the truth: python tests/bench/stock_quality.py MAPPING.toml FILE TRUTH_COLUMN [rows].

Plain Python, one process, no engine: blocks by equal texts, judges every pair that meets, joins. With `rows`, what each row of the tables
gave, right and wrong. Pairwise over the closure, as the peers are measured.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from custmaster.dedup import STOCK_TABLES, Link, judge, keyed, link_of
from custmaster.dedup.components import components
from custmaster.dedup.keys import Side
from custmaster.wire import compile_structure, load_mapping, open_table

MOST = 1000
"""Records under one text; more are told and left out."""


def read(mapping_file: str, file: str, truth: str) -> tuple[list[Side], list[str]]:
    """The rows made ready, and who is who."""
    mapping = load_mapping(Path(mapping_file).read_text("utf-8"), source=mapping_file)
    sides: list[Side] = []
    answers: list[str] = []
    with open_table(Path(file), mapping) as table:
        at = list(table.header).index(truth)
        structure = compile_structure(mapping, table.header, typed=table.typed)
        for row in table.rows:
            entry = structure(row).entry
            if entry is not None:
                sides.append(keyed(entry).side)
                answers.append(str(row.cells[at]))
    return sides, answers


def meetings(sides: list[Side]) -> set[tuple[int, int]]:
    """Every two rows that share a text."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, side in enumerate(sides):
        for text in STOCK_TABLES[side.kind].keys(side):
            blocks[text].append(at)
    large = sum(len(block) > MOST for block in blocks.values())
    if large:
        print(f"{large} texts of more than {MOST} rows left out")
    return {pair for block in blocks.values() if len(block) <= MOST for pair in combinations(block, 2)}


def pairs_of(sizes: Iterable[int]) -> int:
    """Pairs within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes)


def show(name: str, links: list[tuple[int, int]], truth: list[str]) -> None:
    """One line: precision, recall and F1 over the closure of the links."""
    groups = components(links, len(truth))
    both = pairs_of(Counter(zip(groups, truth, strict=True)).values())
    told, real = pairs_of(Counter(groups).values()), pairs_of(Counter(truth).values())
    precision, recall = both / max(told, 1), both / max(real, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(
        f"{name:10} precision {precision:.5f} recall {recall:.4f} F1 {f1:.5f} ({told - both:,} wrong, {real - both:,} missed)"
    )


def main() -> None:
    """Print pairs met, the two sets of clusters, and, asked for, the rows."""
    mapping, file, column, *rest = sys.argv[1:]
    sides, truth = read(mapping, file, column)
    met = sorted(meetings(sides))
    begun = time.process_time()
    found = [judge(sides[a], sides[b], STOCK_TABLES[sides[a].kind]) for a, b in met]
    spent = time.process_time() - begun
    right = sum(truth[a] == truth[b] for a, b in met)
    print(
        f"{len(sides):,} rows, {len(met):,} pairs met, {right:,} of them one customer, {spent / max(len(met), 1) * 1e6:.1f} us a pair"
    )
    links = [link_of(one) for one in found]
    automatic = [pair for pair, link in zip(met, links, strict=True) if link is Link.AUTOMATIC]
    show("automatic", automatic, truth)
    show("review", automatic + [pair for pair, link in zip(met, links, strict=True) if link is Link.REVIEW], truth)
    if rest:
        rows: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
        for (a, b), one, link in zip(met, found, links, strict=True):
            rows[link, one.row][truth[a] == truth[b]] += 1
        for (kind, row), told in sorted(rows.items()):
            print(f"{kind:10} {row:40} right {told[True]:7,} wrong {told[False]:6,}")


if __name__ == "__main__":
    main()
