"""The procedures laid over PDCA: ten steps that solve a problem, their variant for a directed target (指令性目标), eight steps of an innovation."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from custmaster.circle.kinds import Step, TopicSource, TopicType
from custmaster.circle.topic import Topic
from custmaster.handbook import Key, Page
from custmaster.handbook.circle_keys import (
    CIRCLE_DIRECTED,
    CIRCLE_INNOVATION,
    CIRCLE_PROBLEM_SOLVING,
    ProcedureStep,
)

__all__ = ["PROCEDURES", "PROCEDURE_OF", "Procedure", "procedure_of", "steps_of", "steps_within"]


class Procedure(StrEnum):
    """The three procedures. Source: B2."""

    PROBLEM_SOLVING = "PROBLEM_SOLVING"
    DIRECTED = "DIRECTED"
    INNOVATION = "INNOVATION"


_P, _T, _S = Procedure, TopicType, TopicSource
PROCEDURES: Final[Mapping[Procedure, Key[tuple[ProcedureStep, ...]]]] = MappingProxyType(
    {
        _P.PROBLEM_SOLVING: CIRCLE_PROBLEM_SOLVING,
        _P.DIRECTED: CIRCLE_DIRECTED,
        _P.INNOVATION: CIRCLE_INNOVATION,
    }
)
"""Where the handbook holds the steps of each procedure."""

PROCEDURE_OF: Final[Mapping[TopicType, Mapping[TopicSource, Procedure]]] = MappingProxyType(
    {
        _T.ON_SITE: {
            _S.DIRECTED: _P.DIRECTED,
            _S.GUIDED: _P.PROBLEM_SOLVING,
            _S.OWN_CHOICE: _P.PROBLEM_SOLVING,
        },
        _T.SERVICE: {
            _S.DIRECTED: _P.DIRECTED,
            _S.GUIDED: _P.PROBLEM_SOLVING,
            _S.OWN_CHOICE: _P.PROBLEM_SOLVING,
        },
        _T.PROBLEM: {
            _S.DIRECTED: _P.DIRECTED,
            _S.GUIDED: _P.PROBLEM_SOLVING,
            _S.OWN_CHOICE: _P.PROBLEM_SOLVING,
        },
        _T.MANAGEMENT: {
            _S.DIRECTED: _P.DIRECTED,
            _S.GUIDED: _P.PROBLEM_SOLVING,
            _S.OWN_CHOICE: _P.PROBLEM_SOLVING,
        },
        _T.INNOVATION: {
            _S.DIRECTED: _P.INNOVATION,
            _S.GUIDED: _P.INNOVATION,
            _S.OWN_CHOICE: _P.INNOVATION,
        },
    }
)
"""The procedure of a topic by its type and source. Source: B2."""


def procedure_of(topic: Topic) -> Procedure:
    """The procedure that the topic follows."""
    return PROCEDURE_OF[topic.type][topic.source]


def steps_of(topic: Topic, page: Page) -> tuple[ProcedureStep, ...]:
    """The steps of the topic's procedure, as the handbook lists them on the day. Errors: NotInForce.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> topic = Topic(number="T-1", circle="QC-01", title="", type=TopicType.SERVICE, source=TopicSource.OWN_CHOICE)
    >>> len(steps_of(topic, default().on(date(2026, 3, 2))))
    10
    """
    return page[PROCEDURES[procedure_of(topic)]]


def steps_within(topic: Topic, step: Step, page: Page) -> tuple[ProcedureStep, ...]:
    """The steps of the topic's procedure that belong to one step of PDCA. Errors: NotInForce."""
    return tuple(row for row in steps_of(topic, page) if row.step == step)
