"""One customer as one system holds it: the record's shared fields and all that sync must remember about them.

A host stores it in ONE transaction with the record; there is no outbox beside it, `outstanding` derives what is owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.sync.codes import ReportCode, SyncCode
from custmaster.sync.fields import NOTHING, FieldValues
from custmaster.sync.messages import Handoff, Message, Proposal, Stamps

__all__ = ["ABSENT", "Replica", "Report", "Step", "Version", "blank", "refused", "stamped"]

Version = tuple[int, int, int]
"""(epoch, rev, ack), compared in this order."""

ABSENT: Version = (-1, -1, -1)
"""The version of a record that is not there: below every other."""


_MANY: Final = 2


def _by_field(pending: Iterable[Proposal]) -> tuple[Proposal, ...]:
    listed = tuple(pending)
    return listed if len(listed) < _MANY else tuple(sorted(listed, key=lambda one: one.field))


@frozen(kw_only=True, cache_hash=True)
class Replica:
    """One customer at one system. Source: sync.md 3.1, 3.6.

    `rev` and `ack`: at the owner the authoritative revision and the highest edit of the peer that it has processed, at the peer those
    last applied. `stamps`: for each unit the revision at which the owner itself last wrote it. `peer_has`: what the owner knows to have
    arrived. `pseq`, `pending`: the peer's edits counted, and its key edits not yet answered. `base`: the values as of (rev, ack) at a peer,
    nothing at an owner. `handoff`: the ownership given up and not yet confirmed. `incarnation` and `known`: this system's own, and the
    other's as last heard of. `seal`: digest of the last processed edit.
    Errors: InvalidValue (RANGE) for a counter below zero, (DUPLICATE) for one system on both sides.
    """

    schema: int = 1
    number: str
    system: str
    other: str
    owner: bool
    epoch: int = 0
    present: bool = False
    creation_id: str | None = None
    values: FieldValues = NOTHING
    base: FieldValues = NOTHING
    rev: int = 0
    ack: int = 0
    stamps: Stamps = ()
    peer_has: tuple[int, int] | None = None
    pseq: int = 0
    pending: tuple[Proposal, ...] = field(default=(), converter=_by_field)
    handoff: Handoff | None = None
    seal: str | None = None
    incarnation: int = 0
    known: int = 0
    recovering: bool = False

    def __attrs_post_init__(self) -> None:
        if min(self.epoch, self.rev, self.ack, self.pseq, self.incarnation, self.known) < 0:
            raise InvalidValue(Fault.RANGE, path="rev", remedy="counters begin at 0")
        if self.system == self.other:
            raise InvalidValue(Fault.DUPLICATE, path="other", remedy="two systems hold a customer")

    @property
    def version(self) -> Version:
        """(epoch, rev, ack); ABSENT when there is no record."""
        return (self.epoch, self.rev, self.ack) if self.present else ABSENT


@frozen(kw_only=True, cache_hash=True)
class Report:
    """One edit that does not stay, told once: which it was, never what it said.

    An edit is named by (number, epoch, pseq, field); `system` is the one whose edit it was. A host stores reports in the transaction that
    stores the replica. Source: sync.md 3.3, rules 6 and 8.
    """

    code: ReportCode
    number: str
    system: str
    epoch: int
    pseq: int
    field: str


@frozen(kw_only=True)
class Step:
    """What one call did: the new replica, the answers to send, what to report, and why nothing was done if nothing was.

    With `refused` or `parked` set the replica is the one that was given.
    """

    replica: Replica
    replies: tuple[Message, ...] = ()
    reports: tuple[Report, ...] = ()
    refused: SyncCode | None = None
    parked: SyncCode | None = None


def blank(*, number: str, system: str, other: str, owner: bool) -> Replica:
    """A customer that the system does not hold, in the first of its lives.

    Lives are counted for each customer: a system that was restored begins with a customer that it never held as every other does. A
    message about a customer that is not here, refused as NOT_PRESENT or OTHER_INCARNATION, says that it was here before the restore:
    `resume` the blank replica under the life that the system is in. Numbers that were given after the backup must not be given again.

    >>> blank(number="6000000001", system="BP", other="EUSP", owner=True).version
    (-1, -1, -1)
    """
    return Replica(number=number, system=system, other=other, owner=owner)


def stamped(stamps: Stamps, units: Iterable[str], rev: int) -> Stamps:
    """The stamps with `rev` for each of the units."""
    held: Mapping[str, int] = dict(stamps) | dict.fromkeys(units, rev)
    return tuple(sorted(held.items()))


def refused(replica: Replica, code: SyncCode) -> Step:
    """Nothing was done, and why."""
    return Step(replica=replica, refused=code)
