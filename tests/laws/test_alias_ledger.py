"""Law: replaying the events rebuilds the ledger byte for byte; no day ever shows a circle; a number is never given twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.dedup.alias_events import AliasEvent, NumberMerged, NumberOpened, NumberStatus
from custmaster.dedup.aliases import EMPTY, AliasLedger, evolve, judge, replay, resolutions, resolve
from custmaster.testing.strategies import alias_events, alias_histories
from custmaster.wire.aliases import (
    alias_event_from_json,
    alias_event_to_json,
    ledger_from_jsonl,
    ledger_to_jsonl,
)


def days_of(events: tuple[AliasEvent, ...]) -> list[date]:
    return sorted({event.on + timedelta(days=more) for event in events for more in (-1, 0)})


@settings(max_examples=1000)
@given(events=alias_histories())
def test_replaying_what_was_sent_rebuilds_the_ledger_byte_for_byte(events: tuple[AliasEvent, ...]) -> None:
    ledger = EMPTY
    for event in events:
        ledger = evolve(ledger, event)
    lines = b"\n".join(map(alias_event_to_json, events))
    rebuilt = replay(map(alias_event_from_json, lines.splitlines()))
    assert ledger_to_jsonl(rebuilt) == ledger_to_jsonl(ledger)
    assert ledger_from_jsonl(ledger_to_jsonl(ledger)) == ledger


@given(events=alias_histories(), data=st.data())
def test_what_is_delivered_again_is_taken_once(events: tuple[AliasEvent, ...], data: st.DataObject) -> None:
    ledger = replay(events)
    again = data.draw(st.lists(st.sampled_from(events), max_size=5))
    assert replay(again, ledger) == ledger


@given(events=alias_histories())
def test_no_day_shows_a_circle_and_every_number_that_was_given_leads_somewhere(events: tuple[AliasEvent, ...]) -> None:
    ledger = replay(events)
    for day in days_of(events):
        for life in ledger.lives:
            found = resolve(ledger, life.number, day)  # a circle would be an error
            assert bool(found.ends) is (life.on(day) is not None)
            assert all(not resolve(ledger, end, day).chain[0].status.name.endswith("INTO") for end in found.ends)


@given(events=alias_histories())
def test_the_mapping_says_what_each_number_says(events: tuple[AliasEvent, ...]) -> None:
    ledger = replay(events)
    for day in days_of(events):
        expected = {life.number: resolve(ledger, life.number, day).end for life in ledger.lives}
        assert resolutions(ledger, day) == {
            number: end for number, end in expected.items() if end not in (None, number)
        }


@given(events=alias_histories())
def test_what_happens_after_a_day_does_not_change_where_a_number_led(events: tuple[AliasEvent, ...]) -> None:
    ledger = replay(events)
    for day in days_of(events):
        then = AliasLedger()
        for event in events:
            if event.on <= day:
                then = replay([event], then)
        assert {life.number: resolve(then, life.number, day) for life in then.lives} == {
            life.number: resolve(ledger, life.number, day) for life in ledger.lives if life.on(day) is not None
        }


@given(events=alias_histories())
def test_no_number_is_given_twice(events: tuple[AliasEvent, ...]) -> None:
    ledger = replay(events)
    given = Counter(event.number for event in events if isinstance(event, NumberOpened))
    assert set(given.values()) <= {1}
    for life in ledger.lives:
        again = NumberOpened(number=life.number, on=date(2100, 1, 1), request_id="T-again")
        assert [str(reason.code) for reason in judge(ledger, again)] == ["ALIAS_NUMBER_GIVEN"]


@given(events=alias_histories())
def test_of_two_numbers_either_may_be_merged_into_the_other_but_never_both(events: tuple[AliasEvent, ...]) -> None:
    ledger, day = replay(events), date(2100, 1, 1)
    active = [life.number for life in ledger.lives if life.now.status is NumberStatus.ACTIVE]
    for one, other in pairwise(active):
        there = NumberMerged(number=one, into=other, on=day, request_id="T-there")
        back = NumberMerged(number=other, into=one, on=day, request_id="T-back")
        assert judge(ledger, there) == () == judge(ledger, back)
        (reason,) = judge(evolve(ledger, there), back)
        assert dict(reason.facts) == {"chain": f"{other} > {one} > {other}"}


def test_every_kind_of_event_and_long_chains_come_up() -> None:
    kinds: set[type[object]] = set()
    longest = [0]

    @settings(max_examples=300, database=None, derandomize=True)
    @given(alias_events(), alias_histories())
    def collect(event: AliasEvent, events: tuple[AliasEvent, ...]) -> None:
        kinds.add(type(event))
        ledger = replay(events)
        kinds.update(map(type, events))
        longest.append(max(len(resolve(ledger, life.number, date.max).chain) for life in ledger.lives))

    collect()
    assert kinds == set(AliasEvent.__args__)
    assert max(longest) >= 4
