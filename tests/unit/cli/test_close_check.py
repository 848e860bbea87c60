"""`custmaster close-check`: every hit with its remedy, the earliest day and the order; the number of an account is never repeated."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from custmaster.dedup.alias_events import AliasEvent, NumberClosed, NumberMerged, NumberOpened, NumberSplit
from custmaster.dedup.aliases import replay
from custmaster.wire.aliases import ledger_to_jsonl

CATALOGUE = Path(__file__).parents[3] / "docs" / "examples" / "catalogue.toml"
CARD, ACCOUNT = "6222000011112221", "0200000099998888"
CONTRACTS = (
    "number,product,customer,card,account,organisation,reference,state\n"
    f"C1,0300000004,6000000001,{CARD},,,,ACTIVE\n"
    f"C2,0300000005,6000000001,{CARD},,,,ACTIVE\n"
    f"C4,0200000001,6000000001,{CARD},,WATER,M-1,SUSPENDED\n"
    f"C5,0300000001,6000000001,,,,,ACTIVE\n"
    f"C6,0300000004,6000000002,,{ACCOUNT},,,TERMINATED\n"
)


@pytest.fixture
def ask(run: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    (tmp_path / "contracts.csv").write_text(CONTRACTS, encoding="utf-8")

    def asks(customer: str, *words: object, catalogue: Path = CATALOGUE) -> Any:
        named = ("--contracts", tmp_path / "contracts.csv", "--catalogue", catalogue, "--as-of", "2026-11-24")
        return run("close-check", customer, *named, *words)

    return asks


def test_a_card_is_barred_with_everything_that_bars_it(ask: Callable[..., Any]) -> None:
    ran = ask("6000000001", "--card", CARD, "--pending", "C4:2026-12-05", "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["outcome"], told["closes"], told["earliest"]) == (1, "REFUSED", "CARD", "2026-12-06")
    assert [(hit["contract"], hit["code"], hit["outcome"]) for hit in told["hits"]] == [
        ("C1", "CLOSING_MUST_END", "REFUSED"),
        ("C4", "CLOSING_ITEMS_PENDING", "REFUSED"),
        ("C2", "CLOSING_REMINDED", "ALLOWED"),
    ]
    assert told["to_end"] == ["C2", "C1", "C4"]
    assert CARD not in ran.out


def test_a_pending_item_without_a_day_has_no_earliest_day(ask: Callable[..., Any]) -> None:
    ran = ask("6000000001", "--card", CARD, "--pending", "C4")
    assert (ran.code, "nobody knows from which day" in ran.out, CARD in ran.out) == (1, True, False)


@pytest.mark.parametrize(
    ("customer", "words", "told"),
    [
        ("6000000009", (), True),
        ("6000000001", ("--card", "6222000011110000"), True),
        ("6000000001", ("--account", "0200000011110000"), True),
        ("6000000002", (), False),
        ("6000000002", ("--account", ACCOUNT), False),
    ],
)
def test_a_number_that_no_contract_has_is_told(
    ask: Callable[..., Any], customer: str, words: tuple[str, ...], told: bool
) -> None:
    ran = ask(customer, *words)
    assert (ran.code, "the register holds no contract of it" in ran.out) == (0, told)


@pytest.mark.parametrize(
    ("lang", "barred", "free"),
    [
        ("en", "it may not be closed before 2026-11-24", "it may be closed"),
        ("zh", "不能办理,最早 2026-11-24", "可以办理"),
    ],
)
def test_people_are_told_the_day_and_the_order(ask: Callable[..., Any], lang: str, barred: str, free: str) -> None:
    ran = ask("6000000001", "--lang", lang)
    assert (ran.code, barred in ran.out, "C2, C1, C4" in ran.out) == (1, True, True)
    ran = ask("6000000002", "--account", ACCOUNT, "--lang", lang)
    assert (ran.code, free in ran.out, ACCOUNT in ran.out) == (0, True, False)
    assert json.loads(ask("6000000002", "--account", ACCOUNT, "--json").out)["closes"] == "ACCOUNT"


@pytest.mark.parametrize("option", ["--account", "--card"])
def test_a_number_that_cannot_be_one_is_not_repeated(ask: Callable[..., Any], option: str) -> None:
    ran = ask("6000000001", option, "张伟" * 200)
    assert (ran.code, option in ran.err, "张伟" in ran.err) == (2, True, False)


def test_a_number_that_stands_twice_in_another_case_is_told(ask: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "contracts.csv").write_text(CONTRACTS + "c5,0300000001,6000000003,,,,,ACTIVE\n", encoding="utf-8")
    ran = ask("6000000001")
    assert (ran.code, "line 7 has a number that stands above" in ran.err) == (2, True)


@pytest.mark.parametrize("words", [("--pending", "C9"), ("--pending", "C4", "--pending", "C4")])
def test_pending_contracts_are_of_the_register_and_named_once(ask: Callable[..., Any], words: tuple[str, ...]) -> None:
    ran = ask("6000000001", *words)
    assert (ran.code, "pending" in ran.err) == (2, True)


def test_a_day_of_a_pending_item_is_a_day(ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        ask("6000000001", "--pending", "C4:soon")
    told = capsys.readouterr().err
    assert ("CONTRACT:YYYY-MM-DD" in told, "soon" in told) == (True, False)


def test_a_register_that_cannot_be_read_whole_is_not_used(ask: Callable[..., Any], tmp_path: Path) -> None:
    rows = "".join(f"C1,0300000004,600000000{at},{CARD},,,,LIVELY\n" for at in range(7))
    (tmp_path / "contracts.csv").write_text(
        CONTRACTS + "C1,0300000004,6000000001,,,,,ACTIVE\n" + rows, encoding="utf-8"
    )
    ran = ask("6000000001")
    assert ran.code == 2
    assert "line 7 has a number that stands above; line 8 cannot be read" in ran.err
    assert "and 3 more" in ran.err


def test_a_mapping_and_a_catalogue_in_csv(ask: Callable[..., Any], tmp_path: Path) -> None:
    text = "".join(
        f'{name} = "{name}"\n'
        for name in ("number", "product", "customer", "state", "card", "organisation", "reference")
    )
    (tmp_path / "m.toml").write_text(f"[fields]\n{text}", encoding="utf-8")
    mapped = ("--contracts-mapping", tmp_path / "m.toml")
    catalogue = CATALOGUE.with_suffix(".csv")
    assert ask("6000000001", *mapped, "--catalogue-version", "1", catalogue=catalogue).code == 1
    assert "--catalogue-version" in ask("6000000001", catalogue=catalogue).err
    assert ask("6000000001", "--catalogue-version", "1").code == 2


# --- numbers --------------------------------------------------------------------------------------------------------------


def ledger(folder: Path, *events: AliasEvent) -> Path:
    opened = [NumberOpened(number=f"600000000{at}", on=date(2020, 1, 1), request_id="T-1") for at in range(1, 5)]
    (folder / "ledger.jsonl").write_bytes(ledger_to_jsonl(replay([*opened, *events])))
    return folder / "ledger.jsonl"


def merged(number: str, into: str, on: date = date(2026, 1, 1)) -> NumberMerged:
    return NumberMerged(number=number, into=into, on=on, request_id="T-2")


def test_the_contracts_under_a_merged_number_are_those_of_the_survivor(ask: Callable[..., Any], tmp_path: Path) -> None:
    file = ledger(tmp_path, merged("6000000001", "6000000003"))
    for customer in ("6000000003", "6000000001"):
        ran = ask(customer, "--ledger", file, "--json")
        told = json.loads(ran.out)
        assert (ran.code, told["customer"], told["resolved"]) == (1, customer, "6000000003")
        assert {hit["contract"] for hit in told["hits"]} == {"C1", "C2", "C4", "C5"}
    assert "leads to 6000000003" in ask("6000000001", "--ledger", file).out
    said = ask("6000000003", "--ledger", file).out
    assert ("leads to" in said, "the register holds no contract of it" in said) == (False, False)
    assert json.loads(ask("6000000003", "--json").out)["hits"] == []


def test_a_number_merged_later_still_stands_for_itself(ask: Callable[..., Any], tmp_path: Path) -> None:
    file = ledger(tmp_path, merged("6000000001", "6000000003", date(2026, 12, 1)))
    assert json.loads(ask("6000000003", "--ledger", file, "--json").out)["hits"] == []


def test_a_customer_that_is_closed_already_is_told(ask: Callable[..., Any], tmp_path: Path) -> None:
    file = ledger(tmp_path, NumberClosed(number="6000000004", on=date(2026, 1, 1), request_id="T-2"))
    assert "CLOSED" in ask("6000000004", "--ledger", file).out
    assert json.loads(ask("6000000004", "--ledger", file, "--json").out)["status"] == "CLOSED"


@pytest.mark.parametrize(
    ("customer", "problem"),
    [
        ("6000000009", "the ledger holds no such number on this day"),
        ("6000000001", "it was split into 6000000003, 6000000004"),
    ],
)
def test_a_number_that_is_nobodys_is_not_closed(
    ask: Callable[..., Any], tmp_path: Path, customer: str, problem: str
) -> None:
    split = NumberSplit(number="6000000001", into=("6000000003", "6000000004"), on=date(2026, 1, 1), request_id="T-2")
    ran = ask(customer, "--ledger", ledger(tmp_path, split))
    assert (ran.code, problem in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "the ledger cannot be read"),
        ("{}", "(MISSING)"),
        ('{"schema":1,"number":"', "FORMAT"),
        (
            (
                '{"schema":1,"number":"6000000001","standings":['
                '{"status":"ACTIVE","since":"2020-01-01","request_id":"T-1"},'
                '{"status":"MERGED_INTO","since":"2020-01-02","request_id":"T-2","into":["6000000002"]}]}'
            ),
            "the ledger does not hold 6000000002",
        ),
    ],
)
def test_a_ledger_that_cannot_be_used_is_told(
    ask: Callable[..., Any], tmp_path: Path, text: str | None, problem: str
) -> None:
    if text is not None:
        (tmp_path / "l.jsonl").write_text(text + "\n", "utf-8")
    ran = ask("6000000001", "--ledger", tmp_path / "l.jsonl")
    assert (ran.code, problem in ran.err) == (2, True), ran.err


@pytest.mark.parametrize(
    ("customer", "problem"),
    [
        ("600000001", "numbers have 10 digits"),
        ("60000O0001", "digits only"),
        ("张伟张伟张伟张伟张伟", "digits only"),
        ("", "10"),
    ],
)
def test_a_customer_number_has_the_shape_of_the_number_plan(
    ask: Callable[..., Any], customer: str, problem: str
) -> None:
    ran = ask(customer)
    assert (ran.code, "CUSTOMER" in ran.err, problem in ran.err) == (2, True, True)
    assert not customer or customer not in ran.err


def test_only_collections_and_payments_have_items_under_way(ask: Callable[..., Any]) -> None:
    ran = ask("6000000001", "--pending", "C4", "--pending", "C1", "--pending", "C5:2026-12-01")
    assert (ran.code, "C1, C5" in ran.err, "C4" in ran.err) == (2, True, False)
    assert "neither collect nor pay" in ran.err


@pytest.mark.parametrize("written", ["6222 0000 1111 2221", "６２２２００００１１１１２２２１"])
def test_a_card_is_found_however_it_is_written(ask: Callable[..., Any], written: str) -> None:
    ran = ask("6000000001", "--card", written)
    assert (ran.code, "the register holds no contract of it" in ran.out) == (1, False)
