"""Leaving a post (离岗): what a staff member maintains there returns to the pool, the open offers are withdrawn, helping ends."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from custmaster.decision import Citation, Decision, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.desk.repeated import answered
from custmaster.desk.roster_facts import RosterFacts
from custmaster.desk.roster_grounds import happened, judge_entry_step
from custmaster.handbook import Page
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import RosterEntry
from custmaster.roster.events import CoManagerRemoved, EntryReturned, EntryWithdrawn

__all__ = ["LeavePost", "decide"]

Left = EntryWithdrawn | EntryReturned | CoManagerRemoved


@frozen(kw_only=True)
class LeavePost:
    """The request: who left a post, and why, where that is told. Which post it was is read from the postings.

    >>> LeavePost(staff="S-1").reason is None
    True
    """

    staff: str
    reason: str | None = field(default=None, repr=False)


def decide(asked: LeavePost, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """What the staff member leaves on the day: everything at outlets at which no post is held any more, by the postings as they are now.

    Whoever moved to another outlet leaves what was held at the old one; whoever left the bank, and whoever was not loaded, leaves everything.
    An entry that is offered to somebody else stays offered. Allowed carries EntryWithdrawn, EntryReturned and CoManagerRemoved by the entries'
    numbers; with none of them it is refused (NOTHING_TO_RETURN). The same request id gives the same answer. Errors: CustmasterError for an earlier
    answer of another request. Source: R-17.

    >>> from datetime import date
    >>> from custmaster.desk.roster_facts import RosterBook
    >>> from custmaster.handbook import default
    >>> occasion = Occasion(day=date(2026, 11, 28), actor="HR", request_id="T-1")
    >>> answer = decide(LeavePost(staff="S-1"), RosterFacts(book=RosterBook()), occasion, default().on(occasion.day))
    >>> [str(one.code) for one in answer.reasons]
    ['NOTHING_TO_RETURN']
    """
    repeated = answered(facts.earlier, occasion, page, lambda done: _is(done, asked))
    if repeated is not None:
        return repeated
    found = [(entry, event) for entry in facts.book.entries for event in _left(entry, asked, facts, occasion)]
    reasons = [reason for entry, event in found for reason in judge_entry_step(entry, event)]
    if not found:
        citation = Citation(article="R-17")
        code = RosterCode.NOTHING_TO_RETURN
        reasons = [Reason(code=code, outcome=Outcome.REFUSED, citation=citation, subject=asked.staff)]
    return settle(reasons, handbook=page.stamp, events=[event for _, event in found], approvals=occasion.approvals)


def _is(done: object, asked: LeavePost) -> bool:
    return isinstance(done, Left) and (done.staff, done.reason) == (asked.staff, asked.reason)


def _left(entry: RosterEntry, asked: LeavePost, facts: RosterFacts, occasion: Occasion) -> Iterator[Left]:
    def leaves(staff: str, outlet: str) -> bool:
        return staff == asked.staff and not facts.book.is_on_post(staff, outlet, occasion.day)

    told = {"staff": asked.staff, "reason": asked.reason}
    if entry.proposal is not None and leaves(entry.proposal.staff, entry.proposal.outlet):
        yield happened(EntryWithdrawn, occasion, entry.number, **told)
    if entry.maintainer is not None and leaves(entry.maintainer.staff, entry.maintainer.outlet):
        yield happened(EntryReturned, occasion, entry.number, **told)
    if any(leaves(one.staff, one.outlet) for one in entry.helpers):
        yield happened(CoManagerRemoved, occasion, entry.number, **told)
