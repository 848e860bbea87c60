"""Records that hang together, over plain numbers."""

from __future__ import annotations

import tracemalloc
from array import array

import pytest

from custmaster.dedup.components import components, components_of
from custmaster.errors import CustmasterError

MANY = 100_000


def test_none_is_joined_with_anybody() -> None:
    assert list(components([], 3)) == [0, 1, 2]
    assert list(components([], 0)) == []


def test_the_least_record_is_the_root_whatever_the_order() -> None:
    pairs = [(5, 4), (4, 3), (2, 1), (3, 1), (1, 1), (5, 1)]
    for order in (pairs, pairs[::-1], [(right, left) for left, right in pairs]):
        assert list(components(order, 7)) == [0, 1, 1, 1, 1, 1, 6]


@pytest.mark.parametrize("shift", [1, 2, 7])
def test_braided_chains_are_joined_at_their_ends(shift: int) -> None:
    pairs = [(one, one + shift) for one in range(1000 - shift - 1, -1, -1)]
    ends = [(999 - one, 998 - one) for one in range(shift - 1)]
    assert set(components([*pairs, *ends, *ends], 1000)) == {0}


class Column(list[int]):
    """As an Arrow column: parts of it know how to become a list, by that name alone."""

    def __getitem__(self, place: object) -> Column:  # type: ignore[override]
        return Column(list.__getitem__(self, place))  # type: ignore[call-overload]

    def to_pylist(self) -> list[int]:
        return list(self)


@pytest.mark.parametrize(
    "kind", [list, tuple, Column, lambda values: array("q", values), lambda v: memoryview(array("i", v))]
)
def test_two_columns_of_any_kind_say_the_same_as_pairs(kind: type) -> None:
    left, right = [5, 4, 2, 3, 1, 5], [4, 3, 1, 1, 1, 1]
    assert components_of(kind(left), kind(right), 7) == components(zip(left, right, strict=True), 7)


@pytest.mark.parametrize("pair", [(-1, 0), (0, -1), (3, 0), (0, 3)])
def test_a_record_that_is_not_there_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(CustmasterError, match="outside 0 to 2"):
        components([(0, 1), pair], 3)


def test_columns_of_two_lengths_are_refused() -> None:
    with pytest.raises(CustmasterError, match="2 and 1 rows"):
        components_of([0, 1], [1], 3)


@pytest.mark.parametrize(
    "pairs",
    [
        [(0, one) for one in range(1, MANY)],
        [(MANY - 1, one) for one in range(MANY - 1)],
        [(one, one + 1) for one in range(MANY - 1)],
        [(one, one + 1) for one in range(MANY - 2, -1, -1)],
        [
            (one, one ^ (1 << bit))
            for bit in range(17)
            for one in range(0, MANY, 1 << (bit + 1))
            if one ^ (1 << bit) < MANY
        ],
    ],
    ids=["star", "star of the last", "chain", "chain from its end", "tree"],
)
def test_a_block_of_a_hundred_thousand_is_one(pairs: list[tuple[int, int]]) -> None:
    assert set(components(pairs, MANY)) == {0}


def test_four_bytes_a_record_and_as_many_for_what_is_joined() -> None:
    tracemalloc.start()
    components(((one, one + 1) for one in range(0, MANY - 1, 2)), MANY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000 + 40 * MANY


def test_more_records_than_four_bytes_count_are_counted_in_eight() -> None:
    class Said(int):
        """Says that it is large, and counts to two."""

        def __lt__(self, other: int) -> bool:
            return False

        def __index__(self) -> int:
            return 2

    assert components([], Said(2)).typecode == "q"
