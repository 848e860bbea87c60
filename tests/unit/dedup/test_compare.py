"""Comparisons of two texts."""

from __future__ import annotations

import pytest

from custmaster.dedup.compare import Level, alike, best, edit_distance, equal, jaro, jaro_winkler, within_edits
from custmaster.errors import InvalidValue


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [
        ("", "", 0),
        ("", "ABC", 3),
        ("KITTEN", "SITTING", 3),
        ("AB", "BA", 1),
        ("CA", "ABC", 3),  # 2 for the unrestricted distance: no part is edited twice here
        ("王小明", "王明", 1),
        ("11010519491231002X", "11010519491213002X", 1),
    ],
)
def test_edit_distance(left: str, right: str, edits: int) -> None:
    assert edit_distance(left, right) == edit_distance(right, left) == edits


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("MARTHA", "MARHTA", 0.9611),
        ("DWAYNE", "DUANE", 0.84),
        ("DIXON", "DICKSONX", 0.8133),
        ("", "", 1.0),
        ("A", "", 0.0),
        ("AB", "CD", 0.0),
    ],
)
def test_the_published_examples_of_jaro_and_winkler(left: str, right: str, likeness: float) -> None:
    assert jaro_winkler(left, right) == pytest.approx(likeness, abs=5e-5)


def test_a_common_beginning_counts_for_four_characters_at_most_and_only_where_texts_are_alike() -> None:
    assert jaro_winkler("ABCDEFGH", "ABCDEFGX") == pytest.approx(
        jaro("ABCDEFGH", "ABCDEFGX") + 0.4 * (1 - jaro("ABCDEFGH", "ABCDEFGX"))
    )
    assert jaro_winkler("ABXXXXXX", "ABYYYYYY") == jaro("ABXXXXXX", "ABYYYYYY") < 0.7


def test_within_edits() -> None:
    one = within_edits(1)
    assert [one("ABC", "ABC"), one("ABC", "ACB"), one("ABC", "ABCDE"), one("ABC", "XYC")] == [
        Level.AGREE,
        Level.NEAR,
        Level.DIFFER,
        Level.DIFFER,
    ]
    with pytest.raises(InvalidValue, match="most"):
        within_edits(0)


def test_alike() -> None:
    assert alike(0.9)("SMITH", "SMITH") is Level.AGREE
    for figure in (-0.1, 1.1):
        with pytest.raises(InvalidValue, match="at_least"):
            alike(figure)


def test_the_best_of_several_values_counts_and_a_missing_one_says_nothing() -> None:
    assert best(within_edits(1), ("ABX", "QQQ"), ("ABC", "ZZZ")) is Level.NEAR
    assert best(within_edits(1), ("ABX", "ABC"), ("ABC",)) is Level.AGREE
    assert best(equal, ("1", "2"), ("3", "2")) is Level.AGREE
    assert [equal("1", "1"), equal("1", "3")] == [Level.AGREE, Level.DIFFER]
    assert best(equal, ("1",), ("3",)) is Level.DIFFER
    assert best(equal, ("1",), ()) is Level.MISSING


def test_two_edits_and_several_values() -> None:
    two = within_edits(2)
    assert [two(*pair) for pair in (("ABCD", "ABCD"), ("ABCD", "AB"), ("ABCD", "A"), ("ABCD", "WXYZ"))] == [
        Level.AGREE,
        Level.NEAR,
        Level.DIFFER,
        Level.DIFFER,
    ]
    assert best(equal, ("1", "2"), ("3", "1")) is Level.AGREE
    assert best(equal, ("1", "2"), ("3", "4")) is Level.DIFFER
    assert best(two, ("AB", "XYZ"), ("XY", "WWW")) is Level.NEAR
