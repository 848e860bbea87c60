"""Laws of written days: what a pattern writes it reads; any text gives a day or a fault, never anything else."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.errors import Fault, InvalidValue
from custmaster.value.dates import DatePattern, DateReading, read_date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WRITERS = {
    "YYYY-MM-DD": lambda d: f"{d.year:04}-{d.month:02}-{d.day:02}",
    "YYYYMMDD": lambda d: f"{d.year:04}{d.month:02}{d.day:02}",
    "D/M/YYYY": lambda d: f"{d.day}/{d.month}/{d.year:04}",
    "YYYY年M月D日": lambda d: f"{d.year:04}年{d.month}月{d.day}日",
    "DD-Mon-YYYY": lambda d: f"{d.day:02}-{MONTHS[d.month - 1]}-{d.year:04}",
}


@given(st.dates(), st.sampled_from(sorted(WRITERS)))
def test_what_is_written_by_a_pattern_is_read_by_it(day: date, pattern: str) -> None:
    text = WRITERS[pattern](day)
    assert read_date(text, (pattern,)).day == day
    assert read_date(text, tuple(WRITERS)).day == day
    assert DatePattern(pattern).fits(text)


SHAPES = st.from_regex(r"[0-9]{4}[-/.年]?[01]?[0-9][-/.月]?[0-3]?[0-9]日?", fullmatch=True)


@given(SHAPES.filter(str.isascii) | st.text(alphabet="0123456789-/", max_size=12), st.permutations(sorted(WRITERS)))
def test_the_first_pattern_that_reads_a_day_counts(text: str, patterns: list[str]) -> None:
    days = [day for pattern in patterns if (day := DatePattern(pattern).read(text)) is not None]
    if days:
        assert read_date(text, patterns) == DateReading(day=days[0], ambiguous=len(set(days)) > 1)
    else:
        with pytest.raises(InvalidValue) as caught:
            read_date(text, patterns)
        assert (caught.value.fault, caught.value.length) == (Fault.DATE, len(text))


@given(st.text(max_size=50) | SHAPES)
def test_any_text_is_a_day_or_a_fault(text: str) -> None:
    with suppress(InvalidValue):
        assert type(read_date(text, tuple(WRITERS)).day) is date


@given(st.text(alphabet="YMDon-/. 年x", max_size=14), st.text(max_size=20))
def test_any_pattern_is_a_pattern_or_a_fault(pattern: str, text: str) -> None:
    with suppress(InvalidValue):
        made = DatePattern(pattern)
        assert made.read(text, 26) is None or made.fits(text)
