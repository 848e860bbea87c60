"""A timeline as SVG: lanes of days below each other, what is as it should be light and what falls short dark, as in the other plots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from attrs import field, frozen

from custmaster.report.markup import Inside, Markup, tag
from custmaster.report.plots import Plot, fitted

__all__ = ["Lane", "Mark", "timeline"]

_WIDTH: Final = 720
_LABELS: Final = 108
_RIGHT: Final = 14
_ROW: Final = 26
_MOST_TICKS: Final = 12
_DOT: Final = 4.5


@frozen(kw_only=True)
class Mark:
    """From the first day through the last (one day: a dot); `text` is told to whoever points at it; `short` is dark."""

    first: date
    last: date
    text: str
    short: bool = False


@frozen(kw_only=True)
class Lane:
    """A line of marks under one name."""

    label: str
    marks: tuple[Mark, ...] = field(converter=tuple[Mark, ...])


def timeline(plot: Plot, days: tuple[date, date], lanes: Sequence[Lane]) -> Markup:
    """The lanes between two days; marks outside are cut at them.

    >>> held = Lane(label="held", marks=[Mark(first=date(2026, 3, 5), last=date(2026, 3, 5), text="2026-03-05")])
    >>> drawn = timeline(Plot(title="T-1", told="one activity"), (date(2026, 2, 1), date(2026, 6, 1)), [held])
    >>> drawn.text.count("<circle"), drawn.text.count("<line")
    (1, 5)
    """
    scale = _Scale(first=days[0], last=max(days))
    high = _ROW * len(lanes)
    drawn: list[Inside] = [_tick(scale, day, high) for day in _ticks(scale)]
    for place, lane in enumerate(lanes):
        drawn.append(
            tag("text", fitted(lane.label, _LABELS - 10), x=_LABELS - 8, y=place * _ROW + 18, text_anchor="end")
        )
        drawn += [_mark(scale, mark, place * _ROW) for mark in lane.marks if scale.shows(mark)]
    heard = f"{plot.title}. {plot.told}" if plot.told else plot.title
    box = f"0 0 {_WIDTH} {high + 22}"
    return tag("svg", tag("title", plot.title), *drawn, viewBox=box, role="img", aria_label=heard, class_="plot")


@frozen(kw_only=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        """Where the day lies across the drawing."""
        whole = max((self.last - self.first).days, 1)
        inside = min(max((day - self.first).days, 0), whole)
        return _LABELS + inside / whole * (_WIDTH - _LABELS - _RIGHT)

    def shows(self, mark: Mark) -> bool:
        """Whether any of the mark's days is drawn."""
        return mark.first <= self.last and self.first <= mark.last


def _ticks(scale: _Scale) -> Iterator[date]:
    """First days of months, so many months apart that there is room for their names."""
    first, last = (day.year * 12 + day.month - 1 for day in (scale.first, scale.last))
    apart = next(step for step in (1, 3, 6, 12, 24, 60, 120, 1200, 12_000) if (last - first) // step < _MOST_TICKS)
    begun = first + (scale.first.day > 1)
    for month in range(-(-begun // apart) * apart, last + 1, apart):
        yield date(month // 12, month % 12 + 1, 1)


def _tick(scale: _Scale, day: date, high: int) -> Markup:
    x = scale.at(day)
    line = tag("line", x1=x, x2=x, y1=0, y2=high, class_="g")
    return tag("g", line, tag("text", f"{day:%Y-%m}", x=x, y=high + 15, class_="t", text_anchor="middle"))


def _mark(scale: _Scale, mark: Mark, y: int) -> Markup:
    told, kind = tag("title", mark.text), "s" if mark.short else "r"
    x = scale.at(mark.first)
    if mark.first == mark.last:
        return tag("circle", told, cx=x, cy=y + _ROW / 2, r=_DOT, class_=kind)
    wide = max(scale.at(mark.last) - x - 1, 1.0)
    return tag("rect", told, x=x, y=y + 6, width=wide, height=_ROW - 12, class_=kind)
