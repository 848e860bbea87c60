"""Decisions carry all reasons; an approval lifts what it names and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from custmaster.decision import (
    Allowed,
    Approval,
    Citation,
    Occasion,
    Outcome,
    Reason,
    Refused,
    Remark,
    Review,
    decide,
    worst,
)
from custmaster.errors import Fault, InvalidValue
from custmaster.value.name import Name


class Code(StrEnum):
    NOTE = "NOTE"
    DOUBT = "DOUBT"
    OTHER_DOUBT = "OTHER_DOUBT"
    WRONG = "WRONG"


def reason(code: Code, outcome: Outcome) -> Reason:
    return Reason(code=code, outcome=outcome, citation=Citation(article="R-54"))


NOTE = reason(Code.NOTE, Outcome.ALLOWED)
DOUBT = reason(Code.DOUBT, Outcome.REVIEW)
OTHER = reason(Code.OTHER_DOUBT, Outcome.REVIEW)
WRONG = reason(Code.WRONG, Outcome.REFUSED)


def approval(*codes: str) -> Approval:
    return Approval(by="S-1", reason="seen the original", codes=codes)


def test_worst_of_none_is_allowed_and_the_order_is_allowed_review_refused() -> None:
    assert worst([]) is Outcome.ALLOWED
    assert worst([Outcome.ALLOWED, Outcome.REVIEW]) is Outcome.REVIEW
    assert worst([Outcome.REFUSED, Outcome.REVIEW]) is Outcome.REFUSED


def test_no_reason_and_a_note_are_allowed_with_events() -> None:
    given = decide([NOTE], handbook="v", events=["opened"])
    assert given == Allowed(reasons=(NOTE,), events=("opened",), approvals=(), handbook="v")
    assert given.outcome is Outcome.ALLOWED
    assert decide([], handbook="v").outcome is Outcome.ALLOWED


def test_a_doubt_is_a_review_without_events_and_names_what_is_open() -> None:
    given = decide([OTHER, NOTE, DOUBT, OTHER], handbook="v", events=["opened"])
    assert given == Review(reasons=(OTHER, NOTE, DOUBT, OTHER), handbook="v")
    assert isinstance(given, Review)
    assert given.open_codes == ("DOUBT", "OTHER_DOUBT")
    assert given.outcome is Outcome.REVIEW


def test_a_partial_approval_lifts_one_and_is_recorded() -> None:
    given = decide([DOUBT, OTHER], handbook="v", approvals=[approval("DOUBT"), approval("ELSEWHERE")])
    assert isinstance(given, Review)
    assert given.open_codes == ("OTHER_DOUBT",)
    assert given.approvals == (approval("DOUBT"),)


def test_what_no_approval_lifts_is_not_open_to_one() -> None:
    fixed = evolve(DOUBT, liftable=False)
    given = decide([fixed, OTHER], handbook="v", approvals=[approval("DOUBT"), approval("OTHER_DOUBT")])
    assert isinstance(given, Review)
    assert (given.open_codes, given.fixed_codes) == ((), ("DOUBT",))
    assert given.approvals == (approval("OTHER_DOUBT"),)
    assert Review(reasons=(fixed, OTHER, DOUBT), handbook="v").fixed_codes == ("DOUBT",)


def test_two_approvals_together_lift_two() -> None:
    given = decide([DOUBT, OTHER], handbook="v", approvals=[approval("DOUBT"), approval("OTHER_DOUBT")], events=["e"])
    assert isinstance(given, Allowed)
    assert given.reasons == (DOUBT, OTHER)
    assert given.events == ("e",)
    assert len(given.approvals) == 2


def test_a_refusal_is_never_lifted() -> None:
    given = decide([WRONG, DOUBT], handbook="v", approvals=[approval("WRONG", "DOUBT")], events=["e"])
    assert isinstance(given, Refused)
    assert given.outcome is Outcome.REFUSED
    assert given.reasons == (WRONG, DOUBT)
    assert not hasattr(given, "events")


def test_approving_a_note_records_nothing() -> None:
    assert decide([NOTE], handbook="v", approvals=[approval("NOTE")]).approvals == ()


def test_codes_of_an_approval_are_sorted_and_single() -> None:
    assert approval(Code.WRONG, "DOUBT", Code.DOUBT).codes == ("DOUBT", "WRONG")


def test_one_code_in_place_of_a_list_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        Approval(by="S-1", reason="r", codes="DOUBT")
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, "codes")


def test_one_number_in_place_of_a_list_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        Occasion(day=date(2026, 11, 23), actor="S-1", request_id="T-1", numbers="6000000001")  # type: ignore[arg-type]
    assert (caught.value.path, caught.value.fault) == ("numbers", Fault.TYPE)


def test_facts_are_plain_pairs_from_a_mapping_or_pairs() -> None:
    facts: dict[str, Any] = {"n": 1, "d": Decimal("0.1"), "t": True, "on": date(2024, 1, 1), "s": "x"}
    from_mapping = Reason(code=Code.NOTE, outcome=Outcome.ALLOWED, citation=Citation(article="a"), facts=facts)
    from_pairs = Reason(
        code=Code.NOTE, outcome=Outcome.ALLOWED, citation=Citation(article="a"), facts=tuple(facts.items())
    )
    assert from_mapping == from_pairs
    assert from_mapping.facts == tuple(facts.items())


@pytest.mark.parametrize("value", [Name("张伟"), 0.5, None, ("a",), b"x"])
def test_a_fact_of_another_type_is_refused_without_its_value(value: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        Reason(code=Code.NOTE, outcome=Outcome.ALLOWED, citation=Citation(article="a"), facts={"who": value})
    assert caught.value.path == "facts.who"
    assert "张伟" not in repr(caught.value)


def test_everything_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        DOUBT.subject = "1"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Citation("R-54")  # type: ignore[misc, call-arg]


def test_an_occasion_holds_what_the_world_says() -> None:
    occasion = Occasion(day=date(2026, 11, 23), actor="S-1", request_id="T-1", numbers=["1"], approvals=[approval("X")])
    assert occasion.numbers == ("1",)
    assert occasion.approvals == (approval("X"),)
    assert Remark(field="name", reason=DOUBT).reason is DOUBT
