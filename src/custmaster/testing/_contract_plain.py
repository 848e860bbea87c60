"""What must hold for contracts, written plainly and from the requirements: nothing here calls what it judges.

The keys of the four categories are those of requirements.md B7. It is slow and short on purpose, as an oracle should be.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import Final

from attrs import evolve

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.kinds import Effect, State
from custmaster.contract.product import Product
from custmaster.contract.record import Authorisation, Contract
from custmaster.value.span import Span

__all__ = ["Plain"]

Number = str
"""The number of a contract."""

_FIELDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("THIRD_PARTY", ""): ("organisation", "reference"),
    ("COLLECTION_PAYMENT", "COLLECT"): ("organisation", "reference"),
    ("COLLECTION_PAYMENT", "PAY"): ("organisation", "customer"),
    ("PRODUCT_SERVICE", "CUSTOMER"): ("customer",),
    ("PRODUCT_SERVICE", "ACCOUNT"): ("customer", "account"),
    ("TRANSACTION_BEHAVIOUR", "CUSTOMER"): ("customer", "channel", "reference"),
    ("TRANSACTION_BEHAVIOUR", "ACCOUNT"): ("customer", "account", "channel", "reference"),
}


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _written(contract: Contract) -> dict[str, str | None]:
    """The fields of a key as texts; None for one that is not stated."""
    number = contract.account or contract.card
    return {
        "organisation": contract.organisation,
        "reference": _folded(contract.reference.reveal()) if contract.reference else None,
        "instance": _folded(contract.instance.reveal()) if contract.instance else None,
        "customer": contract.customer,
        "account": _folded(number.reveal()) if number else None,
        "channel": contract.channels[0] if len(contract.channels) == 1 else None,
    }


class Plain:
    """The plain judgement of contracts of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.products: dict[str, Product] = {product.number: product for product in catalogue.products}

    def key(self, contract: Contract) -> tuple[str | None, ...] | None:
        """What makes it the same as another one; None when a part of it is not stated."""
        product = self.products[contract.product]
        category = product.category.value
        split = "" if category == "THIRD_PARTY" else (product.flow or product.level).value
        fields = _FIELDS[category, split]
        fields += ("reference",) if product.reference_in_key and "reference" not in fields else ()
        fields += ("instance",) if product.several_per_card and "customer" in fields else ()
        written = _written(contract)
        found = tuple(written[name] for name in fields)
        return None if None in found else (product.number, *found)

    def live(self, contracts: Iterable[Contract]) -> list[Contract]:
        """Those that stand against others: what holds, and what rests."""
        return [one for one in contracts if one.state.value in {"ACTIVE", "SUSPENDED"}]

    def twins(self, contracts: Iterable[Contract]) -> set[tuple[Number, Number]]:
        """The pairs of live contracts that are the same one."""
        first: dict[object, Number] = {}
        found: set[tuple[Number, Number]] = set()
        for one in self.live(contracts):
            key = self.key(one)
            if key is not None and key in first:
                found.add((first[key], one.number))
            first.setdefault(key, one.number)
        return found

    def quarrels(self, contracts: Iterable[Contract]) -> set[tuple[Number, Number]]:
        """The pairs of live contracts side by side of which one excludes the other."""
        return {
            (one.number, other.number)
            for one, other in combinations(self.live(contracts), 2)
            if (self._names(one, other) or self._names(other, one)) and self.side_by_side(one, other)
        }

    def _names(self, one: Contract, other: Contract) -> bool:
        return any(row.product == other.product for row in self.products[one.product].excludes)

    def side_by_side(self, one: Contract, other: Contract) -> bool:
        """At one customer; on one account where both are for accounts, and an account that is not named may be any."""
        if one.customer != other.customer:
            return False
        if "CUSTOMER" in {self.products[each.product].level.value for each in (one, other)}:
            return True
        mine, theirs = _written(one)["account"], _written(other)["account"]
        return mine is None or theirs is None or mine == theirs

    def lacking(self, contracts: Iterable[Contract]) -> set[tuple[Number, str]]:
        """The live contracts and the products that they need and do not have beside them."""
        live = self.live(contracts)
        return {
            (one.number, needed)
            for one in live
            for needed in self.products[one.product].needs
            if not any(other.product == needed and self.side_by_side(one, other) for other in live)
        }

    def bars(self, contract: Contract, pending: Iterable[Number] = ()) -> bool:
        """Whether a live contract bars a closing: its product says so, else the bank's rule for contracts of its kind does (B8.7)."""
        product = self.products[contract.product]
        if product.must_end or product.closing is not None:
            return product.must_end or product.closing is Effect.BLOCK
        under_way = product.flow is not None and contract.number in pending
        return product.category.value == "THIRD_PARTY" or under_way or product.repays

    def names(self, contract: Contract, number: str) -> bool:
        """Whether the contract names the account or card, also as the account of an authorisation."""
        given = contract.authorisation.account if contract.authorisation else None
        held = (contract.account, contract.card, given)
        return any(one is not None and _folded(one.reveal()) == _folded(number) for one in held)

    def authorised(self, contract: Contract) -> bool:
        """Whether the payer signed all of it, and for the account or card that the contract names, if it names one."""
        given = contract.authorisation
        if given is None or given.account is None or not _is_whole(given):
            return False
        if contract.account is None and contract.card is None:
            return True
        return self.names(evolve(contract, authorisation=None), given.account.reveal())

    def may_be_signed(self, asked: Contract, contracts: Iterable[Contract], day: date) -> bool:
        """Whether nothing about contracts stands against it; overlaps, which a person may let pass, are not looked at."""
        product = self.products[asked.product]
        others = [one for one in contracts if one.number != asked.number]
        same = [one for one in self.live(others) if self.key(one) == self.key(asked)]
        if self.key(asked) is None or (asked.valid.end is not None and asked.valid.end <= day):
            return False
        if product.flow is not None and product.flow.value == "COLLECT" and not self.authorised(asked):
            return False
        if (
            len(same) == 1
            and product.resign_maintains
            and asked.number == "REQUESTED"
            and asked.state.value == "ACTIVE"
        ):
            end = same[0].valid.end if asked.valid == Span() else asked.valid.end
            return same[0].customer == asked.customer and (end is None or end > day)
        beside = [*others, _as_live(asked)]
        quarrels = self.quarrels(beside) - self.quarrels(others)
        lacks = any(number == asked.number for number, _ in self.lacking(beside))
        return not same and not quarrels and not lacks


def _is_whole(given: Authorisation) -> bool:
    """The five elements of B5."""
    return None not in (given.payee, given.purpose, given.account, given.cycle, given.term)


def _as_live(contract: Contract) -> Contract:
    return evolve(contract, state=State.ACTIVE, ended_on=None)
