"""A table in memory has the clusters of the same rows in a file; numbers are refused by column, never by value."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from custmaster.batch import EngineName, Run, dedupe
from custmaster.errors import UnusableInput
from custmaster.frames import dedupe_frame
from custmaster.wire.mapping_file import load_mapping

MAPPING = load_mapping('[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"', "m.toml")
ROWS = {
    "id": ["7", "3", "5", "", "7"],
    "name": ["张伟", "張 偉", "李娜", "王芳", "张伟"],
    "mobile": ["13800001234", "138 0000 1234", "13900001111", "", "１３８００００１２３４"],
}
RUNS = [Run(engine=engine, workers=1) for engine in (EngineName.PYTHON, EngineName.DUCKDB)]


@pytest.mark.parametrize("run", RUNS)
def test_a_table_has_the_clusters_of_its_file(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([tuple(ROWS), *zip(*ROWS.values(), strict=True)])
    want = dedupe(path, MAPPING, run=run)
    got = dedupe_frame(pa.table(ROWS), MAPPING, run=run)
    assert want.edges
    assert got.found.edges == want.edges
    assert isinstance(got.clusters, pa.Table)
    assert got.clusters.to_pydict()["cluster_review"] == list(want.clusters(review=True))
    assert got.clusters.to_pydict()["cluster_auto"] == list(want.clusters(review=False))


def test_categories_nulls_and_no_rows_are_read() -> None:
    rows = pa.table({**ROWS, "name": pa.array(ROWS["name"]).dictionary_encode(), "mobile": pa.nulls(5)})
    assert dedupe_frame(rows, MAPPING, run=RUNS[0]).clusters.num_rows == 5
    assert dedupe_frame(pa.table(ROWS).slice(0, 0), MAPPING, run=RUNS[0]).clusters.num_rows == 0


@pytest.mark.parametrize("kind", [pa.int64(), pa.float64(), pa.decimal128(20)])
def test_numbers_are_refused_without_their_value(kind: Any) -> None:
    rows = pa.table({**ROWS, "mobile": pa.array([13800001234] * 5).cast(kind)})
    with pytest.raises(UnusableInput, match="'mobile'") as caught:
        dedupe_frame(rows, MAPPING, run=RUNS[0])
    assert "dtype=str" in str(caught.value)
    assert "1380000" not in str(caught.value)


@pytest.mark.parametrize(
    "frame", [5, pa.table(ROWS).select(["id", "name"]), pa.table([["1"], ["2"]], names=["id", "id"])]
)
def test_what_is_no_such_table_is_refused(frame: Any) -> None:
    with pytest.raises(UnusableInput):
        dedupe_frame(frame, MAPPING)


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(UnusableInput, match=r"custmaster\[frames\]"):
        dedupe_frame(pa.table(ROWS), MAPPING)


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_table_comes_back_in_its_own_library(library: str) -> None:
    module: Any = pytest.importorskip(library)
    want = dedupe_frame(pa.table(ROWS), MAPPING, run=RUNS[0])
    got = dedupe_frame(module.DataFrame(ROWS), MAPPING, run=RUNS[0])
    assert isinstance(got.clusters, module.DataFrame)
    assert got.found.edges == want.found.edges
    assert list(got.clusters["cluster_review"]) == want.clusters.to_pydict()["cluster_review"]


def test_dates_are_taken() -> None:
    mapping = load_mapping(
        '[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"', "m.toml"
    )
    rows = pa.table({**ROWS, "born": pa.array([0] * 5, pa.date32())})
    texts = pa.table({**ROWS, "born": ["1970-01-01"] * 5})
    found = [dedupe_frame(one, mapping, run=RUNS[0]).found.edges for one in (rows, texts)]
    assert found[0] == found[1]
