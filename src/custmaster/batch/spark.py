"""The engine spark: a run through Spark on this machine, and the same steps for a host's own cluster (extra `spark`).

Texts and verdicts come from the functions of the other engines, in Spark's Python workers; Spark joins and groups.
"""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Self

from attrs import field, frozen

from custmaster.batch.crew import SEED, judged_in
from custmaster.batch.steps import Run
from custmaster.batch.tasks import Judged, Source
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.wire._hands import Hand

__all__ = ["InSpark", "SparkMet", "spark_folder"]

Told = Callable[[int], None]


@frozen(kw_only=True)
class SparkMet:
    """How many pairs of how many rows; kind, size and first row of each block that was too large; and beside a stock two things more.

    `unsure` are the new rows of which nothing can be said, `known` the keys of the rows of the stock that share a text with a new one.
    """

    pairs: int
    rows: int
    capped: Sequence[tuple[str, int, int]]
    unsure: frozenset[int] = frozenset()
    known: Mapping[int, str] = field(factory=dict[int, str], repr=False)


class InSpark:
    """One run, to be used in a `with`: Spark starts when the first step is asked for, and ends with the block.

    Errors: UnusableInput without the packages or Java, CustmasterError for tables that another process cannot find.
    """

    def __init__(self, sources: Sequence[Source], folder: Path, run: Run) -> None:
        self._folder: Final = folder
        rules = sources[0].rules.spoken
        if rules is None:
            raise CustmasterError(
                "the engine spark judges by rules that have a name, not by tables made in this process"
            )
        _check()
        self._hand: Final = Hand("custmaster.batch.spark_worker", SEED)
        files = [(str(one.path.absolute()), pickle.dumps(one.mapping).hex()) for one in sources]
        how = {"workers": run.workers, "memory": run.memory, "cap": run.largest_block}
        self._hand.give({"files": files, "rules": rules, "folder": str(folder), **how})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._hand.stop(failed=problem[0] is not None)

    def texts(self, told: Told) -> list[str]:
        """The host's key of each row of the first file."""
        records: list[str] = self._done("texts", told)["records"]
        return records

    def stock(self, told: Told) -> None:
        """Read the second file."""
        self._done("stock", told)

    def meet(self) -> SparkMet:
        """Which rows share a text."""
        answer = self._done("meet", lambda done: None)
        capped = [(str(kind), int(rows), int(first)) for kind, rows, first in answer["capped"]]
        return SparkMet(
            pairs=answer["pairs"],
            rows=answer["rows"],
            capped=sorted(capped),
            unsure=frozenset(answer.get("unsure", ())),
            known=dict(answer.get("known", ())),
        )

    def judged(self, rows: int, told: Told) -> Judged:
        """What was found of the pairs."""
        answer = self._done("judge", told)
        told(rows)
        return judged_in(self._folder, answer)

    def _done(self, task: str, told: Told) -> dict[str, Any]:
        self._hand.give({"do": task})
        return self._hand.answer(told)


def _check() -> None:
    """Whether Spark can be started, asked before any work is done."""
    absent = [name for name in ("pyspark", "pyarrow", "pandas") if find_spec(name) is None]
    if absent:
        raise UnusableInput(
            "engine spark",
            problem=f"it needs the packages {', '.join(absent)}",
            remedy="pip install 'custmaster[spark]', or take the engine duckdb",
        )
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") if home is None else shutil.which("java", path=str(Path(home, "bin")))):
        raise UnusableInput(
            "engine spark",
            problem="it needs Java, and there is none",
            remedy="install Java 17 or 21 and set JAVA_HOME, or take the engine duckdb",
        )


@contextmanager
def spark_folder(temporary: Path | None) -> Generator[Path]:
    """A folder for Spark, whose Java machine may still be clearing up when a run has failed."""
    with tempfile.TemporaryDirectory(prefix="custmaster-", dir=temporary, ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()
