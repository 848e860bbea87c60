"""`custmaster circle form`: an empty form to print or fill in, or filled-in records of activities as one file that `circle review` reads."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from custmaster.circle.activity import ActivityRecord
from custmaster.cli.inputs import write_text
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import UnusableInput
from custmaster.report.circle_forms import read_activity_form, write_activity_form, write_registration_form
from custmaster.wire._circle_rows import speech_cell
from custmaster.wire._sheets import words_cell

__all__ = ["add", "run"]

_EMPTY: Final[Mapping[str, Callable[..., None]]] = MappingProxyType(
    {"activity": write_activity_form, "registration": write_registration_form}
)
_LISTS: Final = ("attending", "tools", "attachments")
_TEXTS: Final = ("number", "topic", "sequence", "place", "chair", "recorder", "content", "conclusion")


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the question."""
    verb = verbs.add_parser(
        "form", parents=[common], help="print an empty form, or gather filled-in ones", allow_abbrev=False
    )
    what = verb.add_mutually_exclusive_group(required=True)
    what.add_argument("--empty", choices=tuple(_EMPTY), help="write an empty form (.xlsx)")
    what.add_argument("--read", nargs="+", metavar="FORM", help="filled-in records of activities (.xlsx)")
    verb.add_argument("--out", required=True, metavar="FILE", help="the form (.xlsx), or the activities (.jsonl)")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Always 0; 2 (by the caller) for a form that cannot be read."""
    out = Path(arguments.out)
    if arguments.empty is not None:
        _ending(out, ".xlsx")
        _EMPTY[arguments.empty](out, lang=screen.lang)
        records = 0
    else:
        _ending(out, ".jsonl")
        read = [read_activity_form(Path(name)) for name in arguments.read]
        write_text(arguments.out, "".join(json.dumps(_row(one), ensure_ascii=False) + "\n" for one in read))
        records = len(read)
    screen.result({"out": arguments.out, "records": records})
    screen.say(f"已写入 {arguments.out}", f"written to {arguments.out}")
    return 0


def _ending(path: Path, ending: str) -> None:
    if path.suffix.lower() != ending:
        raise UnusableInput(path.name, problem="the ending tells another format", remedy=f"let it end in {ending}")


def _row(record: ActivityRecord) -> dict[str, str]:
    """A row of a file of activities, as `custmaster.wire.circle_files` reads it."""
    return {
        **{name: str(getattr(record, name)) for name in _TEXTS},
        **{name: words_cell(getattr(record, name)) for name in _LISTS},
        "on": record.on.isoformat(),
        "step": record.step.value,
        "absences": words_cell(f"{one.staff}:{one.why}" for one in record.absences),
        "speeches": speech_cell(record.speeches, (*record.attending, *(one.staff for one in record.absences))),
    }
