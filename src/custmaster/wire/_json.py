"""JSON texts to plain data and back: strict, without a word of the text in an error, and the same bytes for the same data."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NoReturn, TypeGuard, TypeVar

from custmaster.errors import Fault, InvalidValue
from custmaster.wire._codec import Codec

__all__ = ["each_line", "parsed", "structured", "written"]

T = TypeVar("T")


class _TwiceError(ValueError):
    """A key stands twice in one object: two readers would see two records."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _TwiceError
    return made


def _no_constant(word: str) -> NoReturn:
    raise ValueError  # NaN and the infinities are no JSON


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
_READABLE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ESCAPED: Final = json.JSONEncoder(separators=(",", ":"))
_SOUND_BUT: Final = (LookupError, TypeError, ValueError, AttributeError)


def parsed(data: bytes | str) -> Any:
    """The plain data of a JSON text in UTF-8. Errors: an ExceptionGroup of one InvalidValue (FORMAT; DUPLICATE for a key twice).

    >>> parsed('{"number": "6000000001"}')
    {'number': '6000000001'}
    """
    try:
        return _DECODER.decode(data if isinstance(data, str) else str(data, "utf-8"))
    except _TwiceError:
        fault = InvalidValue(Fault.DUPLICATE, length=len(data), remedy="a key stands twice in one object")
    except (ValueError, RecursionError):
        fault = InvalidValue(Fault.FORMAT, length=len(data), remedy="this is not JSON in UTF-8")
    # Raised outside the handler: the parser's error holds the whole text.
    raise ExceptionGroup("the text cannot be read", [fault])


def written(data: object) -> bytes:
    """The JSON text of plain data, in UTF-8; half a surrogate pair, which UTF-8 cannot hold, makes it ASCII with escapes.

    >>> written({"name": "张伟"}).decode()
    '{"name":"张伟"}'
    """
    text = _READABLE.encode(data)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _ESCAPED.encode(data).encode()


def _is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def structured(codec: Codec, data: object, what: str) -> Any:
    """The value that the plain data says. Errors: an ExceptionGroup with an InvalidValue for every fault, each with its path."""
    given: Any = dict(data) if data.__class__ is not dict and _is_mapping(data) else data
    try:
        return codec.read(given)
    except _SOUND_BUT:
        pass  # and find out what it is
    faults: list[InvalidValue] = []
    made = codec.gather(given, "", faults)
    if not faults:
        return made
    raise ExceptionGroup(f"{len(faults)} fault{'s' * (len(faults) != 1)} in the {what}: it is not read", faults)


def each_line(data: bytes, read: Callable[[bytes], T]) -> Iterator[T]:
    """What each line of JSON Lines says, empty lines and a byte order mark passed over. Errors: those of `read`, under the line's number."""
    for number, line in enumerate(data.removeprefix(BOM_UTF8).splitlines(), start=1):
        if line.strip():
            try:
                yield read(line)
            except ExceptionGroup as group:
                raise ExceptionGroup(f"line {number}: {group.message}", group.exceptions) from None
