"""The roster review (名单评审) as one HTML page that needs nothing else: no network, no script, the reader's own fonts."""

from __future__ import annotations

from collections.abc import Iterator

from custmaster.handbook.messages import Language
from custmaster.report._review_page import review_page
from custmaster.report._roster_drill import bank_section, changes_section, findings_section, outlets_section
from custmaster.report._roster_first import first_page
from custmaster.report._roster_plots import plots
from custmaster.report._roster_view import View
from custmaster.report.markup import Inside, Markup, tag
from custmaster.report.roster_known import known
from custmaster.roster.review import Roster, RosterReview

__all__ = ["roster_page"]


def roster_page(review: RosterReview, roster: Roster, *, lang: str, reveal: bool = False) -> str:
    """The review as the text of an HTML page; equal for an equal review and roster. It is XML, too.

    Its first page of A4 answers who is short by how many, whom to call and what changed; then plots, and every figure with its arithmetic and
    article, by outlet and person. `lang` is zh or en. Customers stand under the bank's numbers; names of staff and prospects, and what was typed
    freely, are masked unless `reveal`. Errors: ValueError for another language. Source: R-09 to R-22.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from custmaster.decision import Citation
    >>> from custmaster.roster.figures import Figure, FigureKind, Met
    >>> gold = {
    ...     "kind": FigureKind.SHARE,
    ...     "numerator": 15,
    ...     "denominator": 1000,
    ...     "target": Decimal(1),
    ...     "left": 1500,
    ...     "right": 1000,
    ... }
    >>> review = RosterReview(
    ...     **{
    ...         "day": date(2026, 11, 28),
    ...         "handbook": "2017-12-29",
    ...         "growth": (),
    ...         "outlets": (),
    ...         "segments": {},
    ...         "prospects": 0,
    ...     },
    ...     share=Figure(**gold, met=Met.YES, citation=Citation(article="R-10")),
    ...     levels=(("普通", 985), ("金卡", 15)),
    ...     calls=(),
    ... )
    >>> page = roster_page(review, Roster(), lang="en")
    >>> "100 × 15 = 1500 ≥ 1 × 1000 = 1000" in page
    True
    """
    view = View(review=review, names=known(roster, reveal=reveal), lang=Language(lang))
    title = f"{view.says('title')} {review.day.isoformat()}"
    return review_page(title, _body(view), view.lang)


def _body(view: View) -> Iterator[Inside]:
    review = view.review
    yield tag(
        "header",
        tag("h1", view.says("title")),
        tag("p", view.says("as_of", day=review.day.isoformat(), handbook=review.handbook), class_="soft"),
        tag("p", view.says("revealed" if view.names.reveal else "masked"), class_="soft"),
    )
    yield first_page(view)
    yield plots(view)
    yield bank_section(view)
    yield outlets_section(view)
    yield changes_section(view)
    yield findings_section(view)
    yield _how(view)


def _how(view: View) -> Markup:
    keys = ("how_test", "how_floor", "how_print")
    return tag("section", tag("h2", view.says("how_to_read")), *(tag("p", view.says(key)) for key in keys))
