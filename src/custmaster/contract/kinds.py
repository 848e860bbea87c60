"""The words of a contract (签约): its category, level, state, what it does to a closing, and the parts of its sameness."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

__all__ = ["CATEGORY_NAMES", "LIVE", "Category", "Effect", "Flow", "Level", "Part", "PartyRole", "State"]


class Category(StrEnum):
    """The four categories (四类签约). Source: R-65."""

    THIRD_PARTY = "THIRD_PARTY"
    COLLECTION_PAYMENT = "COLLECTION_PAYMENT"
    PRODUCT_SERVICE = "PRODUCT_SERVICE"
    TRANSACTION_BEHAVIOUR = "TRANSACTION_BEHAVIOUR"


CATEGORY_NAMES: Final[Mapping[Category, str]] = MappingProxyType(
    {
        Category.THIRD_PARTY: "第三方签约",
        Category.COLLECTION_PAYMENT: "客户代收付签约",
        Category.PRODUCT_SERVICE: "客户产品服务签约",
        Category.TRANSACTION_BEHAVIOUR: "客户交易行为签约",
    }
)
"""What the handbook calls them."""


class Level(StrEnum):
    """Whether a product is signed for the customer as a whole (客户级) or for one account (账户级). Source: B7."""

    CUSTOMER = "CUSTOMER"
    ACCOUNT = "ACCOUNT"


class Flow(StrEnum):
    """Of collection and payment (代收付): money is collected from the customer (代收), or paid to the customer (代付)."""

    COLLECT = "COLLECT"
    PAY = "PAY"


class Effect(StrEnum):
    """What a live contract does to a closing (销户、销卡), from mild to severe: a reminder (提醒) or a bar (强制控制). Source: R-60."""

    REMIND = "REMIND"
    BLOCK = "BLOCK"


class State(StrEnum):
    """Where a contract stands in its life. Source: B7."""

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    EXPIRED = "EXPIRED"


LIVE: Final = frozenset({State.ACTIVE, State.SUSPENDED})
"""The states in which a contract stands against another one, a closing or a removal."""


class PartyRole(StrEnum):
    """What a further customer is in a contract, beside the one that signs."""

    PAYER = "PAYER"
    PAYEE = "PAYEE"
    AGENT = "AGENT"
    GUARANTOR = "GUARANTOR"
    BENEFICIARY = "BENEFICIARY"


class Part(StrEnum):
    """One part of the key by which two contracts of a product are the same one. Source: R-66, B7."""

    PRODUCT = "PRODUCT"
    CUSTOMER = "CUSTOMER"
    ACCOUNT = "ACCOUNT"
    CHANNEL = "CHANNEL"
    ORGANISATION = "ORGANISATION"
    REFERENCE = "REFERENCE"
    INSTANCE = "INSTANCE"
