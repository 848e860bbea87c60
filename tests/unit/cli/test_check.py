"""`custmaster check` on a fictional bank whose faults are known by name."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from custmaster.sim import FICTIONAL_DAY, SampleFault, fictional_customers, sample_mapping, write_customers

DAY = FICTIONAL_DAY.isoformat()

# What each fault put in must lead to; written from the fault's description, before the rules were run on a sample.
EXPECTED: dict[SampleFault, str] = {
    SampleFault.WRONG_CHECK_DIGIT: "DOCUMENT_CHECK_DIGIT",
    SampleFault.NUMBER_TOO_SHORT: "DOCUMENT_LENGTH",
    SampleFault.IMPOSSIBLE_DATE_IN_NUMBER: "DOCUMENT_DATE",
    SampleFault.UNKNOWN_REGION: "DOCUMENT_REGION",
    SampleFault.FIFTEEN_DIGIT_NUMBER: "DOCUMENT_HISTORICAL_FORM",
    SampleFault.FULL_WIDTH_NUMBER: "DOCUMENT_NEEDS_TIDYING",
    SampleFault.NUMBER_MISSING: "DOCUMENT_MISSING",
    SampleFault.UNKNOWN_TYPE_CODE: "CODE_UNKNOWN",
    SampleFault.BIRTH_DATE_DIFFERS: "BIRTH_DATE_DIFFERS",
    SampleFault.SEX_DIFFERS: "SEX_DIFFERS",
    SampleFault.IMPOSSIBLE_BIRTH_DATE: "DATE_UNREADABLE",
    SampleFault.EXPIRED_DOCUMENT: "DOCUMENT_EXPIRED",
    SampleFault.EXPIRY_BEFORE_ISSUE: "EXPIRY_BEFORE_ISSUE",
    SampleFault.LONG_TERM_TOO_YOUNG: "EXPIRY_NOT_BY_AGE",
    SampleFault.INVISIBLE_IN_NAME: "TEXT_INVISIBLE",
    SampleFault.DAMAGED_NAME: "TEXT_DAMAGED",
    SampleFault.PLACEHOLDER_NAME: "NAME_PLACEHOLDER",
    SampleFault.NAME_MISSING: "NAME_MISSING",
    SampleFault.BAD_MOBILE: "PHONE_INVALID",
    SampleFault.PLACEHOLDER_MOBILE: "PHONE_PLACEHOLDER",
}


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a customer file, its mapping, and the truth about its faults."""
    folder = tmp_path_factory.mktemp("bank")
    file, truth = folder / "customers.csv", folder / "truth.csv"
    with (
        file.open("w", encoding="utf-8", newline="") as stream,
        truth.open("w", encoding="utf-8", newline="") as answers,
    ):
        write_customers(stream, fictional_customers(3000, seed=7, faults=200), truth=answers)
    (folder / "map.toml").write_text(sample_mapping(), encoding="utf-8")
    return folder


def check(run: Callable[..., object], bank: Path, file: str = "customers.csv", *more: str) -> object:
    return run("check", bank / file, "--mapping", bank / "map.toml", "--as-of", DAY, *more)


def truth_of(bank: Path) -> dict[str, SampleFault]:
    rows = csv.DictReader(io.StringIO((bank / "truth.csv").read_text("utf-8")))
    return {row["line"]: SampleFault(row["fault"]) for row in rows}


def found_in(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        finding = json.loads(line)
        if finding["severity"] != "note" or finding["code"] == "DOCUMENT_NEEDS_TIDYING":
            found[str(finding["line"])].add(finding["code"])
    return found


def test_every_fault_put_in_is_found_and_nobody_else_is_blamed(run: Callable[..., object], bank: Path) -> None:
    out = bank / "findings.jsonl"
    ran = check(run, bank, "customers.csv", "--out", str(out), "--rules-only")  # two look alike by chance
    truth, found = truth_of(bank), found_in(out)
    assert ran.code == 1  # type: ignore[attr-defined]
    assert set(EXPECTED) == set(SampleFault)
    assert {line: EXPECTED[fault] for line, fault in truth.items() if EXPECTED[fault] not in found[line]} == {}
    assert {line: codes for line, codes in found.items() if line not in truth and codes} == {}
    assert len(set(truth.values())) == len(SampleFault), "a sample this large holds every fault"


def test_a_clean_file_is_exit_code_0(run: Callable[..., object], bank: Path, tmp_path: Path) -> None:
    file, out = tmp_path / "clean.csv", tmp_path / "findings.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        sound = (one for one in fictional_customers(300, seed=7, faults=0) if one.document_type in ("01", "02"))
        write_customers(stream, sound)
    ran = run("check", file, "--mapping", bank / "map.toml", "--as-of", DAY, "--out", out)
    assert (ran.code, ran.err) == (0, "")  # type: ignore[attr-defined]
    assert out.read_text("utf-8-sig").splitlines() == ['"line","record","field","severity","code","message","article"']


def test_json_is_one_object_and_nothing_else(run: Callable[..., object], bank: Path) -> None:
    ran = check(run, bank, "customers.csv", "--json")
    answer = json.loads(ran.out)  # type: ignore[attr-defined]
    assert answer["rows"] == 3000
    assert answer["findings"] == sum(code["count"] for code in answer["codes"])
    assert ran.err == ""  # type: ignore[attr-defined]


def test_the_summary_in_chinese(run: Callable[..., object], bank: Path) -> None:
    out = check(run, bank, "customers.csv", "--lang", "zh").out  # type: ignore[attr-defined]
    assert "证件号码校验位不符" in out
    assert "check character" not in out


def test_shuffled_rows_give_the_same_findings(run: Callable[..., object], bank: Path) -> None:
    head, *rows = (bank / "customers.csv").read_text("utf-8").splitlines(keepends=True)
    random.Random(3).shuffle(rows)
    (bank / "shuffled.csv").write_text(head + "".join(rows), encoding="utf-8")
    both = []
    for name in ("customers.csv", "shuffled.csv"):
        out = bank / f"{name}.out.csv"
        check(run, bank, name, "--out", str(out))
        both.append(sorted(line.split(",", 1)[1] for line in out.read_text("utf-8-sig").splitlines()))
    assert both[0] == both[1]


def test_a_broken_row_is_a_finding_and_the_rest_goes_on(run: Callable[..., object], bank: Path) -> None:
    lines = (bank / "customers.csv").read_text("utf-8").splitlines(keepends=True)
    lines[5:5] = ["only,three,cells\n"]
    (bank / "broken.csv").write_text("".join(lines), encoding="utf-8")
    answer = json.loads(check(run, bank, "broken.csv", "--json").out)  # type: ignore[attr-defined]
    assert answer["rows"] == 3001
    assert [code["first_line"] for code in answer["codes"] if code["code"] == "ROW_CELLS"] == [6]
