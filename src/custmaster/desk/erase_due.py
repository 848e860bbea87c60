"""Erasing prospects whose day came: what was kept of the person is dropped, whether or not the entry still stands on the roster."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.decision import Citation, Decision, Occasion, Outcome, Reason
from custmaster.decision import decide as settle
from custmaster.desk.repeated import answered
from custmaster.desk.roster_facts import RosterBook, RosterFacts
from custmaster.desk.roster_grounds import happened
from custmaster.handbook import Page
from custmaster.roster.codes import RosterCode
from custmaster.roster.events import ProspectErased

__all__ = ["decide"]


def decide(facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """Which of the loaded prospects are erased on the day: all whose `erase_by` has come, those of struck-off entries too.

    Nothing stands against it, since the law asks nobody. Allowed carries ProspectErased by the entries' numbers; with none it is refused
    (NOTHING_TO_ERASE). The host also keeps the stored listings as `without_prospect` gives them. The same request id gives the same answer.
    Errors: CustmasterError for an earlier answer of another request. Source: B8.11.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> occasion = Occasion(day=date(2026, 11, 28), actor="EOD", request_id="T-1")
    >>> answer = decide(RosterFacts(book=RosterBook()), occasion, default().on(occasion.day))
    >>> [str(one.code) for one in answer.reasons]
    ['NOTHING_TO_ERASE']
    """
    repeated = answered(facts.earlier, occasion, page, lambda done: isinstance(done, ProspectErased))
    if repeated is not None:
        return repeated
    events = tuple(_due(facts.book, occasion))
    nothing = Reason(code=RosterCode.NOTHING_TO_ERASE, outcome=Outcome.REFUSED, citation=Citation(article="B8.11"))
    return settle(() if events else (nothing,), handbook=page.stamp, events=events, approvals=occasion.approvals)


def _due(book: RosterBook, occasion: Occasion) -> Iterator[ProspectErased]:
    for entry in book.entries:
        if entry.prospect is not None and entry.prospect.erase_by <= occasion.day:
            yield happened(ProspectErased, occasion, entry.number)
