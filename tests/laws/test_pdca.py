"""The law of PDCA: a history is accepted exactly when it is one of PDCA, by an oracle that knows no table; and what questions let happen is accepted."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.circle import (
    PDCA,
    Circle,
    CircleKind,
    Phase,
    Step,
    StepTaken,
    Topic,
    TopicSource,
    TopicState,
    TopicType,
    accepts,
    answer_check,
    close_topic,
    cycles,
    enter_step,
    evolve,
    explain_pause,
    first_refused,
    judge_steps,
    phase_of,
    register_topic,
)
from custmaster.circle.events import TopicEvent
from custmaster.decision import Allowed, Decision, Occasion
from custmaster.handbook import default
from custmaster.wire import (
    circle_event_from_json,
    circle_event_to_json,
    decision_from_json,
    decision_to_json,
    topic_from_json,
    topic_to_json,
)

DAY = date(2026, 3, 2)
PAGE = default().on(DAY)
# In letters: plan, do, check open, check not met, check met, act. Whole cycles first, then one that is under way.
ORACLE = re.compile("(?:PDn|PDmA)*(?:P(?:D(?:C|n|m)?)?)?")
WORDS: dict[str, tuple[Step, bool | None]] = {
    "P": (Step.PLAN, None),
    "D": (Step.DO, None),
    "C": (Step.CHECK, None),
    "n": (Step.CHECK, False),
    "m": (Step.CHECK, True),
    "A": (Step.ACT, None),
}
# Random letters are rarely a history; so half of them are made of whole cycles with a letter or two put in or taken out.
PIECES = st.lists(st.sampled_from(["PDn", "PDmA", "P", "PD", "PDC", "PDm", "A", "C"]), max_size=5).map("".join)
HISTORIES = st.one_of(st.text("PDCnmA", max_size=8), PIECES)


def taken(text: str) -> list[StepTaken]:
    return [StepTaken(step=WORDS[letter][0], on=DAY, met=WORDS[letter][1]) for letter in text]


@given(HISTORIES)
@settings(max_examples=500)
def test_a_history_is_accepted_exactly_when_it_is_one_of_pdca(text: str) -> None:
    assert accepts(taken(text)) is (ORACLE.fullmatch(text) is not None)


@given(HISTORIES)
def test_what_is_refused_first_is_where_the_oracle_ends(text: str) -> None:
    place = first_refused(taken(text))
    longest = next(end for end in range(len(text), -1, -1) if ORACLE.fullmatch(text[:end]))
    assert place == (None if longest == len(text) else longest)


def test_both_answers_are_seen() -> None:
    assert accepts(taken("PDnPDmAPDC"))
    assert not accepts(taken("PDCA"))


@given(st.lists(st.sampled_from(["PDn", "PDmA"]), max_size=6))
def test_cycles_are_those_that_were_acted_upon(pieces: list[str]) -> None:
    assert cycles(taken("".join(pieces))) == pieces.count("PDmA")


CIRCLE = Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2026, 1, 5))
DRAFT = Topic(
    number="T-1",
    circle="QC-01",
    title="缩短开户时间",
    type=TopicType.SERVICE,
    source=TopicSource.OWN_CHOICE,
    baseline="a",
    target="b",
    countermeasures="c",
    action="d",
    owner="S-1",
    plan=[DAY],
)
MOVES = ("register", "P", "D", "C", "A", "met", "not met", "explain", "close")


def asked(move: str, topic: Topic) -> Decision:
    occasion = Occasion(day=DAY, actor="S-9", request_id=move, numbers=["QC2026-001"])
    match move:
        case "register":
            return register_topic(topic, CIRCLE, occasion, PAGE)
        case "met" | "not met":
            return answer_check(topic, met=move == "met", occasion=occasion, page=PAGE)
        case "explain":
            return explain_pause(topic, "系统上线", occasion, PAGE)
        case "close":
            return close_topic(topic, "业务调整", occasion, PAGE)
        case _:
            return enter_step(topic, WORDS[move][0], occasion, PAGE)


def walk(moves: list[str]) -> tuple[Topic, int]:
    """The topic after every move that is allowed, and how many were; each answer is asked twice and goes over the wire and back."""
    topic, allowed = DRAFT, 0
    for move in moves:
        answer = asked(move, topic)
        assert decision_to_json(answer) == decision_to_json(asked(move, topic)), "the same question, the same bytes"
        if isinstance(answer, Allowed):
            event: TopicEvent = answer.events[0]  # type: ignore[assignment]
            assert circle_event_from_json(circle_event_to_json(event)) == event
            topic = evolve(None if topic.state is TopicState.DRAFT else topic, event)
            allowed += 1
        else:
            assert decision_from_json(decision_to_json(answer)) == answer
        assert accepts(topic.steps)
        assert judge_steps(topic) == ()
        assert topic_from_json(topic_to_json(topic)) == topic
    return topic, allowed


@given(st.lists(st.sampled_from(MOVES), max_size=25))
@settings(max_examples=80)  # 2,000 steps at most
def test_what_is_allowed_happens_and_leaves_a_history_of_pdca(moves: list[str]) -> None:
    walk(["register", *moves])


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_is_stood_in_on_a_walk(phase: Phase) -> None:
    """The walk can reach every phase, so the law above is about all of them."""
    ways = {"PLAN": ["P"], "DO": ["P", "D"], "CHECK": ["P", "D", "C"]}
    ways |= {"CHECK_MET": [*ways["CHECK"], "met"], "CHECK_NOT_MET": [*ways["CHECK"], "not met"], "NOT_BEGUN": []}
    ways["ACT"] = [*ways["CHECK_MET"], "A"]
    topic, allowed = walk(["register", *ways[phase.value]])
    assert (phase_of(topic.steps), allowed) == (phase, len(ways[phase.value]) + 1)
    assert phase in PDCA
