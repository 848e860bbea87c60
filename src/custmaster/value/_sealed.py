"""The base of every wrapper around personal data: shows a mask, hands the text out only on request.

A subclass of str would leak through f-strings and %s; an attrs class would leak through `attrs.asdict`.
So these are plain classes with one slot, and everything that turns an object into text is masked here once.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, Self

from custmaster.errors import Fault, InvalidValue

__all__ = ["Sealed", "keep_ends"]


def keep_ends(text: str, head: int, tail: int) -> str:
    """`text` with all but its first `head` and last `tail` characters starred; all stars when that would show most of it.

    >>> keep_ends("13800001234", 3, 4), keep_ends("1234", 3, 4), keep_ends("", 1, 0)
    ('138****1234', '****', '')
    """
    if len(text) <= 2 * (head + tail) - 3 and len(text) <= head + tail + 2:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + (text[-tail:] if tail else "")


class Sealed:
    """Text about a person whose `repr`, `str` and `format` are masked; `reveal()` gives the text.

    Equality and hash are those of the text. There is no order: sort by `reveal()` where the caller may see it.
    `copy` and `deepcopy` give the value itself; pickle is refused (see `custmaster.wire.revealing_dispatch_table`).
    """

    __slots__ = ("_text",)
    _text: str
    longest: ClassVar[int] = 500

    def __init__(self, text: str) -> None:
        if type(text) is not str:
            raise InvalidValue(Fault.TYPE)
        if not text or len(text) > self.longest:
            raise InvalidValue(Fault.LENGTH if text else Fault.EMPTY, length=len(text))
        object.__setattr__(self, "_text", text)

    def reveal(self) -> str:
        """The text as it was given."""
        return self._text

    def mask(self) -> str:
        """The text as it may be shown."""
        return "*" * len(self._text)

    def __str__(self) -> str:
        return self.mask()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.mask()})"

    def __format__(self, spec: str) -> str:
        return format(self.mask(), spec)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._text == other._text

    def __hash__(self) -> int:
        return hash((type(self), self._text))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds personal data and is not pickled")
