"""The record of a contract, its amendments and its authorisation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from custmaster.contract import (
    Authorisation,
    Contract,
    ContractChange,
    ContractTransferred,
    Party,
    PartyRole,
    State,
    Term,
)
from custmaster.contract.record import REQUESTED, may_be_number, number_key
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.value.account import AccountNumber
from custmaster.value.name import Name
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span

DAY = date(2026, 11, 23)
LEAST = {"number": "C1", "product": "0000000001", "customer": "6000000001"}
HAPPENED = {"on": DAY, "actor": "S-1", "request_id": "T-1", "number": "C1"}


def contract(**more: Any) -> Contract:
    return Contract(**LEAST | more)


def test_a_number_of_forty_and_a_list_of_a_thousand_are_held() -> None:
    made = contract(
        customer="6" * 40, vouchers=["V" * 40] * 1000, terms=[Term(name=f"t{n}", value=n) for n in range(1000)]
    )
    assert (len(made.customer), len(made.vouchers), len(made.terms)) == (40, 1000, 1000)


def test_a_contract_may_end_on_the_day_on_which_it_is_signed() -> None:
    assert contract(signed_on=DAY, ended_on=DAY, state=State.TERMINATED).ended_on == DAY


@pytest.mark.parametrize(
    ("more", "path", "fault"),
    [
        ({"number": "C 1"}, "number", Fault.FORMAT),
        ({"product": ""}, "product", Fault.LENGTH),
        ({"customer": "6" * 41}, "customer", Fault.LENGTH),
        ({"organisation": ""}, "organisation", Fault.LENGTH),
        ({"vouchers": ["V" * 41]}, "vouchers[0]", Fault.LENGTH),
        ({"parties": [Party(number="", role=PartyRole.PAYER)]}, "parties[0].number", Fault.LENGTH),
        ({"parties": [Party(number="6", role=PartyRole.PAYER)] * 2}, "parties[1]", Fault.DUPLICATE),
        ({"vouchers": ["V"] * 1001}, "vouchers", Fault.LENGTH),
        ({"channels": ["web"]}, "channels[0]", Fault.FORMAT),
        ({"channels": ["WEB", "WEB"]}, "channels[1]", Fault.DUPLICATE),
        ({"terms": [Term(name="amount", value=1)] * 2}, "terms[1].name", Fault.DUPLICATE),
        ({"ended_on": DAY}, "ended_on", Fault.CONFLICT),
        (
            {"ended_on": date(2020, 1, 1), "signed_on": DAY, "state": State.TERMINATED},
            "ended_on",
            Fault.ORDER,
        ),
    ],
)
def test_a_contract_that_contradicts_itself_is_refused(more: dict[str, Any], path: str, fault: Fault) -> None:
    with pytest.raises(InvalidRecord) as caught:
        contract(**more)
    assert [(one.path, one.fault) for one in caught.value.faults] == [(path, fault)]


@pytest.mark.parametrize("field", ["account", "card", "reference", "instance"])
def test_a_plain_text_is_no_number_of_an_account_and_no_reference(field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        contract(**{field: "622200001111"})
    assert (caught.value.path, caught.value.fault) == (field, Fault.TYPE)
    assert "6222" not in str(caught.value)


@pytest.mark.parametrize("kind", [contract, ContractChange])
@pytest.mark.parametrize("field", ["channels", "vouchers"])
def test_one_text_in_place_of_a_list_is_refused(kind: Callable[..., Any], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        kind(**{field: "MOBILE"})
    assert (caught.value.path, caught.value.fault) == (field, Fault.TYPE)


def test_only_active_and_suspended_contracts_are_live() -> None:
    assert [state for state in State if contract(state=state).is_live] == [State.ACTIVE, State.SUSPENDED]


def test_the_customers_are_everyone_in_it_once() -> None:
    parties = [Party(number=n, role=PartyRole.GUARANTOR) for n in ("6000000002", "6000000001")]
    assert contract(parties=parties).customers == ("6000000001", "6000000002")


def test_channels_and_terms_stand_in_order() -> None:
    made = contract(channels=["WEB", "*"], terms=[Term(name="b", value=1), Term(name="a", value=2)])
    assert made.channels == ("*", "WEB")
    assert [term.name for term in made.terms] == ["a", "b"]


def test_a_term_is_named_in_small_letters() -> None:
    with pytest.raises(InvalidValue) as caught:
        Term(name="Day", value=1)
    assert caught.value.fault is Fault.FORMAT


def test_nothing_personal_is_shown() -> None:
    made = contract(account=AccountNumber("6222000011112222"), reference=PartnerReference("A123456789"))
    assert "62220000" not in repr(made)
    assert "A123456" not in repr(made)


def test_an_authorisation_says_what_it_lacks() -> None:
    assert Authorisation().missing == ("payee", "purpose", "account", "cycle", "term")
    whole = Authorisation(payee=Name("水厂"), purpose="水费", account=AccountNumber("1"), cycle="每月", term=Span())
    assert whole.missing == ()
    assert Authorisation(purpose=" ", cycle="").missing == Authorisation().missing


def test_a_change_touches_something() -> None:
    with pytest.raises(InvalidValue) as caught:
        ContractChange()
    assert caught.value.fault is Fault.MISSING
    assert ContractChange(terms=[], vouchers=["V1"], valid=Span()).touched == ("vouchers", "valid", "terms")


@pytest.mark.parametrize(("text", "may"), [("C-1", True), (REQUESTED, False), ("", False), ("1" * 41, False)])
def test_a_number_is_letters_digits_and_hyphens(text: str, may: bool) -> None:
    assert may_be_number(text) is may


def test_a_reference_is_compared_in_half_width_capitals_without_spaces() -> None:
    assert PartnerReference("ａ 1").exact == "A1"
    assert PartnerReference("a" * 64).exact == "A" * 64
    with pytest.raises(InvalidValue):
        PartnerReference("a" * 65)


@pytest.mark.parametrize(
    ("make", "told", "path"),
    [
        (Authorisation, {"payee": "张伟"}, "payee"),
        (Authorisation, {"account": "6222000011112222"}, "account"),
        (ContractChange, {"account": "6222000011112222"}, "account"),
        (ContractChange, {"card": AccountNumber("6222000011112222")}, "card"),
        (ContractTransferred, {"card": "6222000011112222"} | HAPPENED, "card"),
        (Contract, {"valid": None} | LEAST, "valid"),
        (Contract, {"channels": "WEB"} | LEAST, "channels"),
        (Contract, {"vouchers": "V123"} | LEAST, "vouchers"),
        (ContractChange, {"channels": "WEB"}, "channels"),
    ],
)
def test_a_bare_text_is_no_number_no_name_and_no_list(make: Any, told: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        make(**told)
    assert (caught.value.path, caught.value.fault) == (path, Fault.TYPE)
    assert "张" not in str(caught.value)
    assert "6222" not in str(caught.value)


@pytest.mark.parametrize("value", [1.5, float("nan"), None, ["5"], b"5"])
def test_a_term_holds_a_plain_fact_and_never_a_float(value: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        Term(name="day_amount", value=value)
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, "value")
    with pytest.raises(InvalidValue) as caught:
        Term(name=value, value=1)
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, "name")


def test_numbers_that_differ_in_case_alone_are_one_number() -> None:
    assert number_key("c2026-a") == number_key("C2026-A") != number_key("C2026A")
