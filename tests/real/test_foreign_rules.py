"""`custmaster dedupe --rules` on public data: the quality of docs/examples/rules, the same from both engines; `-s` prints the docs' table.

Each file is laid down as a user has it, with one column `truth` that says who is who, and no column that tells it to a rule: `rec_id` of
Febrl and `unique_id` of the others are taken out. Pairs are those of the transitive closure, as the peers' figures count them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from custmaster.cli.main import main

EXAMPLES: Final = Path(__file__).resolve().parents[2] / "docs" / "examples"
pytestmark = pytest.mark.real
Records = list[dict[str, str]]
NEAR: Final = 0.01
"""So much less than the better peer's F1 is as good."""


def table(path: Path) -> Records:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return [dict(row) for row in csv.DictReader(stream)]


def told_apart(rows: Records, truth: str, *hidden: str) -> Records:
    answers = [row[truth] for row in rows]
    kept = [{name: cell for name, cell in row.items() if name not in {truth, *hidden}} for row in rows]
    return [row | {"truth": answer} for row, answer in zip(kept, answers, strict=True)]


def febrl(*names: str) -> Callable[[Path], Records]:
    def load(data: Path) -> Records:
        # Headings keep the blanks that stand before them in the file.
        rows = told_apart([row for name in names for row in table(data / "febrl" / f"{name}.csv")], "rec_id")
        return [row | {"truth": row["truth"].split("-")[1]} for row in rows]

    return load


def fake(data: Path) -> Records:
    return told_apart(table(data / "splink" / "fake_1000.csv"), "cluster", "unique_id")


def historical(data: Path) -> Records:
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(f"select * from '{data}/splink/historical_figures_with_errors_50k.parquet'")
    rows = [
        dict(zip(found.columns, ("" if one is None else str(one) for one in row), strict=True))
        for row in found.fetchall()
    ]
    return told_apart(rows, "cluster", "unique_id")


def restaurant(data: Path) -> Records:
    return told_apart(table(data / "restaurant_fodors_zagats" / "restaurant.csv"), "class", "id")


def sites(data: Path) -> Records:
    return told_apart(table(data / "dedupe_examples" / "csv_example_input_with_true_ids.csv"), "True Id", "Id")


def senzing(*names: str) -> Callable[[Path], Records]:
    def load(data: Path) -> Records:
        folder = data / "senzing_truth_set"
        key = {
            (row["DATA_SOURCE"], row["RECORD_ID"]): row["CLUSTER_ID"]
            for row in table(folder / "actual_truthset_key.csv")
        }
        rows = [row for name in names for row in table(folder / f"{name}.csv")]
        return told_apart(
            [row | {"who": key[row["DATA_SOURCE"], row["RECORD_ID"]]} for row in rows], "who", "DATA_SOURCE"
        )

    return load


class DataSet(NamedTuple):
    """What is run, how many clusters come out (and are true), the least precision, recall and F1, and the better peer's F1."""

    name: str
    rules: str
    load: Callable[[Path], Records]
    clusters: tuple[int, int]
    least: tuple[float, float, float]
    peer: float | None = None


# Measured 2026-11-24, rounded down; the peers' from ../shared/bench/peer_*.py: recordlinkage on Febrl 3, both on Febrl 4, else Splink.
SETS: Final = (
    DataSet("Febrl 3", "febrl", febrl("dataset3"), (1999, 2000), (0.996, 0.999, 0.997), 1.000),
    DataSet("Febrl 4", "febrl", febrl("dataset4a", "dataset4b"), (4998, 5000), (0.997, 0.999, 0.998), 0.999),
    DataSet("fake_1000", "fake_1000", fake, (306, 251), (0.93, 0.90, 0.91), 0.917),
    DataSet("restaurant", "restaurant", restaurant, (753, 752), (0.94, 0.97, 0.96)),
    DataSet("csv_example", "csv_example", sites, (1165, 1162), (0.97, 0.96, 0.97)),
    DataSet(
        "Senzing, 3 files", "senzing", senzing("customers", "reference", "watchlist"), (88, 85), (0.98, 0.91, 0.94)
    ),
    DataSet("Senzing, customers", "senzing", senzing("customers"), (75, 72), (0.98, 0.86, 0.92)),
    DataSet("historical_50k", "historical", historical, (11591, 5156), (0.90, 0.76, 0.82), 0.828),
)


def laid_down(rows: Records, path: Path) -> Path:
    header = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def asked(file: Path, how: Iterable[str], out: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["dedupe", str(file), *how, "--truth", "truth", "--out", str(out), "--json"]) == 1
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def figures(of: dict[str, float]) -> tuple[float, float, float]:
    return of["precision"], of["recall"], of["f1"]


@pytest.mark.parametrize("data", SETS, ids=[one.name for one in SETS])
def test_the_quality_is_what_the_docs_say(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: DataSet
) -> None:
    rows = data.load(shared / "data")
    file = laid_down(rows, tmp_path / "data.csv")
    rules = ["--rules", str(EXAMPLES / "rules" / f"{data.rules}.toml")]
    told = asked(file, [*rules, "--engine", "python", "--workers", "1"], tmp_path / "python.csv", capsys)
    again = asked(file, [*rules, "--engine", "duckdb", "--workers", "2"], tmp_path / "duckdb.csv", capsys)
    found, automatic = figures(told["pairwise"]), figures(told["automatic"])
    shown = " | ".join(f"{one:.3f}" for one in (*found, *automatic))
    with capsys.disabled():
        print(f"\n| {data.name} | {len(rows):,} | {told['clusters']:,} of {data.clusters[1]:,} | {shown} |", end=" ")
    assert told | {"seconds": 0} == again | {"seconds": 0}
    assert (tmp_path / "python.csv").read_bytes() == (tmp_path / "duckdb.csv").read_bytes()
    assert (told["clusters"], len({row["truth"] for row in rows})) == data.clusters
    assert all(one >= floor for one, floor in zip(found, data.least, strict=True)), found
    assert data.peer is None or found[2] >= data.peer - NEAR


SENZING: Final = {
    "three files": (senzing("customers", "reference", "watchlist"), 148, (1.0, 0.11)),
    "customers": (senzing("customers"), 111, (1.0, 0.14)),
}


@pytest.mark.parametrize("name", SENZING)
def test_senzing_by_the_tables_for_customers(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    load, clusters, least = SENZING[name]
    rows = load(shared / "data")
    file = laid_down(rows, tmp_path / "data.csv")
    how = ["--mapping", str(EXAMPLES / "senzing.toml")]
    told = asked(file, [*how, "--engine", "python", "--workers", "1"], tmp_path / "python.csv", capsys)
    again = asked(file, [*how, "--engine", "duckdb", "--workers", "2"], tmp_path / "duckdb.csv", capsys)
    assert told | {"seconds": 0} == again | {"seconds": 0}
    assert (tmp_path / "python.csv").read_bytes() == (tmp_path / "duckdb.csv").read_bytes()
    with capsys.disabled():
        print(f"\n{name}: {told}", end=" ")
    found = figures(told["pairwise"])
    assert told["clusters"] == clusters
    assert found[0] >= least[0]
    assert found[1] >= least[1]
