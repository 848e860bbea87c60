"""Entries of lists, and the ledger of restrictions, as JSON: one of them a line, with its version.

An entry holds names and documents **in clear text**: keep it as you keep customers. A ledger holds customer numbers and what was written as a
reason. Equal values have equal bytes. Reading is strict, as everywhere in `wire`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, cast

from custmaster.screening.ledger import RestrictionLedger
from custmaster.screening.listing import ListEntry
from custmaster.screening.restriction import (
    RestrictionEvent,
    RestrictionImposed,
    RestrictionLifted,
    RestrictionsJoined,
    RestrictionsParted,
)
from custmaster.wire._codec import Codec
from custmaster.wire._compiler import Compiler, chosen
from custmaster.wire._json import each_line, parsed, structured, written
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = [
    "RESTRICTION_EVENTS",
    "list_entries_from_jsonl",
    "list_entries_to_jsonl",
    "list_entry_from_json",
    "list_entry_to_json",
    "restriction_event_codec",
    "restriction_event_from_json",
    "restriction_event_to_json",
    "restrictions_from_jsonl",
    "restrictions_to_jsonl",
]

RESTRICTION_EVENTS: Final[Mapping[str, type[Any]]] = {
    "RESTRICTION_IMPOSED": RestrictionImposed,
    "RESTRICTION_LIFTED": RestrictionLifted,
    "RESTRICTIONS_JOINED": RestrictionsJoined,
    "RESTRICTIONS_PARTED": RestrictionsParted,
}


@cache
def _entries() -> Codec:
    form = Form.LIST_ENTRY
    return versioned(Compiler({}, {}).codec(ListEntry), CURRENT[form], UPCASTERS[form], carried=True)


@cache
def restriction_event_codec() -> Codec:
    """The codec of an event of restrictions, for the forms that hold one."""
    compiler, form = Compiler({}, {}), Form.RESTRICTION_EVENT
    codecs = {name: compiler.codec(kind) for name, kind in RESTRICTION_EVENTS.items()}
    inner = chosen("event", codecs, {kind: name for name, kind in RESTRICTION_EVENTS.items()})
    return versioned(inner, CURRENT[form], UPCASTERS[form], carried=True)


def list_entry_to_json(entry: ListEntry) -> bytes:
    """The entry of a list as JSON in UTF-8, in clear text.

    >>> from custmaster.screening import Identity, Origin
    >>> from custmaster.value.name import Name
    >>> entry = ListEntry(
    ...     origin=Origin.INTERNAL, list_name="A", number="7", identity=Identity(names=[Name("ANNA LEE")])
    ... )
    >>> list_entry_to_json(entry)
    b'{"schema":1,"origin":"INTERNAL","list_name":"A","number":"7","identity":{"names":["ANNA LEE"]}}'
    """
    return written(_entries().write(entry))


def list_entry_from_json(data: bytes | str) -> ListEntry:
    """The entry that the JSON text says. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path."""
    return cast("ListEntry", structured(_entries(), parsed(data), "list entry"))


def list_entries_to_jsonl(entries: Iterable[ListEntry]) -> bytes:
    """Entries as JSON Lines, in the order given."""
    return b"".join(list_entry_to_json(entry) + b"\n" for entry in entries)


def list_entries_from_jsonl(data: bytes) -> tuple[ListEntry, ...]:
    """The entries that the lines say; errors as `list_entry_from_json`, of the first line with a fault, which is named."""
    return tuple(each_line(data, list_entry_from_json))


def restriction_event_to_json(event: RestrictionEvent) -> bytes:
    """The event as JSON in UTF-8, with its kind under "event".

    >>> from datetime import date
    >>> head = {"on": date(2026, 11, 28), "actor": "S-1", "request_id": "T-1"}
    >>> restriction_event_to_json(RestrictionsJoined(customer="1", into="2", **head))[:61]
    b'{"schema":1,"event":"RESTRICTIONS_JOINED","on":"2026-11-28","'
    """
    return written(restriction_event_codec().write(event))


def restriction_event_from_json(data: bytes | str) -> RestrictionEvent:
    """The event that the JSON text says; errors as `list_entry_from_json`."""
    return cast("RestrictionEvent", structured(restriction_event_codec(), parsed(data), "event"))


def restrictions_to_jsonl(ledger: RestrictionLedger) -> bytes:
    """The ledger as JSON Lines: its events in the order in which they were taken; the empty ledger is no bytes."""
    return b"".join(restriction_event_to_json(event) + b"\n" for event in ledger.entries)


def restrictions_from_jsonl(data: bytes) -> RestrictionLedger:
    """The ledger that the lines say, replayed in their order.

    Errors: as `list_entry_from_json`, of the first line with a fault, which is named; InvalidValue as RestrictionLedger for one that cannot follow.
    """
    return RestrictionLedger(entries=each_line(data, restriction_event_from_json))
