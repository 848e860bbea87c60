"""A table in memory has the clusters of the same rows in a file; numbers are refused by column, never by value."""

from __future__ import annotations

import csv
import importlib
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from custmaster.batch import EngineName, Run, check_new, dedupe
from custmaster.errors import UnusableInput
from custmaster.frames import check_new_frame, dedupe_frame
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
    module: Any = importlib.import_module(library)
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


def stock_of(module: Any) -> Any:
    return module.DataFrame({"nr": [1, 2], "who": ["张伟", "王芳"], "tel": ["13800001234", None]})


OTHER = load_mapping('[fields]\nsource_key = "nr"\nname = "who"\nmobile = "tel"', "o.toml")


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_day_s_table_beside_the_stock(tmp_path: Path, library: str) -> None:
    """The stock may be a table of any library, or a file, with columns of its own."""
    module: Any = importlib.import_module(library)
    file = tmp_path / "stock.csv"
    file.write_text("nr,who,tel\n1,张伟,13800001234\n2,王芳,\n", encoding="utf-8")
    today = module.DataFrame(ROWS)
    found = [check_new_frame(today, (stock, OTHER), MAPPING, run=RUNS[0]) for stock in (file, stock_of(module))]
    assert isinstance(found[0].rows, module.DataFrame)
    assert list(found[0].rows["verdict"]) == ["SUSPECT", "SUSPECT", "NEW", "UNDECIDABLE", "SUSPECT"]
    assert found[0].found.matches == found[1].found.matches
    rows = tmp_path / "rows.csv"
    with rows.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([tuple(ROWS), *zip(*ROWS.values(), strict=True)])
    assert found[0].found.matches == check_new(rows, (file, OTHER), MAPPING, run=RUNS[0]).matches
    assert check_new_frame(today, today, MAPPING, run=RUNS[0]).found.matches


def test_pandas_in_all_its_kinds_of_text() -> None:
    """Objects with None and NaN, its own texts, categories, and an index that is no column."""
    pd: Any = importlib.import_module("pandas")
    rows = {**ROWS, "mobile": [*ROWS["mobile"][:3], None, ROWS["mobile"][4]]}
    want = dedupe_frame(pa.table(rows), MAPPING, run=RUNS[0]).found.edges
    plain = pd.DataFrame(rows)
    some = [
        plain,
        plain.astype("string"),
        plain.astype("category"),
        plain.fillna(float("nan")),
        plain.set_index(pd.Index([3, 1, 2, 9, 9])),
        plain.set_index(pd.MultiIndex.from_product([[1], [1, 2, 3, 4, 5]])),
    ]
    assert want
    assert [dedupe_frame(one, MAPPING, run=RUNS[0]).found.edges for one in some] == [want] * len(some)


@pytest.mark.parametrize("cells", [[b"1"] * 5, [["1"]] * 5, [True] * 5, ["1", 2, 3.5, None, []]])
def test_what_is_neither_text_nor_date_is_refused(cells: Any) -> None:
    pd: Any = importlib.import_module("pandas")
    with pytest.raises(UnusableInput, match="column 'mobile' holds"):
        dedupe_frame(pd.DataFrame({**ROWS, "mobile": pd.Series(cells, dtype=object)}), MAPPING, run=RUNS[0])


def test_lazy_tables_are_to_be_collected() -> None:
    pl: Any = importlib.import_module("polars")
    duckdb: Any = importlib.import_module("duckdb")
    pd: Any = importlib.import_module("pandas")
    with duckdb.connect() as connection:
        lazy = [
            pl.DataFrame(ROWS).lazy(),
            connection.sql("SELECT '7' AS id"),
            pd.DataFrame({1: ["7"]}),
            pd.DataFrame([["1", "2"]], columns=["id", "id"]),
        ]
        for one in lazy:
            with pytest.raises(UnusableInput, match="no table in memory"):
                dedupe_frame(one, MAPPING)
        del lazy, one


@pytest.mark.parametrize("zone", [None, "UTC", "Asia/Shanghai", "America/New_York", "+08:00"])
def test_a_day_is_that_of_its_own_zone(zone: str | None) -> None:
    """Midnight in Shanghai is a day, though it is four in the afternoon of another one elsewhere."""
    mapping = load_mapping('[fields]\nsource_key = "id"\nname = "name"\nbirth_date = "born"', "m.toml")
    at = datetime(
        1990, 3, 7, tzinfo=timezone(timedelta(hours=8)) if zone and zone[0] == "+" else ZoneInfo(zone) if zone else None
    )
    rows = {"id": ["1", "2"], "name": ["张伟", "張偉"]}
    days = pa.array([at, None], pa.timestamp("us", tz=zone))
    texts = pa.table({**rows, "born": ["1990-03-07", ""]})
    both = [check_new_frame(pa.table({**rows, "born": days}), texts, mapping, run=RUNS[0]).found.matches]
    both += [check_new_frame(texts, texts, mapping, run=RUNS[0]).found.matches]
    assert both[0] == both[1]
    assert [(one.left, one.right, one.evidence) for one in both[0]] == [
        ("1", "1", "+NAME+BIRTH+CHARACTER+RECORDED_BIRTH")
    ]


def test_a_zone_that_nobody_knows_is_told() -> None:
    mapping = load_mapping('[fields]\nname = "name"\nbirth_date = "born"', "m.toml")
    rows = pa.table({"name": ["张伟"], "born": pa.array([0], pa.timestamp("us", tz="Mars/Base"))})
    with pytest.raises(UnusableInput, match="column 'born' holds"):
        dedupe_frame(rows, mapping, run=RUNS[0])


def test_days_with_a_time_are_days_of_the_file() -> None:
    """Midnight is a day; what Parquet says of a time of day is said of the table."""
    pl: Any = importlib.import_module("polars")
    mapping = load_mapping(
        '[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"', "m.toml"
    )
    texts = pa.table({**ROWS, "born": ["1990-03-07"] * 5})
    days = pl.DataFrame(ROWS).with_columns(born=pl.lit("1990-03-07").str.to_datetime("%Y-%m-%d"))
    found = [dedupe_frame(one, mapping, run=RUNS[0]).found.edges for one in (texts, days)]
    assert found[0] == found[1]


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_nasty_rows_are_told_as_of_their_file(tmp_path: Path, library: str) -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "parity"))
    nasty: Any = importlib.import_module("nasty")
    rows = list(nasty.nasty(600, seed=29))
    file = nasty.written(tmp_path / "c.parquet", rows)
    columns = dict(zip(nasty.HEADER, map(list, zip(*rows, strict=True)), strict=True))
    module: Any = importlib.import_module(library)
    frame = pa.table(columns) if library == "pyarrow" else module.DataFrame(columns)
    want = dedupe(file, nasty.MAPPING, run=RUNS[0])
    got = dedupe_frame(frame, nasty.MAPPING, run=RUNS[0])
    assert len(want.edges) > 50
    assert (got.found.edges, got.found.review, got.found.capped) == (want.edges, want.review, want.capped)
