"""What is wrong in a register of contracts (签约登记簿): on one contract alone, and among contracts that stand beside each other.

These are the rules that signing holds every request to, asked afterwards of what is there. Whoever asks brings together the contracts that may be
about the same thing; here it is judged whether they are. Only live contracts stand against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from custmaster.contract.asked import meet
from custmaster.contract.catalogue import Catalogue
from custmaster.contract.codes import ContractCode
from custmaster.contract.kinds import Part
from custmaster.contract.record import Contract
from custmaster.contract.sameness import KeyedContract, keyed_contract, overlapping
from custmaster.decision import Citation, Fact, Outcome, Reason, Remark

__all__ = [
    "GROUP_RULES",
    "REGISTER_RULES",
    "Holders",
    "RegisterCode",
    "RegisterPage",
    "excluded",
    "given_twice",
    "judge_alone",
    "keyed_if_known",
    "on_the_same_days",
    "remark",
    "signed_twice",
    "without_what_they_need",
]

_NAMED: Final = 5


class RegisterCode(StrEnum):
    """What is said of a register alone; the other codes are those of signing, with their texts."""

    NUMBER_TWICE = "NUMBER_TWICE"
    SIGNED_TWICE = "SIGNED_TWICE"
    BOUND_TO_SEVERAL = "BOUND_TO_SEVERAL"
    EXCLUDED_SIDE_BY_SIDE = "EXCLUDED_SIDE_BY_SIDE"
    ON_THE_SAME_DAYS = "ON_THE_SAME_DAYS"
    ENDED_BUT_LIVE = "ENDED_BUT_LIVE"
    HOLDER_ABSENT = "HOLDER_ABSENT"
    HOLDER_NOT_ACTIVE = "HOLDER_NOT_ACTIVE"


_C = ContractCode
_G = RegisterCode
REGISTER_RULES: Final[Mapping[StrEnum, tuple[Outcome, str]]] = MappingProxyType(
    {
        # code: (how far it goes, where the rule stands)
        _G.NUMBER_TWICE: (Outcome.REFUSED, "R-67"),
        _C.PRODUCT_UNKNOWN: (Outcome.REFUSED, "R-68"),
        _G.HOLDER_ABSENT: (Outcome.REFUSED, "R-44"),
        _G.HOLDER_NOT_ACTIVE: (Outcome.REFUSED, "R-44"),
        _C.CHANNEL_NOT_ONE: (Outcome.REFUSED, "R-66"),
        _C.KEY_PART_MISSING: (Outcome.REFUSED, "R-66"),
        _C.EXPIRED_BUT_LIVE: (Outcome.REVIEW, "B7"),
        _G.ENDED_BUT_LIVE: (Outcome.REFUSED, "B7"),
        _G.SIGNED_TWICE: (Outcome.REFUSED, "R-66"),
        _G.BOUND_TO_SEVERAL: (Outcome.REFUSED, "R-66"),
        _G.ON_THE_SAME_DAYS: (Outcome.REVIEW, "B7"),
        _G.EXCLUDED_SIDE_BY_SIDE: (Outcome.REFUSED, "B7"),
        _C.DEPENDENCY_MISSING: (Outcome.REFUSED, "B7"),
    }
)
"""Every code that a register is answered with."""


def remark(name: str, code: StrEnum, number: str | None, facts: Mapping[str, Fact] | None = None) -> Remark:
    """The remark with `code` at the field `name` of the contract with this number (empty: the contract as a whole).

    >>> remark("", RegisterCode.NUMBER_TWICE, "C1", {"rows": 2}).reason.subject
    'C1'
    """
    outcome, article = REGISTER_RULES[code]
    reason = Reason(code=code, outcome=outcome, citation=Citation(article=article), subject=number, facts=facts or {})
    return Remark(field=name, reason=reason)


@frozen(kw_only=True)
class Holders:
    """The customers that contracts may have: every number that was given, and those that are no more active, with what became of them.

    `numbers` None: nobody asks which there are.

    >>> Holders(numbers=frozenset({"6000000001"}), ended={"6000000002": "MERGED"}).knows("6000000002")
    True
    """

    numbers: frozenset[str] | None = field(default=None, repr=False)
    ended: Mapping[str, str] = field(factory=dict[str, str], repr=False)

    def knows(self, number: str) -> bool:
        """Whether the number was given to a customer."""
        return self.numbers is None or number in self.numbers or number in self.ended


@frozen(kw_only=True)
class RegisterPage:
    """What a register is judged by: the product catalogue, the customers, and the bank's business day."""

    catalogue: Catalogue
    day: date
    holders: Holders = Holders()


def keyed_if_known(contract: Contract, catalogue: Catalogue) -> KeyedContract | None:
    """The contract with its key; None for a product that the catalogue does not hold."""
    product = catalogue.by_number.get(contract.product)
    return None if product is None else keyed_contract(contract, product)


def judge_alone(contract: Contract, page: RegisterPage) -> Iterator[Remark]:
    """What is wrong with one contract without a look at others, in the order of the table.

    >>> page = RegisterPage(catalogue=Catalogue(version="1", positions=10, products=[]), day=date(2026, 11, 23))
    >>> [str(one.reason.code) for one in judge_alone(Contract(number="C1", product="0000000001", customer="1"), page)]
    ['PRODUCT_UNKNOWN']
    """
    keyed = keyed_if_known(contract, page.catalogue)
    if keyed is None:
        yield remark("product", _C.PRODUCT_UNKNOWN, contract.number, {"version": page.catalogue.version})
    yield from _of_holder(contract, page.holders)
    if contract.is_live:
        yield from _of_life(contract, page.day, () if keyed is None else keyed.missing)


def _of_holder(contract: Contract, holders: Holders) -> Iterator[Remark]:
    if not holders.knows(contract.customer):
        yield remark("customer", _G.HOLDER_ABSENT, contract.number)
    elif contract.is_live and contract.customer in holders.ended:
        status = holders.ended[contract.customer]
        yield remark("customer", _G.HOLDER_NOT_ACTIVE, contract.number, {"status": status})


def _of_life(contract: Contract, day: date, missing: Sequence[Part]) -> Iterator[Remark]:
    if Part.CHANNEL in missing:
        yield remark("channels", _C.CHANNEL_NOT_ONE, contract.number, {"count": len(contract.channels)})
    others = [part.value for part in missing if part is not Part.CHANNEL]
    if others:
        yield remark("", _C.KEY_PART_MISSING, contract.number, {"parts": ", ".join(others)})
    end = contract.valid.end
    if end is not None and end <= day:
        yield remark("valid_until", _C.EXPIRED_BUT_LIVE, contract.number, {"end": end})


def given_twice(number: str, rows: int) -> Remark:
    """A number that stands on several rows: it is given once, and never again. Source: R-67."""
    return remark("number", _G.NUMBER_TWICE, number, {"rows": rows})


def _told(numbers: Iterable[str]) -> dict[str, Fact]:
    """How many contracts there are, and the first of their numbers."""
    listed = sorted(set(numbers))
    more = ", …" if len(listed) > _NAMED else ""
    return {"count": len(listed), "numbers": ", ".join(listed[:_NAMED]) + more}


def _live(contracts: Iterable[KeyedContract]) -> list[KeyedContract]:
    return sorted((one for one in contracts if one.contract.is_live), key=lambda one: one.contract.number)


def signed_twice(contracts: Iterable[KeyedContract], page: RegisterPage) -> Iterator[Remark]:
    """Live contracts that are the same one, each group named once; where several customers hold it, that is what is said.

    >>> from custmaster.contract.product import Product
    >>> sms = Product(number="0000000001", zh="短信通", en="alerts", category="PRODUCT_SERVICE")
    >>> page = RegisterPage(catalogue=Catalogue(version="1", positions=10, products=[sms]), day=date(2026, 11, 23))
    >>> held = [
    ...     keyed_contract(Contract(number=number, product=sms.number, customer="6000000001"), sms)
    ...     for number in ("C2", "C1")
    ... ]
    >>> [one.reason.facts for one in signed_twice(held, page)]
    [(('count', 2), ('numbers', 'C1, C2'))]
    """
    del page
    groups: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for one in _live(contracts):
        if one.key is not None:
            groups.setdefault(one.key, {}).setdefault(one.contract.number, set()).add(one.contract.customer)
    for group in groups.values():
        if len(group) > 1:
            customers = set[str]().union(*group.values())
            code = _G.SIGNED_TWICE if len(customers) == 1 else _G.BOUND_TO_SEVERAL
            facts = _told(group) | ({} if len(customers) == 1 else {"customers": len(customers)})
            yield remark("", code, min(group), facts)


def on_the_same_days(contracts: Iterable[KeyedContract], page: RegisterPage) -> Iterator[Remark]:
    """Live contracts that speak of the same thing on the same days over channels that meet, named once for each thing."""
    del page
    places: dict[tuple[str, ...], list[KeyedContract]] = {}
    for one in _live(contracts):
        if one.place is not None:
            places.setdefault(one.place, []).append(one)
    for held in places.values():
        numbers = [one.contract.number for one in held if overlapping(one, held)]
        if numbers:
            yield remark("valid_until", _G.ON_THE_SAME_DAYS, min(numbers), _told(numbers))


def excluded(contracts: Iterable[KeyedContract], page: RegisterPage) -> Iterator[Remark]:
    """Live contracts of one customer whose products exclude one another, named once for each customer and pair of products."""
    groups: dict[tuple[str, str, str], set[str]] = {}
    for one, other in combinations(_live(contracts), 2):
        first, second = sorted((one.product.number, other.product.number))
        if page.catalogue.exclude(first, second) and _stand_together(one, other):
            numbers = {one.contract.number, other.contract.number}
            groups.setdefault((one.contract.customer, first, second), set()).update(numbers)
    for (_, first, second), named in sorted(groups.items()):
        yield remark(
            "product", _G.EXCLUDED_SIDE_BY_SIDE, min(named), {"product": first, "other": second} | _told(named)
        )


def _stand_together(one: KeyedContract, other: KeyedContract) -> bool:
    return one.contract.number != other.contract.number and meet(one, other)


def without_what_they_need(contracts: Iterable[KeyedContract], page: RegisterPage) -> Iterator[Remark]:
    """Live contracts of one customer that need a product which is not live at the same place."""
    del page
    live = _live(contracts)
    for one in live:
        needs = one.product.needs
        there = {other.product.number for other in live if needs and meet(one, other)}
        absent = [number for number in needs if number not in there]
        if absent:
            yield remark("product", _C.DEPENDENCY_MISSING, one.contract.number, {"products": ", ".join(absent)})


GROUP_RULES: Final[Mapping[str, tuple[Callable[[Iterable[KeyedContract], RegisterPage], Iterator[Remark]], ...]]] = (
    MappingProxyType(
        {
            # what the contracts have in common: what is asked of them
            "key": (signed_twice,),
            "place": (on_the_same_days,),
            "customer": (excluded, without_what_they_need),
        }
    )
)
"""The rules on contracts that stand beside each other, by what brings them together."""
