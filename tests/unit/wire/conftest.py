"""A table written in the format that the ending of its name says, for tests that read it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest


def _written(path: Path, rows: Sequence[dict[str, str]]) -> None:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    match path.suffix:
        case ".jsonl":
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        case ".parquet":
            arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
            parquet.write_table(arrow.Table.from_pylist(list(rows)), path)
        case ".xlsx":
            with pytest.importorskip("xlsxwriter").Workbook(path) as book:
                sheet = book.add_worksheet()
                for place, cells in enumerate(lines):
                    sheet.write_row(place, 0, cells)
        case ending:
            mark = {".csv": ",", ".tsv": "\t"}[ending]
            path.write_text("".join(mark.join(cells) + "\n" for cells in lines), encoding="utf-8")


@pytest.fixture(scope="session")
def write_table() -> Callable[[Path, Sequence[dict[str, str]]], None]:
    return _written
