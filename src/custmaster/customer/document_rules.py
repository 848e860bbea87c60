"""Rules on one identity document: its number, what the number says of the person, and its dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from custmaster.customer.codes import EntryCode
from custmaster.customer.rule import BROKEN, Broken, DocumentFacts, Need, Rule, before
from custmaster.decision import Outcome
from custmaster.errors import Fault
from custmaster.handbook import Key, Page, keys
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType
from custmaster.value.identity import permanent_residence
from custmaster.value.identity.registry import Flag, NumberForm
from custmaster.value.sex import Sex
from custmaster.value.span import add_years, full_years

__all__ = ["DOCUMENT_RULES"]

Must = Callable[[DocumentFacts, Page], Broken]
_STATED: Final = (Sex.MALE, Sex.FEMALE)


def _without(fault: Fault) -> Must:
    def the_number_is_well_formed(facts: DocumentFacts, page: Page) -> Broken:
        return {"length": len(facts.document.number.reveal())} if fault in facts.faults else None

    return the_number_is_well_formed


def _unflagged(flag: Flag) -> Must:
    def the_number_bears_no_flag(facts: DocumentFacts, page: Page) -> Broken:
        return BROKEN if facts.reading is not None and flag in facts.reading.flags else None

    return the_number_bears_no_flag


def the_document_suits_the_kind(facts: DocumentFacts, page: Page) -> Broken:
    """A person shows a person's document and a unit a unit's."""
    row = DOCUMENT_TYPES[facts.document.type]
    return (
        None if row.party is facts.entry.kind else {"type": facts.document.type.value, "kind": facts.entry.kind.value}
    )


def the_number_is_no_filler(facts: DocumentFacts, page: Page) -> Broken:
    """111111111111111111 and the like were typed to get past a mandatory field."""
    return BROKEN if facts.document.is_filler else None


def the_historical_form_was_in_force(facts: DocumentFacts, page: Page) -> Broken:
    """The 15-digit card ceased to be a valid document on a day that the handbook names."""
    if facts.reading is None or Flag.HISTORICAL_FORM not in facts.reading.flags:
        return None
    ceased = page.get(keys.FIFTEEN_DIGIT_UNTIL)
    return {"ceased": ceased} if ceased is not None and facts.day >= ceased else None


def the_holder_is_born(facts: DocumentFacts, page: Page) -> Broken:
    """The birth date inside a number is not after the bank's day."""
    born = facts.born
    return BROKEN if born is not None and born > facts.day else None


def the_birth_dates_agree(facts: DocumentFacts, page: Page) -> Broken:
    """What the number says of the birth date is what was entered; the message names the parts, never the dates."""
    born, entered = facts.born, facts.entry.birth_date
    if born is None or entered is None or born == entered:
        return None
    parts = ("year", "month", "day")
    return {"parts": ", ".join(part for part in parts if getattr(born, part) != getattr(entered, part))}


def the_sexes_agree(facts: DocumentFacts, page: Page) -> Broken:
    """What the number says of the sex is what was entered; unknown and unstated say nothing."""
    said, entered = facts.sex, facts.entry.sex
    return BROKEN if said in _STATED and entered in _STATED and said is not entered else None


def expiry_follows_issue(facts: DocumentFacts, page: Page) -> Broken:
    """A document does not end before it begins."""
    document = facts.document
    return BROKEN if before(document.expires_on, document.issued_on) else None


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
    return BROKEN if before(facts.document.issued_on, facts.born or facts.entry.birth_date) else None


def _term(facts: DocumentFacts, page: Page) -> tuple[int, int | None] | None:
    """The holder's age on the day of issue and the years that a resident card then runs (None: without end)."""
    issued, born = facts.document.issued_on, facts.born or facts.entry.birth_date
    if facts.document.type is not DocumentType.RESIDENT_ID or issued is None or born is None:
        return None
    if not born <= issued <= facts.day:  # wrong for another reason, which has its own rule
        return None
    bands = page.handbook.timeline(keys.RESIDENT_ID_TERMS).at(issued)
    if bands is None:
        return None
    age = full_years(born, issued)
    return age, next(band.years for band in bands.value if band.covers(age))


def the_term_is_that_of_the_age(facts: DocumentFacts, page: Page) -> Broken:
    """A resident card runs for the years of its holder's age on the day of issue."""
    term, issued, ends = _term(facts, page), facts.document.issued_on, facts.document.expires_on
    if term is None or issued is None or not (facts.document.long_term or ends):
        return None
    age, years = term
    if years is None or before(ends, issued) or ends == add_years(issued, years):
        return None
    return {"age": age, "term": years}


def the_old_hold_it_without_end(facts: DocumentFacts, page: Page) -> Broken:
    """From the age that the handbook names a resident card has no expiry day."""
    term = _term(facts, page)
    return {"age": term[0]} if term is not None and term[1] is None and facts.document.expires_on else None


_SERIES: Final[Mapping[NumberForm, tuple[Callable[[str], bool], Key[date]]]] = {
    # form: (whether a compact number is of the new series, the key of the day from which that is given out)
    NumberForm.PERMANENT_RESIDENCE: (
        lambda number: not permanent_residence.is_old_series(number),
        keys.PERMANENT_RESIDENCE_NEW_FROM,
    ),
    NumberForm.CHINESE_PASSPORT: (
        lambda number: number[0] == "E" and number[1].isalpha(),
        keys.PASSPORT_LETTER_SERIES_FROM,
    ),
}


def the_series_existed_at_issue(facts: DocumentFacts, page: Page) -> Broken:
    """A number of a new series was not issued before the series began."""
    reading, issued = facts.reading, facts.document.issued_on
    if reading is None or issued is None or reading.form not in _SERIES:
        return None
    is_new, key = _SERIES[reading.form]
    began = page.get(key)
    return {"began": began} if began is not None and issued < began and is_new(reading.compact) else None


_NOTE, _REVIEW, _REFUSED = Outcome.ALLOWED, Outcome.REVIEW, Outcome.REFUSED


def _row(
    code: EntryCode, finding: tuple[Outcome, str], must: Must, cited: str | Key[object] = "", needs: Need | None = None
) -> Rule[DocumentFacts]:
    outcome, field = finding
    if isinstance(cited, str):
        return Rule(code=code, outcome=outcome, field=field, must=must, article=cited, needs=needs)
    return Rule(code=code, outcome=outcome, field=field, must=must, key=cited, needs=needs)


_C = EntryCode
DOCUMENT_RULES: Final[tuple[Rule[DocumentFacts], ...]] = (
    _row(_C.DOCUMENT_OF_OTHER_KIND, (_REVIEW, "type"), the_document_suits_the_kind, "R-46, R-47"),
    _row(_C.DOCUMENT_PLACEHOLDER, (_REFUSED, "number"), the_number_is_no_filler, "R-54"),
    _row(_C.DOCUMENT_LENGTH, (_REFUSED, "number"), _without(Fault.LENGTH), needs=Need.FAULT),
    _row(_C.DOCUMENT_FORMAT, (_REFUSED, "number"), _without(Fault.FORMAT), needs=Need.FAULT),
    _row(_C.DOCUMENT_CHECK_DIGIT, (_REFUSED, "number"), _without(Fault.CHECK_DIGIT), needs=Need.FAULT),
    _row(_C.DOCUMENT_DATE, (_REFUSED, "number"), _without(Fault.DATE), needs=Need.FAULT),
    _row(_C.DOCUMENT_REGION, (_REFUSED, "number"), _without(Fault.REGION), needs=Need.FAULT),
    _row(_C.DOCUMENT_BIRTH_IN_FUTURE, (_REFUSED, "number"), the_holder_is_born),
    _row(
        _C.DOCUMENT_HISTORICAL_FORM,
        (_REVIEW, "number"),
        the_historical_form_was_in_force,
        keys.FIFTEEN_DIGIT_UNTIL,
        needs=Need.FLAG,
    ),
    _row(_C.DOCUMENT_PILOT_CODE, (_NOTE, "number"), _unflagged(Flag.PILOT_CODE), needs=Need.FLAG),
    _row(_C.DOCUMENT_HOLDER_ONLY, (_NOTE, "number"), _unflagged(Flag.HOLDER_ONLY), needs=Need.FLAG),
    _row(_C.DOCUMENT_OLD_SERIES, (_NOTE, "number"), _unflagged(Flag.OLD_SERIES), needs=Need.FLAG),
    _row(_C.DOCUMENT_NEEDS_TIDYING, (_NOTE, "number"), _unflagged(Flag.NEEDS_TIDYING), needs=Need.FLAG),
    _row(_C.DOCUMENT_SERIES_TOO_EARLY, (_REVIEW, "issued_on"), the_series_existed_at_issue, "R-56", needs=Need.ISSUED),
    _row(_C.EXPIRY_BEFORE_ISSUE, (_REFUSED, "expires_on"), expiry_follows_issue, "R-56", needs=Need.ISSUED),
    _row(_C.DOCUMENT_EXPIRED, (_REVIEW, "expires_on"), the_document_is_still_valid, "R-74", needs=Need.EXPIRES),
    _row(
        _C.EXPIRY_NOT_BY_AGE,
        (_REVIEW, "expires_on"),
        the_term_is_that_of_the_age,
        keys.RESIDENT_ID_TERMS,
        needs=Need.ISSUED,
    ),
    _row(
        _C.EXPIRY_NOT_LONG_TERM,
        (_REVIEW, "expires_on"),
        the_old_hold_it_without_end,
        keys.RESIDENT_ID_TERMS,
        needs=Need.ISSUED,
    ),
    _row(_C.ISSUED_IN_FUTURE, (_REFUSED, "issued_on"), the_issue_day_has_come, "R-56", needs=Need.ISSUED),
    _row(_C.ISSUED_BEFORE_BIRTH, (_REFUSED, "issued_on"), the_issue_follows_the_birth, "R-56", needs=Need.ISSUED),
    _row(_C.BIRTH_DATE_DIFFERS, (_REVIEW, "number"), the_birth_dates_agree, "R-54"),
    _row(_C.SEX_DIFFERS, (_REVIEW, "number"), the_sexes_agree, "R-54"),
)
