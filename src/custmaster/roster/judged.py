"""How a figure is judged against its target: one test in whole numbers for every kind, so that rounding decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.decision import Approval, Citation, Fact, Outcome, Reason
from custmaster.roster.figure_codes import FigureCode
from custmaster.roster.figures import Figure, FigureKind, Met, factor_of, scale_of

__all__ = ["Counts", "Target", "judged"]


@frozen(kw_only=True)
class Counts:
    """What was counted: of whom, how many of how many (None: there is nothing to divide by), how many prospects stand apart."""

    subject: str = ""
    numerator: int
    denominator: int | None = None
    apart: int = 0


@frozen(kw_only=True)
class Target:
    """What is to be reached, None where nothing is set; where it comes from; and whether its time is still running."""

    value: Decimal | int | None
    citation: Citation
    running: bool = False


_CODES: Final[Mapping[FigureKind, Mapping[Met, FigureCode]]] = MappingProxyType(
    {
        FigureKind.GROWTH: {
            Met.YES: FigureCode.GROWTH_REACHED,
            Met.NO: FigureCode.GROWTH_SHORT,
            Met.NOT_COMPUTABLE: FigureCode.GROWTH_NOT_COMPUTABLE,
        },
        FigureKind.SHARE: {
            Met.YES: FigureCode.SHARE_REACHED,
            Met.NO: FigureCode.SHARE_SHORT,
            Met.NOT_COMPUTABLE: FigureCode.SHARE_NOT_COMPUTABLE,
        },
        FigureKind.PER_HEAD: {
            Met.YES: FigureCode.PER_HEAD_REACHED,
            Met.NO: FigureCode.PER_HEAD_SHORT,
            Met.NOT_COMPUTABLE: FigureCode.PER_HEAD_NOT_COMPUTABLE,
        },
        FigureKind.FLOOR: {
            Met.YES: FigureCode.FLOOR_REACHED,
            Met.NO: FigureCode.FLOOR_SHORT,
            Met.NO_TARGET: FigureCode.FLOOR_NOT_SET,
        },
        FigureKind.TAKING_PART: {Met.YES: FigureCode.TAKES_PART, Met.NO: FigureCode.TAKES_NO_PART},
    }
)
"""What each kind of figure says in each case; a case that cannot come up has no code."""
_NUMERATOR: Final[Mapping[FigureKind, str]] = MappingProxyType(
    {
        FigureKind.GROWTH: "net",
        FigureKind.SHARE: "quality",
        FigureKind.PER_HEAD: "maintained",
        FigureKind.FLOOR: "maintained",
        FigureKind.TAKING_PART: "maintained",
    }
)
_DENOMINATOR: Final[Mapping[FigureKind, str]] = MappingProxyType(
    {FigureKind.GROWTH: "begin", FigureKind.SHARE: "all", FigureKind.PER_HEAD: "heads"}
)


def judged(kind: FigureKind, counts: Counts, target: Target, approval: Approval | None = None) -> Figure:
    """The figure with its test, its verdict and its reasons; `approval` is kept only where it lifts a reason.

    The test: 100 x numerator >= target x denominator for a percentage; numerator >= target x denominator for an average; numerator >= target
    for a floor. A target with places after the point takes both sides by the power of ten that makes them whole.

    >>> growth = Counts(numerator=15, denominator=100)
    >>> judged(FigureKind.GROWTH, growth, Target(value=Decimal(15), citation=Citation(article="R-09"))).met
    <Met.YES: 'YES'>
    """
    left, right = _sides(kind, counts, target.value)
    met = _met(counts, target, left, right)
    missing = None if right is None or left is None else max(0, -((left - right) // _step(kind, target.value)))
    facts = _facts(kind, counts, target, missing)
    reasons = tuple(_reasons(kind, counts, target, met, facts))
    return Figure(
        kind=kind,
        subject=counts.subject,
        numerator=counts.numerator,
        denominator=counts.denominator,
        target=target.value,
        left=left,
        right=right,
        met=met,
        missing=missing,
        apart=counts.apart,
        citation=target.citation,
        reasons=reasons,
        approval=approval if approval is not None and any(map(approval.lifts, reasons)) else None,
    )


def _step(kind: FigureKind, target: Decimal | int | None) -> int:
    """What one customer more adds to the left side."""
    return factor_of(kind) * scale_of(target)


def _sides(kind: FigureKind, counts: Counts, target: Decimal | int | None) -> tuple[int | None, int | None]:
    if target is None or counts.denominator == 0:
        return None, None
    whole = int(target * scale_of(target))
    return _step(kind, target) * counts.numerator, whole * (1 if counts.denominator is None else counts.denominator)


def _met(counts: Counts, target: Target, left: int | None, right: int | None) -> Met:
    if counts.denominator == 0:
        return Met.NOT_COMPUTABLE
    if left is None or right is None:
        return Met.NO_TARGET
    return Met.YES if left >= right else Met.NO


def _facts(kind: FigureKind, counts: Counts, target: Target, missing: int | None) -> dict[str, Fact]:
    facts: dict[str, Fact] = {_NUMERATOR[kind]: counts.numerator}
    if counts.denominator is not None:
        facts[_DENOMINATOR[kind]] = counts.denominator
    if kind is FigureKind.GROWTH:
        facts["end"] = (counts.denominator or 0) + counts.numerator
    if target.value is not None:
        facts["floor" if kind is FigureKind.FLOOR else "target"] = target.value
    return facts if missing is None else facts | {"missing": missing}


def _reasons(kind: FigureKind, counts: Counts, target: Target, met: Met, facts: Mapping[str, Fact]) -> Iterator[Reason]:
    running = target.running and met is Met.NO
    yield Reason(
        code=FigureCode.GROWTH_IN_PROGRESS if running else _CODES[kind][met],
        outcome=Outcome.REVIEW if met is Met.NO and not running else Outcome.ALLOWED,
        citation=target.citation,
        subject=counts.subject or None,
        facts=facts,
    )
    if counts.apart:
        yield Reason(
            code=FigureCode.PROSPECTS_APART,
            outcome=Outcome.ALLOWED,
            citation=target.citation,
            subject=counts.subject or None,
            facts={"prospects": counts.apart},
        )
