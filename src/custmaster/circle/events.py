"""What happens to a circle and to its topics; what the records are afterwards stands in `circle.life`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import Attribute, field, fields, frozen

from custmaster.circle.activity import ActivityRecord
from custmaster.circle.circle import Circle, Evaluation, Member
from custmaster.circle.kinds import Original, TopicState
from custmaster.circle.topic import Topic
from custmaster.errors import Fault, InvalidValue
from custmaster.value._checks import each_of, of, texts
from custmaster.value._happened import Happened

__all__ = [
    "ActEntered",
    "ActivityRecorded",
    "CheckEntered",
    "CheckMet",
    "CheckNotMet",
    "CircleClosed",
    "CircleEvaluated",
    "CircleEvent",
    "CircleFounded",
    "DoEntered",
    "MembersChanged",
    "OriginalAdded",
    "PauseExplained",
    "PdcaEvent",
    "PlanEntered",
    "ResultsCompiled",
    "ResultsFiled",
    "TopicAmended",
    "TopicChange",
    "TopicClosed",
    "TopicEvent",
    "TopicRegistered",
]

if TYPE_CHECKING:

    def _members(values: Iterable[Member]) -> tuple[Member, ...]: ...

else:
    _members = tuple


def _themes(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(sorted(set(texts(values, "themes"))))


def _days(values: Iterable[date] | None) -> tuple[date, ...] | None:
    return None if values is None else tuple(values)


def _said(_: object, attribute: Attribute[str], value: str) -> None:
    if not value.strip():
        raise InvalidValue(Fault.EMPTY, path=attribute.name, remedy="say why")


# --- the circle -----------------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class CircleFounded(Happened):
    """A circle was founded with its first members. Source: R-27, R-28."""

    circle: Circle = field(validator=of(Circle))

    @property
    def number(self) -> str:
        """The circle's number."""
        return self.circle.number


@frozen(kw_only=True)
class MembersChanged(Happened):
    """The circle has these members, each with the days for which it belongs; earlier members keep their days. Source: R-28, B2."""

    number: str
    members: tuple[Member, ...] = field(converter=_members, validator=each_of(Member))


@frozen(kw_only=True)
class CircleEvaluated(Happened):
    """Its activities were scored (评估). Source: R-26, R-39."""

    number: str
    evaluation: Evaluation = field(validator=of(Evaluation))


@frozen(kw_only=True)
class CircleClosed(Happened):
    """The circle was given up; its record stays."""

    number: str


CircleEvent = CircleFounded | MembersChanged | CircleEvaluated | CircleClosed
"""Every event on a circle, a closed union."""


# --- a topic --------------------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class TopicRegistered(Happened):
    """The General Affairs Dept (综合部) registered a topic under a number of its own. Errors: InvalidValue (CONFLICT) unless it is a draft. Source: R-29."""

    topic: Topic = field(validator=of(Topic))
    registration: str

    def __attrs_post_init__(self) -> None:
        if self.topic.state is not TopicState.DRAFT:
            raise InvalidValue(Fault.CONFLICT, path="topic.state", remedy="a topic is registered once, as a draft")

    @property
    def number(self) -> str:
        """The topic's number."""
        return self.topic.number


@frozen(kw_only=True)
class TopicChange:
    """What is said anew of a topic; None leaves a field as it is. Errors: InvalidValue (MISSING) where nothing is said.

    >>> TopicChange(owner="S-1").touched
    ('owner',)
    """

    title: str | None = None
    themes: tuple[str, ...] | None = field(default=None, converter=_themes)
    baseline: str | None = None
    target: str | None = None
    countermeasures: str | None = None
    action: str | None = None
    owner: str | None = None
    plan: tuple[date, ...] | None = field(default=None, converter=_days)

    def __attrs_post_init__(self) -> None:
        if not self.touched:
            raise InvalidValue(Fault.MISSING, remedy="say what is changed")

    @property
    def touched(self) -> tuple[str, ...]:
        """The names of the fields that are said anew."""
        return tuple(one.name for one in fields(TopicChange) if getattr(self, one.name) is not None)


@frozen(kw_only=True)
class TopicAmended(Happened):
    """Its plan, its themes or its answers to the five criteria were written or changed. Source: R-25, R-32."""

    number: str
    change: TopicChange = field(validator=of(TopicChange))


@frozen(kw_only=True)
class PlanEntered(Happened):
    """A cycle began with its plan (计划). Source: R-31."""

    number: str


@frozen(kw_only=True)
class DoEntered(Happened):
    """The plan is carried out (实施). Source: R-31."""

    number: str


@frozen(kw_only=True)
class CheckEntered(Happened):
    """What was reached is looked at (检查). Source: R-31."""

    number: str


@frozen(kw_only=True)
class CheckMet(Happened):
    """The check found the target reached. Source: R-31, B2."""

    number: str


@frozen(kw_only=True)
class CheckNotMet(Happened):
    """The check found the target not reached: the topic goes back. Source: R-31, B2."""

    number: str


@frozen(kw_only=True)
class ActEntered(Happened):
    """What was reached is made a standard (处理). Source: R-31."""

    number: str


PdcaEvent = PlanEntered | DoEntered | CheckEntered | CheckMet | CheckNotMet | ActEntered
"""Every event of the PDCA cycle."""


@frozen(kw_only=True)
class ActivityRecorded(Happened):
    """An activity was held and its form filled. Source: R-36."""

    record: ActivityRecord = field(validator=of(ActivityRecord))

    @property
    def number(self) -> str:
        """The topic's number."""
        return self.record.topic


@frozen(kw_only=True)
class PauseExplained(Happened):
    """Why the circle pauses was explained (原因说明): it excuses and does not reset the clock. Errors: InvalidValue (EMPTY). Source: R-30."""

    number: str
    reason: str = field(repr=False, validator=_said)


@frozen(kw_only=True)
class OriginalAdded(Happened):
    """An original (原始资料) was put into keeping. Source: R-37."""

    number: str
    kind: Original = field(validator=of(Original))
    reference: str


@frozen(kw_only=True)
class ResultsCompiled(Happened):
    """The results were compiled (整理) into a report, named by its reference. Source: R-38."""

    number: str
    report: str


@frozen(kw_only=True)
class ResultsFiled(Happened):
    """The report was filed with the General Affairs Dept (成果报备). Source: R-38."""

    number: str


@frozen(kw_only=True)
class TopicClosed(Happened):
    """The topic was given up without a filed result, for a reason. Errors: InvalidValue (EMPTY)."""

    number: str
    reason: str = field(repr=False, validator=_said)


TopicEvent = (
    TopicRegistered
    | TopicAmended
    | PlanEntered
    | DoEntered
    | CheckEntered
    | CheckMet
    | CheckNotMet
    | ActEntered
    | ActivityRecorded
    | PauseExplained
    | OriginalAdded
    | ResultsCompiled
    | ResultsFiled
    | TopicClosed
)
"""Every event on a topic, a closed union."""
