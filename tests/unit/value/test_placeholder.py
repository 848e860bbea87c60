"""Texts typed to fill a field."""

from __future__ import annotations

import pytest

from custmaster.value import fold, placeholder
from custmaster.value.identity import credit_code
from custmaster.value.placeholder import is_placeholder_name, is_placeholder_number, is_placeholder_phone


@pytest.mark.parametrize(
    "text", ["测试", "测试客户001", " 不 详 ", "無".replace("無", "无"), "N／A", "null", "test", "Test User", "TEST1", "xxx", "AAA", "？？？", "***",
             "---", "12345", ".", "···", "No Name", "无名氏", "□□□", "\u200b无"],
)  # fmt: skip
def test_names_that_say_nothing(text: str) -> None:
    assert is_placeholder_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "张三",
        "李四",
        "无忌",
        "吴名",
        "毛不易",
        "Testa Rossa",
        "Na Ying",
        "AA",
        "王王王",
        "空海",
        "测量有限公司",
        "A1",
        "Samples",
        "未来",
    ],
)
def test_names_that_say_something(text: str) -> None:
    assert not is_placeholder_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "13800000000",
        "138-0013-8000",
        "１３９１２３４５６７８",
        "11111111111",
        "00000000",
        "1234567",
        "87654321",
        "12345678901",
        "无",
        "?",
    ],
)
def test_phones_that_reach_nobody(text: str) -> None:
    assert is_placeholder_phone(text)


@pytest.mark.parametrize("text", ["13800001234", "010-62751234", "95588", "13588000000", "123456", "+85223456788"])
def test_phones_that_may_reach_somebody(text: str) -> None:
    assert not is_placeholder_phone(text)


@pytest.mark.parametrize(
    "text", ["0000000000", "0" * 18, "111111111111111111", "123456789", "987654321", "012345678", "XXXXX", "无", "不详", "110101190001010000",
             "110101199001019999", "110101190001011236", "000000-00-0", "0000 0000 0000", "***", "test"],
)  # fmt: skip
def test_numbers_that_name_nobody(text: str) -> None:
    assert is_placeholder_number(text)


@pytest.mark.parametrize(
    "text",
    ["11010519491231002X", "440524188001010014", "E12345678", "H0123456700", "91350211M000100Y46", "123456", "1111"],
)
def test_numbers_that_may_name_somebody(text: str) -> None:
    assert not is_placeholder_number(text)


@pytest.mark.parametrize("code", ["911100001937890000", "913101153463780000"])
def test_a_sound_credit_code_may_end_in_zeros(code: str) -> None:
    # a resident number that ends so was made up; in a credit code the digits mean something else
    assert credit_code.is_valid(code)
    assert not is_placeholder_number(code)
    assert is_placeholder_number(str(int(code) + 1000000000)), "with an organisation code that does not fit"


def test_the_words_are_told_apart_by_their_key() -> None:
    assert len(placeholder.placeholder_keys()) == len(placeholder._NOTHING)
    assert all(is_placeholder_name(word) and is_placeholder_name(fold.exact(word)) for word in placeholder._NOTHING)


@pytest.mark.parametrize("name", ["SAMPLE MARY", "Test Robert", "测试技术(深圳)研究所", "样例设计有限公司"])
def test_names_that_only_begin_like_a_test(name: str) -> None:
    assert not is_placeholder_name(name)


@pytest.mark.parametrize("name", ["测试", "测试客户1", "测试用户", "TEST", "test 12", "Sample", "样例客户"])
def test_names_left_over_from_a_test(name: str) -> None:
    assert is_placeholder_name(name)
