"""Amending, suspending, resuming, ending and transferring contracts: every ground told, nothing done twice, and the record takes each event."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.contract import (
    Amendment,
    Authorisation,
    Catalogue,
    Category,
    Contract,
    ContractChange,
    Exclusion,
    Flow,
    Level,
    Product,
    State,
)
from custmaster.contract.events import (
    ContractAmended,
    ContractExpired,
    ContractResumed,
    ContractSuspended,
    ContractTerminated,
    ContractTransferred,
    evolve,
)
from custmaster.decision import Allowed, Approval, Decision, Occasion, Outcome, Review
from custmaster.desk import amend, expire, resume, suspend, terminate, transfer
from custmaster.desk.contract_facts import ContractFacts, Register
from custmaster.desk.transfer import Transfer
from custmaster.errors import CustmasterError, Fault, InvalidRecord, InvalidValue
from custmaster.handbook import Language, default, render
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.name import Name
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span

TODAY = date(2026, 11, 24)
PAGE = default().on(TODAY)
ALI, BAI = "6000000001", "6000000002"
OLD, NEW, THIRD = (CardNumber(f"62220000111122{n}") for n in ("21", "22", "23"))


def product(number: int, category: Category = Category.PRODUCT_SERVICE, **more: Any) -> Product:
    return Product(number=f"{number:010}", zh="产品", en="product", category=category, **more)


SERVICE = product(1, transferable=True)
FUND = product(2, level=Level.ACCOUNT, transferable=True)
MONEY = product(3, level=Level.ACCOUNT, transferable=True, needs=["0000000002"])
KEPT = product(4, terminable=False)
WATER = product(5, Category.COLLECTION_PAYMENT, flow=Flow.COLLECT, transferable=True)
LIMIT = product(6, Category.TRANSACTION_BEHAVIOUR, resign_maintains=True)
ORDER = product(10, Category.TRANSACTION_BEHAVIOUR)
PLAIN = product(7, level=Level.ACCOUNT)
RIVAL = product(8, level=Level.ACCOUNT, transferable=True, excludes=[Exclusion(product="0000000002")])
STRONG = product(12, level=Level.ACCOUNT, transferable=True, excludes=[Exclusion(product="0000000013")])
WEAK = product(13, level=Level.ACCOUNT, transferable=True, excludes=[Exclusion(product="0000000012", priority=2)])
SEVERAL = product(9, level=Level.ACCOUNT, transferable=True, several_per_card=True)
CATALOGUE = Catalogue(
    version="2026.1",
    positions=10,
    products=[SERVICE, FUND, MONEY, KEPT, WATER, LIMIT, ORDER, PLAIN, RIVAL, SEVERAL, STRONG, WEAK],
)
PAYER = Authorisation(
    payee=Name("自来水公司"), purpose="水费", account=AccountNumber(OLD.reveal()), cycle="每月", term=Span()
)


def contract(number: str, of: Product = SERVICE, **more: Any) -> Contract:
    return Contract(**{"number": number, "product": of.number, "customer": ALI} | more)


def facts(*contracts: Contract, earlier: Decision | None = None) -> ContractFacts:
    return ContractFacts(register=Register(catalogue=CATALOGUE, contracts=contracts), earlier=earlier)


def occasion(**more: Any) -> Occasion:
    return Occasion(**{"day": TODAY, "actor": "S-0042", "request_id": "T-1"} | more)


def told(answer: Decision) -> list[tuple[str, str | None]]:
    for reason in answer.reasons:
        for lang in Language:
            assert render(reason.code, reason.facts, lang)
    return [(str(reason.code), reason.subject) for reason in answer.reasons]


def codes(answer: Decision) -> list[str]:
    return [code for code, _ in told(answer)]


def only_event(answer: Decision) -> Any:
    assert isinstance(answer, Allowed), codes(answer)
    (event,) = answer.events
    return event


# --- suspending and resuming ----------------------------------------------------------------------------------------------


def test_an_active_contract_rests_and_holds_again() -> None:
    one = contract("C1")
    rests = only_event(suspend.decide(one, occasion(), PAGE))
    assert rests == ContractSuspended(on=TODAY, actor="S-0042", request_id="T-1", number="C1")
    resting = evolve(one, rests)
    again = only_event(resume.decide(resting, occasion(request_id="T-2"), PAGE))
    assert isinstance(again, ContractResumed)
    assert evolve(resting, again) == one


@pytest.mark.parametrize(
    ("question", "states"),
    [
        (suspend.decide, [State.DRAFT, State.SUSPENDED, State.TERMINATED, State.EXPIRED]),
        (resume.decide, [State.DRAFT, State.ACTIVE, State.TERMINATED, State.EXPIRED]),
    ],
)
def test_another_state_is_refused_with_its_name(question: Any, states: list[State]) -> None:
    for state in states:
        answer = question(contract("C1", state=state), occasion(), PAGE)
        assert (told(answer), answer.reasons[0].facts) == ([("CONTRACT_STATE", "C1")], (("state", state.value),))


def test_a_contract_whose_days_are_over_is_not_resumed_and_expires() -> None:
    resting = contract("C1", state=State.SUSPENDED, valid=Span(None, TODAY))
    answer = resume.decide(resting, occasion(), PAGE)
    assert told(answer) == [("EXPIRED_BUT_LIVE", "C1")]
    assert answer.reasons[0].facts == (("end", TODAY),)
    assert only_event(expire.decide(resting, occasion(), PAGE)).number == "C1"
    assert codes(resume.decide(changed(resting, state=State.EXPIRED), occasion(), PAGE)) == ["CONTRACT_STATE"]


def test_a_day_before_the_last_event_is_refused() -> None:
    history = [Amendment(on=date(2026, 11, 25), actor="S-1", request_id="T-0", fields=["vouchers"])]
    for more in ({"signed_on": date(2026, 11, 25)}, {"amendments": history}):
        answer = suspend.decide(contract("C1", **more), occasion(), PAGE)
        assert told(answer) == [("CONTRACT_DAY_TOO_EARLY", "C1")]
        assert answer.reasons[0].facts == (("last", date(2026, 11, 25)),)


def test_an_ended_contract_is_told_the_day_of_its_end_too() -> None:
    gone = contract("C1", state=State.TERMINATED, ended_on=date(2026, 11, 25))
    answer = suspend.decide(gone, occasion(), PAGE)
    assert told(answer) == [("CONTRACT_STATE", "C1"), ("CONTRACT_DAY_TOO_EARLY", "C1")]
    assert codes(suspend.decide(gone, occasion(day=date(2026, 11, 25)), PAGE)) == ["CONTRACT_STATE"]


def test_the_id_of_another_question_about_the_same_contract_is_refused() -> None:
    rests = suspend.decide(ONE, occasion(), PAGE)
    resting = evolve(ONE, only_event(rests))
    assert codes(resume.decide(resting, occasion(), PAGE, rests)) == ["REQUEST_ID_REUSED"]
    assert codes(terminate.decide(resting, facts(resting, earlier=rests), occasion(), PAGE)) == ["REQUEST_ID_REUSED"]


# --- the same request -----------------------------------------------------------------------------------------------------

ONE = contract("C1")
CHANGE = ContractChange(vouchers=["V1"])
QUESTIONS: list[tuple[Any, Contract]] = [
    (lambda one, earlier: suspend.decide(one, occasion(), PAGE, earlier), ONE),
    (lambda one, earlier: resume.decide(one, occasion(), PAGE, earlier), changed(ONE, state=State.SUSPENDED)),
    (lambda one, earlier: expire.decide(one, occasion(), PAGE, earlier), changed(ONE, valid=Span(None, TODAY))),
    (lambda one, earlier: terminate.decide(one, facts(one, earlier=earlier), occasion(), PAGE), ONE),
    (lambda one, earlier: amend.decide(one, CHANGE, facts(one, earlier=earlier), occasion(), PAGE), ONE),
]


@pytest.mark.parametrize(("ask", "one"), QUESTIONS, ids=["suspend", "resume", "expire", "terminate", "amend"])
def test_the_same_request_gives_the_same_answer_and_never_a_second_event(ask: Any, one: Contract) -> None:
    first = ask(one, None)
    after = evolve(one, only_event(first))
    assert ask(after, first) is first
    assert codes(ask(changed(one, number="C2"), first)) == ["REQUEST_ID_REUSED"]


def test_another_change_under_the_same_request_is_refused() -> None:
    first = amend.decide(ONE, CHANGE, facts(), occasion(), PAGE)
    other = ContractChange(vouchers=["V2"])
    assert codes(amend.decide(ONE, other, facts(earlier=first), occasion(), PAGE)) == ["REQUEST_ID_REUSED"]


# --- terminating ----------------------------------------------------------------------------------------------------------


def on(number: str, of: Product, card: CardNumber = OLD, **more: Any) -> Contract:
    return contract(number, of, card=card, **more)


def test_what_needs_it_is_ended_first_and_each_is_named() -> None:
    fund, one, other = on("C1", FUND), on("C2", MONEY), on("C3", MONEY, state=State.SUSPENDED)
    answer = terminate.decide(fund, facts(other, fund, one), occasion(), PAGE)
    assert told(answer) == [("DEPENDENT_LIVE", "C2"), ("DEPENDENT_LIVE", "C3")]
    assert answer.outcome is Outcome.REFUSED
    ended = evolve(one, only_event(terminate.decide(one, facts(fund, one, other), occasion(), PAGE)))
    assert (ended.state, ended.ended_on) == (State.TERMINATED, TODAY)
    assert told(terminate.decide(fund, facts(fund, ended, other), occasion(), PAGE)) == [("DEPENDENT_LIVE", "C3")]


def test_one_on_another_card_or_with_another_fund_beside_it_needs_nothing_of_this_one() -> None:
    fund, elsewhere = on("C1", FUND), on("C2", MONEY, NEW)
    assert isinstance(terminate.decide(fund, facts(fund, elsewhere), occasion(), PAGE), Allowed)
    served_twice = facts(fund, on("C2", MONEY), contract("C3", FUND))
    assert isinstance(terminate.decide(fund, served_twice, occasion(), PAGE), Allowed)


def test_a_product_that_is_not_ended_on_request_goes_to_a_person_and_its_draft_is_withdrawn() -> None:
    answer = terminate.decide(contract("C1", KEPT), facts(), occasion(), PAGE)
    assert (answer.outcome, told(answer)) == (Outcome.REVIEW, [("NOT_TERMINABLE", "C1")])
    signed = occasion(approvals=[Approval(by="S-0007", reason="leaves the bank", codes=["NOT_TERMINABLE"])])
    assert only_event(terminate.decide(contract("C1", KEPT), facts(earlier=answer), signed, PAGE)).number == "C1"
    draft = contract("C1", KEPT, state=State.DRAFT)
    assert isinstance(only_event(terminate.decide(draft, facts(), occasion(), PAGE)), ContractTerminated)


def test_an_ended_contract_of_an_unknown_product_is_told_both() -> None:
    gone = changed(contract("C1"), product="0000000099", state=State.TERMINATED)
    answer = terminate.decide(gone, facts(), occasion(), PAGE)
    assert told(answer) == [("CONTRACT_STATE", "C1"), ("PRODUCT_UNKNOWN", "0000000099")]


def test_a_register_holds_each_contract_once() -> None:
    with pytest.raises(InvalidValue) as caught:
        Register(catalogue=CATALOGUE, contracts=[contract("C1"), contract("C1", FUND)])
    assert (caught.value.fault, caught.value.path) == (Fault.DUPLICATE, "contracts")


# --- expiring -------------------------------------------------------------------------------------------------------------


def test_a_contract_expires_on_the_first_day_that_is_no_longer_its_own() -> None:
    assert codes(expire.decide(contract("C1", valid=Span(None, date(2026, 11, 25))), occasion(), PAGE)) == [
        "NOT_YET_OVER"
    ]
    over = contract("C1", valid=Span(None, TODAY))
    event = only_event(expire.decide(over, occasion(), PAGE))
    assert event == ContractExpired(on=TODAY, actor="S-0042", request_id="T-1", number="C1")
    assert evolve(over, event).ended_on == TODAY


def test_a_contract_without_a_last_day_never_expires() -> None:
    answer = expire.decide(contract("C1"), occasion(), PAGE)
    assert (told(answer), answer.reasons[0].facts) == ([("NOT_YET_OVER", "C1")], (("end", "-"),))


def test_the_sweep_of_a_day_finds_what_is_over_by_number_and_nothing_the_second_time() -> None:
    past = Span(None, date(2026, 11, 1))
    listed = [
        contract("C4", valid=past, state=State.SUSPENDED),
        contract("C1", valid=past),
        contract("C2"),
        contract("C3", valid=past, state=State.TERMINATED),
        contract("C5", valid=past, state=State.DRAFT),
        contract("C6", valid=past, signed_on=date(2026, 12, 1)),
    ]
    events = expire.sweep(listed, occasion())
    assert [event.number for event in events] == ["C1", "C4", "C5"]
    held = {one.number: one for one in listed}
    after = held | {event.number: evolve(held[event.number], event) for event in events}
    assert expire.sweep(after.values(), occasion()) == ()
    for event in events:
        assert only_event(expire.decide(held[event.number], occasion(), PAGE)) == event


# --- amending -------------------------------------------------------------------------------------------------------------


def ask(one: Contract, *beside: Contract, signed: tuple[str, ...] = (), **change: Any) -> Decision:
    approvals = [Approval(by="S-0007", reason="meant", codes=signed)] if signed else []
    around = facts(one, *beside)
    return amend.decide(one, ContractChange(**change), around, occasion(approvals=approvals), PAGE)


def test_the_old_values_stand_in_the_history() -> None:
    before = contract("C1", vouchers=["V1"])
    event = only_event(ask(before, vouchers=["V2"], valid=Span(None, date(2027, 1, 1))))
    assert isinstance(event, ContractAmended)
    after = evolve(before, event)
    assert (after.vouchers, after.valid.end) == (("V2",), date(2027, 1, 1))
    (entry,) = after.amendments
    assert entry.before is not None
    assert (entry.fields, entry.before.vouchers) == (("vouchers", "valid"), ("V1",))


def test_every_field_that_is_not_amended_is_named() -> None:
    answer = ask(on("C1", PLAIN), card=NEW, account=AccountNumber("1"), authorisation=PAYER)
    assert told(answer) == [("NOT_AMENDABLE", "C1")] * 3
    assert [dict(reason.facts)["field"] for reason in answer.reasons] == ["account", "card", "authorisation"]


def test_nothing_but_a_collection_has_an_authorisation_to_amend() -> None:
    payroll = product(11, Category.COLLECTION_PAYMENT, flow=Flow.PAY)
    assert (amend.fixed_fields(payroll), amend.fixed_fields(WATER)) == (("authorisation",), ())


def test_where_the_key_has_no_account_another_card_is_maintenance() -> None:
    water = on("C1", WATER, organisation="WATER", reference=PartnerReference("M-1"), authorisation=PAYER)
    anew = changed(PAYER, account=AccountNumber(NEW.reveal()))
    assert only_event(ask(water, card=NEW, authorisation=anew)).change.card == NEW


def test_a_change_to_what_stands_there_is_refused() -> None:
    assert codes(ask(contract("C1", vouchers=["V1"]), vouchers=["V1"])) == ["AMENDMENT_EMPTY"]
    both = ask(contract("C1", vouchers=["V1"]), vouchers=["V1"], valid=Span(None, date(2027, 1, 1)))
    assert isinstance(both, Allowed), "one field that changes is enough"


def test_a_change_that_would_make_it_another_live_contract_is_refused_with_its_number() -> None:
    web, mobile = (
        contract(n, LIMIT, channels=[c], reference=PartnerReference("DAY"))
        for n, c in (("C1", "WEB"), ("C2", "MOBILE"))
    )
    answer = ask(web, mobile, channels=["MOBILE"])
    assert (told(answer), answer.reasons[0].facts) == ([("CONTRACTS_SAME", "C1")], (("other", "C2"),))
    assert isinstance(ask(web, changed(mobile, state=State.TERMINATED), channels=["MOBILE"]), Allowed)
    unloaded = amend.decide(web, ContractChange(channels=["MOBILE"]), facts(mobile), occasion(), PAGE)
    assert told(unloaded) == [("CONTRACTS_SAME", "C1")], "the contract itself need not be loaded a second time"


def test_a_change_that_overlaps_another_contract_goes_to_a_person() -> None:
    web, mobile = (
        contract(n, ORDER, channels=[c], reference=PartnerReference("DAY"))
        for n, c in (("C1", "WEB"), ("C2", "MOBILE"))
    )
    answer = ask(web, mobile, channels=["*"])
    assert isinstance(answer, Review)
    assert (told(answer), answer.open_codes) == ([("CONTRACTS_OVERLAP", "C1")], ("CONTRACTS_OVERLAP",))
    assert isinstance(ask(web, mobile, channels=["*"], signed=("CONTRACTS_OVERLAP",)), Allowed)


def test_a_change_does_not_answer_for_what_was_so_before() -> None:
    one, other = contract("C1"), contract("C2")  # two live contracts that are the same one: the register is not sound
    assert isinstance(ask(one, other, vouchers=["V1"]), Allowed)


def test_what_is_no_longer_offered_is_still_amended() -> None:
    gone = changed(SERVICE, offered=Span(None, date(2026, 1, 1)))
    held = Register(catalogue=Catalogue(version="1", positions=10, products=[gone]), contracts=[ONE])
    answer = amend.decide(ONE, CHANGE, ContractFacts(register=held), occasion(), PAGE)
    assert only_event(answer).change == CHANGE


def test_a_part_of_the_key_that_would_be_open_is_told() -> None:
    web = contract("C1", LIMIT, channels=["WEB"], reference=PartnerReference("DAY"))
    assert codes(ask(web, channels=["MOBILE", "WEB"])) == ["CHANNEL_NOT_ONE"]


def test_a_new_authorisation_holds_its_five_elements_for_all_days_of_the_contract() -> None:
    water = on("C1", WATER, organisation="WATER", reference=PartnerReference("M-1"), authorisation=PAYER)
    answer = ask(water, authorisation=changed(PAYER, payee=None, cycle=None))
    assert told(answer) == [("AUTHORISATION_INCOMPLETE", "C1")]
    assert dict(answer.reasons[0].facts)["elements"] == "payee, cycle"
    short = changed(PAYER, term=Span(None, date(2027, 1, 1)))
    assert codes(ask(water, authorisation=short)) == ["AUTHORISATION_TOO_SHORT"]
    still = ask(changed(water, authorisation=short), authorisation=changed(short, cycle="每季"))
    assert codes(still) == ["AUTHORISATION_TOO_SHORT"], "what is agreed anew answers for itself"
    incomplete = changed(water, authorisation=Authorisation(purpose="水费"))
    assert codes(ask(incomplete, authorisation=Authorisation(purpose="电费"))) == ["AUTHORISATION_INCOMPLETE"]
    assert isinstance(ask(incomplete, vouchers=["V1"]), Allowed)


def test_an_account_and_its_authorisation_are_amended_together() -> None:
    water = on("C1", WATER, organisation="WATER", reference=PartnerReference("M-1"), authorisation=PAYER)
    other = AccountNumber("62220009")
    anew = changed(PAYER, account=other)
    assert told(ask(water, authorisation=anew)) == [("AUTHORISATION_OTHER_ACCOUNT", "C1")]
    assert told(ask(water, card=CardNumber("62220009"))) == [("AUTHORISATION_OTHER_ACCOUNT", "C1")]
    assert isinstance(ask(water, card=CardNumber("62220009"), authorisation=anew), Allowed)
    unlike = changed(water, authorisation=anew)
    assert codes(ask(unlike, card=CardNumber("62220008"))) == ["AUTHORISATION_OTHER_ACCOUNT"]
    assert codes(ask(unlike, account=AccountNumber("62220008"))) == ["AUTHORISATION_OTHER_ACCOUNT"]
    assert isinstance(ask(unlike, vouchers=["V1"]), Allowed)


def test_days_that_are_over_are_not_agreed_and_later_ones_bring_a_contract_back() -> None:
    past = contract("C1", valid=Span(None, date(2026, 11, 1)))
    assert codes(ask(past, vouchers=["V1"])) == ["PERIOD_OVER"]
    assert isinstance(ask(past, valid=Span(None, date(2027, 11, 1))), Allowed)


def test_an_ended_contract_or_one_of_an_unknown_product_is_not_amended() -> None:
    assert codes(ask(contract("C1", state=State.EXPIRED), vouchers=["V1"])) == ["CONTRACT_STATE"]
    assert codes(ask(changed(ONE, product="0000000099"), vouchers=["V1"])) == ["PRODUCT_UNKNOWN"]


def test_a_change_that_no_contract_holds_is_bad_input() -> None:
    with pytest.raises(InvalidRecord):
        ask(ONE, channels=["WEB", "WEB"])


# --- transferring ---------------------------------------------------------------------------------------------------------


def move(*contracts: Contract, signed: tuple[str, ...] = (), earlier: Decision | None = None, **more: Any) -> Decision:
    approvals = [Approval(by="S-0007", reason="stays", codes=signed)] if signed else []
    asked = Transfer(**{"start": OLD, "goal": NEW} | more)
    return transfer.decide(asked, facts(*contracts, earlier=earlier), occasion(approvals=approvals), PAGE)


def test_all_contracts_of_a_card_go_together() -> None:
    fund, money = on("C2", FUND), on("C1", MONEY, state=State.SUSPENDED)
    named_as_account = contract("C3", SERVICE, account=AccountNumber(OLD.reveal()))
    elsewhere, ended = on("C4", FUND, THIRD), on("C5", FUND, state=State.TERMINATED)
    answer = move(fund, money, named_as_account, elsewhere, ended)
    assert isinstance(answer, Allowed), codes(answer)
    events = [event for event in answer.events if isinstance(event, ContractTransferred)]
    assert [(event.number, event.card, event.account) for event in events] == [
        ("C1", NEW, None),
        ("C2", NEW, None),
        ("C3", None, AccountNumber(NEW.reveal())),
    ]
    after = evolve(fund, events[1])
    assert (after.card, after.amendments[0].fields) == (NEW, ("card",))


def test_a_product_that_stays_is_named_and_a_person_lets_the_others_go() -> None:
    answer = move(on("C1", FUND), on("C2", PLAIN))
    assert isinstance(answer, Review)
    assert told(answer) == [("NOT_TRANSFERABLE", "C2")]
    signed = move(on("C1", FUND), on("C2", PLAIN), signed=("NOT_TRANSFERABLE",))
    assert only_event(signed).number == "C1"
    named = move(on("C1", FUND), on("C2", PLAIN), contracts=["C2", "C1"], signed=("NOT_TRANSFERABLE",))
    assert (named.outcome, told(named)) == (Outcome.REFUSED, [("NOT_TRANSFERABLE", "C2")])


def test_only_the_named_ones_go() -> None:
    assert only_event(move(on("C1", FUND), on("C2", SERVICE), contracts=["C2"])).number == "C2"
    with pytest.raises(CustmasterError, match="does not stand on this card"):
        move(on("C1", FUND), contracts=["C9"])
    assert codes(move(on("C1", FUND, state=State.EXPIRED), contracts=["C1"])) == ["CONTRACT_STATE"]


def test_what_would_be_the_same_on_the_new_card_keeps_all_of_them_where_they_are() -> None:
    answer = move(on("C1", FUND), on("C2", MONEY), on("C3", FUND, NEW))
    assert (answer.outcome, told(answer)) == (Outcome.REFUSED, [("CONTRACTS_SAME", "C1")])
    assert answer.reasons[0].facts == (("other", "C3"),)


def test_several_on_one_card_are_told_apart_by_their_instance() -> None:
    one, other, same = (
        on(number, SEVERAL, card, instance=PartnerReference(instance))
        for number, card, instance in (("C1", OLD, "A"), ("C2", NEW, "B"), ("C3", NEW, "A"))
    )
    assert isinstance(move(one, other), Allowed)
    assert told(move(one, other, same)) == [("CONTRACTS_SAME", "C1")]


def test_what_excludes_it_on_the_new_card_stands_against_it() -> None:
    answer = move(on("C1", RIVAL), on("C2", FUND, NEW))
    assert told(answer) == [("CONTRACTS_EXCLUSIVE", "C1")]


def test_the_stronger_of_two_that_exclude_one_another_does_not_join_the_weaker() -> None:
    assert CATALOGUE.prevails(STRONG.number, WEAK.number)
    for mine, theirs in ((STRONG, WEAK), (WEAK, STRONG)):
        answer = move(on("C1", mine), on("C2", theirs, NEW))
        assert (answer.outcome, told(answer)) == (Outcome.REFUSED, [("CONTRACTS_EXCLUSIVE", "C1")])


def test_a_number_that_stands_as_account_and_as_card_goes_in_both_places() -> None:
    event = only_event(move(on("C1", FUND, account=AccountNumber(OLD.reveal()))))
    assert (event.account, event.card) == (AccountNumber(NEW.reveal()), NEW)


def test_no_contract_goes_to_a_number_that_says_nothing() -> None:
    assert told(move(on("C1", FUND), goal=CardNumber("  "))) == [("KEY_PART_MISSING", "C1")]


def test_needs_are_kept_together() -> None:
    fund, money = on("C1", FUND), on("C2", MONEY)
    assert told(move(fund, money, contracts=["C1"])) == [("DEPENDENT_LIVE", "C2")]
    assert told(move(fund, money, contracts=["C2"])) == [("DEPENDENCY_MISSING", "C2")]
    assert isinstance(move(fund, money), Allowed)


def test_two_that_would_meet_are_told_once_by_the_smaller_number() -> None:
    by_card = on("C1", FUND)
    by_account = contract("C2", RIVAL, account=AccountNumber(NEW.reveal()), card=OLD)
    # The account decides where a contract lives: only the card of C2 goes, and there it meets C1.
    assert told(move(by_card, by_account)) == [("CONTRACTS_EXCLUSIVE", "C1")]


def test_a_collection_that_was_authorised_for_the_old_card_needs_a_new_authorisation() -> None:
    water = on("C1", WATER, organisation="WATER", reference=PartnerReference("M-1"), authorisation=PAYER)
    answer = move(water, on("C2", FUND))
    assert (answer.outcome, told(answer)) == (Outcome.REVIEW, [("TRANSFER_AUTHORISATION", "C1")])
    only_authorised = changed(water, card=None)
    assert told(move(only_authorised)) == [("TRANSFER_AUTHORISATION", "C1"), ("TRANSFER_NOTHING", None)]


def test_nothing_to_transfer_is_told() -> None:
    assert told(move(on("C1", FUND, THIRD))) == [("TRANSFER_NOTHING", None)]


def test_a_contract_of_an_unknown_product_stays_and_a_later_one_is_refused() -> None:
    assert told(move(changed(on("C1", FUND), product="0000000099"))) == [
        ("PRODUCT_UNKNOWN", "C1"),
        ("TRANSFER_NOTHING", None),
    ]
    assert codes(move(on("C1", FUND, signed_on=date(2026, 12, 1)))) == ["CONTRACT_DAY_TOO_EARLY"]


@pytest.mark.parametrize("goal", [CardNumber("6222 0000 1111 2221"), AccountNumber("6222000011112222")])
def test_a_transfer_goes_somewhere_else_of_the_same_kind(goal: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        Transfer(start=OLD, goal=goal)
    assert (caught.value.fault, caught.value.path) == (Fault.CONFLICT, "goal")


def test_the_same_transfer_gives_the_same_answer_and_another_one_is_refused() -> None:
    first = move(on("C1", FUND))
    gone = on("C1", FUND, NEW)
    assert move(gone, earlier=first) is first
    assert codes(move(gone, earlier=first, goal=THIRD)) == ["REQUEST_ID_REUSED"]
    other = on("C2", FUND)
    assert codes(move(gone, other, earlier=first, contracts=["C2"])) == ["REQUEST_ID_REUSED"]
    suspended = suspend.decide(ONE, occasion(), PAGE)
    assert codes(move(on("C1", FUND), earlier=suspended)) == ["REQUEST_ID_REUSED"]


def test_a_transfer_of_named_contracts_that_comes_again_finds_them_gone_and_gives_the_same_answer() -> None:
    first = move(on("C1", FUND), contracts=["C1"])
    assert isinstance(first, Allowed)
    assert move(on("C1", FUND, NEW), contracts=["C1"], earlier=first) is first


# --- bad input --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [{"start": "6222", "goal": NEW}, {"start": OLD, "goal": "6222"}])
def test_a_transfer_is_between_numbers_that_are_kept_hidden(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue) as caught:
        Transfer(**given)
    assert (caught.value.fault, "6222" in str(caught.value)) == (Fault.TYPE, False)
    assert "an AccountNumber or a CardNumber" in str(caught.value)


def test_one_contract_number_is_no_list() -> None:
    with pytest.raises(InvalidValue) as caught:
        Transfer(start=OLD, goal=NEW, contracts="C1")
    assert caught.value.fault is Fault.TYPE


@pytest.mark.parametrize(
    "question",
    [
        lambda given: suspend.decide(given, occasion(), PAGE),
        lambda given: resume.decide(given, occasion(), PAGE),
        lambda given: expire.decide(given, occasion(), PAGE),
        lambda given: terminate.decide(given, facts(), occasion(), PAGE),
        lambda given: amend.decide(given, CHANGE, facts(), occasion(), PAGE),
        lambda given: amend.decide(ONE, given, facts(), occasion(), PAGE),
        lambda given: transfer.decide(given, facts(), occasion(), PAGE),
    ],
)
def test_a_question_about_a_number_in_place_of_its_record_is_a_bug(question: Any) -> None:
    with pytest.raises(CustmasterError, match="not with a str"):
        question("C1")
