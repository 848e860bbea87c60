"""Telephone numbers: kind, compact form, several in one cell."""

from __future__ import annotations

import pytest

from custmaster.value.phone import Phone, PhoneKind

CASES = [
    (PhoneKind.MOBILE, "13800001234", ["13800001234", "138 0000 1234", "138-0000-1234", "+86 13800001234", "+8613800001234", "86-13800001234",
        "8613800001234", "0086 13800001234", "013800001234", "１３８００００１２３４", "(+86)13800001234", "(0086)13800001234", "138\u200b00001234",
        "13800001234\n", "+86 (0)13800001234", "138‑0000–1234", "\u202d13800001234\u202c"]),
    (PhoneKind.LANDLINE, "01062751234", ["010-62751234", "(010)62751234", "（010）6275 1234", "+86 10 62751234", "+86-010-62751234", "86 010 62751234",
        "86-10-62751234", "8610-62751234", "861062751234", "(86)10-62751234", "(86-10) 6275 1234", "010-62751234；", "010-62751234、",
        "010 6275-1234", "010.6275.1234"]),
    (PhoneKind.LANDLINE, "01062751234x8", ["010-62751234-8", "010-62751234转8", "01062751234 转 8", "010-62751234 ext. 8", "010-62751234x8",
        "010-62751234分机8", "010-62751234#8", "+86 10 62751234-8", "01062751234-8"]),
    (PhoneKind.LANDLINE, "057187654321", ["0571-87654321", "0571 8765 4321", "0571-876-54321"]),
    (PhoneKind.LANDLINE, "07692234567", ["0769-2234567", "86 769 223 4567", "86-769-2234567"]),
    (PhoneKind.LANDLINE, "075583195555x801", ["86-755-83195555-801", "86 755 83195555转801"]),
    (PhoneKind.HOTLINE, "4008208820", ["400-820-8820", "4008208820", "400 8208 820"]),
    (PhoneKind.HOTLINE, "4008208820x12", ["400-820-8820转12"]),
    (PhoneKind.HOTLINE, "95588", ["95588", "+86 95588"]),
    (PhoneKind.HOTLINE, "95105555", ["95105555"]),
    (PhoneKind.HOTLINE, "96096", ["96096"]),
    (PhoneKind.HOTLINE, "10086", ["10086"]),
    (PhoneKind.HONG_KONG, "+85223456789", ["+852 2345 6789", "00852-23456789", "85223456789"]),
    (PhoneKind.MACAO, "+85366123456", ["+853 6612 3456", "853-66123456"]),
    (PhoneKind.TAIWAN, "+886912345678", ["+886 912 345 678", "+886 0912345678", "886912345678", "+886 (0)912 345 678"]),
    (PhoneKind.TAIWAN, "+886223456789", ["+886 2 2345 6789"]),
    (PhoneKind.FOREIGN, "+16502530000", ["+1 (650) 253-0000", "001 650 253 0000"]),
    (PhoneKind.FOREIGN, "+442079460958", ["+44 (0)20 7946 0958", "+44 20 7946 0958"]),
]  # fmt: skip
INVALID = [
    "12800001234", "1380000123", "138000012345", "62751234", "2234567", "010-12345678", "026-22345678", "0571-1234567", "10-62751234", "+86", "+",
    "-", "无", "138000O1234", "+852 12345678", "+853 12345678", "+886 1234567890123", "+0123456789", "+123", "+1234567890123456", "00000000000",
    "13800001234转5", "010-62751234-5转6", "010-62751234转1234567", "4008208820-1", "138 0000 1234 (张)", "١٣٨٠٠٠٠١٢٣٤", "\u00b2\u00b3", "\ud800",
    "+86 1 2 3", "13800001234x", "++8613800001234", "1+3800001234", "86+13800001234", "86-10-6275123", "86-26-62751234", "86 62751234", ",", ";/",
]  # fmt: skip
SEVERAL = ["13800001234;13900001234", "13800001234/010-62751234", "13800001234 13900001234", "13800001234、13900001234", "13800001234-13900001234",
           "010-62751234/5", "13800001234，13900001234", "13800001234或13900001234", "13800001234\n13900001234"]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "compact", "text"), [(kind, compact, text) for kind, compact, texts in CASES for text in texts]
)
def test_reads(kind: PhoneKind, compact: str, text: str) -> None:
    phone = Phone(text)
    assert (phone.kind, phone.compact, phone.is_valid, phone.is_several) == (kind, compact, True, False)


@pytest.mark.parametrize("compact", sorted({compact for _, compact, _ in CASES}))
def test_a_compact_form_is_its_own(compact: str) -> None:
    assert Phone(compact).compact == compact


@pytest.mark.parametrize("text", INVALID)
def test_refuses(text: str) -> None:
    phone = Phone(text)
    assert (phone.kind, phone.is_valid, phone.is_several) == (PhoneKind.INVALID, False, False)


@pytest.mark.parametrize("text", SEVERAL)
def test_two_numbers_are_none(text: str) -> None:
    phone = Phone(text)
    assert (phone.kind, phone.is_several) == (PhoneKind.INVALID, True)
    assert phone.compact
