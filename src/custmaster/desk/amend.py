"""Amending a contract (维护): fields that are no part of what makes it this contract are agreed anew, and the old values are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from custmaster.contract.codes import ContractCode
from custmaster.contract.events import ContractAmended, evolve
from custmaster.contract.kinds import Flow, Part
from custmaster.contract.product import Product
from custmaster.contract.record import Contract, ContractChange
from custmaster.contract.sameness import parts_of
from custmaster.decision import Decision, Occasion, Reason
from custmaster.decision import decide as settle
from custmaster.desk.closing_codes import ClosingCode
from custmaster.desk.contract_facts import ContractFacts, Register, judge_product, with_contract
from custmaster.desk.contract_life import judge_contract_step, refusal
from custmaster.desk.expected import expect
from custmaster.desk.judged_again import judge_again
from custmaster.desk.repeated import answered
from custmaster.handbook import Page

__all__ = ["NOT_BY_AMENDMENT", "decide", "fixed_fields"]

NOT_BY_AMENDMENT: Final[Mapping[Part, tuple[str, ...]]] = MappingProxyType({Part.ACCOUNT: ("account", "card")})
"""The fields that are not amended where the key holds this part: another account is a transfer (换签), which the product must allow."""

_C = ContractCode
_OF_ACCOUNT: Final = frozenset({_C.AUTHORISATION_OTHER_ACCOUNT})
_ALWAYS: Final[Mapping[str, frozenset[ContractCode]]] = MappingProxyType(
    {
        "authorisation": _OF_ACCOUNT | {_C.AUTHORISATION_INCOMPLETE, _C.AUTHORISATION_TOO_SHORT},
        "account": _OF_ACCOUNT,
        "card": _OF_ACCOUNT,
    }
)
"""What is told of a field that is agreed anew even if it stood against the contract before."""


def fixed_fields(product: Product) -> tuple[str, ...]:
    """The fields that no amendment of this product's contracts sets.

    >>> from custmaster.contract.kinds import Category, Level
    >>> alert = Product(
    ...     number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE, level=Level.ACCOUNT
    ... )
    >>> fixed_fields(alert)
    ('account', 'card', 'authorisation')
    """
    fixed = [name for part in parts_of(product) for name in NOT_BY_AMENDMENT.get(part, ())]
    return (*fixed, *(() if product.flow is Flow.COLLECT else ("authorisation",)))


def decide(
    contract: Contract, change: ContractChange, facts: ContractFacts, occasion: Occasion, page: Page
) -> Decision:
    """Whether the change is made on the day; each field that is not amended is a reason of its own (NOT_AMENDABLE).

    Refused is a change that would make it the same as another live contract, put it beside one that it excludes, leave a part of its key
    open, or take from another contract what that one needs; one that overlaps another goes to a person. A new authorisation of a
    collection must hold its five elements, name the account or card of the contract and last as long as it: another account comes together with
    a new authorisation. A change to what stands there already is refused
    (AMENDMENT_EMPTY). Allowed carries ContractAmended. The same request id gives the same answer. Errors: CustmasterError for an earlier answer of another
    request; InvalidRecord for a change that no contract can hold, such as a channel named twice. Source: B7.

    >>> from datetime import date
    >>> from custmaster.contract.catalogue import Catalogue
    >>> from custmaster.contract.kinds import Category
    >>> from custmaster.handbook import default
    >>> alert = Product(number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE)
    >>> contract = Contract(number="C1", product=alert.number, customer="6000000001")
    >>> catalogue = Catalogue(version="1", positions=10, products=[alert])
    >>> facts = ContractFacts(register=Register(catalogue=catalogue, contracts=[contract]))
    >>> occasion = Occasion(day=date(2026, 11, 24), actor="S-1", request_id="T-1")
    >>> answer = decide(contract, ContractChange(vouchers=["V1"]), facts, occasion, default().on(occasion.day))
    >>> [type(event).__name__ for event in answer.events]
    ['ContractAmended']
    """
    expect(contract, Contract)
    expect(change, ContractChange)
    event = ContractAmended(
        on=occasion.day,
        actor=occasion.actor,
        request_id=occasion.request_id,
        number=contract.number,
        change=change,
    )
    repeated = answered(facts.earlier, occasion, page, lambda done: _is(done, event))
    if repeated is not None:
        return repeated
    reasons = [*judge_contract_step(contract, event), *judge_product(contract, facts.register.catalogue)]
    if not reasons:
        reasons += _judge(contract, event, facts.register)
    return settle(reasons, handbook=page.stamp, events=[event], approvals=occasion.approvals)


def _is(done: object, event: ContractAmended) -> bool:
    return isinstance(done, ContractAmended) and (done.number, done.change) == (event.number, event.change)


def _judge(contract: Contract, event: ContractAmended, register: Register) -> Iterator[Reason]:
    change, product = event.change, register.catalogue.product(contract.product)
    for name in change.touched:
        if name in fixed_fields(product):
            yield refusal(ContractCode.NOT_AMENDABLE, contract, {"field": name})
    if all(getattr(contract, name) == getattr(change, name) for name in change.touched):
        yield refusal(ClosingCode.AMENDMENT_EMPTY, contract, {})
    becomes = {contract.number: evolve(contract, event)}
    always = frozenset({_C.PERIOD_OVER}).union(*(_ALWAYS.get(name, frozenset()) for name in change.touched))
    around = with_contract(register, contract)
    yield from judge_again(around, becomes, event.on, always)
