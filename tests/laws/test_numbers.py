"""Laws of the number plan: a number has one range; `allocate` never gives a number twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from custmaster.errors import InvalidValue
from custmaster.value.number_plan import (
    Block,
    CheckScheme,
    Exhausted,
    NumberPlan,
    NumberRange,
    Role,
    allocate,
    check_digit,
    remaining,
)

NUMBERS = st.integers(0, 999).map(lambda n: f"{n:03}")
RANGES = st.lists(
    st.tuples(NUMBERS, NUMBERS, st.sampled_from(["BP", "EUSP"])).filter(lambda p: p[0] <= p[1]), max_size=4
).map(
    lambda rows: [
        NumberRange(name=f"r{n}", low=low, high=high, owner=owner) for n, (low, high, owner) in enumerate(rows)
    ]
)


@given(RANGES)
def test_a_plan_is_refused_exactly_when_a_number_has_two_ranges(ranges: list[NumberRange]) -> None:
    edges = {0, 999} | {int(text) + step for one in ranges for text in (one.low, one.high) for step in (-1, 0, 1)}
    probes = sorted(edges & set(range(1000)))
    holders = [(n, [one for one in ranges if int(one.low) <= n <= int(one.high)]) for n in probes]
    try:
        plan = NumberPlan(width=3, ranges=ranges, peers=["BP", "EUSP"])
    except InvalidValue:
        assert any(len(held) > 1 for _, held in holders)
        return
    for n, held in holders:
        assert len(held) <= 1
        number = f"{n:03}"
        assert plan.range_of(number) == (held[0] if held else None)
        roles = [plan.role(number, system) for system in plan.systems]
        assert sorted(map(str, roles)) == (sorted(map(str, (Role.OWNER, Role.PEER))) if held else ["None", "None"])


@given(
    st.sampled_from(CheckScheme),
    st.lists(st.integers(0, 99), min_size=2, max_size=6, unique=True).map(sorted),
    st.lists(st.integers(0, 2), max_size=130),
)
def test_no_number_is_given_twice_from_blocks_that_do_not_meet(
    scheme: CheckScheme, cuts: list[int], turns: list[int]
) -> None:
    whole = NumberRange(name="all", low="000", high="999", owner="BP")

    def number(body: int) -> str:
        return f"{body:03}" if scheme is CheckScheme.NONE else f"{body:02}" + check_digit(scheme, f"{body:02}")

    blocks = [
        Block(range=whole, next=number(low), last=number(high - 1), check=scheme)
        for low, high in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    plan = NumberPlan(width=3, ranges=[whole], check=scheme)
    promised = sum(remaining(block) for block in blocks)
    given_out: list[str] = []
    for turn in turns + [0, 1, 2] * 100:
        place = turn % len(blocks)
        answer = allocate(blocks[place])
        if isinstance(answer, Exhausted):
            assert remaining(blocks[place]) == 0
            continue
        assert remaining(answer[1]) == remaining(blocks[place]) - 1
        given_out.append(answer[0])
        blocks[place] = answer[1]
        assert plan.range_of(answer[0]) == whole
    assert len(set(given_out)) == len(given_out) == promised
