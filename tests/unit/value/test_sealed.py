"""The base of the masked values: masks, equality, what is refused."""

from __future__ import annotations

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.value._sealed import Sealed, keep_ends, reduce_revealing
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.address import Address
from custmaster.value.name import Name
from custmaster.value.phone import Phone

TYPES = [AccountNumber, CardNumber, Address, Name, Phone]


@pytest.mark.parametrize(
    ("text", "head", "tail", "mask"),
    [
        ("", 1, 0, ""), ("丁", 1, 0, "*"), ("张伟", 1, 0, "张*"), ("12345678", 3, 4, "********"), ("1234567890", 3, 4, "**********"),
        ("12345678901", 3, 4, "123****8901"), ("123", 0, 4, "***"), ("123456", 0, 4, "**3456"), ("\u202e伟", 1, 0, "**"), ("\n伟伟", 1, 0, "***"),
        ("\ud800伟", 1, 0, "**"), ("abc", 0, 0, "***"),
    ],
)  # fmt: skip
def test_keep_ends(text: str, head: int, tail: int, mask: str) -> None:
    assert keep_ends(text, head, tail) == mask


@pytest.mark.parametrize(
    ("value", "mask"),
    [
        (Name("张伟"), "张*"), (Name("欧阳娜娜"), "欧***"), (Name("丁"), "*"), (Name("Anna Lee"), "A*******"), (Name("北京某某有限公司"), "北京******"),
        (Phone("13800001234"), "138****1234"), (Phone("95588"), "*****"), (Address("北京市海淀区学院路1号"), "北京市海淀区*****"), (Address("北京市"), "***"),
        (AccountNumber("6222000011112222"), "************2222"), (CardNumber("6228480000000000000"), "622848*********0000"),
        (CardNumber("62284800"), "********"), (Sealed("secret"), "******"),
    ],
)  # fmt: skip
def test_masks(value: Sealed, mask: str) -> None:
    assert value.mask() == str(value) == f"{value}" == mask
    assert repr(value) == f"{type(value).__name__}({mask})"
    assert f"{value:>30}" == mask.rjust(30)


@pytest.mark.parametrize("kind", TYPES)
def test_takes_text_of_any_content_and_refuses_the_rest(kind: type[Sealed]) -> None:
    for text in ("x", "\x00", "\ud800", "?" * kind.longest):
        assert kind(text).reveal() == text
    for wrong, fault, length in [("", Fault.EMPTY, 0), ("x" * (kind.longest + 1), Fault.LENGTH, kind.longest + 1)]:
        with pytest.raises(InvalidValue) as caught:
            kind(wrong)
        assert (caught.value.fault, caught.value.length) == (fault, length)
    for wrong_type in (None, 5, b"x", ["x"], type("Text", (str,), {})("x")):
        with pytest.raises(InvalidValue) as caught:
            kind(wrong_type)  # type: ignore[arg-type]
        assert caught.value.fault is Fault.TYPE


def test_equality_is_of_text_and_type() -> None:
    assert Name("张伟") == Name("张伟")
    assert hash(Name("张伟")) == hash(Name("张伟"))
    assert Name("张伟") != Name("张 伟")
    assert Name("张伟") != Address("张伟")
    assert Name("张伟") != "张伟"
    assert len({Name("a"), Address("a"), Name("a")}) == 2


@pytest.mark.parametrize("kind", TYPES)
def test_is_frozen(kind: type[Sealed]) -> None:
    value = kind("text")
    with pytest.raises(AttributeError, match="frozen"):
        value._text = "other"
    with pytest.raises(AttributeError, match="frozen"):
        value.other = "other"  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="frozen"):
        del value._text
    with pytest.raises(AttributeError, match="frozen"):
        value.__class__ = Sealed
    value.__init__("other")  # type: ignore[misc]
    assert value.reveal() == "text"
    assert not hasattr(value, "__dict__")
    with pytest.raises(TypeError):
        value < value  # type: ignore[operator]  # noqa: B015


@pytest.mark.parametrize("kind", TYPES)
def test_the_revealing_reducer_builds_it_again(kind: type[Sealed]) -> None:
    build, arguments = reduce_revealing(kind("text"))
    assert build(*arguments) == kind("text")


def test_the_keys_of_names_and_addresses() -> None:
    for kind in (Name, Address):
        value = kind("張 Ａ?")
        assert (value.exact, value.variant) == ("張A?", "张A?")
        assert [mark.value for mark in value.marks] == ["DAMAGED", "WIDTH", "SPACES"]
