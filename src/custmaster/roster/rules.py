"""What must hold of an entry by itself, whoever maintains it: each rule a function whose name is the sentence, all of them in ENTRY_RULES."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from custmaster.decision import Citation, Fact, Outcome, Reason
from custmaster.handbook import Page
from custmaster.handbook.keys import LEVELS, QUALITY_FROM_LEVEL
from custmaster.handbook.roster_keys import PROSPECT_DOCUMENTS
from custmaster.roster.codes import RosterCode
from custmaster.roster.entry import RosterEntry
from custmaster.roster.kinds import SOURCES, SourceRow
from custmaster.roster.ladder import Ladder, ladder

__all__ = ["ENTRY_RULES", "EntryCase", "judge_entry"]

_KEPT: Final = Citation(article="B8.11")


@frozen(kw_only=True)
class EntryCase:
    """An entry, the ladder and the handbook page of the day on which it is judged."""

    entry: RosterEntry
    rungs: Ladder
    page: Page
    day: date

    @property
    def source(self) -> SourceRow:
        """The row of the entry's source."""
        return SOURCES[self.entry.source]


Rule = Callable[[EntryCase], Iterator[Reason]]


def level_is_on_the_ladder(case: EntryCase) -> Iterator[Reason]:
    """The level is one of the bank's ladder (R-16)."""
    if not case.rungs.knows(case.entry.level):
        yield _refused(RosterCode.LEVEL_UNKNOWN, case, case.page.cite(LEVELS), {"levels": ", ".join(case.rungs.levels)})


def source_is_stated_in_full(case: EntryCase) -> Iterator[Reason]:
    """The entry states what its source asks for: who nominated it, why, or which needs (R-13..R-15)."""
    citation = Citation(article=case.source.source)
    for name in case.source.asks:
        held = getattr(case.entry, name)
        if not (held.strip() if isinstance(held, str) else held):
            facts = {"source": case.entry.source.value, "field": name}
            yield _refused(RosterCode.SOURCE_FIELD_MISSING, case, citation, facts)


def extracted_entry_is_of_a_quality_level(case: EntryCase) -> Iterator[Reason]:
    """What was extracted from the quality-customer system has a quality level (R-12)."""
    entry, rungs = case.entry, case.rungs
    if case.source.quality_only and rungs.knows(entry.level) and not rungs.is_quality(entry.level):
        facts = {"level": entry.level, "from": rungs.quality_from}
        yield _refused(RosterCode.SOURCE_NOT_QUALITY, case, case.page.cite(QUALITY_FROM_LEVEL), facts)


def source_takes_prospects(case: EntryCase) -> Iterator[Reason]:
    """Only a good customer of another bank may be without a customer number here (R-12, R-15)."""
    if case.entry.prospect is not None and not case.source.may_be_prospect:
        citation = Citation(article=case.source.source)
        yield _refused(RosterCode.PROSPECT_SOURCE, case, citation, {"source": case.entry.source.value})


def prospect_shows_no_document(case: EntryCase) -> Iterator[Reason]:
    """No identity document is kept of a prospect, unless the handbook says so (B8.11)."""
    prospect = case.entry.prospect
    if prospect is not None and prospect.document is not None and not case.page[PROSPECT_DOCUMENTS]:
        yield _refused(RosterCode.PROSPECT_DOCUMENT, case, case.page.cite(PROSPECT_DOCUMENTS), {})


def prospect_is_not_overdue(case: EntryCase) -> Iterator[Reason]:
    """The day by which a prospect is erased has not come; if it has, no approval keeps it (B8.11)."""
    prospect = case.entry.prospect
    if prospect is not None and prospect.erase_by <= case.day:
        yield Reason(
            code=RosterCode.PROSPECT_OVERDUE,
            outcome=Outcome.REVIEW,
            citation=_KEPT,
            subject=case.entry.number,
            facts={"erase_by": prospect.erase_by},
            liftable=False,
        )


ENTRY_RULES: Final[tuple[Rule, ...]] = (
    level_is_on_the_ladder,
    source_is_stated_in_full,
    extracted_entry_is_of_a_quality_level,
    source_takes_prospects,
    prospect_shows_no_document,
    prospect_is_not_overdue,
)
"""Every rule on an entry by itself, in the order of the reasons."""


def judge_entry(entry: RosterEntry, page: Page, day: date) -> tuple[Reason, ...]:
    """Everything that stands against the entry by itself on the day. Errors: NotInForce on a page without a ladder. Source: R-12..R-16, B8.11.

    >>> from custmaster.handbook import default
    >>> from custmaster.roster.kinds import Source
    >>> day = date(2026, 11, 28)
    >>> entry = RosterEntry(number="E-1", customer="6000000001", level="普通", source=Source.SYSTEM, listed_on=day)
    >>> [str(reason.code) for reason in judge_entry(entry, default().on(day), day)]
    ['SOURCE_NOT_QUALITY']
    """
    case = EntryCase(entry=entry, rungs=ladder(page), page=page, day=day)
    return tuple(reason for rule in ENTRY_RULES for reason in rule(case))


def _refused(code: RosterCode, case: EntryCase, citation: Citation, facts: Mapping[str, Fact]) -> Reason:
    return Reason(code=code, outcome=Outcome.REFUSED, citation=citation, subject=case.entry.number, facts=facts)
