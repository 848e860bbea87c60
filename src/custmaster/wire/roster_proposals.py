"""Candidates of an assignment (分配候选) in, and proposals out: who is to maintain whom, each with its ground in words."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from custmaster.decision import Reason
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Language, render
from custmaster.roster.assign_kinds import MOST_POINTS, Assigned
from custmaster.wire._in_place import written_whole
from custmaster.wire._roster_cells import Tell, open_sheet
from custmaster.wire.findings import safe_cell
from custmaster.wire.roster_mapping import RosterMapping
from custmaster.wire.roster_words import RosterFile

__all__ = ["PROPOSAL_COLUMNS", "proposal_rows", "read_candidates", "write_proposals"]

PROPOSAL_COLUMNS: Final[tuple[str, ...]] = ("customer", "before", "staff", "outlet", "code", "why", "article")
"""The columns of a file of proposals; a customer who finds nobody has no `staff`, a word about a staff member no `customer`."""


def read_candidates(path: Path, mapping: RosterMapping, tell: Tell) -> Mapping[str, dict[str, int]]:
    """For each customer the staff who could maintain it, each with its cost in points, a whole number; a bad row is told and left out.

    So is a second row of the same two with another cost.

    Errors: UnusableInput when the file as a whole cannot be used. Source: field.md idea 11.
    """
    found: dict[str, dict[str, int]] = {}
    with open_sheet(path, RosterFile.CANDIDATES, mapping, tell) as sheet:
        customer, staff, cost = sheet.plain("customer"), sheet.plain("staff"), sheet.plain("cost")
        for row in sheet.rows():
            told = {"customer": customer(row), "staff": staff(row), "cost": cost(row)}
            empty = [key for key, value in told.items() if value is None]
            for key in empty:
                sheet.empty(row, key)
            if told["customer"] is None or told["staff"] is None or told["cost"] is None:
                continue
            try:
                _candidate(found.setdefault(told["customer"], {}), told["staff"], _points(told["cost"]))
            except InvalidValue as fault:
                sheet.unfit(row.line, fault, told["customer"])
    return found


def _candidate(costs: dict[str, int], staff: str, points: int) -> None:
    """One candidate more; of two rows with different costs the first holds."""
    if costs.setdefault(staff, points) != points:
        raise InvalidValue(Fault.DUPLICATE, path="cost", remedy="one cost for a customer and a staff member")


def _points(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_POINTS)) and int(text) <= MOST_POINTS):
        raise InvalidValue(Fault.RANGE, path="cost", length=len(text), remedy=f"a whole number up to {MOST_POINTS}")
    return int(text)


def proposal_rows(made: Assigned, outlets: Mapping[str, str], lang: Language) -> Iterator[dict[str, str]]:
    """A row for each move, each customer without anybody, and each seat that is not as it should be; `outlets` are those of the staff."""
    for move in made.moves:
        place = {"customer": move.customer, "before": move.before or "", "staff": move.after}
        yield place | {"outlet": outlets.get(move.after, "")} | _why(move.ground.reason, lang)
    for ground in made.unplaced:
        yield {"customer": ground.subject, "before": "", "staff": "", "outlet": ""} | _why(ground.reason, lang)
    for ground in made.short:
        place = {"customer": "", "before": "", "staff": ground.subject, "outlet": outlets.get(ground.subject, "")}
        yield place | _why(ground.reason, lang)


def _why(reason: Reason, lang: Language) -> dict[str, str]:
    told = render(str(reason.code), dict(reason.facts), lang)
    return {"code": str(reason.code), "why": told, "article": reason.citation.article}


def write_proposals(
    path: Path, rows: Iterable[Mapping[str, str]], counted: Callable[[Mapping[str, str]], None]
) -> None:
    """The rows as CSV with byte order mark, every cell quoted and safe for spreadsheets; the file stands there whole or not at all.

    `counted` is told each row. Errors: UnusableInput when it cannot be written.
    """
    with written_whole(path, None, "the proposals") as stream:
        stream.write("\ufeff")
        out = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        out.writerow(PROPOSAL_COLUMNS)
        for row in rows:
            counted(row)
            out.writerow([safe_cell(row[column]) for column in PROPOSAL_COLUMNS])
