"""From the TOML text of a handbook to the Handbook, or to all of its problems at once, each with key, line and remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, cast

from attrs import frozen

from custmaster.errors import Fault, InvalidValue, UnusableInput
from custmaster.handbook.book import Handbook
from custmaster.handbook.keys import KEYS, Key
from custmaster.handbook.kinds import DAY, TEXT, Kind, choice, columns, whole
from custmaster.handbook.locate import Lines, broken_at
from custmaster.handbook.timeline import Dated, Timeline, chain_faults
from custmaster.value._packaged import read_text

__all__ = ["Problem", "UnusableHandbook", "check", "default", "default_text", "parse"]

_LONGEST: Final = 2_000_000
_HEAD: Final = "handbook"
_EVIDENCE: Final = choice("S", "CODE", "RUN", "K", "S K", "EXAMPLE")
_NOTE: Final = TEXT
_ATTRIBUTES: Final[Mapping[str, Kind[object]]] = {
    "from": DAY,
    "until": DAY,
    "article": TEXT,
    "source": TEXT,
    "evidence": _EVIDENCE,
    "note": _NOTE,
}
_NEEDED: Final = ("from", "value", "article")
_MEANING: Final[Mapping[Fault, str]] = {
    Fault.ORDER: "ends before it begins",
    Fault.DUPLICATE: "two values begin on the same day",
    Fault.OVERLAP: "reaches into the days of the next value",
    Fault.GAP: "leaves days without a value before the next one begins",
}
_CHAIN_REMEDY: Final[Mapping[Fault, str]] = {
    Fault.ORDER: "until is the first day on which the value no longer holds",
    Fault.DUPLICATE: "keep one of them",
    Fault.OVERLAP: "leave out until: a value holds until the next one begins",
    Fault.GAP: "leave out until, or let the next value begin on that day",
}


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong with a handbook file: key, line (None when it cannot be found), what, and what to do."""

    key: str
    line: int | None
    fault: Fault
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.key) if part)
        return f"{place}: {self.problem}; {self.remedy}"


class UnusableHandbook(UnusableInput):
    """A handbook file that cannot be used, with ALL of its problems."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        where = f"line {first.line}" if first.line else first.key
        super().__init__(source, problem=first.problem, where=where, remedy=first.remedy)
        self.problems: Final = problems

    def __reduce__(self) -> tuple[type[UnusableHandbook], tuple[str, tuple[Problem, ...]]]:
        return type(self), (self.source, self.problems)

    def __str__(self) -> str:
        return "\n".join(f"{self.source}, {problem}" for problem in self.problems)


class _Reader:
    """Reads one text; gathers problems instead of stopping at the first."""

    def __init__(self, text: str, keys: Iterable[Key[Any]]) -> None:
        self.text = text
        self.keys = {key.name: key for key in keys}
        self.lines = Lines(text)
        self.problems: list[Problem] = []

    def problem(self, key: str, line: int | None, fault: Fault, problem: str, remedy: str) -> None:
        self.problems.append(Problem(key=key, line=line, fault=fault, problem=problem, remedy=remedy))

    def handbook(self) -> Handbook | None:
        """The handbook, or None when there are problems."""
        data = self.toml()
        if data is None:
            return None
        name, version = self.head(data.get(_HEAD))
        timelines = {
            key.name: timeline for key in self.keys.values() if (timeline := self.timeline(data, key)) is not None
        }
        self.unknown(data)
        return None if self.problems else Handbook(name=name, version=version, timelines=timelines)

    def toml(self) -> dict[str, Any] | None:
        if len(self.text) > _LONGEST:
            self.problem("", None, Fault.LENGTH, "the file is too long for a handbook", "is it another file?")
            return None
        try:
            return tomllib.loads(self.text)
        except (ValueError, RecursionError) as failure:
            # The parser's own sentence may quote the file, so only its place is taken over.
            line = broken_at(str(failure), self.text)
            self.problem(
                "",
                line,
                Fault.FORMAT,
                "this is not TOML",
                "look for a missing quote, bracket or equals sign, or a repeated name",
            )
            return None

    def head(self, raw: object) -> tuple[str, str]:
        kinds: Final[Mapping[str, Kind[object]]] = {"format": whole(1, 1), "name": TEXT, "version": TEXT}
        try:
            found = columns({} if raw is None else raw, kinds, needed=tuple(kinds))
        except InvalidValue as fault:
            line = self.lines.of(_HEAD, 0, fault.path)
            self.refused(_HEAD, line, fault, "the file begins with [handbook], format = 1, name and version")
            return "", ""
        return found["name"], found["version"]

    def refused(self, key: str, line: int | None, fault: InvalidValue, remedy: str = "") -> None:
        """Record what a reader of values refused."""
        bare = InvalidValue(fault.fault, path=fault.path, length=fault.length)
        self.problem(key, line, fault.fault, str(bare), fault.remedy or remedy)

    def timeline(self, data: Mapping[str, Any], key: Key[Any]) -> Timeline[Any] | None:
        """The key's timeline, or None when a problem was recorded for it."""
        before = len(self.problems)
        entries = [self.entry(key, place, raw) for place, raw in enumerate(self.tables(data, key))]
        dated = [(place, entry) for place, entry in enumerate(entries) if entry is not None]
        for position, fault in chain_faults([(entry.since, entry.until) for _, entry in dated]):
            place = dated[position][0]
            line = self.lines.of(key.name, place, "from" if fault is Fault.DUPLICATE else "until")
            self.problem(key.name, line, fault, _MEANING[fault], _CHAIN_REMEDY[fault])
        return None if len(self.problems) > before else Timeline(entries=[entry for _, entry in dated])

    def tables(self, data: Mapping[str, Any], key: Key[Any]) -> list[object]:
        found: object = data
        for part in key.name.split("."):
            found = cast("dict[str, object]", found).get(part) if isinstance(found, dict) else None
        if isinstance(found, list) and found:
            return cast("list[object]", found)
        if found is None or found == []:
            remedy = f"add [[{key.name}]]; the packaged handbook shows how"
            self.problem(key.name, None, Fault.MISSING, "the key is missing", remedy)
        else:
            line = self.lines.under(key.name)
            self.problem(key.name, line, Fault.FORMAT, "the key is not a list of dated values", f"write [[{key.name}]]")
        return []

    def entry(self, key: Key[Any], place: int, raw: object) -> Dated[Any] | None:
        """One dated value; None when a problem was recorded for it."""
        kinds = {**_ATTRIBUTES, "value": key.kind}
        if not isinstance(raw, dict):
            self.problem(
                key.name,
                None,
                Fault.TYPE,
                "a dated value is a table",
                f"write [[{key.name}]] with {', '.join(_NEEDED)}",
            )
            return None
        row = cast("dict[str, object]", raw)
        before = len(self.problems)
        for name in _NEEDED:
            if name not in row:
                self.problem(
                    key.name, self.lines.of(key.name, place), Fault.MISSING, f"{name} is missing", f"add {name} = ..."
                )
        read = {name: self.attribute(key, place, name, kinds, value) for name, value in row.items()}
        if len(self.problems) > before:
            return None
        since: date = read.pop("from")
        return Dated(since=since, **read)

    def attribute(self, key: Key[Any], place: int, name: str, kinds: Mapping[str, Kind[Any]], raw: object) -> Any:
        line = self.lines.of(key.name, place, name)
        if name not in kinds:
            self.problem(
                key.name, line, Fault.UNKNOWN_FIELD, f"a dated value has no {name[:80]!r}", f"it has {', '.join(kinds)}"
            )
            return None
        try:
            return kinds[name].read(raw)
        except InvalidValue as fault:
            self.refused(key.name, line, fault.under(name), f"write a {kinds[name].name}")
            return None

    def unknown(self, data: Mapping[str, Any]) -> None:
        for name in _leaves(data, "", self.keys.__contains__):
            near = get_close_matches(name, [*self.keys, _HEAD], n=1)
            remedy = f"did you mean {near[0]}?" if near else "remove it; `custmaster handbook show` lists the keys"
            self.problem(
                name[:200], self.lines.under(name), Fault.UNKNOWN_FIELD, "the handbook has no such key", remedy
            )


def _leaves(data: Mapping[str, Any], prefix: str, known: Callable[[str], bool]) -> Iterator[str]:
    """The dotted names in the file that are no key and hold no tables of keys."""
    for part, value in data.items():
        name = f"{prefix}{part}"
        if known(name) or name == _HEAD:
            continue
        if isinstance(value, dict) and not {"from", "value"} & value.keys():
            yield from _leaves(cast("dict[str, Any]", value), f"{name}.", known)
        else:
            yield name


def check(text: str, source: str = "handbook", *, keys: Iterable[Key[Any]] = KEYS) -> tuple[Problem, ...]:
    r"""All problems of a handbook text, in the order of their lines; none when it can be used.

    >>> check("[handbook]\nversion = ")[0].line
    2
    """
    try:
        parse(text, source, keys=keys)
    except UnusableHandbook as unusable:
        return unusable.problems
    return ()


def _by_line(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: (one.line is None, one.line or 0)))


def parse(text: str, source: str = "handbook", *, keys: Iterable[Key[Any]] = KEYS) -> Handbook:
    """The handbook that the TOML text says; pure.

    `source` is the name of the file for messages; `keys` may add a bank's own keys to KEYS. Errors: UnusableHandbook with every
    problem.

    >>> parse("")
    Traceback (most recent call last):
    custmaster.handbook.parse.UnusableHandbook: ...
    """
    reader = _Reader(text, keys)
    handbook = reader.handbook()
    if handbook is None:
        raise UnusableHandbook(source, _by_line(reader.problems))
    return handbook


def default_text() -> str:
    """The text of the packaged handbook, for a bank to copy and edit."""
    return read_text("default.toml")


@cache
def default() -> Handbook:
    """The packaged handbook: every figure of the seed documents, with its article.

    >>> default().name
    'custmaster default'
    """
    return parse(default_text(), source="default.toml")
