"""What Spark's Python workers do with batches of rows: the same functions as everywhere, over Arrow batches.

Rows stand in a frame of whole numbers and texts: `place`, one column `c0`, `c1` ... for each column of the header, and `odd`, which holds
a row that such texts cannot carry (a remark of its reader, half a surrogate pair) as Python packs it. The package must be there for
Spark's workers, in the same version, and they must share one seed of Python's hashes, as PySpark sees to.
"""

from __future__ import annotations

import base64
import json
import pickle
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from custmaster.batch.judging import apart_of, linked_pairs
from custmaster.batch.rules import Rules, rules_named, sides_of
from custmaster.batch.sides import column_sides
from custmaster.batch.texts import column_digests, digest, left_to_records
from custmaster.dedup.comparable import Comparable
from custmaster.dedup.tables import Table as Judge
from custmaster.errors import UnusableInput
from custmaster.wire.mapping import FileMapping
from custmaster.wire.read_parquet import by_columns, parquet_columns
from custmaster.wire.readers import format_of, open_table
from custmaster.wire.table import Row, Table

__all__ = ["Kinds", "Negatives", "Reading", "Texts", "Verdicts", "columns_of", "reading_of"]

_CHUNK: Final = 16384
Batches = Iterable[Any]
"""Arrow record batches."""


@frozen(kw_only=True)
class Reading:
    """How the cells of one file or frame are understood: `spoken` names the rules, `mapping` is packed as workers are told it."""

    source: str
    header: tuple[str, ...]
    typed: bool
    mapping: str = field(repr=False)
    spoken: Mapping[str, str] = field(repr=False)

    def opened(self) -> _Opened:
        """The functions for it, made anew in each worker."""
        rules = rules_named(self.spoken)
        mapping: FileMapping | None = pickle.loads(base64.b64decode(self.mapping))  # noqa: S301 -- from this run's own driver
        table = Table(source=self.source, header=self.header, rows=iter(()), typed=self.typed)
        return _Opened(reading=self, mapping=mapping, rules=rules, side=sides_of(rules, mapping, table))


def reading_of(table: Table, mapping: FileMapping | None, spoken: Mapping[str, str]) -> Reading:
    """The reading of an open table."""
    packed = base64.b64encode(pickle.dumps(mapping)).decode()
    return Reading(source=table.source, header=table.header, typed=table.typed, mapping=packed, spoken=spoken)


@frozen(kw_only=True)
class _Opened:
    reading: Reading
    mapping: FileMapping | None
    rules: Rules
    side: Callable[[Row], Comparable | None]

    def texts(self, row: Row) -> Sequence[str]:
        side = self.side(row)
        return () if side is None else self.rules.table_of(side).keys(side)


def columns_of(header: Sequence[str]) -> list[str]:
    """The names of the columns of cells in a frame of rows."""
    return [f"c{at}" for at in range(len(header))]


@frozen(kw_only=True)
class Rows:
    """The rows of a file, a share for each number in the batches that come; `folder` takes what makes the file unusable."""

    reading: Reading
    path: str
    of: int
    first: int
    folder: str

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Batches of `place`, cells and `odd`."""
        try:
            for batch in batches:
                for index in batch.column(0).to_pylist():
                    yield from self._share(index)
        except UnusableInput as problem:
            Path(self.folder, "unusable").write_text(json.dumps(problem.as_arguments()), encoding="utf-8")
            raise

    def _share(self, index: int) -> Iterator[Any]:
        opened, path = self.reading.opened(), Path(self.path)
        mapping = opened.mapping
        if mapping is not None and format_of(path, mapping) == "parquet" and by_columns(path, mapping):
            with open_table(path, mapping) as table:
                total = table.expected or 0
            first, stop = (total * part // self.of for part in (index, index + 1))
            for places, columns in parquet_columns(path, mapping, first, stop):
                yield self._batch(places, columns, [None] * len(places))
            return
        with open_table(path, mapping) as table:
            place = 0
            while rows := list(islice(table.rows, _CHUNK)):
                if place // _CHUNK % self.of == index:
                    yield self._rows(place, rows)
                place += len(rows)

    def _rows(self, first: int, rows: Sequence[Row]) -> Any:
        empty = ("",) * len(self.reading.header)
        odd = [None if _plain(row, empty) else pickle.dumps((row.line, row.cells, row.remarks)) for row in rows]
        cells = [row.cells if pack is None else empty for row, pack in zip(rows, odd, strict=True)]
        return self._batch(range(first, first + len(rows)), list(zip(*cells, strict=True)), odd)

    def _batch(self, places: Sequence[int], columns: Sequence[Sequence[str]], odd: Sequence[bytes | None]) -> Any:
        pa: Any = import_module("pyarrow")
        cells = [pa.array(column, pa.string()) for column in columns]
        data = [pa.array([self.first + place for place in places], pa.int64()), *cells, pa.array(odd, pa.binary())]
        return pa.RecordBatch.from_arrays(data, ["place", *columns_of(self.reading.header), "odd"])


def _plain(row: Row, empty: Sequence[str]) -> bool:
    if row.remarks or len(row.cells) != len(empty):
        return False
    try:
        "".join(row.cells).encode()
    except UnicodeEncodeError:
        return False
    return True


@frozen(kw_only=True)
class _Side:
    """Rows of a batch: their places, their cells column by column, and those that came packed, by their number in the batch."""

    places: Sequence[int]
    columns: Sequence[Sequence[str]]
    packed: Mapping[int, Row]

    def row(self, at: int) -> Row:
        if at in self.packed:
            return self.packed[at]
        return Row(line=self.places[at] + 1, cells=tuple(column[at] for column in self.columns))

    def taken(self, which: Sequence[int]) -> _Side:
        """Some of the rows."""
        columns = [[column[at] for at in which] for column in self.columns]
        packed = {new: self.packed[at] for new, at in enumerate(which) if at in self.packed}
        return _Side(places=[self.places[at] for at in which], columns=columns, packed=packed)


def _side(batch: Any, header: Sequence[str], begin: int = 0) -> _Side:
    """The rows in the columns from `begin` on."""
    width = len(header)
    places = batch.column(begin).to_pylist()
    columns = [batch.column(begin + 1 + at).to_pylist() for at in range(width)]
    packed: dict[int, Row] = {}
    odd = batch.column(begin + 1 + width)
    if odd.null_count != len(odd):
        for at, pack in enumerate(odd.to_pylist()):
            if pack is not None:
                line, cells, remarks = pickle.loads(pack)  # noqa: S301 -- packed by this run's own worker
                packed[at] = Row(line=line, cells=cells, remarks=remarks)
                for column, cell in zip(columns, cells, strict=False):
                    column[at] = cell
    return _Side(places=places, columns=columns, packed=packed)


@frozen(kw_only=True)
class Texts:
    """From rows to the digests of their texts: batches of `place`, `digest`."""

    reading: Reading

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """See the class."""
        pa: Any = import_module("pyarrow")
        opened, header = self.reading.opened(), self.reading.header
        quick = column_digests(opened.mapping, header, opened.rules)
        for batch in batches:
            rows = _side(batch, header)
            marked = [at for at, row in rows.packed.items() if row.remarks]
            found = left_to_records(range(len(rows.places))) if quick is None else quick(rows.columns, marked)
            for at in found.records:
                found.tell(at, map(digest, opened.texts(rows.row(at))))
            places = array("q", map(rows.places.__getitem__, found.rows))
            data = [pa.array(column, pa.int64()) for column in (places, found.digests)]
            yield pa.RecordBatch.from_arrays(data, ["place", "digest"])


@frozen(kw_only=True)
class Kinds:
    """From rows with a digest behind them to that digest and the kind of the text that has it."""

    reading: Reading

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """See the class."""
        pa: Any = import_module("pyarrow")
        opened, header = self.reading.opened(), self.reading.header
        for batch in batches:
            rows, digests = _side(batch, header), batch.column(len(header) + 2).to_pylist()
            texts = (opened.texts(rows.row(at)) for at in range(len(rows.places)))
            kinds = [
                next((text.partition(":")[0] for text in some if digest(text) == wanted), "")
                for some, wanted in zip(texts, digests, strict=True)
            ]
            data = [pa.array(digests, pa.int64()), pa.array(kinds, pa.string())]
            yield pa.RecordBatch.from_arrays(data, ["digest", "kind"])


@frozen(kw_only=True)
class Verdicts:
    """From pairs of rows, the one's cells before the other's, to what was found of those that hang together."""

    left: Reading
    right: Reading

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Batches of `l`, `r`, `verdict`, `evidence`, `row`, `review`."""
        pa: Any = import_module("pyarrow")
        for pairs in _pairs(self.left, self.right, batches):
            told = list(linked_pairs(*pairs))
            places = [pa.array([pair[side] for pair in told], pa.int64()) for side in (0, 1)]
            texts = [pa.array([str(pair[2][at]) for pair in told], pa.string()) for at in range(3)]
            review = pa.array([pair[2].review for pair in told], pa.bool_())
            yield pa.RecordBatch.from_arrays(
                [*places, *texts, review], ["l", "r", "verdict", "evidence", "row", "review"]
            )


@frozen(kw_only=True)
class Negatives:
    """From pairs of rows that nothing links, as for Verdicts, to the negative row that says they are two."""

    left: Reading
    right: Reading

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Batches of `l`, `r`, `row`."""
        pa: Any = import_module("pyarrow")
        for pairs in _pairs(self.left, self.right, batches):
            told = list(apart_of(*pairs))
            kinds = (pa.int64(), pa.int64(), pa.string())
            data = [pa.array([pair[at] for pair in told], kind) for at, kind in enumerate(kinds)]
            yield pa.RecordBatch.from_arrays(data, ["l", "r", "row"])


_Sides = Mapping[int, Comparable]


def _pairs(
    left: Reading, right: Reading, batches: Batches
) -> Iterator[tuple[Sequence[int], Sequence[int], _Sides, _Sides, Callable[[Comparable], Judge]]]:
    """The pairs of each batch by their places, their rows made ready, and the tables that judge."""
    one, other = left.opened(), right.opened()
    for batch in batches:
        lefts = _side(batch, left.header)
        rights = _side(batch, right.header, len(left.header) + 2)
        yield lefts.places, rights.places, _ready(one, lefts), _ready(other, rights), one.rules.table_of


def _ready(opened: _Opened, rows: _Side) -> Mapping[int, Comparable]:
    """Each row of a batch made ready once, by its place."""
    firsts: dict[int, int] = {}
    for at, place in enumerate(rows.places):
        firsts.setdefault(place, at)
    some = rows.taken(list(firsts.values()))
    quick = column_sides(opened.mapping, opened.reading.header, opened.rules)
    found: list[Comparable | None] = [None] * len(firsts) if quick is None else quick(some.columns)
    sides: dict[int, Comparable] = {}
    for at, place in enumerate(firsts):
        side = found[at]
        if side is None or (at in some.packed and some.packed[at].remarks):
            side = opened.side(some.row(at))
        if side is not None:
            sides[place] = side
    return sides
