"""The fit of a customer and a staff member: each part alone, all together, and what cannot be asked."""

from __future__ import annotations

from datetime import date

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default
from custmaster.roster import (
    Fit,
    FitCustomer,
    FitPart,
    FitStaff,
    Seat,
    Wish,
    assign,
    fit,
    fit_costs,
    fit_weights,
    terms,
)

PAGE = default().on(date(2026, 11, 23))
WEIGHTS = fit_weights(PAGE)
CUSTOMER = FitCustomer(
    customer="C-1", level="钻石卡", needs=["LOAN", "FUND"], outlet="B-1", languages=["YUE", "CMN"], known_to=["T-1"]
)
PERFECT = FitStaff(
    staff="T-1", levels=["普通", "钻石卡"], needs=["FUND", "LOAN", "GOLD"], outlet="B-1", languages=["CMN"]
)


def test_a_perfect_fit_costs_nothing() -> None:
    assert fit(CUSTOMER, PERFECT, WEIGHTS) == Fit(parts=())
    assert fit(CUSTOMER, PERFECT, WEIGHTS).points == 0


@pytest.mark.parametrize(
    ("change", "part", "points"),
    [
        ({"levels": ["金卡"]}, FitPart.LEVEL, 40),
        ({"levels": ["金卡", "私人银行"]}, FitPart.LEVEL, 20),
        ({"needs": ["LOAN"]}, FitPart.NEED, 30),
        ({"needs": []}, FitPart.NEED, 60),
        ({"outlet": "B-2"}, FitPart.LOCATION, 60),
        ({"outlet": None}, FitPart.LOCATION, 60),
        ({"languages": ["WUU"]}, FitPart.LANGUAGE, 40),
        ({"languages": []}, FitPart.LANGUAGE, 40),
        ({"staff": "T-2"}, FitPart.RELATIONSHIP, 40),
    ],
)
def test_each_part_alone(change, part, points) -> None:
    given = {name: getattr(PERFECT, name) for name in ("staff", "levels", "needs", "outlet", "languages")}
    assert fit(CUSTOMER, FitStaff(**{**given, **change}), WEIGHTS).parts == ((part, points),)


def test_what_a_customer_does_not_say_is_not_asked() -> None:
    plain = FitCustomer(customer="C-1", level="普通", known_to=["T-9"])
    assert fit(plain, FitStaff(staff="T-9"), WEIGHTS).points == 0


@pytest.mark.parametrize(
    ("customer", "staff", "path"),
    [
        (FitCustomer(customer="C", level="黑卡"), FitStaff(staff="T", levels=["金卡"]), "level"),
        (FitCustomer(customer="C", level="黑卡"), FitStaff(staff="T"), "level"),
        (FitCustomer(customer="C", level="金卡"), FitStaff(staff="T", levels=["黑卡"]), "levels"),
    ],
)
def test_a_level_has_to_be_on_the_ladder(customer, staff, path) -> None:
    with pytest.raises(InvalidValue) as caught:
        fit(customer, staff, WEIGHTS)
    assert (caught.value.fault, caught.value.path) == (Fault.UNKNOWN_CODE, path)


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (lambda: FitCustomer(customer="C", level="金卡", needs="LOAN"), "needs"),
        (lambda: FitCustomer(customer="C", level="金卡", languages="CMN"), "languages"),
        (lambda: FitCustomer(customer="C", level="金卡", known_to="T-1"), "known_to"),
        (lambda: FitStaff(staff="T", levels="金卡"), "levels"),
        (lambda: FitStaff(staff="T", needs="LOAN"), "needs"),
        (lambda: FitStaff(staff="T", languages="CMN"), "languages"),
    ],
)
def test_one_text_in_place_of_a_list_is_refused(make, path) -> None:
    with pytest.raises(InvalidValue) as caught:
        make()
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, path)


def test_fits_are_costs_of_an_assignment() -> None:
    staff = [PERFECT, FitStaff(staff="T-2", outlet="B-2")]
    costs = fit_costs(CUSTOMER, staff, WEIGHTS)
    assert costs == {"T-1": 0, "T-2": 60 + 60 + 40 + 40}
    made = assign([Wish(customer="C-1", costs=costs)], [Seat(staff=one.staff) for one in staff], terms(PAGE))
    assert dict(made.pairs) == {"C-1": "T-1"}
