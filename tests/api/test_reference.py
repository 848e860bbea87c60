"""The tables that the reference pages print from the code: each is asked for by a page, and none is empty."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from custmaster.customer.codes import EntryCode

ROOT = Path(__file__).resolve().parents[2]
HOOKS = runpy.run_path(str(ROOT / ".ci" / "docs_hooks.py"))
ASKED = re.compile(r"<!-- from code: ([a-z-]+) -->")


@pytest.mark.parametrize("name", sorted(HOOKS["TABLES"]))
def test_a_table_has_rows(name: str) -> None:
    assert len(HOOKS["TABLES"][name]().splitlines()) > 5


def test_every_table_stands_on_a_page_and_every_page_asks_for_a_table_that_is() -> None:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")]
    assert {name for page in pages for name in ASKED.findall(page)} == set(HOOKS["TABLES"])


def test_every_code_of_an_entry_has_its_row_among_the_rules() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", HOOKS["TABLES"]["rules"](), re.MULTILINE)
    assert set(rows) == set(EntryCode)


def test_a_cell_cannot_break_its_table() -> None:
    assert HOOKS["_table"](("a",), [("x|y\nz",)]).splitlines()[-1] == "| x\\|y z |"
