r"""The border: files and plain data in, values out; findings and plain data out. Nothing is coerced in silence.

>>> from custmaster.wire import load_mapping
>>> sorted(load_mapping('[fields]\nname = "户名"', "m.toml").carried)
['name']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from custmaster.wire.codes import CellCode
from custmaster.wire.drafting import draft
from custmaster.wire.encoding import recognise
from custmaster.wire.findings import Finding, write_findings
from custmaster.wire.mapping import FileMapping
from custmaster.wire.mapping_file import load_mapping
from custmaster.wire.readers import open_table, rows
from custmaster.wire.structure import Structured, compile_structure
from custmaster.wire.table import Row, Table

if TYPE_CHECKING:
    from custmaster.wire.handbooks import (
        handbook_from_json,
        handbook_to_json,
        structure_handbook,
        unstructure_handbook,
    )
    from custmaster.wire.pickling import revealing_dispatch_table
    from custmaster.wire.records import (
        customer_from_json,
        customer_to_json,
        decision_from_json,
        decision_to_json,
        event_from_json,
        event_to_json,
        structure_customer,
        structure_decision,
        structure_event,
        unstructure_customer,
        unstructure_decision,
        unstructure_event,
    )
    from custmaster.wire.sync_messages import (
        digest_from_json,
        digest_to_json,
        message_from_bytes,
        message_to_bytes,
        replica_from_json,
        replica_to_json,
        report_from_json,
        report_to_json,
    )

__all__ = [
    "CellCode",
    "FileMapping",
    "Finding",
    "Row",
    "Structured",
    "Table",
    "compile_structure",
    "customer_from_json",
    "customer_to_json",
    "decision_from_json",
    "decision_to_json",
    "digest_from_json",
    "digest_to_json",
    "draft",
    "event_from_json",
    "event_to_json",
    "handbook_from_json",
    "handbook_to_json",
    "load_mapping",
    "message_from_bytes",
    "message_to_bytes",
    "open_table",
    "recognise",
    "replica_from_json",
    "replica_to_json",
    "report_from_json",
    "report_to_json",
    "revealing_dispatch_table",
    "rows",
    "structure_customer",
    "structure_decision",
    "structure_event",
    "structure_handbook",
    "unstructure_customer",
    "unstructure_decision",
    "unstructure_event",
    "unstructure_handbook",
    "write_findings",
]


_LATER: Final = {
    # name: the module that is loaded when the name is first asked for; checking a file needs none of them
    "customer_from_json": "records",
    "customer_to_json": "records",
    "decision_from_json": "records",
    "decision_to_json": "records",
    "digest_from_json": "sync_messages",
    "digest_to_json": "sync_messages",
    "event_from_json": "records",
    "event_to_json": "records",
    "handbook_from_json": "handbooks",
    "handbook_to_json": "handbooks",
    "message_from_bytes": "sync_messages",
    "message_to_bytes": "sync_messages",
    "replica_from_json": "sync_messages",
    "replica_to_json": "sync_messages",
    "report_from_json": "sync_messages",
    "report_to_json": "sync_messages",
    "revealing_dispatch_table": "pickling",
    "structure_customer": "records",
    "structure_decision": "records",
    "structure_event": "records",
    "structure_handbook": "handbooks",
    "unstructure_customer": "records",
    "unstructure_decision": "records",
    "unstructure_event": "records",
    "unstructure_handbook": "handbooks",
}


def __getattr__(name: str) -> object:
    """What checking a file does not need is loaded when it is first asked for."""
    if name in _LATER:
        return getattr(import_module(f"custmaster.wire.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
