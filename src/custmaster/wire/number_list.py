"""Provisional numbers out: which record of a file was given which number."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from custmaster.errors import UnusableInput
from custmaster.wire._in_place import written_whole
from custmaster.wire.findings import safe_cell

__all__ = ["NUMBER_COLUMNS", "write_numbers"]

NUMBER_COLUMNS: Final = ("line", "record", "number")
"""The columns of a file of numbers, in order."""


@contextmanager
def write_numbers(path: Path, *, source: Path | None = None) -> Generator[Callable[[int, str, str], None]]:
    """A function that takes line, record and number, for use in a `with`; the CSV file stands there when the block ends well.

    It is written as a CSV of findings is. Errors: UnusableInput for another ending than `.csv`, or a place that cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder, "numbers.csv")
    ...     with write_numbers(target) as write:
    ...         write(2, "K-1", "6000000000")
    ...     target.read_text("utf-8-sig").split()
    ['"line","record","number"', '"2","K-1","6000000000"']
    """
    if path.suffix.lower() != ".csv":
        raise UnusableInput(path.name, problem="the numbers are written as CSV", remedy="let it end in .csv")
    with written_whole(path, source, "the numbers") as stream:
        stream.write("\ufeff")
        rows = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        rows.writerow(NUMBER_COLUMNS)

        def write(line: int, record: str, number: str) -> None:
            rows.writerow((line, safe_cell(record), number))

        yield write
