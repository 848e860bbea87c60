"""Which limit a transaction goes over, exactly at its figure and not before; what is left; whose rule it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from custmaster.decision import Citation, Outcome
from custmaster.errors import CustmasterError
from custmaster.handbook import Language, default, render
from custmaster.limits import (
    AccountClass,
    Counterparty,
    LimitCode,
    LimitRow,
    Measure,
    Over,
    Scope,
    Slot,
    Source,
    Standing,
    Transaction,
    Usage,
    headroom,
    judge,
    reserve,
    reverse,
    standing,
    stricter,
)
from custmaster.limits.regulation import REGULATION
from custmaster.value.account import AccountNumber
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.value.span import Span
from custmaster.wire.limits_file import load_limits

BOOK = default()
DAY, BEFORE_ALL = date(2026, 11, 23), date(2016, 1, 1)
ONE, OTHER = AccountNumber("6222000000000001"), AccountNumber("6222000000000002")
WAY = Slot(channel="MOBILE", action="TRANSFER_OUT", counterparty=Counterparty.OTHER_NAME)
NOTHING = Usage.of("6000000001")
PERSON, UNIT = PartyKind.PERSON, PartyKind.UNIT


def row(code: str = "A", measure: Measure = Measure.DAY_AMOUNT, figure: str = "100", **more: Any) -> LimitRow:
    return LimitRow(
        code=code, measure=measure, figure=Decimal(figure), citation=Citation(article=f"rule {code}"), **more
    )


def alone(*rows: LimitRow, party: PartyKind = PERSON) -> Standing:
    """The rows without regulation: on a day before there was any."""
    return standing(BOOK.on(BEFORE_ALL), rows, party)


def paid(
    amount: str, slot: Slot = WAY, day: date = BEFORE_ALL, *, balance: str | None = None, name: str = "X"
) -> Transaction:
    held = None if balance is None else Money(Decimal(balance))
    return Transaction(id=name, customer="6000000001", day=day, slot=slot, amount=Money(Decimal(amount)), balance=held)


def used(*amounts: str, slot: Slot = WAY, day: date = BEFORE_ALL, usage: Usage = NOTHING) -> Usage:
    for amount in amounts:
        usage = reserve(usage, paid(amount, slot, day, name=f"T-{len(usage.entries)}"))
    return usage


def codes(amount: str, stands: Standing, usage: Usage = NOTHING, **more: Any) -> list[str]:
    return [reason.code.value for reason in judge(paid(amount, day=stands.day, **more), stands, usage)]


@pytest.mark.parametrize(
    ("measure", "usage", "allowed", "over", "code"),
    [
        (Measure.SINGLE, used("100", "100"), "100", "100.01", "OVER_SINGLE"),
        (Measure.DAY_AMOUNT, used("60"), "40", "40.01", "OVER_DAY_AMOUNT"),
        (Measure.DAY_AMOUNT, used("60", day=date(2016, 1, 2)), "100", "100.01", "OVER_DAY_AMOUNT"),
        (Measure.YEAR_AMOUNT, used("60", day=date(2016, 1, 2)), "40", "40.01", "OVER_YEAR_AMOUNT"),
        (Measure.YEAR_AMOUNT, used("60", day=date(2015, 12, 31)), "100", "100.01", "OVER_YEAR_AMOUNT"),
    ],
)
def test_an_amount_equal_to_the_figure_is_allowed(
    measure: Measure, usage: Usage, allowed: str, over: str, code: str
) -> None:
    stands = alone(row(measure=measure))
    assert codes(allowed, stands, usage) == []
    assert codes(over, stands, usage) == [code]


def test_the_last_of_the_number_is_allowed() -> None:
    stands = alone(row(measure=Measure.DAY_COUNT, figure="3"))
    assert codes("1", stands, used("1", "1")) == []
    assert codes("1", stands, used("1", "1", "1")) == ["OVER_DAY_COUNT"]
    assert codes("900", stands, used("0.01", "0.01")) == []
    assert codes("1", stands, used("1", "1", "1", day=date(2016, 1, 2))) == []
    assert codes("0.01", stands, used("900", "900", "900")) == ["OVER_DAY_COUNT"]


def test_a_balance_is_that_after_the_transaction() -> None:
    stands = alone(row(measure=Measure.BALANCE, scope=Scope.ACCOUNT))
    assert codes("40", stands, balance="60") == []
    assert codes("40.01", stands, balance="60") == ["OVER_BALANCE"]
    (unknown,) = judge(paid("1"), stands, NOTHING)
    assert (unknown.code, unknown.outcome, unknown.liftable) == (LimitCode.BALANCE_UNKNOWN, Outcome.REVIEW, False)


def test_a_limit_is_over_all_accounts_or_over_each() -> None:
    first = Slot(channel="MOBILE", action="SPEND", account=ONE)
    second = Slot(channel="MOBILE", action="SPEND", account=OTHER)
    usage = used("80", slot=first)
    assert codes("30", alone(row()), usage, slot=second) == ["OVER_DAY_AMOUNT"]
    assert codes("30", alone(row(scope=Scope.ACCOUNT)), usage, slot=second) == []
    assert codes("30", alone(row(scope=Scope.ACCOUNT)), usage, slot=first) == ["OVER_DAY_AMOUNT"]
    assert codes("30", alone(row(account=ONE)), usage, slot=second) == []
    assert codes("30", alone(row(account=ONE)), used("80", slot=second), slot=first) == []
    assert codes("30", alone(row(account=ONE)), usage, slot=first) == ["OVER_DAY_AMOUNT"]
    assert codes("100.01", alone(row(account=ONE)), slot=second) == []
    assert headroom(second, alone(row(account=ONE)), usage).limits == ()


def test_each_channel_and_the_total_both_hold() -> None:
    stands = alone(row("MOBILE", channels=["MOBILE"]), row("TOTAL", figure="150", channels=["MOBILE", "WEB"]))
    web = Slot(channel="WEB", action="SPEND")
    usage = used("90", slot=web, usage=used("50"))
    assert codes("10", stands, usage) == []
    facts = [dict(reason.facts) for reason in judge(paid("60"), stands, usage)]
    assert [(told["row"], told["used"]) for told in facts] == [("MOBILE", Decimal(50)), ("TOTAL", Decimal(140))]
    assert [(one.rule, one.remaining) for one in headroom(WAY, stands, usage).limits] == [("TOTAL", Decimal(10))]
    counter = Slot(channel="COUNTER", action="SPEND")
    assert codes("1000", stands, usage, slot=counter) == []
    assert headroom(counter, stands, usage).amount is None


def test_a_replay_is_judged_no_second_time_and_an_id_stands_once() -> None:
    stands, once = alone(row()), reserve(NOTHING, paid("100"))
    assert codes("100", stands, once) == []
    assert codes("50", stands, once) == ["TRANSACTION_CLASHES"]
    assert codes("100", stands, reverse(once, paid("100"))) == ["TRANSACTION_REVERSED"]


def test_the_limits_are_those_of_the_transactions_day() -> None:
    with pytest.raises(CustmasterError):
        judge(paid("1", day=DAY), alone(row()), NOTHING)


THREE = Slot(channel="MOBILE", action="SPEND", account_class=AccountClass.CLASS_III, account=ONE)
TWO = Slot(channel="MOBILE", action="SPEND", account_class=AccountClass.CLASS_II, account=ONE)
INTO_THREE = Slot(
    channel="MOBILE", action="TRANSFER_IN", account_class=AccountClass.CLASS_III, counterparty=Counterparty.BOUND_HERE
)


def of_class(channel: str, action: str, counterparty: Counterparty, account_class: AccountClass) -> Slot:
    return Slot(channel=channel, action=action, counterparty=counterparty, account_class=account_class)


@pytest.mark.parametrize(
    ("day", "slot", "allowed", "over", "rule"),
    [
        (date(2018, 1, 11), THREE, "5000", "5000.01", "CLASS_III_OUT_DAY"),
        (date(2018, 1, 12), THREE, "2000", "2000.01", "CLASS_III_OUT_DAY"),
        (date(2018, 1, 11), INTO_THREE, "900", "900.01", "CLASS_III_BALANCE"),
        (date(2018, 1, 12), INTO_THREE, "1900", "1900.01", "CLASS_III_BALANCE"),
        (DAY, TWO, "10000", "10000.01", "CLASS_II_OUT_DAY"),
    ],
)
def test_regulation_binds_as_on_the_day(day: date, slot: Slot, allowed: str, over: str, rule: str) -> None:
    stands = standing(BOOK.on(day), [], PERSON)
    assert codes(allowed, stands, slot=slot, balance="100") == []
    (reason,) = judge(paid(over, slot, day, balance="100"), stands, NOTHING)
    assert (dict(reason.facts)["row"], reason.outcome) == (rule, Outcome.REFUSED)
    assert reason.citation.article.startswith("银发〔201")


def test_a_bound_account_and_an_account_of_class_one_have_no_such_limit() -> None:
    stands = standing(BOOK.on(DAY), [], PERSON)
    for slot in (
        of_class("MOBILE", "TRANSFER_OUT", Counterparty.BOUND_ELSEWHERE, AccountClass.CLASS_II),
        of_class("COUNTER", "TRANSFER_OUT", Counterparty.OTHER_NAME, AccountClass.CLASS_I),
    ):
        assert headroom(slot, stands, NOTHING).limits == ()


@pytest.mark.parametrize(
    ("party", "counterparty", "amount", "found"),
    [
        (PERSON, Counterparty.OTHER_NAME, "50000", []),
        (PERSON, Counterparty.OTHER_NAME, "50000.01", ["CERTIFICATE_NEEDED"]),
        (PERSON, Counterparty.OWN_ELSEWHERE, "50000.01", ["CERTIFICATE_NEEDED"]),
        (PERSON, Counterparty.BOUND_ELSEWHERE, "50000.01", ["CERTIFICATE_NEEDED"]),
        (PERSON, Counterparty.OWN_HERE, "50000.01", []),
        (PERSON, Counterparty.BOUND_HERE, "50000.01", []),
        (PERSON, Counterparty.BOUND_HERE, "300000.01", ["CONFIRMATION_NEEDED"]),
        (PERSON, Counterparty.NONE, "300000.01", []),
        (PERSON, Counterparty.OWN_HERE, "300000.01", ["CONFIRMATION_NEEDED"]),
        (PERSON, Counterparty.OTHER_NAME, "300000.01", ["CERTIFICATE_NEEDED", "CONFIRMATION_NEEDED"]),
        (UNIT, Counterparty.OTHER_NAME, "1000000", []),
        (UNIT, Counterparty.OTHER_NAME, "1000000.01", ["CONFIRMATION_NEEDED"]),
        (UNIT, Counterparty.OWN_HERE, "1000000.01", ["CONFIRMATION_NEEDED"]),
    ],
)
def test_transfers_away_from_the_counter_are_reminded_of(
    party: PartyKind, counterparty: Counterparty, amount: str, found: list[str]
) -> None:
    stands = standing(BOOK.on(DAY), [], party)
    slot = Slot(channel="WEB", action="TRANSFER_OUT", counterparty=counterparty)
    assert codes(amount, stands, slot=slot) == found
    assert {reason.outcome for reason in judge(paid(amount, slot, DAY), stands, NOTHING)} <= {Outcome.REVIEW}
    counter = Slot(channel="COUNTER", action="TRANSFER_OUT", counterparty=counterparty)
    assert codes(amount, stands, slot=counter) == []
    assert headroom(slot, stands, NOTHING).amount is None
    assert (headroom(slot, stands, NOTHING).reminders != ()) is (counterparty is not Counterparty.NONE)


def test_every_row_of_regulation_has_a_figure_of_its_own() -> None:
    assert len({rule.figure.name for rule in REGULATION.values()}) == len(REGULATION)
    found = {row.code: row.citation.key for row in standing(BOOK.on(DAY), [], PERSON).rows}
    assert found["CLASS_II_OUT_YEAR"] == "limits.class_two.out_year"


def test_an_agreed_limit_tightens_and_a_looser_one_binds_nothing_and_is_told() -> None:
    bank = row("BANK")
    tight, loose = (
        row(code, figure=f, source=Source.AGREED, channels=["MOBILE"]) for code, f in (("T", "50"), ("L", "200"))
    )
    stands = alone(bank, tight, loose)
    assert [one.code for one in stands.rows] == ["T", "BANK"]
    (note,) = stands.notes
    assert (note.code, note.outcome, dict(note.facts)["stands"]) == (LimitCode.AGREED_LOOSER, Outcome.ALLOWED, "BANK")
    assert "L" in render(note.code, note.facts, Language.EN)
    left = headroom(WAY, stands, NOTHING).binding
    assert left is not None
    assert (left.rule, left.source, left.remaining) == ("T", Source.AGREED, Decimal(50))


def test_an_agreed_limit_that_is_not_covered_wholly_binds() -> None:
    equal = row("E", source=Source.AGREED)
    wider = row("W", figure="200", source=Source.AGREED)
    bank = row("BANK", channels=["WEB"])
    assert alone(bank, wider).notes == ()
    assert alone(row("BANK"), equal).notes == ()
    assert alone(row("BANK", over=Over.CONFIRMATION), wider).notes == ()
    reminds = row("W", figure="200", source=Source.AGREED, over=Over.CONFIRMATION)
    assert len(alone(row("BANK"), reminds).notes) == 1
    assert alone(row("BANK", valid=Span(DAY, None)), wider).notes == ()
    assert len(alone(row("BANK", valid=Span(None, DAY)), wider).notes) == 1


def test_what_is_told_of_each_measure() -> None:
    rows = [row(m.value, m, "0", scope=Scope.ACCOUNT) for m in Measure]
    for reason in judge(paid("1", balance="0"), alone(*rows), NOTHING):
        for language in Language:
            assert "{" not in render(reason.code, reason.facts, language)


def test_when_it_starts_anew() -> None:
    rows = [row(m.value, m, "5", scope=Scope.ACCOUNT) for m in Measure]
    left = headroom(WAY, standing(BOOK.on(date(2016, 12, 31)), rows, UNIT), NOTHING, Money(Decimal(2)))
    anew = {one.measure: one.resets_at for one in left.limits}
    new_year = date(2017, 1, 1)
    assert anew == {
        Measure.SINGLE: None,
        Measure.DAY_AMOUNT: new_year,
        Measure.DAY_COUNT: new_year,
        Measure.YEAR_AMOUNT: new_year,
        Measure.BALANCE: None,
    }
    assert left.amount == 3
    last = headroom(WAY, standing(BOOK.on(date.max), rows, UNIT), NOTHING, Money(Decimal(9)))
    assert {one.resets_at for one in last.limits} == {None}
    assert last.amount == 0


def test_a_number_that_is_used_up_leaves_nothing() -> None:
    stands = alone(row(), row("N", Measure.DAY_COUNT, "1"))
    assert headroom(WAY, stands, NOTHING).amount == 100
    left = headroom(WAY, stands, used("1"))
    assert left.binding is not None
    assert (left.binding.remaining, left.binding.rule) == (Decimal(0), "N")


def test_of_limits_that_leave_as_much_the_first_in_order_binds() -> None:
    stands = alone(row("B"), row("A"), row("C", figure="90", channels=["WEB"]))
    assert [one.rule for one in headroom(WAY, stands, NOTHING).limits] == ["A"]


def test_every_kind_of_reminder_is_told_beside_the_limits() -> None:
    rows = [row(over.value, figure=figure, over=over) for over, figure in zip(Over, ("100", "50", "80"), strict=True)]
    left = headroom(WAY, alone(*rows), NOTHING)
    assert [one.rule for one in left.limits] == ["REFUSE"]
    assert [(one.rule, one.remaining) for one in left.reminders] == [("CERTIFICATE", 50), ("CONFIRMATION", 80)]


def test_a_balance_that_is_wanted_has_to_be_given() -> None:
    with pytest.raises(CustmasterError):
        headroom(WAY, alone(row(measure=Measure.BALANCE, scope=Scope.ACCOUNT)), NOTHING)


def test_a_merge_keeps_the_stricter_agreed_limits() -> None:
    def agreed(code: str, figure: str, **more: Any) -> LimitRow:
        return row(code, figure=figure, source=Source.AGREED, **more)

    mine = [agreed("A", "100"), agreed("WEB", "80", channels=["WEB"])]
    theirs = [agreed("B", "50", valid=Span(None, DAY)), agreed("C", "90"), agreed("D", "95", channels=["WEB"])]
    assert [one.code for one in stricter(mine, theirs)] == ["B", "WEB", "C"]
    assert stricter(mine, theirs) == stricter(theirs, mine)
    unit = agreed("U", "10", party=UNIT)
    assert [one.code for one in stricter([unit], [agreed("A", "100")])] == ["U", "A"]


PACK = load_limits((Path(__file__).parents[3] / "docs/examples/limits.toml").read_text(encoding="utf-8"), "limits.toml")
C = Counterparty
KINDS = [
    # the limit, what it is asked of, the greatest amount, what it is not asked of
    ("CARD_CASH", Slot(channel="ATM", action="CASH_OUT"), "20000", Slot(channel="COUNTER", action="CASH_OUT")),
    ("POS", Slot(channel="POS", action="SPEND"), "50000", Slot(channel="POS", action="CASH_OUT")),
    (
        "CARD_TRANSFER",
        Slot(channel="ATM", action="TRANSFER_OUT", counterparty=C.OWN_HERE),
        "50000",
        Slot(channel="ATM", action="CASH_IN"),
    ),
    (
        "CLASS_II_PAYMENT",
        of_class("MOBILE", "SPEND", C.NONE, AccountClass.CLASS_II),
        "5000",
        of_class("MOBILE", "SPEND", C.NONE, AccountClass.CLASS_I),
    ),
    ("MOBILE", Slot(channel="MOBILE", action="SPEND"), "200000", Slot(channel="PHONE", action="SPEND")),
    ("WEB", Slot(channel="WEB", action="SPEND"), "5000000", Slot(channel="PHONE", action="SPEND")),
    ("GATEWAY", Slot(channel="GATEWAY", action="SPEND"), "10000", Slot(channel="WEB", action="SPEND")),
    ("QUICK_PAY", Slot(channel="QUICK_PAY", action="SPEND"), "10000", Slot(channel="POS", action="SPEND")),
    ("AWAY_TOTAL", Slot(channel="PHONE", action="SPEND"), "300000", Slot(channel="COUNTER", action="SPEND")),
]


def rules(amount: str, slot: Slot, usage: Usage = NOTHING) -> set[object]:
    stands = standing(BOOK.on(BEFORE_ALL), PACK.rows, PERSON)
    return {dict(reason.facts)["row"] for reason in judge(paid(amount, slot), stands, usage)}


@pytest.mark.parametrize(("rule", "slot", "most", "elsewhere"), KINDS, ids=[kind[0] for kind in KINDS])
def test_each_kind_of_limit_binds_above_its_figure_and_nowhere_else(
    rule: str, slot: Slot, most: str, elsewhere: Slot
) -> None:
    assert rule not in rules(most, slot)
    assert rule in rules(str(Decimal(most) + Decimal("0.01")), slot)
    assert rule not in rules("9999999", elsewhere)


def test_the_tenth_kind_counts_transfers_to_others_over_all_channels_but_the_counter() -> None:
    web = Slot(channel="WEB", action="TRANSFER_OUT", counterparty=C.OTHER_NAME)
    nine = used(*["1"] * 5, slot=web, usage=used(*["1"] * 4))
    assert rules("1", WAY, nine) == set()
    ten = used("1", slot=web, usage=nine)
    assert rules("1", WAY, ten) == {"AWAY_TO_OTHERS"}
    own = Slot(channel="MOBILE", action="TRANSFER_OUT", counterparty=C.OWN_HERE)
    counter = Slot(channel="COUNTER", action="TRANSFER_OUT", counterparty=C.OTHER_NAME)
    assert rules("1", own, ten) == rules("1", counter, ten) == set()


def test_every_kind_of_the_example_was_asked() -> None:
    assert {row.code for row in PACK.rows} == {kind[0] for kind in KINDS} | {"AWAY_TO_OTHERS"}
    assert len(PACK.rows) == 10
