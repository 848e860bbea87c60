"""Stewards' answers become rulings, all or none; what is wrong is told by line and column, and never by what the cell holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from custmaster.dedup.decisions import Answer, RowProblem, apply_decisions
from custmaster.dedup.items import Item, ItemType, Question, item_of, row_key
from custmaster.dedup.steward import EMPTY_LEDGER, Ledger, Ruling, RulingKind

DAY = date(2026, 11, 24)
PAIRS = ("ab", "bc", "ac", "cd")
ITEMS = tuple(item_of(ItemType.BELOW, [Question(left=p[0], right=p[1])], DAY) for p in PAIRS)
KEY = {pair: item.key_of(item.questions[0]) for pair, item in zip(PAIRS, ITEMS, strict=True)}


def row(pair: str, decision: str, line: int = 2, **more: Any) -> Answer:
    return Answer(**{"line": line, "item": KEY[pair], "decision": decision, "by": "S-1"} | more)


def taken(*rows: Answer, ledger: Ledger = EMPTY_LEDGER, items: tuple[Item, ...] = ITEMS) -> Ledger:
    made = apply_decisions(ledger, rows, day=DAY, items=items)
    assert isinstance(made, Ledger), made
    return made


def refused(*rows: Answer, ledger: Ledger = EMPTY_LEDGER, items: tuple[Item, ...] = ITEMS) -> list[tuple[int, str]]:
    made = apply_decisions(ledger, rows, day=DAY, items=items)
    assert isinstance(made, tuple)
    for problem in made:
        assert "王" not in problem.sentence
    return [(problem.line, problem.column) for problem in made]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SAME", RulingKind.MUST_LINK),
        (" same ", RulingKind.MUST_LINK),
        ("同一", RulingKind.MUST_LINK),
        ("Different", RulingKind.CANNOT_LINK),
        ("不同", RulingKind.CANNOT_LINK),
        ("UNSURE", RulingKind.UNSURE),
        ("不确定", RulingKind.UNSURE),
        ("POSTPONE until 2026-12-01", RulingKind.POSTPONED),
        ("postpone  2026-12-01", RulingKind.POSTPONED),
        ("POSTPONE to 2026-12-01", RulingKind.POSTPONED),
        ("推迟至2026-12-01", RulingKind.POSTPONED),
        ("推迟到 2026-12-01", RulingKind.POSTPONED),
    ],
)
def test_a_decision_is_a_word_and_perhaps_a_day(text: str, kind: RulingKind) -> None:
    ledger = taken(row("ab", text, reason=" 同住 "))
    (ruling,) = ledger.entries
    until = date(2026, 12, 1) if kind is RulingKind.POSTPONED else None
    assert ruling == Ruling(left="a", right="b", kind=kind, by="S-1", day=DAY, reason="同住", until=until)


@pytest.mark.parametrize("text", ["WITHDRAW", "撤回"])
def test_what_no_longer_holds_is_withdrawn(text: str) -> None:
    ledger = taken(row("ab", text), ledger=taken(row("ab", "SAME")))
    assert ledger.says("a", "b") is None
    assert len(ledger.entries) == 2


def test_a_row_without_a_decision_is_passed_over() -> None:
    assert taken(row("ab", " "), Answer(line=3, item="nonsense", decision="")) is EMPTY_LEDGER


def test_a_file_may_be_applied_twice() -> None:
    rows = [row("ab", "SAME"), row("cd", "UNSURE"), row("ac", "POSTPONE until 2026-12-01")]
    once = taken(*rows)
    assert taken(*rows, ledger=once) is once


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("perhaps 王伟", "decision"),
        ("MAYBE", "decision"),
        ("SAME " * 20, "decision"),
        ("推迟至 2026-13-01", "decision"),
        ("POSTPONE until 2026-02-30", "decision"),
        ("POSTPONE", "decision"),
        ("POSTPONE until 2026-11-24", "decision"),
        ("SAME 2026-12-01", "decision"),
    ],
)
def test_what_is_no_decision_is_told(text: str, column: str) -> None:
    assert refused(row("ab", text, 7)) == [(7, column)]


@pytest.mark.parametrize(
    ("more", "column"),
    [({"by": " "}, "by"), ({"by": "王" * 201}, "by"), ({"reason": "王" * 201}, "reason"), ({"item": "王"}, "item")],
)
def test_who_and_why_are_checked(more: dict[str, Any], column: str) -> None:
    assert refused(row("ab", "SAME", **more)) == [(2, column)]


def test_a_row_stands_alone_when_it_names_its_records() -> None:
    ledger = taken(row("ab", "SAME", left="b", right="a"), row("bc", "DIFFERENT", left="b", right="c"), items=())
    assert (ledger.says("a", "b"), ledger.says("a", "c")) == (RulingKind.MUST_LINK, RulingKind.CANNOT_LINK)


@pytest.mark.parametrize(("left", "right"), [("a", "c"), ("a", "a")])
def test_columns_that_were_sorted_apart_are_found(left: str, right: str) -> None:
    assert refused(row("ab", "SAME", left=left, right=right)) == [(2, "item")]


def test_a_row_about_one_record_is_refused_whatever_its_key() -> None:
    key = row_key("BELOW-1", ("a", "a"))
    assert refused(row("ab", "SAME", item=key, left="a", right="a")) == [(2, "item")]


@pytest.mark.parametrize("more", [{}, {"left": "a"}, {"right": "b"}])
def test_a_row_without_its_records_needs_the_worklist(more: dict[str, str]) -> None:
    assert refused(row("ab", "SAME", **more), items=()) == [(2, "item")]
    assert taken(row("ab", "SAME", **more)).says("a", "b") is RulingKind.MUST_LINK


def test_nothing_is_taken_when_one_row_is_wrong() -> None:
    assert refused(row("bc", "nonsense", 4), row("ab", "SAME", 3), row("cd", "", 5), row("cd", "SAME", 2, by="")) == [
        (2, "by"),
        (4, "decision"),
    ]


def test_a_contradiction_names_rows_by_their_lines_and_rulings_by_who_made_them() -> None:
    ledger = taken(row("ab", "SAME"))
    made = apply_decisions(ledger, [row("bc", "SAME", 5), row("ac", "DIFFERENT", 6)], day=DAY, items=ITEMS)
    assert made == (
        RowProblem(
            line=6,
            column="decision",
            problem="a and c: CANNOT_LINK contradicts a and b: MUST_LINK (S-1, 2026-11-24); b and c: MUST_LINK (line 5)",
            remedy="decide otherwise here, or WITHDRAW what no longer holds",
        ),
    )


def test_a_problem_without_advice_is_a_sentence() -> None:
    assert (
        RowProblem(line=1, column="by", problem="nobody has signed").sentence == "line 1, column by: nobody has signed"
    )


def test_what_a_steward_wrote_is_not_shown() -> None:
    assert "王" not in repr(row("ab", "王", reason="王"))
