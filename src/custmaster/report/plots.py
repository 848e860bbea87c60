"""Plots as SVG: bars against a target, a pyramid, small multiples of histograms; pure functions, one shade of meaning for print and for screen.

What reaches its target is light, what falls short is dark: that survives a grey printer and every kind of colour blindness, and a sign beside
the number says it again. Lengths are in the units of the drawing, which the page scales to its column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import chain, count
from typing import Final
from unicodedata import east_asian_width

from attrs import frozen

from custmaster.report.markup import Inside, Markup, tag

__all__ = ["Bar", "Histogram", "Plot", "bars", "fitted", "histograms", "pyramid", "ticks"]

_WIDTH: Final = 480
_ROW: Final = 24
_FONT: Final = 14
_LABELS: Final = 132
_VALUES: Final = 92
_STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_CUT_FROM: Final = 4
_MULTIPLE: Final = (148, 118)
_BINS: Final = 16


@frozen(kw_only=True)
class Plot:
    """What stands around a plot: its title, what a reader who cannot see it is told, and the words of its axis."""

    title: str
    told: str
    axis: str = ""


@frozen(kw_only=True)
class Bar:
    """A bar: its label, its value (None: nothing can be drawn), its target, what is written at its end, and whether it falls short."""

    label: str
    value: Decimal | None
    target: Decimal | None = None
    text: str = ""
    short: bool = False


@frozen(kw_only=True)
class Histogram:
    """How many persons have how many: one of the small multiples. `floor` is the line, None where there is none; `text` stands under the title."""

    label: str
    values: tuple[int, ...]
    floor: int | None = None
    text: str = ""


def ticks(low: Decimal, high: Decimal, about: int = 5) -> tuple[Decimal, ...]:
    """Round numbers from at or below `low` to at or above `high`, some `about` of them and always two.

    >>> [str(one) for one in ticks(Decimal(0), Decimal("23.4"))]
    ['0', '5', '10', '15', '20', '25']
    """
    high = max(high, low + Decimal("0.01"))
    span = high - low
    unit = Decimal(10) ** (span / about).adjusted()
    step = next(unit * one for one in _STEPS if unit * one * about >= span)
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = int((high / step).to_integral_value(ROUND_CEILING))
    return tuple(place * step for place in range(first, last + 1))


def fitted(text: str, width: float, size: float = _FONT) -> str:
    """The text cut so that it is about `width` wide at most; a wide character counts whole, another 0.58 of the size.

    >>> fitted("城关支行营业部", 60), fitted("0101", 60)
    ('城关支…', '0101')
    """
    if _wide(text, size) <= width:
        return text
    kept = text
    while kept and _wide(kept, size) + size > width:
        kept = kept[:-1]
    return f"{kept}…"


def bars(plot: Plot, rows: Sequence[Bar]) -> Markup:
    """Bars from left to right, one below the other, each with a dashed mark at its target; a value of None has its text alone.

    >>> row = Bar(label="0101", value=Decimal("14.37"), target=Decimal(20), text="14.37", short=True)
    >>> bars(Plot(title="per head", told="one outlet, short"), [row]).text.count("<rect")
    1
    """
    known = [one for row in rows for one in (row.value, row.target) if one is not None]
    marks = ticks(min([Decimal(0), *known]), max([Decimal(0), *known]))
    height = _ROW * len(rows)
    drawn: list[Inside] = [_grid(mark, marks, height) for mark in marks]
    drawn += [_bar(row, place * _ROW, marks) for place, row in enumerate(rows)]
    drawn.append(tag("text", plot.axis, x=_LABELS, y=height + 36, class_="a"))
    return _drawing(plot, height + (44 if plot.axis else 24), drawn)


def pyramid(plot: Plot, levels: Sequence[tuple[str, int]]) -> tuple[Markup, int | None]:
    """Levels as a pyramid, the highest on top (`levels` come lowest first). A level far wider than all others is broken off.

    Returns the drawing, and the count at which the broken bar ends, None where none is broken.

    >>> drawing, cut = pyramid(Plot(title="levels", told=""), [("ordinary", 980), ("gold", 15), ("platinum", 5)])
    >>> cut, drawing.text.count("<rect")
    (22, 3)
    """
    counts = sorted((heads for _, heads in levels), reverse=True)
    second = counts[1] if len(counts) > 1 else 0
    cut = second * 3 // 2 if second and counts[0] > _CUT_FROM * second else None
    most = cut or (counts[0] if counts else 0) or 1
    drawn = [_level(level, place, most) for place, level in enumerate(reversed(levels))]
    return _drawing(plot, 34 * len(levels) + 4, drawn), cut


def histograms(plot: Plot, many: Sequence[Histogram]) -> Markup:
    """Small multiples on one scale: how many persons (up) have how many customers (across), those below the floor dark.

    >>> tellers = Histogram(label="teller", values=(4, 9, 10, 61), floor=10)
    >>> histograms(Plot(title="floors", told=""), [tellers]).text.count('class="s"')
    2
    """
    most = max((value for one in many for value in one.values), default=0)
    most = max([most, *(one.floor for one in many if one.floor is not None)])
    width = _bin_width(most)
    across = most // width + 1
    wide, high = _MULTIPLE
    drawn: list[Inside] = []
    for place, one in enumerate(many):
        x, y = place % 3 * (wide + 12), place // 3 * (high + 46)
        drawn.append(tag("g", *_histogram(one, width, across), transform=f"translate({x + 4} {y})"))
    rows = -(-len(many) // 3)
    drawn.append(tag("text", plot.axis, x=4, y=rows * (high + 46) + 8, class_="a"))
    return _drawing(plot, rows * (high + 46) + 16, drawn)


def _wide(text: str, size: float) -> float:
    return sum(size if east_asian_width(char) in "WF" else 0.58 * size for char in text)


def _drawing(plot: Plot, height: int, drawn: Sequence[Inside]) -> Markup:
    heard = f"{plot.title}. {plot.told}" if plot.told else plot.title
    box = f"0 0 {_WIDTH} {height}"
    return tag("svg", tag("title", plot.title), *drawn, viewBox=box, role="img", aria_label=heard, class_="plot")


def _across(value: Decimal, marks: Sequence[Decimal]) -> float:
    share = (value - marks[0]) / (marks[-1] - marks[0])
    return _LABELS + float(share) * (_WIDTH - _LABELS - _VALUES)


def _grid(mark: Decimal, marks: Sequence[Decimal], height: int) -> Markup:
    x = _across(mark, marks)
    line = tag("line", x1=x, x2=x, y1=0, y2=height, class_="g0" if mark == 0 else "g")
    return tag("g", line, tag("text", f"{mark:f}", x=x, y=height + 16, class_="t", text_anchor="middle"))


def _bar(row: Bar, y: int, marks: Sequence[Decimal]) -> Markup:
    zero = _across(Decimal(0), marks)
    drawn: list[Inside] = [
        tag("title", f"{row.label}: {row.text}"),
        tag("text", fitted(row.label, _LABELS - 10), x=_LABELS - 8, y=y + 17, text_anchor="end"),
    ]
    if row.value is None:
        drawn.append(tag("text", row.text, x=_WIDTH - 2, y=y + 17, text_anchor="end", class_="v"))
    else:
        text = fitted(row.text, _VALUES - 6)
        drawn.append(tag("text", text, x=_WIDTH - 2, y=y + 17, text_anchor="end", class_="v"))
        end = _across(row.value, marks)
        kind = "s" if row.short else "r"
        size = max(abs(end - zero), 0.75)
        drawn.append(tag("rect", x=min(zero, end), y=y + 4, width=size, height=_ROW - 8, class_=kind))
    if row.target is not None and row.value is not None:
        x = _across(row.target, marks)
        drawn.append(tag("line", x1=x, x2=x, y1=y, y2=y + _ROW, class_="m"))
    return tag("g", *drawn)


def _level(level: tuple[str, int], place: int, most: int) -> Markup:
    name, heads = level
    y, middle, full = place * 34, (_LABELS + _WIDTH - 60) / 2, _WIDTH - _LABELS - 60
    width = max(full * min(heads, most) / most, 1.5)
    x = middle - width / 2
    drawn: list[Inside] = [
        tag("title", f"{name}: {heads:,}"),
        tag("text", fitted(name, _LABELS - 10), x=_LABELS - 8, y=y + 21, text_anchor="end"),
        tag("rect", x=x, y=y + 4, width=width, height=26, class_="r") if heads else None,
        tag("text", f"{heads:,}", x=_WIDTH - 2, y=y + 21, text_anchor="end", class_="v"),
    ]
    if heads > most:
        drawn += [_break(x + 18, y), _break(x + width - 18, y)]
    return tag("g", *drawn)


def _break(x: float, y: int) -> Markup:
    return tag("path", d=f"M{x - 5:.0f} {y + 32}l10 -30", class_="k")


def _bin_width(most: int) -> int:
    """The narrowest of 1, 5, 10, 20, 50, 100, ... with 16 bins at most."""
    tens = (step * int(f"1{'0' * zeros}") for zeros in count(1) for step in (1, 2, 5))
    return next(width for width in chain((1, 5), tens) if most < _BINS * width)


def _histogram(one: Histogram, width: int, across: int) -> list[Inside]:
    wide, high = _MULTIPLE
    drawn: list[Inside] = [tag("title", one.label), tag("text", fitted(one.label, wide, 12.5), x=0, y=14, class_="h")]
    drawn.append(tag("text", fitted(one.text, wide, 12), x=0, y=30, class_="t"))
    drawn += _bins(one, width, wide / max(across, 1))
    drawn.append(tag("line", x1=0, x2=wide, y1=high, y2=high, class_="g0"))
    drawn.append(tag("text", "0", x=0, y=high + 15, class_="t"))
    drawn.append(tag("text", f"{across * width}", x=wide, y=high + 15, class_="t", text_anchor="end"))
    if one.floor is not None:
        x = one.floor / (width * across) * wide
        drawn.append(tag("line", x1=x, x2=x, y1=34, y2=high + 4, class_="m"))
        drawn.append(tag("text", f"{one.floor}", x=x, y=high + 15, class_="t", text_anchor="middle"))
    return drawn


def _bins(one: Histogram, width: int, step: float) -> Iterator[Markup]:
    """Each bin from the line up: first, dark, who is below the floor, then who is not."""
    high = _MULTIPLE[1]
    all_of, short_of = Counter(value // width for value in one.values), Counter[int]()
    if one.floor is not None:
        short_of.update(value // width for value in one.values if value < one.floor)
    scale = (high - 40) / max(all_of.values(), default=1)
    for place in sorted(all_of):
        x, least = place * step + 0.5, place * width
        heard = f"{least}–{least + width - 1}: {all_of[place]}" if width > 1 else f"{least}: {all_of[place]}"
        low, whole = short_of[place] * scale, all_of[place] * scale
        for kind, foot, tall in (("s", 0.0, low), ("r", low, whole - low)):
            if tall:
                box = {"x": x, "y": high - foot - tall, "width": max(step - 1, 1.0), "height": tall}
                yield tag("rect", tag("title", heard), **box, class_=kind)
