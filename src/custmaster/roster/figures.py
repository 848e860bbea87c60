"""One figure of a judgement with the arithmetic that shows it: in whole numbers, so that nobody argues about rounding."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.decision import Approval, Reason
from custmaster.handbook.citation import Citation

__all__ = ["Figure", "FigureKind", "Met", "arithmetic", "factor_of", "scale_of"]


class FigureKind(StrEnum):
    """What is measured. Source: R-09..R-11, R-16, R-18..R-21."""

    GROWTH = "GROWTH"
    SHARE = "SHARE"
    PER_HEAD = "PER_HEAD"
    FLOOR = "FLOOR"
    TAKING_PART = "TAKING_PART"


_PERCENT: Final = frozenset({FigureKind.GROWTH, FigureKind.SHARE})


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


def factor_of(kind: FigureKind) -> int:
    """How often the test takes the numerator: a hundred times for a percentage."""
    return 100 if kind in _PERCENT else 1


def scale_of(target: Decimal | int | None) -> int:
    """The power of ten that makes a target whole: 1 of 15, 10 of 12.5.

    >>> scale_of(20), scale_of(Decimal("12.50"))
    (1, 10)
    """
    scale = 1
    while target is not None and target * scale % 1:
        scale *= 10
    return scale


def arithmetic(figure: Figure) -> str:
    """The test as a line that can be checked by hand; of what cannot be computed, what would have to be divided.

    >>> from custmaster.decision import Citation
    >>> grown = {"kind": FigureKind.GROWTH, "numerator": 15, "denominator": 100, "citation": Citation(article="R-09")}
    >>> arithmetic(Figure(**grown, target=Decimal(15), left=1500, right=1500, met=Met.YES))
    '100 × (115 − 100) = 1500 ≥ 15 × 100 = 1500'
    """
    counted, whole = _counted(figure), figure.denominator
    if figure.left is None or figure.right is None or figure.target is None:
        return counted if whole is None else f"{counted} / {whole}"
    scale = scale_of(figure.target)
    factor = factor_of(figure.kind) * scale
    left = counted if factor == 1 else f"{factor} × {counted} = {figure.left}"
    wanted = int(figure.target * scale)
    right = str(wanted) if whole is None else f"{wanted} × {whole} = {figure.right}"
    return f"{left} {'≥' if figure.left >= figure.right else '<'} {right}"


def _counted(figure: Figure) -> str:
    if figure.kind is not FigureKind.GROWTH:
        return str(figure.numerator)
    begin = figure.denominator or 0
    return f"({begin + figure.numerator} − {begin})"
