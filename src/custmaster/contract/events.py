"""What happens to a contract, and what the record is afterwards; its life is the table CONTRACT_TRANSITIONS."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, assert_never

from attrs import evolve as changed
from attrs import field, frozen

from custmaster.contract.kinds import State
from custmaster.contract.record import REQUESTED, Amendment, Contract, ContractChange
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.lifecycle import NoSuchStep, step
from custmaster.value._checks import of
from custmaster.value._happened import Happened
from custmaster.value.account import AccountNumber, CardNumber

__all__ = [
    "CONTRACT_TRANSITIONS",
    "ContractActivated",
    "ContractAmended",
    "ContractEvent",
    "ContractExpired",
    "ContractReassigned",
    "ContractResumed",
    "ContractSigned",
    "ContractSuspended",
    "ContractTerminated",
    "ContractTransferred",
    "evolve",
]


@frozen(kw_only=True)
class ContractSigned(Happened):
    """A contract got its number. Errors: InvalidValue (CONFLICT) unless it is a draft or active, and numbered. Source: R-67."""

    contract: Contract

    def __attrs_post_init__(self) -> None:
        if self.contract.state not in (State.DRAFT, State.ACTIVE):
            raise InvalidValue(
                Fault.CONFLICT, path="contract.state", remedy="a contract is signed as a draft or active"
            )
        if self.contract.number == REQUESTED:
            raise InvalidValue(Fault.CONFLICT, path="contract.number", remedy="it has its number when it is signed")

    @property
    def number(self) -> str:
        """The contract's number."""
        return self.contract.number


@frozen(kw_only=True)
class ContractActivated(Happened):
    """A draft took effect."""

    number: str


@frozen(kw_only=True)
class ContractAmended(Happened):
    """Some of its fields were agreed anew (维护); the values before stand in its history."""

    number: str
    change: ContractChange


@frozen(kw_only=True)
class ContractSuspended(Happened):
    """It rests: it still stands against others, and nothing is done by it."""

    number: str


@frozen(kw_only=True)
class ContractResumed(Happened):
    """It holds again after resting."""

    number: str


@frozen(kw_only=True)
class ContractTerminated(Happened):
    """It was ended (解约); record and number stay for ever. Source: R-67."""

    number: str


@frozen(kw_only=True)
class ContractExpired(Happened):
    """The days for which it was agreed are over."""

    number: str


@frozen(kw_only=True)
class ContractTransferred(Happened):
    """It goes with its customer to another card or account (换签). Errors: InvalidValue (MISSING) with neither, (TYPE). Source: B7."""

    number: str
    account: AccountNumber | None = field(default=None, validator=of(AccountNumber, optional=True))
    card: CardNumber | None = field(default=None, validator=of(CardNumber, optional=True))

    def __attrs_post_init__(self) -> None:
        if self.account is None and self.card is None:
            raise InvalidValue(Fault.MISSING, path="card", remedy="name the card or the account that it goes to")


@frozen(kw_only=True)
class ContractReassigned(Happened):
    """Another customer number stands in it: that of the survivor of a merge, or back again when the merge was undone. Source: B6."""

    number: str
    customer: str
    becomes: str


ContractEvent = (
    ContractSigned
    | ContractActivated
    | ContractAmended
    | ContractSuspended
    | ContractResumed
    | ContractTerminated
    | ContractExpired
    | ContractTransferred
    | ContractReassigned
)
"""Every event on a contract, a closed union."""

_S = State
CONTRACT_TRANSITIONS: Final[Mapping[State, Mapping[type[object], State]]] = MappingProxyType(
    {
        _S.DRAFT: {
            ContractActivated: _S.ACTIVE,
            ContractAmended: _S.DRAFT,
            ContractTerminated: _S.TERMINATED,
            ContractExpired: _S.EXPIRED,
            ContractTransferred: _S.DRAFT,
            ContractReassigned: _S.DRAFT,
        },
        _S.ACTIVE: {
            ContractAmended: _S.ACTIVE,
            ContractSuspended: _S.SUSPENDED,
            ContractTerminated: _S.TERMINATED,
            ContractExpired: _S.EXPIRED,
            ContractTransferred: _S.ACTIVE,
            ContractReassigned: _S.ACTIVE,
        },
        _S.SUSPENDED: {
            ContractResumed: _S.ACTIVE,
            ContractAmended: _S.SUSPENDED,
            ContractTerminated: _S.TERMINATED,
            ContractExpired: _S.EXPIRED,
            ContractTransferred: _S.SUSPENDED,
            ContractReassigned: _S.SUSPENDED,
        },
        # An ended contract is history: only the number of its customer follows a merge, so that the overview stays whole.
        _S.TERMINATED: {ContractReassigned: _S.TERMINATED},
        _S.EXPIRED: {ContractReassigned: _S.EXPIRED},
    }
)
"""The life of a contract; ContractSigned begins it. Signing again after the end gives a new number."""


def evolve(contract: Contract | None, event: ContractEvent) -> Contract:
    """The contract after the event; None is the contract before it was signed.

    Errors: CustmasterError for what its life does not hold, another contract's event, or a customer that is not in it (the caller's bug: no
    `decide` emits such an event). Source: the law of fold; B7.

    >>> from datetime import date
    >>> signed = ContractSigned(
    ...     on=date(2026, 11, 24),
    ...     actor="S-1",
    ...     request_id="T-1",
    ...     contract=Contract(number="C1", product="0000000001", customer="6000000001"),
    ... )
    >>> ended = ContractTerminated(on=date(2026, 11, 25), actor="S-1", request_id="T-2", number="C1")
    >>> str(evolve(evolve(None, signed), ended).state)
    'TERMINATED'
    """
    if isinstance(event, ContractSigned):
        if contract is not None:
            raise CustmasterError("ContractSigned does not happen to a contract that is there")
        return changed(event.contract, signed_on=event.contract.signed_on or event.on, request_id=event.request_id)
    if contract is None or contract.number != event.number:
        raise CustmasterError(f"{type(event).__name__} is not about this contract")
    reached = step(CONTRACT_TRANSITIONS, contract.state, event)
    if isinstance(reached, NoSuchStep):
        raise CustmasterError(f"{reached.event} does not happen to a contract that is {reached.state}")
    return _changed(contract, event, reached)


_Later = (
    ContractActivated
    | ContractAmended
    | ContractSuspended
    | ContractResumed
    | ContractTerminated
    | ContractExpired
    | ContractTransferred
    | ContractReassigned
)


def _changed(contract: Contract, event: _Later, reached: State) -> Contract:
    match event:
        case ContractActivated() | ContractSuspended() | ContractResumed():
            return changed(contract, state=reached)
        case ContractTerminated() | ContractExpired():
            return changed(contract, state=reached, ended_on=event.on)
        case ContractAmended():
            return _amended(contract, event, event.change)
        case ContractTransferred():
            return _amended(contract, event, ContractChange(account=event.account, card=event.card))
        case ContractReassigned():
            return _reassigned(contract, event)
    assert_never(event)


def _amended(contract: Contract, event: ContractAmended | ContractTransferred, change: ContractChange) -> Contract:
    after = {name: getattr(change, name) for name in change.touched}
    held = {name: getattr(contract, name) for name in change.touched}
    before = ContractChange(**held) if any(value is not None for value in held.values()) else None
    entry = Amendment(on=event.on, actor=event.actor, request_id=event.request_id, fields=change.touched, before=before)
    return changed(contract, **after, amendments=(*contract.amendments, entry))


def _reassigned(contract: Contract, event: ContractReassigned) -> Contract:
    if event.customer not in contract.customers:
        raise CustmasterError("the customer that is replaced is not in this contract")
    parties = dict.fromkeys(
        changed(party, number=event.becomes) if party.number == event.customer else party for party in contract.parties
    )
    signs = event.becomes if contract.customer == event.customer else contract.customer
    return changed(contract, customer=signs, parties=tuple(parties))
