"""What the kit asks of a host: a dozen calls with bytes on the wire, so that its codec, its storage and its restarts are tested too.

A host is one system with its own storage. It is written by whoever uses the kit, around their implementation; nothing in it need know the
functions of `custmaster.sync`. Each call that changes something is one transaction: the record, what sync remembers and the reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Protocol

from attrs import frozen

from custmaster.sync import (
    Catalogue,
    FieldRow,
    ForeignCreation,
    Options,
    Report,
    Setting,
    Share,
)
from custmaster.value.number_plan import NumberPlan, NumberRange

__all__ = [
    "ALL_CAPABILITIES",
    "KIT_CONFIG",
    "Capability",
    "CrashPoint",
    "EditResult",
    "HostConfig",
    "HostCrashed",
    "HostFactory",
    "SyncHost",
]


class Capability(StrEnum):
    """What a host can do beyond edits, messages and status; the kit tests what is claimed and skips the rest, saying so."""

    HANDOFF = "HANDOFF"
    """`hand_over`: the ownership of a customer goes to the other system."""
    FOREIGN_CREATE = "FOREIGN_CREATE"
    """Creation at the peer under the option KEY_PROPOSAL."""
    RELATIONS = "RELATIONS"
    """Fields of a family, such as relationship/SPOUSE/6000000002."""
    CRASH = "CRASH"
    """`crash`: the next transaction dies at a named point."""
    RESTORE = "RESTORE"
    """`backup` and `restore`."""


ALL_CAPABILITIES: Final = frozenset(Capability)
"""Every capability."""


class CrashPoint(StrEnum):
    """Where the next transaction dies."""

    BEFORE_COMMIT = "BEFORE_COMMIT"
    """Nothing of it stays."""
    TORN_COMMIT = "TORN_COMMIT"
    """Between the record and what sync remembers: a host with one transaction keeps nothing of it."""
    AFTER_COMMIT = "AFTER_COMMIT"
    """All of it stays, and the answers are lost."""


class HostCrashed(Exception):
    """The call died at the point that was armed; the host has restarted from its storage already."""


@frozen(kw_only=True)
class EditResult:
    """Whether a user's operation was done; `refused` says why not, in the host's own word, and then nothing was changed.

    >>> EditResult().refused is None
    True
    """

    refused: str | None = None


@frozen(kw_only=True)
class HostConfig:
    """What both hosts have agreed on: the shared fields with the readings, the number plan, and the two systems."""

    setting: Setting
    plan: NumberPlan
    systems: tuple[str, str] = ("BP", "EUSP")

    def other(self, system: str) -> str:
        """The other one of the two systems."""
        first, second = self.systems
        return second if system == first else first

    def owner(self, number: str) -> str:
        """The system whose range holds the number. Errors: InvalidValue when none does."""
        return self.plan.validate(number).owner


class SyncHost(Protocol):
    """One system under test. `record` gives the shared fields that have a value; `reports` every report so far, oldest first."""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this host can do."""
        ...

    def create(self, number: str, values: Mapping[str, str], creation_id: str) -> EditResult:
        """A user creates the customer."""
        ...

    def edit(self, number: str, changes: Mapping[str, str | None]) -> EditResult:
        """A user changes fields; None takes a value away."""
        ...

    def set_status(self, number: str, status: str) -> EditResult:
        """A user deletes (DELETED) or reactivates (ACTIVE) the customer."""
        ...

    def hand_over(self, number: str) -> EditResult:
        """The owner gives the customer to the other system (HANDOFF)."""
        ...

    def outgoing(self) -> Sequence[bytes]:
        """Every message that the host still owes; callable at any time, and it changes nothing."""
        ...

    def deliver(self, message: bytes) -> Sequence[bytes]:
        """A message arrives; the answers to it. Bytes that cannot be used are refused by changing nothing, never by an exception."""
        ...

    def record(self, number: str) -> Mapping[str, str] | None:
        """The shared fields of the customer as a user of this system sees them; None when it is not here."""
        ...

    def reports(self) -> Sequence[Report]:
        """Every report so far."""
        ...

    def state(self) -> bytes:
        """All that is stored, as bytes that are equal when what is stored is equal."""
        ...

    def crash(self, point: CrashPoint) -> None:
        """The next transaction raises HostCrashed at this point; then the host has restarted (CRASH)."""
        ...

    def backup(self) -> Any:
        """A copy of the storage (RESTORE)."""
        ...

    def restore(self, backup: Any) -> None:
        """The storage is what it was then; the host begins a new life with a higher incarnation (RESTORE)."""
        ...


HostFactory = Callable[[str, HostConfig], SyncHost]
"""Makes the host of a system, empty."""

KIT_CONFIG: Final = HostConfig(
    setting=Setting(
        catalogue=Catalogue(
            fields=[
                FieldRow(name="name", share=Share.KEY, group="person"),
                FieldRow(name="birth_date", share=Share.KEY, group="person"),
                FieldRow(name="document_number", share=Share.KEY),
                FieldRow(name="status", share=Share.KEY, group="life"),
                FieldRow(name="merged_into", share=Share.KEY, group="life"),
                FieldRow(name="relationship", share=Share.KEY, family=True),
                FieldRow(name="occupation"),
                FieldRow(name="phone"),
            ]
        ),
        options=Options(foreign_creation=ForeignCreation.KEY_PROPOSAL),
    ),
    plan=NumberPlan(
        width=10,
        ranges=(
            NumberRange(name="new core", low="6000000000", high="6999999999", owner="BP", example=True),
            NumberRange(name="old core", low="1000000000", high="1999999999", owner="EUSP", example=True),
        ),
    ),
)
"""The agreement under which the kit tests: a group of two key fields, single ones, a family, the status, and two fields that are not KEY."""
