"""What every reader gives, whatever the format: a header and rows of text, each with its line."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from custmaster.decision import Remark

__all__ = ["Row", "Table"]


@frozen(kw_only=True)
class Row:
    """One row of a customer file: the line on which it begins (1 is the first of the file), and its cells as text.

    `cells` stand in the order of the table's header; an absent cell is an empty text. A row that could not be read at all has no
    cells, and `remarks` says why. In a Parquet file, which has no lines, `line` counts the rows from 1.
    Cells are personal data: the representation shows only how many there are.

    >>> Row(line=2, cells=("1", "张伟"))
    Row(line=2, cells=2, remarks=())
    """

    line: int
    cells: tuple[str, ...] = field(repr=lambda cells: str(len(cells)))
    remarks: tuple[Remark, ...] = ()


@frozen(kw_only=True)
class Table:
    """An open customer file. `rows` is read once, in file order, and holds one row in memory at a time.

    `typed` says that the format has dates of its own, which arrive written YYYY-MM-DD; `expected` is at least the number of
    rows, for a progress bar, or None when nobody knows. Errors while reading `rows`: UnusableInput.
    """

    source: str
    header: tuple[str, ...]
    rows: Iterator[Row] = field(repr=False)
    typed: bool = False
    expected: int | None = None
