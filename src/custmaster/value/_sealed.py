"""The base of every wrapper around personal data: shows a mask, hands the text out only on request.

A subclass of str would leak through f-strings and %s; an attrs class would leak through `attrs.asdict`.
So these are plain classes with one slot, and everything that turns an object into text is masked here once.
What stays open: whoever writes `.reveal()`, asks for a match key, or reads the private slot, has the text in hand.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, Self

from custmaster.errors import Fault, InvalidValue

__all__ = ["Sealed", "keep_ends", "reduce_revealing"]


def keep_ends(text: str, head: int, tail: int) -> str:
    """`text` with all but its first `head` and last `tail` characters starred.

    All of it is starred when less than a third would be hidden; so is a character that does not print (a line break or a
    bidirectional control in a mask could forge a line of a log).

    >>> keep_ends("13800001234", 3, 4), keep_ends("1234", 3, 4), keep_ends("", 1, 0)
    ('138****1234', '****', '')
    """
    size = len(text)
    if 2 * size < 3 * (head + tail):
        return "*" * size
    mask = text[:head] + "*" * (size - head - tail) + text[size - tail :]
    return mask if mask.isprintable() else "".join(char if char.isprintable() else "*" for char in mask)


class Sealed:
    """Text about a person whose `repr`, `str` and `format` are masked; `reveal()` gives the text.

    Equality and hash are those of the text. There is no order: sort by `reveal()` where the caller may see it.
    `copy` and `deepcopy` give the value itself; pickle is refused (see `custmaster.wire.revealing_dispatch_table`).
    Nothing is validated but type and length, for dirty stock must load: InvalidValue(TYPE, EMPTY or LENGTH).
    A subclass may keep in a slot of its own what it derived from the text: that belongs to no comparison and no copy.
    """

    __slots__ = ("_text",)
    _text: str
    longest: ClassVar[int] = 500

    def __new__(cls, text: str) -> Self:
        # __new__ and not __init__: a second call of __init__ would write over a frozen value.
        if type(text) is not str:
            raise InvalidValue(Fault.TYPE) from None
        if not 0 < len(text) <= cls.longest:
            raise InvalidValue(Fault.LENGTH if text else Fault.EMPTY, length=len(text)) from None
        self = _new(cls)
        _keep(self, text)
        return self

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

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds personal data and is not pickled")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds personal data and is not pickled")

    def __getstate__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds personal data and has no state to show")


_new = object.__new__
_keep = Sealed.__dict__["_text"].__set__  # the slot itself: a frozen value is written once, here


def reduce_revealing(value: Sealed) -> tuple[type[Sealed], tuple[str]]:
    """What pickle needs to build `value` again, text and all: a reducer for a `Pickler.dispatch_table` of the caller's own.

    Opting in is the caller's deed, one pickler at a time; never register it with `copyreg`, which is for every pickler.
    """
    return type(value), (value.reveal(),)
