"""What is known when a contract is about to be signed: the request, its product and the live contracts beside it; derived once, judged later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve as changed
from attrs import frozen

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.kinds import Level, State
from custmaster.contract.product import Product
from custmaster.contract.record import REQUESTED, Contract, stated
from custmaster.contract.sameness import KeyedContract, account_of, keyed_contract, overlapping, same_as

__all__ = ["Asked", "derive", "meet"]


@frozen(kw_only=True)
class Asked:
    """One signing with everything that the rules ask of it.

    `channel` is the one over which it is signed. `live` are the live contracts of products in the catalogue, by number, this one left out; `same`
    are those among them that are the same contract, and `overlaps` those that speak of the same thing on the same days. `maintained` is
    the one that is changed in place of a second one, and `becomes` what is agreed from then on: the request, or that one with what the request states.
    """

    requested: KeyedContract
    channel: str
    catalogue: Catalogue
    day: date
    live: tuple[KeyedContract, ...]
    same: tuple[KeyedContract, ...]
    overlaps: tuple[KeyedContract, ...]
    maintained: KeyedContract | None
    becomes: Contract

    @property
    def contract(self) -> Contract:
        """The contract as it is asked for."""
        return self.requested.contract

    @property
    def product(self) -> Product:
        """Its product."""
        return self.requested.product


def derive(contract: Contract, channel: str, catalogue: Catalogue, beside: Iterable[Contract], day: date) -> Asked:
    """The facts of a signing; nothing is judged. Errors: CustmasterError for a product that is not in the catalogue.

    A live contract of a product that the catalogue does not hold is left out: it can be neither the same one nor excluded nor needed. A limit
    is changed in place (维护) only where exactly one contract is the same and it is the customer's own. Source: B7.

    >>> from custmaster.contract.kinds import Category
    >>> sms = Product(number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE)
    >>> catalogue = Catalogue(version="1", positions=10, products=[sms])
    >>> asked = Contract(number=REQUESTED, product=sms.number, customer="6000000001")
    >>> there = Contract(number="C1", product=sms.number, customer="6000000001")
    >>> derive(asked, "COUNTER", catalogue, [there], date(2026, 11, 23)).same
    (KeyedContract(number='C1', product='0000000001'),)
    """
    requested = keyed_contract(contract, catalogue.product(contract.product))
    live = tuple(
        keyed_contract(other, catalogue.product(other.product))
        for other in sorted(beside, key=lambda one: one.number)
        if other.is_live and other.product in catalogue.by_number and other.number != contract.number
    )
    same = same_as(requested, live)
    maintained = _maintained(requested, same)
    return Asked(
        requested=requested,
        channel=channel,
        catalogue=catalogue,
        day=day,
        live=live,
        same=same,
        overlaps=overlapping(requested, live),
        maintained=maintained,
        becomes=contract if maintained is None else changed(maintained.contract, **stated(contract)),
    )


def _maintained(requested: KeyedContract, same: tuple[KeyedContract, ...]) -> KeyedContract | None:
    """The contract that is changed in place: a draft changes nothing that lives."""
    new = requested.contract.number == REQUESTED and requested.contract.state is State.ACTIVE
    if not (new and requested.product.resign_maintains and len(same) == 1):
        return None
    return same[0] if same[0].contract.customer == requested.contract.customer else None


def meet(one: KeyedContract, other: KeyedContract) -> bool:
    """Whether two contracts live at the same place: on one account where both are signed for accounts, else at one customer.

    An account that is not named may be any of the customer's. Source: B7 (互斥 on the same account).

    >>> sms = Product(number="0000000001", zh="短信通", en="alerts", category="PRODUCT_SERVICE")
    >>> one, other = (
    ...     keyed_contract(Contract(number=n, product=sms.number, customer=c), sms)
    ...     for n, c in (("C1", "1"), ("C2", "2"))
    ... )
    >>> meet(one, one), meet(one, other)
    (True, False)
    """
    if one.contract.customer != other.contract.customer:
        return False
    if Level.CUSTOMER in (one.product.level, other.product.level):
        return True
    mine, theirs = account_of(one.contract), account_of(other.contract)
    return mine is None or theirs is None or mine == theirs
