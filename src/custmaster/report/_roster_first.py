"""The first page of a roster review, for a branch manager: four figures, who is short by how many, whom to call, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from custmaster.report._roster_texts import column, word
from custmaster.report._roster_told import shown_value
from custmaster.report._roster_view import View, is_short, result, sign, table
from custmaster.report.markup import Inside, Markup, joined, tag
from custmaster.roster.figures import Figure, Met, arithmetic
from custmaster.roster.review import Call, OutletReview, StaffReview, YearGrowth

__all__ = ["calls_table", "first_page"]

_PERSONS: Final = 8
_OUTLETS: Final = 6
_CALLS: Final = 8
_TILES: Final[Mapping[Met, str]] = {
    Met.YES: "tile",
    Met.NO: "tile missed",
    Met.NOT_COMPUTABLE: "tile open",
    Met.NO_TARGET: "tile open",
}
_CALL_COLUMNS: Final = ("subject", "level", "person", "at", "why", "needs")


def first_page(view: View) -> Markup:
    """Everything that stands on the first page of A4, and on a screen before anything is unfolded."""
    return tag(
        "section",
        tag("h2", view.says("first")),
        tag("div", *_tiles(view), class_="tiles"),
        tag("div", _persons(view), _outlets(view), class_="two"),
        tag("div", _calls(view), class_="whom"),
        _changes(view),
        class_="first",
    )


def calls_table(view: View, calls: Iterable[Call]) -> Markup:
    """Whom to call, who should, and why, best first."""
    rows = (
        (
            one.subject,
            view.level(one.level),
            view.who(one.staff),
            view.place(one.outlet),
            word(one.why, view.lang),
            view.listed(one.needs),
        )
        for one in calls
    )
    return table(view, _CALL_COLUMNS, rows)


def _tiles(view: View) -> Iterator[Markup]:
    review = view.review
    if review.growth:
        yield _growth_tile(view, review.growth[-1])
    yield _bank_tile(view, "share_tile", review.share, ())
    averages = [(one.outlet, one.per_head) for one in review.outlets]
    yield _many_tile(view, "per_head_tile", averages)
    floors = [(one.staff, one.floor) for outlet in review.outlets for one in outlet.staff]
    yield _many_tile(view, "floor_tile", floors)


def _growth_tile(view: View, year: YearGrowth) -> Markup:
    told: list[Inside] = []
    if year.in_progress:
        told.append(tag("p", view.says("in_progress")))
    if year.still_needed and year.days_left is not None:
        told.append(tag("p", view.says("still_needed", count=f"{year.still_needed:,}", days=year.days_left)))
    return _bank_tile(view, "growth_tile", year.figure, told, year=year.year)


def _bank_tile(view: View, key: str, figure: Figure, told: Sequence[Inside], **facts: object) -> Markup:
    return tag(
        "div",
        tag("h3", view.says(key, **facts)),
        tag("div", shown_value(figure) or "–", class_="big"),
        tag("p", result(view, figure)),
        *told,
        tag("p", arithmetic(figure), class_="soft"),
        tag("p", figure.citation.article, class_="soft"),
        class_=_TILES[figure.met],
    )


def _many_tile(view: View, key: str, figures: Iterable[tuple[str, Figure]]) -> Markup:
    by_subject = dict(figures)
    judged = [one for one in by_subject.values() if one.met in {Met.YES, Met.NO}]
    short = [one for one in judged if is_short(one)]
    missing = sum(one.missing or 0 for one in short)
    met = Met.NO if short else Met.YES if judged else Met.NOT_COMPUTABLE
    articles = dict.fromkeys(one.citation.article for one in judged)
    return tag(
        "div",
        tag("h3", view.says(key)),
        tag("div", view.says("so_many_of", count=f"{len(short):,}", all=f"{len(judged):,}"), class_="big"),
        tag(
            "p",
            sign(view, met),
            tag("span", f" {view.says('short_of', count=f'{missing:,}')}", class_="by") if missing else None,
        ),
        tag("p", view.listed(articles), class_="soft"),
        class_=_TILES[met],
    )


def _short_persons(view: View) -> list[tuple[StaffReview, OutletReview]]:
    """Everybody below the floor, who lacks most first; each person once, though at two outlets."""
    found = {
        one.staff: (one, outlet)
        for outlet in reversed(view.review.outlets)
        for one in outlet.staff
        if is_short(one.floor)
    }
    return sorted(found.values(), key=lambda pair: (-(pair[0].floor.missing or 0), pair[1].outlet, pair[0].staff))


def _persons(view: View) -> Markup:
    short = _short_persons(view)
    rows = (
        (
            view.who(one.staff),
            view.place(outlet.outlet),
            view.listed(word(post, view.lang) for post in one.posts),
            arithmetic(one.floor),
            tag("b", view.says("short_of", count=f"{one.floor.missing:,}")) if one.floor.missing else "",
        )
        for one, outlet in short[:_PERSONS]
    )
    keys = ("person", "at", "posts", "arithmetic", "missing")
    made = table(view, keys, rows) if short else tag("p", view.says("no_one_short"))
    return tag("div", tag("h3", view.says("who_is_short")), made, _more(view, len(short), _PERSONS))


def _outlets(view: View) -> Markup:
    short = sorted(
        (one for one in view.review.outlets if is_short(one.per_head)),
        key=lambda one: (-(one.per_head.missing or 0), one.outlet),
    )
    rows = (
        (view.place(one.outlet), shown_value(one.per_head), one.heads, result(view, one.per_head))
        for one in short[:_OUTLETS]
    )
    keys = ("at", "per_head", "heads", "met")
    made = table(view, keys, rows) if short else tag("p", view.says("no_outlet_short"))
    return tag("div", tag("h3", view.says("outlets_short")), made, _more(view, len(short), _OUTLETS))


def _calls(view: View) -> Markup:
    calls = view.review.calls
    made = calls_table(view, calls[:_CALLS]) if calls else tag("p", view.says("no_calls"))
    return joined([tag("h3", view.says("whom_to_call")), made, _more(view, len(calls), _CALLS)])


def _changes(view: View) -> Markup:
    counted = Counter(one.code for one in view.review.changes)
    heading = tag("h3", view.says("what_changed"))
    if not counted:
        return joined([heading, tag("p", view.says("no_changes"))])
    told = (f"{word(code, view.lang)} {many:,}" for code, many in sorted(counted.items(), key=_most_first))
    label = f"{column('change', view.lang)} {counted.total():,}: "
    return joined([heading, tag("p", tag("b", label), view.listed(told))])


def _most_first(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _more(view: View, many: int, shown: int) -> Markup | None:
    return tag("p", view.says("see_below", all=f"{many:,}"), class_="soft") if many > shown else None
