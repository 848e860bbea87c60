"""A direction: sender and receiver, reasons with their citations, what happens next; merges across owners; what a change is."""

from __future__ import annotations

from itertools import product

import pytest
from attrs import evolve

from custmaster.decision import Allowed, Outcome, Refused
from custmaster.decision import decide as settle
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.handbook import Language, render
from custmaster.sync import Catalogue, Cause, FieldRow, ForeignCreation, InitialLoad, Operation, Options, Scope, Share
from custmaster.sync.direction import Policy, as_decision, coordinates, decide, decide_merge, operations
from custmaster.sync.direction_codes import NextCode
from custmaster.value.number_plan import NumberPlan, NumberRange, Role

NEW = NumberRange(name="NEW", low="6000", high="6999", owner="BP")
OLD = NumberRange(name="OLD", low="1000", high="1999", owner="EUSP")
PLAN = NumberPlan(width=4, ranges=[NEW, OLD])
POLICY = Policy(plan=PLAN, handbook="2026.1+abc")


def codes(number: str, system: str, operation: Operation, cause: Cause = Cause.USER, policy: Policy = POLICY) -> str:
    return " ".join(str(reason.code) for reason in decide(number, system, operation, cause, policy).reasons)


@pytest.mark.parametrize(
    ("number", "system", "operation", "cause", "said"),
    [
        ("6500", "BP", Operation.CREATE, Cause.USER, "FULL_FROM_OWNER"),
        ("6500", "EUSP", Operation.CREATE, Cause.USER, "FOREIGN_CREATION"),
        ("6500", "EUSP", Operation.CHANGE_KEY, Cause.USER, "KEY_FROM_PEER"),
        ("6500", "EUSP", Operation.CHANGE_NONKEY, Cause.USER, "KEY_FROM_PEER NONKEY_DOES_NOT_STAY"),
        ("1500", "BP", Operation.REASSIGN, Cause.USER, "NOT_THE_OWNER"),
        ("1500", "EUSP", Operation.REASSIGN, Cause.USER, "OWNERSHIP_MOVES"),
        ("1500", "EUSP", Operation.REASSIGN, Cause.LOAD, "OPERATION_REJECTED"),
        ("1500", "EUSP", Operation.CREATE, Cause.LOAD, "STOCK_NOT_SENT"),
        ("1500", "BP", Operation.CREATE, Cause.REPLICA, "APPLIED_BY_SYNC"),
        ("1500", "BP", Operation.NO_CHANGE, Cause.USER, "NOTHING_CHANGED"),
        ("2500", "BP", Operation.NO_CHANGE, Cause.REPLICA, "NUMBER_IN_NO_RANGE"),
        ("65000", "BP", Operation.CREATE, Cause.USER, "NUMBER_IN_NO_RANGE"),
    ],
)
def test_the_codes_say_why(number: str, system: str, operation: Operation, cause: Cause, said: str) -> None:
    assert codes(number, system, operation, cause) == said


def test_sender_and_receiver_are_named_when_something_is_sent_and_only_then() -> None:
    for number, system, operation, cause in product(("6500", "1500", "2500"), PLAN.systems, Operation, Cause):
        found = decide(number, system, operation, cause, POLICY)
        sent = found.scope not in {Scope.NONE, Scope.REJECT}
        other = "EUSP" if system == "BP" else "BP"
        assert (found.sender, found.receiver) == ((system, other) if sent else (None, None))
        assert (found.role is None) == (number == "2500")
        assert found.handbook == "2026.1+abc"


def test_every_sentence_can_be_told_in_both_languages() -> None:
    full = Policy(plan=PLAN, options=Options(initial_load=InitialLoad.FULL))
    for policy, number, system, operation in product((POLICY, full), ("6500", "2500"), PLAN.systems, Operation):
        for cause, lang in product(Cause, Language):
            found = decide(number, system, operation, cause, policy)
            told = [render(str(reason.code), reason.facts, lang) for reason in found.reasons]
            told.append(render(found.next, found.ruling.facts, lang))
            assert all(told), found


def test_a_peer_s_other_fields_do_not_stay() -> None:
    found = decide("6500", "EUSP", Operation.CHANGE_NONKEY, Cause.USER, POLICY)
    assert (found.local_nonkey_survives, found.next) == (False, NextCode.NEXT_ANSWERED_BY_FULL)
    assert decide("6500", "EUSP", Operation.CHANGE_KEY, Cause.USER, POLICY).local_nonkey_survives
    assert decide("6500", "BP", Operation.CHANGE_NONKEY, Cause.USER, POLICY).local_nonkey_survives
    assert decide("2500", "BP", Operation.CHANGE_NONKEY, Cause.USER, POLICY).local_nonkey_survives
    proposing = Policy(plan=PLAN, options=Options(foreign_creation=ForeignCreation.KEY_PROPOSAL))
    assert not decide("6500", "EUSP", Operation.CREATE, Cause.USER, proposing).local_nonkey_survives


def test_reasons_cite_the_sentence_of_the_range_and_the_option() -> None:
    def cited(number: str, system: str, operation: Operation, cause: Cause = Cause.USER) -> list[tuple[str, object]]:
        reasons = decide(number, system, operation, cause, POLICY).reasons
        return [(reason.citation.article, reason.citation.key) for reason in reasons]

    assert cited("6500", "BP", Operation.CREATE) == [("R-69", None)]
    assert cited("1500", "EUSP", Operation.CREATE) == [("R-71", None)]
    assert cited("1500", "BP", Operation.CREATE) == [("R-71", "sync.foreign_creation")]
    assert cited("6500", "EUSP", Operation.CHANGE_NONKEY) == [
        ("R-70", "sync.peer_nonkey"),
        ("R-75", "sync.peer_nonkey"),
    ]
    assert cited("6500", "EUSP", Operation.RELATION) == [("R-64, R-70", None)]
    assert cited("1500", "EUSP", Operation.CREATE, Cause.LOAD) == [("R-72", "sync.initial_load")]
    assert cited("2500", "EUSP", Operation.CREATE) == [("R-73", "customer.number.ranges")]


def test_a_number_in_no_range_has_no_cell_and_no_sentence() -> None:
    found = decide("2500", "BP", Operation.CHANGE_KEY, Cause.USER, POLICY)
    assert (found.ruling.cell, found.sentences, found.next) == (None, (), NextCode.NEXT_CORRECT_AND_REPEAT)


def test_a_system_that_the_plan_does_not_know_is_a_caller_s_mistake() -> None:
    with pytest.raises(CustmasterError):
        decide("6500", "CDM", Operation.CREATE, Cause.USER, POLICY)


@pytest.mark.parametrize(
    ("plan", "options", "path"),
    [
        (NumberPlan(width=4, ranges=[NEW]), Options(), "plan"),
        (NumberPlan(width=4, ranges=[NEW, OLD], peers=["CDM"]), Options(), "plan"),
        (PLAN, Options(merge_coordinator="CDM"), "sync.merge_coordinator"),
    ],
)
def test_a_policy_is_between_two_systems_one_of_which_coordinates(
    plan: NumberPlan, options: Options, path: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        Policy(plan=plan, options=options)
    assert caught.value.path == path


def test_a_system_without_a_range_of_its_own_is_a_peer_everywhere() -> None:
    alone = Policy(plan=NumberPlan(width=4, ranges=[NEW], peers=["EUSP"]))
    assert decide("6500", "EUSP", Operation.CHANGE_KEY, Cause.USER, alone).role is Role.PEER


def test_a_decision_to_store_names_the_number_in_every_reason() -> None:
    sent = as_decision(decide("6500", "EUSP", Operation.CHANGE_NONKEY, Cause.USER, POLICY))
    assert isinstance(sent, Allowed)
    assert [(str(reason.code), reason.subject) for reason in sent.reasons] == [
        ("KEY_FROM_PEER", "6500"),
        ("NONKEY_DOES_NOT_STAY", "6500"),
    ]
    refused = as_decision(decide("6500", "EUSP", Operation.CREATE, Cause.USER, POLICY))
    assert isinstance(refused, Refused)
    assert (refused.outcome, refused.handbook) == (Outcome.REFUSED, "2026.1+abc")


def test_a_refused_direction_is_a_refused_decision_and_every_other_is_allowed() -> None:
    for number, system, operation, cause in product(("6500", "1500", "2500"), PLAN.systems, Operation, Cause):
        found = decide(number, system, operation, cause, POLICY)
        stored = as_decision(found)
        assert isinstance(stored, Refused if found.scope is Scope.REJECT else Allowed)
        assert stored == settle([evolve(reason, subject=number) for reason in found.reasons], handbook=POLICY.handbook)


# loser, survivor, system -> scope and first reason
@pytest.mark.parametrize(
    ("loser", "survivor", "system", "scope", "code"),
    [
        ("6500", "6600", "BP", "FULL", "FULL_FROM_OWNER"),
        ("6500", "6600", "EUSP", "KEY", "KEY_FROM_PEER"),
        ("1500", "1600", "BP", "KEY", "KEY_FROM_PEER"),
        ("6500", "1600", "BP", "FULL", "FULL_FROM_OWNER"),
        ("1500", "6600", "BP", "KEY", "KEY_FROM_PEER"),
        ("6500", "1600", "EUSP", "REJECT", "NOT_THE_COORDINATOR"),
        ("1500", "6600", "EUSP", "REJECT", "NOT_THE_COORDINATOR"),
        ("2500", "6600", "EUSP", "REJECT", "NUMBER_IN_NO_RANGE"),
        ("6500", "2600", "BP", "REJECT", "NUMBER_IN_NO_RANGE"),
    ],
)
def test_a_merge_across_owners_has_one_coordinator(
    loser: str, survivor: str, system: str, scope: str, code: str
) -> None:
    found = decide_merge(loser, survivor, system, POLICY)
    assert (found.scope.value, str(found.reasons[0].code)) == (scope, code)
    if scope == "REJECT":
        assert (found.sender, found.receiver) == (None, None)


def test_no_two_systems_may_start_merges_of_two_customers_in_opposite_directions() -> None:
    for one, other in product(("6500", "1500"), ("6600", "1600")):
        across = PLAN.range_of(one) != PLAN.range_of(other)
        may = [system for system in PLAN.systems if coordinates(one, other, system, PLAN, Options())]
        assert may == [system for system in PLAN.systems if coordinates(other, one, system, PLAN, Options())]
        assert len(may) == (1 if across else 2)


def test_the_coordinator_is_an_option_and_a_number_in_no_range_an_error() -> None:
    options = Options(merge_coordinator="EUSP")
    assert not coordinates("6500", "1500", "BP", PLAN, options)
    assert coordinates("6500", "1500", "EUSP", PLAN, options)
    with pytest.raises(InvalidValue) as caught:
        coordinates("6500", "2500", "BP", PLAN, options)
    assert caught.value.fault is Fault.RANGE


SHARED = Catalogue(
    fields=[
        FieldRow(name="name", share=Share.KEY),
        FieldRow(name="status", share=Share.KEY, group="life"),
        FieldRow(name="merged_into", share=Share.KEY, group="life"),
        FieldRow(name="relationship", share=Share.KEY, family=True),
        FieldRow(name="role", family=True),
        FieldRow(name="mobile"),
    ]
)


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ([], "NO_CHANGE"),
        (["teller_note"], "NO_CHANGE"),
        (["mobile", "teller_note"], "CHANGE_NONKEY"),
        (["role/GUARANTOR"], "CHANGE_NONKEY"),
        (["name"], "CHANGE_KEY"),
        (["mobile", "name"], "CHANGE_KEY CHANGE_NONKEY"),
        (["relationship/MARRIED_TO/6600", "name"], "CHANGE_KEY RELATION"),
        (["status"], "STATUS"),
        (["status", "merged_into"], "MERGE"),
    ],
)
def test_what_a_change_of_fields_is_to_sync(changed: list[str], found: str) -> None:
    assert " ".join(operations(changed, SHARED)) == found
