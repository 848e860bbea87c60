"""What the questions about merges ask of the roster (名单): the entries and the staff, as JSON Lines."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

from custmaster.cli.inputs import faults_of, read_text
from custmaster.desk.roster_facts import RosterBook
from custmaster.errors import InvalidValue, UnusableInput
from custmaster.wire import roster_entry_from_json, staff_from_json

__all__ = ["add_book", "load_book"]

R = TypeVar("R")


def add_book(verb: argparse.ArgumentParser) -> None:
    """The options by which a roster is named."""
    verb.add_argument("--roster", metavar="FILE", help="the roster entries of both, JSON Lines (default: none is kept)")
    verb.add_argument("--staff", metavar="FILE", help="the staff that stand at them, JSON Lines")


def load_book(arguments: argparse.Namespace) -> RosterBook | None:
    """The entries and the staff that were named; None says that no roster is kept.

    Errors: UnusableInput with the first line that cannot be read, and never with a value, and for a number that stands twice.
    """
    if arguments.roster is None:
        if arguments.staff is not None:
            raise UnusableInput("--staff", problem="there is no roster", remedy="name it: --roster FILE")
        return None
    entries = _lines(arguments.roster, roster_entry_from_json)
    staff = [] if arguments.staff is None else _lines(arguments.staff, staff_from_json)
    try:
        return RosterBook(entries=entries, staff=staff)
    except InvalidValue as fault:
        raise UnusableInput("--roster", problem=str(fault)) from None


def _lines(name: str, reader: Callable[[str], R]) -> list[R]:
    return [_read(name, place, line, reader) for place, line in enumerate(read_text(name).split("\n"), 1) if line]


def _read(name: str, place: int, line: str, reader: Callable[[str], R]) -> R:
    try:
        return reader(line)
    except ExceptionGroup as group:
        raise UnusableInput(name, problem=f"line {place}: {faults_of(group)}") from None
