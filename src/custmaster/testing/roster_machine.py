"""A roster as a state machine: listed, offered, taken, handed over, left, merged, removed and erased at random, under watch.

What must always hold is written plainly, without the functions that are judged, and looked at after each step: no orphan, no double, no lost history,
no seat too many. A run that never met a full staff member, a merge of two entries or a prospect who is erased has shown nothing, and fails as
empty. `run_roster_machine(factory)` holds a host of your own to it: a subclass of `RosterBank` that answers the same questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from custmaster.desk.enlist import ASKED
from custmaster.desk.revise import Revision
from custmaster.desk.roster_facts import OfStaff
from custmaster.roster.entry import Prospect, RosterEntry
from custmaster.roster.kinds import Post, Source
from custmaster.roster.staff import Posting
from custmaster.testing._asking import PLACE, SELDOM, one_of_all
from custmaster.testing._machines import EmptyRun, hold, run_until_met
from custmaster.testing._roster_plain import LIVE, chain_of
from custmaster.testing._roster_rare import RareRosterSteps
from custmaster.testing._roster_watch import OUTLETS
from custmaster.testing.roster_bank import RosterBank
from custmaster.value.name import Name
from custmaster.value.span import Span

__all__ = ["SOMETIMES", "EmptyRun", "RosterMachine", "roster_machine", "run_roster_machine"]

SOMETIMES: Final = (
    "enlist ALLOWED",
    "enlist ALREADY_ON_ROSTER",
    "enlist CUSTOMER_NOT_ACTIVE",
    "enlist MERGED_INTO",
    "enlist ENTRY_NUMBER_TAKEN",
    "enlist SOURCE_NOT_QUALITY",
    "convert ALLOWED",
    "convert ALREADY_ON_ROSTER",
    "convert NOT_A_PROSPECT",
    "propose ALLOWED",
    "propose ENTRY_STATE",
    "propose STAFF_FULL",
    "propose STAFF_OFF_POST",
    "propose STAFF_UNKNOWN",
    "propose MAINTAINS_ALREADY",
    "accept ALLOWED",
    "accept with a handover",
    "accept OFFERED_TO_OTHER",
    "reject ALLOWED",
    "withdraw ALLOWED",
    "assign ALLOWED",
    "assign ENTRY_STATE",
    "hand over ALLOWED",
    "hand over MAINTAINED_BY_OTHER",
    "hand over STAFF_FULL",
    "return ALLOWED",
    "leave post EntryReturned",
    "leave post EntryWithdrawn",
    "leave post CoManagerRemoved",
    "leave post NOTHING_TO_RETURN",
    "help CoManagerAdded",
    "help CO_MANAGES_ALREADY",
    "end help ALLOWED",
    "strike off ALLOWED",
    "revise ALLOWED",
    "erased",
    "left with the day",
    "remove ALLOWED",
    "remove ON_ROSTER",
    "remove from the roster",
    "reactivate ALLOWED",
    "reactivate onto the roster",
    "merge ALLOWED",
    "merge with an entry",
    "merge of two entries",
    "unmerge ALLOWED",
    "unmerge with an entry",
    "unmerge of two entries",
    "unmerge ROSTER_CHANGED_SINCE",
    "unmerge MAINTAINER_GONE",
    "asked again",
    "id used again",
)
"""What a run must have met, or it has shown nothing: a question with an outcome, a reason or an event of its answer."""

_POSTS: Final = (Post.TELLER, Post.LOBBY_MANAGER, Post.ACCOUNT_MANAGER)
_LIVE_OR_NOT: Final = st.sampled_from((LIVE, LIVE, LIVE, ()))
_OF: Final = st.sampled_from((("POOLED",), ("POOLED", "MAINTAINED"), ("MAINTAINED",), LIVE, ()))
_WHERE: Final = st.sampled_from((None, None, None, *OUTLETS))


class RosterMachine(RareRosterSteps):
    """Up to six customers and a few prospects, four staff members, and the entries; a subclass, or `roster_machine(factory)`, says whose.

    >>> dict(RosterMachine().bank.books.entries)
    {}
    """

    sometimes: ClassVar[tuple[str, ...]] = SOMETIMES

    # --- coming on the roster and leaving it ------------------------------------------------------------------------------

    @initialize()
    def the_bank_has_customers(self) -> None:
        """Four customers, of whom three are one person, and their entries."""
        for place in range(4):
            self.somebody_applies(place)
        for place in range(3):
            self.a_customer_is_listed(place, level="金卡", again=False)

    @rule(who=PLACE, level=st.sampled_from(("金卡", "白金卡", "普通")), again=SELDOM)
    def a_customer_is_listed(self, who: int, *, level: str, again: bool) -> None:
        """By the quality-customer system: an active customer of a quality level who stands on the roster by no other entry."""
        customer = self.some(who)
        entry = RosterEntry(number=ASKED, customer=customer, level=level, source=Source.SYSTEM, listed_on=self.bank.day)
        fit = level != "普通" and self.is_active(customer) and not self.plain.of(customer)
        self.is_listed(entry, fit=fit, again=again)

    @rule(who=st.integers(0, 2), days=st.sampled_from((1, 3, 30)))
    def a_prospect_is_listed(self, who: int, days: int) -> None:
        """A good customer of another bank, with a day by which it is erased."""
        reference = f"P-{who}"
        there = any(reference in (one.was_prospect, one.subject) for one in self.plain.live())
        prospect = Prospect(
            reference=reference,
            consent="signed form",
            consent_on=self.bank.day - timedelta(days=1),
            erase_by=self.bank.day + timedelta(days=days),
            name=Name("赵敏"),
        )
        entry = RosterEntry(
            number=ASKED,
            prospect=prospect,
            level="金卡",
            source=Source.OTHER_BANK,
            nominator="S-1",
            listed_on=self.bank.day,
        )
        self.is_listed(entry, fit=not there, again=False)

    def is_listed(self, entry: RosterEntry, *, fit: bool, again: bool) -> None:
        """Allowed exactly when nothing stands against it and the number is new."""
        number = max(self.entries) if again and self.entries else f"E-{len(self.asked):04}"
        may = fit and number not in self.entries
        if self.exactly("enlist", lambda request: self.bank.enlist(request, entry, number), may=may):
            self.expected.add(number)

    @rule(which=PLACE, who=PLACE, prospects=st.sampled_from((True, True, True, False)))
    def a_prospect_becomes_a_customer(self, which: int, who: int, *, prospects: bool) -> None:
        """The entry goes on with all its history."""
        found = sorted(n for n, one in self.entries.items() if not prospects or one.prospect is not None)
        found = [n for n in found if prospects and chain_of(self.entries[n])] or found
        if not found:
            return
        there, customer = self.entries[one_of_all(found, which)], self.some(who)
        self.is_converted(there, customer)

    @rule(which=PLACE, states=_LIVE_OR_NOT)
    def an_entry_is_struck_off(self, which: int, states: tuple[str, ...]) -> None:
        """Exactly one that stands on the roster."""
        there = self.one_of(which, *states)
        if there is not None:
            self.is_struck_off(there)

    @rule(which=PLACE, level=st.sampled_from(("金卡", "钻石卡")), need=st.sampled_from((None, (), ("保险",))))
    def an_entry_is_revised(self, which: int, level: str, need: tuple[str, ...] | None) -> None:
        """A level or needs are recorded anew."""
        there = self.one_of(which, *LIVE)
        if there is not None:
            asked = Revision(entry=there.number, level=level, needs=need)
            self.exactly("revise", lambda request: self.bank.revise(request, asked), may=True)

    # --- offering, taking, handing over -----------------------------------------------------------------------------------

    @rule(which=PLACE, who=PLACE, where=_WHERE, states=_OF)
    def an_entry_is_offered(self, which: int, who: int, where: str | None, states: tuple[str, ...]) -> None:
        """One in the pool or maintained by somebody else, to somebody on post with a seat left."""
        there = self.one_of(which, *states)
        if there is not None:
            asked = self.placing(there, who, where)
            may = there.state.value in ("POOLED", "MAINTAINED")
            may = may and self.plain.may_take(there, asked.staff, asked.outlet)
            self.exactly("propose", lambda request: self.bank.propose(request, asked), may=may)

    @rule(which=PLACE, who=PLACE, where=_WHERE, states=_OF)
    def an_entry_is_placed(self, which: int, who: int, where: str | None, states: tuple[str, ...]) -> None:
        """One in the pool, with somebody on post with a seat left."""
        there = self.one_of(which, *states)
        if there is not None:
            self.is_placed(there, self.placing(there, who, where))

    @rule(which=PLACE, what=st.sampled_from(("accept", "accept", "reject", "withdraw")), who=PLACE, other=SELDOM)
    def an_offer_is_answered(self, which: int, what: str, who: int, *, other: bool) -> None:
        """By the one to whom it is made; taken within the seats only, and whoever maintained it until then stands in its history."""
        there = self.one_of(which, "PROPOSED", "HANDING_OVER") or self.one_of(which)
        if there is None:
            return
        offer = there.proposal
        staff = self.member(who) if other or offer is None else offer.staff
        asked = OfStaff(entry=there.number, staff=staff)
        may = offer is not None and offer.staff == asked.staff
        if offer is not None and what == "accept":
            may = may and self.plain.may_take(there, asked.staff, offer.outlet)
        questions = {"accept": self.bank.accept, "reject": self.bank.reject, "withdraw": self.bank.withdraw}
        if self.exactly(what, lambda request: questions[what](request, asked), may=may):
            now = self.entries[there.number]
            if what == "accept":
                self.came_to(there, now, asked.staff)
            else:
                hold(now.maintainer == there.maintainer, f"{what}: it is as it was before the offer")

    @rule(which=PLACE, who=PLACE, where=_WHERE, other=SELDOM)
    def an_entry_is_handed_over(self, which: int, who: int, where: str | None, *, other: bool) -> None:
        """From whoever maintains it to somebody else, who has a seat left."""
        there = self.one_of(which, "MAINTAINED") or self.one_of(which)
        if there is None:
            return
        giver = self.member(who + 1) if other or there.maintainer is None else there.maintainer.staff
        self.is_handed_over(there, giver, self.placing(there, who, where))

    @rule(which=PLACE, who=PLACE, other=SELDOM)
    def an_entry_is_returned(self, which: int, who: int, *, other: bool) -> None:
        """By whoever maintains it; an offer to somebody else stands."""
        there = self.one_of(which, "MAINTAINED", "HANDING_OVER") or self.one_of(which)
        if there is not None:
            held = None if there.maintainer is None else there.maintainer.staff
            asked = OfStaff(entry=there.number, staff=self.member(who) if other or held is None else held)
            self.is_returned(there, asked)

    @rule(which=PLACE, who=PLACE)
    def somebody_helps(self, which: int, who: int) -> None:
        """Somebody on post who neither maintains the entry nor helps with it yet."""
        there = self.one_of(which, "MAINTAINED", "HANDING_OVER") or self.one_of(which)
        if there is not None:
            asked = self.placing(there, who, None)
            there_already = {one.staff for one in (there.maintainer, *there.helpers) if one is not None}
            may = there.maintainer is not None and asked.staff not in there_already
            may = may and self.plain.on_post(asked.staff, asked.outlet)
            self.exactly("help", lambda request: self.bank.add_helper(request, asked), may=may)

    @rule(which=PLACE, who=PLACE)
    def somebody_helps_no_longer(self, which: int, who: int) -> None:
        """Whoever helps."""
        helped = sorted(n for n, one in self.entries.items() if one.helpers)
        there = self.entries[one_of_all(helped, which)] if helped else self.one_of(which)
        if there is not None:
            names = [one.staff for one in there.helpers] or [self.member(who)]
            asked = OfStaff(entry=there.number, staff=one_of_all(names, who))
            self.exactly("end help", lambda request: self.bank.drop_helper(request, asked), may=bool(there.helpers))

    # --- posts and days ---------------------------------------------------------------------------------------------------

    @rule(who=PLACE, outlet=st.sampled_from(OUTLETS), post=st.sampled_from(_POSTS), days=st.sampled_from((None, 2, 9)))
    def somebody_takes_a_post(self, who: int, outlet: str, post: Post, days: int | None) -> None:
        """Whoever holds none there: for good, or until a day."""
        staff = one_of_all(sorted(self.bank.staff), who)
        first = self.bank.day
        if all(one.outlet != outlet or (one.valid.end or first) < first for one in self.bank.staff[staff].postings):
            last = None if days is None else first + timedelta(days=days)
            self.bank.takes_post(staff, Posting(post=post, outlet=outlet, valid=Span(first, last)))

    @rule(who=PLACE, outlet=st.sampled_from(OUTLETS), holds=st.sampled_from((True, True, False)))
    def somebody_leaves_a_post(self, who: int, outlet: str, *, holds: bool) -> None:
        """What was held at the outlet goes back to the pool, offers are taken back, helping ends."""
        held = [
            (staff, place) for staff in sorted(self.bank.staff) for place in OUTLETS if self.plain.on_post(staff, place)
        ]
        staff, place = one_of_all(held, who) if holds and held else (one_of_all(sorted(self.bank.staff), who), outlet)
        self.is_left(staff, place)

    @rule(days=st.sampled_from((1, 2, 5)))
    def days_pass(self, days: int) -> None:
        """Prospects are erased in time, and whoever held a post until one of the days leaves it."""
        self.is_later(days)


def roster_machine(factory: Callable[[], RosterBank]) -> type[RosterMachine]:
    """The machine for banks made by `factory`; its TestCase can be run by pytest."""
    return type("RosterOfYours", (RosterMachine,), {"factory": staticmethod(factory), "met": Counter[str]()})


def run_roster_machine(
    factory: Callable[[], RosterBank] = RosterBank,
    *,
    max_examples: int = 100,
    steps: int = 50,
    start: int = 0,
    rounds: int = 1,
) -> Mapping[str, int]:
    """Run the machine from the seed `start`; what was met, and how often; `step` counts the steps.

    Some things of SOMETIMES are rare: up to so many `rounds`, each from the next seed, are run until everything was met.
    The story of a violation is made short. Errors: AssertionError with the sentence that does not hold, EmptyRun when
    something of SOMETIMES was never met, and whatever the bank raises.
    """
    machine = roster_machine(factory)
    return run_until_met(machine, max_examples=max_examples, steps=steps, start=start, rounds=rounds)
