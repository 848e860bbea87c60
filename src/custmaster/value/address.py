"""Postal addresses (地址), free text in one line: raw text kept, the match keys derived."""

from __future__ import annotations

from typing import ClassVar, final

from custmaster.value import fold
from custmaster.value._sealed import Sealed, keep_ends

__all__ = ["Address"]


@final
class Address(Sealed):
    """A postal address as it was written down, shown by its first six characters (province and city) and stars.

    Length: 1 to 500 characters. Raises InvalidValue (TYPE, EMPTY, LENGTH). Source: the nine elements, requirements.md B5.

    >>> address = Address("北京市海淀区学院路 １ 号")
    >>> address, address.exact
    (Address(北京市海淀区*******), '北京市海淀区学院路1号')
    """

    __slots__ = ()
    longest: ClassVar[int] = 500

    @property
    def exact(self) -> str:
        """The key that may decide that two addresses are equal; see `fold.exact`."""
        return fold.exact(self._text)

    @property
    def variant(self) -> str:
        """The key that makes two addresses look alike at most; see `fold.variant`."""
        return fold.variant(self._text)

    @property
    def marks(self) -> tuple[fold.Mark, ...]:
        """What a person should look at in this text."""
        return fold.marks(self._text)

    def mask(self) -> str:
        """The first six characters and stars."""
        return keep_ends(self._text, 6, 0)
