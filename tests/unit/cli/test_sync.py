"""`custmaster sync explain` and `table`: the cell, the sentence it comes from, what happens next; refusals; other handbooks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from custmaster.handbook import default_text

DAY = ("--as-of", "2026-11-23")


@pytest.fixture
def explain(run: Callable[..., Any]) -> Callable[..., Any]:
    def explains(number: str, system: str, operation: str, *words: str) -> Any:
        return run("sync", "explain", number, "--system", system, "--operation", operation, *DAY, *words)

    return explains


@pytest.mark.parametrize(
    ("number", "system", "operation", "code", "scope", "receiver"),
    [
        ("6000000001", "BP", "create", 0, "FULL", "EUSP"),
        ("6000000001", "EUSP", "change-nonkey", 0, "KEY", "BP"),
        ("1000000001", "EUSP", "change-key", 0, "FULL", "BP"),
        ("1000000001", "BP", "relation", 0, "KEY", "EUSP"),
        ("1000000001", "EUSP", "reassign", 0, "HANDOFF", "BP"),
        ("1000000001", "BP", "no-change", 0, "NONE", None),
        ("1000000001", "BP", "create", 1, "REJECT", None),
    ],
)
def test_the_answer_as_json(
    explain: Callable[..., Any], number: str, system: str, operation: str, code: int, scope: str, receiver: str | None
) -> None:
    ran = explain(number, system, operation, "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["scope"], answer["receiver"]) == (code, scope, receiver)
    assert (answer["number"], answer["system"], answer["cause"]) == (number, system, "USER")
    assert answer["operation"] == operation.upper().replace("-", "_")
    assert answer["reasons"]
    assert answer["sentences"]


def test_people_read_the_cell_its_sentence_and_what_follows(explain: Callable[..., Any]) -> None:
    ran = explain("6000000001", "EUSP", "change-nonkey")
    for text in (
        "sent: KEY  EUSP -> BP", "R-70 之后的修改,eusp仅同步关键信息到bp,bp同步全字段信息到eusp", "A5: settled by sync.peer_nonkey",
        "next: BP answers with all shared fields (FULL)", "the answer of BP reverts it",
    ):  # fmt: skip
        assert text in ran.out
    zh = explain("6000000001", "EUSP", "change-key", "--lang", "zh").out
    assert "发送: KEY  EUSP -> BP" in zh
    assert "A1: 只有一种读法成立" in zh
    assert "随后: BP 处理后以全字段（FULL）应答" in zh


@pytest.mark.parametrize("number", ["3000000001", "600000000", "CANARY", "44052419880101002X", "６０００００００００"])
@pytest.mark.parametrize("words", [(), ("--json",), ("--lang", "zh")])
def test_a_number_in_no_range_is_refused_and_not_repeated(
    explain: Callable[..., Any], number: str, words: tuple[str, ...]
) -> None:
    ran = explain(number, "BP", "change-key", *words)
    assert ran.code == 1
    assert "no range" in ran.out or "不在任何号段" in ran.out
    assert number not in ran.out + ran.err
    if words == ("--json",):
        answer = json.loads(ran.out)
        assert [one["code"] for one in answer["reasons"]] == ["NUMBER_IN_NO_RANGE"]
        assert (answer["number"], answer["role"], answer["sentences"]) == (None, None, [])


def test_a_merge_names_its_survivor(explain: Callable[..., Any]) -> None:
    def merged(system: str, survivor: str) -> tuple[int, str]:
        ran = explain("6000000001", system, "merge", "--survivor", survivor, "--json")
        return ran.code, json.loads(ran.out)["reasons"][0]["code"]

    assert merged("EUSP", "6000000002") == (0, "KEY_FROM_PEER")
    assert merged("BP", "1000000002") == (0, "FULL_FROM_OWNER")
    assert merged("EUSP", "1000000002") == (1, "NOT_THE_COORDINATOR")
    assert merged("BP", "3000000002") == (1, "NUMBER_IN_NO_RANGE")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("6000000001", "CDM", "create"), "one of BP, EUSP"),
        (("6000000001", "BP", "create", "--survivor", "6000000002"), "only a user's merge"),
        (("6000000001", "BP", "merge", "--cause", "load", "--survivor", "6000000002"), "only a user's merge"),
    ],
)
def test_what_cannot_be_asked(explain: Callable[..., Any], words: tuple[str, ...], told: str) -> None:
    ran = explain(*words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_cause_can_be_named(explain: Callable[..., Any]) -> None:
    for cause, code in (("replica", "APPLIED_BY_SYNC"), ("load", "STOCK_NOT_SENT")):
        answer = json.loads(explain("6000000001", "BP", "create", "--cause", cause, "--json").out)
        assert [one["code"] for one in answer["reasons"]] == [code]


@pytest.fixture
def other_handbook(tmp_path: Path) -> Callable[[str, str], Path]:
    def writes(old: str, new: str) -> Path:
        assert old in default_text()
        file = tmp_path / "bank.toml"
        file.write_text(default_text().replace(old, new), encoding="utf-8")
        return file

    return writes


def test_the_bank_s_readings_decide(explain: Callable[..., Any], other_handbook: Callable[[str, str], Path]) -> None:
    file = other_handbook('value = "REPORT"', 'value = "FORBID"')
    ran = explain("6000000001", "EUSP", "change-nonkey", "--handbook", str(file), "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["scope"], answer["reasons"][0]["code"]) == (1, "REJECT", "EDIT_FORBIDDEN")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('fields = ["name", "birth_date"]', 'fields = ["name", "mobile"]', "sync.groups.person"),
        ('owner = "EUSP"', 'owner = "BP"', "between the two systems"),
        ('value = "BP"', 'value = "XX"', "sync.merge_coordinator"),
    ],
)
def test_a_handbook_of_which_no_sync_can_be_made(
    run: Callable[..., Any], other_handbook: Callable[[str, str], Path], old: str, new: str, told: str
) -> None:
    ran = run("sync", "table", "--handbook", other_handbook(old, new), *DAY)
    assert (ran.code, ran.out) == (2, "")
    assert "bank.toml" in ran.err
    assert told in ran.err


def test_the_table_is_a_list_of_its_cells(run: Callable[..., Any], other_handbook: Callable[[str, str], Path]) -> None:
    cells = json.loads(run("sync", "table", "--json", *DAY).out)
    assert len(cells) == 48
    assert Counter(cell["scope"] for cell in cells) == {"FULL": 6, "KEY": 5, "HANDOFF": 1, "NONE": 32, "REJECT": 4}
    assert len({(cell["operation"], cell["role"], cell["cause"]) for cell in cells}) == 48
    assert all(cell["sentences"] for cell in cells)
    file = other_handbook('note = "存量…发生修改时', 'note = "x')  # the same readings under another stamp
    assert json.loads(run("sync", "table", "--json", "--handbook", file, *DAY).out) == cells
    loading = other_handbook('[[sync.initial_load]]  # 存量\nfrom = 2012-08-24\nvalue = "NONE"',
                             '[[sync.initial_load]]  # 存量\nfrom = 2012-08-24\nvalue = "FULL"')  # fmt: skip
    found = json.loads(run("sync", "table", "--json", "--handbook", loading, *DAY).out)
    assert Counter(cell["scope"] for cell in found)["FULL"] == 12


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_for_people_has_a_row_for_each_operation_and_cause(run: Callable[..., Any], lang: str) -> None:
    ran = run("sync", "table", "--lang", lang, *DAY)
    rows = [line for line in ran.out.splitlines() if line.startswith("│")]
    assert (ran.code, len(rows)) == (0, 24)
    assert any("CHANGE_NONKEY" in row and "FULL" in row and "KEY" in row and "A5" in row for row in rows)
