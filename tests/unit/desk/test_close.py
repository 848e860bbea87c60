"""Closing: every live contract is told with its remedy and its earliest day, the worst one decides; and the overview of a customer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from custmaster.contract import (
    Authorisation,
    Catalogue,
    Category,
    Contract,
    Effect,
    Flow,
    Level,
    Party,
    PartyRole,
    Product,
    State,
)
from custmaster.contract.closing import CLOSING_KINDS, closing_effect
from custmaster.contract.ending import ending_order
from custmaster.decision import Approval, Citation, Occasion, Outcome, Reason
from custmaster.dedup.alias_events import NumberMerged, NumberOpened
from custmaster.dedup.aliases import replay, resolutions
from custmaster.desk import close
from custmaster.desk.closing_codes import ClosingCode
from custmaster.desk.closing_facts import (
    Check,
    Closing,
    ClosingCase,
    ClosingFacts,
    ClosingHit,
    ClosingReport,
    Pending,
)
from custmaster.desk.codes import DeskCode
from custmaster.desk.contract_facts import Register
from custmaster.desk.overview import Overview, overview
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.handbook import Language, default, default_text, parse, render
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.span import Span

TODAY = date(2026, 11, 24)
PAGE = default().on(TODAY)
ALI, BAI, CHEN = "6000000001", "6000000002", "6000000003"
CARD, OTHER = CardNumber("6222000011112221"), CardNumber("6222000011112222")
ACCOUNT = AccountNumber("3100000000001")


def product(number: int, category: Category = Category.PRODUCT_SERVICE, **more: Any) -> Product:
    return Product(number=f"{number:010}", zh="产品", en="product", category=category, **more)


CUSTODY = product(1, Category.THIRD_PARTY)
WATER = product(2, Category.COLLECTION_PAYMENT, flow=Flow.COLLECT)
REPAY = product(3, Category.TRANSACTION_BEHAVIOUR, level=Level.ACCOUNT, repays=True)
ALERT = product(4)
MUST = product(5, must_end=True, closing=Effect.REMIND)
FOREVER = product(6, terminable=False, closing=Effect.BLOCK)
SOFT = product(7, Category.THIRD_PARTY, closing=Effect.REMIND)
PAYROLL = product(8, Category.COLLECTION_PAYMENT, flow=Flow.PAY)
NEEDY = product(9, Category.THIRD_PARTY, needs=["0000000001"])
CATALOGUE = Catalogue(
    version="2026.1",
    positions=10,
    products=[CUSTODY, WATER, REPAY, ALERT, MUST, FOREVER, SOFT, PAYROLL, NEEDY],
)


def contract(number: str, of: Product = ALERT, **more: Any) -> Contract:
    return Contract(**{"number": number, "product": of.number, "customer": ALI} | more)


def facts(*contracts: Contract, **more: Any) -> ClosingFacts:
    return ClosingFacts(**{"register": Register(catalogue=CATALOGUE, contracts=contracts), "pending": ()} | more)


def ask(
    *contracts: Contract, closing: Closing | None = None, signed: tuple[str, ...] = (), **more: Any
) -> ClosingReport:
    checks = more.pop("checks", ())
    approvals = [Approval(by="S-0007", reason="seen", codes=signed)] if signed else []
    occasion = Occasion(day=TODAY, actor="S-0042", request_id="T-1", approvals=approvals)
    return close.decide(closing or Closing(customer=ALI), facts(*contracts, **more), occasion, PAGE, checks)


Told = list[tuple[str, str | None, date | None]]


def told(report: ClosingReport) -> Told:
    for hit in report.hits:
        for lang in Language:
            assert render(hit.reason.code, hit.reason.facts, lang)
    assert report.decision.reasons == tuple(hit.reason for hit in report.hits)
    return [(str(hit.reason.code), hit.reason.subject, hit.earliest) for hit in report.hits]


# --- what a contract does to a closing ------------------------------------------------------------------------------------

B, R = Effect.BLOCK, Effect.REMIND


@pytest.mark.parametrize(
    ("of", "pending", "effect", "key"),
    [
        (CUSTODY, False, B, "closing.third_party"),
        (WATER, False, R, "closing.other"),
        (WATER, True, B, "closing.collection_pending"),
        (PAYROLL, True, B, "closing.collection_pending"),
        (REPAY, False, B, "closing.repayment"),
        (ALERT, False, R, "closing.other"),
        (ALERT, True, R, "closing.other"),
        (MUST, False, B, None),
        (FOREVER, False, B, None),
        (SOFT, False, R, None),
    ],
)
def test_the_products_own_word_counts_else_the_handbooks(
    of: Product, pending: bool, effect: Effect, key: str | None
) -> None:
    found = closing_effect(of, PAGE, pending=pending)
    assert (found.effect, found.citation.key) == (effect, key)


def test_of_two_words_of_the_handbook_the_severer_one_counts() -> None:
    both = product(10, Category.THIRD_PARTY, repays=True)
    assert sum(speaks(both, False) for speaks in CLOSING_KINDS.values()) == 2
    assert closing_effect(both, PAGE).effect is B
    before, _, after = default_text().partition("[[closing.repayment]]")
    mild = parse(before + "[[closing.repayment]]" + after.replace('"BLOCK"', '"REMIND"', 1)).on(TODAY)
    assert closing_effect(REPAY, mild).effect is R
    found = closing_effect(both, mild)
    assert (found.effect, found.citation.key) == (B, "closing.third_party")


# --- the hits -------------------------------------------------------------------------------------------------------------


def test_nothing_stands_against_a_customer_without_contracts() -> None:
    report = ask()
    assert (report.decision.outcome, report.hits, report.earliest, report.to_end) == (Outcome.ALLOWED, (), TODAY, ())


ENDS, PAST, LAST = date(2027, 3, 1), date(2026, 11, 1), date(2026, 12, 5)
CASES: list[tuple[str, Contract, list[Pending], str, Outcome, date | None]] = [
    ("a bar", contract("C1", CUSTODY), [], "CLOSING_BLOCKED", Outcome.REFUSED, TODAY),
    ("one that rests", contract("C1", CUSTODY, state=State.SUSPENDED), [], "CLOSING_BLOCKED", Outcome.REFUSED, TODAY),
    ("a reminder", contract("C1"), [], "CLOSING_REMINDED", Outcome.ALLOWED, TODAY),
    ("must be ended", contract("C1", MUST), [], "CLOSING_MUST_END", Outcome.REFUSED, TODAY),
    ("never ended", contract("C1", FOREVER), [], "CLOSING_RUNS_ON", Outcome.REFUSED, None),
    ("until a day", contract("C1", FOREVER, valid=Span(None, ENDS)), [], "CLOSING_RUNS_UNTIL", Outcome.REFUSED, ENDS),
    (
        "items until a day",
        contract("C1", WATER),
        [Pending(contract="C1", last=LAST)],
        "CLOSING_ITEMS_PENDING",
        Outcome.REFUSED,
        date(2026, 12, 6),
    ),
    (
        "items that settled",
        contract("C1", WATER),
        [Pending(contract="C1", last=PAST)],
        "CLOSING_ITEMS_PENDING",
        Outcome.REFUSED,
        TODAY,
    ),
    ("items", contract("C1", WATER), [Pending(contract="C1")], "CLOSING_ITEMS_PENDING", Outcome.REFUSED, None),
    ("a soft one", contract("C1", SOFT), [Pending(contract="C1")], "CLOSING_REMINDED", Outcome.ALLOWED, TODAY),
    ("over", contract("C1", CUSTODY, valid=Span(None, PAST)), [], "EXPIRED_BUT_LIVE", Outcome.REFUSED, TODAY),
    ("over, mild", contract("C1", valid=Span(None, PAST)), [], "EXPIRED_BUT_LIVE", Outcome.ALLOWED, TODAY),
    ("a draft", contract("C1", CUSTODY, state=State.DRAFT), [], "CLOSING_DRAFT", Outcome.ALLOWED, TODAY),
]


@pytest.mark.parametrize(
    ("one", "pending", "code", "outcome", "earliest"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_contract_is_told_with_its_remedy_and_its_earliest_day(
    one: Contract, pending: list[Pending], code: str, outcome: Outcome, earliest: date | None
) -> None:
    report = ask(one, pending=pending)
    assert told(report) == [(code, "C1", earliest)]
    assert report.decision.outcome is outcome
    assert report.earliest == earliest


@pytest.mark.parametrize("state", [State.TERMINATED, State.EXPIRED])
def test_an_ended_contract_says_nothing(state: State) -> None:
    assert told(ask(contract("C1", CUSTODY, state=state))) == []


def test_items_under_way_bar_in_whatever_case_the_number_is_typed() -> None:
    report = ask(contract("C1", WATER), pending=[Pending(contract="c1", last=LAST)])
    assert told(report) == [("CLOSING_ITEMS_PENDING", "C1", date(2026, 12, 6))]
    assert close.without_items(facts(contract("C1"), pending=[Pending(contract="c1")])) == ("C1",)
    with pytest.raises(InvalidValue, match="pending"):
        facts(pending=[Pending(contract="C1"), Pending(contract="c1", last=TODAY)])


def test_a_product_that_nobody_knows_bars_and_no_day_is_known() -> None:
    report = ask(contract("C1", product(99)))
    assert told(report) == [("PRODUCT_UNKNOWN", "C1", None)]
    assert (report.decision.outcome, report.earliest) == (Outcome.REFUSED, None)


def test_everything_is_told_at_once_and_the_worst_decides() -> None:
    report = ask(
        contract("C5", product(99)),
        contract("C4", CUSTODY),
        contract("C3"),
        contract("C2", FOREVER, valid=Span(None, ENDS)),
        contract("C1", state=State.DRAFT),
    )
    assert told(report) == [
        ("PRODUCT_UNKNOWN", "C5", None),
        ("CLOSING_RUNS_UNTIL", "C2", ENDS),
        ("CLOSING_BLOCKED", "C4", TODAY),
        ("CLOSING_REMINDED", "C3", TODAY),
        ("CLOSING_DRAFT", "C1", TODAY),
    ]
    assert report.decision.outcome is Outcome.REFUSED
    assert report.to_end == ("C2", "C3", "C4", "C5"), "a draft need not be ended"
    without = ask(contract("C4", CUSTODY), contract("C2", FOREVER, valid=Span(None, ENDS)))
    assert without.earliest == ENDS


def test_no_approval_lifts_a_bar() -> None:
    report = ask(contract("C1", CUSTODY), signed=("CLOSING_BLOCKED",))
    assert report.decision.outcome is Outcome.REFUSED


def test_what_is_to_be_ended_is_named_in_an_order_in_which_it_can_be() -> None:
    report = ask(contract("C1", CUSTODY), contract("C2", NEEDY), contract("C3"), contract("C4", product(99)))
    assert report.to_end == ("C2", "C1", "C3", "C4")
    chain = [product(1), product(2, needs=["0000000001"]), product(3, needs=["0000000002", "0000000001"])]
    catalogue = Catalogue(version="1", positions=10, products=chain)
    listed = [contract(f"C{place}", one) for place, one in enumerate(chain)]
    assert [one.number for one in ending_order(listed, catalogue)] == ["C2", "C1", "C0"]


# --- what a closing touches -----------------------------------------------------------------------------------------------


def test_a_card_is_asked_of_its_own_contracts_and_so_is_an_account() -> None:
    by_card, by_account = contract("C1", CUSTODY, card=CARD), contract("C2", CUSTODY, account=ACCOUNT)
    written_as_account = contract("C3", account=AccountNumber("6222 0000 1111 2221"))
    authorised = contract("C4", WATER, authorisation=Authorisation(account=AccountNumber(CARD.reveal())))
    of_another = contract("C5", customer=BAI, card=CARD)
    nothing_named, elsewhere = contract("C6", CUSTODY), contract("C7", CUSTODY, card=OTHER)
    listed = (by_card, by_account, written_as_account, authorised, of_another, nothing_named, elsewhere)
    card = ask(*listed, closing=Closing(customer=ALI, card=CARD))
    assert sorted(str(hit.reason.subject) for hit in card.hits) == ["C1", "C3", "C4", "C5"]
    account = ask(*listed, closing=Closing(customer=ALI, account=ACCOUNT))
    assert [hit.reason.subject for hit in account.hits] == ["C2"]
    customer = ask(*listed)
    assert sorted(str(hit.reason.subject) for hit in customer.hits) == ["C1", "C2", "C3", "C4", "C6", "C7"]


def test_a_customer_is_asked_of_contracts_in_which_it_is_a_party_and_of_merged_numbers() -> None:
    guaranteed = contract("C1", CUSTODY, customer=BAI, parties=[Party(number=ALI, role=PartyRole.GUARANTOR)])
    of_absorbed = contract("C2", CUSTODY, customer=CHEN)
    assert [hit.reason.subject for hit in ask(guaranteed, of_absorbed).hits] == ["C1"]
    assert [hit.reason.subject for hit in ask(guaranteed, of_absorbed, numbers={CHEN: ALI}).hits] == ["C1", "C2"]
    by_the_old_number = ask(of_absorbed, numbers={CHEN: ALI}, closing=Closing(customer=CHEN))
    assert [hit.reason.subject for hit in by_the_old_number.hits] == ["C2"]


def test_an_account_and_a_card_are_closed_one_by_one() -> None:
    with pytest.raises(InvalidValue) as caught:
        Closing(customer=ALI, account=ACCOUNT, card=CARD)
    assert (caught.value.fault, caught.value.path) == (Fault.CONFLICT, "card")
    with pytest.raises(InvalidValue) as caught:
        facts(pending=[Pending(contract="C1"), Pending(contract="C1", last=TODAY)])
    assert (caught.value.fault, caught.value.path) == (Fault.DUPLICATE, "pending")


def test_nobody_is_closed_without_a_number() -> None:
    with pytest.raises(InvalidValue) as caught:
        Closing(customer=" ")
    assert (caught.value.path, caught.value.fault) == ("customer", Fault.EMPTY)


# --- a host's own checks --------------------------------------------------------------------------------------------------


def balance_is_zero(case: ClosingCase) -> list[ClosingHit]:
    if case.stated["balance"] == 0:
        return []
    reason = Reason(
        code=DeskCode.ACCOUNTS_OPEN, outcome=Outcome.REVIEW, citation=Citation(article="own"), facts={"count": 1}
    )
    return [ClosingHit(reason=reason, earliest=case.day)]


def loans_are_repaid(case: ClosingCase) -> list[ClosingHit]:
    reason = Reason(code=DeskCode.ACCOUNTS_OPEN, outcome=Outcome.REVIEW, citation=Citation(article="own"))
    return [ClosingHit(reason=reason)]


OWN = Check(name="balance-is-zero", finds=balance_is_zero)
LOAN = Check(name="loans-are-repaid", finds=loans_are_repaid)


def test_the_checks_of_the_host_come_after_those_of_the_library() -> None:
    report = ask(contract("C1"), checks=[OWN], stated={"balance": Decimal("0.01")})
    assert [code for code, _, _ in told(report)] == ["CLOSING_REMINDED", "ACCOUNTS_OPEN"]
    assert report.decision.outcome is Outcome.REVIEW
    signed = ask(checks=[OWN], stated={"balance": Decimal(1)}, signed=("ACCOUNTS_OPEN",))
    assert signed.decision.outcome is Outcome.ALLOWED
    assert told(ask(checks=[OWN], stated={"balance": Decimal(0)})) == []


def test_what_an_approval_lifted_puts_no_closing_off() -> None:
    signed = ask(checks=[LOAN], signed=("ACCOUNTS_OPEN",))
    assert (signed.decision.outcome, signed.earliest) == (Outcome.ALLOWED, TODAY)
    until = contract("C2", FOREVER, valid=Span(None, ENDS))
    assert ask(until, checks=[LOAN], signed=("ACCOUNTS_OPEN",)).earliest == ENDS
    assert ask(until, checks=[LOAN]).earliest is None


@pytest.mark.parametrize(("outcome", "day"), [(Outcome.ALLOWED, None), (Outcome.REVIEW, date(2026, 1, 1))])
def test_neither_a_note_nor_a_day_that_is_past_moves_the_earliest_day(outcome: Outcome, day: date | None) -> None:
    reason = Reason(code=DeskCode.ACCOUNTS_OPEN, outcome=outcome, citation=Citation(article="own"))
    own = Check(name="own", finds=lambda case: [ClosingHit(reason=reason, earliest=day)])
    assert ask(checks=[own]).earliest == TODAY


def test_a_check_of_a_name_that_is_taken_is_a_mistake_of_the_host() -> None:
    with pytest.raises(CustmasterError, match="one name"):
        ask(checks=[Check(name=close.CHECKS[0].name, finds=balance_is_zero)])


def test_every_row_has_a_code_of_its_own_and_the_last_applies_to_all() -> None:
    from custmaster.desk.closing_hits import REMEDIES

    assert len({row.code for row in REMEDIES}) == len(REMEDIES)
    assert REMEDIES[-1].code is ClosingCode.CLOSING_BLOCKED


# --- the overview ---------------------------------------------------------------------------------------------------------


def seen(*contracts: Contract, day: date = TODAY, customer: str = ALI, **more: Any) -> Overview:
    return overview(customer, Register(catalogue=CATALOGUE, contracts=contracts), day, **more)


def test_all_contracts_are_shown_by_category_and_every_category_has_its_row() -> None:
    found = seen(contract("C2"), contract("C1"), contract("C3", CUSTODY, state=State.SUSPENDED), contract("C4", WATER))
    assert {str(category): [one.contract.number for one in listed] for category, listed in found.standing.items()} == {
        "THIRD_PARTY": ["C3"],
        "COLLECTION_PAYMENT": ["C4"],
        "PRODUCT_SERVICE": ["C1", "C2"],
        "TRANSACTION_BEHAVIOUR": [],
    }
    assert (found.count, found.unlisted, found.drafts, found.ended) == (4, (), (), ())


def test_drafts_and_unknown_products_stand_apart_and_ended_ones_are_shown_on_request() -> None:
    listed = (
        contract("C1", state=State.DRAFT),
        contract("C2", product(99)),
        contract("C3", state=State.TERMINATED, ended_on=PAST),
        contract("C4", state=State.EXPIRED),
    )
    found = seen(*listed)
    assert [one.contract.number for one in found.drafts] == ["C1"]
    assert [(one.contract.number, one.product) for one in found.unlisted] == [("C2", None)]
    assert (found.count, found.ended) == (1, ())
    assert [one.contract.number for one in seen(*listed, ended=True).ended] == ["C3", "C4"]


def test_as_of_a_day_what_ended_later_still_stood_and_what_was_signed_later_was_not_there() -> None:
    ended = contract("C1", state=State.TERMINATED, signed_on=date(2020, 1, 1), ended_on=TODAY)
    later = contract("C2", signed_on=TODAY)
    found = seen(ended, later, day=date(2026, 11, 23), ended=True)
    assert [one.contract.number for one in found.standing[Category.PRODUCT_SERVICE]] == ["C1"]
    assert found.ended == ()
    today = seen(ended, later, ended=True)
    assert [one.contract.number for one in today.ended] == ["C1"]
    assert [one.contract.number for one in today.standing[Category.PRODUCT_SERVICE]] == ["C2"]


def test_one_that_is_over_and_still_live_is_marked() -> None:
    (one,) = seen(contract("C1", valid=Span(None, PAST))).standing[Category.PRODUCT_SERVICE]
    assert one.over
    (gone,) = seen(contract("C1", valid=Span(None, PAST), state=State.EXPIRED, ended_on=PAST), ended=True).ended
    assert not gone.over


def test_a_further_party_sees_the_contract_and_what_it_is_there() -> None:
    roles = [Party(number=ALI, role=PartyRole.PAYER), Party(number=ALI, role=PartyRole.AGENT)]
    (one,) = seen(contract("C1", customer=BAI, parties=roles)).standing[Category.PRODUCT_SERVICE]
    assert (one.signs, one.roles) == (False, (PartyRole.PAYER, PartyRole.AGENT))
    (merged,) = seen(contract("C1", customer=CHEN, parties=roles), numbers={CHEN: ALI}).standing[
        Category.PRODUCT_SERVICE
    ]
    assert (merged.signs, merged.roles) == (True, (PartyRole.PAYER, PartyRole.AGENT))
    of_old = [Party(number=CHEN, role=PartyRole.PAYER)]
    (party,) = seen(contract("C1", customer=BAI, parties=of_old), numbers={CHEN: ALI}).standing[
        Category.PRODUCT_SERVICE
    ]
    assert (party.signs, party.roles) == (False, (PartyRole.PAYER,))
    (mine,) = seen(contract("C1", parties=[])).standing[Category.PRODUCT_SERVICE]
    assert (mine.signs, mine.roles) == (True, ())


def test_a_survivor_shows_what_the_absorbed_customers_signed_and_each_old_number_the_survivors() -> None:
    events = [NumberOpened(number=number, on=PAST, request_id="O") for number in (ALI, BAI, CHEN)]
    merges = [NumberMerged(number=one, into=into, on=TODAY, request_id="M") for one, into in ((CHEN, BAI), (BAI, ALI))]
    numbers = resolutions(replay([*events, *merges]), TODAY)
    listed = (contract("C1"), contract("C2", customer=CHEN), contract("C3", customer="6000000009"))
    for customer in (ALI, BAI, CHEN):
        found = seen(*listed, customer=customer, numbers=numbers)
        assert found.customer == ALI
        assert [one.contract.number for one in found.standing[Category.PRODUCT_SERVICE]] == ["C1", "C2"]
    before = resolutions(replay([*events, *merges]), date(2026, 11, 23))
    assert seen(*listed, numbers=before).count == 1
