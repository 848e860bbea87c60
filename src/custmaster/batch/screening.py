r"""A whole customer file against the lists (批量黑名单筛查): whole columns name the suspects, and each suspect is asked as a record.

The findings are those that asking every row one by one would give: see `custmaster.screening.screen.Screen.query`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen

from custmaster.batch.plan import Columns
from custmaster.batch.screening_columns import SuspectRows, asked_of, suspect_rows
from custmaster.decision import Citation, Outcome, Reason, Remark
from custmaster.screening.codes import ScreeningCode
from custmaster.screening.listing import identity_of
from custmaster.screening.screen import Hit, Screen
from custmaster.wire.findings import Finding
from custmaster.wire.lists import hit_findings
from custmaster.wire.mapping import FileMapping
from custmaster.wire.read_parquet import by_columns, parquet_columns
from custmaster.wire.readers import format_of, open_table
from custmaster.wire.structure import Structured, compile_structure
from custmaster.wire.table import Row, Table

__all__ = ["ScreeningRun", "ScreeningSink", "screen_file"]

_CHUNK: Final = 16384
ScreeningSink = Callable[[Finding, Hit | None], None]
"""Takes one finding, and the hit that it tells of; None where it tells of what could not be read or asked."""


def _ignore(done: int) -> None:
    """Nobody is watching the progress."""


@frozen(kw_only=True)
class ScreeningRun:
    """What is asked: the lists, the day, and whether names that other facts clear are told too.

    `by_records` asks every row as a record; it changes nothing but the time. `progress` hears how many rows are done.
    """

    screen: Screen
    day: date
    cleared: bool = False
    by_records: bool = False
    progress: Callable[[int], None] = _ignore


def screen_file(path: Path, mapping: FileMapping, run: ScreeningRun, sink: ScreeningSink) -> int:
    r"""What the lists say of every row of a customer file goes to `sink`, in the order of the file; gives the number of rows.

    A cell of a name, a document or the kind of customer that cannot be read is told, since it is not asked by; so is a row without a name and a document.
    Errors: UnusableInput for a file that cannot be read. Source: R-57; issue 6, "Bulk screening".

    >>> import tempfile
    >>> from custmaster.screening import Identity, ListEntry, Origin
    >>> from custmaster.value.name import Name
    >>> from custmaster.wire import load_mapping
    >>> entry = ListEntry(
    ...     origin=Origin.EXTERNAL, list_name="police", number="7", identity=Identity(names=[Name("張偉")])
    ... )
    >>> run, found = ScreeningRun(screen=Screen(entries=[entry]), day=date(2026, 11, 28)), []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "customers.csv"
    ...     _ = target.write_text("户名\n李娜\n张伟\n", encoding="utf-8")
    ...     mapping = load_mapping('[fields]\nname = "户名"', "m.toml")
    ...     screen_file(
    ...         target, mapping, run, lambda finding, hit: found.append((finding.line, str(finding.reason.code)))
    ...     )
    2
    >>> found
    [(3, 'LISTED_PERHAPS')]
    """
    asked = asked_of(mapping)
    rows = 0
    with open_table(path, asked) as table:
        ask = _Ask(run=run, structure=compile_structure(asked, table.header, typed=table.typed), sink=sink)
        suspects = None if run.by_records else suspect_rows(asked, table.header, run.screen, typed=table.typed)
        with _chunks(path, asked, table) as chunks:
            for chunk in chunks:
                for row in chunk.suspects(suspects):
                    ask.of(row)
                rows += chunk.size
                run.progress(rows)
    return rows


@frozen(kw_only=True)
class _Chunk:
    """Some rows beside each other, by columns; as rows too where the format gives rows, else with the place of the first one."""

    columns: Columns = field(repr=False)
    whole: Sequence[Row] | None = None
    first: int = 0

    @property
    def size(self) -> int:
        """How many rows it has."""
        return len(self.columns[0]) if self.whole is None else len(self.whole)

    def suspects(self, named: SuspectRows | None) -> Iterator[Row]:
        """The rows that must be asked: those that were named, and those with something remarked on them."""
        places: Sequence[int] = range(self.size) if named is None else named(self.columns)
        if self.whole is None:
            for at in places:
                yield Row(line=self.first + at + 1, cells=tuple(column[at] for column in self.columns))
            return
        remarked = (at for at, row in enumerate(self.whole) if row.remarks or not row.cells)
        for at in sorted({*places, *remarked}):
            yield self.whole[at]


@contextmanager
def _chunks(path: Path, mapping: FileMapping, table: Table) -> Generator[Iterator[_Chunk]]:
    if format_of(path, mapping) == "parquet" and by_columns(path, mapping):
        columns = parquet_columns(path, mapping, 0, table.expected or 0)
        yield (_Chunk(first=places[0], columns=cells) for places, cells in columns)
    else:
        yield _of_rows(table)


def _of_rows(table: Table) -> Iterator[_Chunk]:
    rows, blank = iter(table.rows), ("",) * len(table.header)
    while some := tuple(islice(rows, _CHUNK)):
        columns = list(zip(*(row.cells or blank for row in some), strict=True))
        yield _Chunk(columns=columns, whole=some)


@frozen(kw_only=True)
class _Ask:
    run: ScreeningRun
    structure: Callable[[Row], Structured]
    sink: ScreeningSink

    def of(self, row: Row) -> None:
        """What is to be told of one row."""
        found = self.structure(row)
        for one in filter(_bears_on_screening, found.remarks):
            self._tell(row, found, one)
        if found.entry is None:
            return
        answer = self.run.screen.query(identity_of(found.entry), self.run.day)
        if not answer.was_asked:
            self._tell(row, found, _nothing_to_ask_by())
        told = answer if self.run.cleared else evolve(answer, cleared=())
        findings = hit_findings(told, line=row.line, record=found.record)
        for finding, hit in zip(findings, (*told.hits, *told.cleared), strict=True):
            self.sink(finding, hit)

    def _tell(self, row: Row, found: Structured, one: Remark) -> None:
        self.sink(Finding(line=row.line, record=found.record, field=one.field, reason=one.reason), None)


def _bears_on_screening(remark: Remark) -> bool:
    """Whether somebody may be missed for what could not be read; without a day of birth or a sex nobody is."""
    return remark.field in ("", "name", "kind") or remark.field.endswith((".number", ".type"))


def _nothing_to_ask_by() -> Remark:
    reason = Reason(
        code=ScreeningCode.NOTHING_TO_SCREEN_BY, outcome=Outcome.REVIEW, citation=Citation(article="R-57"), facts={}
    )
    return Remark(field="", reason=reason)
