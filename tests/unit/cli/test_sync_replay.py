"""`custmaster sync replay`: the summary for people and programs, the plan as a file, and bad lines named without what stands in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DAY = ("--as-of", "2026-11-23")
ROWS = [
    {"number": "6000000001", "system": "BP", "operation": "CREATE"},
    {"number": "6000000001", "system": "EUSP", "changed": ["name", "mobile"]},
    {"number": "1000000001", "system": "BP", "changed": ["mobile"], "cause": "REPLICA"},
    {"number": "3000000001", "system": "BP", "changed": ["mobile"]},
    {"number": "6000000001", "system": "EUSP", "operation": "MERGE", "survivor": "1000000001"},
    {"number": "6000000001", "system": "EUSP"},
]


@pytest.fixture
def replay(run: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    def replays(rows: list[dict[str, Any]], *words: object) -> Any:
        file = tmp_path / "changes.jsonl"
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return run("sync", "replay", file, *DAY, *words)

    return replays


def test_the_summary_as_json(replay: Callable[..., Any]) -> None:
    ran = replay(ROWS, "--json")
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert (answer["lines"], answer["bad"], answer["messages"], answer["reverting"]) == (6, 1, 5, 1)
    assert answer["scopes"] == {"FULL": 1, "KEY": 1, "NONE": 1, "HANDOFF": 0, "REJECT": 2}
    assert answer["systems"] == {
        "BP": {"FULL": 1, "KEY": 0, "HANDOFF": 0, "answers": 1, "acknowledgements": 0},
        "EUSP": {"FULL": 0, "KEY": 1, "HANDOFF": 0, "answers": 0, "acknowledgements": 2},
    }
    assert answer["refusals"] == {"NOT_THE_COORDINATOR": 1, "NUMBER_IN_NO_RANGE": 1}
    assert answer["problems"] == [
        {
            "line": 6,
            "field": "operation",
            "fault": "AMBIGUOUS",
            "problem": "can be read in more than one way",
            "remedy": "write either operation or changed",
        }
    ]


def test_the_plan_of_each_change_as_a_file(replay: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "plan.jsonl"
    assert replay(ROWS, "--out", out).code == 1
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(one["line"], one["scope"], one["sender"], one["receiver"]) for one in lines] == [
        (1, "FULL", "BP", "EUSP"),
        (2, "KEY", "EUSP", "BP"),
        (3, "NONE", None, None),
        (4, "REJECT", None, None),
        (5, "REJECT", None, None),
    ]
    assert lines[1]["operations"] == ["CHANGE_KEY", "CHANGE_NONKEY"]
    assert (lines[1]["local_nonkey_survives"], lines[1]["next"]) == (False, "NEXT_ANSWERED_BY_FULL")
    assert [one["number"] for one in lines] == ["6000000001", "6000000001", "1000000001", None, "6000000001"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_people_read_counts_refusals_and_problems(replay: Callable[..., Any], lang: str) -> None:
    ran = replay([*ROWS, *([{}] * 30)], "--lang", lang)
    assert ran.code == 1
    expected = {
        "en": (
            "36 lines: 1 send nothing, 2 refused, 31 cannot be read; 5 messages",
            "refused 1: The two numbers",
            "and ",
        ),
        "zh": ("共 36 行:不发送 1,拒绝 2,无法读取 31;消息合计 5", "拒绝 1: 客户号不在任何号段内", "另有"),
    }
    for text in expected[lang]:
        assert text in ran.out


def test_a_file_without_fault_ends_well(replay: Callable[..., Any]) -> None:
    ran = replay(ROWS[:1])
    assert (ran.code, ran.err) == (0, "")
    assert "cannot be read" in ran.out
    assert "remedy" not in ran.out


def test_what_cannot_be_done(replay: Callable[..., Any], run: Callable[..., Any], tmp_path: Path) -> None:
    assert run("sync", "replay", tmp_path / "missing.jsonl", *DAY).code == 2
    replay(ROWS)
    before = (tmp_path / "changes.jsonl").read_bytes()
    assert replay(ROWS, "--out", tmp_path / "changes.jsonl").code == 2
    assert (tmp_path / "changes.jsonl").read_bytes() == before
