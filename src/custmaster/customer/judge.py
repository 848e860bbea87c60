"""All that can be remarked on one customer as entered, in table order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Final

from custmaster.customer.document_rules import DOCUMENT_RULES
from custmaster.customer.entry import Entry
from custmaster.customer.entry_rules import ENTRY_RULES
from custmaster.customer.rule import DocumentFacts, EntryFacts, Need, cite, remark
from custmaster.customer.text_rules import card_remarks, phone_remarks, text_remarks
from custmaster.decision import Remark
from custmaster.errors import InvalidValue
from custmaster.handbook import Page
from custmaster.value.document import IdentityDocument
from custmaster.value.document_types import DOCUMENT_TYPES
from custmaster.value.identity.standards import STANDARDS

__all__ = ["EVERY_FIELD", "judge"]

# Looked up once and not for each of a million rows; for documents by what they have, see `Need`.
_ENTRY_CHECKS: Final = tuple((rule.must, rule) for rule in ENTRY_RULES)
_HAVING: Final = tuple(product((False, True), repeat=len(Need)))
_DOCUMENT_CHECKS: Final = {
    having: tuple(
        (rule.must, rule) for rule in DOCUMENT_RULES if rule.needs is None or having[list(Need).index(rule.needs)]
    )
    for having in _HAVING
}

EVERY_FIELD: Final = frozenset({"name", "documents"})
"""The fields whose absence is remarked on."""


def judge(entry: Entry, *, page: Page, day: date, carried: frozenset[str] = EVERY_FIELD) -> tuple[Remark, ...]:
    """Every remark on the entry, in the order of the rule tables; empty when nothing is found.

    `page` is the handbook of the day that judges, `day` the bank's business day, `carried` the fields that the source has
    at all: a file without document columns is not told in every row that the document is missing. The remark's field is a path
    such as `documents[0].number`. No remark holds personal data. Source: R-52 to R-56, B3, B4, B6.

    >>> from custmaster.handbook import default
    >>> from custmaster.value.name import Name
    >>> today = date(2026, 11, 23)
    >>> [str(found.reason.code) for found in judge(Entry(name=Name("测试")), page=default().on(today), day=today)]
    ['NAME_PLACEHOLDER', 'DOCUMENT_MISSING']
    """
    facts = EntryFacts(entry=entry, day=day, carried=carried)
    found: list[Remark] = []
    for must, rule in _ENTRY_CHECKS:
        broken = must(facts, page)
        if broken is not None:
            found.append(remark(rule, broken, cite(rule, page), field=rule.field, subject=entry.customer_number))
    found.extend(text_remarks(entry))
    for place, document in enumerate(entry.documents):
        found.extend(_document_remarks(_derive(entry, document, day), page, place))
    if entry.phones:
        found.extend(phone_remarks(entry))
    if entry.card_numbers:
        found.extend(card_remarks(entry))
    return tuple(found)


def _derive(entry: Entry, document: IdentityDocument, day: date) -> DocumentFacts:
    try:
        reading = document.reading()
    except InvalidValue:
        return DocumentFacts(entry=entry, day=day, document=document, faults=document.faults())
    return DocumentFacts(
        entry=entry, day=day, document=document, reading=reading, born=reading.birth_date, sex=reading.sex
    )


def _document_remarks(facts: DocumentFacts, page: Page, place: int) -> Iterator[Remark]:
    reading, document = facts.reading, facts.document
    flagged = reading is not None and reading.flags != ()
    having = (facts.faults != (), flagged, document.issued_on is not None, document.expires_on is not None)
    for must, rule in _DOCUMENT_CHECKS[having]:
        broken = must(facts, page)
        if broken is not None:
            citation = cite(rule, page, STANDARDS[DOCUMENT_TYPES[facts.document.type].form])
            yield remark(
                rule, broken, citation, field=f"documents[{place}].{rule.field}", subject=facts.entry.customer_number
            )
