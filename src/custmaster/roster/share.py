"""The share of customers at gold and above (金卡级以上客户占比)."""

from __future__ import annotations

from custmaster.handbook import Page
from custmaster.handbook.keys import SHARE_DENOMINATOR, SHARE_TARGET
from custmaster.roster.figures import Figure, FigureKind
from custmaster.roster.judged import Counts, Target, judged
from custmaster.roster.population import Population

__all__ = ["share", "share_of"]


def share(counted: Population, page: Page) -> Figure:
    """The share of the day, over customers of the day under the numbers of today: individuals, or units too by the option. Source: R-10, B8.4.

    The option is `roster.share.denominator`: INDIVIDUALS or ALL.
    """
    first = counted.rungs.rank(counted.rungs.quality_from)
    quality = sum(1 for rank in counted.ranks.values() if rank is not None and rank >= first)
    units = counted.units_today if page[SHARE_DENOMINATOR] == "ALL" else 0
    return share_of(quality, len(counted.ranks) + units, page)


def share_of(quality: int, everybody: int, page: Page) -> Figure:
    """The share of so many; exactly the target is enough.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.roster.figures import arithmetic
    >>> arithmetic(share_of(3, 300, default().on(date(2026, 11, 28))))
    '100 × 3 = 300 ≥ 1 × 300 = 300'
    """
    counts = Counts(numerator=quality, denominator=everybody)
    return judged(FigureKind.SHARE, counts, Target(value=page[SHARE_TARGET], citation=page.cite(SHARE_TARGET)))
