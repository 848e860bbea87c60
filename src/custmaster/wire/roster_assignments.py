"""The file of assignments of a roster (名单): who maintains or helps whom, from when to when; ended ones are the history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.roster.entry import Assignment
from custmaster.roster.kinds import Role
from custmaster.wire._roster_cells import RosterSheet
from custmaster.wire.roster_codes import RosterFileCode, roster_remark
from custmaster.wire.table import Row

__all__ = ["Assigning", "Line", "chosen", "not_yet", "read_assignments"]

_NOBODY = "-"


@frozen(kw_only=True)
class Line:
    """One row: whom it is about (a customer's, an entry's or a prospect's number), and the assignment; `outlet` may not be stated."""

    line: int
    subject: str
    staff: str
    outlet: str | None
    role: Role
    since: date | None
    until: date | None
    by: str
    reason: str | None

    def made(self, outlet: str, day: date) -> Assignment:
        """The assignment; one without its first day is taken to hold from `day`, one that holds has no last day."""
        return Assignment(
            staff=self.staff,
            outlet=self.outlet or outlet,
            role=self.role,
            since=self.since or min(day, self.until or day),
            until=self.until if self.until is not None and self.until <= day else None,
            by=self.by,
            reason=self.reason,
        )


@frozen(kw_only=True)
class Assigning:
    """The rows about one subject on a day: who maintains it, who helps, who did before; `twice` are further live rows of one role."""

    maintainer: Line | None
    helpers: tuple[Line, ...]
    past: tuple[Line, ...]
    twice: tuple[tuple[Line, Line], ...] = field(repr=False)


def read_assignments(sheet: RosterSheet) -> Iterator[Line]:
    """The rows of the file that name somebody and a staff member; of the others it is told what they lack."""
    reader = _Reader(sheet)
    for row in sheet.rows():
        line = reader.line(row)
        if line is not None:
            yield line


class _Reader:
    """The columns of the assignments' file."""

    def __init__(self, sheet: RosterSheet) -> None:
        self.sheet = sheet
        self.texts = {key: sheet.plain(key) for key in ("customer", "entry", "staff", "outlet", "by", "reason")}
        self.role, self.since, self.until = sheet.word("role"), sheet.day("from"), sheet.day("until")

    def line(self, row: Row) -> Line | None:
        """What the row says; None where it cannot be an assignment."""
        texts = {key: read(row) for key, read in self.texts.items()}
        subject, staff = texts["customer"] or texts["entry"], texts["staff"]
        since, until = self.since(row), self.until(row)
        if subject is None or staff is None:
            key = "staff" if subject is not None else "customer" if self.sheet.has("customer") else "entry"
            self.sheet.empty(row, key)
            return None
        if self.sheet.unread(row, "from", since) or self.sheet.unread(row, "until", until):
            return None
        if since is not None and until is not None and until < since:
            self.sheet.unfit(row.line, InvalidValue(Fault.ORDER, path="until"), subject)
            return None
        role = self.role(row)
        if role is None and self.sheet.text("role")(row.cells).strip():
            return None
        return Line(
            line=row.line,
            subject=subject,
            staff=staff,
            outlet=texts["outlet"],
            role=cast("Role", role) if role is not None else Role.MAINTAINER,
            since=since,
            until=until,
            by=texts["by"] or _NOBODY,
            reason=texts["reason"],
        )


def chosen(lines: list[Line], day: date) -> Assigning:
    """Who stands how to the subject on the day. Of two live maintainers the one who came last holds, then the one further down.

    >>> lines = [
    ...     Line(
    ...         line=at,
    ...         subject="6",
    ...         staff=f"S-{at}",
    ...         outlet=None,
    ...         role=Role.MAINTAINER,
    ...         since=None,
    ...         until=None,
    ...         by="-",
    ...         reason=None,
    ...     )
    ...     for at in (2, 3)
    ... ]
    >>> found = chosen(lines, date(2026, 11, 28))
    >>> found.maintainer.staff, [one.line for one, _ in found.twice]
    ('S-3', [2])
    """
    first = date.min
    ordered = sorted(lines, key=lambda one: (one.since or first, one.line))
    past = tuple(one for one in ordered if one.until is not None and one.until <= day and one.role is Role.MAINTAINER)
    live = [one for one in ordered if one.until is None or one.until > day]
    maintainers = [one for one in live if one.role is Role.MAINTAINER]
    maintainer = maintainers[-1] if maintainers else None
    twice = [(one, maintainers[-1]) for one in maintainers[:-1]]
    helpers: dict[str, Line] = {}
    for one in live:
        if one.role is Role.CO_MANAGER:
            other = maintainer if maintainer is not None and maintainer.staff == one.staff else helpers.get(one.staff)
            if other is None:
                helpers[one.staff] = one
            else:
                twice.append((one, other))
    return Assigning(maintainer=maintainer, helpers=tuple(helpers.values()), past=past, twice=tuple(twice))


def not_yet(sheet: RosterSheet, line: Line, day: date) -> bool:
    """Whether the assignment begins after the day, which is told: it is left out."""
    if line.since is None or line.since <= day:
        return False
    sheet.told(line.line, roster_remark("from", RosterFileCode.ASSIGNED_LATER, line.subject, day=line.since))
    return True
