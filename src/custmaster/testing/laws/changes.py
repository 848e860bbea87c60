"""Laws of contracts that change: no transfer, amendment or merge makes two contracts one, and a merge is undone exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any, Final

from attrs import field, frozen
from hypothesis import strategies as st

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.events import evolve
from custmaster.contract.record import Contract, ContractChange
from custmaster.customer.events import Absorbed, Merged, Released
from custmaster.decision import Allowed, Decision, Occasion, Reason
from custmaster.desk import amend, expire, joint, resume, suspend, terminate, transfer
from custmaster.desk.contract_facts import ContractFacts, Register
from custmaster.desk.joined_contracts import going, judge_joining
from custmaster.desk.overview import Overview, overview
from custmaster.desk.transfer import Transfer
from custmaster.handbook import Page, default
from custmaster.testing._contract_plain import Plain
from custmaster.testing.laws._closing_cases import (
    ALI,
    BAI,
    CLOSING_CATALOGUE,
    TODAY,
    changes,
    occasion,
    registers,
    transfers,
)
from custmaster.testing.laws.law import Law

__all__ = ["CHANGE_LAWS", "ChangeRules"]

Contracts = tuple[Contract, ...]
_LIFTS: Final = ("NOT_TRANSFERABLE", "CONTRACTS_OVERLAP", "TRANSFER_AUTHORISATION")


def _overview(customer: str, register: Register, day: date, numbers: Mapping[str, str]) -> Overview:
    return overview(customer, register, day, numbers, ended=True)


def _consequences(event: object, contracts: tuple[str, ...]) -> Iterable[Any]:
    return [one.effect for one in joint.consequences([event], joint.Noun.CONTRACT, contracts=contracts)]


@frozen(kw_only=True)
class ChangeRules:
    """What is under judgement: each question about a contract that exists, and what a merge of customers does to contracts.

    `joins` tells what stands against a merge, `consequences` the events on contracts of an event on their customer, `overview` all contracts of
    a customer with those that have ended.

    >>> len(ChangeRules().catalogue.products)
    9
    """

    amend: Callable[[Contract, ContractChange, ContractFacts, Occasion, Page], Decision] = amend.decide
    suspend: Callable[[Contract, Occasion, Page], Decision] = suspend.decide
    resume: Callable[[Contract, Occasion, Page], Decision] = resume.decide
    expire: Callable[[Contract, Occasion, Page], Decision] = expire.decide
    terminate: Callable[[Contract, ContractFacts, Occasion, Page], Decision] = terminate.decide
    transfer: Callable[[Transfer, ContractFacts, Occasion, Page], Decision] = transfer.decide
    joins: Callable[[Register, Merged], Iterable[Reason]] = judge_joining
    consequences: Callable[[object, tuple[str, ...]], Iterable[Any]] = _consequences
    overview: Callable[[str, Register, date, Mapping[str, str]], Overview] = _overview
    catalogue: Catalogue = CLOSING_CATALOGUE
    page: Page = field(factory=lambda: default().on(TODAY))


def _register(rules: ChangeRules, contracts: Iterable[Contract]) -> Register:
    return Register(catalogue=rules.catalogue, contracts=tuple(contracts))


def _after(contracts: Iterable[Contract], answer: Decision) -> list[Contract]:
    return _fold(contracts, answer.events if isinstance(answer, Allowed) else ())


def _fold(contracts: Iterable[Contract], events: Iterable[Any]) -> list[Contract]:
    held = {one.number: one for one in contracts}
    for event in events:
        held[event.number] = evolve(held[event.number], event)
    return list(held.values())


def _twins(rules: ChangeRules, contracts: Iterable[Contract]) -> set[tuple[str, str]]:
    """Every two live contracts with one key, by number."""
    plain, known = Plain(rules.catalogue), rules.catalogue.by_number
    live = plain.live(one for one in contracts if one.product in known)
    pairs = combinations(sorted(live, key=lambda one: one.number), 2)
    return {(a.number, b.number) for a, b in pairs if None is not plain.key(a) == plain.key(b)}


def _transfers_apart(rules: ChangeRules, case: tuple[Contracts, Transfer]) -> bool | None:
    answer = _transferred(rules, *case)
    if not isinstance(answer, Allowed):
        return None
    return _twins(rules, _after(case[0], answer)) <= _twins(rules, case[0])


def _transfers_to_the_goal(rules: ChangeRules, case: tuple[Contracts, Transfer]) -> bool | None:
    contracts, asked = case
    answer = _transferred(rules, contracts, asked)
    moved: set[str] = {event.number for event in answer.events} if isinstance(answer, Allowed) else set()  # type: ignore[attr-defined]
    return all(one.card == asked.goal for one in _after(contracts, answer) if one.number in moved) if moved else None


def _transferred(rules: ChangeRules, contracts: Contracts, asked: Transfer) -> Decision:
    facts = ContractFacts(register=_register(rules, contracts))
    return rules.transfer(asked, facts, occasion(rules.page.day, *_LIFTS), rules.page)


def _answers(rules: ChangeRules, case: tuple[Contracts, ContractChange]) -> list[Decision]:
    """Every question about each of the contracts."""
    contracts, change = case
    facts, page = ContractFacts(register=_register(rules, contracts)), rules.page
    asked, lifted = occasion(page.day), occasion(page.day, "CONTRACTS_OVERLAP")
    found: list[Decision] = []
    for one in contracts:
        found += [question(one, asked, page) for question in (rules.suspend, rules.resume, rules.expire)]
        found += [rules.terminate(one, facts, asked, page), rules.amend(one, change, facts, lifted, page)]
    return found


def _changes_apart(rules: ChangeRules, case: tuple[Contracts, ContractChange]) -> bool | None:
    allowed = [one for one in _answers(rules, case) if isinstance(one, Allowed)]
    before = _twins(rules, case[0])
    return all(_twins(rules, _after(case[0], one)) <= before for one in allowed) if allowed else None


def _a_no_has_its_reasons(rules: ChangeRules, case: tuple[Contracts, ContractChange]) -> bool | None:
    others = [one for one in _answers(rules, case) if not isinstance(one, Allowed)]
    return all(one.reasons for one in others) if others else None


def _changes_replay(rules: ChangeRules, case: tuple[Contracts, ContractChange]) -> bool | None:
    return _answers(rules, case) == _answers(rules, case) if case[0] else None


# --- merging, looking -----------------------------------------------------------------------------------------------------


def _head(rules: ChangeRules) -> dict[str, Any]:
    return {"on": rules.page.day, "actor": "S-1", "request_id": "T-1"}


def _merged(rules: ChangeRules, contracts: Contracts) -> list[Contract]:
    """The contracts after one customer went up in the other."""
    moved = going(_register(rules, contracts), BAI, ALI)
    return _fold(contracts, rules.consequences(Absorbed(number=ALI, absorbed=BAI, **_head(rules)), moved))


def _merge_is_undone(rules: ChangeRules, contracts: Contracts) -> bool | None:
    moved = going(_register(rules, contracts), BAI, ALI)
    back = rules.consequences(Released(number=ALI, absorbed=BAI, **_head(rules)), moved)
    return set(_fold(_merged(rules, contracts), back)) == set(contracts) if moved else None


def _may_join(rules: ChangeRules, contracts: Contracts) -> bool:
    merge = Merged(number=BAI, into=ALI, **_head(rules))
    return bool(going(_register(rules, contracts), BAI, ALI)) and not [*rules.joins(_register(rules, contracts), merge)]


def _merges_apart(rules: ChangeRules, contracts: Contracts) -> bool | None:
    if not _may_join(rules, contracts):
        return None
    return _twins(rules, _merged(rules, contracts)) <= _twins(rules, contracts)


def _merges_everything(rules: ChangeRules, contracts: Contracts) -> bool | None:
    if not _may_join(rules, contracts):
        return None
    return all(BAI not in one.customers for one in _merged(rules, contracts) if one.is_live)


def _shows_each_once(rules: ChangeRules, contracts: Contracts) -> bool | None:
    found = rules.overview(ALI, _register(rules, contracts), rules.page.day, {BAI: ALI})
    shown = [*found.unlisted, *found.drafts, *found.ended, *(one for row in found.standing.values() for one in row)]
    mine = sorted(one.number for one in contracts if {ALI, BAI} & set(one.customers))
    return sorted(one.contract.number for one in shown) == mine if mine else None


# --- the rows -------------------------------------------------------------------------------------------------------------


def _with_transfers(rules: ChangeRules) -> Any:
    return transfers(rules.catalogue)


def _with_changes(rules: ChangeRules) -> Any:
    return st.tuples(registers(rules.catalogue), changes())


def _registers(rules: ChangeRules) -> Any:
    return registers(rules.catalogue)


_of_transfer: Final = partial(Law[ChangeRules, Any], source="R-49, B7", cases=_with_transfers)
_of_changes: Final = partial(Law[ChangeRules, Any], source="R-48, B7", cases=_with_changes)
_of_registers: Final = partial(Law[ChangeRules, Any], cases=_registers)

CHANGE_LAWS: Final[tuple[Law[ChangeRules, Any], ...]] = (
    _of_transfer(
        name="transfer-makes-no-duplicate",
        says="A transfer makes no two contracts one.",
        holds=_transfers_apart,
    ),
    _of_transfer(
        name="transfer-reaches-its-goal",
        says="Every contract that is transferred stands on the new card.",
        holds=_transfers_to_the_goal,
    ),
    _of_changes(
        name="no-change-makes-a-duplicate",
        says="To suspend, resume, expire, end or amend a contract makes no two contracts one.",
        holds=_changes_apart,
    ),
    _of_changes(
        name="a-no-has-its-reasons",
        says="What is not allowed has reasons.",
        holds=_a_no_has_its_reasons,
    ),
    _of_changes(
        name="changes-replay",
        says="The same question about a contract has the same answer.",
        holds=_changes_replay,
    ),
    _of_registers(
        name="merging-makes-no-duplicate",
        says="A merge against which no contract stands makes no two contracts one.",
        source="R-66, B6",
        holds=_merges_apart,
    ),
    _of_registers(
        name="merging-leaves-none-behind",
        says="After a merge no live contract names the number that was merged.",
        source="R-66, B6",
        holds=_merges_everything,
    ),
    _of_registers(
        name="a-merge-of-contracts-is-undone",
        says="Undoing a merge gives back exactly the contracts that there were.",
        source="B6",
        holds=_merge_is_undone,
    ),
    _of_registers(
        name="an-overview-shows-each-once",
        says="An overview with what has ended holds each contract of the customer once.",
        source="R-59",
        holds=_shows_each_once,
    ),
)
"""What must hold of contracts that are changed, transferred, merged and shown."""
