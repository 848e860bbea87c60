"""What holds for every question of the desk: replay, fold, one number a customer, one answer a request, no personal data."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from attrs import evolve as changed
from attrs import frozen
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from custmaster.customer.entry import Entry
from custmaster.customer.events import Deleted, Merged, Opened, evolve
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.decision import Allowed, Approval, Decision, Occasion, Outcome, Refused
from custmaster.dedup.check import Candidate
from custmaster.dedup.keys import keys
from custmaster.desk import open as opening
from custmaster.desk import reactivate, remove
from custmaster.desk.open import Opening, OpeningFacts
from custmaster.desk.reactivate import ReactivationFacts
from custmaster.desk.remove import RemovalFacts
from custmaster.errors import InvalidValue
from custmaster.handbook import Language, customer_number_plan, default, render
from custmaster.testing.strategies import Grade, entries
from custmaster.value.number_plan import Block, Exhausted, allocate
from custmaster.wire import decision_from_json, decision_to_json

TODAY = date(2026, 11, 23)
PAGE = default().on(TODAY)
PLAN = customer_number_plan(PAGE)
BOTH = ("BP", "EUSP")
fewer = settings(
    max_examples=settings.default.max_examples * 2 // 5
)  # a question is a large input; a search still asks many
FREE = RemovalFacts(open_accounts=0, live_cards=0, live_contracts=(), roster_entries=0)


def review_codes() -> list[str]:
    """Every code of the desk and below: an approval may name any of them."""
    from custmaster.customer.codes import EntryCode
    from custmaster.customer.elements import ElementCode
    from custmaster.dedup.codes import ExistenceCode
    from custmaster.desk.codes import DeskCode

    return [code.value for enum in (EntryCode, ElementCode, ExistenceCode, DeskCode) for code in enum]


CODES = review_codes()
ALL_LIFTED = Approval(by="S-0007", reason="seen", codes=CODES)


@frozen(kw_only=True)
class Asked:
    """One question about opening."""

    request: Opening
    facts: OpeningFacts
    occasion: Occasion

    def answer(self) -> Decision:
        return opening.decide(self.request, self.facts, self.occasion, PAGE)


numbers = st.integers(6_000_000_000, 6_000_000_009).map(str)
odd_numbers = st.sampled_from(["1000000001", "5000000000", "", "6", "x" * 40])
searches = st.sampled_from([BOTH, BOTH, ("BP",)])
strangers = entries().map(lambda entry: Candidate(number="6000000100", entry=entry))
applicants = st.one_of(entries(), entries(), entries(grade=Grade.HOSTILE))


@st.composite
def candidates(draw: st.DrawFn, applicant: Entry) -> Candidate:
    """Somebody on file: the applicant again, whole or in part, or a stranger."""
    entry = draw(
        st.sampled_from(
            [applicant, changed(applicant, documents=()), changed(applicant, name=None), changed(applicant, phones=())]
        )
        | entries()
    )
    status = draw(st.sampled_from(Status))
    into = draw(st.sampled_from(["6000000100", "6000000101"])) if status is Status.MERGED else None
    return Candidate(number=draw(numbers), status=status, merged_into=into, entry=entry)


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    """Any question; every second one is plain, so that the answer is often Allowed."""
    plain = draw(st.booleans())
    applicant = draw(entries() if plain else applicants)
    try:
        request = Opening(applicant=applicant)
    except InvalidValue:
        assume(False)
        raise
    if plain:
        return Asked(
            request=request,
            facts=OpeningFacts(candidates=draw(st.lists(strangers, max_size=1)), searched=draw(searches)),
            occasion=Occasion(
                day=TODAY, actor="S-0042", request_id="T-1", numbers=[draw(numbers)], approvals=[ALL_LIFTED]
            ),
        )
    listed = draw(st.lists(candidates(applicant), max_size=4))
    facts = OpeningFacts(
        candidates=listed,
        searched=draw(st.sampled_from([BOTH, BOTH, ("BP",), ()])),
        taken=draw(st.lists(numbers, max_size=2)),
    )
    lifted = draw(st.lists(st.sampled_from(CODES), max_size=6))
    occasion = Occasion(
        day=TODAY + timedelta(days=draw(st.integers(-400, 400))),
        actor="S-0042",
        request_id="T-1",
        numbers=draw(st.lists(st.one_of(numbers, numbers, odd_numbers), max_size=2)),
        approvals=draw(st.sampled_from([(), (ALL_LIFTED,), (Approval(by="S-0007", reason="seen", codes=lifted),)])),
    )
    return Asked(request=request, facts=facts, occasion=occasion)


# --- replay, fold, order ------------------------------------------------------------------------------------------------


@fewer
@given(asked=questions())
def test_the_same_input_gives_an_equal_answer(asked: Asked) -> None:
    again = Asked(
        request=Opening(applicant=asked.request.applicant),
        facts=changed(asked.facts),
        occasion=changed(asked.occasion),
    )
    assert again.answer() == asked.answer()
    assert decision_to_json(again.answer()) == decision_to_json(asked.answer())


@fewer
@given(asked=questions())
def test_an_answer_that_was_stored_answers_its_request_again(asked: Asked) -> None:
    answer = asked.answer()
    stored = decision_from_json(decision_to_json(answer))
    assert stored == answer
    plain = changed(asked, occasion=changed(asked.occasion, approvals=()), facts=changed(asked.facts, earlier=stored))
    assert plain.answer() == answer


@fewer
@given(asked=questions(), data=st.data())
def test_the_order_of_what_was_found_does_not_matter(asked: Asked, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(asked.facts.candidates))
    systems = data.draw(st.permutations(asked.facts.searched))
    other = changed(asked, facts=changed(asked.facts, candidates=shuffled, searched=systems))
    assert other.answer() == asked.answer()


@fewer
@given(asked=questions())
def test_the_record_takes_every_event_that_opening_emits(asked: Asked) -> None:
    answer = asked.answer()
    if not isinstance(answer, Allowed):
        return
    (event,) = answer.events
    assert isinstance(event, Opened)
    record = evolve(None, event)
    assert (record.status, record.number) == (Status.ACTIVE, asked.occasion.numbers[0])
    assert PLAN.range_of(record.number) is not None
    assert record == event.customer


def test_questions_that_are_allowed_do_occur() -> None:
    """The laws above would hold of nothing but refusals."""
    seen: set[Outcome] = set()

    @settings(max_examples=120, database=None)
    @given(asked=questions())
    def look(asked: Asked) -> None:
        seen.add(asked.answer().outcome)

    look()
    assert seen == set(Outcome)


@fewer
@given(asked=questions())
def test_no_approval_lifts_a_refusal_or_a_system_that_was_not_searched(asked: Asked) -> None:
    answer = changed(asked, occasion=changed(asked.occasion, approvals=[ALL_LIFTED])).answer()
    refused = any(reason.outcome is Outcome.REFUSED for reason in answer.reasons)
    unsearched = any(reason.code.value == "SYSTEM_NOT_SEARCHED" for reason in answer.reasons)
    assert isinstance(answer, Refused) == refused
    assert isinstance(answer, Allowed) == (not refused and not unsearched)


@fewer
@given(asked=questions(), more=st.data())
def test_another_candidate_never_makes_a_better_answer(asked: Asked, more: st.DataObject) -> None:
    rank = list(Outcome).index
    entry = asked.request.applicant.entry(TODAY)
    one = more.draw(candidates(entry))
    wider = changed(asked, facts=changed(asked.facts, candidates=(*asked.facts.candidates, one)))
    found = [reason.code.value for reason in asked.answer().reasons]
    if "SYSTEM_NOT_SEARCHED" in found or "DOCUMENT_NOT_GIVEN" in found:
        return  # what is found makes it needless to say what was not searched
    assert rank(wider.answer().outcome) >= rank(asked.answer().outcome)


# --- one answer a request -----------------------------------------------------------------------------------------------


@fewer
@given(asked=questions(), data=st.data())
def test_a_final_answer_stands_for_its_request_whatever_is_found_later(asked: Asked, data: st.DataObject) -> None:
    first = asked.answer()
    assume(isinstance(first, Allowed | Refused))
    applicant = asked.request.applicant.entry(TODAY)
    later = changed(
        asked,
        facts=OpeningFacts(
            candidates=data.draw(st.lists(candidates(applicant), max_size=2)),
            searched=data.draw(st.sampled_from([BOTH, ()])),
            earlier=first,
        ),
        occasion=changed(asked.occasion, numbers=data.draw(st.lists(numbers, max_size=1))),
    )
    assert later.answer() == first


# --- a bank in small: numbers, removing, reactivating --------------------------------------------------------------------


class Host:
    """What a host does: it keeps records and answers, reserves numbers, and looks up keys."""

    def __init__(self) -> None:
        self.records: dict[str, Customer] = {}
        self.given: list[str] = []
        self.block: Block = PLAN.block("6000000000", "6000000999")
        self.asked = 0

    def occasion(self, numbers: tuple[str, ...] = ()) -> Occasion:
        self.asked += 1
        return Occasion(
            day=TODAY, actor="S-0042", request_id=f"T-{self.asked}", numbers=numbers, approvals=[ALL_LIFTED]
        )

    def found(self, entry: Entry) -> tuple[Candidate, ...]:
        wanted = {key.reveal() for key in keys(entry)}
        listed = [(record, record.entry(TODAY)) for record in self.records.values()]
        return tuple(
            Candidate(number=record.number, status=record.status, merged_into=record.merged_into, entry=known)
            for record, known in listed
            if wanted & {key.reveal() for key in keys(known)}
        )

    def keep(self, answer: Decision) -> None:
        if isinstance(answer, Allowed):
            (event,) = answer.events
            if isinstance(event, Opened):
                self.given.append(event.number)
            self.records[event.number] = evolve(self.records.get(event.number), event)  # type: ignore[attr-defined]

    def open(self, entry: Entry, *, stale: bool = False) -> None:
        """Open with the next number of the block, or with one that a lost block still holds."""
        reserved = allocate(self.block)
        assert not isinstance(reserved, Exhausted)
        number, rest = (self.given[0], self.block) if stale and self.given else reserved
        facts = OpeningFacts(candidates=self.found(entry), searched=BOTH, taken=self.records)
        answer = opening.decide(Opening(applicant=entry), facts, self.occasion((number,)), PAGE)
        if isinstance(answer, Allowed):
            self.block = rest
        self.keep(answer)

    def remove(self, number: str) -> None:
        self.keep(remove.decide(self.records[number], FREE, self.occasion(), PAGE))

    def merge(self, number: str, into: str) -> None:
        if self.records[number].status is Status.ACTIVE is self.records[into].status and number != into:
            when = self.occasion()
            event = Merged(on=when.day, actor=when.actor, request_id=when.request_id, number=number, into=into)
            self.records[number] = evolve(self.records[number], event)

    def reactivate(self, number: str) -> None:
        record = self.records[number]
        facts = ReactivationFacts(candidates=self.found(record.entry(TODAY)), searched=BOTH)
        self.keep(reactivate.decide(record, facts, self.occasion(), PAGE))


steps = st.lists(
    st.tuples(st.sampled_from(["open", "open", "remove", "reactivate", "merge"]), st.integers(0, 3), st.integers(0, 3)),
    min_size=4,
    max_size=14,
)


@given(people=st.lists(entries(), min_size=1, max_size=3), listed=steps)
@fewer
def test_a_number_is_never_given_twice_and_nobody_is_active_twice(
    people: list[Entry], listed: list[tuple[str, int, int]]
) -> None:
    host = Host()
    for what, one, other in listed:
        if what == "open":
            host.open(people[one % len(people)], stale=other == 0)
        elif host.given:
            number, into = host.given[one % len(host.given)], host.given[other % len(host.given)]
            host.merge(number, into) if what == "merge" else getattr(host, what)(number)
    assert len(host.given) == len(set(host.given))
    active = [record for record in host.records.values() if record.status is Status.ACTIVE]
    known = [(record.legal_name(TODAY), record.current_documents(TODAY)) for record in active]
    assert len(known) == len(set(known))


@given(person=entries(), times=st.integers(1, 4))
@fewer
def test_removing_and_reactivating_keeps_the_number_and_the_record(person: Entry, times: int) -> None:
    host = Host()
    host.open(person)
    assume(host.given)
    (number,) = host.given
    before = host.records[number]
    for _ in range(times):
        host.remove(number)
        assert host.records[number].status is Status.DELETED
        host.reactivate(number)
    after = host.records[number]
    assert host.given == [number]
    assert after.entry(TODAY) == before.entry(TODAY)
    assert after.status is Status.ACTIVE


@given(person=entries())
@fewer
def test_the_record_takes_every_event_of_removing_and_reactivating(person: Entry) -> None:
    host = Host()
    host.open(person)
    assume(host.given)
    host.remove(host.given[0])
    removed = host.records[host.given[0]]
    event = Deleted(on=TODAY, actor="S-0042", request_id="T-2", number=removed.number)
    again = remove.decide(removed, FREE, host.occasion(), PAGE)
    assert isinstance(again, Refused)  # what the record would not take, the desk does not emit
    assert [reason.code.value for reason in again.reasons] == ["NOT_ACTIVE"]
    assert removed == evolve(evolve(None, _opened(host.given[0], person)), event)


def _opened(number: str, person: Entry) -> Opened:
    when = Occasion(
        day=TODAY,
        actor="S-0042",
        request_id="T-1",
        numbers=[number],
        approvals=[ALL_LIFTED],
    )
    answer = opening.decide(Opening(applicant=person), OpeningFacts(searched=BOTH), when, PAGE)
    assert isinstance(answer, Allowed)
    (event,) = answer.events
    assert isinstance(event, Opened)
    return event


# --- no personal data ---------------------------------------------------------------------------------------------------


def _revealed(entry: Entry) -> list[str]:
    sealed: list[Any] = [entry.name, *entry.phones, *entry.addresses, entry.email]
    sealed += [document.number for document in entry.documents]
    texts = [one.reveal() for one in sealed if one is not None] + [entry.occupation or ""]
    return [text for text in texts if len(text) > 3]  # shorter ones stand in a code or a day by chance


@fewer
@given(asked=questions())
def test_no_reason_and_no_text_of_one_holds_personal_data(asked: Asked) -> None:
    answer = asked.answer()
    known = [candidate.entry.record for candidate in asked.facts.candidates]
    told = [repr(answer), repr(asked.facts), repr(asked.request)]
    told += [render(reason.code, reason.facts, lang) for reason in answer.reasons for lang in Language]
    said = "\n".join(told)
    for entry in (asked.request.applicant.entry(TODAY), *known):
        assert [text for text in _revealed(entry) if text in said] == []
