"""The files of staff (员工) and outlets (网点) into values: several rows of one staff member are several postings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import cast

from attrs import Factory, define

from custmaster.errors import Fault, InvalidValue
from custmaster.roster.kinds import Post
from custmaster.roster.staff import Outlet, Posting, Staff
from custmaster.value.name import Name
from custmaster.value.span import Span
from custmaster.wire._roster_cells import RosterSheet, listed_words
from custmaster.wire.roster_codes import RosterFileCode, roster_remark
from custmaster.wire.table import Row

__all__ = ["derived_outlets", "read_outlets", "read_staff"]

_LARGEST = 9


@define
class _Person:
    """A staff member while the rows are read: what the first row that says anything says of it."""

    line: int
    postings: list[tuple[int, Posting]] = Factory(list[tuple[int, Posting]])
    told: dict[str, object] = Factory(dict[str, object])


def read_staff(sheet: RosterSheet) -> tuple[tuple[Staff, ...], dict[str, int]]:
    """The staff by number, and the first line of each. A row whose post or days cannot be read leaves its staff member without that post.

    A post that is held twice at one outlet on the same days is told and taken once; where two rows differ in name, capacity or place, the
    first holds. Source: R-17..R-22.
    """
    reader = _StaffReader(sheet)
    people: dict[str, _Person] = {}
    for row in sheet.rows():
        reader.read(row, people)
    staff = tuple(
        Staff(number=number, postings=[one for _, one in person.postings], **person.told)  # type: ignore[arg-type]
        for number, person in sorted(people.items())
    )
    return staff, {number: person.line for number, person in people.items()}


class _StaffReader:
    """The columns of the staff's file."""

    def __init__(self, sheet: RosterSheet) -> None:
        self.sheet = sheet
        self.number, self.outlet = sheet.plain("number"), sheet.plain("outlet")
        self.post = sheet.word("post", RosterFileCode.POST_WORD_UNKNOWN)
        self.start, self.end = sheet.day("from"), sheet.day("until")
        self.texts = {key: sheet.plain(key) for key in ("name", "capacity", "languages", "place")}

    def read(self, row: Row, people: dict[str, _Person]) -> None:
        """One row more."""
        number = _number(self.sheet, row, self.number(row))
        if number is None:
            return
        person = people.setdefault(number, _Person(row.line))
        self._told(row, person, number)
        posting = self._posting(row, number)
        if posting is not None:
            self._held(row.line, person, posting, number)

    def _told(self, row: Row, person: _Person, number: str) -> None:
        for key, read in self.texts.items():
            text = read(row)
            try:
                value = None if text is None else _MADE[key](text)
            except InvalidValue as fault:
                self.sheet.unfit(row.line, fault.under(key), number)
                continue
            if value is not None and person.told.setdefault(key, value) != value:
                told = roster_remark(key, RosterFileCode.ROSTER_ROWS_DISAGREE, number, first=person.line)
                self.sheet.told(row.line, told)

    def _posting(self, row: Row, number: str) -> Posting | None:
        post, outlet, start, end = self.post(row), self.outlet(row), self.start(row), self.end(row)
        for key, value in (("post", post), ("outlet", outlet)):
            if value is None and not self.sheet.text(key)(row.cells).strip():
                self.sheet.empty(row, key)
        unread = self.sheet.unread(row, "from", start) or self.sheet.unread(row, "until", end)
        if post is None or outlet is None or unread:
            return None
        try:
            return Posting(post=cast("Post", post), outlet=outlet, valid=_span(start, end))
        except InvalidValue as fault:
            self.sheet.unfit(row.line, fault, number)
            return None

    def _held(self, line: int, person: _Person, posting: Posting, number: str) -> None:
        for first, other in person.postings:
            same = (other.post, other.outlet) == (posting.post, posting.outlet)
            if same and other.valid.overlaps(posting.valid):
                told = roster_remark("post", RosterFileCode.POSTING_TWICE, number, first=first)
                self.sheet.told(line, told)
                return
        person.postings.append((line, posting))


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _LARGEST):
        raise InvalidValue(Fault.RANGE, length=len(text), remedy="a whole number, 0 or more")
    return int(text)


_MADE: dict[str, Callable[[str], object]] = {
    "name": Name,
    "capacity": _whole,
    "languages": lambda text: tuple(sorted(set(listed_words(text)))),
    "place": str,
}


def _span(start: date | None, end: date | None) -> Span:
    try:
        return Span(start, end)
    except InvalidValue as fault:
        raise fault.under("until") from None


def _number(sheet: RosterSheet, row: Row, number: str | None) -> str | None:
    """The row's own number; None where there is none, or one that is too long, which is told."""
    if number is None:
        sheet.empty(row, "number")
        return None
    try:
        Outlet(number=number)
    except InvalidValue as fault:
        sheet.unfit(row.line, fault, None)
        return None
    return number


def read_outlets(sheet: RosterSheet) -> tuple[tuple[Outlet, ...], dict[str, int]]:
    """The outlets by number, and the line of each; of a number that stands twice the first row holds, and the second is told."""
    number, texts = sheet.plain("number"), {key: sheet.plain(key) for key in ("name", "place")}
    start, end = sheet.day("from"), sheet.day("until")
    found: dict[str, Outlet] = {}
    lines: dict[str, int] = {}
    for row in sheet.rows():
        own = _number(sheet, row, number(row))
        if own is None:
            continue
        if own in found:
            told = roster_remark("number", RosterFileCode.OUTLET_TWICE, own, first=lines[own])
            sheet.told(row.line, told)
            continue
        try:
            valid = _span(start(row), end(row))
        except InvalidValue as fault:
            sheet.unfit(row.line, fault, own)
            valid = Span()
        found[own] = Outlet(number=own, name=texts["name"](row) or "", place=texts["place"](row), valid=valid)
        lines[own] = row.line
    return tuple(found[one] for one in sorted(found)), lines


def derived_outlets(numbers: Iterable[str]) -> tuple[Outlet, ...]:
    """Outlets without names, of the numbers that other files name."""
    return tuple(Outlet(number=one) for one in sorted(set(numbers)))
