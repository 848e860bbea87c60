"""What is wrong in a register, rule by rule; the columns and engines are held to these in tests/parity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.codes import ContractCode
from custmaster.contract.kinds import Category, Level, State
from custmaster.contract.product import Exclusion, Product
from custmaster.contract.record import Contract
from custmaster.contract.register import (
    GROUP_RULES,
    REGISTER_RULES,
    Holders,
    RegisterCode,
    RegisterPage,
    given_twice,
    judge_alone,
    keyed_if_known,
)
from custmaster.decision import Remark
from custmaster.value.account import AccountNumber
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span

DAY = date(2026, 11, 23)


def product(number: str, category: Category = Category.PRODUCT_SERVICE, **more: Any) -> Product:
    return Product(number=number, zh="产品", en="product", category=category, **more)


CATALOGUE = Catalogue(
    version="1",
    positions=1,
    products=[
        product("1", excludes=[Exclusion(product="2")]),
        product("2"),
        product("3", needs=["4"], level=Level.ACCOUNT),
        product("4", level=Level.ACCOUNT),
        product("5", Category.TRANSACTION_BEHAVIOUR),
        product("6", Category.THIRD_PARTY),
    ],
)
PAGE = RegisterPage(catalogue=CATALOGUE, day=DAY, holders=Holders(numbers=frozenset({"9"}), ended={"8": "CLOSED"}))


def contract(number: str, of: str, **more: Any) -> Contract:
    stated: dict[str, Any] = {"number": number, "product": of, "customer": "9", **more}
    return Contract(**stated)


def told(remarks: Any) -> list[tuple[str, str, str | None, Mapping[str, object]]]:
    found: list[Remark] = list(remarks)
    return [(one.field, str(one.reason.code), one.reason.subject, dict(one.reason.facts)) for one in found]


def together(kind: str, *contracts: Contract) -> list[tuple[str, str, str | None, Mapping[str, object]]]:
    keyed = [one for each in contracts if (one := keyed_if_known(each, CATALOGUE)) is not None]
    return [one for rule in GROUP_RULES[kind] for one in told(rule(keyed, PAGE))]


def test_every_code_of_the_register_has_a_rule() -> None:
    assert set(RegisterCode) < set(REGISTER_RULES)
    assert set(REGISTER_RULES) - set(RegisterCode) < set(ContractCode)


ALONE: list[tuple[Contract, list[tuple[str, str, str, dict[str, object]]]]] = [
    (contract("C1", "1"), []),
    (contract("C1", "0"), [("product", "PRODUCT_UNKNOWN", "C1", {"version": "1"})]),
    (contract("C1", "1", customer="7"), [("customer", "HOLDER_ABSENT", "C1", {})]),
    (contract("C1", "1", customer="8"), [("customer", "HOLDER_NOT_ACTIVE", "C1", {"status": "CLOSED"})]),
    (contract("C1", "1", customer="8", state=State.EXPIRED), []),
    (contract("C1", "4"), [("", "KEY_PART_MISSING", "C1", {"parts": "ACCOUNT"})]),
    (contract("C1", "4", state=State.DRAFT), []),
    (
        contract("C1", "5", channels=["MOBILE", "WEB"]),
        [
            ("channels", "CHANNEL_NOT_ONE", "C1", {"count": 2}),
            ("", "KEY_PART_MISSING", "C1", {"parts": "REFERENCE"}),
        ],
    ),
    (contract("C1", "1", valid=Span.through(None, DAY)), []),
    (
        contract("C1", "1", valid=Span(None, DAY)),
        [("valid_until", "EXPIRED_BUT_LIVE", "C1", {"end": date(2026, 11, 23)})],
    ),
    (contract("C1", "1", valid=Span(None, DAY), state=State.EXPIRED), []),
]


@pytest.mark.parametrize(("one", "expected"), ALONE)
def test_one_contract_alone(one: Contract, expected: list[tuple[str, str, str, dict[str, object]]]) -> None:
    assert told(judge_alone(one, PAGE)) == expected


def test_nobody_asks_who_there_is_without_a_list() -> None:
    page = RegisterPage(catalogue=CATALOGUE, day=DAY)
    assert told(judge_alone(contract("C1", "1", customer="7"), page)) == []


def test_a_number_on_several_rows() -> None:
    assert told([given_twice("C1", 3)]) == [("number", "NUMBER_TWICE", "C1", {"rows": 3})]


def test_the_same_contract_of_one_customer_and_of_several() -> None:
    at_broker = {"organisation": "B", "reference": PartnerReference("r 1")}
    assert together("key", contract("C2", "1"), contract("C1", "1", state=State.SUSPENDED)) == [
        ("", "SIGNED_TWICE", "C1", {"count": 2, "numbers": "C1, C2"})
    ]
    mine, theirs = contract("C1", "6", **at_broker), contract("C2", "6", customer="8", **at_broker)
    assert together("key", mine, theirs) == [
        ("", "BOUND_TO_SEVERAL", "C1", {"count": 2, "numbers": "C1, C2", "customers": 2})
    ]
    assert together("key", contract("C1", "1"), contract("C1", "1"), contract("C2", "1", state=State.DRAFT)) == []


def test_a_contract_without_a_key_is_the_same_as_none() -> None:
    assert together("key", contract("C1", "4"), contract("C2", "4")) == []
    assert together("place", contract("C1", "5"), contract("C2", "5")) == []


def test_five_contracts_are_named_and_of_more_the_first_five() -> None:
    held = [contract(f"C{place}", "1") for place in range(1, 7)]
    told_of = [dict(facts)["numbers"] for _, _, _, facts in (*together("key", *held[:5]), *together("key", *held))]
    assert told_of == ["C1, C2, C3, C4, C5", "C1, C2, C3, C4, C5, …"]


def test_behaviours_on_the_same_days() -> None:
    stated = {"reference": PartnerReference("R")}
    every = contract("C1", "5", channels=["*"], **stated)
    mobile = contract("C2", "5", channels=["MOBILE"], **stated)
    web = contract("C3", "5", channels=["WEB"], **stated)
    assert together("place", mobile, web) == []
    assert together("place", web, mobile, every) == [
        ("valid_until", "ON_THE_SAME_DAYS", "C1", {"count": 3, "numbers": "C1, C2, C3"})
    ]


def test_products_that_exclude_one_another_are_named_once_for_a_customer() -> None:
    assert together("customer", contract("C3", "2"), contract("C1", "1"), contract("C2", "2")) == [
        (
            "product",
            "EXCLUDED_SIDE_BY_SIDE",
            "C1",
            {"product": "1", "other": "2", "count": 3, "numbers": "C1, C2, C3"},
        )
    ]
    assert together("customer", contract("C1", "1"), contract("C1", "2")) == []
    assert together("customer", contract("C1", "1"), contract("C2", "2", customer="8")) == []


def test_what_a_product_needs_must_live_at_the_same_account() -> None:
    wealth = contract("C1", "3", account=AccountNumber("A"))
    absent = [("product", "DEPENDENCY_MISSING", "C1", {"products": "4"})]
    assert together("customer", wealth) == absent
    assert together("customer", wealth, contract("C2", "4", account=AccountNumber("B"))) == absent
    assert together("customer", wealth, contract("C2", "4", account=AccountNumber(" a "))) == []
    assert together("customer", wealth, contract("C2", "4", state=State.DRAFT)) == absent
