"""What the life of a contract allows: the step that an event takes, and a day that does not lie before the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from custmaster.contract.codes import ContractCode
from custmaster.contract.events import (
    CONTRACT_TRANSITIONS,
    ContractActivated,
    ContractEvent,
    ContractExpired,
    ContractResumed,
    ContractSuspended,
    ContractTerminated,
)
from custmaster.contract.record import Contract
from custmaster.decision import Citation, Fact, Occasion, Outcome, Reason
from custmaster.desk.closing_codes import ClosingCode
from custmaster.lifecycle import NoSuchStep, step

__all__ = ["happening", "judge_contract_step", "refusal", "said", "same_happening"]

E = TypeVar("E", ContractActivated, ContractSuspended, ContractResumed, ContractTerminated, ContractExpired)


def happening(kind: Callable[..., E], contract: Contract, occasion: Occasion) -> E:
    """The event of the kind that says no more of the contract than that it happened on this occasion.

    >>> from datetime import date
    >>> occasion = Occasion(day=date(2026, 11, 24), actor="S-1", request_id="T-1")
    >>> happening(ContractResumed, Contract(number="C1", product="0000000001", customer="6000000001"), occasion).number
    'C1'
    """
    return kind(on=occasion.day, actor=occasion.actor, request_id=occasion.request_id, number=contract.number)


def same_happening(event: ContractEvent) -> Callable[[object], bool]:
    """Whether an event that was stored is of the same kind and about the same contract, whenever it was."""
    return lambda done: type(done) is type(event) and getattr(done, "number", None) == event.number


def said(
    code: ContractCode | ClosingCode,
    contract: Contract,
    facts: Mapping[str, Fact],
    outcome: Outcome,
    article: str = "B7",
) -> Reason:
    """What is said of the contract, by its number."""
    citation = Citation(article=article)
    return Reason(code=code, outcome=outcome, citation=citation, subject=contract.number, facts=facts)


def refusal(
    code: ContractCode | ClosingCode, contract: Contract, facts: Mapping[str, Fact], article: str = "B7"
) -> Reason:
    """A reason that stands against what is asked of the contract, and that no approval lifts."""
    return said(code, contract, facts, Outcome.REFUSED, article)


def judge_contract_step(contract: Contract, event: ContractEvent) -> Iterator[Reason]:
    """What stands against the event in the contract's own life: its state (CONTRACT_STATE), or a day before the last event.

    >>> from datetime import date
    >>> from custmaster.contract.events import ContractResumed
    >>> active = Contract(number="C1", product="0000000001", customer="6000000001")
    >>> again = ContractResumed(on=date(2026, 11, 24), actor="S-1", request_id="T-2", number="C1")
    >>> [(str(reason.code), reason.facts) for reason in judge_contract_step(active, again)]
    [('CONTRACT_STATE', (('state', 'ACTIVE'),))]
    """
    if isinstance(step(CONTRACT_TRANSITIONS, contract.state, event), NoSuchStep):
        yield refusal(ContractCode.CONTRACT_STATE, contract, {"state": contract.state.value})
    days = (contract.signed_on, contract.ended_on, *(one.on for one in contract.amendments))
    last = max((day for day in days if day is not None), default=event.on)
    if event.on < last:
        yield refusal(ClosingCode.CONTRACT_DAY_TOO_EARLY, contract, {"last": last})
