"""Roster entries and their events, staff and outlets as JSON, both ways; what holds for customers (see `records`) holds here too.

**Names, phones and documents of prospects, and names of staff, are written in clear text.** A decision about the roster is written and read by
`decision_to_json` and `decision_from_json`, as every other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

from custmaster.roster.entry import RosterEntry
from custmaster.roster.events import (
    CoManagerAdded,
    CoManagerRemoved,
    EntryAccepted,
    EntryAssigned,
    EntryHandedOver,
    EntryJoined,
    EntryListed,
    EntryParted,
    EntryProposed,
    EntryReassigned,
    EntryReinstated,
    EntryRejected,
    EntryRestored,
    EntryReturned,
    EntryStruckOff,
    EntryWithdrawn,
    LevelChanged,
    NeedsChanged,
    ProspectConverted,
    ProspectErased,
    RosterEvent,
)
from custmaster.roster.staff import Outlet, Staff
from custmaster.wire._codec import Codec
from custmaster.wire._compiler import Compiler, chosen
from custmaster.wire._json import parsed, structured, written
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = [
    "ROSTER_EVENTS",
    "outlet_from_json",
    "outlet_to_json",
    "roster_entry_from_json",
    "roster_entry_to_json",
    "roster_event_codec",
    "roster_event_from_json",
    "roster_event_to_json",
    "staff_from_json",
    "staff_to_json",
]

ROSTER_EVENTS: Final[Mapping[str, type[Any]]] = {
    "ENTRY_LISTED": EntryListed,
    "ENTRY_PROPOSED": EntryProposed,
    "ENTRY_ACCEPTED": EntryAccepted,
    "ENTRY_REJECTED": EntryRejected,
    "ENTRY_WITHDRAWN": EntryWithdrawn,
    "ENTRY_ASSIGNED": EntryAssigned,
    "ENTRY_HANDED_OVER": EntryHandedOver,
    "ENTRY_RETURNED": EntryReturned,
    "CO_MANAGER_ADDED": CoManagerAdded,
    "CO_MANAGER_REMOVED": CoManagerRemoved,
    "LEVEL_CHANGED": LevelChanged,
    "NEEDS_CHANGED": NeedsChanged,
    "PROSPECT_CONVERTED": ProspectConverted,
    "PROSPECT_ERASED": ProspectErased,
    "ENTRY_STRUCK_OFF": EntryStruckOff,
    "ENTRY_REINSTATED": EntryReinstated,
    "ENTRY_REASSIGNED": EntryReassigned,
    "ENTRY_JOINED": EntryJoined,
    "ENTRY_PARTED": EntryParted,
    "ENTRY_RESTORED": EntryRestored,
}
_RECORDS: Final[Mapping[Form, type[Any]]] = {Form.ROSTER_ENTRY: RosterEntry, Form.STAFF: Staff, Form.OUTLET: Outlet}


@cache
def _codec(form: Form) -> Codec:
    return versioned(Compiler({}, {}).codec(_RECORDS[form]), CURRENT[form], UPCASTERS[form], carried=True)


@cache
def roster_event_codec() -> Codec:
    """The codec of a roster entry's events, for the forms that hold some."""
    compiler = Compiler({RosterEntry: _codec(Form.ROSTER_ENTRY)}, {})
    codecs = {name: compiler.codec(kind) for name, kind in ROSTER_EVENTS.items()}
    inner = chosen("event", codecs, {kind: name for name, kind in ROSTER_EVENTS.items()})
    return versioned(inner, CURRENT[Form.ROSTER_EVENT], UPCASTERS[Form.ROSTER_EVENT], carried=True)


def roster_entry_to_json(entry: RosterEntry) -> bytes:
    """The entry as JSON in UTF-8, in clear text. Errors: CustmasterError for an entry of another schema than today's.

    >>> from datetime import date
    >>> from custmaster.roster import Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="gold", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> roster_entry_from_json(roster_entry_to_json(entry)) == entry
    True
    """
    return written(_codec(Form.ROSTER_ENTRY).write(entry))


def roster_entry_from_json(data: bytes | str) -> RosterEntry:
    """The entry that the JSON text says. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path."""
    return cast("RosterEntry", structured(_codec(Form.ROSTER_ENTRY), parsed(data), "roster entry"))


def staff_to_json(staff: Staff) -> bytes:
    """The staff member as JSON in UTF-8, the name in clear text; errors as `roster_entry_to_json`."""
    return written(_codec(Form.STAFF).write(staff))


def staff_from_json(data: bytes | str) -> Staff:
    """The staff member that the JSON text says; errors as `roster_entry_from_json`."""
    return cast("Staff", structured(_codec(Form.STAFF), parsed(data), "staff"))


def outlet_to_json(outlet: Outlet) -> bytes:
    """The outlet as JSON in UTF-8; errors as `roster_entry_to_json`."""
    return written(_codec(Form.OUTLET).write(outlet))


def outlet_from_json(data: bytes | str) -> Outlet:
    """The outlet that the JSON text says; errors as `roster_entry_from_json`."""
    return cast("Outlet", structured(_codec(Form.OUTLET), parsed(data), "outlet"))


def roster_event_to_json(event: RosterEvent) -> bytes:
    """The event as JSON in UTF-8, in clear text, with its kind under "event"; errors as `roster_entry_to_json`.

    >>> from datetime import date
    >>> roster_event_to_json(EntryReinstated(on=date(2026, 11, 28), actor="S-1", request_id="T-1", number="E-1"))
    b'{"schema":1,"event":"ENTRY_REINSTATED","on":"2026-11-28","actor":"S-1","request_id":"T-1","number":"E-1"}'
    """
    return written(roster_event_codec().write(event))


def roster_event_from_json(data: bytes | str) -> RosterEvent:
    """The event that the JSON text says; errors as `roster_entry_from_json`."""
    return cast("RosterEvent", structured(roster_event_codec(), parsed(data), "event"))
