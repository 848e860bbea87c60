"""The reference page of sync and the command print one table: that of the code."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from custmaster.cli import main

ROOT = Path(__file__).resolve().parents[2]
TABLES = runpy.run_path(str(ROOT / ".ci" / "docs_hooks.py"))["TABLES"]


def rows(name: str) -> list[list[str]]:
    lines = TABLES[name]().splitlines()[2:]
    return [[part.strip().strip("`") for part in line.strip("|").split(" | ")] for line in lines]


@pytest.fixture
def cells(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert main(["sync", "table", "--json", "--as-of", "2026-11-23"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_the_page_shows_every_cell_that_the_command_prints(cells: list[dict[str, object]]) -> None:
    shown = {
        (operation, role, cause): scope
        for operation, cause, *scopes, _, _ in rows("sync-table")
        for role, scope in zip(("OWNER", "PEER"), scopes, strict=True)
    }
    assert shown == {(cell["operation"], cell["role"], cell["cause"]): cell["scope"] for cell in cells}
    assert len(shown) == 48


def test_the_page_shows_every_mark_and_every_sentence(cells: list[dict[str, object]]) -> None:
    marks = {row[0] for row in rows("sync-open-places")}
    assert {cell["mark"] for cell in cells} - {None} <= marks
    sentences = {row[1] for row in rows("sync-sentences")}
    assert {sentence["zh"] for cell in cells for sentence in cell["sentences"]} == sentences  # type: ignore[attr-defined]
    assert {cell["code"] for cell in cells} <= {row[0] for row in rows("sync-next")}
