"""The product catalogue (签约产品目录): every product once, checked as a whole before anything is signed by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.contract.product import Product
from custmaster.errors import CustmasterError, Fault, InvalidRecord, InvalidValue

__all__ = ["Catalogue"]

if TYPE_CHECKING:

    def _products(values: Iterable[Product]) -> tuple[Product, ...]: ...

else:

    def _products(values):  # noqa: ANN001, ANN202
        return tuple(sorted(values, key=lambda product: product.number))


@frozen(kw_only=True)
class Catalogue:
    """All products that are signed, under one version; they are kept by number.

    `positions` is how many positions a product number has in this bank (handbook: contract.product_number.positions). Errors:
    InvalidRecord with everything that is wrong between the products: a number that stands twice or has other positions, a product that is
    needed or excluded and not there, a circle of needs, what is needed and excluded at once. Source: R-65, R-68, B7.

    >>> from custmaster.contract.kinds import Category
    >>> alert = Product(
    ...     number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE, needs=["0000000009"]
    ... )
    >>> try:
    ...     Catalogue(version="2026.1", positions=10, products=[alert])
    ... except InvalidRecord as problem:
    ...     [(fault.path, fault.remedy) for fault in problem.faults]
    [('0000000001.needs[0]', 'there is no product 0000000009')]
    """

    version: str
    positions: int
    products: tuple[Product, ...] = field(converter=_products)

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults) from None

    @cached_property
    def by_number(self) -> Mapping[str, Product]:
        """The products by their number."""
        return MappingProxyType({product.number: product for product in self.products})

    def product(self, number: str) -> Product:
        """The product of this number. Errors: CustmasterError when there is none: ask `by_number` first.

        >>> Catalogue(version="1", positions=10, products=[]).product("0000000001")
        Traceback (most recent call last):
        custmaster.errors.CustmasterError: the catalogue 1 has no product 0000000001
        """
        found = self.by_number.get(number)
        if found is None:
            raise CustmasterError(f"the catalogue {self.version} has no product {number}")
        return found

    def exclude(self, one: str, other: str) -> bool:
        """Whether the two products must not live side by side, whichever of them says so."""
        return self._priority(one, other) is not None or self._priority(other, one) is not None

    def prevails(self, one: str, other: str) -> bool:
        """Whether of two products that exclude one another the first is the stronger."""
        mine, theirs = self._priority(one, other), self._priority(other, one)
        return mine is not None and theirs is not None and mine < theirs

    def _priority(self, one: str, other: str) -> int | None:
        return next((row.priority for row in self.product(one).excludes if row.product == other), None)

    def needed_by(self, number: str) -> tuple[str, ...]:
        """The products that need this one themselves, by number."""
        return tuple(product.number for product in self.products if number in product.needs)


def _faults(catalogue: Catalogue) -> Iterator[InvalidValue]:
    known = {product.number: product for product in catalogue.products}
    if not catalogue.version.strip():
        yield InvalidValue(Fault.EMPTY, path="version")
    for one, after in zip(catalogue.products, catalogue.products[1:], strict=False):
        if one.number == after.number:
            yield InvalidValue(Fault.DUPLICATE, path=f"{one.number}.number", remedy="a product stands once")
    for product in catalogue.products:
        yield from _of_product(product, catalogue.positions, known)
    yield from _circles(known)
    yield from _contradictions(known)


def _of_product(product: Product, positions: int, known: Mapping[str, Product]) -> Iterator[InvalidValue]:
    if len(product.number) != positions:
        remedy = f"a product number has {positions} positions"
        yield InvalidValue(Fault.LENGTH, path=f"{product.number}.number", length=len(product.number), remedy=remedy)
    named = [(f"needs[{place}]", number) for place, number in enumerate(product.needs)]
    named += [(f"excludes[{place}]", row.product) for place, row in enumerate(product.excludes)]
    for path, number in named:
        if number not in known:
            yield InvalidValue(
                Fault.UNKNOWN_CODE, path=f"{product.number}.{path}", remedy=f"there is no product {number}"
            )
        elif number == product.number:
            yield InvalidValue(
                Fault.CONFLICT, path=f"{product.number}.{path}", remedy="a product does not speak of itself here"
            )


def _all_needs(number: str, known: Mapping[str, Product]) -> tuple[str, ...]:
    """Every product that must live beside this one, directly or by way of others, in the order in which they are found."""
    found: dict[str, None] = {}
    waiting = [number]
    while waiting:
        for needed in known[waiting.pop()].needs:
            if needed in known and needed not in found:
                found[needed] = None
                waiting.append(needed)
    return tuple(found)


def _circles(known: Mapping[str, Product]) -> Iterator[InvalidValue]:
    for number, product in known.items():
        if number in _all_needs(number, known) and number not in product.needs:
            round_about = [other for other in _all_needs(number, known) if number in _all_needs(other, known)]
            remedy = f"it needs itself by way of {', '.join(sorted(set(round_about) - {number}))}"
            yield InvalidValue(Fault.CONFLICT, path=f"{number}.needs", remedy=remedy)


def _contradictions(known: Mapping[str, Product]) -> Iterator[InvalidValue]:
    """A product that can never be signed: it, and all that it needs, must be able to live side by side."""
    apart = {frozenset((number, row.product)) for number, product in known.items() for row in product.excludes}
    for number in known:
        together = sorted({number, *_all_needs(number, known)})
        for one, other in combinations(together, 2):
            if frozenset((one, other)) in apart:
                remedy = f"it needs {one} and {other} side by side, and these exclude one another"
                if number in (one, other):
                    remedy = f"it needs {other if number == one else one}, and excludes it"
                yield InvalidValue(Fault.CONFLICT, path=f"{number}.excludes", remedy=remedy)
