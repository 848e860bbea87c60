"""A host on the functions of `custmaster.sync`, storing JSON: what a host around this library looks like, and the kit's own first subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from attrs import define, field

from custmaster.sync import (
    RULES,
    Message,
    Replica,
    Report,
    Rules,
    Setting,
    Step,
    Surroundings,
    SyncCode,
    admit,
    blank,
)
from custmaster.testing.sync_adapter import (
    ALL_CAPABILITIES,
    Capability,
    CrashPoint,
    EditResult,
    HostConfig,
    HostCrashed,
    HostFactory,
)
from custmaster.wire.sync_messages import (
    message_from_bytes,
    message_to_bytes,
    replica_from_json,
    replica_to_json,
    report_to_json,
)

__all__ = ["ReferenceHost", "reference_hosts"]

_LOST_HERE: Final = frozenset({SyncCode.NOT_PRESENT, SyncCode.OTHER_INCARNATION})
"""What a message about a customer that is not here is refused for when the customer was here before a restore."""


_WAS_HERE: Final = frozenset({SyncCode.NOT_PRESENT, SyncCode.OTHER_INCARNATION})
"""A message about a customer that is not here is refused so when the customer was here before the restore."""


@define
class _Storage:
    """What survives a crash: replicas as JSON by number, and the reports."""

    replicas: dict[str, bytes] = field(factory=dict[str, bytes])
    reports: list[Report] = field(factory=list[Report])

    def copied(self) -> _Storage:
        return _Storage(dict(self.replicas), list(self.reports))


class ReferenceHost:
    """One system on the given rules; its storage is in memory, its crashes and restores are real for all that it can see.

    >>> from custmaster.testing.sync_adapter import KIT_CONFIG
    >>> bp, eusp = (ReferenceHost(system, KIT_CONFIG) for system in ("BP", "EUSP"))
    >>> bp.create("6000000001", {"name": "张伟"}, "T-1").refused is None
    True
    >>> [len(eusp.deliver(message)) for message in bp.outgoing()], eusp.record("6000000001")
    ([1], {'name': '张伟'})
    """

    def __init__(self, system: str, config: HostConfig, *, rules: Rules = RULES) -> None:
        self._system = system
        self._config = config
        self._rules = rules
        self._storage = _Storage()
        self._lives = 0
        self._crash: CrashPoint | None = None
        self._seen: dict[str, Replica] = {}

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Everything."""
        return ALL_CAPABILITIES

    @property
    def _setting(self) -> Setting:
        return self._config.setting

    def create(self, number: str, values: Mapping[str, str], creation_id: str) -> EditResult:
        """As SyncHost."""
        return self._done(number, lambda held: self._rules.create(held, values, creation_id, self._setting))

    def edit(self, number: str, changes: Mapping[str, str | None]) -> EditResult:
        """As SyncHost."""
        return self._done(number, lambda held: self._rules.edit(held, changes, self._setting))

    def set_status(self, number: str, status: str) -> EditResult:
        """As SyncHost."""
        return self._done(number, lambda held: self._rules.set_status(held, status, self._setting))

    def hand_over(self, number: str) -> EditResult:
        """As SyncHost."""
        return self._done(number, lambda held: self._rules.hand_over(held, self._setting))

    def _done(self, number: str, operation: Callable[[Replica], Step]) -> EditResult:
        step = operation(self._replica(number))
        if step.refused is not None:
            self._crash = None
            return EditResult(refused=step.refused)
        self._commit(step)
        return EditResult()

    def outgoing(self) -> Sequence[bytes]:
        """As SyncHost."""
        owed = (
            one
            for number in sorted(self._storage.replicas)
            for one in self._rules.outstanding(self._replica(number), self._setting)
        )
        return [message_to_bytes(one) for one in owed]

    def deliver(self, message: bytes) -> Sequence[bytes]:
        """As SyncHost."""
        try:
            told = message_from_bytes(message)
        except ExceptionGroup:
            return []
        if admit(told, self._system, self._config.plan, self._setting) is not None:
            return []
        step = self._taken(told)
        if step.refused is None and step.parked is None:
            self._commit(step)
        elif step.refused in _LOST_HERE and self._lives > 0 and not step.replica.present:
            self._keep(self._rules.resume(self._blank(told.number), self._lives), told.number)
        self._crash = None
        return [message_to_bytes(one) for one in step.replies]

    def _taken(self, told: Message) -> Step:
        held = self._replica(told.number)
        return self._rules.deliver(held, told, self._setting, self._surroundings())

    def _surroundings(self) -> Surroundings:
        merged = {number: self._replica(number).values.get("merged_into") for number in self._storage.replicas}
        return Surroundings(survivors={number: _final(number, merged) for number, into in merged.items() if into})

    def record(self, number: str) -> Mapping[str, str] | None:
        """As SyncHost."""
        held = self._replica(number)
        return dict(held.values.items()) if held.present else None

    def reports(self) -> Sequence[Report]:
        """As SyncHost."""
        return list(self._storage.reports)

    def state(self) -> bytes:
        """As SyncHost."""
        replicas = (self._storage.replicas[number] for number in sorted(self._storage.replicas))
        return b"\n".join((*replicas, *map(report_to_json, self._storage.reports)))

    def crash(self, point: CrashPoint) -> None:
        """As SyncHost."""
        self._crash = point

    def backup(self) -> Any:
        """As SyncHost."""
        return self._storage.copied()

    def restore(self, backup: Any) -> None:
        """As SyncHost: the count of lives stands outside the backup."""
        self._lives += 1
        self._storage = backup.copied()
        self._seen = {}
        for number, stored in self._storage.replicas.items():
            self._keep(self._rules.resume(replica_from_json(stored), self._lives), number)

    def _replica(self, number: str) -> Replica:
        held = self._seen.get(number)
        if held is None:
            stored = self._storage.replicas.get(number)
            held = self._blank(number) if stored is None else replica_from_json(stored)
            self._seen[number] = held
        return held

    def _blank(self, number: str) -> Replica:
        other = self._config.other(self._system)
        owner = self._config.owner(number) == self._system
        return blank(number=number, system=self._system, other=other, owner=owner)

    def _commit(self, step: Step) -> None:
        point, self._crash = self._crash, None
        if point in (CrashPoint.BEFORE_COMMIT, CrashPoint.TORN_COMMIT):
            self._seen = {}
            raise HostCrashed
        self._keep(step.replica, step.replica.number)
        self._storage.reports.extend(step.reports)
        if point is CrashPoint.AFTER_COMMIT:
            self._seen = {}
            raise HostCrashed

    def _keep(self, replica: Replica, number: str) -> None:
        self._seen[number] = replica
        self._storage.replicas[number] = replica_to_json(replica)


def _final(number: str, merged: Mapping[str, str | None]) -> str:
    """The survivor at the end of the chain; a chain that leads back ends where it began."""
    seen = number
    for _ in merged:
        into = merged.get(seen)
        if into is None:
            return seen
        seen = into
    return seen


def reference_hosts(rules: Rules = RULES) -> HostFactory:
    """A factory of hosts on these rules."""

    def make(system: str, config: HostConfig) -> ReferenceHost:
        return ReferenceHost(system, config, rules=rules)

    return make
