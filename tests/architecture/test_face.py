"""Every module says what it is and what it promises; the face and its three lists agree; importing stays cheap."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import custmaster

OPTIONAL = (
    "duckdb",
    "hypothesis",
    "opencc",
    "openpyxl",
    "ortools",
    "phonenumbers",
    "pyarrow",
    "pypinyin",
    "python_calamine",
    "rich",
    "stdnum",
    "xlsxwriter",
)


def assigned(tree: ast.Module, name: str) -> ast.expr | None:
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return node.value  # type: ignore[union-attr]
    return None


def test_every_module_has_a_docstring_and_a_literal_all(module_path: Path) -> None:
    tree = ast.parse(module_path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    if module_path.name == "__main__.py":
        return
    listed = assigned(tree, "__all__")
    assert listed is not None, "no __all__"
    names = ast.literal_eval(listed)
    assert len(names) == len(set(names))


def test_every_public_name_exists() -> None:
    for name in custmaster.__all__:
        assert getattr(custmaster, name) is not None


def test_the_face_lists_each_name_three_times_alike(source: Path) -> None:
    tree = ast.parse((source / "__init__.py").read_text(encoding="utf-8"))
    table = ast.literal_eval(assigned(tree, "_ROOM_OF") or ast.Constant(None))
    guarded = next(node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    seen = {a.name: n.module for n in guarded.body if isinstance(n, ast.ImportFrom) for a in n.names}
    assert seen == table
    assert set(custmaster.__all__) == set(table)
    assert list(custmaster.__all__) == sorted(custmaster.__all__)


def test_a_name_of_the_face_is_public_in_its_room() -> None:
    for name, room in custmaster._ROOM_OF.items():
        assert name in importlib.import_module(room).__all__, f"{room}.{name}"


def test_the_face_completes_to_its_names() -> None:
    assert set(dir(custmaster)) >= set(custmaster.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        custmaster.Nonsense  # noqa: B018


def loaded_after(statement: str) -> set[str]:
    script = f"{statement}\nimport sys\nprint(' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_no_optional_library() -> None:
    assert loaded_after("import custmaster").isdisjoint(OPTIONAL)


def test_using_every_public_name_loads_no_optional_library() -> None:
    assert loaded_after("from custmaster import *").isdisjoint(OPTIONAL)


def test_the_guard_would_see_an_optional_library() -> None:
    assert "rich" in loaded_after("import rich")


ROOMS = (
    "value",
    "handbook",
    "decision",
    "lifecycle",
    "customer",
    "contract",
    "roster",
    "circle",
    "dedup",
    "screening",
    "limits",
    "sync",
    "desk",
    "wire",
    "sim",
    "report",
    "batch",
    "frames",
    "cli",
    "testing",
)


@pytest.mark.parametrize("room", [*ROOMS, "testing.plugin", "testing.strategies"])
def test_a_room_can_be_imported_first(room: str) -> None:
    assert "custmaster" in loaded_after(f"import custmaster.{room}")
