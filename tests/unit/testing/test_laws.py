"""The base of laws as data: what a check tells, of a law that holds, one that is broken, one that says nothing, and rules that raise."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from custmaster.testing.laws import LAW_SETS, BrokenLaw, EmptyRun, Law, LawReport, check_laws


def law(holds: Any, name: str = "small") -> Law[Any, int]:
    return Law(
        name=name,
        says="It is as small as it may be.",
        source="R-0",
        cases=lambda most: st.integers(0, 1000),
        holds=holds,
    )


def test_a_law_that_holds_tells_nothing() -> None:
    law(lambda most, case: case <= most).check(1000)


def test_a_law_that_is_broken_tells_its_sentence_and_the_smallest_case() -> None:
    with pytest.raises(BrokenLaw, match=r"^It is as small as it may be\. \[small, R-0\]") as told:
        law(lambda most, case: case <= most).check(41)
    assert "case=42" in "".join(told.value.__notes__)


def test_a_law_that_said_nothing_of_any_case_is_empty() -> None:
    with pytest.raises(EmptyRun, match="small said nothing of any case"):
        law(lambda most, case: None).check(41)


def test_a_law_that_said_something_of_one_case_is_not_empty() -> None:
    law(lambda most, case: True if case > most else None).check(999 // 2)


def test_a_smaller_number_of_examples_is_kept() -> None:
    seen: list[int] = []
    law(lambda most, case: seen.append(case) is None).check(0, max_examples=7)
    assert 0 < len(seen) <= 7


def test_a_report_names_what_held_and_what_is_broken_and_never_a_message() -> None:
    def raises(most: int, case: int) -> bool:
        raise ValueError("张三")

    laws = (law(lambda most, case: case <= most), law(lambda most, case: None, "mute"), law(raises, "raises"))
    report = check_laws(laws, 1000)
    assert report.held == ("small",)
    assert report.broken == {
        "mute": "mute said nothing of any case: It is as small as it may be.",
        "raises": "the rules raised ValueError",
    }
    assert not report.lawful
    assert str(report).splitlines()[0] == "1 held, 2 broken"
    assert str(report).splitlines()[2] == "raises: the rules raised ValueError"


def test_rules_of_which_nothing_was_asked_are_not_lawful() -> None:
    assert not LawReport(held=(), broken={}).lawful
    assert check_laws([law(lambda most, case: True)], 0).lawful


def test_a_law_is_named_in_a_test_by_its_name() -> None:
    assert str(law(lambda most, case: True)) == "small"
    assert "lambda" not in repr(law(lambda most, case: True))


def test_no_two_laws_bear_one_name_and_each_says_a_sentence_and_its_source() -> None:
    laws = [one for laws in LAW_SETS.values() for one in laws]
    assert len({one.name for one in laws}) == len(laws) > 60
    assert all(one.says.endswith(".") and one.source for one in laws)
