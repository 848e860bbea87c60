"""The number plan: ranges with owners, roles, blocks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.value.number_plan import (
    Assignment,
    Block,
    CheckScheme,
    Exhausted,
    NumberPlan,
    NumberRange,
    Role,
    allocate,
    check_digit,
    exhausted_by,
    remaining,
)

NEW = NumberRange(name="new", low="6000", high="6999", owner="BP")
OLD = NumberRange(name="old", low="0100", high="1999", owner="EUSP", assignment=Assignment.EXTERNAL, example=True)
PLAN = NumberPlan(width=4, ranges=[NEW, OLD], peers=["CDM"])


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("6000", "new"),
        ("6999", "new"),
        ("0100", "old"),
        ("1999", "old"),
        ("0099", None),
        ("2000", None),
        ("7000", None),
        ("100", None),
        ("06000", None),
        ("600", None),
        ("600a", None),
        ("６０００", None),
        ("6５00", None),
        ("60²0", None),
        ("6000\n", None),
        ("", None),
    ],
)
def test_range_of(number: str, name: str | None) -> None:
    found = PLAN.range_of(number)
    assert (found.name if found else None) == name


def test_ranges_are_kept_in_order() -> None:
    assert PLAN.ranges == (OLD, NEW)
    assert PLAN.systems == ("BP", "CDM", "EUSP")
    assert (NEW.width, NEW.contains("6500"), NEW.contains("65000"), NEW.contains("65 0")) == (4, True, False, False)


def test_roles() -> None:
    assert PLAN.role("6001", "BP") is Role.OWNER
    assert PLAN.role("6001", "EUSP") is Role.PEER
    assert PLAN.role("6001", "CDM") is Role.PEER
    assert PLAN.role("0101", "EUSP") is Role.OWNER
    assert PLAN.role("9999", "BP") is None
    with pytest.raises(CustmasterError, match="no such system"):
        PLAN.role("6001", "bp")


@pytest.mark.parametrize(("number", "fault"), [("60000", Fault.LENGTH), ("600x", Fault.FORMAT), ("5000", Fault.RANGE)])
def test_validate_says_why(number: str, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as caught:
        PLAN.validate(number)
    assert caught.value.fault is fault
    assert number not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "fault", "path"),
    [
        ({"name": " "}, Fault.EMPTY, "name"),
        ({"owner": ""}, Fault.EMPTY, "owner"),
        ({"low": "600x"}, Fault.FORMAT, "low"),
        ({"high": "６９９９"}, Fault.FORMAT, "high"),
        ({"low": ""}, Fault.FORMAT, "low"),
        ({"high": "69999"}, Fault.LENGTH, "high"),
        ({"high": "5999"}, Fault.ORDER, "high"),
    ],
)
def test_a_range_that_is_none(change: dict[str, Any], fault: Fault, path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        NumberRange(**({"name": "n", "low": "6000", "high": "6999", "owner": "BP"} | change))
    assert (caught.value.fault, caught.value.path) == (fault, path)


def test_an_overlap_is_refused_by_the_names_of_both() -> None:
    with pytest.raises(InvalidValue) as caught:
        NumberPlan(width=4, ranges=[NEW, NumberRange(name="newer", low="6999", high="7999", owner="BP")])
    assert caught.value.fault is Fault.OVERLAP
    assert caught.value.path == "new and newer"


def test_an_overlap_hidden_behind_a_third_range_is_refused() -> None:
    wide = NumberRange(name="wide", low="1000", high="9000", owner="A")
    inner = NumberRange(name="inner", low="2000", high="2001", owner="B")
    late = NumberRange(name="late", low="8000", high="8001", owner="C")
    with pytest.raises(InvalidValue) as caught:
        NumberPlan(width=4, ranges=[late, wide, inner])
    assert caught.value.fault is Fault.OVERLAP


def test_width_and_names() -> None:
    with pytest.raises(InvalidValue) as width:
        NumberPlan(width=5, ranges=[NEW])
    assert (width.value.fault, width.value.path) == (Fault.LENGTH, "new")
    for wrong in (0, 33):
        with pytest.raises(InvalidValue) as out:
            NumberPlan(width=wrong, ranges=[])
        assert out.value.fault is Fault.RANGE
    with pytest.raises(InvalidValue) as twice:
        NumberPlan(width=4, ranges=[NEW, NumberRange(name="new", low="1000", high="1001", owner="BP")])
    assert twice.value.fault is Fault.DUPLICATE


# ISO/IEC 7812-1 annex and ISO/IEC 7064 give these examples.
@pytest.mark.parametrize(
    ("scheme", "body", "digit"),
    [
        (CheckScheme.LUHN, "7992739871", "3"),
        (CheckScheme.LUHN, "622848000000000000", "0"),
        (CheckScheme.LUHN, "0", "0"),
        (CheckScheme.MOD11_10, "0794", "5"),
        (CheckScheme.NONE, "0794", ""),
    ],
)
def test_check_digits(scheme: CheckScheme, body: str, digit: str) -> None:
    assert check_digit(scheme, body) == digit


def test_a_body_that_is_no_number_has_no_check_digit() -> None:
    for body in ("", "12a", "１"):
        with pytest.raises(InvalidValue):
            check_digit(CheckScheme.LUHN, body)


@pytest.mark.parametrize("scheme", [CheckScheme.LUHN, CheckScheme.MOD11_10])
def test_with_a_check_digit_a_wrong_number_has_no_range(scheme: CheckScheme) -> None:
    plan = NumberPlan(width=4, ranges=[NEW], check=scheme)
    right = "600" + check_digit(scheme, "600")
    wrong = "600" + str((int(right[-1]) + 1) % 10)
    assert plan.range_of(right) == NEW
    assert plan.range_of(wrong) is None
    with pytest.raises(InvalidValue) as caught:
        plan.validate(wrong)
    assert caught.value.fault is Fault.CHECK_DIGIT
    with pytest.raises(InvalidValue) as blocked:
        Block(range=NEW, next=wrong, last=right if right > wrong else "699" + check_digit(scheme, "699"), check=scheme)
    assert blocked.value.fault is Fault.CHECK_DIGIT


def test_one_digit_alone_is_never_its_own_check_digit() -> None:
    digit = NumberRange(name="d", low="0", high="9", owner="BP")
    assert NumberPlan(width=1, ranges=[digit], check=CheckScheme.LUHN).range_of("0") is None


def test_a_block_gives_its_numbers_and_then_none() -> None:
    block = PLAN.block("6998", "6999")
    assert remaining(block) == 2
    first = allocate(block)
    assert first == ("6998", Block(range=NEW, next="6999", last="6999"))
    assert allocate(block) == first  # a block is a value: whoever keeps the old one is given the same number
    assert not isinstance(first, Exhausted)
    second = allocate(first[1])
    assert second == ("6999", Block(range=NEW, next=None, last="6999"))
    assert not isinstance(second, Exhausted)
    assert remaining(second[1]) == 0
    assert allocate(second[1]) == Exhausted(range="new", last="6999")


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        ("6999", "6998", Fault.ORDER),
        ("6000", "0100", Fault.RANGE),
        ("5000", "6000", Fault.RANGE),
        ("0100", "0200", Fault.RANGE),
        ("600", "6001", Fault.LENGTH),
    ],
)
def test_a_block_that_is_none(first: str, last: str, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as caught:
        PLAN.block(first, last)
    assert caught.value.fault is fault


def test_a_block_stays_inside_its_range() -> None:
    with pytest.raises(InvalidValue) as caught:
        Block(range=NEW, next="6990", last="7000")
    assert (caught.value.fault, caught.value.path) == (Fault.RANGE, "last")


@pytest.mark.parametrize(
    ("left", "per_day", "expected"),
    [
        (0, 5, date(2026, 11, 1)),
        (4, 5, date(2026, 11, 1)),
        (10, 5, date(2026, 11, 3)),
        (11, 5, date(2026, 11, 3)),
        (10, 0, None),
        (10**12, 1, None),
    ],
)
def test_exhaustion_is_foretold(left: int, per_day: int, expected: date | None) -> None:
    assert exhausted_by(left, per_day, date(2026, 11, 1)) == expected


def test_negative_counts() -> None:
    for left, per_day in ((-1, 1), (1, -1)):
        with pytest.raises(InvalidValue):
            exhausted_by(left, per_day, date(2026, 11, 1))
