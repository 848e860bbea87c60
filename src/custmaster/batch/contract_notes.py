"""What is noted of the contracts of a register before any of them are brought together: rows, and digests of what they may have in common."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from custmaster.contract.kinds import Category
from custmaster.contract.register import RegisterPage
from custmaster.contract.sameness import KeyedContract
from custmaster.value.channel import EVERY

__all__ = ["Noted", "Notes", "involved"]


@frozen
class Noted:
    """Rows and digests, column beside column; `marks` is one more number for each."""

    rows: array[int] = field(factory=lambda: array("q"))
    digests: array[int] = field(factory=lambda: array("q"))
    marks: array[int] = field(factory=lambda: array("q"))

    def add(self, rows: Iterable[int], digests: Iterable[int], marks: Iterable[int] = ()) -> None:
        """Some rows more."""
        self.rows.extend(rows)
        self.digests.extend(digests)
        self.marks.extend(marks)


@frozen
class Notes:
    """What is known of the rows so far.

    `told` are those of which a record must tell by itself. `numbers` and `keys` are noted for every row that has one, the keys of live contracts
    alone; `places` for behaviours of transactions, marked 1 where the channel is `*`; `customers` for live contracts of products that exclude
    or need others, marked with the product's place among these.
    """

    told: array[int] = field(factory=lambda: array("q"))
    numbers: Noted = field(factory=Noted)
    keys: Noted = field(factory=Noted)
    places: Noted = field(factory=Noted)
    customers: Noted = field(factory=Noted)

    def of_record(self, row: int, keyed: KeyedContract | None, among: Mapping[str, int]) -> None:
        """Note one contract by its record."""
        if keyed is None or not keyed.contract.is_live:
            return
        if keyed.key is not None and keyed.place is not None:
            self.keys.add((row,), (hash(keyed.key),))
            if keyed.product.category is Category.TRANSACTION_BEHAVIOUR:
                self.places.add((row,), (hash(keyed.place),), (int(EVERY in keyed.contract.channels),))
        if keyed.product.number in among:
            self.customers.add((row,), (hash(keyed.contract.customer),), (among[keyed.product.number],))


def involved(page: RegisterPage) -> Mapping[str, int]:
    """The products that exclude or need others, or are named by one that does, each with its place among them."""
    products = page.catalogue.products
    named = {row.product for product in products for row in product.excludes}
    named |= {number for product in products for number in product.needs}
    named |= {product.number for product in products if product.excludes or product.needs}
    return {number: place for place, number in enumerate(sorted(named))}
