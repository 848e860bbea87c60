"""Who is twice in a frame of a host's own Spark (去重): the same steps as the engine spark, on a cluster that is already there.

The package must be installed where Spark's Python workers run, in the same version. Texts and verdicts are made by the workers, joins by
Spark; the pairs that hang together are brought to the driver, which makes the clusters, with some hundred bytes for each.
"""

from __future__ import annotations

from typing import Any, Final

from attrs import field, frozen

from custmaster.batch.joined import Joined, tied
from custmaster.batch.judging import Found, tangles
from custmaster.batch.plan import needed
from custmaster.batch.rules import STOCK, CustomerRules
from custmaster.batch.spark_rows import Reading, columns_of, reading_of
from custmaster.batch.spark_steps import apart_in, found_in, linked, negatives, verdicts
from custmaster.batch.steps import LARGEST_BLOCK
from custmaster.dedup.clusters import Conflict
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.wire.mapping import FileMapping
from custmaster.wire.table import Table

__all__ = ["DedupedSpark", "dedupe_spark"]

_NAME: Final = "the frame"
_WHOLE: Final = frozenset(("tinyint", "smallint", "int", "bigint"))
_LEFT_RIGHT: Final = "place BIGINT, cluster_auto BIGINT, cluster_review BIGINT"


@frozen(kw_only=True)
class DedupedSpark:
    """What was found, as frames: `verdicts` (l, r, verdict, evidence, row, review) and `clusters` (place, cluster_auto, cluster_review).

    A cluster is named by the least place of its rows; rows that stand alone are not listed. `capped` (digest, rows, first) are the texts that
    too many rows share. `conflicts` name rows by their places, as texts, and `loose` are places of tangles too large to be looked into.
    """

    verdicts: Any = field(repr=False)
    clusters: Any = field(repr=False)
    capped: Any = field(repr=False)
    conflicts: tuple[Conflict, ...] = ()
    loose: frozenset[int] = frozenset()


def dedupe_spark(
    frame: Any, mapping: FileMapping, place: str, *, rules: CustomerRules = STOCK, largest_block: int = LARGEST_BLOCK
) -> DedupedSpark:
    """Which rows of a frame are the same customer, and which may be, as `dedupe` tells of a file with these rows.

    `place` names a column of whole numbers, each once, that stay the same when the frame is read again. Mapped columns hold texts or
    dates, the host's key whole numbers too. Errors: UnusableInput, which names the column; CustmasterError for rules without a name.
    Source: R-54; requirements.md B6. Example: docs/examples/dedupe_on_spark.py.
    """
    one = _rows_of(frame, needed(mapping), place, rules)
    met = linked([one], largest_block)
    told = verdicts(met.pairs, one, one).persist()
    found = found_in(told)
    places = sorted({row for one in found for row in one[:2]})
    joined = _joined(frame.sparkSession, one, found, places)
    names = [(row, places[a], places[b]) for row, a, b in zip(places, joined.automatic, joined.review, strict=True)]
    return DedupedSpark(
        verdicts=told,
        clusters=frame.sparkSession.createDataFrame(names, _LEFT_RIGHT),
        capped=met.capped,
        conflicts=joined.conflicts,
        loose=frozenset(map(int, joined.loose)),
    )


def _joined(spark: Any, one: tuple[Reading, Any], found: list[Found], places: list[int]) -> Joined:
    """The clusters of the rows that have a link, by their order."""
    strangers = tangles(found)
    apart = apart_in(spark, strangers, lambda pairs: negatives(pairs, one, one))
    at = {place: number for number, place in enumerate(places)}
    return tied(
        [(at[left], at[right], finding) for left, right, finding in found],
        [(at[left], at[right], row) for left, right, row in apart],
        [at[row] for row in strangers.large],
        lambda row: str(places[row]),
        len(places),
    )


def _rows_of(frame: Any, mapping: FileMapping, place: str, rules: CustomerRules) -> tuple[Reading, Any]:
    """The mapped columns as a frame of rows, and how they are understood."""
    if rules.spoken is None:
        raise CustmasterError("Spark judges by rules that have a name, not by tables made in this process")
    kinds, key = dict(frame.dtypes), mapping.fields.get("source_key")
    keys = () if key is None else tuple(key.columns())
    if kinds.get(place) not in _WHOLE:
        problem = f"column {place!r} holds no whole numbers" if place in kinds else f"column {place!r} is missing"
        raise UnusableInput(_NAME, problem=problem, remedy="name a column with another whole number in each row")
    for column in mapping.columns:
        _check(column, kinds.get(column), whole=column in keys)
    cells = [
        f"coalesce(CAST({_quoted(column)} AS STRING), '') AS {name}"
        for column, name in zip(mapping.columns, columns_of(mapping.columns), strict=True)
    ]
    rows = frame.selectExpr(f"CAST({_quoted(place)} AS BIGINT) AS place", *cells, "CAST(NULL AS BINARY) AS odd")
    table = Table(source=_NAME, header=mapping.columns, rows=iter(()), typed=True)
    return reading_of(table, mapping, rules.spoken), rows


def _check(column: str, kind: str | None, *, whole: bool) -> None:
    if kind is None:
        raise UnusableInput(_NAME, problem=f"column {column!r} is missing", remedy="see the mapping")
    if kind not in ("string", "date") and not (whole and kind in _WHOLE):
        problem = f"column {column!r} holds neither text nor dates"
        raise UnusableInput(
            _NAME, problem=problem, remedy="read numbers as text, for leading zeros are lost; cast times to dates"
        )


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
