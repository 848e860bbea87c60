"""Laws of circles: the half-year clock is what the days say, explaining never resets it, one activity more never makes compliance worse, no order matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from attrs import evolve, field, frozen

from custmaster.circle import CircleFolder, CircleReview, ClockTerms, IdleState, Life, Pause, pauses, review
from custmaster.decision import Outcome
from custmaster.handbook import Handbook, default
from custmaster.testing._circle_clocks import ClockCase, Scene, circle_clocks, circle_scenes
from custmaster.testing._circles import meeting
from custmaster.testing.laws.law import Law
from custmaster.value.span import add_months

__all__ = ["CIRCLE_LAWS", "CircleRules"]

_RANK: Final = tuple(Outcome)


@frozen(kw_only=True)
class CircleRules:
    """What is under judgement: the half-year clock and the review of circles, by a handbook.

    >>> CircleRules().pauses is pauses
    True
    """

    pauses: Callable[[Life, Iterable[date], Iterable[date], ClockTerms], Sequence[Pause]] = pauses
    review: Callable[[Iterable[CircleFolder], ClockTerms], Iterable[CircleReview]] = review
    handbook: Handbook = field(factory=default)


def _terms(rules: CircleRules, day: date) -> ClockTerms:
    return ClockTerms(handbook=rules.handbook, day=day)


def _paused(rules: CircleRules, case: ClockCase, held: Iterable[date], explained: Iterable[date]) -> Sequence[Pause]:
    return rules.pauses(case.life, held, explained, _terms(rules, case.day))


def _is_what_the_days_say(rules: CircleRules, case: ClockCase) -> bool | None:
    """Day by day from the start: lapsed is each day that lies more than the months after the last activity before it."""
    start, idle = case.life.start, _terms(rules, case.day).idle
    last = min(case.day, case.life.end or case.day)
    if idle is None or start > last:
        return None
    since, said = start, list[date]()
    for n in range(1, (last - start).days + 1):
        day = start + timedelta(days=n)
        if day > add_months(since, idle.value) and since not in said[-1:]:
            said.append(since)
        if day in case.held:
            since = day
    told = _paused(rules, case, case.held, case.explained)
    return [one.since for one in told if one.state is not IdleState.WITHIN] == said


def _never_resets(rules: CircleRules, case: ClockCase) -> bool | None:
    told, bare = (_paused(rules, case, case.held, days) for days in (case.explained, ()))
    if [(a.since, a.until, a.limit) for a in told] != [(b.since, b.until, b.limit) for b in bare]:
        return False
    fine = {(one, one) for one in IdleState} | {(IdleState.LAPSED, IdleState.LAPSED_EXPLAINED)}
    return all((b.state, a.state) in fine for a, b in zip(told, bare, strict=True)) if case.explained else None


def _clock_is_never_worse(rules: CircleRules, case: ClockCase) -> bool | None:
    before, after = (_paused(rules, case, held, case.explained) for held in (case.held, (*case.held, case.more)))
    if any(one.state is IdleState.LAPSED for one in before):
        return None
    return all(one.state is not IdleState.LAPSED for one in after)


def _days_in_any_order(rules: CircleRules, case: ClockCase) -> bool | None:
    told = _paused(rules, case, case.held, case.explained)
    turned = _paused(rules, case, case.held[::-1], case.explained[::-1])
    return list(told) == list(turned) if len({*case.held}) > 1 else None


def _only(rules: CircleRules, folder: CircleFolder, day: date) -> CircleReview:
    (found,) = rules.review([folder], _terms(rules, day))
    return found


def _review_is_never_worse(rules: CircleRules, case: Scene) -> bool | None:
    folder, day, on = case
    more = evolve(folder, activities=[*folder.activities, meeting(99, on)])
    before, after = (_only(rules, one, day) for one in (folder, more))
    short = [{one.first for one in found.topics[0].months if one.short} for found in (before, after)]
    return _RANK.index(after.outcome) <= _RANK.index(before.outcome) and short[1] <= short[0]


def _rows_in_any_order(rules: CircleRules, case: Scene) -> bool | None:
    folder, day, _ = case
    if len(folder.activities) < 2:
        return None
    turned = evolve(folder, activities=folder.activities[::-1], topics=folder.topics[::-1])
    return _only(rules, folder, day) == _only(rules, turned, day)


def _clocks(rules: CircleRules) -> Any:
    return circle_clocks()


def _reviews(rules: CircleRules) -> Any:
    return circle_scenes()


CIRCLE_LAWS: Final[tuple[Law[CircleRules, Any], ...]] = (
    Law(
        name="pauses-are-what-the-days-say",
        says="A pause is over the limit exactly when a day lies more than the months after the last activity before it.",
        source="R-30",
        cases=_clocks,
        holds=_is_what_the_days_say,
    ),
    Law(
        name="explaining-never-resets-the-clock",
        says="An explanation moves neither the first day nor the limit of a pause; a lapse may become an explained one.",
        source="R-30",
        cases=_clocks,
        holds=_never_resets,
    ),
    Law(
        name="an-activity-never-makes-the-clock-worse",
        says="Where every lapse was explained, each is with one activity more.",
        source="R-30",
        cases=_clocks,
        holds=_clock_is_never_worse,
    ),
    Law(
        name="days-come-in-any-order",
        says="The order of the activities' days does not matter to the clock.",
        source="R-30",
        cases=_clocks,
        holds=_days_in_any_order,
    ),
    Law(
        name="an-activity-never-makes-compliance-worse",
        says="One more complete activity within the topic's life makes no outcome worse and no month short.",
        source="R-30, R-33",
        cases=_reviews,
        holds=_review_is_never_worse,
    ),
    Law(
        name="rows-come-in-any-order",
        says="The order of a circle's topics and activities does not matter to its review.",
        source="R-33",
        cases=_reviews,
        holds=_rows_in_any_order,
    ),
)
"""What must hold of the clocks and reviews of circles."""
