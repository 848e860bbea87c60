"""A review as one HTML page that needs nothing else: no network, no script, the reader's own fonts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from custmaster.handbook.messages import Language
from custmaster.report._page_style import STYLE
from custmaster.report.markup import Inside, Markup, page_text, tag, trusted

__all__ = ["review_page"]

_TAGS: Final[Mapping[Language, str]] = {Language.ZH: "zh-CN", Language.EN: "en"}
# A browser that keeps to it asks for nothing, whatever stands in the page.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def review_page(title: str, body: Iterable[Inside], lang: Language) -> str:
    """The text of the page."""
    return page_text(_TAGS[lang], _head(title), body)


def _head(title: str) -> Iterator[Markup]:
    yield tag("meta", charset="utf-8")
    yield tag("meta", http_equiv="Content-Security-Policy", content=_POLICY)
    yield tag("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield tag("title", title)
    yield tag("style", trusted(STYLE))
