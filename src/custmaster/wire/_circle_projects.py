"""Rows of the file of projects (立项活动) into projects of a centre and a half-year; what no project can be made of is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from custmaster.circle.project import PROJECT_PARTS, HalfYear, Project
from custmaster.errors import Fault, InvalidValue
from custmaster.wire._circle_rows import CircleSheet
from custmaster.wire.table import Row

__all__ = ["half_of", "project_of"]

_HALF: Final = re.compile(r"([0-9]{4})\s*年?\s*-?\s*(?:[Hh]([12])|([上下])半年)")
_WORDS: Final = {"上": 1, "下": 2}


def half_of(text: str) -> HalfYear:
    """The half-year that a text says, such as 2026H1 or 2026年上半年. Errors: InvalidValue (FORMAT, RANGE).

    >>> half_of("2026年下半年").name, half_of("2026-H1").name
    ('2026H2', '2026H1')
    """
    found = _HALF.fullmatch(text)
    if found is None:
        raise InvalidValue(Fault.FORMAT, path="half", length=len(text), remedy="write it as 2026H1 or 2026年上半年")
    year, half, word = found.groups()
    return HalfYear(year=int(year), half=int(half) if half else _WORDS[word])


def project_of(sheet: CircleSheet) -> Callable[[Row], Project | None]:
    """A row's project; None where none can be made."""
    plain = {key: sheet.plain(key) for key in ("number", "centre", "half")}
    parts, cases = {key: sheet.long(key) for key in PROJECT_PARTS}, sheet.words("cases")

    def read(row: Row) -> Project | None:
        said: dict[str, Any] = {key: get(row) for key, get in plain.items()}
        if not sheet.needed(row, said, said["number"]):
            return None
        told: dict[str, Any] = {key: get(row) for key, get in parts.items()} | {"cases": cases(row)}

        def make() -> Project:
            return Project(number=said["number"], centre=said["centre"], half=half_of(said["half"]), **told)

        return sheet.made(row, said["number"], make)

    return read
