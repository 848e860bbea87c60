"""The roster and its ledger (名单、台账) as an Excel workbook."""

from __future__ import annotations

from pathlib import Path

from custmaster.roster.review import Roster, RosterReview

__all__ = ["write_roster_book"]


def write_roster_book(path: Path, review: RosterReview, roster: Roster, *, lang: str, reveal: bool = False) -> None:
    """The workbook."""
    from xlsxwriter import Workbook

    with Workbook(path) as book:
        sheet = book.add_worksheet("roster")
        for place, entry in enumerate(sorted(roster.entries, key=lambda one: one.number)):
            sheet.write_string(place, 0, entry.number)
