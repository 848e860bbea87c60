"""Suspending a contract (暂停): nothing is done by it any more, and it still stands against others."""

from __future__ import annotations

from custmaster.contract.events import ContractSuspended
from custmaster.contract.record import Contract
from custmaster.decision import Decision, Occasion
from custmaster.decision import decide as settle
from custmaster.desk.contract_life import happening, judge_contract_step, same_happening
from custmaster.desk.expected import expect
from custmaster.desk.repeated import answered
from custmaster.handbook import Page

__all__ = ["decide"]


def decide(contract: Contract, occasion: Occasion, page: Page, earlier: Decision | None = None) -> Decision:
    """Whether the contract rests from the day on: an active one does, whatever product it is of.

    What needs it keeps standing, since a suspended contract is live. Allowed carries ContractSuspended. `earlier` is the answer stored
    under the same request id. Errors: CustmasterError for an earlier answer of another request. Source: B7.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> occasion = Occasion(day=date(2026, 11, 24), actor="S-1", request_id="T-1")
    >>> active = Contract(number="C1", product="0000000001", customer="6000000001")
    >>> str(decide(active, occasion, default().on(occasion.day)).outcome)
    'ALLOWED'
    """
    expect(contract, Contract)
    event = happening(ContractSuspended, contract, occasion)
    repeated = answered(earlier, occasion, page, same_happening(event))
    if repeated is not None:
        return repeated
    return settle(judge_contract_step(contract, event), handbook=page.stamp, events=[event])
