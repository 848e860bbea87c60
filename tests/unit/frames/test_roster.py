"""The sheets of a roster review as tables of each library: the same rows, codes in place of words, numbers of the bank as text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import attrs
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from custmaster.decision import Citation, Outcome, Reason
from custmaster.errors import UnusableInput
from custmaster.frames import roster_frames
from custmaster.report.roster_known import known
from custmaster.report.roster_sheets import SHEETS, sheets

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
from made_up_bank import bank

SMALL = bank(3)
LIBRARIES = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.Table}


def listed(frame: Any) -> list[dict[str, Any]]:
    if isinstance(frame, pd.DataFrame):
        return frame.astype(object).where(frame.notna(), None).to_dict("records")
    return frame.to_dicts() if isinstance(frame, pl.DataFrame) else frame.to_pylist()


@pytest.mark.parametrize("backend", LIBRARIES)
def test_every_library_gets_the_same_rows(backend: str) -> None:
    got = roster_frames(*SMALL, backend)
    want = roster_frames(*SMALL, "pyarrow")
    assert list(got) == list(SHEETS)
    assert {type(one) for one in got.values()} == {LIBRARIES[backend]}
    for key, frame in got.items():
        assert listed(frame) == want[key].to_pylist()


def test_the_rows_are_those_of_the_workbook() -> None:
    made = {one.key: one for one in sheets(*SMALL, known(SMALL[1], reveal=False))}
    for key, frame in roster_frames(*SMALL, "pyarrow").items():
        assert frame.num_rows == len(made[key].rows)
        assert frame.column_names == [one.key for one in made[key].columns]


def test_codes_stay_codes_and_counts_are_whole_numbers() -> None:
    reason = Reason(code=Outcome.REVIEW, outcome=Outcome.REVIEW, citation=Citation(article="R-10"))
    made = attrs.evolve(SMALL[0], share=attrs.evolve(SMALL[0].share, reasons=(reason, reason)))
    got = roster_frames(made, SMALL[1], "pyarrow")
    first = got["staff"].to_pylist()[0]
    assert (first["outlet"], first["posts"], first["met"], first["missing"]) == ("0101", "OUTLET_HEAD", "NO", 5)
    assert first["levels"] == "普通=5;金卡=13;白金卡=2"
    assert first["staff_name"] == "赵*"
    share = got["summary"].to_pylist()[-1]
    assert (share["begin"], share["note"]) == (None, "REVIEW;REVIEW")
    assert got["summary"].schema.field("missing").type == pa.int64()
    changed = got["changes"].to_pylist()
    assert {one["before"] for one in changed} >= {"", "普通"}


def test_names_are_read_only_on_request() -> None:
    assert roster_frames(*SMALL, "pyarrow", reveal=True)["staff"].to_pylist()[0]["staff_name"] == "赵伟"


@pytest.mark.parametrize("backend", ["duckdb", "spam"])
def test_another_library_is_refused(backend: str) -> None:
    with pytest.raises(UnusableInput, match="pandas, polars or pyarrow"):
        roster_frames(*SMALL, backend)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnusableInput, match="narwhals and modin"):
        roster_frames(*SMALL, "modin")
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(UnusableInput, match="narwhals and polars"):
        roster_frames(*SMALL, "polars")
