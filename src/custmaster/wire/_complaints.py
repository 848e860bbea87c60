"""Everything that is wrong with a mapping file, gathered, each with its line and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from attrs import Factory, define

from custmaster.errors import UnusableInput

__all__ = ["Complaints", "closest", "key_lines"]

_HEADER: Final = re.compile(r"[ \t]*(\[\[?)[ \t]*([A-Za-z0-9_.\-]{1,200})[ \t]*\]\]?[ \t]*(?:#.*)?")
_KEY: Final = re.compile(r"[ \t]*\"?([A-Za-z0-9_\-]{1,100})\"?[ \t]*[.=].*")


def closest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, or an empty text when none is alike.

    >>> closest("nmae", ["name", "mobile"])
    'name'
    """
    return next(iter(get_close_matches(word, tuple(map(str, known)), n=1, cutoff=0.5)), "")


def key_lines(text: str) -> Mapping[str, int]:
    r"""The line of every key of a TOML text by its path; tomllib tells no lines.

    >>> key_lines('[fields]\nname = "n"\n[[documents]]\nnumber = "no"')["documents[0].number"]
    4
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            table = _counted(header[2], counts, repeated=header[1] == "[[")
            found.setdefault(table, number)
        elif key := _KEY.fullmatch(line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return found


def _counted(name: str, counts: dict[str, int], *, repeated: bool) -> str:
    if repeated:
        counts[name] = counts.get(name, -1) + 1
        return f"{name}[{counts[name]}]"
    first, dot, rest = name.partition(".")
    return f"{first}[{counts[first]}]{dot}{rest}" if first in counts else name


@define
class Complaints:
    """A gatherer: `add` what is wrong at a path, and `raise_any` at the end."""

    source: str
    lines: Mapping[str, int]
    gathered: list[tuple[int, str, str, str]] = Factory(list[tuple[int, str, str, str]])

    def add(self, path: str, problem: str, remedy: str) -> None:
        """Note one problem; the line is that of the path or of the nearest table around it."""
        self.gathered.append((self.line(path), path, problem, remedy))

    def unknown(self, path: str, key: str, known: Iterable[str]) -> None:
        """Note a key that means nothing here."""
        listed = tuple(known)
        near = closest(key, listed)
        remedy = f"did you mean {near!r}?" if near else f"write one of {', '.join(listed)}"
        self.add(f"{path}.{key}" if path else key, "means nothing here", remedy)

    def raise_any(self) -> None:
        """One UnusableInput that names every problem gathered, in the order of the lines; nothing when there is none."""
        if self.gathered:
            raise self.error()

    def error(self) -> UnusableInput:
        """That error, of at least one problem."""
        ordered = sorted(self.gathered, key=lambda one: one[0])
        if len(ordered) == 1:
            line, path, problem, remedy = ordered[0]
            return UnusableInput(self.source, problem=f"{path}: {problem}", where=f"line {line}", remedy=remedy)
        listed = "".join(f"\n  line {line}: {path}: {problem}; {remedy}" for line, path, problem, remedy in ordered)
        return UnusableInput(
            self.source, problem=f"{len(ordered)} things are wrong{listed}", where=f"line {ordered[0][0]}"
        )

    def line(self, path: str) -> int:
        """The line of the path, or of the nearest table around it; 1 when there is none."""
        while path and path not in self.lines:
            path = path.rpartition("[" if path.endswith("]") else ".")[0]
        return self.lines.get(path, 1)
