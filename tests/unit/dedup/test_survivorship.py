"""Which value is left, from whom and why; ties are always settled in the same way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from custmaster.customer.entry import Entry
from custmaster.dedup.survivorship import (
    ChosenBy,
    Contribution,
    FieldRules,
    Policy,
    SurvivorshipRule,
    contribution_of,
    survive,
)
from custmaster.errors import CustmasterError
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

COMPLETENESS, RECENCY, SOURCE = SurvivorshipRule
EARLY, LATE = date(2019, 7, 1), date(2025, 3, 1)


def said(day: date | None = None, source: str | None = None, **values: Any) -> Contribution:
    return Contribution(values=values, source=source, day=day)


def by(*rules: SurvivorshipRule, sources: tuple[str, ...] = ()) -> Policy:
    return Policy(usual=FieldRules(rules=rules, sources=sources))


def chosen(policy: Policy, **held: Contribution) -> tuple[str, ChosenBy]:
    choice = survive(held, policy).fields["name"]
    return choice.chosen_from, choice.by


def test_nothing_is_left_of_nothing() -> None:
    assert survive({}).values == {}
    assert survive({"a": said(name=None, sex="", born=" ", phones=())}).values == {}


def test_the_only_value_stands_whoever_gave_it() -> None:
    left = survive({"a": said(LATE, name=None), "b": said(EARLY, name="王伟")})
    choice = left.fields["name"]
    assert (choice.value, choice.chosen_from, choice.by) == ("王伟", "b", ChosenBy.ONLY)
    assert (choice.agreeing, choice.differing) == (("b",), ())


@pytest.mark.parametrize("missing", [None, "", "  ", float("nan")])
def test_what_is_missing_is_never_chosen(missing: object) -> None:
    assert survive({"a": said(LATE, name=missing), "b": said(EARLY, name="x")}).values == {"name": "x"}


def test_recency_takes_the_later_day_and_a_day_before_none() -> None:
    assert chosen(by(RECENCY), a=said(EARLY, name="x"), b=said(LATE, name="y")) == ("b", ChosenBy.RECENCY)
    assert chosen(by(RECENCY), a=said(None, name="x"), b=said(EARLY, name="y")) == ("b", ChosenBy.RECENCY)


def test_source_takes_the_earlier_system_and_unlisted_ones_last() -> None:
    policy = by(SOURCE, sources=("BP", "EUSP"))
    assert chosen(policy, a=said(None, "EUSP", name="x"), b=said(None, "BP", name="y")) == ("b", ChosenBy.SOURCE)
    assert chosen(policy, a=said(None, "OLD", name="x"), b=said(None, "EUSP", name="y")) == ("b", ChosenBy.SOURCE)
    assert chosen(policy, a=said(None, None, name="x"), b=said(None, "OLD", name="y")) == ("a", ChosenBy.RECORD_KEY)


def test_completeness_takes_the_record_with_more_fields() -> None:
    fuller = said(EARLY, name="y", sex=Sex.MALE, born=EARLY)
    assert chosen(by(COMPLETENESS), a=said(LATE, name="x", sex=Sex.UNKNOWN), b=fuller) == ("b", ChosenBy.COMPLETENESS)


def test_rules_decide_one_after_the_other() -> None:
    policy = by(RECENCY, COMPLETENESS)
    held = {"a": said(LATE, name="x"), "b": said(LATE, name="y", born=EARLY), "c": said(EARLY, name="z", born=EARLY)}
    assert chosen(policy, **held) == ("b", ChosenBy.COMPLETENESS)


def test_a_tie_falls_to_the_lesser_key() -> None:
    held = {"b": said(LATE, name="y"), "a": said(LATE, name="x"), "c": said(LATE, name="y")}
    choice = survive(held).fields["name"]
    assert (choice.chosen_from, choice.by) == ("a", ChosenBy.RECORD_KEY)
    assert (choice.agreeing, choice.differing) == (("a",), ("b", "c"))


def test_those_who_agree_settle_it_and_the_rules_say_whose_writing_stands() -> None:
    held = {"a": said(EARLY, name=Name("王伟")), "b": said(LATE, name=Name("王 伟"))}
    choice = survive(held).fields["name"]
    assert (choice.value.reveal(), choice.chosen_from, choice.by) == ("王 伟", "b", ChosenBy.AGREED)
    assert choice.agreeing == ("a", "b")


def test_a_rule_settles_it_as_soon_as_those_left_agree() -> None:
    held = {"a": said(LATE, name="x"), "b": said(LATE, name="x", born=EARLY), "c": said(EARLY, name="y")}
    assert chosen(by(RECENCY, COMPLETENESS), **held) == ("b", ChosenBy.RECENCY)


def test_a_field_has_rules_of_its_own() -> None:
    policy = Policy(fields={"name": FieldRules(rules=[SOURCE], sources=["BP"])})
    held = {"a": said(EARLY, "BP", name="x", sex=Sex.MALE), "b": said(LATE, "EUSP", name="y", sex=Sex.FEMALE)}
    assert survive(held, policy).values == {"name": "x", "sex": Sex.FEMALE}


def test_fields_that_belong_together_come_from_one_record() -> None:
    policy = Policy(usual=FieldRules(rules=[COMPLETENESS]), together=[["type", "number", "expiry"]])
    held = {
        "a": said(type="ID", number="1", expiry=LATE, sex=None),
        "b": said(type="PASSPORT", number="2", sex=Sex.MALE, born=EARLY, name="x"),
    }
    left = survive(held, policy)
    assert left.values == {"type": "ID", "number": "1", "expiry": LATE, "sex": Sex.MALE, "born": EARLY, "name": "x"}
    assert left.fields["number"].differing == ("b",)


def test_a_field_of_a_group_that_its_record_lacks_is_taken_from_nobody() -> None:
    policy = Policy(together=[["number", "expiry"]])
    held = {"a": said(EARLY, number="1", expiry=LATE), "b": said(LATE, number="2")}
    assert survive(held, policy).values == {"number": "2"}


def test_the_values_of_lists_are_put_together_each_once() -> None:
    card = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X"))
    spaced = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002x"))
    register = IdentityDocument(type=DocumentType.HOUSEHOLD_REGISTER, number=DocumentNumber("11010519491231002X"))
    filler = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("000000000000000000"))
    old = Entry(documents=[card, filler], phones=[Phone("13800001234")], addresses=[Address("1号")])
    new = Entry(documents=[spaced, register], phones=[Phone("+86 138 0000 1234"), Phone("13800138000")])
    held = {"a": contribution_of(old, day=EARLY), "b": contribution_of(new, source="BP", day=LATE), "c": said(LATE)}
    left = survive(held)
    assert left.values["documents"] == (spaced, register)
    assert [(one.chosen_from, one.by, one.agreeing) for one in left.lists["documents"]] == [
        ("b", ChosenBy.AGREED, ("a", "b")),
        ("b", ChosenBy.ONLY, ("b",)),
    ]
    assert [one.chosen_from for one in left.lists["phones"]] == ["b"]
    assert left.values["addresses"] == (Address("1号"),)


def test_a_field_is_a_list_or_it_is_none() -> None:
    with pytest.raises(CustmasterError, match="a list in one record"):
        survive({"a": said(phone=(Phone("13800001234"),)), "b": said(phone=Phone("13800001234"))})


def test_a_placeholder_is_no_value() -> None:
    held = {
        "a": contribution_of(Entry(name=Name("测试")), day=LATE),
        "b": contribution_of(Entry(name=Name("王伟")), day=EARLY),
    }
    assert survive(held).values == {"name": Name("王伟")}


def test_policies_that_cannot_hold_are_refused() -> None:
    with pytest.raises(CustmasterError, match="order of the sources"):
        FieldRules(rules=[SOURCE])
    with pytest.raises(CustmasterError, match="two groups"):
        Policy(together=[["a", "b"], ["b", "c"]])


def test_nothing_that_is_chosen_is_shown() -> None:
    held = {"a": said(EARLY, name="王伟", phones=("13800001234",))}
    assert "王伟" not in repr(held) + repr(survive(held))
    assert "13800001234" not in repr(held) + repr(survive(held))
