"""The contracts of two customers that become one, or two again: which go, and what stands against it.

A contract goes with its customer's number. One in which both customers stand would have one of them deal with itself, and could not be given back
as it was: it does not go. While it is not ended, that stands against the merge; an ended one keeps the old number, which leads to the survivor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from custmaster.contract.events import ContractReassigned, evolve
from custmaster.contract.kinds import State
from custmaster.customer.events import Absorbed, Merged, Released
from custmaster.decision import Citation, Outcome, Reason
from custmaster.desk.contract_facts import Register
from custmaster.desk.judged_again import judge_again
from custmaster.desk.merge_codes import MergeCode

__all__ = ["going", "judge_joining", "judge_parting", "reassigned"]

_ENDED = (State.TERMINATED, State.EXPIRED)


def going(register: Register, number: str, into: str) -> tuple[str, ...]:
    """The numbers of the contracts that go from one customer to the other, ended ones too.

    >>> from custmaster.contract.catalogue import Catalogue
    >>> going(Register(catalogue=Catalogue(version="1", positions=10, products=[]), contracts=[]), "1", "2")
    ()
    """
    found = (one for one in register.contracts if number in one.customers and into not in one.customers)
    return tuple(one.number for one in found)


def reassigned(event: Absorbed | Released | Merged, contract: str, customer: str, becomes: str) -> ContractReassigned:
    """The event on the contract that belongs to the event on its customer."""
    return ContractReassigned(
        on=event.on,
        actor=event.actor,
        request_id=event.request_id,
        number=contract,
        customer=customer,
        becomes=becomes,
    )


def judge_joining(register: Register, event: Merged) -> Iterator[Reason]:
    """What stands against the absorbed customer's contracts becoming the survivor's; each pair is told with both numbers. Source: B6, R-66."""
    number, into = event.number, event.into
    for one in register.contracts:
        if number in one.customers and into in one.customers and one.state not in _ENDED:
            yield Reason(
                code=MergeCode.MERGE_CONTRACT_OF_BOTH,
                outcome=Outcome.REFUSED,
                citation=Citation(article="B6"),
                subject=number,
                facts={"contract": one.number},
            )
    moves = [reassigned(event, one, number, into) for one in going(register, number, into)]
    yield from _judge(register, moves, event.on)


def judge_parting(register: Register, event: Released, contracts: Iterable[str]) -> Iterator[Reason]:
    """What stands against the contracts being the absorbed customer's again: one that was signed since may need one that goes back."""
    moves = [reassigned(event, one, event.number, event.absorbed) for one in contracts]
    yield from _judge(register, moves, event.on)


def _judge(register: Register, moves: Iterable[ContractReassigned], day: date) -> Iterator[Reason]:
    held = {one.number: one for one in register.contracts}
    becomes = {move.number: evolve(held[move.number], move) for move in moves}
    return judge_again(register, becomes, day)
