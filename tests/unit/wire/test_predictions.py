"""Predictions of an outside matcher from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmaster.dedup.outside import SplinkColumns, Thresholds, from_splink
from custmaster.errors import Fault, InvalidValue, UnusableInput
from custmaster.wire.predictions import read_predictions

HEADER = "match_weight,match_probability,source_dataset_l,source_dataset_r,id_l,id_r\n"
COLUMNS = SplinkColumns(unique_id="id")


def test_the_columns_that_are_needed_are_read(tmp_path: Path) -> None:
    path = tmp_path / "predictions.csv"
    path.write_text(HEADER + "9,0.97,core,web,1,2\n-1,0.3,core,web,1,3\n", encoding="utf-8")
    edges = list(from_splink(read_predictions(path, COLUMNS), Thresholds(review=0.9), COLUMNS))
    assert [(edge.left, edge.right, edge.score) for edge in edges] == [("core-__-1", "web-__-2", 0.97)]


def test_parquet_is_read(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="Parquet needs the package duckdb")
    path = tmp_path / "predictions.parquet"
    rows = "select 0.999944068152594::double match_probability, 'R0' unique_id_l, 7 unique_id_r"
    duckdb.sql(rows).write_parquet(str(path))
    assert read_predictions(path) == {
        "unique_id_l": ["R0"],
        "unique_id_r": ["7"],
        "match_probability": [0.999944068152594],
    }


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "predictions.csv"
    path.write_text(HEADER, encoding="utf-8")
    with pytest.raises(UnusableInput, match="unique_id_l, unique_id_r"):
        read_predictions(path)


def test_a_score_that_is_no_number_is_told_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "predictions.csv"
    path.write_text(HEADER + "9,0.97,core,web,1,2\n9,much,core,web,1,2\n", encoding="utf-8")
    with pytest.raises(InvalidValue) as refused:
        read_predictions(path, COLUMNS)
    assert (refused.value.path, refused.value.fault) == ("match_probability[1]", Fault.FORMAT)


def test_a_row_that_cannot_be_read_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "predictions.csv"
    path.write_text(HEADER + "9,0.97,core,web,1\n", encoding="utf-8")
    with pytest.raises(UnusableInput, match="line 2"):
        read_predictions(path, COLUMNS)
