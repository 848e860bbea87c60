"""What the strategies of circles make is what they say: a life that the tables hold, and all that is of interest is met."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.circle import (
    ActivityRecord,
    Circle,
    CircleFolder,
    ClockTerms,
    IdleState,
    Topic,
    TopicState,
    accepts,
    calendar,
    counts,
    is_cycle_complete,
    pauses,
    review_circle,
)
from custmaster.circle.asking import last_day
from custmaster.decision import Outcome
from custmaster.handbook import default
from custmaster.testing import strategies as s
from custmaster.wire import (
    activity_from_json,
    activity_to_json,
    circle_from_json,
    circle_to_json,
    topic_from_json,
    topic_to_json,
)

BOOK = default()


@given(st.from_type(Topic))
def test_a_topic_is_as_its_life_lets_it_be(topic: Topic) -> None:
    assert accepts(topic.steps)
    assert (topic.registered_on is None) is (topic.state is TopicState.DRAFT)
    assert (topic.filed_on is not None) is (topic.state is TopicState.FILED)
    assert (topic.closed_on is not None) is (topic.state is TopicState.CLOSED)
    assert topic.report is None or is_cycle_complete(topic)
    days = [topic.registered_on, *(step.on for step in topic.steps), topic.compiled_on, topic.ended_on]
    told = [day for day in days if day is not None]
    assert told == sorted(told)
    assert topic.ended_on is None or last_day(topic) == topic.ended_on
    assert topic_from_json(topic_to_json(topic)) == topic


@given(st.from_type(Circle), st.from_type(ActivityRecord))
def test_they_go_over_the_wire_and_back(circle: Circle, record: ActivityRecord) -> None:
    assert circle_from_json(circle_to_json(circle)) == circle
    assert activity_from_json(activity_to_json(record)) == record


@given(s.topics(state=TopicState.DRAFT), s.circles())
def test_what_is_asked_for_is_made(topic: Topic, circle: Circle) -> None:
    assert topic.state is TopicState.DRAFT
    assert circle.founded_on.year == 2020


def met(strategy: st.SearchStrategy[object], examples: int = 150) -> list[object]:
    found: list[object] = []

    @settings(max_examples=examples, database=None, derandomize=True, deadline=None)
    @given(strategy)
    def collect(value: object) -> None:
        found.append(value)

    collect()
    return found


def test_every_state_and_both_kinds_of_records_are_met() -> None:
    topics = met(st.from_type(Topic))
    assert {topic.state for topic in topics if isinstance(topic, Topic)} == set(TopicState)
    folders = [one for one in met(st.from_type(CircleFolder)) if isinstance(one, CircleFolder)]
    told = [counts(a, t) for one in folders for t in one.topics for a in one.by_topic()[t.number]]
    assert {True, False} == set(told)
    terms = ClockTerms(handbook=BOOK, day=max(a.on for one in folders for a in one.activities))
    assert {review_circle(one, terms).outcome for one in folders} == set(Outcome)


def test_clocks_are_looked_at_in_every_state() -> None:
    cases = [one for one in met(s.circle_clocks(), 300) if isinstance(one, s.ClockCase)]
    found = [pauses(c.life, c.held, c.explained, ClockTerms(handbook=BOOK, day=c.day))[-1:] for c in cases]
    assert {one.state for told in found for one in told} == set(IdleState)


def test_calendars_have_what_is_done_and_what_is_not() -> None:
    cases = [one for one in met(s.circle_calendars(), 300) if isinstance(one, s.CalendarCase)]
    dues = [due for one in cases for due in calendar(one.folder, one.span, one.terms)]
    assert {due.done for due in dues} == {True, False}
    assert len({due.kind for due in dues}) == 4
