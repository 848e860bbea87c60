"""Rows, packs, slots and transactions: what cannot be is refused at construction, all of it at once, with its path."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from custmaster.decision import Citation
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.handbook.limit_keys import LIMIT_ACTIONS_IN
from custmaster.limits import (
    AccountClass,
    Bucket,
    Counterparty,
    LimitPack,
    LimitRow,
    Measure,
    Over,
    Scope,
    Slot,
    Source,
    Transaction,
    Usage,
    parted,
)
from custmaster.value.account import AccountNumber
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.value.span import Span

DAY = date(2026, 11, 23)
WAY = Slot(channel="MOBILE", action="SPEND")
ONE, OTHER = AccountNumber("6222000000000001"), AccountNumber("6222000000000002")


def row(**changed: Any) -> LimitRow:
    told: dict[str, Any] = {"code": "A", "measure": Measure.DAY_AMOUNT, "figure": Decimal(100)}
    return LimitRow(**(told | {"citation": Citation(article="rule 1")} | changed))


def faults(make: Any, **told: Any) -> list[tuple[str, Fault]]:
    with pytest.raises(InvalidValue) as caught:
        make(**told)
    found = caught.value.faults if isinstance(caught.value, InvalidRecord) else (caught.value,)
    return [(fault.path, fault.fault) for fault in found]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"figure": 0.5}, [("figure", Fault.TYPE)]),
        ({"figure": 5}, [("figure", Fault.TYPE)]),
        ({"figure": Decimal("0.001")}, [("figure", Fault.FORMAT)]),
        ({"figure": Decimal("NaN")}, [("figure", Fault.RANGE)]),
        ({"figure": Decimal(-1)}, [("figure", Fault.RANGE)]),
        ({"figure": Decimal(10**15)}, [("figure", Fault.RANGE)]),
        ({"figure": Decimal(10**30)}, [("figure", Fault.RANGE)]),
        ({"figure": Decimal("1.5"), "measure": Measure.DAY_COUNT}, [("figure", Fault.FORMAT)]),
        ({"measure": "DAY"}, [("measure", Fault.TYPE)]),
        ({"measure": Measure.BALANCE}, [("scope", Fault.CONFLICT)]),
        ({"code": "*"}, [("code", Fault.FORMAT)]),
        ({"channels": []}, [("channels", Fault.EMPTY)]),
        ({"channels": ["WEB", 5]}, [("channels[0]", Fault.TYPE)]),
        ({"channels": ["MOBILE phone"]}, [("channels[0]", Fault.FORMAT)]),
        ({"channels": "MOBILE"}, [("channels", Fault.TYPE)]),
        ({"actions": "SPEND"}, [("actions", Fault.TYPE)]),
        ({"account_classes": "CLASS_I"}, [("account_classes", Fault.TYPE)]),
        ({"counterparties": "NONE"}, [("counterparties", Fault.TYPE)]),
        ({"channels": ["*", "MOBILE"]}, [("channels", Fault.CONFLICT)]),
        ({"actions": ["spend"], "code": "a"}, [("code", Fault.FORMAT), ("actions[0]", Fault.FORMAT)]),
        ({"account_classes": ["I"]}, [("account_classes[0]", Fault.TYPE)]),
        ({"counterparties": ["ME"]}, [("counterparties[0]", Fault.TYPE)]),
    ],
)
def test_a_row_that_cannot_be_is_refused(changed: dict[str, Any], found: list[tuple[str, Fault]]) -> None:
    assert faults(row, **changed) == found


def test_a_row_keeps_its_lists_sorted_and_once() -> None:
    assert row(channels=["WEB", "ATM", "WEB"]).channels == ("ATM", "WEB")
    assert row(channels={"WEB": 1, "ATM": 2}.keys()).channels == ("ATM", "WEB")


@pytest.mark.parametrize(
    ("changed", "covers"),
    [
        ({}, True),
        ({"channels": ["MOBILE"], "actions": ["SPEND"]}, True),
        ({"channels": ["WEB"]}, False),
        ({"actions": ["CASH_OUT"]}, False),
        ({"account_classes": [AccountClass.CLASS_II]}, False),
        ({"counterparties": [Counterparty.NONE]}, True),
        ({"counterparties": [Counterparty.OTHER_NAME]}, False),
        ({"account": ONE}, False),
    ],
)
def test_what_a_row_covers(changed: dict[str, Any], covers: bool) -> None:
    assert row(**changed).covers(WAY) is covers


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ({}, {"channels": ["WEB"], "actions": ["SPEND"]}),
        ({"channels": ["ATM", "WEB"]}, {"channels": ["WEB"]}),
        ({}, {"account": ONE}),
        ({}, {"scope": Scope.ACCOUNT}),
        ({}, {"account_classes": [AccountClass.CLASS_I]}),
        (
            {"counterparties": [Counterparty.NONE, Counterparty.OTHER_NAME]},
            {"counterparties": [Counterparty.OTHER_NAME]},
        ),
    ],
)
def test_a_wide_row_covers_all_of_a_narrow_one_and_not_the_other_way_about(
    wide: dict[str, Any], narrow: dict[str, Any]
) -> None:
    assert row(**wide).covers_all_of(row(**narrow))
    assert not row(**narrow).covers_all_of(row(**wide))
    assert not row(measure=Measure.SINGLE, **wide).covers_all_of(row(**narrow))


def test_a_row_holds_on_its_days_for_its_kind_of_customer() -> None:
    held = row(party=PartyKind.UNIT, valid=Span(DAY, date(2026, 11, 24)))
    assert held.holds(PartyKind.UNIT, DAY)
    assert not held.holds(PartyKind.PERSON, DAY)
    assert not held.holds(PartyKind.UNIT, date(2026, 11, 24))


LATER = Span(date(2027, 1, 1), None)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([row(source=Source.AGREED)], [("A.source", Fault.CONFLICT)]),
        ([row(), row(figure=Decimal(200))], [("A.valid", Fault.OVERLAP)]),
        ([row(), row(code="B", figure=Decimal(200))], [("B", Fault.DUPLICATE)]),
        ([row(), row(code="A", source=Source.AGREED)], [("A.source", Fault.CONFLICT), ("A.valid", Fault.OVERLAP)]),
    ],
)
def test_a_pack_is_checked_as_a_whole(rows: list[LimitRow], found: list[tuple[str, Fault]]) -> None:
    assert faults(LimitPack, version="1", rows=rows) == found


def test_a_pack_has_a_version() -> None:
    assert faults(LimitPack, version=" ", rows=[]) == [("version", Fault.EMPTY)]


def test_a_code_may_have_another_figure_on_other_days_and_two_limits_may_differ_in_anything() -> None:
    until = Span(None, LATER.start)
    rows = [row(valid=LATER), row(valid=until, figure=Decimal(50)), row(code="B", over=Over.CERTIFICATE)]
    assert [one.code for one in LimitPack(version="1", rows=rows).rows] == ["A", "A", "B"]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"amount": 0.1}, [("amount", Fault.TYPE)]),
        ({"amount": Decimal(1)}, [("amount", Fault.TYPE)]),
        ({"amount": Money(Decimal(0))}, [("amount", Fault.RANGE)]),
        ({"amount": Money(Decimal(10**15))}, [("amount", Fault.RANGE)]),
        ({"balance": Money(Decimal(10**15))}, [("balance", Fault.RANGE)]),
        ({"balance": Money(Decimal(-(10**15)))}, [("balance", Fault.RANGE)]),
        ({"amount": Money(Decimal(1), "USD")}, [("amount", Fault.CONFLICT)]),
        ({"balance": 1}, [("balance", Fault.TYPE)]),
        ({"day": datetime(2026, 11, 23, 8)}, [("day", Fault.TYPE)]),
        ({"id": " ", "customer": ""}, [("id", Fault.EMPTY), ("customer", Fault.EMPTY)]),
        ({"id": 5}, [("id", Fault.TYPE)]),
        ({"slot": None}, [("slot", Fault.TYPE)]),
    ],
)
def test_a_transaction_that_cannot_be_is_refused(changed: dict[str, Any], found: list[tuple[str, Fault]]) -> None:
    told = {"id": "T-1", "customer": "6000000001", "day": DAY, "slot": WAY, "amount": Money(Decimal(1))}
    assert faults(Transaction, **(told | changed)) == found


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, [("day", Fault.CONFLICT)]),
        ({"day": DAY, "year": 2026}, [("day", Fault.CONFLICT)]),
        ({"day": datetime(2026, 11, 23, 8)}, [("day", Fault.TYPE)]),
        ({"day": DAY, "amount": 1.5}, [("amount", Fault.TYPE)]),
        ({"day": DAY, "amount": Money(Decimal(-1))}, [("amount", Fault.RANGE)]),
        ({"day": DAY, "count": 0}, [("count", Fault.CONFLICT)]),
        ({"day": DAY, "amount": Money(Decimal(3 * 10**15)), "count": 3}, [("amount", Fault.RANGE)]),
        ({"day": DAY, "count": "1"}, [("count", Fault.TYPE)]),
    ],
)
def test_a_sum_that_cannot_be_is_refused(changed: dict[str, Any], found: list[tuple[str, Fault]]) -> None:
    assert faults(Bucket, **({"slot": WAY, "amount": Money(Decimal(1)), "count": 1} | changed)) == found


def test_a_slot_tells_its_way_and_keeps_its_account_to_itself() -> None:
    told = Slot(channel="MOBILE", action="SPEND", account=ONE)
    assert (told.way, told.order) == (WAY.way, ("MOBILE|SPEND|NONE|", ONE.reveal()))
    assert told != WAY
    assert ONE.reveal() not in repr(told)
    assert faults(Slot, channel="mobile", action="SPEND") == [("channel", Fault.FORMAT)]
    assert faults(Slot, channel="MOBILE", action="SPEND", account="6222") == [("account", Fault.TYPE)]


def test_an_account_is_one_however_it_is_written() -> None:
    written = AccountNumber(f" {ONE.reveal()[:4]} {ONE.reveal()[4:]}")
    slot = Slot(channel="MOBILE", action="SPEND", account=written)
    assert slot == Slot(channel="MOBILE", action="SPEND", account=ONE)
    assert row(account=written).covers(Slot(channel="MOBILE", action="SPEND", account=ONE))
    used = Usage.of("6000000001", [Bucket(slot=slot, year=2026, amount=Money(Decimal(1)), count=1)])
    assert parted(used, "6000000002", [written])[1].buckets == used.buckets


def test_codes_of_the_handbook_are_codes() -> None:
    with pytest.raises(InvalidValue) as caught:
        LIMIT_ACTIONS_IN.kind.read(["CASH_IN", "cash"])
    assert (caught.value.path, caught.value.fault) == ("[1]", Fault.FORMAT)
