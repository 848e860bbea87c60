"""Handbooks as JSON, both ways, for machines; people edit the TOML.

A value stands as in the TOML file, and a day as "2017-12-29". A key that is not there is no fault: what was stored before the library knew
the key still loads, and whoever asks for that key is told so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, cast

import attrs

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import KEYS, AgeBand, Dated, Handbook, Key, Timeline
from custmaster.handbook.kinds import DAY
from custmaster.wire._codec import Codec, Faults, faults_within, scalar, unwanted
from custmaster.wire._compiler import Compiler
from custmaster.wire._json import parsed, structured, written
from custmaster.wire._shapes import is_list, is_table
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = ["handbook_from_json", "handbook_to_json", "structure_handbook", "unstructure_handbook"]

_KEY_LIKE: Final = re.compile("[a-z][a-z0-9_]{0,39}(?:[.][a-z][a-z0-9_]{0,39}){0,7}")


@attrs.frozen(kw_only=True)
class _Entry:
    """A dated value as it is stored; the value is read by the kind of its key."""

    since: date
    until: date | None = None
    value: object
    article: str
    source: str = ""
    evidence: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class _Head:
    """A handbook as it is stored; the timelines are read key by key."""

    name: str
    version: str
    keys: object


def _untouched(value: Any, path: str, faults: Faults) -> Any:
    return value


_AS_IT_IS: Final = Codec(read=lambda value: value, gather=_untouched, write=lambda value: value)
_COMPILER: Final = Compiler({object: _AS_IT_IS}, {})
_ENTRY: Final = _COMPILER.codec(_Entry)
_HEAD: Final = _COMPILER.codec(_Head)


def _in_file(value: object) -> object:
    """The value as the TOML file writes it, and days as texts."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_in_file(one) for one in cast("tuple[object, ...]", value)]
    kind: Any = type(value)
    if not attrs.has(kind):
        return value
    row = {field.name: _in_file(getattr(value, field.name)) for field in attrs.fields(kind)}
    long_term = {"long_term": True} if isinstance(value, AgeBand) and value.years is None else {}
    return {name: held for name, held in row.items() if held is not None} | long_term


def _written_entry(entry: Dated[Any]) -> Any:
    return _ENTRY.write(_Entry(**_fields(entry, _in_file(entry.value))))


def _value(key: Key[Any], raw: object, path: str, faults: Faults) -> Any:
    before = len(faults)
    if key.kind is DAY:
        days = scalar(date)
        raw = days.gather(raw, path, faults) if days else raw
    if len(faults) > before:
        return None
    try:
        return key.kind.read(raw)
    except InvalidValue as fault:
        remedy = fault.remedy or f"write a {key.kind.name}"
        faults.append(InvalidValue(fault.fault, path=fault.under(path).path, length=fault.length, remedy=remedy))
        return None


def _timeline(key: Key[Any], data: object, path: str, faults: Faults) -> Timeline[Any] | None:
    if not is_list(data):
        unwanted(path, faults, "a list of dated values")
        return None
    before = len(faults)
    entries: list[Dated[Any]] = []
    for place, one in enumerate(data):
        entry: _Entry | None = _ENTRY.gather(one, f"{path}[{place}]", faults)
        if entry is not None:
            value = _value(key, entry.value, f"{path}[{place}].value", faults)
            entries.append(Dated(**_fields(entry, value)))
    if len(faults) > before:
        return None
    try:
        return Timeline(entries=entries)
    except InvalidValue as fault:
        faults.extend(one.under(path) for one in faults_within(fault))
        return None


def _fields(entry: _Entry | Dated[Any], value: object) -> dict[str, Any]:
    fields = {field.name: getattr(entry, field.name) for field in attrs.fields(_Entry)}
    return fields | {"value": value}


def _codec(keys: Mapping[str, Key[Any]]) -> Codec:
    def gather(data: Any, path: str, faults: Faults) -> Any:
        before = len(faults)
        head: _Head | None = _HEAD.gather(data, path, faults)
        if head is None:
            return None
        if not is_table(head.keys):
            return unwanted("keys", faults, "an object")
        timelines: dict[str, Timeline[Any]] = {}
        for name, dated in head.keys.items():
            shown = f"keys.{name if _KEY_LIKE.fullmatch(name) else '*'}"
            if name not in keys:
                faults.append(InvalidValue(Fault.UNKNOWN_FIELD, path=shown, remedy="the handbook has no such key"))
            elif (timeline := _timeline(keys[name], dated, shown, faults)) is not None:
                timelines[name] = timeline
        return None if len(faults) > before else Handbook(name=head.name, version=head.version, timelines=timelines)

    def write(book: Handbook) -> Any:
        timelines = {name: [_written_entry(entry) for entry in line.entries] for name, line in book.timelines.items()}
        return _HEAD.write(_Head(name=book.name, version=book.version, keys=timelines))

    def read(data: Any) -> Any:
        raise TypeError  # a handbook is read once: thoroughly

    return versioned(
        Codec(read=read, gather=gather, write=write), CURRENT[Form.HANDBOOK], UPCASTERS[Form.HANDBOOK], carried=False
    )


def handbook_to_json(handbook: Handbook) -> bytes:
    """The handbook as JSON in UTF-8, keys in their order.

    >>> from custmaster.handbook import default
    >>> handbook_from_json(handbook_to_json(default())) == default()
    True
    """
    return written(unstructure_handbook(handbook))


def handbook_from_json(data: bytes | str, keys: Iterable[Key[Any]] = KEYS) -> Handbook:
    """The handbook that the JSON text says; `keys` may add a bank's own. Errors: an ExceptionGroup of InvalidValue, one a fault.

    >>> try:
    ...     handbook_from_json(
    ...         '{"schema": 1, "name": "a", "version": "1", "keys": {"roster.floor.teller": [{"value": "x"}]}}'
    ...     )
    ... except ExceptionGroup as problem:
    ...     [fault.path for fault in problem.exceptions]
    ['keys.roster.floor.teller[0].since', 'keys.roster.floor.teller[0].article']
    """
    return structure_handbook(parsed(data), keys)


def structure_handbook(data: Mapping[str, Any], keys: Iterable[Key[Any]] = KEYS) -> Handbook:
    """The handbook that the plain data says, from whatever parser; as `handbook_from_json`."""
    return cast("Handbook", structured(_codec({key.name: key for key in keys}), data, "handbook"))


def unstructure_handbook(handbook: Handbook) -> dict[str, Any]:
    """The handbook as plain data, for the host's own writer."""
    return cast("dict[str, Any]", _codec({}).write(handbook))
