"""The keys of the roster review (名单评审): the places that the roster rules leave open, each a choice, and the names of levels for reports."""

from __future__ import annotations

from typing import Final

from custmaster.handbook._key import Key
from custmaster.handbook.kinds import TEXTS, choice, whole

__all__ = ["GROWTH_CREDIT", "GROWTH_YEARS", "LEVELS_EN", "REVIEW_KEYS", "TWO_POSTS"]

LEVELS_EN: Final[Key[tuple[str, ...]]] = Key(
    name="roster.levels_en",
    kind=TEXTS,
    zh="客户等级的英文名,由低到高",
    en="English names of the customer levels, lowest first",
)
TWO_POSTS: Final[Key[str]] = Key(
    name="roster.two_posts",
    kind=choice("HIGHER", "SUM", "FIRST"),
    zh="兼任两岗时的户数下限",
    en="which floor binds somebody who holds two posts",
)
GROWTH_YEARS: Final[Key[int]] = Key(
    name="roster.growth.years", kind=whole(1, 30), zh="年增长率回看年数", en="years of growth in a review", unit="years"
)
GROWTH_CREDIT: Final[Key[str]] = Key(
    name="roster.growth.credit",
    kind=choice("SINGLE", "DUAL", "WEIGHTED"),
    zh="移交时增长的归属",
    en="to whom growth counts after a handover",
)

REVIEW_KEYS: Final[tuple[Key[object], ...]] = (LEVELS_EN, TWO_POSTS, GROWTH_YEARS, GROWTH_CREDIT)
"""All keys of this module."""
