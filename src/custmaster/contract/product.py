"""A contract product (签约产品): what is signed, in which category, for whom, and what it means for closing and for other products."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.contract.kinds import Category, Effect, Flow, Level
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.value._checks import texts
from custmaster.value.channel import EVERY, check_code, covers
from custmaster.value.span import ALWAYS, Span

__all__ = ["Exclusion", "Product"]

_NUMBER: Final = re.compile(r"[0-9A-Z]{1,32}")

if TYPE_CHECKING:

    def _channels(values: Iterable[str]) -> tuple[str, ...]: ...

    def _needs(values: Iterable[str]) -> tuple[str, ...]: ...

    def _rows(values: Iterable[Exclusion]) -> tuple[Exclusion, ...]: ...

else:
    _rows = tuple

    def _channels(values):  # noqa: ANN001, ANN202
        return texts(values, "channels")

    def _needs(values):  # noqa: ANN001, ANN202
        return texts(values, "needs")


@frozen(kw_only=True)
class Exclusion:
    """A product that must not live beside this one (互斥); of the two rows of a pair the smaller `priority` prevails.

    Without a row on the other side, or with equal ones, neither prevails. Errors: InvalidValue (RANGE) for a priority below 1.

    >>> Exclusion(product="0000000002").priority
    1
    """

    product: str
    priority: int = 1

    def __attrs_post_init__(self) -> None:
        if self.priority < 1:
            raise InvalidValue(Fault.RANGE, path="priority", remedy="priorities are counted from 1, the strongest")


@frozen(kw_only=True)
class Product:
    """One row of the product catalogue.

    `number` has the bank's positions (R-68), leading zeros kept. `flow` stands for collection and payment and for nothing else.
    `several_per_card` (一卡多签) lets one card hold several, told apart by their `instance`; `reference_in_key` does the same by the
    reference, as the mobile number of an alert. `must_end` (销户必解): to be ended before a closing. `transferable` (可转移) goes with the customer to a new
    card. `repays`: it repays a loan or a credit card. `resign_maintains`: signing it again changes the contract that there is. `needs` are
    products that must live beside it, `closing` what it does to a closing where the bank has its own word. `offered` are the days on which it
    may be signed. Errors: InvalidRecord with all that contradicts itself. Source: R-60, R-65, R-68, B7.

    >>> Product(number="0000000001", zh="短信通", en="text alerts", category=Category.PRODUCT_SERVICE).level
    <Level.CUSTOMER: 'CUSTOMER'>
    """

    number: str
    zh: str
    en: str
    category: Category
    level: Level = Level.CUSTOMER
    flow: Flow | None = None
    several_per_card: bool = False
    reference_in_key: bool = False
    terminable: bool = True
    must_end: bool = False
    transferable: bool = False
    repays: bool = False
    resign_maintains: bool = False
    channels: tuple[str, ...] = field(default=(EVERY,), converter=_channels)
    excludes: tuple[Exclusion, ...] = field(default=(), converter=_rows)
    needs: tuple[str, ...] = field(default=(), converter=_needs)
    closing: Effect | None = None
    offered: Span = ALWAYS

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults) from None

    def sold_over(self, channel: str) -> bool:
        """Whether it may be signed over the channel."""
        return any(covers(row, channel) for row in self.channels)


def _faults(product: Product) -> Iterator[InvalidValue]:
    if _NUMBER.fullmatch(product.number) is None:
        remedy = "digits or capitals, as text with its leading zeros"
        yield InvalidValue(Fault.FORMAT, path="number", length=len(product.number), remedy=remedy)
    for path, text in (("zh", product.zh), ("en", product.en)):
        if not text.strip():
            yield InvalidValue(Fault.EMPTY, path=path)
    if (product.category is Category.COLLECTION_PAYMENT) is (product.flow is None):
        yield InvalidValue(
            Fault.CONFLICT, path="flow", remedy="it stands for collection and payment, and for nothing else"
        )
    if product.must_end and not product.terminable:
        yield InvalidValue(Fault.CONFLICT, path="must_end", remedy="what must be ended can be ended")
    yield from _of_channels(product)
    yield from _twice(product)


def _of_channels(product: Product) -> Iterator[InvalidValue]:
    if not product.channels:
        yield InvalidValue(Fault.EMPTY, path="channels", remedy="name the channels, or * for all")
    for place, code in enumerate(product.channels):
        try:
            check_code(code, f"channels[{place}]", every=True)
        except InvalidValue as fault:
            yield fault


def _twice(product: Product) -> Iterator[InvalidValue]:
    for path, listed in (
        ("channels", product.channels),
        ("excludes", tuple(row.product for row in product.excludes)),
        ("needs", product.needs),
    ):
        for place, one in enumerate(listed):
            if one in listed[:place]:
                yield InvalidValue(Fault.DUPLICATE, path=f"{path}[{place}]")
