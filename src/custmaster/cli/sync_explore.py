"""`custmaster sync explore`: every history of a small world, over the functions of the library itself."""

from __future__ import annotations

import argparse
from typing import Final

from attrs import evolve

from custmaster.cli.screen import Screen
from custmaster.cli.sync_agreed import agreed
from custmaster.cli.sync_search import add_rules, rules_of, show_violations, violations_as_data
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import UnusableInput
from custmaster.sim.sync import SCOPES, ExploreResult, Scope, explore

__all__ = ["add", "run"]

_COUNTS: Final = (
    ("edits", 3, "edits in one history"),
    ("handovers", 0, "changes of the owner"),
    ("restores", 0, "restores from a backup of either system"),
    ("repairs", 0, "repairs of a peer's copy"),
    ("upgrades", 0, "1: each system moves to the next catalogue at some time"),
    ("customers", 1, "1, or 2: one of the new range and one of the old"),
    ("keys", 2, "KEY fields"),
    ("others", 1, "fields that are not KEY"),
    ("relations", 0, "relationships, 0 to 2"),
)
_FLAGS: Final = (
    ("two-field-edits", "also edits of two fields at once"),
    ("group", "the KEY fields are taken or refused together"),
    ("creation", "at first no system has the customer"),
    ("stock", "at first its owner alone has the customer, never modified"),
    ("status", "also deletion and reactivation"),
    ("merge", "also merges, with --customers 2"),
    ("one-range", "both customers have one owner"),
)


def add(questions: Verbs, common: Parser) -> None:
    """Declare the question."""
    question = questions.add_parser(
        "explore",
        parents=[common],
        help="search every history of a small world: any loss, repetition, disorder and delay of messages",
        allow_abbrev=False,
    )
    question.add_argument("--scope", choices=sorted(SCOPES), help="a scope of the documentation, in place of counts")
    for name, default, told in _COUNTS:
        question.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"{told} (default: {default})")
    for name, told in _FLAGS:
        question.add_argument(f"--{name}", action="store_true", help=told)
    question.add_argument("--deadline", type=float, metavar="SECONDS", help="stop searching after so long")
    add_rules(question)
    question.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when every invariant holds in every state, 1 when one does not; then the shortest history is shown."""
    scope, rules = _scope(arguments), rules_of(arguments)
    with screen.progress(screen.pick("状态", "states"), None) as progress:
        found = explore(scope, rules=rules, deadline=arguments.deadline, progress=progress)
    screen.result(
        {
            "states": found.states,
            "transitions": found.transitions,
            "seconds": found.seconds,
            "complete": found.complete,
            "violations": violations_as_data(found.violations),
            "sometimes": dict(found.sometimes),
        }
    )
    _show(found, screen)
    return 1 if found.violations else 0


def _scope(arguments: argparse.Namespace) -> Scope:
    if arguments.scope is not None:
        return SCOPES[arguments.scope]
    counts = {name: getattr(arguments, name) for name, _, _ in _COUNTS}
    if counts["relations"] > 2:
        raise UnusableInput("--relations", problem="there are two", remedy="give 0, 1 or 2")
    flags = {name.replace("-", "_"): getattr(arguments, name.replace("-", "_")) for name, _ in _FLAGS}
    return evolve(Scope(**counts, **flags), options=agreed(arguments).policy.options)


def _show(found: ExploreResult, screen: Screen) -> None:
    rate = round(found.states / found.seconds) if found.seconds else found.states
    screen.say(
        f"{found.states:,} 个状态, {found.transitions:,} 步, {found.seconds:.1f} 秒 (每秒 {rate:,} 个状态)",
        f"{found.states:,} states, {found.transitions:,} transitions, {found.seconds:.1f} s ({rate:,} states a second)",
    )
    met = [(what, count) for what, count in found.sometimes if count]
    screen.table(
        screen.pick("遇到的情形", "met on the way"), [screen.pick("情形", "what"), screen.pick("次", "times")], met
    )
    if found.violations:
        screen.say("有不变式不成立;最短的经过如下:", "an invariant does not hold; its shortest history:")
        show_violations(found.violations, screen)
    elif found.complete:
        screen.say(
            "每个状态下所有不变式都成立。", "Every invariant holds in every state, and from each all comes to rest."
        )
    else:
        screen.say("时间已到,未搜索完。", "The time is up: nothing was found wrong, and not everything was searched.")
