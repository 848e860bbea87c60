"""Law: the upgrade of a 15-digit number agrees with what the short form says of birth, sex and region."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity import resident
from custmaster.value.identity.registry import Flag, NumberForm, read

CENTENARIANS = range(996, 1000)


@given(
    day=st.dates(date(1900, 1, 1), date(1999, 12, 31)),
    sequence=st.integers(0, 999),
    county=st.sampled_from(["110105", "659004"]),
)
def test_the_upgrade_states_the_same_person(day: date, sequence: int, county: str) -> None:
    century = 18 if sequence in CENTENARIANS else 19
    try:
        born = day.replace(year=century * 100 + day.year % 100)
    except ValueError:  # pragma: no cover - no year of the 1800s differs from its fellow of the 1900s
        raise AssertionError from None
    short = f"{county}{day:%y%m%d}{sequence:03}"
    long = resident.upgrade(short)
    assert long[:17] == f"{county}{born:%Y%m%d}{sequence:03}"
    assert resident.validate(long) == long
    assert resident.birth_date(short) == resident.birth_date(long) == born
    assert resident.sex(short) is resident.sex(long)
    assert resident.region(short) == resident.region(long) == county
    assert resident.is_historical(short)
    assert not resident.is_historical(long)


@given(text=st.from_regex(r"(?:11|44)[0-9]{4}[0-9]{2}[01][0-9][0-3][0-9]{4}", fullmatch=True))
def test_a_short_number_is_valid_exactly_when_its_upgrade_is(text: str) -> None:
    if not resident.is_valid(text):
        with pytest.raises(InvalidValue, match="DATE"):
            resident.upgrade(text)
        body = f"{text[:6]}{18 if text[12:] >= '996' else 19}{text[6:]}"
        assert not resident.is_valid(body + resident.check_character(body))
        return
    assert resident.is_valid(resident.upgrade(text))
    assert read(NumberForm.RESIDENT, text).flags == (Flag.HISTORICAL_FORM,)


def test_a_long_number_has_no_upgrade() -> None:
    with pytest.raises(InvalidValue) as caught:
        resident.upgrade("11010519491231002X")
    assert caught.value.fault is Fault.LENGTH


@pytest.mark.parametrize("yy", range(100))
def test_february_has_29_days_in_leap_years_of_both_centuries(yy: int) -> None:
    for sequence, century in (("001", 1900), ("996", 1800)):
        year = century + yy
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        assert resident.is_valid(f"110105{yy:02}0229{sequence}") is leap


@pytest.mark.parametrize(("sequence", "century"), [(0, 19), (995, 19), (996, 18), (997, 18), (998, 18), (999, 18)])
def test_four_sequences_belong_to_the_century_before(sequence: int, century: int) -> None:
    assert resident.upgrade(f"110105491231{sequence:03}")[6:10] == f"{century}49"
