"""When two contracts are the same one (签约信息去重): a literal table of key parts by category, and nothing but equal keys.

Sameness is asked among live contracts only. Whether the days of two contracts overlap is a rule of its own (`overlapping`), and no part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.contract.kinds import Category, Flow, Level, Part
from custmaster.contract.product import Product
from custmaster.contract.record import Contract
from custmaster.value.account import bare
from custmaster.value.channel import covers
from custmaster.value.reference import PartnerReference

__all__ = [
    "SAMENESS",
    "KeyedContract",
    "account_of",
    "keyed_contract",
    "may_overlap",
    "overlapping",
    "parts_of",
    "same_as",
]

_P = Part
SAMENESS: Final[Mapping[tuple[Category, Flow | Level | None], tuple[Part, ...]]] = MappingProxyType(
    {
        # Across customers: one account at a third party is bound once, whoever asks.
        (Category.THIRD_PARTY, None): (_P.PRODUCT, _P.ORGANISATION, _P.REFERENCE),
        # The account is no part of it: a second card for the same meter is the same contract.
        (Category.COLLECTION_PAYMENT, Flow.COLLECT): (_P.PRODUCT, _P.ORGANISATION, _P.REFERENCE),
        (Category.COLLECTION_PAYMENT, Flow.PAY): (_P.PRODUCT, _P.ORGANISATION, _P.CUSTOMER),
        (Category.PRODUCT_SERVICE, Level.CUSTOMER): (_P.PRODUCT, _P.CUSTOMER),
        (Category.PRODUCT_SERVICE, Level.ACCOUNT): (_P.PRODUCT, _P.CUSTOMER, _P.ACCOUNT),
        (Category.TRANSACTION_BEHAVIOUR, Level.CUSTOMER): (_P.PRODUCT, _P.CUSTOMER, _P.CHANNEL, _P.REFERENCE),
        (Category.TRANSACTION_BEHAVIOUR, Level.ACCOUNT): (
            _P.PRODUCT,
            _P.CUSTOMER,
            _P.ACCOUNT,
            _P.CHANNEL,
            _P.REFERENCE,
        ),
    }
)
"""The parts of the key of each category; of collection and payment by its flow, of the last two by the product's level. Source: R-66, B7."""


def parts_of(product: Product) -> tuple[Part, ...]:
    """The parts of the key of this product's contracts: the table's row, and what the product adds.

    >>> sms = Product(
    ...     number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE, reference_in_key=True
    ... )
    >>> [str(part) for part in parts_of(sms)]
    ['PRODUCT', 'CUSTOMER', 'REFERENCE']
    """
    row = SAMENESS[product.category, _SPLIT_BY[product.category](product)]
    # An instance tells apart what one customer holds; where the key goes across customers the other side's reference does that.
    several = product.several_per_card and Part.CUSTOMER in row
    wanted = ((Part.REFERENCE, product.reference_in_key), (Part.INSTANCE, several))
    return (*row, *(part for part, is_wanted in wanted if is_wanted and part not in row))


_SPLIT_BY: Final[Mapping[Category, Callable[[Product], Flow | Level | None]]] = MappingProxyType(
    {
        Category.THIRD_PARTY: lambda _: None,
        Category.COLLECTION_PAYMENT: lambda product: product.flow,
        Category.PRODUCT_SERVICE: lambda product: product.level,
        Category.TRANSACTION_BEHAVIOUR: lambda product: product.level,
    }
)


@frozen(kw_only=True)
class KeyedContract:
    """A contract with its product and its key, computed once; the key is None when a part of it is `missing`.

    `place` is the key without the channel: those that share it are about the same thing over whatever channel. The key holds account numbers and
    references in clear: it is for comparing and never shown.
    """

    contract: Contract
    product: Product
    key: tuple[str, ...] | None
    place: tuple[str, ...] | None
    missing: tuple[Part, ...] = ()

    def __repr__(self) -> str:
        return f"KeyedContract(number={self.contract.number!r}, product={self.product.number!r})"


def keyed_contract(contract: Contract, product: Product) -> KeyedContract:
    """The contract with its key.

    A part is missing where the contract does not state it, or states several channels where the key holds one. An account is its number, or
    that of the card where no account is named. Source: R-66, B7.

    >>> sms = Product(number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE)
    >>> keyed_contract(Contract(number="C1", product=sms.number, customer="6000000001"), sms).key
    ('0000000001', '6000000001')
    """
    parts = parts_of(product)
    held = [(part, _HELD[part](contract)) for part in parts]
    missing = tuple(part for part, text in held if text is None)
    if missing:
        return KeyedContract(contract=contract, product=product, key=None, place=None, missing=missing)
    key = tuple(text for _, text in held if text is not None)
    place = tuple(text for part, text in held if text is not None and part is not Part.CHANNEL)
    return KeyedContract(contract=contract, product=product, key=key, place=place)


def account_of(contract: Contract) -> str | None:
    """The account that the contract is for, in its exact form: that of the card where no account is named; it is for comparing only."""
    number = contract.account if contract.account is not None else contract.card
    return None if number is None else bare(number) or None


def _exact(reference: PartnerReference | None) -> str | None:
    return None if reference is None else reference.exact or None


_HELD: Final[Mapping[Part, Callable[[Contract], str | None]]] = MappingProxyType(
    {
        Part.PRODUCT: lambda contract: contract.product,
        Part.CUSTOMER: lambda contract: contract.customer,
        Part.ACCOUNT: account_of,
        Part.CHANNEL: lambda contract: contract.channels[0] if len(contract.channels) == 1 else None,
        Part.ORGANISATION: lambda contract: contract.organisation or None,
        Part.REFERENCE: lambda contract: _exact(contract.reference),
        Part.INSTANCE: lambda contract: _exact(contract.instance),
    }
)


def same_as(one: KeyedContract, others: Iterable[KeyedContract]) -> tuple[KeyedContract, ...]:
    """Those live contracts among the others that are the same one, by number; a contract is not compared with itself.

    Another product is another contract, since the product is a part of every key. Source: R-66.

    >>> sms = Product(number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE)
    >>> old, new = (
    ...     keyed_contract(Contract(number=n, product=sms.number, customer="6000000001"), sms) for n in ("C1", "C2")
    ... )
    >>> same_as(new, [old])
    (KeyedContract(number='C1', product='0000000001'),)
    """
    if one.key is None:
        return ()
    number = one.contract.number
    found = [
        other for other in others if other.key == one.key and other.contract.is_live and other.contract.number != number
    ]
    return tuple(sorted(found, key=lambda other: other.contract.number))


def overlapping(one: KeyedContract, others: Iterable[KeyedContract]) -> tuple[KeyedContract, ...]:
    """Those live contracts that speak of the same thing on the same days over another channel that `*` covers, by number.

    Only behaviours of transactions overlap. Limits do not: that of one channel and that of all hold side by side, and the stricter binds.
    Source: B7 (overlapping validity is a rule of its own).

    >>> order = Product(
    ...     number="0000000011", zh="定期转账", en="standing order", category=Category.TRANSACTION_BEHAVIOUR
    ... )
    >>> every, mobile = (
    ...     keyed_contract(
    ...         Contract(
    ...             number=number,
    ...             product=order.number,
    ...             customer="6000000001",
    ...             channels=[channel],
    ...             reference=PartnerReference("R1"),
    ...         ),
    ...         order,
    ...     )
    ...     for number, channel in (("C1", "*"), ("C2", "MOBILE"))
    ... )
    >>> same_as(every, [mobile]), overlapping(every, [mobile])
    ((), (KeyedContract(number='C2', product='0000000011'),))
    """
    if one.place is None or not may_overlap(one.product):
        return ()
    found = [other for other in others if other.place == one.place and _overlaps(one.contract, other.contract)]
    return tuple(sorted(found, key=lambda other: other.contract.number))


def may_overlap(product: Product) -> bool:
    """Whether contracts of the product are asked at all whether they overlap: behaviours of transactions are, limits are not.

    >>> may_overlap(Product(number="0000000001", zh="短信通", en="alerts", category=Category.PRODUCT_SERVICE))
    False
    """
    return product.category is Category.TRANSACTION_BEHAVIOUR and not product.resign_maintains


def _overlaps(mine: Contract, theirs: Contract) -> bool:
    """Over the same channel they are the same contract, whatever their days."""
    my_channel, their_channel = mine.channels[0], theirs.channels[0]
    if mine.number == theirs.number or not theirs.is_live or my_channel == their_channel:
        return False
    meets = covers(my_channel, their_channel) or covers(their_channel, my_channel)
    return meets and mine.valid.overlaps(theirs.valid)
