"""Under which texts the rows of a file meet, made from whole columns of cells: what comes out is what `Table.keys` gives for the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from custmaster.batch.plan import Columns, Number, plan_of
from custmaster.batch.rules import Rules
from custmaster.dedup.slips import PLACE
from custmaster.wire.mapping import FileMapping

__all__ = ["ColumnDigests", "column_digests", "digest"]

ColumnDigests = Callable[[Columns], list[Sequence[int] | None]]
"""The digests of the texts of each row of a chunk; None for a row that must be read as a record."""


def column_digests(mapping: FileMapping | None, header: Sequence[str], rules: Rules) -> ColumnDigests | None:
    """The quick way for this file; None when there is none, see `custmaster.batch.plan.plan_of`."""
    plan = plan_of(mapping, header, rules)
    return None if plan is None else lambda columns: list(map(_digests, *plan.read(columns)))


def digest(text: str) -> int:
    """What stands for a text between processes: equal for equal texts within one run, and no way back to the text.

    Taken of its parts, so that a row's parts need not be put together first: a name is hashed once for all its texts.

    >>> digest("NUMBER:PERSON:11010519491231002X") == hash(("NUMBER", "PERSON", "11010519491231002X"))
    True
    """
    return hash(tuple(text.split(":", _PARTS)))


_PARTS: Final = 3
"""Kind, kind of customer, and the two things that a text is made of; the last may hold any character."""


def _digests(
    name: str | None, born: str | None, mobile: str | None, place: str | None, number: Number
) -> Sequence[int] | None:
    """The digests of the texts of one row, which are those that `stock_keys` makes."""
    if name is None or born is None or mobile is None or place is None or number is None:
        return None
    if isinstance(number, str):
        found = [hash(("NUMBER", "PERSON", number))] if number else []
        stated = f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if number else ""
    else:
        numbers, stated = number
        if not stated and not born:
            return None  # the day that stands in a number which is not well-formed
        found = [digest("NUMBER:PERSON:" + one) for one in numbers]
    for birth in (born,) if stated in (born, "") else (born, stated):
        if birth:
            if name:
                found.append(hash(("NAME_BIRTH", "PERSON", birth, name)))
            if mobile:
                found.append(hash(("BIRTH_MOBILE", "PERSON", birth, mobile)))
            if place:
                found.append(hash(("BIRTH_ADDRESS", "PERSON", birth, place[-PLACE:])))
    if name and mobile:
        found.append(hash(("NAME_MOBILE", "PERSON", mobile, name)))
    return found
