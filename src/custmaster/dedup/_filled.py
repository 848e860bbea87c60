"""What counts as given, and when two values mean the same: for every kind of value that records hold."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from custmaster.value.address import Address
from custmaster.value.document import IdentityDocument
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.placeholder import is_placeholder_name, is_placeholder_phone
from custmaster.value.sex import Sex

__all__ = ["is_filled", "sameness"]

_EMPTY: Final[Mapping[type, Callable[[Any], bool]]] = {
    Name: lambda value: is_placeholder_name(value.reveal()),
    Phone: lambda value: is_placeholder_phone(value.reveal()),
    IdentityDocument: lambda value: value.is_filler,
    Sex: lambda value: value in (Sex.UNKNOWN, Sex.UNSTATED),
    str: lambda value: not value or value.isspace(),
    tuple: lambda value: not any(map(is_filled, value)),
    float: lambda value: value != value,  # noqa: PLR0124 -- the missing number of a table is equal to nothing
}
"""When a value of a kind says nothing; a value of another kind says something."""

_SAME: Final[Mapping[type, Callable[[Any], Hashable]]] = {
    Name: lambda value: value.exact,
    Phone: lambda value: value.compact,
    Address: lambda value: value.exact,
    IdentityDocument: lambda value: (value.type, value.duplicate, value.key()),
}


def is_filled(value: object) -> bool:
    """Whether a value says something: it is not missing, empty or a placeholder (占位).

    >>> is_filled(Name("不详")), is_filled(""), is_filled(0), is_filled((Phone("13800138000"),))
    (False, False, True, False)
    """
    if value is None:
        return False
    empty = _EMPTY.get(type(value))
    return empty is None or not empty(value)


def sameness(value: object) -> Hashable:
    """What is equal for values that mean the same: a name's exact key, a phone's digits, a document's type and number.

    >>> sameness(Name("王 伟")) == sameness(Name("王伟"))
    True
    """
    meant = _SAME.get(type(value))
    return value if meant is None else meant(value)
