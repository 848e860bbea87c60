"""Laws of the difference of two handbooks: none from itself, mirrored when turned round, and true on every day."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from custmaster.handbook import Dated, Difference, Handbook, Timeline, default, default_text, diff, parse

BASE = date(2024, 1, 1)
NAMES = ("a.one", "b.two")
CUTS = st.lists(st.integers(0, 20), min_size=1, max_size=5, unique=True).map(sorted)
ENTRY = st.tuples(st.sampled_from([1, 2]), st.sampled_from(["x", "y"]))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline[int]:
    cuts = draw(CUTS)
    ends: list[int | None] = [*cuts[1:], draw(st.none() | st.integers(21, 25))]
    rows = [(cut, end, *draw(ENTRY)) for cut, end in zip(cuts, ends, strict=True)]
    return Timeline(
        entries=[
            Dated(
                since=BASE + timedelta(days=cut),
                until=None if end is None else BASE + timedelta(days=end),
                value=value,
                article=article,
            )
            for cut, end, value, article in rows
        ]
    )


BOOKS = st.dictionaries(st.sampled_from(NAMES), timelines()).map(
    lambda held: Handbook(name="n", version="1", timelines=held)
)


def turned(found: Difference) -> Difference:
    return evolve(
        found,
        before=found.after,
        after=found.before,
        before_article=found.after_article,
        after_article=found.before_article,
    )


def said(book: Handbook, name: str, day: date) -> tuple[object, str]:
    entry = book.timelines[name].at(day) if name in book.timelines else None
    return (None, "") if entry is None else (entry.value, entry.article)


@given(BOOKS, BOOKS)
def test_the_difference_is_what_the_days_say(a: Handbook, b: Handbook) -> None:
    found = diff(a, b)
    assert diff(a, a) == ()
    assert diff(b, a) == tuple(turned(one) for one in found)
    assert list(found) == sorted(found, key=lambda one: (one.key, one.start))
    for name in NAMES:
        for n in range(-1, 30):
            day = BASE + timedelta(days=n)
            held = [one for one in found if one.key == name and one.start <= day and (one.end is None or day < one.end)]
            before, after = said(a, name, day), said(b, name, day)
            assert len(held) == (before != after)
            if held:
                assert (held[0].before, held[0].before_article) == before
                assert (held[0].after, held[0].after_article) == after
    neighbours = [(one, other) for one in found for other in found if one.key == other.key and one.end == other.start]
    for one, other in neighbours:
        assert evolve(one, start=other.start, end=other.end) != other


def test_a_raised_floor_shows_from_its_day() -> None:
    block = '\n[[roster.floor.teller]]\nfrom = 2027-01-01\nvalue = 12\narticle = "支行细则 第三条"\n'
    (only,) = diff(default(), parse(default_text() + block))
    assert only == Difference(
        key="roster.floor.teller",
        start=date(2027, 1, 1),
        end=None,
        before=10,
        after=12,
        before_article="文一 四、2(1)",
        after_article="支行细则 第三条",
    )
