"""Readers and writers of single values, and what every codec is: a quick way for sound data, a thorough one that names all faults.

The quick reader stops at the first thing that is wrong, in whatever way it happens to fail; nobody sees that failure. Then the thorough
one goes over the same data and gathers every fault with its path. Neither ever converts a value in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from attrs import frozen

from custmaster.decision import Fact
from custmaster.errors import Fault, InvalidValue
from custmaster.value._sealed import Sealed
from custmaster.wire._shapes import is_table

__all__ = [
    "Codec",
    "as_given",
    "below",
    "faults_within",
    "gathering",
    "one_of",
    "optional",
    "scalar",
    "sealed",
    "unwanted",
]

Faults = list[InvalidValue]
Read = Callable[[Any], Any]
Gather = Callable[[Any, str, Faults], Any]

_DECIMAL: Final = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DAY_LENGTH: Final = 10
_LONGEST_DECIMAL: Final = 82
# A key that is not known is shown only when it looks like the name of a field: it is data too.
_PLAIN_KEY: Final = re.compile("[a-z][a-z_]{0,39}")


@frozen(kw_only=True)
class Codec:
    """One kind of value: `read` is quick and may fail in any way, `gather` adds every fault with its path, `write` gives plain data.

    `line` is what `read` does, as one line of a record's reader: {v} is the value, {r} stands for `uses`, by default `read` itself. The
    codec of a value that may be absent holds that of the value as `inner`.
    """

    read: Read
    gather: Gather
    write: Callable[[Any], Any]
    line: str = "{v} = {r}({v})"
    uses: Any = None
    inner: Codec | None = None


def below(path: str, name: str) -> str:
    """The path of a field, with the name starred when it is no name of a field.

    >>> below("documents[1]", "issuer"), below("", "张伟")
    ('documents[1].issuer', '*')
    """
    shown = name if _PLAIN_KEY.fullmatch(name) else "*"
    return f"{path}.{shown}" if path else shown


def faults_within(fault: InvalidValue) -> Iterable[InvalidValue]:
    """The fault, or all of them when it stands for several."""
    several: Iterable[InvalidValue] = getattr(fault, "faults", ())
    return several or (fault,)


def _bare(fault: InvalidValue, path: str) -> InvalidValue:
    """The fault at its path, made anew: without the traceback and context in which it was found."""
    return (
        fault.under(path)
        if path
        else InvalidValue(fault.fault, path=fault.path, length=fault.length, remedy=fault.remedy)
    )


def gathering(read: Read) -> Gather:
    """The thorough reader of a value that has no parts, from one whose only failure is InvalidValue."""

    def gather(value: Any, path: str, faults: Faults) -> Any:
        try:
            return read(value)
        except InvalidValue as fault:
            faults.extend(_bare(one, path) for one in faults_within(fault))
            return None

    return gather


def as_given(value: Any) -> Any:
    """The value itself: what JSON can say needs no writing."""
    return value


def _text(value: Any) -> str:
    if type(value) is str:
        return value
    raise InvalidValue(Fault.TYPE, remedy="a text is wanted, and nothing is converted")


def _whole(value: Any) -> int:
    if type(value) is int:
        return value
    raise InvalidValue(Fault.TYPE, remedy="a whole number is wanted, and nothing is converted")


def _switch(value: Any) -> bool:
    if value is True or value is False:
        return value
    raise InvalidValue(Fault.TYPE, remedy="true or false is wanted, and nothing is converted")


def _day(value: Any) -> date:
    """A day as YYYY-MM-DD and in no other of the forms that `fromisoformat` takes; it reads ASCII digits only."""
    if type(value) is not str:
        raise InvalidValue(Fault.TYPE, remedy="a day is written as a text")
    if len(value) == _DAY_LENGTH and value[4] == "-" == value[7]:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise InvalidValue(Fault.DATE, length=len(value), remedy="write it like 2026-11-23")


def _decimal(value: Any) -> Decimal:
    text = _text(value)
    if len(text) > _LONGEST_DECIMAL or _DECIMAL.fullmatch(text) is None:
        raise InvalidValue(Fault.FORMAT, length=len(text), remedy='write it in quotes, like "24.99"')
    return Decimal(text)


def _decimal_text(value: Decimal) -> str:
    return format(value, "f")


def _fact(value: Any) -> Fact:
    if type(value) in (str, int, bool):
        return value  # type: ignore[no-any-return]
    if is_table(value) and len(value) == 1:
        ((name, held),) = value.items()
        if name == "decimal":
            return _decimal(held)
        if name == "date":
            return _day(held)
    raise InvalidValue(Fault.TYPE, remedy='write a text, a number, {"decimal": "1.50"} or {"date": "2026-11-23"}')


def _fact_data(value: Fact) -> object:
    if isinstance(value, Decimal):
        return {"decimal": _decimal_text(value)}
    return {"date": value.isoformat()} if isinstance(value, date) else value


_CALLED: Final = "{v} = {r}({v})"
_DAY_IN_LINE: Final = (
    "{v} = from_iso({v}) if {v}.__class__ is str and len({v}) == 10 and {v}[4] == '-' == {v}[7] else {r}({v})"
)
_SCALARS: Final[dict[Any, tuple[Read, Callable[[Any], Any], str]]] = {
    # type of the field: how it is read, how it is written, how it is read in a line
    str: (_text, as_given, "if type({v}) is not str: raise TypeError"),
    int: (_whole, as_given, "if type({v}) is not int: raise TypeError"),
    bool: (_switch, as_given, "if {v} is not True and {v} is not False: raise TypeError"),
    date: (_day, date.isoformat, _DAY_IN_LINE),
    Decimal: (_decimal, _decimal_text, _CALLED),
    Fact: (_fact, _fact_data, _CALLED),
}


def scalar(kind: Any) -> Codec | None:
    """The codec of a plain type; None for any other.

    >>> codec = scalar(date)
    >>> codec and codec.write(codec.read("2026-11-23"))
    '2026-11-23'
    """
    found = _SCALARS.get(kind)
    return None if found is None else Codec(read=found[0], gather=gathering(found[0]), write=found[1], line=found[2])


def one_of(members: Iterable[StrEnum]) -> Codec:
    """The codec of one of these codes, written as its text.

    >>> from custmaster.value.sex import Sex
    >>> one_of(Sex).read("MALE")
    <Sex.MALE: 'MALE'>
    """
    known = {member.value: member for member in members}

    def read(value: Any) -> StrEnum:
        text = _text(value)
        if text not in known:
            raise InvalidValue(Fault.UNKNOWN_CODE, length=len(text))
        return known[text]

    return Codec(read=known.__getitem__, gather=gathering(read), write=_code_text, line="{v} = {r}[{v}]", uses=known)


def _code_text(value: StrEnum) -> str:
    return value.value


def sealed(kind: type[Sealed]) -> Codec:
    """The codec of a sealed value, which is written as the text that it holds: this is how a host stores it."""
    return Codec(read=kind, gather=gathering(kind), write=kind.reveal)


def optional(inner: Codec) -> Codec:
    """The codec of a value that may be absent: null."""
    read, gather, write = inner.read, inner.gather, inner.write
    return Codec(
        read=lambda value: None if value is None else read(value),
        gather=lambda value, path, faults: None if value is None else gather(value, path, faults),
        write=lambda value: None if value is None else write(value),
        inner=inner,
    )


def unwanted(path: str, faults: Faults, shape: str) -> None:
    """Add the fault of a value that has another shape than the one wanted."""
    faults.append(InvalidValue(Fault.TYPE, path=path, remedy=f"{shape} is wanted"))
