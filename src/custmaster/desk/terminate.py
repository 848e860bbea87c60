"""Terminating a contract (解约): what needs it is ended first, and record and number stay for ever."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.contract.codes import ContractCode
from custmaster.contract.ending import dependents
from custmaster.contract.events import ContractTerminated
from custmaster.contract.record import Contract
from custmaster.decision import Decision, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.desk.contract_facts import ContractFacts, Register, judge_product
from custmaster.desk.contract_life import happening, judge_contract_step, refusal, said, same_happening
from custmaster.desk.expected import expect
from custmaster.desk.repeated import answered
from custmaster.handbook import Page

__all__ = ["decide"]


def decide(contract: Contract, facts: ContractFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the contract is ended on the day; every live contract that needs it is a reason of its own (DEPENDENT_LIVE).

    A product whose contracts are not ended on request (不允许解约) goes to a person while the contract is live (NOT_TERMINABLE), who may lift it,
    as when the customer leaves the bank; a draft is withdrawn in any case. Allowed carries ContractTerminated. The same request id gives the same answer. Errors: CustmasterError for an earlier answer of
    another request. Source: R-67, B7.

    >>> from datetime import date
    >>> from custmaster.contract.catalogue import Catalogue
    >>> from custmaster.contract.kinds import Category
    >>> from custmaster.contract.product import Product
    >>> from custmaster.handbook import default
    >>> fund = Product(number="0000000002", zh="基金", en="funds", category=Category.PRODUCT_SERVICE)
    >>> money = Product(
    ...     number="0000000003", zh="货币基金", en="money fund", category=Category.PRODUCT_SERVICE, needs=["0000000002"]
    ... )
    >>> one, other = (Contract(number=f"C{n}", product=f"000000000{n}", customer="6000000001") for n in (2, 3))
    >>> catalogue = Catalogue(version="1", positions=10, products=[fund, money])
    >>> facts = ContractFacts(register=Register(catalogue=catalogue, contracts=[one, other]))
    >>> occasion = Occasion(day=date(2026, 11, 24), actor="S-1", request_id="T-1")
    >>> answer = decide(one, facts, occasion, default().on(occasion.day))
    >>> [(str(reason.code), reason.subject) for reason in answer.reasons]
    [('DEPENDENT_LIVE', 'C3')]
    """
    expect(contract, Contract)
    event = happening(ContractTerminated, contract, occasion)
    repeated = answered(facts.earlier, occasion, page, same_happening(event))
    if repeated is not None:
        return repeated
    reasons = [*judge_contract_step(contract, event), *_judge(contract, facts.register)]
    return settle(reasons, handbook=page.stamp, events=[event], approvals=occasion.approvals)


def _judge(contract: Contract, register: Register) -> Iterator[Reason]:
    unknown = tuple(judge_product(contract, register.catalogue))
    yield from unknown
    if unknown or not contract.is_live:
        return
    if not register.catalogue.product(contract.product).terminable:
        yield said(ContractCode.NOT_TERMINABLE, contract, {"product": contract.product}, Outcome.REVIEW)
    for other in dependents(contract, register.catalogue, register.contracts):
        yield refusal(ContractCode.DEPENDENT_LIVE, other, {"product": other.product})
