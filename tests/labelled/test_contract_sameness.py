"""Pairs of contracts, labelled by hand from requirements.md B7 before the code was asked: the same contract, or another one.

A row says what the two have in common, what differs, and the label. Every number is made up.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from custmaster.contract import (
    Category,
    Contract,
    Flow,
    Level,
    Product,
    State,
    keyed_contract,
    same_as,
)
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span

PRODUCTS: Final[dict[str, Product]] = {
    name: Product(number=number, zh=name, en=name, **more)
    for name, number, more in [
        ("三方存管", "0000000001", {"category": Category.THIRD_PARTY, "level": Level.ACCOUNT}),
        ("银期转账", "0000000002", {"category": Category.THIRD_PARTY}),
        ("三方存管一卡多签", "0000000003", {"category": Category.THIRD_PARTY, "several_per_card": True}),
        ("代缴水费", "0000000011", {"category": Category.COLLECTION_PAYMENT, "flow": Flow.COLLECT}),
        ("代缴电费", "0000000012", {"category": Category.COLLECTION_PAYMENT, "flow": Flow.COLLECT}),
        ("代发工资", "0000000013", {"category": Category.COLLECTION_PAYMENT, "flow": Flow.PAY}),
        ("手机银行", "0000000021", {"category": Category.PRODUCT_SERVICE}),
        ("短信通", "0000000022", {"category": Category.PRODUCT_SERVICE, "reference_in_key": True}),
        ("基金", "0000000023", {"category": Category.PRODUCT_SERVICE, "level": Level.ACCOUNT}),
        (
            "定期储蓄一卡多签",
            "0000000024",
            {"category": Category.PRODUCT_SERVICE, "level": Level.ACCOUNT, "several_per_card": True},
        ),
        ("非柜面限额", "0000000031", {"category": Category.TRANSACTION_BEHAVIOUR, "resign_maintains": True}),
        ("信用卡自动还款", "0000000032", {"category": Category.TRANSACTION_BEHAVIOUR, "level": Level.ACCOUNT}),
        (
            "储蓄定投",
            "0000000033",
            {"category": Category.TRANSACTION_BEHAVIOUR, "level": Level.ACCOUNT, "several_per_card": True},
        ),
    ]
}
ALI, BAI = "6000000001", "6000000002"
CARD_1, CARD_2 = "6228000000000001", "6228000000000002"

Fields = dict[str, Any]
SAME, OTHER = True, False
PAIRS: Final[list[tuple[str, Fields, str, Fields, bool]]] = [
    # product, the first contract, how the second differs in words, what differs, the label
    # --- third party: across customers, by the other side's code and number -----------------------------------------------
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "nothing differs", {}, SAME),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "another customer", {"customer": BAI}, SAME),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "another broker", {"organisation": "0032"}, OTHER),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "another fund account", {"reference": "A101"}, OTHER),
    ("三方存管", {"organisation": "0031", "reference": "A100", "card": CARD_1}, "another card", {"card": CARD_2}, SAME),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "full width, small", {"reference": "ａ 100"}, SAME),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "another day", {"valid": Span(date(2030, 1, 1))}, SAME),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "other one resting", {"state": State.SUSPENDED}, SAME),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "other one ended", {"state": State.TERMINATED}, OTHER),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "other one expired", {"state": State.EXPIRED}, OTHER),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "other one a draft", {"state": State.DRAFT}, OTHER),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "no fund account", {"reference": None}, OTHER),
    ("三方存管", {"organisation": "0031", "reference": "A100"}, "银期转账 instead", {"product": "银期转账"}, OTHER),
    (
        "三方存管一卡多签",
        {"organisation": "0031", "reference": "A100", "instance": "1"},
        "another instance: the fund account tells them apart already",
        {"instance": "2"},
        SAME,
    ),
    (
        "三方存管一卡多签",
        {"organisation": "0031", "reference": "A100", "card": CARD_1},
        "a second fund account on the card",
        {"reference": "A200"},
        OTHER,
    ),
    # --- collection: the account is no part of it, nor is who pays ----------------------------------------------------------
    ("代缴水费", {"organisation": "W01", "reference": "M7", "card": CARD_1}, "a second card", {"card": CARD_2}, SAME),
    ("代缴水费", {"organisation": "W01", "reference": "M7"}, "another meter", {"reference": "M8"}, OTHER),
    ("代缴水费", {"organisation": "W01", "reference": "M7"}, "another waterworks", {"organisation": "W02"}, OTHER),
    ("代缴水费", {"organisation": "W01", "reference": "M7"}, "the wife pays too", {"customer": BAI}, SAME),
    ("代缴水费", {"organisation": "W01", "reference": "M7"}, "electricity", {"product": "代缴电费"}, OTHER),
    ("代缴水费", {"organisation": "W01", "reference": "M7"}, "over another channel", {"channels": ["WEB"]}, SAME),
    # --- payment: one employer, one customer ------------------------------------------------------------------------------
    ("代发工资", {"organisation": "E01"}, "nothing differs", {}, SAME),
    ("代发工资", {"organisation": "E01"}, "another employer", {"organisation": "E02"}, OTHER),
    ("代发工资", {"organisation": "E01"}, "a colleague", {"customer": BAI}, OTHER),
    ("代发工资", {"organisation": "E01", "card": CARD_1}, "another card", {"card": CARD_2}, SAME),
    ("代发工资", {"organisation": "E01", "reference": "P1"}, "another staff number", {"reference": "P2"}, SAME),
    # --- services ---------------------------------------------------------------------------------------------------------
    ("手机银行", {}, "nothing differs", {}, SAME),
    ("手机银行", {}, "another customer", {"customer": BAI}, OTHER),
    ("手机银行", {"card": CARD_1}, "another card, but it is for the customer", {"card": CARD_2}, SAME),
    ("短信通", {"reference": "13800001234"}, "the same mobile, with spaces", {"reference": "138 0000 1234"}, SAME),
    ("短信通", {"reference": "13800001234"}, "another mobile", {"reference": "13900001234"}, OTHER),
    ("短信通", {"reference": "13800001234"}, "the same mobile, another customer", {"customer": BAI}, OTHER),
    ("基金", {"account": "622200001"}, "nothing differs", {}, SAME),
    ("基金", {"account": "622200001"}, "another account", {"account": "622200002"}, OTHER),
    ("基金", {"account": "622200001"}, "the account in groups", {"account": "6222 00001"}, SAME),
    ("基金", {"card": CARD_1}, "the number of the card as an account", {"card": None, "account": CARD_1}, SAME),
    ("基金", {"account": "622200001"}, "no account", {"account": None}, OTHER),
    ("定期储蓄一卡多签", {"card": CARD_1, "instance": "1"}, "nothing differs", {}, SAME),
    ("定期储蓄一卡多签", {"card": CARD_1, "instance": "1"}, "a second one", {"instance": "2"}, OTHER),
    ("定期储蓄一卡多签", {"card": CARD_1, "instance": "1"}, "no instance", {"instance": None}, OTHER),
    # --- behaviours: the channel is a literal -------------------------------------------------------------------------------
    ("非柜面限额", {"channels": ["MOBILE"], "reference": "DAY"}, "nothing differs", {}, SAME),
    ("非柜面限额", {"channels": ["MOBILE"], "reference": "DAY"}, "all channels", {"channels": ["*"]}, OTHER),
    ("非柜面限额", {"channels": ["*"], "reference": "DAY"}, "nothing differs", {}, SAME),
    ("非柜面限额", {"channels": ["MOBILE"], "reference": "DAY"}, "another channel", {"channels": ["WEB"]}, OTHER),
    ("非柜面限额", {"channels": ["MOBILE"], "reference": "DAY"}, "another limit", {"reference": "YEAR"}, OTHER),
    ("非柜面限额", {"channels": ["*"], "reference": "DAY"}, "another customer", {"customer": BAI}, OTHER),
    ("非柜面限额", {"channels": ["*"], "reference": "DAY"}, "another year", {"valid": Span(date(2030, 1, 1))}, SAME),
    ("非柜面限额", {"channels": ["*"], "reference": "DAY"}, "two channels", {"channels": ["WEB", "MOBILE"]}, OTHER),
    ("信用卡自动还款", {"channels": ["*"], "card": CARD_1, "reference": "5100"}, "nothing differs", {}, SAME),
    (
        "信用卡自动还款",
        {"channels": ["*"], "card": CARD_1, "reference": "5100"},
        "another credit card",
        {"reference": "5200"},
        OTHER,
    ),
    (
        "信用卡自动还款",
        {"channels": ["*"], "card": CARD_1, "reference": "5100"},
        "paid from another card",
        {"card": CARD_2},
        OTHER,
    ),
    (
        "储蓄定投",
        {"channels": ["*"], "card": CARD_1, "reference": "P1", "instance": "1"},
        "a second plan on the card",
        {"instance": "2"},
        OTHER,
    ),
    ("储蓄定投", {"channels": ["*"], "card": CARD_1, "reference": "P1", "instance": "1"}, "nothing differs", {}, SAME),
]
_HELD = {
    "account": AccountNumber,
    "card": CardNumber,
    "reference": PartnerReference,
    "instance": PartnerReference,
}


def contract(number: str, product: str, given: Fields) -> Contract:
    said = {name: _HELD[name](value) if name in _HELD and value is not None else value for name, value in given.items()}
    return Contract(**{"number": number, "customer": ALI, "product": PRODUCTS[product].number} | said)


@pytest.mark.parametrize(("product", "first", "words", "differs", "label"), PAIRS)
def test_the_pair_is_judged_as_labelled(product: str, first: Fields, words: str, differs: Fields, label: bool) -> None:
    other_product = differs.get("product", product)
    second = {name: value for name, value in (first | differs).items() if name != "product"}
    # the one that may be ended stands among the others; the first is the one that asks
    one = keyed_contract(contract("C1", product, first), PRODUCTS[product])
    other = keyed_contract(contract("C2", other_product, second), PRODUCTS[other_product])
    assert bool(same_as(one, [other])) is label, words


def test_the_table_holds_enough_pairs_of_every_category_and_of_both_labels() -> None:
    assert len(PAIRS) >= 40
    assert {PRODUCTS[product].category for product, *_ in PAIRS} == set(Category)
    for category in Category:
        labels = {label for product, *_, label in PAIRS if PRODUCTS[product].category is category}
        assert labels == {SAME, OTHER}
