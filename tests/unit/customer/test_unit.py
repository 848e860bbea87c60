"""Units: particulars, beneficial owners at 24.99 and 25 percent, and who need not name them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from custmaster.customer.kinds import OwnerRelation
from custmaster.customer.unit import BeneficialOwner, UnitDetails, owners_exempt, owners_required
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default
from custmaster.handbook.book import NotInForce
from custmaster.value.money import Money
from custmaster.value.name import Name

PAGE = default().on(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("share", "named"), [("24.99", False), ("25", True), ("25.00", True), ("100", True), ("0", False)]
)
def test_25_percent_and_more_is_inclusive(share, named) -> None:
    assert owners_required(Decimal(share), PAGE) is named


def test_before_the_order_there_is_no_figure() -> None:
    with pytest.raises(NotInForce):
        owners_required(Decimal(25), default().on(date(2024, 10, 31)))


@pytest.mark.parametrize("share", ["-0.01", "100.01", "NaN", "Infinity"])
def test_a_share_is_a_percentage(share) -> None:
    with pytest.raises(InvalidValue) as caught:
        BeneficialOwner(name=Name("张伟"), relation=OwnerRelation.EQUITY, share=Decimal(share))
    assert (caught.value.fault, caught.value.path) == (Fault.RANGE, "share")


def test_an_owner_shows_neither_birth_date_nor_nationality() -> None:
    shown = repr(
        BeneficialOwner(
            name=Name("张伟"), relation=OwnerRelation.CONTROL, nationality="CHN", birth_date=date(1980, 5, 17)
        )
    )
    assert "1980" not in shown
    assert "CHN" not in shown
    assert "伟" not in shown


@pytest.mark.parametrize("name", ["scope", "legal_form"])
def test_particulars_are_texts_that_are_not_shown(name) -> None:
    assert "软件开发" not in repr(UnitDetails(**{name: "软件开发"}))
    with pytest.raises(InvalidValue) as caught:
        UnitDetails(**{name: "x" * 5001})
    assert (caught.value.fault, caught.value.path) == (Fault.LENGTH, name)


SMALL = Money(Decimal(10_000_000))


@pytest.mark.parametrize(
    ("unit", "exempt"),
    [
        (UnitDetails(sole_trader=True), True),
        (UnitDetails(registered_capital=SMALL, natural_holders_only=True, exempt_promised=True), True),
        (UnitDetails(registered_capital=SMALL, natural_holders_only=True), False),
        (UnitDetails(registered_capital=SMALL, exempt_promised=True), False),
        (UnitDetails(natural_holders_only=True, exempt_promised=True), False),
        (
            UnitDetails(
                registered_capital=Money(Decimal("10000000.01")), natural_holders_only=True, exempt_promised=True
            ),
            False,
        ),
        (
            UnitDetails(registered_capital=Money(Decimal(1), "USD"), natural_holders_only=True, exempt_promised=True),
            False,
        ),
    ],
)
def test_who_need_not_name_owners(unit, exempt) -> None:
    assert owners_exempt(unit, PAGE) is exempt
