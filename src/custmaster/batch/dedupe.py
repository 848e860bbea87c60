"""Who is in a file twice: texts, pairs, verdicts, clusters (去重); the same verdicts whatever the engine and however many workers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path

from attrs import evolve, field, frozen

from custmaster.batch.crew import Crew
from custmaster.batch.engines import EngineName, InDuckDB, Meeting, engine_named, meet_beside
from custmaster.batch.joined import conflicts_of, edge_of, leaders_of, linked_rows, loose_of, parts_of
from custmaster.batch.key_column import key_column
from custmaster.batch.plain import PlainRows, plain_rows
from custmaster.batch.plan import needed
from custmaster.batch.rules import STOCK, Rules
from custmaster.batch.spark import InSpark, spark_folder
from custmaster.batch.steps import Block, Run, folder_of, named, rows_of, shares_of, telling, tied_of, uncollected
from custmaster.batch.tasks import Judged, Source, record_keys
from custmaster.dedup.clusters import Clusterings, Conflict, clusterings
from custmaster.dedup.links import NOTHING_FIXED, Edge, Fixed, FixedPairs
from custmaster.wire.mapping import FileMapping

__all__ = ["Deduped", "dedupe"]


@frozen(kw_only=True)
class Deduped:
    """What was found: the host's key of each row in file order, how the rows hang together, and what was not compared.

    `automatic` and `review` give for each row the least row of its cluster: of AUTOMATIC links only, and of REVIEW links as well. No
    cluster holds a pair of `vetoes`, which the negative rows keep apart (A=B, B=C, A≠C): `conflicts` are the chains of links that would
    have joined one, and joined nothing; `loose` are records of tangles too large to be looked into, where nothing was joined. `pairs`
    counts the pairs that were judged, `linked` are the rows that have a link; `kept` are the clusters by stewards' rulings, see `keeping_to`.
    """

    records: Sequence[str] = field(repr=False)
    edges: tuple[Edge, ...] = field(repr=False)
    automatic: array[int] = field(repr=False)
    review: array[int] = field(repr=False)
    pairs: int
    capped: tuple[Block, ...]
    linked: array[int] = field(repr=False)
    vetoes: tuple[Fixed, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    loose: frozenset[str] = field(default=frozenset(), repr=False)
    kept: Clusterings | None = field(default=None, repr=False)

    def keeping_to(self, fixed: FixedPairs) -> Deduped:
        """The same, its clusters as stewards ruled: pairs that must and must not be one, and contradictions that join nothing.

        For tens of thousands of links a second; without rulings the clusters are those of the links and made much faster.
        """
        made = self.clusterings(fixed)
        return evolve(self, kept=made, conflicts=conflicts_of(made), loose=self.loose | loose_of(made))

    def clusterings(self, fixed: FixedPairs = NOTHING_FIXED) -> Clusterings:
        """The clusters with their conflicts, by the links, by the negative rows and by what is fixed; as fast as `keeping_to`."""
        edges = [edge for edge in self.edges if edge.left not in self.loose]
        kept_to = evolve(fixed, cannot=tuple(sorted({*fixed.cannot, *self.vetoes})))
        return clusterings(edges, records=frozenset(self.records), fixed=kept_to)

    def clusters(self, *, review: bool) -> Sequence[str]:
        """For each row the name of its cluster: the least of its members' keys, so that the order of the rows does not matter."""
        if self.kept is not None:
            kept = self.kept.review if review else self.kept.automatic
            return [kept.id_of(record) for record in self.records]
        return list(map(self.records.__getitem__, self.leaders(review=review)))

    def leaders(self, *, review: bool) -> array[int]:
        """For each row the row whose key names its cluster, by the links and not by rulings."""
        return leaders_of(self.review if review else self.automatic, self.records, self.linked)

    def count(self, *, review: bool) -> int:
        """How many clusters there are."""
        if self.kept is not None:
            return len(set(self.clusters(review=review)))
        return parts_of(self.review if review else self.automatic, self.linked)


def dedupe(path: Path, mapping: FileMapping | None, *, rules: Rules = STOCK, run: Run | None = None) -> Deduped:
    r"""Which rows of a file are the same customer, and which may be: CSV, JSON Lines, .xlsx or Parquet.

    Every row is compared with those that share a text of its rules' keys with it. Errors: UnusableInput for a file that cannot be read,
    or an engine whose package is missing. Source: R-54; requirements.md B6.

    >>> from custmaster.batch.engines import EngineName
    >>> import tempfile
    >>> from custmaster.wire.mapping_file import load_mapping
    >>> mapping = load_mapping('[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"', "m.toml")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "customers.csv"
    ...     _ = target.write_text("id,name,mobile\n7,张伟,13800001234\n3,張 偉,138 0000 1234\n", encoding="utf-8")
    ...     found = dedupe(target, mapping, run=Run(engine=EngineName.PYTHON, workers=1))
    >>> found.clusters(review=True), found.clusters(review=False), [edge.evidence for edge in found.edges]
    (['3', '3'], ['7', '3'], ['~NAME+MOBILE+CHARACTER'])
    """
    run = run or Run()
    source = Source(path=path, mapping=None if mapping is None else needed(mapping), rules=rules)
    with uncollected():
        return _by_spark(source, run) if run.engine is EngineName.SPARK else _by_crew(source, run)


def _by_crew(source: Source, run: Run) -> Deduped:
    plain = None
    if run.engine is EngineName.DUCKDB:
        plain = plain_rows(source.path, source.mapping, source.rules)
        source = evolve(source, plain=plain is not None)
    with folder_of(run.temporary) as folder, Crew([source], folder, run.workers) as crew:
        records, meeting = _met((source, plain), crew, run, folder)
        shares = shares_of(meeting, len(records), crew.size)
        judged = crew.judged(shares, telling(run.progress, "verdicts", len({*meeting.left, *meeting.right})))
        kinds = crew.kinds({digest: first for digest, _, first in meeting.capped})
    blocks = [(kinds[digest], rows, first) for digest, rows, first in meeting.capped]
    return _deduped(records, len(meeting.left), blocks, judged)


def _met(given: tuple[Source, PlainRows | None], crew: Crew, run: Run, folder: Path) -> tuple[Sequence[str], Meeting]:
    """The names of the rows, and which of them meet."""
    told = telling(run.progress, "texts", 0)
    source, plain = given
    if plain is not None:
        bounds = InDuckDB(folder=folder, memory=run.memory), run.largest_block
        return _met_beside((source, plain), crew, told, bounds)
    met = crew.texts(told)
    chunks = sorted(chain.from_iterable(one.records for one in met))
    engine = engine_named(run.engine, folder=folder, memory=run.memory)
    meeting = engine.meet([(one.rows, one.digests) for one in met], run.largest_block)
    return named(chain.from_iterable(some for _, some in chunks)), meeting


def _met_beside(
    given: tuple[Source, PlainRows], crew: Crew, told: Callable[[int], None], bounds: tuple[InDuckDB, int]
) -> tuple[Sequence[str], Meeting]:
    """The same, where DuckDB tells of the plain rows by itself."""
    (source, plain), (engine, cap) = given, bounds
    with engine.opened() as connection:
        records = key_column(connection, plain.path, plain.mapping) or named(record_keys(source))
        others = plain.tell(connection, len(records))
        told(len(records) - len(others))
        met = crew.others(others, told)
        meeting = meet_beside(connection, [(one.rows, one.digests) for one in met], cap)
    return records, meeting


def _by_spark(source: Source, run: Run) -> Deduped:
    with spark_folder(run.temporary) as folder, InSpark([source], folder, run) as spark:
        records = named(spark.texts(telling(run.progress, "texts", 0)))
        met = spark.meet()
        judged = spark.judged(met.rows, telling(run.progress, "verdicts", met.rows))
    return _deduped(records, met.pairs, met.capped, [judged])


def _deduped(
    records: Sequence[str], pairs: int, blocks: Iterable[tuple[str, int, int]], judged: Sequence[Judged]
) -> Deduped:
    """What was found; `blocks` are those that were too large: the kind of their text, their rows, the first of them."""
    found = rows_of(judged)
    tied = tied_of(judged, found, records.__getitem__, len(records))
    capped = sorted((kind, rows, records[first]) for kind, rows, first in blocks)
    return Deduped(
        records=records,
        edges=tuple([edge_of(one, records.__getitem__) for one in found]),
        automatic=tied.automatic,
        review=tied.review,
        pairs=pairs,
        linked=linked_rows(found),
        capped=tuple([Block(kind=kind, rows=rows, first=first) for kind, rows, first in capped]),
        vetoes=tied.vetoes,
        conflicts=tied.conflicts,
        loose=tied.loose,
    )
