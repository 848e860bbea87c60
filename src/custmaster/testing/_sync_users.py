"""What a user's operation must make of a side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy

from custmaster.sync import Catalogue
from custmaster.testing._sync_ghost import Content, Lost, Side, Write

__all__ = ["created", "edited", "handed_over"]


def _units(catalogue: Catalogue, names: Iterable[str]) -> set[str]:
    return {catalogue.unit(name) for name in names}


def created(
    side: Side, values: Mapping[str, str], creation: str, by: tuple[int, Catalogue]
) -> tuple[Side, tuple[Lost, ...]]:
    """The side after a creation; what a peer's creation says of fields that are not KEY is reported."""
    number, catalogue = by
    here = copy(side)
    here.present, here.creation = True, creation
    if not side.owner:
        return _asked(here, dict(values), by)
    write = Write(number=number, seen=frozenset())
    single = [row.name for row in catalogue.fields if not row.family]
    keys = [name for name in (*single, *values) if catalogue.is_key(name)]
    shown = dict.fromkeys((*single, *values), write)
    here.content = Content(dict(values), shown, dict.fromkeys(_units(catalogue, keys), write))
    here.rev = side.rev + 1
    return here, ()


def edited(side: Side, changes: Mapping[str, str | None], by: tuple[int, Catalogue]) -> tuple[Side, tuple[Lost, ...]]:
    """The side after an edit; a value that stands already is no change."""
    number, catalogue = by
    wanted = {name: value for name, value in changes.items() if side.content.values.get(name) != value}
    if not wanted:
        return side, ()
    here = copy(side)
    if not side.owner:
        return _asked(here, wanted, by)
    writes = {unit: Write(number=number, seen=_seen(side, unit, catalogue)) for unit in _units(catalogue, wanted)}
    own = dict(side.content.own) | {u: one for u, one in writes.items() if catalogue.is_key(_member(u, catalogue))}
    here.content = _with(side.content, wanted, {name: writes[catalogue.unit(name)] for name in wanted}, own)
    here.rev = side.rev + 1
    return here, ()


def handed_over(side: Side) -> Side:
    """The side of the former owner."""
    here = copy(side)
    here.owner, here.epoch, here.handed, here.base = False, side.epoch + 1, side.content, side.content
    here.pending, here.pseq = {}, side.ack
    return here


def _asked(here: Side, wanted: Mapping[str, str | None], by: tuple[int, Catalogue]) -> tuple[Side, tuple[Lost, ...]]:
    """A peer's edit: its key fields wait for the answer, of the others each is reported."""
    number, catalogue = by
    writes: dict[str, Write] = {}
    for unit in _units(catalogue, wanted):
        waiting = [one for name, (_, one) in here.pending.items() if catalogue.unit(name) == unit]
        first = any(one.first for one in waiting) or (not waiting and here.rev == 0)
        writes[unit] = Write(number=number, seen=_seen(here, unit, catalogue), first=first)
    here.pseq += 1
    behind = {name: writes[catalogue.unit(name)] for name in wanted}
    keys = {name: (here.pseq, one) for name, one in behind.items() if catalogue.is_key(name)}
    here.pending = {**here.pending, **keys}
    here.content = _with(here.content, wanted, behind, here.content.own)
    return here, tuple(Lost(name, here.epoch, here.pseq) for name in sorted(wanted) if not catalogue.is_key(name))


def _seen(side: Side, unit: str, catalogue: Catalogue) -> frozenset[int]:
    return side.has_seen(catalogue.members(unit))


def _member(unit: str, catalogue: Catalogue) -> str:
    return catalogue.members(unit)[0]


def _with(
    content: Content, wanted: Mapping[str, str | None], behind: Mapping[str, Write], own: Mapping[str, Write]
) -> Content:
    values = {name: value for name, value in {**content.values, **wanted}.items() if value is not None}
    return Content(values, {**content.shown, **behind}, own)
