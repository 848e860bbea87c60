"""What the desk answers about the roster: each ground by its code, and for every question the laws of fold and of replay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.decision import Allowed, Approval, Decision, Occasion, Outcome
from custmaster.dedup.alias_events import NumberClosed, NumberOpened
from custmaster.dedup.aliases import replay, resolve
from custmaster.desk import (
    accept,
    add_helper,
    assign_to,
    convert,
    drop_helper,
    enlist,
    erase_due,
    hand_over,
    leave_post,
    propose,
    reject,
    return_to_pool,
    revise,
    strike_off,
    withdraw,
)
from custmaster.desk.roster_facts import OfStaff, RosterBook, RosterFacts, ToStaff
from custmaster.errors import CustmasterError, InvalidValue
from custmaster.handbook import Language, default, parse, render
from custmaster.roster import (
    Assignment,
    EntryState,
    Outlet,
    Post,
    Posting,
    Proposal,
    Prospect,
    Role,
    RosterEntry,
    Source,
    Staff,
    StruckFor,
    evolve,
)
from custmaster.value._packaged import read_text as packaged
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.span import Span
from custmaster.wire import decision_from_json, decision_to_json

DAY, LISTED, GONE = date(2026, 11, 28), date(2026, 1, 5), date(2026, 11, 1)
PAGE = default().on(DAY)
HERE, THERE = "0101", "0102"
CUSTOMER, OTHER = "6000000001", "6000000002"


def member(number: str, *outlets: str, **more: Any) -> Staff:
    return Staff(number=number, postings=[Posting(post=Post.TELLER, outlet=one) for one in outlets], **more)


ANN, BEN, EVE = member("S-1", HERE), member("S-2", HERE, THERE), member("S-3", HERE, capacity=1)
LEFT = Staff(number="S-4", postings=[Posting(post=Post.TELLER, outlet=HERE, valid=Span(date(2026, 1, 10), GONE))])


def held(staff: str, role: Role = Role.MAINTAINER, outlet: str = HERE) -> Assignment:
    return Assignment(staff=staff, outlet=outlet, role=role, since=date(2026, 2, 1), by="S-9")


def entry(number: str = "E-1", **more: Any) -> RosterEntry:
    basis: dict[str, Any] = {"customer": CUSTOMER, "level": "金卡", "source": Source.SYSTEM, "listed_on": LISTED}
    return RosterEntry(number=number, **(basis | more))


def offer(staff: str, outlet: str = HERE) -> Proposal:
    return Proposal(staff=staff, outlet=outlet, on=date(2026, 3, 1), by="S-9")


POOLED = entry()
OFFERED = entry(state=EntryState.PROPOSED, proposal=offer("S-1"))
KEPT = entry(state=EntryState.MAINTAINED, maintainer=held("S-1"))
GOING = entry(state=EntryState.HANDING_OVER, maintainer=held("S-1"), proposal=offer("S-2"))
HELPED = entry(state=EntryState.MAINTAINED, maintainer=held("S-1"), helpers=[held("S-2", Role.CO_MANAGER)])
STRUCK = entry(state=EntryState.STRUCK_OFF, struck_off_on=DAY, struck_off_for=StruckFor.OUTLET)
PERSON = Prospect(reference="P-1", name=Name("张玮"), consent="signed", consent_on=LISTED, erase_by=date(2027, 1, 5))
SOUGHT: dict[str, Any] = {"customer": None, "prospect": PERSON, "source": Source.OTHER_BANK, "nominator": "S-1"}
WANTED = entry("E-2", **SOUGHT)
OVERDUE = entry("E-2", **(SOUGHT | {"prospect": changed(PERSON, erase_by=DAY)}))
LEDGER = replay(
    [
        *(NumberOpened(number=one, on=LISTED, request_id="O") for one in (CUSTOMER, OTHER)),
        NumberClosed(number=OTHER, on=GONE, request_id="C"),
    ]
)

Ask = Callable[[RosterFacts, Occasion], Decision]


def at(day: date = DAY, **more: Any) -> Occasion:
    return Occasion(day=day, actor="S-9", request_id="T-1", **more)


def book(*entries: RosterEntry, staff: Iterable[Staff] = (ANN, BEN, EVE, LEFT)) -> RosterBook:
    return RosterBook(entries=entries, staff=staff)


def about(question: Any, asked: Any) -> Ask:
    return lambda facts, occasion: question.decide(asked, facts, occasion, PAGE)


def codes(answer: Decision) -> list[str]:
    for reason in answer.reasons:
        for lang in Language:
            assert "{" not in render(reason.code, reason.facts, lang)
    return [reason.code.value for reason in answer.reasons]


def to(staff: str, outlet: str = HERE, number: str = "E-1") -> ToStaff:
    return ToStaff(entry=number, staff=staff, outlet=outlet)


def of(staff: str, number: str = "E-1") -> OfStaff:
    return OfStaff(entry=number, staff=staff, reason="why")


def giving(giver: str = "S-1", staff: str = "S-2") -> hand_over.HandOver:
    return hand_over.HandOver(entry="E-1", giver=giver, staff=staff, outlet=HERE, reason="leave")


# question, the entry that it is asked about, the state that it leads to
GOOD: list[tuple[str, Ask, RosterEntry, EntryState]] = [
    ("propose", about(propose, to("S-1")), POOLED, EntryState.PROPOSED),
    ("propose to another", about(propose, to("S-2", THERE)), KEPT, EntryState.HANDING_OVER),
    ("accept", about(accept, of("S-1")), OFFERED, EntryState.MAINTAINED),
    ("accept from another", about(accept, of("S-2")), GOING, EntryState.MAINTAINED),
    ("reject", about(reject, of("S-1")), OFFERED, EntryState.POOLED),
    ("reject a handover", about(reject, of("S-2")), GOING, EntryState.MAINTAINED),
    ("withdraw", about(withdraw, of("S-2")), GOING, EntryState.MAINTAINED),
    ("assign", about(assign_to, to("S-3")), POOLED, EntryState.MAINTAINED),
    ("hand over", about(hand_over, giving()), KEPT, EntryState.MAINTAINED),
    ("hand over to a helper", about(hand_over, giving()), HELPED, EntryState.MAINTAINED),
    ("return", about(return_to_pool, of("S-1")), KEPT, EntryState.POOLED),
    ("return what is offered", about(return_to_pool, of("S-1")), GOING, EntryState.PROPOSED),
    ("help", about(add_helper, to("S-2")), KEPT, EntryState.MAINTAINED),
    ("cease to help", about(drop_helper, of("S-2")), HELPED, EntryState.MAINTAINED),
    ("strike off", about(strike_off, strike_off.StrikeOff(entry="E-1")), GOING, EntryState.STRUCK_OFF),
    ("revise", about(revise, revise.Revision(entry="E-1", level="普通", needs=["理财"])), KEPT, EntryState.MAINTAINED),
    (
        "leave",
        about(leave_post, leave_post.LeavePost(staff="S-4")),
        changed(KEPT, maintainer=held("S-4")),
        EntryState.POOLED,
    ),
    ("erase", lambda facts, occasion: erase_due.decide(facts, occasion, PAGE), OVERDUE, EntryState.STRUCK_OFF),
]
EACH = pytest.mark.parametrize(("ask", "before", "reached"), [row[1:] for row in GOOD], ids=[row[0] for row in GOOD])


def fold(before: RosterEntry, answer: Decision) -> RosterEntry:
    assert isinstance(answer, Allowed), codes(answer)
    for event in answer.events:
        before = evolve(before, event)  # type: ignore[arg-type]
    return before


@EACH
def test_fold_the_entry_takes_every_event_that_is_allowed(ask: Ask, before: RosterEntry, reached: EntryState) -> None:
    after = fold(before, ask(RosterFacts(book=book(before)), at()))
    assert after.state is reached
    assert after != before


@EACH
def test_replay_the_same_request_gives_the_stored_answer(ask: Ask, before: RosterEntry, reached: EntryState) -> None:
    given = ask(RosterFacts(book=book(before)), at())
    after = fold(before, given)
    assert ask(RosterFacts(book=book(after), earlier=given), at()) is given
    assert ask(RosterFacts(book=book(before)), at()) == given


@EACH
def test_an_answer_of_another_request_is_told_apart(ask: Ask, before: RosterEntry, reached: EntryState) -> None:
    stored = about(strike_off, strike_off.StrikeOff(entry="E-9"))(RosterFacts(book=book(entry("E-9"))), at())
    assert codes(ask(RosterFacts(book=book(before), earlier=stored), at())) == ["REQUEST_ID_REUSED"]
    other = Occasion(day=DAY, actor="S-9", request_id="T-2")
    with pytest.raises(CustmasterError, match="another request"):
        ask(RosterFacts(book=book(before), earlier=stored), other)


@EACH
def test_a_day_before_the_last_event_is_refused(ask: Ask, before: RosterEntry, reached: EntryState) -> None:
    if before.prospect is None:
        early = at(date(2026, 1, 4))
        assert "ENTRY_DAY_TOO_EARLY" in codes(ask(RosterFacts(book=book(before)), early))


EVERY = [
    POOLED,
    OFFERED,
    KEPT,
    GOING,
    HELPED,
    STRUCK,
    changed(STRUCK, struck_off_for=StruckFor.MERGED),
    WANTED,
    OVERDUE,
]


@pytest.mark.parametrize("before", EVERY, ids=lambda one: f"{one.number}-{one.state}")
@pytest.mark.parametrize("ask", [row[1] for row in GOOD], ids=[row[0] for row in GOOD])
def test_laws_hold_for_every_question_on_every_entry(ask: Ask, before: RosterEntry) -> None:
    """Fold: what is allowed the entry takes, and it still has at most one maintainer. Replay: the same bytes, also on the wire."""
    before = changed(before, number="E-2" if ask is GOOD[-1][1] else "E-1")
    facts = RosterFacts(book=book(before))
    answer = ask(facts, at())
    stored = decision_to_json(answer)
    assert decision_to_json(ask(facts, at())) == stored
    assert decision_from_json(stored) == answer
    if not isinstance(answer, Allowed):
        assert codes(answer)
        return
    after = fold(before, answer)
    assert ask(RosterFacts(book=book(after), earlier=decision_from_json(stored)), at()) == answer
    held_before = {one.staff for one in (before.maintainer, *before.helpers) if one is not None}
    assert held_before <= {one.staff for one in (after.maintainer, *after.helpers, *after.past) if one is not None}


@pytest.mark.parametrize(
    ("ask", "before", "told"),
    [
        (about(propose, to("S-1")), KEPT, ["MAINTAINS_ALREADY"]),
        (about(propose, to("S-1")), OFFERED, ["ENTRY_STATE"]),
        (about(propose, to("S-4")), POOLED, ["STAFF_OFF_POST"]),
        (about(propose, to("S-1", THERE)), POOLED, ["STAFF_OFF_POST"]),
        (about(propose, to("S-8")), STRUCK, ["ENTRY_STATE", "STAFF_UNKNOWN"]),
        (about(propose, to("S-1", number="E-2")), OVERDUE, ["PROSPECT_OVERDUE"]),
        (about(assign_to, to("S-2")), KEPT, ["ENTRY_STATE"]),
        (about(assign_to, to("S-2")), OFFERED, ["ENTRY_STATE"]),
        (about(accept, of("S-2")), OFFERED, ["OFFERED_TO_OTHER"]),
        (about(accept, of("S-2")), POOLED, ["ENTRY_STATE"]),
        (about(accept, of("S-4")), changed(OFFERED, proposal=offer("S-4")), ["STAFF_OFF_POST"]),
        (about(reject, of("S-2")), OFFERED, ["OFFERED_TO_OTHER"]),
        (about(withdraw, of("S-1")), KEPT, ["ENTRY_STATE"]),
        (about(withdraw, of("S-1")), GOING, ["OFFERED_TO_OTHER"]),
        (about(hand_over, giving(giver="S-3")), KEPT, ["MAINTAINED_BY_OTHER"]),
        (about(hand_over, giving(staff="S-1")), KEPT, ["MAINTAINS_ALREADY"]),
        (about(hand_over, giving()), GOING, ["ENTRY_STATE"]),
        (about(return_to_pool, of("S-2")), KEPT, ["MAINTAINED_BY_OTHER"]),
        (about(return_to_pool, of("S-2")), POOLED, ["ENTRY_STATE"]),
        (about(add_helper, to("S-2")), POOLED, ["ENTRY_STATE"]),
        (about(add_helper, to("S-1")), KEPT, ["MAINTAINS_ALREADY"]),
        (about(add_helper, to("S-2")), HELPED, ["CO_MANAGES_ALREADY"]),
        (about(add_helper, to("S-4")), KEPT, ["STAFF_OFF_POST"]),
        (about(drop_helper, of("S-3")), HELPED, ["NOT_CO_MANAGER"]),
        (about(strike_off, strike_off.StrikeOff(entry="E-1")), STRUCK, ["ENTRY_STATE"]),
        (about(revise, revise.Revision(entry="E-1", level="黑卡")), KEPT, ["LEVEL_UNKNOWN"]),
        (about(revise, revise.Revision(entry="E-1", needs=[])), STRUCK, ["ENTRY_STATE"]),
        (about(leave_post, leave_post.LeavePost(staff="S-2")), HELPED, ["NOTHING_TO_RETURN"]),
        (lambda facts, occasion: erase_due.decide(facts, occasion, PAGE), WANTED, ["NOTHING_TO_ERASE"]),
    ],
)
def test_r17_what_does_not_hold_is_refused_with_its_code(ask: Ask, before: RosterEntry, told: list[str]) -> None:
    answer = ask(RosterFacts(book=book(before)), at())
    assert codes(answer) == told
    assert answer.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("ask", "before"),
    [
        (about(propose, to("S-1")), POOLED),
        (about(assign_to, to("S-1")), POOLED),
        (about(accept, of("S-1")), OFFERED),
        (about(hand_over, giving()), KEPT),
        (about(add_helper, to("S-2")), KEPT),
    ],
)
def test_r17_an_outlet_that_is_loaded_is_open_on_the_day(ask: Ask, before: RosterEntry) -> None:
    for last, told in ((GONE, ["OUTLET_CLOSED"]), (None, [])):
        outlets = [Outlet(number=HERE, valid=Span(None, last)), Outlet(number=THERE, valid=Span(None, GONE))]
        facts = RosterFacts(book=changed(book(before), outlets=outlets))
        assert codes(ask(facts, at())) == told


def test_r17_nobody_is_listed_at_an_outlet_that_is_closed() -> None:
    here = entry(outlet=HERE)
    closed = changed(book(), outlets=[Outlet(number=HERE, valid=Span(DAY.replace(day=29), None))])
    asked = enlist.Enlisting(entry=changed(here, number=enlist.ASKED))
    for around, told in ((closed, ["OUTLET_CLOSED"]), (book(), [])):
        facts = enlist.EnlistFacts(book=around, kind=PartyKind.PERSON, standings=[resolve(LEDGER, CUSTOMER, DAY)])
        assert codes(enlist.decide(asked, facts, at(numbers=["E-7"]), PAGE)) == told


def test_an_outlet_that_stands_twice_in_a_book_is_an_error() -> None:
    with pytest.raises(InvalidValue, match="outlets"):
        changed(book(), outlets=[Outlet(number=HERE)] * 2)


def test_all_reasons_are_told_at_once() -> None:
    full = member("S-3", capacity=0)
    answer = about(assign_to, to("S-3"))(RosterFacts(book=book(OFFERED, staff=[full])), at(LISTED))
    assert codes(answer) == ["ENTRY_STATE", "ENTRY_DAY_TOO_EARLY", "STAFF_OFF_POST", "STAFF_FULL"]


def test_an_entry_that_was_not_loaded_is_the_callers_bug() -> None:
    with pytest.raises(CustmasterError, match="not loaded"):
        about(propose, to("S-1"))(RosterFacts(book=book()), at())


# --- seats (field.md idea 11) ---------------------------------------------------------------------------------------------


def test_two_proposals_never_share_the_last_seat() -> None:
    """A variant that counts only what is maintained would let the second proposal through."""
    first, second = POOLED, entry("E-2", customer=OTHER)
    offered = fold(first, about(propose, to("S-3"))(RosterFacts(book=book(first, second)), at()))
    answer = about(propose, to("S-3", number="E-2"))(RosterFacts(book=book(offered, second)), at())
    assert codes(answer) == ["STAFF_FULL"]
    assert dict(answer.reasons[0].facts)["taken"] == 1
    taken = fold(offered, about(accept, of("S-3"))(RosterFacts(book=book(offered, second)), at()))
    assert taken.maintainer is not None
    assert codes(about(assign_to, to("S-3", number="E-2"))(RosterFacts(book=book(taken, second)), at())) == [
        "STAFF_FULL"
    ]


def test_helping_takes_no_seat() -> None:
    busy = entry("E-2", customer=OTHER, state=EntryState.MAINTAINED, maintainer=held("S-3"))
    answer = about(add_helper, to("S-3"))(RosterFacts(book=book(KEPT, busy)), at())
    assert codes(answer) == []


def test_the_handbook_may_keep_no_helpers() -> None:
    sheet = packaged("default.toml").replace(
        'value = true\narticle = "文一 四、1"', 'value = false\narticle = "文一 四、1"'
    )
    page = parse(sheet).on(DAY)
    answer = add_helper.decide(to("S-2"), RosterFacts(book=book(KEPT)), at(), page)
    assert codes(answer) == ["CO_MANAGERS_NOT_KEPT"]
    assert answer.reasons[0].citation.key == "roster.co_managers"


# --- history (R-17) -------------------------------------------------------------------------------------------------------


def test_r17_a_handover_keeps_who_maintained_before() -> None:
    after = fold(HELPED, about(hand_over, giving())(RosterFacts(book=book(HELPED)), at()))
    assert after.maintainer is not None
    assert (after.maintainer.staff, after.maintainer.reason, after.maintainer.since) == ("S-2", "leave", DAY)
    assert [(one.staff, one.role, one.until) for one in after.past] == [
        ("S-1", Role.MAINTAINER, DAY),
        ("S-2", Role.CO_MANAGER, DAY),
    ]
    assert after.helpers == ()


def test_a_handover_states_why() -> None:
    with pytest.raises(InvalidValue):
        hand_over.HandOver(entry="E-1", giver="S-1", staff="S-2", outlet=HERE, reason=" ")


def test_a_revision_states_something_and_only_what_it_states_is_recorded() -> None:
    with pytest.raises(InvalidValue):
        revise.Revision(entry="E-1")
    needs = fold(KEPT, about(revise, revise.Revision(entry="E-1", needs=["贷款"]))(RosterFacts(book=book(KEPT)), at()))
    level = fold(KEPT, about(revise, revise.Revision(entry="E-1", level="白金卡"))(RosterFacts(book=book(KEPT)), at()))
    assert (needs.level, needs.needs, needs.level_since) == ("金卡", ("贷款",), None)
    assert (level.level, level.needs, level.level_since) == ("白金卡", (), DAY)


def test_r14_needs_that_the_source_asks_for_are_not_taken_away() -> None:
    asked = changed(KEPT, source=Source.FURTHER_NEEDS, nominator="S-1", needs=["理财"])
    answer = about(revise, revise.Revision(entry="E-1", needs=[]))(RosterFacts(book=book(asked)), at())
    assert codes(answer) == ["SOURCE_FIELD_MISSING"]


# --- leaving a post -------------------------------------------------------------------------------------------------------


def test_whoever_leaves_a_post_leaves_what_was_held_there() -> None:
    entries = (
        entry("E-1", state=EntryState.HANDING_OVER, maintainer=held("S-1"), proposal=offer("S-4")),
        entry("E-2", customer=OTHER, state=EntryState.HANDING_OVER, maintainer=held("S-4"), proposal=offer("S-1")),
        entry(
            "E-3",
            customer="6000000003",
            state=EntryState.MAINTAINED,
            maintainer=held("S-1"),
            helpers=[held("S-4", Role.CO_MANAGER)],
        ),
        entry("E-4", customer="6000000004", state=EntryState.MAINTAINED, maintainer=held("S-1")),
    )
    answer = about(leave_post, leave_post.LeavePost(staff="S-4"))(RosterFacts(book=book(*entries)), at())
    assert isinstance(answer, Allowed)
    told = [(type(event).__name__, event.number) for event in answer.events]  # type: ignore[attr-defined]
    assert told == [("EntryWithdrawn", "E-1"), ("EntryReturned", "E-2"), ("CoManagerRemoved", "E-3")]
    states = [evolve(one, event).state for one, event in zip(entries, answer.events, strict=False)]  # type: ignore[arg-type]
    assert states == [EntryState.MAINTAINED, EntryState.PROPOSED, EntryState.MAINTAINED]


def test_whoever_moves_to_another_outlet_keeps_what_is_held_there() -> None:
    moved = member("S-1", THERE)
    there = entry("E-2", customer=OTHER, state=EntryState.MAINTAINED, maintainer=held("S-1", outlet=THERE))
    answer = about(leave_post, leave_post.LeavePost(staff="S-1"))(
        RosterFacts(book=book(KEPT, there, staff=[moved])), at()
    )
    assert [event.number for event in answer.events] == ["E-1"]  # type: ignore[union-attr]


def test_whoever_is_on_post_leaves_nothing_and_whoever_is_not_known_leaves_all() -> None:
    ask = about(leave_post, leave_post.LeavePost(staff="S-1"))
    assert codes(ask(RosterFacts(book=book(KEPT)), at())) == ["NOTHING_TO_RETURN"]
    assert codes(ask(RosterFacts(book=book(KEPT, staff=[])), at())) == []


# --- listing and converting --------------------------------------------------------------------------


def listing(
    subject: RosterEntry, *others: RosterEntry, kind: PartyKind | None = PartyKind.PERSON, **more: Any
) -> Decision:
    asked = enlist.Enlisting(entry=changed(subject, number=enlist.ASKED))
    standings = [resolve(LEDGER, subject.customer, DAY)] if subject.customer is not None else []
    facts = enlist.EnlistFacts(book=book(*others), kind=kind, standings=standings, **more)
    return enlist.decide(asked, facts, at(numbers=["E-7"]), PAGE)


def test_a_customer_is_listed_in_the_pool_under_the_reserved_number() -> None:
    answer = listing(POOLED)
    assert isinstance(answer, Allowed), codes(answer)
    listed = evolve(None, answer.events[0])  # type: ignore[arg-type]
    assert (listed.number, listed.customer, listed.state, listed.listed_on) == ("E-7", CUSTOMER, EntryState.POOLED, DAY)
    assert listing(POOLED, listed, earlier=answer) is answer
    assert codes(listing(changed(POOLED, level="白金卡"), earlier=answer)) == ["REQUEST_ID_REUSED"]


def test_r02_a_corporate_customer_is_never_on_the_roster() -> None:
    answer = listing(POOLED, kind=PartyKind.UNIT)
    assert (codes(answer), answer.outcome) == (["NOT_INDIVIDUAL"], Outcome.REFUSED)
    assert codes(listing(POOLED, kind=None)) == ["NOT_INDIVIDUAL"]


def test_who_is_unknown_or_not_active_is_not_listed() -> None:
    assert codes(listing(changed(POOLED, customer="6000000009"), kind=None)) == ["CUSTOMER_UNKNOWN"]
    assert codes(listing(changed(POOLED, customer=OTHER))) == ["CUSTOMER_NOT_ACTIVE"]


def test_nobody_is_on_the_roster_twice() -> None:
    assert codes(listing(POOLED, KEPT)) == ["ALREADY_ON_ROSTER"]
    assert codes(listing(POOLED, STRUCK)) == []
    assert codes(listing(WANTED, WANTED)) == ["ALREADY_ON_ROSTER"]
    assert codes(listing(WANTED, changed(KEPT, was_prospect="P-1"))) == ["ALREADY_ON_ROSTER"]
    with pytest.raises(CustmasterError, match="two live entries"):
        listing(POOLED, KEPT, entry("E-2"))


def test_an_entry_gets_a_number_that_is_free() -> None:
    asked = enlist.Enlisting(entry=changed(POOLED, number=enlist.ASKED))
    standings = [resolve(LEDGER, CUSTOMER, DAY)]
    facts = enlist.EnlistFacts(book=book(), kind=PartyKind.PERSON, standings=standings)
    assert codes(enlist.decide(asked, facts, at(), PAGE)) == ["ENTRY_NUMBER_NOT_RESERVED"]
    assert codes(listing(POOLED, taken=["E-7"])) == ["ENTRY_NUMBER_TAKEN"]
    assert codes(listing(POOLED, entry("E-7", customer=OTHER))) == ["ENTRY_NUMBER_TAKEN"]


@pytest.mark.parametrize(
    "bad", [POOLED, changed(KEPT, number="REQUESTED"), changed(POOLED, number="REQUESTED", was_prospect="P")]
)
def test_what_is_asked_for_has_neither_number_nor_history(bad: RosterEntry) -> None:
    with pytest.raises(InvalidValue):
        enlist.Enlisting(entry=bad)


def test_b8_11_no_approval_lists_a_prospect_that_is_to_be_erased() -> None:
    answer = listing(OVERDUE)
    assert (codes(answer), answer.outcome) == (["PROSPECT_OVERDUE"], Outcome.REVIEW)
    asked = enlist.Enlisting(entry=changed(OVERDUE, number=enlist.ASKED))
    lifted = Approval(by="S-8", reason="x", codes=["PROSPECT_OVERDUE"])
    occasion = at(numbers=["E-7"], approvals=[lifted])
    assert enlist.decide(asked, enlist.EnlistFacts(book=book()), occasion, PAGE).outcome is Outcome.REVIEW


def converting(before: RosterEntry, *others: RosterEntry, customer: str = CUSTOMER, **more: Any) -> Decision:
    asked = convert.Conversion(entry=before.number, customer=customer)
    standings = [resolve(LEDGER, customer, DAY)]
    facts = enlist.EnlistFacts(book=book(before, *others), kind=PartyKind.PERSON, standings=standings, **more)
    return convert.decide(asked, facts, at(), PAGE)


def test_r08_a_prospect_becomes_a_customer_and_loses_no_history() -> None:
    before = changed(
        WANTED, state=EntryState.MAINTAINED, maintainer=held("S-1"), past=[changed(held("S-2"), until=DAY)]
    )
    answer = converting(before)
    after = fold(before, answer)
    assert (after.customer, after.prospect, after.was_prospect) == (CUSTOMER, None, "P-1")
    assert (after.maintainer, after.past, after.state) == (before.maintainer, before.past, before.state)
    assert converting(after, earlier=answer) is answer


def test_what_stands_against_converting() -> None:
    assert codes(converting(WANTED, KEPT)) == ["ALREADY_ON_ROSTER"]
    assert codes(converting(WANTED, customer=OTHER)) == ["CUSTOMER_NOT_ACTIVE"]
    assert codes(converting(KEPT)) == ["NOT_A_PROSPECT"]


def test_b8_11_an_erased_prospect_leaves_its_reference_only_also_of_an_entry_that_was_struck_off() -> None:
    before = changed(OVERDUE, state=EntryState.STRUCK_OFF, struck_off_on=GONE, struck_off_for=StruckFor.OUTLET)
    after = fold(before, erase_due.decide(RosterFacts(book=book(before)), at(), PAGE))
    assert (after.prospect, after.subject, after.struck_off_on) == (None, "P-1", GONE)
    assert after.struck_off_for is StruckFor.ERASED
    assert codes(erase_due.decide(RosterFacts(book=book(after)), at(), PAGE)) == ["NOTHING_TO_ERASE"]


def test_a_book_holds_each_entry_and_each_staff_member_once() -> None:
    with pytest.raises(InvalidValue):
        book(POOLED, KEPT)
    with pytest.raises(InvalidValue):
        book(staff=[ANN, ANN])
    assert book(POOLED, staff=[BEN, ANN]).staff == (ANN, BEN)
