"""What `custmaster sync explore` and `simulate` share: other rules than this library's by name, and violations for people and programs."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import cast

from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser
from custmaster.errors import UnusableInput
from custmaster.sim.sync import Violation, chart
from custmaster.sync.rules import RULES, Rules

__all__ = ["add_rules", "rules_of", "show_violations", "violations_as_data"]


def add_rules(question: Parser) -> None:
    """Declare the argument for rules under test."""
    question.add_argument(
        "--rules",
        metavar="MODULE:NAME",
        help="rules to search in place of this library's: a custmaster.sync.Rules, or something with such `rules`, in an "
        "importable module; MODULE:NAME:KEY takes it out of a mapping (custmaster.testing.known_bad:KNOWN_BAD:KEY)",
    )


def rules_of(arguments: argparse.Namespace) -> Rules:
    """The rules that the arguments name, this library's when they name none. Errors: UnusableInput."""
    if arguments.rules is None:
        return RULES
    module, *names = str(arguments.rules).split(":")
    try:
        found: object = import_module(module)
        for place, name in enumerate(names):
            found = getattr(found, name) if place == 0 else _entry(found, name)
    except (ImportError, AttributeError, KeyError, ValueError):
        remedy = "write MODULE:NAME, where MODULE can be imported; custmaster.testing needs the extra testing"
        raise UnusableInput(
            "--rules", problem="there are no such rules", where=arguments.rules, remedy=remedy
        ) from None
    rules = found if isinstance(found, Rules) else getattr(found, "rules", None)
    if not isinstance(rules, Rules):
        raise UnusableInput(
            "--rules", problem="that is not a custmaster.sync.Rules", where=arguments.rules, remedy="name one"
        )
    return rules


def _entry(found: object, key: str) -> object:
    if not isinstance(found, Mapping):
        raise KeyError(key)
    return cast("Mapping[str, object]", found)[key]


def violations_as_data(violations: Sequence[Violation]) -> list[dict[str, object]]:
    """For programs: the invariant, its sentence, the steps, and the chart as text."""
    return [
        {
            "invariant": one.invariant.value,
            "sentence": one.sentence,
            "steps": [
                {"event": step.event.value, "system": step.system, "what": step.what, "message": step.message}
                for step in one.trace
            ],
            "chart": chart(one),
        }
        for one in violations
    ]


def show_violations(violations: Sequence[Violation], screen: Screen) -> None:
    """For people: each violation as a message chart."""
    for one in violations:
        screen.show(f"\n{chart(one)}\n")
