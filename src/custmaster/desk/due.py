"""Restrictions that are due by what the bank itself knows: an expired document, an account in which nothing was ever done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.customer.expiry import Rung, rung
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.handbook.screening_keys import SCREENING_NO_TRANSACTION
from custmaster.screening.kinds import RestrictionCause
from custmaster.screening.ledger import RestrictionLedger, standing
from custmaster.screening.restriction import Restriction
from custmaster.screening.sanctions import no_transaction_since, sanctions
from custmaster.value.span import add_months

__all__ = ["AccountLife", "due"]

if TYPE_CHECKING:

    def _accounts(values: Iterable[AccountLife]) -> tuple[AccountLife, ...]: ...

else:
    _accounts = tuple


@frozen(kw_only=True)
class AccountLife:
    """When an open account was opened, and the day of the first transaction that its customer made; None for none yet.

    Errors: InvalidValue (ORDER) for a transaction before the opening.

    >>> AccountLife(opened_on=date(2026, 5, 28)).first_transaction_on is None
    True
    """

    opened_on: date
    first_transaction_on: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.first_transaction_on is not None and self.first_transaction_on < self.opened_on:
            raise InvalidValue(Fault.ORDER, path="first_transaction_on", remedy="nothing happens before the opening")


@frozen(kw_only=True)
class _Asked:
    customer: Customer
    accounts: tuple[AccountLife, ...] = field(converter=_accounts)
    ledger: RestrictionLedger
    page: Page


def due(
    customer: Customer, accounts: Iterable[AccountLife], ledger: RestrictionLedger, number: str, page: Page
) -> tuple[Restriction, ...]:
    """The restrictions to impose on the customer on the page's day, for `custmaster.screening.impose`; nothing is imposed yet.

    ID_EXPIRED: the primary document is past its days of grace (`customer.expiry`, SUSPEND). NO_TRANSACTION: none in an open account in the
    months after its opening; once that was imposed and lifted, since the customer was verified, the same accounts are not due again.
    A cause that stands already is not due, nor is anything for a customer who is not active. They are numbered `number`-CAUSE-1 and so on.
    Errors: NotInForce on a page without the figures. Source: requirements.md B5 (2007 No. 2, article 19; 银发〔2016〕261号).

    >>> from custmaster.handbook import default
    >>> from custmaster.screening.ledger import EMPTY_RESTRICTIONS
    >>> from custmaster.value.party import PartyKind
    >>> customer = Customer(number="6000000001", kind=PartyKind.PERSON)
    >>> idle = [AccountLife(opened_on=date(2026, 5, 28))]
    >>> page = default().on(date(2026, 11, 28))
    >>> [one.number for one in due(customer, idle, EMPTY_RESTRICTIONS, "RUN-7", page)]
    ['RUN-7-NO_TRANSACTION-1']
    """
    asked = _Asked(customer=customer, accounts=accounts, ledger=ledger, page=page)
    causes = _causes(asked) if customer.status is Status.ACTIVE else ()
    return tuple(
        one
        for cause in causes
        for one in sanctions(
            cause, customer=customer.number, number=f"{number}-{cause}" if number else "", source="", page=page
        )
    )


def _causes(asked: _Asked) -> Iterator[RestrictionCause]:
    stands = {one.cause for one in standing(asked.ledger, asked.customer.number, asked.page.day)}
    if RestrictionCause.ID_EXPIRED not in stands and _is_expired(asked):
        yield RestrictionCause.ID_EXPIRED
    if RestrictionCause.NO_TRANSACTION not in stands and any(_is_idle(asked, one) for one in asked.accounts):
        yield RestrictionCause.NO_TRANSACTION


def _is_expired(asked: _Asked) -> bool:
    document = asked.customer.primary_document(asked.page.day)
    return document is not None and rung(document, page=asked.page, day=asked.page.day) is Rung.SUSPEND


def _is_idle(asked: _Asked, account: AccountLife) -> bool:
    """Whether the account is due, and was not already when the customer was restricted for it before."""
    page = asked.page
    since = add_months(account.opened_on, page[SCREENING_NO_TRANSACTION])
    answered = any(
        one.cause is RestrictionCause.NO_TRANSACTION and one.valid.start is not None and since <= one.valid.start
        for one in asked.ledger.of(asked.customer.number, page.day)
    )
    return not answered and no_transaction_since(account.opened_on, account.first_transaction_on, page)
