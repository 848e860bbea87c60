"""Contracts that change beside others: what a change makes of sameness, exclusions and needs, judged by the rules of signing.

A change answers for what it makes worse, not for what was so before. Of two contracts that exist the pair is told: the one that changes is the
reason's subject, the other one a fact.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import evolve

from custmaster.contract.codes import ContractCode
from custmaster.contract.ending import left_without
from custmaster.contract.record import Contract
from custmaster.contract.signing import judge_signing
from custmaster.decision import Outcome, Reason
from custmaster.desk.closing_codes import ClosingCode
from custmaster.desk.contract_facts import Register
from custmaster.desk.contract_life import refusal
from custmaster.value.channel import EVERY

__all__ = ["JUDGED_AGAIN", "PAIRS", "judge_again"]

_C = ContractCode
PAIRS: Final[Mapping[ContractCode, tuple[ClosingCode, Outcome]]] = MappingProxyType(
    {
        _C.CONTRACT_DUPLICATE: (ClosingCode.CONTRACTS_SAME, Outcome.REFUSED),
        _C.CONTRACT_HELD_BY_OTHER: (ClosingCode.CONTRACTS_SAME, Outcome.REFUSED),
        _C.CONTRACT_EXCLUDED: (ClosingCode.CONTRACTS_EXCLUSIVE, Outcome.REFUSED),
        _C.CONTRACT_YIELDS: (ClosingCode.CONTRACTS_EXCLUSIVE, Outcome.REFUSED),
        _C.CONTRACT_OVERLAPS: (ClosingCode.CONTRACTS_OVERLAP, Outcome.REVIEW),
    }
)
"""What a rule of signing says of a pair, and what is said of two contracts that exist: none may come to be the same one, nor excluded."""

JUDGED_AGAIN: Final = frozenset(
    {
        _C.CHANNEL_NOT_ONE,
        _C.KEY_PART_MISSING,
        _C.AUTHORISATION_INCOMPLETE,
        _C.AUTHORISATION_OTHER_ACCOUNT,
        _C.AUTHORISATION_TOO_SHORT,
        _C.PERIOD_OVER,
        _C.DEPENDENCY_MISSING,
    }
)
"""The rules of signing on one contract that hold for a changed one too; what is offered, and over which channel, is asked of new ones only."""


def judge_again(
    register: Register, becomes: Mapping[str, Contract], day: date, always: Container[StrEnum] = ()
) -> Iterator[Reason]:
    """What stands against the contracts of the register becoming what the mapping says, and did not stand before.

    Live contracts are judged: what has ended is history, and a draft is judged when it takes effect. Codes in `always` are told even if they
    stood before. A live contract that loses what it needs is told by DEPENDENT_LIVE. Contracts of unknown products are passed over.
    Source: R-66, B7.
    """
    after = tuple(becomes.get(one.number, one) for one in register.contracts)
    for one in register.contracts:
        if one.number in becomes and one.is_live and one.product in register.catalogue.by_number:
            stood = tuple(_said(one, register, register.contracts, day))
            for reason in _said(becomes[one.number], register, after, day):
                if (reason not in stood or reason.code in always) and not _told(reason, becomes):
                    yield reason
    for lost in left_without(register.contracts, after, register.catalogue):
        if lost.number not in becomes:
            yield refusal(_C.DEPENDENT_LIVE, lost, {"product": lost.product})


def _said(contract: Contract, register: Register, beside: Iterable[Contract], day: date) -> Iterator[Reason]:
    _, reasons = judge_signing(contract, EVERY, register.catalogue, beside, day)
    for reason in reasons:
        if reason.code in JUDGED_AGAIN:
            yield evolve(reason, subject=contract.number)
        elif (pair := PAIRS.get(ContractCode(reason.code))) is not None:
            code, outcome = pair
            facts = {"other": reason.subject or ""}
            yield Reason(code=code, outcome=outcome, citation=reason.citation, subject=contract.number, facts=facts)


def _told(reason: Reason, becomes: Container[str]) -> bool:
    """Whether a pair of two that change is told by the one with the smaller number."""
    other = dict(reason.facts).get("other")
    return isinstance(other, str) and other in becomes and other < str(reason.subject)
