"""One figure of a judgement with the arithmetic that shows it: in whole numbers, so that nobody argues about rounding."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.decision import Approval, Reason
from custmaster.handbook.citation import Citation

__all__ = ["Figure", "FigureKind", "Met"]


class FigureKind(StrEnum):
    """What is measured. Source: R-09..R-11, R-16, R-18..R-21."""

    GROWTH = "GROWTH"
    SHARE = "SHARE"
    PER_HEAD = "PER_HEAD"
    FLOOR = "FLOOR"
    TAKING_PART = "TAKING_PART"


class Met(StrEnum):
    """Whether a figure reaches its target; NOT_COMPUTABLE where there is nothing to divide by, NO_TARGET where none is set (R-22)."""

    YES = "YES"
    NO = "NO"
    NOT_COMPUTABLE = "NOT_COMPUTABLE"
    NO_TARGET = "NO_TARGET"


if TYPE_CHECKING:

    def _reasons(values: Iterable[Reason]) -> tuple[Reason, ...]: ...

else:
    _reasons = tuple


@frozen(kw_only=True)
class Figure:
    """`numerator` of `denominator` against `target`; `left` >= `right` is the test, in whole numbers (None: not computable or no target).

    Of growth, `numerator` is what was gained less what was lost and `denominator` the heads at the beginning; of a floor there is no denominator.
    `subject` is an outlet's or a staff member's number, empty for the bank. `missing` is by how many customers the target is missed (0 when met,
    None when that cannot be said). `apart` counts prospects that were left out. `approval` lifts a shortfall of a floor, which is in principle only
    (R-22). The outcome of its reasons is never worse than REVIEW: no figure blocks anything.
    """

    kind: FigureKind
    subject: str = ""
    numerator: int
    denominator: int | None = None
    target: Decimal | int | None = None
    left: int | None = None
    right: int | None = None
    met: Met
    missing: int | None = None
    apart: int = 0
    citation: Citation
    reasons: tuple[Reason, ...] = field(default=(), converter=_reasons)
    approval: Approval | None = None
