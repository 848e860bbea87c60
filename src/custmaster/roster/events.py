"""What happens to an entry of the roster, and what it is afterwards; its life is ENTRY_TRANSITIONS, and ENTRY_STANDINGS for merges and their undoing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.roster.entry import RosterEntry
from custmaster.roster.kinds import EntryState, StruckFor
from custmaster.roster.standing import EntryStanding
from custmaster.value._checks import of, texts
from custmaster.value._happened import Happened

__all__ = [
    "ENTRY_STANDINGS",
    "ENTRY_TRANSITIONS",
    "CoManagerAdded",
    "CoManagerRemoved",
    "EntryAccepted",
    "EntryAssigned",
    "EntryHandedOver",
    "EntryJoined",
    "EntryListed",
    "EntryParted",
    "EntryProposed",
    "EntryReassigned",
    "EntryReinstated",
    "EntryRejected",
    "EntryRestored",
    "EntryReturned",
    "EntryStruckOff",
    "EntryWithdrawn",
    "LevelChanged",
    "NeedsChanged",
    "ProspectConverted",
    "ProspectErased",
    "RosterEvent",
    "without_prospect",
]


@frozen(kw_only=True)
class EntryListed(Happened):
    """A customer or prospect was put on the roster, into the pool. Errors: InvalidValue (CONFLICT) unless it is new. Source: R-12..R-15."""

    entry: RosterEntry

    def __attrs_post_init__(self) -> None:
        entry = self.entry
        if entry.state is not EntryState.POOLED or entry.helpers or entry.past:
            raise InvalidValue(Fault.CONFLICT, path="entry", remedy="an entry begins in the pool, with no history")

    @property
    def number(self) -> str:
        """The entry's number."""
        return self.entry.number


@frozen(kw_only=True)
class EntryProposed(Happened):
    """It was offered to a staff member, and takes a seat until that is answered; whoever maintains it goes on doing so. Source: R-17."""

    number: str
    staff: str
    outlet: str


@frozen(kw_only=True)
class EntryAccepted(Happened):
    """The staff member took it: from the pool, or from whoever maintained it, who stands in its history. Source: R-17."""

    number: str
    staff: str


@frozen(kw_only=True)
class EntryRejected(Happened):
    """The staff member did not take it; it is as it was before the offer."""

    number: str
    staff: str
    reason: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class EntryWithdrawn(Happened):
    """The offer was taken back before it was answered."""

    number: str
    staff: str
    reason: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class EntryAssigned(Happened):
    """The outlet placed it with a staff member directly (落实到人). Source: R-17."""

    number: str
    staff: str
    outlet: str


@frozen(kw_only=True)
class EntryHandedOver(Happened):
    """It went from its maintainer to another (移交), for a reason; who maintained it stands in its history. Source: R-17."""

    number: str
    giver: str
    staff: str
    outlet: str
    reason: str = field(repr=False)


@frozen(kw_only=True)
class EntryReturned(Happened):
    """Its maintainer gave it up, or left the post: it is in the pool, or remains offered to whom it was offered. Source: R-17."""

    number: str
    staff: str
    reason: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class CoManagerAdded(Happened):
    """A staff member helps with it (协管)."""

    number: str
    staff: str
    outlet: str


@frozen(kw_only=True)
class CoManagerRemoved(Happened):
    """A staff member helps no longer."""

    number: str
    staff: str
    reason: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class LevelChanged(Happened):
    """The customer's level is another one, or a prospect's is estimated anew. Source: R-16."""

    number: str
    level: str


if TYPE_CHECKING:

    def _needs(values: Iterable[str]) -> tuple[str, ...]: ...

else:

    def _needs(values):  # noqa: ANN001, ANN202
        return texts(values, "needs")


@frozen(kw_only=True)
class NeedsChanged(Happened):
    """What the customer needs was recorded anew. Source: R-14."""

    number: str
    needs: tuple[str, ...] = field(converter=_needs, repr=False)


@frozen(kw_only=True)
class ProspectConverted(Happened):
    """The prospect became a customer: the entry goes on with all its history, and what was kept of the prospect is dropped. Source: R-08, B8.11."""

    number: str
    customer: str


@frozen(kw_only=True)
class ProspectErased(Happened):
    """The day came by which the prospect is erased: what was kept of the person is dropped, and the entry struck off. Source: B8.11."""

    number: str


@frozen(kw_only=True)
class EntryStruckOff(Happened):
    """It left the roster: `cause` says whether by itself or with its customer. Errors: InvalidValue (CONFLICT) for ERASED, an event of its own."""

    number: str
    cause: StruckFor = field(default=StruckFor.OUTLET, validator=of(StruckFor))
    reason: str | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.cause is StruckFor.ERASED:
            raise InvalidValue(Fault.CONFLICT, path="cause", remedy="a prospect is erased by ProspectErased")


@frozen(kw_only=True)
class EntryReinstated(Happened):
    """It is back in the pool with its customer, which was deleted and is active again."""

    number: str


@frozen(kw_only=True)
class EntryReassigned(Happened):
    """Another customer number stands in it: that of the survivor of a merge, or back again when the merge was undone. Source: B6."""

    number: str
    customer: str
    becomes: str


@frozen(kw_only=True)
class EntryJoined(Happened):
    """A merge brought the entry of the absorbed customer to this one: one maintainer remains, both histories stand in it. Source: R-17, B6."""

    number: str
    other: str
    now: EntryStanding = field(validator=of(EntryStanding))


@frozen(kw_only=True)
class EntryParted(Happened):
    """The merge was undone: it stands as it stood before the other joined it. Source: B6."""

    number: str
    other: str
    now: EntryStanding = field(validator=of(EntryStanding))


@frozen(kw_only=True)
class EntryRestored(Happened):
    """The merge was undone: what was struck off by it stands as it stood before. Source: B6."""

    number: str
    now: EntryStanding = field(validator=of(EntryStanding))


RosterEvent = (
    EntryListed
    | EntryProposed
    | EntryAccepted
    | EntryRejected
    | EntryWithdrawn
    | EntryAssigned
    | EntryHandedOver
    | EntryReturned
    | CoManagerAdded
    | CoManagerRemoved
    | LevelChanged
    | NeedsChanged
    | ProspectConverted
    | ProspectErased
    | EntryStruckOff
    | EntryReinstated
    | EntryReassigned
    | EntryJoined
    | EntryParted
    | EntryRestored
)
"""Every event on an entry, a closed union."""

_S = EntryState
ENTRY_TRANSITIONS: Final[Mapping[EntryState, Mapping[type[object], EntryState]]] = MappingProxyType(
    {
        _S.POOLED: {
            EntryProposed: _S.PROPOSED,
            EntryAssigned: _S.MAINTAINED,
            CoManagerRemoved: _S.POOLED,
            LevelChanged: _S.POOLED,
            NeedsChanged: _S.POOLED,
            ProspectConverted: _S.POOLED,
            ProspectErased: _S.STRUCK_OFF,
            EntryStruckOff: _S.STRUCK_OFF,
            EntryReassigned: _S.POOLED,
        },
        _S.PROPOSED: {
            EntryAccepted: _S.MAINTAINED,
            EntryRejected: _S.POOLED,
            EntryWithdrawn: _S.POOLED,
            CoManagerRemoved: _S.PROPOSED,
            LevelChanged: _S.PROPOSED,
            NeedsChanged: _S.PROPOSED,
            ProspectConverted: _S.PROPOSED,
            ProspectErased: _S.STRUCK_OFF,
            EntryStruckOff: _S.STRUCK_OFF,
            EntryReassigned: _S.PROPOSED,
        },
        _S.MAINTAINED: {
            EntryProposed: _S.HANDING_OVER,
            EntryHandedOver: _S.MAINTAINED,
            EntryReturned: _S.POOLED,
            CoManagerAdded: _S.MAINTAINED,
            CoManagerRemoved: _S.MAINTAINED,
            LevelChanged: _S.MAINTAINED,
            NeedsChanged: _S.MAINTAINED,
            ProspectConverted: _S.MAINTAINED,
            ProspectErased: _S.STRUCK_OFF,
            EntryStruckOff: _S.STRUCK_OFF,
            EntryReassigned: _S.MAINTAINED,
        },
        # Nobody places it elsewhere while it is offered: the offer is answered or withdrawn first. It stands when the maintainer leaves.
        _S.HANDING_OVER: {
            EntryAccepted: _S.MAINTAINED,
            EntryRejected: _S.MAINTAINED,
            EntryWithdrawn: _S.MAINTAINED,
            EntryReturned: _S.PROPOSED,
            CoManagerAdded: _S.HANDING_OVER,
            CoManagerRemoved: _S.HANDING_OVER,
            LevelChanged: _S.HANDING_OVER,
            NeedsChanged: _S.HANDING_OVER,
            ProspectConverted: _S.HANDING_OVER,
            ProspectErased: _S.STRUCK_OFF,
            EntryStruckOff: _S.STRUCK_OFF,
            EntryReassigned: _S.HANDING_OVER,
        },
        # An entry that left is history: it comes back with its customer only, and what it keeps of a prospect is erased in its time.
        _S.STRUCK_OFF: {
            EntryReinstated: _S.POOLED,
            ProspectErased: _S.STRUCK_OFF,
            EntryReassigned: _S.STRUCK_OFF,
        },
    }
)
"""The life of an entry; EntryListed begins it. A customer who is listed again has a new entry."""

_LIVE: Final = (_S.POOLED, _S.PROPOSED, _S.MAINTAINED, _S.HANDING_OVER)
_MAINTAINED: Final = (_S.MAINTAINED, _S.HANDING_OVER)
ENTRY_STANDINGS: Final[Mapping[EntryState, Mapping[type[object], tuple[EntryState, ...]]]] = MappingProxyType(
    {
        # A merge takes no maintainer away, and its undoing may.
        _S.POOLED: {EntryJoined: _LIVE, EntryParted: (_S.POOLED,)},
        _S.PROPOSED: {EntryJoined: (_S.PROPOSED, *_MAINTAINED), EntryParted: (_S.POOLED, _S.PROPOSED)},
        _S.MAINTAINED: {EntryJoined: (_S.MAINTAINED,), EntryParted: (_S.POOLED, _S.PROPOSED, _S.MAINTAINED)},
        _S.HANDING_OVER: {EntryJoined: (_S.HANDING_OVER,), EntryParted: _LIVE},
        _S.STRUCK_OFF: {EntryRestored: _LIVE},
    }
)
"""What a merge and its undoing may make of an entry, which the event itself tells (`EntryStanding`); total like ENTRY_TRANSITIONS."""


def without_prospect(event: RosterEvent) -> RosterEvent:
    """The event as it may be kept once the prospect is a customer or erased: the listing without name, phone and document.

    The host writes this over the stored event, and over the stored decision that carries it. Source: B8.11.
    """
    if not isinstance(event, EntryListed) or event.entry.prospect is None:
        return event
    bare = evolve(event.entry.prospect, name=None, phone=None, document=None)
    return evolve(event, entry=evolve(event.entry, prospect=bare))
