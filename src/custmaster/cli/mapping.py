"""`custmaster map FILE`: draft the mapping of a customer file from its header."""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path
from typing import Final

from custmaster.cli.inputs import write_text
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import UnusableInput
from custmaster.wire import draft, open_table

__all__ = ["add", "run"]

_SAMPLE: Final = 1000
"""Rows looked at to guess how dates are written."""


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser("map", parents=[common], help="draft a mapping file from a header", allow_abbrev=False)
    verb.add_argument("file", help="CSV, JSON Lines, Parquet or .xlsx")
    verb.add_argument("--out", metavar="FILE", help="write the draft there instead of showing it")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Always 0: a draft is for a person to read and mend."""
    if arguments.out and Path(arguments.out).exists() and Path(arguments.out).samefile(arguments.file):
        raise UnusableInput(
            arguments.out,
            problem="the draft would overwrite the file that it is drafted from",
            remedy="name another file",
        )
    with open_table(Path(arguments.file), None) as table:
        drafted = draft(table.header, [row.cells for row in islice(table.rows, _SAMPLE)])
    if arguments.out:
        write_text(arguments.out, drafted)
        screen.say(f"草稿已写入 {arguments.out},请核对后使用", f"the draft is in {arguments.out}: read it before use")
    else:
        screen.show(drafted)
    screen.result({"file": arguments.file, "out": arguments.out, "mapping": drafted})
    return 0
