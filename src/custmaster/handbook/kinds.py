"""How the value of a key is written in the file, and what it becomes: one reader for each kind of value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar, cast

import attrs
from attrs import frozen

from custmaster.errors import Fault, InvalidValue

__all__ = [
    "DAY",
    "SWITCH",
    "TEXTS",
    "AgeBand",
    "Kind",
    "Weight",
    "age_bands",
    "canonical",
    "choice",
    "columns",
    "decimal",
    "listed",
    "plain",
    "plain_value",
    "weights",
    "weights_of",
    "whole",
]

T_co = TypeVar("T_co", covariant=True)
R = TypeVar("R")
_LONGEST_TEXT: Final = 200
_LONGEST_LIST: Final = 1000
_DECIMAL: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")


@frozen(kw_only=True)
class Kind(Generic[T_co]):
    """One kind of value: its name for people, and the reader from what TOML gives to the typed value.

    The reader raises InvalidValue with the path inside the value and a remedy.

    >>> whole(1, 12).read(6), whole(1, 12).name
    (6, 'whole number from 1 to 12')
    """

    name: str
    read: Callable[[object], T_co]


def whole(low: int = 0, high: int = 1_000_000) -> Kind[int]:
    """Whole numbers from `low` to `high`, both included; true and 1.0 are none."""

    def read(raw: object) -> int:
        if type(raw) is not int:
            raise InvalidValue(Fault.TYPE, remedy="write a whole number without quotes or point")
        if not low <= raw <= high:
            raise InvalidValue(Fault.RANGE, remedy=f"write a number from {low} to {high}")
        return raw

    return Kind(name=f"whole number from {low} to {high}", read=read)


def decimal(low: int = 0, high: int = 1_000_000) -> Kind[Decimal]:
    """Exact numbers from `low` to `high`, written as a whole number or in quotes; a bare 0.1 would be binary.

    >>> decimal(0, 100).read("12.5")
    Decimal('12.5')
    """

    def read(raw: object) -> Decimal:
        if type(raw) is float:
            raise InvalidValue(
                Fault.TYPE, remedy='write it in quotes, as in value = "0.15": a bare fraction is not exact'
            )
        if type(raw) is not int and (type(raw) is not str or _DECIMAL.fullmatch(raw) is None):
            raise InvalidValue(Fault.TYPE, remedy='write a whole number, or a fraction in quotes as in "0.15"')
        if not low <= (value := Decimal(raw)) <= high:
            raise InvalidValue(Fault.RANGE, remedy=f"write a number from {low} to {high}")
        return value

    return Kind(name=f"number from {low} to {high}", read=read)


def _switch(raw: object) -> bool:
    if type(raw) is not bool:
        raise InvalidValue(Fault.TYPE, remedy="write true or false, without quotes")
    return raw


def _day(raw: object) -> date:
    if type(raw) is not date:
        raise InvalidValue(Fault.TYPE, remedy="write the day as 2017-12-29, without quotes")
    return raw


def _text(raw: object) -> str:
    if type(raw) is not str:
        raise InvalidValue(Fault.TYPE, remedy="write text in quotes")
    if not raw.strip() or len(raw) > _LONGEST_TEXT:
        raise InvalidValue(Fault.LENGTH, length=len(raw), remedy=f"write 1 to {_LONGEST_TEXT} characters")
    return raw


SWITCH: Final = Kind(name="true or false", read=_switch)
DAY: Final = Kind(name="day", read=_day)
TEXT: Final = Kind(name="text", read=_text)


def choice(*allowed: str) -> Kind[str]:
    """One of the listed codes."""

    def read(raw: object) -> str:
        if _text(raw) not in allowed:
            raise InvalidValue(Fault.UNKNOWN_CODE, remedy=f"write one of {', '.join(allowed)}")
        return cast("str", raw)

    return Kind(name=f"one of {', '.join(allowed)}", read=read)


def listed(one: Kind[R], *, at_least: int = 0) -> Kind[tuple[R, ...]]:
    """A list of values of one kind, each of them once."""

    def read(raw: object) -> tuple[R, ...]:
        if type(raw) is not list:
            raise InvalidValue(Fault.TYPE, remedy="write a list in square brackets")
        items = cast("list[object]", raw)
        if not at_least <= len(items) <= _LONGEST_LIST:
            raise InvalidValue(Fault.LENGTH, length=len(items), remedy=f"list {at_least} to {_LONGEST_LIST} values")
        values: list[R] = []
        for place, item in enumerate(items):
            value = _at(f"[{place}]", one, item)
            if value in values:
                raise InvalidValue(Fault.DUPLICATE, path=f"[{place}]", remedy="list each value once")
            values.append(value)
        return tuple(values)

    return Kind(name=f"list of {one.name}", read=read)


TEXTS: Final = listed(TEXT)


def _at(path: str, kind: Kind[R], raw: object) -> R:
    try:
        return kind.read(raw)
    except InvalidValue as fault:
        raise fault.under(path) from None


def columns(raw: object, known: Mapping[str, Kind[object]], *, needed: tuple[str, ...]) -> dict[str, Any]:
    """The columns of one row (an inline table), each read by its kind; unknown and missing columns are refused."""
    if type(raw) is not dict:
        raise InvalidValue(Fault.TYPE, remedy=f"write a row as {{ {', '.join(known)} }}")
    row = cast("dict[str, object]", raw)
    if not row.keys() <= known.keys():
        raise InvalidValue(Fault.UNKNOWN_FIELD, remedy=f"a row has {', '.join(known)}")
    for name in needed:
        if name not in row:
            raise InvalidValue(Fault.MISSING, path=name, remedy="add it to the row")
    return {name: _at(name, known[name], value) for name, value in row.items()}


@frozen(kw_only=True)
class AgeBand:
    """The term of a document for holders whose age at issue lies from `from_age` to `to_age`; `years` None is 长期 (long-term).

    >>> AgeBand(from_age=46, to_age=None, years=None).covers(80)
    True
    """

    from_age: int
    to_age: int | None
    years: int | None

    def covers(self, age: int) -> bool:
        """Whether the band holds for this age in full years."""
        return self.from_age <= age and (self.to_age is None or age <= self.to_age)


_AGE: Final = whole(0, 200)
_BAND: Final[Mapping[str, Kind[object]]] = {
    "from_age": _AGE,
    "to_age": _AGE,
    "years": whole(1, 100),
    "long_term": SWITCH,
}


def _band(raw: object) -> AgeBand:
    row = columns(raw, _BAND, needed=("from_age",))
    if ("years" in row) is row.get("long_term", False):
        raise InvalidValue(Fault.AMBIGUOUS, path="years", remedy="write either years or long_term = true")
    return AgeBand(from_age=row["from_age"], to_age=row.get("to_age"), years=row.get("years"))


def _bands(raw: object) -> tuple[AgeBand, ...]:
    bands = listed(Kind(name="age band", read=_band), at_least=1).read(raw)
    expected: int | None = 0
    for place, band in enumerate(bands):
        if band.from_age != expected:
            raise InvalidValue(
                Fault.GAP, path=f"[{place}]", remedy="the bands follow each other from age 0 without gap"
            )
        expected = None if band.to_age is None else band.to_age + 1
    if expected is not None:
        raise InvalidValue(Fault.GAP, path=f"[{len(bands) - 1}]", remedy="the last band has no to_age")
    return bands


age_bands: Final = Kind(name="terms by age at issue", read=_bands)


@frozen(kw_only=True)
class Weight:
    """A named weight or number of points.

    >>> Weight(name="results", weight=Decimal(40)).weight
    Decimal('40')
    """

    name: str
    weight: Decimal


_WEIGHT: Final[Mapping[str, Kind[object]]] = {"name": TEXT, "weight": decimal()}


def _weight(raw: object) -> Weight:
    return Weight(**columns(raw, _WEIGHT, needed=("name", "weight")))


weights: Final = listed(Kind(name="row of name and weight", read=_weight))


def weights_of(*names: str) -> Kind[tuple[Weight, ...]]:
    """Rows of name and weight whose name is one of the listed codes; a code that has no row is not asked for.

    >>> weights_of("NAME", "SEX").read([{"name": "SEX", "weight": 1}])
    (Weight(name='SEX', weight=Decimal('1')),)
    """
    known: Mapping[str, Kind[object]] = {"name": choice(*names), "weight": decimal()}

    def read(raw: object) -> Weight:
        return Weight(**columns(raw, known, needed=("name", "weight")))

    return listed(Kind(name=f"row of name ({', '.join(names)}) and weight", read=read))


def plain(value: object) -> object:
    """The value in plain data (text, whole numbers, true and false, lists, mappings), as JSON can hold it.

    >>> plain((AgeBand(from_age=46, to_age=None, years=None), date(2013, 1, 1), Decimal("0.150")))
    [{'from_age': 46, 'to_age': None, 'years': None}, '2013-01-01', '0.15']
    """
    if isinstance(value, Decimal):
        return _plain_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [plain(item) for item in cast("tuple[object, ...]", value)]
    kind: Any = type(value)
    if attrs.has(kind):
        return {one.name: plain(getattr(value, one.name)) for one in attrs.fields(kind)}
    return value


def _plain_decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def canonical(value: object) -> str:
    """One text for one value, whatever way it was written: what fingerprints and comparisons use."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain_value(value: object) -> str:
    """The value as a person reads it; "-" for None.

    >>> plain_value(Decimal("15.0")), plain_value(("规范化", "标准化")), plain_value(None), plain_value(True)
    ('15', '规范化, 标准化', '-', 'true')
    """
    if value is None:
        return "-"
    shown = plain(value)
    if isinstance(shown, list):
        return ", ".join(plain_value(item) if item is not None else "-" for item in cast("list[object]", shown))
    if isinstance(shown, dict):
        row = cast("dict[str, object]", shown)
        return " ".join(f"{name}={plain_value(item)}" for name, item in row.items())
    return shown if isinstance(shown, str) else json.dumps(shown)
