"""The roster review (名单评审) as one HTML page that needs nothing else."""

from __future__ import annotations

from custmaster.handbook.messages import Language
from custmaster.report.markup import page_text, tag
from custmaster.report.roster_texts import said
from custmaster.roster.review import Roster, RosterReview

__all__ = ["roster_page"]


def roster_page(review: RosterReview, roster: Roster, *, lang: str, reveal: bool = False) -> str:
    """The page of a review."""
    spoken = Language(lang)
    return page_text("zh-CN" if spoken is Language.ZH else "en", [tag("title", said("title", spoken))], [])
