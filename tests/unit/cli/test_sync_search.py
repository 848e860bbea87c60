"""`custmaster sync explore` and `simulate`: figures, the chart of a violation, exit codes, other rules by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

BAD = "custmaster.testing.known_bad:KNOWN_BAD:REEDIT_TAKES_NEW_BASE"


def test_a_search_that_finds_nothing(run: Callable[..., Any]) -> None:
    ran = run("sync", "explore", "--edits", "2", "--json")
    told = json.loads(ran.out)
    assert ran.code == 0
    assert (told["states"], told["transitions"], told["complete"], told["violations"]) == (498, 749, True, [])
    assert told["seconds"] > 0
    assert told["sometimes"]["conflict"] > 0


def test_a_scope_by_its_name_is_that_scope(run: Callable[..., Any]) -> None:
    told = json.loads(run("sync", "explore", "--scope", "merge", "--json").out)
    assert (told["states"], told["transitions"]) == (350, 667)


@pytest.mark.parametrize(
    ("words", "states"),
    [
        (("--edits", "1", "--group", "--two-field-edits"), 43),
        (("--edits", "1", "--keys", "1", "--others", "0", "--restores", "1"), 90),
        (("--edits", "2", "--keys", "1", "--others", "0", "--status", "--handovers", "1"), 1_164),
    ],
)
def test_counts_and_flags_make_the_scope(run: Callable[..., Any], words: tuple[str, ...], states: int) -> None:
    told = json.loads(run("sync", "explore", *words, "--json").out)
    assert told["violations"] == []
    assert told["states"] == states


def test_a_violation_is_a_chart_and_exit_code_1(run: Callable[..., Any]) -> None:
    ran = run("sync", "explore", "--edits", "3", "--rules", BAD)
    assert ran.code == 1
    assert "L4: does not hold that every edit is accounted for" in ran.out
    assert "<------------------ KEY e0 p2 (key1 p2 b2) --" in ran.out
    told = json.loads(run("sync", "explore", "--edits", "3", "--rules", BAD, "--json").out)
    assert [one["invariant"] for one in told["violations"]] == ["L4"]
    assert told["violations"][0]["steps"][0] == {"event": "EDIT", "system": "BP", "what": "CHANGE key1", "message": ""}
    assert told["violations"][0]["chart"] in ran.out


def test_the_time_is_up(run: Callable[..., Any]) -> None:
    ran = run("sync", "explore", "--edits", "4", "--deadline", "0")
    assert ran.code == 0
    assert "not everything was searched" in ran.out


def test_people_read_it_in_both_languages(run: Callable[..., Any]) -> None:
    assert "Every invariant holds" in run("sync", "explore", "--edits", "1").out
    assert "所有不变式都成立" in run("sync", "explore", "--edits", "1", "--lang", "zh").out
    assert "both systems ended equal" in run("sync", "simulate", "--edits", "5").out
    assert "两个系统最终一致" in run("sync", "simulate", "--edits", "5", "--lang", "zh").out


@pytest.mark.parametrize(
    "words",
    [
        ("explore", "--rules", "no_such_module:RULES"),
        ("explore", "--rules", "custmaster.sync:NO_SUCH_NAME"),
        ("explore", "--rules", "custmaster.sync:RULES:KEY"),
        ("explore", "--rules", "custmaster.sync:Catalogue"),
        ("explore", "--edits", "-1"),
        ("explore", "--relations", "3"),
        ("explore", "--customers", "3"),
        ("simulate", "--seed", "-1"),
        ("simulate", "--customers", "0"),
    ],
)
def test_what_cannot_be_searched_is_exit_code_2(run: Callable[..., Any], words: tuple[str, ...]) -> None:
    ran = run("sync", *words)
    assert ran.code == 2
    assert ran.err.startswith("error: ")


def test_a_simulation(run: Callable[..., Any]) -> None:
    ran = run("sync", "simulate", "--seed", "7", "--edits", "50", "--json")
    told = json.loads(ran.out)
    assert ran.code == 0
    assert (told["seed"], told["converged"], told["violations"]) == (7, True, [])
    assert told["messages"] > 50
    assert run("sync", "simulate", "--seed", "7", "--edits", "50", "--json").out == ran.out


def test_many_simulations_stop_at_the_first_that_fails(run: Callable[..., Any]) -> None:
    told = json.loads(run("sync", "simulate", "--edits", "10", "--runs", "3", "--calm", "--json").out)
    assert (told["runs"], told["seed"], told["converged"]) == (3, 9, True)
    ran = run(
        "sync", "simulate", "--runs", "40", "--rules", "custmaster.testing.known_bad:KNOWN_BAD:STALE_FULL_APPLIED"
    )
    assert ran.code == 1
    assert "does not hold that" in ran.out
