"""A register of contracts by columns: groups too large to be held one against another, and accounts that nobody named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from custmaster.batch import contracts
from custmaster.batch.contracts import Run, check_contracts
from custmaster.contract import Catalogue, Category, Exclusion, Level, Product
from custmaster.contract.register import RegisterPage
from custmaster.wire.contract_mapping import contract_mapping

HEADER = ("number", "product", "customer", "state", "account")


def product(number: str, **more: Any) -> Product:
    return Product(number=number, zh="产品", en="product", category=Category.PRODUCT_SERVICE, **more)


CATALOGUE = Catalogue(
    version="1",
    positions=1,
    products=[
        product("1", excludes=[Exclusion(product="2")]),
        product("2"),
        product("3", level=Level.ACCOUNT, excludes=[Exclusion(product="4")]),
        product("4", level=Level.ACCOUNT),
    ],
)
PAGE = RegisterPage(catalogue=CATALOGUE, day=date(2026, 11, 23))


def found(path: Path, rows: Iterable[tuple[str, str, str]]) -> set[tuple[int, str]]:
    """The lines and codes; a row is a contract number, a product and an account."""
    file = path / "c.csv"
    written = [",".join(HEADER), *(f"{number},{of},6000000001,ACTIVE,{account}" for number, of, account in rows)]
    file.write_text("\n".join(written), encoding="utf-8")
    told = set[tuple[int, str]]()
    mapping = contract_mapping(HEADER, "c.csv")
    check_contracts(
        file, mapping, PAGE, lambda one, _: told.add((one.line, str(one.reason.code))), Run(engine="python")
    )
    return told


def test_a_group_of_the_largest_size_is_judged_and_a_larger_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contracts, "LARGEST_GROUP", 2)
    two = [("C1", "1", ""), ("C2", "2", "")]
    assert found(tmp_path, two) == {(2, "EXCLUDED_SIDE_BY_SIDE")}
    assert found(tmp_path, [*two, ("C3", "2", "")]) == {(2, "FAMILY_TOO_LARGE"), (3, "SIGNED_TWICE")}
    same = [(f"C{at}", "2", "") for at in range(3)]
    assert found(tmp_path, same) == {(2, "SIGNED_TWICE")}, "equal keys are looked for in a group of any size"


@pytest.mark.parametrize(
    ("mine", "theirs", "met"), [("A", "A", True), ("A", "B", False), ("", "B", True), ("A", "", True)]
)
def test_an_account_that_is_not_named_may_be_any(tmp_path: Path, mine: str, theirs: str, met: bool) -> None:
    told = found(tmp_path, [("C1", "3", mine), ("C2", "4", theirs)])
    assert ((2, "EXCLUDED_SIDE_BY_SIDE") in told) is met
