"""One worker process of a run: `python -m custmaster.batch.worker`, spoken to by `custmaster.batch.crew` and by nobody else."""

from __future__ import annotations

import base64
import gc
import json
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from custmaster.batch.crew import dump, load_column
from custmaster.batch.rules import rules_named
from custmaster.batch.tasks import Share, Source, judge_pairs, kinds_of, meeting_texts
from custmaster.errors import UnusableInput

__all__ = ["main"]


def main() -> None:
    """Reads its source, then does each task that comes until there are no more."""
    gc.disable()  # nothing here goes in circles, and the collector would walk every text of a chunk
    spoken = json.loads(sys.stdin.readline())
    mapping = pickle.loads(base64.b64decode(spoken["mapping"]))  # noqa: S301 -- from the process that started this one
    source = Source(path=Path(spoken["path"]), mapping=mapping, rules=rules_named(spoken["rules"]))
    folder = Path(spoken["folder"])
    for line in sys.stdin:
        task = json.loads(line)
        try:
            said = _TASKS[task["do"]](source, folder, task)
        except UnusableInput as problem:
            said = {"unusable": problem.as_arguments()}
        _say(said)


def _say(said: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _told(done: int) -> None:
    _say({"done": done})


def _texts(source: Source, folder: Path, task: Mapping[str, Any]) -> dict[str, object]:
    met = meeting_texts(source, Share(index=task["index"], of=task["of"]), _told)
    dump(met.rows, folder / "rows")
    dump(met.digests, folder / "digests")
    records = [record for _, some in met.records for record in some]
    joined = "\x00".join(records)
    if joined.count("\x00") >= max(len(records), 1):
        joined = "\x00".join(record.replace("\x00", "\ufffd") for record in records)
    (folder / "records").write_text(joined, encoding="utf-8", errors="surrogatepass", newline="")
    return {"chunks": [(first, len(some)) for first, some in met.records]}


def _judge(source: Source, folder: Path, task: Mapping[str, Any]) -> dict[str, object]:
    del task
    judged = judge_pairs(source, load_column(folder / "left"), load_column(folder / "right"), _told)
    for name, column in (("left", judged.left), ("right", judged.right), ("found", judged.found)):
        dump(column, folder / name)
    return {"findings": judged.findings}


def _kinds(source: Source, folder: Path, task: Mapping[str, Any]) -> dict[str, object]:
    del folder
    return {"kinds": list(kinds_of(source, dict(task["blocks"])).items())}


_TASKS = {"texts": _texts, "judge": _judge, "kinds": _kinds}

if __name__ == "__main__":
    main()
