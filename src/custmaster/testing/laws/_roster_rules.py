"""What the laws of the roster judge: the library's own functions, or a host's in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from custmaster.decision import Decision, Occasion, Reason
from custmaster.desk import (
    accept,
    add_helper,
    assign_to,
    drop_helper,
    hand_over,
    leave_post,
    propose,
    reject,
    return_to_pool,
    revise,
    strike_off,
    withdraw,
)
from custmaster.desk.joined_entries import joining, parting
from custmaster.desk.roster_facts import RosterBook, RosterFacts
from custmaster.handbook import Page, default
from custmaster.roster.assign import assign
from custmaster.roster.assign_kinds import Assigned, Seat, Terms, Wish
from custmaster.roster.entry import RosterEntry
from custmaster.roster.events import RosterEvent
from custmaster.roster.ladder import Ladder
from custmaster.roster.life import evolve
from custmaster.roster.review import Roster, RosterReview
from custmaster.roster.reviewing import review
from custmaster.roster.standing import EntryMove
from custmaster.roster.tags import Tag, judge_tags, tags_of
from custmaster.testing.laws._roster_cases import DAY
from custmaster.wire import decision_from_json, decision_to_json

__all__ = ["RosterRules"]

Asking = Callable[[Any, RosterFacts, Occasion, Page], Decision]

_QUESTIONS: Final[Mapping[str, Asking]] = MappingProxyType(
    {
        "propose": propose.decide,
        "accept": accept.decide,
        "reject": reject.decide,
        "withdraw": withdraw.decide,
        "assign_to": assign_to.decide,
        "hand_over": hand_over.decide,
        "return_to_pool": return_to_pool.decide,
        "add_helper": add_helper.decide,
        "drop_helper": drop_helper.decide,
        "revise": revise.decide,
        "strike_off": strike_off.decide,
        "leave_post": leave_post.decide,
    }
)


def _stored(answer: Decision) -> Decision:
    return decision_from_json(decision_to_json(answer))


@frozen(kw_only=True)
class RosterRules:
    """What is under judgement: the questions about an entry by their names, what an event makes of it, merges of entries, the review, the assignment, tags.

    `stored` is an answer as it comes back from where answers are kept: JSON here, a host's own storage there.

    >>> sorted(RosterRules().questions)[:3]
    ['accept', 'add_helper', 'assign_to']
    """

    questions: Mapping[str, Asking] = _QUESTIONS
    evolve: Callable[[RosterEntry | None, RosterEvent], RosterEntry] = evolve
    stored: Callable[[Decision], Decision] = _stored
    joining: Callable[[RosterBook, str, str, date], Iterable[EntryMove]] = joining
    parting: Callable[[Iterable[EntryMove], RosterBook, date], Iterable[EntryMove]] = parting
    review: Callable[[Roster, date, Page], RosterReview] = review
    assign: Callable[[Iterable[Wish], Iterable[Seat], Terms], Assigned] = assign
    tags: Callable[[RosterEntry, Ladder], Iterable[Tag]] = tags_of
    judge_tags: Callable[[RosterEntry, Iterable[Tag], Ladder, date], Iterable[Reason]] = judge_tags
    page: Page = field(factory=lambda: default().on(DAY))
