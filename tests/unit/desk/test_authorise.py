"""A transaction is asked about once: the number, every restriction, every limit, what was agreed; and given back when it fails."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from custmaster.contract import Catalogue, Category, Contract, Level, Product, State, Term
from custmaster.customer.events import Absorbed, Deleted, Reactivated, Released
from custmaster.decision import Allowed, Approval, Citation, Decision, Occasion, Outcome
from custmaster.dedup.alias_events import NumberMerged, NumberOpened
from custmaster.dedup.aliases import replay, resolve
from custmaster.desk import authorise, joint, reverse
from custmaster.desk.agreed import FIGURES, agreed_rows
from custmaster.desk.authorise import CustomerDay, CustomerFacts, prepare
from custmaster.desk.contract_facts import Register
from custmaster.errors import CustmasterError
from custmaster.handbook import Language, default, render
from custmaster.limits import (
    Counterparty,
    LimitRow,
    Measure,
    Slot,
    Source,
    Transaction,
    TransactionReserved,
    TransactionReversed,
    Usage,
    UsagesJoined,
    UsagesParted,
    combined,
    evolve,
    parted,
    reserve,
)
from custmaster.limits import Scope as Over
from custmaster.screening import (
    LiftCondition,
    Restriction,
    RestrictionCause,
    RestrictionImposed,
    RestrictionLedger,
    RestrictionsJoined,
    RestrictionsParted,
    Scope,
)
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.value.span import Span
from custmaster.wire import decision_from_json, decision_to_json

DAY = date(2026, 11, 23)
PAGE = default().on(DAY)
ALI, BAI = "6000000001", "6000000002"
OPENED = [NumberOpened(number=number, on=date(2020, 1, 1), request_id=f"O-{number}") for number in (ALI, BAI)]
WAY = Slot(channel="MOBILE", action="TRANSFER_OUT", counterparty=Counterparty.OTHER_NAME)
LIMIT = Product(
    number="0000000001", zh="限额", en="limit", category=Category.TRANSACTION_BEHAVIOUR, resign_maintains=True
)
EACH = Product(number="0000000002", zh="限额", en="limit", category=Category.TRANSACTION_BEHAVIOUR, level=Level.ACCOUNT)
ALERTS = Product(number="0000000003", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE)
CATALOGUE = Catalogue(version="1", positions=10, products=[LIMIT, EACH, ALERTS])
ACCOUNT = AccountNumber("6222000000000001")


def restriction(number: str = "R1", **more: Any) -> RestrictionImposed:
    made: dict[str, Any] = {"cause": RestrictionCause.PHONE_SHARED, "lift": LiftCondition.PHONE_CONFIRMED} | more
    stood = Restriction(number=number, customer=ALI, valid=Span(date(2026, 1, 1), None), **made)
    return RestrictionImposed(on=DAY, actor="S-1", request_id=number, restriction=stood)


def contract(number: str = "C1", product: Product = LIMIT, /, **terms: Any) -> Contract:
    more = terms.pop("more", {})
    listed = [Term(name=name, value=value) for name, value in terms.items()]
    return Contract(**{"number": number, "product": product.number, "customer": ALI, "terms": listed} | more)


def known(
    *contracts: Contract, restrictions: Iterable[RestrictionImposed] = (), events: Iterable[Any] = OPENED, **more: Any
) -> CustomerDay:
    facts = CustomerFacts(
        number=ALI,
        party=PartyKind.PERSON,
        resolution=resolve(replay(events), ALI, DAY),
        register=Register(catalogue=CATALOGUE, contracts=contracts) if contracts else None,
        restrictions=RestrictionLedger(entries=restrictions),
        **more,
    )
    return prepare(facts, PAGE)


def paid(amount: int | str = 100, name: str = "T-1", way: Slot = WAY, **more: Any) -> Transaction:
    said: dict[str, Any] = {
        "id": name,
        "customer": ALI,
        "day": DAY,
        "slot": way,
        "amount": Money(Decimal(amount)),
    } | more
    return Transaction(**said)


def ask(
    transaction: Transaction,
    stands: CustomerDay,
    usage: Usage | None = None,
    *,
    earlier: Decision | None = None,
    **said: Any,
) -> Decision:
    when: dict[str, Any] = {"day": DAY, "actor": "MOBILE", "request_id": transaction.id} | said
    occasion = Occasion(**when)
    answer = authorise.decide(transaction, usage or Usage.of(ALI), stands, occasion, earlier)
    for reason in answer.reasons:
        for language in Language:
            assert render(reason.code, reason.facts, language)
    assert decision_from_json(decision_to_json(answer)) == answer
    return answer


def codes(answer: Decision) -> list[str]:
    return [str(reason.code) for reason in answer.reasons]


def bank_row(figure: int, **more: Any) -> LimitRow:
    said: dict[str, Any] = {
        "code": "BANK",
        "measure": Measure.DAY_AMOUNT,
        "citation": Citation(article="rule 1"),
    } | more
    return LimitRow(figure=Decimal(figure), **said)


# --- deciding ---------------------------------------------------------------------------------------------------------------


def test_what_nothing_stands_against_is_allowed_and_reserved() -> None:
    answer = ask(paid(), known())
    assert isinstance(answer, Allowed)
    (event,) = answer.events
    assert event == TransactionReserved(on=DAY, actor="MOBILE", request_id="T-1", transaction=paid())
    assert evolve(Usage.of(ALI), event) == reserve(Usage.of(ALI), paid())


def test_every_reason_is_told_restrictions_before_limits_before_notes() -> None:
    merged = NumberMerged(number=ALI, into=BAI, on=DAY, request_id="M-1")
    stands = known(
        contract(single=10, day_amount=10**9, colour="red"),
        restrictions=[restriction(), restriction("R2", cause=RestrictionCause.KYC_INCOMPLETE)],
        events=[*OPENED, merged],
        pack=[bank_row(50)],
    )
    answer = ask(paid(), stands)
    assert (answer.outcome, codes(answer)) == (
        Outcome.REFUSED,
        [
            "MERGED_INTO",
            "RESTRICTED",
            "RESTRICTED",
            "OVER_SINGLE",
            "OVER_DAY_AMOUNT",
            "AGREED_TERM_UNKNOWN",
            "AGREED_LOOSER",
        ],
    )
    assert dict(answer.reasons[0].facts) == {"number": BAI}


def test_a_number_that_nobody_gave_is_refused() -> None:
    facts = CustomerFacts(number=ALI, party=PartyKind.PERSON, resolution=None)
    assert codes(ask(paid(), prepare(facts, PAGE))) == ["CUSTOMER_UNKNOWN"]


@pytest.mark.parametrize(
    ("scope", "stands"),
    [
        (Scope(), True),
        (Scope(channels=["WEB"]), False),
        (Scope(besides=["MOBILE"]), False),
        (Scope(actions=["OPEN_ACCOUNT"]), False),
    ],
)
def test_a_restriction_stands_where_it_covers(scope: Scope, stands: bool) -> None:
    answer = ask(paid(), known(restrictions=[restriction(scope=scope)]))
    assert codes(answer) == ["RESTRICTED"] * stands


def test_a_certificate_lifts_what_asks_for_one_and_nothing_else() -> None:
    stands, big = known(pack=[bank_row(60_000)]), paid(50_001)
    approval = Approval(by="MOBILE", reason="signed", codes=["CERTIFICATE_NEEDED"])
    assert codes(ask(big, stands)) == ["CERTIFICATE_NEEDED"]
    assert ask(big, stands).outcome is Outcome.REVIEW
    assert ask(big, stands, approvals=[approval]).outcome is Outcome.ALLOWED
    assert ask(paid(60_001), stands, approvals=[approval]).outcome is Outcome.REFUSED


def test_the_same_request_has_the_same_answer() -> None:
    stands = known(contract(day_amount=10**9), pack=[bank_row(500)])
    first = ask(paid(), stands)
    assert codes(first) == ["AGREED_LOOSER"]
    used = reserve(Usage.of(ALI), paid())
    assert ask(paid(), stands, used) == first
    assert ask(paid(), stands, used, earlier=first) == first
    restricted = known(restrictions=[restriction()])
    assert ask(paid(), restricted, used).outcome is Outcome.ALLOWED, "it was done before"
    assert ask(paid(), restricted, used, earlier=first) == first
    refused = ask(paid(), restricted)
    assert ask(paid(), known(), earlier=refused) == refused


def test_a_request_that_comes_again_with_another_balance_or_after_a_merge_is_the_same() -> None:
    first = ask(paid(balance=Money(Decimal(500))), known())
    assert ask(paid(balance=Money(Decimal(400))), known(), earlier=first) == first
    merged = CustomerFacts(number=BAI, party=PartyKind.PERSON, resolution=resolve(replay(OPENED), BAI, DAY))
    usage = combined(Usage.of(BAI), reserve(Usage.of(ALI), paid()))
    assert ask(paid(customer=BAI), prepare(merged, PAGE), usage, earlier=first) == first
    assert ask(paid(customer=BAI), prepare(merged, PAGE), usage).outcome is Outcome.ALLOWED


def test_a_review_is_asked_anew_with_an_approval() -> None:
    stands, big = known(), paid(50_001)
    waiting = ask(big, stands)
    approval = Approval(by="MOBILE", reason="signed", codes=["CERTIFICATE_NEEDED"])
    assert ask(big, stands, earlier=waiting) == waiting
    assert ask(big, stands, earlier=waiting, approvals=[approval]).outcome is Outcome.ALLOWED


def test_a_request_id_or_a_transaction_id_of_another_is_refused() -> None:
    stands, first = known(), ask(paid(), known())
    assert codes(ask(paid(101), stands, earlier=first)) == ["REQUEST_ID_REUSED"]
    other = Allowed(
        events=(TransactionReversed(on=DAY, actor="S", request_id="T-1", transaction=paid()),), handbook="1"
    )
    assert codes(ask(paid(), stands, earlier=other)) == ["REQUEST_ID_REUSED"]
    assert codes(ask(paid(101), stands, reserve(Usage.of(ALI), paid()))) == ["TRANSACTION_CLASHES"]


@pytest.mark.parametrize(
    ("transaction", "day"),
    [
        (paid(customer=BAI), DAY),
        (paid(day=DAY - timedelta(days=1)), DAY),
        (paid(), DAY + timedelta(days=1)),
    ],
)
def test_another_customer_or_day_than_was_prepared_is_a_bug(transaction: Transaction, day: date) -> None:
    with pytest.raises(CustmasterError, match="business date"):
        ask(transaction, known(), day=day)


def test_it_is_of_its_day() -> None:
    assert known().day == DAY


# --- reversing --------------------------------------------------------------------------------------------------------------


def take_back(usage: Usage, *, day: date = DAY, earlier: Decision | None = None, **more: Any) -> Decision:
    occasion = Occasion(day=day, actor="MOBILE", request_id="Q-9")
    return reverse.decide(paid(**more), usage, occasion, default().on(day), earlier)


def test_what_is_reversed_gives_its_own_day_back_whenever_it_is() -> None:
    used = reserve(Usage.of(ALI), paid())
    answer = take_back(used, day=date(2027, 1, 2))
    assert isinstance(answer, Allowed)
    after = evolve(used, answer.events[0])  # type: ignore[arg-type]
    assert after.buckets == ()
    assert decision_from_json(decision_to_json(answer)) == answer
    assert codes(take_back(after)) == ["TRANSACTION_REVERSED"]
    assert take_back(after, day=date(2027, 1, 2), earlier=answer) == answer
    assert codes(take_back(after, earlier=answer, amount=101)) == ["REQUEST_ID_REUSED"]
    assert codes(ask(paid(), known(), after)) == ["TRANSACTION_REVERSED"]


def test_the_id_of_the_reservation_reverses_nothing() -> None:
    made = ask(paid(name="Q-9"), known())
    assert isinstance(made, Allowed)
    used = evolve(Usage.of(ALI), made.events[0])  # type: ignore[arg-type]
    assert codes(take_back(used, earlier=made, name="Q-9")) == ["REQUEST_ID_REUSED"]


def test_nothing_is_reversed_before_it_was_made() -> None:
    answer = take_back(reserve(Usage.of(ALI), paid()), day=DAY - timedelta(days=1))
    assert codes(answer) == ["REVERSED_TOO_EARLY"]
    assert render(answer.reasons[0].code, answer.reasons[0].facts, Language.EN)


# --- agreed limits ----------------------------------------------------------------------------------------------------------


def read(*contracts: Contract) -> tuple[list[LimitRow], list[str]]:
    found = agreed_rows(contracts, CATALOGUE, DAY)
    return list(found.rows), [f"{note.code} {note.outcome} {dict(note.facts)['about']}" for note in found.notes]


def test_every_measure_can_be_agreed() -> None:
    assert set(FIGURES.values()) == set(Measure)
    rows, notes = read(contract(**{name: place for place, name in enumerate(FIGURES)}))
    assert notes == []
    assert {row.measure: row.figure for row in rows} == {one: Decimal(n) for n, one in enumerate(FIGURES.values())}
    assert {row.source for row in rows} == {Source.AGREED}
    assert {row.citation.article for row in rows} == {"contract C1"}
    assert {row.measure for row in rows if row.scope is Over.ACCOUNT} == {Measure.BALANCE}


@pytest.mark.parametrize(("channels", "becomes"), [([], ("*",)), (["*", "WEB"], ("*",)), (["WEB"], ("WEB",))])
def test_the_channels_are_those_of_the_contract(channels: list[str], becomes: tuple[str, ...]) -> None:
    rows, _ = read(contract(single=5, more={"channels": channels}))
    assert [row.channels for row in rows] == [becomes]


def test_terms_narrow_what_the_figures_are_about() -> None:
    terms: dict[str, Any] = {"day_amount": 5, "actions": "TRANSFER_OUT SPEND", "counterparties": "OTHER_NAME"}
    (row,), notes = read(contract(**terms))
    assert (row.actions, row.counterparties, notes) == (("SPEND", "TRANSFER_OUT"), (Counterparty.OTHER_NAME,), [])


@pytest.mark.parametrize("product", [LIMIT, EACH])
@pytest.mark.parametrize("account", [ACCOUNT, None])
def test_an_account_is_limited_where_the_product_is_of_accounts(
    product: Product, account: AccountNumber | None
) -> None:
    (row,), _ = read(
        contract("C1", product, single=5, more={"account": account, "card": CardNumber("6228") if account else None})
    )
    level = (account, Over.ACCOUNT) if product is EACH else (None, Over.CUSTOMER)
    assert (row.account, row.scope) == level


@pytest.mark.parametrize(
    ("terms", "note"),
    [
        ({"single": "much"}, "AGREED_FIGURE_UNFIT REVIEW single"),
        ({"single": True}, "AGREED_FIGURE_UNFIT REVIEW single"),
        ({"single": -1}, "AGREED_FIGURE_UNFIT REVIEW single"),
        ({"single": Decimal("NaN")}, "AGREED_FIGURE_UNFIT REVIEW single"),
        ({"single": Decimal("1E+40")}, "AGREED_FIGURE_UNFIT REVIEW single"),
        ({"day_count": Decimal("1.5")}, "AGREED_FIGURE_UNFIT REVIEW day_count"),
        ({"single": 1, "counterparties": "NOBODY"}, "AGREED_FIGURE_UNFIT REVIEW single"),
        ({"single": 1, "actions": "spend"}, "AGREED_FIGURE_UNFIT REVIEW single"),
        ({"single": 1, "actions": ""}, "AGREED_FIGURE_UNFIT REVIEW single"),
        ({"day_amuont": 1}, "AGREED_TERM_UNKNOWN ALLOWED day_amuont"),
    ],
)
def test_what_cannot_be_read_is_told(terms: dict[str, Any], note: str) -> None:
    assert read(contract(**terms)) == ([], [note])
    assert ask(paid(), known(contract(**terms))).outcome.value == note.split()[1]


def test_a_limit_of_one_card_or_of_an_unknown_product_is_told() -> None:
    card = contract(single=1, more={"card": CardNumber("6228480000000000000")})
    unknown = contract(single=1, more={"product": "0000000009"})
    assert read(card) == ([], ["AGREED_OF_CARD REVIEW 0000000001"])
    assert read(unknown) == ([], ["AGREED_PRODUCT_UNKNOWN REVIEW 0000000009"])
    assert [ask(paid(), known(one)).outcome for one in (card, unknown)] == [Outcome.REVIEW, Outcome.REVIEW]
    seen = Approval(by="S-0007", reason="the card system holds it", codes=["AGREED_OF_CARD"])
    assert ask(paid(), known(card), approvals=[seen]).outcome is Outcome.ALLOWED
    assert read(contract(colour="red", more={"card": CardNumber("6228480000000000000")}))[1] == [
        "AGREED_TERM_UNKNOWN ALLOWED colour"
    ]


def test_a_limit_of_a_card_whose_account_is_named_is_read() -> None:
    (row,), notes = read(contract("C1", EACH, single=1, more={"card": CardNumber("6228"), "account": ACCOUNT}))
    assert (row.account, notes) == (ACCOUNT, [])


@pytest.mark.parametrize(
    "other",
    [
        contract(single=1, more={"state": State.SUSPENDED}),
        contract(single=1, more={"state": State.TERMINATED}),
        contract(single=1, more={"valid": Span(DAY + timedelta(days=1), None)}),
        contract(single=1, more={"valid": Span(None, DAY)}),
        contract(single="much", more={"valid": Span(None, DAY)}),
        contract(single="much", more={"state": State.SUSPENDED}),
        contract("C1", ALERTS, single=1),
        contract(colour="red", more={"product": "0000000009"}),
        contract("C1", EACH, colour="red"),
        contract(single=1, more={"customer": BAI}),
    ],
)
def test_other_contracts_limit_nothing(other: Contract) -> None:
    assert ask(paid(), known(other)).reasons == ()


def test_the_stricter_of_two_contracts_holds_whoever_signed_which() -> None:
    loose, strict = contract("C1", single=500), contract("C2", single=50)
    for pair in ((loose, strict), (strict, loose)):
        assert codes(ask(paid(), known(*pair))) == ["OVER_SINGLE"]
    assert codes(ask(paid(501), known(loose, strict))) == ["OVER_SINGLE", "OVER_SINGLE"]


# --- usage of customers that became one, and two again ----------------------------------------------------------------------


def test_what_both_used_is_parted_by_account() -> None:
    mine, theirs = (Slot(channel="WEB", action="SPEND", account=AccountNumber(text)) for text in ("A-1", "A-2"))
    both = combined(
        reserve(Usage.of(ALI), paid(1, "T-1", mine)),
        reserve(Usage.of(BAI), paid(2, "T-2", theirs, customer=BAI)),
    )
    later = reserve(reserve(both, paid(4, "T-3", theirs)), paid(8, "T-4"))
    kept, gone = parted(later, BAI, [AccountNumber("A-2")])
    assert (sorted(kept.entries), sorted(gone.entries)) == (["T-1", "T-4"], ["T-2", "T-3"])
    assert [kept.years[2026][slot] for slot in (mine, WAY)] == [(Decimal(1), 1), (Decimal(8), 1)]
    assert gone.days[DAY][theirs] == (Decimal(6), 2)
    assert combined(kept, gone) == later
    with pytest.raises(CustmasterError, match="parted from itself"):
        parted(later, ALI, [])


def test_a_merge_tells_what_becomes_of_usage_and_restrictions_and_a_removal_touches_neither() -> None:
    head: dict[str, Any] = {"on": DAY, "actor": "S-1", "request_id": "M-1", "number": ALI}
    both: dict[str, Any] = {"on": DAY, "actor": "S-1", "request_id": "M-1", "customer": BAI, "into": ALI}
    nouns = (joint.Noun.USAGE, joint.Noun.RESTRICTION)

    def forced(event: object) -> list[object]:
        return [one.effect for one in joint.consequences([event]) if one.noun in nouns]

    assert forced(Absorbed(absorbed=BAI, **head)) == [UsagesJoined(**both), RestrictionsJoined(**both)]
    assert forced(Released(absorbed=BAI, **head)) == [UsagesParted(**both), RestrictionsParted(**both)]
    assert forced(Deleted(**head)) == forced(Reactivated(**head)) == []
