"""Limits, usage and headroom, as the first version wrote them: read for ever, and written in the same bytes today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from custmaster.decision import Citation
from custmaster.limits import (
    AccountClass,
    Counterparty,
    Headroom,
    LimitPack,
    LimitRow,
    Measure,
    Over,
    Remaining,
    Scope,
    Slot,
    Source,
    Transaction,
    TransactionReserved,
    TransactionReversed,
    Usage,
    UsagesJoined,
    UsagesParted,
    reserve,
    reverse,
)
from custmaster.value.account import AccountNumber
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.value.span import Span
from custmaster.wire import limits as wire

HERE = Path(__file__).parent
DAY = date(2026, 11, 23)
ACCOUNT = AccountNumber("6222000000000001")
CITED = Citation(article="约定 1", key="limits.class_two.out_day")
PLAIN = LimitRow(code="PLAIN", measure=Measure.DAY_COUNT, figure=Decimal(5), citation=Citation(article="rule 1"))
FULL = LimitRow(
    code="FULL",
    measure=Measure.BALANCE,
    figure=Decimal("2000.50"),
    channels=["MOBILE", "WEB"],
    actions=["TRANSFER_IN"],
    account_classes=[AccountClass.CLASS_III],
    counterparties=[Counterparty.OTHER_NAME],
    party=PartyKind.PERSON,
    account=ACCOUNT,
    scope=Scope.ACCOUNT,
    source=Source.REGULATION,
    over=Over.CONFIRMATION,
    valid=Span(DAY, date(2027, 1, 1)),
    citation=CITED,
)
WAY = Slot(
    channel="MOBILE",
    action="TRANSFER_OUT",
    counterparty=Counterparty.OTHER_NAME,
    account_class=AccountClass.CLASS_II,
    account=ACCOUNT,
)
PAID = [
    Transaction(id=name, customer="6000000001", day=DAY, slot=WAY, amount=Money(Decimal("12.5")))
    for name in ("T-1", "T-2")
]
LEFT = Remaining(
    measure=Measure.DAY_AMOUNT,
    remaining=Decimal("0.5"),
    rule="FULL",
    figure=Decimal(100),
    source=Source.AGREED,
    over=Over.REFUSE,
    resets_at=DAY,
    citation=CITED,
)
USED = reverse(reserve(reserve(Usage.of("6000000001"), PAID[0]), PAID[1]), PAID[1])
HEAD: dict[str, Any] = {"on": DAY, "actor": "MOBILE", "request_id": "Q-1"}
EVENTS = [
    TransactionReserved(transaction=PAID[0], **HEAD),
    TransactionReversed(transaction=evolve(PAID[1], balance=Money(Decimal(-5))), **HEAD),
    UsagesJoined(customer="6000000002", into="6000000001", **HEAD),
    UsagesParted(customer="6000000002", into="6000000001", **HEAD),
]
FILES: list[tuple[str, list[Any], Callable[[Any], bytes], Callable[[bytes], Any]]] = [
    ("limit_rows.1.jsonl", [PLAIN, FULL], wire.limit_row_to_json, wire.limit_row_from_json),
    (
        "limit_packs.1.jsonl",
        [LimitPack(version="2026.1", rows=[PLAIN, FULL])],
        wire.limit_pack_to_json,
        wire.limit_pack_from_json,
    ),
    ("usages.1.jsonl", [Usage.of("6000000001"), USED], wire.usage_to_json, wire.usage_from_json),
    ("limit_events.1.jsonl", EVENTS, wire.limit_event_to_json, wire.limit_event_from_json),
    (
        "headrooms.1.jsonl",
        [Headroom(limits=(LEFT,), reminders=(LEFT,))],
        wire.headroom_to_json,
        wire.headroom_from_json,
    ),
]


@pytest.mark.parametrize(("name", "values", "write", "read"), FILES, ids=[name for name, *_ in FILES])
def test_what_was_written_loads_and_is_written_alike(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    lines = (HERE / name).read_bytes().splitlines()
    assert [read(line) for line in lines] == values
    assert [write(value) for value in values] == lines
