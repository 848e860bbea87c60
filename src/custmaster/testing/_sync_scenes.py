"""What the scenes of the conformance tests share: finding a message on the network, and damaging its bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from unittest import SkipTest

from custmaster.sync import Message
from custmaster.testing.sync_adapter import Capability
from custmaster.testing.sync_pair import NUMBERS, Sent, SyncPair

__all__ = ["BP", "EUSP", "NEW", "OLD", "damaged", "deliver_last", "last", "needs", "newest", "settled"]

NEW, OLD = NUMBERS
BP, EUSP = "BP", "EUSP"


def needs(pair: SyncPair, *capabilities: Capability) -> None:
    """Skip the scene when the hosts do not claim what it needs."""
    missing = [one.value for one in capabilities if one not in pair.capabilities]
    if missing:
        raise SkipTest(f"the host does not claim {', '.join(missing)}")


def settled(pair: SyncPair, *numbers: str) -> SyncPair:
    """The pair with the customers created at their owners and known to both systems."""
    for number in numbers or (NEW,):
        pair.create(pair.config.owner(number), number, ("name", "birth_date", "document_number", "occupation"))
    pair.drain()
    return pair


def newest(pair: SyncPair, system: str, kind: type[Message]) -> list[Sent]:
    """The messages of a kind for a system, newest first."""
    return [one for one in reversed(pair.network) if one.receiver == system and type(one.message) is kind]


def last(pair: SyncPair, system: str, kind: type[Message]) -> Sent:
    """The newest message of a kind for a system. Errors: SyncViolation when none was sent."""
    found = newest(pair, system, kind)
    if not found:
        raise pair.fail("what is owed is sent", f"no {kind.__name__} was sent to {system}")
    return found[0]


def deliver_last(pair: SyncPair, system: str, kind: type[Message]) -> Sent:
    """Deliver the newest message of a kind to a system."""
    sent = last(pair, system, kind)
    pair.deliver(system, sent.data)
    return sent


def damaged(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Bytes that no host may act upon, each with what is wrong."""
    plain: dict[str, Any] = json.loads(data)
    yield "nothing", b""
    yield "cut short", data[: len(data) // 2]
    yield "no JSON", b"\xff\xfe" + data
    yield "an unknown field", json.dumps(plain | {"note": "x"}).encode()
    yield "a field missing", json.dumps({name: one for name, one in plain.items() if name != "epoch"}).encode()
    yield "a field twice", data[:-1] + b',"epoch":0}'
    yield "an unknown kind", json.dumps(plain | {"message": "PARTIAL"}).encode()
    yield "a newer version", json.dumps(plain | {"schema": 99}).encode()
    yield "a counter below zero", json.dumps(plain | {"epoch": -1}).encode()
    yield "a counter as text", json.dumps(plain | {"epoch": "0"}).encode()
    yield (
        "for the wrong system",
        json.dumps(plain | {"receiver": plain["sender"], "sender": plain["receiver"]}).encode(),
    )
    yield "from a stranger", json.dumps(plain | {"sender": "CRM"}).encode()
    yield "a number in no range", json.dumps(plain | {"number": "9999999999"}).encode()
    yield "another catalogue", json.dumps(plain | {"catalogue": "0" * 16}).encode()
    yield "another epoch", json.dumps(plain | {"epoch": plain["epoch"] + 7}).encode()
    yield "another life of the receiver", json.dumps(plain | {"incarnations": [plain["incarnations"][0], 77]}).encode()
    yield "another life of the sender", json.dumps(plain | {"incarnations": [77, plain["incarnations"][1]]}).encode()
    if "proposals" in plain:
        one = {"field": "name", "value": "x", "pseq": plain["pseq"] + 1, "base_rev": 0}
        yield (
            "a field proposed twice",
            json.dumps(plain | {"proposals": [one, one], "pseq": plain["pseq"] + 1}).encode(),
        )
        private = one | {"field": "teller_note"}
        yield (
            "a field that is not shared",
            json.dumps(plain | {"proposals": [private], "pseq": plain["pseq"] + 1}).encode(),
        )
        other = one | {"field": "occupation"}
        yield "a field that is not KEY", json.dumps(plain | {"proposals": [other], "pseq": plain["pseq"] + 1}).encode()
    elif "values" in plain:
        grown = plain | {"rev": plain["rev"] + 1}
        yield "a value that is no text", json.dumps(grown | {"values": {"name": 5}}).encode()
        yield "a field that is not shared", json.dumps(grown | {"values": {"teller_note": "x"}}).encode()
        yield "the same version with another content", json.dumps(plain | {"values": {"name": "x"}}).encode()
