"""The life of a contract is a table, and `evolve` folds its events."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from custmaster.contract import (
    CONTRACT_TRANSITIONS,
    REQUESTED,
    Contract,
    ContractActivated,
    ContractAmended,
    ContractChange,
    ContractEvent,
    ContractExpired,
    ContractReassigned,
    ContractResumed,
    ContractSigned,
    ContractSuspended,
    ContractTerminated,
    ContractTransferred,
    Party,
    PartyRole,
    State,
    Term,
    evolve,
)
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.lifecycle import rowless, unreachable
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.span import Span

DAY = date(2026, 11, 23)
WHEN: dict[str, Any] = {"on": DAY, "actor": "S-1", "request_id": "T-2"}


def contract(**more: Any) -> Contract:
    return Contract(**{"number": "C1", "product": "0000000001", "customer": "6000000001"} | more)


LATER: list[Any] = [
    ContractActivated(number="C1", **WHEN),
    ContractAmended(number="C1", change=ContractChange(channels=["WEB"]), **WHEN),
    ContractSuspended(number="C1", **WHEN),
    ContractResumed(number="C1", **WHEN),
    ContractTerminated(number="C1", **WHEN),
    ContractExpired(number="C1", **WHEN),
    ContractTransferred(number="C1", card=CardNumber("6228000000000002"), **WHEN),
    ContractReassigned(number="C1", customer="6000000001", becomes="6000000002", **WHEN),
]


def test_the_table_is_total_and_every_state_is_reached() -> None:
    assert rowless(CONTRACT_TRANSITIONS, State) == ()
    assert unreachable(CONTRACT_TRANSITIONS, State.DRAFT) == ()
    assert {type(event) for event in LATER} | {ContractSigned} == set(get_args(ContractEvent))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", LATER, ids=lambda event: type(event).__name__)
def test_every_pair_of_the_table_is_stepped_and_every_other_refused(state: State, event: Any) -> None:
    before = contract(state=state)
    expected = CONTRACT_TRANSITIONS[state].get(type(event))
    if expected is None:
        with pytest.raises(CustmasterError):
            evolve(before, event)
    else:
        assert evolve(before, event).state is expected


def test_the_plain_life_of_a_contract() -> None:
    draft = evolve(None, ContractSigned(contract=contract(state=State.DRAFT), **WHEN))
    assert (draft.signed_on, draft.request_id) == (DAY, "T-2")
    active = evolve(draft, ContractActivated(number="C1", **WHEN))
    resting = evolve(active, ContractSuspended(number="C1", **WHEN))
    again = evolve(resting, ContractResumed(number="C1", **WHEN))
    over = evolve(again, ContractTerminated(number="C1", **WHEN))
    assert [one.state.value for one in (draft, active, resting, again, over)] == [
        "DRAFT",
        "ACTIVE",
        "SUSPENDED",
        "ACTIVE",
        "TERMINATED",
    ]
    assert over.ended_on == DAY


def test_an_amendment_keeps_what_stood_before() -> None:
    before = contract(channels=["WEB"], terms=[Term(name="amount", value=1)])
    change = ContractChange(channels=["MOBILE"], account=AccountNumber("62220001"))
    after = evolve(before, ContractAmended(number="C1", change=change, **WHEN))
    assert (after.channels, after.account, after.terms) == (("MOBILE",), AccountNumber("62220001"), before.terms)
    (entry,) = after.amendments
    assert (entry.fields, entry.before) == (("account", "channels"), ContractChange(channels=["WEB"]))
    assert (entry.on, entry.actor, entry.request_id) == (DAY, "S-1", "T-2")


def test_a_transfer_is_an_amendment_of_the_card() -> None:
    first = evolve(contract(), LATER[6])
    assert first.card == CardNumber("6228000000000002")
    assert first.amendments[0].before is None
    again = evolve(first, ContractTransferred(number="C1", card=CardNumber("6228000000000003"), **WHEN))
    assert again.amendments[1].before == ContractChange(card=CardNumber("6228000000000002"))


def test_a_transfer_goes_somewhere() -> None:
    with pytest.raises(InvalidValue) as caught:
        ContractTransferred(number="C1", **WHEN)
    assert (caught.value.path, caught.value.fault) == ("card", Fault.MISSING)


def test_a_reassigned_contract_has_the_other_number_wherever_the_first_stood() -> None:
    parties = [Party(number=n, role=PartyRole.PAYER) for n in ("6000000001", "6000000002")]
    before = contract(customer="6000000009", parties=parties)
    after = evolve(before, LATER[7])
    assert (after.customer, after.parties) == ("6000000009", (parties[1],))
    with pytest.raises(CustmasterError):
        evolve(after, LATER[7])


@pytest.mark.parametrize("more", [{"state": State.SUSPENDED}, {"number": REQUESTED}])
def test_what_is_signed_is_numbered_and_new(more: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue) as caught:
        ContractSigned(contract=contract(**more), **WHEN)
    assert caught.value.fault is Fault.CONFLICT


def test_an_event_is_about_its_own_contract() -> None:
    signed = ContractSigned(contract=contract(), **WHEN)
    assert signed.number == "C1"
    assert evolve(None, ContractSigned(contract=contract(signed_on=date(2020, 1, 1)), **WHEN)).signed_on == date(
        2020, 1, 1
    )
    for before, event in [(contract(), signed), (None, LATER[0]), (contract(number="C2"), LATER[4])]:
        with pytest.raises(CustmasterError):
            evolve(before, event)


def test_the_days_of_a_contract_are_open_as_usual() -> None:
    assert contract().valid == Span()
