"""Tables of any library as a Parquet file of texts in a private folder, and answers as tables of the caller's library, by narwhals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from custmaster.errors import UnusableInput
from custmaster.wire.mapping import FileMapping

__all__ = ["library_of", "table_of", "written"]

_NAME: Final = "the table"
_NEEDED: Final = "pip install 'custmaster[frames]'"


def library_of(frame: Any) -> Any:
    """The library that a table is of, as narwhals knows it. Errors: UnusableInput for what is no table in memory."""
    return _known(frame).implementation


def table_of(columns: Mapping[str, Sequence[str]], library: Any) -> Any:
    """Columns of texts as a table of a library."""
    nw: Any = import_module("narwhals")
    texts = {name: list(values) for name, values in columns.items()}
    return nw.from_dict(texts, dict.fromkeys(texts, nw.String()), backend=library).to_native()


def written(frame: Any, mapping: FileMapping, path: Path) -> None:
    """The mapped columns of a table in a Parquet file. Errors: UnusableInput, which names the column and never a cell."""
    known = _known(frame)
    for column in mapping.columns:
        if column not in known.columns:
            raise UnusableInput(_NAME, problem=f"column {column!r} is missing", remedy="see the mapping")
    pa: Any = import_module("pyarrow")
    key = mapping.fields.get("source_key")
    keys = () if key is None else tuple(key.columns())
    table = pa.table({column: _texts(known, column, whole=column in keys) for column in mapping.columns})
    import_module("pyarrow.parquet").write_table(table, path)


def _known(frame: Any) -> Any:
    try:
        nw: Any = import_module("narwhals")
        import_module("pyarrow")
    except ImportError:
        raise UnusableInput(_NAME, problem="this needs the packages narwhals and pyarrow", remedy=_NEEDED) from None
    try:
        known = nw.from_native(frame, eager_only=True)
        names = list(known.columns)
        if all(isinstance(name, str) for name in names) and len(set(names)) == len(names):
            return known
    except (TypeError, ValueError, nw.exceptions.NarwhalsError):
        pass
    problem = "this is no table in memory with one text as the name of each column"
    raise UnusableInput(_NAME, problem=problem, remedy="collect a lazy table or relation; rename columns")


def _texts(known: Any, column: str, *, whole: bool) -> Any:
    """A column as texts or dates; `whole` takes whole numbers too, for the host's key is a name and not a number that could lose a zero."""
    pa: Any = import_module("pyarrow")
    try:
        cells = known[column].to_arrow()
        if pa.types.is_timestamp(cells.type) and cells.type.tz is not None:
            cells = import_module("pyarrow.compute").local_timestamp(cells)  # a day is that of its own zone
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        raise _no_text(column) from None
    kind = cells.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return cells
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    if (
        pa.types.is_null(inner)
        or (whole and pa.types.is_integer(inner))
        or str(inner).endswith(("string", "string_view"))
    ):
        return cells.cast(pa.string())
    if pa.types.is_integer(inner) or pa.types.is_floating(inner) or pa.types.is_decimal(inner):
        problem = f"column {column!r} holds numbers: their leading zeros are lost"
        raise UnusableInput(_NAME, problem=problem, remedy="read it as text: dtype=str")
    raise _no_text(column)


def _no_text(column: str) -> UnusableInput:
    problem = f"column {column!r} holds what is neither text nor dates"
    return UnusableInput(_NAME, problem=problem, remedy="make it a column of texts")
