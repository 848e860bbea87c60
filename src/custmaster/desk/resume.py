"""Resuming a contract (恢复) that was suspended: it holds again, unless its days are over by now."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.contract.codes import ContractCode
from custmaster.contract.ending import is_over
from custmaster.contract.events import ContractResumed
from custmaster.contract.record import Contract
from custmaster.decision import Decision, Occasion, Reason
from custmaster.decision import decide as settle
from custmaster.desk.contract_life import happening, judge_contract_step, refusal, same_happening
from custmaster.desk.expected import expect
from custmaster.desk.repeated import answered
from custmaster.handbook import Page

__all__ = ["decide"]


def decide(contract: Contract, occasion: Occasion, page: Page, earlier: Decision | None = None) -> Decision:
    """Whether the suspended contract holds again from the day on.

    It was live all the time, so nothing could be signed in its place and sameness need not be judged again. A contract whose days are
    over is refused (EXPIRED_BUT_LIVE). Allowed carries ContractResumed. `earlier` is the answer stored under the same request id. Errors:
    CustmasterError for an earlier answer of another request. Source: B7.

    >>> from datetime import date
    >>> from custmaster.contract.kinds import State
    >>> from custmaster.handbook import default
    >>> occasion = Occasion(day=date(2026, 11, 24), actor="S-1", request_id="T-1")
    >>> resting = Contract(number="C1", product="0000000001", customer="6000000001", state=State.SUSPENDED)
    >>> str(decide(resting, occasion, default().on(occasion.day)).outcome)
    'ALLOWED'
    """
    expect(contract, Contract)
    event = happening(ContractResumed, contract, occasion)
    repeated = answered(earlier, occasion, page, same_happening(event))
    if repeated is not None:
        return repeated
    reasons = [*judge_contract_step(contract, event), *_over(contract, occasion)]
    return settle(reasons, handbook=page.stamp, events=[event])


def _over(contract: Contract, occasion: Occasion) -> Iterator[Reason]:
    end = contract.valid.end
    if end is not None and contract.is_live and is_over(contract, occasion.day):
        yield refusal(ContractCode.EXPIRED_BUT_LIVE, contract, {"end": end})
