"""Everything that stands against signing a contract, rule by rule; the products are those of docs/examples/catalogue.toml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.contract import (
    GROUNDS,
    PAIR_RULES,
    SIGNING_RULES,
    Authorisation,
    Catalogue,
    Category,
    Contract,
    ContractCode,
    Exclusion,
    Flow,
    Product,
    State,
    judge_signing,
    keyed_contract,
    overlapping,
    parts_of,
    same_as,
)
from custmaster.contract.asked import meet
from custmaster.decision import Outcome, Reason
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.name import Name
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span
from custmaster.wire import load_catalogue

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "catalogue.toml"
CATALOGUE = load_catalogue(EXAMPLE.read_text(encoding="utf-8"), "catalogue.toml", 10)
NUMBERS = {product.zh: product.number for product in CATALOGUE.products}
DAY = date(2026, 11, 23)
ALI, BAI = "6000000001", "6000000002"
ACCOUNT_1, ACCOUNT_2 = AccountNumber("62220001"), AccountNumber("62220002")
WHOLE = Authorisation(payee=Name("水厂"), purpose="水费", account=ACCOUNT_1, cycle="每月", term=Span())


def contract(product: str, number: str = "REQUESTED", **more: Any) -> Contract:
    return Contract(**{"number": number, "product": NUMBERS.get(product, product), "customer": ALI} | more)


def judged(
    asked: Contract, *beside: Contract, channel: str = "COUNTER", catalogue: Catalogue = CATALOGUE
) -> list[Reason]:
    return list(judge_signing(asked, channel, catalogue, beside, DAY)[1])


def codes(asked: Contract, *beside: Contract, **more: Any) -> list[str]:
    return [reason.code.value for reason in judged(asked, *beside, **more)]


WATER = {"organisation": "W01", "reference": PartnerReference("M7"), "authorisation": WHOLE}
BROKER = {"organisation": "0031", "reference": PartnerReference("A100")}
LIMIT = {"reference": PartnerReference("DAY"), "channels": ["MOBILE"]}
REPAY = {"reference": PartnerReference("5100"), "channels": ["*"], "account": ACCOUNT_1}


def test_every_code_of_a_signing_has_its_ground_and_is_met_by_a_rule_here() -> None:
    assert len(SIGNING_RULES) == 9
    assert len(PAIR_RULES) == 4
    assert set(GROUNDS) < set(ContractCode)


# --- the request --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "more"),
    [
        ("短信通", {"reference": PartnerReference("13800001234")}),
        ("代缴水费", WATER),
        ("三方存管", BROKER),
        ("非柜面非同名限额", LIMIT),
    ],
)
def test_a_plain_request_has_nothing_against_it(product: str, more: dict[str, Any]) -> None:
    assert codes(contract(product, **more)) == []


def test_an_unknown_product_is_the_one_reason() -> None:
    (reason,) = judged(contract("9999999999"))
    assert (reason.code, reason.subject) == (ContractCode.PRODUCT_UNKNOWN, "9999999999")
    assert judge_signing(contract("9999999999"), "WEB", CATALOGUE, [], DAY)[0] is None


def test_a_product_is_offered_on_its_days() -> None:
    assert codes(contract("个人网银(查询版)")) == ["PRODUCT_NOT_OFFERED"]
    assert judge_signing(contract("个人网银(查询版)"), "WEB", CATALOGUE, [], date(2026, 6, 30))[1] == ()


def test_a_product_is_signed_over_its_channels() -> None:
    (reason,) = judged(contract("银期转账", **BROKER), channel="WEB")
    assert (reason.code.value, dict(reason.facts)) == ("CHANNEL_NOT_OFFERED", {"channel": "WEB", "channels": "COUNTER"})


@pytest.mark.parametrize(("channels", "expected"), [([], 0), (["WEB", "MOBILE"], 2)])
def test_a_behaviour_is_for_one_channel_or_for_all(channels: list[str], expected: int) -> None:
    (reason,) = judged(contract("非柜面非同名限额", **LIMIT | {"channels": channels}))
    assert (reason.code.value, dict(reason.facts)) == ("CHANNEL_NOT_ONE", {"count": expected})


def test_what_the_key_holds_is_stated() -> None:
    (reason,) = judged(contract("三方存管"))
    assert (reason.code.value, dict(reason.facts)) == ("KEY_PART_MISSING", {"parts": "ORGANISATION, REFERENCE"})
    assert codes(contract("信用卡自动还款")) == ["CHANNEL_NOT_ONE", "KEY_PART_MISSING"]
    assert codes(contract("短信通", reference=PartnerReference(" "))) == ["KEY_PART_MISSING"]


def test_a_collection_has_a_whole_authorisation_and_payroll_has_none() -> None:
    (reason,) = judged(contract("代缴水费", **WATER | {"authorisation": changed(WHOLE, cycle=None, payee=None)}))
    assert (reason.code.value, dict(reason.facts)) == ("AUTHORISATION_INCOMPLETE", {"elements": "payee, cycle"})
    (reason,) = judged(contract("代缴水费", **WATER | {"authorisation": None}))
    assert dict(reason.facts) == {"elements": "authorisation"}
    assert codes(contract("代发工资", organisation="E01")) == []


@pytest.mark.parametrize(
    ("term", "valid", "expected"),
    [
        (Span(None, date(2027, 1, 1)), Span(), ["AUTHORISATION_TOO_SHORT"]),
        (Span(None, date(2027, 1, 1)), Span(None, date(2027, 1, 1)), []),
        (Span(None, date(2027, 1, 1)), Span(None, date(2027, 1, 2)), ["AUTHORISATION_TOO_SHORT"]),
        (Span(date(2026, 11, 23), None), Span(), []),
        (Span(date(2026, 11, 24), None), Span(), ["AUTHORISATION_TOO_SHORT"]),
        (Span(date(2026, 11, 24), None), Span(date(2026, 11, 24), None), []),
        (Span(), Span(None, date(2026, 11, 24)), []),
        (Span(), Span(None, date(2026, 11, 23)), ["PERIOD_OVER"]),
    ],
)
def test_the_authorisation_holds_as_long_as_the_contract(term: Span, valid: Span, expected: list[str]) -> None:
    asked = contract("代缴水费", **WATER | {"authorisation": changed(WHOLE, term=term), "valid": valid})
    assert codes(asked) == expected


@pytest.mark.parametrize(
    ("stands", "authorised", "expected"),
    [
        ({}, "62220001", []),
        ({"account": ACCOUNT_1}, "62220001", []),
        ({"account": ACCOUNT_1}, "６222 0001", []),
        ({"account": ACCOUNT_1, "card": CardNumber("6228")}, "6228", []),
        ({"account": ACCOUNT_2, "card": CardNumber("62220001")}, "62220001", []),
        ({"account": ACCOUNT_2}, "62220001", ["AUTHORISATION_OTHER_ACCOUNT"]),
        ({"card": CardNumber("6228")}, "62220001", ["AUTHORISATION_OTHER_ACCOUNT"]),
        ({"account": ACCOUNT_2, "card": CardNumber("6228")}, "62220001", ["AUTHORISATION_OTHER_ACCOUNT"]),
    ],
)
def test_the_payer_authorised_the_account_that_is_collected_from(
    stands: dict[str, Any], authorised: str, expected: list[str]
) -> None:
    given = changed(WHOLE, account=AccountNumber(authorised))
    found = judged(contract("代缴水费", **WATER | stands | {"authorisation": given}))
    assert [reason.code.value for reason in found] == expected
    assert all((reason.outcome, reason.facts) == (Outcome.REFUSED, ()) for reason in found)


def test_no_account_is_compared_where_none_was_authorised_or_nothing_is_collected() -> None:
    lacking = changed(WHOLE, account=None)
    asked = contract("代缴水费", **WATER | {"account": ACCOUNT_2, "authorisation": lacking})
    assert codes(asked) == ["AUTHORISATION_INCOMPLETE"]
    assert codes(contract("代发工资", organisation="E01", account=ACCOUNT_2, authorisation=WHOLE)) == []


def test_what_a_product_needs_is_live_on_the_same_account() -> None:
    fund = contract("基金", "C1", account=ACCOUNT_1)
    asked = contract("理财", account=ACCOUNT_1)
    assert codes(asked, fund) == []
    assert codes(asked, changed(fund, state=State.SUSPENDED)) == []
    for there in (
        changed(fund, account=ACCOUNT_2),
        changed(fund, customer=BAI),
        changed(fund, state=State.DRAFT),
        changed(fund, state=State.TERMINATED),
    ):
        (reason,) = judged(asked, there)
        assert (reason.code.value, dict(reason.facts)) == ("DEPENDENCY_MISSING", {"products": NUMBERS["基金"]})


# --- the contracts beside it --------------------------------------------------------------------------------------------


def test_a_second_one_is_refused_with_the_number_of_the_first() -> None:
    there = contract("代缴水费", "C1", **WATER)
    other = {"card": CardNumber("62220002"), "authorisation": changed(WHOLE, account=ACCOUNT_2)}
    (reason,) = judged(contract("代缴水费", **WATER | other), there)
    assert (reason.code.value, reason.outcome, reason.subject) == ("CONTRACT_DUPLICATE", Outcome.REFUSED, "C1")
    assert codes(contract("代缴水费", **WATER), changed(there, state=State.EXPIRED)) == []


def test_what_another_customer_has_is_refused_and_the_customer_not_named() -> None:
    there = contract("三方存管", "C1", customer=BAI, **BROKER)
    (reason,) = judged(contract("三方存管", **BROKER), there)
    assert (reason.code.value, reason.outcome, reason.subject) == ("CONTRACT_HELD_BY_OTHER", Outcome.REFUSED, "C1")
    assert BAI not in repr(reason)


def test_a_limit_that_is_signed_again_is_changed_in_place() -> None:
    there = contract("非柜面非同名限额", "C1", state=State.SUSPENDED, **LIMIT)
    asked, reasons = judge_signing(contract("非柜面非同名限额", **LIMIT), "COUNTER", CATALOGUE, [there], DAY)
    assert [(one.code.value, one.outcome, one.subject) for one in reasons] == [
        ("CONTRACT_MAINTAINED", Outcome.ALLOWED, "C1")
    ]
    assert asked is not None
    assert asked.maintained is not None
    assert asked.maintained.contract == there


def test_a_draft_changes_no_limit_and_two_that_are_there_are_not_chosen_between() -> None:
    there = contract("非柜面非同名限额", "C1", **LIMIT)
    assert codes(contract("非柜面非同名限额", state=State.DRAFT, **LIMIT), there) == ["CONTRACT_DUPLICATE"]
    assert codes(contract("非柜面非同名限额", "C9", state=State.DRAFT, **LIMIT), there) == ["CONTRACT_DUPLICATE"]
    assert (
        codes(contract("非柜面非同名限额", **LIMIT), there, changed(there, number="C2")) == ["CONTRACT_DUPLICATE"] * 2
    )


def test_what_is_maintained_is_not_asked_what_only_a_new_one_is_asked() -> None:
    old = Product(
        number="0000000001",
        zh="限额",
        en="limit",
        category=Category.TRANSACTION_BEHAVIOUR,
        resign_maintains=True,
        offered=Span(None, date(2020, 1, 1)),
        excludes=[Exclusion(product="0000000002")],
        needs=["0000000003"],
    )
    others = [changed(old, number=f"000000000{n}", excludes=(), needs=()) for n in (2, 3)]
    catalogue = Catalogue(version="1", positions=10, products=[old, *others])
    there = contract(old.number, "C1", **LIMIT)
    beside = contract("0000000002", "C2", **LIMIT)
    assert codes(contract(old.number, **LIMIT), there, beside, catalogue=catalogue) == ["CONTRACT_MAINTAINED"]
    assert codes(contract(old.number, **LIMIT), beside, catalogue=catalogue) == [
        "PRODUCT_NOT_OFFERED",
        "DEPENDENCY_MISSING",
        "CONTRACT_EXCLUDED",
    ]


def test_a_limit_of_another_customer_is_never_changed() -> None:
    meter = Product(
        number="0000000001",
        zh="水费",
        en="water",
        category=Category.COLLECTION_PAYMENT,
        flow=Flow.COLLECT,
        resign_maintains=True,
    )
    catalogue = Catalogue(version="1", positions=10, products=[meter])
    there = contract(meter.number, "C1", customer=BAI, **WATER)
    asked, reasons = judge_signing(contract(meter.number, **WATER), "COUNTER", catalogue, [there], DAY)
    assert [one.code.value for one in reasons] == ["CONTRACT_HELD_BY_OTHER"]
    assert asked is not None
    assert asked.maintained is None


def test_what_is_not_stated_anew_is_judged_as_it_stands() -> None:
    meter = Product(
        number="0000000001",
        zh="水费",
        en="water",
        category=Category.COLLECTION_PAYMENT,
        flow=Flow.COLLECT,
        resign_maintains=True,
    )
    catalogue = Catalogue(version="1", positions=10, products=[meter])
    year = Span(None, date(2027, 1, 1))
    there = contract(meter.number, "C1", **WATER | {"valid": year, "authorisation": changed(WHOLE, term=year)})
    again = contract(meter.number, **WATER | {"authorisation": None})
    assert codes(again, there, catalogue=catalogue) == ["CONTRACT_MAINTAINED"]
    longer = changed(again, valid=Span(None, date(2028, 1, 1)))
    assert codes(longer, there, catalogue=catalogue) == ["AUTHORISATION_TOO_SHORT", "CONTRACT_MAINTAINED"]


def test_a_behaviour_over_all_channels_overlaps_that_over_one() -> None:
    there = contract("信用卡自动还款", "C1", **REPAY)
    asked = contract("信用卡自动还款", **REPAY | {"channels": ["MOBILE"]})
    (reason,) = judged(asked, there)
    assert (reason.code.value, reason.outcome, reason.subject) == ("CONTRACT_OVERLAPS", Outcome.REVIEW, "C1")
    assert reason.liftable
    assert codes(changed(asked, channels=["*"]), changed(there, channels=["MOBILE"])) == ["CONTRACT_OVERLAPS"]
    for other in (
        changed(there, channels=["WEB"]),
        changed(there, valid=Span(None, DAY)),
        changed(there, reference=PartnerReference("5200")),
        changed(there, state=State.DRAFT),
    ):
        assert codes(changed(asked, valid=Span(DAY, None)), other) == []


def test_limits_over_all_channels_and_over_one_hold_side_by_side() -> None:
    there = contract("非柜面非同名限额", "C1", **LIMIT | {"channels": ["*"]})
    assert codes(contract("非柜面非同名限额", **LIMIT), there) == []


def test_only_whole_keys_overlap_and_no_contract_overlaps_itself() -> None:
    product = CATALOGUE.product(NUMBERS["信用卡自动还款"])
    one = keyed_contract(contract("信用卡自动还款", "C1", **REPAY), product)
    lacking = keyed_contract(contract("信用卡自动还款", "C2"), product)
    assert overlapping(one, [one]) == overlapping(lacking, [one]) == same_as(lacking, [lacking, one]) == ()
    assert repr(one) == f"KeyedContract(number='C1', product='{product.number}')"


def test_a_contract_is_not_compared_with_itself_and_not_with_what_does_not_live() -> None:
    product = CATALOGUE.product(NUMBERS["信用卡自动还款"])
    mine = contract("信用卡自动还款", "C1", **REPAY)
    one = keyed_contract(mine, product)
    assert same_as(one, [one]) == ()
    mobile = [
        keyed_contract(changed(mine, number=number, channels=["MOBILE"], state=state), product)
        for number, state in (("C2", State.DRAFT), ("C3", State.EXPIRED), ("C4", State.SUSPENDED))
    ]
    assert [other.contract.number for other in overlapping(one, mobile)] == ["C4"]
    asked, _ = judge_signing(mine, "COUNTER", CATALOGUE, [mine], DAY)
    assert asked is not None
    assert asked.live == ()


LOOKING, BANKING = "个人网银(查询版)", "个人网银"


def test_the_stronger_of_two_that_exclude_one_another_waits_until_the_weaker_has_ended() -> None:
    (reason,) = judged(contract(BANKING), contract(LOOKING, "C1"))
    assert (reason.code.value, reason.outcome, reason.liftable) == ("CONTRACT_YIELDS", Outcome.REVIEW, False)
    assert (reason.subject, dict(reason.facts)) == ("C1", {"product": NUMBERS[LOOKING]})


def test_the_weaker_is_refused() -> None:
    asked, there = contract(LOOKING), contract(BANKING, "C1")
    reasons = judge_signing(asked, "WEB", CATALOGUE, [there], date(2026, 6, 1))[1]
    assert [(one.code.value, one.outcome) for one in reasons] == [("CONTRACT_EXCLUDED", Outcome.REFUSED)]
    assert codes(contract(BANKING), changed(contract(LOOKING, "C1"), customer=BAI)) == []
    assert codes(contract(BANKING), contract(LOOKING, "C1", state=State.TERMINATED)) == []


def test_every_hit_is_told_in_the_order_of_the_tables_and_the_contracts() -> None:
    there = [contract("三方存管", number, customer=BAI, **BROKER) for number in ("C2", "C1")]
    own = contract("三方存管", "C3", **BROKER)
    reasons = judged(contract("三方存管", **BROKER), *there, own, channel="WEB")
    assert [(one.code.value, one.subject) for one in reasons] == [
        ("CHANNEL_NOT_OFFERED", NUMBERS["三方存管"]),
        ("CONTRACT_DUPLICATE", "C3"),
        ("CONTRACT_HELD_BY_OTHER", "C1"),
        ("CONTRACT_HELD_BY_OTHER", "C2"),
    ]


def test_a_contract_of_a_product_outside_the_catalogue_stands_against_nothing() -> None:
    assert codes(contract(BANKING), contract("9999999999", "C1")) == []


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [(ACCOUNT_1, ACCOUNT_1, True), (ACCOUNT_1, ACCOUNT_2, False), (None, ACCOUNT_2, True), (ACCOUNT_1, None, True)],
)
def test_contracts_of_accounts_meet_on_one_account(
    mine: AccountNumber | None, theirs: AccountNumber | None, expected: bool
) -> None:
    fund = CATALOGUE.product(NUMBERS["基金"])
    one, other = (
        keyed_contract(contract("基金", number, account=account), fund)
        for number, account in (("C1", mine), ("C2", theirs))
    )
    assert meet(one, other) is expected
    service = keyed_contract(contract(BANKING, "C3"), CATALOGUE.product(NUMBERS[BANKING]))
    assert meet(one, service)
    assert meet(service, one)
    elsewhere = keyed_contract(contract(BANKING, "C3", account=AccountNumber("62220003")), service.product)
    assert meet(one, elsewhere), "what is signed for the customer lives at every account, whichever it names"
    assert meet(elsewhere, one)


def test_every_product_of_the_example_has_a_key() -> None:
    assert {product.zh: "-".join(parts_of(product)) for product in CATALOGUE.products}["储蓄定投"] == (
        "PRODUCT-CUSTOMER-ACCOUNT-CHANNEL-REFERENCE-INSTANCE"
    )
    assert all(parts_of(product)[0].value == "PRODUCT" for product in CATALOGUE.products)


def test_no_part_of_a_key_stands_there_twice() -> None:
    broker = changed(CATALOGUE.product(NUMBERS["三方存管"]), reference_in_key=True)
    assert [part.value for part in parts_of(broker)] == ["PRODUCT", "ORGANISATION", "REFERENCE"]
