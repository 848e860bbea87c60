"""Where a figure or a reason comes from, and what a fact of a reason may be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import frozen

__all__ = ["Citation", "Fact"]

Fact = str | int | Decimal | bool | date


@frozen(kw_only=True)
class Citation:
    """Where a reason comes from: the article of a rule or standard, and the handbook key whose figure it applied.

    >>> Citation(article="GB 11643-1999, 4.2").key is None
    True
    """

    article: str
    key: str | None = None
