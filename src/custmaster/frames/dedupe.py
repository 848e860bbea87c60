"""Who is in a table in memory twice: the table as a file of texts in a private folder, then as `batch.dedupe`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from attrs import field, frozen

from custmaster.batch import STOCK, Deduped, Rules, Run, dedupe
from custmaster.errors import UnusableInput
from custmaster.wire.mapping import FileMapping

__all__ = ["DedupedFrame", "dedupe_frame"]

_NAME: Final = "the table"
_NEEDED: Final = "pip install 'custmaster[frames]'"


@frozen(kw_only=True)
class DedupedFrame:
    """What was found, and its clusters as a table of the caller's library: record, cluster_auto, cluster_review, in row order."""

    found: Deduped = field(repr=False)
    clusters: Any = field(repr=False)


def dedupe_frame(frame: Any, mapping: FileMapping, *, rules: Rules = STOCK, run: Run | None = None) -> DedupedFrame:
    """Which rows of a table are the same customer, and which may be, as `dedupe` tells of a Parquet file with these rows.

    Takes a table in memory that narwhals knows, such as one of pandas, polars or Arrow. Mapped columns hold texts or dates: a number
    has lost its leading zeros. Errors: UnusableInput for other tables and columns, or where a package is missing; never a cell's value.
    """
    run = run or Run()
    table, library = _arrow(frame, mapping)
    with TemporaryDirectory(dir=run.temporary) as folder:
        path = Path(folder) / "table.parquet"
        import_module("pyarrow.parquet").write_table(table, path)
        found = dedupe(path, mapping, rules=rules, run=run)
    columns = {
        "record": list(found.records),
        "cluster_auto": list(found.clusters(review=False)),
        "cluster_review": list(found.clusters(review=True)),
    }
    nw: Any = import_module("narwhals")
    schema = dict.fromkeys(columns, nw.String())
    return DedupedFrame(found=found, clusters=nw.from_dict(columns, schema, backend=library).to_native())


def _arrow(frame: Any, mapping: FileMapping) -> tuple[Any, Any]:
    """The mapped columns as an Arrow table of texts and dates, and the library that the table is of."""
    try:
        nw: Any = import_module("narwhals")
        pa: Any = import_module("pyarrow")
    except ImportError:
        raise UnusableInput(_NAME, problem="this needs the packages narwhals and pyarrow", remedy=_NEEDED) from None
    try:
        known = nw.from_native(frame, eager_only=True)
        names = list(known.columns)
    except (TypeError, ValueError, nw.exceptions.NarwhalsError):
        problem = "this is no table in memory with one name to a column"
        raise UnusableInput(_NAME, problem=problem, remedy="collect a lazy table; rename columns") from None
    if len(set(names)) != len(names):
        raise UnusableInput(_NAME, problem="two columns have one name", remedy="rename one")
    for column in mapping.columns:
        if column not in names:
            raise UnusableInput(_NAME, problem=f"column {column!r} is missing", remedy="see the mapping")
    return pa.table({column: _texts(known, column) for column in mapping.columns}), known.implementation


def _texts(known: Any, column: str) -> Any:
    pa: Any = import_module("pyarrow")
    try:
        cells = known[column].to_arrow()
    except (pa.ArrowException, TypeError, ValueError):
        raise _no_text(column) from None
    kind = cells.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return cells
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    if any(is_kind(inner) for is_kind in (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)) or (
        str(inner) == "string_view"
    ):
        return cells.cast(pa.string())
    raise _no_text(column)


def _no_text(column: str) -> UnusableInput:
    problem = f"column {column!r} holds no text: a number has lost its leading zeros"
    return UnusableInput(_NAME, problem=problem, remedy="read it as text: dtype=str")
