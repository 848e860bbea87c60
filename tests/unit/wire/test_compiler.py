from __future__ import annotations

from typing import Any

import attrs
import pytest

from custmaster.errors import CustmasterError
from custmaster.wire._compiler import Compiler


@attrs.frozen(kw_only=True)
class Held:
    needed: str | None
    count: int = 3
    pair: tuple[str, int] = ("a", 1)


@attrs.frozen(kw_only=True)
class Odd:
    text: str | None = "x"


READ = Compiler({}, {}).codec(Held)


@pytest.mark.parametrize(
    "data",
    [{"needed": None}, {"needed": "a", "count": 4}, {"needed": "a", "pair": ["b", 2]}],
)
def test_both_readers_say_the_same_and_the_writer_says_it_back(data: dict[str, Any]) -> None:
    made = READ.read(data)
    assert made == READ.gather(data, "", [])
    assert READ.write(made) == data


@pytest.mark.parametrize("kind", [dict[str, str], list[str], float, set[int], Odd, "Held"])
def test_a_type_without_a_form_is_the_callers_bug(kind: Any) -> None:
    with pytest.raises(CustmasterError):
        Compiler({}, {}).codec(kind)


def test_a_union_of_kinds_may_be_absent() -> None:
    codec = Compiler({}, {Held: "held", Other: "other"}).codec(Held | Other | None)
    assert codec.read(None) is codec.write(None) is codec.gather(None, "", []) is None
    assert codec.write(codec.read({"other": {"word": "a"}})) == {"other": {"word": "a"}}


@attrs.frozen(kw_only=True)
class Other:
    word: str
