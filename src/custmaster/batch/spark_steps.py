"""The statements for Spark: which rows share a text, and the pairs beside their cells; verdicts come from Python's functions.

Nothing here imports PySpark: a frame knows its session, and that is all that is asked of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final

from attrs import frozen

from custmaster.batch.engines import EVERY
from custmaster.batch.judging import Apart, Found, Tangles
from custmaster.batch.spark_rows import Kinds, Negatives, Reading, Texts, Verdicts, columns_of
from custmaster.dedup.codes import Verdict
from custmaster.dedup.evidence import Finding

__all__ = ["Linked", "apart_in", "capped_kinds", "found_in", "linked", "negatives", "schema_of", "verdicts"]

_TEXTS: Final = "place BIGINT, digest BIGINT"
_FOUND: Final = "l BIGINT, r BIGINT, verdict STRING, evidence STRING, row STRING, review BOOLEAN"
_APART: Final = "l BIGINT, r BIGINT, row STRING"
_AMONG: Final = (
    "SELECT stock.place, stock.digest FROM {stock} AS stock LEFT SEMI JOIN {new} AS new ON stock.digest = new.digest"
)
_SHARED: Final = """
SELECT digest, count(*) AS rows, min(place) AS first FROM {texts} GROUP BY digest HAVING count(*) > 1
"""
_CAPPED: Final = "SELECT digest, rows, first FROM {shared} WHERE rows > :cap"
_MET: Final = """
SELECT texts.digest, texts.place FROM {texts} AS texts JOIN {shared} AS shared ON texts.digest = shared.digest
WHERE shared.rows <= :cap
"""
_PAIRS: Final = """
SELECT DISTINCT one.place AS l, other.place AS r FROM {met} AS one JOIN {met} AS other
ON one.digest = other.digest AND one.place < other.place WHERE one.place < :stock
"""
_BESIDE: Final = """
SELECT {one}, {other} FROM {pairs} AS pairs JOIN {lefts} AS one ON pairs.l = one.place JOIN {rights} AS other ON pairs.r = other.place
"""
_FIRSTS: Final = "SELECT {cells}, capped.digest FROM {capped} AS capped JOIN {rows} AS one ON capped.first = one.place"


@frozen(kw_only=True)
class Linked:
    """Frames of what was found: `pairs` (l, r), `capped` (digest, rows, first), and the digests of each row (`texts`)."""

    pairs: Any
    capped: Any
    texts: Any


def schema_of(header: Sequence[str]) -> str:
    """The columns of a frame of rows."""
    return ", ".join(["place BIGINT", *(f"{name} STRING" for name in columns_of(header)), "odd BINARY"])


def linked(readings: Sequence[tuple[Reading, Any]], cap: int, stock: int = EVERY) -> Linked:
    """Which rows are to be compared: of one frame, or of the first beside itself and beside a stock, whose places begin at `stock`.

    What is used twice is kept with `persist`; whoever asked for it may drop it by ending the session or `unpersist`.
    """
    frames = [rows.mapInArrow(Texts(reading=reading), _TEXTS) for reading, rows in readings]
    spark = frames[0].sparkSession
    texts = frames[0].persist()
    if len(frames) > 1:
        texts = texts.unionByName(spark.sql(_AMONG, stock=frames[1], new=texts)).persist()
    shared = spark.sql(_SHARED, texts=texts).persist()
    met = spark.sql(_MET, args={"cap": cap}, texts=texts, shared=shared)
    pairs = spark.sql(_PAIRS, args={"stock": stock}, met=met).persist()
    return Linked(pairs=pairs, capped=spark.sql(_CAPPED, args={"cap": cap}, shared=shared), texts=texts)


def verdicts(pairs: Any, left: tuple[Reading, Any], right: tuple[Reading, Any]) -> Any:
    """What was found of the pairs that hang together: a frame of `l`, `r`, `verdict`, `evidence`, `row`, `review`, in no order."""
    joined = _beside(pairs, left, right)
    return joined.mapInArrow(Verdicts(left=left[0], right=right[0]), _FOUND)


def negatives(pairs: Any, left: tuple[Reading, Any], right: tuple[Reading, Any]) -> Any:
    """Which of the pairs without a link a negative row keeps apart: a frame of `l`, `r`, `row`, in no order."""
    joined = _beside(pairs, left, right)
    return joined.mapInArrow(Negatives(left=left[0], right=right[0]), _APART)


def found_in(told: Any) -> list[Found]:
    """What stands in a frame of verdicts, in the order of the rows."""
    lefts, rights, *rest = (column.to_pylist() for column in told.orderBy("l", "r").toArrow().columns)
    findings = [Finding(Verdict(verdict), *more) for verdict, *more in zip(*rest, strict=True)]
    return list(zip(lefts, rights, findings, strict=True))


def apart_in(spark: Any, strangers: Tangles, asked: Callable[[Any], Any]) -> list[Apart]:
    """Which of these pairs a negative row keeps apart; `asked` makes the frame of `negatives` of a frame of pairs."""
    if not strangers.left:
        return []
    pa: Any = import_module("pyarrow")
    columns = {"l": pa.array(strangers.left, pa.int64()), "r": pa.array(strangers.right, pa.int64())}
    told = asked(spark.createDataFrame(pa.table(columns))).orderBy("l", "r").collect()
    return [(row.l, row.r, row.row) for row in told]


def _beside(pairs: Any, left: tuple[Reading, Any], right: tuple[Reading, Any]) -> Any:
    """The pairs with the cells of both rows."""
    reading, rows = left
    beside, others = right
    names = [*columns_of(reading.header), "odd"], [*columns_of(beside.header), "odd"]
    one = ", ".join(["pairs.l", *(f"one.{name} AS one_{name}" for name in names[0])])
    other = ", ".join(["pairs.r", *(f"other.{name} AS other_{name}" for name in names[1])])
    asked = _BESIDE.replace("{one}", one).replace("{other}", other)
    return pairs.sparkSession.sql(asked, pairs=pairs, lefts=rows, rights=others)


def capped_kinds(capped: Any, reading: Reading, rows: Any) -> dict[int, str]:
    """The kind of the text of each block that was too large, by its digest."""
    cells = ", ".join(f"one.{name}" for name in ("place", *columns_of(reading.header), "odd"))
    firsts = capped.sparkSession.sql(_FIRSTS.replace("{cells}", cells), capped=capped, rows=rows)
    told = firsts.mapInArrow(Kinds(reading=reading), "digest BIGINT, kind STRING")
    return {row.digest: row.kind for row in told.collect()}
