"""The example mappings on public data: everything is read, and what is remarked on is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from custmaster.value.party import PartyKind
from custmaster.wire import Structured, compile_structure, load_mapping, open_table

pytestmark = pytest.mark.real
ROOT = Path(__file__).resolve().parent.parent.parent


def structured(path: Path, example: str) -> list[tuple[int, Structured]]:
    mapping = load_mapping((ROOT / "docs" / "examples" / example).read_text(encoding="utf-8"), example)
    with open_table(path, mapping) as table:
        structure = compile_structure(mapping, table.header, typed=table.typed)
        return [(row.line, structure(row)) for row in table.rows]


def codes(found: list[tuple[int, Structured]]) -> Counter[tuple[str, str]]:
    return Counter((remark.field, str(remark.reason.code)) for _, one in found for remark in one.remarks)


def test_the_senzing_customers(shared: Path) -> None:
    found = structured(shared / "data" / "senzing_truth_set" / "customers.csv", "senzing.toml")
    entries = [one.entry for _, one in found if one.entry is not None]
    assert len(entries) == len(found) == 120
    assert all(entry.name is not None for entry in entries)
    assert Counter(entry.kind for entry in entries) == {PartyKind.PERSON: 114, PartyKind.UNIT: 6}
    assert sum(entry.birth_date is not None for entry in entries) == 64
    assert sum(len(entry.documents) for entry in entries) == 15 + 11 + 8 + 4
    # 12/11/1978, 11/12/1978, 11/12/1979, 3/1/1970: read by two of the listed patterns as two days.
    assert codes(found) == {("birth_date", "DATE_AMBIGUOUS"): 5}
    assert [line for line, one in found if one.remarks] == [2, 3, 4, 5, 7]


def test_the_historical_figures_without_documents(shared: Path) -> None:
    pytest.importorskip("duckdb")
    path = shared / "data" / "splink" / "historical_figures_with_errors_50k.parquet"
    found = structured(path, "historical.toml")
    assert len(found) == 50_578
    assert codes(found) == {("birth_date", "DATE_UNREADABLE"): 2904, ("sex", "CODE_UNKNOWN"): 30}


def test_the_impossible_days_are_impossible_by_sql_too(shared: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = shared / "data" / "splink" / "historical_figures_with_errors_50k.parquet"
    sql = "SELECT count(*) FROM read_parquet(?) WHERE dob IS NOT NULL AND (TRY_CAST(dob AS DATE) IS NULL OR NOT regexp_full_match(dob, '[0-9]{4}-[0-9]{2}-[0-9]{2}'))"
    assert duckdb.connect().execute(sql, [str(path)]).fetchall() == [(2904,)]
