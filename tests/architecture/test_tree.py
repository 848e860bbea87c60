"""The tree names no machine, no registry and no download address; every extra and every file has its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Written in pieces, so that this file does not find itself.
FOREIGN = re.compile(
    "|".join(
        [
            r"(?<![\w.~-])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me)/",
            "pypi" + r"\.org",
            "python" + "hosted",
            "npm" + r"js\.org",
        ]
    )
)
TEXT = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".cfg", ".sh", ".csv", ""}
TOP = {"src", "tests", "docs", ".ci"}


def texts(root: Path) -> Iterator[Path]:
    yield from (
        path
        for path in root.iterdir()
        if path.is_file() and path.suffix in TEXT and not path.name.startswith(".coverage")
    )
    for folder in sorted(TOP):
        yield from (
            p for p in (root / folder).rglob("*") if p.is_file() and p.suffix in TEXT and "__pycache__" not in p.parts
        )


def test_no_file_names_a_machine_or_a_registry(root: Path) -> None:
    found = [
        path.relative_to(root).as_posix() for path in texts(root) if FOREIGN.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("text", ["see /wo" + "rk/main", "https://pypi" + ".org/simple"])
def test_the_guard_would_see_one(text: str) -> None:
    assert FOREIGN.search(text)


def test_pins_are_exact_and_hold_no_address(root: Path) -> None:
    lines = (root / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 30
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []


def test_every_tool_and_extra_is_pinned(root: Path, project: dict[str, Any]) -> None:
    text = (root / ".ci" / "constraints.txt").read_text(encoding="utf-8").lower()
    pinned = {line.partition("==")[0].replace("_", "-") for line in text.splitlines()}
    listed = project["project"]["dependencies"] + [
        r for rs in project["project"]["optional-dependencies"].values() for r in rs
    ]
    listed += [r for rs in project["dependency-groups"].values() for r in rs if isinstance(r, str)]
    names = {re.split(r"[\[><=!~;, ]", requirement)[0].lower().replace("_", "-") for requirement in listed}
    assert names - pinned == {"custmaster"}


def test_extras_are_those_whose_rooms_exist(project: dict[str, Any]) -> None:
    extras = set(project["project"]["optional-dependencies"])
    assert extras == {"cli", "duckdb", "excel", "frames", "optimise", "spark", "testing", "all", "test"}


def test_the_changelog_fragments_have_a_known_kind(root: Path, project: dict[str, Any]) -> None:
    kinds = {kind["directory"] for kind in project["tool"]["towncrier"]["type"]}
    fragments = [path.name for path in (root / "docs" / "changes").glob("*.md") if path.name != "README.md"]
    assert [name for name in fragments if name.split(".")[-2] not in kinds] == []
