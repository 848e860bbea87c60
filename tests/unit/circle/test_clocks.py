"""The clocks of a topic, case by case: R-30, R-33, R-38."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from custmaster.circle.circle import Circle
from custmaster.circle.clock_codes import CLOCK_OUTCOMES, ClockCode
from custmaster.circle.clocks import (
    ClockTerms,
    IdleState,
    Life,
    filing,
    judge_filing,
    judge_months,
    judge_pauses,
    life,
    months,
    pauses,
    result_on,
)
from custmaster.circle.kinds import CircleKind, Step, TopicSource, TopicState, TopicType
from custmaster.circle.topic import StepTaken, Topic
from custmaster.decision import Outcome
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Language, default, render

BOOK = default()
CIRCLE = Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2019, 1, 5))
DRAFT = Topic(number="T-1", circle="QC-01", title="课题", type=TopicType.SERVICE, source=TopicSource.OWN_CHOICE)
TOPIC = evolve(DRAFT, state=TopicState.REGISTERED, registration="R-1", registered_on=date(2020, 1, 15))


def on(day: date, **readings: int | None) -> ClockTerms:
    return ClockTerms(handbook=BOOK, day=day, **readings)


def stepped(*steps: tuple[Step, bool | None]) -> Topic:
    taken = [StepTaken(step=step, on=date(2020, 2, n), met=met) for n, (step, met) in enumerate(steps, start=1)]
    return evolve(TOPIC, steps=taken)


RESULT = stepped((Step.PLAN, None), (Step.DO, None), (Step.CHECK, True), (Step.ACT, None))


@pytest.mark.parametrize("reading", ["filing_days", "explained_months"])
def test_a_reading_is_no_negative_number(reading: str) -> None:
    with pytest.raises(InvalidValue) as told:
        on(date(2026, 1, 1), **{reading: -1})
    assert (told.value.fault, told.value.path) == (Fault.RANGE, reading)


# --- the life of a topic ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "closed", "expected"),
    [
        (DRAFT, None, None),
        (TOPIC, None, Life(start=date(2020, 1, 15))),
        (evolve(TOPIC, filed_on=date(2020, 9, 1)), None, Life(start=date(2020, 1, 15), end=date(2020, 9, 1))),
        (
            evolve(TOPIC, closed_on=date(2020, 9, 1)),
            date(2020, 8, 1),
            Life(start=date(2020, 1, 15), end=date(2020, 7, 31)),
        ),
        (TOPIC, date(2020, 1, 16), Life(start=date(2020, 1, 15), end=date(2020, 1, 15))),
        (TOPIC, date(2020, 1, 15), None),
    ],
)
def test_a_topic_lives_from_registration_to_its_end_or_its_circles(
    topic: Topic, closed: date | None, expected: Life | None
) -> None:
    assert life(topic, evolve(CIRCLE, closed_on=closed)) == expected


# --- a month ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "day", "expected"),
    [
        # the month of the registration is partial, even if that is its first day; a month counts when it is over
        (date(2020, 1, 1), None, date(2020, 2, 29), []),
        (date(2020, 1, 31), None, date(2020, 3, 1), [2]),
        (date(2020, 1, 31), None, date(2020, 3, 31), [2]),
        (date(2020, 1, 31), None, date(2020, 4, 1), [2, 3]),
        # the last month is partial unless the topic ended on its last day
        (date(2020, 1, 31), date(2020, 3, 30), date(2020, 9, 1), [2]),
        (date(2020, 1, 31), date(2020, 3, 31), date(2020, 9, 1), [2, 3]),
        # over the turn of a year; before it began nothing is judged
        (date(2020, 11, 30), None, date(2021, 2, 1), [12, 1]),
        (date(2020, 11, 30), None, date(2020, 11, 1), []),
        # R-33 is in force from 2017-12-29: the month that began before is not judged by it
        (date(2017, 10, 1), None, date(2018, 2, 1), [1]),
        # the calendar's last month is never over
        (date(9999, 9, 30), None, date.max, [10, 11]),
        (date.max, None, date.max, []),
    ],
)
def test_r33_which_months_are_judged(start: date, end: date | None, day: date, expected: list[int]) -> None:
    assert [one.first.month for one in months(Life(start=start, end=end), [], on(day))] == expected


def test_r33_a_month_with_too_few_activities_is_a_warning() -> None:
    held = months(Life(start=date(2020, 1, 15)), [date(2020, 2, 29), date(2020, 4, 1)], on(date(2020, 4, 1)))
    assert [(one.first, one.last, one.held, one.short) for one in held] == [
        (date(2020, 2, 1), date(2020, 2, 29), 1, False),
        (date(2020, 3, 1), date(2020, 3, 31), 0, True),
    ]
    (reason,) = judge_months(TOPIC, held)
    assert (reason.code, reason.outcome, reason.subject) == (ClockCode.ACTIVITIES_SHORT, Outcome.REVIEW, "T-1")
    assert (reason.citation.article, reason.citation.key) == ("文二 第五条(四)", "circle.activities_per_month")
    assert render(reason.code, reason.facts, Language.ZH) == "2020-03 应活动 1 次，计入 0 次。"


# --- half a year ------------------------------------------------------------------------------------------------------


def test_r30_exactly_six_months_are_still_in_time_and_a_day_more_is_a_breach() -> None:
    lived, held = Life(start=date(2020, 1, 15)), [date(2020, 8, 31)]
    states = [pauses(lived, held, [], on(day))[-1].state for day in (date(2021, 2, 28), date(2021, 3, 1))]
    assert states == [IdleState.WITHIN, IdleState.LAPSED]


def test_r30_counts_from_the_registration_where_nothing_was_held() -> None:
    (one,) = pauses(Life(start=date(2020, 1, 15)), [date(2020, 1, 14)], [], on(date(2020, 7, 16)))
    assert (one.since, one.until, one.limit, one.state) == (
        date(2020, 1, 15),
        None,
        date(2020, 7, 15),
        IdleState.LAPSED,
    )


def test_r30_a_pause_that_is_over_is_told_before_the_one_that_goes_on() -> None:
    held = [date(2020, 3, 1), date(2020, 9, 2), date(2021, 1, 1), date(2022, 1, 1)]
    told = pauses(Life(start=date(2020, 1, 15)), held, [], on(date(2021, 3, 1)))
    assert [(one.since, one.until, one.state) for one in told] == [
        (date(2020, 3, 1), date(2020, 9, 2), IdleState.LAPSED),
        (date(2021, 1, 1), None, IdleState.WITHIN),
    ]
    (reason,) = judge_pauses(TOPIC, told)
    assert (reason.code, reason.outcome) == (ClockCode.IDLE_LAPSED, Outcome.REFUSED)
    assert (reason.citation.article, reason.citation.key) == ("文二 第五条(三)", "circle.idle_months")


def test_r30_the_clock_stops_when_the_topic_ends() -> None:
    lived = Life(start=date(2020, 1, 15), end=date(2020, 7, 15))
    (one,) = pauses(lived, [], [], on(date(2026, 1, 1)))
    assert (one.until, one.state) == (date(2020, 7, 15), IdleState.WITHIN)
    (one,) = pauses(evolve(lived, end=date(2020, 7, 16)), [], [], on(date(2026, 1, 1)))
    assert one.state is IdleState.LAPSED


@pytest.mark.parametrize(
    ("explained", "day", "readings", "expected"),
    [
        # limit 2020-07-15; explained before, on a day after, too late for the days that went before, and for how long
        ([date(2020, 7, 1)], date(2020, 9, 1), {}, IdleState.LAPSED_EXPLAINED),
        ([date(2020, 8, 20)], date(2020, 9, 1), {}, IdleState.LAPSED_EXPLAINED),
        ([date(2020, 9, 2)], date(2020, 9, 1), {}, IdleState.LAPSED),
        ([date(2020, 7, 1)], date(2021, 1, 1), {}, IdleState.LAPSED_EXPLAINED),
        ([date(2020, 7, 1)], date(2021, 1, 2), {}, IdleState.LAPSED),
        ([date(2021, 1, 2), date(2020, 7, 1)], date(2021, 7, 2), {}, IdleState.LAPSED_EXPLAINED),
        ([date(2021, 1, 3), date(2020, 7, 1)], date(2021, 7, 2), {}, IdleState.LAPSED_EXPLAINED),
        ([date(2019, 1, 1)], date(2020, 9, 1), {}, IdleState.LAPSED),
        ([date(2020, 7, 1)], date(2020, 9, 1), {"explained_months": 1}, IdleState.LAPSED),
        ([date(2020, 7, 1)], date(2030, 9, 1), {"explained_months": 1200}, IdleState.LAPSED_EXPLAINED),
        ([date(2020, 7, 20)], date(2020, 7, 20), {"explained_months": 0}, IdleState.LAPSED),
        # a day that nobody knows is written 0001-01-01 or 9999-12-31, and a number of months may be any
        ([date.min], date(2020, 9, 1), {}, IdleState.LAPSED),
        ([date.max], date.max, {}, IdleState.LAPSED),
        ([date(2020, 7, 1)], date.max, {"explained_months": 10**9}, IdleState.LAPSED_EXPLAINED),
    ],
)
def test_r30_an_explanation_excuses_and_does_not_reset(
    explained: list[date], day: date, readings: dict[str, int], expected: IdleState
) -> None:
    (one,) = pauses(Life(start=date(2020, 1, 15)), [], explained, on(day, **readings))
    assert (one.since, one.limit, one.state) == (date(2020, 1, 15), date(2020, 7, 15), expected)
    (reason,) = judge_pauses(TOPIC, [one])
    assert reason.outcome is (Outcome.REFUSED if expected is IdleState.LAPSED else Outcome.ALLOWED)


def test_r30_a_limit_behind_the_last_day_of_the_calendar_is_that_day() -> None:
    (one,) = pauses(Life(start=date(9999, 8, 1)), [], [], on(date.max))
    assert (one.limit, one.state) == (date.max, IdleState.WITHIN)


@pytest.mark.parametrize(
    ("start", "day"), [(date(2020, 1, 15), date(2020, 1, 14)), (date(2010, 1, 1), date(2017, 1, 1))]
)
def test_r30_says_nothing_before_the_registration_or_before_it_was_in_force(start: date, day: date) -> None:
    assert pauses(Life(start=start), [], [], on(day)) == ()


# --- filing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        (TOPIC, None),
        (stepped((Step.PLAN, None), (Step.DO, None), (Step.CHECK, False), (Step.PLAN, None)), None),
        (stepped((Step.PLAN, None), (Step.CHECK, False), (Step.ACT, None)), None),
        (RESULT, date(2020, 2, 4)),
    ],
)
def test_r38_the_result_is_there_when_a_check_was_met_and_acted_upon(topic: Topic, expected: date | None) -> None:
    assert result_on(topic) == expected


@pytest.mark.parametrize(
    ("filed", "closed", "day", "days", "code"),
    [
        # 及时 has no number: without one of the bank's it is a note only
        (None, None, date(2020, 2, 3), None, None),
        (None, None, date(2020, 2, 4), None, ClockCode.RESULTS_NOT_FILED),
        (None, None, date(2030, 2, 4), None, ClockCode.RESULTS_NOT_FILED),
        (date(2025, 1, 1), None, date(2030, 2, 4), None, None),
        # with 30 days: 2020-03-05 is the last day in time
        (None, None, date(2020, 3, 5), 30, ClockCode.RESULTS_NOT_FILED),
        (None, None, date(2020, 3, 6), 30, ClockCode.FILED_LATE),
        (date(2020, 3, 5), None, date(2020, 9, 6), 30, None),
        (date(2020, 3, 6), None, date(2020, 9, 6), 30, ClockCode.FILED_LATE),
        (date(2020, 3, 6), None, date(2020, 3, 5), 30, ClockCode.RESULTS_NOT_FILED),
        (None, date(2020, 3, 6), date(2020, 9, 6), 30, None),
        # any number of days is one, if the calendar ends before
        (None, None, date(2020, 9, 6), 10**10, ClockCode.RESULTS_NOT_FILED),
    ],
)
def test_r38_filed_in_time(
    filed: date | None, closed: date | None, day: date, days: int | None, code: ClockCode | None
) -> None:
    topic = evolve(RESULT, filed_on=filed, closed_on=closed)
    reasons = judge_filing(topic, on(day, filing_days=days))
    assert [reason.code for reason in reasons] == ([] if code is None else [code])
    assert [reason.outcome for reason in reasons] == ([] if code is None else [CLOCK_OUTCOMES[code]])
    found = filing(topic, on(day, filing_days=days))
    assert (found is None) is (day < date(2020, 2, 4))


def test_every_code_of_the_clocks_has_its_outcome() -> None:
    assert set(CLOCK_OUTCOMES) == set(ClockCode)
