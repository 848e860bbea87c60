"""The end of a contract's days (到期): what was agreed until a day is no longer live after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from custmaster.contract.codes import ContractCode
from custmaster.contract.ending import is_over, over
from custmaster.contract.events import ContractExpired
from custmaster.contract.record import Contract
from custmaster.decision import Decision, Occasion, Reason
from custmaster.decision import decide as settle
from custmaster.desk.contract_life import happening, judge_contract_step, refusal, same_happening
from custmaster.desk.expected import expect
from custmaster.desk.repeated import answered
from custmaster.handbook import Page

__all__ = ["decide", "sweep"]


def decide(contract: Contract, occasion: Occasion, page: Page, earlier: Decision | None = None) -> Decision:
    """Whether the days of the contract are over on the day, so that it becomes EXPIRED; NOT_YET_OVER otherwise.

    Nothing else can stand against it, since time asks nobody: what needs it is told by the checks of the register. Allowed carries
    ContractExpired. `earlier` is the answer stored under the same request id. Errors: CustmasterError for an earlier answer of another
    request. Source: B7.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> occasion = Occasion(day=date(2026, 11, 24), actor="S-1", request_id="T-1")
    >>> endless = Contract(number="C1", product="0000000001", customer="6000000001")
    >>> answer = decide(endless, occasion, default().on(occasion.day))
    >>> [(str(reason.code), reason.facts) for reason in answer.reasons]
    [('NOT_YET_OVER', (('end', '-'),))]
    """
    expect(contract, Contract)
    event = happening(ContractExpired, contract, occasion)
    repeated = answered(earlier, occasion, page, same_happening(event))
    if repeated is not None:
        return repeated
    reasons = [*judge_contract_step(contract, event), *_not_over(contract, occasion)]
    return settle(reasons, handbook=page.stamp, events=[event])


def _not_over(contract: Contract, occasion: Occasion) -> Iterator[Reason]:
    if not is_over(contract, occasion.day):
        end = contract.valid.end
        yield refusal(ContractCode.NOT_YET_OVER, contract, {"end": "-" if end is None else end})


def sweep(contracts: Iterable[Contract], occasion: Occasion) -> tuple[ContractExpired, ...]:
    """The events of the day for every contract whose days are over, by number; a second sweep of the same day finds nothing more.

    One that cannot take the event, since something happened to it after the day, is left out: `decide` says why. Source: B7.

    >>> from datetime import date
    >>> from custmaster.value.span import Span
    >>> past = Contract(number="C1", product="0000000001", customer="6000000001", valid=Span(None, date(2026, 1, 1)))
    >>> [event.number for event in sweep([past], Occasion(day=date(2026, 11, 24), actor="EOD", request_id="E-1"))]
    ['C1']
    """
    found = ((one, happening(ContractExpired, one, occasion)) for one in over(contracts, occasion.day))
    return tuple(event for one, event in found if not any(judge_contract_step(one, event)))
