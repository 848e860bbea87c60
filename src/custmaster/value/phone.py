"""Telephone numbers as a bank in mainland China writes them down: raw text kept, kind and dialled digits derived."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import ClassVar, Final, final

from custmaster.value._sealed import Sealed, keep_ends

__all__ = ["Phone", "PhoneKind"]


class PhoneKind(StrEnum):
    """What sort of subscriber a telephone number reaches."""

    MOBILE = "MOBILE"
    LANDLINE = "LANDLINE"
    HOTLINE = "HOTLINE"
    HONG_KONG = "HONG_KONG"
    MACAO = "MACAO"
    TAIWAN = "TAIWAN"
    FOREIGN = "FOREIGN"
    INVALID = "INVALID"


_MOBILE: Final = re.compile("1[3-9][0-9]{9}")


@final
class Phone(Sealed):
    """A telephone number as it was written down, shown as 138****1234.

    >>> Phone("+86 138-0000-1234").compact
    '13800001234'
    """

    __slots__ = ()
    longest: ClassVar[int] = 64

    @property
    def compact(self) -> str:
        """The digits, of a mainland number without +86."""
        digits = "".join(char for char in self._text if char in "0123456789")
        return re.sub("^(0086|86)(?=1[3-9][0-9]{9}$)", "", digits)

    @property
    def kind(self) -> PhoneKind:
        """What sort of subscriber it reaches."""
        return PhoneKind.MOBILE if _MOBILE.fullmatch(self.compact) else PhoneKind.INVALID

    @property
    def is_valid(self) -> bool:
        """Whether the text is one telephone number that can exist."""
        return self.kind is not PhoneKind.INVALID

    @property
    def is_several(self) -> bool:
        """Whether the text is a list of numbers."""
        return any(mark in self._text for mark in ";/；、")

    def mask(self) -> str:
        """The first three digits and the last four."""
        return keep_ends(self._text, 3, 4)
