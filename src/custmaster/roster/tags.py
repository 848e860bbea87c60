"""Tags (贴标) on the customer's record, so that any counter sees level and maintainer: derived from the entry, and so never apart from it.

The article that says how tags are managed is cut off (R-23). What stands here is a reconstruction from practice (requirements.md, A4): one live
tag of the maintainer, equal to the live assignment. No figure is invented for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import field, frozen

from custmaster.decision import Citation, Fact, Outcome, Reason
from custmaster.errors import Fault, InvalidValue
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import RosterEntry
from custmaster.roster.kinds import TagKind
from custmaster.roster.ladder import Ladder
from custmaster.roster.segment import segment_of
from custmaster.value._checks import of

__all__ = ["Tag", "judge_tags", "tags_of"]

_RECONSTRUCTED: Final = Citation(article="R-23 (A4, reconstruction)")


@frozen(kw_only=True)
class Tag:
    """One tag: what it says, who set it (None: derived), on which day, and the first day on which it no longer holds (None: while it is so).

    `value` is a staff number, a level, or the code of a source or segment; of a NEED the bank's own words, so it is not shown. Errors:
    InvalidValue (TYPE), (ORDER) where it ends before it is set. Source: R-23 as reconstructed in A4.

    >>> Tag(kind=TagKind.LEVEL, value="金卡", set_on=date(2026, 1, 5)).holds_on(date(2026, 1, 5))
    True
    """

    kind: TagKind = field(validator=of(TagKind))
    value: str = field(repr=False)
    set_by: str | None = None
    set_on: date
    valid_to: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to < self.set_on:
            raise InvalidValue(Fault.ORDER, path="valid_to", remedy="not before the day on which it is set")

    def holds_on(self, day: date) -> bool:
        """Whether the tag is set on the day, and not over."""
        return self.set_on <= day and (self.valid_to is None or day < self.valid_to)


def tags_of(entry: RosterEntry, rungs: Ladder) -> tuple[Tag, ...]:
    """The tags of a live entry, in the order of their kinds; none of one that was struck off. Errors: as `segment_of`. Source: R-23 (A4).

    The tags of a prospect end with the day by which it is erased.

    >>> from custmaster.roster.kinds import Source
    >>> rungs = Ladder(levels=["普通", "金卡"], quality_from="金卡")
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> [(str(tag.kind), tag.value) for tag in tags_of(entry, rungs)]
    [('LEVEL', '金卡'), ('SOURCE', 'SYSTEM'), ('SEGMENT', 'MAINTAIN')]
    """
    return tuple(_tags(entry, rungs)) if entry.is_live else ()


def _tags(entry: RosterEntry, rungs: Ladder) -> Iterator[Tag]:
    until = None if entry.prospect is None else entry.prospect.erase_by
    risen, listed = entry.level_since or entry.listed_on, entry.listed_on
    if entry.maintainer is not None:
        now = entry.maintainer
        yield Tag(
            kind=TagKind.MAINTAINER, value=now.staff, set_by=now.by, set_on=now.since, valid_to=_end(now.since, until)
        )
    yield Tag(kind=TagKind.LEVEL, value=entry.level, set_on=risen, valid_to=_end(risen, until))
    yield Tag(
        kind=TagKind.SOURCE,
        value=entry.source.value,
        set_by=entry.nominator,
        set_on=listed,
        valid_to=_end(listed, until),
    )
    yield Tag(kind=TagKind.SEGMENT, value=segment_of(entry, rungs).value, set_on=risen, valid_to=_end(risen, until))
    for need in entry.needs:
        yield Tag(kind=TagKind.NEED, value=need, set_by=entry.nominator, set_on=listed, valid_to=_end(listed, until))


def _end(since: date, until: date | None) -> date | None:
    return None if until is None else max(since, until)


def judge_tags(entry: RosterEntry, tags: Iterable[Tag], rungs: Ladder, day: date) -> tuple[Reason, ...]:
    """Where the tags that a host stored for the entry do not agree with it on the day; none where they do. Errors: as `segment_of`.

    TAG_MAINTAINER_TWICE, TAG_MAINTAINER_DIFFERS, TAG_MISSING, TAG_STRAY: each REVIEW, since the entry is what holds and the tag is put right. Who
    set a tag and when is not compared. Source: R-23 (A4).

    >>> from custmaster.roster.kinds import Source
    >>> rungs = Ladder(levels=["普通", "金卡"], quality_from="金卡")
    >>> entry = RosterEntry(
    ...     number="E-1", customer="6000000001", level="金卡", source=Source.SYSTEM, listed_on=date(2026, 1, 5)
    ... )
    >>> [str(one.code) for one in judge_tags(entry, tags_of(entry, rungs)[1:], rungs, date(2026, 1, 5))]
    ['TAG_MISSING']
    """
    stored = sorted({(tag.kind, tag.value) for tag in tags if tag.holds_on(day)})
    derived = sorted({(tag.kind, tag.value) for tag in tags_of(entry, rungs) if tag.holds_on(day)})
    missing = [kind for kind, value in derived if (kind, value) not in stored]
    stray = [kind for kind, value in stored if (kind, value) not in derived]
    return tuple(_disagreements(entry, missing, stray, [value for kind, value in stored if kind is TagKind.MAINTAINER]))


def _disagreements(
    entry: RosterEntry, missing: list[TagKind], stray: list[TagKind], named: list[str]
) -> Iterator[Reason]:
    if len(named) > 1:
        yield _reason(RosterCode.TAG_MAINTAINER_TWICE, entry, {"staff": ", ".join(named)})
    elif TagKind.MAINTAINER in stray:
        live = "-" if entry.maintainer is None else entry.maintainer.staff
        yield _reason(RosterCode.TAG_MAINTAINER_DIFFERS, entry, {"staff": named[0], "maintainer": live})
    for kind in missing:
        if kind is not TagKind.MAINTAINER or not named:
            yield _reason(RosterCode.TAG_MISSING, entry, {"kind": kind.value})
    for kind in stray:
        if kind is not TagKind.MAINTAINER:
            yield _reason(RosterCode.TAG_STRAY, entry, {"kind": kind.value})


def _reason(code: RosterCode, entry: RosterEntry, facts: Mapping[str, Fact]) -> Reason:
    return Reason(code=code, outcome=Outcome.REVIEW, citation=_RECONSTRUCTED, subject=entry.number, facts=facts)
