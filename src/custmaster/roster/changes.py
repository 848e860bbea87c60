"""What differs between two rosters, entry by entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from custmaster.roster.entry import RosterEntry
from custmaster.roster.figure_codes import ChangeCode
from custmaster.roster.ladder import Ladder
from custmaster.roster.review import Change

__all__ = ["diff"]


def diff(
    before: Iterable[RosterEntry], after: Iterable[RosterEntry], rungs: Ladder | None = None
) -> tuple[Change, ...]:
    """The changes from one roster to a later one, by entry number and then in the order of `ChangeCode`.

    With `rungs` a level that rose is told from one that fell; without, or where one of the two is not on the ladder, it is LEVEL_CHANGED.
    `before` and `after` of a change are the numbers or levels that were exchanged. Source: R-16, R-17.

    >>> from datetime import date
    >>> from custmaster.roster.kinds import Source
    >>> listed = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> [change.code for change in diff([], [listed])]
    [<ChangeCode.NEW_ENTRY: 'NEW_ENTRY'>]
    """
    old, new = _by_number(before), _by_number(after)
    found = [
        change for number in sorted(old.keys() | new.keys()) for change in _of(old.get(number), new.get(number), rungs)
    ]
    return tuple(found)


def _by_number(entries: Iterable[RosterEntry]) -> Mapping[str, RosterEntry]:
    """The live entries, and those struck off, by number; of a number that stands twice one, whatever the order."""
    return {
        one.number: one
        for one in sorted(entries, key=lambda one: (one.number, not one.is_live, one.subject, one.level))
    }


def _of(before: RosterEntry | None, after: RosterEntry | None, rungs: Ladder | None) -> Iterator[Change]:
    was = before is not None and before.is_live
    if after is None:
        if before is not None and was:
            yield _change(ChangeCode.NO_MORE_THERE, before)
    elif not after.is_live:
        if was:
            yield _change(ChangeCode.STRUCK_OFF, after)
    elif before is None or not was:
        yield _change(ChangeCode.NEW_ENTRY, after)
    else:
        yield from _of_subject(before, after)
        yield from _of_maintainer(before, after)
        yield from _of_level(before, after, rungs)


def _of_subject(before: RosterEntry, after: RosterEntry) -> Iterator[Change]:
    if before.subject != after.subject:
        became = before.is_prospect and not after.is_prospect
        code = ChangeCode.BECAME_CUSTOMER if became else ChangeCode.NUMBER_CHANGED
        yield _change(code, after, before.subject, after.subject)


def _of_maintainer(before: RosterEntry, after: RosterEntry) -> Iterator[Change]:
    old, new = before.maintainer, after.maintainer
    if old is None or new is None:
        if new is not None:
            yield _change(ChangeCode.TAKEN_ON, after, None, new.staff)
        if old is not None:
            yield _change(ChangeCode.RETURNED, after, old.staff, None)
    elif old.staff != new.staff:
        yield _change(ChangeCode.HANDED_OVER, after, old.staff, new.staff)
    elif old.outlet != new.outlet:
        yield _change(ChangeCode.MOVED_OUTLET, after, old.outlet, new.outlet)


def _of_level(before: RosterEntry, after: RosterEntry, rungs: Ladder | None) -> Iterator[Change]:
    if before.level != after.level:
        code = ChangeCode.LEVEL_CHANGED
        if rungs is not None and rungs.knows(before.level) and rungs.knows(after.level):
            rose = rungs.rank(after.level) > rungs.rank(before.level)
            code = ChangeCode.LEVEL_UP if rose else ChangeCode.LEVEL_DOWN
        yield _change(code, after, before.level, after.level)


def _change(code: ChangeCode, entry: RosterEntry, before: str | None = None, after: str | None = None) -> Change:
    return Change(code=code, entry=entry.number, subject=entry.subject, before=before, after=after)
