"""What the questions about a roster (名单) ask of the outside world: its files, their mapping, the ledger of numbers."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from attrs import evolve

from custmaster.cli.inputs import as_of, load_handbook, read_text
from custmaster.cli.ledger import todays_numbers
from custmaster.cli.screen import Screen
from custmaster.errors import UnusableInput
from custmaster.wire.roster_files import RosterPaths, RosterRead, read_roster
from custmaster.wire.roster_mapping import ANYHOW, RosterMapping, load_roster_mapping
from custmaster.wire.roster_terms import RosterTerms
from custmaster.wire.roster_words import RosterFile

__all__ = [
    "add_files",
    "apart_from",
    "few_collections",
    "the_aliases",
    "the_mapping",
    "the_paths",
    "the_roster",
    "the_terms",
]

_COLLECTED: Final = 200_000
"""Objects made and not yet gone before the collector looks for cycles: a roster has none."""
_READ: Final = (
    "customers",
    "staff",
    "outlets",
    "assignments",
    "before",
    "candidates",
    "ledger",
    "mapping",
    "handbook",
)
"""The options that name a file to be read."""
_STAGES: Final = {
    # file: what a person reads while it is read
    RosterFile.CUSTOMERS: ("读取客户", "reading customers"),
    RosterFile.ASSIGNMENTS: ("读取分配", "reading assignments"),
    RosterFile.BEFORE: ("读取上次分配", "reading the last assignments"),
}


def add_files(verb: argparse.ArgumentParser) -> None:
    """The options by which the files are named."""
    verb.add_argument("--customers", required=True, metavar="FILE", help="the customers with their dated levels")
    verb.add_argument("--staff", required=True, metavar="FILE", help="the staff with their posts")
    verb.add_argument("--outlets", metavar="FILE", help="the outlets (default: those that staff and customers name)")
    verb.add_argument("--assignments", metavar="FILE", help="who maintains whom (default: nobody yet)")
    verb.add_argument(
        "--mapping",
        metavar="FILE",
        help="which column feeds which field (default: told by the headings, 中文 or English)",
    )
    verb.add_argument(
        "--ledger", metavar="FILE", help="the ledger of customer numbers (.jsonl): old ones become today's"
    )


def the_paths(arguments: argparse.Namespace) -> RosterPaths:
    """Where the files lie that `add_files` names."""
    return RosterPaths(
        customers=Path(arguments.customers),
        staff=Path(arguments.staff),
        outlets=None if arguments.outlets is None else Path(arguments.outlets),
        assignments=None if arguments.assignments is None else Path(arguments.assignments),
    )


def the_mapping(arguments: argparse.Namespace) -> RosterMapping:
    """The mapping that was named, if any."""
    return ANYHOW if arguments.mapping is None else load_roster_mapping(read_text(arguments.mapping), arguments.mapping)


def the_terms(arguments: argparse.Namespace) -> RosterTerms:
    """By what the files are read: the day, the handbook of the day, the mapping, and today's numbers."""
    day = as_of(arguments)
    return RosterTerms(
        page=load_handbook(arguments).on(day),
        day=day,
        mapping=the_mapping(arguments),
        aliases=the_aliases(arguments, day),
    )


def the_aliases(arguments: argparse.Namespace, day: date) -> Mapping[str, tuple[str, ...]]:
    """Today's numbers of old ones by the ledger that was named, if any."""
    none: dict[str, tuple[str, ...]] = {}
    return none if arguments.ledger is None else todays_numbers(Path(arguments.ledger), day)


def the_roster(paths: RosterPaths, terms: RosterTerms, screen: Screen) -> RosterRead:
    """All files as one roster, with a bar for each large one."""
    stages = {str(name): screen.pick(*shown) for name, shown in _STAGES.items()}
    with screen.stages(paths.customers.name, stages) as told:

        def progress(name: RosterFile, done: int, total: int | None) -> None:
            told(str(name), done, total or 0)

        return read_roster(paths, evolve(terms, progress=progress))


def apart_from(out: Path, arguments: argparse.Namespace) -> None:
    """UnusableInput when what is written would replace one of the files that are read."""
    for name in _READ if out.exists() else ():
        given = getattr(arguments, name, None)
        if given is not None and Path(given).exists() and out.samefile(given):
            raise UnusableInput(
                str(out), problem="it would overwrite a file that is read", remedy="name another place: --out"
            )


@contextmanager
def few_collections() -> Generator[None]:
    """While millions of values are made that never form a cycle, the collector looks for cycles less often."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
