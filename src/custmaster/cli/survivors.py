"""The part of `custmaster dedupe` that writes the record which is left of each automatic cluster."""

from __future__ import annotations

import argparse
from pathlib import Path

from attrs import frozen

from custmaster.batch import Deduped
from custmaster.batch.results import check_place
from custmaster.batch.survivors import check_survivors, write_survivors
from custmaster.cli.inputs import read_text
from custmaster.dedup.survivorship_file import BY_COMPLETENESS, SurvivorshipFile, parse
from custmaster.errors import UnusableInput
from custmaster.wire import FileMapping

__all__ = ["Survivors", "survivors_of"]


@frozen(kw_only=True)
class Survivors:
    """Where they go, and how they are made."""

    path: Path
    file: Path
    mapping: FileMapping
    rules: SurvivorshipFile
    reveal: bool

    def write(self, found: Deduped) -> int:
        """Write them; how many."""
        return write_survivors(self.path, found, (self.file, self.mapping), rules=self.rules, reveal=self.reveal)


def survivors_of(arguments: argparse.Namespace, file: Path, mapping: FileMapping | None) -> Survivors | None:
    """What is asked for, None when nothing is; all that can be wrong is told before any work is done. Errors: UnusableInput."""
    if arguments.survivors is None:
        for option in ("survivorship", "reveal"):
            if getattr(arguments, option):
                raise UnusableInput("custmaster dedupe", problem=f"--{option} goes with --survivors alone")
        return None
    if mapping is None:
        raise UnusableInput("custmaster dedupe", problem="--survivors needs a customer file and its --mapping")
    path = Path(arguments.survivors)
    check_place(path, file)
    rules = BY_COMPLETENESS
    if arguments.survivorship is not None:
        rules = parse(read_text(arguments.survivorship), arguments.survivorship)
    check_survivors(file, mapping, rules)
    return Survivors(path=path, file=file, mapping=mapping, rules=rules, reveal=arguments.reveal)
