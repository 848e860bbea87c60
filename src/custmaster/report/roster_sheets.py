"""The roster review as tables: figures, outlets, the staff ledger (台账), the roster (名单), who maintained whom, calls and changes.

A cell holds what a program can filter by: codes, levels and counts. The workbook puts them in words; a table in memory keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from typing import Final

from attrs import field, frozen

from custmaster.decision import Reason
from custmaster.report._roster_told import shown_value
from custmaster.report.roster_known import Known
from custmaster.roster.entry import Assignment, RosterEntry
from custmaster.roster.figures import Figure, Met, arithmetic
from custmaster.roster.kinds import Role, Segment
from custmaster.roster.review import OutletReview, Roster, RosterReview, StaffReview, YearGrowth

__all__ = ["SHEETS", "Cell", "Column", "Holds", "Sheet", "sheets"]

Cell = str | int | None | tuple[str, ...] | tuple[Reason, ...] | tuple[tuple[str, int], ...]
"""What stands in a row; of which kind, says the column."""


class Holds(Enum):
    """What a column holds: text as it is, a count, a code or several, a level or several with counts, or reasons."""

    TEXT = auto()
    COUNT = auto()
    CODE = auto()
    CODES = auto()
    LEVEL = auto()
    LEVELS = auto()
    REASONS = auto()


@frozen
class Column:
    """A column: its key, which is its heading's key too, what it holds, and its width in characters."""

    key: str
    width: int
    holds: Holds = Holds.TEXT


@frozen(kw_only=True)
class Sheet:
    """A table: the key of its name (`sheet_...`), its columns, and its rows in a total order."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)


_OUTLET: Final = (Column("outlet", 9), Column("outlet_name", 18))
_STAFF: Final = (Column("staff", 11), Column("staff_name", 12))
_TEST: Final = (Column("arithmetic", 26), Column("article", 14), Column("note", 40, Holds.REASONS))
_RESULT: Final = (Column("target", 8), Column("met", 13, Holds.CODE), Column("missing", 9, Holds.COUNT))
_SUBJECT: Final = (Column("entry", 12), Column("customer", 15), Column("prospect", 15))


def _count(key: str) -> Column:
    return Column(key, 11, Holds.COUNT)


SHEETS: Final[Mapping[str, tuple[Column, ...]]] = {
    "summary": (
        Column("figure", 14, Holds.CODE),
        Column("year", 7),
        *(_count(key) for key in ("begin", "gained", "lost", "end")),
        Column("value", 11),
        *_RESULT,
        *_TEST,
    ),
    "outlets": (
        *_OUTLET,
        *(_count(key) for key in ("heads", "maintained", "pooled", "prospects", "astray")),
        Column("per_head", 10),
        *_RESULT,
        _count("staff_short"),
        Column("levels", 30, Holds.LEVELS),
        *_TEST,
    ),
    "staff": (
        *_OUTLET,
        *_STAFF,
        Column("posts", 20, Holds.CODES),
        *(_count(key) for key in ("maintained", "proposed", "prospects")),
        *_RESULT,
        Column("by", 11),
        Column("taking_part", 13, Holds.CODE),
        *(_count(segment.value) for segment in Segment),
        Column("levels", 30, Holds.LEVELS),
        *_TEST,
    ),
    "entries": (
        *_OUTLET,
        *_STAFF,
        Column("since", 11),
        Column("state", 11, Holds.CODE),
        *_SUBJECT,
        Column("subject_name", 14),
        Column("level", 10, Holds.LEVEL),
        Column("source", 18, Holds.CODE),
        Column("nominator", 11),
        Column("reason", 20),
        Column("needs", 18),
        Column("helpers", 16),
        Column("listed_on", 11),
        Column("erase_by", 11),
        Column("struck_off_on", 11),
    ),
    "history": (
        *_OUTLET,
        *_SUBJECT,
        Column("role", 12, Holds.CODE),
        *_STAFF,
        Column("since", 11),
        Column("until", 11),
        Column("by", 11),
        Column("reason", 20),
    ),
    "calls": (
        *_OUTLET,
        *_STAFF,
        Column("subject", 15),
        Column("level", 10, Holds.LEVEL),
        Column("segment", 18, Holds.CODE),
        Column("needs", 18),
        Column("why", 30, Holds.CODE),
        Column("entry", 12),
    ),
    "changes": (
        Column("change", 24, Holds.CODE),
        Column("subject", 15),
        Column("before", 16, Holds.LEVEL),
        Column("after", 16, Holds.LEVEL),
        Column("entry", 12),
    ),
    "findings": (Column("row", 15), Column("field", 24), Column("note", 60, Holds.REASONS), Column("article", 14)),
}
"""The columns of every table, in the order in which they are shown."""


def sheets(review: RosterReview, roster: Roster, names: Known) -> tuple[Sheet, ...]:
    """All tables of a review, those of an outlet's rows sorted by outlet: summary, outlets, staff, entries, history, calls, changes, findings.

    >>> tuple(SHEETS)
    ('summary', 'outlets', 'staff', 'entries', 'history', 'calls', 'changes', 'findings')
    """
    made: Mapping[str, Callable[[], Iterable[tuple[Cell, ...]]]] = {
        "summary": lambda: _summary(review),
        "outlets": lambda: map(_outlet, review.outlets),
        "staff": lambda: (_staff(one, outlet, names) for outlet in review.outlets for one in outlet.staff),
        "entries": lambda: sorted(_entry(entry, names) for entry in roster.entries),
        "history": lambda: sorted(row for entry in roster.entries for row in _history(entry, names)),
        "calls": lambda: _calls(review, names),
        "changes": lambda: ((one.code, one.subject, one.before, one.after, one.entry) for one in review.changes),
        "findings": lambda: (
            (one.reason.subject or "", one.field, (one.reason,), one.reason.citation.article) for one in review.findings
        ),
    }
    return tuple(Sheet(key=key, columns=columns, rows=tuple(made[key]())) for key, columns in SHEETS.items())


def _result(figure: Figure) -> tuple[Cell, ...]:
    return "" if figure.target is None else f"{figure.target}", figure.met.value, figure.missing


def _test(figure: Figure) -> tuple[Cell, ...]:
    return arithmetic(figure), figure.citation.article, figure.reasons


def _summary(review: RosterReview) -> Iterator[tuple[Cell, ...]]:
    for one in review.growth:
        yield _year(one)
    share = review.share
    yield share.kind.value, "", None, None, None, None, shown_value(share), *_result(share), *_test(share)


def _year(one: YearGrowth) -> tuple[Cell, ...]:
    figure = one.figure
    heads = (one.begin, one.gained, one.lost, one.end)
    return figure.kind.value, str(one.year), *heads, shown_value(figure), *_result(figure), *_test(figure)


def _outlet(one: OutletReview) -> tuple[Cell, ...]:
    figure = one.per_head
    short = sum(each.floor.met is Met.NO for each in one.staff)
    counts = (one.heads, one.maintained, one.pooled, one.prospects, one.astray)
    told = (shown_value(figure), *_result(figure), short, tuple(one.by_level.items()))
    return one.outlet, one.name, *counts, *told, *_test(figure)


def _staff(one: StaffReview, outlet: OutletReview, names: Known) -> tuple[Cell, ...]:
    floor = one.floor
    approved = "" if floor.approval is None else floor.approval.by
    return (
        outlet.outlet,
        outlet.name,
        one.staff,
        names.staff.get(one.staff, ""),
        one.posts,
        *(one.maintained, one.proposed, one.prospects),
        *_result(floor),
        approved,
        one.taking_part.met.value,
        *(one.by_segment.get(segment, 0) for segment in Segment),
        tuple(one.by_level.items()),
        *_test(floor),
    )


def _who(entry: RosterEntry) -> tuple[str, str, str]:
    prospect = "" if entry.prospect is None else entry.prospect.reference
    return entry.number, entry.customer or "", entry.was_prospect or prospect


def _entry(entry: RosterEntry, names: Known) -> tuple[Cell, ...]:
    now, prospect = entry.maintainer, entry.prospect
    outlet = entry.outlet or "" if now is None else now.outlet
    staff = "" if now is None else now.staff
    return (
        *(outlet, names.outlets.get(outlet, ""), staff, names.staff.get(staff, "")),
        "" if now is None else now.since.isoformat(),
        entry.state.value,
        *_who(entry),
        "" if prospect is None else names.prospects.get(prospect.reference, ""),
        entry.level,
        entry.source.value,
        entry.nominator or "",
        names.free(entry.reason),
        ", ".join(entry.needs),
        ", ".join(one.staff for one in entry.helpers),
        entry.listed_on.isoformat(),
        "" if prospect is None else prospect.erase_by.isoformat(),
        "" if entry.struck_off_on is None else entry.struck_off_on.isoformat(),
    )


def _history(entry: RosterEntry, names: Known) -> Iterator[tuple[Cell, ...]]:
    held = (*entry.past, *(() if entry.maintainer is None else (entry.maintainer,)), *entry.helpers)
    for one in held:
        yield _held(entry, one, names)


def _held(entry: RosterEntry, one: Assignment, names: Known) -> tuple[Cell, ...]:
    return (
        *(one.outlet, names.outlets.get(one.outlet, "")),
        *_who(entry),
        Role(one.role).value,
        *(one.staff, names.staff.get(one.staff, "")),
        one.since.isoformat(),
        "" if one.until is None else one.until.isoformat(),
        one.by,
        names.free(one.reason),
    )


def _calls(review: RosterReview, names: Known) -> Iterator[tuple[Cell, ...]]:
    for one in review.calls:
        outlet, staff = one.outlet or "", one.staff or ""
        yield (
            *(outlet, names.outlets.get(outlet, ""), staff, names.staff.get(staff, "")),
            *(one.subject, one.level, one.segment.value, ", ".join(one.needs), one.why, one.entry),
        )
