"""Who is in a table in memory twice, and which of its rows are customers already: as `custmaster.batch` tells of files with these rows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from attrs import field, frozen

from custmaster.batch import STOCK, CheckedNew, Deduped, Rules, Run, check_new, dedupe
from custmaster.batch.results import clusters_by_column, new_by_column
from custmaster.frames._tables import library_of, table_of, written
from custmaster.wire.mapping import FileMapping

__all__ = ["CheckedFrame", "DedupedFrame", "check_new_frame", "dedupe_frame"]


@frozen(kw_only=True)
class DedupedFrame:
    """What was found, and its clusters as a table of the caller's library: record, cluster_auto, cluster_review, in row order."""

    found: Deduped = field(repr=False)
    clusters: Any = field(repr=False)


@frozen(kw_only=True)
class CheckedFrame:
    """What was found of the new rows, and as a table of the caller's library: record, verdict, customer, evidence and both clusters."""

    found: CheckedNew = field(repr=False)
    rows: Any = field(repr=False)


def dedupe_frame(frame: Any, mapping: FileMapping, *, rules: Rules = STOCK, run: Run | None = None) -> DedupedFrame:
    r"""Which rows of a table are the same customer, and which may be, as `dedupe` tells of a Parquet file with these rows.

    Takes a table in memory that narwhals knows, such as one of pandas, polars or Arrow; an index is no column. Mapped columns hold texts or
    dates, for a number has lost its leading zeros; the host's key may be whole numbers. The cells lie in a private folder meanwhile.
    Errors: UnusableInput for other tables and columns, or where a package is missing (extra `frames`); never with a cell's value.
    Source: R-54; requirements.md B6.

    >>> import pyarrow as pa
    >>> from custmaster.batch import EngineName
    >>> from custmaster.wire import load_mapping
    >>> mapping = load_mapping('[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"', "m.toml")
    >>> rows = pa.table({"id": [7, 3], "name": ["张伟", "張 偉"], "mobile": ["13800001234", "138 0000 1234"]})
    >>> made = dedupe_frame(rows, mapping, run=Run(engine=EngineName.PYTHON, workers=1))
    >>> made.clusters.to_pylist()[0]
    {'record': '7', 'cluster_auto': '7', 'cluster_review': '3'}
    """
    run = run or Run()
    library = library_of(frame)
    with TemporaryDirectory(prefix="custmaster-", dir=run.temporary) as folder:
        path = Path(folder) / "table.parquet"
        written(frame, mapping, path)
        found = dedupe(path, mapping, rules=rules, run=run)
    return DedupedFrame(found=found, clusters=table_of(clusters_by_column(found), library))


def check_new_frame(
    frame: Any, master: Any, mapping: FileMapping, *, rules: Rules = STOCK, run: Run | None = None
) -> CheckedFrame:
    r"""Which rows of a day's table are in the stock already, and which of them are one customer, as `check_new` tells of files.

    `master` is a table or the path of a file, with the same columns, or a pair of one and its own mapping. Errors: as `dedupe_frame` and
    `check_new`. Source: R-54; requirements.md B6.

    >>> import pyarrow as pa
    >>> from custmaster.batch import EngineName
    >>> from custmaster.wire import load_mapping
    >>> mapping = load_mapping('[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"', "m.toml")
    >>> stock = pa.table({"id": ["7000000001"], "name": ["张伟"], "mobile": ["13800001234"]})
    >>> today = pa.table({"id": ["1", "2"], "name": ["張 偉", "李娜"], "mobile": ["138 0000 1234", None]})
    >>> made = check_new_frame(today, stock, mapping, run=Run(engine=EngineName.PYTHON, workers=1))
    >>> made.rows.to_pydict()["verdict"]
    ['SUSPECT', 'UNDECIDABLE']
    """
    run = run or Run()
    library = library_of(frame)
    stock, of_stock = cast("tuple[Any, FileMapping]", master) if isinstance(master, tuple) else (master, mapping)
    with TemporaryDirectory(prefix="custmaster-", dir=run.temporary) as folder:
        path, beside = Path(folder) / "table.parquet", Path(folder) / "stock.parquet"
        written(frame, mapping, path)
        if isinstance(stock, Path):
            beside = stock
        else:
            written(stock, of_stock, beside)
        found = check_new(path, (beside, of_stock), mapping, rules=rules, run=run)
    return CheckedFrame(found=found, rows=table_of(new_by_column(found), library))
