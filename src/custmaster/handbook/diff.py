"""What two handbooks say differently: key by key, and from which day to which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from custmaster.handbook.book import Handbook
from custmaster.handbook.kinds import canonical
from custmaster.handbook.timeline import Dated, Timeline

__all__ = ["Difference", "diff"]


@frozen(kw_only=True)
class Difference:
    """On the days from `start` up to but not including `end` (None: for good) one key has two answers.

    `before` and `after` are the values, None when nothing is in force; the articles stand beside them, since a value may stay
    while the article that it rests on changes.
    """

    key: str
    start: date
    end: date | None
    before: object | None
    after: object | None
    before_article: str = ""
    after_article: str = ""


def diff(a: Handbook, b: Handbook) -> tuple[Difference, ...]:
    """All differences from `a` to `b`, ordered by key and day; empty exactly when both always give the same answers.

    >>> from custmaster.handbook import default, default_text, parse
    >>> edited = default_text().replace("value = 120", "value = 115")
    >>> diff(default(), default()), [found.key for found in diff(default(), parse(edited))]
    ((), ['customer.oldest_age'])
    """
    names = sorted({*a.timelines, *b.timelines})
    return tuple(found for name in names for found in _of_key(name, a.timelines.get(name), b.timelines.get(name)))


def _of_key(name: str, a: Timeline[Any] | None, b: Timeline[Any] | None) -> Iterator[Difference]:
    days = sorted(_edges(a) | _edges(b))
    last: Difference | None = None
    for start, end in zip(days, [*days[1:], None], strict=True):
        found = _difference(name, start, end, a.at(start) if a else None, b.at(start) if b else None)
        if last is not None and found is not None and _continues(last, found):
            last = _longer(last, end)
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _edges(timeline: Timeline[Any] | None) -> set[date]:
    if timeline is None:
        return set()
    return {entry.since for entry in timeline.entries} | ({timeline.end} if timeline.end is not None else set())


def _difference(
    name: str, start: date, end: date | None, a: Dated[Any] | None, b: Dated[Any] | None
) -> Difference | None:
    if _said(a) == _said(b):
        return None
    return Difference(
        key=name,
        start=start,
        end=end,
        before=a.value if a else None,
        after=b.value if b else None,
        before_article=a.article if a else "",
        after_article=b.article if b else "",
    )


def _said(entry: Dated[Any] | None) -> tuple[str, str]:
    return ("", "") if entry is None else (canonical(entry.value), entry.article)


def _same(found: Difference) -> tuple[str, str, str, str]:
    return canonical(found.before), found.before_article, canonical(found.after), found.after_article


def _continues(last: Difference, found: Difference) -> bool:
    return last.end == found.start and _same(last) == _same(found)


def _longer(found: Difference, end: date | None) -> Difference:
    return Difference(
        key=found.key,
        start=found.start,
        end=end,
        before=found.before,
        after=found.after,
        before_article=found.before_article,
        after_article=found.after_article,
    )
