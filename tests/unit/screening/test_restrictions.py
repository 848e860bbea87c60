"""Restrictions by cause: what the law's sanctions are, what stands on a day, how it is lifted, and what a merge does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.decision import Allowed, Approval, Decision, Occasion, Outcome
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.handbook import Language, NotInForce, default, render, screening_keys
from custmaster.screening import (
    EMPTY_RESTRICTIONS,
    SANCTIONS,
    LiftCondition,
    Lifting,
    Restriction,
    RestrictionCause,
    RestrictionImposed,
    RestrictionLedger,
    RestrictionLifted,
    RestrictionsJoined,
    RestrictionsParted,
    explain,
    impose,
    lift,
    no_transaction_since,
    sanctions,
    standing,
)
from custmaster.value.span import Span

TODAY = date(2026, 11, 28)
PAGE = default().on(TODAY)
ONE, OTHER, THIRD = "6000000001", "6000000002", "6000000003"


def restriction(number: str = "R1", **more: Any) -> Restriction:
    given = {
        "number": number,
        "customer": ONE,
        "cause": RestrictionCause.BLACKLIST,
        "valid": Span(date(2026, 1, 1), None),
        "lift": LiftCondition.AUTHORITY,
        "source": "notice 2026-7",
    }
    return Restriction(**given | more)


def head(day: date = TODAY) -> dict[str, Any]:
    return {"on": day, "actor": "S-1", "request_id": f"T-{day}"}


def ledger(*restrictions: Restriction) -> RestrictionLedger:
    return RestrictionLedger(entries=[RestrictionImposed(restriction=one, **head()) for one in restrictions])


def lifting(number: str = "R1", day: date = TODAY) -> RestrictionLifted:
    return RestrictionLifted(number=number, ground=LiftCondition.AUTHORITY, reason="taken back", **head(day))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", 7),
        ("customer", None),
        ("cause", "COURT_FREEZE"),
        ("scope", "*"),
        ("valid", None),
        ("lift", "COURT"),
        ("article", None),
        ("key", 7),
        ("source", 7),
    ],
)
def test_a_restriction_is_made_of_its_own_kinds(name: str, value: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        restriction(**{"number": "R1", name: value})
    assert (caught.value.path, caught.value.fault) == (name, Fault.TYPE)


@pytest.mark.parametrize(
    ("make", "more", "path"),
    [
        (RestrictionImposed, {"restriction": "R1"}, "restriction"),
        (RestrictionLifted, {"number": "R1", "ground": "COURT", "reason": "x"}, "ground"),
        (RestrictionLifted, {"number": 7, "ground": LiftCondition.COURT, "reason": "x"}, "number"),
        (RestrictionLifted, {"number": "R1", "ground": LiftCondition.COURT, "reason": None}, "reason"),
        (lambda on, actor, request_id, **more: Lifting(**more), {"number": "R1", "ground": "COURT", "reason": "x"}, "ground"),
        (lambda on, actor, request_id, **more: Lifting(**more), {"number": 7, "ground": LiftCondition.COURT, "reason": "x"}, "number"),
    ],
)  # fmt: skip
def test_what_happens_to_a_restriction_is_made_of_its_own_kinds(make: Any, more: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        make(**head(), **more)
    assert (caught.value.path, caught.value.fault) == (path, Fault.TYPE)


def codes(answer: Decision) -> list[str]:
    return [str(reason.code) for reason in answer.reasons]


# requirements B5, B8.14; field.md "Screening": 银发〔2016〕261号 5 years no non-counter, 3 years no new account; from 2024-12-01 3 and 2 years
SALES = [
    (RestrictionCause.ACCOUNT_SALE_CONVICTED, date(2024, 11, 30), ("2029-11-30", "2027-11-30"), "银发〔2016〕261号"),
    (RestrictionCause.ACCOUNT_SALE_IDENTIFIED, date(2024, 11, 30), ("2029-11-30", "2027-11-30"), "银发〔2016〕261号"),
    (
        RestrictionCause.ACCOUNT_SALE_CONVICTED,
        date(2024, 12, 1),
        ("2027-12-01", "2027-12-01"),
        "电信网络诈骗及其关联违法犯罪联合惩戒办法",
    ),
    (
        RestrictionCause.ACCOUNT_SALE_IDENTIFIED,
        date(2024, 12, 1),
        ("2026-12-01", "2026-12-01"),
        "电信网络诈骗及其关联违法犯罪联合惩戒办法",
    ),
    (RestrictionCause.ACCOUNT_SALE_CONVICTED, date(2024, 2, 29), ("2029-02-28", "2027-02-28"), "银发〔2016〕261号"),
]


@pytest.mark.parametrize(("cause", "day", "ends", "article"), SALES)
def test_the_sanctions_for_sold_accounts(
    cause: RestrictionCause, day: date, ends: tuple[str, str], article: str
) -> None:
    found = sanctions(cause, customer=ONE, number="R1", source="notice 7", page=default().on(day))
    assert tuple(str(one.valid.end) for one in found) == ends
    assert [one.article for one in found] == [article, article]
    non_counter, new_account = found
    assert non_counter.scope.covers("MOBILE", "TRANSFER")
    assert not non_counter.scope.covers("COUNTER", "TRANSFER")
    assert new_account.scope.covers("COUNTER", "OPEN_ACCOUNT")
    assert not new_account.scope.covers("MOBILE", "TRANSFER")
    assert [one.number for one in found] == ["R1-1", "R1-2"]


def test_a_later_rule_does_not_move_the_end() -> None:
    old = sanctions(SALES[0][0], customer=ONE, number="R1", source="n", page=default().on(date(2024, 11, 30)))
    told = explain(ledger(*old), ONE, channel="MOBILE", action="TRANSFER", on=date(2029, 11, 29))
    assert [(reason.citation.article, dict(reason.facts)["last"]) for reason in told] == [
        ("银发〔2016〕261号", date(2029, 11, 29))
    ]
    assert told[0].citation.key == screening_keys.SCREENING_CONVICTED_NON_COUNTER.name
    assert explain(ledger(*old), ONE, channel="MOBILE", action="TRANSFER", on=date(2029, 11, 30)) == ()


def test_every_cause_has_its_row_and_can_be_imposed() -> None:
    assert set(SANCTIONS) == set(RestrictionCause)
    for cause in RestrictionCause:
        found = sanctions(cause, customer=ONE, number="R", source="n", page=PAGE)
        assert [one.cause for one in found] == [cause] * len(found)
        assert standing(ledger(*found), ONE, TODAY) == found


def test_what_each_cause_restricts() -> None:
    ways = (("COUNTER", "TRANSFER"), ("MOBILE", "TRANSFER"), ("COUNTER", "OPEN_ACCOUNT"))
    covered = {
        cause: {way for one in sanctions(cause, customer=ONE, number="R", source="n", page=PAGE) for way in ways if one.scope.covers(*way)}
        for cause in RestrictionCause
    }  # fmt: skip
    away = {RestrictionCause.NO_TRANSACTION, RestrictionCause.KYC_INCOMPLETE, RestrictionCause.PHONE_SHARED}
    sold = {RestrictionCause.ACCOUNT_SALE_CONVICTED, RestrictionCause.ACCOUNT_SALE_IDENTIFIED}
    assert {cause for cause, found in covered.items() if found == {ways[1]}} == away
    assert {cause for cause, found in covered.items() if found == set(ways[1:])} == sold
    assert {cause for cause, found in covered.items() if found == set(ways)} == set(RestrictionCause) - away - sold


def test_a_number_of_the_greatest_length_is_held() -> None:
    longest = restriction("R" * 100, customer="6" * 100)
    assert standing(ledger(longest), "6" * 100, TODAY) == (longest,)
    with pytest.raises(InvalidRecord):
        restriction("R" * 101)


def test_no_sanction_before_its_rule_and_none_without_a_number() -> None:
    with pytest.raises(NotInForce):
        sanctions(SALES[0][0], customer=ONE, number="R", source="n", page=default().on(date(2016, 12, 31)))
    with pytest.raises(InvalidRecord):
        sanctions(RestrictionCause.DECEASED, customer=ONE, number="", source="n", page=PAGE)


# requirements B5: no transaction within 6 months of opening -> suspend non-counter
@pytest.mark.parametrize(
    ("opened", "first", "dormant"),
    [
        (date(2026, 5, 28), None, True),
        (date(2026, 5, 29), None, False),
        (date(2026, 1, 31), date(2026, 7, 30), False),
        (date(2026, 1, 31), date(2026, 7, 31), True),
    ],
)
def test_six_months_without_a_transaction(opened: date, first: date | None, dormant: bool) -> None:
    assert no_transaction_since(opened, first, PAGE) is dormant


def test_lifting_one_cause_leaves_the_other() -> None:
    both = ledger(restriction("R1"), restriction("R2", cause=RestrictionCause.ID_EXPIRED, lift=LiftCondition.RENEWED))
    after = both.extend([lifting("R1")])
    assert [one.number for one in standing(after, ONE, TODAY)] == ["R2"]
    assert [one.number for one in standing(after, ONE, date(2026, 11, 27))] == ["R1", "R2"]
    told = explain(after, ONE, channel="WEB", action="TRANSFER", on=TODAY)
    assert [dict(reason.facts)["cause"] for reason in told] == ["ID_EXPIRED"]
    assert told[0].citation.article == "notice 2026-7"


def test_a_reason_is_told_in_both_languages() -> None:
    (told,) = explain(ledger(restriction(source="")), ONE, channel="WEB", action="TRANSFER", on=TODAY)
    assert told.citation.article == "BLACKLIST"
    assert told.subject == ONE
    facts = dict(told.facts)
    assert "R1" in render(str(told.code), facts, Language.ZH)
    assert "last day -" in render(str(told.code), facts, Language.EN)


def ask(
    held: RestrictionLedger, ground: LiftCondition, *, number: str = "R1", day: date = TODAY, **more: Any
) -> Decision:
    occasion = Occasion(day=day, actor="S-1", request_id="T-9", **more)
    return lift(held, Lifting(number=number, ground=ground, reason="as ordered"), occasion, PAGE)


def test_what_lifts_and_what_does_not() -> None:
    held = ledger(restriction(), restriction("R2", lift=LiftCondition.TERM))
    assert ask(held, LiftCondition.AUTHORITY).outcome is Outcome.ALLOWED
    assert codes(ask(held, LiftCondition.COURT)) == ["LIFT_CONDITION_DIFFERS"]
    assert codes(ask(held, LiftCondition.TERM, number="R2")) == ["LIFT_CONDITION_DIFFERS"]
    assert codes(ask(held, LiftCondition.AUTHORITY, number="R9")) == ["RESTRICTION_UNKNOWN"]
    early = ask(held, LiftCondition.COURT, day=date(2025, 12, 31))
    assert codes(early) == ["LIFTED_TOO_EARLY", "LIFT_CONDITION_DIFFERS"]
    again = ask(held.extend([lifting()]), LiftCondition.AUTHORITY)
    assert (again.outcome, codes(again)) == (Outcome.REFUSED, ["RESTRICTION_LIFTED"])


def test_a_mistake_is_lifted_by_an_approval() -> None:
    held = ledger(restriction("R1", lift=LiftCondition.TERM))
    assert ask(held, LiftCondition.MISTAKEN).outcome is Outcome.REVIEW
    signed = Approval(by="S-2", reason="seen", codes=["RESTRICTION_MISTAKEN"])
    answer = ask(held, LiftCondition.MISTAKEN, approvals=[signed])
    assert isinstance(answer, Allowed)
    (event,) = answer.events
    assert isinstance(event, RestrictionLifted)
    assert standing(held.extend([event]), ONE, TODAY) == ()


def test_a_number_is_imposed_once() -> None:
    held = ledger(restriction())
    occasion = Occasion(day=TODAY, actor="S-1", request_id="T-9")
    answer = impose(held, restriction(customer=OTHER), occasion, PAGE)
    assert (answer.outcome, codes(answer)) == (Outcome.REFUSED, ["RESTRICTION_KNOWN"])
    assert impose(held, restriction("R2"), occasion, PAGE).outcome is Outcome.ALLOWED


def test_the_same_request_to_impose_or_to_lift_has_the_same_answer() -> None:
    occasion = Occasion(day=TODAY, actor="S-1", request_id="T-9")
    imposed = impose(RestrictionLedger(), restriction(), occasion, PAGE)
    assert isinstance(imposed, Allowed)
    held = RestrictionLedger(entries=imposed.events)  # type: ignore[arg-type]
    assert impose(held, restriction(), occasion, PAGE) == imposed
    lifted = ask(held, LiftCondition.AUTHORITY)
    assert isinstance(lifted, Allowed)
    after = held.extend(lifted.events)  # type: ignore[arg-type]
    assert ask(after, LiftCondition.AUTHORITY) == lifted
    other = changed(occasion, request_id="T-10")
    assert codes(impose(after, restriction(), other, PAGE)) == ["RESTRICTION_KNOWN"]
    request = Lifting(number="R1", ground=LiftCondition.AUTHORITY, reason="as ordered")
    assert codes(lift(after, request, other, PAGE)) == ["RESTRICTION_LIFTED"]


def join(customer: str, into: str, day: date = TODAY) -> RestrictionsJoined:
    return RestrictionsJoined(customer=customer, into=into, **head(day))


def part(customer: str, into: str, day: date = TODAY) -> RestrictionsParted:
    return RestrictionsParted(customer=customer, into=into, **head(day))


def test_a_merge_unites_and_undoing_it_parts_again() -> None:
    own = restriction("R2", customer=OTHER, cause=RestrictionCause.COURT_FREEZE)
    held = ledger(restriction(), own)
    joined = held.extend([join(ONE, OTHER, date(2026, 3, 1))])
    assert [one.number for one in standing(joined, OTHER, TODAY)] == ["R1", "R2"]
    assert [one.number for one in standing(joined, OTHER, date(2026, 2, 28))] == ["R2"]
    parted = joined.extend([part(ONE, OTHER, date(2026, 6, 1))])
    assert [one.number for one in standing(parted, OTHER, TODAY)] == ["R2"]
    assert [one.number for one in standing(parted, OTHER, date(2026, 5, 31))] == ["R1", "R2"]
    assert [one.number for one in standing(parted, ONE, TODAY)] == ["R1"]


def test_merges_count_in_chains_and_again_after_they_were_undone() -> None:
    held = ledger(restriction()).extend([join(ONE, OTHER), join(OTHER, THIRD), part(ONE, OTHER), join(ONE, THIRD)])
    assert [one.number for one in standing(held, THIRD, TODAY)] == ["R1"]
    assert standing(held, OTHER, TODAY) == ()
    chain = ledger(restriction()).extend([join(ONE, OTHER), join(OTHER, THIRD)])
    assert [one.number for one in standing(chain, THIRD, TODAY)] == ["R1"]


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        ([RestrictionImposed(restriction=restriction(customer=OTHER), **head())], Fault.DUPLICATE),
        ([lifting("R9")], Fault.CONFLICT),
        ([lifting(), lifting(day=date(2026, 11, 29))], Fault.CONFLICT),
        ([join(ONE, OTHER), join(ONE, THIRD)], Fault.CONFLICT),
        ([join(ONE, OTHER), join(OTHER, ONE)], Fault.CONFLICT),
        ([join(ONE, OTHER), join(OTHER, THIRD), join(THIRD, ONE)], Fault.CONFLICT),
        ([part(ONE, OTHER)], Fault.CONFLICT),
        ([join(ONE, OTHER), part(ONE, OTHER, date(2026, 1, 1))], Fault.ORDER),
    ],
)
def test_what_cannot_follow_is_refused(events: list[Any], fault: Fault) -> None:
    with pytest.raises(InvalidValue) as caught:
        ledger(restriction()).extend(events)
    assert caught.value.fault is fault
    assert caught.value.path.startswith(f"entries[{len(events)}]")


def test_an_event_that_is_there_is_taken_once() -> None:
    held = ledger(restriction()).extend([lifting()])
    assert held.extend(held.entries) == held
    assert held.lifting("R1") == lifting()
    assert EMPTY_RESTRICTIONS.find("R1") is None


def test_nobody_is_joined_with_itself() -> None:
    for kind in (RestrictionsJoined, RestrictionsParted):
        with pytest.raises(InvalidValue):
            kind(customer=ONE, into=ONE, **head())


def test_every_fault_of_a_restriction_at_once() -> None:
    with pytest.raises(InvalidRecord) as caught:
        restriction(
            number="",
            customer="9" * 101,
            valid=Span(),
            lift=LiftCondition.MISTAKEN,
            source="x" * 501,
            article="x" * 501,
        )
    assert [(fault.path, fault.fault) for fault in caught.value.faults] == [
        ("number", Fault.EMPTY),
        ("customer", Fault.LENGTH),
        ("article", Fault.LENGTH),
        ("source", Fault.LENGTH),
        ("valid.start", Fault.MISSING),
        ("lift", Fault.CONFLICT),
    ]
