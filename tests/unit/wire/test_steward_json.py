"""Rulings and items of the worklist as lines of JSON."""

from __future__ import annotations

from datetime import date

import pytest

from custmaster.dedup.items import ItemType, Question, item_of
from custmaster.dedup.steward import EMPTY_LEDGER, Ledger, Ruling, RulingKind
from custmaster.errors import Fault, InvalidValue
from custmaster.wire.steward import (
    items_from_jsonl,
    items_to_jsonl,
    ruling_from_json,
    ruling_to_json,
    rulings_from_jsonl,
    rulings_to_jsonl,
)

DAY = date(2026, 11, 24)
RULINGS = [
    Ruling(left="b", right="a", kind=RulingKind.MUST_LINK, by="S-1", day=DAY, reason="同住"),
    Ruling(left="b", right="a", kind=RulingKind.WITHDRAWN, by="S-1", day=DAY),
    Ruling(left="c", right="d", kind=RulingKind.POSTPONED, by="S-2", day=DAY, until=date(2026, 12, 1)),
]


def test_a_ledger_comes_back_in_its_order() -> None:
    ledger = Ledger(entries=RULINGS)
    assert rulings_from_jsonl(rulings_to_jsonl(ledger)) == ledger
    assert rulings_from_jsonl(rulings_to_jsonl(EMPTY_LEDGER)) == EMPTY_LEDGER


def test_a_worklist_comes_back() -> None:
    items = (item_of(ItemType.BELOW, [Question(left="a", right="b", evidence="+NAME")], DAY),)
    assert items_from_jsonl(items_to_jsonl(items)) == items


def test_a_ledger_that_contradicts_itself_is_refused() -> None:
    other = Ruling(left="a", right="b", kind=RulingKind.CANNOT_LINK, by="S-2", day=DAY)
    with pytest.raises(InvalidValue) as refused:
        rulings_from_jsonl(ruling_to_json(RULINGS[0]) + b"\n" + ruling_to_json(other))
    assert (refused.value.path, refused.value.fault) == ("entries[1]", Fault.CONFLICT)


def test_every_fault_of_a_ruling_is_told() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        ruling_from_json('{"schema":1,"left":"a","kind":"PERHAPS","by":"S-1","day":"2026-11-24","note":"王"}')
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [
        ("kind", Fault.UNKNOWN_CODE),
        ("right", Fault.MISSING),
        ("note", Fault.UNKNOWN_FIELD),
    ]
    assert "王" not in str(caught.value.exceptions)
