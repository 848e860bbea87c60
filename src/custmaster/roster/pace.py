"""The pace to a target: how many more, and by when."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from custmaster.roster.figures import Figure
from custmaster.roster.population import year_end

__all__ = ["Pace", "pace"]


@frozen(kw_only=True)
class Pace:
    """How many customers more reach the target by the year's end (None: it cannot be said), and the days that are left after the day under review."""

    still_needed: int | None
    by: date
    days_left: int


def pace(figure: Figure, day: date) -> Pace:
    """What is still needed in the year of `day`. Nothing is extrapolated from the heads so far. Source: R-09.

    >>> from custmaster.handbook import default
    >>> from custmaster.roster.growth import growth_of
    >>> pace(growth_of(100, 110, default().on(date(2026, 11, 28)), running=True), date(2026, 11, 28))
    Pace(still_needed=5, by=datetime.date(2026, 12, 31), days_left=33)
    """
    by = year_end(day.year)
    return Pace(still_needed=figure.missing, by=by, days_left=(by - day).days)
