from __future__ import annotations

from datetime import date

import attrs
import pytest

from custmaster.dedup.alias_events import (
    NUMBER_STEPS,
    AliasEvent,
    NumberClosed,
    NumberMerged,
    NumberOpened,
    NumberReactivated,
    NumberSplit,
    NumberStatus,
    NumberUnmerged,
    NumberVoided,
)
from custmaster.dedup.aliases import (
    EMPTY,
    AliasLedger,
    NumberLife,
    Standing,
    evolve,
    judge,
    replay,
    resolutions,
    resolve,
)
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.lifecycle import rowless, unreachable

D1, D2, D3, D4 = (date(2026, 11, day) for day in (1, 2, 3, 4))
COUNT = iter(range(10_000))


def of(kind, number, on=D1, **more):
    return kind(number=number, on=on, request_id=f"T-{next(COUNT)}", **more)


def opened(*numbers: str) -> AliasLedger:
    return replay([of(NumberOpened, number) for number in numbers])


def merged(number: str, into: str, on: date = D2) -> NumberMerged:
    return of(NumberMerged, number, on, into=into)


def codes(ledger: AliasLedger, event) -> list[str]:
    return [str(reason.code) for reason in judge(ledger, event)]


def test_the_lifecycle_is_total_and_every_state_is_reached() -> None:
    assert rowless(NUMBER_STEPS, NumberStatus) == ()
    assert unreachable(NUMBER_STEPS, NumberStatus.ACTIVE) == ()
    assert {kind for row in NUMBER_STEPS.values() for kind in row} | {NumberOpened} == set(AliasEvent.__args__)


def test_a_chain_of_merges_leads_to_the_last_survivor_with_the_chain_as_evidence() -> None:
    ledger = replay([merged("1", "2", D2), merged("2", "3", D3), merged("3", "4", D4)], opened("1", "2", "3", "4"))
    found = resolve(ledger, "1", D4)
    assert (found.end, found.ends, found.status) == ("4", ("4",), NumberStatus.ACTIVE)
    assert [(link.number, link.since) for link in found.chain] == [("1", D2), ("2", D3), ("3", D4), ("4", D1)]
    assert found.trail == "1 > 2 > 3 > 4"


def test_it_is_seen_as_of_a_day() -> None:
    ledger = replay([merged("1", "2", D2), of(NumberUnmerged, "1", D3)], opened("1", "2"))
    assert [resolve(ledger, "1", day).end for day in (D1, D2, D3)] == ["1", "2", "1"]
    assert resolutions(ledger, D2) == {"1": "2"}
    assert resolutions(ledger, D3) == {}


def test_a_number_that_was_not_given_leads_nowhere() -> None:
    for number, day in (("9", D1), ("1", date(2026, 10, 31))):
        found = resolve(opened("1"), number, day)
        assert (found.ends, found.end, found.status, found.chain) == ((), None, None, ())
    assert resolutions(opened("1"), date(2026, 10, 31)) == {}


def test_a_split_number_leads_to_its_parts_and_to_one_again_when_they_are_merged() -> None:
    split = replay([of(NumberSplit, "1", D2, into=["2", "3"])], opened("1", "2", "3"))
    found = resolve(split, "1", D2)
    assert (found.end, found.ends, found.status) == (None, ("2", "3"), None)
    assert resolutions(split, D2) == {}
    again = replay([merged("2", "3", D3)], split)
    assert resolve(again, "1", D3).end == "3"
    assert resolutions(again, D3) == {"1": "3", "2": "3"}


def test_a_survivor_that_is_removed_is_told_as_closed() -> None:
    ledger = replay([merged("1", "2"), of(NumberClosed, "2", D3)], opened("1", "2"))
    assert (resolve(ledger, "1", D3).end, resolve(ledger, "1", D3).status) == ("2", NumberStatus.CLOSED)
    assert resolve(evolve(ledger, of(NumberReactivated, "2", D4)), "1", D4).status is NumberStatus.ACTIVE


def test_a_circle_is_refused_and_its_chain_named() -> None:
    ledger = replay([merged("1", "2", D2), merged("2", "3", D3)], opened("1", "2", "3"))
    (reason,) = judge(ledger, merged("3", "1", D4))
    assert (str(reason.code), dict(reason.facts)) == ("ALIAS_CIRCLE", {"chain": "3 > 1 > 2 > 3"})
    split = replay([of(NumberSplit, "1", D2, into=["2", "3"])], opened("1", "2", "3"))
    (reason,) = judge(split, merged("3", "1", D4))
    assert dict(reason.facts) == {"chain": "3 > 1 > 3"}


@pytest.mark.parametrize(
    ("before", "event", "expected"),
    [
        ([], of(NumberMerged, "9", into="1"), ["ALIAS_NUMBER_UNKNOWN"]),
        ([], merged("1", "9"), ["ALIAS_NUMBER_UNKNOWN"]),
        ([], of(NumberOpened, "1"), ["ALIAS_NUMBER_GIVEN"]),
        ([merged("1", "2")], of(NumberOpened, "1", D3), ["ALIAS_NUMBER_GIVEN"]),
        ([], of(NumberUnmerged, "1"), ["ALIAS_NO_SUCH_STEP"]),
        ([merged("1", "2")], merged("1", "3", D3), ["ALIAS_NO_SUCH_STEP"]),
        ([merged("2", "3")], merged("1", "2", D3), ["ALIAS_TARGET_NOT_ACTIVE"]),
        ([of(NumberClosed, "2", D2)], merged("1", "2", D3), ["ALIAS_TARGET_NOT_ACTIVE"]),
        ([], merged("1", "2", date(2026, 10, 31)), ["ALIAS_DAY_TOO_EARLY", "ALIAS_DAY_TOO_EARLY"]),
        ([of(NumberClosed, "1", D4)], of(NumberReactivated, "1", D3), ["ALIAS_DAY_TOO_EARLY"]),
        ([merged("1", "2")], of(NumberVoided, "2", D3), ["ALIAS_LED_TO"]),
        ([of(NumberVoided, "1", D2)], of(NumberOpened, "1", D3), ["ALIAS_NUMBER_GIVEN"]),
        ([], of(NumberSplit, "1", D2, into=["2", "8"]), ["ALIAS_NUMBER_UNKNOWN"]),
    ],
)
def test_what_does_not_go_is_refused_with_its_code(before, event, expected) -> None:
    ledger = replay(before, opened("1", "2", "3"))
    assert codes(ledger, event) == expected
    with pytest.raises(CustmasterError, match=expected[0]):
        evolve(ledger, event)


def test_a_number_that_was_never_given_is_voided_for_ever() -> None:
    ledger = evolve(EMPTY, of(NumberVoided, "7"))
    assert ledger.by_number["7"].now.status is NumberStatus.VOID
    assert codes(ledger, of(NumberOpened, "7", D2)) == ["ALIAS_NUMBER_GIVEN"]


def test_an_event_told_twice_is_taken_once_even_when_more_has_happened() -> None:
    merge = merged("1", "2")
    ledger = replay([merge, of(NumberUnmerged, "1", D2)], opened("1", "2"))
    assert judge(ledger, merge) == ()
    assert evolve(ledger, merge) == ledger


def test_no_past_day_shows_a_circle_however_the_events_come() -> None:
    """1 leads to 2 from the second to the fourth day; whatever is told later with an earlier day does not lead 2 to 1 on the third."""
    ledger = replay([merged("1", "2", D2), of(NumberUnmerged, "1", D4)], opened("1", "2"))
    assert codes(ledger, merged("2", "1", D3)) == ["ALIAS_DAY_TOO_EARLY"]
    assert codes(ledger, merged("2", "1", D4)) == []


def row(number: str, into: str) -> NumberLife:
    given = Standing(status=NumberStatus.ACTIVE, since=D1, request_id="T")
    leads = Standing(status=NumberStatus.MERGED_INTO, since=D2, into=[into], request_id="T")
    return NumberLife(number=number, standings=[given, leads])


def test_rows_that_were_not_judged_are_a_bug_when_they_are_walked() -> None:
    with pytest.raises(CustmasterError, match="in a circle: 1 > 2 > 1"):
        resolve(AliasLedger(lives=[row("1", "2"), row("2", "1")]), "1", D2)
    with pytest.raises(CustmasterError, match="does not hold 2"):
        resolve(AliasLedger(lives=[row("1", "2")]), "1", D2)
    with pytest.raises(CustmasterError, match="in a circle"):
        resolutions(AliasLedger(lives=[row("1", "2"), row("2", "1")]), D2)
    with pytest.raises(CustmasterError, match="does not hold 2"):
        resolutions(AliasLedger(lives=[row("1", "2")]), D2)


def test_a_long_chain_needs_no_recursion() -> None:
    lives = [row(f"{place:06}", f"{place + 1:06}") for place in range(20_000)]
    last = NumberLife(number="020000", standings=[Standing(status=NumberStatus.ACTIVE, since=D1, request_id="T")])
    found = resolve(AliasLedger(lives=[*lives, last]), "000000", D2)
    assert (found.end, len(found.chain)) == ("020000", 20_001)
    assert set(resolutions(AliasLedger(lives=[*lives, last]), D2).values()) == {"020000"}


GIVEN = Standing(status=NumberStatus.ACTIVE, since=D2, request_id="T")
GONE = Standing(status=NumberStatus.CLOSED, since=D1, request_id="T")


@pytest.mark.parametrize(
    ("make", "fault", "path"),
    [
        (lambda: NumberLife(number="1", standings=[]), Fault.EMPTY, "standings"),
        (lambda: NumberLife(number="1", standings=[GIVEN, GONE]), Fault.ORDER, "standings[1].since"),
        (lambda: NumberLife(number="1", standings=[GONE]), Fault.CONFLICT, "standings[0].status"),
        (lambda: NumberLife(number="1", standings=[GIVEN, GIVEN]), Fault.CONFLICT, "standings[1].status"),
        (lambda: row("1", "1"), Fault.CONFLICT, "standings[1].status"),
        (lambda: attrs.evolve(GIVEN, into=["2"]), Fault.LENGTH, "into"),
        (lambda: AliasLedger(lives=[row("1", "2"), row("1", "3")]), Fault.DUPLICATE, "lives"),
        (lambda: merged("1", "1"), Fault.CONFLICT, "into"),
        (lambda: of(NumberSplit, "1", into=["2"]), Fault.LENGTH, "into"),
        (lambda: of(NumberSplit, "1", into=["2", "2"]), Fault.DUPLICATE, "into"),
        (lambda: of(NumberSplit, "1", into=["1", "2"]), Fault.CONFLICT, "into"),
    ],
)
def test_what_contradicts_itself_is_not_made(make, fault, path) -> None:
    with pytest.raises(InvalidValue) as caught:
        make()
    assert (caught.value.fault, caught.value.path) == (fault, path)
