"""Law: a number is refused for its day exactly when the calendar has no such day between 1800 and 2099."""

from __future__ import annotations

from calendar import monthrange

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity import permanent_residence, residence_permit, resident

MODULES = [(resident, "110105"), (residence_permit, "810000"), (permanent_residence, "911124")]


def known(year: int, month: int, day: int) -> bool:
    return 1800 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


@pytest.mark.parametrize(("module", "region"), MODULES, ids=["resident", "residence_permit", "permanent_residence"])
@pytest.mark.parametrize(
    "year", [0, 1600, 1799, 1800, 1804, 1899, 1900, 1904, 1999, 2000, 2024, 2096, 2099, 2100, 9999]
)
def test_every_day_of_a_year(module: object, region: str, year: int) -> None:
    for month in range(14):
        for day in range(33):
            body = f"{region}{year:04}{month:02}{day:02}002"
            number = body + resident.check_character(body)
            assert module.is_valid(number) is known(year, month, day), (year, month, day)  # type: ignore[attr-defined]


@pytest.mark.parametrize("year", range(1795, 2105))
def test_29_february(year: int) -> None:
    body = f"110105{year}0229002"
    number = body + resident.check_character(body)
    if known(year, 2, 29):
        assert resident.birth_date(number).year == year
    else:
        with pytest.raises(InvalidValue) as caught:
            resident.birth_date(number)
        assert caught.value.fault is Fault.DATE
