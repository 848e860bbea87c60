"""The drill-down of a roster review: the bank's figures, every outlet, every person, every figure with its arithmetic and article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from custmaster.report._roster_first import calls_table
from custmaster.report._roster_texts import word
from custmaster.report._roster_told import reason_said, shown_value
from custmaster.report._roster_view import View, is_short, notes, result, table, told_sum
from custmaster.report.markup import Inside, Markup, joined, tag
from custmaster.roster.figures import Figure
from custmaster.roster.kinds import SEGMENTS
from custmaster.roster.review import Call, OutletReview, StaffReview, YearGrowth

__all__ = ["bank_section", "changes_section", "findings_section", "outlets_section"]

_UNFOLDED: Final = 8
_CALLS: Final = 20
_CHANGES: Final = 200
_BANK: Final = (
    *("figure", "year", "begin", "gained", "lost", "end", "value", "target", "met"),
    *("arithmetic", "article"),
)
_OVERVIEW: Final = (
    *("at", "heads", "maintained", "pooled", "prospects", "per_head", "met", "staff_short"),
    *("arithmetic", "article"),
)
_PERSONS: Final = (
    *("person", "posts", "maintained", "proposed", "prospects", "met", "arithmetic", "article"),
    *("taking_part", "levels"),
)


def bank_section(view: View) -> Markup:
    """The bank's figures in full, year by year, and how many stand in each of the four segments."""
    review = view.review
    blank: tuple[Inside, ...] = (None, None, None, None)
    share = (word(review.share.kind, view.lang), "", *blank, *_figure(view, review.share))
    rows = [*(_year(view, one) for one in review.growth), share]
    segments = (f"{word(one, view.lang)} {review.segments.get(one, 0):,}" for one in SEGMENTS)
    return tag(
        "section",
        tag("h2", view.says("bank_figures")),
        table(view, _BANK, rows),
        notes(view, [*((one.year, one.figure) for one in review.growth), (None, review.share)]),
        tag("p", view.listed(segments)),
        _counted(view, "pooled_in_all", review.pooled),
        _counted(view, "without_level", review.without_level),
        _counted(view, "prospects_apart", review.prospects),
    )


def outlets_section(view: View) -> Markup:
    """All outlets in one table, then each with its figures, its staff and whom to call, folded where there are many."""
    outlets = view.review.outlets
    calls: dict[str | None, list[Call]] = {}
    for call in view.review.calls:
        calls.setdefault(call.outlet, []).append(call)
    overview = table(view, _OVERVIEW, (_overview(view, place, one) for place, one in enumerate(outlets)))
    few = "open" if len(outlets) <= _UNFOLDED else None
    each = joined((_outlet(view, place, one, (calls, few)) for place, one in enumerate(outlets)), "\n")
    return tag(
        "section",
        tag("h2", view.says("outlets")),
        overview,
        tag("h2", view.says("drill_down")),
        each,
        _elsewhere(view, calls),
    )


def changes_section(view: View) -> Markup | None:
    """What changed since the review before, one by one; None where nothing did."""
    changes = view.review.changes
    if not changes:
        return None
    rows = (
        (word(one.code, view.lang), one.subject, view.level(one.before or ""), view.level(one.after or ""), one.entry)
        for one in changes[:_CHANGES]
    )
    made = table(view, ("change", "subject", "before", "after", "entry"), rows)
    return tag("details", tag("summary", view.says("all_changes")), made, _first_of(view, len(changes), _CHANGES))


def findings_section(view: View) -> Markup | None:
    """What is wrong with the rows that were handed in, each by its place and number; None where nothing is."""
    findings = view.review.findings
    if not findings:
        return None
    rows = (
        (one.reason.subject, one.field, reason_said(one.reason, view.lang), one.reason.citation.article)
        for one in findings[:_CHANGES]
    )
    made = table(view, ("row", "field", "note", "article"), rows)
    title = tag("summary", view.says("findings", all=f"{len(findings):,}"))
    return tag("details", title, made, _first_of(view, len(findings), _CHANGES))


def _first_of(view: View, many: int, shown: int) -> Markup | None:
    if many <= shown:
        return None
    return tag("p", view.says("first_of", shown=shown, all=f"{many:,}"), class_="soft")


def _counted(view: View, key: str, many: int) -> Markup | None:
    return tag("p", view.says(key, count=f"{many:,}"), class_="soft") if many else None


def _figure(view: View, figure: Figure) -> tuple[Inside, ...]:
    target = "" if figure.target is None else f"{figure.target}"
    return shown_value(figure), target, result(view, figure), told_sum(figure), figure.citation.article


def _year(view: View, one: YearGrowth) -> tuple[Inside, ...]:
    figure = one.figure
    year = f"{one.year} …" if one.in_progress else f"{one.year}"
    heads = (one.begin, one.gained, one.lost, one.end)
    return word(figure.kind, view.lang), year, *heads, *_figure(view, figure)


def _persons_short(one: OutletReview) -> int:
    return sum(is_short(each.floor) for each in one.staff)


def _overview(view: View, place: int, one: OutletReview) -> tuple[Inside, ...]:
    figure = one.per_head
    link = tag("a", view.place(one.outlet), href=f"#o{place}")
    counts = (one.heads, one.maintained, one.pooled, one.prospects)
    return (
        link,
        *counts,
        shown_value(figure),
        result(view, figure),
        _persons_short(one),
        told_sum(figure),
        figure.citation.article,
    )


def _outlet(
    view: View, place: int, one: OutletReview, beside: tuple[Mapping[str | None, list[Call]], str | None]
) -> Markup:
    calls, unfolded = beside
    short = _persons_short(one)
    told = (
        f"{word(one.per_head.kind, view.lang)} {shown_value(one.per_head)}".strip(),
        view.says("short_of_some", count=short, all=len(one.staff)) if short else "",
        view.levels(one.by_level.items()),
    )
    figures = [(word(one.per_head.kind, view.lang), "", *_figure(view, one.per_head))]
    figures += [(word(each.figure.kind, view.lang), each.year, *_figure(view, each.figure)) for each in one.growth]
    keys = ("figure", "year", "value", "target", "met", "arithmetic", "article")
    return tag(
        "details",
        tag("summary", view.place(one.outlet), tag("span", " · ".join(part for part in told if part), class_="soft")),
        table(view, keys, figures),
        _counted(view, "astray", one.astray),
        table(view, _PERSONS, (_person(view, each) for each in one.staff)) if one.staff else None,
        _calls(view, calls.get(one.outlet, [])),
        id=f"o{place}",
        open=unfolded,
    )


def _person(view: View, one: StaffReview) -> tuple[Inside, ...]:
    floor, takes_part = one.floor, word(one.taking_part.met, view.lang)
    return (
        view.who(one.staff),
        view.listed(word(post, view.lang) for post in one.posts),
        *(one.maintained, one.proposed, one.prospects),
        result(view, floor),
        told_sum(floor),
        floor.citation.article,
        tag("span", takes_part[:1], title=takes_part),
        view.levels(one.by_level.items()),
    )


def _calls(view: View, calls: list[Call]) -> Markup | None:
    if not calls:
        return None
    made = calls_table(view, calls[:_CALLS])
    return joined([tag("h3", view.says("whom_to_call")), made, _first_of(view, len(calls), _CALLS)])


def _elsewhere(view: View, calls: Mapping[str | None, list[Call]]) -> Markup | None:
    """Calls at an outlet that is not under review, or at none."""
    reviewed = {one.outlet for one in view.review.outlets}
    left = [call for outlet, listed in calls.items() if outlet not in reviewed for call in listed]
    return tag("details", tag("summary", view.says("no_outlet")), _calls(view, left)) if left else None
