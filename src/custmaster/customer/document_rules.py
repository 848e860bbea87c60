"""Rules on one identity document: its number, what the number says of the person, and its dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from custmaster.customer.codes import EntryCode
from custmaster.customer.rule import BROKEN, Broken, DocumentFacts, Rule
from custmaster.decision import Outcome
from custmaster.errors import Fault
from custmaster.handbook import Page, keys
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType
from custmaster.value.identity.registry import Flag, NumberForm
from custmaster.value.placeholder import is_placeholder_number
from custmaster.value.sex import Sex
from custmaster.value.span import add_months, full_years

__all__ = ["DOCUMENT_RULES"]

Must = Callable[[DocumentFacts, Page], Broken]


def _without(fault: Fault) -> Must:
    def the_number_is_well_formed(facts: DocumentFacts, page: Page) -> Broken:
        found = facts.fault
        if found is None or found.fault is not fault:
            return None
        return BROKEN if found.length is None else {"length": found.length}

    return the_number_is_well_formed


def _unflagged(flag: Flag) -> Must:
    def the_number_bears_no_flag(facts: DocumentFacts, page: Page) -> Broken:
        return BROKEN if facts.reading is not None and flag in facts.reading.flags else None

    return the_number_bears_no_flag


def the_document_suits_the_kind(facts: DocumentFacts, page: Page) -> Broken:
    """A person shows a person's document and a unit a unit's."""
    row = DOCUMENT_TYPES[facts.document.type]
    return None if row.party is facts.entry.kind else {"type": facts.document.type.value, "kind": facts.entry.kind.value}


def the_number_is_no_filler(facts: DocumentFacts, page: Page) -> Broken:
    """111111111111111111 and the like were typed to get past a mandatory field."""
    return BROKEN if is_placeholder_number(facts.document.number.reveal()) else None


def the_historical_form_was_in_force(facts: DocumentFacts, page: Page) -> Broken:
    """The 15-digit card ceased to be a valid document on a day that the handbook names."""
    if facts.reading is None or Flag.HISTORICAL_FORM not in facts.reading.flags:
        return None
    ceased = page[keys.FIFTEEN_DIGIT_UNTIL]
    return {"ceased": ceased} if facts.day >= ceased else None


def the_holder_is_born(facts: DocumentFacts, page: Page) -> Broken:
    """The birth date inside a number is not after the bank's day."""
    born = _born(facts)
    return BROKEN if born is not None and born > facts.day else None


def the_birth_dates_agree(facts: DocumentFacts, page: Page) -> Broken:
    """What the number says of the birth date is what was entered; the message names the parts, never the dates."""
    born, entered = _born(facts), facts.entry.birth_date
    if born is None or entered is None or born == entered:
        return None
    parts = ("year", "month", "day")
    return {"parts": ", ".join(part for part in parts if getattr(born, part) != getattr(entered, part))}


def the_sexes_agree(facts: DocumentFacts, page: Page) -> Broken:
    """What the number says of the sex is what was entered; unknown and unstated say nothing."""
    said = facts.reading.sex if facts.reading is not None else None
    entered = facts.entry.sex
    stated = (Sex.MALE, Sex.FEMALE)
    return BROKEN if said in stated and entered in stated and said is not entered else None


def expiry_follows_issue(facts: DocumentFacts, page: Page) -> Broken:
    """A document does not end before it begins."""
    document = facts.document
    return BROKEN if _before(document.expires_on, document.issued_on) else None


def the_document_is_still_valid(facts: DocumentFacts, page: Page) -> Broken:
    """The printed day is the last valid one; without an expiry day nothing is said."""
    last = facts.document.expires_on
    return {"days": (facts.day - last).days} if last is not None and last < facts.day else None


def the_issue_day_has_come(facts: DocumentFacts, page: Page) -> Broken:
    """A document is not issued in the future."""
    issued = facts.document.issued_on
    return BROKEN if issued is not None and issued > facts.day else None


def the_issue_follows_the_birth(facts: DocumentFacts, page: Page) -> Broken:
    """Nobody holds a document before birth; the number's birth date counts before the entered one."""
    return BROKEN if _before(facts.document.issued_on, _born(facts) or facts.entry.birth_date) else None


def the_term_is_that_of_the_age(facts: DocumentFacts, page: Page) -> Broken:
    """A resident card runs for the term of its holder's age on the day of issue."""
    document, born = facts.document, _born(facts) or facts.entry.birth_date
    issued, ends = document.issued_on, document.expires_on
    if document.type is not DocumentType.RESIDENT_ID or born is None or issued is None or issued < born:
        return None
    if ends is None and not document.long_term:
        return None
    age = full_years(born, issued)
    years = next(band.years for band in page[keys.RESIDENT_ID_TERMS] if band.covers(age))
    if years is None:
        return None if document.long_term else {"age": age, "term": "长期"}
    return None if ends is not None and ends == add_months(issued, 12 * years) else {"age": age, "term": years}


_SERIES_FROM: Final = {
    NumberForm.PERMANENT_RESIDENCE: keys.PERMANENT_RESIDENCE_NEW_FROM,
    NumberForm.CHINESE_PASSPORT: keys.PASSPORT_LETTER_SERIES_FROM,
}


def the_series_existed_at_issue(facts: DocumentFacts, page: Page) -> Broken:
    """A number of a new series was not issued before the series began."""
    reading, issued = facts.reading, facts.document.issued_on
    if reading is None or issued is None or Flag.OLD_SERIES in reading.flags or reading.form not in _SERIES_FROM:
        return None
    began = page[_SERIES_FROM[reading.form]]
    return {"began": began} if issued < began else None


def _born(facts: DocumentFacts) -> date | None:
    return facts.reading.birth_date if facts.reading is not None else None


def _before(earlier: date | None, later: date | None) -> bool:
    return earlier is not None and later is not None and earlier < later


_NOTE, _REVIEW, _REFUSED = Outcome.ALLOWED, Outcome.REVIEW, Outcome.REFUSED


def _row(code: EntryCode, outcome: Outcome, field: str, article: str, must: Must, key: str | None = None) -> Rule[DocumentFacts]:
    return Rule(code=code, outcome=outcome, field=field, article=article, must=must, key=key)


_C = EntryCode
DOCUMENT_RULES: Final[tuple[Rule[DocumentFacts], ...]] = (
    _row(_C.DOCUMENT_OF_OTHER_KIND, _REVIEW, "type", "R-46, R-47", the_document_suits_the_kind),
    _row(_C.DOCUMENT_PLACEHOLDER, _REFUSED, "number", "R-54", the_number_is_no_filler),
    _row(_C.DOCUMENT_LENGTH, _REFUSED, "number", "B3", _without(Fault.LENGTH)),
    _row(_C.DOCUMENT_FORMAT, _REFUSED, "number", "B3", _without(Fault.FORMAT)),
    _row(_C.DOCUMENT_CHECK_DIGIT, _REFUSED, "number", "B3", _without(Fault.CHECK_DIGIT)),
    _row(_C.DOCUMENT_DATE, _REFUSED, "number", "B3", _without(Fault.DATE)),
    _row(_C.DOCUMENT_REGION, _REFUSED, "number", "B3", _without(Fault.REGION)),
    _row(_C.DOCUMENT_BIRTH_IN_FUTURE, _REFUSED, "number", "GB 11643", the_holder_is_born),
    _row(
        _C.DOCUMENT_HISTORICAL_FORM,
        _REVIEW,
        "number",
        "B8.13",
        the_historical_form_was_in_force,
        keys.FIFTEEN_DIGIT_UNTIL.name,
    ),
    _row(_C.DOCUMENT_PILOT_CODE, _NOTE, "number", "GB 32100", _unflagged(Flag.PILOT_CODE)),
    _row(_C.DOCUMENT_HOLDER_ONLY, _NOTE, "number", "B3", _unflagged(Flag.HOLDER_ONLY)),
    _row(_C.DOCUMENT_OLD_SERIES, _NOTE, "number", "B3", _unflagged(Flag.OLD_SERIES)),
    _row(_C.DOCUMENT_NEEDS_TIDYING, _NOTE, "number", "B3", _unflagged(Flag.NEEDS_TIDYING)),
    _row(_C.DOCUMENT_SERIES_TOO_EARLY, _REVIEW, "issued_on", "B3", the_series_existed_at_issue),
    _row(_C.EXPIRY_BEFORE_ISSUE, _REFUSED, "expires_on", "B3", expiry_follows_issue),
    _row(_C.DOCUMENT_EXPIRED, _REVIEW, "expires_on", "R-74", the_document_is_still_valid),
    _row(_C.EXPIRY_NOT_BY_AGE, _REVIEW, "expires_on", "B3", the_term_is_that_of_the_age, keys.RESIDENT_ID_TERMS.name),
    _row(_C.ISSUED_IN_FUTURE, _REFUSED, "issued_on", "B3", the_issue_day_has_come),
    _row(_C.ISSUED_BEFORE_BIRTH, _REFUSED, "issued_on", "B3", the_issue_follows_the_birth),
    _row(_C.BIRTH_DATE_DIFFERS, _REVIEW, "number", "B6", the_birth_dates_agree),
    _row(_C.SEX_DIFFERS, _REVIEW, "number", "B6", the_sexes_agree),
)
