"""Texts that stand for "we do not know" (占位): first form."""

from __future__ import annotations

__all__ = ["is_placeholder_name", "is_placeholder_number", "is_placeholder_phone"]


def is_placeholder_name(text: str) -> bool:
    """Whether a name says only that there is none."""
    return text in {"测试", "无名", "不详", "未知", "无"}


def is_placeholder_phone(text: str) -> bool:
    """Whether a telephone number was typed to fill the field."""
    return len(set(text[3:])) == 1


def is_placeholder_number(text: str) -> bool:
    """Whether a document number was typed to fill the field."""
    return len(set(text)) == 1
