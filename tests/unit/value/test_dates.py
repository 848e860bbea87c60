"""Written days, read by listed patterns."""

from __future__ import annotations

from datetime import date

import pytest

from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.value.dates import DatePattern, DateReading, read_date

MAY = date(2024, 5, 1)
ISO = ("YYYY-MM-DD",)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("YYYY-MM-DD", "2024-05-01"),
        ("YYYYMMDD", "20240501"),
        ("YYYY/M/D", "2024/5/1"),
        ("YYYY/M/D", "2024/05/01"),
        ("YYYY.MM.DD", "2024.05.01"),
        ("YYYY年M月D日", "2024年5月1日"),
        ("YYYY 年 MM 月 DD 日", "2024 年 05 月 01 日"),
        ("D Mon YYYY", "1 MAY 2024"),
        ("Mon D, YYYY", "may 1, 2024"),
        ("DDMonYYYY", "01May2024"),
        ("MM/DD/YYYY", "05/01/2024"),
        ("YYMMDD", "240501"),
        ("D.M.YY", "1.5.24"),
    ],
)
def test_a_pattern_reads_its_day(pattern: str, text: str) -> None:
    assert read_date(text, (pattern,), pivot=26) == DateReading(day=MAY)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("YYYY-MM-DD", "2024-5-1"),
        ("YYYY-MM-DD", "2024-05-01 "),
        ("YYYY-MM-DD", "2024-05-01\n"),
        ("YYYY-MM-DD", "2024-02-30"),
        ("YYYY-MM-DD", "2024-13-01"),
        ("YYYY-MM-DD", "0000-01-01"),
        ("YYYY-MM-DD", "2024-W18-3"),
        ("YYYY-MM-DD", "2024-+5-01"),
        ("YYYY-MM-DD", "٢٠٢٤-٠٥-٠١"),
        ("YYYY-MM-DD", "2024-05-0²"),
        ("YYYY-MM-DD", "2024-05-01T00:00:00"),
        ("YYYY-MM-DD", ""),
        ("YYYY-MM-DD", "2024-05-01" * 10),
        ("D Mon YYYY", "1 Mai 2024"),
        ("D Mon YYYY", "1 五月 2024"),
        ("YYYYMMDD", "2024051"),
        ("YYYY.MM.DD", "2024x05x01"),
    ],
)
def test_no_such_day(pattern: str, text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_date(text, (pattern,))
    assert (caught.value.fault, caught.value.length) == (Fault.DATE, len(text))
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("", Fault.FORMAT),
        ("YYYY-MM", Fault.FORMAT),
        ("YYYY-MM-DD-DD", Fault.FORMAT),
        ("YYYY-MM-M-DD", Fault.FORMAT),
        ("yyyy-mm-dd", Fault.FORMAT),
        ("%Y-%m-%d", Fault.FORMAT),
        ("YYY-MM-DD", Fault.FORMAT),
        ("YYYY-MM-DD" + " " * 40, Fault.FORMAT),
        ("YYYYMDD", Fault.AMBIGUOUS),
        ("DMYYYY", Fault.AMBIGUOUS),
    ],
)
def test_no_such_pattern(pattern: str, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as caught:
        DatePattern(pattern)
    assert caught.value.fault is fault


def test_patterns_are_tried_in_order_and_a_second_day_is_told() -> None:
    both = ("M/D/YYYY", "D/M/YYYY")
    assert read_date("3/4/2024", both) == DateReading(day=date(2024, 3, 4), ambiguous=True)
    assert read_date("13/4/2024", both) == DateReading(day=date(2024, 4, 13))
    assert read_date("4/4/2024", both) == DateReading(day=date(2024, 4, 4))
    assert read_date("3/4/2024", ["D/M/YYYY", "M/D/YYYY"]).day == date(2024, 4, 3)


def test_iso_is_not_taken_for_granted_when_another_pattern_reads_its_shape() -> None:
    assert read_date("2024-03-04", ("YYYY-MM-DD", "YYYY-DD-MM")).ambiguous
    assert read_date("2024-03-04", ("YYYY-DD-MM", "YYYY-MM-DD")).day == date(2024, 4, 3)
    assert not read_date("2024-03-04", ("YYYY-MM-DD", "YYYY/DD/MM")).ambiguous
    assert read_date("2024/04/03", ("YYYY-MM-DD", "YYYY/DD/MM")).day == date(2024, 3, 4)


def test_full_width_is_folded_and_told() -> None:
    assert read_date("２０２４－０５－０１", ISO) == DateReading(day=MAY, folded=True)
    assert read_date("２０２４年５月１日", ("YYYY年M月D日",)).folded
    assert not read_date("2024年5月1日", ("YYYY年M月D日",)).folded


@pytest.mark.parametrize(("short", "year"), [("00", 2000), ("26", 2026), ("27", 1927), ("99", 1999)])
def test_the_pivot_settles_the_century(short: str, year: int) -> None:
    assert read_date(f"1/1/{short}", ("M/D/YY",), pivot=26).day.year == year


@pytest.mark.parametrize("pivot", [None, -1, 100])
def test_without_a_pivot_two_digits_are_no_year(pivot: int | None) -> None:
    assert DatePattern("M/D/YY").needs_pivot
    assert not DatePattern("M/D/YYYY").needs_pivot
    with pytest.raises(CustmasterError, match="pivot"):
        read_date("1/1/24", ("M/D/YY",), pivot=pivot)
    assert read_date("1/1/2024", ("M/D/YY", "M/D/YYYY"), pivot=pivot).day == date(2024, 1, 1)


def test_no_pattern_reads_nothing() -> None:
    with pytest.raises(InvalidValue):
        read_date("2024-05-01", ())
