"""One worker process of a run: `python -m custmaster.batch.worker`, spoken to by `custmaster.batch.crew` and by nobody else."""

from __future__ import annotations

import base64
import gc
import os
import pickle
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve

from custmaster.batch.crew import dump, load_column
from custmaster.batch.rules import rules_named
from custmaster.batch.tasks import Met, Share, Source, judge_pairs, kinds_of, meeting_texts, other_texts
from custmaster.wire._hands import Task, serve, tell_progress

__all__ = ["main"]


def main() -> None:
    """Reads which files it has to do with, then does each task that comes until there are no more."""
    gc.disable()  # nothing here goes in circles, and the collector would walk every text of a chunk
    serve(_begin)


def _begin(told: Mapping[str, Any]) -> Mapping[str, Task]:
    rules = rules_named(told["rules"])
    sources = [
        Source(path=Path(path), mapping=_mapping(text), rules=rules, plain=plain) for path, text, plain in told["files"]
    ]
    return {name: partial(task, sources, Path(told["folder"])) for name, task in _TASKS.items()}


def _mapping(text: str) -> Any:
    return pickle.loads(base64.b64decode(text))  # noqa: S301 -- from the process that started this one


def _texts(sources: list[Source], folder: Path, task: Mapping[str, Any]) -> dict[str, object]:
    return _met(meeting_texts(sources[0], Share(index=task["index"], of=task["of"]), tell_progress), folder)


def _among(sources: list[Source], folder: Path, task: Mapping[str, Any]) -> dict[str, object]:
    sources[1] = evolve(sources[1], first=task["first"])
    only = frozenset(load_column(folder / "only"))
    return _met(meeting_texts(sources[1], Share(index=task["index"], of=task["of"]), tell_progress, only), folder)


def _others(sources: list[Source], folder: Path, task: Mapping[str, Any]) -> dict[str, object]:
    del task
    return _met(other_texts(sources[0], load_column(folder / "only"), tell_progress), folder)


def _met(met: Met, folder: Path) -> dict[str, object]:
    dump(met.rows, folder / "rows")
    dump(met.digests, folder / "digests")
    records = [record for _, some in met.records for record in some]
    joined = "\x00".join(records)
    if joined.count("\x00") >= max(len(records), 1):
        joined = "\x00".join(record.replace("\x00", "\ufffd") for record in records)
    (folder / "records").write_text(joined, encoding="utf-8", errors="surrogatepass", newline="")
    return {"chunks": [(first, len(some)) for first, some in met.records]}


def _judge(sources: list[Source], folder: Path, task: Mapping[str, Any]) -> dict[str, object]:
    del task
    judged = judge_pairs(sources, load_column(folder / "left"), load_column(folder / "right"), tell_progress)
    for name, column in (("left", judged.left), ("right", judged.right), ("found", judged.found)):
        dump(column, folder / name)
    return {"findings": judged.findings, "apart": judged.apart, "large": judged.large}


def _kinds(sources: list[Source], folder: Path, task: Mapping[str, Any]) -> dict[str, object]:
    del folder
    return {"kinds": list(kinds_of(sources[0], dict(task["blocks"])).items())}


_TASKS = {"texts": _texts, "others": _others, "among": _among, "judge": _judge, "kinds": _kinds}

if __name__ == "__main__":
    main()
    os._exit(0)  # all was said; to take apart piece by piece what the rows left would take longer than the start did
