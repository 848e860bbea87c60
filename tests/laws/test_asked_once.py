"""What a value keeps of an answer changes nothing: asked again, beside other rules, or of a new copy, it answers the same."""

from __future__ import annotations

from datetime import date

import attrs
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.customer import Entry, judge
from custmaster.customer.completeness import score
from custmaster.customer.document_rules import DOCUMENT_RULES
from custmaster.customer.rule import DocumentFacts, Need
from custmaster.dedup import keyed
from custmaster.errors import InvalidValue
from custmaster.handbook import default
from custmaster.testing.strategies import Grade, entries
from custmaster.value.name import Name
from custmaster.value.phone import Phone

DAY = date(2026, 11, 23)
PAGE = default().on(DAY)
anything = st.one_of([entries(grade=grade) for grade in Grade])


def answers(entry: Entry, order: tuple[int, ...]) -> dict[int, object]:
    asked = {
        0: lambda: judge(entry, page=PAGE, day=DAY),
        1: lambda: score(entry, page=PAGE, day=DAY),
        2: lambda: keyed(entry).side.texts,
    }
    return {place: asked[place]() for place in order}


def fresh(entry: Entry) -> Entry:
    """The same entry of values that were never asked anything."""
    return evolve(
        entry,
        name=None if entry.name is None else Name(entry.name.reveal()),
        phones=tuple(Phone(phone.reveal()) for phone in entry.phones),
        documents=tuple(evolve(document) for document in entry.documents),
    )


@settings(max_examples=150)
@given(anything, st.permutations([0, 1, 2, 0, 1, 2]))
def test_rules_scores_and_keys_are_the_same_in_any_order(entry: Entry, order: list[int]) -> None:
    one, other = fresh(entry), fresh(entry)
    assert answers(one, tuple(order)) == answers(one, (2, 1, 0)) == answers(other, (0, 1, 2))
    assert one == other == entry
    assert repr(one) == repr(other) == repr(entry)
    assert hash(one) == hash(other)


@given(anything)
def test_what_is_kept_is_no_field_and_is_not_copied(entry: Entry) -> None:
    asked, unasked = fresh(entry), fresh(entry)
    answers(asked, (0, 1, 2))
    for document, other in zip(asked.documents, unasked.documents, strict=True):
        assert attrs.astuple(document, recurse=False) == attrs.astuple(other, recurse=False)
        assert document.__getstate__() == other.__getstate__()
        assert not hasattr(evolve(document), "_reading")


@given(anything)
def test_a_rule_finds_nothing_in_a_document_without_what_it_needs(entry: Entry) -> None:
    for document in entry.documents:
        try:
            reading = document.reading()
        except InvalidValue:
            facts = DocumentFacts(entry=entry, day=DAY, document=document, faults=document.faults())
        else:
            facts = DocumentFacts(
                entry=entry, day=DAY, document=document, reading=reading, born=reading.birth_date, sex=reading.sex
            )
        has = {
            None: True,
            Need.FAULT: bool(facts.faults),
            Need.FLAG: facts.reading is not None and bool(facts.reading.flags),
            Need.ISSUED: document.issued_on is not None,
            Need.EXPIRES: document.expires_on is not None,
        }
        assert all(rule.must(facts, PAGE) is None for rule in DOCUMENT_RULES if not has[rule.needs])
