"""Steps that seek out what a roster taken at random seldom meets: a merge undone after something happened, a post until a day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from custmaster.desk.revise import Revision
from custmaster.desk.roster_facts import OfStaff, ToStaff
from custmaster.roster.entry import RosterEntry
from custmaster.roster.kinds import Post
from custmaster.roster.staff import Posting
from custmaster.testing._asking import PLACE, one_of_all
from custmaster.testing._roster_customers import RosterCustomerSteps
from custmaster.testing._roster_watch import OUTLETS
from custmaster.value.span import Span

__all__ = ["RareRosterSteps"]


class RareRosterSteps(RosterCustomerSteps):
    """The steps that look among the entries for those of interest."""

    @rule(one=PLACE, other=PLACE, between=st.sampled_from(("", "seat", "seat", "post", "needs", "day")))
    def two_are_merged_and_parted(self, one: int, other: int, between: str) -> None:
        """Both on the roster and maintained where somebody has a seat for them; in between something may happen."""
        held = sorted(entry.customer for entry in self.plain.live() if entry.customer is not None)
        if not held:
            return
        survivor, absorbed = one_of_all(held, one), one_of_all(held, other)
        if between:
            self.is_maintained(self.entry_of(survivor), one)
            self.is_maintained(self.entry_of(absorbed), other)
        theirs, mine = self.entry_of(absorbed), self.entry_of(survivor)
        if survivor == absorbed or theirs is None or not self.is_merged(survivor, absorbed):
            return
        merge = self.asked[-1][0]
        self.something_happens(between, theirs, mine)
        self.is_undone(merge)

    def is_maintained(self, there: RosterEntry | None, who: int) -> None:
        """By whoever has a seat, if it lies in the pool."""
        if there is not None and there.state.value == "POOLED":
            places = [(staff, outlet) for staff in sorted(self.bank.staff) for outlet in OUTLETS]
            free = [(staff, outlet) for staff, outlet in places if self.plain.may_take(there, staff, outlet)]
            if free:
                staff, outlet = one_of_all(free, who)
                self.is_placed(there, ToStaff(entry=there.number, staff=staff, outlet=outlet))

    def something_happens(self, what: str, theirs: RosterEntry, mine: RosterEntry | None) -> None:
        """The seat that the merge freed is filled, or its post is left; the survivor's entry is revised; a day passes."""
        held = theirs.maintainer
        if what == "seat" and held is not None:
            for pooled in self.plain.live():
                if pooled.state.value == "POOLED":
                    self.is_placed(pooled, ToStaff(entry=pooled.number, staff=held.staff, outlet=held.outlet))
        elif what == "post" and held is not None:
            self.is_left(held.staff, held.outlet)
        elif what == "needs" and mine is not None:
            asked = Revision(entry=mine.number, needs=("贷款",))
            self.exactly("revise", lambda request: self.bank.revise(request, asked), may=True)
        elif what == "day":
            self.is_later(1)

    @rule(which=PLACE, who=PLACE, outlet=st.sampled_from(OUTLETS), days=st.sampled_from((1, 2)))
    def somebody_holds_a_post_for_some_days(self, which: int, who: int, outlet: str, days: int) -> None:
        """And maintains something until it is left with the post."""
        off = [staff for staff in sorted(self.bank.staff) if not self.plain.on_post(staff, outlet)]
        there = self.one_of(which, "POOLED")
        if off and there is not None:
            staff, first = one_of_all(off, who), self.bank.day
            last = first + timedelta(days=days)
            self.bank.takes_post(staff, Posting(post=Post.TELLER, outlet=outlet, valid=Span(first, last)))
            self.is_placed(there, ToStaff(entry=there.number, staff=staff, outlet=outlet))
            self.is_later(days)

    @rule(which=PLACE, who=PLACE)
    def a_helper_leaves_the_post(self, which: int, who: int) -> None:
        """Whoever helps somewhere."""
        helping = [one for entry in self.plain.live() for one in entry.helpers]
        if helping:
            one = one_of_all(helping, which + who)
            self.is_left(one.staff, one.outlet)

    @rule(which=PLACE, who=PLACE)
    def an_entry_is_handed_to_somebody_full(self, which: int, who: int) -> None:
        """Whose seats are all taken, or would be."""
        taken = self.plain.seats()
        full = [
            n for n, one in sorted(self.bank.staff.items()) if one.capacity is not None and taken[n] >= one.capacity
        ]
        there = self.one_of(which, "MAINTAINED")
        if full and there is not None and there.maintainer is not None:
            staff = one_of_all(full, who)
            held = [outlet for outlet in OUTLETS if self.plain.on_post(staff, outlet)]
            if held:
                to = ToStaff(entry=there.number, staff=staff, outlet=one_of_all(held, which))
                self.is_handed_over(there, there.maintainer.staff, to)

    @rule(which=st.sampled_from((0, 0, 1)))
    def whoever_holds_much_leaves(self, which: int) -> None:
        """The staff member with most entries at an outlet, or the next one."""
        held = Counter(
            (one.maintainer.staff, one.maintainer.outlet) for one in self.plain.live() if one.maintainer is not None
        )
        if held:
            most = sorted(held, key=lambda place: (-held[place], place))
            self.is_left(*one_of_all(most, which))

    @rule(which=PLACE, who=PLACE, converts=st.sampled_from((True, True, False)))
    def a_prospect_comes_to_an_end(self, which: int, who: int, *, converts: bool) -> None:
        """One who was maintained by somebody becomes a customer; or is struck off, and erased when its day comes all the same."""
        found = sorted(one.number for one in self.plain.live() if one.prospect is not None)
        if not found:
            return
        number = one_of_all(found, which)
        if not converts:
            self.is_struck_off(self.entries[number])
            self.is_later(30)
            return
        self.is_maintained(self.entries[number], who)
        there = self.entries[number]
        if there.maintainer is not None:
            self.is_returned(there, OfStaff(entry=number, staff=there.maintainer.staff))
        fit = [one for one in self.bank.active() if not self.plain.of(one)]
        self.is_converted(self.entries[number], one_of_all(fit, who) if fit else self.some(who))
