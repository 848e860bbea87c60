"""What the roster knows of a customer in a year's course: since when it is one, of which outlet, and its level from which day on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.roster.staff import check_number
from custmaster.value._checks import a_day, each_of, of
from custmaster.value.party import PartyKind
from custmaster.value.span import ALWAYS, Span

__all__ = ["LevelHistory", "LevelSince"]


@frozen(kw_only=True)
class LevelSince:
    """A level and the first day on which it held; None: from the beginning. Errors: InvalidValue (TYPE)."""

    level: str = field(validator=of(str))
    since: date | None = field(default=None, validator=a_day)


if TYPE_CHECKING:

    def _levels(values: Iterable[LevelSince]) -> tuple[LevelSince, ...]: ...

else:

    def _levels(values):  # noqa: ANN001, ANN202
        return tuple(sorted(values, key=lambda one: (one.since is not None, one.since)))


@frozen(kw_only=True)
class LevelHistory:
    """A customer's levels by their days; `valid` are the days on which it is a customer (not logically deleted).

    `outlet` is the one that answers for it, None where none does. Errors: InvalidValue (TYPE, LENGTH); (DUPLICATE) for two levels from one
    day on. Source: R-05, R-09, R-10.

    >>> risen = LevelHistory(
    ...     customer="6000000001", levels=[LevelSince(level="金卡", since=date(2025, 3, 1)), LevelSince(level="普通")]
    ... )
    >>> risen.level_on(date(2025, 2, 28)), risen.level_on(date(2025, 3, 1))
    ('普通', '金卡')
    """

    customer: str
    kind: PartyKind = field(default=PartyKind.PERSON, validator=of(PartyKind))
    valid: Span = field(default=ALWAYS, validator=of(Span))
    outlet: str | None = None
    levels: tuple[LevelSince, ...] = field(default=(), converter=_levels, validator=each_of(LevelSince))

    def __attrs_post_init__(self) -> None:
        check_number(self.customer, "customer")
        days = [one.since for one in self.levels]
        if len(set(days)) != len(days):
            raise InvalidValue(Fault.DUPLICATE, path="levels", remedy="one level from one day on")

    def level_on(self, day: date) -> str | None:
        """The level on the day; None before the first, and on a day on which it is no customer."""
        if not self.valid.contains(day):
            return None
        for one in reversed(self.levels):
            if one.since is None or one.since <= day:
                return one.level
        return None
