"""The codecs of what sync sends and stores: counters, numbers, fields with their values, and the messages that are made of them.

Names are held to a pattern, so that the value of a field cannot hide in a name, which is shown by repr and in paths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from custmaster.errors import Fault, InvalidValue
from custmaster.sync.digest import Digest
from custmaster.sync.fields import FieldValues
from custmaster.sync.messages import Ack, Full, Handoff, KeyInfo, Proposal, Resync, Snapshot, Stamps
from custmaster.sync.replica import Replica, Report
from custmaster.wire._codec import Codec, Faults, as_given, gathering, unwanted
from custmaster.wire._compiler import Compiler, chosen
from custmaster.wire._shapes import is_table
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = ["KINDS", "codec_of", "messages"]

KINDS: Final[Mapping[str, type[Any]]] = {
    # what stands under "message": its class
    "KEY": KeyInfo,
    "FULL": Full,
    "ACK": Ack,
    "HANDOFF": Handoff,
    "RESYNC": Resync,
    "SNAP": Snapshot,
}
_STORED: Final[Mapping[Form, tuple[type[Any], bool]]] = {
    # form: its class, and whether that has a field `schema`
    Form.REPLICA: (Replica, True),
    Form.SYNC_REPORT: (Report, False),
    Form.DIGEST: (Digest, False),
}

_LARGEST: Final = 2**53 - 1  # the last whole number that every JSON reader holds exactly
_LONGEST: Final = 4000
_NAME: Final = re.compile(r"[a-z][a-z0-9_.]{0,63}(?:/[A-Za-z0-9_.-]{1,64}){0,2}")
_UNIT: Final = re.compile(r"[A-Za-z0-9_./-]{1,200}")
_NUMBER: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_HEX: Final = re.compile(r"[0-9a-f]{1,64}")
_SHORT: Final = re.compile(r"[^\x00-\x1f\x7f]{1,128}")


class _Name(str):
    """The name of a field."""

    __slots__ = ()


class _Number(str):
    """A customer number."""

    __slots__ = ()


class _Hex(str):
    """A fingerprint or a seal."""

    __slots__ = ()


class _Short(str):
    """The name of a system, or of a creation."""

    __slots__ = ()


class _Value(str):
    """The value of a field."""

    __slots__ = ()


_FORMS: Final[Mapping[type[str], tuple[re.Pattern[str], str]]] = {
    # kind of text: its pattern, and what to write instead
    _Name: (_NAME, "a field is named like birth_date or relationship/SPOUSE/6000000002"),
    _Number: (_NUMBER, "1 to 64 letters, digits, points, dashes and underscores"),
    _Hex: (_HEX, "small hexadecimal digits"),
    _Short: (_SHORT, "1 to 128 characters, none of them a control character"),
}
_HELD: Final[Mapping[str, type[str]]] = {
    # field of a record: what kind of text it is
    "number": _Number,
    "sender": _Short,
    "receiver": _Short,
    "system": _Short,
    "other": _Short,
    "catalogue": _Hex,
    "seal": _Hex,
    "creation_id": _Short,
    "field": _Name,
    "value": _Value,
}


def _matching(kind: type[str]) -> Codec:
    pattern, remedy = _FORMS[kind]

    def read(value: Any) -> str:
        if type(value) is not str:
            raise InvalidValue(Fault.TYPE, remedy="a text is wanted, and nothing is converted")
        if pattern.fullmatch(value) is None:
            raise InvalidValue(Fault.FORMAT, length=len(value), remedy=remedy)
        return value

    line = "if type({v}) is not str or {r}({v}) is None: raise TypeError"
    return Codec(read=read, gather=gathering(read), write=as_given, line=line, uses=pattern.fullmatch)


def _counter(value: Any) -> int:
    if type(value) is not int:
        raise InvalidValue(Fault.TYPE, remedy="a whole number is wanted, and nothing is converted")
    if not 0 <= value <= _LARGEST:
        raise InvalidValue(Fault.RANGE, remedy="counters begin at 0 and end at 2**53 - 1")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise InvalidValue(Fault.TYPE, remedy="a text is wanted, and nothing is converted")
    if len(value) > _LONGEST:
        raise InvalidValue(Fault.LENGTH, length=len(value), remedy=f"at most {_LONGEST} characters")
    return value


_COUNTERS: Final = Codec(
    read=_counter,
    gather=gathering(_counter),
    write=as_given,
    line=f"if type({{v}}) is not int or not 0 <= {{v}} <= {_LARGEST}: raise TypeError",
)
_TEXTS: Final = Codec(
    read=_text,
    gather=gathering(_text),
    write=as_given,
    line=f"if type({{v}}) is not str or len({{v}}) > {_LONGEST}: raise TypeError",
)


def _named(pattern: re.Pattern[str], held: Codec, made: Callable[[dict[str, Any]], Any]) -> Codec:
    """The codec of what JSON writes as an object of values by name; `made` gives the value, and fails on any that `held` would refuse."""
    matches = pattern.fullmatch

    def read(data: Any) -> Any:
        if data.__class__ is not dict or not all(map(matches, data)):
            raise TypeError
        return made(data)

    def gather(data: Any, path: str, faults: Faults) -> Any:
        if not is_table(data):
            return unwanted(path, faults, "an object")
        before = len(faults)
        for name, value in data.items():
            if matches(name) is None:
                faults.append(InvalidValue(Fault.FORMAT, path=f"{path}.*", remedy=_FORMS[_Name][1]))
            else:
                held.gather(value, f"{path}.{_shown(name)}", faults)
        return None if len(faults) > before else made(data)

    return Codec(read=read, gather=gather, write=lambda value: dict(_pairs(value)))


def _shown(name: str) -> str:
    """The name of a field without its entry: whose relationship it is stays out of errors."""
    head, slash, _ = name.partition("/")
    return f"{head}/*" if slash else head


def _pairs(value: FieldValues | Stamps) -> Iterator[tuple[str, Any]]:
    return value.items() if isinstance(value, FieldValues) else iter(value)


def _stamps(data: dict[str, Any]) -> Stamps:
    for value in data.values():
        _counter(value)
    return tuple(sorted(data.items()))


def _values(data: dict[str, Any]) -> FieldValues:
    if None in data.values():
        raise TypeError  # a field without a value is absent
    return FieldValues(data)


def _once(inner: Codec) -> Codec:
    """The codec of a list of proposals, in which each field stands once."""

    def read(data: Any) -> Any:
        made = inner.read(data)
        if len({one.field for one in made}) != len(made):
            raise ValueError
        return made

    def gather(data: Any, path: str, faults: Faults) -> Any:
        before = len(faults)
        made = inner.gather(data, path, faults)
        if len(faults) > before:
            return None
        seen: set[str] = set()
        for place, one in enumerate(made):
            if one.field in seen:
                faults.append(
                    InvalidValue(Fault.DUPLICATE, path=f"{path}[{place}].field", remedy="a field is proposed once")
                )
            seen.add(one.field)
        return made

    return Codec(read=read, gather=gather, write=inner.write)


@cache
def _compiler() -> Compiler:
    known: dict[Any, Codec] = {
        int: _COUNTERS,
        _Value: _TEXTS,
        FieldValues: _named(_NAME, _TEXTS, _values),
        Stamps: _named(_UNIT, _COUNTERS, _stamps),
    }
    compiler = Compiler(known | {kind: _matching(kind) for kind in _FORMS}, {})
    proposals = _record(compiler, Proposal)
    listed = Compiler({Proposal: proposals}, {}).codec(tuple[Proposal, ...])
    with_proposals = {tuple[Proposal, ...]: _once(listed)} | known | {kind: _matching(kind) for kind in _FORMS}
    handoff = _record(Compiler(with_proposals, {}), Handoff)
    return Compiler(with_proposals | {Handoff: handoff}, {})


def _record(compiler: Compiler, kind: type[Any]) -> Codec:
    """The codec of a class whose texts are of the kinds that their names say."""
    fields = {field.name: field.type for field in kind.__attrs_attrs__ if field.init}
    types: dict[str, Any] = {
        name: (held | None if "None" in str(fields[name]) else held) for name, held in _HELD.items() if name in fields
    }
    return compiler.record(kind, types)


@cache
def messages() -> Codec:
    """The codec of a message."""
    codecs = {name: _record(_compiler(), kind) for name, kind in KINDS.items()}
    inner = chosen("message", codecs, {kind: name for name, kind in KINDS.items()})
    return versioned(inner, CURRENT[Form.SYNC_MESSAGE], UPCASTERS[Form.SYNC_MESSAGE], carried=False)


@cache
def codec_of(form: Form) -> Codec:
    """The codec of a replica, a report or a digest."""
    kind, carried = _STORED[form]
    return versioned(_record(_compiler(), kind), CURRENT[form], UPCASTERS[form], carried=carried)
