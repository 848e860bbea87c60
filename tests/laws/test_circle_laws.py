"""What holds for every review of circles; each law is asked of known-bad clocks and reviews too, and must catch them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, event, find, given, settings
from hypothesis import strategies as st

from custmaster.circle.activity import ActivityRecord, Speech
from custmaster.circle.circle import Circle, Member
from custmaster.circle.clocks import ClockTerms, IdleState, Life, Pause, pauses
from custmaster.circle.folder import CircleFolder
from custmaster.circle.kinds import CircleKind, Step, TopicSource, TopicState, TopicType
from custmaster.circle.review import CircleReview, review
from custmaster.circle.topic import Explanation, Topic
from custmaster.decision import Outcome
from custmaster.handbook import default
from custmaster.value.span import add_months

BOOK = default()
BEGIN = date(2020, 1, 1)
RANK = list(Outcome)
STAFF = ("S-1", "S-2", "S-3")
Clock = Callable[[Life, Iterable[date], Iterable[date], ClockTerms], Sequence[Pause]]
Reviewer = Callable[[Iterable[CircleFolder], ClockTerms], Iterable[CircleReview]]
search = settings(max_examples=1_000, database=None, suppress_health_check=list(HealthCheck))


def days(first: int = 0, last: int = 1_500) -> st.SearchStrategy[date]:
    return st.integers(first, last).map(lambda n: BEGIN + timedelta(days=n))


@frozen(kw_only=True)
class Case:
    """A topic's clock: its life, days of activities, days of explanations, one activity more, and the day of the review."""

    life: Life
    held: tuple[date, ...]
    explained: tuple[date, ...]
    more: date
    day: date

    @property
    def terms(self) -> ClockTerms:
        return ClockTerms(handbook=BOOK, day=self.day)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    start = draw(days(last=60))
    end = draw(st.none() | days(first=300))
    day = draw(days(first=100))
    last = min(day, end or day)
    some = st.lists(days(), max_size=5).map(tuple)
    more = start + timedelta(days=draw(st.integers(0, (last - start).days)))
    return Case(life=Life(start=start, end=end), held=draw(some), explained=draw(some), more=more, day=day)


def record(number: int, on: date, *, whole: bool = True) -> ActivityRecord:
    return ActivityRecord(
        number=f"A-{number}",
        topic="T-1",
        sequence=number + 1,
        on=on,
        place="会议室",
        step=Step.PLAN,
        attending=STAFF,
        chair=STAFF[0],
        recorder=STAFF[1],
        content="讨论",
        speeches=[Speech(staff=one, said="好") for one in (STAFF if whole else STAFF[1:])],
        conclusion="继续",
        tools=["排列图"],
    )


@st.composite
def scenes(draw: st.DrawFn) -> tuple[CircleFolder, ClockTerms, date]:
    """A folder of one topic, the terms, and a day in its life for one activity more."""
    case = draw(cases())
    held = [record(n, on, whole=draw(st.integers(0, 4)) > 0) for n, on in enumerate(case.held)]
    ended = case.life.end
    topic = Topic(
        number="T-1",
        circle="QC-01",
        title="缩短开户时间",
        type=TopicType.SERVICE,
        source=TopicSource.OWN_CHOICE,
        state=TopicState.REGISTERED if ended is None else TopicState.CLOSED,
        registration="R-1",
        registered_on=case.life.start,
        closed_on=ended,
        explanations=[Explanation(on=on, by="S-1", reason="停电") for on in case.explained],
    )
    circle = Circle(
        number="QC-01",
        name="晨曦",
        kind=CircleKind.INDOOR,
        centre="C-1",
        founded_on=BEGIN,
        members=[Member(staff=one, team=one) for one in STAFF],
    )
    return CircleFolder(circle=circle, topics=[topic], activities=held), case.terms, case.more


# --- the laws, each as a question about a clock or a review ----------------------------------------------------------------


def is_what_the_days_say(clock: Clock, case: Case) -> bool:
    """Day by day from the start: lapsed is each day that lies more than six months after the last activity before it."""
    last = min(case.day, case.life.end or case.day)
    if case.life.start > last:
        return True
    since, said = case.life.start, []
    for n in range(1, (last - case.life.start).days + 1):
        day = case.life.start + timedelta(days=n)
        if day > add_months(since, 6) and (not said or said[-1] != since):
            said.append(since)
        if day in case.held:
            since = day
    told = clock(case.life, case.held, case.explained, case.terms)
    return [one.since for one in told if one.state is not IdleState.WITHIN] == said


def explaining_never_resets(clock: Clock, case: Case) -> bool:
    """With explanations and without, every pause begins, ends and has its limit on the same day; only its state may become explained."""
    told, bare = (clock(case.life, case.held, explained, case.terms) for explained in (case.explained, ()))
    same = [(a.since, a.until, a.limit) for a in told] == [(b.since, b.until, b.limit) for b in bare]
    states = [(b.state, a.state) for a, b in zip(told, bare, strict=same)]
    fine = {(one, one) for one in IdleState} | {(IdleState.LAPSED, IdleState.LAPSED_EXPLAINED)}
    return same and set(states) <= fine


def activity_never_makes_a_clock_worse(clock: Clock, case: Case) -> bool:
    """One more activity within the life: whoever had no unexplained lapse has none afterwards."""
    before, after = (
        clock(case.life, held, case.explained, case.terms) for held in (case.held, (*case.held, case.more))
    )
    bad = [any(one.state is IdleState.LAPSED for one in each) for each in (before, after)]
    return bad[0] or not bad[1]


def order_of_days_does_not_matter(clock: Clock, case: Case) -> bool:
    backwards = clock(case.life, case.held[::-1], case.explained[::-1], case.terms)
    return list(clock(case.life, case.held, case.explained, case.terms)) == list(backwards)


CLOCK_LAWS: tuple[Callable[[Clock, Case], bool], ...] = (
    is_what_the_days_say,
    explaining_never_resets,
    activity_never_makes_a_clock_worse,
    order_of_days_does_not_matter,
)


@pytest.mark.parametrize("law", CLOCK_LAWS, ids=lambda law: law.__name__)
def test_the_half_year_clock(law: Callable[[Clock, Case], bool]) -> None:
    @given(cases())
    def holds(case: Case) -> None:
        assert law(pauses, case)

    holds()


# --- clocks that are wrong -------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("law", "bad"),
    [
        (is_what_the_days_say, resets),
        (explaining_never_resets, resets),
        (activity_never_makes_a_clock_worse, excuses_by_pause),
        (is_what_the_days_say, a_day_too_strict),
        (is_what_the_days_say, as_they_came),
        (order_of_days_does_not_matter, as_they_came),
        (is_what_the_days_say, counts_days),
    ],
    ids=lambda one: one.__name__,
)
def test_a_wrong_clock_is_caught(law: Callable[[Clock, Case], bool], bad: Clock) -> None:
    find(cases(), lambda case: not law(bad, case), settings=search)


# --- the review ------------------------------------------------------------------------------------------------------------


def only(reviewer: Reviewer, folder: CircleFolder, terms: ClockTerms) -> CircleReview:
    (found,) = reviewer([folder], terms)
    return found


def never_worse(reviewer: Reviewer, scene: tuple[CircleFolder, ClockTerms, date]) -> bool:
    """One more complete activity, held by all members within the topic's life."""
    folder, terms, day = scene
    more = evolve(folder, activities=[*folder.activities, record(99, day)])
    before, after = (only(reviewer, one, terms) for one in (folder, more))
    short = [{one.first for one in found.topics[0].months if one.short} for found in (before, after)]
    return RANK.index(after.outcome) <= RANK.index(before.outcome) and short[1] <= short[0]


def independent_of_order(reviewer: Reviewer, scene: tuple[CircleFolder, ClockTerms, date]) -> bool:
    folder, terms, _ = scene
    turned = evolve(folder, activities=folder.activities[::-1], topics=folder.topics[::-1])
    return only(reviewer, folder, terms) == only(reviewer, turned, terms)


@given(scenes())
def test_a_complete_activity_never_makes_compliance_worse(scene: tuple[CircleFolder, ClockTerms, date]) -> None:
    event(only(review, *scene[:2]).outcome.value)
    assert never_worse(review, scene)


@given(scenes())
def test_the_order_of_rows_does_not_matter(scene: tuple[CircleFolder, ClockTerms, date]) -> None:
    assert independent_of_order(review, scene)


def too_many_is_bad(folders: Iterable[CircleFolder], terms: ClockTerms) -> Iterable[CircleReview]:
    """Takes a month with more activities than are needed for a short one."""
    for found in review(folders, terms):
        months = [[evolve(one, needed=one.held + 1) if one.held > 1 else one for one in t.months] for t in found.topics]
        yield evolve(found, topics=tuple(evolve(t, months=m) for t, m in zip(found.topics, months, strict=True)))


def test_a_wrong_review_is_caught() -> None:
    wrong: list[bool] = []

    @settings(parent=search)
    @given(scenes())
    def looked(scene: tuple[CircleFolder, ClockTerms, date]) -> None:
        wrong.append(not never_worse(too_many_is_bad, scene))

    looked()
    assert any(wrong)
