"""The record of one activity, field by field as the form 《QC小组活动记录表》 has it; an activity without its record does not count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.circle.kinds import Step
from custmaster.errors import Fault, InvalidValue
from custmaster.value._checks import each_of, of, texts

__all__ = ["Absence", "ActivityRecord", "Speech"]


@frozen(kw_only=True)
class Speech:
    """What one attending member said (发言记录): free text, which is not shown. Source: R-37 (1)."""

    staff: str
    said: str = field(repr=False)


@frozen(kw_only=True)
class Absence:
    """Who should have been there and was not, and why."""

    staff: str
    why: str = field(repr=False)


if TYPE_CHECKING:

    def _staff(values: Iterable[str]) -> tuple[str, ...]: ...

    def _listed(values: Iterable[str]) -> tuple[str, ...]: ...

    def _speeches(values: Iterable[Speech]) -> tuple[Speech, ...]: ...

    def _absences(values: Iterable[Absence]) -> tuple[Absence, ...]: ...

else:
    _speeches = _absences = tuple

    def _staff(values):  # noqa: ANN001, ANN202
        return tuple(sorted(set(texts(values, "attending"))))

    def _listed(values):  # noqa: ANN001, ANN202
        return texts(values, "list")


@frozen(kw_only=True)
class ActivityRecord:
    """One activity of a topic. `attending` are the staff numbers that were there (实到); with `absences` they are those that should have been (应到).

    `content`, `speeches`, `conclusion` are free text and not shown. `attachments` are references, never files. What is missing from the form is
    told by `missing` of `circle.records`, not refused: an incomplete record does not count. Errors: InvalidValue (RANGE, CONFLICT, DUPLICATE). Source: R-36, R-37, B2.

    >>> ActivityRecord(number="A-1", topic="T-1", sequence=1, on=date(2026, 3, 5), step=Step.PLAN).attending
    ()
    """

    schema: int = 1
    number: str
    topic: str
    sequence: int
    on: date
    place: str = ""
    step: Step = field(validator=of(Step))
    attending: tuple[str, ...] = field(default=(), converter=_staff)
    absences: tuple[Absence, ...] = field(default=(), converter=_absences, validator=each_of(Absence))
    chair: str = ""
    recorder: str = ""
    content: str = field(default="", repr=False)
    speeches: tuple[Speech, ...] = field(default=(), converter=_speeches, validator=each_of(Speech))
    tools: tuple[str, ...] = field(default=(), converter=_listed)
    conclusion: str = field(default="", repr=False)
    attachments: tuple[str, ...] = field(default=(), converter=_listed)

    def __attrs_post_init__(self) -> None:
        if type(self.sequence) is not int or self.sequence < 1:
            raise InvalidValue(Fault.RANGE, path="sequence", remedy="the first activity of a topic is number 1")
        spoken = [one.staff for one in self.speeches]
        if len(set(spoken)) != len(spoken):
            raise InvalidValue(Fault.DUPLICATE, path="speeches", remedy="one speech record for each member")
        if {one.staff for one in self.absences} & set(self.attending):
            raise InvalidValue(Fault.CONFLICT, path="absences", remedy="nobody is there and absent")
