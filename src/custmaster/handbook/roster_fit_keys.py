"""The keys of fit on the roster (名单制): what a candidate costs for what does not fit, a move, and a customer above the share."""

from __future__ import annotations

from typing import Final

from custmaster.handbook._key import Key
from custmaster.handbook.kinds import Kind, whole

__all__ = [
    "FIT_LANGUAGE",
    "FIT_LEVEL",
    "FIT_LOCATION",
    "FIT_MOVE",
    "FIT_NEED",
    "FIT_OVERLOAD",
    "FIT_RELATIONSHIP",
    "ROSTER_FIT_KEYS",
]

_POINTS: Final = whole(0, 10_000)


def _points(name: str, zh: str, en: str, kind: Kind[int] = _POINTS) -> Key[int]:
    return Key(name=name, kind=kind, zh=zh, en=en, unit="points")


FIT_LEVEL: Final = _points(
    "roster.fit.level",
    "客户等级与人员服务等级每差一级",
    "each step between the customer's level and the nearest that the staff member serves",
)
FIT_NEED: Final = _points(
    "roster.fit.need", "人员不能满足的每项需求", "each need of the customer that the staff member does not serve"
)
FIT_LOCATION: Final = _points("roster.fit.location", "不在同一网点", "another outlet than the customer's")
FIT_LANGUAGE: Final = _points("roster.fit.language", "没有共同语言", "no language in common")
FIT_RELATIONSHIP: Final = _points(
    "roster.fit.relationship", "以往没有业务往来", "the staff member does not know the customer yet"
)
FIT_MOVE: Final = _points("roster.fit.move", "更换维护人", "a change of the maintainer", whole(1, 10_000))
FIT_OVERLOAD: Final = _points(
    "roster.fit.overload",
    "超出应有份额后每增一户加计",
    "what each customer above a seat's share costs more than the one before",
)

ROSTER_FIT_KEYS: Final[tuple[Key[object], ...]] = (
    FIT_LEVEL,
    FIT_NEED,
    FIT_LOCATION,
    FIT_LANGUAGE,
    FIT_RELATIONSHIP,
    FIT_MOVE,
    FIT_OVERLOAD,
)
"""All of them."""
