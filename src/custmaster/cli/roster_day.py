"""The end of the demo: the fictional bank's roster (名单) is reviewed; who is short, growth, share."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from custmaster.cli import sample
from custmaster.cli.roster_figures import figures_as_json, show_figures
from custmaster.cli.screen import Screen
from custmaster.handbook import Page
from custmaster.roster import review
from custmaster.roster.review import RosterReview
from custmaster.sim.roster import roster_size
from custmaster.wire.roster_files import RosterPaths, read_roster
from custmaster.wire.roster_terms import RosterTerms

__all__ = ["CUSTOMERS", "roster_as_json", "roster_reviewed", "show_roster"]

CUSTOMERS: Final = 1000


def roster_reviewed(page: Page, day: date) -> RosterReview:
    """The review of the sample's roster on the day.

    >>> from custmaster.handbook import default
    >>> today = date(2026, 11, 23)
    >>> roster_reviewed(default().on(today), today).share.met
    <Met.YES: 'YES'>
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "roster")
        sample.make_roster(folder, size=roster_size(CUSTOMERS), seed=sample.SEED)
        files = {one: folder / f"{one}.csv" for one in ("customers", "staff", "outlets", "assignments")}
        read = read_roster(RosterPaths(**files), RosterTerms(page=page, day=day))
        return review(read.roster, day, page)


def show_roster(answer: RosterReview, screen: Screen) -> None:
    """The review for people, and which command makes one."""
    screen.say(
        f"它的优质客户名单({CUSTOMERS:,} 位客户)评审:",
        f"its roster of quality customers, out of {CUSTOMERS:,}, reviewed:",
    )
    show_figures(answer, screen)
    screen.say(
        "接下来: custmaster sample --roster 生成名单样例; custmaster roster review 评审您的名单",
        "next: `custmaster sample --roster` writes such files, `custmaster roster review` reviews yours",
    )


def roster_as_json(answer: RosterReview) -> dict[str, object]:
    """The figures as plain values."""
    return {"customers": CUSTOMERS, **figures_as_json(answer)}
