"""The process of a run that speaks to Spark: `python -m custmaster.batch.spark_worker`, told by `custmaster.batch.spark` and nobody else.

Spark stands behind a process of its own, so that neither its Java machine nor its words on standard output and error are the caller's.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from custmaster.batch.crew import dump
from custmaster.batch.host_keys import key_columns, key_reader
from custmaster.batch.judging import tangles
from custmaster.batch.rules import rules_named, sides_of
from custmaster.batch.spark_rows import Reading, Rows, columns_of, reading_of
from custmaster.batch.spark_steps import (
    Linked,
    apart_in,
    capped_kinds,
    found_in,
    linked,
    negatives,
    schema_of,
    verdicts,
)
from custmaster.dedup.evidence import Finding
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.wire._hands import Task, serve, tell_progress
from custmaster.wire.readers import open_table

__all__ = ["main", "settings"]

_SHARES: Final = 8
"""Into how many parts a file is cut, and what is joined: few, for each is a start of its own, and enough to be small."""
_HEAP: Final = "2g"


def settings(folder: Path, workers: int, memory: str | None) -> dict[str, str]:
    """How Spark is set: this machine alone, no ports but loopback, UTC, and its files in the folder of the run.

    >>> made = settings(Path("run"), 2, "1500 MB")
    >>> made["spark.master"], made["spark.driver.memory"], made["spark.ui.enabled"]
    ('local[2]', '1500m', 'false')
    """
    return {
        "spark.master": f"local[{workers}]",
        "spark.app.name": "custmaster",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": _HEAP if memory is None else _java_size(memory),
        "spark.driver.maxResultSize": "0",
        "spark.driver.extraJavaOptions": f"-Duser.timezone=UTC -Djava.io.tmpdir={folder}",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder / "spill"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(_SHARES),
        "spark.sql.execution.arrow.maxRecordsPerBatch": "16384",
        "spark.sql.parquet.compression.codec": "lz4",
    }


def _java_size(memory: str) -> str:
    """As Java writes a size."""
    return re.sub(" ?(?i:([MG])i?B)$", lambda found: found[1].lower(), memory)


def main() -> None:
    """Reads which files it has to do with, starts Spark, does each task that comes, and ends Spark."""
    sys.stdout = os.fdopen(
        os.dup(1), "w", encoding="utf-8"
    )  # what is said to the caller; the rest of standard output is silenced
    serve(_begin)
    for job in _JOBS:
        job.end()


_JOBS: Final[list[_Job]] = []


def _begin(told: Mapping[str, Any]) -> Mapping[str, Task]:
    # Whatever Spark says may hold values of customers: it goes into the folder of the run, and with it.
    said = os.open(Path(told["folder"], "said"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(said, 1)
    os.dup2(said, 2)
    job = _Job(told)
    _JOBS.append(job)
    return {name: partial(_guarded, job, task) for name, task in _TASKS.items()}


def _guarded(job: _Job, task: Callable[[_Job], dict[str, object]], told: Mapping[str, Any]) -> dict[str, object]:
    """The task; what Spark says of its failure is told without a value of a customer."""
    errors: tuple[type[Exception], ...] = (
        import_module("pyspark.errors").PySparkException,
        import_module("py4j.protocol").Py4JError,
    )
    try:
        return task(job)
    except errors as problem:
        raise job.unusable(problem) from None


class _Job:
    """The files of a run, their rows in Spark, and what was found so far."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told: Final = told
        self.folder: Final = Path(told["folder"])
        self.sources: Final[list[tuple[Reading, Any]]] = []
        self.first: int = 0
        self.met: Linked | None = None
        self._spark: Any = None

    @property
    def spark(self) -> Any:
        """The session, started when it is first asked for."""
        if self._spark is None:
            self._spark = _session(self.folder, self.told["workers"], self.told["memory"])
        return self._spark

    def add(self, path: str, packed: str) -> None:
        """Read a file into a frame of rows, and keep it."""
        mapping = pickle.loads(bytes.fromhex(packed))  # noqa: S301 -- from the process that started this one
        with open_table(Path(path), mapping) as table:
            sides_of(rules_named(self.told["rules"]), mapping, table)
            reading = reading_of(table, mapping, self.told["rules"])
        read = Rows(reading=reading, path=path, of=_SHARES, first=self.first, folder=str(self.folder))
        shares = self.spark.range(0, _SHARES, 1, _SHARES)
        place = str(self.folder / f"rows{len(self.sources)}")
        shares.mapInArrow(read, schema_of(reading.header)).write.parquet(place)
        self.sources.append((reading, self.spark.read.schema(schema_of(reading.header)).parquet(place)))

    def records(self, rows: Any, reading: Reading) -> tuple[list[int], list[str]]:
        """Places and host's keys of the rows of a frame, in order."""
        mapping = reading.opened().mapping
        asked = [reading.header.index(column) for column in key_columns(mapping)]
        names = columns_of(reading.header)
        table = rows.select("place", *map(names.__getitem__, asked), "odd").orderBy("place").toArrow()
        places, *columns, odd = (table.column(at).to_pylist() for at in range(len(asked) + 2))
        for row, pack in enumerate(odd):
            if pack is not None:
                _, cells, _ = pickle.loads(pack)  # noqa: S301 -- packed by this run's own worker
                for column, at in zip(columns, asked, strict=True):
                    column[row] = cells[at] if cells else ""
        read = key_reader(mapping, [reading.header[at] for at in asked])
        return places, read(columns) if columns else [""] * len(places)

    def unusable(self, problem: Exception) -> UnusableInput:
        """What a reader said in one of Spark's workers, or that Spark gave up."""
        said = self.folder / "unusable"
        if said.is_file():
            return UnusableInput(**json.loads(said.read_text(encoding="utf-8")))
        kinds = re.findall(r"^([A-Za-z_.]{1,80}(?:Error|Exception|Input)\b)", str(problem), re.MULTILINE)
        kind = kinds[-1] if kinds else type(problem).__name__
        remedy = "give it more --memory, or take the engine duckdb"
        return UnusableInput("engine spark", problem=f"Spark gave up ({kind})", remedy=remedy)

    def end(self) -> None:
        """End Spark, and wait until its files are its own no more."""
        if self._spark is not None:
            gateway: Any = self._spark.sparkContext._gateway  # noqa: SLF001 -- PySpark has no other way to wait for its Java machine
            self._spark.stop()
            gateway.shutdown()
            gateway.proc.stdin.close()
            gateway.proc.wait()


def _session(folder: Path, workers: int, memory: str | None) -> Any:
    conf = folder / "conf"
    conf.mkdir()  # an empty one, so that no setting of this machine counts
    os.environ.pop("SPARK_HOME", None)
    os.environ |= {
        "SPARK_CONF_DIR": str(conf),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "TZ": "UTC",
    }
    builder: Any = import_module("pyspark.sql").SparkSession.builder
    for name, value in settings(folder, workers, memory).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _dumped(folder: Path, columns: Mapping[str, Sequence[int]]) -> None:
    for name, column in columns.items():
        dump(array("q", column), folder / name)


def _texts(job: _Job) -> dict[str, object]:
    """The rows of the first file and their keys."""
    job.add(*job.told["files"][0])
    reading, rows = job.sources[0]
    places, records = job.records(rows, reading)
    tell_progress(len(places))
    return {"records": records}


def _stock(job: _Job) -> dict[str, object]:
    """The rows of the second file, counted behind those of the first."""
    job.first = job.sources[0][1].count()
    job.add(*job.told["files"][1])
    tell_progress(job.sources[1][1].count())
    return {}


def _meet(job: _Job) -> dict[str, object]:
    """Which rows share a text: how many pairs and rows, and the blocks that were too large."""
    job.met = met = linked(job.sources, job.told["cap"], *([job.first] if len(job.sources) > 1 else []))
    capped = met.capped.collect()
    reading, rows = job.sources[0]
    kinds = capped_kinds(met.capped, reading, rows) if capped else {}
    (counted,) = job.spark.sql(_COUNTED, pairs=met.pairs).collect()
    said: dict[str, object] = {
        "pairs": counted.pairs,
        "rows": counted.rows,
        "capped": [(kinds[one.digest], one.rows, one.first) for one in capped],
    }
    return said | _beside(job, met) if len(job.sources) > 1 else said


_COUNTED: Final = """
SELECT (SELECT count(*) FROM {pairs}) AS pairs, (SELECT count(*) FROM (SELECT l FROM {pairs} UNION SELECT r FROM {pairs})) AS rows
"""
_SAID: Final = "SELECT DISTINCT place FROM {texts} WHERE place < :first"
_UNASKED: Final = "SELECT DISTINCT texts.place FROM {texts} AS texts LEFT SEMI JOIN {capped} AS capped ON texts.digest = capped.digest"
_KNOWN: Final = "SELECT rows.* FROM {rows} AS rows LEFT SEMI JOIN {texts} AS texts ON rows.place = texts.place"


def _beside(job: _Job, met: Linked) -> dict[str, object]:
    """The new rows of which nothing can be said, and the keys of the rows of the stock that share a text with a new one."""
    said = {row.place for row in job.spark.sql(_SAID, args={"first": job.first}, texts=met.texts).collect()}
    unasked = {row.place for row in job.spark.sql(_UNASKED, texts=met.texts, capped=met.capped).collect()}
    reading, rows = job.sources[1]
    known = job.spark.sql(_KNOWN, rows=rows, texts=met.texts)
    places, records = job.records(known, reading)
    unsure = [row for row in range(job.first) if row in unasked or row not in said]
    return {"unsure": unsure, "known": list(zip(places, records, strict=True))}


def _judge(job: _Job) -> dict[str, object]:
    """What was found of the pairs, in the order of the rows."""
    if job.met is None:
        raise CustmasterError("pairs are judged when they are known")
    found = found_in(_of_files(job, job.met.pairs, verdicts))
    places: dict[Finding, int] = {}
    which = [places.setdefault(finding, len(places)) for _, _, finding in found]
    columns = {"left": [one for one, _, _ in found], "right": [other for _, other, _ in found], "found": which}
    _dumped(job.folder, columns)
    strangers = tangles(found)
    apart = apart_in(job.spark, strangers, lambda pairs: _of_files(job, pairs, negatives))
    return {"findings": list(places), "apart": apart, "large": strangers.large}


def _of_files(job: _Job, pairs: Any, asked: Callable[..., Any]) -> Any:
    """What is found of pairs, of each two files apart: the rows of each have their own columns."""
    new = job.sources[0]
    if len(job.sources) == 1:
        return asked(pairs, new, new)
    stock, begin = job.sources[1], job.first
    found = asked(pairs.filter(f"r < {begin}"), new, new)
    found = found.unionByName(asked(pairs.filter(f"l < {begin} AND r >= {begin}"), new, stock))
    return found.unionByName(asked(pairs.filter(f"l >= {begin}"), stock, stock))


_TASKS: Final[Mapping[str, Callable[[_Job], dict[str, object]]]] = {
    "texts": _texts,
    "stock": _stock,
    "meet": _meet,
    "judge": _judge,
}

if __name__ == "__main__":
    main()
