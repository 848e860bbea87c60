"""Signing a contract (签约): does the customer exist, may the product be signed, is it signed already, which number is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve, field, frozen

from custmaster.contract.asked import Asked
from custmaster.contract.catalogue import Catalogue
from custmaster.contract.events import ContractActivated, ContractAmended, ContractEvent, ContractSigned
from custmaster.contract.kinds import State
from custmaster.contract.record import REQUESTED, Contract, ContractChange, may_be_number, number_key, stated
from custmaster.contract.signing import judge_signing
from custmaster.decision import Citation, Decision, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.dedup.aliases import Resolution
from custmaster.desk.codes import DeskCode
from custmaster.desk.contract_facts import each_once
from custmaster.desk.contract_life import judge_contract_step
from custmaster.desk.expected import expect
from custmaster.desk.repeated import answered
from custmaster.desk.search import named
from custmaster.desk.standing import judge_standing
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.value._checks import of
from custmaster.value.channel import check_code

__all__ = ["Signing", "SigningFacts", "decide"]

_UNIQUE: Final = Citation(article="R-67")


@frozen(kw_only=True)
class Signing:
    """The request: a contract as it is agreed, and the channel over which it is signed.

    The contract's number is `REQUESTED`, and its state ACTIVE, or DRAFT for one that takes effect later; or it is a draft that has its number,
    and takes effect now. Errors: InvalidValue (CONFLICT) for a contract that is signed already or has a history, (FORMAT) for a
    channel that is no code, (TYPE).

    >>> Signing(
    ...     contract=Contract(number="REQUESTED", product="0000000001", customer="6000000001"), channel="COUNTER"
    ... ).channel
    'COUNTER'
    """

    contract: Contract = field(validator=of(Contract))
    channel: str

    def __attrs_post_init__(self) -> None:
        check_code(self.channel, "channel")
        new = self.contract.number == REQUESTED
        if self.contract.state not in ((State.ACTIVE, State.DRAFT) if new else (State.DRAFT,)):
            remedy = "a contract is asked for as active or as a draft, and of those with a number a draft is signed"
            raise InvalidValue(Fault.CONFLICT, path="contract.state", remedy=remedy)
        if new and (self.contract.amendments or self.contract.signed_on or self.contract.request_id):
            raise InvalidValue(Fault.CONFLICT, path="contract", remedy="a contract that is asked for has no history")


@frozen(kw_only=True)
class SigningFacts:
    """What the host found: the catalogue, the customers' numbers, and the contracts that may stand against this one.

    `standings` are the answers of `custmaster.dedup.aliases.resolve` for every customer in the contract. `contracts` are all contracts of the
    customer, and those of whatever customer under the same key (`custmaster.contract.keyed_contract`), in any order; `taken` are contract
    numbers that are given already, those of `contracts` beside. `earlier` is the answer stored under the same request id. Errors:
    InvalidValue (DUPLICATE) for a contract that stands twice, (TYPE) for anything else than a contract.
    """

    catalogue: Catalogue
    standings: tuple[Resolution, ...] = field(converter=tuple[Resolution, ...])
    contracts: tuple[Contract, ...] = field(converter=each_once)
    taken: tuple[str, ...] = field(default=(), converter=named)
    earlier: Decision | None = None


def decide(request: Signing, facts: SigningFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the contract is signed on the day, and under which number: one question, all its grounds told.

    In this order: every customer in it exists and is active (a merged number is answered with its survivor), the rules on the request and on
    each live contract beside it (`custmaster.contract.SIGNING_RULES`, `PAIR_RULES`), and the number, the first of `occasion.numbers`, which is
    never one that was given before. Allowed carries one event: ContractSigned; ContractActivated for a draft that has its number; or
    ContractAmended of the contract that is there when a limit is signed again (维护): no number is given, and what is not stated stays, its days too. The same request id gives the same answer.
    Errors: CustmasterError for an earlier answer of another request, or a number resolved on another day. Source: R-44, R-48, R-65 to R-68; B7.

    >>> from datetime import date
    >>> from custmaster.contract.kinds import Category
    >>> from custmaster.contract.product import Product
    >>> from custmaster.dedup.alias_events import NumberOpened
    >>> from custmaster.dedup.aliases import replay, resolve
    >>> from custmaster.handbook import default
    >>> day, number = date(2026, 11, 23), "6000000001"
    >>> sms = Product(number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE)
    >>> ledger = replay([NumberOpened(number=number, on=day, request_id="T-0")])
    >>> facts = SigningFacts(
    ...     catalogue=Catalogue(version="1", positions=10, products=[sms]),
    ...     standings=[resolve(ledger, number, day)],
    ...     contracts=[],
    ... )
    >>> request = Signing(contract=Contract(number="REQUESTED", product=sms.number, customer=number), channel="COUNTER")
    >>> occasion = Occasion(day=day, actor="S-0042", request_id="T-1", numbers=["C2026000001"])
    >>> answer = decide(request, facts, occasion, default().on(day))
    >>> answer.outcome, [event.number for event in answer.events]
    (<Outcome.ALLOWED: 'ALLOWED'>, ['C2026000001'])
    """
    expect(request, Signing)
    contract = request.contract
    repeated = answered(facts.earlier, occasion, page, lambda done: _is(done, contract, facts))
    if repeated is not None:
        return repeated
    standing = judge_standing(contract.customers, facts.standings, occasion.day)
    asked, against = judge_signing(contract, request.channel, facts.catalogue, facts.contracts, occasion.day)
    # A number is given to a new contract only: not to a draft that has one, nor where a limit is changed in place.
    new = contract.number == REQUESTED and (asked is None or asked.maintained is None)
    number = _judge_number(occasion, facts) if new else ()
    events = () if asked is None or number else (_event(asked, occasion),)
    life = () if asked is None else tuple(reason for event in events for reason in _judge_life(asked, event))
    reasons = (*standing, *against, *life, *number)
    return settle(reasons, handbook=page.stamp, events=events, approvals=occasion.approvals)


def _judge_number(occasion: Occasion, facts: SigningFacts) -> tuple[Reason, ...]:
    if not occasion.numbers:
        return (Reason(code=DeskCode.CONTRACT_NUMBER_NOT_RESERVED, outcome=Outcome.REFUSED, citation=_UNIQUE),)
    number = occasion.numbers[0]
    if not may_be_number(number):
        return (Reason(code=DeskCode.CONTRACT_NUMBER_UNFIT, outcome=Outcome.REFUSED, citation=_UNIQUE),)
    if number_key(number) in {number_key(one) for one in (*facts.taken, *(held.number for held in facts.contracts))}:
        return (Reason(code=DeskCode.CONTRACT_NUMBER_TAKEN, outcome=Outcome.REFUSED, citation=_UNIQUE, subject=number),)
    return ()


def _judge_life(asked: Asked, event: ContractEvent) -> Iterator[Reason]:
    """What stands against the event in the life of the contract that is there: the day may lie before the last one."""
    if not isinstance(event, ContractSigned):
        there = asked.contract if asked.maintained is None else asked.maintained.contract
        yield from judge_contract_step(there, event)


def _event(asked: Asked, occasion: Occasion) -> ContractEvent:
    on, actor, request_id = occasion.day, occasion.actor, occasion.request_id
    if asked.maintained is not None:
        there = asked.maintained.contract
        change = _change(asked.contract, there)
        return ContractAmended(on=on, actor=actor, request_id=request_id, number=there.number, change=change)
    if asked.contract.number != REQUESTED:
        return ContractActivated(on=on, actor=actor, request_id=request_id, number=asked.contract.number)
    signed = evolve(asked.contract, number=occasion.numbers[0], signed_on=on, request_id=request_id)
    return ContractSigned(on=on, actor=actor, request_id=request_id, contract=signed)


def _change(contract: Contract, there: Contract) -> ContractChange:
    """What is agreed anew; what the new agreement does not state stays. Signed again without a difference, it sets its days once more."""
    differs = {name: value for name, value in stated(contract).items() if value != getattr(there, name)}
    return ContractChange(**(differs or {"valid": there.valid}))


def _is(done: object, contract: Contract, facts: SigningFacts) -> bool:
    """Whether the event answers this request."""
    match done:
        case ContractSigned():
            asked = evolve(contract, number=done.number, signed_on=done.on, request_id=done.request_id)
            return contract.number == REQUESTED and done.contract == asked
        case ContractActivated():
            return done.number == contract.number
        case ContractAmended():
            return _says(done.change, contract) and _may_maintain(done.number, contract, facts)
        case _:
            return False


def _says(change: ContractChange, contract: Contract) -> bool:
    """Whether the change is what the agreement states; the days alone were set once more where it states nothing new."""
    said = stated(contract)
    once_more = change.touched == ("valid",) and "valid" not in said
    return once_more or all(said.get(name) == getattr(change, name) for name in change.touched)


def _may_maintain(number: str, contract: Contract, facts: SigningFacts) -> bool:
    """Whether the contract of this number is one that this request changes; its customer may have been merged since."""
    there = next((one for one in facts.contracts if one.number == number), None)
    customers = {contract.customer, *(one.end for one in facts.standings if one.number == contract.customer)}
    return there is None or (
        there.product == contract.product
        and _exact(there) == _exact(contract)  # as sameness compares it, however it is written
        and there.customer in customers
    )


def _exact(contract: Contract) -> str | None:
    return None if contract.reference is None else contract.reference.exact
