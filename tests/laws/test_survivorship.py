"""Laws of survivorship: no order matters, ties fall alike, contributors stay as they were, nothing is made up and nothing lost."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from custmaster.dedup.survivorship import (
    ChosenBy,
    Contribution,
    FieldRules,
    Policy,
    SurvivorshipRule,
    contribution_of,
    survive,
)
from custmaster.testing.strategies import entries

DAYS = st.none() | st.integers(0, 3).map(lambda more: date(2024, 1, 1) + timedelta(days=more))
SOURCES = st.none() | st.sampled_from(("BP", "EUSP", "OLD"))
VALUES = st.fixed_dictionaries(
    {},
    optional={name: st.none() | st.sampled_from(("", "x", "y", "z")) for name in ("name", "type", "number")}
    | {"phones": st.lists(st.sampled_from("123"), max_size=3).map(tuple)},
)
HELD = st.dictionaries(
    st.sampled_from("abcde"), st.builds(Contribution, values=VALUES, source=SOURCES, day=DAYS), max_size=5
)
RULES = st.lists(st.sampled_from(tuple(SurvivorshipRule)), unique=True).map(
    lambda rules: FieldRules(rules=rules, sources=("BP", "EUSP"))
)
POLICIES = st.builds(
    Policy,
    usual=RULES,
    fields=st.dictionaries(st.sampled_from(("name", "type", "phones")), RULES),
    together=st.sampled_from(((), (("type", "number"),))),
)


@given(held=HELD, policy=POLICIES, data=st.data())
def test_the_order_of_the_records_does_not_matter(
    held: dict[str, Contribution], policy: Policy, data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(held.items()))))
    assert survive(shuffled, policy) == survive(held, policy)


@given(held=HELD, policy=POLICIES)
def test_contributors_stay_and_what_is_chosen_is_theirs(held: dict[str, Contribution], policy: Policy) -> None:
    before = deepcopy(held)
    left = survive(held, policy)
    assert held == before
    for name, choice in left.fields.items():
        assert held[choice.chosen_from].values[name] is choice.value
        assert choice.chosen_from in choice.agreeing
        assert not set(choice.agreeing) & set(choice.differing)
    for name, choices in left.lists.items():
        given_ = {value for one in held.values() for value in one.values.get(name) or ()}
        assert sorted(choice.value for choice in choices) == sorted(given_)
        for choice in choices:
            assert choice.agreeing == tuple(
                sorted(key for key, one in held.items() if choice.value in (one.values.get(name) or ()))
            )


@given(held=HELD, policy=POLICIES)
def test_what_anybody_filled_is_left_unless_it_belongs_to_another_record(
    held: dict[str, Contribution], policy: Policy
) -> None:
    filled = {name for one in held.values() for name, value in one.values.items() if value}
    left = survive(held, policy)
    grouped = {name for group in policy.together for name in group}
    assert filled - grouped <= set(left.values) <= filled
    for group in policy.together:
        assert len({left.fields[name].chosen_from for name in group if name in left.fields}) <= 1


@given(held=HELD, policy=POLICIES)
def test_a_reason_says_what_is_so(held: dict[str, Contribution], policy: Policy) -> None:
    for choice in survive(held, policy).fields.values():
        match choice.by:
            case ChosenBy.ONLY:
                assert (choice.agreeing, choice.differing) == ((choice.chosen_from,), ())
            case ChosenBy.AGREED:
                assert not choice.differing
            case _:
                assert choice.differing


@given(held=HELD)
def test_recency_never_takes_an_older_value_where_a_newer_stands(held: dict[str, Contribution]) -> None:
    policy = Policy(usual=FieldRules(rules=[SurvivorshipRule.RECENCY]))
    for name, choice in survive(held, policy).fields.items():
        days = [one.day or date.min for one in held.values() if one.values.get(name)]
        assert (held[choice.chosen_from].day or date.min) == max(days)


@given(given_=st.lists(entries(), min_size=1, max_size=4))
def test_customers_as_they_were_entered_survive(given_: list[object]) -> None:
    held = {str(place): contribution_of(entry) for place, entry in enumerate(given_)}  # type: ignore[arg-type]
    left = survive(held)
    again = survive({**held, "z": Contribution(values=left.values)})
    assert again.values == left.values
