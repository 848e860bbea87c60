"""What several verbs ask of the outside world: the day, a text file, the handbook."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Final

from custmaster.errors import InvalidValue, UnusableInput
from custmaster.handbook import Handbook, default, parse

__all__ = [
    "a_count",
    "a_day",
    "a_size",
    "as_of",
    "faults_of",
    "handbook_text",
    "load_handbook",
    "read_text",
    "write_text",
]

_MOST_SHOWN: Final = 5
_MOST: Final = 64
"""Processes that anybody may ask for."""
_SIZE: Final = re.compile("[1-9][0-9]{0,6} ?[MG]i?B", re.IGNORECASE)


def a_day(text: str) -> date:
    """A day among the arguments, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD") from None


def as_of(arguments: argparse.Namespace) -> date:
    """The day given by --as-of, else today: the one place where the library looks at a clock."""
    given: date | None = arguments.as_of
    return given if given is not None else date.today()  # noqa: DTZ011 -- a person at a keyboard means today


def read_text(name: str) -> str:
    """A mapping or handbook file, always UTF-8; errors: UnusableInput."""
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except OSError as failure:
        raise UnusableInput(
            name, problem=failure.strerror or "cannot be read", remedy="check the name of the file"
        ) from None
    except UnicodeDecodeError:
        raise UnusableInput(name, problem="it is not written in UTF-8", remedy="save it as UTF-8") from None


def load_handbook(arguments: argparse.Namespace) -> Handbook:
    """The handbook named by --handbook, else the packaged one."""
    if arguments.handbook is None:
        return default()
    return parse(read_text(arguments.handbook), source=arguments.handbook)


def faults_of(group: ExceptionGroup[Exception]) -> str:
    """The first faults of a record that was read, each with its path and never a value, and how many more there are."""
    faults = [str(one) for one in group.exceptions if isinstance(one, InvalidValue)]
    more = f"; and {len(faults) - _MOST_SHOWN} more" if len(faults) > _MOST_SHOWN else ""
    return "; ".join(faults[:_MOST_SHOWN]) + more


def handbook_text(arguments: argparse.Namespace) -> tuple[str, str] | None:
    """The text of that handbook and its name, for another process; None for the packaged one."""
    return None if arguments.handbook is None else (read_text(arguments.handbook), arguments.handbook)


def a_count(text: str) -> int:
    """How many processes, among the arguments: 1 or more."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST):
        raise argparse.ArgumentTypeError(f"it is a number from 1 to {_MOST}")
    return int(text)


def a_size(text: str) -> str:
    """How much memory, among the arguments: a whole number with MB, GB, MiB or GiB.

    >>> a_size("2GB")
    '2GB'
    """
    if _SIZE.fullmatch(text) is None:
        raise argparse.ArgumentTypeError("it is written 500MB or 2GB")
    return text


def write_text(name: str, text: str) -> None:
    """A small text file in UTF-8 with plain line ends; errors: UnusableInput."""
    try:
        Path(name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as failure:
        raise UnusableInput(
            name, problem=failure.strerror or "cannot be written", remedy="choose another place"
        ) from None
