"""Limits from TOML, and usage, rows, packs and headroom as JSON: what is not understood is refused with its line or its path."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from custmaster.errors import CustmasterError, Fault, InvalidValue, UnusableInput
from custmaster.handbook import default
from custmaster.limits import AccountClass, Slot, Transaction, Usage, headroom, reserve, standing
from custmaster.value.account import AccountNumber
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.value.span import Span
from custmaster.wire.limits import (
    headroom_from_json,
    headroom_to_json,
    limit_pack_from_json,
    limit_pack_to_json,
    usage_from_json,
    usage_to_json,
)
from custmaster.wire.limits_file import load_limits

DAY = date(2026, 11, 23)
EXAMPLE = (Path(__file__).parents[3] / "docs/examples/limits.toml").read_text(encoding="utf-8")
ROW = """version = "2026.1"
[[limits]]
code = "MOBILE_DAY"
measure = "DAY_AMOUNT"
figure = "50000.50"
channels = ["MOBILE", "WEB"]
citation = "rule 1"
from = 2026-01-01
until = 2027-01-01
"""
WAY = Slot(
    channel="MOBILE", action="SPEND", account_class=AccountClass.CLASS_II, account=AccountNumber("6222000000000001")
)


def test_a_row_is_read_with_its_days_and_exact_figure() -> None:
    (row,) = load_limits(ROW, "l.toml").rows
    assert (row.figure, row.valid) == (Decimal("50000.50"), Span(date(2026, 1, 1), date(2027, 1, 1)))
    assert load_limits('version = "1"', "l.toml").rows == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = ", "this is no TOML"),
        ("", "version: the version of this pack is missing"),
        (ROW + "[more]\n", "line 10: more: means nothing here"),
        ('version = "1"\nlimits = 5\n', "line 2: limits: is no list of tables"),
        (ROW.replace('"50000.50"', "0.5"), "line 5: limits[0].figure: wrong type"),
        (ROW.replace('"50000.50"', '"0.005"'), "line 5: limits[0].figure: wrong form"),
        (ROW.replace("figure", "figur"), "limits[0].figur: unknown field"),
        (ROW.replace('["MOBILE", "WEB"]', '"mobile"'), "limits[0].channels[0]: wrong form"),
        (ROW.replace("2026-01-01", '"soon"'), "line 8: limits[0].from: no such day"),
        (ROW.replace("2026-01-01", "2028-01-01"), "line 9: limits[0].until: ends before it begins"),
        (ROW.replace('"rule 1"', "1"), "line 7: limits[0].citation: wrong type"),
        (ROW + ROW.partition("\n")[2], "MOBILE_DAY.until: overlaps its neighbour"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        load_limits(text, "l.toml")
    assert said in str(caught.value)


def test_a_pack_comes_back_from_json() -> None:
    pack = load_limits(EXAMPLE, "limits.toml")
    assert limit_pack_from_json(limit_pack_to_json(pack)) == pack


def test_usage_and_headroom_come_back_from_json() -> None:
    paid = Transaction(id="T-1", customer="6000000001", day=DAY, slot=WAY, amount=Money(Decimal("12.50")))
    used = reserve(Usage.of("6000000001"), paid)
    assert usage_from_json(usage_to_json(used)) == used
    left = headroom(WAY, standing(default().on(DAY), [], PartyKind.PERSON), used)
    assert headroom_from_json(headroom_to_json(left)) == left


@pytest.mark.parametrize(
    ("text", "path", "fault"),
    [
        ('{"schema": 1}', "customer", Fault.MISSING),
        (
            '{"schema": 1, "customer": "1", "buckets": [{"slot": {"channel": "A", "action": "B"}}]}',
            "buckets[0].amount",
            Fault.MISSING,
        ),
        ('{"schema": 1, "customer": "1", "entries": 5}', "entries", Fault.TYPE),
    ],
)
def test_a_fault_of_a_usage_has_its_path(text: str, path: str, fault: Fault) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        usage_from_json(text)
    found = [one for one in caught.value.exceptions if isinstance(one, InvalidValue)]
    assert (path, fault) in [(one.path, one.fault) for one in found]


def test_a_sum_that_stands_twice_is_refused() -> None:
    row = '{"slot": {"channel": "A", "action": "B"}, "year": 2026, "amount": {"amount": "1.00"}, "count": 1}'
    with pytest.raises(ExceptionGroup) as caught:
        usage_from_json(f'{{"schema": 1, "customer": "1", "buckets": [{row}, {row}]}}')
    assert [str(one).partition(":")[0] for one in caught.value.exceptions] == ["buckets[1]"]


def test_a_usage_that_is_too_large_to_be_read_again_is_not_written() -> None:
    used = Usage.of("1")
    for place in range(1001):
        name = f"T-{place}"
        used = reserve(used, Transaction(id=name, customer="1", day=DAY, slot=WAY, amount=Money(Decimal(1))))
    with pytest.raises(CustmasterError, match="trim it first"):
        usage_to_json(used)


ONE = '[[limits]]\ncode = "A"\nmeasure = "DAY_AMOUNT"\ncitation = "rule 1"\nfigure = '


@pytest.mark.parametrize("figure", ["5.5", "true", '"50,000"', '"1e5"'])
def test_a_figure_that_is_none_is_refused_with_what_to_write(figure: str) -> None:
    remedy = r'write a whole number without commas, or an amount in quotes, like "24\.99"$'
    with pytest.raises(UnusableInput, match=rf"^l\.toml, line 6: limits\[0\]\.figure: .*; {remedy}"):
        load_limits(f'version = "1"\n{ONE}{figure}', "l.toml")


def test_a_figure_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(UnusableInput, match=r"^l\.toml: this is no TOML"):
        load_limits(f'version = "1"\n{ONE}{"9" * 5000}', "l.toml")


def test_what_is_wrong_between_rows_is_told_with_the_line_of_the_later_one() -> None:
    twice = f'\ufeffversion = "1"\n{ONE}5\n{ONE.replace(chr(34) + "A" + chr(34), chr(34) + "B" + chr(34))}5'
    with pytest.raises(UnusableInput, match=r"^l\.toml, line 7: B: stands here twice"):
        load_limits(twice, "l.toml")


def test_the_days_of_a_limit_are_from_and_until_alone() -> None:
    text = f'version = "1"\n{ONE}5\nvalid = {{ start = "2026-01-01" }}\nfrom = 2027-01-01'
    with pytest.raises(UnusableInput, match=r"^l\.toml, line 7: limits\[0\]\.valid: means nothing here; write from"):
        load_limits(text, "l.toml")
