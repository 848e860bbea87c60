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
_QUALITY, _BELOW = True, False
_OTHER_BANK, _OURS = True, False

SEGMENT_ROWS: Final[Mapping[tuple[bool, bool, bool], Segment]] = MappingProxyType(
    {
        # (has a customer number, of a quality level, is a good customer of another bank)
        (_CUSTOMER, _QUALITY, _OURS): Segment.MAINTAIN,
        (_CUSTOMER, _QUALITY, _OTHER_BANK): Segment.MAINTAIN,
        (_CUSTOMER, _BELOW, _OURS): Segment.UPGRADE,
        # Has a number here, and the business that makes a good customer elsewhere.
        (_CUSTOMER, _BELOW, _OTHER_BANK): Segment.WIN_OVER,
        (_PROSPECT, _QUALITY, _OURS): Segment.DEVELOP,
        (_PROSPECT, _QUALITY, _OTHER_BANK): Segment.WIN_OVER,
        (_PROSPECT, _BELOW, _OURS): Segment.DEVELOP,
        (_PROSPECT, _BELOW, _OTHER_BANK): Segment.DEVELOP,
    }
)
"""The segment of every kind of entry; total."""


def segment_of(entry: RosterEntry, rungs: Ladder) -> Segment:
    """The segment in which the entry stands. Errors: InvalidValue (UNKNOWN_CODE) for a level that is not on the ladder. Source: R-04..R-08.

    >>> from datetime import date
    >>> rungs = Ladder(levels=["普通", "金卡"], quality_from="金卡")
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> segment_of(entry, rungs)
    <Segment.MAINTAIN: 'MAINTAIN'>
    """
    quality = rungs.is_quality(entry.level)
    return SEGMENT_ROWS[not entry.is_prospect, quality, entry.source is Source.OTHER_BANK]
