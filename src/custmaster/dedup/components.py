"""Which records hang together, over plain numbers: the union-find under clusters and batches of ten million records.

No recursion, and no object for a record that stands alone: one array of the roots, four bytes each, and one number for each that is joined.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, cast

from custmaster.errors import CustmasterError

__all__ = ["components", "components_of"]

_CHUNK: Final = 1 << 16
_FOUR_BYTES: Final = 1 << 31

_Chunk = tuple[Sequence[int], Sequence[int]]


def components(pairs: Iterable[tuple[int, int]], n: int) -> array[int]:
    """For each of the records 0 to n-1 the least record that it is joined with, itself when with none.

    The pairs come in any order, and may repeat; only 65,536 of them are held at a time. Errors: CustmasterError for a number
    outside 0 to n-1.

    >>> list(components([(3, 1), (4, 3)], 6))
    [0, 1, 2, 1, 1, 5]
    """
    return _joined(_chunks(iter(pairs)), n)


def components_of(left: Sequence[int], right: Sequence[int], n: int) -> array[int]:
    """As `components`, of pairs in two columns of one length: lists, arrays, NumPy or Arrow arrays of whole numbers.

    Errors: as `components`; and for columns that differ in length.

    >>> list(components_of(array("i", [3, 4]), array("i", [1, 3]), 6))
    [0, 1, 2, 1, 1, 5]
    """
    if len(left) != len(right):
        raise CustmasterError(f"the columns of pairs have {len(left)} and {len(right)} rows")
    return _joined(_slices(left, right), n)


def _chunks(pairs: Iterator[tuple[int, int]]) -> Iterator[_Chunk]:
    while some := list(islice(pairs, _CHUNK)):
        left, right = zip(*some, strict=True)
        yield left, right


def _slices(left: Sequence[int], right: Sequence[int]) -> Iterator[_Chunk]:
    for begin in range(0, len(left), _CHUNK):
        yield _plain(left[begin : begin + _CHUNK]), _plain(right[begin : begin + _CHUNK])


def _plain(some: Any) -> Sequence[int]:
    """A part of a column as a list of plain integers, whatever kind of array it is."""
    made: Callable[[], list[int]] | None = getattr(some, "tolist", None) or getattr(some, "to_pylist", None)
    return made() if made is not None else cast("Sequence[int]", some)


def _joined(chunks: Iterator[_Chunk], n: int) -> array[int]:
    parent = array("i" if n < _FOUR_BYTES else "q", range(n))
    below: list[int] = []  # every record that is not its own root, once
    for left, right in chunks:
        if min(left) < 0 or min(right) < 0 or max(left) >= n or max(right) >= n:
            raise CustmasterError(f"a pair names a record outside 0 to {n - 1}")
        _unite(parent, left, right, below)
    # A root stands before what hangs on it: taken in order, one step up ends at the root.
    below.sort()
    for one in below:
        parent[one] = parent[parent[one]]
    return parent


def _unite(parent: array[int], left: Sequence[int], right: Sequence[int], below: list[int]) -> None:
    """Joins the pairs, the greater root under the lesser: Rem's algorithm with splicing (Patwary, Blair, Manne, 2010).

    One loop climbs from both ends, and hangs what it passes on what the other end has reached.
    """
    hang = below.append
    for here, there in zip(left, right, strict=True):
        one, other = here, there
        while (up := parent[one]) != (over := parent[other]):
            if up < over:
                parent[other] = up
                if over == other:
                    hang(other)
                    break
                other = over
            else:
                parent[one] = over
                if up == one:
                    hang(one)
                    break
                one = up
