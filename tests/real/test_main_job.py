"""The main job on public files: it runs, and what it finds is what inspection finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from custmaster.cli import main

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
pytestmark = pytest.mark.real


def found(file: Path, mapping: str, tmp_path: Path) -> list[tuple[str | None, str, str]]:
    out = tmp_path / "findings.jsonl"
    words = ["check", str(file), "--mapping", str(EXAMPLES / mapping), "--as-of", "2026-11-23", "--out", str(out)]
    assert main([*words, "--json"]) == 1
    lines = map(json.loads, out.read_text("utf-8").splitlines())
    return [(line["record"], line["field"], line["code"]) for line in lines]


def test_senzing_customers(shared: Path, tmp_path: Path) -> None:
    findings = found(shared / "data" / "senzing_truth_set" / "customers.csv", "senzing.toml", tmp_path)
    by_code: dict[str, set[str | None]] = {}
    for record, _, code in findings:
        by_code.setdefault(code, set()).add(record)
    # Read off the file: day and month are both at most 12 and differ, with four digits of year.
    assert by_code["DATE_AMBIGUOUS"] == {"1001", "1002", "1003", "1004", "1009"}
    # American numbers without +1: no number of this form exists where the bank is. With +39 or +91 they are numbers abroad.
    assert "1001" in by_code["PHONE_INVALID"]
    assert not {"1086", "1092", "2152"} & by_code["PHONE_INVALID"]
    # 1009 has a social security number, 1079 and 1080 a driving licence, 2011 nothing at all.
    assert not {"1009", "1079", "1080"} & by_code["DOCUMENT_MISSING"]
    assert "2011" in by_code["DOCUMENT_MISSING"]
    # Nobody is without a name: it is in parts, whole, an organisation's, or in its own script.
    assert "NAME_MISSING" not in by_code
    assert "TEXT_DAMAGED" not in by_code


def test_historical_figures_without_documents(shared: Path, tmp_path: Path) -> None:
    file = shared / "data" / "splink" / "historical_figures_with_errors_50k.parquet"
    codes = {code for _, _, code in found(file, "historical.toml", tmp_path)}
    assert "DOCUMENT_MISSING" not in codes, "a file without document columns is not told so in every row"
    assert {"BIRTH_DATE_TOO_EARLY", "DATE_UNREADABLE", "NAME_MISSING"} <= codes
