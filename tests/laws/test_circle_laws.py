"""What holds for every review of circles; each law is asked of known-bad clocks and reviews too, and must catch them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import pytest
from attrs import evolve

from custmaster.circle import CircleFolder, CircleReview, ClockTerms, IdleState, Life, Pause, pauses, review
from custmaster.testing.laws import CIRCLE_LAWS, BrokenLaw, CircleRules, Law

LAWS = {law.name: law for law in CIRCLE_LAWS}


@pytest.mark.parametrize("law", CIRCLE_LAWS, ids=str)
def test_the_laws_of_circles(law: Law[CircleRules, object]) -> None:
    law.check(CircleRules())


# --- clocks and reviews that are wrong -------------------------------------------------------------------------------------


def resets(life: Life, held: Iterable[date], explained: Iterable[date], terms: ClockTerms) -> Sequence[Pause]:
    """An explanation starts the clock anew, as an activity does."""
    return pauses(life, [*held, *explained], explained, terms)


def excuses_by_pause(life: Life, held: Iterable[date], explained: Iterable[date], terms: ClockTerms) -> Sequence[Pause]:
    """An explanation excuses the pause in which it lies, however long: an activity between the two takes the excuse away."""
    told = list(explained)
    return [
        evolve(one, state=IdleState.LAPSED_EXPLAINED)
        if one.state is IdleState.LAPSED and any(one.since <= day <= (one.until or terms.day) for day in told)
        else one
        for one in pauses(life, held, (), terms)
    ]


def a_day_too_strict(life: Life, held: Iterable[date], explained: Iterable[date], terms: ClockTerms) -> Sequence[Pause]:
    """Exactly six months are a breach already."""
    return [
        evolve(one, state=IdleState.LAPSED) if one.state is IdleState.WITHIN and one.limit == terms.day else one
        for one in pauses(life, held, explained, terms)
    ]


def as_they_came(life: Life, held: Iterable[date], explained: Iterable[date], terms: ClockTerms) -> Sequence[Pause]:
    """Takes the order of the rows for that of the days: the last row is the last activity."""
    listed = list(held)
    return pauses(life, listed[-1:], explained, terms)


def counts_days(life: Life, held: Iterable[date], explained: Iterable[date], terms: ClockTerms) -> Sequence[Pause]:
    """Takes half a year for 180 days."""
    found = pauses(life, held, explained, terms)
    marks = [life.start, *life.within(held, terms.day), life.through(terms.day)]
    long = [since for since, until in pairwise(marks) if (until - since).days > 180]
    return [evolve(found[-1], since=since, state=IdleState.LAPSED) for since in long] if found else found


def too_many_is_bad(folders: Iterable[CircleFolder], terms: ClockTerms) -> Iterator[CircleReview]:
    """Takes a month with more activities than are needed for a short one."""
    for found in review(folders, terms):
        months = [[evolve(one, needed=one.held + 1) if one.held > 1 else one for one in t.months] for t in found.topics]
        yield evolve(found, topics=tuple(evolve(t, months=tuple(m)) for t, m in zip(found.topics, months, strict=True)))


def by_its_first_row(folders: Iterable[CircleFolder], terms: ClockTerms) -> Iterator[CircleReview]:
    """Keeps count of the circles that it has seen: the second time it says another name."""
    for found in review(folders, terms):
        SEEN.append(found.circle)
        yield evolve(found, name=str(len(SEEN)))


SEEN: list[str] = []


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("pauses-are-what-the-days-say", CircleRules(pauses=resets)),
        ("explaining-never-resets-the-clock", CircleRules(pauses=resets)),
        ("an-activity-never-makes-the-clock-worse", CircleRules(pauses=excuses_by_pause)),
        ("pauses-are-what-the-days-say", CircleRules(pauses=a_day_too_strict)),
        ("pauses-are-what-the-days-say", CircleRules(pauses=as_they_came)),
        ("days-come-in-any-order", CircleRules(pauses=as_they_came)),
        ("pauses-are-what-the-days-say", CircleRules(pauses=counts_days)),
        ("an-activity-never-makes-compliance-worse", CircleRules(review=too_many_is_bad)),
        ("rows-come-in-any-order", CircleRules(review=by_its_first_row)),
    ],
)
def test_what_is_wrong_is_caught(name: str, rules: CircleRules) -> None:
    with pytest.raises(BrokenLaw):
        LAWS[name].check(rules, max_examples=3_000, shrink=False)
