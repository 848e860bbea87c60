"""A topic (课题) of a circle: its registration, plan, PDCA history, originals, report and filing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.circle.kinds import Original, Step, TopicSource, TopicState, TopicType
from custmaster.errors import Fault, InvalidValue
from custmaster.value._checks import each_of, of, texts

__all__ = ["Explanation", "OriginalKept", "StepTaken", "Topic"]


@frozen(kw_only=True)
class StepTaken:
    """A step of PDCA that the topic entered on a day; `met` says of a CHECK whether the target was reached.

    None is a step without an answer. Errors: InvalidValue (CONFLICT) for an answer to another step than CHECK. Source: R-31.
    """

    step: Step = field(validator=of(Step))
    on: date
    met: bool | None = None

    def __attrs_post_init__(self) -> None:
        if self.met is not None and self.step is not Step.CHECK:
            raise InvalidValue(Fault.CONFLICT, path="met", remedy="only a check says whether the target was reached")


@frozen(kw_only=True)
class OriginalKept:
    """An original by its kind and a reference to where it lies."""

    kind: Original = field(validator=of(Original))
    reference: str
    on: date


@frozen(kw_only=True)
class Explanation:
    """What was explained to the General Affairs Dept (综合部) for a pause, and on which day: it excuses and does not reset the clock (R-30)."""

    on: date
    by: str
    reason: str = field(repr=False)


if TYPE_CHECKING:

    def _themes(values: Iterable[str]) -> tuple[str, ...]: ...

    def _steps(values: Iterable[StepTaken]) -> tuple[StepTaken, ...]: ...

    def _originals(values: Iterable[OriginalKept]) -> tuple[OriginalKept, ...]: ...

    def _explained(values: Iterable[Explanation]) -> tuple[Explanation, ...]: ...

else:
    _steps = _originals = _explained = tuple

    def _themes(values):  # noqa: ANN001, ANN202
        return tuple(sorted(set(texts(values, "themes"))))


@frozen(kw_only=True)
class Topic:
    """One topic under its number. `baseline`, `target`, `countermeasures`, `action`, `owner` answer the five criteria (R-32), empty where unanswered.

    `plan` is the activity plan, by days. `registration` is the number that the General Affairs Dept (综合部) gave on `registered_on`.
    `activities` counts those recorded; `report` is the reference of the compiled report.
    Source: R-25, R-29..R-32, R-37, R-38, B2.

    >>> Topic(
    ...     number="T-1", circle="QC-01", title="缩短开户时间", type=TopicType.SERVICE, source=TopicSource.OWN_CHOICE
    ... ).state
    <TopicState.DRAFT: 'DRAFT'>
    """

    schema: int = 1
    number: str
    circle: str
    title: str
    type: TopicType = field(validator=of(TopicType))
    source: TopicSource = field(validator=of(TopicSource))
    themes: tuple[str, ...] = field(default=(), converter=_themes)
    state: TopicState = field(default=TopicState.DRAFT, validator=of(TopicState))
    registration: str | None = None
    registered_on: date | None = None
    baseline: str = ""
    target: str = ""
    countermeasures: str = ""
    action: str = ""
    owner: str = ""
    plan: tuple[date, ...] = field(default=(), converter=tuple[date, ...])
    steps: tuple[StepTaken, ...] = field(default=(), converter=_steps, validator=each_of(StepTaken))
    originals: tuple[OriginalKept, ...] = field(default=(), converter=_originals, validator=each_of(OriginalKept))
    explanations: tuple[Explanation, ...] = field(default=(), converter=_explained, validator=each_of(Explanation))
    activities: int = 0
    report: str | None = None
    compiled_on: date | None = None
    filed_on: date | None = None
    closed_on: date | None = None

    @property
    def ended_on(self) -> date | None:
        """The day on which it was filed or closed, None while it goes on: no activity counts after it. Source: R-33."""
        return self.closed_on if self.filed_on is None else self.filed_on
