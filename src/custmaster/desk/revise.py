"""Recording anew what is known of an entry: its level, and what the customer needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve, field, frozen

from custmaster.decision import Decision, Occasion, Reason
from custmaster.decision import decide as settle
from custmaster.desk.repeated import answered
from custmaster.desk.roster_facts import RosterFacts
from custmaster.desk.roster_grounds import happened, judge_entry_step, the_same
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import RosterEntry
from custmaster.roster.events import LevelChanged, NeedsChanged
from custmaster.roster.rules import judge_entry
from custmaster.value._checks import texts

__all__ = ["Revision", "decide"]

_JUDGED = (RosterCode.LEVEL_UNKNOWN, RosterCode.SOURCE_FIELD_MISSING)
"""What a revision may break; a level that fell below the quality level is no reason to leave the roster (R-05, R-06)."""


def _needs(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(sorted(set(texts(values, "needs"))))


@frozen(kw_only=True)
class Revision:
    """The request: the level or the needs of an entry as they are now; None leaves them. Errors: InvalidValue (MISSING) with neither.

    >>> Revision(entry="E-1", level="白金卡").needs is None
    True
    """

    entry: str
    level: str | None = None
    needs: tuple[str, ...] | None = field(default=None, converter=_needs, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.level is None and self.needs is None:
            raise InvalidValue(Fault.MISSING, path="level", remedy="give the level or the needs")


def decide(asked: Revision, facts: RosterFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the entry is recorded anew on the day: the level stands on the ladder, and the needs stay where the source asks for them.

    Allowed carries LevelChanged, NeedsChanged or both. The same request id gives the same answer. Errors: CustmasterError for an earlier answer
    of another request, or an entry that was not loaded. Source: R-14, R-16.

    >>> from datetime import date
    >>> from custmaster.desk.roster_facts import RosterBook
    >>> from custmaster.handbook import default
    >>> from custmaster.roster import Source
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> facts = RosterFacts(book=RosterBook(entries=[entry]))
    >>> occasion = Occasion(day=date(2026, 11, 28), actor="S-9", request_id="T-1")
    >>> answer = decide(Revision(entry="E-1", level="黑卡"), facts, occasion, default().on(occasion.day))
    >>> [str(one.code) for one in answer.reasons]
    ['LEVEL_UNKNOWN']
    """
    events = tuple(_events(asked, occasion))
    repeated = answered(facts.earlier, occasion, page, lambda done: any(the_same(done, one) for one in events))
    if repeated is not None:
        return repeated
    entry = facts.book.entry(asked.entry)
    reasons = [*judge_entry_step(entry, events[0]), *_judge(_revised(entry, asked), page, occasion)]
    return settle(reasons, handbook=page.stamp, events=events, approvals=occasion.approvals)


def _events(asked: Revision, occasion: Occasion) -> Iterator[LevelChanged | NeedsChanged]:
    if asked.level is not None:
        yield happened(LevelChanged, occasion, asked.entry, level=asked.level)
    if asked.needs is not None:
        yield happened(NeedsChanged, occasion, asked.entry, needs=asked.needs)


def _revised(entry: RosterEntry, asked: Revision) -> RosterEntry:
    level = entry.level if asked.level is None else asked.level
    return evolve(entry, level=level, needs=entry.needs if asked.needs is None else asked.needs)


def _judge(entry: RosterEntry, page: Page, occasion: Occasion) -> Iterator[Reason]:
    return (reason for reason in judge_entry(entry, page, occasion.day) if reason.code in _JUDGED)
