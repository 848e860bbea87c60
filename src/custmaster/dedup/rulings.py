"""One steward's word on two records, as an entry of the ledger."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from custmaster.dedup.links import in_order
from custmaster.errors import Fault, InvalidValue

__all__ = ["Ruling", "RulingKind"]


class RulingKind(StrEnum):
    """What a steward says of two records.

    MUST_LINK: they are one customer. CANNOT_LINK: they are not. UNSURE: he looked, and cannot say. POSTPONED: he will look again on a
    day. WITHDRAWN: what was ruled of the two no longer holds.
    """

    MUST_LINK = "MUST_LINK"
    CANNOT_LINK = "CANNOT_LINK"
    UNSURE = "UNSURE"
    POSTPONED = "POSTPONED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def is_final(self) -> bool:
        """Whether it answers the question, until it is withdrawn."""
        return self in (RulingKind.MUST_LINK, RulingKind.CANNOT_LINK)


_LONGEST: Final = 200


@frozen(kw_only=True)
class Ruling:
    """One steward's word on two records, which are named by the host's keys; `until` stands exactly with POSTPONED.

    `reason` is the steward's own text, for the file and for those who come after. Errors: InvalidValue EMPTY, LENGTH or TYPE for a text,
    CONFLICT for one record with itself or an `until` too many, MISSING or ORDER for `until`.

    >>> from datetime import date
    >>> Ruling(left="b", right="a", kind=RulingKind.MUST_LINK, by="S-1", day=date(2026, 11, 23)).pair
    ('a', 'b')
    """

    schema: int = 1
    left: str
    right: str
    kind: RulingKind
    by: str
    day: date
    reason: str = field(default="", repr=False)
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("left", "right", "by"):
            _checked(name, getattr(self, name))
        if self.reason:
            _checked("reason", self.reason)
        if self.left == self.right:
            raise InvalidValue(Fault.CONFLICT, path="right", remedy="a ruling is about two records")
        if (self.kind is RulingKind.POSTPONED) != (self.until is not None):
            fault, told = (
                (Fault.MISSING, "say until when")
                if self.until is None
                else (Fault.CONFLICT, "only a postponed decision has a day")
            )
            raise InvalidValue(fault, path="until", remedy=told)
        if self.until is not None and self.until <= self.day:
            raise InvalidValue(Fault.ORDER, path="until", remedy="a day after that of the ruling")

    @property
    def pair(self) -> tuple[str, str]:
        """The two records, the lesser first: what the ruling is about."""
        return in_order(self.left, self.right)


def _checked(name: str, value: str) -> None:
    if type(value) is not str:
        raise InvalidValue(Fault.TYPE, path=name)
    if not 0 < len(value) <= _LONGEST:
        raise InvalidValue(Fault.LENGTH if value else Fault.EMPTY, path=name, length=len(value))
