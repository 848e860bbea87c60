"""Scores of outside matchers become links for review, from whatever kind of table they come."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.links import Edge
from custmaster.dedup.outside import Score, SplinkColumns, Thresholds, edges_of_scores, from_dedupe, from_splink
from custmaster.errors import CustmasterError, Fault, InvalidValue

TABLE = {
    "match_weight": [9.2, -3.0],
    "match_probability": [0.97, 0.2],
    "unique_id_l": ["a", "a"],
    "unique_id_r": ["b", "c"],
}
NINE = Thresholds(review=0.9)
SCORES: list[Score] = [("a", "b", 0.9), ("a", "c", 0.8999), ("a", "d", 0.99)]


def test_a_pair_from_the_threshold_on_is_for_review() -> None:
    assert [edge[:3] for edge in edges_of_scores(SCORES, NINE, matcher="OWN")] == [
        ("a", "b", Link.REVIEW),
        ("a", "d", Link.REVIEW),
    ]


def test_a_pair_joins_unattended_only_when_the_caller_says_from_where_on() -> None:
    edges = list(edges_of_scores(SCORES, Thresholds(review=0.9, automatic=0.99), matcher="OWN"))
    assert edges == [
        Edge("a", "b", Link.REVIEW, Verdict.SUSPECT, "~SCORE", "OWN", 0.9),
        Edge("a", "d", Link.AUTOMATIC, Verdict.SUSPECT, "~SCORE", "OWN", 0.99),
    ]


@pytest.mark.parametrize(("review", "automatic"), [(0.9, 0.8), (math.nan, None), (0.9, math.inf), (math.inf, None)])
def test_thresholds_that_say_nothing_are_refused(review: float, automatic: float | None) -> None:
    with pytest.raises(CustmasterError, match="thresholds"):
        Thresholds(review=review, automatic=automatic)


def test_a_score_is_a_number() -> None:
    with pytest.raises(InvalidValue) as refused:
        list(edges_of_scores([("a", "b", 0.5), ("a", "c", math.nan)], NINE, matcher="OWN"))
    assert (refused.value.path, refused.value.fault) == ("scores[1]", Fault.RANGE)


class Column:
    def __init__(self, values: list[Any], how: str) -> None:
        setattr(self, how, lambda: values)


class Frame:
    """Whatever has columns by name: the names under one name, the way to plain values under another."""

    def __init__(self, names: str, how: str) -> None:
        setattr(self, names, list(TABLE))
        self._how = how

    def __getitem__(self, name: str) -> Any:
        return Column(TABLE[name], self._how)


class Relation:
    """As DuckDB's: rows of the columns that are asked for, once."""

    columns = (*TABLE, 'odd"name_l', 'odd"name_r')

    def project(self, text: str) -> Relation:
        self._asked = [name.strip('" ').replace('""', '"') for name in text.split(", ")]
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        held = TABLE | {'odd"name_l': ["x", "x"], 'odd"name_r': ["y", "z"]}
        return list(zip(*(held[name] for name in self._asked), strict=True))


class SplinkFrame:
    columns = ("these", "are", "objects")

    def as_record_list(self) -> list[dict[str, Any]]:
        return [dict(zip(TABLE, row, strict=True)) for row in zip(*TABLE.values(), strict=True)]


KINDS: list[Callable[[], Any]] = [
    lambda: TABLE,
    lambda: Frame("column_names", "to_pylist"),
    lambda: Frame("columns", "to_list"),
    lambda: Frame("columns", "tolist"),
    Relation,
    SplinkFrame,
    lambda: SplinkFrame().as_record_list(),
]


@pytest.mark.parametrize("kind", KINDS, ids=["columns", "Arrow", "polars", "pandas", "relation", "Splink", "rows"])
def test_predictions_of_any_kind_are_read(kind: Callable[[], Any]) -> None:
    assert list(from_splink(kind(), NINE)) == [Edge("a", "b", Link.REVIEW, Verdict.SUSPECT, "~SCORE", "SPLINK", 0.97)]


def test_the_match_weight_serves_as_well_and_columns_may_have_other_names() -> None:
    columns = SplinkColumns(score="match_weight", unique_id='odd"name')
    edges = list(from_splink(Relation(), Thresholds(review=-5), columns))
    assert [(edge.left, edge.right, edge.score) for edge in edges] == [("x", "y", 9.2), ("x", "z", -3.0)]


def test_a_record_of_one_of_several_data_sets_is_named_by_both() -> None:
    table = TABLE | {"source_dataset_l": ["core", "core"], "source_dataset_r": ["web", None]}
    (edge,) = from_splink(table, NINE)
    assert (edge.left, edge.right) == ("core-__-a", "web-__-b")
    plain = SplinkColumns(name=lambda source, record: f"{source}:{record}")
    assert [edge.right for edge in from_splink(table, Thresholds(review=0), plain)] == ["web:b", "None:c"]


def test_no_predictions_are_no_links() -> None:
    assert list(from_splink({name: [] for name in TABLE}, NINE)) == []


@pytest.mark.parametrize(
    ("column", "values", "path", "fault"),
    [
        ("unique_id_l", ["a", None], "unique_id_l[1]", Fault.MISSING),
        ("unique_id_r", [1.5, "b"], "unique_id_r[0]", Fault.TYPE),
        ("unique_id_r", ["b", True], "unique_id_r[1]", Fault.TYPE),
        ("match_probability", [0.5, None], "match_probability[1]", Fault.TYPE),
        ("match_probability", [True, 0.5], "match_probability[0]", Fault.TYPE),
        ("match_probability", [0.5, math.nan], "match_probability[1]", Fault.RANGE),
    ],
)
def test_a_cell_that_cannot_be_is_told_by_its_place(column: str, values: list[Any], path: str, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as refused:
        from_splink(TABLE | {column: values}, NINE)
    assert (refused.value.path, refused.value.fault) == (path, fault)


@pytest.mark.parametrize(
    ("table", "path", "fault"),
    [
        ({"unique_id_l": []}, "unique_id_r", Fault.UNKNOWN_FIELD),
        ([], "unique_id_l", Fault.UNKNOWN_FIELD),
        (5, "", Fault.TYPE),
    ],
)
def test_what_is_no_table_of_predictions_is_refused(table: Any, path: str, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as refused:
        from_splink(table, NINE)
    assert (refused.value.path, refused.value.fault) == (path, fault)


class Scalar:
    """As NumPy's: a number that must be asked for its plain value."""

    def __init__(self, value: object) -> None:
        self._value = value

    def item(self) -> object:
        return self._value


def test_numbers_of_numpy_are_plain_ones() -> None:
    cluster = ([Scalar(1), Scalar(2)], [Scalar(0.9), Scalar(0.8)])
    assert [(edge.left, edge.right, edge.score) for edge in from_dedupe([cluster], Thresholds(review=0))] == [
        ("1", "2", 0.8)
    ]


def test_the_clusters_of_dedupe_are_links_from_their_surest_record() -> None:
    clusters = [((3, 1, 2), (0.9, 0.95, 0.7)), (("x",), (1.0,)), (("b", "a"), (0.9, 0.9))]
    edges = list(from_dedupe(clusters, Thresholds(review=0.8)))
    assert [(edge.left, edge.right, edge.row, edge.score) for edge in edges] == [
        ("1", "3", "DEDUPE", 0.9),
        ("a", "b", "DEDUPE", 0.9),
    ]


@pytest.mark.parametrize(
    ("cluster", "path", "fault"),
    [
        (((1, 2), (0.9,)), "clusters[0]", Fault.LENGTH),
        (((1, None), (0.9, 0.9)), "clusters[0][1]", Fault.MISSING),
        (((1, 2), (0.9, math.nan)), "clusters[0][1]", Fault.RANGE),
    ],
)
def test_a_cluster_that_cannot_be_is_told_by_its_place(cluster: Any, path: str, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as refused:
        list(from_dedupe([cluster], NINE))
    assert (refused.value.path, refused.value.fault) == (path, fault)
