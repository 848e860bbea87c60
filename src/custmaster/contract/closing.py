"""What a contract does to a closing (销户、销卡): the product's own word, else the handbook's word for contracts of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.contract.kinds import Category, Effect
from custmaster.contract.product import Product
from custmaster.handbook import Key, Page
from custmaster.handbook.citation import Citation
from custmaster.handbook.keys import (
    CLOSING_COLLECTION_PENDING,
    CLOSING_OTHER,
    CLOSING_REPAYMENT,
    CLOSING_THIRD_PARTY,
)

__all__ = ["CLOSING_KINDS", "ClosingEffect", "closing_effect"]


@frozen(kw_only=True)
class ClosingEffect:
    """The effect, and where it is written."""

    effect: Effect
    citation: Citation


CLOSING_KINDS: Final[Mapping[Key[str], Callable[[Product, bool], bool]]] = MappingProxyType(
    {
        CLOSING_THIRD_PARTY: lambda product, _: product.category is Category.THIRD_PARTY,
        CLOSING_COLLECTION_PENDING: lambda product, pending: product.flow is not None and pending,
        CLOSING_REPAYMENT: lambda product, _: product.repays,
    }
)
"""The keys of the handbook, each with the contracts that it speaks of; whatever none speaks of is CLOSING_OTHER. Source: R-60, B8.7."""

_SEVERITY: Final[Mapping[Effect, int]] = MappingProxyType({Effect.REMIND: 0, Effect.BLOCK: 1})
_OWN_WORD: Final = Citation(article="R-60")


def closing_effect(product: Product, page: Page, *, pending: bool = False) -> ClosingEffect:
    """What a live contract of the product does to a closing; `pending` says that it has items under way.

    A product that must be ended bars, whatever else is said; else its own word counts, else the severest of the handbook's words that speak of
    it. Errors: NotInForce on a page before those keys. Source: R-60, B8.7.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> page = default().on(date(2026, 11, 24))
    >>> custody = Product(number="0000000004", zh="三方存管", en="custody", category=Category.THIRD_PARTY)
    >>> found = closing_effect(custody, page)
    >>> str(found.effect), found.citation.key
    ('BLOCK', 'closing.third_party')
    """
    if product.must_end:
        return ClosingEffect(effect=Effect.BLOCK, citation=_OWN_WORD)
    if product.closing is not None:
        return ClosingEffect(effect=product.closing, citation=_OWN_WORD)
    keys = [key for key, speaks in CLOSING_KINDS.items() if speaks(product, pending)] or [CLOSING_OTHER]
    found = [ClosingEffect(effect=Effect(page[key]), citation=page.cite(key)) for key in keys]
    return max(found, key=lambda one: _SEVERITY[one.effect])
