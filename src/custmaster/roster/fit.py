"""How well a staff member fits a customer, in points explained part by part; none is a perfect fit. Costs for `assign`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.book import Page
from custmaster.handbook.keys import LEVELS
from custmaster.handbook.roster_fit_keys import FIT_LANGUAGE, FIT_LEVEL, FIT_LOCATION, FIT_NEED, FIT_RELATIONSHIP
from custmaster.value._checks import texts

__all__ = ["Fit", "FitCustomer", "FitPart", "FitStaff", "FitWeights", "fit", "fit_costs", "fit_weights"]


class FitPart(StrEnum):
    """What points are given for, in the order in which they are told."""

    LEVEL = "LEVEL"
    NEED = "NEED"
    LOCATION = "LOCATION"
    LANGUAGE = "LANGUAGE"
    RELATIONSHIP = "RELATIONSHIP"


def _all_points(points: Mapping[FitPart, int]) -> Mapping[FitPart, int]:
    return MappingProxyType({part: points[part] for part in FitPart})


def _levels(words: Iterable[str]) -> tuple[str, ...]:
    return texts(words, "levels")


def _needs(words: Iterable[str]) -> tuple[str, ...]:
    return texts(words, "needs")


def _languages(words: Iterable[str]) -> tuple[str, ...]:
    return texts(words, "languages")


def _known_to(words: Iterable[str]) -> tuple[str, ...]:
    return texts(words, "known_to")


@frozen(kw_only=True)
class FitWeights:
    """The ladder of levels, lowest first, and the points of each part. See `fit_weights`."""

    levels: tuple[str, ...]
    points: Mapping[FitPart, int] = field(converter=_all_points)


def fit_weights(page: Page) -> FitWeights:
    """The weights in force on the page's day, keys `roster.fit.*`. Errors: NotInForce.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> fit_weights(default().on(date(2026, 11, 23))).points[FitPart.LOCATION]
    60
    """
    keys = (FIT_LEVEL, FIT_NEED, FIT_LOCATION, FIT_LANGUAGE, FIT_RELATIONSHIP)
    return FitWeights(levels=page[LEVELS], points={part: page[key] for part, key in zip(FitPart, keys, strict=True)})


@frozen(kw_only=True)
class FitCustomer:
    """What of a customer decides who fits: its level, needs, outlet, languages, and the staff who know it. All are codes, or numbers.

    Without languages or an outlet nothing is asked of them. Errors: InvalidValue (TYPE) for one text in place of a list.
    """

    customer: str
    level: str
    needs: tuple[str, ...] = field(default=(), converter=_needs)
    outlet: str | None = None
    languages: tuple[str, ...] = field(default=(), converter=_languages)
    known_to: tuple[str, ...] = field(default=(), converter=_known_to)


@frozen(kw_only=True)
class FitStaff:
    """What of a staff member decides whom it fits: the levels and needs it serves, its outlet and languages; no levels: it serves all."""

    staff: str
    levels: tuple[str, ...] = field(default=(), converter=_levels)
    needs: tuple[str, ...] = field(default=(), converter=_needs)
    outlet: str | None = None
    languages: tuple[str, ...] = field(default=(), converter=_languages)


@frozen(kw_only=True)
class Fit:
    """The points of one pair, and the parts that make them up; parts without points are left out."""

    parts: tuple[tuple[FitPart, int], ...]

    @property
    def points(self) -> int:
        """The sum of the parts: a cost for `Wish.costs`."""
        return sum(points for _, points in self.parts)


def fit(customer: FitCustomer, staff: FitStaff, weights: FitWeights) -> Fit:
    """How badly the two fit, part by part: the fewer points the better.

    Errors: InvalidValue (UNKNOWN_CODE) for a level that is not on the ladder. Source: issue "roster", a choice of this library.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> weights = fit_weights(default().on(date(2026, 11, 23)))
    >>> customer = FitCustomer(customer="6000000001", level="白金卡", needs=["LOAN"], outlet="B-01")
    >>> fitted = fit(customer, FitStaff(staff="T-1", levels=["金卡"], outlet="B-02"), weights)
    >>> fitted.points, [(part.value, points) for part, points in fitted.parts]
    (150, [('LEVEL', 20), ('NEED', 30), ('LOCATION', 60), ('RELATIONSHIP', 40)])
    """
    times = {
        FitPart.LEVEL: _steps(customer, staff, weights.levels),
        FitPart.NEED: len(set(customer.needs) - set(staff.needs)),
        FitPart.LOCATION: int(customer.outlet is not None and customer.outlet != staff.outlet),
        FitPart.LANGUAGE: int(bool(customer.languages) and set(customer.languages).isdisjoint(staff.languages)),
        FitPart.RELATIONSHIP: int(staff.staff not in customer.known_to),
    }
    told = ((part, count * weights.points[part]) for part, count in times.items())
    return Fit(parts=tuple((part, points) for part, points in told if points))


def fit_costs(customer: FitCustomer, staff: Iterable[FitStaff], weights: FitWeights) -> dict[str, int]:
    """The points of one customer with each of the staff, as `Wish.costs` takes them. Errors: as `fit`."""
    return {one.staff: fit(customer, one, weights).points for one in staff}


def _steps(customer: FitCustomer, staff: FitStaff, levels: tuple[str, ...]) -> int:
    """How many steps lie between the customer's level and the nearest that the staff member serves."""
    wanted = _step(customer.level, levels, "level")
    return min((abs(wanted - _step(level, levels, "levels")) for level in staff.levels), default=0)


def _step(level: str, levels: tuple[str, ...], path: str) -> int:
    if level not in levels:
        raise InvalidValue(Fault.UNKNOWN_CODE, path=path, length=len(level), remedy=f"give one of {', '.join(levels)}")
    return levels.index(level)
