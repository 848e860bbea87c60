"""In which of the four groups of 稳内攻外 an entry stands: derived from the entry and the ladder, never entered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from custmaster.roster.entry import RosterEntry
from custmaster.roster.kinds import Segment, Source
from custmaster.roster.ladder import Ladder

__all__ = ["SEGMENT_ROWS", "segment_of"]

_CUSTOMER, _PROSPECT = True, False
_YES, _NO = True, False

SEGMENT_ROWS: Final[Mapping[tuple[bool, bool, bool], Segment]] = MappingProxyType(
    {
        # (has a customer number, of a quality level, a good customer of another bank)
        (_CUSTOMER, _YES, _NO): Segment.MAINTAIN,
        (_CUSTOMER, _YES, _YES): Segment.MAINTAIN,
        (_CUSTOMER, _NO, _NO): Segment.UPGRADE,
        # Has a number here, and elsewhere the business that makes a good customer (R-08: may have no number, so may have one).
        (_CUSTOMER, _NO, _YES): Segment.WIN_OVER,
        # A prospect whose estimated level would make a quality customer is one of another bank's; any other is developed.
        (_PROSPECT, _YES, _NO): Segment.DEVELOP,
        (_PROSPECT, _YES, _YES): Segment.WIN_OVER,
        (_PROSPECT, _NO, _NO): Segment.DEVELOP,
        (_PROSPECT, _NO, _YES): Segment.DEVELOP,
    }
)
"""The segment of every kind of entry; total."""


def segment_of(entry: RosterEntry, rungs: Ladder, level: str | None = None) -> Segment:
    """The segment in which the entry stands at its level, or at `level`, the customer's own of a day.

    Errors: InvalidValue (UNKNOWN_CODE) for a level that is not on the ladder. Source: R-04..R-08.

    >>> from datetime import date
    >>> rungs = Ladder(levels=["普通", "金卡"], quality_from="金卡")
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> segment_of(entry, rungs)
    <Segment.MAINTAIN: 'MAINTAIN'>
    """
    quality = rungs.is_quality(entry.level if level is None else level)
    return SEGMENT_ROWS[not entry.is_prospect, quality, entry.source is Source.OTHER_BANK]
