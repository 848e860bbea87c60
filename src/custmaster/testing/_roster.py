"""Outlets, staff on their posts, entries with what happened to them, levels over time, and whole rosters, from pools so small that they meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from attrs import evolve as changed
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.roster.entry import Prospect, RosterEntry
from custmaster.roster.events import (
    CoManagerAdded,
    CoManagerRemoved,
    EntryAccepted,
    EntryAssigned,
    EntryHandedOver,
    EntryJoined,
    EntryListed,
    EntryParted,
    EntryProposed,
    EntryReassigned,
    EntryReinstated,
    EntryRejected,
    EntryRestored,
    EntryReturned,
    EntryStruckOff,
    EntryWithdrawn,
    LevelChanged,
    NeedsChanged,
    ProspectConverted,
    ProspectErased,
    RosterEvent,
)
from custmaster.roster.kinds import Post, Source, StruckFor
from custmaster.roster.levels import LevelHistory, LevelSince
from custmaster.roster.life import evolve, takes
from custmaster.roster.review import Roster
from custmaster.roster.staff import Outlet, Posting, Staff
from custmaster.roster.standing import standing
from custmaster.testing._sealed_values import names, phones
from custmaster.value.party import PartyKind
from custmaster.value.span import ALWAYS, Span

__all__ = ["level_histories", "outlets", "roster_entries", "roster_events", "rosters", "staff_members"]

_FIRST: Final = date(2024, 1, 1)
_DAYS: Final = st.integers(0, 1_000).map(lambda days: _FIRST + timedelta(days=days))
_LISTED: Final = st.integers(0, 500).map(lambda days: _FIRST + timedelta(days=days))
_OUTLETS: Final = ("0101", "0102", "0103")
_STAFF: Final = ("S-1", "S-2", "S-3", "S-4")
_CUSTOMERS: Final = tuple(f"60000000{place:02}" for place in range(1, 7))
_LEVELS: Final = ("普通", "金卡", "白金卡", "钻石卡", "私人银行")
_QUALITY: Final = _LEVELS[1:]
_PLACES: Final = st.sampled_from((None, "城关", "河东"))
_LANGUAGES: Final = st.sampled_from(((), ("维吾尔语",), ("English", "维吾尔语")))
_NEEDS: Final = st.sampled_from(((), ("贷款",), ("理财", "贷款")))
_SEATS: Final = st.sampled_from((None, 0, 1, 2, 30))
_WHOM: Final = st.sampled_from(_STAFF)
_WHERE: Final = st.sampled_from(_OUTLETS)
_STEPS: Final = 8
_PLACING: Final = (EntryProposed, EntryAssigned, EntryAccepted, EntryHandedOver, EntryReturned)


@st.composite
def _spans(draw: DrawFn) -> Span:
    """Some days, open at either end or not."""
    start, days = draw(_DAYS), draw(st.integers(1, 600))
    before, after = draw(st.booleans()), draw(st.booleans())
    return Span(None if before else start, None if after else start + timedelta(days=days))


_SPANS: Final = st.just(ALWAYS) | _spans()


def outlets() -> SearchStrategy[Outlet]:
    """Outlets of a small town, open for some days or for good.

    >>> from hypothesis import find
    >>> find(outlets(), lambda outlet: True).number
    '0101'
    """
    return st.builds(Outlet, number=_WHERE, name=st.just("城关支行"), place=_PLACES, valid=_SPANS)


def _apart(postings: Sequence[Posting]) -> list[Posting]:
    """Without those that hold one post at one outlet twice on a day."""
    kept: list[Posting] = []
    for one in postings:
        held = [other for other in kept if (other.post, other.outlet) == (one.post, one.outlet)]
        if not any(one.valid.overlaps(other.valid) for other in held):
            kept.append(one)
    return kept


_POSTINGS: Final = st.lists(
    st.builds(Posting, post=st.sampled_from(Post), outlet=_WHERE, valid=_SPANS), max_size=4
).map(_apart)


def staff_members() -> SearchStrategy[Staff]:
    """Staff members with dated posts, often two at once, with and without a bound of seats.

    >>> from hypothesis import find
    >>> day = date(2025, 1, 1)
    >>> two_posts = find(staff_members(), lambda one: len(one.posts_on(day)) == 2)
    >>> len(two_posts.postings)
    2
    """
    return st.builds(
        Staff,
        number=_WHOM,
        postings=_POSTINGS,
        name=st.none() | names(),
        capacity=_SEATS,
        languages=_LANGUAGES,
        place=_PLACES,
    )


# --- entries --------------------------------------------------------------------------------------------------------------


@st.composite
def _prospect(draw: DrawFn, listed: date) -> Prospect:
    return Prospect(
        reference=f"P-{draw(st.integers(1, 3))}",
        consent="signed form",
        consent_on=listed - timedelta(days=draw(st.integers(0, 30))),
        erase_by=listed + timedelta(days=draw(st.integers(1, 400))),
        name=draw(st.none() | names()),
        phone=draw(st.none() | phones()),
    )


@st.composite
def _listed(draw: DrawFn, number: str) -> RosterEntry:
    """A new entry that states what its source asks for."""
    listed = draw(_LISTED)
    source = draw(st.sampled_from(Source))
    as_prospect = source is Source.OTHER_BANK and draw(st.booleans())
    return RosterEntry(
        number=number,
        customer=None if as_prospect else draw(st.sampled_from(_CUSTOMERS)),
        prospect=draw(_prospect(listed)) if as_prospect else None,
        level=draw(st.sampled_from(_QUALITY if source is Source.SYSTEM else _LEVELS)),
        source=source,
        nominator=None if source is Source.SYSTEM else draw(_WHOM),
        reason="常来办理业务" if source is Source.DAILY_BUSINESS else None,
        needs=("贷款",) if source is Source.FURTHER_NEEDS else draw(_NEEDS),
        languages=draw(_LANGUAGES),
        place=draw(_PLACES),
        outlet=draw(st.none() | _WHERE),
        listed_on=listed,
    )


def _possible(entry: RosterEntry, told: Mapping[str, Any], to: tuple[str, str]) -> Iterator[RosterEvent]:
    """What may happen to the entry next, if its life holds it: between one staff member and those who stand there."""
    staff, outlet = to
    about: dict[str, Any] = {**told, "number": entry.number}
    held, offer = entry.maintainer, entry.proposal
    yield EntryProposed(**about, staff=staff, outlet=outlet)
    yield EntryAssigned(**about, staff=staff, outlet=outlet)
    yield CoManagerAdded(**about, staff=staff, outlet=outlet)
    yield CoManagerRemoved(**about, staff=staff)
    yield LevelChanged(**about, level=_QUALITY[len(staff + outlet) % len(_QUALITY)])
    yield NeedsChanged(**about, needs=("保险",))
    yield ProspectConverted(**about, customer=_CUSTOMERS[0])
    yield ProspectErased(**about)
    yield EntryStruckOff(**about)
    yield EntryStruckOff(**about, cause=StruckFor.DELETED)
    yield EntryReinstated(**about)
    if entry.customer is not None:
        yield EntryReassigned(**about, customer=entry.customer, becomes=_CUSTOMERS[-1])
    if offer is not None:
        yield EntryAccepted(**about, staff=offer.staff)
        yield EntryRejected(**about, staff=offer.staff, reason="满额")
        yield EntryWithdrawn(**about, staff=offer.staff)
    if held is not None:
        yield EntryReturned(**about, staff=held.staff)
        yield EntryHandedOver(**about, giver=held.staff, staff=staff, outlet=outlet, reason="轮岗")


@st.composite
def _life(draw: DrawFn, number: str) -> tuple[list[RosterEvent], RosterEntry]:
    """Events that lead from its listing to what the entry is, and the entry."""
    entry = draw(_listed(number))
    told: dict[str, Any] = {"on": entry.listed_on, "actor": "S-9", "request_id": "T-1"}
    happened: list[RosterEvent] = [EntryListed(**told, entry=entry)]
    for _ in range(draw(st.integers(0, _STEPS))):
        told["on"] += timedelta(days=draw(st.integers(0, 60)))
        events = [one for one in _possible(entry, told, (draw(_WHOM), draw(_WHERE))) if takes(entry, one)]  # type: ignore[arg-type]
        if not events:
            break
        # Who maintains it is what an entry is about: the other events are drawn less often.
        often = [one for one in events if isinstance(one, _PLACING)]
        happened.append(draw(st.sampled_from([*often, *often, *events])))
        entry = evolve(entry, happened[-1])
    return happened, entry


def roster_entries() -> SearchStrategy[RosterEntry]:
    """Entries of customers and prospects in every state, with the history that led there.

    >>> from hypothesis import find
    >>> handed = find(roster_entries(), lambda entry: entry.maintainer is not None and len(entry.past) == 1)
    >>> handed.past[0].until is None
    False
    """
    return st.integers(1, 9).flatmap(lambda place: _life(f"E-{place}")).map(lambda life: life[1])


@st.composite
def _event(draw: DrawFn) -> RosterEvent:
    happened, entry = draw(_life("E-1"))
    about: dict[str, Any] = {"on": entry.last_day, "actor": "S-9", "request_id": "T-2", "number": "E-1"}
    now = standing(entry)
    merged: list[RosterEvent] = [
        EntryJoined(**about, other="E-2", now=now),
        EntryParted(**about, other="E-2", now=now),
        EntryRestored(**about, now=now),
    ]
    return draw(st.sampled_from([*reversed(happened), *merged]))


def roster_events() -> SearchStrategy[RosterEvent]:
    """Single events of every kind, each of some entry.

    >>> from hypothesis import find
    >>> type(find(roster_events(), lambda event: True)).__name__
    'EntryListed'
    """
    return _event()


# --- levels and whole rosters ------------------------------------------------------------------------------------------------


@st.composite
def _history(draw: DrawFn, number: str) -> LevelHistory:
    days = draw(st.lists(st.none() | _DAYS, max_size=4, unique=True))
    return LevelHistory(
        customer=number,
        kind=PartyKind.UNIT if draw(st.integers(0, 9)) == 9 else PartyKind.PERSON,
        valid=draw(_SPANS),
        outlet=draw(st.none() | _WHERE),
        levels=[LevelSince(level=draw(st.sampled_from(_LEVELS)), since=day) for day in days],
    )


def level_histories() -> SearchStrategy[LevelHistory]:
    """Levels of one customer by their days, most of them of a person.

    >>> from hypothesis import find
    >>> find(level_histories(), lambda one: one.level_on(date(2025, 1, 1)) == "金卡").customer
    '6000000001'
    """
    return st.sampled_from(_CUSTOMERS).flatmap(_history)


@st.composite
def _roster(draw: DrawFn) -> Roster:
    size = draw(st.integers(0, 5))
    staff = {one.number: one for one in draw(st.lists(staff_members(), max_size=4))}
    known = draw(st.lists(st.sampled_from(_CUSTOMERS), unique=True))
    gone = draw(st.lists(st.sampled_from(_CUSTOMERS[:3]), max_size=2, unique=True))
    return Roster(
        outlets=[changed(draw(outlets()), number=number) for number in _OUTLETS[: draw(st.integers(0, 3))]],
        staff=staff.values(),
        entries=[draw(_life(f"E-{place}"))[1] for place in range(size)],
        customers=[draw(_history(number)) for number in known],
        aliases={number: tuple(draw(st.lists(_LATER, min_size=1, max_size=2, unique=True))) for number in gone},
    )


_LATER: Final = st.sampled_from(_CUSTOMERS[3:])


def rosters() -> SearchStrategy[Roster]:
    """Whole rosters of a few outlets, staff members, customers and entries; some numbers stand for others today. Rows may contradict each other.

    >>> from hypothesis import find
    >>> len(find(rosters(), lambda roster: bool(roster.entries)).entries)
    1
    """
    return _roster()
