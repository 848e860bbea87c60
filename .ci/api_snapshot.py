"""Write tests/api/snapshot.txt: every public name with its signature. `tests/api` compares; a difference is a decision.

Public is what stands in the `__all__` of the face or of a module whose path has no `_`. Of the command, only what
`custmaster.cli` itself names: the command line is its promise, not its modules.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, UnionType

SNAPSHOT = Path(__file__).resolve().parent.parent / "tests" / "api" / "snapshot.txt"
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_FACE = "custmaster"


def public_modules() -> Iterator[str]:
    """The dotted names of all public modules, sorted."""
    package = importlib.import_module(_FACE)
    found = [module.name for module in pkgutil.walk_packages(package.__path__, f"{_FACE}.")]
    hidden = re.compile(r"\._|\.cli\.")
    yield from sorted([_FACE, *(name for name in found if not hidden.search(name))])


class _Shown:
    """A default as the snapshot shows it: `...` for what is long, or has no order of its own."""

    def __init__(self, value: object) -> None:
        self.text = _ADDRESS.sub("", repr(value))
        if len(self.text) > 60 or isinstance(value, set | frozenset):
            self.text = "..."

    def __repr__(self) -> str:
        return self.text


def _signature(value: object) -> str:
    try:
        signature = inspect.signature(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return "(...)"
    asked = [p if p.default is p.empty else p.replace(default=_Shown(p.default)) for p in signature.parameters.values()]
    return str(signature.replace(parameters=asked))


def _members(kind: type) -> Iterator[str]:
    for name, member in sorted(vars(kind).items()):
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield f"    {name}: property"
        elif isinstance(member, staticmethod | classmethod):
            yield f"    {name}{_signature(member.__func__)}"
        elif inspect.isfunction(member):
            yield f"    {name}{_signature(member)}"
    for field in getattr(kind, "__attrs_attrs__", ()):
        if not field.name.startswith("_"):
            yield f"    {field.name}: field"


def _described(name: str, value: object) -> Iterator[str]:
    if isinstance(value, type) and issubclass(value, enum.Enum):
        yield f"  enum {name}"
        yield from (f"    {member.name} = {member.value!r}" for member in value)
    elif isinstance(value, type):
        bases = ", ".join(base.__name__ for base in value.__bases__ if base is not object)
        own = not issubclass(value, BaseException) or "__init__" in vars(value)
        yield f"  class {name}{_signature(value) if own else ''}{f' is a {bases}' if bases else ''}"
        yield from sorted(_members(value))
    elif callable(value) and not isinstance(value, type):
        yield f"  {name}{_signature(value)}"
    else:
        yield f"  {name}: {value if isinstance(value, UnionType) else type(value).__name__}"


def describe(module: ModuleType) -> Iterator[str]:
    """The lines of one module; a name of another module that is named again here is only mentioned."""
    yield module.__name__
    for name in sorted(getattr(module, "__all__", ())):  # tests/architecture asks every module for one
        value = getattr(module, name)
        home = getattr(value, "__module__", module.__name__)
        if (
            isinstance(home, str)
            and home.startswith(_FACE)
            and home != module.__name__
            and not home.startswith("custmaster.cli.")
        ):
            yield f"  {name} -> {home}"
        else:
            yield from _described(name, value)


def snapshot() -> str:
    """The whole text."""
    return "\n".join(line for name in public_modules() for line in describe(importlib.import_module(name))) + "\n"


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
