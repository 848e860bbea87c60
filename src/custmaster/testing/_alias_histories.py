"""What happens to customer numbers: sequences of alias events that a ledger takes, with merges, their undoing, splits and closures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.dedup.alias_events import (
    NUMBER_STEPS,
    AliasEvent,
    NumberMerged,
    NumberOpened,
    NumberSplit,
    NumberStatus,
    NumberVoided,
)
from custmaster.dedup.aliases import AliasLedger, evolve, judge, replay

__all__ = ["alias_events", "alias_histories", "alias_ledgers"]

_NUMBERS: Final = tuple(f"60000000{place:02}" for place in range(1, 9))
_FIRST: Final = date(2024, 1, 1)
_NUMBER: Final = st.sampled_from(_NUMBERS)
_STEPS: Final = st.lists(st.tuples(st.integers(0, 11), _NUMBER, _NUMBER, _NUMBER, st.integers(-2, 40)), max_size=30)
_MERGES: Final[tuple[type[Any], ...]] = (NumberMerged,) * 4
"""Beside what else may happen to an active number, since the longest chains come of merges."""


def _kinds(ledger: AliasLedger, number: str) -> Sequence[type[Any]]:
    """What may happen to the number, and now and then what may not."""
    life = ledger.by_number.get(number)
    if life is None:
        return (NumberOpened, NumberOpened, NumberVoided)
    steps = sorted(NUMBER_STEPS[life.now.status], key=lambda kind: kind.__name__)
    return (*steps, *_MERGES) if life.now.status is NumberStatus.ACTIVE else (*steps, NumberOpened)


def _event(kind: type[Any], named: tuple[str, str, str], on: date, request_id: str) -> AliasEvent | None:
    """An event of this kind about these numbers; None when they make none."""
    number, other, third = named
    more: dict[str, Any] = {}
    if kind is NumberMerged:
        if number == other:
            return None
        more = {"into": other}
    if kind is NumberSplit:
        if len({number, other, third}) < len(named):
            return None
        more = {"into": (other, third)}
    made: AliasEvent = kind(number=number, on=on, request_id=request_id, **more)
    return made


@st.composite
def _history(draw: DrawFn) -> tuple[AliasEvent, ...]:
    given = _NUMBERS[: draw(st.integers(1, len(_NUMBERS)))]
    events: list[AliasEvent] = [NumberOpened(number=number, on=_FIRST, request_id=f"T-{number}") for number in given]
    ledger, day = replay(events), _FIRST
    for place, (kind, number, other, third, days) in enumerate(draw(_STEPS)):
        kinds, on = _kinds(ledger, number), max(_FIRST, day + timedelta(days=days))
        event = _event(kinds[kind % len(kinds)], (number, other, third), on, f"T-{place}")
        if event is not None and not judge(ledger, event):
            ledger, day = evolve(ledger, event), max(day, on)
            events.append(event)
    return tuple(events)


def alias_histories() -> SearchStrategy[tuple[AliasEvent, ...]]:
    """Sequences of events that a ledger takes from the first number on, now and then with an earlier day than the one before.

    >>> from hypothesis import find
    >>> [type(event).__name__ for event in find(alias_histories(), lambda events: True)]
    ['NumberOpened']
    """
    return _history()


def alias_ledgers() -> SearchStrategy[AliasLedger]:
    """Ledgers that such sequences build."""
    return _history().map(replay)


def alias_events() -> SearchStrategy[AliasEvent]:
    """Single events of every kind, each out of a history."""
    return _history().flatmap(st.sampled_from)
