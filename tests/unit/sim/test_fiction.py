from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest

from custmaster.customer.judge import judge
from custmaster.decision import Outcome
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import customer_number_plan, default
from custmaster.sim import (
    FAULTS,
    FICTIONAL_DAY,
    HEADER,
    FictionalCustomer,
    Headings,
    SampleFault,
    customer_of_row,
    fiction,
    fictional_customers,
    sample_mapping,
)
from custmaster.sim.dice import dice
from custmaster.sim.faults import spoil
from custmaster.sim.people import MAKERS, Place
from custmaster.sim.record import COLUMNS, DOCUMENT_CODES
from custmaster.value.document_types import DocumentType
from custmaster.value.number_plan import CheckScheme, NumberPlan, NumberRange
from custmaster.wire.mapping_file import load_mapping
from custmaster.wire.structure import compile_structure
from custmaster.wire.table import Row

FOUND_AS = {
    SampleFault.WRONG_CHECK_DIGIT: {"DOCUMENT_CHECK_DIGIT"},
    SampleFault.NUMBER_TOO_SHORT: {"DOCUMENT_LENGTH"},
    SampleFault.IMPOSSIBLE_DATE_IN_NUMBER: {"DOCUMENT_DATE"},
    SampleFault.UNKNOWN_REGION: {"DOCUMENT_REGION"},
    SampleFault.FIFTEEN_DIGIT_NUMBER: {"DOCUMENT_HISTORICAL_FORM"},
    SampleFault.FULL_WIDTH_NUMBER: {"DOCUMENT_NEEDS_TIDYING"},
    SampleFault.NUMBER_MISSING: {"DOCUMENT_MISSING"},
    SampleFault.UNKNOWN_TYPE_CODE: {"CODE_UNKNOWN"},
    SampleFault.BIRTH_DATE_DIFFERS: {"BIRTH_DATE_DIFFERS"},
    SampleFault.SEX_DIFFERS: {"SEX_DIFFERS"},
    SampleFault.IMPOSSIBLE_BIRTH_DATE: {"DATE_UNREADABLE"},
    SampleFault.EXPIRED_DOCUMENT: {"DOCUMENT_EXPIRED"},
    SampleFault.EXPIRY_BEFORE_ISSUE: {"EXPIRY_BEFORE_ISSUE"},
    SampleFault.LONG_TERM_TOO_YOUNG: {"EXPIRY_NOT_BY_AGE"},
    SampleFault.INVISIBLE_IN_NAME: {"TEXT_INVISIBLE"},
    SampleFault.DAMAGED_NAME: {"TEXT_DAMAGED"},
    SampleFault.PLACEHOLDER_NAME: {"NAME_PLACEHOLDER"},
    SampleFault.NAME_MISSING: {"NAME_MISSING"},
    SampleFault.BAD_MOBILE: {"PHONE_INVALID"},
    SampleFault.PLACEHOLDER_MOBILE: {"PHONE_PLACEHOLDER"},
}
# A document that ends before it begins has in most cases ended and does not run for its term either.
FOLLOWS = {SampleFault.EXPIRY_BEFORE_ISSUE: {"DOCUMENT_EXPIRED", "EXPIRY_NOT_BY_AGE"}}


@cache
def page():
    return default().on(FICTIONAL_DAY)


STRUCTURE = compile_structure(load_mapping(sample_mapping(), "sample.toml"), HEADER[Headings.ZH])


def findings(customer: FictionalCustomer) -> list[tuple[str, Outcome]]:
    row = STRUCTURE(Row(line=2, cells=tuple(getattr(customer, field) for field, _ in COLUMNS)))
    assert row.entry is not None
    remarks = (*row.remarks, *judge(row.entry, page=page(), day=FICTIONAL_DAY))
    return [(str(remark.reason.code), remark.reason.outcome) for remark in remarks]


def test_a_customer_without_fault_is_found_clean_but_for_notes_on_old_cards() -> None:
    for customer in fictional_customers(3000, seed=11):
        found = findings(customer)
        old_card = customer.document_type == "23" and len(customer.document_number) == 15
        assert found == ([("DOCUMENT_OLD_SERIES", Outcome.ALLOWED)] if old_card else []), customer


def test_every_fault_is_found_and_nothing_else_is_invented() -> None:
    for customer in fictional_customers(4000, seed=12, faults=1000):
        fault = SampleFault(customer.fault)
        found = {code for code, _ in findings(customer)} - {"DOCUMENT_OLD_SERIES"} - FOLLOWS.get(fault, set())
        assert found == FOUND_AS[fault], customer


def test_a_sample_of_faults_holds_every_one_of_them() -> None:
    counted = Counter(customer.fault for customer in fictional_customers(2000, seed=13, faults=1000))
    assert set(counted) == {fault.value for fault in FAULTS}
    assert set(FAULTS) == set(SampleFault) == set(FOUND_AS)


@pytest.mark.parametrize("fault", SampleFault)
def test_a_fault_changes_its_own_column(fault: SampleFault) -> None:
    together = {SampleFault.EXPIRED_DOCUMENT: {"issued_on", "opened_on"}}
    checked = 0
    for row in range(400):
        clean = customer_of_row(row, seed=14)
        if FAULTS[fault].befalls(clean):
            faulty = spoil(clean, fault, Place(row, clean.customer_number, FICTIONAL_DAY, dice(seed=14, row=row)))
            changed = {field for field, _ in COLUMNS if getattr(clean, field) != getattr(faulty, field)}
            assert changed - together.get(fault, set()) == {FAULTS[fault].column}
            assert FAULTS[fault].meaning
            checked += 1
    assert checked > 0


def test_the_share_of_faults_is_the_one_asked_for() -> None:
    faulty = sum(customer.fault is not None for customer in fictional_customers(8000, seed=15, faults=Decimal("62.5")))
    assert 430 < faulty < 570
    assert all(customer.fault is None for customer in fictional_customers(300, seed=15))


def test_a_fault_put_into_one_row_leaves_the_others_as_they_were() -> None:
    clean = list(fictional_customers(300, seed=16))
    mixed = list(fictional_customers(300, seed=16, faults=100))
    assert [one for one in mixed if one.fault is None] == [
        one for one, other in zip(clean, mixed, strict=True) if other.fault is None
    ]


def test_a_row_made_alone_and_a_longer_sample_agree() -> None:
    long = list(fictional_customers(50, seed=17, faults=200))
    assert list(fictional_customers(20, seed=17, faults=200)) == long[:20]
    assert customer_of_row(49, seed=17, faults=200) == long[49]


def test_the_mix_holds_every_maker_and_every_kind_of_name() -> None:
    sample = list(fictional_customers(6000, seed=18))
    assert {customer.document_type for customer in sample} == set(DOCUMENT_CODES)
    names = [customer.name for customer in sample]
    assert any("·" in name for name in names)
    assert any("䶮" in name or "𬱖" in name for name in names)
    assert any(name.isascii() for name in names)
    assert any(name.endswith("有限公司") for name in names)
    assert sum(MAKERS.values()) == 1000


def test_customer_numbers_are_unique_and_lie_in_an_example_range() -> None:
    plan = customer_number_plan(page())
    sample = [customer.customer_number for customer in fictional_customers(2000, seed=19)]
    assert len(set(sample)) == 2000
    ranges = [plan.range_of(number) for number in sample]
    assert all(one is not None and one.example for one in ranges)


def test_a_clean_document_is_good_for_a_year_unless_temporary() -> None:
    later = (FICTIONAL_DAY + timedelta(days=365)).isoformat()
    for customer in fictional_customers(2000, seed=20):
        assert customer.document_type == "02" or customer.expires_on == "长期" or customer.expires_on > later


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2024, 6, 30), date(2032, 2, 29), date(2049, 12, 31)])
def test_other_days_work_too(day: date) -> None:
    for customer in fictional_customers(500, seed=21, faults=100, day=day):
        assert customer.issued_on <= day.isoformat()
        assert customer.opened_on <= day.isoformat()


def test_document_codes_name_document_types() -> None:
    assert {DocumentType(name) for name in DOCUMENT_CODES.values()}


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ({"count": -1, "seed": 1}, "count"),
        ({"count": 1, "seed": 1, "faults": 1001}, "faults"),
        ({"count": 1, "seed": 1, "faults": -1}, "faults"),
        ({"count": 1, "seed": 1, "day": date(2024, 5, 31)}, "day"),
        ({"count": 1, "seed": 1, "day": date(2050, 1, 1)}, "day"),
    ],
)
def test_what_cannot_be_is_refused_at_once(arguments: dict[str, object], path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        fictional_customers(**arguments)
    assert (caught.value.fault, caught.value.path) == (Fault.RANGE, path)


def test_a_row_beyond_the_number_ranges_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        customer_of_row(10**11, seed=1)
    assert (caught.value.fault, caught.value.path) == (Fault.RANGE, "row")


def test_a_plan_with_a_check_digit_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    new = NumberRange(name="new", low="6000000000", high="6999999999", owner="BP")
    plan = NumberPlan(width=10, ranges=(new,), check=CheckScheme.LUHN)
    monkeypatch.setattr(fiction, "_plan", lambda day: plan)
    sample = [customer.customer_number for customer in fictional_customers(50, seed=22)]
    assert len(set(sample)) == 50
    assert all(plan.range_of(number) is new for number in sample)
