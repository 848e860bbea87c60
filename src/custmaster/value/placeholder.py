"""Texts typed to fill a field that must not be empty (占位): "unknown", "test", one digit over and over.

They are data: a person is told, and nothing is refused for it. Real vanity numbers such as 13888888888 are among those found.
The words are those in common use at Chinese counters and in test data [K]; add a word here and the law in
tests/unit/value/test_placeholder.py holds it to the fold.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from custmaster.value import fold
from custmaster.value.identity import credit_code

__all__ = [
    "KNOWN_PHONES",
    "is_placeholder_key",
    "is_placeholder_name",
    "is_placeholder_number",
    "is_placeholder_phone",
    "placeholder_keys",
]

# Whole texts that say "there is none". 张三 and 李四 are not here: people are called so.
_NOTHING: Final = (
    "无", "没有", "暂无", "无名", "无名氏", "无姓名", "不详", "未详", "不明", "未知", "不知", "未填", "未填写", "未提供", "未登记", "待补", "待补充",
    "待定", "待查", "空", "空白", "略", "某", "某某", "某某某", "匿名", "佚名", "姓名", "名称", "户名", "客户", "客户姓名", "其他",
    "N/A", "NULL", "NONE", "NIL", "NAN", "UNKNOWN", "UNNAMED", "NO NAME", "NONAME", "ANONYMOUS", "XXX", "XX",
)  # fmt: skip
# Left over from a test, with a number or a word for "customer" behind it; one character over and over; nothing that could be a letter.
# A firm may well be called 测试技术, and a person Sample.
_FILLER: Final = re.compile(
    r"(?:(?:测试|试测|测式|样例|示例)(?:客户|用户|姓名|名称|账户|公司|数据|专用|人员?|员)*[0-9A-Z]*|(?:TEST|DUMMY|SAMPLE)(?: ?(?:USER|CUSTOMER|CLIENT|ACCOUNT|NAME))?[ 0-9]*"
    r"|([^㐀-鿿])\1{2,}|[!-@\[-`{-~]+)\Z"
)
_REPEATED_DIGIT: Final = re.compile(r"([0-9A-Z])\1{4,}")
# A mainland mobile number whose last eight digits, or another whose every digit, is one digit over and over.
_REPEATED_PHONE: Final = re.compile(r"(?:1[3-9][0-9])?([0-9])\1{6,}")
# Numbers printed in advertisements and manuals.
KNOWN_PHONES: Final = frozenset(
    ("13800138000", "13912345678", "13812345678", "13987654321", "12345678901", "12345678910")
)
"""Telephone numbers printed in advertisements and manuals; see `is_placeholder_phone`, which knows more than these."""
_UP: Final = "01234567890123456789012345678901234567890"
_DOWN: Final = _UP[::-1]
# Fewest digits in a row that are called a row and not chance.
_ROW: Final = 7
# A resident number whose serial and check digit are all zeros or all nines was made up; so was one born on 1900-01-01.
_MADE_UP: Final = re.compile("[0-9]{14}(?:0000|9999)|[0-9]{6}(?:19000101|11111111|00000000)[0-9]{3}[0-9X]")


@cache
def placeholder_keys() -> frozenset[str]:
    """The exact keys of the words that say "there is none"; see `is_placeholder_key`, which knows more than these.

    >>> "不详" in placeholder_keys()
    True
    """
    return frozenset(map(fold.exact, _NOTHING))


def is_placeholder_name(text: str) -> bool:
    """Whether a name says only that there is none, or is left over from a test.

    Never raises on a str. Source: requirements.md B4; the table above.

    >>> [is_placeholder_name(name) for name in ("测试客户1", "不 详", "n/a", "AAAA", "张三", "吴名", "Testa Rossa")]
    [True, True, True, True, False, False, False]
    """
    return is_placeholder_key(fold.exact(text))


def is_placeholder_key(key: str) -> bool:
    """As `is_placeholder_name`, of a name's exact key: for whoever has it already.

    >>> is_placeholder_key("不详")
    True
    """
    return key in placeholder_keys() or _FILLER.match(key) is not None


def is_placeholder_phone(text: str) -> bool:
    """Whether a telephone number is one digit over and over, a row, or one that is printed in manuals.

    So is a text without any digit. Takes the raw text or its compact form. Never raises on a str.

    >>> phones = "13800000000", "138-0013-8000", "00000000", "12345678", "13800001234"
    >>> [is_placeholder_phone(phone) for phone in phones]
    [True, True, True, True, False]
    """
    digits = text if text.isascii() and text.isdecimal() else re.sub("[^0-9]", "", fold.exact(text))
    if not digits or digits in KNOWN_PHONES or _REPEATED_PHONE.fullmatch(digits):
        return True
    return _is_row(digits)


def is_placeholder_number(text: str) -> bool:
    """Whether a document number is one character over and over, a row of digits, or a word for "none".

    Takes the raw text or its compact form; separators are passed over. Never raises on a str.

    >>> numbers = "0000000000", "123456789", "无", "110101190001010000", "11010519491231002X"
    >>> [is_placeholder_number(number) for number in numbers]
    [True, True, True, True, False]
    """
    if text.isascii() and text[:1].isdecimal() and text.isalnum():  # nearly every number: no word, nothing to pass over
        return _is_made_up(text.upper())
    key = fold.exact(text)
    compact = re.sub("[ ()-]", "", key)
    if is_placeholder_key(key) and not re.search("[0-9]", compact):
        return True
    return _is_made_up(compact)


def _is_made_up(compact: str) -> bool:
    if _REPEATED_DIGIT.fullmatch(compact) is not None or _is_row(compact):
        return True  # eighteen zeros are a credit code whose check characters fit, and are nobody's
    return _MADE_UP.fullmatch(compact) is not None and not _is_credit_code(compact)


def _is_credit_code(compact: str) -> bool:
    """Whether what would be odd in a resident number is a unit's code: both check characters fit."""
    return credit_code.is_valid(compact) and credit_code.organisation_code(compact) is not None


def _is_row(digits: str) -> bool:
    return len(digits) >= _ROW and (digits in _UP or digits in _DOWN)
