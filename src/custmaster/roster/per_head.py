"""Customers maintained per head of an outlet (网点人均维护户数): independent of the floors, which may all be met while this is missed."""

from __future__ import annotations

from custmaster.handbook import Page
from custmaster.handbook.keys import PER_HEAD_TARGET
from custmaster.roster.figures import Figure, FigureKind
from custmaster.roster.judged import Counts, Target, judged

__all__ = ["per_head"]


def per_head(counts: Counts, page: Page) -> Figure:
    """Different customers on live assignments of an outlet by its heads on post, those who maintain nobody included.

    Every customer of the roster counts, whatever its level and source. Without a head it cannot be computed. Source: R-11.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.roster.figures import arithmetic
    >>> arithmetic(per_head(Counts(subject="0101", numerator=115, denominator=8), default().on(date(2026, 11, 28))))
    '115 < 20 × 8 = 160'
    """
    target = Target(value=page[PER_HEAD_TARGET], citation=page.cite(PER_HEAD_TARGET))
    return judged(FigureKind.PER_HEAD, counts, target)
