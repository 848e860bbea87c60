"""The cases of the laws of the roster: questions alone and in turn, pairs of entries that are merged, assignments, and rosters that are re-organised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from attrs import evolve as changed
from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.decision import Approval, Occasion
from custmaster.desk.hand_over import HandOver
from custmaster.desk.leave_post import LeavePost
from custmaster.desk.revise import Revision
from custmaster.desk.roster_facts import OfStaff, RosterBook, ToStaff
from custmaster.desk.strike_off import StrikeOff
from custmaster.roster.assign_kinds import Seat, Terms, Wish
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import RosterEntry
from custmaster.roster.kinds import Post
from custmaster.roster.levels import LevelHistory, LevelSince
from custmaster.roster.review import Roster
from custmaster.roster.staff import Posting, Staff
from custmaster.testing._roster import level_histories, roster_entries, rosters
from custmaster.testing.laws._contract_cases import Dice, dice
from custmaster.value.span import ALWAYS, Span

__all__ = [
    "DAY",
    "Allotment",
    "Dice",
    "Moved",
    "Question",
    "allotments",
    "dice",
    "moved_rosters",
    "muddled",
    "pairs",
    "questions",
    "shuffled",
    "turns",
]

T = TypeVar("T")

DAY: Final = date(2026, 11, 28)
_STAFF: Final[tuple[str, ...]] = ("S-1", "S-2", "S-3", "S-4")
_OUTLETS: Final = ("0101", "0102")
_EVERYWHERE: Final = tuple(Posting(post=Post.TELLER, outlet=outlet) for outlet in ("0101", "0102", "0103"))
_EVERY: Final = Approval(by="S-0007", reason="seen", codes=[code.value for code in RosterCode])
_OFFERED: Final = ("accept", "reject", "withdraw")


@frozen(kw_only=True)
class Question:
    """One question about the roster: its name among `RosterRules.questions`, what is asked, and what the host knows."""

    name: str
    asked: Any
    book: RosterBook
    occasion: Occasion


def occasion(request_id: str) -> Occasion:
    """Somebody at the outlet, on the day, with whoever approves."""
    return Occasion(day=DAY, actor="S-0042", request_id=request_id, approvals=[_EVERY])


@st.composite
def _staff(draw: DrawFn, number: str) -> Staff:
    """On post at one outlet or both, or at none."""
    held = draw(st.sampled_from(((), _OUTLETS[:1], _OUTLETS[1:], _OUTLETS, _OUTLETS)))
    postings = [Posting(post=draw(st.sampled_from(Post)), outlet=outlet) for outlet in held]
    return Staff(number=number, postings=postings, capacity=draw(st.sampled_from((None, None, 1, 2))))


@st.composite
def books(draw: DrawFn) -> RosterBook:
    """Entries of different customers, and the staff."""
    listed = draw(st.lists(roster_entries(), min_size=1, max_size=4))
    entries = [_of_another(one, place) for place, one in enumerate(listed)]
    return RosterBook(entries=entries, staff=[draw(_staff(number)) for number in _STAFF])


def _of_another(entry: RosterEntry, place: int) -> RosterEntry:
    """The entry, of a customer or prospect that no other entry is about."""
    prospect = None if entry.prospect is None else changed(entry.prospect, reference=f"P-{place}", erase_by=_LATER)
    customer = None if entry.customer is None else f"60000000{place:02}"
    return changed(entry, number=f"E-{place}", customer=customer, prospect=prospect)


_LATER: Final = DAY + timedelta(days=30)
_NAMES: Final = st.sampled_from(
    (
        "propose",
        "propose",
        "accept",
        "accept",
        "reject",
        "withdraw",
        "assign_to",
        "assign_to",
        "hand_over",
        "hand_over",
        "return_to_pool",
        "add_helper",
        "drop_helper",
        "revise",
        "strike_off",
        "leave_post",
    )
)
Wanted = tuple[str, int, str, str, bool]
"""The name of a question, a place among the entries, a staff member and an outlet, and whether somebody who does not stand there asks."""
_WANTED: Final[SearchStrategy[Wanted]] = st.tuples(
    _NAMES, st.integers(0, 9), st.sampled_from(_STAFF), st.sampled_from(_OUTLETS), st.integers(0, 4).map((4).__eq__)
)


def question_of(wanted: Wanted, book: RosterBook, request_id: str) -> Question:
    """The question, about one of the entries and mostly about who stands there."""
    name, place, staff, outlet, other = wanted
    entry = book.entries[place % len(book.entries)]
    asked = _asked(name, entry, (staff, outlet), _there(name, entry, staff, other=other))
    return Question(name=name, asked=asked, book=book, occasion=occasion(request_id))


def _there(name: str, entry: RosterEntry, staff: str, *, other: bool) -> str:
    """Who is offered it, helps or maintains it, whichever the question is about."""
    held = entry.proposal if name in _OFFERED else entry.maintainer
    if name == "drop_helper":
        held = next(iter(entry.helpers), None)
    return staff if other or held is None else held.staff


def _asked(name: str, entry: RosterEntry, to: tuple[str, str], there: str) -> Any:
    number, (staff, outlet) = entry.number, to
    match name:
        case "propose" | "assign_to" | "add_helper":
            return ToStaff(entry=number, staff=staff, outlet=outlet)
        case "hand_over":
            return HandOver(entry=number, giver=there, staff=staff, outlet=outlet, reason="轮岗")
        case "revise":
            return Revision(entry=number, level="钻石卡", needs=("保险",))
        case "strike_off":
            return StrikeOff(entry=number)
        case "leave_post":
            return LeavePost(staff=there)
        case _:
            return OfStaff(entry=number, staff=there)


@st.composite
def questions(draw: DrawFn) -> Question:
    """Any question about an entry among others."""
    return question_of(draw(_WANTED), draw(books()), "T-1")


@st.composite
def turns(draw: DrawFn) -> tuple[RosterBook, list[Wanted]]:
    """Live entries and busy staff, and what is asked in turn."""
    there = draw(st.lists(roster_entries().filter(lambda one: one.is_live), min_size=2, max_size=3))
    entries = [_of_another(one, place) for place, one in enumerate(there)]
    seats = st.sampled_from((1, 1, 2, None))
    staff = [Staff(number=number, postings=_EVERYWHERE, capacity=draw(seats)) for number in _STAFF]
    return RosterBook(entries=entries, staff=staff), draw(st.lists(_WANTED, min_size=4, max_size=16))


@st.composite
def pairs(draw: DrawFn) -> RosterBook:
    """Two entries of two customers that are merged, both on the roster, with the staff on post."""
    live = roster_entries().filter(lambda one: one.is_live and one.customer is not None)
    entries = [_of_another(draw(live), place) for place in (1, 2)]
    return RosterBook(entries=entries, staff=[Staff(number=number, postings=_EVERYWHERE) for number in _STAFF])


# --- assignments ----------------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Allotment:
    """What an assignment is asked for."""

    wishes: tuple[Wish, ...]
    seats: tuple[Seat, ...]
    terms: Terms


def _who() -> SearchStrategy[str]:
    return st.sampled_from(_STAFF)


@st.composite
def allotments(draw: DrawFn) -> Allotment:
    """Few seats, often too few, and customers with today's maintainers, some of them frozen."""
    seats: list[Seat] = []
    for staff in _STAFF[: draw(st.integers(1, 4))]:
        floor = draw(st.integers(0, 2))
        room = draw(st.none() | st.integers(floor, floor + 2))
        seats.append(Seat(staff=staff, floor=floor, capacity=room, share=draw(st.none() | st.integers(0, 2))))
    costs = st.dictionaries(_who(), st.integers(0, 20))
    today = st.none() | _who()
    wishes: list[Wish] = []
    for place in range(draw(st.integers(1, 6))):
        who = draw(today)
        frozen_to = who is not None and draw(st.integers(0, 3)) == 3
        wishes.append(Wish(customer=f"60000000{place:02}", costs=draw(costs), today=who, frozen=frozen_to))
    terms = Terms(move=draw(st.integers(1, 9)), overload=draw(st.integers(0, 3)))
    return Allotment(wishes=tuple(wishes), seats=tuple(seats), terms=terms)


# --- rosters ----------------------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Moved:
    """A roster, and the same after a re-organisation that took no customer away and brought none."""

    before: Roster
    after: Roster


_DAYS: Final = st.integers(0, 1_000).map(lambda days: date(2024, 2, 1) + timedelta(days=days))
_OLD: Final = "6000000099"


def _until(one: LevelHistory, day: date) -> LevelHistory:
    """The history up to the day, under a number that is another one's today."""
    return changed(one, customer=_OLD, valid=Span(one.valid.start, day))


def _from(one: LevelHistory, day: date) -> LevelHistory:
    return changed(one, valid=Span(day, one.valid.end))


def _replaced(roster: Roster, rows: list[LevelHistory], aliases: Mapping[str, tuple[str, ...]]) -> Roster:
    customers = [one for one in roster.customers if one.customer != rows[-1].customer]
    return changed(roster, customers=[*customers, *rows], aliases={**roster.aliases, **aliases})


def _joined(roster: Roster, risen: tuple[date, date], on: date) -> Roster:
    """One person under two numbers that rose on two days, until they are merged on the day: then the other one is what the person is."""
    old, new = risen
    later = min(new, max(on, old))
    rows = [
        _rising(_OLD, old, Span(None, on)),
        _rising("6000000098", later, ALWAYS),
    ]
    return _replaced(roster, rows, {_OLD: ("6000000098",)})


def _rising(number: str, on: date, valid: Span) -> LevelHistory:
    levels = [LevelSince(level="普通"), LevelSince(level="金卡", since=on)]
    return LevelHistory(customer=number, levels=levels, valid=valid, outlet="0101")


@st.composite
def moved_rosters(draw: DrawFn) -> Moved:
    """A merge, a split or a transfer of one customer, on a day on which it was one."""
    roster, day = draw(rosters()), draw(_DAYS)
    one = changed(draw(level_histories()), customer="6000000098", valid=Span(None, draw(st.none() | st.just(DAY))))
    there = changed(roster, customers=[*roster.customers, one])
    match draw(st.sampled_from(("merge", "join", "split", "transfer"))):
        case "join":
            risen = (draw(_DAYS), draw(_DAYS))
            return Moved(before=_joined(roster, risen, day), after=_joined(roster, risen, draw(_DAYS)))
        case "merge":
            rows = [_until(one, day), _from(one, day)]
            return Moved(before=there, after=_replaced(there, rows, {_OLD: (one.customer,)}))
        case "split":
            other = changed(one, customer="6000000097")
            both = changed(there, customers=[*there.customers, other])
            rows = [_until(one, day), _from(other, day), _from(one, day)]
            kept = [each for each in there.customers if each != one]
            aliases = {**roster.aliases, _OLD: (one.customer, other.customer)}
            return Moved(before=both, after=changed(roster, customers=[*kept, *rows], aliases=aliases))
        case _:
            elsewhere = [changed(each, outlet="0103") for each in there.customers]
            return Moved(before=there, after=changed(there, customers=elsewhere, entries=()))


def muddled(roster: Roster) -> Roster:
    """Every entry a second time under another number, and once more under its own: bad rows, too, leave no trace of their order."""
    again = [changed(one, number=f"{one.number}-2", needs=["保险"]) for one in roster.entries]
    same = [changed(one, needs=["基金"]) for one in roster.entries]
    return changed(roster, entries=[*roster.entries, *again, *same])


def shuffled(roster: Roster, shuffling: Dice) -> Roster:
    """The roster with its rows in another order."""

    def mixed(rows: Sequence[T]) -> list[T]:
        listed = list(rows)
        shuffling.shuffle(listed)
        return listed

    return changed(
        roster,
        outlets=mixed(roster.outlets),
        staff=mixed(roster.staff),
        entries=mixed(roster.entries),
        customers=mixed(roster.customers),
    )
