"""Under which texts the rows of a file meet, made from whole columns of cells: what comes out is what `Table.keys` gives for the record."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain, compress, repeat
from typing import Final

from attrs import frozen

from custmaster.batch.plan import Cells, Columns, plan_of
from custmaster.batch.rules import Rules
from custmaster.dedup.slips import PLACE
from custmaster.wire.mapping import FileMapping

__all__ = ["ChunkDigests", "ColumnDigests", "column_digests", "digest", "further_texts", "left_to_records"]


@frozen(kw_only=True)
class ChunkDigests:
    """Rows of a chunk and the digests of their texts, column beside column; and the rows that must be read as records."""

    rows: array[int]
    digests: array[int]
    records: Collection[int]

    def tell(self, row: int, digests: Iterable[int]) -> None:
        """Digests of one row more."""
        some = array("q", digests)
        self.digests.extend(some)
        self.rows.extend([row] * len(some))

    def among(self, only: frozenset[int]) -> ChunkDigests:
        """Those of the given digests alone."""
        told = list(map(only.__contains__, self.digests))
        rows, digests = (array("q", compress(column, told)) for column in (self.rows, self.digests))
        return ChunkDigests(rows=rows, digests=digests, records=self.records)


def left_to_records(rows: Collection[int]) -> ChunkDigests:
    """Nothing known by columns."""
    return ChunkDigests(rows=array("q"), digests=array("q"), records=rows)


ColumnDigests = Callable[[Columns, Collection[int]], ChunkDigests]
"""The digests of a chunk; the rows given are left to their records."""


def column_digests(mapping: FileMapping | None, header: Sequence[str], rules: Rules) -> ColumnDigests | None:
    """The quick way for this file; None when there is none, see `custmaster.batch.plan.plan_of`."""
    plan = plan_of(mapping, header, rules)
    if plan is None:
        return None

    def digests(columns: Columns, left: Collection[int]) -> ChunkDigests:
        cells = plan.read(columns)
        cells.forget(left)
        return _met(cells)

    return digests


def digest(text: str) -> int:
    """What stands for a text between processes: equal for equal texts within one run, and no way back to the text.

    Taken of its parts, so that a row's parts need not be put together first: a name is hashed once for all its texts.

    >>> digest("NUMBER:PERSON:11010519491231002X") == hash(("NUMBER", "PERSON", "11010519491231002X"))
    True
    """
    return hash(tuple(text.split(":", _PARTS)))


_PARTS: Final = 3
"""Kind, kind of customer, and the two things that a text is made of; the last may hold any character."""


def _met(cells: Cells) -> ChunkDigests:
    further = further_texts(cells)
    met = left_to_records(cells.records)
    columns = {"birth": cells.born, "name": cells.names, "mobile": cells.mobiles}
    columns["address"] = [door[-PLACE:] for door in cells.doors]
    gaps = {name: _gaps(column) for name, column in columns.items()}
    for kind, left, right in _PAIRS:
        found = map(hash, zip(repeat(kind), repeat("PERSON"), columns[left], columns[right], strict=False))
        _add(met, found, len(cells.born), (gaps[left], gaps[right]))
    _add(
        met,
        map(hash, zip(repeat("NUMBER"), repeat("PERSON"), cells.numbers, strict=False)),
        len(cells.born),
        (_gaps(cells.numbers),),
    )
    for row, text in further:
        met.tell(row, (digest(text),))
    return met


def further_texts(cells: Cells) -> list[tuple[int, str]]:
    """The texts of a row beside those that its columns make: of numbers that are no plain citizen's, and of a second day of birth.

    Fills in the day of birth where a number alone states it, so it is asked before the columns are.
    """
    second = _second_births(cells)
    texts = [(row, f"NUMBER:PERSON:{number}") for row, (numbers, _) in cells.others.items() for number in numbers]
    for row, day in second.items():
        held = {"name": cells.names[row], "mobile": cells.mobiles[row], "address": cells.doors[row][-PLACE:]}
        texts += [
            (row, f"{kind}:PERSON:{day}:{held[right]}")
            for kind, left, right in _PAIRS
            if left == "birth" and held[right]
        ]
    return texts


_PAIRS: Final = (
    ("NAME_BIRTH", "birth", "name"),
    ("BIRTH_MOBILE", "birth", "mobile"),
    ("BIRTH_ADDRESS", "birth", "address"),
    ("NAME_MOBILE", "mobile", "name"),
)
"""The kinds of texts that are made of two columns, see `custmaster.dedup.stock_keys`."""


def _gaps(column: Sequence[str]) -> list[int]:
    return [row for row, text in enumerate(column) if not text]


def _add(met: ChunkDigests, found: Iterable[int], size: int, gaps: Iterable[Sequence[int]]) -> None:
    """The digests of a column but for the rows in a gap."""
    told = bytearray(b"\x01") * size
    for row in chain.from_iterable(gaps):
        told[row] = 0
    met.digests.extend(compress(found, told))
    met.rows.extend(compress(range(size), told))


def _second_births(cells: Cells) -> dict[int, str]:
    """The day of birth that a number states beside another that was entered; where none was entered it is the only one."""
    born, second = cells.born, dict[int, str]()
    days = "\n".join(born).replace("-", "").split("\n")
    differ = [row for row, (day, number) in enumerate(zip(days, cells.numbers, strict=True)) if number[6:14] != day]
    stated = [(row, f"{one[6:10]}-{one[10:12]}-{one[12:14]}") for row in differ if (one := cells.numbers[row])]
    stated += [(row, day) for row, (_, day) in cells.others.items() if day != born[row]]
    for row, day in stated:
        if day and born[row]:
            second[row] = day
        born[row] = born[row] or day
    # Where nobody knows the day, it may stand in a number that is not well-formed.
    cells.forget([row for row in cells.others if not born[row]])
    return second
