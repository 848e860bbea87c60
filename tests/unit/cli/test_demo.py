"""`custmaster demo`: a bank's day in which every answer is told with its reasons, and its file."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest


def test_the_day_is_told_with_its_reasons(run: Callable[..., object]) -> None:
    ran = run("demo", "--json")
    told = json.loads(ran.out)  # type: ignore[attr-defined]
    assert ran.code == 0  # type: ignore[attr-defined]
    assert [(scene["outcome"], scene["reasons"][0]["code"] if scene["reasons"] else None) for scene in told["day"]] == [
        ("ALLOWED", "NEW"),
        ("REFUSED", "EXISTS"),
        ("REVIEW", "SUSPECT"),
        ("REVIEW", "SYSTEM_NOT_SEARCHED"),
        ("ALLOWED", None),
        ("REFUSED", "NEW"),
        ("ALLOWED", None),
        ("REFUSED", "CONTRACT_DUPLICATE"),
        ("ALLOWED", None),
        ("ALLOWED", None),
        ("REFUSED", "OVER_DAY_AMOUNT"),
        ("REFUSED", "CLOSING_BLOCKED"),
        ("ALLOWED", None),
        ("REVIEW", "ELEMENT_EXPIRED"),
        ("REFUSED", "ACCOUNTS_OPEN"),
        ("ALLOWED", None),
        ("REFUSED", "EXISTS_CLOSED"),
        ("ALLOWED", "NEW"),
        ("REVIEW", "MERGE_BY_PERSON"),
        ("ALLOWED", "MERGE_BY_PERSON"),
        ("ALLOWED", "KEY_FROM_PEER"),
    ]
    assert [reason["code"] for reason in told["day"][5]["reasons"]] == ["NEW", "LISTED"]
    assert told["day"][10]["asked"] == "15,000 are sent, with 5,000 left"
    assert told["rows"] == 200


@pytest.mark.parametrize(("lang", "words"), [("en", "logically deleted"), ("zh", "张伟来开户")])
def test_it_is_shown_in_both_languages(run: Callable[..., object], lang: str, words: str) -> None:
    assert words in " ".join(run("demo", "--lang", lang).out.split())  # type: ignore[attr-defined]


def test_two_cores_end_equal_although_messages_are_lost(run: Callable[..., object]) -> None:
    told = json.loads(run("demo", "--json").out)["sync"]  # type: ignore[attr-defined]
    assert told["equal"] is True
    assert told["messages"] == 11
    assert [step["led_to"] for step in told["steps"] if "EDIT_LOST" in step["led_to"]] == [
        "EDIT_LOST name; FULL e0 r2 a1"
    ]
    shown = run("demo").out  # type: ignore[attr-defined]
    assert "both ended equal: 7 fields, 11 messages" in shown
    assert "两边一致: 7 个字段" in run("demo", "--lang", "zh").out  # type: ignore[attr-defined]


def test_a_circle_registers_runs_a_cycle_and_is_reviewed(run: Callable[..., object]) -> None:
    told = json.loads(run("demo", "--json").out)["circle"]  # type: ignore[attr-defined]
    refused = [scene["reasons"][0]["code"] for scene in told["day"] if scene["outcome"] == "REFUSED"]
    assert refused == ["TOPIC_NOT_REGISTERED", "STEP_SKIPPED"]
    (circle,) = told["circles"]
    assert circle["outcome"] == "REVIEW"
    assert circle["topics"][0]["counted"] == 4
    assert set(circle["topics"][0]["codes"]) == {"ACTIVITIES_SHORT"}
    assert "the results are filed" in run("demo").out  # type: ignore[attr-defined]


def test_a_day_before_the_rules_has_the_story_of_the_samples_day(run: Callable[..., object]) -> None:
    told = json.loads(run("demo", "--json", "--as-of", "2018-08-01").out)["circle"]  # type: ignore[attr-defined]
    assert told["circles"][0]["topics"][0]["counted"] == 4


@pytest.mark.parametrize("day", ["2018-05-06", "2018-08-01", "2024-02-29", "2026-12-31", "2030-01-01", "2038-05-06"])
def test_the_story_goes_to_its_end_on_any_day_of_her_document(run: Callable[..., object], day: str) -> None:
    ran = run("demo", "--json", "--as-of", day)
    assert ran.code == 0  # type: ignore[attr-defined]
    assert len(json.loads(ran.out)["day"]) == 21  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("2018-01-15", "not opened on 2018-01-15: ISSUED_IN_FUTURE;"),
        ("2018-05-05", "not opened on 2018-05-05"),
        ("2038-05-07", "not opened on 2038-05-07"),
        ("9999-12-31", "not opened on 9999-12-31"),
        ("1999-01-01", "no value for customer.number.ranges"),
    ],
)
def test_on_another_day_it_says_why_it_cannot_begin(run: Callable[..., object], day: str, problem: str) -> None:
    ran = run("demo", "--as-of", day)
    assert ran.code == 2  # type: ignore[attr-defined]
    assert problem in ran.err  # type: ignore[attr-defined]
