"""What events make of circles and topics, and what is a caller's bug; what records refuse when they are made."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
from attrs import evolve as changed

from custmaster.circle import (
    PROCEDURE_OF,
    TOPIC_TRANSITIONS,
    Absence,
    ActEntered,
    ActivityRecorded,
    CheckMet,
    CircleClosed,
    CircleEvaluated,
    CircleFounded,
    Evaluation,
    Member,
    MembersChanged,
    Original,
    PlanEntered,
    Procedure,
    ResultReport,
    ResultsCompiled,
    ResultsFiled,
    Score,
    Speech,
    Step,
    StepTaken,
    SupportRequest,
    TopicAmended,
    TopicChange,
    TopicClosed,
    TopicEvent,
    TopicRegistered,
    TopicSource,
    TopicState,
    TopicType,
    amend_topic,
    change_members,
    close_circle,
    close_topic,
    evolve,
    evolve_circle,
    first_refused,
    found_circle,
    keep_original,
    procedure_of,
    steps_of,
    steps_within,
)
from custmaster.decision import Outcome
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.lifecycle import rowless, unreachable

DAY = date(2026, 3, 2)
HEAD: dict[str, Any] = {"on": DAY, "actor": "S-9", "request_id": "R-1"}


def test_the_life_of_a_topic_is_total_and_names_every_event() -> None:
    assert rowless(TOPIC_TRANSITIONS, TopicState) == ()
    assert unreachable(TOPIC_TRANSITIONS, TopicState.DRAFT) == ()
    assert {kind for row in TOPIC_TRANSITIONS.values() for kind in row} == set(get_args(TopicEvent))


def test_what_is_no_step_is_the_callers_bug(draft, registered) -> None:
    begun = TopicRegistered(topic=draft, registration="1", **HEAD)
    with pytest.raises(CustmasterError, match="there"):
        evolve(registered, begun)
    with pytest.raises(CustmasterError, match="not about"):
        evolve(None, PlanEntered(number="T-1", **HEAD))
    with pytest.raises(CustmasterError, match="not about"):
        evolve(registered, PlanEntered(number="T-2", **HEAD))
    with pytest.raises(CustmasterError, match="REGISTERED"):
        evolve(registered, ResultsFiled(number="T-1", **HEAD))
    with pytest.raises(CustmasterError, match="NOT_BEGUN"):
        evolve(registered, ActEntered(number="T-1", **HEAD))


def test_only_a_draft_is_registered(registered) -> None:
    with pytest.raises(InvalidValue) as caught:
        TopicRegistered(topic=registered, registration="2", **HEAD)
    assert caught.value.path == "topic.state"


def test_a_change_says_something_and_leaves_the_rest(registered, occasion, page, told) -> None:
    with pytest.raises(InvalidValue):
        TopicChange()
    change = TopicChange(owner="S-2", plan=[DAY], themes=["管理标准化"])
    (event,) = amend_topic(registered, change, occasion(), page).events
    assert evolve(registered, event) == changed(registered, owner="S-2", plan=[DAY], themes=["管理标准化"])
    assert told(amend_topic(registered, TopicChange(themes=["其他"]), occasion(), page)) == ["THEME_UNKNOWN"]
    with pytest.raises(InvalidValue):
        TopicChange(themes="管理标准化")


def test_originals_are_kept_one_after_the_other(registered, occasion, page) -> None:
    (event,) = keep_original(registered, Original.OTHER, "DOC-1", occasion(), page).events
    assert [one.reference for one in evolve(registered, event).originals] == ["DOC-1"]


def test_a_topic_that_is_given_up_stays_as_it_is(registered, occasion, page, told) -> None:
    (event,) = close_topic(registered, "业务调整", occasion(), page).events
    closed = evolve(registered, event)
    assert (closed.state, closed.ended_on) == (TopicState.CLOSED, DAY)
    assert told(close_topic(closed, "业务调整", occasion(), page)) == ["TOPIC_STATE"]
    assert "业务调整" not in repr(event)


def test_a_circle_lives_from_its_founding_to_its_closing(circle, occasion, page, told) -> None:
    (founded,) = found_circle(circle(), occasion(), page).events
    begun = evolve_circle(None, founded)
    members = [*begun.members, Member(staff="S-4", team="集团客户经理组")]
    grown = evolve_circle(begun, change_members(begun, members, occasion(), page).events[0])
    assert [one.staff for one in grown.members] == ["S-1", "S-2", "S-3", "S-4"]
    evaluation = Evaluation(on=DAY, scores=[Score(name="成果", points=Decimal(1))], total=Decimal(1))
    scored = evolve_circle(grown, CircleEvaluated(number="QC-01", evaluation=evaluation, **HEAD))
    closed = evolve_circle(scored, close_circle(scored, occasion(), page).events[0])
    assert (closed.closed_on, closed.evaluations) == (DAY, (evaluation,))
    assert told(close_circle(closed, occasion(), page)) == ["CIRCLE_ENDED"]
    assert told(change_members(closed, members, occasion(), page)) == ["CIRCLE_ENDED"]
    assert told(found_circle(closed, occasion(), page)) == ["CIRCLE_ENDED"]


def test_results_may_be_compiled_again_until_they_are_filed(cycled) -> None:
    first = evolve(cycled, ResultsCompiled(number="T-1", report="DOC-1", **HEAD))
    again = evolve(first, ResultsCompiled(number="T-1", report="DOC-2", **HEAD))
    assert (again.report, again.state) == ("DOC-2", TopicState.COMPILED)


def test_members_that_are_unusual_wait_for_a_leader(circle, occasion, page) -> None:
    assert change_members(circle(), circle().members[:2], occasion(), page).outcome is Outcome.REVIEW


def test_what_is_no_step_of_a_circle_is_the_callers_bug(circle) -> None:
    founded = CircleFounded(circle=circle(), **HEAD)
    changes = MembersChanged(number=founded.number, members=[], **HEAD)
    with pytest.raises(CustmasterError, match="there"):
        evolve_circle(circle(), founded)
    for there in (None, circle(number="QC-02")):
        with pytest.raises(CustmasterError, match="not about"):
            evolve_circle(there, changes)
    with pytest.raises(CustmasterError, match="closed"):
        evolve_circle(circle(closed_on=DAY), CircleClosed(number="QC-01", **HEAD))


@pytest.mark.parametrize(("text", "place"), [("", None), ("PDmA", None), ("D", 0), ("PDA", 2), ("PDCP", 3), ("PPD", 1)])
def test_the_first_step_that_is_refused_is_named(text, place, history) -> None:
    assert first_refused(history(text)) == place


@pytest.mark.parametrize("step", [Step.PLAN, Step.DO, Step.ACT])
def test_only_a_check_is_met_or_not(step) -> None:
    with pytest.raises(InvalidValue) as caught:
        StepTaken(step=step, on=DAY, met=True)
    assert caught.value.fault is Fault.CONFLICT


def test_events_name_what_they_are_about(draft, record) -> None:
    assert ActivityRecorded(record=record(), **HEAD).number == "T-1"
    assert TopicRegistered(topic=draft, registration="1", **HEAD).number == "T-1"
    with pytest.raises(InvalidValue):
        TopicAmended(number="T-1", change=None, **HEAD)


def test_free_text_is_never_shown(record, draft) -> None:
    shown = repr((record(), TopicClosed(number="T-1", reason="业务调整", **HEAD)))
    assert [text for text in ("讨论现状", "同意", "下周调查", "业务调整") if text in shown] == []


@pytest.mark.parametrize(
    ("said", "path", "fault"),
    [
        ({"sequence": 0}, "sequence", Fault.RANGE),
        ({"sequence": True}, "sequence", Fault.RANGE),
        ({"speeches": [Speech(staff="S-1", said="同意")] * 2}, "speeches", Fault.DUPLICATE),
        ({"absences": [Absence(staff="S-1", why="出差")]}, "absences", Fault.CONFLICT),
        ({"attending": "S-1"}, "attending", Fault.TYPE),
        ({"step": "PLAN"}, "step", Fault.TYPE),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(said, path, fault, record) -> None:
    with pytest.raises(InvalidValue) as caught:
        record(**said)
    assert (caught.value.path, caught.value.fault) == (path, fault)


def test_a_circle_that_contradicts_itself_is_refused(circle) -> None:
    with pytest.raises(InvalidValue) as caught:
        circle(closed_on=date(2026, 1, 4))
    assert caught.value.fault is Fault.ORDER
    twice = [Member(staff="S-1", team="集团客户经理组"), Member(staff="S-1", team="集团客户经理组")]
    with pytest.raises(InvalidValue) as caught:
        circle(members=twice)
    assert (caught.value.fault, caught.value.path) == (Fault.OVERLAP, "members[1]")


def test_a_request_for_support_asks_for_something() -> None:
    with pytest.raises(InvalidValue) as caught:
        SupportRequest(number="SR-1", circle="QC-01", on=DAY, to="营销部", asks=[])
    assert caught.value.fault is Fault.EMPTY


@pytest.mark.parametrize("figures", [-1, True, "3"])
def test_figures_are_counted(figures) -> None:
    with pytest.raises(InvalidValue):
        ResultReport(topic="T-1", reference="DOC-1", authors=[], figures=figures)


# --- procedures ---


def test_every_type_and_source_has_its_procedure() -> None:
    assert set(PROCEDURE_OF) == set(TopicType)
    assert all(set(row) == set(TopicSource) for row in PROCEDURE_OF.values())


@pytest.mark.parametrize(
    ("kind", "source", "procedure", "count", "back"),
    [
        (TopicType.SERVICE, TopicSource.OWN_CHOICE, Procedure.PROBLEM_SOLVING, 10, "分析原因"),
        (TopicType.MANAGEMENT, TopicSource.DIRECTED, Procedure.DIRECTED, 10, "分析原因"),
        (TopicType.INNOVATION, TopicSource.DIRECTED, Procedure.INNOVATION, 8, "提出方案并确定最佳方案"),
    ],
)
def test_a_topic_follows_its_procedure(kind, source, procedure, count, back, draft, page) -> None:
    topic = changed(draft, type=kind, source=source)
    rows = steps_of(topic, page)
    assert (procedure_of(topic), len(rows)) == (procedure, count)
    assert [row.zh for row in rows if row.back] == [back]
    assert tuple(row for step in Step for row in steps_within(topic, step, page)) == rows


def test_a_directed_target_is_set_before_it_is_proved(draft, page) -> None:
    topic = changed(draft, source=TopicSource.DIRECTED)
    assert [row.zh for row in steps_within(topic, Step.PLAN, page)][1:3] == ["设定目标", "目标可行性论证"]


def test_a_check_is_answered_once(registered, history) -> None:
    met = evolve(changed(registered, steps=history("PDC")), CheckMet(number="T-1", **HEAD))
    with pytest.raises(CustmasterError, match="CHECK_MET"):
        evolve(met, CheckMet(number="T-1", **{**HEAD, "on": DAY + timedelta(days=1)}))
