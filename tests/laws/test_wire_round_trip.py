"""Law: what the converter writes, it reads back equal, through JSON; whatever else it is given, it refuses or reads exactly."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.customer.codes import EntryCode
from custmaster.customer.entry import Entry
from custmaster.decision import Approval, Citation, Fact, Occasion, Outcome, Reason, Remark, decide
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.money import Money
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span
from custmaster.wire import CellCode
from custmaster.wire.converter import make_converter, structure, structure_decision

CONVERTER = make_converter()
texts = st.text(min_size=1, max_size=60)
short = st.text(min_size=1, max_size=20)
days = st.dates()
documents = st.builds(
    IdentityDocument,
    type=st.sampled_from(DocumentType),
    number=short.map(DocumentNumber),
    duplicate=st.booleans(),
    issued_on=st.none() | days,
    expires_on=st.none() | days,
    long_term=st.booleans(),
    issuer=st.none() | texts,
)
entries = st.builds(
    Entry,
    kind=st.sampled_from(PartyKind),
    source_key=st.none() | texts,
    customer_number=st.none() | texts,
    name=st.none() | texts.map(Name),
    documents=st.lists(documents, max_size=2),
    sex=st.none() | st.sampled_from(Sex),
    birth_date=st.none() | days,
    nationality=st.none() | texts,
    occupation=st.none() | texts,
    phones=st.lists(short.map(Phone), max_size=2),
    addresses=st.lists(texts.map(Address), max_size=2),
    email=st.none() | texts.map(Email),
    card_numbers=st.lists(short.map(CardNumber), max_size=2),
    account_numbers=st.lists(short.map(AccountNumber), max_size=2),
    opened_on=st.none() | days,
)
facts: st.SearchStrategy[Fact] = (
    texts
    | st.integers()
    | st.booleans()
    | days
    | st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
)
reasons = st.builds(
    Reason,
    code=st.sampled_from([*CellCode, *EntryCode]),
    outcome=st.sampled_from(Outcome),
    citation=st.builds(Citation, article=texts, key=st.none() | texts),
    subject=st.none() | texts,
    facts=st.dictionaries(texts, facts, max_size=3),
)
approvals = st.builds(Approval, by=texts, reason=texts, codes=st.lists(st.sampled_from([*map(str, CellCode)])))
spans = st.tuples(
    st.none() | st.dates(max_value=date(2000, 1, 1)), st.none() | st.dates(min_value=date(2000, 1, 2))
).map(lambda ends: Span(*ends))
money = st.decimals(min_value=-(10**12), max_value=10**12, places=2).map(Money)
values = (
    entries
    | reasons
    | approvals
    | spans
    | money
    | st.builds(Remark, field=texts, reason=reasons)
    | st.builds(
        Occasion,
        day=days,
        actor=texts,
        request_id=texts,
        numbers=st.lists(texts),
        approvals=st.lists(approvals, max_size=2),
    )
)
plain: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def through_json(data: object) -> Any:
    return json.loads(json.dumps(data, ensure_ascii=False))


@given(values)
def test_what_is_written_is_read_back_equal(value: object) -> None:
    read = structure(through_json(CONVERTER.unstructure(value)), type(value), CONVERTER)
    assert read == value
    assert type(read) is type(value)


@given(st.lists(reasons, max_size=3), st.lists(approvals, max_size=2), texts)
def test_decisions_too(found: list[Reason], given_: list[Approval], handbook: str) -> None:
    decision = decide(found, handbook=handbook, approvals=given_)
    assert structure_decision(through_json(CONVERTER.unstructure(decision)), CONVERTER) == decision


@given(plain, st.sampled_from([str, int, bool, Decimal, date, Outcome, Name, Citation, Span, Money, Entry, Reason]))
def test_whatever_is_accepted_is_written_as_it_was_given(data: Any, kind: type[Any]) -> None:
    """No coercion: what is read from plain data is written as the same plain data, but for fields left to their default."""
    try:
        read = structure(data, kind, CONVERTER)
    except ExceptionGroup:
        return
    written = through_json(CONVERTER.unstructure(read, kind))
    if isinstance(data, dict):
        assert {key: written[key] for key in data} == data
    else:
        assert (written, type(written)) == (data, type(data))


@pytest.mark.parametrize("kind", [Money, Span, Entry, Reason, Citation, IdentityDocument])
@given(data=plain)
def test_only_a_group_of_invalid_values_is_ever_raised(kind: type[Any], data: object) -> None:
    raised: BaseException | None = None
    try:
        structure(data, kind, CONVERTER)
    except ExceptionGroup as problem:
        raised = problem
    assert raised is None or (raised.__cause__, raised.__context__) == (None, None)
