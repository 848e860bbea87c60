"""One customer as somebody entered it: what a row of a bank's file says, before anything is believed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.value._checks import each_of, of
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.address import Address
from custmaster.value.document import IdentityDocument
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

__all__ = ["Entry"]


# A type checker sees what a list holds; at run time each is `tuple` itself, since every row of a file has five.
if TYPE_CHECKING:

    def _documents(given: Iterable[IdentityDocument]) -> tuple[IdentityDocument, ...]: ...

    def _phones(given: Iterable[Phone]) -> tuple[Phone, ...]: ...

    def _addresses(given: Iterable[Address]) -> tuple[Address, ...]: ...

    def _cards(given: Iterable[CardNumber]) -> tuple[CardNumber, ...]: ...

    def _accounts(given: Iterable[AccountNumber]) -> tuple[AccountNumber, ...]: ...

else:
    _documents = _phones = _addresses = _cards = _accounts = tuple


@frozen(kw_only=True)
class Entry:
    """What was entered about one customer; every field may be absent, and nothing is validated yet.

    `source_key` is the host's own key of the row. `birth_date` of a unit (单位) is its day of establishment. Dirty stock must
    load, so a wrong number or a damaged name is kept as it stands and judged by `custmaster.customer.judge`.
    Source: R-46, R-47, R-52; the nine elements of requirements.md B5.

    >>> Entry(name=Name("张伟")).name
    Name(张*)
    """

    kind: PartyKind = PartyKind.PERSON
    source_key: str | None = None
    customer_number: str | None = None
    name: Name | None = field(default=None, validator=of(Name, optional=True))
    documents: tuple[IdentityDocument, ...] = field(
        default=(), converter=_documents, validator=each_of(IdentityDocument)
    )
    sex: Sex | None = None
    birth_date: date | None = field(default=None, repr=False)
    nationality: str | None = field(default=None, repr=False)
    occupation: str | None = field(default=None, repr=False)
    phones: tuple[Phone, ...] = field(default=(), converter=_phones, validator=each_of(Phone))
    addresses: tuple[Address, ...] = field(default=(), converter=_addresses, validator=each_of(Address))
    email: Email | None = field(default=None, validator=of(Email, optional=True))
    card_numbers: tuple[CardNumber, ...] = field(default=(), converter=_cards, validator=each_of(CardNumber))
    account_numbers: tuple[AccountNumber, ...] = field(
        default=(), converter=_accounts, validator=each_of(AccountNumber)
    )
    opened_on: date | None = None
