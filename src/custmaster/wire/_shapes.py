"""Telling the shapes of plain data apart, for the type checkers as much as for the program."""

from __future__ import annotations

from typing import Any, TypeGuard

__all__ = ["is_list", "is_listed", "is_table", "is_texts"]


def is_table(value: object) -> TypeGuard[dict[str, Any]]:
    """An object of JSON, a table of TOML: both have texts as keys."""
    return type(value) is dict


def is_list(value: object) -> TypeGuard[list[Any]]:
    """A list, and no tuple."""
    return type(value) is list


def is_listed(value: object) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """A list, or the tuple that a list was written from."""
    return type(value) in (list, tuple)


def is_texts(value: object) -> TypeGuard[list[str]]:
    """A list of at least one text, none of them empty.

    >>> is_texts(["a"]), is_texts([]), is_texts("a")
    (True, False, False)
    """
    return is_list(value) and bool(value) and all(isinstance(one, str) and one for one in value)
