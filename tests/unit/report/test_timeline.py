"""The timeline plot: lanes of marks between two days."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from custmaster.report.plots import Plot
from custmaster.report.timeline import Lane, Mark, timeline

BEGIN = date(2026, 2, 1)


def drawn(last: date, *marks: Mark, first: date = BEGIN, told: str = "") -> ET.Element:
    svg = timeline(Plot(title="T<1>", told=told), (first, last), [Lane(label="活动", marks=marks)])
    return ET.fromstring(svg.text)


def test_a_day_is_a_dot_and_days_are_a_bar_cut_at_the_edges() -> None:
    day = BEGIN + timedelta(30)
    root = drawn(
        BEGIN + timedelta(100),
        Mark(first=day, last=day, text="one", short=True),
        Mark(first=BEGIN - timedelta(50), last=BEGIN + timedelta(500), text="all"),
        Mark(first=BEGIN - timedelta(50), last=BEGIN - timedelta(1), text="before"),
        Mark(first=BEGIN + timedelta(101), last=BEGIN + timedelta(200), text="after"),
    )
    (dot,), (bar,) = root.findall("circle"), root.findall("rect")
    assert dot.attrib["class"] == "s"
    assert float(bar.attrib["x"]) + float(bar.attrib["width"]) < 720
    assert root.attrib["aria-label"] == "T<1>"


@pytest.mark.parametrize("days", [0, 1, 27, 100, 400, 1_000, 5_000, 20_000, 2_900_000])
def test_there_is_room_for_the_names_of_months(days: int) -> None:
    root = drawn(BEGIN + timedelta(days))
    names = [one.text for one in root.findall("g/text")]
    assert len(names) <= 13
    assert len(set(names)) == len(names)


def test_a_month_that_began_before_the_first_day_has_no_line() -> None:
    names = [one.text for one in drawn(date(2026, 4, 20), first=date(2026, 2, 2), told="x").findall("g/text")]
    assert names == ["2026-03", "2026-04"]
