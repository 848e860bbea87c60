"""`custmaster circle review --circles F --activities F --out DIR`: does every circle comply? A page, figures, what is overdue, and findings."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from attrs import frozen

from custmaster.circle.calendar import Due, calendar, overdue, project_calendar
from custmaster.circle.clocks import ClockTerms, Pause
from custmaster.circle.codes import CircleCode
from custmaster.circle.project_review import ProjectReview, review_projects
from custmaster.circle.review import CircleReview, review
from custmaster.circle.topic import Topic
from custmaster.cli.inputs import as_of, load_handbook
from custmaster.cli.roster_found import found_as_json, is_bad, show_found
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.decision import Outcome, Reason, worst
from custmaster.errors import UnusableInput
from custmaster.handbook import NotInForce
from custmaster.report.circle_page import circle_page
from custmaster.report.circle_texts import circle_said, circle_word
from custmaster.value.span import Span
from custmaster.wire._in_place import folder_in_place
from custmaster.wire.circle_files import CirclePaths, CirclesRead, read_circles
from custmaster.wire.circle_words import CircleFile
from custmaster.wire.findings import Finding, safe_cell, write_findings

__all__ = ["OUTPUTS", "add", "circles_as_json", "run", "show_circles"]

OUTPUTS: Final = ("review.html", "compliance.json", "overdue.csv", "findings.csv")
"""What is written."""
_OVERDUE: Final = ("centre", "due", "what", "circle", "topic", "article")
_DAYS: Final = 100_000


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the question."""
    verb = verbs.add_parser(
        "review", parents=[common], help="does every circle and topic comply, and what is overdue", allow_abbrev=False
    )
    verb.add_argument("--circles", required=True, metavar="FILE", help="the circles: CSV, JSON Lines, Parquet or .xlsx")
    verb.add_argument("--topics", metavar="FILE", help="their topics (default: a row of --circles for each topic)")
    verb.add_argument("--members", metavar="FILE", help="their members, with teams and days")
    verb.add_argument("--history", metavar="FILE", help="steps of PDCA, originals, explained pauses, one a row")
    verb.add_argument("--projects", metavar="FILE", help="the projects that centres run in a half-year")
    verb.add_argument("--activities", required=True, metavar="FILE", help="the records of their activities")
    verb.add_argument(
        "--filing-days", type=_days, metavar="N", help="a result is filed in time within N days (default: no number)"
    )
    verb.add_argument(
        "--explained-months",
        type=_days,
        metavar="N",
        help="an explanation excuses N months around it (default: those of the limit)",
    )
    verb.add_argument("--out", required=True, metavar="DIR", help="the folder for page, figures, overdue and findings")
    verb.set_defaults(run=run)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < _DAYS):
        raise argparse.ArgumentTypeError("it is a whole number, 0 or more")
    return int(text)


@frozen(kw_only=True)
class _Answer:
    """What is shown and written."""

    reviews: tuple[CircleReview, ...]
    projects: tuple[ProjectReview, ...]
    overdue: Mapping[str, Sequence[Due]]
    findings: tuple[Finding, ...]


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when every circle complies and no row is bad, 1 when not, 2 (by the caller) when the input cannot be used."""
    out = Path(arguments.out)
    if not out.absolute().parent.is_dir():
        raise UnusableInput(str(out), problem="the folder above it is not there", remedy="make it, or name another")
    terms = ClockTerms(
        handbook=load_handbook(arguments),
        day=as_of(arguments),
        filing_days=arguments.filing_days,
        explained_months=arguments.explained_months,
    )
    read = read_circles(_paths(arguments))
    answer = _answered(read, terms)
    with folder_in_place(out, "the review") as folder:
        _write(folder, answer, screen)
    told = {"out": arguments.out, "written": list(OUTPUTS), "rows": read.rows, "as_of": terms.day}
    screen.result({**told, **_as_json(answer), **found_as_json(answer.findings, screen)})
    show_circles(answer.reviews, answer.overdue, screen)
    show_found(answer.findings, screen)
    listed = ", ".join(OUTPUTS)
    screen.say(f"已写入 {arguments.out}: {listed}", f"written to {arguments.out}: {listed}")
    outcomes = (*(one.outcome for one in answer.reviews), *(one.outcome for one in answer.projects))
    fine = worst(outcomes) is Outcome.ALLOWED
    return 0 if fine and not any(map(is_bad, answer.findings)) else 1


def _paths(arguments: argparse.Namespace) -> CirclePaths:
    def path(name: str | None) -> Path | None:
        return None if name is None else Path(name)

    return CirclePaths(
        circles=Path(arguments.circles),
        activities=Path(arguments.activities),
        topics=path(arguments.topics),
        members=path(arguments.members),
        history=path(arguments.history),
        projects=path(arguments.projects),
    )


def _answered(read: CirclesRead, terms: ClockTerms) -> _Answer:
    try:
        reviews = tuple(review(read.sorted.folders, terms))
        projects = tuple(review_projects(read.projects, _topics(read), terms))
    except NotInForce as problem:
        raise UnusableInput("--as-of", problem=str(problem), remedy="review a later day") from None
    judged = [finding for one in reviews for finding in _findings(one, read)]
    judged += [
        _found(reason, (CircleFile.PROJECTS, one.project.number), read) for one in projects for reason in one.reasons
    ]
    return _Answer(
        reviews=reviews,
        projects=projects,
        overdue=_overdue(read, terms),
        findings=tuple(sorted([*read.findings, *judged], key=_place)),
    )


def _topics(read: CirclesRead) -> Iterator[Topic]:
    return (topic for one in read.sorted.folders for topic in one.topics)


def _overdue(read: CirclesRead, terms: ClockTerms) -> Mapping[str, Sequence[Due]]:
    past = Span(date.min, terms.day)
    dues = (due for one in read.sorted.folders for due in calendar(one, past, terms))
    return overdue((*dues, *project_calendar(read.projects, _topics(read), past, terms)), terms.day)


def _place(finding: Finding) -> tuple[str, int, str, str, str]:
    reason = finding.reason
    return finding.field.partition(".")[0], finding.line, finding.field, str(reason.code), str(reason.facts)


_C: Final = CircleCode
_OF_RECORDS: Final = frozenset(
    {
        _C.RECORD_INCOMPLETE,
        _C.SPEECH_MISSING,
        _C.ACTIVITY_BEFORE_REGISTRATION,
        _C.ACTIVITY_AFTER_END,
        _C.CIRCLE_ENDED,
        _C.NOT_A_MEMBER,
        _C.MEMBER_UNACCOUNTED,
    }
)
"""What a review says of the record of an activity, which may bear the number of its topic, too."""


def _findings(one: CircleReview, read: CirclesRead) -> Iterator[Finding]:
    """Each reason on the line of what it is about: the circle, the topic, or the record of the activity."""
    for reason in one.reasons:
        yield _found(reason, (CircleFile.CIRCLES, one.circle), read)
    for topic in one.topics:
        for reason in topic.reasons:
            held = (CircleFile.ACTIVITIES, reason.subject or "")
            yield _found(reason, held if reason.code in _OF_RECORDS else (CircleFile.TOPICS, topic.topic), read)


def _found(reason: Reason, about: tuple[CircleFile, str], read: CirclesRead) -> Finding:
    return Finding(line=read.lines.get(about, 0), record=reason.subject, field=str(about[0]), reason=reason)


def circles_as_json(reviews: Iterable[CircleReview], late: Mapping[str, Sequence[Due]]) -> dict[str, object]:
    """Compliance of each circle and topic, with counts and codes, and how much is overdue at each centre, as plain values."""
    return {
        "circles": [
            {
                "circle": one.circle,
                "centre": one.centre,
                "outcome": one.outcome,
                "codes": [str(reason.code) for reason in one.reasons],
                "topics": [
                    {
                        "topic": topic.topic,
                        "outcome": topic.outcome,
                        "recorded": len(topic.recorded),
                        "counted": len(topic.counted),
                        "short_months": [f"{month.first:%Y-%m}" for month in topic.months if month.short],
                        "next_by": _next_by(topic.pauses[-1:]),
                        "codes": [str(reason.code) for reason in topic.reasons],
                    }
                    for topic in one.topics
                ],
            }
            for one in reviews
        ],
        "overdue": {centre: len(dues) for centre, dues in late.items()},
    }


def _as_json(answer: _Answer) -> dict[str, object]:
    """As `circles_as_json`, with the projects beside the circles."""
    projects = [
        {
            "project": one.project.number,
            "centre": one.project.centre,
            "half": one.project.half.name,
            "outcome": one.outcome,
            "codes": [str(reason.code) for reason in one.reasons],
        }
        for one in answer.projects
    ]
    return circles_as_json(answer.reviews, answer.overdue) | {"projects": projects}


def _next_by(last: Sequence[Pause]) -> date | None:
    return next((one.limit for one in last if one.until is None), None)


def show_circles(reviews: Iterable[CircleReview], late: Mapping[str, Sequence[Due]], screen: Screen) -> None:
    """A row for each topic, and what is overdue at each centre, for people."""
    keys = ("circle", "topic", "outcome", "counted", "short_months", "reasons")
    rows = [
        (
            one.circle,
            topic.topic,
            circle_word(topic.outcome, screen.lang),
            len(topic.counted),
            sum(month.short for month in topic.months),
            ", ".join(dict.fromkeys(str(reason.code) for reason in topic.reasons)) or "-",
        )
        for one in reviews
        for topic in one.topics
    ]
    screen.table(circle_said("title", screen.lang), [circle_said(key, screen.lang) for key in keys], rows)
    for centre, dues in late.items():
        screen.say(f"客户中心 {centre}: {len(dues)} 项逾期", f"centre {centre}: {len(dues)} overdue")


def _write(folder: Path, answer: _Answer, screen: Screen) -> None:
    """Every output into the folder that is not in place yet."""
    page = circle_page(answer.reviews, answer.overdue, answer.projects, lang=screen.lang.value)
    (folder / "review.html").write_text(page, encoding="utf-8", newline="\n")
    told = json.dumps(_as_json(answer), ensure_ascii=False, indent=2, default=str)
    (folder / "compliance.json").write_text(told + "\n", encoding="utf-8", newline="\n")
    with (folder / "overdue.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        rows.writerow(_OVERDUE)
        for centre, dues in answer.overdue.items():
            for one in dues:
                cells = (
                    centre,
                    one.on.isoformat(),
                    circle_word(one.kind, screen.lang),
                    one.circle,
                    one.topic or one.project,
                )
                rows.writerow([safe_cell(cell) for cell in (*cells, one.citation.article)])
    with write_findings(folder / "findings.csv", lang=screen.lang) as write:
        for finding in answer.findings:
            write(finding)
