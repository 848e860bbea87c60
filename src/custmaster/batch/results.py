"""What a run leaves: each row with its clusters, as CSV or Parquet, whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from custmaster.batch.check_new import CheckedNew
from custmaster.batch.dedupe import Deduped
from custmaster.batch.engines import column
from custmaster.batch.key_column import KeyColumn
from custmaster.errors import UnusableInput
from custmaster.wire._in_place import moved_in_place, written_whole

__all__ = ["check_place", "clusters_by_column", "new_by_column", "write_clusters", "write_columns", "write_new"]

_ENDINGS: Final = (".csv", ".parquet")
_WHAT: Final = "the clusters"
_CLUSTERS: Final = {"cluster_auto": False, "cluster_review": True}
"""The columns of clusters: whether they are by REVIEW links as well."""


def check_place(path: Path, source: Path) -> None:
    """Whether clusters can be written here, asked before any work is done. Errors: UnusableInput."""
    if path.suffix.lower() not in _ENDINGS:
        raise UnusableInput(path.name, problem="it is written as .csv or .parquet", remedy="name such a file")
    if not path.parent.is_dir():
        raise UnusableInput(path.name, problem="the folder it is to be written to is not there", remedy="make it first")
    if path.exists() and path.samefile(source):
        raise UnusableInput(path.name, problem="it would overwrite the file that is read", remedy="name another")


def write_clusters(path: Path, found: Deduped, source: Path) -> None:
    """One line for each row, in file order: its record, `cluster_auto`, which alone may be merged unattended, and `cluster_review`.

    Errors: UnusableInput for a place that cannot be written, or for Parquet without the package pyarrow.
    """
    if path.suffix.lower() != ".parquet" or found.kept is not None:
        write_columns(path, clusters_by_column(found), source)
        return
    check_place(path, source)
    pa = _arrow(path)
    records = found.records.cells if isinstance(found.records, KeyColumn) else _texts(pa, found.records)
    # A name of a cluster is a record's: each is made a cell once, and taken where it stands.
    columns = {"record": records} | {
        name: records.take(column(pa, found.leaders(review=review))) for name, review in _CLUSTERS.items()
    }
    _parquet(path, pa.table(columns), _WHAT)


def clusters_by_column(found: Deduped) -> dict[str, Sequence[str]]:
    """What `write_clusters` writes, by the names of the columns."""
    clusters = {name: found.clusters(review=review) for name, review in _CLUSTERS.items()}
    return {"record": found.records, **clusters}


def write_new(path: Path, found: CheckedNew, source: Path) -> None:
    """One line for each new row, in file order: its record, its verdict, the customer whom it is or may be with the evidence, its clusters.

    Customer and evidence are those of its strongest link with the stock. Errors: as `write_clusters`.
    """
    write_columns(path, new_by_column(found), source)


def new_by_column(found: CheckedNew) -> dict[str, Sequence[str]]:
    """What `write_new` writes, by the names of the columns."""
    links = list(found.strongest())
    return {
        "record": found.records,
        "verdict": [str(verdict) for verdict in found.verdicts],
        "customer": ["" if link is None else link.right for link in links],
        "evidence": ["" if link is None else link.evidence for link in links],
        "cluster_auto": found.clusters(review=False),
        "cluster_review": found.clusters(review=True),
    }


def write_columns(path: Path, columns: Mapping[str, Sequence[str]], source: Path, what: str = _WHAT) -> None:
    """Columns of one length, whole or not at all; `what` names them in messages. Errors: as `write_clusters`."""
    check_place(path, source)
    if path.suffix.lower() == ".csv":
        _csv(path, columns, source, what)
    else:
        pa = _arrow(path)
        _parquet(path, pa.table({name: _texts(pa, values) for name, values in columns.items()}), what)


def _csv(path: Path, columns: Mapping[str, Sequence[str]], source: Path, what: str) -> None:
    with written_whole(path, source, what) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _parquet(path: Path, table: Any, what: str) -> None:
    parquet: Any = import_module("pyarrow.parquet")
    with moved_in_place(path, what) as beside:
        parquet.write_table(table, beside)


def _arrow(path: Path) -> Any:
    """The package pyarrow."""
    try:
        return import_module("pyarrow")
    except ImportError:
        raise UnusableInput(
            path.name, problem="writing Parquet needs the package pyarrow", remedy="pip install 'custmaster[duckdb]'"
        ) from None


def _texts(pa: Any, values: Sequence[str]) -> Any:
    """A column of texts; half a surrogate pair, which JSON can carry and Parquet cannot, is written as in CSV, by its number."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([value.encode(errors="backslashreplace").decode() for value in values], pa.string())
