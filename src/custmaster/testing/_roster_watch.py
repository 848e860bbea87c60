"""What the machine of rosters keeps of a bank under watch, and what must hold after each step, whatever the step was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import invariant

from custmaster.customer.kinds import Status
from custmaster.decision import Allowed, Decision
from custmaster.desk.hand_over import HandOver
from custmaster.desk.roster_facts import OfStaff, ToStaff
from custmaster.roster.entry import RosterEntry
from custmaster.roster.events import EntryJoined, EntryListed
from custmaster.testing._asking import Asking, one_of_all
from custmaster.testing._machines import hold
from custmaster.testing._roster_plain import Plain, Sighting, chain_of, orphans, overfull, sightings, unbroken
from custmaster.testing.contract_bank import Books
from custmaster.testing.roster_bank import RosterBank

__all__ = ["OUTLETS", "RosterWatch"]

OUTLETS: Final = ("0101", "0102")
WHO: Final = st.integers(0, 3)


class RosterWatch(Asking[RosterBank]):
    """A bank with a roster, and what was seen of it; the rules of `RosterMachine` are the steps."""

    factory: ClassVar[Any] = RosterBank

    def __init__(self) -> None:
        super().__init__()
        self.seen: int = 0
        self.rebuilt: Books = Books()
        self.given: set[str] = set()
        self.kin: dict[str, set[str]] = {}
        self.sighted: dict[str, set[Sighting]] = {}
        self.expected: set[str] = set()

    # --- what the rules have in common ------------------------------------------------------------------------------------

    @property
    def entries(self) -> Mapping[str, RosterEntry]:
        """The entries as they are now."""
        return self.bank.books.entries

    @property
    def plain(self) -> Plain:
        """The plain judgement of them."""
        return Plain(entries=self.entries, staff=self.bank.staff, day=self.bank.day)

    def one_of(self, place: int, *states: str) -> RosterEntry | None:
        """One of the entries in these states, or of all."""
        found = [one for one in self.entries.values() if not states or one.state.value in states]
        return one_of_all(sorted(found, key=lambda one: one.number), place) if found else None

    def member(self, place: int) -> str:
        """One of the staff members, or somebody unknown."""
        return one_of_all([*sorted(self.bank.staff), "S-9"], place)

    def is_active(self, customer: str) -> bool:
        """Whether the customer is there and active."""
        known = self.bank.books.customers.get(customer)
        return known is not None and known.status is Status.ACTIVE

    def exactly(self, what: str, question: Callable[[str], Decision], *, may: bool) -> bool:
        """Ask, and hold the answer to what is expected of it: allowed, or not."""
        answer = self.ask(what, question)
        hold(isinstance(answer, Allowed) is may, f"{what} is allowed exactly when nothing stands against it")
        return may

    # --- steps that several rules take ------------------------------------------------------------------------------------

    def placing(self, there: RosterEntry, who: int, where: str | None) -> ToStaff:
        """To whom it may go: at an outlet of the staff member, mostly."""
        staff = self.member(who)
        held = [outlet for outlet in OUTLETS if self.plain.on_post(staff, outlet)] or list(OUTLETS)
        return ToStaff(entry=there.number, staff=staff, outlet=where or one_of_all(held, who))

    def is_placed(self, there: RosterEntry, asked: ToStaff) -> None:
        """One in the pool, with somebody on post with a seat left."""
        may = there.state.value == "POOLED" and self.plain.may_take(there, asked.staff, asked.outlet)
        self.exactly("assign", lambda request: self.bank.assign_to(request, asked), may=may)

    def is_returned(self, there: RosterEntry, asked: OfStaff) -> None:
        """By whoever maintains it; an offer to somebody else stands."""
        may = there.maintainer is not None and there.maintainer.staff == asked.staff
        if self.exactly("return", lambda request: self.bank.return_to_pool(request, asked), may=may):
            hold(self.entries[there.number].proposal == there.proposal, "an offer to somebody else stands")

    def is_converted(self, there: RosterEntry, customer: str) -> None:
        """A prospect on the roster, who became an active customer that stands on it by no other entry."""
        may = there.number in self.expected and there.prospect is not None
        may = may and self.is_active(customer) and not self.plain.of(customer)
        if self.exactly("convert", lambda request: self.bank.convert(request, there.number, customer), may=may):
            now = self.entries[there.number]
            hold(chain_of(now) == chain_of(there), "a conversion keeps the history")
            hold((now.customer, now.prospect) == (customer, None), "what was kept of the prospect is dropped")

    def is_struck_off(self, there: RosterEntry) -> None:
        """Exactly one that stands on the roster."""
        may = there.number in self.expected
        if self.exactly("strike off", lambda request: self.bank.strike_off(request, there.number), may=may):
            self.expected.discard(there.number)

    def is_handed_over(self, there: RosterEntry, giver: str, to: ToStaff) -> None:
        """From whoever maintains it to somebody else, who has a seat left."""
        asked = HandOver(entry=there.number, giver=giver, staff=to.staff, outlet=to.outlet, reason="moved")
        may = there.state.value == "MAINTAINED" and there.maintainer is not None and there.maintainer.staff == giver
        may = may and self.plain.may_take(there, asked.staff, asked.outlet)
        if self.exactly("hand over", lambda request: self.bank.hand_over(request, asked), may=may):
            self.came_to(there, self.entries[there.number], asked.staff)

    def came_to(self, before: RosterEntry, now: RosterEntry, staff: str) -> None:
        """It has come to the staff member, and whoever maintained it ends on the day on which the new one begins."""
        taken, given = now.maintainer, before.maintainer
        hold(taken is not None and (taken.staff, taken.since) == (staff, self.bank.day), "it came to whoever took it")
        if given is not None:
            self.met["accept with a handover"] += now.state.value == "MAINTAINED" and before.proposal is not None
            ended = [
                one
                for one in now.past
                if (one.staff, one.since, one.until) == (given.staff, given.since, self.bank.day)
            ]
            hold(bool(ended), "a handover stands in the history, unbroken")

    def is_left(self, staff: str, outlet: str) -> None:
        """A post is left, or none, since none was held."""
        before = dict(self.entries)
        answer = self.ask("leave post", lambda request: self.bank.leave_post(request, staff, outlet))
        touched = {n for n, one in before.items() if one != self.entries[n]}
        hold(isinstance(answer, Allowed) is bool(touched), "whoever leaves nothing is told so")

    def is_later(self, days: int) -> None:
        """Days have passed."""
        before = len(self.bank.told)
        self.bank.end_of_day(days)
        told = [type(one).__name__ for one in self.bank.told[before:]]
        gone = {n for n, one in self.entries.items() if one.struck_off_for == "ERASED"}
        self.met["erased"] += "ProspectErased" in told
        self.met["left with the day"] += "EntryReturned" in told
        hold(all(self.entries[n].prospect is None for n in gone), "nothing is kept of a prospect who is erased")
        self.expected -= gone

    # --- what always holds ------------------------------------------------------------------------------------------------

    @invariant()
    def no_customer_is_an_orphan(self) -> None:
        """R-17: whoever stands on the roster is in the pool, offered, or maintained by somebody on post, and is a customer."""
        self.met["step"] += 1
        plain = self.plain
        hold(not list(orphans(plain)), "every entry is in the pool, offered, or maintained by somebody on post")
        for one in plain.live():
            hold(one.customer is None or self.is_active(one.customer), "whoever stands on the roster is a customer")
        kept = [one.prospect.erase_by for one in self.entries.values() if one.prospect is not None]
        hold(all(day > self.bank.day for day in kept), "no prospect is kept past its day, on the roster or off it")
        hold({one.number for one in plain.live()} == self.expected, "nobody comes on the roster or leaves it unasked")

    @invariant()
    def no_customer_stands_twice(self) -> None:
        """One live entry for a customer, and for a prospect."""
        live = [one.customer or one.subject for one in self.plain.live()]
        hold(len(set(live)) == len(live), "a customer stands on the roster once")

    @invariant()
    def no_seat_is_taken_twice(self) -> None:
        """What is maintained and what is offered stay within the seats."""
        hold(not overfull(self.plain), "nobody has more than the seats hold")

    @invariant()
    def the_events_rebuild_the_books_and_lose_nobody(self) -> None:
        """The law of fold; and whoever once stood in an entry stands in it, or in one that a merge joined with it."""
        new = self.bank.told[self.seen :]
        self.seen = len(self.bank.told)
        for event in new:
            if isinstance(event, EntryListed):
                hold(event.number not in self.given, "an entry number is given once")
                self.given.add(event.number)
            elif isinstance(event, EntryJoined):
                both = self._kin(event.number) | self._kin(event.other)
                self.kin.update(dict.fromkeys(both, both))
        self.rebuilt = reduce(Books.after, new, self.rebuilt)
        hold(self.rebuilt == self.bank.books, "the events rebuild the books")
        if new:
            self._nobody_is_lost()

    def _kin(self, entry: str) -> set[str]:
        return self.kin.get(entry, {entry})

    def _nobody_is_lost(self) -> None:
        now = {number: sightings(one) for number, one in self.entries.items()}
        for number, known in self.sighted.items():
            there = set[Sighting]().union(*(now[one] for one in self._kin(number)))
            hold(known <= there, "whoever stood in an entry stands in its history")
        for number, found in now.items():
            self.sighted[number] = self.sighted.get(number, set()) | found
            alone = self._kin(number) == {number}
            hold(not alone or unbroken(self.entries[number]), "nobody maintains an entry beside another")
