"""From an attrs class to its codec, once: every type of a field has one form in plain data, and everything else is refused.

A record is an object with the names of its fields; a field that has its default is left out. A list is a list of at most LIST_LIMIT. A
field that holds one of several kinds says which one: {"phone": "..."}.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, NoReturn, Union, cast, get_args, get_origin

import attrs

from custmaster.customer.soundness import LIST_LIMIT
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.value._sealed import Sealed
from custmaster.wire._codec import (
    Codec,
    Faults,
    below,
    gathering,
    one_of,
    optional,
    scalar,
    sealed,
    unwanted,
)
from custmaster.wire._shapes import is_list, is_table

__all__ = ["Compiler", "chosen", "tagged"]

_Fields = Mapping[str, tuple["attrs.Attribute[Any]", Codec]]
_NONE: Final = type(None)
_UNIONS: Final = (Union, types.UnionType)


class Compiler:
    """Makes the codec of a type and keeps it; `known` are types with a codec of their own, `tags` the names of a union's kinds."""

    def __init__(self, known: Mapping[Any, Codec], tags: Mapping[type[Any], str]) -> None:
        self._made: dict[Any, Codec] = dict(known)
        self._tags = tags

    def codec(self, kind: Any) -> Codec:
        """The codec of a type. Errors: CustmasterError for a type that has no form in plain data."""
        if kind not in self._made:
            self._made[kind] = self._make(kind)
        return self._made[kind]

    def _make(self, kind: Any) -> Codec:
        if (plain := scalar(kind)) is not None:
            return plain
        origin, inner = get_origin(kind), get_args(kind)
        if origin in _UNIONS:
            return self._union(kind, tuple(one for one in inner if one is not _NONE))
        if origin is tuple:
            return _listed(self.codec(inner[0])) if inner[1:] == (Ellipsis,) else _row(tuple(map(self.codec, inner)))
        return self._of_class(kind) if isinstance(kind, type) else _formless(kind)

    def _of_class(self, kind: type[Any]) -> Codec:
        if issubclass(kind, StrEnum):
            return one_of(kind)
        if issubclass(kind, Sealed):
            return sealed(kind)
        return self.record(kind) if attrs.has(kind) else _formless(kind)

    def _union(self, kind: Any, kinds: tuple[Any, ...]) -> Codec:
        if len(kinds) == 1:
            return optional(self.codec(kinds[0]))
        inner = tagged({self._tags[one]: (one, self.codec(one)) for one in kinds})
        return optional(inner) if _NONE in get_args(kind) else inner

    def record(self, kind: type[Any], types: Mapping[str, Any] | None = None) -> Codec:
        """The codec of an attrs class; `types` says for some of its fields what they hold here."""
        attrs.resolve_types(kind)
        held = {field.name: field.type for field in attrs.fields(kind) if field.init} | dict(types or {})
        fields = {field.name: (field, self.codec(held[field.name])) for field in attrs.fields(kind) if field.init}
        return Codec(read=_reading(kind, fields), gather=_gathering(kind, fields), write=_writing(fields))


def _formless(kind: object) -> NoReturn:
    raise CustmasterError(f"{kind} has no form in plain data: give it a codec")


def _reading(kind: type[Any], fields: _Fields) -> Callable[[Any], Any]:
    """The quick reader of a record, as straight code: a loop over the keys with a call for each would take twice as long.

    The text that is run is made from the names of the fields of our own classes, and from nothing else.
    """
    around: dict[str, Any] = {
        "kind": kind,
        "known": frozenset(fields).issuperset,
        "absent": object(),
        "from_iso": date.fromisoformat,
    }
    lines = [
        "def read(data):",
        " if type(data) is not dict or not known(data): raise TypeError",
        " get = data.get",
    ]
    for place, (name, (field, codec)) in enumerate(fields.items()):
        lines.extend(_field_lines(f"v{place}", name, field.default, codec))
        used = codec.inner or codec
        around[f"r_v{place}"] = used.uses or used.read
        around[f"d_v{place}"] = field.default
    given = ", ".join(f"{name}=v{place}" for place, name in enumerate(fields))
    exec("\n".join([*lines, f" return kind({given})"]), around)  # noqa: S102
    return cast("Callable[[Any], Any]", around["read"])


def _field_lines(v: str, name: str, usual: Any, codec: Codec) -> list[str]:
    """The lines that read one field into the variable `v`."""
    line = (codec.inner or codec).line.format(v=v, r=f"r_{v}")
    if usual is attrs.NOTHING:
        begin = [f" {v} = data[{name!r}]"]
        return [*begin, f" if {v} is not None:", f"  {line}"] if codec.inner else [*begin, f" {line}"]
    if usual is None:
        return [f" {v} = get({name!r})", f" if {v} is not None:", f"  {line}"]
    if codec.inner:
        raise CustmasterError(f"{name} may be absent and has another default: give it a codec")
    return [f" {v} = get({name!r}, absent)", f" if {v} is absent: {v} = d_{v}", " else:", f"  {line}"]


def _gathering(kind: type[Any], fields: _Fields) -> Callable[[Any, str, Faults], Any]:
    needed = [name for name, (field, _) in fields.items() if field.default is attrs.NOTHING]
    build = gathering(lambda made: kind(**made))

    def gather(data: Any, path: str, faults: Faults) -> Any:
        if not is_table(data):
            return unwanted(path, faults, "an object")
        before = len(faults)
        made = {
            name: codec.gather(data[name], below(path, name), faults)
            for name, (_, codec) in fields.items()
            if name in data
        }
        faults.extend(InvalidValue(Fault.MISSING, path=below(path, name)) for name in needed if name not in data)
        unknown = sorted({below(path, str(name)) for name in data if name not in fields})
        faults.extend(InvalidValue(Fault.UNKNOWN_FIELD, path=name) for name in unknown)
        return None if len(faults) > before else build(made, path, faults)

    return gather


def _writing(fields: _Fields) -> Callable[[Any], Any]:
    rows = [(name, field.default, codec.write) for name, (field, codec) in fields.items()]

    def write(value: Any) -> Any:
        data: dict[str, Any] = {}
        for name, usual, written in rows:
            held = getattr(value, name)
            if held is not usual and held != usual:
                data[name] = written(held)
        return data

    return write


def _listed(inner: Codec) -> Codec:
    read, gather_one, write = inner.read, inner.gather, inner.write

    def read_all(data: Any) -> tuple[Any, ...]:
        if data.__class__ is not list or len(data) > LIST_LIMIT:
            raise TypeError
        return tuple([read(one) for one in data])

    def gather(data: Any, path: str, faults: Faults) -> Any:
        if not is_list(data):
            return unwanted(path, faults, "a list")
        if len(data) > LIST_LIMIT:
            faults.append(
                InvalidValue(Fault.LENGTH, path=path, length=len(data), remedy=f"at most {LIST_LIMIT} of a kind")
            )
            return None
        return tuple([gather_one(one, f"{path}[{place}]", faults) for place, one in enumerate(data)])

    return Codec(read=read_all, gather=gather, write=lambda values: [write(one) for one in values])


def _row(parts: tuple[Codec, ...]) -> Codec:
    """The codec of a tuple of fixed length, such as a fact with its name."""
    size = len(parts)

    def read(data: Any) -> tuple[Any, ...]:
        if data.__class__ is not list or len(data) != size:
            raise TypeError
        return tuple([part.read(one) for part, one in zip(parts, data, strict=True)])

    def gather(data: Any, path: str, faults: Faults) -> Any:
        if not is_list(data) or len(data) != size:
            return unwanted(path, faults, f"a list of {size}")
        return tuple([part.gather(data[place], f"{path}[{place}]", faults) for place, part in enumerate(parts)])

    return Codec(
        read=read, gather=gather, write=lambda held: [part.write(one) for part, one in zip(parts, held, strict=True)]
    )


def tagged(kinds: Mapping[str, tuple[type[Any], Codec]]) -> Codec:
    """The codec of a value of one of several classes: an object whose only key says which, such as {"phone": "..."}."""
    names = {kind: name for name, (kind, _) in kinds.items()}
    codecs = {name: codec for name, (_, codec) in kinds.items()}
    readers = {name: codec.read for name, codec in codecs.items()}

    def read(data: Any) -> Any:
        ((name, held),) = data.items()
        return readers[name](held)

    def gather(data: Any, path: str, faults: Faults) -> Any:
        if not is_table(data) or len(data) != 1:
            return unwanted(path, faults, f"an object with one of the keys {', '.join(codecs)}")
        ((name, held),) = data.items()
        if name not in codecs:
            remedy = f"write one of {', '.join(codecs)}"
            faults.append(InvalidValue(Fault.UNKNOWN_FIELD, path=below(path, str(name)), remedy=remedy))
            return None
        return codecs[name].gather(held, below(path, name), faults)

    def write(value: Any) -> Any:
        name = names[type(value)]
        return {name: codecs[name].write(value)}

    return Codec(read=read, gather=gather, write=write)


def chosen(key: str, codecs: Mapping[str, Codec], names: Mapping[type[Any], str]) -> Codec:
    """The codec of a value of several classes whose object says under `key` which it is."""

    def rest(data: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in data.items() if name != key}

    def gather(data: Any, path: str, faults: Faults) -> Any:
        if not is_table(data):
            return unwanted(path, faults, "an object")
        name = data.get(key)
        if type(name) is not str or name not in codecs:
            fault = Fault.UNKNOWN_CODE if key in data else Fault.MISSING
            faults.append(InvalidValue(fault, path=below(path, key), remedy=f"write one of {', '.join(codecs)}"))
            return None
        return codecs[name].gather(rest(data), path, faults)

    def write(value: Any) -> Any:
        name = names[type(value)]
        return {key: name} | codecs[name].write(value)

    return Codec(read=lambda data: codecs[data[key]].read(rest(data)), gather=gather, write=write)
