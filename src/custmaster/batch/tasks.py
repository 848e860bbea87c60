"""What a worker does: the texts under which its share of the rows meets, then the verdicts of its share of the pairs.

Both read the file again, so that nothing but whole numbers passes between processes: a row's place, a digest of each text, a pair,
and which of a few findings holds of it. Digests say only which rows to look at; that two rows share a text is asked of the texts.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

from attrs import field, frozen

from custmaster.batch.host_keys import key_columns, key_reader, keys_alone
from custmaster.batch.judging import Apart, apart_of, linked_pairs, tangles
from custmaster.batch.plain import Hasher
from custmaster.batch.plan import Columns, Plan, plan_of
from custmaster.batch.rules import Rules, sides_of
from custmaster.batch.sides import column_sides
from custmaster.batch.texts import ChunkDigests, column_digests, digest, further_texts, left_to_records
from custmaster.dedup.comparable import Comparable
from custmaster.dedup.evidence import Finding
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.wire.mapping import FileMapping
from custmaster.wire.read_parquet import by_columns, parquet_columns
from custmaster.wire.readers import format_of, open_table
from custmaster.wire.table import Row, Table

__all__ = [
    "Judged",
    "Met",
    "Share",
    "Source",
    "judge_pairs",
    "kinds_of",
    "meeting_texts",
    "other_texts",
    "record_keys",
    "rows_at",
]

_CHUNK: Final = 16384
Told = Callable[[int], None]
"""Hears how many rows or pairs were done since it was last told."""


@frozen(kw_only=True)
class Source:
    """A file, the mapping of its columns (None for another data set, whose rules name the columns), and the rules that judge.

    `first` is the place of its first row where the rows of several files are counted as one stock. With `plain` DuckDB tells of the plain
    rows by itself, see `custmaster.batch.plain`: the others alone are asked of the workers, and digests are DuckDB's.
    """

    path: Path
    mapping: FileMapping | None
    rules: Rules
    first: int = 0
    plain: bool = False


@frozen(kw_only=True)
class Share:
    """The rows of one worker: chunk `index` of each `of` chunks."""

    index: int = 0
    of: int = 1


@frozen(kw_only=True)
class Met:
    """The digests of the texts of some rows, with the row beside each; the host's key of each row, chunk by chunk."""

    rows: array[int]
    digests: array[int]
    records: list[tuple[int, list[str]]]


@frozen(kw_only=True)
class Judged:
    """The pairs that hang together: two columns of rows, and for each the place of its finding in `findings`.

    `apart` are the rows that hang together by way of others and are two; `large` has a row of each tangle too large to be looked into.
    """

    left: array[int]
    right: array[int]
    found: array[int]
    findings: list[Finding]
    apart: list[Apart] = field(factory=list[Apart])
    large: list[int] = field(factory=list[int])


@frozen
class _Opened:
    """An open file with the function that makes its rows ready; `columns` is its mapping where it can be read by columns."""

    table: Table
    side: Callable[[Row], Comparable | None]
    columns: FileMapping | None


@contextmanager
def _opened(source: Source) -> Generator[_Opened]:
    with open_table(source.path, source.mapping) as table:
        yield _Opened(table, sides_of(source.rules, source.mapping, table), _by_columns(source))


def _by_columns(source: Source) -> FileMapping | None:
    mapping = source.mapping
    if source.plain:
        return mapping
    parquet = mapping is not None and format_of(source.path, mapping) == "parquet"
    return mapping if parquet and mapping is not None and by_columns(source.path, mapping) else None


def meeting_texts(source: Source, share: Share, told: Told, only: frozenset[int] | None = None) -> Met:
    """The digests of the texts of a share of the rows; a digest is the same in every worker of one run, and in no other run.

    With `only` given no other digests are kept, and no rows that have none of them.
    """
    met = Met(rows=array("q"), digests=array("q"), records=[])
    with _opened(source) as opened:
        by_side = _texts_by_side(source, opened)
        quick = column_digests(source.mapping, opened.table.header, source.rules)
        keys_of = key_reader(source.mapping, opened.table.header)
        for first, columns, rows in _chunks(source, opened, share):
            size = len(columns[0])
            marked = () if rows is None else [at for at, row in enumerate(rows) if row.remarks]
            found = left_to_records(range(size)) if quick is None else quick(columns, marked)
            for at in found.records:
                found.tell(at, map(digest, by_side(_row(columns, rows, at, first + at))))
            _keep(met, source.first + first, keys_of(columns), found, only)
            told(size)
    return met


def other_texts(source: Source, places: Sequence[int], told: Told) -> Met:
    """The digests of the rows of these places, which DuckDB did not tell of by itself."""
    met, plan = Met(rows=array("q"), digests=array("q"), records=[]), _plan(source)
    with _opened(source) as opened, closing(Hasher()) as hasher:
        by_side = _texts_by_side(source, opened)
        for found, columns, _ in _wanted(source, opened, places):
            cells = plan.read(columns)
            texts = further_texts(cells)
            texts += [(at, text) for at in cells.records for text in by_side(_row(columns, None, at, found[at]))]
            rows, digests = hasher.cells(found, cells)
            met.rows.extend(rows + array("q", [found[at] for at, _ in texts]))
            met.digests.extend(digests + array("q", hasher.texts([text for _, text in texts])))
            told(len(found))
    return met


def _plan(source: Source) -> Plan:
    mapping = source.mapping
    plan = None if mapping is None else plan_of(mapping, mapping.columns, source.rules)
    if plan is None:
        raise CustmasterError("DuckDB tells of the plain rows of this file, and there is no plan of its columns")
    return plan


def record_keys(source: Source) -> list[str]:
    """The host's key of each row of a Parquet file, in file order; empty where the mapping names none."""
    mapping = source.mapping
    if mapping is None:
        raise CustmasterError("the rows of a file without a mapping have no keys")
    with _opened(source) as opened:
        total = opened.table.expected or 0
    if not key_columns(mapping):
        return [""] * total
    asked = keys_alone(mapping)
    keys_of = key_reader(asked, asked.columns)
    return [key for _, columns in parquet_columns(source.path, asked, 0, total) for key in keys_of(columns)]


def rows_at(source: Source, places: Sequence[int]) -> Iterator[tuple[int, Row]]:
    """The rows of these places, which ascend, with their places."""
    with _opened(source) as opened:
        for found, columns, rows in _wanted(source, opened, places):
            for at, place in enumerate(found):
                yield place, _row(columns, rows, at, place)


def _keep(met: Met, first: int, records: list[str], found: ChunkDigests, only: frozenset[int] | None) -> None:
    """The digests of a chunk; with `only` given those alone, and the names of the rows that have one of them."""
    if only is None:
        met.records.append((first, records))
        kept = found
    else:
        kept = found.among(only)
        met.records.extend((first + at, [records[at]]) for at in sorted(set(kept.rows)))
    met.digests.extend(kept.digests)
    met.rows.extend(map(first.__add__, kept.rows))


def _row(columns: Columns, rows: Sequence[Row] | None, at: int, place: int) -> Row:
    return rows[at] if rows is not None else Row(line=place + 1, cells=tuple(column[at] for column in columns))


def _texts_by_side(source: Source, opened: _Opened) -> Callable[[Row], Sequence[str]]:
    """The texts of a row by way of its side, whatever the mapping and the rules."""

    def texts(row: Row) -> Sequence[str]:
        side = opened.side(row)
        return () if side is None else source.rules.table_of(side).keys(side)

    return texts


def _chunks(source: Source, opened: _Opened, share: Share) -> Iterator[tuple[int, Columns, Sequence[Row] | None]]:
    """The chunks of a share: the place of the first row, the columns, and the rows where the format gives rows."""
    mapping = opened.columns
    if mapping is not None:
        total = opened.table.expected or 0
        first, stop = (total * part // share.of for part in (share.index, share.index + 1))
        for places, columns in parquet_columns(source.path, mapping, first, stop):
            yield places[0], columns, None
        return
    place = 0
    while rows := list(islice(opened.table.rows, _CHUNK)):
        if place // _CHUNK % share.of == share.index:
            yield place, _columns(rows, len(opened.table.header)), rows
        place += len(rows)


@contextmanager
def _digests_of(source: Source) -> Generator[Callable[[Sequence[str]], Sequence[int]]]:
    """The function from texts to their digests, as this source's are."""
    if not source.plain:
        yield lambda texts: [digest(text) for text in texts]
        return
    with closing(Hasher()) as hasher:
        yield hasher.texts


def kinds_of(source: Source, blocks: Mapping[int, int]) -> dict[int, str]:
    """For each digest the kind of that text of this row which has it: what the rows of a block share."""
    kinds: dict[int, str] = {}
    asked: dict[int, list[int]] = {}
    for wanted, place in blocks.items():
        asked.setdefault(place, []).append(wanted)
    with _opened(source) as opened, _digests_of(source) as digests:
        by_side = _texts_by_side(source, opened)
        for places, columns, rows in _wanted(source, opened, sorted(asked)):
            for at, place in enumerate(places):
                texts = by_side(_row(columns, rows, at, place))
                known = {one: text.partition(":")[0] for one, text in zip(digests(texts), texts, strict=True)}
                kinds.update((wanted, known.get(wanted, "")) for wanted in asked[place])
    return kinds


def judge_pairs(sources: Sequence[Source], left: Sequence[int], right: Sequence[int], told: Told) -> Judged:
    """The pairs of rows that hang together, by the tables; the files stand in the order of their first rows.

    The rows are read once more, and each is made ready once. All pairs of rows that may hang together are handed over in one call.
    """
    sides = _ready(sources, sorted({*left, *right}), told)
    table_of = sources[0].rules.table_of
    found = list(linked_pairs(left, right, sides, sides, table_of))
    places: dict[Finding, int] = {}
    which = array("q", [places.setdefault(finding, len(places)) for _, _, finding in found])
    strangers = tangles(found)
    return Judged(
        left=array("q", [one for one, _, _ in found]),
        right=array("q", [other for _, other, _ in found]),
        found=which,
        findings=list(places),
        apart=list(apart_of(strangers.left, strangers.right, sides, sides, table_of)),
        large=strangers.large,
    )


def _ready(sources: Sequence[Source], rows: Sequence[int], told: Told) -> dict[int, Comparable]:
    """The rows of all files made ready, by their places."""
    ready: dict[int, Comparable] = {}
    bounds = [*(bisect_left(rows, source.first) for source in sources[1:]), len(rows)]
    for source, begin, end in zip(sources, [0, *bounds], bounds, strict=False):
        if begin < end:
            with _opened(source) as opened:
                local = rows[begin:end] if not source.first else [row - source.first for row in rows[begin:end]]
                sides = _sides(source, opened, local, told)
            ready.update(sides if not source.first else {source.first + row: side for row, side in sides.items()})
    return ready


def _sides(source: Source, opened: _Opened, rows: Sequence[int], told: Told) -> dict[int, Comparable]:
    """Each row made ready; this takes nearly all the time of judging, so its progress counts rows."""
    sides: dict[int, Comparable] = {}
    quick = column_sides(source.mapping, opened.table.header, source.rules)
    for places, columns, whole in _wanted(source, opened, rows):
        found: list[Comparable | None] = [None] * len(places) if quick is None else quick(columns)
        for at, place in enumerate(places):
            side = found[at]
            if side is None or (whole is not None and whole[at].remarks):
                side = opened.side(_row(columns, whole, at, place))
            if side is not None:
                sides[place] = side
        told(len(places))
    return sides


_Chunk = tuple[Sequence[int], Columns, Sequence[Row] | None]
"""The places of some rows, their columns, and the rows themselves where the format gives rows."""


def _wanted(source: Source, opened: _Opened, rows: Sequence[int]) -> Iterator[_Chunk]:
    """The rows of these places, which ascend."""
    if not rows:
        return
    mapping = opened.columns
    if mapping is not None:
        for places, columns in parquet_columns(source.path, mapping, rows[0], rows[-1] + 1, only=rows):
            yield places, columns, None
        return
    wanted, width, last = set(rows), len(opened.table.header), -1
    found: list[tuple[int, Row]] = []
    for last, row in enumerate(opened.table.rows):
        if last in wanted:
            found.append((last, row))
        if len(found) == _CHUNK:
            yield _chunk(found, width)
            found = []
    if last < rows[-1]:
        raise UnusableInput(opened.table.source, problem="the file changed while it was read", remedy="begin again")
    if found:
        yield _chunk(found, width)


def _chunk(found: Sequence[tuple[int, Row]], width: int) -> _Chunk:
    rows = [row for _, row in found]
    return [place for place, _ in found], _columns(rows, width), rows


def _columns(rows: Sequence[Row], width: int) -> Columns:
    """The cells column by column; those of a row that could not be read are empty."""
    empty = ("",) * width
    return list(zip(*(row.cells or empty for row in rows), strict=True))
