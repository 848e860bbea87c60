"""A file of changes in, one JSON object a line: what was done to which customer at which system. A bad line is named, never repeated."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from attrs import frozen

from custmaster.errors import Fault, InvalidValue, UnusableInput
from custmaster.sync.codes import Cause, Operation
from custmaster.wire._json import parsed
from custmaster.wire._shapes import is_table
from custmaster.wire.encoding import survey

__all__ = ["BadLine", "Change", "ChangeFile", "open_changes", "read_change"]

C = TypeVar("C", bound=StrEnum)
_NAMES: Final = ("number", "system", "operation", "changed", "survivor", "cause")
_LONGEST: Final = 200
_MOST: Final = 1000


@frozen(kw_only=True)
class Change:
    """One change: the operation, or in its place the names of the fields that changed.

    `survivor` is the number into which a merge leads. `operation` None means: see `changed`.
    """

    number: str
    system: str
    cause: Cause = Cause.USER
    operation: Operation | None = None
    changed: tuple[str, ...] = ()
    survivor: str | None = None


@frozen(kw_only=True)
class BadLine:
    """A line of which no change can be made, with every fault."""

    faults: tuple[InvalidValue, ...]


@frozen(kw_only=True)
class ChangeFile:
    """An open file of changes: its name, how many lines to expect, and each line that is not blank with its number."""

    source: str
    expected: int
    lines: Iterator[tuple[int, Change | BadLine]]


@contextmanager
def open_changes(path: Path) -> Generator[ChangeFile]:
    """The changes of a JSON Lines file, read as they are asked for, in memory that does not grow with the file.

    Errors: UnusableInput for a file that cannot be opened or decoded, or is empty.
    """
    found = survey(path)
    if not found.lines:
        raise UnusableInput(path.name, problem="the file is empty", remedy="write one JSON object a line")
    with path.open(encoding=found.encoding, newline="\n") as stream:
        lines = ((number, _line(text)) for number, text in enumerate(stream, start=1) if not text.isspace())
        yield ChangeFile(source=path.name, expected=found.lines, lines=lines)


def read_change(text: str) -> Change:
    """The change that one line says.

    Errors: an ExceptionGroup with an InvalidValue for every fault; none of them holds a word of the line.

    >>> read_change('{"number": "6000000001", "system": "EUSP", "changed": ["mobile"]}').changed
    ('mobile',)
    """
    data = parsed(text)
    if not is_table(data):
        raise ExceptionGroup("no change", [InvalidValue(Fault.TYPE, remedy="write one JSON object a line")])
    return _Reader().change(data)


def _line(text: str) -> Change | BadLine:
    try:
        return read_change(text)
    except ExceptionGroup as group:
        return BadLine(faults=tuple(one for one in group.exceptions if isinstance(one, InvalidValue)))


class _Reader:
    """Reads one object; gathers faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[InvalidValue] = []

    def change(self, data: Mapping[str, Any]) -> Change:
        if not data.keys() <= set(_NAMES):
            self.fault(Fault.UNKNOWN_FIELD, "", f"a change has {', '.join(_NAMES)}")
        if ("operation" in data) is ("changed" in data):
            self.fault(Fault.AMBIGUOUS, "operation", "write either operation or changed")
        made = {name: read(data[name], name) for name, read in self.readers().items() if name in data}
        for name in ("number", "system"):
            if name not in data:
                self.fault(Fault.MISSING, name, f"add {name}")
        if "survivor" in data and data.get("operation") != Operation.MERGE:
            self.fault(Fault.AMBIGUOUS, "survivor", "only a MERGE has a survivor")
        if self.faults:
            raise ExceptionGroup("no change", self.faults)
        return Change(**cast("dict[str, Any]", made))

    def readers(self) -> Mapping[str, Callable[[object, str], object]]:
        return {
            "number": self.text,
            "system": self.text,
            "survivor": self.text,
            "changed": self.texts,
            "operation": lambda raw, path: self.code(Operation, raw, path),
            "cause": lambda raw, path: self.code(Cause, raw, path),
        }

    def fault(self, fault: Fault, path: str, remedy: str) -> None:
        self.faults.append(InvalidValue(fault, path=path, remedy=remedy))

    def text(self, raw: object, path: str) -> str:
        if type(raw) is not str:
            self.fault(Fault.TYPE, path, "write text in quotes")
            return ""
        if not 0 < len(raw) <= _LONGEST:
            self.fault(Fault.LENGTH, path, f"write 1 to {_LONGEST} characters")
        return raw

    def texts(self, raw: object, path: str) -> tuple[str, ...]:
        if type(raw) is not list:
            self.fault(Fault.TYPE, path, "write a list of the names of fields")
            return ()
        listed = cast("list[object]", raw)
        if len(listed) > _MOST:
            self.fault(Fault.LENGTH, path, f"name at most {_MOST} fields")
            return ()
        return tuple(self.text(one, f"{path}[{place}]") for place, one in enumerate(listed))

    def code(self, kind: type[C], raw: object, path: str) -> C | None:
        if type(raw) is str and raw in kind.__members__:
            return kind(raw)
        self.fault(Fault.UNKNOWN_CODE, path, f"one of {', '.join(kind)}")
        return None
