from __future__ import annotations

import pytest

from custmaster.value.identity import _common as common


def test_tidying_takes_away_every_space_and_invisible_character() -> None:
    spaces = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
    assert common.tidy(f"1{spaces}2"[:40]) == common.tidy(f"1{spaces[:20]}2"[:20] + "2")[:2] == "12"
    assert all(not common.tidy(space) for space in spaces)


@pytest.mark.parametrize("code", range(128))
def test_the_short_way_agrees_with_the_table(code: int) -> None:
    character = chr(code)
    long_way = common.tidy(f"{character}\u3000")  # not ASCII: goes by the table
    assert common.tidy(character) == long_way


def test_a_text_too_long_is_left_alone() -> None:
    long = "a " * 40
    assert common.tidy(long) == common.tidy_bare(long) == long
    assert common.tidy("a" * common.LONGEST) == "A" * common.LONGEST


def test_nothing_else_changes() -> None:
    kept = "ßıÀａ٣²①é\ud800\U0001f600号·./_*"
    assert common.tidy(kept) == kept.replace("ａ", "A")
    assert common.tidy_bare("（1）[2]【3】") == "123"
