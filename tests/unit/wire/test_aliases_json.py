from __future__ import annotations

from datetime import date

import pytest

from custmaster.dedup.alias_events import AliasEvent, NumberMerged, NumberOpened
from custmaster.dedup.aliases import EMPTY, replay
from custmaster.errors import Fault
from custmaster.wire.aliases import (
    ALIAS_EVENTS,
    alias_event_from_json,
    alias_event_to_json,
    ledger_from_jsonl,
    ledger_to_jsonl,
    number_life_from_json,
)

DAY = date(2026, 11, 23)
LEDGER = replay(
    [
        *(NumberOpened(number=number, on=DAY, request_id="T-1") for number in ("2", "1")),
        NumberMerged(number="1", into="2", on=DAY, request_id="T-2"),
    ]
)


def test_every_event_has_its_name() -> None:
    assert set(ALIAS_EVENTS.values()) == set(AliasEvent.__args__)


def test_a_ledger_comes_back_from_its_lines_in_any_order() -> None:
    lines = ledger_to_jsonl(LEDGER)
    assert ledger_from_jsonl(lines) == LEDGER
    assert ledger_to_jsonl(ledger_from_jsonl(b"\n".join(reversed(lines.splitlines())))) == lines
    assert ledger_from_jsonl(ledger_to_jsonl(EMPTY)) == EMPTY


def test_an_event_comes_back() -> None:
    event = NumberMerged(number="1", into="2", on=DAY, request_id="T-2")
    assert alias_event_from_json(alias_event_to_json(event)) == event


def test_the_faults_of_a_row_are_all_told() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        number_life_from_json(
            '{"schema":1,"number":"1","standings":[{"status":"GONE","since":"2026-11-23"}],"name":"x"}'
        )
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [
        ("standings[0].status", Fault.UNKNOWN_CODE),
        ("standings[0].request_id", Fault.MISSING),
        ("name", Fault.UNKNOWN_FIELD),
    ]
