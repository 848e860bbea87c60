"""Laws of screening and of restrictions: who is listed is found, order says nothing, and lifting one cause never lifts another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from itertools import product
from random import Random
from typing import Any, Final

from attrs import evolve as changed
from attrs import field, frozen
from hypothesis import strategies as st

from custmaster.decision import Allowed, Decision, Occasion, Outcome, Reason
from custmaster.handbook import Page, default
from custmaster.screening import (
    Identity,
    Lifting,
    ListEntry,
    Match,
    Restriction,
    RestrictionLedger,
    RestrictionLifted,
    RestrictionsJoined,
    RestrictionsParted,
    Screen,
    Screened,
    Wanted,
    combined,
    explain,
    impose,
    lift,
    match,
    standing,
    wanted,
)
from custmaster.testing._screening import identities, restriction_ledgers, restrictions, screening_lists
from custmaster.testing.laws.law import Law

__all__ = ["SCREENING_LAWS", "ScreeningRules"]

_DAYS: Final = [date(2026, 1, 1) + timedelta(days=day) for day in range(0, 24, 4)]
_CUSTOMERS: Final = [f"60000000{place:02}" for place in range(1, 5)]
_INTO: Final = "6000000099"
Entries = list[ListEntry]
Shown = dict[tuple[str, date], tuple[Restriction, ...]]


def _query(entries: Iterable[ListEntry], asked: Identity, day: date) -> Screened:
    return Screen(entries=tuple(entries)).query(asked, day, lapsed=True)


def _explain(ledger: RestrictionLedger, customer: str, way: tuple[str, str], day: date) -> tuple[Reason, ...]:
    return explain(ledger, customer, channel=way[0], action=way[1], on=day)


def _extend(ledger: RestrictionLedger, events: Iterable[Any]) -> RestrictionLedger:
    return ledger.extend(events)


@frozen(kw_only=True)
class ScreeningRules:
    """What is under judgement: a query of lists, a comparison of two identities, and what becomes of restrictions.

    `query` asks lists for somebody on a day, with what has lapsed; `explain` is asked with a channel and an action. `entries` are a bank's own
    lists, asked among made ones; their numbers are apart from those.

    >>> ScreeningRules().entries
    ()
    """

    query: Callable[[Iterable[ListEntry], Identity, date], Screened] = _query
    match: Callable[[Wanted, Wanted], Match | None] = match
    standing: Callable[[RestrictionLedger, str, date], tuple[Restriction, ...]] = standing
    explain: Callable[[RestrictionLedger, str, tuple[str, str], date], tuple[Reason, ...]] = _explain
    extend: Callable[[RestrictionLedger, Iterable[Any]], RestrictionLedger] = _extend
    combined: Callable[..., tuple[Restriction, ...]] = combined
    impose: Callable[[RestrictionLedger, Restriction, Occasion, Page], Decision] = impose
    lift: Callable[[RestrictionLedger, Lifting, Occasion, Page], Decision] = lift
    entries: tuple[ListEntry, ...] = ()
    page: Page = field(factory=lambda: default().on(_DAYS[-1]))


# --- lists ----------------------------------------------------------------------------------------------------------------


def _listed_is_found(rules: ScreeningRules, case: tuple[Entries, date]) -> bool | None:
    entries, day = case
    for entry in entries:
        told = rules.query(entries, entry.identity, day)
        found = told.hits if entry.valid.contains(day) else told.lapsed
        if any((hit.list_name, hit.number) == entry.key for hit in found) is not told.was_asked:
            return False
    return True if entries else None


def _lists_in_any_order(rules: ScreeningRules, case: tuple[Entries, Identity, date, Random]) -> bool | None:
    entries, asked, day, dice = case
    shuffled = list(entries)
    dice.shuffle(shuffled)
    return rules.query(entries, asked, day) == rules.query(shuffled, asked, day) if len(entries) > 1 else None


def _all_are_compared(rules: ScreeningRules, case: tuple[Entries, Identity, date]) -> bool | None:
    entries, asked, day = case
    told = rules.query(entries, asked, day)
    found = {(hit.list_name, hit.number) for hit in (*told.hits, *told.cleared, *told.lapsed)}
    for entry in entries:
        one = rules.match(wanted(asked), wanted(entry.identity))
        # All that a look-up may leave out are names with one readable end.
        weak = one is not None and [str(how) for how in one.how] == ["NAME_DAMAGED"]
        if not weak and (one is not None) is not (entry.key in found):
            return False
    return True if entries else None


def _from_both_sides(rules: ScreeningRules, case: tuple[Identity, Identity]) -> bool | None:
    one, other = (wanted(each) for each in case)
    found = rules.match(one, other)
    return found == rules.match(other, one)


# --- restrictions ---------------------------------------------------------------------------------------------------------


def _everything(rules: ScreeningRules, ledger: RestrictionLedger) -> Shown:
    return {(one, day): rules.standing(ledger, one, day) for one, day in product(_CUSTOMERS, _DAYS)}


def _lifts_one_alone(rules: ScreeningRules, case: tuple[RestrictionLedger, date]) -> bool | None:
    ledger, day = case
    before, told = _everything(rules, ledger), False
    for number in sorted({one.number for stood in before.values() for one in stood})[:2]:
        found = ledger.find(number)
        if found is None or ledger.lifting(number) is not None:
            continue
        head: dict[str, Any] = {"on": day, "actor": "S-2", "request_id": "T-9"}
        event = RestrictionLifted(number=number, ground=found.lift, reason="as ordered", **head)
        after, told = _everything(rules, rules.extend(ledger, [event])), True
        for place, stood in before.items():
            lifted = place[1] >= day
            if after[place] != tuple(one for one in stood if one.number != number or not lifted):
                return False
    return True if told else None


def _replays_in_pieces(rules: ScreeningRules, ledger: RestrictionLedger) -> bool | None:
    half = len(ledger.entries) // 2
    pieces = rules.extend(RestrictionLedger(entries=ledger.entries[:half]), ledger.entries[half:])
    return pieces == ledger == rules.extend(ledger, ledger.entries) if half else None


def _joined(case: tuple[RestrictionLedger, date]) -> tuple[RestrictionsJoined, RestrictionsParted]:
    head: dict[str, Any] = {
        "on": case[1],
        "actor": "S-1",
        "request_id": "T-9",
        "customer": _CUSTOMERS[-1],
        "into": _INTO,
    }
    return RestrictionsJoined(**head), RestrictionsParted(**head)


def _the_worse_holds(rules: ScreeningRules, case: tuple[RestrictionLedger, date]) -> bool | None:
    ledger, day = case
    after = rules.extend(ledger, [_joined(case)[0]])
    absorbed = _CUSTOMERS[-1]
    shown = [(rules.standing(ledger, absorbed, one), one) for one in _DAYS if one >= day]
    held = all(rules.standing(after, number, one) == stood for stood, one in shown for number in (_INTO, absorbed))
    return held if any(stood for stood, _ in shown) else None


def _a_merge_is_undone(rules: ScreeningRules, case: tuple[RestrictionLedger, date]) -> bool | None:
    ledger, day = case
    back = rules.extend(ledger, _joined(case))
    before = _everything(rules, ledger)
    return _everything(rules, back) == before and not rules.standing(back, _INTO, day) if any(before.values()) else None


def _combining_is_a_union(rules: ScreeningRules, case: tuple[list[Restriction], ...]) -> bool | None:
    one, other, third = case
    both, all_of_them = rules.combined(one, other), rules.combined(one, other, third)
    paired = rules.combined(both, third) == rules.combined(one, rules.combined(other, third)) == all_of_them
    once = rules.combined(one, one) == rules.combined(one)
    return paired and once and both == rules.combined(other, one) and {*both} == {*one, *other}


def _explains_what_stands(rules: ScreeningRules, case: tuple[RestrictionLedger, date, str]) -> bool | None:
    ledger, day, customer = case
    stood = rules.standing(ledger, customer, day)
    for way in (("COUNTER", "TRANSFER"), ("MOBILE", "OPEN_ACCOUNT")):
        told = rules.explain(ledger, customer, way, day)
        meant = [one.number for one in stood if one.scope.covers(*way)]
        if [dict(one.facts)["number"] for one in told] != meant or any(
            one.outcome is not Outcome.REFUSED for one in told
        ):
            return False
    return True if stood else None


def _imposes_once(rules: ScreeningRules, case: tuple[RestrictionLedger, Restriction]) -> bool | None:
    ledger, restriction = case
    page, occasion = rules.page, Occasion(day=rules.page.day, actor="S-1", request_id="T-9")
    answer = rules.impose(ledger, restriction, occasion, page)
    if not isinstance(answer, Allowed):
        return ledger.find(restriction.number) is not None
    after = rules.extend(ledger, answer.events)
    other = changed(occasion, request_id="T-8")
    again = rules.impose(after, restriction, occasion, page)
    return again == answer and rules.impose(after, restriction, other, page).outcome is Outcome.REFUSED


def _lifts_once(rules: ScreeningRules, case: tuple[RestrictionLedger, Restriction]) -> bool | None:
    ledger, page, occasion = case[0], rules.page, Occasion(day=rules.page.day, actor="S-1", request_id="T-9")
    imposed = rules.impose(ledger, case[1], changed(occasion, request_id="T-7"), page)
    ledger = rules.extend(ledger, imposed.events) if isinstance(imposed, Allowed) else ledger
    asked = Lifting(number=case[1].number, ground=case[1].lift, reason="as ordered")
    answer = rules.lift(ledger, asked, occasion, page)
    if not isinstance(answer, Allowed):
        return None
    after = rules.extend(ledger, answer.events)
    other = changed(occasion, request_id="T-8")
    return rules.lift(after, asked, occasion, page) == answer and not isinstance(
        rules.lift(after, asked, other, page), Allowed
    )


# --- the rows -------------------------------------------------------------------------------------------------------------

_ON: Final = st.sampled_from(_DAYS)
_LEDGERS: Final = st.tuples(restriction_ledgers(), _ON)
_FEW: Final = st.lists(restrictions(), max_size=3)


def _lists(rules: ScreeningRules) -> Any:
    return screening_lists(size=6).map(lambda made: [*rules.entries, *made])


def _asked(rules: ScreeningRules) -> Any:
    own = [entry.identity for entry in rules.entries]
    return identities() | st.sampled_from(own) if own else identities()


_of_lists: Final = partial(Law[ScreeningRules, Any], source="R-57")
_of_ledgers: Final = partial(Law[ScreeningRules, Any], source="R-57", cases=lambda rules: _LEDGERS)

SCREENING_LAWS: Final[tuple[Law[ScreeningRules, Any], ...]] = (
    _of_lists(
        name="whoever-is-listed-is-found",
        says="Whoever is on a list is found by the identity that stands there, as a hit while it is in force.",
        cases=lambda rules: st.tuples(_lists(rules), _ON),
        holds=_listed_is_found,
    ),
    _of_lists(
        name="lists-are-blind-to-order",
        says="The order of the entries says nothing.",
        cases=lambda rules: st.tuples(_lists(rules), _asked(rules), _ON, st.randoms(use_true_random=False)),
        holds=_lists_in_any_order,
    ),
    _of_lists(
        name="a-look-up-finds-what-comparing-all-finds",
        says="A look-up finds exactly what a comparison with every entry finds.",
        cases=lambda rules: st.tuples(_lists(rules), _asked(rules), _ON),
        holds=_all_are_compared,
    ),
    _of_lists(
        name="a-match-is-the-same-from-both-sides",
        says="Two identities match alike, whichever is asked about and whichever is listed.",
        cases=lambda rules: st.tuples(_asked(rules), _asked(rules)),
        holds=_from_both_sides,
    ),
    _of_ledgers(
        name="lifting-one-lifts-no-other",
        says="Lifting one restriction lifts no other one, and nothing before the day.",
        holds=_lifts_one_alone,
    ),
    _of_ledgers(
        name="a-ledger-replays-in-pieces",
        says="A ledger is the same, whether its events come at once, in pieces or twice.",
        cases=lambda rules: restriction_ledgers(),
        holds=_replays_in_pieces,
    ),
    _of_ledgers(
        name="the-worse-holds-after-a-merge",
        says="What stood for the absorbed customer stands for the survivor from the day of the merge on.",
        holds=_the_worse_holds,
    ),
    _of_ledgers(
        name="a-merge-of-restrictions-is-undone",
        says="Undoing a merge gives back exactly what stood.",
        holds=_a_merge_is_undone,
    ),
    _of_ledgers(
        name="combining-restrictions-is-a-union",
        says="Combining restrictions loses none, makes none, and knows neither order nor grouping.",
        cases=lambda rules: st.tuples(_FEW, _FEW, _FEW),
        holds=_combining_is_a_union,
    ),
    _of_ledgers(
        name="explaining-names-what-stands",
        says="The reasons of a question are exactly the restrictions that stand and cover it.",
        cases=lambda rules: st.tuples(restriction_ledgers(), _ON, st.sampled_from(_CUSTOMERS)),
        holds=_explains_what_stands,
    ),
    _of_ledgers(
        name="a-restriction-is-imposed-once",
        says="A restriction is imposed once: the same request has the same answer, and another one is refused.",
        cases=lambda rules: st.tuples(restriction_ledgers(), restrictions()),
        holds=_imposes_once,
    ),
    _of_ledgers(
        name="a-restriction-is-lifted-once",
        says="A restriction is lifted once: the same request has the same answer, and another one is not allowed.",
        cases=lambda rules: st.tuples(restriction_ledgers(), restrictions()),
        holds=_lifts_once,
    ),
)
"""What must hold of lists and restrictions."""
