"""The handbook: for each key a timeline; and the page of one day, which rules read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar, cast

from attrs import field, frozen

from custmaster.errors import CustmasterError
from custmaster.handbook.citation import Citation
from custmaster.handbook.keys import KEYS, NUMBER_CHECK_OF_CUSTOMERS, NUMBER_RANGES_OF_CUSTOMERS, Key
from custmaster.handbook.kinds import canonical
from custmaster.handbook.timeline import Dated, Timeline
from custmaster.value.number_plan import NumberPlan

__all__ = ["Handbook", "NotInForce", "Page", "customer_number_plan"]

T = TypeVar("T")
Timelines = Mapping[str, Timeline[Any]]


class NotInForce(CustmasterError):
    """A figure was asked for on a day on which the handbook has none for this key.

    >>> raise NotInForce("roster.floor.teller", date(2017, 12, 28))
    Traceback (most recent call last):
    custmaster.handbook.book.NotInForce: the handbook has no value for roster.floor.teller on 2017-12-28
    """

    def __init__(self, key: str, day: date) -> None:
        self.key = key
        self.day = day
        super().__init__(key, day)

    def __str__(self) -> str:
        return f"the handbook has no value for {self.key} on {self.day.isoformat()}"


def _sorted(timelines: Timelines) -> Timelines:
    return MappingProxyType({name: timelines[name] for name in sorted(timelines)})


@frozen(kw_only=True)
class Handbook:
    """All dated figures of one bank, by the name of their key; two handbooks are equal when their fingerprints are.

    `version` is the text of whoever edits it; `fingerprint` is taken over every key, day, value and article, so `stamp` says
    exactly which handbook judged. Source: house rule "no number in a rule".
    """

    name: str = field(eq=False)
    version: str
    timelines: Timelines = field(converter=_sorted, eq=False, repr=False)
    fingerprint: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "fingerprint", _fingerprint(self.timelines))

    @property
    def stamp(self) -> str:
        """Version and fingerprint in one text, for a Decision to keep."""
        return f"{self.version}+{self.fingerprint[:12]}"

    def on(self, day: date) -> Page:
        """The page of the day: what is in force, key by key.

        >>> from custmaster.handbook import default, keys
        >>> default().on(date(2026, 11, 23))[keys.FLOOR_TELLER]
        10
        """
        found = {name: entry for name, timeline in self.timelines.items() if (entry := timeline.at(day)) is not None}
        return Page(day=day, handbook=self, entries=found)

    def timeline(self, key: Key[T]) -> Timeline[T]:
        """The whole history of a key. Errors: CustmasterError for a key that this handbook was not read with."""
        return cast("Timeline[T]", _known(self, key.name))


def _known(handbook: Handbook, name: str) -> Timeline[Any]:
    try:
        return handbook.timelines[name]
    except KeyError:
        raise CustmasterError(f"the handbook was read without the key {name}") from None


def _lines(timelines: Timelines) -> Iterator[str]:
    for name, timeline in timelines.items():
        for entry in timeline.entries:
            yield canonical((name, entry.since, entry.until, entry.value, entry.article))


def _fingerprint(timelines: Timelines) -> str:
    return hashlib.sha256("\n".join(_lines(timelines)).encode()).hexdigest()


@frozen(kw_only=True)
class Page:
    """What the handbook says on one day; made by `Handbook.on`, read by rules.

    >>> from custmaster.handbook import default, keys
    >>> page = default().on(date(2026, 11, 23))
    >>> page[keys.GROWTH_TARGET], page.article(keys.GROWTH_TARGET)
    (Decimal('15'), '文一 二、1')
    """

    day: date
    handbook: Handbook
    entries: Mapping[str, Dated[Any]] = field(repr=False, eq=False)

    @property
    def stamp(self) -> str:
        """The stamp of the handbook: what a Decision keeps."""
        return self.handbook.stamp

    def __getitem__(self, key: Key[T]) -> T:
        entry = self.entries.get(key.name)
        if entry is None:
            _known(self.handbook, key.name)
            raise NotInForce(key.name, self.day)
        return cast("T", entry.value)

    def get(self, key: Key[T]) -> T | None:
        """The value, or None when none is in force on the day."""
        entry = self.entries.get(key.name)
        return None if entry is None else cast("T", entry.value)

    def entry(self, key: Key[T]) -> Dated[T]:
        """The value with its days and origin. Errors: NotInForce; CustmasterError for an unknown key."""
        self[key]
        return cast("Dated[T]", self.entries[key.name])

    def article(self, key: Key[object]) -> str:
        """The article that the value in force comes from. Errors: NotInForce; CustmasterError for an unknown key."""
        return self.entry(key).article

    def cite(self, key: Key[object]) -> Citation:
        """The citation for a reason that applied this key. Errors: NotInForce; CustmasterError for an unknown key.

        >>> from custmaster.handbook import default, keys
        >>> default().on(date(2026, 11, 23)).cite(keys.FLOOR_TELLER)
        Citation(article='文一 四、2(1)', key='roster.floor.teller')
        """
        return self.entry(key).cite(key.name)

    def in_force(self, keys: Iterable[Key[object]] = KEYS) -> tuple[tuple[Key[object], Dated[object]], ...]:
        """The keys in force on the day with their entries, in the order of `keys`."""
        return tuple((key, self.entries[key.name]) for key in keys if key.name in self.entries)


def customer_number_plan(page: Page) -> NumberPlan:
    """The number plan of customer numbers in force: ranges with their owners, width, check digit.

    Source: R-45, R-69 to R-73. Errors: NotInForce.

    >>> from custmaster.handbook import default
    >>> customer_number_plan(default().on(date(2026, 11, 23))).systems
    ('BP', 'EUSP')
    """
    ranges = page[NUMBER_RANGES_OF_CUSTOMERS]
    return NumberPlan(width=ranges[0].width, ranges=ranges, check=page[NUMBER_CHECK_OF_CUSTOMERS])
