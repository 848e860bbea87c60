"""Figures and records: days, spans, money, number plans, timelines, reasons and approvals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.customer.codes import EntryCode
from custmaster.decision import Approval, Citation, Fact, Occasion, Outcome, Reason, Remark
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.timeline import Dated, Timeline
from custmaster.testing._grade import NearFault
from custmaster.value.money import MINOR_UNITS, Money
from custmaster.value.number_plan import Assignment, Block, CheckScheme, NumberPlan, NumberRange, check_digit
from custmaster.value.span import Span

__all__ = [
    "approvals",
    "blocks",
    "citations",
    "days",
    "money",
    "near_valid_periods",
    "near_valid_ranges",
    "near_valid_spans",
    "number_plans",
    "number_ranges",
    "occasions",
    "reasons",
    "remarks",
    "spans",
    "timelines",
]

_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2099, 12, 31)
_WIDTH: Final = 10
_OWNERS: Final = st.sampled_from(("BP", "EUSP"))
_ASSIGNMENTS: Final = st.sampled_from(Assignment)
_SCHEMES: Final = st.sampled_from(CheckScheme)
_YES_OR_NO: Final = st.booleans()
_FROM: Final = st.integers(0, 1)
_VALUES: Final = st.integers(0, 100)
_DAYS_ON: Final = st.integers(1, 4000)
_STEPS: Final = st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), min_size=2, max_size=4)
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Periods = tuple[tuple[date, date | None], ...]


def days(*, min_value: date = _FIRST, max_value: date = _LAST) -> SearchStrategy[date]:
    """Plain days. Errors: InvalidValue (ORDER) when the last is before the first, (TYPE) for a point in time."""
    for path, day in (("min_value", min_value), ("max_value", max_value)):
        if type(day) is not date:
            raise InvalidValue(Fault.TYPE, path=path, remedy="a day without a time of day")
    if max_value < min_value:
        raise InvalidValue(Fault.ORDER, path="max_value")
    return st.dates(min_value=min_value, max_value=max_value)


@st.composite
def _span(draw: DrawFn) -> Span:
    start = draw(days())
    end = start + timedelta(days=draw(st.integers(1, 20_000)))
    open_start, open_end = draw(_YES_OR_NO), draw(_YES_OR_NO)
    return Span(None if open_start else start, None if open_end else end)


def spans() -> SearchStrategy[Span]:
    """Half-open spans of days, either end open or not."""
    return _span()


@st.composite
def near_valid_spans(draw: DrawFn) -> tuple[tuple[date, date], NearFault]:
    """Start and end of no span: the end is the start or lies before it."""
    start = draw(days(min_value=date(1950, 1, 1)))
    return (start, start - timedelta(days=draw(st.integers(0, 10_000)))), NearFault.ENDS_BEFORE_IT_BEGINS


@st.composite
def _money(draw: DrawFn, currency: str) -> Money:
    minor = draw(st.integers(-(10**14), 10**14))
    return Money(Decimal(minor).scaleb(-MINOR_UNITS[currency]), currency)


def money(*, currency: str = "CNY") -> SearchStrategy[Money]:
    """Amounts of one currency, so that they can be added. Errors: InvalidValue (UNKNOWN_CODE)."""
    if currency not in MINOR_UNITS:
        raise InvalidValue(Fault.UNKNOWN_CODE, path="currency", remedy="a code of MINOR_UNITS")
    return _money(currency)


@st.composite
def _range(draw: DrawFn) -> NumberRange:
    low = draw(st.integers(0, 10**_WIDTH - 1))
    high = min(low + draw(st.integers(0, 10**6)), 10**_WIDTH - 1)
    return _named_range(draw, "range", low, high)


def _named_range(draw: DrawFn, name: str, low: int, high: int) -> NumberRange:
    return NumberRange(
        name=name,
        low=f"{low:0{_WIDTH}}",
        high=f"{high:0{_WIDTH}}",
        owner=draw(_OWNERS),
        assignment=draw(_ASSIGNMENTS),
        example=draw(_YES_OR_NO),
    )


def number_ranges() -> SearchStrategy[NumberRange]:
    """Ranges of ten-digit numbers, often beginning with zeros."""
    return _range()


def _bounds(draw: DrawFn) -> list[tuple[int, int]]:
    """Bounds of ranges in order, each beginning behind the last: gaps and lengths add up, so nothing can overlap."""
    steps = draw(_STEPS)
    bounds, at = list[tuple[int, int]](), -1
    for gap, length in steps:
        bounds.append((at + gap, at + gap + length))
        at += gap + length
    return bounds


@st.composite
def _plan(draw: DrawFn) -> NumberPlan:
    ranges = tuple(_named_range(draw, f"range {at}", *bound) for at, bound in enumerate(_bounds(draw)[draw(_FROM) :]))
    check = draw(_SCHEMES)
    return NumberPlan(width=_WIDTH, ranges=ranges, check=check)


def number_plans() -> SearchStrategy[NumberPlan]:
    """Plans of one to four ranges of ten-digit numbers, with or without a check digit."""
    return _plan()


@st.composite
def near_valid_ranges(draw: DrawFn) -> tuple[tuple[NumberRange, ...], NearFault]:
    """Ranges of which no ten-digit plan can be made: two overlap, two share a name, or one is narrower."""
    first, second = (_named_range(draw, f"range {at}", *bound) for at, bound in enumerate(_bounds(draw)[:2]))
    fault = draw(st.sampled_from((NearFault.OVERLAP, NearFault.SAME_NAME, NearFault.OTHER_WIDTH)))
    if fault is NearFault.OVERLAP:
        return (first, _named_range(draw, "range 1", int(first.high), int(second.high))), fault
    if fault is NearFault.SAME_NAME:
        return (first, _named_range(draw, "range 0", int(second.low), int(second.high))), fault
    return (first, NumberRange(name="narrow", low="0", high="9", owner="BP")), fault


@st.composite
def _block(draw: DrawFn) -> Block:
    check = draw(_SCHEMES)
    first = draw(st.integers(1, 10**8))
    last = first + draw(st.integers(0, 50))
    low, high = _numbered(first, check), _numbered(last, check)
    given = NumberRange(name="new", low="0" * _WIDTH, high="9" * _WIDTH, owner="BP")
    at = draw(st.sampled_from((low, None)))
    return Block(range=given, next=at, last=high, check=check)


def _numbered(number: int, check: CheckScheme) -> str:
    if check is CheckScheme.NONE:
        return f"{number:0{_WIDTH}}"
    body = f"{number:0{_WIDTH - 1}}"
    return body + check_digit(check, body)


def blocks() -> SearchStrategy[Block]:
    """Blocks of up to 51 reserved numbers, some already used up."""
    return _block()


def _starts(draw: DrawFn, least: int) -> list[date]:
    """Days in order, no two the same."""
    start = draw(days(max_value=date(2050, 1, 1)))
    starts = [start]
    for step in draw(st.lists(st.integers(1, 4000), min_size=least - 1, max_size=4)):
        starts.append(starts[-1] + timedelta(days=step))
    return starts


@st.composite
def _timeline(draw: DrawFn) -> Timeline[int]:
    starts = _starts(draw, 1)
    end = starts[-1] + timedelta(days=draw(_DAYS_ON))
    ends = [*starts[1:], end]
    entries = [
        Dated(since=since, until=until if draw(_YES_OR_NO) else None, value=draw(_VALUES), article="第一条")
        for since, until in zip(starts, ends, strict=True)
    ]
    return Timeline(entries=entries[::-1] if draw(_YES_OR_NO) else entries)


def timelines() -> SearchStrategy[Timeline[int]]:
    """Timelines of whole numbers, gapless from the first day on; the last value may end."""
    return _timeline()


@st.composite
def near_valid_periods(draw: DrawFn) -> tuple[Periods, NearFault]:
    """Two periods of which no timeline can be made, and why."""
    first, second = _starts(draw, 2)[:2]
    step = timedelta(days=draw(st.integers(1, 1000)))
    wrong: dict[NearFault, Periods] = {
        NearFault.GAP: ((first, second), (second + step, None)),
        NearFault.OVERLAP: ((first, second + step), (second, None)),
        NearFault.SAME_BEGINNING: ((first, None), (first, None)),
        NearFault.ENDS_BEFORE_IT_BEGINS: ((first, None), (second, second - step)),
    }
    fault = draw(st.sampled_from(tuple(wrong)))
    return wrong[fault], fault


def citations() -> SearchStrategy[Citation]:
    """Citations of an article, with or without a handbook key."""
    key = st.none() | st.just("roster.floor.teller")
    return st.builds(Citation, article=st.sampled_from(("R-18", "GB 11643-1999", "文一 四、2(1)")), key=key)


def _facts() -> SearchStrategy[dict[str, Fact]]:
    plain: SearchStrategy[Fact] = st.one_of(st.integers(0, 100), st.booleans(), days(), st.text(_LETTERS, max_size=5))
    return st.dictionaries(st.sampled_from(("age", "day", "length", "term")), plain, max_size=3)


def reasons() -> SearchStrategy[Reason]:
    """Reasons of every outcome, coded as remarks on entries are."""
    return st.builds(
        Reason,
        code=st.sampled_from(EntryCode),
        outcome=st.sampled_from(Outcome),
        citation=citations(),
        subject=st.none() | st.integers(0, 10**_WIDTH - 1).map(lambda number: f"{number:0{_WIDTH}}"),
        facts=_facts(),
        liftable=st.booleans(),
    )


def remarks() -> SearchStrategy[Remark]:
    """Reasons with the field that they are about."""
    return st.builds(Remark, field=st.sampled_from(("name", "birth_date", "documents[0].number")), reason=reasons())


def _actors() -> SearchStrategy[str]:
    return st.integers(0, 9999).map(lambda number: f"S-{number:04}")


def approvals() -> SearchStrategy[Approval]:
    """Approvals that name one to three codes."""
    codes = st.lists(st.sampled_from(EntryCode), min_size=1, max_size=3, unique=True)
    return st.builds(Approval, by=_actors(), reason=st.just("checked with the customer"), codes=codes)


def occasions() -> SearchStrategy[Occasion]:
    """Occasions with a day, an actor, reserved numbers and approvals."""
    return st.builds(
        Occasion,
        day=days(),
        actor=_actors(),
        request_id=st.integers(1, 10**6).map(lambda number: f"T-{number}"),
        numbers=st.lists(st.integers(0, 10**9).map(lambda number: f"{number:0{_WIDTH}}"), max_size=3, unique=True),
        approvals=st.lists(approvals(), max_size=2),
    )
