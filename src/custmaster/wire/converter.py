"""Plain data (what JSON can say) into values and back, strictly: a value of another type is refused, never coerced.

The form of each: str, int, bool as themselves; Decimal as a string ("12.50"); a day as "2026-11-23"; a code as its text; a tuple as a
list; a record as an object with exactly its fields. A fact of a reason that is a Decimal or a day says so: {"decimal": "12.50"}, {"date":
"2026-11-23"}. A decision carries its "outcome". **Sealed values are written as the text that they hold**: this is the form in which a host
stores its records, so what is written is personal data in clear text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence as AbstractSequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar, cast, get_args, get_origin

from attrs import has, resolve_types
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from custmaster.customer.codes import EntryCode
from custmaster.decision import Allowed, Decision, Fact, Refused, Review
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.value._sealed import Sealed
from custmaster.wire._shapes import is_listed, is_table
from custmaster.wire.codes import CellCode

__all__ = ["make_converter", "structure", "structure_decision"]

T = TypeVar("T")
Hook = Callable[[Any, Any], Any]

CODES: Final[tuple[type[StrEnum], ...]] = (CellCode, EntryCode)
"""The enumerations in which the code of a reason is looked up unless others are given."""

_DECIMAL: Final = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# An unknown key is shown only when it looks like the name of a field: it is data too.
_PLAIN_KEY: Final = re.compile(r"[a-z][a-z_]{0,39}")
_DECISIONS: Final[Mapping[str, type[Any]]] = {"ALLOWED": Allowed, "REVIEW": Review, "REFUSED": Refused}


def make_converter(codes: Iterable[type[StrEnum]] = CODES) -> Converter:
    """A strict cattrs converter; `codes` are the enumerations in which the code of a Reason is looked up.

    Use `structure` to read with it: cattrs' own errors hold the values that they complain of. Errors: CustmasterError when two
    enumerations share a code. Source: libraries.md 7, the list of silent coercions.

    >>> from custmaster.value.name import Name
    >>> make_converter().unstructure(Name("张伟"))
    '张伟'
    """
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    _collections(converter)
    _records(converter)
    for kind, hook in _SCALARS.items():
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook(StrEnum, _a_member_or(_a_code(tuple(codes))))
    converter.register_structure_hook(Sealed, _sealed)
    converter.register_structure_hook_func(_is(object), _nothing_known)
    converter.register_structure_hook_func(_is(Fact), _a_fact)
    converter.register_unstructure_hook(StrEnum, str)
    converter.register_unstructure_hook(Sealed, _revealed)
    converter.register_unstructure_hook(Decimal, _decimal_text)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook_func(_is(Fact), _fact_data)
    _decisions(converter)
    return converter


def structure(data: object, kind: type[T], converter: Converter | None = None) -> T:
    """The value of `kind` that the plain data says. Errors: an ExceptionGroup of InvalidValue, one for every bad field, with its path.

    No error holds or chains the data. Source: house rule "three channels of failure".

    >>> from custmaster.value.span import Span
    >>> try:
    ...     structure({"start": "2024-01-01", "end": 5, "to": 1}, Span)
    ... except ExceptionGroup as problem:
    ...     [fault.path for fault in problem.exceptions]
    ['end', 'to']
    """
    reader = converter if converter is not None else _default()
    faults: list[InvalidValue] = []
    try:
        return reader.structure(data, kind)
    except (BaseValidationError, InvalidValue) as problem:
        faults.extend(_gathered(problem, ""))
    # Raised outside the handler, so that cattrs' error, which holds the data, is not even the context of this one.
    count = f"{len(faults)} field{'s' * (len(faults) != 1)}"
    raise ExceptionGroup(f"{count} of {getattr(kind, '__name__', 'the data')} cannot be read", faults)


def structure_decision(data: object, converter: Converter | None = None) -> Decision:
    """The Allowed, Review or Refused that the plain data says; errors as `structure`.

    >>> structure_decision({"outcome": "ALLOWED", "handbook": "2026.1"}).outcome
    <Outcome.ALLOWED: 'ALLOWED'>
    """
    return cast(Decision, structure(data, cast(Any, Decision), converter))


@cache
def _default() -> Converter:
    return make_converter()


def _is(wanted: object) -> Callable[[Any], bool]:
    return lambda kind: kind is wanted or kind == wanted


def _is_generic(*origins: Any) -> Callable[[Any], bool]:
    return lambda kind: any(get_origin(kind) is origin for origin in origins)


def _exactly(wanted: type[Any]) -> Hook:
    def hook(value: Any, kind: Any) -> Any:
        if type(value) is not wanted:
            raise InvalidValue(Fault.TYPE, remedy=f"a {wanted.__name__} is wanted, and nothing is converted")
        return value

    return hook


_a_text: Final = _exactly(str)


def _matching(value: Any, pattern: re.Pattern[str], fault: Fault) -> str:
    text: str = _a_text(value, str)
    if len(text) > 90 or pattern.fullmatch(text) is None:
        raise InvalidValue(fault, length=len(text))
    return text


def _a_decimal(value: Any, kind: Any) -> Decimal:
    return Decimal(_matching(value, _DECIMAL, Fault.FORMAT))


def _a_day(value: Any, kind: Any) -> date:
    if kind is not date:
        raise InvalidValue(Fault.TYPE, remedy="there are days here, and no times of day")
    text = _matching(value, _DAY, Fault.DATE)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(Fault.DATE, length=len(text)) from None


def _nothing_known(value: Any, kind: Any) -> Any:
    raise InvalidValue(Fault.TYPE, remedy="events are read by the codec of their room")


_SCALARS: Final[Mapping[Any, Hook]] = {
    str: _a_text,
    int: _exactly(int),
    bool: _exactly(bool),
    float: _exactly(float),
    Decimal: _a_decimal,
    date: _a_day,
}


def _a_member_or(a_code: Hook) -> Hook:
    """A member of the enumeration that is asked for; of those known when any StrEnum will do."""

    def hook(value: Any, kind: type[StrEnum]) -> StrEnum:
        if kind is StrEnum:
            return cast(StrEnum, a_code(value, kind))
        text: str = _a_text(value, str)
        for member in kind:
            if member.value == text:
                return member
        raise InvalidValue(Fault.UNKNOWN_CODE, length=len(text))

    return hook


def _a_code(kinds: tuple[type[StrEnum], ...]) -> Hook:
    known = {member.value: member for kind in kinds for member in kind}
    if len(known) != sum(len(kind) for kind in kinds):
        raise CustmasterError("two enumerations of codes share a code: a code means one thing")

    def hook(value: Any, kind: Any) -> StrEnum:
        text: str = _a_text(value, str)
        if text not in known:
            raise InvalidValue(Fault.UNKNOWN_CODE, length=len(text))
        return known[text]

    return hook


def _sealed(value: Any, kind: type[Sealed]) -> Sealed:
    return kind(_a_text(value, str))


def _revealed(value: Sealed) -> str:
    return value.reveal()


def _decimal_text(value: Decimal) -> str:
    return format(value, "f")


def _a_fact(value: Any, kind: Any) -> Fact:
    if type(value) in (str, int, bool):
        return cast(Fact, value)
    if is_table(value) and len(value) == 1:
        ((name, held),) = value.items()
        if name == "decimal":
            return _a_decimal(held, Decimal)
        if name == "date":
            return _a_day(held, date)
    raise InvalidValue(Fault.TYPE, remedy='write a text, a number, {"decimal": "1.50"} or {"date": "2026-11-23"}')


def _fact_data(value: Fact) -> object:
    if isinstance(value, Decimal):
        return {"decimal": _decimal_text(value)}
    return {"date": value.isoformat()} if isinstance(value, date) else value


_CONTAINERS: Final[Mapping[Any, Any]] = {
    # origin of the annotation: what is made
    tuple: tuple,
    list: list,
    set: set,
    frozenset: frozenset,
    AbstractSequence: tuple,
}
_Part = tuple[int, Any, Any]


# Both take three arguments, which pyright does not believe of a str and of an exception group.
_new_note: Final[Any] = cast(Any, IterableValidationNote)
_new_error: Final[Any] = cast(Any, IterableValidationError)


def _each(converter: Converter, parts: Iterable[_Part], kind: Any) -> list[Any]:
    """Every part structured by its type; all faults together, each with its place."""
    made: list[Any] = []
    faults: list[Exception] = []
    for place, value, wanted in parts:
        try:
            made.append(converter.structure(value, wanted))
        except (BaseValidationError, InvalidValue) as problem:
            problem.__notes__ = [_new_note("", place, wanted)]
            faults.append(problem)
    if faults:
        raise _new_error("", faults, kind)
    return made


def _collections(converter: Converter) -> None:
    """Lists from lists only: cattrs would take the characters of a text for its elements."""

    def listed(value: Any, kind: Any) -> Any:
        origin, inner = get_origin(kind), get_args(kind)
        if not is_listed(value):
            raise InvalidValue(Fault.TYPE, remedy="a list is wanted")
        if origin is tuple and inner[-1:] != (Ellipsis,):
            if len(value) != len(inner):
                raise InvalidValue(Fault.LENGTH, length=len(value), remedy=f"a list of {len(inner)} is wanted")
            return tuple(_each(converter, zip(range(len(value)), value, inner, strict=True), kind))
        return _CONTAINERS[origin](_each(converter, ((place, one, inner[0]) for place, one in enumerate(value)), kind))

    def mapped(value: Any, kind: Any) -> Any:
        if not is_table(value):
            raise InvalidValue(Fault.TYPE, remedy="an object is wanted")
        of_key, of_value = get_args(kind)
        # A key may be as personal as a value: the path tells its place instead.
        keys = _each(converter, ((place, key, of_key) for place, key in enumerate(value)), kind)
        return dict(
            zip(
                keys,
                _each(converter, ((place, one, of_value) for place, one in enumerate(value.values())), kind),
                strict=True,
            )
        )

    converter.register_structure_hook_func(_is_generic(*_CONTAINERS), listed)
    converter.register_structure_hook_func(_is_generic(dict, AbstractMapping), mapped)


def _records(converter: Converter) -> None:
    """Objects with exactly the fields of the record."""

    def factory(kind: Any) -> Hook:
        resolve_types(kind)
        usual = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)

        def hook(value: Any, given: Any) -> Any:
            if not is_table(value):
                raise InvalidValue(Fault.TYPE, remedy="an object is wanted")
            return usual(value, given)

        return hook

    converter.register_structure_hook_factory(has, factory)


def _decisions(converter: Converter) -> None:
    """The three decisions tell themselves apart by their outcome."""

    def tagged(name: str, kind: type[Any]) -> None:
        resolve_types(kind)
        read = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)
        write = make_dict_unstructure_fn(kind, converter)

        def reading(value: Any, given: Any) -> Any:
            if not is_table(value):
                raise InvalidValue(Fault.TYPE, remedy="an object is wanted")
            if value.get("outcome") != name:
                raise InvalidValue(Fault.UNKNOWN_CODE, path="outcome", remedy=f"{name} is wanted")
            return read({key: one for key, one in value.items() if key != "outcome"}, given)

        converter.register_structure_hook(kind, reading)
        converter.register_unstructure_hook(kind, lambda value: {"outcome": name} | write(value))

    def any_of_them(value: Any, kind: Any) -> Any:
        name = value.get("outcome") if is_table(value) else None
        if type(name) is not str or name not in _DECISIONS:
            raise InvalidValue(Fault.UNKNOWN_CODE, path="outcome", remedy=f"write one of {', '.join(_DECISIONS)}")
        return converter.structure(value, _DECISIONS[name])

    for name, kind in _DECISIONS.items():
        tagged(name, kind)
    converter.register_structure_hook_func(_is(Decision), any_of_them)
    converter.register_unstructure_hook_func(_is(Decision), converter.unstructure)


def _gathered(problem: BaseException, path: str) -> Iterator[InvalidValue]:
    """Every fault below a cattrs error, with the path that its notes tell."""
    match problem:
        case InvalidValue():
            yield (
                problem.under(path)
                if path
                else InvalidValue(problem.fault, path=problem.path, length=problem.length, remedy=problem.remedy)
            )
        case ForbiddenExtraKeysError():
            for name in sorted(map(str, problem.extra_fields)):
                shown = name if _PLAIN_KEY.fullmatch(name) else "*"
                yield InvalidValue(Fault.UNKNOWN_FIELD, path=_joined(path, shown))
        case BaseValidationError():
            for one in problem.exceptions:
                yield from _gathered(one, _below(one, path))
        case KeyError():
            yield InvalidValue(Fault.MISSING, path=path)
        case _:
            yield InvalidValue(Fault.TYPE, path=path)


def _below(problem: BaseException, path: str) -> str:
    """The path with what the innermost note of this level adds."""
    for note in getattr(problem, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return _joined(path, note.name)
        if isinstance(note, IterableValidationNote):
            return f"{path}[{note.index}]"
    return path


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
