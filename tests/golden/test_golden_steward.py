"""Rulings and items of the worklist, as the first version wrote them: read for ever, and written in the same bytes today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields

from custmaster.dedup.items import Closing, Item, ItemState, ItemType, Question, item_of
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.wire.steward import item_from_json, item_to_json, ruling_from_json, ruling_to_json

HERE = Path(__file__).parent
DAY = date(2026, 11, 24)
LATER = date(2026, 12, 1)
RULINGS = [
    Ruling(
        left="7000000001",
        right="7000000002",
        kind=kind,
        by="S-0042",
        day=DAY,
        reason='同住 "乙"',
        until=LATER if kind is RulingKind.POSTPONED else None,
    )
    for kind in RulingKind
]
ASKED = [
    Question(left="7000000002", right="7000000001", evidence="+NAME+MOBILE", row="NAME_MOBILE"),
    Question(left="7000000001", right="7000000003", row="RULING:S-0042"),
]
OPEN = [item_of(kind, ASKED, DAY) for kind in ItemType]
ITEMS = [
    *OPEN,
    evolve(OPEN[1], state=ItemState.POSTPONED, until=LATER, unlisted=3),
    *(evolve(OPEN[1], state=ItemState.CLOSED, closing=why, closed_on=LATER, gone=("7000000003",)) for why in Closing),
]
FILES: list[tuple[str, list[Any], Callable[[Any], bytes], Callable[[bytes], Any]]] = [
    ("rulings.1.jsonl", RULINGS, ruling_to_json, ruling_from_json),
    ("worklist_items.1.jsonl", ITEMS, item_to_json, item_from_json),
]


@pytest.mark.parametrize(("name", "values", "write", "read"), FILES, ids=[name for name, *_ in FILES])
def test_what_was_written_loads_and_is_written_alike(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    lines = (HERE / name).read_bytes().splitlines()
    assert [read(line) for line in lines] == values
    assert [write(value) for value in values] == lines


@pytest.mark.parametrize(("name", "kind"), [("rulings.1.jsonl", Ruling), ("worklist_items.1.jsonl", Item)])
def test_every_field_stands_in_a_golden_file(name: str, kind: type[Any]) -> None:
    text = (HERE / name).read_text(encoding="utf-8")
    assert [field.name for field in fields(kind) if f'"{field.name}":' not in text] == []
