"""Rules on an entry as a whole: its name, and its dates against each other and the bank's day."""

from __future__ import annotations

import re
from typing import Final

from custmaster.customer.codes import EntryCode
from custmaster.customer.rule import BROKEN, Broken, EntryFacts, Rule, before
from custmaster.decision import Outcome
from custmaster.handbook import Page, keys
from custmaster.value.party import PartyKind
from custmaster.value.span import full_years

__all__ = ["ENTRY_RULES"]

_PERSON: Final = PartyKind.PERSON  # looked up once: the member of an enumeration takes its time to reach
_DIGIT: Final = re.compile(r"[0-9０-９]")


def a_name_is_given(facts: EntryFacts, page: Page) -> Broken:
    """Without a name nobody can be found again."""
    return BROKEN if facts.entry.name is None and "name" in facts.carried else None


def the_name_is_a_name(facts: EntryFacts, page: Page) -> Broken:
    """测试, 不详 and the like are no names."""
    name = facts.entry.name
    return BROKEN if name is not None and name.is_filler else None


def a_persons_name_has_no_digits(facts: EntryFacts, page: Page) -> Broken:
    """A digit in a person's name is a slip, or a way to open a second number for the same person."""
    name = facts.entry.name
    if name is None or facts.entry.kind is not _PERSON:
        return None
    return BROKEN if _DIGIT.search(name.reveal()) else None


def the_name_fits_its_field(facts: EntryFacts, page: Page) -> Broken:
    """A person's name longer than the field that every bank must have was perhaps cut elsewhere."""
    name, longest = facts.entry.name, page.get(keys.NAME_CAPACITY)
    if name is None or longest is None or facts.entry.kind is not _PERSON or len(name.reveal()) <= longest:
        return None
    return {"length": len(name.reveal()), "longest": longest}


def a_document_is_given(facts: EntryFacts, page: Page) -> Broken:
    """The three elements 三要素 are name, document type and document number."""
    return BROKEN if not facts.entry.documents and "documents" in facts.carried else None


def the_birth_date_has_come(facts: EntryFacts, page: Page) -> Broken:
    """Nobody is born, and no unit established, after the bank's day."""
    born = facts.entry.birth_date
    return BROKEN if born is not None and born > facts.day else None


def the_birth_date_is_plausible(facts: EntryFacts, page: Page) -> Broken:
    """A person older than any is a slip of the keyboard or a default such as 1900-01-01."""
    born, oldest = facts.entry.birth_date, page.get(keys.OLDEST_AGE)
    if born is None or oldest is None or facts.entry.kind is not _PERSON:
        return None
    if facts.day.year - born.year <= oldest:  # the usual case, told apart without counting months
        return None
    return {"oldest": oldest} if full_years(born, facts.day) > oldest else None


def the_opening_day_has_come(facts: EntryFacts, page: Page) -> Broken:
    """A customer is not opened in the future."""
    opened = facts.entry.opened_on
    return BROKEN if opened is not None and opened > facts.day else None


def the_opening_follows_the_birth(facts: EntryFacts, page: Page) -> Broken:
    """Opened before born, or before the unit was established, cannot be."""
    return BROKEN if before(facts.entry.opened_on, facts.entry.birth_date) else None


_REFUSED, _REVIEW = Outcome.REFUSED, Outcome.REVIEW

ENTRY_RULES: Final[tuple[Rule[EntryFacts], ...]] = (
    Rule(code=EntryCode.NAME_MISSING, outcome=_REFUSED, field="name", article="R-54", must=a_name_is_given),
    Rule(code=EntryCode.NAME_PLACEHOLDER, outcome=_REVIEW, field="name", article="R-54", must=the_name_is_a_name),
    Rule(
        code=EntryCode.NAME_WITH_DIGITS,
        outcome=_REVIEW,
        field="name",
        article="R-54",
        must=a_persons_name_has_no_digits,
    ),
    Rule(
        code=EntryCode.NAME_TOO_LONG,
        outcome=_REVIEW,
        field="name",
        key=keys.NAME_CAPACITY,
        must=the_name_fits_its_field,
    ),
    Rule(
        code=EntryCode.DOCUMENT_MISSING, outcome=_REFUSED, field="documents", article="R-54", must=a_document_is_given
    ),
    Rule(
        code=EntryCode.BIRTH_DATE_IN_FUTURE,
        outcome=_REFUSED,
        field="birth_date",
        article="R-56",
        must=the_birth_date_has_come,
    ),
    Rule(
        code=EntryCode.BIRTH_DATE_TOO_EARLY,
        outcome=_REVIEW,
        field="birth_date",
        key=keys.OLDEST_AGE,
        must=the_birth_date_is_plausible,
    ),
    Rule(
        code=EntryCode.OPENED_IN_FUTURE,
        outcome=_REVIEW,
        field="opened_on",
        article="R-56",
        must=the_opening_day_has_come,
    ),
    Rule(
        code=EntryCode.OPENED_BEFORE_BIRTH,
        outcome=_REVIEW,
        field="opened_on",
        article="R-56",
        must=the_opening_follows_the_birth,
    ),
)
