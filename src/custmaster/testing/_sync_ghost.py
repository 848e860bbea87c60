"""What the kit remembers of one customer at one system, with every write known by a number of its own instead of by its value.

From it follows what one step may do: which fields a message may change, which edits must be taken, kept or reported. Whether an author had
seen a write is a question of ancestry: what the record showed when the edit was made, and what that had been written over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy

from attrs import define, field, frozen

from custmaster.sync import Ack, Catalogue, Full, Handoff, KeyInfo, Message, Resync, Snapshot

__all__ = ["Content", "Expected", "Lost", "Side", "Write", "expected"]


@frozen(kw_only=True)
class Write:
    """One value written by one user: what the author had seen, and whether that held anything of the owner at all."""

    number: int
    seen: frozenset[int]
    first: bool = False


@frozen
class Content:
    """What an owner's message carries: values, the write behind each, and the owner's own last write of each unit."""

    values: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    shown: Mapping[str, Write] = field(factory=dict[str, Write], repr=False)
    own: Mapping[str, Write] = field(factory=dict[str, Write], repr=False)


@frozen
class Lost:
    """An edit that must be reported now."""

    field: str
    epoch: int
    pseq: int


@define
class Side:
    """One customer at one system, as all that was seen of it says."""

    owner: bool
    present: bool = False
    epoch: int = 0
    rev: int = 0
    ack: int = 0
    pseq: int = 0
    creation: str | None = None
    content: Content = field(factory=Content)
    base: Content = field(factory=Content)
    pending: Mapping[str, tuple[int, Write]] = field(factory=dict[str, tuple[int, Write]])
    handed: Content | None = None
    life: int = 0
    known: int = 0
    recovering: bool = False

    @property
    def version(self) -> tuple[int, int, int]:
        """As of which the record stands."""
        return (self.epoch, self.rev, self.ack) if self.present else (-1, -1, -1)

    def has_seen(self, fields: Iterable[str]) -> frozenset[int]:
        """The writes behind what the record shows in these fields, with all that they were written over."""
        shown = [self.content.shown[name] for name in fields if name in self.content.shown]
        return frozenset(number for one in shown for number in (*one.seen, one.number))


@frozen
class Expected:
    """What a message must make of a side; `kind` names the case, for counts and for sentences."""

    side: Side
    kind: str
    lost: tuple[Lost, ...] = ()


def expected(side: Side, message: Message, carried: Content, catalogue: Catalogue) -> Expected:
    """What the message must make of the side. `carried` is what it was seen to carry when it was sent."""
    match message:
        case Resync():
            return _resync(side, message)
        case Snapshot():
            return _snapshot(side, message, carried, catalogue)
        case _:
            return _ordinary(side, message, carried, catalogue)


def _ordinary(side: Side, message: KeyInfo | Full | Ack | Handoff, carried: Content, catalogue: Catalogue) -> Expected:
    theirs, mine = message.incarnations
    heard = theirs == side.known or (not side.present and theirs > side.known)
    if side.recovering or mine != side.life or not heard:
        return Expected(side, "of another life")
    here = copy(side)
    here.known = theirs
    match message:
        case KeyInfo():
            return _key(here, message, carried, catalogue)
        case Full():
            return _full(here, message, carried, catalogue)
        case Handoff():
            return _handoff(here, message, carried, catalogue)
        case Ack():
            return Expected(here, "ACK")


def _key(side: Side, message: KeyInfo, carried: Content, catalogue: Catalogue) -> Expected:
    if not side.owner or message.epoch != side.epoch:
        return Expected(side, "late KEY")
    if side.present and message.pseq <= side.ack:
        return Expected(side, "KEY again")
    edits = {one.field: (one.pseq, one.value) for one in message.proposals if one.pseq > side.ack}
    collides = side.present and side.creation != message.creation_id
    made, lost, taken = _weighed(side.content, edits, (carried.shown, collides, message.epoch), catalogue)
    side.content = made
    if not side.present:
        side.present, side.creation, side.rev = True, message.creation_id, 1
    side.ack = message.pseq
    kind = "KEY lost" if lost else "KEY taken" if taken else "KEY without news"
    return Expected(side, kind, lost)


def _weighed(
    content: Content,
    edits: Mapping[str, tuple[int, str | None]],
    about: tuple[Mapping[str, Write], bool, int],
    catalogue: Catalogue,
) -> tuple[Content, tuple[Lost, ...], tuple[str, ...]]:
    """The content with the edits of every unit whose authors had seen the owner's own last write of it; the others are lost."""
    writes, collides, epoch = about
    values, shown = dict(content.values), dict(content.shown)
    lost: list[Lost] = []
    taken: list[str] = []
    for unit in sorted({catalogue.unit(name) for name in edits}):
        names = sorted(name for name in edits if catalogue.unit(name) == unit)
        if _stale(content.own.get(unit), [writes[name] for name in names], collides=collides):
            lost.extend(Lost(n, epoch, edits[n][0]) for n in names if values.get(n) != edits[n][1])
            continue
        taken.append(unit)
        for name in names:
            shown[name] = writes[name]
            _lay(values, name, edits[name][1])
    return Content(values, shown, content.own), tuple(lost), tuple(taken)


def _stale(own: Write | None, writes: list[Write], *, collides: bool) -> bool:
    return (collides and any(one.first for one in writes)) or (
        own is not None and any(own.number not in one.seen for one in writes)
    )


def _lay(values: dict[str, str], name: str, value: str | None) -> None:
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value


def _full(side: Side, message: Full, carried: Content, catalogue: Catalogue) -> Expected:
    if message.epoch != side.epoch or side.owner:
        return Expected(side, "FULL of another epoch")
    side.handed = None
    if (message.epoch, message.rev, message.ack) <= side.version:
        return Expected(side, "stale FULL")
    had = bool(side.pending)
    _adopt(side, message, carried, catalogue)
    return Expected(side, "FULL beside pending edits" if had and side.pending else "FULL")


def _adopt(side: Side, message: Full | Snapshot, carried: Content, catalogue: Catalogue) -> None:
    """The peer takes what the owner says, but for the units with an edit that the owner has not answered."""
    side.pending = {name: one for name, one in side.pending.items() if one[0] > message.ack}
    units = {catalogue.unit(name) for name in side.pending}
    values = {name: value for name, value in carried.values.items() if catalogue.unit(name) not in units}
    shown = {name: one for name, one in carried.shown.items() if catalogue.unit(name) not in units}
    values.update((n, value) for n, value in side.content.values.items() if catalogue.unit(n) in units)
    shown.update((n, one) for n, one in side.content.shown.items() if catalogue.unit(n) in units)
    side.content, side.base = Content(values, shown, carried.own), carried
    if not any(one.first for _, one in side.pending.values()):
        side.creation = message.creation_id
    side.present, side.rev, side.ack = True, message.rev, message.ack
    side.pseq = max(side.pseq, message.ack)


def _handoff(side: Side, message: Handoff, carried: Content, catalogue: Catalogue) -> Expected:
    if message.epoch <= side.epoch:
        return Expected(side, "late HANDOFF")
    edits = {n: (one[0], side.content.values.get(n)) for n, one in side.pending.items() if one[0] > message.ack}
    writes = {name: side.pending[name][1] for name in edits}
    collides = side.present and side.creation != message.creation_id
    made, lost, taken = _weighed(carried, edits, (writes, collides, side.epoch), catalogue)
    own = dict(made.own)
    for name in edits:
        if catalogue.unit(name) in taken:
            own[catalogue.unit(name)] = writes[name]
    after = Side(
        owner=True,
        present=True,
        epoch=message.epoch,
        rev=message.rev + bool(taken),
        ack=message.ack,
        pseq=message.ack,
        creation=message.creation_id,
        content=Content(made.values, made.shown, own),
        life=side.life,
        known=side.known,
    )
    return Expected(after, "HANDOFF with pending edits" if edits else "HANDOFF", lost)


def _resync(side: Side, message: Resync) -> Expected:
    here = copy(side)
    here.known = max(side.known, message.incarnations[0])
    return Expected(here, "RESYNC")


def _snapshot(side: Side, message: Snapshot, carried: Content, catalogue: Catalogue) -> Expected:
    theirs, mine = message.incarnations
    if mine != side.life or theirs < side.known or not side.recovering:
        return Expected(side, "SNAP unasked")
    here = copy(side)
    here.known, here.recovering = theirs, False
    if message.epoch >= side.epoch:
        here.owner = not message.owner
    told = (message.epoch, message.rev, message.ack) if message.present else (-1, -1, -1)
    # Of one version the owner's state is taken: what a peer changed for itself alone gives way to it.
    says_it = message.present and message.owner and not side.owner
    if told < side.version or (told == side.version and not says_it):
        return Expected(here, "SNAP older")
    goes_on = message.epoch == side.epoch and not here.owner
    lost = () if goes_on else tuple(Lost(n, side.epoch, one[0]) for n, one in sorted(side.pending.items()))
    if not goes_on:
        here.pending = {}
    _adopt(here, message, carried, catalogue)
    here.epoch, here.handed = message.epoch, None
    if not goes_on:
        here.pseq = message.ack
    return Expected(here, "SNAP", lost)
