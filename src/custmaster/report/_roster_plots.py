"""The plots of a roster review: growth and share against target, floors by post, averages of outlets, the pyramid of levels."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from custmaster.report._roster_texts import word
from custmaster.report._roster_told import shown_value, value_of
from custmaster.report._roster_view import View
from custmaster.report.markup import Markup, joined, tag
from custmaster.report.plots import Bar, Histogram, Plot, bars, histograms, pyramid
from custmaster.roster.figures import Figure, Met
from custmaster.roster.kinds import POSTS

__all__ = ["plots"]

_LOWEST: Final = 16


def plots(view: View) -> Markup:
    """All plots, each with its caption and what it leaves out."""
    return tag(
        "section",
        tag("h2", view.says("plots")),
        _key(view),
        tag(
            "div",
            tag("div", _growth(view), _share(view), _averages(view)),
            tag("div", _levels(view), _floors(view)),
            class_="two",
        ),
    )


def _key(view: View) -> Markup:
    signs = (("r", "legend_reached"), ("s", "legend_short"), ("m", "legend_target"))
    return tag("p", *(joined([tag("i", class_=kind), view.says(key)]) for kind, key in signs), class_="key")


def _figure(view: View, key: str, drawn: Markup, note: str | None) -> Markup:
    caption = tag("figcaption", view.says(key), tag("div", note, class_="soft") if note else None)
    return tag("figure", caption, drawn)


def _plot(view: View, key: str, rows: list[Bar]) -> Plot:
    return Plot(title=view.says(key), told=view.listed(f"{row.label} {row.text}" for row in rows))


def _bar(view: View, label: str, figure: Figure) -> Bar:
    sign = word(figure.met, view.lang)
    text = f"{shown_value(figure)} {sign[:1]}" if value_of(figure) is not None else sign
    target = None if figure.target is None else Decimal(figure.target)
    return Bar(label=label, value=value_of(figure), target=target, text=text, short=figure.met is Met.NO)


def _growth(view: View) -> Markup:
    unfinished = any(one.in_progress for one in view.review.growth)
    rows = [_bar(view, f"{one.year} …" if one.in_progress else f"{one.year}", one.figure) for one in view.review.growth]
    note = f"… {view.says('in_progress')}" if unfinished else None
    return _figure(view, "growth_plot", bars(_plot(view, "growth_plot", rows), rows), note)


def _share(view: View) -> Markup:
    rows = [_bar(view, word(view.review.share.kind, view.lang), view.review.share)]
    return _figure(view, "share_plot", bars(_plot(view, "share_plot", rows), rows), None)


def _levels(view: View) -> Markup:
    levels = [(view.level(name), heads) for name, heads in view.review.levels]
    told = view.listed(f"{name} {heads:,}" for name, heads in levels)
    drawn, cut = pyramid(Plot(title=view.says("pyramid_plot"), told=told), levels)
    return _figure(view, "pyramid_plot", drawn, None if cut is None else view.says("cut", count=f"{cut:,}"))


def _averages(view: View) -> Markup:
    """The outlets with the lowest averages, lowest first; those with nobody on post have nothing to draw and stand in the table."""
    valued = [(value_of(one.per_head), one) for one in view.review.outlets]
    known = sorted(
        ((value, one) for value, one in valued if value is not None), key=lambda pair: (pair[0], pair[1].outlet)
    )
    rows = [_bar(view, view.place(one.outlet), one.per_head) for _, one in known[:_LOWEST]]
    counts = {"shown": len(rows), "all": f"{len(view.review.outlets):,}"}
    note = view.says("lowest_of", **counts) if len(rows) < len(view.review.outlets) else None
    return _figure(view, "per_head_plot", bars(_plot(view, "per_head_plot", rows), rows), note)


def _floors(view: View) -> Markup:
    """One small plot a post; who holds two posts stands at the one listed first, where the floor that binds is judged."""
    by_post: dict[str, dict[str, Figure]] = {}
    for outlet in view.review.outlets:
        for one in outlet.staff:
            by_post.setdefault(one.posts[0] if one.posts else "", {})[one.staff] = one.floor
    order = {post.value: place for place, post in enumerate(POSTS)}
    many = [
        _post(view, post, tuple(by_post[post].values()))
        for post in sorted(by_post, key=lambda post: order.get(post, 99))
    ]
    told = view.listed(f"{one.label} {one.text}" for one in many)
    plot = Plot(title=view.says("floors_plot"), told=told, axis=view.says("floors_axis"))
    return _figure(view, "floors_plot", histograms(plot, many), None)


def _post(view: View, post: str, floors: tuple[Figure, ...]) -> Histogram:
    targets = {int(one.target) for one in floors if one.target is not None}
    short = sum(one.met is Met.NO for one in floors)
    counts = {"count": f"{short:,}", "all": f"{len(floors):,}"}
    text = view.says("short_of_some", **counts) if targets else view.says("no_floor")
    return Histogram(
        label=word(post, view.lang) if post else "–",
        values=tuple(one.numerator for one in floors),
        floor=min(targets) if len(targets) == 1 else None,
        text=text,
    )
