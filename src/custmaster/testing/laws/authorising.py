"""Laws of authorising: replay and fold, reversing cancels out, no order matters, and nothing that is added makes an answer better."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from random import Random
from typing import Any, Final

from attrs import evolve as changed
from attrs import field, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.kinds import Category
from custmaster.contract.product import Product
from custmaster.contract.record import Contract, Term
from custmaster.decision import Allowed, Approval, Decision, Occasion, Outcome
from custmaster.dedup.alias_events import NumberOpened
from custmaster.dedup.aliases import replay, resolve
from custmaster.desk import authorise, reverse
from custmaster.desk.agreed import FIGURES
from custmaster.desk.authorise import CustomerDay, CustomerFacts, prepare
from custmaster.desk.codes import DeskCode
from custmaster.desk.contract_facts import Register
from custmaster.handbook import Page, default
from custmaster.limits import LimitCode, LimitRow, Source, Transaction, Usage, evolve, reserve
from custmaster.screening import Restriction, RestrictionImposed, RestrictionLedger
from custmaster.testing._limits import limit_rows, transactions, usages
from custmaster.testing._screening import restrictions
from custmaster.testing.laws.law import Law
from custmaster.value.party import PartyKind
from custmaster.value.span import Span

__all__ = ["AUTHORISING_LAWS", "AuthorisingRules"]

_DAY: Final = date(2026, 12, 31)
_NUMBER: Final = "6000000001"
_RANK: Final = list(Outcome).index
_LIMIT: Final = Product(number="0000000001", zh="限额", en="limit", category=Category.TRANSACTION_BEHAVIOUR)
_CATALOGUE: Final = Catalogue(version="1", positions=10, products=[_LIMIT])
_SIGNED: Final = Approval(by="S-7", reason="seen", codes=[*LimitCode, *DeskCode])
_OPENED: Final = replay([NumberOpened(number=_NUMBER, on=date(2020, 1, 1), request_id="T-0")])


@frozen(kw_only=True)
class AuthorisingRules:
    """What is under judgement: what is prepared of a customer, what is answered to a transaction and to its reversal, and what events do.

    `pack` are the bank's own limits, on which made ones come on top. `page` gives the day: the last one of 2026, around which usages are made.

    >>> AuthorisingRules().page.day.isoformat()
    '2026-12-31'
    """

    prepare: Callable[[CustomerFacts, Page], CustomerDay] = prepare
    authorise: Callable[[Transaction, Usage, CustomerDay, Occasion, Decision | None], Decision] = authorise.decide
    reverse: Callable[[Transaction, Usage, Occasion, Page], Decision] = reverse.decide
    evolve: Callable[[Usage, Any], Usage] = evolve
    pack: tuple[LimitRow, ...] = ()
    page: Page = field(factory=lambda: default().on(_DAY))


@frozen(kw_only=True)
class Known:
    """All that is known of the customer: the bank's limits, agreed ones, restrictions."""

    rows: list[LimitRow]
    signed: list[Contract]
    stands: list[Restriction]


Case = tuple[Known, Usage, Transaction]


def _facts(rules: AuthorisingRules, known: Known) -> CustomerFacts:
    imposed = [
        RestrictionImposed(on=rules.page.day, actor="S", request_id=one.number, restriction=one) for one in known.stands
    ]
    return CustomerFacts(
        number=_NUMBER,
        party=PartyKind.PERSON,
        resolution=resolve(_OPENED, _NUMBER, rules.page.day),
        pack=[*rules.pack, *known.rows],
        register=Register(catalogue=_CATALOGUE, contracts=known.signed),
        restrictions=RestrictionLedger(entries=imposed),
    )


def _occasion(rules: AuthorisingRules, request_id: str, *, approved: bool) -> Occasion:
    approvals = [_SIGNED] if approved else []
    return Occasion(day=rules.page.day, actor="MOBILE", request_id=request_id, approvals=approvals)


def _ask(rules: AuthorisingRules, case: Case, *, approved: bool = False, earlier: Decision | None = None) -> Decision:
    known, usage, new = case
    prepared = rules.prepare(_facts(rules, known), rules.page)
    return rules.authorise(new, usage, prepared, _occasion(rules, new.id, approved=approved), earlier)


def _after(rules: AuthorisingRules, usage: Usage, answer: Allowed) -> Usage:
    for event in answer.events:
        usage = rules.evolve(usage, event)
    return usage


def _replays(rules: AuthorisingRules, case: Case) -> bool | None:
    return _ask(rules, case) == _ask(rules, case)


def _reserves_what_is_allowed(rules: AuthorisingRules, case: Case) -> bool | None:
    answer = _ask(rules, case, approved=True)
    if not isinstance(answer, Allowed):
        return None
    return _after(rules, case[1], answer) == reserve(*case[1:])


def _is_done_once(rules: AuthorisingRules, case: Case) -> bool | None:
    known, usage, new = case
    answer = _ask(rules, case, approved=True)
    if not isinstance(answer, Allowed):
        return None
    after = _after(rules, usage, answer)
    again = _ask(rules, (known, after, new))
    return isinstance(again, Allowed) and again.events == answer.events and _after(rules, after, again) == after


def _keeps_its_answer(rules: AuthorisingRules, case: Case) -> bool | None:
    answer = _ask(rules, case, approved=True)
    return _ask(rules, case, earlier=answer) == answer if isinstance(answer, Allowed) else None


def _cancels_out(rules: AuthorisingRules, case: Case) -> bool | None:
    known, usage, new = case
    answer = _ask(rules, case, approved=True)
    if not isinstance(answer, Allowed):
        return None
    after = _after(rules, usage, answer)
    back = rules.reverse(new, after, _occasion(rules, "Q-9", approved=False), rules.page)
    if not isinstance(back, Allowed):
        return False
    undone = _after(rules, after, back)
    other = changed(new, id="T-OTHER")
    same = _ask(rules, (known, undone, other)) == _ask(rules, (known, usage, other))
    return same and (undone.days, undone.years) == (usage.days, usage.years)


def _in_any_order(rules: AuthorisingRules, case: tuple[Case, Random]) -> bool | None:
    (known, usage, new), dice = case
    other = Known(rows=[*known.rows], signed=[*known.signed], stands=[*known.stands])
    for listed in (other.rows, other.signed, other.stands):
        dice.shuffle(listed)
    return _ask(rules, (other, usage, new)) == _ask(rules, (known, usage, new)) if other != known else None


def _no_better(rules: AuthorisingRules, case: Case, more: Known) -> bool:
    before = _ask(rules, case).outcome
    return _RANK(_ask(rules, (more, *case[1:])).outcome) >= _RANK(before)


def _no_better_of_a_limit(rules: AuthorisingRules, case: tuple[Case, LimitRow]) -> bool | None:
    known = case[0][0]
    row = changed(case[1], source=Source.BANK)
    return _no_better(rules, case[0], changed(known, rows=[*known.rows, row]))


def _no_better_of_a_contract(rules: AuthorisingRules, case: tuple[Case, Contract]) -> bool | None:
    known = case[0][0]
    return _no_better(rules, case[0], changed(known, signed=[*known.signed, changed(case[1], number="C-MORE")]))


def _no_better_of_a_restriction(rules: AuthorisingRules, case: tuple[Case, Restriction]) -> bool | None:
    known = case[0][0]
    return _no_better(rules, case[0], changed(known, stands=[*known.stands, changed(case[1], number="MORE")]))


# --- cases ----------------------------------------------------------------------------------------------------------------

_CHANNELS: Final = st.lists(st.sampled_from(("MOBILE", "WEB", "COUNTER")), unique=True)
_UNREADABLE: Final = st.just("much")


@st.composite
def _contracts(draw: DrawFn) -> Contract:
    """A limit contract with some figures, over some channels."""
    figures = draw(st.dictionaries(st.sampled_from(sorted(FIGURES)), st.integers(0, 9000) | _UNREADABLE, min_size=1))
    terms = [Term(name=name, value=value) for name, value in figures.items()]
    number = f"C{draw(st.integers(1, 99))}"
    return Contract(number=number, product=_LIMIT.number, customer=_NUMBER, channels=draw(_CHANNELS), terms=terms)


def _in_force(one: Restriction) -> Restriction:
    return changed(one, customer=_NUMBER, valid=Span(date(2026, 1, 1), None))


def _of_the_bank(rows: Iterable[LimitRow]) -> list[LimitRow]:
    return [row for row in rows if row.source is not Source.AGREED]


_STANDING: Final = restrictions().map(_in_force)
_KNOWN: Final = st.builds(
    Known,
    rows=st.lists(limit_rows(), max_size=4).map(_of_the_bank),
    signed=st.lists(_contracts(), max_size=3, unique_by=lambda one: one.number),
    # Often none: many of them cover everything.
    stands=st.builds(list[Restriction]) | st.lists(_STANDING, max_size=2, unique_by=lambda one: one.number),
)


def _cases(rules: AuthorisingRules) -> Any:
    new = transactions(day=rules.page.day).map(lambda one: changed(one, id="T-NEW"))
    return st.tuples(_KNOWN, usages(), new)


_law: Final = partial(Law[AuthorisingRules, Any], source="R-61", cases=_cases)

AUTHORISING_LAWS: Final[tuple[Law[AuthorisingRules, Any], ...]] = (
    _law(
        name="authorising-replays",
        says="The same question about a transaction has the same answer.",
        holds=_replays,
    ),
    _law(
        name="what-is-allowed-is-reserved",
        says="Of what is allowed exactly the transaction is reserved.",
        holds=_reserves_what_is_allowed,
    ),
    _law(
        name="a-transaction-is-reserved-once",
        says="A transaction that comes again is answered as before, and reserves nothing more.",
        holds=_is_done_once,
    ),
    _law(
        name="a-stored-authorisation-stands",
        says="The answer that is stored under a request is given again.",
        holds=_keeps_its_answer,
    ),
    _law(
        name="authorising-and-reversing-cancel-out",
        says="What is reversed leaves every sum, and the next answer, as they were.",
        holds=_cancels_out,
    ),
    _law(
        name="authorising-is-blind-to-order",
        says="The order of limits, contracts and restrictions says nothing.",
        cases=lambda rules: st.tuples(_cases(rules), st.randoms(use_true_random=False)),
        holds=_in_any_order,
    ),
    _law(
        name="a-limit-more-is-no-better",
        says="One limit of the bank more never makes an answer better.",
        cases=lambda rules: st.tuples(_cases(rules), limit_rows()),
        holds=_no_better_of_a_limit,
    ),
    _law(
        name="an-agreed-limit-more-is-no-better",
        says="One contract on limits more never makes an answer better.",
        cases=lambda rules: st.tuples(_cases(rules), _contracts()),
        holds=_no_better_of_a_contract,
    ),
    _law(
        name="a-restriction-more-is-no-better",
        says="One restriction more never makes an answer better.",
        source="R-57, R-61",
        cases=lambda rules: st.tuples(_cases(rules), _STANDING),
        holds=_no_better_of_a_restriction,
    ),
)
"""What must hold when transactions are authorised."""
