"""Figures beside the truth, counted by hand; and what they are where there is nothing to count."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.batch import Quality, pairwise
from custmaster.errors import CustmasterError


@pytest.mark.parametrize(
    ("clusters", "truth", "figures"),
    [
        ("aaab", "xxyy", (3, 2, 1, 1 / 3, 1 / 2, 0.4)),
        ("abcd", "xxyy", (0, 2, 0, 1.0, 0.0, 0.0)),
        ("aabb", "wxyz", (2, 0, 0, 0.0, 1.0, 0.0)),
        ("abcd", "wxyz", (0, 0, 0, 1.0, 1.0, 1.0)),
        ("aabb", "xyxy", (2, 2, 0, 0.0, 0.0, 0.0)),
        ("", "", (0, 0, 0, 1.0, 1.0, 1.0)),
    ],
)
def test_figures(clusters: str, truth: str, figures: tuple[float, ...]) -> None:
    made = pairwise(clusters, truth)
    assert (made.found, made.true, made.both) == figures[:3]
    assert (made.precision, made.recall, made.f1) == pytest.approx(figures[3:])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_pairs_are_those_that_one_counts_by_hand(rows: list[tuple[int, int]]) -> None:
    pairs = list(combinations(rows, 2))
    found, true = ({at for at, (one, other) in enumerate(pairs) if one[side] == other[side]} for side in (0, 1))
    made = pairwise([one for one, _ in rows], [other for _, other in rows])
    assert made == Quality(found=len(found), true=len(true), both=len(found & true))


def test_columns_of_two_lengths_are_a_bug_of_the_caller() -> None:
    for clusters, truth in (("a", "xy"), ("ab", "x")):
        with pytest.raises(CustmasterError, match="rows have a cluster"):
            pairwise(clusters, truth)
