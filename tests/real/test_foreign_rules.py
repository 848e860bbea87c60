"""Quality of the rules files in docs/examples/rules on public data, pairwise over the closure; `-s` prints the figures of the docs.

What tells the answer (`rec_id` of Febrl, `unique_id` of the others, the order of the rows) is taken out before a rule sees it.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

import pytest

from custmaster.dedup import Link, judge, link_of
from custmaster.dedup.components import components
from custmaster.dedup.table_file import TableFile, parse

RULES = Path(__file__).resolve().parents[2] / "docs" / "examples" / "rules"
pytestmark = pytest.mark.real
Record = dict[str, str | None]
Data = tuple[list[Record], list[str]]
MOST = 400
"""Records under one key; more are left out, as `custmaster dedupe` leaves them out."""


def table(path: Path) -> list[Record]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return [dict(row) for row in csv.DictReader(stream, skipinitialspace=True)]


def taken(rows: list[Record], truth: str, *more: str) -> Data:
    answers = [str(row.pop(truth)) for row in rows]
    for row in rows:
        for column in more:
            del row[column]
    return rows, answers


def febrl(*names: str) -> Callable[[Path], Data]:
    def load(shared: Path) -> Data:
        rows, answers = taken([row for name in names for row in table(shared / "febrl" / f"{name}.csv")], "rec_id")
        return rows, [answer.split("-")[1] for answer in answers]

    return load


def fake(shared: Path) -> Data:
    return taken(table(shared / "splink" / "fake_1000.csv"), "cluster", "unique_id")


def historical(shared: Path) -> Data:
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(f"select * from '{shared}/splink/historical_figures_with_errors_50k.parquet'")
    rows = [
        dict(zip(found.columns, (None if one is None else str(one) for one in row), strict=True))
        for row in found.fetchall()
    ]
    return taken(rows, "cluster", "unique_id")


def restaurant(shared: Path) -> Data:
    return taken(table(shared / "restaurant_fodors_zagats" / "restaurant.csv"), "class", "id")


def sites(shared: Path) -> Data:
    return taken(table(shared / "dedupe_examples" / "csv_example_input_with_true_ids.csv"), "True Id", "Id")


def senzing(*names: str) -> Callable[[Path], Data]:
    def load(shared: Path) -> Data:
        folder = shared / "senzing_truth_set"
        key = {
            (row["DATA_SOURCE"], row["RECORD_ID"]): str(row["CLUSTER_ID"])
            for row in table(folder / "actual_truthset_key.csv")
        }
        rows = [row for name in names for row in table(folder / f"{name}.csv")]
        answers = [key[row["DATA_SOURCE"], row["RECORD_ID"]] for row in rows]
        return taken(rows, "RECORD_ID", "DATA_SOURCE")[0], answers

    return load


def pairs_of(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def quality(groups: Sequence[int], truth: Sequence[str]) -> tuple[float, float, float]:
    both = pairs_of(Counter(zip(groups, truth, strict=True)).values())
    precision, recall = both / pairs_of(Counter(groups).values()), both / pairs_of(Counter(truth).values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def joined(rules: TableFile, rows: list[Record]) -> Sequence[int]:
    sides = [rules.side(row) for row in rows]
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, side in enumerate(sides):
        for text in rules.table.keys(side):
            blocks[text].append(at)
    pairs = {pair for block in blocks.values() if len(block) <= MOST for pair in combinations(block, 2)}
    linked = (Link.AUTOMATIC, Link.REVIEW)
    links = [(a, b) for a, b in pairs if link_of(judge(sides[a], sides[b], rules.table)) in linked]
    return components(links, len(rows))


# Rules, data, how many clusters where that is told, and the least precision, recall and F1; measured 2026-11-24, rounded down.
SETS: list[tuple[str, str, Callable[[Path], Data], tuple[float, float, float]]] = [
    ("Febrl 3", "febrl", febrl("dataset3"), (0.996, 0.999, 0.997)),
    ("Febrl 4", "febrl", febrl("dataset4a", "dataset4b"), (0.997, 0.999, 0.998)),
    ("fake_1000", "fake_1000", fake, (0.93, 0.90, 0.91)),
    ("restaurant", "restaurant", restaurant, (0.94, 0.97, 0.96)),
    ("csv_example", "csv_example", sites, (0.97, 0.96, 0.97)),
    ("Senzing, three files", "senzing", senzing("customers", "reference", "watchlist"), (0.98, 0.91, 0.94)),
    ("Senzing, customers", "senzing", senzing("customers"), (0.98, 0.86, 0.92)),
    ("historical_50k", "historical", historical, (0.90, 0.76, 0.82)),
]


@pytest.mark.parametrize(("name", "file", "load", "least"), SETS, ids=[one[0] for one in SETS])
def test_the_quality_is_what_the_docs_say(
    shared: Path,
    name: str,
    file: str,
    load: Callable[[Path], Data],
    least: tuple[float, float, float],
) -> None:
    path = RULES / f"{file}.toml"
    rows, truth = load(shared / "data")
    groups = joined(parse(path.read_text(encoding="utf-8"), path.name), rows)
    found = quality(groups, truth)
    clusters = f"{len(set(groups)):,} clusters of {len(set(truth)):,}"
    print(f"\n| {name} | {len(rows):,} | {found[0]:.3f} | {found[1]:.3f} | {found[2]:.3f} | {clusters} |")
    assert all(one >= floor for one, floor in zip(found, least, strict=True)), found
