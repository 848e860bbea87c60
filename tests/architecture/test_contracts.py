"""The import contracts guard something: a guard whose subject is empty can never fail."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any

import pytest

EXTRAS = {"rich", "duckdb", "ortools", "numpy", "python_calamine", "xlsxwriter", "phonenumbers", "hypothesis"}
ORACLES = {"opencc", "openpyxl", "pypinyin", "rapidfuzz", "stdnum"}


@pytest.fixture(scope="module")
def contracts(project: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {contract["id"]: contract for contract in project["tool"]["importlinter"]["contracts"]}


def rooms(source: Path) -> set[str]:
    packages = {path.name for path in source.iterdir() if (path / "__init__.py").is_file()}
    modules = {path.stem for path in source.glob("*.py") if not path.stem.startswith("__")}
    return packages | modules


def statements(place: Path) -> int:
    """How many statements other than docstrings and `from __future__` a room holds."""
    files = [place.with_suffix(".py")] if place.with_suffix(".py").is_file() else list(place.rglob("*.py"))
    bodies = [node for file in files for node in ast.parse(file.read_text(encoding="utf-8")).body]
    return sum(1 for node in bodies if not isinstance(node, (ast.Expr, ast.ImportFrom)))


def place_of(source: Path, dotted: str) -> Path:
    return source.joinpath(*dotted.split(".")[1:])


def test_the_floors_hold_every_room_once(contracts: dict[str, Any], source: Path) -> None:
    floors = contracts["floors"]
    placed = [room.strip() for layer in floors["layers"] for room in layer.split("|")]
    assert sorted(placed) == sorted(rooms(source))
    assert floors["exhaustive"] is True
    assert floors["containers"] == ["custmaster"]


def test_every_room_named_in_a_contract_exists_and_is_not_empty(contracts: dict[str, Any], source: Path) -> None:
    named = {dotted for contract in contracts.values() for dotted in contract.get("source_modules", [])}
    named |= {f"custmaster.{room.strip()}" for layer in contracts["floors"]["layers"] for room in layer.split("|")}
    empty = [dotted for dotted in sorted(named) if statements(place_of(source, dotted)) == 0]
    assert empty == []


def test_the_contracts_are_those_that_we_know(contracts: dict[str, Any]) -> None:
    assert set(contracts) == {"floors", "pure", "extras-of-the-pure-rooms", "rich-in-cli", "oracles"}


def test_the_pure_rooms_are_all_rooms_under_wire(contracts: dict[str, Any]) -> None:
    layers = contracts["floors"]["layers"]
    under = [f"custmaster.{room.strip()}" for layer in layers[layers.index("wire") + 1 :] for room in layer.split("|")]
    assert sorted(contracts["pure"]["source_modules"]) == sorted(under)
    assert sorted(contracts["extras-of-the-pure-rooms"]["source_modules"]) == sorted(under)


def test_what_the_pure_rooms_may_not_import_exists(contracts: dict[str, Any]) -> None:
    house = {"os", "io", "pathlib", "socket", "sqlite3", "logging", "random", "secrets", "uuid", "time", "asyncio"}
    forbidden = set(contracts["pure"]["forbidden_modules"])
    assert house | {"threading", "subprocess", "importlib"} <= forbidden
    assert forbidden <= sys.stdlib_module_names


def test_optional_libraries_are_forbidden_where_they_do_not_belong(contracts: dict[str, Any]) -> None:
    assert set(contracts["extras-of-the-pure-rooms"]["forbidden_modules"]) >= EXTRAS
    assert set(contracts["oracles"]["forbidden_modules"]) == ORACLES


def test_the_one_reader_of_packaged_data_is_allowed_by_name(contracts: dict[str, Any]) -> None:
    assert contracts["pure"]["ignore_imports"] == ["custmaster.value._packaged -> importlib"]
