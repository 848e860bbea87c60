"""The alias ledger and its events as JSON: one row a number, one event a line; nothing in them is personal data.

Equal rows and events have equal bytes, so a system that replays the events can compare its ledger with another's byte by byte. Reading is
strict, as everywhere in `wire`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

from custmaster.dedup.alias_events import (
    AliasEvent,
    NumberClosed,
    NumberMerged,
    NumberOpened,
    NumberReactivated,
    NumberSplit,
    NumberUnmerged,
    NumberVoided,
)
from custmaster.dedup.alias_records import AliasLedger, NumberLife
from custmaster.wire._codec import Codec
from custmaster.wire._compiler import Compiler, chosen
from custmaster.wire._json import parsed, structured, written
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = [
    "ALIAS_EVENTS",
    "alias_event_codec",
    "alias_event_from_json",
    "alias_event_to_json",
    "ledger_from_jsonl",
    "ledger_to_jsonl",
    "number_life_codec",
    "number_life_from_json",
    "number_life_to_json",
]

ALIAS_EVENTS: Final[Mapping[str, type[Any]]] = {
    "NUMBER_OPENED": NumberOpened,
    "NUMBER_MERGED": NumberMerged,
    "NUMBER_UNMERGED": NumberUnmerged,
    "NUMBER_SPLIT": NumberSplit,
    "NUMBER_CLOSED": NumberClosed,
    "NUMBER_REACTIVATED": NumberReactivated,
    "NUMBER_VOIDED": NumberVoided,
}


@cache
def number_life_codec() -> Codec:
    """The codec of a row of the ledger, for the forms that hold some."""
    return versioned(Compiler({}, {}).codec(NumberLife), CURRENT[Form.ALIAS], UPCASTERS[Form.ALIAS], carried=True)


@cache
def alias_event_codec() -> Codec:
    """The codec of alias events, for the forms that hold some."""
    compiler = Compiler({}, {})
    codecs = {name: compiler.codec(kind) for name, kind in ALIAS_EVENTS.items()}
    inner = chosen("event", codecs, {kind: name for name, kind in ALIAS_EVENTS.items()})
    return versioned(inner, CURRENT[Form.ALIAS_EVENT], UPCASTERS[Form.ALIAS_EVENT], carried=True)


def number_life_to_json(life: NumberLife) -> bytes:
    """One row of the ledger as JSON in UTF-8.

    >>> from datetime import date
    >>> from custmaster.dedup.aliases import replay
    >>> ledger = replay([NumberOpened(number="6000000001", on=date(2026, 11, 23), request_id="T-1")])
    >>> number_life_to_json(ledger.lives[0])[:62]
    b'{"schema":1,"number":"6000000001","standings":[{"status":"ACTI'
    """
    return written(number_life_codec().write(life))


def number_life_from_json(data: bytes | str) -> NumberLife:
    """The row that the JSON text says. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path."""
    return cast("NumberLife", structured(number_life_codec(), parsed(data), "number"))


def ledger_to_jsonl(ledger: AliasLedger) -> bytes:
    """The ledger as JSON Lines, sorted by number; the empty ledger is no bytes."""
    return b"".join(number_life_to_json(life) + b"\n" for life in ledger.lives)


def ledger_from_jsonl(data: bytes) -> AliasLedger:
    """The ledger that the lines say, in whatever order they stand; errors as `number_life_from_json`, of the first line with a fault.

    A number that stands there twice is InvalidValue (DUPLICATE).
    """
    return AliasLedger(lives=[number_life_from_json(line) for line in data.splitlines() if line])


def alias_event_to_json(event: AliasEvent) -> bytes:
    """The event as JSON in UTF-8, with its kind under "event".

    >>> from datetime import date
    >>> alias_event_to_json(NumberMerged(number="1", into="2", on=date(2026, 11, 23), request_id="T-1"))
    b'{"schema":1,"event":"NUMBER_MERGED","number":"1","on":"2026-11-23","request_id":"T-1","into":"2"}'
    """
    return written(alias_event_codec().write(event))


def alias_event_from_json(data: bytes | str) -> AliasEvent:
    """The event that the JSON text says; errors as `number_life_from_json`."""
    return cast("AliasEvent", structured(alias_event_codec(), parsed(data), "event"))
