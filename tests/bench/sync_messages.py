"""Bytes of a message to a message and back, and its delivery, beside pydantic and an if-chain: by turns, in one process, least times too.

    python tests/bench/sync_messages.py [ROUNDS]

It needs pydantic, which is no dependency. The pydantic models are frozen and refuse unknown fields; they check types and counters, and none of
the patterns that keep a value out of a name. The if-chain is what a host would write by hand to take or drop a FULL and a KEY: versions,
pending fields and bases over dicts, without groups, incarnations, repeated content or reports. The aim for `deliver` is 25 microseconds.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from custmaster.sync import Full, KeyInfo, Replica, blank, create, deliver, edit, outstanding
from custmaster.testing.sync_adapter import KIT_CONFIG
from custmaster.wire.sync_messages import message_from_bytes, message_to_bytes, replica_from_json, replica_to_json

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
CALLS = 200
SETTING = KIT_CONFIG.setting
Counter = Annotated[int, Field(ge=0, strict=True)]


class Strict(BaseModel):
    """A model of the comparison."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Head(Strict):
    schema_: Literal[1] = Field(alias="schema")
    message: str
    number: str
    sender: str
    receiver: str
    catalogue: str
    incarnations: tuple[Counter, Counter]
    epoch: Counter
    creation_id: str | None


class PFull(Head):
    rev: Counter
    ack: Counter
    values: dict[str, str]
    stamps: dict[str, Counter]


class PProposal(Strict):
    field: str
    value: str | None
    pseq: Counter
    base_rev: Counter


class PKey(Head):
    pseq: Counter
    seen: Counter
    proposals: tuple[PProposal, ...]


def by_hand_full(replica: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """The if-chain of a peer that takes or drops a FULL."""
    if told["epoch"] != replica["epoch"] or replica["owner"]:
        return replica
    if (told["rev"], told["ack"]) <= (replica["rev"], replica["ack"]):
        return replica
    pending = {name: one for name, one in replica["pending"].items() if one["pseq"] > told["ack"]}
    values = told["values"] | {name: replica["values"][name] for name in pending}
    return replica | {"values": values, "rev": told["rev"], "ack": told["ack"], "pending": pending}


def by_hand_key(replica: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """The if-chain of an owner that takes or drops a KEY."""
    if told["epoch"] != replica["epoch"] or not replica["owner"] or told["pseq"] <= replica["ack"]:
        return replica
    values = dict(replica["values"])
    for one in told["proposals"]:
        if one["pseq"] > replica["ack"] and replica["stamps"].get(one["field"], 0) <= one["base_rev"]:
            values[one["field"]] = one["value"]
    return replica | {"values": values, "ack": told["pseq"]}


def told_by(replica: Replica, kind: type[Any]) -> Any:
    return next(one for one in outstanding(replica, SETTING) if isinstance(one, kind))


def setup() -> tuple[Replica, Replica, Full, KeyInfo]:
    """An owner and a peer that hold a customer of 12 fields, a FULL that is new to the peer and a KEY that is new to the owner."""
    owner, peer = (
        blank(number="6000000001", system=system, other=other, owner=system == "BP")
        for system, other in (("BP", "EUSP"), ("EUSP", "BP"))
    )
    values = {"name": "欧阳晓晨", "birth_date": "1984-02-29", "document_number": "110105198402290016", "status": "ACTIVE",
              "occupation": "教师", "phone": "13800138000"}  # fmt: skip
    values |= {f"relationship/PARENT/600000010{n}": "ACTIVE" for n in range(6)}
    owner = create(owner, values, "T-1", SETTING).replica
    peer = deliver(peer, told_by(owner, Full), SETTING).replica
    peer = edit(peer, {"name": "歐陽曉晨", "document_number": "11010519840229002X"}, SETTING).replica
    key = told_by(peer, KeyInfo)
    newer = edit(owner, {"occupation": "医生", "birth_date": "1984-03-01"}, SETTING).replica
    return owner, peer, told_by(newer, Full), key


def ways() -> dict[str, Callable[[], object]]:
    owner, peer, full, key = setup()
    full_bytes, key_bytes, stored = message_to_bytes(full), message_to_bytes(key), replica_to_json(peer)
    plain_full, plain_key = PFull.model_validate_json(full_bytes), PKey.model_validate_json(key_bytes)
    dict_full, dict_key = plain_full.model_dump(), plain_key.model_dump()
    by_hand = {"epoch": 0, "rev": 1, "ack": 0, "values": dict(owner.values.items()), "stamps": dict(owner.stamps)}
    hand_owner = by_hand | {"owner": True}
    hand_peer = by_hand | {"owner": False, "pending": {one["field"]: one for one in dict_key["proposals"]}}
    assert deliver(peer, full, SETTING).replica.rev == 2 == by_hand_full(hand_peer, dict_full)["rev"]
    assert deliver(owner, key, SETTING).replica.ack == 1 == by_hand_key(hand_owner, dict_key)["ack"]
    return {
        "FULL: bytes to message": lambda: message_from_bytes(full_bytes),
        "FULL: bytes to pydantic": lambda: PFull.model_validate_json(full_bytes),
        "FULL: message to bytes": lambda: message_to_bytes(full),
        "FULL: pydantic to bytes": lambda: plain_full.model_dump_json(by_alias=True),
        "FULL: deliver": lambda: deliver(peer, full, SETTING),
        "FULL: if-chain": lambda: by_hand_full(hand_peer, dict_full),
        "FULL, stale: deliver": lambda: deliver(owner_known, full, SETTING),
        "KEY: bytes to message": lambda: message_from_bytes(key_bytes),
        "KEY: bytes to pydantic": lambda: PKey.model_validate_json(key_bytes),
        "KEY: message to bytes": lambda: message_to_bytes(key),
        "KEY: pydantic to bytes": lambda: plain_key.model_dump_json(by_alias=True),
        "KEY: deliver": lambda: deliver(owner, key, SETTING),
        "KEY: if-chain": lambda: by_hand_key(hand_owner, dict_key),
        "replica from JSON": lambda: replica_from_json(stored),
        "replica to JSON": lambda: replica_to_json(peer),
        "FULL: decode, deliver, encode, store": lambda: arrived(peer, full_bytes),
    }


def arrived(peer: Replica, data: bytes) -> object:
    step = deliver(peer, message_from_bytes(data), SETTING)
    return [message_to_bytes(one) for one in step.replies], replica_to_json(step.replica)


_OWNER, _PEER, _FULL, _KEY = setup()
owner_known = deliver(_PEER, _FULL, SETTING).replica


def once(call: Callable[[], object]) -> float:
    begun = time.perf_counter_ns()
    for _ in range(CALLS):
        call()
    return (time.perf_counter_ns() - begun) / CALLS / 1000


def main() -> None:
    """Print a line for each way."""
    listed = ways()
    times: dict[str, list[float]] = {name: [] for name in listed}
    for _ in range(ROUNDS):
        for name, call in listed.items():
            times[name].append(once(call))
    print(
        f"FULL of {len(message_to_bytes(_FULL))} bytes, KEY of {len(message_to_bytes(_KEY))}; {ROUNDS} rounds of {CALLS} calls"
    )
    for name, found in times.items():
        print(f"  {name:38} median {statistics.median(found):7.2f} us  least {min(found):7.2f} us")


if __name__ == "__main__":
    main()
