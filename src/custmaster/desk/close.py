"""Closing an account, a card or a customer (销户、销卡): everything that stands against it at once, each with its remedy and its earliest day.

A reminder (提醒) is a note on an Allowed, and no Review: a Review would wait for an approval, which is a bar by another name. A bar (强制控制)
is a refusal that no approval lifts. Nothing is ended by asking: `to_end` names what is left, in an order in which it can be ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from custmaster.contract.closing import closing_effect
from custmaster.contract.ending import ending_order
from custmaster.contract.kinds import Effect, State
from custmaster.contract.record import Contract, number_key
from custmaster.decision import Occasion
from custmaster.decision import decide as settle
from custmaster.desk.closing_facts import (
    Check,
    Closing,
    ClosingCase,
    ClosingFacts,
    ClosingHit,
    ClosingReport,
)
from custmaster.desk.closing_hits import contract_hit, draft_hit, unknown_hit
from custmaster.desk.expected import expect
from custmaster.desk.on_account import authorised_on, held_on
from custmaster.errors import CustmasterError
from custmaster.handbook import Page

__all__ = ["CHECKS", "decide", "without_items"]


def contracts_of_unknown_products(case: ClosingCase) -> Iterator[ClosingHit]:
    """The product of every live contract is in the catalogue: of another one nobody knows what it does to a closing."""
    return (unknown_hit(one, case) for one in case.live if one.product not in case.register.catalogue.by_number)


def contracts_that_bar(case: ClosingCase) -> Iterator[ClosingHit]:
    """No live contract bars the closing."""
    return _by_effect(case, Effect.BLOCK)


def contracts_that_remind(case: ClosingCase) -> Iterator[ClosingHit]:
    """Whoever closes is reminded of every other live contract."""
    return _by_effect(case, Effect.REMIND)


def drafts_that_lapse(case: ClosingCase) -> Iterator[ClosingHit]:
    """Whoever closes is reminded of every draft."""
    return (draft_hit(one, case) for one in case.contracts if one.state is State.DRAFT)


def _by_effect(case: ClosingCase, wanted: Effect) -> Iterator[ClosingHit]:
    known = case.register.catalogue.by_number
    for one in case.live:
        product = known.get(one.product)
        if product is not None:
            found = closing_effect(product, case.page, pending=one.number in case.pending)
            if found.effect is wanted:
                yield contract_hit(one, product, found, case)


CHECKS: Final[tuple[Check, ...]] = (
    Check(name="contracts-of-unknown-products", finds=contracts_of_unknown_products),
    Check(name="contracts-that-bar", finds=contracts_that_bar),
    Check(name="contracts-that-remind", finds=contracts_that_remind),
    Check(name="drafts-that-lapse", finds=drafts_that_lapse),
)
"""What the library looks at, in the order of the hits; a host's own checks come after them."""


def decide(
    closing: Closing, facts: ClosingFacts, occasion: Occasion, page: Page, checks: Iterable[Check] = ()
) -> ClosingReport:
    """Whether the account, card or customer may be closed on the day; all hits are told, and the worst one decides.

    A contract counts when it is live and names the account or card, as its own or in the payer's authorisation; for a customer, when the
    customer signed it or is a party of it, also under a number that was merged since. `checks` are the host's own, asked after CHECKS: a
    balance that is not zero, a loan that runs. What they put under REVIEW an approval lifts; a bar of a contract nobody lifts. It is a question
    and no more: no event comes of it, so it may be asked as often as one likes. Errors: CustmasterError for two checks of one name; NotInForce
    on a page before the keys of closing. Source: R-49, R-60, B8.7.

    >>> from datetime import date
    >>> from custmaster.contract.catalogue import Catalogue
    >>> from custmaster.contract.kinds import Category
    >>> from custmaster.contract.product import Product
    >>> from custmaster.desk.contract_facts import Register
    >>> from custmaster.handbook import default
    >>> custody = Product(number="0000000004", zh="三方存管", en="custody", category=Category.THIRD_PARTY)
    >>> contract = Contract(number="C1", product=custody.number, customer="6000000001")
    >>> register = Register(catalogue=Catalogue(version="1", positions=10, products=[custody]), contracts=[contract])
    >>> occasion = Occasion(day=date(2026, 11, 24), actor="S-1", request_id="T-1")
    >>> facts = ClosingFacts(register=register, pending=())
    >>> report = decide(Closing(customer="6000000001"), facts, occasion, default().on(occasion.day))
    >>> str(report.decision.outcome), [(str(hit.reason.code), hit.earliest) for hit in report.hits]
    ('REFUSED', [('CLOSING_BLOCKED', datetime.date(2026, 11, 24))])
    """
    expect(closing, Closing)
    asked = (*CHECKS, *checks)
    if len({check.name for check in asked}) < len(asked):
        raise CustmasterError("two closing checks have one name: give each its own")
    case = _case(closing, facts, occasion, page)
    hits = tuple(hit for check in asked for hit in check.finds(case))
    decision = settle((hit.reason for hit in hits), handbook=page.stamp, approvals=occasion.approvals)
    to_end = tuple(one.number for one in ending_order(case.live, facts.register.catalogue))
    return ClosingReport(closing=closing, day=occasion.day, hits=hits, decision=decision, to_end=to_end)


def without_items(facts: ClosingFacts) -> tuple[str, ...]:
    """The contracts that are stated to have items under way and can have none, by number: their product neither collects nor pays.

    A closing passes over what is stated of them, so whoever typed the number is told. Source: B5 (未了代收付).

    >>> from custmaster.contract.catalogue import Catalogue
    >>> from custmaster.desk.contract_facts import Register
    >>> without_items(
    ...     ClosingFacts(
    ...         register=Register(catalogue=Catalogue(version="1", positions=10, products=[]), contracts=[]), pending=()
    ...     )
    ... )
    ()
    """
    known, stated = facts.register.catalogue.by_number, _pending(facts)
    held = (one for one in facts.register.contracts if one.number in stated and one.product in known)
    return tuple(one.number for one in held if known[one.product].flow is None)


def _case(closing: Closing, facts: ClosingFacts, occasion: Occasion, page: Page) -> ClosingCase:
    touched = tuple(one for one in facts.register.contracts if _touches(one, closing, facts))
    return ClosingCase(
        closing=closing,
        register=facts.register,
        contracts=touched,
        pending=_pending(facts),
        stated=facts.stated,
        day=occasion.day,
        page=page,
    )


def _pending(facts: ClosingFacts) -> dict[str, date | None]:
    """What is pending by the contract's number as the register writes it: two that differ in case alone are one number (R-67)."""
    written = {number_key(one.number): one.number for one in facts.register.contracts}
    return {written.get(number_key(one.contract), one.contract): one.last for one in facts.pending}


def _touches(contract: Contract, closing: Closing, facts: ClosingFacts) -> bool:
    number = closing.account if closing.account is not None else closing.card
    if number is not None:
        return held_on(contract, number) or authorised_on(contract, number)
    end = facts.numbers.get(closing.customer, closing.customer)
    return any(facts.numbers.get(one, one) == end for one in contract.customers)
