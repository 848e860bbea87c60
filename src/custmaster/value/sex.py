"""Sex as a bank records it: the four codes of GB/T 2261.1."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Self

from custmaster.errors import Fault, InvalidValue

__all__ = ["Sex"]


class Sex(StrEnum):
    """Male, female, not known (未知) or not stated (未说明); source: GB/T 2261.1-2003.

    >>> Sex.from_gb("1"), Sex.from_gb("9").gb
    (<Sex.MALE: 'MALE'>, '9')
    """

    MALE = "MALE"
    FEMALE = "FEMALE"
    UNKNOWN = "UNKNOWN"
    UNSTATED = "UNSTATED"

    @classmethod
    def from_gb(cls, code: str) -> Self:
        """The sex behind a code of GB/T 2261.1 (1 男, 2 女, 0 未知, 9 未说明).

        A feed that writes 0 男, 1 女 is no such code: map it by a table of its own. Errors: InvalidValue UNKNOWN_CODE.
        """
        for sex, gb in _GB.items():
            if gb == code:
                return cls(sex)
        raise InvalidValue(Fault.UNKNOWN_CODE, remedy="GB/T 2261.1 knows 1, 2, 0 and 9")

    @property
    def gb(self) -> str:
        """The code of GB/T 2261.1."""
        return _GB[self]


_GB: Final[Mapping[Sex, str]] = {Sex.MALE: "1", Sex.FEMALE: "2", Sex.UNKNOWN: "0", Sex.UNSTATED: "9"}
