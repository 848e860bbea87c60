"""What must hold once the faults stop: everything comes to rest, both systems are equal, and every edit is accounted for. sync.md 3.4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from custmaster.sim.sync._book import Book, Side, Told
from custmaster.sim.sync.trace import Invariant
from custmaster.sync.codes import ReportCode

__all__ = ["OF_ENDS", "OF_HISTORIES", "End", "History", "ends_in_a_circle", "unexplained"]


@frozen(kw_only=True)
class End:
    """Where a fair exchange without faults led: `rested` when nobody owed anything any more; `woken` when an old message changed something."""

    one: Side
    other: Side
    rested: bool
    woken: bool = False


@frozen(kw_only=True)
class History:
    """All edits of one customer up to a rest. `excused`: those that a restore from backup took away before anybody else had them.

    `told`: every report that was ever made, those too whose store was restored to before them.
    """

    end: End
    made: tuple[int, ...]
    excused: frozenset[int] = frozenset()
    told: frozenset[Told] = frozenset()


def everything_comes_to_rest(end: End, book: Book) -> bool:
    """L1. Once every message arrives, both systems soon owe nothing. Guards H6, H8."""
    return end.rested


def at_rest_both_are_equal(end: End, book: Book) -> bool:
    """L2. On every shared field, on presence, version and creation; one is the owner. Guards H1, H2, H6, H10."""
    one, other = end.one.replica, end.other.replica
    same = one.values == other.values and one.version == other.version and one.creation_id == other.creation_id
    return not end.rested or (same and one.owner != other.owner and not one.recovering and not other.recovering)


def old_messages_change_nothing(end: End, book: Book) -> bool:
    """L3. At rest, every message ever sent may arrive again. Guards H12."""
    return not end.woken


def every_edit_is_accounted_for(history: History, book: Book) -> bool:
    """L4. It stands, or an author who had seen it wrote over it, or it was granted as it stood, or reported. Guards H3, H7: silent loss."""
    return not history.end.rested or unexplained(history, book) is None


def unexplained(history: History, book: Book) -> tuple[int, str] | None:
    """The first edit, and its field, that is neither there nor superseded nor reported."""
    for edit in history.made:
        for name in book[edit].fields:
            if edit not in history.excused and not _explained(edit, name, history, book):
                return edit, name
    return None


def _explained(edit: int, name: str, history: History, book: Book) -> bool:
    stands = book.history(history.end.one.writer(name), name)
    if edit in stands or any(edit in book.saw(later, name) for later in history.made):
        return True
    if any((told.edit, told.field) == (edit, name) for told in history.told):
        return True
    return _one_of_a_refused_creation(edit, history)


def _one_of_a_refused_creation(edit: int, history: History) -> bool:
    collided = {told.edit for told in history.told if told.code == ReportCode.CREATION_COLLIDES}
    return edit in collided


def ends_in_a_circle(survivors: Mapping[str, str]) -> bool:
    """MERGE. Whether following who was merged into whom comes back to the same customer. Guards H13."""
    for first in survivors:
        seen, here = {first}, survivors[first]
        while here in survivors and here not in seen:
            seen.add(here)
            here = survivors[here]
        if here in seen:
            return True
    return False


OF_ENDS: Final[Mapping[Invariant, tuple[Callable[[End, Book], bool], ...]]] = {
    Invariant.L1: (everything_comes_to_rest,),
    Invariant.L2: (at_rest_both_are_equal,),
    Invariant.L3: (old_messages_change_nothing,),
}
OF_HISTORIES: Final[Mapping[Invariant, tuple[Callable[[History, Book], bool], ...]]] = {
    Invariant.L4: (every_edit_is_accounted_for,),
}
