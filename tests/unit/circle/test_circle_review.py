"""The review and the calendar of circles, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from attrs import evolve

from custmaster.circle.activity import ActivityRecord, Speech
from custmaster.circle.calendar import DUE_KINDS, Due, DueKind, calendar, overdue, project_calendar
from custmaster.circle.circle import Circle, Member
from custmaster.circle.clock_codes import ClockCode
from custmaster.circle.clocks import ClockTerms
from custmaster.circle.codes import CircleCode
from custmaster.circle.folder import CircleFolder, folders
from custmaster.circle.kinds import CircleKind, Step, TopicSource, TopicState, TopicType
from custmaster.circle.project import HalfYear, Project
from custmaster.circle.review import review, review_circle
from custmaster.circle.topic import Explanation, StepTaken, Topic
from custmaster.decision import Outcome
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default
from custmaster.value.span import Span

STAFF = ("S-1", "S-2", "S-3")
CIRCLE = Circle(
    number="QC-01",
    name="晨曦",
    kind=CircleKind.INDOOR,
    centre="C-1",
    founded_on=date(2020, 1, 1),
    members=[Member(staff=one, team=f"{one}组") for one in STAFF],
)
TOPIC = Topic(
    number="T-1",
    circle="QC-01",
    title="课题",
    type=TopicType.SERVICE,
    source=TopicSource.OWN_CHOICE,
    state=TopicState.REGISTERED,
    registration="R-1",
    registered_on=date(2020, 1, 15),
)
RESULT = [
    StepTaken(step=step, on=date(2020, 2, n), met=met)
    for n, (step, met) in enumerate([(Step.PLAN, None), (Step.DO, None), (Step.CHECK, True), (Step.ACT, None)], start=1)
]


def terms(day: date, filing_days: int | None = None) -> ClockTerms:
    return ClockTerms(handbook=default(), day=day, filing_days=filing_days)


def held(*days: date, topic: str = "T-1") -> list[ActivityRecord]:
    return [
        ActivityRecord(
            number=f"{topic}/{n}",
            topic=topic,
            sequence=n,
            on=day,
            place="会议室",
            step=Step.PLAN,
            attending=STAFF,
            chair="S-1",
            recorder="S-2",
            content="讨论",
            speeches=[Speech(staff=one, said="好") for one in STAFF],
            conclusion="继续",
            tools=["排列图"],
        )
        for n, day in enumerate(days, start=1)
    ]


FOLDER = CircleFolder(circle=CIRCLE, topics=[TOPIC], activities=held(date(2020, 2, 10), date(2020, 3, 10)))


def test_a_topic_is_reviewed_with_its_clocks_and_its_days() -> None:
    found = review_circle(FOLDER, terms(date(2020, 4, 1)))
    (topic,) = found.topics
    assert (found.circle, found.centre, found.handbook) == ("QC-01", "C-1", default().stamp)
    assert topic.recorded == topic.counted == (date(2020, 2, 10), date(2020, 3, 10))
    assert [(one.held, one.short) for one in topic.months] == [(1, False), (1, False)]
    assert [one.limit for one in topic.pauses] == [date(2020, 9, 10)]


def test_what_does_not_count_is_told_with_its_reason_and_counts_for_no_clock() -> None:
    (bad,) = held(date(2020, 2, 10))
    early, quiet = evolve(bad, on=date(2020, 1, 10)), evolve(bad, number="q", speeches=bad.speeches[1:])
    found = review_circle(evolve(FOLDER, activities=[early, quiet]), terms(date(2020, 3, 1)))
    (topic,) = found.topics
    codes = [reason.code for reason in topic.reasons]
    assert topic.counted == ()
    assert len(topic.recorded) == 2
    assert {CircleCode.ACTIVITY_BEFORE_REGISTRATION, CircleCode.SPEECH_MISSING, ClockCode.ACTIVITIES_SHORT} <= set(
        codes
    )
    assert found.outcome is topic.outcome is Outcome.REFUSED


def test_an_activity_of_a_circle_that_is_closed_does_not_count() -> None:
    folder = evolve(FOLDER, circle=evolve(CIRCLE, closed_on=date(2020, 3, 10)))
    (topic,) = review_circle(folder, terms(date(2020, 4, 1))).topics
    assert topic.counted == (date(2020, 2, 10),)
    assert CircleCode.CIRCLE_ENDED in [reason.code for reason in topic.reasons]


def test_a_topic_that_is_not_registered_has_no_clock() -> None:
    draft = evolve(TOPIC, state=TopicState.DRAFT, registered_on=None, registration=None)
    (topic,) = review_circle(evolve(FOLDER, topics=[draft]), terms(date(2020, 4, 1))).topics
    assert (topic.lived, topic.months, topic.pauses, topic.counted) == (None, (), (), ())
    assert [reason.code for reason in topic.reasons].count(CircleCode.TOPIC_NOT_REGISTERED) == 1


def test_a_topic_of_another_circle_is_told_of_the_circle() -> None:
    found = review_circle(evolve(FOLDER, topics=[evolve(TOPIC, circle="QC-02")]), terms(date(2020, 4, 1)))
    assert CircleCode.TOPIC_OF_OTHER_CIRCLE in [reason.code for reason in found.reasons]
    assert found.outcome is Outcome.REFUSED


def test_what_happens_after_the_day_is_not_known() -> None:
    (topic,) = review_circle(FOLDER, terms(date(2020, 3, 1))).topics
    assert topic.recorded == (date(2020, 2, 10),)


def test_circles_are_reviewed_as_they_come_and_none_is_kept() -> None:
    asked: list[str] = []

    def coming() -> Iterator[CircleFolder]:
        for number in ("QC-02", "QC-01"):
            asked.append(number)
            yield CircleFolder(circle=evolve(CIRCLE, number=number))

    found = review(coming(), terms(date(2020, 4, 1)))
    assert asked == []
    assert next(found).circle == "QC-02"
    assert asked == ["QC-02"]
    assert [one.circle for one in found] == ["QC-01"]


# --- folders ----------------------------------------------------------------------------------------------------------------


def test_lines_in_any_order_come_into_the_same_folders() -> None:
    circles = [evolve(CIRCLE, number=f"QC-{n}") for n in range(4)]
    topics = [evolve(TOPIC, number=f"T-{n}", circle=f"QC-{n % 5}") for n in range(10)]
    activities = [one for n in range(12) for one in held(date(2020, 2, 10), date(2020, 3, 9), topic=f"T-{n}")]
    first = folders(circles, topics, activities)
    for listed in (circles, topics, activities):
        Random(7).shuffle(listed)
    assert folders(circles, topics, activities * 2) == evolve(first, stray_activities=first.stray_activities)
    assert [one.circle.number for one in first.folders] == ["QC-0", "QC-1", "QC-2", "QC-3"]
    assert [one.number for one in first.stray_topics] == ["T-4", "T-9"]
    assert {one.topic for one in first.stray_activities} == {"T-10", "T-11", "T-4", "T-9"}
    assert all(len(one.by_topic()) == len(one.topics) == 2 for one in first.folders)


def test_an_activity_of_no_topic_of_the_folder_stands_by_itself() -> None:
    assert list(CircleFolder(circle=CIRCLE, activities=held(date(2020, 2, 1))).by_topic()) == ["T-1"]


# --- the calendar -----------------------------------------------------------------------------------------------------------


def listed(dues: tuple[Due, ...]) -> list[tuple[date, DueKind, bool]]:
    return [(one.on, one.kind, one.done) for one in dues]


def test_what_is_due_in_a_quarter() -> None:
    topic = evolve(TOPIC, plan=[date(2020, 3, 5), date(2020, 2, 5), date(2020, 4, 5), date(2020, 1, 2)], steps=RESULT)
    folder = evolve(FOLDER, topics=[topic])
    year = Span(date(2020, 1, 1), date(2020, 10, 1))
    assert listed(calendar(folder, year, terms(date(2020, 3, 20), 60))) == [
        (date(2020, 2, 5), DueKind.PLANNED_ACTIVITY, True),
        (date(2020, 2, 29), DueKind.MONTHLY_ACTIVITY, True),
        (date(2020, 3, 5), DueKind.PLANNED_ACTIVITY, True),
        (date(2020, 3, 31), DueKind.MONTHLY_ACTIVITY, True),
        (date(2020, 4, 4), DueKind.FILING, False),
        (date(2020, 4, 5), DueKind.PLANNED_ACTIVITY, False),
        (date(2020, 4, 30), DueKind.MONTHLY_ACTIVITY, False),
        (date(2020, 5, 31), DueKind.MONTHLY_ACTIVITY, False),
        (date(2020, 6, 30), DueKind.MONTHLY_ACTIVITY, False),
        (date(2020, 7, 31), DueKind.MONTHLY_ACTIVITY, False),
        (date(2020, 8, 31), DueKind.MONTHLY_ACTIVITY, False),
        (date(2020, 9, 10), DueKind.ACTIVITY_WITHIN_LIMIT, False),
        (date(2020, 9, 30), DueKind.MONTHLY_ACTIVITY, False),
    ]


def test_a_topic_that_ended_has_nothing_due_later() -> None:
    topic = evolve(TOPIC, state=TopicState.CLOSED, closed_on=date(2020, 3, 31), steps=RESULT)
    dues = calendar(
        evolve(FOLDER, topics=[topic]), Span(date(2020, 1, 1), date(2021, 1, 1)), terms(date(2020, 6, 1), 9)
    )
    assert listed(dues) == [
        (date(2020, 2, 29), DueKind.MONTHLY_ACTIVITY, True),
        (date(2020, 3, 31), DueKind.MONTHLY_ACTIVITY, True),
    ]


def test_a_pause_that_was_explained_is_not_overdue() -> None:
    told = evolve(TOPIC, explanations=[Explanation(on=date(2020, 9, 1), by="S-1", reason="停电")])
    span, seen = Span(date(2020, 9, 1), date(2020, 9, 20)), terms(date(2020, 10, 1))
    assert [calendar(evolve(FOLDER, topics=[one]), span, seen)[0].done for one in (TOPIC, told)] == [False, True]


def test_a_bank_that_asks_for_no_activity_a_month_has_none_due() -> None:
    book = default()
    line = book.timelines["circle.activities_per_month"]
    none = evolve(line, entries=[evolve(line.entries[0], value=0)])
    free = evolve(book, timelines={**book.timelines, "circle.activities_per_month": none})
    seen = ClockTerms(handbook=free, day=date(2020, 4, 1))
    kinds = {one.kind for one in calendar(FOLDER, Span(date(2020, 1, 1), date(2021, 1, 1)), seen)}
    assert kinds == {DueKind.ACTIVITY_WITHIN_LIMIT}


def test_a_draft_has_nothing_due() -> None:
    draft = evolve(TOPIC, state=TopicState.DRAFT, registered_on=None)
    assert (
        calendar(evolve(FOLDER, topics=[draft]), Span(date(2020, 1, 1), date(2021, 1, 1)), terms(date(2020, 6, 1)))
        == ()
    )


@pytest.mark.parametrize("span", [Span(None, date(2020, 1, 1)), Span(date(2020, 1, 1), None)])
def test_a_calendar_has_two_ends(span: Span) -> None:
    with pytest.raises(InvalidValue) as told:
        calendar(FOLDER, span, terms(date(2020, 6, 1)))
    assert (told.value.fault, told.value.path) == (Fault.MISSING, "span")


def test_what_is_overdue_at_each_centre() -> None:
    others = [evolve(FOLDER, circle=evolve(CIRCLE, number=f"QC-{n}", centre=f"C-{n}")) for n in (3, 2)]
    day = date(2020, 6, 1)
    dues = [
        due
        for one in (*others, FOLDER)
        for due in calendar(one, Span(date(2020, 1, 1), day + timedelta(90)), terms(day))
    ]
    found = overdue(dues, day)
    assert list(found) == ["C-1", "C-2", "C-3"]
    assert listed(found["C-2"]) == [
        (date(2020, 4, 30), DueKind.MONTHLY_ACTIVITY, False),
        (date(2020, 5, 31), DueKind.MONTHLY_ACTIVITY, False),
    ]
    assert overdue(dues, date(2020, 4, 30)) == {}


def test_every_kind_of_what_is_due_has_its_names() -> None:
    assert set(DUE_KINDS) == set(DueKind)


HALF = HalfYear(year=2020, half=1)
PROJECT = Project(
    number="P-1", centre="C-1", half=HALF, comparison="比", gaps="差", improvement_plan="改", cases=["T-1"]
)


@pytest.mark.parametrize(
    ("project", "steps", "day", "done"),
    [
        (PROJECT, RESULT, date(2020, 3, 1), [True, True]),
        (PROJECT, RESULT, date(2020, 2, 3), [True, False]),  # it was acted upon the check a day later
        (PROJECT, (), date(2020, 3, 1), [True, False]),
        (evolve(PROJECT, gaps=" ", cases=()), RESULT, date(2020, 3, 1), [False, False]),
    ],
)
def test_r42_a_project_and_its_case_are_due_when_the_half_year_ends(
    project: Project, steps: list[StepTaken], day: date, done: list[bool]
) -> None:
    year = Span(date(2020, 1, 1), date(2021, 1, 1))
    dues = project_calendar([project], [evolve(TOPIC, steps=steps)], year, terms(day))
    last = date(2020, 6, 30)
    assert [(one.on, one.kind, one.project) for one in dues] == [
        (last, DueKind.PROJECT, "P-1"),
        (last, DueKind.PROJECT_CASE, "P-1"),
    ]
    assert [one.done for one in dues] == done
    assert project_calendar([project], [], Span(last + timedelta(1), None), terms(day)) == ()


def test_what_a_topic_has_to_show_grows_with_its_steps() -> None:
    def codes(**said: object) -> set[str]:
        (topic,) = review_circle(evolve(FOLDER, topics=[evolve(TOPIC, **said)]), terms(date(2020, 3, 20))).topics
        return {str(reason.code) for reason in topic.reasons} & {
            "PLAN_MISSING",
            "CRITERION_UNANSWERED",
            "TOOLS_NOT_USED",
            "ORIGINAL_MISSING",
            "STEP_SKIPPED",
        }

    planned = {"plan": [date(2020, 3, 1)]}
    assert codes() == {"PLAN_MISSING"}
    assert codes(**planned, steps=RESULT[:1]) == set()
    assert codes(**planned, steps=RESULT[:2]) == {"CRITERION_UNANSWERED"}
    assert codes(**planned, steps=RESULT[1:2]) == {"STEP_SKIPPED", "CRITERION_UNANSWERED"}
    assert codes(**planned, steps=RESULT) == {"CRITERION_UNANSWERED", "ORIGINAL_MISSING"}
    assert codes(**planned, filed_on=date(2020, 3, 15)) == {"ORIGINAL_MISSING"}
    assert codes(**planned, filed_on=date(2020, 3, 21)) == set()


@pytest.mark.parametrize(
    ("days", "steps", "expected"),
    [
        # registered, compiled, filed in January 2020
        ((15, 16, 17), RESULT[:0], []),
        ((15, 15, 15), RESULT[:0], []),
        ((None, 16, None), RESULT[:0], [CircleCode.TOPIC_NOT_REGISTERED]),
        ((None, 16, 17), RESULT[:0], [CircleCode.TOPIC_NOT_REGISTERED]),
        ((None, None, None), RESULT[:1], [CircleCode.TOPIC_NOT_REGISTERED]),
        ((17, 16, 17), RESULT[:0], [CircleCode.CIRCLE_DAY_TOO_EARLY]),
        ((18, 18, 17), RESULT[:0], [CircleCode.CIRCLE_DAY_TOO_EARLY, CircleCode.RESULTS_NOT_COMPILED]),
        ((15, None, 17), RESULT[:0], [CircleCode.RESULTS_NOT_COMPILED]),
        ((15, 18, 17), RESULT[:0], [CircleCode.RESULTS_NOT_COMPILED]),
        ((15, 16, 17), RESULT, []),
        ((15, 16, None), RESULT[:3], [CircleCode.CYCLE_INCOMPLETE]),
    ],
)
def test_r38_what_a_file_says_out_of_order_is_told(
    days: tuple[int | None, ...], steps: list[StepTaken], expected: list[CircleCode]
) -> None:
    """R-29, R-38: registered, then results, then compiled, then filed."""
    registered, compiled, filed = (None if day is None else date(2020, 1, day) for day in days)
    topic = evolve(TOPIC, registered_on=registered, compiled_on=compiled, filed_on=filed, steps=steps)
    (found,) = review_circle(evolve(FOLDER, topics=[topic], activities=[]), terms(date(2020, 6, 1))).topics
    told = {
        CircleCode.TOPIC_NOT_REGISTERED,
        CircleCode.CIRCLE_DAY_TOO_EARLY,
        CircleCode.RESULTS_NOT_COMPILED,
        CircleCode.CYCLE_INCOMPLETE,
    }
    assert [reason.code for reason in found.reasons if reason.code in told] == expected


@pytest.mark.parametrize("kind", CircleKind)
def test_r28_nothing_is_said_of_teams_where_none_is_known(kind: CircleKind) -> None:
    unknown = evolve(CIRCLE, kind=kind, members=[Member(staff=one, team="") for one in STAFF[:2]])
    reasons = review_circle(CircleFolder(circle=unknown), terms(date(2020, 4, 1))).reasons
    assert [reason.code for reason in reasons] == [CircleCode.MEMBERS_FEW]
    half = evolve(unknown, members=[Member(staff="S-1", team="甲组"), Member(staff="S-2", team="甲组")])
    assert len(review_circle(CircleFolder(circle=half), terms(date(2020, 4, 1))).reasons) > 1


def test_members_are_told_of_the_circle_and_attendance_only_where_members_are_known() -> None:
    alone = evolve(FOLDER, circle=evolve(CIRCLE, members=[Member(staff="S-1", team="a")]))
    found = review_circle(alone, terms(date(2020, 4, 1)))
    assert {"MEMBERS_FEW", "NOT_ACROSS_TEAMS"} == {str(reason.code) for reason in found.reasons}
    assert "NOT_A_MEMBER" in {str(reason.code) for reason in found.topics[0].reasons}
    silent = review_circle(evolve(FOLDER, circle=evolve(CIRCLE, members=())), terms(date(2020, 4, 1)))
    assert "NOT_A_MEMBER" not in {str(reason.code) for reason in silent.topics[0].reasons}
    closed = evolve(alone, circle=evolve(alone.circle, closed_on=date(2020, 3, 20)))
    assert review_circle(closed, terms(date(2020, 4, 1))).reasons == ()


def test_a_folder_shows_how_much_it_holds_and_not_what() -> None:
    assert repr(FOLDER).endswith("topics=1, activities=2)")
