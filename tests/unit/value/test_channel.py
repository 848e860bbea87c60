"""A channel is a code of the bank's own; all of them are said by a star."""

from __future__ import annotations

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.value.channel import EVERY, check_code, covers


@pytest.mark.parametrize("text", ["MOBILE", "A", "QUICK_PAY2", "X" * 40])
def test_a_code_in_capitals_is_taken(text: str) -> None:
    check_code(text, "channel")


@pytest.mark.parametrize("text", ["", "mobile", "1WEB", "_A", "X" * 41, "WEB\n", "手机", EVERY])
def test_anything_else_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_code(text, "channel")
    assert (caught.value.fault, caught.value.path, caught.value.length) == (Fault.FORMAT, "channel", len(text))
    assert caught.value.remedy == "write it like MOBILE"


def test_a_star_is_taken_where_all_may_be_meant() -> None:
    check_code(EVERY, "channel", every=True)
    with pytest.raises(InvalidValue, match=r"write it like MOBILE, or \* for all"):
        check_code("**", "channel", every=True)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        check_code(5, "channels[0]")
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, "channels[0]")


def test_a_row_covers_its_own_code_and_a_star_covers_all() -> None:
    assert covers("WEB", "WEB")
    assert covers(EVERY, "WEB")
    assert not covers("WEB", "MOBILE")
    assert not covers("WEB", EVERY)
