"""The messages between two systems about one customer, as values; their bytes are made and read by `wire`.

Every message names the customer, who sends it to whom, the fingerprint of the sender's catalogue, the epoch of the ownership and the two
incarnations that the sender knows: its own, and the receiver's. What they carry about the customer is never shown by repr.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs
from attrs import frozen

from custmaster.sync.fields import FieldValues

__all__ = ["RANK", "Ack", "Full", "Handoff", "KeyInfo", "Message", "Proposal", "Resync", "Snapshot", "Stamps"]

Stamps = tuple[tuple[str, int], ...]
"""A revision for each unit (a field, or a group of fields), sorted by unit: when the owner itself last wrote it."""


@frozen(kw_only=True, cache_hash=True)
class Proposal:
    """One pending key edit of a peer: the value (None takes it away), the edit's number, and the revision its author had seen."""

    field: str
    value: str | None = attrs.field(repr=False)
    pseq: int
    base_rev: int


_MANY: Final = 2


def _by_field(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    listed = tuple(proposals)
    return listed if len(listed) < _MANY else tuple(sorted(listed, key=lambda one: one.field))


@frozen(kw_only=True, cache_hash=True)
class KeyInfo:
    """KEY, peer to owner: every pending key edit, cumulative; with none it asks for the owner's answer all the same (A11).

    `pseq` numbers the peer's last edit; `seen` is the owner's revision that the peer had last applied, 0 for none.
    """

    number: str
    sender: str
    receiver: str
    catalogue: str
    incarnations: tuple[int, int]
    epoch: int
    pseq: int
    seen: int
    proposals: tuple[Proposal, ...] = attrs.field(converter=_by_field)
    creation_id: str | None


@frozen(kw_only=True, cache_hash=True)
class Full:
    """FULL, owner to peer: all shared fields as of (rev, ack)."""

    number: str
    sender: str
    receiver: str
    catalogue: str
    incarnations: tuple[int, int]
    epoch: int
    rev: int
    ack: int
    values: FieldValues
    stamps: Stamps
    creation_id: str | None


@frozen(kw_only=True, cache_hash=True)
class Ack:
    """ACK, peer to owner, or the new owner to the former one: this much has arrived."""

    number: str
    sender: str
    receiver: str
    catalogue: str
    incarnations: tuple[int, int]
    epoch: int
    rev: int
    ack: int


@frozen(kw_only=True, cache_hash=True)
class Handoff:
    """HANDOFF, former owner to the new one: the ownership, with the values as they stood when it was given up."""

    number: str
    sender: str
    receiver: str
    catalogue: str
    incarnations: tuple[int, int]
    epoch: int
    rev: int
    ack: int
    values: FieldValues
    stamps: Stamps
    creation_id: str | None


@frozen(kw_only=True, cache_hash=True)
class Resync:
    """RESYNC: a restored system, or one that asks for a customer of the other's stock, wants to know where the other stands."""

    number: str
    sender: str
    receiver: str
    catalogue: str
    incarnations: tuple[int, int]
    epoch: int


@frozen(kw_only=True, cache_hash=True)
class Snapshot:
    """SNAP, the answer to RESYNC: where the sender stands, whether it owns the customer, and what it last knew for sure."""

    number: str
    sender: str
    receiver: str
    catalogue: str
    incarnations: tuple[int, int]
    epoch: int
    owner: bool
    present: bool
    rev: int
    ack: int
    values: FieldValues
    stamps: Stamps
    creation_id: str | None


Message = KeyInfo | Full | Ack | Handoff | Resync | Snapshot

RANK: Final[Mapping[type[Message], int]] = {KeyInfo: 3, Handoff: 3, Resync: 3, Full: 2, Snapshot: 2, Ack: 1}
"""An answer ranks strictly below its message, so that no exchange goes on for ever."""
