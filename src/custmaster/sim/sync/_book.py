"""Who wrote what, and what he had before his eyes when he did: the causal history by which the oracle explains every value.

Every text that an edit writes names the edit (`name#7`), so where a value comes from can always be told. A status, a relationship or a
role cannot carry such a text; for these fields, here called worn, the author goes along beside the value.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from custmaster.sync.messages import Message
from custmaster.sync.replica import Replica, Report

__all__ = [
    "GRANTED",
    "NOBODY",
    "Book",
    "Deed",
    "Doing",
    "Edit",
    "Element",
    "Notes",
    "Side",
    "Told",
    "is_worn",
    "text_of",
    "writer_of",
]

NOBODY: Final = 0
"""The author of what nobody wrote."""

GRANTED: Final = "GRANTED"
"""No report: the edit of a worn field found what it asked for, and nothing more is heard of it."""

Notes = tuple[tuple[str, int], ...]
"""For each worn field, sorted, the edit that wrote its value."""


class Doing(StrEnum):
    """What an author does."""

    CREATE = "CREATE"
    CHANGE = "CHANGE"
    DELETE = "DELETE"
    ACTIVATE = "ACTIVATE"
    MERGE = "MERGE"


@frozen(kw_only=True, cache_hash=True)
class Deed:
    """Something that an author may do: to which fields, and for a merge, into which customer."""

    doing: Doing
    fields: tuple[str, ...]
    into: str | None = None


@frozen(kw_only=True, cache_hash=True)
class Edit:
    """What one author did at one system.

    `place`: the author's own count, so that no two edits are one. `count`: the number under which a report names it: the peer's pseq, the
    owner's rev. `shown`: for each field of the units that were touched, whose value stood there just before. `worn`: what it wrote into
    worn fields.
    """

    number: str
    system: str
    place: int
    doing: Doing
    owner: bool
    epoch: int
    count: int
    fields: tuple[str, ...]
    shown: Notes
    worn: tuple[tuple[str, str | None], ...] = ()


@frozen(kw_only=True, cache_hash=True)
class Told:
    """A report, with the edit that it is about; or that the edit was GRANTED."""

    code: str
    edit: int
    field: str


@frozen(kw_only=True, cache_hash=True)
class Element:
    """A message, and beside it the authors of the worn values that it carries; `unread` in the network, it never wears out."""

    message: Message
    notes: Notes = ()


@frozen(kw_only=True, cache_hash=True)
class Side:
    """All that one system has stored of one customer: the replica, what it told, and whose edits it took while it was the owner.

    `shown` and `base` are the authors of the worn values that stand in the replica's values and base.
    """

    replica: Replica
    told: frozenset[Told] = frozenset()
    taken: frozenset[tuple[int, str]] = frozenset()
    shown: Notes = ()
    base: Notes = ()

    def writer(self, field: str) -> int:
        """The edit that wrote the value which stands in the field."""
        return dict(self.shown).get(field, NOBODY) if is_worn(field) else writer_of(self.replica.values.get(field))


def is_worn(field: str) -> bool:
    """Whether the field's values cannot name their author."""
    return field in {"status", "merged_into"} or field.startswith(("relationship/", "role/"))


def text_of(field: str, edit: int) -> str:
    """The text that the edit writes into the field."""
    return f"{field}#{edit}"


def writer_of(text: str | None) -> int:
    """The edit that wrote the text; NOBODY when there is none, -1 when no edit of ours would write such a text."""
    if text is None:
        return NOBODY
    tail = text.rpartition("#")[2]
    return int(tail) if tail.isascii() and tail.isdigit() else -1


class Book:
    """Every edit that was ever made, numbered from 1."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []
        self._numbers: dict[Edit, int] = {}
        self._saw: dict[tuple[int, str], frozenset[int]] = {}

    def enter(self, edit: Edit) -> int:
        """The number of the edit; the same author who does the same with the same before his eyes has the same number."""
        number = self._numbers.get(edit)
        if number is None:
            self._edits.append(edit)
            number = self._numbers[edit] = len(self._edits)
            for name, _ in edit.shown:
                self.saw(number, name)  # so that no look back is ever longer than one edit
        return number

    def __getitem__(self, number: int) -> Edit:
        return self._edits[number - 1]

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and 0 < number <= len(self._edits)

    def saw(self, number: int, field: str) -> frozenset[int]:
        """All edits of the field that the author had seen: the one that stood there, and those that its author had seen."""
        known = self._saw.get((number, field))
        if known is None:
            before = dict(self[number].shown).get(field, NOBODY) if number in self else NOBODY
            known = self._saw[number, field] = self.history(before, field)
        return known

    def history(self, number: int, field: str) -> frozenset[int]:
        """The edit, and all that its author had seen of the field."""
        return self.saw(number, field) | {number} if number in self else frozenset()

    def concurrent(self, number: int, others: frozenset[int], field: str) -> frozenset[int]:
        """Those of the other system's edits that the author of this one had not seen."""
        seen = self.saw(number, field)
        return frozenset(one for one in others if one not in seen and self[one].system != self[number].system)

    def names(self, number: int, report: Report) -> bool:
        """Whether the report is about this edit, in this field."""
        if number not in self:
            return False
        edit = self[number]
        named = (report.system, report.epoch, report.pseq)
        return named == (edit.system, edit.epoch, edit.count) and report.field in edit.fields
