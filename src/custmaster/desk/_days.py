"""Two spans of days: whether one holds the other, and what both cover together."""

from __future__ import annotations

from custmaster.value.span import Span

__all__ = ["covers", "together"]


def covers(one: Span, other: Span) -> bool:
    """Whether every day of `other` belongs to `one`.

    >>> from datetime import date
    >>> covers(Span(), Span()), covers(Span(None, date(2024, 1, 1)), Span())
    (True, False)
    """
    begins = one.start is None or (other.start is not None and one.start <= other.start)
    return begins and (one.end is None or (other.end is not None and other.end <= one.end))


def together(one: Span, other: Span) -> Span:
    """From the first day of either to the last of either.

    >>> from datetime import date
    >>> together(Span(date(2024, 1, 1), date(2024, 2, 1)), Span(date(2024, 1, 9), None)).start
    datetime.date(2024, 1, 1)
    """
    starts = [span.start for span in (one, other) if span.start is not None]
    ends = [span.end for span in (one, other) if span.end is not None]
    both = 2
    return Span(min(starts) if len(starts) == both else None, max(ends) if len(ends) == both else None)
