"""Traces as JSON lines, for hosts in any language: every step that one system can be made to take within a small scope, with what must follow.

A line is one life of one system: `start` says which system it is, whether it owns the customer, and the shared fields; each of `events` is
a user's operation or a message that arrives, and `expect` what the host must then show: the answers, what it owes, the record, the reports.
The traces are made from the real functions, breadth first, over a network that may lose, repeat and reorder; none is part of another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from custmaster.sync import RULES, Message, Replica, Report, Rules, Step, blank
from custmaster.testing.sync_adapter import KIT_CONFIG, HostConfig, HostFactory, SyncHost
from custmaster.wire.sync_messages import message_to_bytes, report_to_json

__all__ = ["VectorFailure", "replay_vectors", "vectors", "write_vectors"]

_NUMBER: Final = "6000000001"
_FIELDS: Final = ("name", "occupation")
_Event = tuple[str, str]
"""The system, and what happens there as JSON."""


@frozen(kw_only=True)
class VectorFailure:
    """A trace that a host does not follow: its name, the event (from 0), and which of the expectations is not met."""

    name: str
    event: int
    part: str


@frozen
class _World:
    """Both systems, what was sent, how often users edited, and how it came to this."""

    replicas: tuple[Replica, Replica]
    sent: frozenset[Message]
    edits: int
    told: tuple[tuple[Report, ...], tuple[Report, ...]]
    path: tuple[_Event, ...]

    @property
    def state(self) -> object:
        """What makes two worlds the same."""
        return self.replicas, self.sent, self.edits


def vectors(path: Path) -> Iterator[dict[str, Any]]:
    """The traces of a file, one a line. Errors: OSError; ValueError for a line that is no JSON."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write_vectors(path: Path, *, edits: int = 2, rules: Rules = RULES) -> int:
    """Write the traces of one customer with so many edits after its creation; how many there are.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_vectors(Path(folder) / "v.jsonl", edits=1)
    42
    """
    traces = list(_projected(_explored(edits, rules)))
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for place, (system, events) in enumerate(traces):
            start = _start(system)
            line = {
                "vector": 1,
                "name": f"{edits}-edits/{place:04}",
                "start": start,
                "events": list(map(json.loads, events)),
            }
            lines.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return len(traces)


def replay_vectors(factory: HostFactory, path: Path, *, config: HostConfig = KIT_CONFIG) -> tuple[VectorFailure, ...]:
    """Play every trace to a new host; the first failure of each trace that is not followed."""
    failures: list[VectorFailure] = []
    for trace in vectors(path):
        host = factory(trace["start"]["system"], config)
        for place, event in enumerate(trace["events"]):
            shown = _shown(host, _played(host, event))
            wrong = [part for part in event["expect"] if shown[part] != event["expect"][part]]
            if wrong:
                failures.append(VectorFailure(name=trace["name"], event=place, part=wrong[0]))
                break
    return tuple(failures)


def _played(host: SyncHost, event: Mapping[str, Any]) -> Sequence[bytes]:
    match event["do"]:
        case "create":
            host.create(_NUMBER, event["values"], event["creation_id"])
        case "edit":
            host.edit(_NUMBER, event["changes"])
        case _:
            return host.deliver(json.dumps(event["message"], ensure_ascii=False).encode())
    return ()


def _shown(host: SyncHost, replies: Sequence[bytes]) -> dict[str, Any]:
    return {
        "replies": list(map(json.loads, replies)),
        "outgoing": list(map(json.loads, host.outgoing())),
        "record": host.record(_NUMBER),
        "reports": [json.loads(report_to_json(one)) for one in host.reports()],
    }


def _start(system: str) -> dict[str, Any]:
    catalogue = KIT_CONFIG.setting.catalogue
    rows = [
        {"name": row.name, "share": row.share.value, "group": row.group, "family": row.family}
        for row in catalogue.fields
    ]
    owner = KIT_CONFIG.owner(_NUMBER)
    return {
        "number": _NUMBER,
        "system": system,
        "other": KIT_CONFIG.other(system),
        "owner": owner == system,
        "catalogue": {"fingerprint": catalogue.fingerprint, "fields": rows},
    }


# --- the search -------------------------------------------------------------------------------------------------------------


def _explored(edits: int, rules: Rules) -> Iterator[_World]:
    """Every world, by a shortest way, and each other way of one step into a world that was known already."""
    first, second = KIT_CONFIG.systems
    owner = KIT_CONFIG.owner(_NUMBER)
    here, there = (
        blank(number=_NUMBER, system=system, other=KIT_CONFIG.other(system), owner=system == owner)
        for system in (first, second)
    )
    begin = _World((here, there), frozenset(), -1, ((), ()), ())
    known = {begin.state}
    waiting = [begin]
    for world in waiting:
        for after in _steps(world, edits, rules):
            yield after
            if after.state not in known:
                known.add(after.state)
                waiting.append(after)


def _steps(world: _World, edits: int, rules: Rules) -> Iterator[_World]:
    setting = KIT_CONFIG.setting
    if world.edits < 0:
        values = {"name": "v0", "status": "ACTIVE"}
        place = KIT_CONFIG.systems.index(KIT_CONFIG.owner(_NUMBER))
        step = rules.create(world.replicas[place], values, "T-1", setting)
        yield _after(world, place, step, {"do": "create", "values": values, "creation_id": "T-1"}, rules)
        return
    for place, replica in enumerate(world.replicas):
        if replica.present and world.edits < edits:
            for name in _FIELDS:
                changes = {name: f"v{world.edits + 1}"}
                step = rules.edit(replica, changes, setting)
                yield _after(world, place, step, {"do": "edit", "changes": changes}, rules)
        for message in sorted((one for one in world.sent if one.receiver == replica.system), key=message_to_bytes):
            step = rules.deliver(replica, message, setting)
            yield _after(world, place, step, {"do": "deliver", "message": _plain(message)}, rules)


def _after(world: _World, place: int, step: Step, event: dict[str, Any], rules: Rules) -> _World:
    setting = KIT_CONFIG.setting
    first, second = world.replicas
    replicas = (step.replica, second) if place == 0 else (first, step.replica)
    mine = (*world.told[place], *step.reports)
    told = (mine, world.told[1]) if place == 0 else (world.told[0], mine)
    owed = rules.outstanding(step.replica, setting)
    record = dict(step.replica.values.items()) if step.replica.present else None
    expect = {
        "replies": list(map(_plain, step.replies)),
        "outgoing": list(map(_plain, owed)),
        "record": record,
        "reports": [json.loads(report_to_json(one)) for one in mine],
    }
    line = json.dumps(event | {"expect": expect}, ensure_ascii=False, sort_keys=True)
    return evolve(
        world,
        replicas=replicas,
        sent=world.sent.union(step.replies, owed),
        edits=world.edits + (event["do"] != "deliver"),
        told=told,
        path=(*world.path, (step.replica.system, line)),
    )


def _plain(message: Message) -> Any:
    return json.loads(message_to_bytes(message))


def _projected(worlds: Iterator[_World]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each system lives through, without the lives that begin a longer one."""
    lives = {
        (system, tuple(line for at, line in world.path if at == system))
        for world in worlds
        for system in KIT_CONFIG.systems
    }
    inner = {(system, life[:size]) for system, life in lives for size in range(len(life))}
    return iter(sorted(lives - inner, key=lambda one: (one[0], len(one[1]), one[1])))
