"""Laws of authorising: replay and fold, reversing cancels out, no order matters, and nothing that is added makes an answer better."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from random import Random

from attrs import evolve as changed
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.contract import Catalogue, Category, Contract, Product, Term
from custmaster.decision import Allowed, Approval, Decision, Occasion, Outcome
from custmaster.dedup.alias_events import NumberOpened
from custmaster.dedup.aliases import replay, resolve
from custmaster.desk import authorise, reverse
from custmaster.desk.agreed import FIGURES
from custmaster.desk.authorise import CustomerFacts, prepare
from custmaster.desk.codes import DeskCode
from custmaster.desk.contract_facts import Register
from custmaster.handbook import default
from custmaster.limits import (
    LimitCode,
    LimitRow,
    Source,
    Transaction,
    TransactionReserved,
    Usage,
    combined,
    evolve,
    parted,
    reserve,
)
from custmaster.screening import Restriction, RestrictionImposed, RestrictionLedger
from custmaster.testing.strategies import limit_rows, restrictions, transactions, usages
from custmaster.value.account import AccountNumber
from custmaster.value.party import PartyKind
from custmaster.value.span import Span
from custmaster.wire import decision_from_json, decision_to_json

DAY, NUMBER = date(2026, 12, 31), "6000000001"
PAGE = default().on(DAY)
FOUND = resolve(replay([NumberOpened(number=NUMBER, on=DAY, request_id="T-0")]), NUMBER, DAY)
RANK = list(Outcome).index
LIMIT = Product(number="0000000001", zh="限额", en="limit", category=Category.TRANSACTION_BEHAVIOUR)
CATALOGUE = Catalogue(version="1", positions=10, products=[LIMIT])
CHANNELS = st.lists(st.sampled_from(("MOBILE", "WEB", "COUNTER")), unique=True)
SIGNED = Approval(by="S-7", reason="seen", codes=[*LimitCode, *DeskCode])
UNREADABLE = st.just("much")
NEW = transactions(day=DAY).map(lambda one: changed(one, id="T-NEW"))


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    """A limit contract with some figures, over some channels."""
    figures = draw(st.dictionaries(st.sampled_from(sorted(FIGURES)), st.integers(0, 9000) | UNREADABLE, min_size=1))
    terms = [Term(name=name, value=value) for name, value in figures.items()]
    number = f"C{draw(st.integers(1, 99))}"
    return Contract(number=number, product=LIMIT.number, customer=NUMBER, channels=draw(CHANNELS), terms=terms)


def in_force(one: Restriction) -> Restriction:
    return changed(one, customer=NUMBER, valid=Span(date(2026, 1, 1), None))


ROWS = st.lists(limit_rows(), max_size=4).map(lambda rows: [row for row in rows if row.source is not Source.AGREED])
SIGNED_LIMITS = st.lists(contracts(), max_size=3, unique_by=lambda one: one.number)
SOME = st.lists(restrictions().map(in_force), max_size=2, unique_by=lambda one: one.number)
STANDING = st.builds(list[Restriction]) | SOME  # often none: many of them cover everything


@st.composite
def facts(draw: st.DrawFn) -> CustomerFacts:
    """Whatever may stand for the customer: a bank's limits, agreed ones, restrictions."""
    return stated(draw(ROWS), draw(SIGNED_LIMITS), draw(STANDING))


def stated(rows: Iterable[LimitRow], signed: Iterable[Contract], stands: Iterable[Restriction]) -> CustomerFacts:
    return CustomerFacts(
        number=NUMBER,
        party=PartyKind.PERSON,
        resolution=FOUND,
        pack=rows,
        register=Register(catalogue=CATALOGUE, contracts=signed),
        restrictions=RestrictionLedger(
            entries=[RestrictionImposed(on=DAY, actor="S", request_id=one.number, restriction=one) for one in stands]
        ),
    )


def ask(one: Transaction, usage: Usage, stated: CustomerFacts, *, approved: bool = False) -> Decision:
    occasion = Occasion(day=DAY, actor="MOBILE", request_id=one.id, approvals=[SIGNED] if approved else [])
    return authorise.decide(one, usage, prepare(stated, PAGE), occasion)


@given(facts(), usages(), NEW)
def test_the_same_facts_have_the_same_answer(stated: CustomerFacts, usage: Usage, one: Transaction) -> None:
    answer = ask(one, usage, stated)
    assert ask(one, usage, stated) == answer
    assert decision_from_json(decision_to_json(answer)) == answer


@given(facts(), usages(), NEW)
def test_what_is_allowed_is_reserved_and_the_replay_changes_nothing(
    stated: CustomerFacts, usage: Usage, one: Transaction
) -> None:
    answer = ask(one, usage, stated, approved=True)
    assert (isinstance(answer, Allowed) and bool(answer.events)) is (answer.outcome is Outcome.ALLOWED)
    if isinstance(answer, Allowed):
        (event,) = answer.events
        assert isinstance(event, TransactionReserved)
        after = evolve(usage, event)
        assert after == reserve(usage, one)
        again = ask(one, after, stated)
        assert isinstance(again, Allowed)
        assert again.events == answer.events
        assert evolve(after, event) == after
        occasion = Occasion(day=DAY, actor="MOBILE", request_id=one.id)
        assert authorise.decide(one, after, prepare(stated, PAGE), occasion, answer) is answer


@given(facts(), usages(), NEW)
def test_authorising_and_reversing_cancel_out(stated: CustomerFacts, usage: Usage, one: Transaction) -> None:
    answer = ask(one, usage, stated, approved=True)
    if not isinstance(answer, Allowed):
        return
    after = evolve(usage, answer.events[0])  # type: ignore[arg-type]
    occasion = Occasion(day=DAY, actor="MOBILE", request_id="Q-9")
    back = reverse.decide(one, after, occasion, PAGE)
    assert isinstance(back, Allowed)
    undone = evolve(after, back.events[0])  # type: ignore[arg-type]
    assert (undone.days, undone.years) == (usage.days, usage.years)
    other = changed(one, id="T-OTHER")
    assert ask(other, undone, stated) == ask(other, usage, stated)


@given(ROWS, SIGNED_LIMITS, STANDING, usages(), NEW, st.randoms(use_true_random=False))
def test_no_order_matters(
    rows: list[LimitRow],
    signed: list[Contract],
    stands: list[Restriction],
    usage: Usage,
    one: Transaction,
    random: Random,
) -> None:
    before = ask(one, usage, stated(rows, signed, stands))
    for listed in (rows, signed, stands):
        random.shuffle(listed)
    assert ask(one, usage, stated(rows, signed, stands)) == before


@given(facts(), usages(), NEW, limit_rows(), contracts(), restrictions())
def test_what_is_added_never_makes_the_answer_better(
    before: CustomerFacts, usage: Usage, one: Transaction, row: LimitRow, signed: Contract, stood: Restriction
) -> None:
    imposed = RestrictionImposed(
        on=DAY, actor="S", request_id="MORE", restriction=changed(in_force(stood), number="MORE")
    )
    assert before.register is not None
    more = changed(before.register, contracts=[*before.register.contracts, changed(signed, number="C-MORE")])
    told = ask(one, usage, before)
    for wider in (
        changed(before, restrictions=before.restrictions.extend([imposed])),
        changed(before, pack=[*before.pack, changed(row, source=Source.BANK)]),
        changed(before, register=more),
    ):
        after = ask(one, usage, wider)
        assert RANK(after.outcome) >= RANK(told.outcome)


def test_every_outcome_occurs() -> None:
    """The laws above would hold of nothing but refusals."""
    seen: set[Outcome] = set()

    @settings(max_examples=150, database=None)
    @given(facts(), usages(), NEW)
    def look(stated: CustomerFacts, usage: Usage, one: Transaction) -> None:
        seen.add(ask(one, usage, stated).outcome)

    look()
    assert seen == set(Outcome)


@given(usages(), st.sets(st.sampled_from([AccountNumber(f"622200000000000{n}") for n in (1, 2)])))
def test_parting_loses_no_reservation(usage: Usage, accounts: set[AccountNumber]) -> None:
    kept, gone = parted(usage, "6000000002", accounts)
    assert (kept.customer, gone.customer) == (NUMBER, "6000000002")
    assert combined(kept, gone) == usage
    assert {entry.slot.account for entry in gone.entries.values()} <= accounts
    total = sum(
        (amount for one in (kept, gone) for sums in one.years.values() for amount, _ in sums.values()), Decimal(0)
    )
    assert total == sum((amount for sums in usage.years.values() for amount, _ in sums.values()), Decimal(0))
