"""What is noted of the contracts of a register before any of them are brought together: rows, and digests of what they may have in common."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Final

from attrs import field, frozen

from custmaster.contract.kinds import Level
from custmaster.contract.register import RegisterPage
from custmaster.contract.sameness import KeyedContract, account_of, may_overlap
from custmaster.value.channel import EVERY

__all__ = ["WITHOUT_ACCOUNT", "Held", "Noted", "Notes", "involved"]


WITHOUT_ACCOUNT: Final = -1
"""Stands beside the products of a customer when one that is signed for an account names none: it may be any of them."""


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
class Held:
    """Live contracts of products that exclude or need others: digests of the customer and of the account within, and the product's place.

    The account of a product that is signed for the customer is the customer.
    """

    rows: array[int] = field(factory=lambda: array("q"))
    customers: array[int] = field(factory=lambda: array("q"))
    accounts: array[int] = field(factory=lambda: array("q"))
    products: array[int] = field(factory=lambda: array("q"))

    def add(self, rows: Sequence[int], customers: Sequence[str], accounts: Sequence[str] | None, product: int) -> None:
        """Some contracts of one product more; without `accounts` it is signed for the customer."""
        digests = array("q", map(hash, zip(customers)))
        within = digests if accounts is None else array("q", map(hash, zip(customers, accounts, strict=True)))
        self._add(rows, digests, within, product)
        lacking = [] if accounts is None or "" not in accounts else [at for at, text in enumerate(accounts) if not text]
        if lacking:
            few, theirs, in_none = ([column[at] for at in lacking] for column in (rows, digests, within))
            self._add(few, theirs, in_none, WITHOUT_ACCOUNT)

    def _add(self, rows: Sequence[int], customers: Sequence[int], accounts: Sequence[int], product: int) -> None:
        self.rows.extend(rows)
        self.customers.extend(customers)
        self.accounts.extend(accounts)
        self.products.extend(repeat(product, len(rows)))


@frozen
class Notes:
    """What is known of the rows so far.

    `told` are those of which a record must tell by itself. `numbers` and `keys` are noted for every row that has one, the keys of live contracts
    alone; `places` for products that `may_overlap`, marked 1 where the channel is `*`; `held` for live contracts of products that are `involved`.
    """

    told: array[int] = field(factory=lambda: array("q"))
    numbers: Noted = field(factory=Noted)
    keys: Noted = field(factory=Noted)
    places: Noted = field(factory=Noted)
    held: Held = field(factory=Held)

    def of_record(self, row: int, keyed: KeyedContract, among: Mapping[str, int]) -> None:
        """Note one contract by its record."""
        contract, product = keyed.contract, keyed.product
        if not contract.is_live:
            return
        if keyed.key is not None and keyed.place is not None:
            self.keys.add((row,), (hash(keyed.key),))
            if may_overlap(product):
                self.places.add((row,), (hash(keyed.place),), (int(EVERY in contract.channels),))
        if product.number in among:
            accounts = [account_of(contract) or ""] if product.level is Level.ACCOUNT else None
            self.held.add([row], [contract.customer], accounts, among[product.number])


def involved(page: RegisterPage) -> Mapping[str, int]:
    """The products that exclude or need others, or are named by one that does, each with its place among them."""
    products = page.catalogue.products
    named = {row.product for product in products for row in product.excludes}
    named |= {number for product in products for number in product.needs}
    named |= {product.number for product in products if product.excludes or product.needs}
    return {number: place for place, number in enumerate(sorted(named))}
