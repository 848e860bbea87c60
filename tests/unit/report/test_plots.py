"""A plot's lengths are those of its numbers, its dark parts those that fall short, and it says in words what it shows."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.report.markup import Markup
from custmaster.report.plots import Bar, Histogram, Plot, bars, fitted, histograms, pyramid, ticks

PLOT = Plot(title="growth <%>", told="2025 9 %", axis="%")
AMOUNTS = st.decimals(min_value=-10_000, max_value=10_000, places=2)


def parsed(drawing: Markup) -> ET.Element:
    return ET.fromstring(drawing.text)


def boxes(drawing: Markup) -> list[tuple[str, float]]:
    found = parsed(drawing).iter("rect")
    return [(one.get("class") or "", float(one.get("width") or 0)) for one in found]


@given(AMOUNTS, st.decimals(min_value=0, max_value=10_000, places=2))
def test_ticks_are_round_few_and_hold_both_ends(low: Decimal, span: Decimal) -> None:
    marks = ticks(low, low + span)
    assert marks[0] <= low
    assert marks[-1] >= low + span
    assert 2 <= len(marks) <= 8
    assert len({after - before for before, after in pairwise(marks)}) == 1


def test_bars_are_as_long_as_their_values() -> None:
    rows = [
        Bar(label="a", value=Decimal(10), target=Decimal(20), text="10 ✗", short=True),
        Bar(label="b", value=Decimal(20), target=Decimal(20), text="20 ✓"),
        Bar(label="c", value=None, text="not computable"),
    ]
    drawn = boxes(bars(PLOT, rows))
    assert [kind for kind, _ in drawn] == ["s", "r"]
    assert drawn[1][1] == pytest.approx(2 * drawn[0][1])
    marks = [one for one in parsed(bars(PLOT, rows)).iter("line") if one.get("class") == "m"]
    assert len({one.get("x1") for one in marks}) == 1
    assert "not computable" in "".join(parsed(bars(PLOT, rows)).itertext())


def test_a_fall_is_drawn_to_the_left_of_nothing() -> None:
    [box] = list(parsed(bars(PLOT, [Bar(label="a", value=Decimal(-5), short=True)])).iter("rect"))
    [zero] = [
        one for one in parsed(bars(PLOT, [Bar(label="a", value=Decimal(-5))])).iter("line") if one.get("class") == "g0"
    ]
    end = float(box.get("x") or 0) + float(box.get("width") or 0)
    assert end == pytest.approx(float(zero.get("x1") or 0), abs=0.02)


def test_a_plot_says_what_it_shows() -> None:
    for drawing in (bars(PLOT, []), pyramid(PLOT, [])[0], histograms(PLOT, [])):
        read = parsed(drawing)
        assert read.get("role") == "img"
        assert read.get("aria-label") == "growth <%>. 2025 9 %"
        assert read.findtext("title") == "growth <%>"
    assert parsed(bars(Plot(title="t", told=""), [])).get("aria-label") == "t"


def test_a_pyramid_is_true_to_scale_or_says_where_it_is_cut() -> None:
    drawing, cut = pyramid(PLOT, [("ordinary", 40), ("gold", 20), ("platinum", 10)])
    assert cut is None
    assert [width for _, width in boxes(drawing)] == pytest.approx([72, 144, 288])
    broken, cut = pyramid(PLOT, [("ordinary", 4001), ("gold", 20), ("platinum", 10)])
    assert cut == 30
    assert [width for _, width in boxes(broken)] == pytest.approx([96, 192, 288])
    assert len(list(parsed(broken).iter("path"))) == 2
    assert pyramid(PLOT, [("only", 7)])[1] is None


@given(st.lists(st.integers(0, 3_000), max_size=40), st.integers(0, 60) | st.none())
def test_a_histogram_holds_everybody_and_darkens_who_is_below_the_floor(values: list[int], floor: int | None) -> None:
    drawing = histograms(PLOT, [Histogram(label="teller", values=tuple(values), floor=floor)])
    tall = {"s": 0.0, "r": 0.0}
    for one in parsed(drawing).iter("rect"):
        tall[one.get("class") or ""] += float(one.get("height") or 0)
    below = sum(value < floor for value in values) if floor is not None else 0
    if values:
        assert tall["s"] / (tall["s"] + tall["r"]) == pytest.approx(below / len(values), abs=0.01)
    assert len([one for one in parsed(drawing).iter("line") if one.get("class") == "m"]) == (floor is not None)


def test_small_multiples_share_one_scale() -> None:
    many = [Histogram(label=f"post {place}", values=(1, 70)) for place in range(4)]
    read = parsed(histograms(PLOT, many))
    places = [one.get("transform") for one in read.iter("g") if one.get("transform")]
    assert len(set(places)) == 4
    assert sum(one.text == "75" for one in read.iter("text")) == 4


def test_a_long_label_is_cut() -> None:
    assert fitted("营业部", 42) == "营业部"
    assert fitted("营业部", 41) == "营…"
    assert fitted("x", 0) == "…"
