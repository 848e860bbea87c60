"""What the existence check may say of pairs whose truth is known: one customer changed in one named way, or two look-alikes.

The allowed verdicts come from the requirements, not from the check; figures on generated pairs are no evidence for the labelled ones.
"""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.customer.entry import Entry
from custmaster.customer.kinds import Status
from custmaster.dedup.check import Candidate, Existence, check
from custmaster.dedup.codes import RANK, Verdict
from custmaster.testing import strategies as s
from custmaster.testing.strategies import EntryPair, LookAlike, Mutation

SYSTEMS = frozenset({"BP", "EUSP"})
CLOSED = {Status.DELETED: Verdict.EXISTS_CLOSED, Status.MERGED: Verdict.EXISTS_VIA_ALIAS}
ANY_PAIR = s.same_person_pairs() | s.look_alike_pairs()


def asked(applicant: Entry, *candidates: Candidate) -> Existence:
    return check(applicant, candidates, searched=SYSTEMS, required=SYSTEMS)


def on_file(entry: Entry, number: str = "7000000001", standing: Status = Status.ACTIVE) -> Candidate:
    into = "7000000009" if standing is Status.MERGED else None
    return Candidate(number=number, status=standing, merged_into=into, entry=entry)


@pytest.mark.parametrize("label", Mutation)
@settings(max_examples=25)
@given(data=st.data())
def test_one_customer_after_each_change(label: Mutation, data: st.DataObject) -> None:
    pair = data.draw(s.same_person_pairs(only=label))
    assert (pair.label, pair.same) == (label, True)
    assert asked(pair.applicant, on_file(pair.candidate)).verdict in pair.allowed


@pytest.mark.parametrize("label", LookAlike)
@settings(max_examples=25)
@given(data=st.data())
def test_two_customers_who_look_like_one(label: LookAlike, data: st.DataObject) -> None:
    pair = data.draw(s.look_alike_pairs(only=label))
    assert (pair.label, pair.same) == (label, False)
    assert asked(pair.applicant, on_file(pair.candidate)).verdict in pair.allowed


@given(pair=s.look_alike_pairs(), standing=st.sampled_from(Status))
def test_no_look_alike_is_ever_a_match(pair: EntryPair, standing: Status) -> None:
    assert not asked(pair.applicant, on_file(pair.candidate, standing=standing)).verdict.is_match


@given(pair=s.same_person_pairs(), standing=st.sampled_from((Status.DELETED, Status.MERGED)))
def test_a_closed_customer_changes_exists_and_nothing_else(pair: EntryPair, standing: Status) -> None:
    open_ = asked(pair.applicant, on_file(pair.candidate)).verdict
    closed = asked(pair.applicant, on_file(pair.candidate, standing=standing)).verdict
    assert closed is (CLOSED[standing] if open_ is Verdict.EXISTS else open_)


@given(pair=ANY_PAIR)
def test_who_comes_first_does_not_matter(pair: EntryPair) -> None:
    there = asked(pair.applicant, on_file(pair.candidate))
    back = asked(pair.candidate, on_file(pair.applicant))
    assert (there.verdict, there.evidence) == (back.verdict, back.evidence)


@given(pair=ANY_PAIR, other=ANY_PAIR, data=st.data())
def test_another_candidate_never_lowers_the_verdict(pair: EntryPair, other: EntryPair, data: st.DataObject) -> None:
    first, second = on_file(pair.candidate), on_file(other.candidate, "7000000002")
    alone = asked(pair.applicant, first).verdict
    listed = data.draw(st.permutations([first, second]))
    assert RANK[asked(pair.applicant, *listed).verdict] <= RANK[alone]


@given(pair=ANY_PAIR)
def test_what_is_said_names_nobody(pair: EntryPair) -> None:
    found = asked(pair.applicant, on_file(pair.candidate))
    texts = [pair.applicant.name, pair.candidate.name, *(one.number for one in pair.candidate.documents)]
    shown = repr(found)
    assert not any(text.reveal() in shown for text in texts if text is not None and len(text.reveal()) > 1)


@given(pair=s.same_person_pairs(only=Mutation.NOTHING_BUT_GAPS))
def test_two_entries_without_documents_and_names_are_strangers(pair: EntryPair) -> None:
    one, other = (evolve(entry, name=None, documents=(), phones=()) for entry in (pair.applicant, pair.candidate))
    assert asked(one, on_file(other)).verdict is Verdict.UNDECIDABLE
