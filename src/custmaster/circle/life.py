"""What a circle and a topic are after what happened to them; the life of a topic is the table TOPIC_TRANSITIONS."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, assert_never

from attrs import evolve as changed

from custmaster.circle.circle import Circle
from custmaster.circle.events import (
    ActEntered,
    ActivityRecorded,
    CheckEntered,
    CheckMet,
    CheckNotMet,
    CircleClosed,
    CircleEvaluated,
    CircleEvent,
    CircleFounded,
    DoEntered,
    MembersChanged,
    OriginalAdded,
    PauseExplained,
    PdcaEvent,
    PlanEntered,
    ResultsCompiled,
    ResultsFiled,
    TopicAmended,
    TopicClosed,
    TopicEvent,
    TopicRegistered,
)
from custmaster.circle.kinds import Step, TopicState
from custmaster.circle.pdca import ENTRIES, PDCA, phase_of
from custmaster.circle.topic import Explanation, OriginalKept, StepTaken, Topic
from custmaster.errors import CustmasterError
from custmaster.lifecycle import NoSuchStep, step

__all__ = ["TOPIC_TRANSITIONS", "evolve", "evolve_circle"]

_S = TopicState
TOPIC_TRANSITIONS: Final[Mapping[TopicState, Mapping[type[object], TopicState]]] = MappingProxyType(
    {
        _S.DRAFT: {TopicRegistered: _S.REGISTERED},
        _S.REGISTERED: {
            TopicAmended: _S.REGISTERED,
            PlanEntered: _S.REGISTERED,
            DoEntered: _S.REGISTERED,
            CheckEntered: _S.REGISTERED,
            CheckMet: _S.REGISTERED,
            CheckNotMet: _S.REGISTERED,
            ActEntered: _S.REGISTERED,
            ActivityRecorded: _S.REGISTERED,
            PauseExplained: _S.REGISTERED,
            OriginalAdded: _S.REGISTERED,
            ResultsCompiled: _S.COMPILED,
            TopicClosed: _S.CLOSED,
        },
        # What was done is told in the report by now; until it is filed the circle goes on to meet, and what was missing is brought.
        _S.COMPILED: {
            ActivityRecorded: _S.COMPILED,
            PauseExplained: _S.COMPILED,
            OriginalAdded: _S.COMPILED,
            ResultsCompiled: _S.COMPILED,
            ResultsFiled: _S.FILED,
            TopicClosed: _S.CLOSED,
        },
        _S.FILED: {},
        _S.CLOSED: {},
    }
)
"""The life of a topic: registered (R-29), compiled, then filed (R-38), in this order. A new topic is a new registration."""


def evolve(topic: Topic | None, event: TopicEvent) -> Topic:
    """The topic after the event; None is the topic before it was registered.

    Errors: CustmasterError for what its life or the PDCA table does not hold, or another topic's event (the caller's bug: no question of this room
    is answered with such an event). Source: the law of fold; R-29, R-31, R-38.

    >>> from datetime import date
    >>> from custmaster.circle.kinds import TopicSource, TopicType
    >>> draft = Topic(
    ...     number="T-1", circle="QC-01", title="缩短开户时间", type=TopicType.SERVICE, source=TopicSource.OWN_CHOICE
    ... )
    >>> registered = TopicRegistered(
    ...     on=date(2026, 3, 2), actor="S-1", request_id="R-1", topic=draft, registration="QC2026-001"
    ... )
    >>> str(evolve(None, registered).state)
    'REGISTERED'
    """
    if isinstance(event, TopicRegistered):
        if topic is not None:
            raise CustmasterError("TopicRegistered does not happen to a topic that is there")
        reached = TOPIC_TRANSITIONS[event.topic.state][TopicRegistered]
        return changed(event.topic, state=reached, registration=event.registration, registered_on=event.on)
    if topic is None or topic.number != event.number:
        raise CustmasterError(f"{type(event).__name__} is not about this topic")
    reached_later = step(TOPIC_TRANSITIONS, topic.state, event)
    if isinstance(reached_later, NoSuchStep):
        raise CustmasterError(f"{reached_later.event} does not happen to a topic that is {reached_later.state}")
    return _changed(changed(topic, state=reached_later), event)


_Later = (
    TopicAmended
    | PdcaEvent
    | ActivityRecorded
    | PauseExplained
    | OriginalAdded
    | ResultsCompiled
    | ResultsFiled
    | TopicClosed
)


def _changed(topic: Topic, event: _Later) -> Topic:
    match event:
        case PlanEntered() | DoEntered() | CheckEntered() | CheckMet() | CheckNotMet() | ActEntered():
            return _stepped(topic, event)
        case TopicAmended():
            return changed(topic, **{name: getattr(event.change, name) for name in event.change.touched})
        case ActivityRecorded():
            return changed(topic, activities=topic.activities + 1)
        case PauseExplained():
            told = Explanation(on=event.on, by=event.actor, reason=event.reason)
            return changed(topic, explanations=(*topic.explanations, told))
        case OriginalAdded():
            kept = OriginalKept(kind=event.kind, reference=event.reference, on=event.on)
            return changed(topic, originals=(*topic.originals, kept))
        case ResultsCompiled() | ResultsFiled() | TopicClosed():
            return _ended(topic, event)
    assert_never(event)


def _ended(topic: Topic, event: ResultsCompiled | ResultsFiled | TopicClosed) -> Topic:
    match event:
        case ResultsCompiled():
            return changed(topic, report=event.report, compiled_on=event.on)
        case ResultsFiled():
            return changed(topic, filed_on=event.on)
        case TopicClosed():
            return changed(topic, closed_on=event.on)
    assert_never(event)


_ENTERED: Final[Mapping[type[object], Step]] = MappingProxyType({kind: name for name, kind in ENTRIES.items()})


def _stepped(topic: Topic, event: PdcaEvent) -> Topic:
    reached = step(PDCA, phase_of(topic.steps), event)
    if isinstance(reached, NoSuchStep):
        raise CustmasterError(f"{reached.event} does not follow on {reached.state}")
    if isinstance(event, CheckMet | CheckNotMet):
        answered = changed(topic.steps[-1], met=isinstance(event, CheckMet))
        return changed(topic, steps=(*topic.steps[:-1], answered))
    return changed(topic, steps=(*topic.steps, StepTaken(step=_ENTERED[type(event)], on=event.on)))


def evolve_circle(circle: Circle | None, event: CircleEvent) -> Circle:
    """The circle after the event; None is the circle before it was founded. What happens to a closed one is the caller's bug.

    Errors: CustmasterError for another circle's event or one out of its life; InvalidValue as `Circle`. Source: the law of fold; R-27, R-28.
    """
    if isinstance(event, CircleFounded):
        if circle is not None:
            raise CustmasterError("CircleFounded does not happen to a circle that is there")
        return event.circle
    if circle is None or circle.number != event.number:
        raise CustmasterError(f"{type(event).__name__} is not about this circle")
    if circle.closed_on is not None:
        raise CustmasterError(f"{type(event).__name__} does not happen to a circle that is closed")
    match event:
        case MembersChanged():
            return changed(circle, members=event.members)
        case CircleEvaluated():
            return changed(circle, evaluations=(*circle.evaluations, event.evaluation))
        case CircleClosed():
            return changed(circle, closed_on=event.on)
    assert_never(event)
