"""The lists made ready once, and asked: is this one listed? A hit is an answer, and what follows is the caller's policy (R-57)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.customer.entry import Entry
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.screening.keys import Wanted, ends, wanted, weak_ends
from custmaster.screening.kinds import LiftCondition, Origin, RestrictionCause, Scope
from custmaster.screening.listing import Identity, ListEntry
from custmaster.screening.match import Answer, Match, Trait, match
from custmaster.value.span import Span

__all__ = ["Hit", "Screen", "Screened"]


@frozen(kw_only=True)
class Hit:
    """One entry that was found, and the `match` that led to it; nothing in it is personal data."""

    list_name: str
    number: str
    origin: Origin
    cause: RestrictionCause
    scope: Scope
    valid: Span
    lift: LiftCondition
    source: str
    match: Match


@frozen(kw_only=True)
class Screened:
    """What the lists say of somebody on a day: hits with those for review, strongest first, and names that other facts cleared.

    `lapsed` are matches with entries that are not in force on the day, when they were asked for. `unasked` names what could not be asked
    by, NAME or DOCUMENT, because there was none that can be read; with both, nothing was asked at all.
    """

    on: date
    hits: tuple[Hit, ...] = ()
    cleared: tuple[Hit, ...] = ()
    lapsed: tuple[Hit, ...] = ()
    unasked: tuple[Trait, ...] = ()

    @property
    def was_asked(self) -> bool:
        """Whether there was anything to ask by."""
        return len(self.unasked) < len(_ASKED_BY)


_ASKED_BY: Final = (Trait.NAME, Trait.DOCUMENT)
_STRENGTH: Final = {answer: place for place, answer in enumerate(Answer)}

if TYPE_CHECKING:

    def _in_order(entries: Iterable[ListEntry]) -> tuple[ListEntry, ...]: ...

else:

    def _in_order(entries):  # noqa: ANN001, ANN202
        return tuple(sorted(entries, key=lambda entry: entry.key))


@frozen(kw_only=True)
class Screen:
    """The entries of all lists, with an index by key that is made when it is first asked; build it once and ask it often.

    The order of the entries does not matter. Errors: InvalidRecord (DUPLICATE) naming each list and number that stands there twice.

    >>> from custmaster.value.name import Name
    >>> entry = ListEntry(origin=Origin.INTERNAL, list_name="A", number="7", identity=Identity(names=[Name("張偉")]))
    >>> answer = Screen(entries=[entry]).query(Identity(names=[Name("张伟")]), date(2026, 11, 28))
    >>> [(hit.number, str(hit.match.answer), hit.match.how[0].value) for hit in answer.hits]
    [('7', 'REVIEW', 'NAME_VARIANT')]
    """

    entries: tuple[ListEntry, ...] = field(converter=_in_order, repr=lambda entries: str(len(entries)))

    def __attrs_post_init__(self) -> None:
        keys = [entry.key for entry in self.entries]
        twice = [key for before, key in pairwise(keys) if before == key]
        if twice:
            remedy = "a list has each number once"
            paths = (f"{name}[{number}]" for name, number in twice)
            raise InvalidRecord(InvalidValue(Fault.DUPLICATE, path=path, remedy=remedy) for path in paths)

    @property
    def keys(self) -> Collection[str]:
        """The keys under which entries are found, see `custmaster.screening.keys`; personal data, for a join on whole columns."""
        return self._index.keys()

    @property
    def damaged_keys(self) -> Collection[str]:
        """The keys by whose ends the damaged names of entries are found; as `keys`."""
        return self._damaged.keys()

    def query(self, asked: Entry | Identity | Wanted, on: date, *, lapsed: bool = False) -> Screened:
        """What the lists say of somebody on the day; `lapsed` asks for entries not in force too.

        A few look-ups, however many entries there are. The keys of an Entry are those of its one name and its documents: give an Identity for
        former and native names. Source: R-57.
        """
        subject = wanted(asked)
        unasked = _unasked(subject)
        places = self._places(subject)
        if not places:
            return Screened(on=on, unasked=unasked)
        found = list(self._hits(subject, places))
        now = [hit for hit in found if hit.valid.contains(on)]
        return Screened(
            on=on,
            hits=tuple(hit for hit in now if hit.match.answer is not Answer.CLEARED),
            cleared=tuple(hit for hit in now if hit.match.answer is Answer.CLEARED),
            lapsed=tuple(hit for hit in found if not hit.valid.contains(on)) if lapsed else (),
            unasked=unasked,
        )

    def bulk(self, asked: Iterable[Entry | Identity | Wanted], on: date) -> Iterator[Screened]:
        """`query` of each, in their order, one in memory at a time."""
        for one in asked:
            yield self.query(one, on)

    def _places(self, subject: Wanted) -> set[int]:
        found = set[int]()
        index, damaged = self._index, self._damaged
        for key in subject.keys():  # noqa: SIM118 - the keys of somebody, not of a mapping
            if key in index:
                found.update(index[key])
        for name in subject.names:
            # A damaged name is asked by all its ends: the listed one may be damaged too, and have but one that can be read.
            by_ends = self._ends if name.damaged else damaged
            if by_ends:
                found.update(*(by_ends.get(key, ()) for key in ends(subject, name)))
        return found

    def _hits(self, subject: Wanted, places: set[int]) -> Iterator[Hit]:
        """Strongest first, then by list and number."""
        pairs = [(match(subject, self._wanted[place]), place) for place in sorted(places)]
        found = [(one, place) for one, place in pairs if one is not None]
        for one, place in sorted(found, key=lambda pair: (_STRENGTH[pair[0].answer], pair[1])):
            yield _hit(self.entries[place], one)

    @cached_property
    def _wanted(self) -> tuple[Wanted, ...]:
        return tuple(wanted(entry.identity) for entry in self.entries)

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for place, listed in enumerate(self._wanted):
            for key in listed.keys():  # noqa: SIM118 - as above
                index.setdefault(key, []).append(place)
        return index

    @cached_property
    def _damaged(self) -> dict[str, list[int]]:
        """Damaged names on the lists, by which an undamaged one asked about may be meant."""
        index: dict[str, list[int]] = {}
        for place, listed in enumerate(self._wanted):
            for name in listed.names:
                for key in weak_ends(listed, name) if name.damaged else ():
                    index.setdefault(key, []).append(place)
        return index

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        """Every name on the lists by its ends: made when a damaged name is first asked about, and most never are."""
        index: dict[str, list[int]] = {}
        for place, listed in enumerate(self._wanted):
            for name in listed.names:
                for key in ends(listed, name):
                    index.setdefault(key, []).append(place)
        return index


def _unasked(subject: Wanted) -> tuple[Trait, ...]:
    if subject.names:
        return () if subject.papers else (Trait.DOCUMENT,)
    return (Trait.NAME,) if subject.papers else _ASKED_BY


def _hit(entry: ListEntry, found: Match) -> Hit:
    return Hit(
        list_name=entry.list_name,
        number=entry.number,
        origin=entry.origin,
        cause=entry.cause,
        scope=entry.scope,
        valid=entry.valid,
        lift=entry.lift,
        source=entry.source,
        match=found,
    )
