"""Laws of the roster: one maintainer, no lost history, no seat too many; growth that no re-organisation moves; assignments; tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from attrs import evolve as changed
from hypothesis import strategies as st

from custmaster.decision import Allowed, Decision
from custmaster.desk.roster_facts import RosterBook, RosterFacts
from custmaster.roster.assign_kinds import Assigned
from custmaster.roster.entry import RosterEntry
from custmaster.roster.kinds import TagKind
from custmaster.roster.ladder import ladder
from custmaster.roster.review import Roster
from custmaster.roster.standing import EntryMove, stand
from custmaster.testing._roster import roster_entries, rosters
from custmaster.testing._roster_plain import Plain, overfull, sightings, unbroken
from custmaster.testing.laws._roster_cases import (
    Allotment,
    Dice,
    Moved,
    Question,
    Wanted,
    allotments,
    dice,
    moved_rosters,
    muddled,
    pairs,
    question_of,
    questions,
    shuffled,
    turns,
)
from custmaster.testing.laws._roster_rules import RosterRules
from custmaster.testing.laws.law import Law
from custmaster.wire import decision_to_json

__all__ = ["ROSTER_LAWS", "RosterRules"]

# --- one question -----------------------------------------------------------------------------------------------------------


def _answer(rules: RosterRules, asked: Question, earlier: Decision | None = None) -> Decision:
    facts = RosterFacts(book=asked.book, earlier=earlier)
    return rules.questions[asked.name](asked.asked, facts, asked.occasion, rules.page)


def _events(answer: Decision) -> tuple[Any, ...]:
    return answer.events if isinstance(answer, Allowed) else ()


def _replays(rules: RosterRules, asked: Question) -> bool | None:
    one, other = _answer(rules, asked), _answer(rules, asked)
    return one == other and decision_to_json(one) == decision_to_json(other)


def _comes_back(rules: RosterRules, asked: Question) -> bool | None:
    answer = _answer(rules, asked)
    return rules.stored(answer) == answer


def _is_answered_once(rules: RosterRules, asked: Question) -> bool | None:
    """Also when the entries are as the answer made them."""
    answer = _answer(rules, asked)
    if not isinstance(answer, Allowed):
        return None
    after = changed(asked, book=_after(rules, asked.book, answer))
    return _answer(rules, after, answer) == answer


def _folds(rules: RosterRules, asked: Question) -> bool | None:
    there = {entry.number: entry for entry in asked.book.entries}
    events = _events(_answer(rules, asked))
    return all(rules.evolve(there[one.number], one).number == one.number for one in events) if events else None


# --- in turn ----------------------------------------------------------------------------------------------------------------


def _after(rules: RosterRules, book: RosterBook, answer: Decision) -> RosterBook:
    entries = {entry.number: entry for entry in book.entries}
    for happened in _events(answer):
        entries[happened.number] = rules.evolve(entries[happened.number], happened)
    return changed(book, entries=entries.values())


def _in_turn(rules: RosterRules, case: tuple[RosterBook, list[Wanted]]) -> Iterator[tuple[RosterBook, RosterBook]]:
    """The books before and after each answer that was allowed."""
    book, wanted = case
    for place, one in enumerate(wanted):
        answer = _answer(rules, question_of(one, book, f"T-{place}"))
        if isinstance(answer, Allowed):
            after = _after(rules, book, answer)
            yield book, after
            book = after


def _pairs_in_turn(rules: RosterRules, case: Any) -> Iterator[tuple[RosterEntry, RosterEntry]]:
    for before, after in _in_turn(rules, case):
        yield from zip(before.entries, after.entries, strict=True)


def _has_one_maintainer(rules: RosterRules, case: Any) -> bool | None:
    told = [
        unbroken(after) and (after.state.value in ("MAINTAINED", "HANDING_OVER")) is (after.maintainer is not None)
        for before, after in _pairs_in_turn(rules, case)
        if before != after and unbroken(before)
    ]
    return all(told) if told else None


def _forgets_nobody(rules: RosterRules, case: Any) -> bool | None:
    told = [
        sightings(before) <= sightings(after)
        for before, after in _pairs_in_turn(rules, case)
        if before != after and sightings(before)
    ]
    return all(told) if told else None


def _plain(book: RosterBook, day: date) -> Plain:
    return Plain(
        entries={one.number: one for one in book.entries}, staff={one.number: one for one in book.staff}, day=day
    )


def _fills_no_seat_twice(rules: RosterRules, case: Any) -> bool | None:
    found = [
        overfull(_plain(after, rules.page.day)) <= overfull(_plain(before, rules.page.day))
        for before, after in _in_turn(rules, case)
        if _plain(after, rules.page.day).seats() > _plain(before, rules.page.day).seats()
    ]
    return all(found) if found else None


# --- merges ------------------------------------------------------------------------------------------------------------------


def _stood(book: RosterBook, moves: Iterable[EntryMove]) -> RosterBook:
    """The entries as the moves leave them."""
    entries = {one.number: one for one in book.entries}
    for move in moves:
        entries[move.entry] = stand(entries[move.entry], move.after)
    return changed(book, entries=entries.values())


def _customers(book: RosterBook) -> tuple[str, str]:
    survivor, absorbed = (one.customer or "" for one in book.entries)
    return survivor, absorbed


def _merged(rules: RosterRules, book: RosterBook) -> tuple[tuple[EntryMove, ...], RosterBook]:
    survivor, absorbed = _customers(book)
    moves = tuple(rules.joining(book, absorbed, survivor, rules.page.day))
    return moves, _stood(book, moves)


def _merges_into_one(rules: RosterRules, book: RosterBook) -> bool | None:
    _, after = _merged(rules, book)
    live = [one for one in after.entries if one.is_live]
    held = any(one.maintainer is not None for one in book.entries)
    return len(live) == 1 and live[0].customer == _customers(book)[0] and (live[0].maintainer is not None) is held


def _seen(book: RosterBook) -> set[Any]:
    return set[Any]().union(*map(sightings, book.entries))


def _merges_forgetting_nobody(rules: RosterRules, book: RosterBook) -> bool | None:
    _, after = _merged(rules, book)
    return _seen(book) <= _seen(after) if _seen(book) else None


def _parts_as_they_stood(rules: RosterRules, book: RosterBook) -> bool | None:
    moves, after = _merged(rules, book)
    return _stood(after, rules.parting(moves, after, rules.page.day)) == book


# --- the review ----------------------------------------------------------------------------------------------------------------


def _heads(rules: RosterRules, roster: Roster) -> tuple[tuple[int, int, int, int], ...]:
    found = rules.review(roster, rules.page.day, rules.page)
    return tuple((year.begin, year.end, year.gained, year.lost) for year in found.growth)


def _grows_alike(rules: RosterRules, case: Moved) -> bool | None:
    before = _heads(rules, case.before)
    return before == _heads(rules, case.after) if any(map(any, before)) else None


def _reviews_in_any_order(rules: RosterRules, case: tuple[Roster, Dice]) -> bool | None:
    roster, shuffling = case
    day, page = rules.page.day, rules.page
    return rules.review(shuffled(roster, shuffling), day, page) == rules.review(roster, day, page)


# --- assignments ---------------------------------------------------------------------------------------------------------------


def _assigned(rules: RosterRules, case: Allotment) -> Assigned:
    return rules.assign(case.wishes, case.seats, case.terms)


def _moves_nobody_again(rules: RosterRules, case: Allotment) -> bool | None:
    made = _assigned(rules, case)
    wishes = tuple(
        changed(one, today=made.pairs.get(one.customer), frozen=one.frozen and one.customer in made.pairs)
        for one in case.wishes
    )
    again = _assigned(rules, changed(case, wishes=wishes))
    return not again.moves and again.pairs == made.pairs if made.pairs else None


def _keeps_the_bounds(rules: RosterRules, case: Allotment) -> bool | None:
    made = _assigned(rules, case)
    seats = {one.staff: one for one in case.seats}
    fixed = {one.customer: one.today for one in case.wishes if one.frozen and one.today in seats}
    frozen_at, taken = Counter(fixed.values()), Counter(made.pairs.values())
    within = all(
        one.capacity is None or taken[staff] <= max(one.capacity, frozen_at[staff]) for staff, one in seats.items()
    )
    named = {one.customer: one.costs.keys() & seats.keys() for one in case.wishes}
    to_candidates = all(fixed.get(who) == staff or staff in named[who] for who, staff in made.pairs.items())
    return within and to_candidates and fixed.items() <= made.pairs.items() if made.pairs else None


# --- tags ------------------------------------------------------------------------------------------------------------------------


def _tags_agree(rules: RosterRules, entry: RosterEntry) -> bool | None:
    rungs, day = ladder(rules.page), rules.page.day
    tags = tuple(rules.tags(entry, rungs))
    named = [tag.value for tag in tags if tag.kind is TagKind.MAINTAINER]
    live = [] if entry.maintainer is None else [entry.maintainer.staff]
    return named == live and bool(tags) is entry.is_live and not list(rules.judge_tags(entry, tags, rungs, day))


def _tags_are_missed(rules: RosterRules, case: tuple[RosterEntry, int]) -> bool | None:
    """A tag less is told, whichever it is."""
    entry, place = case
    rungs, day = ladder(rules.page), rules.page.day
    tags = [tag for tag in rules.tags(entry, rungs) if tag.holds_on(day)]
    if not tags:
        return None
    tags.pop(place % len(tags))
    return bool(list(rules.judge_tags(entry, tags, rungs, day)))


# --- the rows --------------------------------------------------------------------------------------------------------------------

_of_questions: Final = partial(Law[RosterRules, Any], cases=lambda rules: questions())
_of_turns: Final = partial(Law[RosterRules, Any], cases=lambda rules: turns())
_of_pairs: Final = partial(Law[RosterRules, Any], cases=lambda rules: pairs())
_of_allotments: Final = partial(Law[RosterRules, Any], cases=lambda rules: allotments())

ROSTER_LAWS: Final[tuple[Law[RosterRules, Any], ...]] = (
    _of_questions(
        name="roster-questions-replay",
        says="The same question about the roster has the same answer, byte for byte on the wire.",
        source="R-17",
        holds=_replays,
    ),
    _of_questions(
        name="a-stored-roster-answer-comes-back",
        says="An answer about the roster that is stored comes back equal.",
        source="R-17",
        holds=_comes_back,
    ),
    _of_questions(
        name="a-roster-question-is-answered-once",
        says="A request about the roster that was allowed has the same answer when it comes again, whatever it changed.",
        source="R-17",
        holds=_is_answered_once,
    ),
    _of_questions(
        name="roster-questions-fold",
        says="Every event of an answer is taken by the entry that it is about.",
        source="R-17",
        holds=_folds,
    ),
    _of_turns(
        name="an-entry-has-one-maintainer",
        says="Whatever is asked in turn, an entry has one maintainer or none, each beginning when the one before has ended.",
        source="R-17",
        holds=_has_one_maintainer,
    ),
    _of_turns(
        name="a-handover-forgets-nobody",
        says="Whoever maintained an entry or helped with it stands in it for ever.",
        source="R-17",
        holds=_forgets_nobody,
    ),
    _of_turns(
        name="no-seat-is-filled-twice",
        says="No sequence of questions gives a staff member more entries and offers than the seats hold.",
        source="R-17, field.md idea 11",
        holds=_fills_no_seat_twice,
    ),
    _of_pairs(
        name="merged-entries-are-one",
        says="Of the entries of two customers that are merged one remains, maintained when one of them was.",
        source="R-17, B6",
        holds=_merges_into_one,
    ),
    _of_pairs(
        name="a-merge-of-entries-forgets-nobody",
        says="Whoever stood in one of two entries that are merged stands in one of them afterwards.",
        source="R-17, B6",
        holds=_merges_forgetting_nobody,
    ),
    _of_pairs(
        name="a-merge-of-entries-is-undone-exactly",
        says="When a merge is undone at once, both entries stand as they stood.",
        source="B6",
        holds=_parts_as_they_stood,
    ),
    Law(
        name="growth-is-not-moved-by-reorganisation",
        says="No merge, split or transfer of customers moves the growth of the bank.",
        source="R-09",
        cases=lambda rules: moved_rosters(),
        holds=_grows_alike,
    ),
    Law(
        name="a-review-is-blind-to-order",
        says="A roster review does not depend on the order of the rows.",
        source="R-09 to R-22",
        cases=lambda rules: st.tuples(rosters() | rosters().map(muddled), dice),
        holds=_reviews_in_any_order,
    ),
    _of_allotments(
        name="an-assignment-asked-again-moves-nobody",
        says="With its own answer as today's roster an assignment moves nobody.",
        source="R-16 to R-22",
        holds=_moves_nobody_again,
    ),
    _of_allotments(
        name="an-assignment-keeps-the-bounds",
        says="An assignment goes to candidates only, keeps frozen pairs and goes over no capacity.",
        source="R-16 to R-22",
        holds=_keeps_the_bounds,
    ),
    Law(
        name="tags-agree-with-the-entry",
        says="The tags of an entry name its maintainer and nobody else, and agree with the entry; one that was struck off has none.",
        source="R-23 (A4, reconstruction)",
        cases=lambda rules: roster_entries(),
        holds=_tags_agree,
    ),
    Law(
        name="a-missing-tag-is-told",
        says="Where a tag of an entry is missing, that is told.",
        source="R-23 (A4, reconstruction)",
        cases=lambda rules: st.tuples(roster_entries(), st.integers(0, 9)),
        holds=_tags_are_missed,
    ),
)
"""What must hold of the roster, whoever maintains whom."""
