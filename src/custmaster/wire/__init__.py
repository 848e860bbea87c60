r"""The border: files and plain data in, values out; findings and plain data out. Nothing is coerced in silence.

>>> from custmaster.wire import load_mapping
>>> sorted(load_mapping('[fields]\nname = "户名"', "m.toml").carried)
['name']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from custmaster.wire.converter import make_converter
    from custmaster.wire.pickling import revealing_dispatch_table

__all__ = [
    "CellCode",
    "FileMapping",
    "Finding",
    "Row",
    "Structured",
    "Table",
    "compile_structure",
    "draft",
    "load_mapping",
    "make_converter",
    "open_table",
    "recognise",
    "revealing_dispatch_table",
    "rows",
    "write_findings",
]


def __getattr__(name: str) -> object:
    """The converter is loaded when it is first asked for: checking a file does not need it."""
    if name == "make_converter":
        from custmaster.wire.converter import make_converter

        return make_converter
    if name == "revealing_dispatch_table":
        from custmaster.wire.pickling import revealing_dispatch_table

        return revealing_dispatch_table
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
