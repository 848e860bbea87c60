"""Laws of an assignment, by both solvers: all constraints kept, the least sum by trying everything, and nobody moves when asked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from random import Random
from types import MappingProxyType

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from custmaster.batch import assign_optimal
from custmaster.roster import AssignCode, Assigned, Ground, Seat, Terms, Wish, assign
from custmaster.roster._assigned import assign_with
from custmaster.roster._problem import NOBODY, Problem

Assign = Callable[[Iterable[Wish], Iterable[Seat], Terms], Assigned]
Asked = tuple[list[Wish], list[Seat], Terms]
Score = tuple[int, int, int]

BOTH = pytest.mark.parametrize("solve", [assign, assign_optimal])
CODES_OF_MOVES = list(AssignCode)[:8]


# ---- an oracle that knows nothing of the solvers: the rules as they are told, over every possible assignment


def stands(wish: Wish, seats: Sequence[Seat]) -> bool:
    return wish.frozen and wish.today in {seat.staff for seat in seats}


def choices(wish: Wish, seats: Sequence[Seat]) -> list[str | None]:
    if stands(wish, seats):
        return [wish.today]
    return [None, *(seat.staff for seat in seats if seat.staff in wish.costs)]


def score(asked: Asked, pairs: dict[str, str]) -> Score | None:
    """Without a maintainer, missing below floors, points; None where a capacity is gone over by others than frozen pairs."""
    wishes, seats, terms = asked
    heads = Counter(pairs.values())
    frozen = Counter(wish.today for wish in wishes if stands(wish, seats))
    missing = points = 0
    for seat in seats:
        count = heads[seat.staff]
        if seat.capacity is not None and count > max(seat.capacity, frozen[seat.staff]):
            return None
        missing += max(0, seat.floor - count)
        if seat.share is not None:
            points += sum(terms.overload * max(0, n - seat.share) for n in range(frozen[seat.staff] + 1, count + 1))
    for wish in wishes:
        if not stands(wish, seats) and (now := pairs.get(wish.customer)) is not None:
            kept = wish.today == now or wish.today not in wish.costs or wish.today not in {s.staff for s in seats}
            points += wish.costs[now] + (0 if kept else terms.move)
    return len(wishes) - len(pairs), missing, points


def best_by_trying_all(asked: Asked) -> Score:
    wishes, seats, _ = asked
    tried = (
        score(asked, {wish.customer: staff for wish, staff in zip(wishes, every, strict=True) if staff is not None})
        for every in product(*(choices(wish, seats) for wish in wishes))
    )
    return min(found for found in tried if found is not None)


def broken(asked: Asked, made: Assigned) -> set[str]:
    """The laws that an answer does not keep."""
    wishes, seats, _ = asked
    pairs, by_number = dict(made.pairs), {wish.customer: wish for wish in wishes}
    found = score(asked, pairs)
    moved = {move.customer: move for move in made.moves}
    changed = {wish.customer for wish in wishes if wish.customer in pairs and pairs[wish.customer] != wish.today}
    heads = Counter(pairs.values())
    short = {seat.staff: seat.floor - heads[seat.staff] for seat in seats if heads[seat.staff] < seat.floor}
    told = {g.subject: dict(g.facts)["missing"] for g in made.short if g.code is AssignCode.ASSIGN_FLOOR_SHORT}
    laws = {
        "everyone is placed or told": pairs.keys() | {g.subject for g in made.unplaced} == by_number.keys()
        and len(pairs) + len(made.unplaced) == len(wishes),
        "only to candidates": all(pairs[no] in choices(by_number[no], seats) for no in pairs),
        "no capacity is gone over": found is not None,
        "frozen pairs stand": all(pairs.get(w.customer) == w.today for w in wishes if stands(w, seats)),
        "every move is told once, and no other": moved.keys() == changed and len(moved) == len(made.moves),
        "a move says from whom to whom": all(
            (m.before, m.after) == (by_number[no].today, pairs.get(no)) for no, m in moved.items()
        ),
        "a move has a ground of its own": all(
            m.ground.code in CODES_OF_MOVES and m.ground.subject == no for no, m in moved.items()
        ),
        "every lack below a floor is told": told == short,
        "the sum is the least": found == best_by_trying_all(asked),
    }
    return {law for law, kept in laws.items() if not kept}


# ---- small instances


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    staff = [f"T-{n}" for n in range(draw(st.integers(1, 4)))]
    floors = st.integers(0, 3)
    seats = [
        Seat(
            staff=one,
            floor=(floor := draw(floors)),
            capacity=draw(st.sampled_from([None, floor, floor + 1, floor + 2])),
            share=draw(st.none() | st.integers(0, 2)),
        )
        for one in staff
    ]
    points = st.integers(0, draw(st.sampled_from([1, 20, 1_000_000])))
    wishes: list[Wish] = []
    for n in range(draw(st.integers(0, 5))):
        today = draw(st.sampled_from([None, *staff, "T-GONE"]))
        costs = draw(st.dictionaries(st.sampled_from([*staff, "T-ELSEWHERE"]), points))
        frozen = today is not None and draw(st.booleans()) and draw(st.booleans())
        wishes.append(Wish(customer=f"C-{n}", costs=costs, today=today, frozen=frozen))
    return wishes, seats, Terms(move=draw(st.integers(1, 5)), overload=draw(st.sampled_from([0, 0, 1, 7])))


@BOTH
@given(asked=asked())
def test_every_law_holds(solve: Assign, asked: Asked) -> None:
    assert broken(asked, solve(*asked)) == set()


@given(dice=st.randoms(use_true_random=False), ties=st.sampled_from([2, 30, 100_000]))
def test_both_solvers_find_the_same_sum(dice: Random, ties: int) -> None:
    """Larger than what can be tried through: 60 customers, 8 of staff, often too little room or too many floors."""
    staff = [f"T-{n}" for n in range(8)]
    room = dice.randint(5, 12)
    seats = [
        Seat(
            staff=one,
            floor=dice.randint(0, room),
            capacity=dice.choice([None, room, room]),
            share=dice.choice([None, 4]),
        )
        for one in staff
    ]
    wishes = [
        Wish(
            customer=f"C-{n:02}",
            costs={one: dice.randrange(ties) for one in dice.sample(staff, dice.randint(1, 4))},
            today=dice.choice([None, *staff]),
        )
        for n in range(60)
    ]
    asked: Asked = (wishes, seats, Terms(move=dice.randint(1, ties), overload=dice.choice([0, 3])))
    first, second = assign(*asked), assign_optimal(*asked)
    assert score(asked, dict(first.pairs)) == score(asked, dict(second.pairs)) is not None


def again(asked: Asked, made: Assigned) -> Asked:
    """The same question, with the answer as today's roster."""
    wishes, seats, terms = asked
    renewed = [
        evolve(wish, today=(now := made.pairs.get(wish.customer)), frozen=wish.frozen and now is not None)
        for wish in wishes
    ]
    return renewed, seats, terms


@BOTH
@given(asked=asked())
def test_asked_again_nobody_moves(solve: Assign, asked: Asked) -> None:
    made = solve(*asked)
    for other in (assign, assign_optimal):
        twice = other(*again(asked, made))
        assert twice.moves == ()
        assert twice.pairs == made.pairs
        assert (twice.points, twice.short) == (made.points, made.short)


@BOTH
@given(asked=asked(), data=st.data())
def test_the_order_of_what_is_given_does_not_matter(solve: Assign, asked: Asked, data: st.DataObject) -> None:
    wishes, seats, terms = asked
    turned = [evolve(wish, costs=dict(reversed(wish.costs.items()))) for wish in data.draw(st.permutations(wishes))]
    assert solve(turned, data.draw(st.permutations(seats)), terms) == solve(wishes, seats, terms)


@given(asked=asked())
def test_a_move_at_a_loss_says_who_needs_it(asked: Asked) -> None:
    """A ground is no more than true: what it says of a seat is so."""
    wishes, seats, terms = asked
    made = assign(wishes, seats, terms)
    by_number = {wish.customer: wish for wish in wishes}
    by_staff = {seat.staff: seat for seat in seats}
    today = Counter(w.today for w in wishes if w.today in by_staff and (w.frozen or w.today in w.costs))
    for move in made.moves:
        facts, wish = dict(move.ground.facts), by_number[move.customer]
        match move.ground.code:
            case AssignCode.ASSIGN_NEW:
                assert wish.today is None
            case AssignCode.ASSIGN_OFF_POST:
                assert wish.today not in by_staff
            case AssignCode.ASSIGN_NOT_CANDIDATE:
                assert wish.today in by_staff
                assert wish.today not in wish.costs
            case AssignCode.ASSIGN_BETTER_FIT:
                assert wish.today is not None
                assert facts["gain"] == wish.costs[wish.today] - wish.costs[move.after] >= terms.move
            case AssignCode.ASSIGN_OVER_CAPACITY:
                assert facts["staff"] == move.before
                assert today[move.before] == facts["count"] > by_staff[str(move.before)].capacity == facts["capacity"]
            case AssignCode.ASSIGN_FLOOR_OF:
                stay = sum(1 for no, staff in made.pairs.items() if staff == move.after == by_number[no].today)
                assert (facts["staff"], facts["count"]) == (move.after, stay)
                assert stay < facts["floor"] == by_staff[move.after].floor
            case AssignCode.ASSIGN_OVERLOAD:
                assert facts["count"] == today[move.before] > facts["share"] == by_staff[str(move.before)].share
            case _:
                assert move.ground.code is AssignCode.ASSIGN_MAKES_ROOM
                assert facts["staff"] == move.before == made.pairs[str(facts["customer"])]
                assert by_number[str(facts["customer"])].today != move.before


# ---- answers that are known to be bad: each law would notice

SIX: Asked = (
    [
        Wish(customer="C-1", costs={"T-1": 1, "T-2": 9}, today="T-1", frozen=True),
        Wish(customer="C-2", costs={"T-1": 5, "T-2": 6}, today="T-1"),
        Wish(customer="C-3", costs={"T-1": 2, "T-2": 2}),
        Wish(customer="C-4", costs={"T-2": 4}, today="T-2"),
        Wish(customer="C-5", costs={"T-1": 1}),
        Wish(customer="C-6", costs={"T-9": 1}, today="T-9"),
    ],
    [Seat(staff="T-1", capacity=2), Seat(staff="T-2", floor=4, capacity=4)],
    Terms(move=3),
)


def given_pair(made: Assigned, **pairs: str | None) -> Assigned:
    named = {customer.replace("_", "-"): staff for customer, staff in pairs.items()}
    return evolve(made, pairs=MappingProxyType({k: v for k, v in {**made.pairs, **named}.items() if v is not None}))


def dearest(problem: Problem) -> list[int]:
    """A solver that takes what costs most."""
    return [places[costs.index(max(costs))] for places, costs in problem.rows]


def nobody(problem: Problem) -> list[int]:
    return [NOBODY for _ in problem.rows]


def wrong_ground(made: Assigned) -> Assigned:
    first, *rest = made.moves
    return evolve(made, moves=(evolve(first, ground=Ground(code=first.ground.code, subject="C-9")), *rest))


KNOWN_BAD: dict[str, tuple[Callable[[Assigned], Assigned], str]] = {
    "forgets a customer": (lambda m: given_pair(m, C_2=None), "everyone is placed or told"),
    "forgets who has nobody": (lambda m: evolve(m, unplaced=()), "everyone is placed or told"),
    "takes another than a candidate": (lambda m: given_pair(m, C_4="T-1"), "only to candidates"),
    "goes over a capacity": (lambda m: given_pair(m, C_2="T-1", C_3="T-1"), "no capacity is gone over"),
    "moves a frozen pair": (lambda m: given_pair(m, C_1="T-2"), "frozen pairs stand"),
    "tells no move": (lambda m: evolve(m, moves=m.moves[1:]), "every move is told once, and no other"),
    "tells a move twice": (lambda m: evolve(m, moves=(*m.moves, *m.moves)), "every move is told once, and no other"),
    "tells another way": (
        lambda m: evolve(m, moves=tuple(evolve(one, before="T-7") for one in m.moves)),
        "a move says from whom to whom",
    ),
    "gives the ground of another": (wrong_ground, "a move has a ground of its own"),
    "hides a lack": (lambda m: evolve(m, short=()), "every lack below a floor is told"),
    "takes what costs most": (
        lambda m: assign_with(dearest, *(SIX[0], [Seat(staff="T-1"), Seat(staff="T-2")], SIX[2])),
        "the sum is the least",
    ),
    "places nobody": (lambda m: assign_with(nobody, *SIX), "the sum is the least"),
}


def test_the_example_keeps_every_law() -> None:
    made = assign(*SIX)
    assert broken(SIX, made) == set()
    assert dict(made.pairs) == {"C-1": "T-1", "C-2": "T-2", "C-3": "T-2", "C-4": "T-2", "C-5": "T-1"}
    assert [(m.customer, m.ground.code.value) for m in made.moves] == [
        ("C-2", "ASSIGN_FLOOR_OF"),
        ("C-3", "ASSIGN_NEW"),
        ("C-5", "ASSIGN_NEW"),
    ]


@pytest.mark.parametrize("name", KNOWN_BAD)
def test_the_laws_know_a_bad_answer(name: str) -> None:
    spoil, law = KNOWN_BAD[name]
    wide = ([*SIX[0]], [Seat(staff="T-1"), Seat(staff="T-2")], SIX[2]) if name == "takes what costs most" else SIX
    assert law in broken(wide, spoil(assign(*wide)))
