"""Which of two ratings is the stricter: less risk that an investor bears, more risk of money laundering (B6)."""

from __future__ import annotations

from typing import Final

from custmaster.customer.children import AmlRating, RiskTolerance
from custmaster.customer.kinds import AmlLevel, RiskLevel

__all__ = ["laxer_than"]

_TOLERANCE: Final = {level: place for place, level in enumerate(reversed(RiskLevel))}
_SUSPICION: Final = {level: place for place, level in enumerate(AmlLevel)}


def laxer_than(held: RiskTolerance | AmlRating, rating: RiskTolerance | AmlRating) -> bool:
    """Whether `rating` is stricter than `held`. Both are of one kind. Source: requirements.md B6.

    >>> from datetime import date
    >>> day = date(2026, 11, 23)
    >>> laxer_than(*(RiskTolerance(level=level, assessed_on=day) for level in (RiskLevel.C4, RiskLevel.C2)))
    True
    >>> laxer_than(*(AmlRating(level=level, rated_on=day) for level in (AmlLevel.HIGH, AmlLevel.LOW)))
    False
    """
    return _strictness(held) < _strictness(rating)


def _strictness(rating: RiskTolerance | AmlRating) -> int:
    return _TOLERANCE[rating.level] if isinstance(rating, RiskTolerance) else _SUSPICION[rating.level]
