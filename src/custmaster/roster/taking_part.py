"""Everyone takes part (人人参与): whoever is on post maintains at least one customer."""

from __future__ import annotations

from custmaster.handbook import Page
from custmaster.handbook.keys import ENTRIES_PER_STAFF
from custmaster.roster.figures import Figure, FigureKind
from custmaster.roster.judged import Counts, Target, judged

__all__ = ["taking_part"]


def taking_part(counts: Counts, page: Page) -> Figure:
    """Whether a staff member takes part at all; REVIEW otherwise, which is a warning. Source: R-16.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> taking_part(Counts(subject="S-1", numerator=0), default().on(date(2026, 11, 28))).reasons[0].code
    <FigureCode.TAKES_NO_PART: 'TAKES_NO_PART'>
    """
    target = Target(value=page[ENTRIES_PER_STAFF], citation=page.cite(ENTRIES_PER_STAFF))
    return judged(FigureKind.TAKING_PART, counts, target)
