"""What is asked when something is closed, what the host states, what a check may look at, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.contract.record import Contract, number_key
from custmaster.decision import Decision, Fact, Outcome, Reason
from custmaster.desk.contract_facts import Register
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.value._checks import of
from custmaster.value.account import AccountNumber, CardNumber

__all__ = ["Check", "Closing", "ClosingCase", "ClosingFacts", "ClosingHit", "ClosingReport", "Pending"]


@frozen(kw_only=True)
class Closing:
    """The request: the customer, and the account (销户) or card (销卡) that is closed; with neither, the customer itself is.

    Errors: InvalidValue (EMPTY) without a customer, for whom nothing would stand in the way; (CONFLICT) for an account and a card at once:
    they are closed one after the other.

    >>> Closing(customer="6000000001", card=CardNumber("6222000011112222"))
    Closing(customer='6000000001', account=None, card=CardNumber(622200******2222))
    """

    customer: str
    account: AccountNumber | None = field(default=None, validator=of(AccountNumber, optional=True))
    card: CardNumber | None = field(default=None, validator=of(CardNumber, optional=True))

    def __attrs_post_init__(self) -> None:
        if not self.customer.strip():
            raise InvalidValue(Fault.EMPTY, path="customer")
        if self.account is not None and self.card is not None:
            raise InvalidValue(Fault.CONFLICT, path="card", remedy="ask for the account and the card one by one")


@frozen(kw_only=True)
class Pending:
    """A contract of collection or payment with items under way (未了代收付), and the day of the last one where it is known."""

    contract: str
    last: date | None = None


if TYPE_CHECKING:

    def _pending(values: Iterable[Pending]) -> tuple[Pending, ...]: ...

    def _stated(values: Mapping[str, Fact]) -> Mapping[str, Fact]: ...

    def _numbers(values: Mapping[str, str]) -> Mapping[str, str]: ...

    def _days(values: Mapping[str, date | None]) -> Mapping[str, date | None]: ...

else:

    def _pending(values):  # noqa: ANN001, ANN202
        return tuple(sorted(values, key=lambda one: one.contract))

    def _stated(values):  # noqa: ANN001, ANN202
        return MappingProxyType(dict(values))

    _numbers = _days = _stated

_NONE: Mapping[str, str] = MappingProxyType({})


@frozen(kw_only=True)
class ClosingFacts:
    """What the host knows; `pending` must be stated, for what was not looked up is not none.

    `register` holds every contract of the customer, and of others that name the account or card. `numbers` says where merged customer
    numbers lead (`aliases.resolutions`). `stated` are facts for the host's own checks, under names of its own: a balance, a count of loans.
    Errors: InvalidValue (DUPLICATE) for a contract that is pending twice, in whatever case its number is written.
    """

    register: Register
    pending: tuple[Pending, ...] = field(converter=_pending)
    numbers: Mapping[str, str] = field(default=_NONE, converter=_numbers, hash=False)
    stated: Mapping[str, Fact] = field(default=_NONE, converter=_stated, hash=False)

    def __attrs_post_init__(self) -> None:
        if len({number_key(one.contract) for one in self.pending}) < len(self.pending):
            raise InvalidValue(Fault.DUPLICATE, path="pending", remedy="name each contract once, with its last item")


@frozen(kw_only=True)
class ClosingHit:
    """One thing that is told of a closing, and the earliest day on which it no longer stands in the way; None where nobody knows.

    For what can be done at the counter that day is the day itself. A note stands in nobody's way.
    """

    reason: Reason
    earliest: date | None = None


@frozen(kw_only=True)
class ClosingCase:
    """All that a check may look at: what is closed, the contracts that it touches, what is pending, what the host stated, the day."""

    closing: Closing
    register: Register
    contracts: tuple[Contract, ...]
    pending: Mapping[str, date | None] = field(converter=_days, hash=False)
    stated: Mapping[str, Fact] = field(converter=_stated, hash=False)
    day: date
    page: Page

    @property
    def live(self) -> tuple[Contract, ...]:
        """Those of the contracts that stand against anything: ACTIVE or SUSPENDED."""
        return tuple(one for one in self.contracts if one.is_live)


@frozen(kw_only=True)
class Check:
    """One row: a name, and a pure function from the case to its hits. A host passes rows of its own beside those of the library.

    For the report to be monotone, as the library's own rows are, more contracts must never make a check find less.
    """

    name: str
    finds: Callable[[ClosingCase], Iterable[ClosingHit]]


@frozen(kw_only=True)
class ClosingReport:
    """The answer: every hit, the decision, and the live contracts that are touched, in an order in which they can be ended."""

    closing: Closing
    day: date
    hits: tuple[ClosingHit, ...]
    decision: Decision
    to_end: tuple[str, ...]

    @property
    def earliest(self) -> date | None:
        """The first day on which nothing that stands in the way would any more, each remedy taken; None where nobody knows.

        It is the day of the question when nothing stands in the way; what an approval lifted does not.
        """
        standing = [hit.earliest for hit in self.hits if self._stands(hit.reason)]
        known = [day for day in standing if day is not None]
        return max((self.day, *known)) if len(known) == len(standing) else None

    def _stands(self, reason: Reason) -> bool:
        return reason.outcome is not Outcome.ALLOWED and not any(one.lifts(reason) for one in self.decision.approvals)
