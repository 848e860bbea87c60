"""Law: a timeline answers every day exactly once, from its first day until its end."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.timeline import Dated, Timeline, chain_faults

DAYS = st.integers(0, 60).map(lambda n: date(2024, 1, 1) + timedelta(days=n))
STARTS = st.sets(DAYS, min_size=1, max_size=8).map(sorted)


def entries(starts: list[date], end: date | None, closed: list[bool]) -> list[Dated[int]]:
    """Dated values; where `closed`, the end is written out although it is the next one's beginning."""
    untils = [after if shut else None for after, shut in zip(starts[1:], closed, strict=False)] + [end]
    return [
        Dated(since=since, until=until, value=n, article="a")
        for n, (since, until) in enumerate(zip(starts, untils, strict=True))
    ]


@given(STARTS, st.none() | DAYS, st.lists(st.booleans(), min_size=8, max_size=8), st.randoms(use_true_random=False))
def test_every_day_is_answered_exactly_once(
    starts: list[date], end: date | None, closed: list[bool], dice: object
) -> None:
    last = end if end is not None and end > starts[-1] else None
    written = entries(starts, last, closed)
    dice.shuffle(written)  # type: ignore[attr-defined]
    timeline = Timeline(entries=written)
    for n in range(-2, 70):
        day = date(2024, 1, 1) + timedelta(days=n)
        holders = [entry for entry, span in zip(timeline.entries, timeline.spans(), strict=True) if span.contains(day)]
        in_force = timeline.first <= day and (timeline.end is None or day < timeline.end)
        assert len(holders) == in_force
        assert timeline.at(day) is (holders[0] if holders else None)
    assert all(left.end == right.start for left, right in pairwise(timeline.spans()))


PERIODS = st.lists(st.tuples(DAYS, st.none() | DAYS), min_size=1, max_size=5)


@given(PERIODS)
def test_a_list_without_faults_is_a_chain_and_the_others_are_refused(periods: list[tuple[date, date | None]]) -> None:
    ordered = sorted(periods, key=lambda period: period[0])
    sound = all(until is None or since < until for since, until in ordered) and all(
        left[0] < right[0] and left[1] in {None, right[0]} for left, right in pairwise(ordered)
    )
    found = chain_faults(periods)
    assert (found == ()) is sound
    written = [Dated(since=since, until=until, value=0, article="a") for since, until in periods]
    if sound:
        assert Timeline(entries=written).first == ordered[0][0]
    else:
        with pytest.raises(InvalidValue) as caught:
            Timeline(entries=written)
        assert caught.value.fault in {Fault.ORDER, Fault.DUPLICATE, Fault.OVERLAP, Fault.GAP}


@pytest.mark.parametrize(
    ("periods", "faults"),
    [
        ([], ()),
        ([((1), None)], ()),
        ([(1, 1)], ((0, Fault.ORDER),)),
        ([(5, None), (1, 3)], ((1, Fault.GAP),)),
        ([(5, None), (1, 7)], ((1, Fault.OVERLAP),)),
        ([(5, None), (5, None)], ((1, Fault.DUPLICATE),)),
        ([(1, 5), (5, 9)], ()),
        ([(1, 0), (3, 9), (8, None), (8, None)], ((0, Fault.ORDER), (1, Fault.OVERLAP), (3, Fault.DUPLICATE))),
    ],
)
def test_each_fault_names_its_culprit(
    periods: list[tuple[int, int | None]], faults: tuple[tuple[int, Fault], ...]
) -> None:
    base = date(2024, 1, 1)
    days = [(base + timedelta(days=a), None if b is None else base + timedelta(days=b)) for a, b in periods]
    assert chain_faults(days) == faults


def test_an_empty_timeline_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        Timeline(entries=[])
    assert caught.value.fault is Fault.EMPTY
