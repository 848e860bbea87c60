"""The review of QC circles (QC小组评审) as one HTML page that needs nothing else: no network, no script, the reader's own fonts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

from attrs import frozen

from custmaster.circle.calendar import Due
from custmaster.circle.clocks import IdleState, Pause
from custmaster.circle.project_review import ProjectReview
from custmaster.circle.review import CircleReview, TopicReview
from custmaster.decision import Outcome, Reason
from custmaster.handbook import Language
from custmaster.report._review_page import review_page
from custmaster.report._roster_told import reason_said
from custmaster.report.circle_texts import circle_said, circle_word
from custmaster.report.markup import Inside, Markup, tag
from custmaster.report.plots import Plot
from custmaster.report.timeline import Lane, Mark, timeline

__all__ = ["circle_page", "topic_timeline"]

_CLASSES: Final[Mapping[Outcome, str]] = {Outcome.ALLOWED: "yes", Outcome.REVIEW: "non", Outcome.REFUSED: "no"}
_UNFOLDED: Final = 8
_COUNTS: Final = frozenset({"topics", "recorded", "counted", "short_months", "how_many"})


@frozen(kw_only=True)
class _View:
    """The language in which all is told."""

    lang: Language

    def says(self, key: str, **facts: object) -> str:
        return circle_said(key, self.lang, **facts)

    def outcome(self, code: Outcome) -> Markup:
        """The word of an outcome, with the class that colours it."""
        return tag("span", circle_word(code, self.lang), class_=_CLASSES[code])

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[Inside]]) -> Markup:
        """A table; whole numbers stand to the right, and so do their headings."""
        listed = [tag("tr", *(_cell(cell) for cell in row)) for row in rows]
        named = (tag("th", self.says(key), class_="n" if key in _COUNTS else None) for key in heads)
        head = tag("thead", tag("tr", *named))
        return tag("div", tag("table", head, tag("tbody", *listed)), class_="wide")


def _cell(cell: Inside) -> Markup:
    return tag("td", f"{cell:,}" if isinstance(cell, int) else cell, class_="n" if isinstance(cell, int) else None)


def circle_page(
    reviews: Sequence[CircleReview],
    overdue: Mapping[str, Sequence[Due]],
    projects: Sequence[ProjectReview] = (),
    *,
    lang: str,
) -> str:
    """The reviews, what is overdue at each centre and the projects of the half-years, as the text of an HTML page; equal for equal reviews. It is XML, too.

    `lang` is zh or en. Speeches and free text are not shown. Errors: ValueError for another language. Source: R-24..R-43.

    >>> "没有小组" in circle_page([], {}, lang="zh")
    True
    """
    view = _View(lang=Language(lang))
    body = (*_body(view, reviews, overdue), *_projects(view, projects), _how(view))
    return review_page(view.says("title"), body, view.lang)


def _body(view: _View, reviews: Sequence[CircleReview], overdue: Mapping[str, Sequence[Due]]) -> Iterator[Markup]:
    yield tag("h1", view.says("title"))
    for day, stamp in sorted({(one.day.isoformat(), one.handbook) for one in reviews}):
        yield tag("p", view.says("as_of", day=day, handbook=stamp), class_="soft")
    yield tag("p", view.says("masked"), class_="soft")
    yield _overview(view, reviews)
    yield _overdue(view, overdue)
    few = "open" if len(reviews) <= _UNFOLDED else None
    for review in reviews:
        yield _circle(view, review, few)


def _how(view: _View) -> Markup:
    return tag("section", tag("h2", view.says("how")), tag("p", view.says("how_months")))


def _projects(view: _View, projects: Sequence[ProjectReview]) -> Iterator[Markup]:
    """A section for the projects, where there are any."""
    if not projects:
        return
    rows = (
        (
            one.project.number,
            one.project.centre,
            one.project.half.name,
            view.outcome(one.outcome),
            ", ".join(one.project.cases),
        )
        for one in projects
    )
    told = [reason for one in projects for reason in one.reasons]
    listed = view.table(("project", "centre", "half", "outcome", "cases"), rows)
    yield tag("section", tag("h2", view.says("projects")), listed, _reasons(view, told) if told else None)


def _overview(view: _View, reviews: Sequence[CircleReview]) -> Markup:
    heads = ("circle", "kind", "centre", "outcome", "topics", "recorded", "counted", "short_months", "how_many")
    rows = (
        (
            f"{one.circle} {one.name}",
            circle_word(one.kind, view.lang),
            one.centre,
            view.outcome(one.outcome),
            len(one.topics),
            sum(len(topic.recorded) for topic in one.topics),
            sum(len(topic.counted) for topic in one.topics),
            sum(month.short for topic in one.topics for month in topic.months),
            len(one.reasons) + sum(len(topic.reasons) for topic in one.topics),
        )
        for one in reviews
    )
    inside = view.table(heads, rows) if reviews else tag("p", view.says("none"))
    return tag("section", tag("h2", view.says("overview")), inside)


def _overdue(view: _View, overdue: Mapping[str, Sequence[Due]]) -> Markup:
    heads = ("due", "what", "circle", "topic", "article")
    parts: list[Markup] = []
    for centre, dues in overdue.items():
        rows = [
            (
                one.on.isoformat(),
                circle_word(one.kind, view.lang),
                one.circle,
                one.topic or one.project,
                one.citation.article,
            )
            for one in dues
        ]
        parts += [tag("h3", centre), view.table(heads, rows)]
    return tag("section", tag("h2", view.says("overdue")), *(parts or [tag("p", view.says("not_overdue"))]))


def _circle(view: _View, review: CircleReview, few: str | None) -> Markup:
    head = tag("summary", f"{review.circle} {review.name} ", view.outcome(review.outcome))
    about = _reasons(view, review.reasons) if review.reasons else None
    return tag("details", head, about, *(_topic(view, topic, review) for topic in review.topics), open=few)


def _topic(view: _View, topic: TopicReview, review: CircleReview) -> Markup:
    found = _reasons(view, topic.reasons) if topic.reasons else tag("p", view.says("no_reason"))
    running = topic.pauses[-1] if topic.pauses and topic.pauses[-1].until is None else None
    until = None if running is None else tag("p", view.says("limit", limit=running.limit.isoformat()), class_="soft")
    drawn = topic_timeline(topic, review, lang=view.lang.value)
    plot = tag("p", view.says("not_registered"), class_="soft") if drawn is None else tag("figure", drawn)
    return tag("div", tag("h3", f"{topic.topic} ", view.outcome(topic.outcome)), plot, until, found)


def _reasons(view: _View, reasons: Iterable[Reason]) -> Markup:
    rows = (
        (view.outcome(one.outcome), one.subject or "", reason_said(one, view.lang), one.citation.article)
        for one in reasons
    )
    return view.table(("outcome", "about", "reasons", "article"), rows)


def topic_timeline(topic: TopicReview, review: CircleReview, *, lang: str) -> Markup | None:
    """A topic's months, activities and pauses over the limit as SVG, from its registration to the day; None where it never began."""
    if topic.lived is None or topic.lived.start > review.day:
        return None
    view = _View(lang=Language(lang))
    lost = sorted(set(topic.recorded) - set(topic.counted))
    short = sum(one.short for one in topic.months)
    told = view.says("drawn", held=len(topic.counted), lost=len(topic.recorded) - len(topic.counted), short=short)
    held = [Mark(first=day, last=day, text=view.says("held_on", day=day)) for day in topic.counted]
    held += [Mark(first=day, last=day, text=view.says("lost_on", day=day), short=True) for day in lost]
    lanes = [
        Lane(label=view.says("months"), marks=_months(view, topic)),
        Lane(label=view.says("activities"), marks=held),
        Lane(label=view.says("pauses"), marks=[_pause(view, one, topic, review) for one in topic.pauses if _over(one)]),
    ]
    return timeline(Plot(title=topic.topic, told=told), (topic.lived.start, review.day), lanes)


def _over(pause: Pause) -> bool:
    return pause.state is not IdleState.WITHIN


def _months(view: _View, topic: TopicReview) -> list[Mark]:
    return [
        Mark(
            first=one.first,
            last=one.last,
            text=view.says("of_month", month=f"{one.first:%Y-%m}", held=one.held, needed=one.needed),
            short=one.short,
        )
        for one in topic.months
    ]


def _pause(view: _View, pause: Pause, topic: TopicReview, review: CircleReview) -> Mark:
    last = pause.until or review.day
    word = circle_word(pause.state, view.lang)
    text = f"{pause.since.isoformat()} – {last.isoformat()}: {word}"
    return Mark(
        first=pause.since, last=max(last, pause.since + timedelta(1)), text=text, short=pause.state is IdleState.LAPSED
    )
