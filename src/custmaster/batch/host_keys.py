"""The host's key of each row (客户自有编号), by whole columns: what `compile_structure` calls the record, and what runs call the row by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from attrs import evolve

from custmaster.batch.plan import LONGEST, Columns
from custmaster.errors import InvalidValue
from custmaster.wire._cells import getter, plain_text
from custmaster.wire.mapping import FileMapping, TextSource

__all__ = ["key_columns", "key_reader", "keys_alone"]

_KEY_FIELDS: Final = ("source_key", "customer_number")
"""The fields that name a row; the first that says something counts."""


def key_columns(mapping: FileMapping | None) -> tuple[str, ...]:
    r"""The columns that the key is made of, none when the mapping has none.

    >>> from custmaster.wire.mapping_file import load_mapping
    >>> key_columns(load_mapping('[fields]\nname = "name"\nsource_key = { columns = ["branch", "no"] }', "m.toml"))
    ('branch', 'no')
    """
    return tuple(dict.fromkeys(column for source in _sources(mapping) for column in source.columns()))


def keys_alone(mapping: FileMapping) -> FileMapping:
    """The mapping without the fields that name no row."""
    fields = {name: mapping.fields[name] for name in _KEY_FIELDS if name in mapping.fields}
    return evolve(mapping, fields=fields, documents=())


def key_reader(mapping: FileMapping | None, header: Sequence[str]) -> Callable[[Columns], list[str]]:
    r"""The function from the columns of some rows, in the order of the header, to their keys: no blanks about them, empty where there is none.

    >>> from custmaster.wire.mapping_file import load_mapping
    >>> mapping = load_mapping('[fields]\nsource_key = { columns = ["branch", "no"], join = "-" }', "m.toml")
    >>> key_reader(mapping, ("branch", "no"))([["B1", "B1", " "], ["7", " 8", ""]])
    ['B1-7', 'B1- 8', '']
    """
    sources = _sources(mapping)
    if not sources:
        return lambda columns: [""] * len(columns[0])
    gets = [getter(source, header) for source in sources]

    def key(cells: tuple[str, ...]) -> str:
        for get in gets:
            try:
                text = plain_text(get(cells))
            except InvalidValue:
                continue
            if text:
                return text
        return ""

    def keys(columns: Columns) -> list[str]:
        return list(map(key, zip(*columns, strict=True)))

    place, *others = map(header.index, key_columns(mapping))
    if others:
        return keys

    def of_one(columns: Columns) -> list[str]:
        cells = columns[place]
        return list(map(str.strip, cells)) if max(map(len, cells), default=0) <= LONGEST else keys(columns)

    return of_one


def _sources(mapping: FileMapping | None) -> list[TextSource]:
    return [] if mapping is None else [mapping.fields[name] for name in _KEY_FIELDS if name in mapping.fields]
