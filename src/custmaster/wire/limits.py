"""Limits, usage and headroom as JSON: the rows of a limit, a bank's pack, what a customer used and what happened to it, and what is left.

A usage, an event and an agreed row may hold account numbers, **in clear text**, as customers are. Equal values have equal bytes. Reading is
strict, as everywhere in `wire`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import field, frozen

from custmaster.customer.soundness import LIST_LIMIT
from custmaster.errors import CustmasterError
from custmaster.limits.events import (
    LimitEvent,
    TransactionReserved,
    TransactionReversed,
    UsagesJoined,
    UsagesParted,
)
from custmaster.limits.headroom import Headroom
from custmaster.limits.row import LimitPack, LimitRow
from custmaster.limits.usage import Bucket, Entry, Usage
from custmaster.wire._codec import Codec, Faults, gathering
from custmaster.wire._compiler import Compiler, chosen
from custmaster.wire._json import parsed, structured, written
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = [
    "LIMIT_EVENTS",
    "headroom_from_json",
    "headroom_to_json",
    "limit_event_codec",
    "limit_event_from_json",
    "limit_event_to_json",
    "limit_pack_from_json",
    "limit_pack_to_json",
    "limit_row_codec",
    "limit_row_from_json",
    "limit_row_to_json",
    "usage_from_json",
    "usage_to_json",
]

LIMIT_EVENTS: Final[Mapping[str, type[Any]]] = {
    "TRANSACTION_RESERVED": TransactionReserved,
    "TRANSACTION_REVERSED": TransactionReversed,
    "USAGES_JOINED": UsagesJoined,
    "USAGES_PARTED": UsagesParted,
}

if TYPE_CHECKING:

    def _buckets(values: Iterable[Bucket]) -> tuple[Bucket, ...]: ...

    def _entries(values: Iterable[Entry]) -> tuple[Entry, ...]: ...

else:
    _buckets = _entries = tuple


@frozen(kw_only=True)
class _Usage:
    """A usage as it is stored: the sums and the entries as rows."""

    customer: str
    buckets: tuple[Bucket, ...] = field(default=(), converter=_buckets)
    entries: tuple[Entry, ...] = field(default=(), converter=_entries)


_KINDS: Final[dict[Form, type[Any]]] = {
    Form.LIMIT_ROW: LimitRow,
    Form.LIMIT_PACK: LimitPack,
    Form.USAGE: _Usage,
    Form.HEADROOM: Headroom,
}


def _made(stored: _Usage) -> Usage:
    return Usage.of(stored.customer, stored.buckets, stored.entries)


def _stored(usage: Usage) -> _Usage:
    entries = sorted(usage.entries.values(), key=lambda entry: entry.id)
    if max(len(usage.buckets), len(entries)) > LIST_LIMIT:
        raise CustmasterError(f"a usage of more than {LIST_LIMIT} sums or entries is not read again: trim it first")
    return _Usage(customer=usage.customer, buckets=usage.buckets, entries=entries)


def _usage_codec(inner: Codec) -> Codec:
    making = gathering(_made)

    def gather(data: Any, path: str, faults: Faults) -> Any:
        before = len(faults)
        stored = inner.gather(data, path, faults)
        return None if len(faults) > before else making(stored, path, faults)

    return Codec(
        read=lambda data: _made(inner.read(data)), gather=gather, write=lambda usage: inner.write(_stored(usage))
    )


@cache
def _codec(form: Form) -> Codec:
    inner = Compiler({}, {}).codec(_KINDS[form])
    whole = _usage_codec(inner) if form is Form.USAGE else inner
    return versioned(whole, CURRENT[form], UPCASTERS[form], carried=False)


@cache
def limit_row_codec() -> Codec:
    """The codec of a row without its version, for the forms that hold some."""
    return Compiler({}, {}).codec(LimitRow)


@cache
def limit_event_codec() -> Codec:
    """The codec of an event of limits, for the forms that hold one."""
    compiler, form = Compiler({}, {}), Form.LIMIT_EVENT
    codecs = {name: compiler.codec(kind) for name, kind in LIMIT_EVENTS.items()}
    inner = chosen("event", codecs, {kind: name for name, kind in LIMIT_EVENTS.items()})
    return versioned(inner, CURRENT[form], UPCASTERS[form], carried=True)


def limit_event_to_json(event: LimitEvent) -> bytes:
    """The event as JSON in UTF-8, with its kind under "event".

    >>> from datetime import date
    >>> told = UsagesJoined(on=date(2026, 11, 23), actor="S-1", request_id="T-1", customer="1", into="2")
    >>> limit_event_to_json(told)[:54]
    b'{"schema":1,"event":"USAGES_JOINED","on":"2026-11-23",'
    """
    return written(limit_event_codec().write(event))


def limit_event_from_json(data: bytes | str) -> LimitEvent:
    """The event that the JSON text says; errors as `usage_from_json`."""
    return cast("LimitEvent", structured(limit_event_codec(), parsed(data), "event"))


def usage_to_json(usage: Usage) -> bytes:
    """The usage as JSON in UTF-8, sums and entries in their order. Errors: CustmasterError for one that has to be trimmed first.

    >>> usage_to_json(Usage.of("6000000001"))
    b'{"schema":1,"customer":"6000000001"}'
    """
    return written(_codec(Form.USAGE).write(usage))


def usage_from_json(data: bytes | str) -> Usage:
    """The usage that the JSON text says. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path.

    >>> usage_from_json('{"schema": 1, "customer": "6000000001"}').buckets
    ()
    """
    return cast("Usage", structured(_codec(Form.USAGE), parsed(data), "usage"))


def limit_row_to_json(row: LimitRow) -> bytes:
    """One limit as JSON in UTF-8, such as an agreed one."""
    return written(_codec(Form.LIMIT_ROW).write(row))


def limit_row_from_json(data: bytes | str) -> LimitRow:
    """The limit that the JSON text says; errors as `usage_from_json`."""
    return cast("LimitRow", structured(_codec(Form.LIMIT_ROW), parsed(data), "limit"))


def limit_pack_to_json(pack: LimitPack) -> bytes:
    """The pack as JSON in UTF-8, for machines; people edit the TOML (`load_limits`).

    >>> limit_pack_to_json(LimitPack(version="2026.1", rows=[]))
    b'{"schema":1,"version":"2026.1","rows":[]}'
    """
    return written(_codec(Form.LIMIT_PACK).write(pack))


def limit_pack_from_json(data: bytes | str) -> LimitPack:
    """The pack that the JSON text says; errors as `usage_from_json`."""
    return cast("LimitPack", structured(_codec(Form.LIMIT_PACK), parsed(data), "limit pack"))


def headroom_to_json(left: Headroom) -> bytes:
    """The headroom as JSON in UTF-8.

    >>> headroom_to_json(Headroom(limits=(), reminders=()))
    b'{"schema":1,"limits":[],"reminders":[]}'
    """
    return written(_codec(Form.HEADROOM).write(left))


def headroom_from_json(data: bytes | str) -> Headroom:
    """The headroom that the JSON text says; errors as `usage_from_json`."""
    return cast("Headroom", structured(_codec(Form.HEADROOM), parsed(data), "headroom"))
