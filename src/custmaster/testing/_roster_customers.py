"""What happens to customers while their roster is under watch: applying, going, coming back, merging, and the undoing of a merge."""

from __future__ import annotations

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.stateful import rule

from custmaster.customer.kinds import Status
from custmaster.decision import Allowed
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.desk.open import Opening
from custmaster.roster.entry import RosterEntry
from custmaster.testing._asking import PLACE, one_of_all
from custmaster.testing._contract_kit import PEOPLE
from custmaster.testing._machines import hold
from custmaster.testing._roster_plain import Plain
from custmaster.testing._roster_watch import RosterWatch
from custmaster.testing.contract_bank import EVERY_APPROVAL

__all__ = ["RosterCustomerSteps"]

_MOST = 6


@frozen(kw_only=True)
class _Merged:
    """What a merge found: who was absorbed, and the live entries of both."""

    absorbed: str
    mine: RosterEntry | None
    theirs: RosterEntry | None


class RosterCustomerSteps(RosterWatch):
    """The steps that are about customers."""

    def __init__(self) -> None:
        super().__init__()
        self.merged: dict[str, _Merged] = {}

    @rule(place=PLACE)
    def somebody_applies(self, place: int) -> None:
        """A person applies."""
        customers = self.bank.books.customers
        if len(customers) < _MOST:
            number = f"60000000{len(customers) + 1:02}"
            self.ask(
                "open", lambda request: self.bank.open(request, Opening(applicant=one_of_all(PEOPLE, place)), number)
            )

    def entry_of(self, customer: str) -> RosterEntry | None:
        """The live entry of the customer."""
        found = self.plain.of(customer)
        return found[0] if found else None

    @rule(who=PLACE)
    def a_customer_is_removed(self, who: int) -> None:
        """What stands on the roster waits for a person; then the entry leaves with the customer."""
        number = self.some(who)
        there = self.entry_of(number)
        answer = self.ask("remove", lambda request: self.bank.remove(request, number))
        if isinstance(answer, Allowed) and there is not None:
            self.met["remove from the roster"] += 1
            hold(self.entries[there.number].struck_off_for == "DELETED", "an entry leaves with its customer")
            self.expected.discard(there.number)

    @rule(who=PLACE)
    def a_customer_comes_back(self, who: int) -> None:
        """And its entry with it, into the pool."""
        gone = [n for n, one in self.bank.books.customers.items() if one.status is Status.DELETED]
        number = one_of_all(gone, who) if gone else self.some(who)
        left = {n for n, one in self.entries.items() if one.customer == number and one.struck_off_for == "DELETED"}
        answer = self.ask("reactivate", lambda request: self.bank.reactivate(request, number))
        if isinstance(answer, Allowed):
            self.met["reactivate onto the roster"] += bool(left)
            hold(all(self.entries[n].state == "POOLED" for n in left), "an entry comes back with its customer")
            self.expected.update(left)

    @rule(there=st.sampled_from((True, True, True, False)))
    def whoever_approves_comes_or_goes(self, *, there: bool) -> None:
        """Without approvals a Review stays one."""
        self.bank.approvals = (EVERY_APPROVAL,) if there else ()

    @rule(one=PLACE, other=PLACE)
    def two_are_merged(self, one: int, other: int) -> None:
        """One entry remains, with a maintainer when one of the two had one."""
        self.is_merged(self.some(one), self.some(other))

    def is_merged(self, survivor: str, absorbed: str) -> bool:
        """Whether one customer went up in the other."""
        found = _Merged(absorbed=absorbed, mine=self.entry_of(survivor), theirs=self.entry_of(absorbed))
        answer = self.ask("merge", lambda request: self.bank.merge(request, survivor, absorbed))
        if isinstance(answer, Allowed):
            self.merged[self.asked[-1][0]] = found
            self.went_up(found, self.entry_of(survivor))
        return isinstance(answer, Allowed)

    def went_up(self, found: _Merged, now: RosterEntry | None) -> None:
        """One entry remains for the two, of which the survivor's goes before."""
        mine, theirs = found.mine, found.theirs
        held = [each for each in (mine, theirs) if each is not None]
        self.met["merge with an entry"] += theirs is not None
        hold((now is not None) is bool(held), "a merge loses no customer from the roster")
        maintained = any(each.maintainer is not None for each in held)
        hold(now is None or (now.maintainer is not None) is maintained, "a merge leaves one maintainer")
        if mine is not None and theirs is not None and now is not None:
            self.met["merge of two entries"] += 1
            self.expected.discard(theirs.number)
            hold(now.number == mine.number, "the survivor's entry remains")
            hold(mine.maintainer in (None, now.maintainer), "the survivor's maintainer goes before")

    @rule(which=PLACE)
    def a_merge_is_undone(self, which: int) -> None:
        """The entries go back, each to its customer and as it stood, as far as there is a post and a seat for it."""
        standing = [one.request_id for one in self.bank.journal if one.reversed_by is None]
        if standing:
            self.is_undone(one_of_all(standing, which))

    def is_undone(self, merge: str) -> None:
        """The merge of this request is undone."""
        known, plain = self.merged[merge], self.plain
        answer = self.ask("unmerge", lambda request: self.bank.unmerge(request, merge))
        if isinstance(answer, Allowed) and known.theirs is not None:
            self.met["unmerge with an entry"] += 1
            self.came_back(known, known.theirs, plain)

    def came_back(self, known: _Merged, theirs: RosterEntry, before: Plain) -> None:
        """The absorbed customer has its entry again; the survivor's stands as it stood, unless something happened to it since."""
        now = self.entries[theirs.number]
        hold(now.customer == known.absorbed, "an entry goes back to its customer")
        if known.mine is None:
            return
        self.met["unmerge of two entries"] += 1
        self.expected.add(theirs.number)
        hold(now.number in {one.number for one in self.plain.live()}, "an entry that a merge ended stands again")
        held = theirs.maintainer
        if held is not None and before.may_take(before.entries[now.number], held.staff, held.outlet):
            hold(now.maintainer == held, "whoever maintained it does so again")

    @rule(one=PLACE, other=PLACE)
    def a_ruling_is_withdrawn(self, one: int, other: int) -> None:
        """A steward looks again at what was undone."""
        left, right = self.some(one), self.some(other)
        if left != right and self.bank.rulings.says(left, right) is RulingKind.CANNOT_LINK:
            withdrawn = RulingKind.WITHDRAWN
            self.bank.rules(Ruling(left=left, right=right, by="S-1", kind=withdrawn, day=self.bank.day))
