"""All contracts of a customer at one glance (签约总览): by category, drafts apart, ended ones on request, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.ending import is_over
from custmaster.contract.kinds import Category, PartyRole, State
from custmaster.contract.product import Product
from custmaster.contract.record import Contract
from custmaster.desk.contract_facts import Register

__all__ = ["Listed", "Overview", "overview"]

_NO_ALIASES: Final[Mapping[str, str]] = MappingProxyType({})


@frozen(kw_only=True)
class Listed:
    """One contract in an overview.

    `product` is None where the catalogue does not hold it. `signs` says whether the customer signed it, `roles` what else the customer is in it.
    `over` says that its days were over on the day, though it had not ended.
    """

    contract: Contract
    product: Product | None
    signs: bool
    roles: tuple[PartyRole, ...]
    over: bool


@frozen(kw_only=True)
class Overview:
    """A customer's contracts as of a day: those that stood, by category; drafts; those that had ended, empty unless asked for.

    `unlisted` are standing contracts of products that the catalogue does not hold, and so of no category. Every category has its row.
    """

    customer: str
    day: date
    standing: Mapping[Category, tuple[Listed, ...]]
    unlisted: tuple[Listed, ...]
    drafts: tuple[Listed, ...]
    ended: tuple[Listed, ...]

    @property
    def count(self) -> int:
        """How many contracts stood."""
        return sum(len(listed) for listed in self.standing.values()) + len(self.unlisted)


def overview(
    customer: str,
    register: Register,
    day: date,
    numbers: Mapping[str, str] = _NO_ALIASES,
    *,
    ended: bool = False,
) -> Overview:
    """The contracts of the customer as of the day, by number; also those in which the customer is a further party.

    `numbers` says where merged numbers lead (`aliases.resolutions`): a survivor's overview holds what the absorbed customers signed, and
    an absorbed number shows its survivor's. A contract signed after the day is left out, one that ended after the day still stood; which other fields
    an amendment changed since is told by its history. Source: R-48, R-59.

    >>> from custmaster.contract.catalogue import Catalogue
    >>> alert = Product(number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE)
    >>> contract = Contract(number="C1", product=alert.number, customer="6000000001")
    >>> register = Register(catalogue=Catalogue(version="1", positions=10, products=[alert]), contracts=[contract])
    >>> found = overview("6000000001", register, date(2026, 11, 24))
    >>> {str(category): len(listed) for category, listed in found.standing.items() if listed}
    {'PRODUCT_SERVICE': 1}
    """
    end = numbers.get(customer, customer)
    mine = [
        _listed(one, end, numbers, register.catalogue, day)
        for one in register.contracts
        if _is_there(one, day) and any(numbers.get(number, number) == end for number in one.customers)
    ]
    gone = [one for one in mine if _has_ended(one.contract, day)]
    drafts = [one for one in mine if one.contract.state is State.DRAFT]
    standing = [one for one in mine if one not in gone and one not in drafts]
    return Overview(
        customer=end,
        day=day,
        standing=MappingProxyType({category: _of(standing, category) for category in Category}),
        unlisted=tuple(one for one in standing if one.product is None),
        drafts=tuple(drafts),
        ended=tuple(gone) if ended else (),
    )


def _is_there(contract: Contract, day: date) -> bool:
    return contract.signed_on is None or contract.signed_on <= day


def _has_ended(contract: Contract, day: date) -> bool:
    """Whether it had ended by the day; an ended contract that does not say when had ended."""
    ended = contract.state in (State.TERMINATED, State.EXPIRED)
    return ended and (contract.ended_on is None or contract.ended_on <= day)


def _listed(contract: Contract, end: str, numbers: Mapping[str, str], catalogue: Catalogue, day: date) -> Listed:
    return Listed(
        contract=contract,
        product=catalogue.by_number.get(contract.product),
        signs=numbers.get(contract.customer, contract.customer) == end,
        roles=tuple(party.role for party in contract.parties if numbers.get(party.number, party.number) == end),
        over=is_over(contract, day) and not _has_ended(contract, day),
    )


def _of(listed: Iterable[Listed], category: Category) -> tuple[Listed, ...]:
    return tuple(one for one in listed if one.product is not None and one.product.category is category)
