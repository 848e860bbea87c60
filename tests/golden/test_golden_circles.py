"""Circles, topics, records and their events, as the first version wrote them: read for ever, and written in the same bytes today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import fields

from custmaster.circle import (
    Absence,
    ActEntered,
    ActivityRecord,
    ActivityRecorded,
    CheckEntered,
    CheckMet,
    CheckNotMet,
    Circle,
    CircleClosed,
    CircleEvaluated,
    CircleFounded,
    CircleKind,
    DoEntered,
    Evaluation,
    Explanation,
    HalfYear,
    LeaderDecision,
    Member,
    MembersChanged,
    Original,
    OriginalAdded,
    OriginalKept,
    PauseExplained,
    PlanEntered,
    Project,
    ResultsCompiled,
    ResultsFiled,
    Score,
    Speech,
    Step,
    StepTaken,
    SupportKind,
    SupportRequest,
    Topic,
    TopicAmended,
    TopicChange,
    TopicClosed,
    TopicRegistered,
    TopicSource,
    TopicState,
    TopicType,
)
from custmaster.decision import Approval
from custmaster.value.span import Span
from custmaster.wire import (
    activity_from_json,
    activity_to_json,
    circle_event_from_json,
    circle_event_to_json,
    circle_from_json,
    circle_to_json,
    leader_decision_from_json,
    leader_decision_to_json,
    project_from_json,
    project_to_json,
    support_request_from_json,
    support_request_to_json,
    topic_from_json,
    topic_to_json,
)

HERE = Path(__file__).parent
DAY = date(2026, 3, 2)
HEAD: dict[str, Any] = {"on": DAY, "actor": "S-9", "request_id": "R-1"}
EVALUATION = Evaluation(
    on=DAY, scores=[Score(name="成果", points=Decimal("87.5"))], total=Decimal("87.5"), appraised=True
)
PLAIN = Circle(number="QC-02", name="春风", kind=CircleKind.INDOOR, centre="C-1", founded_on=DAY)
CIRCLE = Circle(
    number="QC-01",
    name="晨曦",
    kind=CircleKind.GROUP_ACCOUNTS,
    centre="C-1",
    founded_on=date(2026, 1, 5),
    closed_on=date(2026, 12, 1),
    members=[
        Member(staff="S-1", team="集团客户经理组", leads=True),
        Member(staff="S-2", team="集团客户经理组", valid=Span(DAY, date(2026, 9, 1))),
    ],
    evaluations=[EVALUATION],
)
DRAFT = Topic(number="T-2", circle="QC-01", title="缩短等候", type=TopicType.INNOVATION, source=TopicSource.DIRECTED)
TOPIC = Topic(
    number="T-1",
    circle="QC-01",
    title="缩短开户时间",
    type=TopicType.SERVICE,
    source=TopicSource.OWN_CHOICE,
    themes=["服务标准化"],
    state=TopicState.FILED,
    registration="QC2026-001",
    registered_on=DAY,
    baseline="平均四十分钟",
    target="二十分钟",
    countermeasures="预填单据",
    action="三月试行",
    owner="S-1",
    plan=[DAY],
    steps=[StepTaken(step=Step.PLAN, on=DAY), StepTaken(step=Step.CHECK, on=DAY, met=False)],
    originals=[OriginalKept(kind=Original.PEERS_COMPARED, reference="DOC-1", on=DAY)],
    explanations=[Explanation(on=DAY, by="S-9", reason="系统上线")],
    activities=3,
    report="DOC-9",
    compiled_on=DAY,
    filed_on=DAY,
)
CLOSED = Topic(
    number="T-3",
    circle="QC-01",
    title="",
    type=TopicType.PROBLEM,
    source=TopicSource.GUIDED,
    state=TopicState.CLOSED,
    closed_on=DAY,
)
EMPTY = ActivityRecord(number="A-2", topic="T-1", sequence=2, on=DAY, step=Step.ACT)
ACTIVITY = ActivityRecord(
    number="A-1",
    topic="T-1",
    sequence=1,
    on=DAY,
    place="二楼会议室",
    step=Step.PLAN,
    attending=["S-1"],
    absences=[Absence(staff="S-2", why="出差")],
    chair="S-1",
    recorder="S-1",
    content="讨论现状",
    speeches=[Speech(staff="S-1", said="同意")],
    tools=["排列图"],
    conclusion="下周调查",
    attachments=["DOC-2"],
)
EVENTS = [
    CircleFounded(circle=PLAIN, **HEAD),
    MembersChanged(number="QC-02", members=CIRCLE.members, **HEAD),
    CircleEvaluated(number="QC-02", evaluation=EVALUATION, **HEAD),
    CircleClosed(number="QC-02", **HEAD),
    TopicRegistered(topic=DRAFT, registration="QC2026-002", **HEAD),
    TopicAmended(number="T-2", change=TopicChange(owner="S-2", plan=[], themes=["流程规范化"]), **HEAD),
    PlanEntered(number="T-2", **HEAD),
    DoEntered(number="T-2", **HEAD),
    CheckEntered(number="T-2", **HEAD),
    CheckMet(number="T-2", **HEAD),
    CheckNotMet(number="T-2", **HEAD),
    ActEntered(number="T-2", **HEAD),
    ActivityRecorded(record=ACTIVITY, **HEAD),
    PauseExplained(number="T-2", reason="系统上线", **HEAD),
    OriginalAdded(number="T-2", kind=Original.OTHER, reference="DOC-3", **HEAD),
    ResultsCompiled(number="T-2", report="DOC-9", **HEAD),
    ResultsFiled(number="T-2", **HEAD),
    TopicClosed(number="T-2", reason="业务调整", **HEAD),
]
PROJECT = Project(
    number="P-1",
    centre="C-1",
    half=HalfYear(year=2026, half=1),
    comparison="与理想对比",
    gaps="等候偏长",
    improvement_plan="下半年推广",
    cases=["T-1"],
)
SUPPORT = SupportRequest(
    number="SR-1", circle="QC-01", on=DAY, to="营销部", asks=[SupportKind.PLACE, SupportKind.RESOURCES], why="人多"
)
LEADER = LeaderDecision(
    about="T-1",
    on=DAY,
    asked_by="S-9",
    request_id="R-1",
    approval=Approval(by="S-LEADER", reason="特殊情况", codes=["ORIGINAL_MISSING"]),
)
FILES: list[tuple[str, list[Any], Callable[[Any], bytes], Callable[[bytes], Any]]] = [
    ("circles.1.jsonl", [PLAIN, CIRCLE], circle_to_json, circle_from_json),
    ("topics.1.jsonl", [DRAFT, TOPIC, CLOSED], topic_to_json, topic_from_json),
    ("activities.1.jsonl", [EMPTY, ACTIVITY], activity_to_json, activity_from_json),
    ("circle_events.1.jsonl", EVENTS, circle_event_to_json, circle_event_from_json),
    ("circle_projects.1.jsonl", [PROJECT], project_to_json, project_from_json),
    ("support_requests.1.jsonl", [SUPPORT], support_request_to_json, support_request_from_json),
    ("leader_decisions.1.jsonl", [LEADER], leader_decision_to_json, leader_decision_from_json),
]


@pytest.mark.parametrize(("name", "values", "write", "read"), FILES, ids=[name for name, *_ in FILES])
def test_what_was_written_loads_and_is_written_alike(
    name: str, values: list[Any], write: Callable[[Any], bytes], read: Callable[[bytes], Any]
) -> None:
    lines = (HERE / name).read_bytes().splitlines()
    assert [read(line) for line in lines] == values
    assert [write(value) for value in values] == lines


@pytest.mark.parametrize(
    ("name", "kind"), [("circles", Circle), ("topics", Topic), ("activities", ActivityRecord)], ids=str
)
def test_every_field_stands_in_the_golden_file(name: str, kind: type[Any]) -> None:
    text = (HERE / f"{name}.1.jsonl").read_text(encoding="utf-8")
    assert [field.name for field in fields(kind) if f'"{field.name}":' not in text] == []
