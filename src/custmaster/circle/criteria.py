"""The five criteria of R-32 (现状清楚、目标明确、对策具体、措施落实、责任到人), the plan that there must be, and the tools that are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.circle.activity import ActivityRecord
from custmaster.circle.codes import CircleCode
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import Step
from custmaster.circle.topic import Topic
from custmaster.decision import Reason

__all__ = ["CRITERIA", "Criterion", "CriterionRow", "judge_answers", "judge_plan", "judge_tools", "unanswered"]


class Criterion(StrEnum):
    """The five criteria, in the order of the document. Source: R-32."""

    BASELINE = "BASELINE"
    TARGET = "TARGET"
    COUNTERMEASURES = "COUNTERMEASURES"
    ACTION = "ACTION"
    OWNER = "OWNER"


@frozen(kw_only=True)
class CriterionRow:
    """What the document calls it, the field of a topic that answers it, and the step that is not entered before it is answered."""

    zh: str
    en: str
    field: str
    before: Step


_C = Criterion
CRITERIA: Final[Mapping[Criterion, CriterionRow]] = MappingProxyType(
    {
        _C.BASELINE: CriterionRow(zh="现状清楚", en="what is is clear", field="baseline", before=Step.DO),
        _C.TARGET: CriterionRow(zh="目标明确", en="the target is definite", field="target", before=Step.DO),
        _C.COUNTERMEASURES: CriterionRow(
            zh="对策具体", en="the countermeasures are concrete", field="countermeasures", before=Step.DO
        ),
        _C.ACTION: CriterionRow(zh="措施落实", en="they are carried out", field="action", before=Step.CHECK),
        _C.OWNER: CriterionRow(zh="责任到人", en="a person answers for them", field="owner", before=Step.DO),
    }
)
"""Every criterion; the names are those of the handbook key `circle.criteria`."""


def unanswered(topic: Topic, before: Step | None = None) -> tuple[Criterion, ...]:
    """The criteria that the topic leaves unanswered; with `before`, those that this step wants answered. Source: R-32.

    >>> from custmaster.circle.kinds import TopicSource, TopicType
    >>> topic = Topic(number="T-1", circle="QC-01", title="", type=TopicType.SERVICE, source=TopicSource.OWN_CHOICE)
    >>> unanswered(topic, Step.CHECK)
    (<Criterion.ACTION: 'ACTION'>,)
    """
    return tuple(
        criterion
        for criterion, row in CRITERIA.items()
        if before in (None, row.before) and not getattr(topic, row.field).strip()
    )


def judge_answers(topic: Topic, before: Step | None = None) -> tuple[Reason, ...]:
    """A warning for each criterion that is unanswered; as `unanswered`."""
    return tuple(
        ground(CircleCode.CRITERION_UNANSWERED, topic.number, {"criterion": CRITERIA[one].zh})
        for one in unanswered(topic, before)
    )


def judge_plan(topic: Topic) -> tuple[Reason, ...]:
    """There is an activity plan: a day at least on which the circle means to meet. Source: R-32, R-34."""
    return () if topic.plan else (ground(CircleCode.PLAN_MISSING, topic.number),)


def judge_tools(topic: Topic, counted: Iterable[ActivityRecord]) -> tuple[Reason, ...]:
    """QC tools were used in one activity at least; which ones are fit is for people to say. Source: R-32."""
    used = any(tool.strip() for record in counted for tool in record.tools)
    return () if used else (ground(CircleCode.TOOLS_NOT_USED, topic.number),)
