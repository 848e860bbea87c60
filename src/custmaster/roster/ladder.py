"""The bank's ladder of customer levels (客户等级), lowest first, and the level from which a customer is a quality customer (优质客户)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from attrs import Factory, field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.handbook.keys import LEVELS, QUALITY_FROM_LEVEL
from custmaster.value._checks import texts

__all__ = ["Ladder", "ladder"]

if TYPE_CHECKING:

    def _levels(values: Iterable[str]) -> tuple[str, ...]: ...

else:

    def _levels(values):  # noqa: ANN001, ANN202
        return texts(values, "levels")


def _places_of(rungs: Ladder) -> Mapping[str, int]:
    return {level: place for place, level in enumerate(rungs.levels)}


@frozen(kw_only=True)
class Ladder:
    """Levels in their order, each once; "and above" (以上) includes the level that is named.

    Errors: InvalidValue (DUPLICATE) for a level that stands twice, (UNKNOWN_CODE) where `quality_from` is none of them. Source: R-05.

    >>> rungs = Ladder(levels=["普通", "金卡", "白金卡"], quality_from="金卡")
    >>> rungs.is_quality("金卡"), rungs.rank("白金卡"), rungs.knows("黑卡")
    (True, 2, False)
    """

    levels: tuple[str, ...] = field(converter=_levels)
    quality_from: str
    # Asked for every customer and entry of a review, whose ladder is one.
    _places: Mapping[str, int] = field(init=False, eq=False, repr=False, default=Factory(_places_of, takes_self=True))

    def __attrs_post_init__(self) -> None:
        if len(set(self.levels)) != len(self.levels):
            raise InvalidValue(Fault.DUPLICATE, path="levels", remedy="name each level once, lowest first")
        if self.quality_from not in self.levels:
            raise InvalidValue(Fault.UNKNOWN_CODE, path="quality_from", remedy="name one of the levels")

    def knows(self, level: str) -> bool:
        """Whether the level is on the ladder."""
        return level in self._places

    def rank(self, level: str) -> int:
        """The place of the level, 0 for the lowest. Errors: InvalidValue (UNKNOWN_CODE) for one that is not on the ladder."""
        place = self._places.get(level)
        if place is None:
            raise InvalidValue(Fault.UNKNOWN_CODE, path="level", length=len(level), remedy="name a level of the ladder")
        return place

    def is_quality(self, level: str) -> bool:
        """Whether a customer of the level is a quality customer (优质客户). Errors: as `rank`."""
        return self.rank(level) >= self._places[self.quality_from]


def ladder(page: Page) -> Ladder:
    """The ladder of the day. Errors: InvalidValue as `Ladder`.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> ladder(default().on(date(2026, 11, 28))).levels
    ('普通', '金卡', '白金卡', '钻石卡', '私人银行')
    """
    return Ladder(levels=page[LEVELS], quality_from=page[QUALITY_FROM_LEVEL])
