"""Columns out of a table of any library, by what the table can do: none of the libraries is needed for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from custmaster.errors import Fault, InvalidValue

__all__ = ["columns_of"]


def columns_of(table: Any, wanted: Sequence[str], *, optional: Sequence[str] = ()) -> dict[str, Sequence[Any]]:
    """The wanted columns as plain values, and those of the optional ones that are there, all of one length.

    Errors: InvalidValue UNKNOWN_FIELD for a column that is missing, TYPE for what is no table.

    >>> columns_of([{"a": 1, "b": 2}, {"a": 3, "b": 4}], ["a"])
    {'a': [1, 3]}
    """
    table = _opened(table)
    there = _names(table)
    for name in wanted:
        if name not in there:
            raise InvalidValue(Fault.UNKNOWN_FIELD, path=name, remedy="the table has no such column")
    names = [*wanted, *(name for name in optional if name in there)]
    if hasattr(table, "project"):  # a relation: all columns at once, since two readings may differ in their order
        rows = table.project(", ".join('"' + name.replace('"', '""') + '"' for name in names)).fetchall()
        return {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return {name: _column(table, name) for name in names}


def _opened(table: Any) -> Any:
    """The table in a shape of which columns can be asked; Splink's own frames, and lists of rows, become columns."""
    if hasattr(table, "as_record_list"):
        table = table.as_record_list()
    if not _is_rows(table):
        return table
    names = dict.fromkeys(name for row in table for name in row)
    return {name: [row.get(name) for row in table] for name in names}


def _is_rows(table: object) -> TypeGuard[Sequence[Mapping[str, Any]]]:
    return isinstance(table, (list, tuple))


def _names(table: Any) -> frozenset[str]:
    how = next((how for how in ("column_names", "columns", "keys") if hasattr(table, how)), None)
    if how is None:
        raise InvalidValue(Fault.TYPE, remedy="hand over a frame, a table, a relation, columns or rows")
    names: Any = getattr(table, how)
    return frozenset(map(str, names() if how == "keys" else names))


def _column(table: Any, name: str) -> Sequence[Any]:
    column: Any = table[name]
    how = next((how for how in ("to_pylist", "to_list", "tolist") if hasattr(column, how)), None)
    plain: Sequence[Any] = column if how is None else getattr(column, how)()
    return plain
