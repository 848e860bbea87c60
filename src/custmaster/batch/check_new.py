"""Which rows of a day's file are customers already (增量查重): new rows beside the stock and beside each other, never the stock beside itself."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen

from custmaster.batch.crew import Crew
from custmaster.batch.engines import EngineName, Meeting, engine_named
from custmaster.batch.joined import Joined, edge_of, leaders_of, tied
from custmaster.batch.judging import Found
from custmaster.batch.plan import needed
from custmaster.batch.rules import STOCK, Rules
from custmaster.batch.spark import InSpark, spark_folder
from custmaster.batch.steps import Block, Run, folder_of, named, rows_of, shares_of, telling
from custmaster.batch.tasks import Judged, Met, Source
from custmaster.dedup.clusters import Conflict
from custmaster.dedup.codes import RANK, Verdict
from custmaster.dedup.links import Edge
from custmaster.wire.mapping import FileMapping

__all__ = ["CheckedNew", "check_new"]


@frozen(kw_only=True)
class CheckedNew:
    """What was found of a day's file: for each row the host's key, its verdict against the stock, and its clusters among the new rows.

    A verdict is the strongest of the row's links with the stock. NEW: there is none. UNDECIDABLE: there is none, and none could have been
    found, for the row could not be read, says too little, or shares a text with too many (`capped`). `matches` are those links, the
    new row left and the record of the stock right, each row's strongest first; `edges` are the links among the new rows. `automatic`
    and `review` give for each row the least new row of its cluster: of AUTOMATIC links, and of REVIEW links as well, among the new rows
    or by way of one record of the stock, never against a negative row: `conflicts` are the chains of links, those with the stock among
    them, that would have joined two whom such a row keeps apart. `pairs` counts the pairs that were judged.
    """

    records: Sequence[str] = field(repr=False)
    verdicts: Sequence[Verdict] = field(repr=False)
    matches: tuple[Edge, ...] = field(repr=False)
    edges: tuple[Edge, ...] = field(repr=False)
    automatic: array[int] = field(repr=False)
    review: array[int] = field(repr=False)
    pairs: int
    capped: tuple[Block, ...]
    conflicts: tuple[Conflict, ...] = ()
    loose: frozenset[str] = field(default=frozenset(), repr=False)

    def clusters(self, *, review: bool) -> Sequence[str]:
        """For each row the name of its cluster: the least of the keys of its new rows."""
        leaders = leaders_of(self.review if review else self.automatic, self.records, range(len(self.records)))
        return list(map(self.records.__getitem__, leaders))

    def strongest(self) -> Iterator[Edge | None]:
        """For each row the strongest of its links with the stock, of equally strong ones that with the least key; None for none."""
        first: dict[str, Edge] = {}
        for edge in self.matches:
            first.setdefault(edge.left, edge)
        return map(first.get, self.records)


def check_new(
    batch: Path,
    master: Path | tuple[Path, FileMapping | None],
    mapping: FileMapping | None,
    *,
    rules: Rules = STOCK,
    run: Run | None = None,
) -> CheckedNew:
    r"""Which rows of a day's file are in the stock already, and which of them are one customer: both CSV, JSON Lines, .xlsx or Parquet.

    What is found is what `dedupe` of the two files in one would find of every pair with a new row. The stock is read once, and of it
    no more is held than the rows that share a text with a new one. A stock with other columns is given with its own mapping. Errors:
    UnusableInput for a file that cannot be read, or an engine whose package is missing. Source: R-54; requirements.md B6.

    >>> import tempfile
    >>> from custmaster.batch.engines import EngineName
    >>> from custmaster.wire.mapping_file import load_mapping
    >>> mapping = load_mapping('[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"', "m.toml")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     today, stock = Path(folder) / "today.csv", Path(folder) / "stock.csv"
    ...     _ = stock.write_text("id,name,mobile\n7000000001,张伟,13800001234\n", encoding="utf-8")
    ...     _ = today.write_text("id,name,mobile\n1,張 偉,138 0000 1234\n2,李娜,13800001234\n", encoding="utf-8")
    ...     found = check_new(today, stock, mapping, run=Run(engine=EngineName.PYTHON, workers=1))
    >>> [verdict.value for verdict in found.verdicts], [(one.left, one.right, one.row) for one in found.matches]
    (['SUSPECT', 'NEW'], [('1', '7000000001', 'NAME_MOBILE')])
    """
    run = run or Run()
    files = ((batch, mapping), (master, mapping) if isinstance(master, Path) else master)
    sources = [Source(path=path, mapping=None if one is None else needed(one), rules=rules) for path, one in files]
    if run.engine is EngineName.SPARK:
        return _by_spark(sources, run)
    with folder_of(run.temporary) as folder, Crew(sources, folder, run.workers) as crew:
        new = crew.texts(telling(run.progress, "texts", 0))
        chunks = sorted(chain.from_iterable(one.records for one in new))
        rows = sum(len(some) for _, some in chunks)
        stock = crew.among(
            frozenset(chain.from_iterable(one.digests for one in new)), rows, telling(run.progress, "stock", 0)
        )
        engine = engine_named(run.engine, folder=folder, memory=run.memory)
        meeting = engine.meet([(one.rows, one.digests) for one in (*new, *stock)], run.largest_block, rows)
        shares, met = _shares(meeting, crew.size)
        judged = crew.judged(shares, telling(run.progress, "verdicts", met))
        kinds = crew.kinds({digest: first for digest, _, first in meeting.capped})
    names = named(chain.from_iterable(some for _, some in chunks))
    capped = sorted((kinds[digest], size, names[first]) for digest, size, first in meeting.capped)
    return _checked(names, judged, _known(stock, rows), capped, (len(meeting.left), _unsure(new, rows, meeting)))


def _checked(
    names: Sequence[str],
    judged: Sequence[Judged],
    known: Mapping[int, str],
    capped: Iterable[tuple[str, int, str]],
    rest: tuple[int, frozenset[int]],
) -> CheckedNew:
    """What was found; `rest` are how many pairs were judged, and the rows of which nothing can be said."""
    found, rows = rows_of(judged), len(names)
    links = _links(found, names, known)
    tied = _tied(judged, found, names, known)
    return CheckedNew(
        records=names,
        verdicts=_verdicts(found, rows, rest[1]),
        pairs=rest[0],
        capped=tuple(Block(kind=kind, rows=size, first=first) for kind, size, first in capped),
        matches=links[0],
        edges=links[1],
        automatic=tied.automatic[:rows],
        review=tied.review[:rows],
        conflicts=tied.conflicts,
        loose=tied.loose,
    )


def _by_spark(sources: Sequence[Source], run: Run) -> CheckedNew:
    with spark_folder(run.temporary) as folder, InSpark(sources, folder, run) as spark:
        names = named(spark.texts(telling(run.progress, "texts", 0)))
        spark.stock(telling(run.progress, "stock", 0))
        met = spark.meet()
        judged = spark.judged(met.rows, telling(run.progress, "verdicts", met.rows))
    rows, places = len(names), sorted(met.known)
    known = named(map(met.known.__getitem__, places), (place - rows + 1 for place in places))
    capped = sorted((kind, size, names[first]) for kind, size, first in met.capped)
    return _checked(names, [judged], dict(zip(places, known, strict=True)), capped, (met.pairs, met.unsure))


def _shares(meeting: Meeting, count: int) -> tuple[list[tuple[array[int], array[int]]], int]:
    """The pairs in so many shares, and how many rows they have; the rows are numbered anew meanwhile, for those of the stock lie far apart."""
    places = sorted({*meeting.left, *meeting.right})
    at = {place: number for number, place in enumerate(places)}
    left, right = (array("q", map(at.__getitem__, side)) for side in (meeting.left, meeting.right))
    shares = shares_of(Meeting(left=left, right=right, capped=()), len(places), count)
    back = places.__getitem__
    return [(array("q", map(back, one)), array("q", map(back, other))) for one, other in shares], len(places)


def _known(stock: Sequence[Met], rows: int) -> Mapping[int, str]:
    """The names of the rows of the stock that share a text with a new one."""
    met = sorted((place, records[0]) for one in stock for place, records in one.records)
    names = named((record for _, record in met), (place - rows + 1 for place, _ in met))
    return {place: name for (place, _), name in zip(met, names, strict=True)}


def _unsure(new: Sequence[Met], rows: int, meeting: Meeting) -> frozenset[int]:
    """The new rows of which "nothing was found" says nothing."""
    capped = {digest for digest, _, _ in meeting.capped}
    said = {row for one in new for row in one.rows}
    unasked = {
        row for one in new if capped for row, digest in zip(one.rows, one.digests, strict=True) if digest in capped
    }
    return frozenset(unasked.union(row for row in range(rows) if row not in said))


def _verdicts(found: Iterable[Found], rows: int, unsure: frozenset[int]) -> list[Verdict]:
    verdicts = [Verdict.UNDECIDABLE if row in unsure else Verdict.NEW for row in range(rows)]
    ranks = [RANK[Verdict.NEW]] * rows
    for left, right, finding in found:
        if right >= rows and RANK[finding.verdict] < ranks[left]:
            ranks[left], verdicts[left] = RANK[finding.verdict], finding.verdict
    return verdicts


def _links(
    found: Iterable[Found], names: Sequence[str], known: Mapping[int, str]
) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """The links with the stock, row by row and the strongest first, and those among the new rows."""
    matches: list[tuple[int, int, Edge]] = []
    edges: list[Edge] = []
    for left, right, finding in found:
        edge = edge_of((left, right, finding), lambda row: names[row] if row < len(names) else known[row])
        if right >= len(names):
            matches.append((left, RANK[finding.verdict], edge))
        else:
            edges.append(edge)
    matches.sort(key=lambda one: (one[0], one[1], one[2].right))
    return tuple(edge for _, _, edge in matches), tuple(edges)


def _tied(judged: Sequence[Judged], found: Sequence[Found], names: Sequence[str], known: Mapping[int, str]) -> Joined:
    """What is one; the rows of the stock are counted behind the new rows, and a key that stands in both files names two records."""
    new, stock = len(names), sorted(known)
    number = dict(enumerate(range(new))) | {place: new + at for at, place in enumerate(stock)}
    held = [(number[left], number[right], finding) for left, right, finding in found]
    apart = [(number[left], number[right], row) for one in judged for left, right, row in one.apart]
    large = [number[row] for one in judged for row in one.large]
    told = [*(_NEW + name for name in names), *(_STOCK + known[place] for place in stock)]
    joined = tied(held, apart, large, told.__getitem__, len(told))
    loose = frozenset(record[1:] for record in joined.loose if record[0] == _NEW)
    return evolve(joined, conflicts=tuple(map(_bare, joined.conflicts)), loose=loose)


_NEW: Final = "0"
_STOCK: Final = "1"


def _bare(conflict: Conflict) -> Conflict:
    """The conflict by the keys of the hosts."""
    bar = conflict.forbidden
    links = [link._replace(left=link.left[1:], right=link.right[1:]) for link in conflict.links]
    return Conflict(forbidden=bar._replace(left=bar.left[1:], right=bar.right[1:]), links=tuple(links))
