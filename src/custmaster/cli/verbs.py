"""What a verb is declared with: a parser that repeats nothing of what was typed, since names and numbers are typed."""

from __future__ import annotations

import argparse
import re
from typing import Final, NoReturn, TypeAlias

__all__ = ["Parser", "Verbs"]

_CHOICES: Final = " (choose from"
_REPEATS: Final = ("unrecognized arguments", "invalid choice", "ignored explicit argument", "ambiguous option")
"""The beginnings of those messages of argparse that go on with the reader's own words."""
_OPTION: Final = re.compile(r"(?<!\S)--[a-z]+(?:-[a-z]+)*(?![^\s=])")
"""A word that can be nothing but an option's name: it may be repeated."""


def _without_the_words(message: str) -> str:
    """The message up to the words that it repeats, and the choices or the options that follow them.

    >>> _without_the_words("argument --sex: invalid choice: '王伟' (choose from 'MALE', 'FEMALE')")
    "argument --sex: invalid choice (choose from 'MALE', 'FEMALE')"
    >>> _without_the_words("unrecognized arguments: 王伟 --mapping m.toml")
    'unrecognized arguments --mapping'
    """
    for beginning in _REPEATS:
        before, found, after = message.partition(beginning)
        if found:
            choices = after.rpartition(_CHOICES)
            options = "".join(f" {option}" for option in _OPTION.findall(after) if not choices[1])
            return before + found + (choices[1] + choices[2] if choices[1] else options)
    return message


class Parser(argparse.ArgumentParser):
    """The parser of argparse, whose messages hold no argument: a slip in an option must not show the name behind it."""

    def error(self, message: str) -> NoReturn:
        """Usage and message on standard error; exit code 2."""
        super().error(_without_the_words(message))


# argparse has no public name for what add_subparsers gives, and only type checkers know it as generic.
Verbs: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
