"""Every testable sentence of the document on circles, R-25 to R-43, by its number; R-24 states purposes, which nothing can test."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from attrs import evolve as changed

from custmaster.circle import (
    ARTICLES,
    CIRCLE_GROUNDS,
    CIRCLE_KINDS,
    ORIGINALS,
    PDCA,
    READINGS,
    REPORT_RULES,
    STEPS,
    Absence,
    CircleKind,
    ClockTerms,
    Compiling,
    EvaluationScheme,
    Gloss,
    HalfYear,
    Member,
    Original,
    OriginalKept,
    Phase,
    Project,
    ReportRule,
    Score,
    Speech,
    Step,
    SupportKind,
    SupportRequest,
    TopicState,
    answer_check,
    compile_results,
    counting,
    counts,
    cycles,
    enter_step,
    evaluate_circle,
    evolve,
    explain_pause,
    file_results,
    found_circle,
    half_year_of,
    is_complete,
    judge_answers,
    judge_attendance,
    judge_composition,
    judge_counting,
    judge_originals,
    judge_plan,
    judge_project,
    judge_report,
    judge_support,
    judge_tools,
    leader_decisions,
    missing,
    missing_originals,
    record_activity,
    register_topic,
    review_projects,
    reward,
    scheme_of,
    silent,
    unanswered,
)
from custmaster.decision import Outcome
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Weight, keys
from custmaster.lifecycle import rowless, unreachable
from custmaster.value.span import Span

DAY = date(2026, 3, 2)
AFTER = DAY + timedelta(days=1)
HERE = Path(__file__).parent
TESTED = "\n".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
BY_CLOCKS = {"R-33"}  # how many activities a month asks for is told by `circle.clocks`, and tested with it


@pytest.mark.parametrize("number", sorted(set(ARTICLES) - BY_CLOCKS))
def test_every_requirement_has_a_test_that_names_it(number: str) -> None:
    assert re.search(rf"^def test_{number.lower().replace('-', '')}_", TESTED, re.MULTILINE)


def test_every_ground_cites_a_requirement_that_is_there() -> None:
    assert {row.source for row in CIRCLE_GROUNDS.values()} <= set(ARTICLES)


# --- what is measured by, R-25 to R-27 ---


def test_r25_themes_are_the_three_standardisations(draft, circle, occasion, page, told) -> None:
    assert page[keys.CIRCLE_THEMES] == ("流程规范化", "服务标准化", "管理标准化")
    of_two = changed(draft, themes=["服务标准化", "三化之外"])
    answer = register_topic(of_two, circle(), occasion(numbers=["QC2026-001"]), page)
    assert told(answer) == ["THEME_UNKNOWN"]
    assert answer.reasons[0].facts == (("theme", "三化之外"),)


def test_r26_execution_is_scored(circle, occasion, page, told) -> None:
    scheme = EvaluationScheme(
        weights=[Weight(name="成果", weight=Decimal(60)), Weight(name="活动", weight=Decimal(40))], results=["成果"]
    )
    scores = [Score(name="成果", points=Decimal(90)), Score(name="活动", points=Decimal("77.5"))]
    answer = evaluate_circle(circle(), scores, scheme, occasion(), page)
    assert answer.events[0].evaluation.total == Decimal(85)
    assert told(answer) == ["APPRAISAL_OFF"]


def test_r26_no_score_where_the_bank_does_not_score(circle, occasion, book, told) -> None:
    page = book(("circle.scoring", "2026-01-01", "false")).on(DAY)
    scheme = EvaluationScheme(
        weights=[Weight(name="成果", weight=Decimal(60)), Weight(name="活动", weight=Decimal(40))], results=["成果"]
    )
    scores = [Score(name=name, points=Decimal(90)) for name in ("成果", "活动")]
    assert told(evaluate_circle(circle(), scores, scheme, occasion(), page)) == ["SCORING_OFF", "APPRAISAL_OFF"]


def test_r27_activities_are_those_of_a_circle_that_is_there(draft, circle, occasion, page, told) -> None:
    closed = circle(closed_on=DAY)
    assert told(register_topic(draft, closed, occasion(numbers=["1"]), page)) == ["CIRCLE_ENDED"]
    assert told(register_topic(draft, circle(founded_on=AFTER), occasion(numbers=["1"]), page)) == ["CIRCLE_ENDED"]


def test_r27_a_circle_is_there_from_its_founding_until_it_is_closed(circle) -> None:
    held = circle(founded_on=DAY, closed_on=AFTER)
    days = (DAY - timedelta(days=1), DAY, AFTER)
    assert [held.is_open(day) for day in days] == [False, True, False]
    assert not circle(founded_on=DAY, closed_on=DAY).is_open(DAY)


# --- who, R-28 ---


@pytest.mark.parametrize(
    ("kind", "teams", "codes"),
    [
        (CircleKind.GROUP_ACCOUNTS, ["集团客户经理组"] * 3, []),
        (CircleKind.GROUP_ACCOUNTS, ["集团客户经理组", "集团客户经理组", "个人客户经理组"], ["TEAM_NOT_OF_KIND"]),
        (CircleKind.INDIVIDUAL_ACCOUNTS, ["个人客户经理组"] * 3, []),
        (CircleKind.INDIVIDUAL_ACCOUNTS, ["集团客户经理组"] * 3, ["TEAM_NOT_OF_KIND"] * 3),
        (CircleKind.INDOOR, ["综合组", "综合组", "账务组"], []),
        (CircleKind.INDOOR, ["综合组"] * 3, ["NOT_ACROSS_TEAMS"]),
        (CircleKind.INDOOR, [], ["MEMBERS_FEW"]),
    ],
)
def test_r28_each_kind_has_its_teams(kind, teams, codes, circle, page, told) -> None:
    reasons = judge_composition(circle(tuple(teams), kind=kind), DAY, page)
    assert told(reasons) == codes
    assert all(reason.outcome is Outcome.REVIEW for reason in reasons)


@pytest.mark.parametrize(("members", "codes"), [(2, ["MEMBERS_FEW"]), (3, []), (10, []), (11, ["MEMBERS_MANY"])])
def test_r28_three_to_ten_members_are_usual(members, codes, circle, page, told) -> None:
    assert told(judge_composition(circle(("集团客户经理组",) * members), DAY, page)) == codes


def test_r28_the_usual_numbers_are_the_banks_own(circle, book, told) -> None:
    page = book(("circle.members.usual_low", "2026-01-01", "4")).on(DAY)
    (reason,) = judge_composition(circle(), DAY, page)
    assert (str(reason.code), reason.citation.key) == ("MEMBERS_FEW", "circle.members.usual_low")


def test_r28_only_members_of_the_day_are_counted(circle, page, told) -> None:
    gone = Member(staff="S-4", team="个人客户经理组", valid=Span(None, DAY))
    held = circle().members
    assert told(judge_composition(circle(members=[*held, gone]), DAY, page)) == []
    assert told(judge_composition(circle(members=[*held, gone]), DAY - timedelta(days=1), page)) == ["TEAM_NOT_OF_KIND"]


def test_r28_a_person_may_be_in_two_circles(circle, occasion, page) -> None:
    both = [circle(), circle(number="QC-02")]
    assert [found_circle(one, occasion(), page).outcome for one in both] == [Outcome.ALLOWED] * 2


def test_r28_every_kind_says_whether_it_is_across_teams() -> None:
    assert {kind for kind, row in CIRCLE_KINDS.items() if row.across_teams} == {CircleKind.INDOOR}


# --- registration and pauses, R-29 and R-30 ---


def test_r29_a_topic_is_registered_with_a_number_of_its_own(draft, circle, occasion, page) -> None:
    (event,) = register_topic(draft, circle(), occasion(numbers=["QC2026-001"]), page).events
    topic = evolve(None, event)
    assert (topic.state, topic.registration, topic.registered_on) == (TopicState.REGISTERED, "QC2026-001", DAY)


def test_r29_registration_tells_all_that_stands_against_it(registered, circle, occasion, page, told) -> None:
    answer = register_topic(registered, circle(number="QC-02"), occasion(), page)
    assert told(answer) == ["TOPIC_STATE", "TOPIC_OF_OTHER_CIRCLE", "REGISTRATION_NOT_NUMBERED"]
    assert answer.outcome is Outcome.REFUSED


def test_r29_without_a_reserved_number_nothing_is_registered(draft, circle, occasion, page, told) -> None:
    assert told(register_topic(draft, circle(), occasion(), page)) == ["REGISTRATION_NOT_NUMBERED"]


def test_r29_a_registration_number_is_given_once(draft, circle, occasion, page, told) -> None:
    asked = occasion(numbers=["QC2026-001"])
    assert told(register_topic(draft, circle(), asked, page, ["QC2026-001"])) == ["REGISTRATION_TAKEN"]
    assert told(register_topic(draft, circle(), asked, page, ["QC2026-002"])) == []


def test_r29_no_activity_counts_before_registration(draft, registered, record, circle, occasion, page, told) -> None:
    assert told(judge_counting(record(), draft)) == ["TOPIC_NOT_REGISTERED"]
    early = record(on=DAY - timedelta(days=1))
    assert told(judge_counting(early, registered)) == ["ACTIVITY_BEFORE_REGISTRATION"]
    assert counts(record(on=DAY), registered)
    assert told(record_activity(record(), draft, circle(), occasion(), page)) == ["TOPIC_NOT_REGISTERED"]


def test_r29_an_activity_counts_for_its_own_topic_alone(registered, record, told) -> None:
    assert told(judge_counting(record(topic="T-2"), registered)) == ["ACTIVITY_OF_OTHER_TOPIC"]


def test_r29_no_step_is_entered_and_nothing_kept_before_registration(draft, occasion, page, told) -> None:
    assert told(enter_step(draft, Step.PLAN, occasion(), page)) == ["TOPIC_NOT_REGISTERED"]
    assert told(explain_pause(draft, "系统上线", occasion(), page)) == ["TOPIC_NOT_REGISTERED"]


def test_r30_an_explanation_is_kept_with_its_day_and_changes_nothing_else(registered, occasion, page) -> None:
    (event,) = explain_pause(registered, "系统上线", occasion(AFTER), page).events
    after = evolve(registered, event)
    assert [(one.on, one.by) for one in after.explanations] == [(AFTER, "S-9")]
    assert changed(after, explanations=()) == registered
    assert "系统上线" not in repr(event)


@pytest.mark.parametrize("reason", ["", " "])
def test_r30_an_explanation_says_why(reason, registered, occasion, page) -> None:
    with pytest.raises(InvalidValue) as caught:
        explain_pause(registered, reason, occasion(), page)
    assert (caught.value.fault, caught.value.path) == (Fault.EMPTY, "reason")


# --- PDCA, R-31 ---


def test_r31_the_steps_are_the_four_of_the_document(page) -> None:
    assert tuple(row.zh for row in STEPS.values()) == page[keys.CIRCLE_STEPS]


def test_r31_the_table_is_total_and_every_phase_is_reached() -> None:
    assert rowless(PDCA, Phase) == ()
    assert unreachable(PDCA, Phase.NOT_BEGUN) == ()


@pytest.mark.parametrize("first", ["DO", "CHECK", "ACT"])
def test_r31_a_cycle_begins_with_its_plan(first, registered, occasion, page, told) -> None:
    answer = enter_step(registered, Step[first], occasion(), page)
    assert told(answer) == ["STEP_SKIPPED"]
    assert answer.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("behind", "entered", "codes"),
    [
        ("P", "DO", []),
        ("P", "CHECK", ["STEP_SKIPPED"]),
        ("P", "PLAN", ["STEP_SKIPPED"]),
        ("PD", "CHECK", []),
        ("PD", "ACT", ["STEP_SKIPPED"]),
        ("PDC", "ACT", ["STEP_SKIPPED"]),
        ("PDn", "ACT", ["STEP_SKIPPED"]),
        ("PDn", "DO", ["STEP_SKIPPED"]),
        ("PDn", "PLAN", []),
        ("PDm", "ACT", []),
        ("PDm", "PLAN", ["STEP_SKIPPED"]),
        ("PDmA", "PLAN", []),
        ("PDmA", "DO", ["STEP_SKIPPED"]),
    ],
)
def test_r31_no_step_is_skipped(behind, entered, codes, registered, history, occasion, page, told) -> None:
    topic = changed(registered, steps=history(behind))
    assert told(enter_step(topic, Step[entered], occasion(), page)) == codes


@pytest.mark.parametrize(("met", "next_step"), [(True, Step.ACT), (False, Step.PLAN)])
def test_r31_a_check_that_is_not_met_goes_back(met, next_step, registered, history, occasion, page) -> None:
    topic = changed(registered, steps=history("PDC"))
    (event,) = answer_check(topic, met=met, occasion=occasion(), page=page).events
    topic = evolve(topic, event)
    assert topic.steps[-1].met is met
    allowed = [one for one in Step if enter_step(topic, one, occasion(), page).outcome is Outcome.ALLOWED]
    assert allowed == [next_step]


@pytest.mark.parametrize("behind", ["", "P", "PD", "PDm", "PDn", "PDmA"])
def test_r31_only_an_open_check_is_answered(behind, registered, history, occasion, page, told) -> None:
    topic = changed(registered, steps=history(behind))
    assert told(answer_check(topic, met=True, occasion=occasion(), page=page)) == ["STEP_SKIPPED"]


@pytest.mark.parametrize(
    ("text", "whole"), [("PDmA", 1), ("PDmAPDnPDmA", 2), ("PDm", 0), ("PDnP", 0), ("PDmP", 0), ("PDA", 0)]
)
def test_r31_cycles_repeat(text, whole, history) -> None:
    assert cycles(history(text)) == whole


def test_r31_a_day_never_lies_before_the_last_one(registered, occasion, page, told) -> None:
    assert told(enter_step(registered, Step.PLAN, occasion(DAY - timedelta(days=1)), page)) == ["CIRCLE_DAY_TOO_EARLY"]


# --- the five criteria, the plan and the tools, R-32; support, R-35 ---


def test_r32_the_five_criteria_are_asked_one_by_one(registered, told, page) -> None:
    empty = changed(registered, baseline=" ", target="", countermeasures="", action="", owner="")
    reasons = judge_answers(empty)
    assert [dict(reason.facts)["criterion"] for reason in reasons] == list(page[keys.CIRCLE_CRITERIA])
    assert unanswered(registered) == ()


def test_r32_a_plan_stands_before_it_is_carried_out(registered, history, occasion, page, told) -> None:
    topic = changed(registered, plan=(), target="", steps=history("P"))
    answer = enter_step(topic, Step.DO, occasion(), page)
    assert told(answer) == ["PLAN_MISSING", "CRITERION_UNANSWERED"]
    assert told(judge_plan(registered)) == []


def test_r32_tools_are_used_in_one_activity_at_least(registered, record, told) -> None:
    plain = record(tools=[" "])
    assert told(judge_tools(registered, [plain])) == ["TOOLS_NOT_USED"]
    assert told(judge_tools(registered, [plain, record(number="A-2")])) == []


def test_r34_the_circle_chooses_its_days(registered, record) -> None:
    off_the_plan = record(on=date(2026, 3, 29))
    assert off_the_plan.on not in registered.plan
    assert counts(off_the_plan, registered)


def test_r35_support_is_asked_of_the_marketing_department(page, told) -> None:
    asked = SupportRequest(number="SR-1", circle="QC-01", on=DAY, to="营销部", asks=[SupportKind.PLACE])
    assert judge_support(asked, page) == ()
    (reason,) = judge_support(changed(asked, to="综合部"), page)
    assert (str(reason.code), reason.outcome) == ("SUPPORT_ASKED_ELSEWHERE", Outcome.REVIEW)


# --- records and originals, R-36 and R-37 ---


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("number", ""),
        ("topic", ""),
        ("place", " "),
        ("attending", ()),
        ("chair", ""),
        ("recorder", ""),
        ("content", ""),
        ("speeches", ()),
        ("conclusion", ""),
    ],
)
def test_r36_every_field_of_the_form_is_filled(field, empty, record, registered) -> None:
    part = record(**{field: empty})
    assert missing(part) == (field,)
    assert not is_complete(part)
    codes = {str(reason.code): dict(reason.facts) for reason in judge_counting(part, registered)}
    assert codes["RECORD_INCOMPLETE"] == {"fields": field}
    assert counting([part], registered) == ()


@pytest.mark.parametrize("field", ["absences", "tools", "attachments"])
def test_r36_what_is_there_only_if_any_may_be_empty(field, record) -> None:
    assert is_complete(record(**{field: ()}))


def test_r36_who_should_have_been_there_is_accounted_for(record, circle, told) -> None:
    absent = [Absence(staff="S-3", why="出差")]
    two = {"attending": ["S-1", "S-2"], "speeches": record().speeches[:2]}
    assert told(judge_attendance(record(absences=absent, **two), circle())) == []
    assert told(judge_attendance(record(**two), circle())) == ["MEMBER_UNACCOUNTED"]
    stranger = record(attending=["S-1", "S-2", "S-3", "S-7"])
    assert told(judge_attendance(stranger, circle())) == ["NOT_A_MEMBER"]


def test_r36_activities_are_recorded_in_turn_and_after_they_were_held(
    record, registered, circle, occasion, page, told
) -> None:
    answer = record_activity(record(on=AFTER, sequence=2), registered, circle(), occasion(), page)
    assert told(answer) == ["ACTIVITY_NOT_YET_HELD", "ACTIVITY_OUT_OF_TURN"]
    (event,) = record_activity(record(), registered, circle(), occasion(), page).events
    assert evolve(registered, event).activities == 1


def test_r36_a_record_is_of_the_circle_whose_topic_it_is(record, registered, circle, occasion, page, told) -> None:
    answer = record_activity(record(), registered, circle(number="QC-02"), occasion(), page)
    assert told(answer) == ["TOPIC_OF_OTHER_CIRCLE"]


def test_r36_nothing_is_recorded_of_a_circle_that_is_not_there(
    record, registered, circle, occasion, page, told
) -> None:
    answer = record_activity(record(), registered, circle(closed_on=DAY), occasion(), page)
    assert told(answer) == ["CIRCLE_ENDED"]


def test_r37_the_speech_of_every_attending_member_is_there(record, registered, told) -> None:
    two = record(speeches=[Speech(staff="S-1", said="同意"), Speech(staff="S-2", said=" ")])
    assert silent(two) == ("S-2", "S-3")
    assert told(judge_counting(two, registered)) == ["SPEECH_MISSING"]


def test_r37_five_originals_are_required_and_three_of_them_are_comparisons(cycled, told) -> None:
    assert judge_originals(cycled) == ()
    required = [kind for kind, row in ORIGINALS.items() if row.required]
    assert len(required) == 5
    assert sum("COMPARED" in kind for kind in required) == 3


@pytest.mark.parametrize("kind", [kind for kind, row in ORIGINALS.items() if row.required])
def test_r37_each_required_original_is_asked_for_on_its_own(kind, cycled) -> None:
    without = changed(cycled, originals=[one for one in cycled.originals if one.kind is not kind])
    assert missing_originals(without) == (kind,)
    (reason,) = judge_originals(without)
    assert dict(reason.facts) == {"original": ORIGINALS[kind].zh}


@pytest.mark.parametrize("kind", [Original.SUGGESTIONS, Original.STANDARD_REVISIONS, Original.OTHER])
def test_r37_the_others_are_kept_if_there_are_any(kind, registered) -> None:
    kept = changed(registered, originals=[OriginalKept(kind=kind, reference="DOC-1", on=DAY)])
    assert len(missing_originals(kept)) == 5


# --- results and their report, R-38 and R-40 ---


def test_r38_results_are_compiled_and_then_filed(cycled, record, report, circle, occasion, page, told) -> None:
    assert told(file_results(cycled, occasion(), page)) == ["RESULTS_NOT_COMPILED"]
    asked = Compiling(report=report(), topic=cycled, circle=circle(), records=[record()])
    answer = compile_results(asked, occasion(), page)
    assert (answer.outcome, told(answer)) == (Outcome.ALLOWED, [])
    compiled = evolve(cycled, answer.events[0])
    assert (compiled.state, compiled.report) == (TopicState.COMPILED, "DOC-9")
    filed = evolve(compiled, file_results(compiled, occasion(AFTER), page).events[0])
    assert (filed.state, filed.filed_on) == (TopicState.FILED, AFTER)
    assert told(file_results(filed, occasion(AFTER), page)) == ["TOPIC_STATE"]


def test_r38_only_a_registered_topic_has_results(draft, report, circle, occasion, page, told) -> None:
    assert told(file_results(draft, occasion(), page)) == ["TOPIC_NOT_REGISTERED"]
    asked = Compiling(report=report(), topic=draft, circle=circle())
    assert told(compile_results(asked, occasion(), page))[0] == "TOPIC_NOT_REGISTERED"


@pytest.mark.parametrize(
    ("text", "codes"),
    [("PDm", ["CYCLE_INCOMPLETE"]), ("PDnP", ["CYCLE_INCOMPLETE"]), ("PmA", ["STEP_SKIPPED", "CYCLE_INCOMPLETE"])],
)
def test_r38_there_are_results_once_a_cycle_is_whole(
    text, codes, cycled, history, record, report, circle, occasion, page, told
) -> None:
    topic = changed(cycled, steps=history(text))
    asked = Compiling(report=report(), topic=topic, circle=circle(), records=[record()])
    assert told(compile_results(asked, occasion(), page)) == codes


def test_r38_nothing_counts_after_the_topic_has_ended(registered, record, told) -> None:
    for ended in ({"filed_on": DAY}, {"closed_on": DAY}):
        topic = changed(registered, **ended)
        assert counts(record(on=DAY), topic)
        assert told(judge_counting(record(on=AFTER), topic)) == ["ACTIVITY_AFTER_END"]


def test_r38_the_results_are_those_of_the_circle(cycled, record, report, circle, occasion, page, told) -> None:
    asked = Compiling(report=report(), topic=cycled, circle=circle(number="QC-02"), records=[record()])
    assert told(compile_results(asked, occasion(), page)) == ["TOPIC_OF_OTHER_CIRCLE"]


def test_r40_the_report_keeps_to_seven_rules(report, cycled, circle, page) -> None:
    assert len(REPORT_RULES) == len(ReportRule) == 7
    assert judge_report(report(), cycled, circle(), DAY, page) == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"topic": "T-2"}, "REPORT_OF_OTHER_TOPIC"),
        ({"authors": ["S-1"]}, "REPORT_BY_ONE_ALONE"),
        ({"authors": ["S-1", "S-8"]}, "REPORT_BY_ONE_ALONE"),
        ({"parts": []}, "REPORT_OUT_OF_ORDER"),
        ({"figures": 0}, "REPORT_WITHOUT_FIGURES"),
        ({"glossary": []}, "JARGON_UNEXPLAINED"),
        ({"glossary": [Gloss(term="排列图", plain=" ")]}, "JARGON_UNEXPLAINED"),
        ({"seen_to": [ReportRule.CONCISE, ReportRule.RELEVANT_PROFILE]}, "REPORT_NOT_SEEN_TO"),
        ({"seen_to": [ReportRule.FOCUSED, ReportRule.RELEVANT_PROFILE]}, "REPORT_NOT_SEEN_TO"),
        ({"seen_to": [ReportRule.FOCUSED, ReportRule.CONCISE]}, "REPORT_NOT_SEEN_TO"),
    ],
)
def test_r40_each_rule_is_asked_on_its_own(said, code, report, cycled, circle, page, told) -> None:
    assert told(judge_report(report(**said), cycled, circle(), DAY, page)) == [code]


def test_r40_the_report_follows_the_procedure_in_its_order(report, cycled, circle, page) -> None:
    turned = report(parts=report().parts[::-1])
    (reason,) = judge_report(turned, cycled, circle(), DAY, page)
    assert str(reason.code) == "REPORT_OUT_OF_ORDER"
    short = report(parts=[part for part in report().parts if part != "设定目标"])
    (reason,) = judge_report(short, cycled, circle(), DAY, page)
    assert reason.facts == (("parts", "设定目标"),)


# --- evaluation, R-39 and R-43 ---


@pytest.mark.parametrize(
    ("rows", "results", "fault"),
    [
        ({"成果": 60, "活动": 39}, ["成果"], Fault.RANGE),
        ({}, [], Fault.RANGE),
        ({"成果": 60, "活动": 40}, ["发表"], Fault.UNKNOWN_CODE),
        ({"成果": 60, "活动": 40}, [], Fault.MISSING),
        ({"成果": 100}, ["成果"], Fault.CONFLICT),
        ({"成果": 100, "活动": 0}, ["成果"], Fault.CONFLICT),
    ],
)
def test_r39_results_are_one_main_basis_and_never_the_only_one(rows, results, fault) -> None:
    weights = [Weight(name=name, weight=Decimal(weight)) for name, weight in rows.items()]
    with pytest.raises(InvalidValue) as caught:
        EvaluationScheme(weights=weights, results=results)
    assert caught.value.fault is fault


def test_r39_a_row_stands_once() -> None:
    with pytest.raises(InvalidValue) as caught:
        EvaluationScheme(weights=[Weight(name="成果", weight=Decimal(50))] * 2, results=["成果"])
    assert caught.value.fault is Fault.DUPLICATE


def test_r39_the_total_is_exact_whatever_precision_is_set(circle, occasion, page) -> None:
    with localcontext(prec=2):
        rows = [Weight(name="成果", weight=Decimal("33.34")), Weight(name="活动", weight=Decimal("66.66"))]
        scheme = EvaluationScheme(weights=rows, results=["成果"])
        scores = [Score(name="成果", points=Decimal("87.25")), Score(name="活动", points=Decimal("91.5"))]
        (event,) = evaluate_circle(circle(), scores, scheme, occasion(), page).events
    assert event.evaluation.total == Decimal("90.083050")


def test_r39_the_weights_are_the_banks_own(page, book) -> None:
    with pytest.raises(InvalidValue):
        scheme_of(page, ["成果"])
    rows = '[{ name = "成果", weight = 60 }, { name = "活动", weight = 40 }]'
    scheme = scheme_of(book(("circle.evaluation_weights", "2026-01-01", rows)).on(DAY), ["成果"])
    assert [row.name for row in scheme.weights] == ["成果", "活动"]


def test_r39_every_row_is_scored_once_and_nothing_else(circle, occasion, page, told) -> None:
    scheme = EvaluationScheme(
        weights=[Weight(name="成果", weight=Decimal(60)), Weight(name="活动", weight=Decimal(40))], results=["成果"]
    )
    scores = [Score(name=name, points=Decimal(1)) for name in ("成果", "成果", "特点")]
    answer = evaluate_circle(circle(closed_on=DAY), scores, scheme, occasion(), page)
    wanted = ["CIRCLE_ENDED", "SCORE_MISSING", "SCORE_WITHOUT_WEIGHT", "SCORE_TWICE", "APPRAISAL_OFF"]
    assert (told(answer), answer.outcome) == (wanted, Outcome.REFUSED)


@pytest.mark.parametrize(
    ("points", "fault"), [(Decimal(-1), Fault.RANGE), (Decimal("100.1"), Fault.RANGE), (90, Fault.TYPE)]
)
def test_r39_a_row_has_from_0_to_100_points(points, fault) -> None:
    with pytest.raises(InvalidValue) as caught:
        Score(name="成果", points=points)
    assert caught.value.fault is fault


@pytest.mark.parametrize("points", [Decimal(0), Decimal(100)])
def test_r39_nothing_and_full_marks_are_scores(points) -> None:
    assert Score(name="成果", points=points).points == points


def test_r43_no_appraisal_until_the_bank_says_so(circle, occasion, book, told) -> None:
    bank = book(("circle.appraisal", "2026-07-01", "true"))
    scheme = EvaluationScheme(
        weights=[Weight(name="成果", weight=Decimal(60)), Weight(name="活动", weight=Decimal(40))], results=["成果"]
    )
    scores = [Score(name=name, points=Decimal(50)) for name in ("成果", "活动")]
    seen = {}
    for day in (date(2026, 6, 30), date(2026, 7, 1)):
        answer = evaluate_circle(circle(), scores, scheme, occasion(day), bank.on(day))
        seen[day.month] = (answer.events[0].evaluation.appraised, told(answer))
    assert seen == {6: (False, ["APPRAISAL_OFF"]), 7: (True, [])}


def test_r43_points_come_from_the_banks_table_alone(circle, page, book, told) -> None:
    nothing = reward(circle(), ["成果报备", "按月活动", "按月活动"], page)
    assert (nothing.points, told(nothing.reasons)) == (Decimal(0), ["POINTS_NOT_LISTED"] * 2)
    bank = book(("circle.points", "2026-01-01", '[{ name = "按月活动", weight = "1.5" }]')).on(DAY)
    earned = reward(circle(), ["成果报备", "按月活动", "按月活动"], bank)
    assert (earned.points, len(earned.reasons)) == (Decimal("3.0"), 1)


def test_r43_and_r33_the_two_readings_of_each_pair_are_told_with_their_switch() -> None:
    pairs = [reading.sources for reading in READINGS]
    assert {pair: pairs.count(pair) for pair in pairs} == {("R-26", "R-43"): 2, ("R-30", "R-33"): 3}
    assert {reading.key.name for reading in READINGS} == {
        "circle.appraisal",
        "circle.activities_per_month",
        "circle.idle_months",
    }


# --- leaders, R-41 ---


def test_r41_a_leader_decides_on_exceptions_and_it_is_recorded(circle, occasion, page) -> None:
    two = circle(("集团客户经理组",) * 2)
    assert found_circle(two, occasion(), page).outcome is Outcome.REVIEW
    asked = occasion(approve=("MEMBERS_FEW", "PLAN_MISSING"))
    answer = found_circle(two, asked, page)
    (kept,) = leader_decisions(two.number, answer, asked)
    assert (answer.outcome, kept.about, kept.on, kept.approval.by) == (Outcome.ALLOWED, "QC-01", DAY, "S-LEADER")


def test_r41_nobody_lifts_what_must_be(registered, history, occasion, page) -> None:
    asked = occasion(approve=("STEP_SKIPPED", "PLAN_MISSING"))
    answer = enter_step(changed(registered, plan=()), Step.DO, asked, page)
    assert answer.outcome is Outcome.REFUSED
    assert leader_decisions("T-1", answer, asked) == ()


# --- projects, R-42 ---


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "2026H1"),
        (date(2026, 6, 30), "2026H1"),
        (date(2026, 7, 1), "2026H2"),
        (date(2026, 12, 31), "2026H2"),
        (date(2024, 2, 29), "2024H1"),
    ],
)
def test_r42_half_years_are_those_of_the_calendar(day, name) -> None:
    half = half_year_of(day)
    assert half.name == name
    assert half.days.contains(day)


def test_r42_the_halves_of_a_year_meet_without_gap() -> None:
    first, second = (HalfYear(year=2026, half=half).days for half in (1, 2))
    following = HalfYear(year=2027, half=1).days
    assert (first.end, second.end) == (second.start, following.start)


@pytest.mark.parametrize(("year", "half"), [(2026, 0), (2026, 3), (2026, "1"), (0, 1), (9999, 1), ("2026", 1)])
def test_r42_there_is_no_third_half(year, half) -> None:
    with pytest.raises(InvalidValue):
        HalfYear(year=year, half=half)


def test_r42_the_calendar_begins_with_the_year_1() -> None:
    assert HalfYear(year=1, half=1).name == "0001H1"


PROJECT = Project(
    number="P-1",
    centre="C-1",
    half=HalfYear(year=2026, half=1),
    comparison="与理想对比",
    gaps="等候偏长",
    improvement_plan="下半年推广",
    cases=["T-1"],
)


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"number": "P-2"}, ["PROJECT_TOO_MANY"]),
        ({"number": "P-1"}, []),
        ({"number": "P-2", "centre": "C-2"}, []),
        ({"number": "P-2", "half": HalfYear(year=2026, half=2)}, []),
    ],
)
def test_r42_one_project_for_each_centre_and_half_year(other, codes, cycled, page, told) -> None:
    assert told(judge_project(PROJECT, [changed(PROJECT, **other)], [cycled], page)) == codes


def test_r42_once_run_a_project_has_its_three_parts_and_one_case(cycled, registered, page, told) -> None:
    bare = changed(PROJECT, comparison="", gaps=" ", improvement_plan="")
    reasons = judge_project(bare, [], [registered], page)
    assert told(reasons) == ["PROJECT_UNANSWERED"] * 3 + ["PROJECT_CASE_MISSING"]
    assert judge_project(PROJECT, [], [cycled], page) == ()
    assert told(judge_project(changed(PROJECT, cases=["T-2"]), [], [cycled], page)) == ["PROJECT_CASE_MISSING"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [(date(2026, 6, 30), []), (date(2026, 7, 1), ["PROJECT_UNANSWERED"] * 3 + ["PROJECT_CASE_MISSING"])],
)
def test_r42_what_a_project_owes_is_due_when_its_half_year_is_over(day, codes, registered, book, told) -> None:
    bare = changed(PROJECT, comparison="", gaps=" ", improvement_plan="")
    (found,) = review_projects([bare], [registered], ClockTerms(handbook=book(), day=day))
    assert told(found.reasons) == codes
    assert found.outcome is (Outcome.REVIEW if codes else Outcome.ALLOWED)


def test_r42_a_case_that_is_complete_is_enough_and_one_project_too_many_is_a_breach_at_once(cycled, book, told) -> None:
    terms = ClockTerms(handbook=book(), day=date(2026, 7, 1))
    assert [one.reasons for one in review_projects([PROJECT], [cycled], terms)] == [()]
    early = changed(terms, day=date(2026, 3, 1))  # the cycle lies ahead, and so does the end of the half-year
    listed = [changed(PROJECT, number="P-2"), PROJECT]
    found = list(review_projects(listed, [cycled], early))
    assert [one.project.number for one in found] == ["P-1", "P-2"]
    assert [(told(one.reasons), one.outcome) for one in found] == [(["PROJECT_TOO_MANY"], Outcome.REFUSED)] * 2
