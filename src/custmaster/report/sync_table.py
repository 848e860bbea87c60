"""The direction table of sync as plain data and as a sheet to read: one source for the command and for the reference page."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.sync.ambiguities import option_of
from custmaster.sync.cells import Cell, cells
from custmaster.sync.codes import Cause, Operation
from custmaster.sync.options import Options
from custmaster.value.number_plan import Role

__all__ = ["SHEET", "cell_as_data", "sheet", "table_as_data"]

SHEET = ("operation", "cause", "owner", "peer", "open place", "sentences")
"""The columns of `sheet`."""


def cell_as_data(cell: Cell) -> dict[str, object]:
    """One cell in plain data: where it stands, what is sent, why, what is next, the sentences it comes from.

    `mark` is the open place A1 to A11 that it settles and `option` the handbook key of that, or None.
    """
    return {
        "operation": cell.operation.value,
        "role": cell.role.value,
        "cause": cell.cause.value,
        "scope": cell.scope.value,
        "code": cell.code.value,
        "next": cell.next.value,
        "local_nonkey_survives": cell.local_nonkey_survives,
        "mark": cell.mark,
        "option": option_of(cell.mark),
        "sentences": [
            {"source": one.source, "zh": one.zh, "en": one.en, "owner": one.owner, "quoted": one.quoted}
            for one in cell.sentences
        ],
    }


def table_as_data(options: Options) -> list[dict[str, object]]:
    """All 48 cells under these readings, in the order of the table.

    >>> from custmaster.sync.options import Options
    >>> len(table_as_data(Options()))
    48
    """
    return [cell_as_data(cell) for cell in cells(options).values()]


def sheet(options: Options) -> Iterator[tuple[str, ...]]:
    """Owner and peer beside each other: operation, cause, what the owner sends, what the peer sends, open places, sentences."""
    table = cells(options)
    for operation in Operation:
        for cause in Cause:
            pair = [table[operation, role, cause] for role in Role]
            marks = dict.fromkeys(cell.mark for cell in pair if cell.mark)
            sources = dict.fromkeys(sentence.source for cell in pair for sentence in cell.sentences)
            scopes = [cell.scope.value for cell in pair]
            yield operation.value, cause.value, *scopes, ", ".join(marks), ", ".join(sources)
