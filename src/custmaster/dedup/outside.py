"""Scores from an outside matcher as links: evidence for a person, unless the caller says from where on it is more.

custmaster has no statistical matcher of its own. What Splink or dedupe say is taken here, by thresholds, and is then clustered, kept to the
stewards' rulings and put into the worklist as everything else. Source: field.md, what not to build.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import frozen

from custmaster.dedup._frames import columns_of
from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.links import Edge
from custmaster.errors import CustmasterError, Fault, InvalidValue

__all__ = ["Score", "SplinkColumns", "Thresholds", "edges_of_scores", "from_dedupe", "from_splink"]

Score = tuple[str, str, float]
"""Two records, by the host's keys, and how sure an outside matcher is that they are one."""

_EVIDENCE: Final = "~SCORE"


@frozen(kw_only=True)
class Thresholds:
    """From which score on a pair is a link for review, and from which on, if any, it may be joined unattended.

    Errors: CustmasterError for a score that is no number, or for `automatic` below `review`.

    >>> Thresholds(review=0.9).link(0.99999)
    <Link.REVIEW: 'REVIEW'>
    """

    review: float
    automatic: float | None = None

    def __attrs_post_init__(self) -> None:
        top = self.review if self.automatic is None else self.automatic
        if not (math.isfinite(self.review) and math.isfinite(top) and self.review <= top):
            raise CustmasterError("thresholds are finite numbers, and that for review is not above the automatic one")

    def link(self, score: float) -> Link:
        """How a pair with this score hangs together."""
        if self.automatic is not None and score >= self.automatic:
            return Link.AUTOMATIC
        return Link.REVIEW if score >= self.review else Link.NONE


def edges_of_scores(scores: Iterable[Score], thresholds: Thresholds, *, matcher: str) -> Iterator[Edge]:
    """The links that the scores make; a pair below the thresholds makes none. `matcher` is told as the row.

    The verdict is SUSPECT whatever the score: an outside matcher has read no document. Errors: InvalidValue RANGE for a score that is
    not a finite number, with its place.

    >>> list(edges_of_scores([("a", "b", 0.97), ("a", "c", 0.2)], Thresholds(review=0.9), matcher="OWN"))
    [Edge(left='a', right='b', link=<Link.REVIEW: 'REVIEW'>, verdict=<Verdict.SUSPECT: 'SUSPECT'>, evidence='~SCORE', row='OWN', score=0.97)]
    """
    for place, (left, right, score) in enumerate(scores):
        if not math.isfinite(score):
            raise InvalidValue(Fault.RANGE, path=f"scores[{place}]", remedy="a score is a finite number")
        link = thresholds.link(score)
        if link is not Link.NONE:
            yield Edge(left, right, link, Verdict.SUSPECT, _EVIDENCE, matcher, score)


def _joined_name(source: str | None, record: str) -> str:
    return record if source is None else f"{source}-__-{record}"


@frozen(kw_only=True)
class SplinkColumns:
    """How a Splink model names its columns, without their `_l` and `_r`; `score` may be `match_weight` as well.

    `name` makes the key of a record from its data set, which is None where Splink linked one, and its id: as Splink itself names
    clusters, unless the caller knows better.

    >>> SplinkColumns().name("core", "17"), SplinkColumns().name(None, "17")
    ('core-__-17', '17')
    """

    unique_id: str = "unique_id"
    source_dataset: str = "source_dataset"
    score: str = "match_probability"
    name: Callable[[str | None, str], str] = _joined_name


_SPLINK: Final = SplinkColumns()


def from_splink(predictions: Any, thresholds: Thresholds, columns: SplinkColumns = _SPLINK) -> Iterator[Edge]:
    """The links in the predictions of Splink 5: what `linker.inference.predict()` gives, or its table.

    Taken are a SplinkDataFrame, an Arrow table, a pandas or polars frame, a DuckDB relation, a mapping of columns, or a list of rows as
    mappings. A Parquet file is read with `custmaster.wire.read_predictions`. The data sets are read where they have columns. Errors:
    InvalidValue UNKNOWN_FIELD for a missing column; MISSING, TYPE or RANGE for a cell, with its column and row.

    >>> table = {"unique_id_l": [1, 1], "unique_id_r": [2, 3], "match_probability": [0.97, 0.2]}
    >>> [(edge.left, edge.right, edge.link) for edge in from_splink(table, Thresholds(review=0.9))]
    [('1', '2', <Link.REVIEW: 'REVIEW'>)]
    """
    wanted = [f"{columns.unique_id}_l", f"{columns.unique_id}_r", columns.score]
    datasets = [f"{columns.source_dataset}_l", f"{columns.source_dataset}_r"]
    found = columns_of(predictions, wanted, optional=datasets)
    scores = _numbers(found[columns.score], columns.score)
    sides = [
        [
            columns.name(None if source is None else str(source), record)
            for source, record in zip(
                found.get(dataset, [None] * len(scores)), _keys(found[column], column), strict=True
            )
        ]
        for column, dataset in zip(wanted[:2], datasets, strict=True)
    ]
    return edges_of_scores(zip(*sides, scores, strict=True), thresholds, matcher="SPLINK")


def from_dedupe(clusters: Iterable[tuple[Sequence[Any], Sequence[Any]]], thresholds: Thresholds) -> Iterator[Edge]:
    """The links in what dedupe's `partition` or `cluster` gives: clusters as the ids of their records and a confidence for each.

    dedupe tells no pairs any more: the first record of a cluster, by its confidence and then its key, is linked with each of the
    others, and the lesser confidence of the two is the score. Errors: InvalidValue as `from_splink`.

    >>> [
    ...     (edge.left, edge.right, edge.score)
    ...     for edge in from_dedupe([((1, 2, 3), (0.9, 0.95, 0.6))], Thresholds(review=0.8))
    ... ]
    [('2', '1', 0.9)]
    """
    return edges_of_scores(_pairs(clusters), thresholds, matcher="DEDUPE")


def _pairs(clusters: Iterable[tuple[Sequence[Any], Sequence[Any]]]) -> Iterator[Score]:
    for place, (records, scores) in enumerate(clusters):
        path = f"clusters[{place}]"
        if len(records) != len(scores):
            raise InvalidValue(Fault.LENGTH, path=path, remedy="a confidence for each record is wanted")
        sure = _numbers(scores, path)
        (_, first), *others = sorted((-score, key) for key, score in zip(_keys(records, path), sure, strict=True))
        yield from ((first, key, -score) for score, key in others)


def _scalar(value: Any) -> Any:
    """The plain value of a NumPy scalar."""
    return value.item() if hasattr(value, "item") else value


def _keys(values: Iterable[object], column: str) -> list[str]:
    keys: list[str] = []
    for place, value in enumerate(map(_scalar, values)):
        if value is None or isinstance(value, bool) or not isinstance(value, (str, int)):
            fault = Fault.MISSING if value is None else Fault.TYPE
            raise InvalidValue(fault, path=f"{column}[{place}]", remedy="keys are texts or whole numbers")
        keys.append(str(value))
    return keys


def _numbers(values: Iterable[object], column: str) -> list[float]:
    numbers: list[float] = []
    for place, value in enumerate(map(_scalar, values)):
        if not isinstance(value, (float, int)) or isinstance(value, bool) or not math.isfinite(value):
            fault = Fault.RANGE if isinstance(value, float) else Fault.TYPE
            raise InvalidValue(fault, path=f"{column}[{place}]", remedy="a score is a finite number")
        numbers.append(float(value))
    return numbers
