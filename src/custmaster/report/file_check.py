"""The main job: every row of a customer file through the rules, every finding handed on, in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from attrs import frozen

from custmaster.customer import judge
from custmaster.decision import Remark
from custmaster.handbook import Handbook
from custmaster.report.tally import Tally, TallyCounter
from custmaster.wire.findings import Finding
from custmaster.wire.mapping import FileMapping
from custmaster.wire.structure import Structured, compile_structure
from custmaster.wire.table import Row, Table

__all__ = ["Checked", "FileCheck", "Watch", "check_table", "checked_rows", "ignore", "let_pass"]

Watch = Callable[[Row, Structured], None]
"""Sees each row and what it became."""

_EVERY: Final = 4096
"""Rows between two reports of progress: often enough to be smooth, seldom enough to cost nothing."""
_TOGETHER: Final = 64
"""Rows that are read, then watched, then judged: what is done again at once is still in the processor's cache, a sixth faster."""


@frozen(kw_only=True)
class FileCheck:
    """What a customer file is judged by: which column feeds which field, the handbook, and the bank's business day."""

    mapping: FileMapping
    handbook: Handbook
    day: date


@frozen(kw_only=True)
class Checked:
    """One row after its check: its line, the host's key of it, and every remark on it."""

    line: int
    record: str | None
    remarks: tuple[Remark, ...]

    def findings(self) -> Iterator[Finding]:
        """The remarks with the place that they were found at."""
        for found in self.remarks:
            yield Finding(line=self.line, record=self.record, field=found.field, reason=found.reason)


def ignore(done: int) -> None:
    """Nobody is watching the progress."""


def let_pass(row: Row, structured: Structured) -> None:
    """Nobody else looks at the rows."""


def check_table(
    table: Table,
    by: FileCheck,
    sink: Callable[[Finding], None],
    progress: Callable[[int], None] = ignore,
    watch: Watch = let_pass,
) -> Tally:
    """Judge every row of an open file; findings go to `sink` in file order, the counts come back.

    The memory used does not depend on the number of rows. `progress` hears how many rows are done, `watch` sees each row and what
    it became. Errors: UnusableInput when the file turns out to be broken on the way; the caller then throws away what the sink has
    taken. Source: R-52 to R-56.
    """
    counter, done = TallyCounter(), 0
    for done, (row, record, remarks) in enumerate(_looked_at(table, by, watch, _TOGETHER), 1):
        if remarks:  # most rows have none, and nothing is made for those
            counter.add(row.line, remarks)
            for finding in Checked(line=row.line, record=record, remarks=remarks).findings():
                sink(finding)
        if done % _EVERY == 0:
            progress(done)
    progress(done)
    counter.pass_over(done - counter.rows)
    return counter.tally()


def checked_rows(table: Table, by: FileCheck, watch: Watch = let_pass) -> Iterator[Checked]:
    """Each row of the file with all that was remarked on it, cells first, then the rules."""
    for row, record, remarks in _looked_at(table, by, watch, 1):
        yield Checked(line=row.line, record=record, remarks=remarks)


def _looked_at(
    table: Table, by: FileCheck, watch: Watch, together: int
) -> Iterator[tuple[Row, str | None, tuple[Remark, ...]]]:
    """Each row with the host's key of it and every remark on it; so many rows take each step together."""
    structure = compile_structure(by.mapping, table.header, typed=table.typed)
    page, day, carried = by.handbook.on(by.day), by.day, by.mapping.carried
    rows = iter(table.rows)
    while some := [(row, structure(row)) for row in tuple(islice(rows, together))]:
        for row, structured in some:
            watch(row, structured)
        for row, structured in some:
            remarks = structured.remarks
            if structured.entry is not None:
                remarks += judge(structured.entry, page=page, day=day, carried=carried)
            yield row, structured.record, remarks
