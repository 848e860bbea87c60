"""Survivorship (best record): of several records of one customer, which value stands in the one that is left, and why.

The contributors are read and never written to: whatever is chosen says from which record it came, by which rule, who had said the same
and who had not, so that a split finds everything where it was. Source: the vocabulary of SAP MDG (field.md, [S9]).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import field, frozen
from attrs.converters import pipe

from custmaster.customer.entry import Entry
from custmaster.dedup._filled import is_filled, sameness
from custmaster.errors import CustmasterError

__all__ = [
    "ChosenBy",
    "Choice",
    "Contribution",
    "FieldRules",
    "Policy",
    "Survivor",
    "SurvivorshipRule",
    "contribution_of",
    "survive",
]


class SurvivorshipRule(StrEnum):
    """What makes one record's value better than another's; a value that is missing or a placeholder is never chosen.

    COMPLETENESS: the record with more of its fields filled. RECENCY: the record of the later day. SOURCE: the system that stands
    earlier in a list.
    """

    COMPLETENESS = "COMPLETENESS"
    RECENCY = "RECENCY"
    SOURCE = "SOURCE"


class ChosenBy(StrEnum):
    """Why a value stands.

    ONLY: nobody else gave one. AGREED: all who gave one gave the same. A rule: it decided. RECORD_KEY: no rule did, and the record with
    the lesser key was taken, so that the answer is always the same.
    """

    ONLY = "ONLY"
    AGREED = "AGREED"
    COMPLETENESS = "COMPLETENESS"
    RECENCY = "RECENCY"
    SOURCE = "SOURCE"
    RECORD_KEY = "RECORD_KEY"


if TYPE_CHECKING:

    def _texts(values: Iterable[str]) -> tuple[str, ...]: ...
    def _rules(values: Iterable[SurvivorshipRule]) -> tuple[SurvivorshipRule, ...]: ...
    def _groups(values: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]: ...

else:
    _texts = tuple
    _rules = tuple
    _groups = pipe(partial(map, tuple), tuple)


@frozen(kw_only=True)
class FieldRules:
    """The rules for a field in the order in which they decide; `sources` is the order of systems for SOURCE, others come last.

    Errors: CustmasterError for SOURCE without an order of sources.
    """

    rules: tuple[SurvivorshipRule, ...] = field(default=(SurvivorshipRule.RECENCY,), converter=_rules)
    sources: tuple[str, ...] = field(default=(), converter=_texts)

    def __attrs_post_init__(self) -> None:
        if SurvivorshipRule.SOURCE in self.rules and not self.sources:
            raise CustmasterError("SOURCE needs the order of the sources")


_USUAL: Final = FieldRules(rules=[SurvivorshipRule.RECENCY, SurvivorshipRule.COMPLETENESS])


@frozen(kw_only=True)
class Policy:
    """The rules of all fields: `usual` holds where `fields` names none; the fields of a group in `together` come from one record.

    Errors: CustmasterError for a field in two groups.
    """

    usual: FieldRules = _USUAL
    fields: Mapping[str, FieldRules] = MappingProxyType({})
    together: tuple[tuple[str, ...], ...] = field(default=(), converter=_groups)

    def __attrs_post_init__(self) -> None:
        grouped = [name for group in self.together for name in group]
        if len(grouped) != len(set(grouped)):
            raise CustmasterError("a field stands in two groups of fields that come from one record")


@frozen(kw_only=True)
class Contribution:
    """What one record brings: its values by field, the system that it comes from, and the day of which it is. A tuple is a list of values."""

    values: Mapping[str, object] = field(repr=False)
    source: str | None = None
    day: date | None = None


@frozen(kw_only=True)
class Choice:
    """A value of the survivor: the record that it comes from and why, the records that say the same (that one among them), and the rest.

    `differing` are the records that gave another value; those that gave none stand nowhere.
    """

    value: Any = field(repr=False)
    chosen_from: str
    by: ChosenBy
    agreeing: tuple[str, ...]
    differing: tuple[str, ...] = ()


@frozen(kw_only=True)
class Survivor:
    """The record that is left: a choice for each field that anybody filled, and for each list of values all of them, each once."""

    fields: Mapping[str, Choice]
    lists: Mapping[str, tuple[Choice, ...]]

    @property
    def values(self) -> Mapping[str, Any]:
        """The values alone, by field; lists as tuples."""
        single = {name: choice.value for name, choice in self.fields.items()}
        return single | {name: tuple(choice.value for choice in choices) for name, choices in self.lists.items()}


_USUAL_POLICY: Final = Policy()


def survive(contributions: Mapping[str, Contribution], policy: Policy = _USUAL_POLICY) -> Survivor:
    """What is left of the records, by field; their order does not matter. Fields stand in the order of their names.

    Values that mean the same (a name with another space, a phone with its country code) count as agreeing. The values of lists are put
    together, the better record's first. Errors: CustmasterError for a field that is a list in one record and a single value in another.

    >>> old = Contribution(values={"name": "王伟", "mobile": "13800001234"}, day=date(2019, 7, 1))
    >>> new = Contribution(values={"name": "王伟", "mobile": "13900005678"}, day=date(2025, 3, 1))
    >>> left = survive({"7000000001": old, "7000000002": new})
    >>> left.values["mobile"], left.fields["mobile"].chosen_from, left.fields["mobile"].by
    ('13900005678', '7000000002', <ChosenBy.RECENCY: 'RECENCY'>)
    """
    names = sorted({name for one in contributions.values() for name, value in one.values.items() if is_filled(value)})
    lists = {name for one in contributions.values() for name, value in one.values.items() if type(value) is tuple}
    group_of = {name: group for group in policy.together for name in group}
    fields: dict[str, Choice] = {}
    for name in names:
        if name not in lists:
            group = group_of.get(name, (name,))
            choice = _chosen(contributions, name, group, policy.fields.get(group[0], policy.usual))
            if choice is not None:
                fields[name] = choice
    return Survivor(
        fields=MappingProxyType(fields),
        lists=MappingProxyType(
            {
                name: tuple(_united(contributions, name, policy.fields.get(name, policy.usual)))
                for name in names
                if name in lists
            }
        ),
    )


def contribution_of(entry: Entry, *, source: str | None = None, day: date | None = None) -> Contribution:
    """What an Entry brings, or a customer as of a day (`customer.entry(day)`): name, sex, birth date, documents, phones and the rest.

    >>> from custmaster.value.name import Name
    >>> contribution_of(Entry(name=Name("张伟")), source="BP").values["name"]
    Name(张*)
    """
    return Contribution(values={name: getattr(entry, name) for name in _OF_ENTRY}, source=source, day=day)


_OF_ENTRY: Final = (
    "name",
    "sex",
    "birth_date",
    "nationality",
    "occupation",
    "email",
    "opened_on",
    "documents",
    "phones",
    "addresses",
    "card_numbers",
    "account_numbers",
)

_Held = Mapping[str, Contribution]


def _chosen(held: _Held, name: str, group: tuple[str, ...], rules: FieldRules) -> Choice | None:
    """The field of the record that is best for its whole group; None when that one lacks it, for another's would not belong to it."""
    said = {
        record: tuple(sameness(value) if is_filled(value := one.values.get(field)) else None for field in group)
        for record, one in sorted(held.items())
    }
    said = {record: meant for record, meant in said.items() if any(one is not None for one in meant)}
    best, by = _best(held, said, group, rules)
    value = held[best].values.get(name)
    if not is_filled(value):
        return None
    return Choice(
        value=value,
        chosen_from=best,
        by=by,
        agreeing=tuple(record for record, meant in said.items() if meant == said[best]),
        differing=tuple(record for record, meant in said.items() if meant != said[best]),
    )


def _best(
    held: _Held, said: Mapping[str, tuple[Hashable, ...]], group: tuple[str, ...], rules: FieldRules
) -> tuple[str, ChosenBy]:
    """The best record of those that say something, and what settled it; every rule is applied, so that the writing is settled too."""
    left = list(said)
    by = ChosenBy.ONLY if len(left) == 1 else ChosenBy.AGREED if len(set(said.values())) == 1 else None
    for rule in rules.rules:
        worth = {record: _worth(held[record], rule, group, rules) for record in left}
        best = max(worth.values())
        left = [record for record in left if worth[record] == best]
        if by is None and len({said[record] for record in left}) == 1:
            by = ChosenBy(rule.value)
    return left[0], by or ChosenBy.RECORD_KEY


def _worth(one: Contribution, rule: SurvivorshipRule, group: tuple[str, ...], rules: FieldRules) -> int:
    """How good a record is by one rule; more is better."""
    if rule is SurvivorshipRule.COMPLETENESS:
        names = group if len(group) > 1 else one.values.keys()
        return sum(1 for name in names if is_filled(one.values.get(name)))
    if rule is SurvivorshipRule.RECENCY:
        return 0 if one.day is None else one.day.toordinal()
    return -rules.sources.index(one.source) if one.source in rules.sources else -len(rules.sources)


def _united(held: _Held, name: str, rules: FieldRules) -> Iterator[Choice]:
    """Every value of the lists once, those of the better records first, each from the best record that has it."""
    order = sorted(
        held, key=lambda record: (*(-_worth(held[record], rule, (name,), rules) for rule in rules.rules), record)
    )
    first: dict[Hashable, tuple[str, object]] = {}
    having: dict[Hashable, list[str]] = {}
    for record in order:
        for value in _listed(held[record].values.get(name)):
            first.setdefault(sameness(value), (record, value))
            having.setdefault(sameness(value), []).append(record)
    for meant, (record, value) in first.items():
        agreeing = tuple(sorted(set(having[meant])))
        by = ChosenBy.ONLY if len(agreeing) == 1 else ChosenBy.AGREED
        yield Choice(value=value, chosen_from=record, by=by, agreeing=agreeing)


def _listed(value: object) -> tuple[object, ...]:
    if value is None:
        return ()
    if not isinstance(value, tuple):
        raise CustmasterError("a field is a list in one record and a single value in another")
    return tuple(one for one in cast("tuple[object, ...]", value) if is_filled(one))
