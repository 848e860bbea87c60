"""Every published vector is read as its publisher says, but for the disagreements named here."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from custmaster.value.identity import credit_code, organisation_code, resident
from custmaster.value.identity.registry import VERBS, Flag, NumberForm, read

pytestmark = pytest.mark.real

FORMS = {
    "CN_RIC": (NumberForm.RESIDENT, NumberForm.RESIDENCE_PERMIT, NumberForm.PERMANENT_RESIDENCE),
    "USCC": (NumberForm.CREDIT_CODE,),
    "LEI": (NumberForm.LEI,),
    "HK_ID": (NumberForm.HONG_KONG_ID,),
    "TW_ID": (NumberForm.TAIWAN_ID,),
    "ORG_CODE": (NumberForm.ORGANISATION_CODE,),
}

STRICT = "strict: birth date must fall in the life of the region code"
"""A rule level of one library. GB 11643-1999, 4.2.1: the region is that of the place of registration "按 GB/T 2260 的规定执行"; a number
given later to somebody born earlier carries the region of that later day, so the birth date need not fall in the region's life.
The same number stands in the file as valid under the lenient level."""

FUJIAN = "real code outside the standard"
"""GB 32100-2015, 4.7, would refuse the last character of these two; they were given out in Fujian's pilot and are in use. Characters
9-17 obey GB 11714. Accepted, with a finding."""


@pytest.fixture(scope="module")
def vectors(shared: Path) -> list[dict[str, str]]:
    with (shared / "data" / "id_vectors" / "vectors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accepted(row: dict[str, str]) -> bool:
    return any(VERBS[form].is_valid(row["value"]) for form in FORMS[row["kind"]])


def disagreement(row: dict[str, str]) -> str | None:
    """The name of the disagreement that a row falls under."""
    if row["rule_level"] == STRICT:
        return "STRICT"
    return "FUJIAN" if FUJIAN in row["note"] else None


def test_every_verdict_is_that_of_the_publisher(vectors: list[dict[str, str]]) -> None:
    verdicts = [row for row in vectors if row["kind"] in FORMS]
    assert len(verdicts) == 299 - 1
    named: Counter[str] = Counter()
    for row in verdicts:
        name = disagreement(row)
        if name is not None:
            named[name] += 1
            assert accepted(row)
            assert row["expected"] == "invalid"
        else:
            assert accepted(row) is (row["expected"] == "valid"), (row["kind"], row["value"])
    assert named == {"STRICT": 1, "FUJIAN": 2}


def test_no_row_is_left_out(vectors: list[dict[str, str]]) -> None:
    assert {row["kind"] for row in vectors} - set(FORMS) == {"CN_RIC_15_TO_18"}


def test_the_fujian_codes_are_accepted_with_a_flag(vectors: list[dict[str, str]]) -> None:
    flagged = {
        row["value"]
        for row in vectors
        if row["kind"] == "USCC"
        and accepted(row)
        and Flag.PILOT_CODE in read(NumberForm.CREDIT_CODE, row["value"]).flags
    }
    assert flagged == {"91350211M0000XUF46", "91350203M0001FUE2P"}


def test_the_published_upgrade_is_made(vectors: list[dict[str, str]]) -> None:
    for row in vectors:
        if row["kind"] == "CN_RIC_15_TO_18":
            short, long = row["value"].split(">")
            assert resident.upgrade(short) == long


def test_every_credit_code_holds_the_published_organisation_code(shared: Path) -> None:
    with (shared / "data" / "id_vectors" / "org_codes_from_uscc.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 216
    for row in rows:
        assert organisation_code.format(row["org_code"]) == row["org_code"]
        assert credit_code.organisation_code(row["from_uscc"]) == organisation_code.compact(row["org_code"])
