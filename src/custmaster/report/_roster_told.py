"""How a figure of the roster review is told: its value, and what it gives as reasons."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import Final

from custmaster.decision import Reason
from custmaster.handbook.messages import Language, messages, render
from custmaster.roster.figures import Figure, FigureKind

__all__ = ["reason_said", "shown_value", "value_of"]

_PERCENT: Final = (FigureKind.GROWTH, FigureKind.SHARE)
_CENT: Final = Decimal("0.01")


def value_of(figure: Figure) -> Decimal | None:
    """The figure as a number to be read: a percentage or an average, rounded down to two decimals; None: nothing to divide by.

    >>> from custmaster.decision import Citation
    >>> from custmaster.roster.figures import Met
    >>> team = Figure(
    ...     kind=FigureKind.PER_HEAD, numerator=115, denominator=8, met=Met.NO, citation=Citation(article="R-11")
    ... )
    >>> value_of(team)
    Decimal('14.37')
    """
    if not figure.denominator:
        return None
    hundredths = 100 * figure.numerator * (100 if figure.kind in _PERCENT else 1) // figure.denominator
    return (hundredths * _CENT).quantize(_CENT, ROUND_FLOOR)


def shown_value(figure: Figure) -> str:
    """The value with its sign of per cent, empty where it cannot be computed."""
    value = value_of(figure)
    if value is None:
        return ""
    plain = f"{value:,}"
    return f"{plain}%" if figure.kind in _PERCENT else plain


def reason_said(reason: Reason, lang: Language) -> str:
    """The sentence of a reason; its code where no message is packaged, as of a host's own code."""
    return render(reason.code, reason.facts, lang) if reason.code in messages() else str(reason.code)
