"""Transferring contracts (换签) to another card or account: all that can go go together, and those that cannot are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import evolve as changed
from attrs import field, frozen

from custmaster.contract.codes import ContractCode
from custmaster.contract.events import ContractTransferred, evolve
from custmaster.contract.kinds import State
from custmaster.contract.record import Contract
from custmaster.decision import Citation, Decision, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.desk.closing_codes import ClosingCode
from custmaster.desk.contract_facts import ContractFacts, Register, judge_product
from custmaster.desk.contract_life import judge_contract_step, said
from custmaster.desk.expected import expect
from custmaster.desk.judged_again import judge_again
from custmaster.desk.on_account import authorised_on, held_on
from custmaster.desk.repeated import answered
from custmaster.desk.search import named
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.value._checks import of
from custmaster.value.account import AccountNumber, CardNumber, bare

__all__ = ["Transfer", "decide"]

if TYPE_CHECKING:

    def _named(values: Iterable[str]) -> tuple[str, ...]: ...

else:
    _named = named


@frozen(kw_only=True)
class Transfer:
    """The request: from which card or account to which; `contracts` names those that are to go, none named means all that stand there.

    Errors: InvalidValue (TYPE) for a number in clear; (CONFLICT) when it goes nowhere, or from a card to an account: which account a card belongs to is the host's to say.

    >>> Transfer(start=CardNumber("6222000011112222"), goal=CardNumber("6222000011113333")).contracts
    ()
    """

    start: AccountNumber | CardNumber = field(validator=of(AccountNumber, CardNumber))
    goal: AccountNumber | CardNumber = field(validator=of(AccountNumber, CardNumber))
    contracts: tuple[str, ...] = field(default=(), converter=_named)

    def __attrs_post_init__(self) -> None:
        if type(self.start) is not type(self.goal):
            raise InvalidValue(Fault.CONFLICT, path="goal", remedy="from card to card, or from account to account")
        if bare(self.start) == bare(self.goal):
            raise InvalidValue(Fault.CONFLICT, path="goal", remedy="name another card or account")


def decide(asked: Transfer, facts: ContractFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the contracts go on the day: all of those that can, or none.

    A product that does not go with its customer (NOT_TRANSFERABLE) is refused where its contract was named; where everything on a card
    was asked for, a person confirms that it stays behind, and so with a collection that was authorised for the old account
    (TRANSFER_AUTHORISATION), which needs a new authorisation. Refused is whatever would make a contract the same as another live one, put it beside one that
    it excludes, or part it from what it needs. Allowed carries one ContractTransferred for each, by number. The same request id gives the
    same answer. Errors: CustmasterError for an earlier answer of another request, or a named contract that is not there. Source: B7.

    >>> from datetime import date
    >>> from custmaster.contract.catalogue import Catalogue
    >>> from custmaster.contract.kinds import Category
    >>> from custmaster.contract.product import Product
    >>> from custmaster.handbook import default
    >>> alert = Product(
    ...     number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE, transferable=True
    ... )
    >>> old, new = CardNumber("6222000011112222"), CardNumber("6222000011113333")
    >>> contract = Contract(number="C1", product=alert.number, customer="6000000001", card=old)
    >>> catalogue = Catalogue(version="1", positions=10, products=[alert])
    >>> facts = ContractFacts(register=Register(catalogue=catalogue, contracts=[contract]))
    >>> occasion = Occasion(day=date(2026, 11, 24), actor="S-1", request_id="T-1")
    >>> decide(Transfer(start=old, goal=new), facts, occasion, default().on(occasion.day)).events[0].card
    CardNumber(622200******3333)
    """
    expect(asked, Transfer)
    repeated = answered(facts.earlier, occasion, page, lambda done: _is(done, asked))
    if repeated is not None:
        return repeated
    # Only now: after the transfer the contracts that were named no longer stand where they stood.
    standing = tuple(_standing(asked, facts.register.contracts))
    stays = tuple(reason for one in standing for reason in _stays(one, asked, facts.register))
    left = {reason.subject for reason in stays}
    events = [_event(one, asked, occasion) for one in standing if one.number not in left]
    reasons = [*stays, *(_judge(events, facts.register, occasion) if events else [_nothing()])]
    return settle(reasons, handbook=page.stamp, events=events, approvals=occasion.approvals)


def _standing(asked: Transfer, contracts: Iterable[Contract]) -> Iterator[Contract]:
    """The contracts that are asked for: those named, or all that have not ended and stand on the card or account."""
    found = {one.number: one for one in contracts if held_on(one, asked.start) or authorised_on(one, asked.start)}
    if any(number not in found for number in asked.contracts):
        raise CustmasterError("a contract is named that does not stand on this card or account: load it, or ask anew")
    for number, one in found.items():
        if number in asked.contracts or not (asked.contracts or one.state in (State.TERMINATED, State.EXPIRED)):
            yield one


def _is(done: object, asked: Transfer) -> bool:
    if not isinstance(done, ContractTransferred) or (asked.contracts and done.number not in asked.contracts):
        return False
    goes = [number for number in (done.account, done.card) if number is not None]
    return all(bare(number) == bare(asked.goal) for number in goes)


def _event(contract: Contract, asked: Transfer, occasion: Occasion) -> ContractTransferred:
    text, start = asked.goal.reveal(), bare(asked.start)
    on_account = contract.account is not None and bare(contract.account) == start
    on_card = contract.card is not None and bare(contract.card) == start
    return ContractTransferred(
        on=occasion.day,
        actor=occasion.actor,
        request_id=occasion.request_id,
        number=contract.number,
        account=AccountNumber(text) if on_account else None,
        card=CardNumber(text) if on_card else None,
    )


def _stays(contract: Contract, asked: Transfer, register: Register) -> Iterator[Reason]:
    """Why the contract does not go: its product is unknown or stays, or it was authorised for the old account."""
    unknown = tuple(judge_product(contract, register.catalogue))
    yield from (changed(reason, subject=contract.number) for reason in unknown)
    outcome = Outcome.REFUSED if asked.contracts else Outcome.REVIEW
    if not unknown and not register.catalogue.product(contract.product).transferable:
        yield said(ContractCode.NOT_TRANSFERABLE, contract, {"product": contract.product}, outcome)
    if authorised_on(contract, asked.start):
        yield said(ClosingCode.TRANSFER_AUTHORISATION, contract, {"product": contract.product}, outcome)


def _judge(events: Iterable[ContractTransferred], register: Register, occasion: Occasion) -> Iterator[Reason]:
    by_number = {one.number: one for one in register.contracts}
    becomes: dict[str, Contract] = {}
    for event in events:
        contract = by_number[event.number]
        steps = tuple(judge_contract_step(contract, event))
        yield from steps
        becomes |= {} if steps else {event.number: evolve(contract, event)}
    yield from judge_again(register, becomes, occasion.day)


def _nothing() -> Reason:
    return Reason(code=ClosingCode.TRANSFER_NOTHING, outcome=Outcome.REFUSED, citation=Citation(article="B7"))
