"""Annual growth of quality customers by heads at year's ends (年增长率): counted, never extrapolated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from custmaster.handbook import Page
from custmaster.handbook.keys import GROWTH_TARGET
from custmaster.roster.figures import Figure, FigureKind
from custmaster.roster.judged import Counts, Target, judged
from custmaster.roster.pace import pace
from custmaster.roster.population import year_end
from custmaster.roster.review import YearGrowth

__all__ = ["growth", "growth_of"]


def growth_of(begin: int, end: int, page: Page, *, subject: str = "", running: bool = False) -> Figure:
    """The growth from `begin` to `end` heads; from 0 it cannot be computed. A running year is a progress: short of the target is no shortfall yet.

    Source: R-09.

    >>> from custmaster.handbook import default
    >>> from custmaster.roster.figures import arithmetic
    >>> page = default().on(date(2026, 11, 28))
    >>> arithmetic(growth_of(10_000, 11_499, page)), arithmetic(growth_of(0, 23, page))
    ('100 × (11499 − 10000) = 149900 < 15 × 10000 = 150000', '(23 − 0) / 0')
    """
    counts = Counts(subject=subject, numerator=end - begin, denominator=begin)
    target = Target(value=page[GROWTH_TARGET], citation=page.cite(GROWTH_TARGET), running=running)
    return judged(FigureKind.GROWTH, counts, target)


def growth(
    patterns: Mapping[int, int], ends: tuple[date, ...], page: Page, subject: str = ""
) -> tuple[YearGrowth, ...]:
    """Each year's growth, oldest first, out of how many heads show each pattern of ends (`Population.of_bank`, `Population.of_outlets`)."""
    return tuple(_year(patterns, ends, place, page, subject) for place in range(1, len(ends)))


def _year(patterns: Mapping[int, int], ends: tuple[date, ...], place: int, page: Page, subject: str) -> YearGrowth:
    before, after = 1 << place - 1, 1 << place
    begin = sum(count for pattern, count in patterns.items() if pattern & before)
    gained = sum(count for pattern, count in patterns.items() if pattern & after and not pattern & before)
    lost = sum(count for pattern, count in patterns.items() if pattern & before and not pattern & after)
    day = ends[place]
    running = day != year_end(day.year)
    figure = growth_of(begin, begin + gained - lost, page, subject=subject, running=running)
    step = pace(figure, day) if running else None
    return YearGrowth(
        year=day.year,
        figure=figure,
        gained=gained,
        lost=lost,
        in_progress=running,
        still_needed=None if step is None else step.still_needed,
        days_left=None if step is None else step.days_left,
    )
