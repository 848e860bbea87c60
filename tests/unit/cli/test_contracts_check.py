"""`custmaster contracts check` and the fictional register that it is tried on."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from custmaster.dedup.alias_events import NumberClosed, NumberMerged, NumberOpened
from custmaster.dedup.aliases import replay
from custmaster.sim.contracts import CONTRACT_HEADER, fictional_holders, holder_number, write_contracts
from custmaster.wire.aliases import ledger_to_jsonl

CATALOGUE = Path(__file__).parents[3] / "docs" / "examples" / "catalogue.toml"
DAY = "2026-11-23"
Run = Callable[..., Any]


def register(path: Path, *rows: dict[str, str]) -> Path:
    whole = {"product": "0300000002", "customer": "6000000001", "state": "ACTIVE"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, CONTRACT_HEADER, restval="")
        writer.writeheader()
        writer.writerows(whole | row for row in rows)
    return path


def check(run: Run, file: Path, *words: object) -> Any:
    return run("contracts", "check", file, "--catalogue", CATALOGUE, "--as-of", DAY, *words)


def test_a_clean_register_ends_with_0_and_writes_a_header_alone(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "findings.csv"
    ran = check(run, register(tmp_path / "c.csv", {"number": "C1"}), "--out", out, "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["findings"] == 0
    assert len(out.read_text("utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_what_was_put_in_is_counted_by_code_and_category(run: Run, tmp_path: Path, engine: str) -> None:
    file, holders, out = (tmp_path / name for name in ("c.csv", "h.csv", "f.jsonl"))
    with file.open("w", encoding="utf-8", newline="") as stream:
        truth = write_contracts(stream, 300, seed=5, faults=300)
    holders.write_text("\n".join(["customer_number", *map(holder_number, range(300))]), "utf-8")
    ran = check(run, file, "--customers", holders, "--out", out, "--engine", engine, "--json")
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert {row["code"]: row["count"] for row in answer["codes"]} == Counter(code for code, _ in truth)
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert Counter((one["code"], one["record"]) for one in told) == Counter(truth)
    by_category = Counter[str]()
    for codes in answer["categories"].values():
        by_category.update(codes)
    assert by_category == Counter(code for code, _ in truth)


def test_no_account_card_or_reference_stands_in_the_findings(run: Run, tmp_path: Path) -> None:
    secret = {"account": "622200001111", "reference": "CANARY7", "card": "622848000000"}
    rows = [{"number": f"C{at}", "product": "0100000001", "organisation": "B", **secret} for at in range(8)]
    rows += [{"number": "C9", "state": "CANARY9", "channels": "canary8", "valid_until": "CANARY5"}]
    out = tmp_path / "f.jsonl"
    ran = check(run, register(tmp_path / "c.csv", *rows), "--out", out)
    text = out.read_text("utf-8") + ran.out + ran.err
    assert "SIGNED_TWICE" in text
    assert "DATE_UNREADABLE" in text
    for value in (*secret.values(), "CANARY", "canary"):
        assert value not in text


def test_a_group_is_named_once_with_its_first_five_numbers_and_a_count(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "f.jsonl"
    rows = [{"number": f"C{at}"} for at in (7, 3, 5, 1, 6, 2, 4)]
    check(run, register(tmp_path / "c.csv", *rows), "--out", out)
    (found,) = map(json.loads, out.read_text("utf-8").splitlines())
    assert (found["line"], found["record"], found["facts"]["count"]) == (5, "C1", 7)
    assert found["facts"]["numbers"] == "C1, C2, C3, C4, C5, …"


def test_a_customer_is_absent_merged_or_closed(run: Run, tmp_path: Path) -> None:
    day = date(2026, 1, 1)
    opened = [NumberOpened(number=number, on=day, request_id="T-1") for number in ("1", "2", "3")]
    merged = NumberMerged(number="1", into="2", on=day, request_id="T-2")
    ledger = replay([*opened, merged, NumberClosed(number="3", on=day, request_id="T-3")])
    (tmp_path / "l.jsonl").write_bytes(ledger_to_jsonl(ledger))
    rows = [{"number": f"C{customer}", "customer": customer} for customer in "1234"]
    rows.append({"number": "C5", "customer": "1", "product": "0300000001", "state": "TERMINATED"})
    file = register(tmp_path / "c.csv", *rows)
    holders = tmp_path / "h.csv"
    holders.write_text("no\n2\n4\n", "utf-8")
    (tmp_path / "h.toml").write_text('[fields]\ncustomer_number = "no"\nname = "no name"\n', "utf-8")
    by_ledger = json.loads(check(run, file, "--ledger", tmp_path / "l.jsonl", "--json").out)
    assert {row["code"]: row["count"] for row in by_ledger["codes"]} == {"HOLDER_ABSENT": 1, "HOLDER_NOT_ACTIVE": 2}
    words = ["--customers", holders, "--customers-mapping", tmp_path / "h.toml", "--json"]
    by_file = json.loads(check(run, file, *words).out)
    assert {row["code"]: row["count"] for row in by_file["codes"]} == {"HOLDER_ABSENT": 3}
    both = json.loads(check(run, file, *words, "--ledger", tmp_path / "l.jsonl").out)
    assert {row["code"]: row["count"] for row in both["codes"]} == {"HOLDER_NOT_ACTIVE": 2}


def test_a_register_is_read_by_its_mapping_in_chinese(run: Run, tmp_path: Path) -> None:
    file, mapping, out = tmp_path / "c.csv", tmp_path / "m.toml", tmp_path / "f.csv"
    file.write_text("编号,产品,客户,状态,到期\nC1,0300000002,6,1,20261122\nC2,0300000002,7,8,\n,1,1,1,\n", "utf-8")
    mapping.write_text(
        '[fields]\nnumber = "编号"\nproduct = "产品"\ncustomer = "客户"\nstate = "状态"\nvalid_until = "到期"\n'
        '[values.state]\n"1" = "ACTIVE"\n[dates]\ndefault = "YYYYMMDD"\n',
        "utf-8",
    )
    ran = check(run, file, "--mapping", mapping, "--lang", "zh", "--out", out)
    assert ran.code == 1
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [(row["line"], row["code"]) for row in rows] == [
        ("2", "EXPIRED_BUT_LIVE"),
        ("3", "CODE_UNKNOWN"),
        ("4", "CELL_EMPTY"),
    ]
    assert rows[0]["message"].startswith("签约自 2026-11-23 起已逾有效期")


def test_too_many_contracts_of_one_customer_are_told_and_not_compared(run: Run, tmp_path: Path) -> None:
    some = [{"number": f"A{at}", "product": "0300000005", "account": f"{at}"} for at in range(1001)]
    answer = json.loads(check(run, register(tmp_path / "c.csv", *some), "--json").out)
    assert {row["code"]: row["count"] for row in answer["codes"]} == {"FAMILY_TOO_LARGE": 1}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--customers-mapping", "m.toml"], "there is no customer file"),
        (["--catalogue-version", "1"], "it states its own version"),
        (["--ledger", "nothing.jsonl"], "the ledger cannot be read"),
        (["--out", "findings.xml"], "tells no format"),
        (["--mapping", "nothing.toml"], "No such file"),
        (["--customers", "nothing.csv"], "there is no such file"),
    ],
)
def test_what_cannot_be_used_ends_with_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], problem: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = check(run, register(tmp_path / "c.csv", {"number": "C1"}), *words)
    assert ran.code == 2
    assert problem in ran.err


def test_a_file_without_the_columns_asks_for_a_mapping(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("编号,产品\n1,2\n", "utf-8")
    ran = check(run, tmp_path / "c.csv")
    assert ran.code == 2
    assert "--mapping FILE" in ran.err


def test_a_catalogue_in_csv_needs_its_version(run: Run, tmp_path: Path) -> None:
    file = register(tmp_path / "c.csv", {"number": "C1"})
    words = ["contracts", "check", file, "--as-of", DAY, "--catalogue", CATALOGUE.with_suffix(".csv")]
    assert run(*words).code == 2
    assert run(*words, "--catalogue-version", "2026.1").code == 0


def test_the_sample_writes_a_register(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "c.csv"
    assert run("sample", "--contracts", "--customers", 3, "--seed", 1, "--out", out).code == 0
    assert len(out.read_text("utf-8").splitlines()) == 16
    assert run("sample", "--contracts", "--out", tmp_path / "none" / "c.csv").code == 2


def test_a_longer_register_begins_with_the_shorter_one() -> None:
    short, long = (list(fictional_holders(count, seed=9, faults=500)) for count in (40, 60))
    assert long[:40] == short
    assert {one.fault for one in long} > {None}


def test_a_register_of_an_impossible_size_is_refused() -> None:
    for count, faults in ((-1, 0), (1, 1001)):
        with pytest.raises(ValueError, match="RANGE"):
            fictional_holders(count, seed=1, faults=faults)
