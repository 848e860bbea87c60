"""The reference comparisons: what must hold of any distance and likeness, and that rapidfuzz says the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Jaro, JaroWinkler

from custmaster.dedup.compare import Level, alike, edit_distance, jaro, jaro_winkler, within_edits

TEXTS = st.text("ABC", max_size=8) | st.text("王小明伟X1", max_size=8) | st.text(max_size=8)


@given(TEXTS, TEXTS)
def test_an_edit_distance_is_symmetric_and_bounded(left: str, right: str) -> None:
    distance = edit_distance(left, right)
    assert distance == edit_distance(right, left)
    assert abs(len(left) - len(right)) <= distance <= max(len(left), len(right))
    assert (distance == 0) is (left == right)


@given(TEXTS, TEXTS)
def test_a_likeness_is_symmetric_and_lies_between_0_and_1(left: str, right: str) -> None:
    for likeness in (jaro, jaro_winkler):
        assert likeness(left, right) == pytest.approx(likeness(right, left))
        assert 0 <= likeness(left, right) <= 1
    assert jaro_winkler(left, right) >= jaro(left, right)
    assert jaro(left, left) == 1


@given(TEXTS, TEXTS, st.integers(1, 3))
def test_a_looser_figure_finds_no_fewer(left: str, right: str, most: int) -> None:
    if within_edits(most)(left, right) is not Level.DIFFER:
        assert within_edits(most + 1)(left, right) is not Level.DIFFER
    if alike(0.9)(left, right) is not Level.DIFFER:
        assert alike(0.8)(left, right) is not Level.DIFFER


@given(TEXTS, TEXTS)
def test_rapidfuzz_says_the_same(left: str, right: str) -> None:
    assert edit_distance(left, right) == OSA.distance(left, right)
    assert jaro(left, right) == pytest.approx(Jaro.similarity(left, right))
    assert jaro_winkler(left, right) == pytest.approx(JaroWinkler.similarity(left, right))
