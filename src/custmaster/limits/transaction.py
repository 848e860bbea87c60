"""A transaction as limits see it: which way money moves, how much, and on which business date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.limits.kinds import AccountClass, Counterparty
from custmaster.value._checks import of
from custmaster.value.account import AccountNumber
from custmaster.value.channel import check_code
from custmaster.value.identity import free_form
from custmaster.value.money import ONE_AMOUNT, Money

__all__ = ["Slot", "Transaction", "counted_account", "yuan"]

_CURRENCY: Final = "CNY"


def yuan(money: object, path: str) -> Decimal:
    """The amount of money in CNY. Errors: InvalidValue (TYPE) for anything but Money, (CONFLICT) for another currency.

    >>> yuan(Money(Decimal("0.10")), "amount")
    Decimal('0.10')
    """
    if not isinstance(money, Money):
        raise InvalidValue(Fault.TYPE, path=path, remedy="give Money, which is made of a Decimal, never of a float")
    if money.currency != _CURRENCY:
        raise InvalidValue(Fault.CONFLICT, path=path, remedy="limits are in CNY: convert first")
    return money.amount


def counted_account(number: AccountNumber | None) -> AccountNumber | None:
    """The account in its exact form, so that one number is one account however it is written; anything else as it is.

    >>> counted_account(AccountNumber("6222 0000 1111 2222")) == AccountNumber("6222000011112222")
    True
    """
    if not isinstance(number, AccountNumber):
        return number
    text = number.reveal()
    exact = free_form.compact(text)
    return number if exact in (text, "") else AccountNumber(exact)


@frozen(kw_only=True, cache_hash=True)
class Slot:
    """One way in which money moves; the sums of what was used are kept by slot.

    `channel` and `action` are the bank's codes. `account` is the customer's own account, of `account_class` where it has one, kept in its
    exact form: without its number, all accounts of the class count as one. Errors: InvalidRecord (TYPE, FORMAT).

    >>> Slot(channel="MOBILE", action="TRANSFER_OUT", counterparty=Counterparty.OTHER_NAME).channel
    'MOBILE'
    """

    channel: str
    action: str
    counterparty: Counterparty = field(default=Counterparty.NONE, validator=of(Counterparty))
    account_class: AccountClass | None = field(default=None, validator=of(AccountClass, optional=True))
    account: AccountNumber | None = field(
        default=None, converter=counted_account, validator=of(AccountNumber, optional=True)
    )
    way: str = field(init=False, repr=False, eq=False)
    """All but the account, in one text: what rows are found by."""

    def __attrs_post_init__(self) -> None:
        check_code(self.channel, "channel")
        check_code(self.action, "action")
        way = (self.channel, self.action, self.counterparty, self.account_class or "")
        object.__setattr__(self, "way", "|".join(way))

    @property
    def order(self) -> tuple[str, ...]:
        """A total order of slots; it holds the account's number, so it is for sorting and never for showing."""
        account = "" if self.account is None else self.account.reveal()
        return (self.way, account)


@frozen(kw_only=True)
class Transaction:
    """What is asked of limits: `id` is the host's own and never used twice, `day` the bank's business date.

    `balance` is that of the account before the transaction, wanted where a limit of a balance applies. Errors: InvalidRecord with all that
    is wrong: an amount that is no Money, not above zero, from 10**15 on, or not in CNY; an empty id. Source: R-61, B7.

    >>> way = Slot(channel="MOBILE", action="TRANSFER_OUT", counterparty=Counterparty.OTHER_NAME)
    >>> Transaction(id="T-1", customer="6000000001", day=date(2026, 11, 23), slot=way, amount=0.1)
    Traceback (most recent call last):
    custmaster.errors.InvalidRecord: amount: wrong type (TYPE); give Money, which is made of a Decimal, never of a float
    """

    id: str = field(validator=of(str))
    customer: str = field(validator=of(str))
    day: date
    slot: Slot = field(validator=of(Slot))
    amount: Money
    balance: Money | None = None

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults) from None

    def is_sent_again(self, other: Transaction) -> bool:
        """Whether both are one transaction: the balance may have moved since, and the number gone to a survivor."""
        return (self.id, self.day, self.slot, self.amount) == (other.id, other.day, other.slot, other.amount)


def _faults(transaction: Transaction) -> Iterator[InvalidValue]:
    for path, text in (("id", transaction.id), ("customer", transaction.customer)):
        if not text.strip():
            yield InvalidValue(Fault.EMPTY, path=path)
    if type(transaction.day) is not date:
        yield InvalidValue(Fault.TYPE, path="day", remedy="a business date without a time of day")
    try:
        if not 0 < yuan(transaction.amount, "amount") < ONE_AMOUNT:
            remedy = "an amount is above zero and below 10**15; which way it goes is the action"
            yield InvalidValue(Fault.RANGE, path="amount", remedy=remedy)
        if transaction.balance is not None and abs(yuan(transaction.balance, "balance")) >= ONE_AMOUNT:
            yield InvalidValue(Fault.RANGE, path="balance", remedy="a balance is below 10**15")
    except InvalidValue as fault:
        yield fault
