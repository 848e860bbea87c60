"""A circle with its topic, ready to be asked about: fixtures that give functions, so that a test says only what it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.circle import (
    ActivityRecord,
    Circle,
    CircleKind,
    Gloss,
    Member,
    Original,
    OriginalKept,
    ReportRule,
    ResultReport,
    Speech,
    Step,
    StepTaken,
    Topic,
    TopicSource,
    TopicState,
    TopicType,
    steps_of,
)
from custmaster.decision import Approval, Decision, Occasion
from custmaster.handbook import Handbook, Page, default, default_text, parse

DAY = date(2026, 3, 2)
GROUP = "集团客户经理组"


@pytest.fixture(scope="session")
def page() -> Page:
    return default().on(DAY)


@pytest.fixture(scope="session")
def book() -> Callable[..., Handbook]:
    """The packaged handbook with further values, each `key="value"` from the day given with it."""

    def made(*rows: tuple[str, str, str]) -> Handbook:
        added = "".join(
            f'\n[[{key}]]\nfrom = {since}\nvalue = {value}\narticle = "本行规定"\nsource = "bank"\n'
            for key, since, value in rows
        )
        return parse(default_text() + added, "bank.toml")

    return made


@pytest.fixture
def occasion() -> Callable[..., Occasion]:
    def made(day: date = DAY, *, approve: tuple[str, ...] = (), numbers: tuple[str, ...] = ()) -> Occasion:
        approvals = [Approval(by="S-LEADER", reason="特殊情况", codes=approve)] if approve else []
        return Occasion(day=day, actor="S-9", request_id=f"R-{day}", numbers=numbers, approvals=approvals)

    return made


@pytest.fixture
def circle() -> Callable[..., Circle]:
    def made(teams: tuple[str, ...] = (GROUP, GROUP, GROUP), **said: Any) -> Circle:
        members = [Member(staff=f"S-{place}", team=team) for place, team in enumerate(teams, start=1)]
        usual: dict[str, Any] = {
            "number": "QC-01",
            "name": "晨曦",
            "kind": CircleKind.GROUP_ACCOUNTS,
            "centre": "C-1",
            "founded_on": date(2026, 1, 5),
            "members": members,
        }
        return Circle(**usual | said)

    return made


@pytest.fixture
def draft() -> Topic:
    return Topic(
        number="T-1",
        circle="QC-01",
        title="缩短开户时间",
        type=TopicType.SERVICE,
        source=TopicSource.OWN_CHOICE,
        themes=["服务标准化"],
        baseline="平均四十分钟",
        target="二十分钟",
        countermeasures="预填单据",
        action="三月试行",
        owner="S-1",
        plan=[date(2026, 3, 5)],
    )


@pytest.fixture
def registered(draft: Topic) -> Topic:
    return changed(draft, state=TopicState.REGISTERED, registration="QC2026-001", registered_on=DAY)


def steps(text: str) -> tuple[StepTaken, ...]:
    """A history in letters: P, D, C (open), n (a check not met), m (a check met), A; all on one day."""
    answered = {"C": None, "n": False, "m": True}
    named = {"P": Step.PLAN, "D": Step.DO, "A": Step.ACT}
    return tuple(StepTaken(step=named.get(one, Step.CHECK), on=DAY, met=answered.get(one)) for one in text)


@pytest.fixture
def history() -> Callable[[str], tuple[StepTaken, ...]]:
    return steps


@pytest.fixture
def cycled(registered: Topic) -> Topic:
    """A topic with a whole cycle behind it and every required original kept."""
    required = (
        Original.SURVEY_DATA,
        Original.IMPLEMENTATION_DATA,
        Original.PEERS_COMPARED,
        Original.OWN_BEST_COMPARED,
        Original.BEFORE_AFTER_COMPARED,
    )
    kept = [OriginalKept(kind=kind, reference=f"DOC-{kind}", on=DAY) for kind in required]
    return changed(registered, steps=steps("PDmA"), originals=kept)


@pytest.fixture
def record() -> Callable[..., ActivityRecord]:
    def made(**said: Any) -> ActivityRecord:
        staff = ("S-1", "S-2", "S-3")
        usual: dict[str, Any] = {
            "number": "A-1",
            "topic": "T-1",
            "sequence": 1,
            "on": DAY,
            "place": "二楼会议室",
            "step": Step.PLAN,
            "attending": staff,
            "chair": "S-1",
            "recorder": "S-2",
            "content": "讨论现状",
            "speeches": [Speech(staff=one, said="同意") for one in staff],
            "tools": ["排列图"],
            "conclusion": "下周调查",
        }
        return ActivityRecord(**usual | said)

    return made


@pytest.fixture
def report(registered: Topic, page: Page) -> Callable[..., ResultReport]:
    def made(**said: Any) -> ResultReport:
        usual: dict[str, Any] = {
            "topic": "T-1",
            "reference": "DOC-9",
            "authors": ["S-1", "S-2"],
            "parts": ["小组概况", *(row.zh for row in steps_of(registered, page))],
            "figures": 7,
            "terms": ["排列图"],
            "glossary": [Gloss(term="排列图", plain="把原因从多到少排列的图")],
            "seen_to": [ReportRule.FOCUSED, ReportRule.CONCISE, ReportRule.RELEVANT_PROFILE],
        }
        return ResultReport(**usual | said)

    return made


@pytest.fixture(scope="session")
def told() -> Callable[[Any], list[str]]:
    """The codes of an answer, or of a list of reasons."""

    def codes(answer: Decision | tuple[Any, ...]) -> list[str]:
        return [str(one.code) for one in (answer if isinstance(answer, tuple) else answer.reasons)]

    return codes
