"""Rules of survivorship as a TOML file: which rules, in which order, for which field; and which columns say system and day.

`parse` is pure; whoever has the file reads it. Source: the vocabulary of SAP MDG (field.md, [S9]).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, cast

from attrs import frozen

from custmaster.dedup.survivorship import FieldRules, Policy, SurvivorshipRule
from custmaster.errors import UnusableInput

__all__ = ["BY_COMPLETENESS", "SurvivorshipFile", "parse"]


@frozen(kw_only=True)
class SurvivorshipFile:
    """The rules of all fields, and the columns that say from which system a row is (SOURCE) and of which day (RECENCY)."""

    policy: Policy
    source: str | None = None
    day: str | None = None


_COMPLETENESS: Final = FieldRules(rules=(SurvivorshipRule.COMPLETENESS,))
BY_COMPLETENESS: Final = SurvivorshipFile(policy=Policy(usual=_COMPLETENESS))
"""What holds where nobody gives rules: of two values that differ, that of the row with more of its fields filled."""

_KEYS: Final = frozenset(("rules", "sources", "source", "day", "fields"))
_OF_FIELD: Final = frozenset(("rules", "sources"))


def parse(text: str, source: str) -> SurvivorshipFile:
    r"""The rules that a TOML text describes; `source` is its name for errors.

    Errors: UnusableInput for what is no TOML, an unknown word, SOURCE without `sources` and `source`, RECENCY without `day`.

    >>> rules = parse('rules = ["RECENCY"]\nday = "changed"\n[fields.name]\nrules = ["COMPLETENESS"]', "s.toml")
    >>> rules.day, [rule.value for rule in rules.policy.fields["name"].rules]
    ('changed', ['COMPLETENESS'])
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise UnusableInput(source, problem="it is not TOML", remedy="see docs/how-to/find-duplicates") from None
    _only(raw, _KEYS, source)
    given = {name: _table(one, source) for name, one in _table(raw.get("fields", {}), source).items()}
    for one in given.values():
        _only(one, _OF_FIELD, source)
    usual = _rules(raw, raw, source) if "rules" in raw else _COMPLETENESS
    fields = {name: _rules(one, raw, source) for name, one in given.items()}
    made = SurvivorshipFile(
        policy=Policy(usual=usual, fields=MappingProxyType(fields)), source=_name(raw, "source"), day=_name(raw, "day")
    )
    _columns_named(made, source)
    return made


def _columns_named(made: SurvivorshipFile, source: str) -> None:
    used = {rule for one in (made.policy.usual, *made.policy.fields.values()) for rule in one.rules}
    for rule, column, word in (
        (SurvivorshipRule.RECENCY, made.day, "day"),
        (SurvivorshipRule.SOURCE, made.source, "source"),
    ):
        if rule in used and column is None:
            remedy = f'say which column tells it: {word} = "..."'
            raise UnusableInput(source, problem=f"{rule.value} needs a column", remedy=remedy)


def _rules(given: Mapping[str, Any], whole: Mapping[str, Any], source: str) -> FieldRules:
    names = _texts(given.get("rules"))
    known = {rule.value for rule in SurvivorshipRule}
    if not names or not known.issuperset(names):
        raise UnusableInput(source, problem="rules are a list of words", remedy=f"of {', '.join(sorted(known))}")
    sources = _texts(given.get("sources", whole.get("sources", [])))
    if SurvivorshipRule.SOURCE.value in names and not sources:
        raise UnusableInput(
            source, problem="SOURCE needs the order of the systems", remedy='name them: sources = ["BP", "EUSP"]'
        )
    return FieldRules(rules=[SurvivorshipRule(name) for name in names], sources=sources)


def _texts(given: object) -> tuple[str, ...]:
    """A list of texts; empty for anything else."""
    listed = cast("list[object]", given) if isinstance(given, list) else []
    return tuple([one for one in listed if isinstance(one, str)]) if all(isinstance(one, str) for one in listed) else ()


def _table(given: Any, source: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise UnusableInput(source, problem="[fields] holds a table for each field", remedy="write [fields.name]")
    return cast("Mapping[str, Any]", given)


def _name(raw: Mapping[str, Any], word: str) -> str | None:
    value = raw.get(word)
    return value if isinstance(value, str) and value else None


def _only(given: Mapping[str, Any], known: frozenset[str], source: str) -> None:
    for word in given:
        if word not in known:
            raise UnusableInput(
                source,
                problem=f"it has a part of an unknown name, {word!r}",
                remedy=f"known are {', '.join(sorted(known))}",
            )
