"""Number ranges in the handbook: rows of the file become the ranges of one number plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from custmaster.handbook.kinds import SWITCH, TEXT, Kind, choice, columns, listed
from custmaster.value.number_plan import Assignment, CheckScheme, NumberPlan, NumberRange

__all__ = ["CHECK_SCHEME", "NUMBER_RANGES"]

_RANGE: Final[Mapping[str, Kind[object]]] = {
    "name": TEXT,
    "low": TEXT,
    "high": TEXT,
    "owner": TEXT,
    "assignment": choice(*Assignment),
    "example": SWITCH,
}


def _range(raw: object) -> NumberRange:
    row = columns(raw, _RANGE, needed=("name", "low", "high", "owner", "assignment"))
    row["assignment"] = Assignment(row["assignment"])
    return NumberRange(**row)


def _ranges(raw: object) -> tuple[NumberRange, ...]:
    ranges = listed(Kind(name="number range", read=_range), at_least=1).read(raw)
    return NumberPlan(width=ranges[0].width, ranges=ranges).ranges


def _scheme(raw: object) -> CheckScheme:
    return CheckScheme(choice(*CheckScheme).read(raw))


NUMBER_RANGES: Final = Kind(name="list of number ranges of one width", read=_ranges)
CHECK_SCHEME: Final = Kind(name=choice(*CheckScheme).name, read=_scheme)
