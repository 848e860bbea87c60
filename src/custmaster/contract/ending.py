"""The end of contracts: which others need one, in which order several are ended, whether the days of one are over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from custmaster.contract.asked import meet
from custmaster.contract.catalogue import Catalogue
from custmaster.contract.kinds import State
from custmaster.contract.record import Contract
from custmaster.contract.sameness import KeyedContract, keyed_contract

__all__ = ["dependents", "ending_order", "is_over", "left_without", "over"]


def is_over(contract: Contract, day: date) -> bool:
    """Whether the days for which it was agreed are over on the day; a contract without a last day is never over.

    >>> is_over(Contract(number="C1", product="0000000001", customer="6000000001"), date(2026, 11, 24))
    False
    """
    return contract.valid.end is not None and contract.valid.end <= day


def over(contracts: Iterable[Contract], day: date) -> tuple[Contract, ...]:
    """Those that have not ended and whose days are over, by number: what a bank looks for at the end of a day. Source: B7.

    >>> over([Contract(number="C1", product="0000000001", customer="6000000001")], date(2026, 11, 24))
    ()
    """
    found = [one for one in contracts if one.state not in (State.TERMINATED, State.EXPIRED) and is_over(one, day)]
    return tuple(sorted(found, key=lambda one: one.number))


def left_without(before: Iterable[Contract], after: Iterable[Contract], catalogue: Catalogue) -> tuple[Contract, ...]:
    """The live contracts of `after`, by number, that had what they need in `before` and no longer have it.

    A contract has what it needs when a live contract of each product that its own needs stands at the same place; what was missing before is
    nobody's doing now. Contracts of products that the catalogue does not hold need nothing and serve nobody. Source: B7.
    """
    had = _met(before, catalogue)
    has = _met(after, catalogue)
    lost = [one for one in after if had.get(one.number, frozenset()) - has.get(one.number, frozenset())]
    return tuple(sorted((one for one in lost if one.is_live), key=lambda one: one.number))


def _met(contracts: Iterable[Contract], catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """The needed products that each live contract finds at its place."""
    live = [
        keyed_contract(one, catalogue.product(one.product))
        for one in contracts
        if one.is_live and one.product in catalogue.by_number
    ]
    return {one.contract.number: _found(one, live) for one in live}


def _found(one: KeyedContract, live: Iterable[KeyedContract]) -> frozenset[str]:
    wanted = one.product.needs
    return frozenset(other.product.number for other in live if other.product.number in wanted and meet(one, other))


def dependents(contract: Contract, catalogue: Catalogue, beside: Iterable[Contract]) -> tuple[Contract, ...]:
    """The live contracts that need this one and would have nothing in its place, by number: they are ended first.

    A second live contract of the needed product at the same place is enough for them. Source: B7 (a fund contract is not terminated before
    its money products).

    >>> from custmaster.contract.kinds import Category
    >>> from custmaster.contract.product import Product
    >>> fund = Product(number="0000000002", zh="基金", en="funds", category=Category.PRODUCT_SERVICE)
    >>> money = Product(
    ...     number="0000000003", zh="货币基金", en="money fund", category=Category.PRODUCT_SERVICE, needs=["0000000002"]
    ... )
    >>> catalogue = Catalogue(version="1", positions=10, products=[fund, money])
    >>> one, other = (Contract(number=f"C{n}", product=f"000000000{n}", customer="6000000001") for n in (2, 3))
    >>> [found.number for found in dependents(one, catalogue, [one, other])]
    ['C3']
    """
    others = [one for one in beside if one.number != contract.number]
    return left_without([contract, *others], others, catalogue)


def ending_order(contracts: Iterable[Contract], catalogue: Catalogue) -> tuple[Contract, ...]:
    """The contracts in an order in which all of them can be ended: what needs another product goes before it.

    Among those that need nothing of each other the number decides.
    """
    depths: dict[str, int] = {}
    listed = sorted(contracts, key=lambda one: one.number)
    return tuple(sorted(listed, key=lambda one: -_depth(one.product, catalogue, depths)))


def _depth(number: str, catalogue: Catalogue, depths: dict[str, int]) -> int:
    """How many products stand under this one, along the longest way; the catalogue holds no circle."""
    if number not in depths:
        product = catalogue.by_number.get(number)
        needed = () if product is None else product.needs
        depths[number] = max((1 + _depth(below, catalogue, depths) for below in needed), default=0)
    return depths[number]
