"""`custmaster sync simulate --seed S`: two cores in memory, users who edit, and every fault there is, by seed."""

from __future__ import annotations

import argparse

from custmaster.cli.screen import Screen
from custmaster.cli.sync_search import add_rules, rules_of, show_violations, violations_as_data
from custmaster.cli.verbs import Parser, Verbs
from custmaster.sim.sync import SimulationResult, simulate
from custmaster.sim.sync.faults import ALL_FAULTS, CALM

__all__ = ["add", "run"]


def add(questions: Verbs, common: Parser) -> None:
    """Declare the question."""
    question = questions.add_parser(
        "simulate",
        parents=[common],
        help="let two cores in memory run while messages and cores fail, then see whether they are equal",
        allow_abbrev=False,
    )
    question.add_argument("--seed", type=int, default=7, metavar="S", help="the same seed, the same run (default: 7)")
    question.add_argument("--edits", type=int, default=200, metavar="N", help="edits in a run (default: 200)")
    question.add_argument("--customers", type=int, default=3, metavar="N", help="customers (default: 3)")
    question.add_argument("--runs", type=int, default=1, metavar="N", help="so many runs, each with the next seed")
    question.add_argument("--calm", action="store_true", help="without any fault")
    add_rules(question)
    question.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when both cores ended equal and every invariant held, 1 when not; stops at the first run that fails."""
    rules, faults = rules_of(arguments), CALM if arguments.calm else ALL_FAULTS
    runs = list[SimulationResult]()
    with screen.progress(screen.pick("模拟", "runs"), arguments.runs) as progress:
        for seed in range(arguments.seed, arguments.seed + max(arguments.runs, 1)):
            runs.append(
                simulate(seed, edits=arguments.edits, customers=arguments.customers, faults=faults, rules=rules)
            )
            progress(len(runs))
            if not _sound(runs[-1]):
                break
    last = runs[-1]
    met = _met(runs)
    messages = sum(one.messages for one in runs)
    screen.result(
        {
            "seed": last.seed,
            "runs": len(runs),
            "messages": messages,
            "converged": last.converged,
            "violations": violations_as_data(last.violations),
            "sometimes": met,
        }
    )
    screen.table(
        screen.pick("遇到的情形", "met on the way"),
        [screen.pick("情形", "what"), screen.pick("次", "times")],
        met.items(),
    )
    _say(last, (len(runs), messages), screen)
    return 0 if _sound(last) else 1


def _sound(one: SimulationResult) -> bool:
    return one.converged and not one.violations


def _met(runs: list[SimulationResult]) -> dict[str, int]:
    met: dict[str, int] = {}
    for one in runs:
        for what, count in one.sometimes:
            met[what] = met.get(what, 0) + count
    return {what: met[what] for what in sorted(met) if met[what]}


def _say(last: SimulationResult, size: tuple[int, int], screen: Screen) -> None:
    runs, messages = size
    if _sound(last):
        screen.say(
            f"{runs:,} 次模拟, {messages:,} 条报文: 两个系统最终一致。",
            f"runs: {runs:,}, messages: {messages:,}; both systems ended equal.",
        )
        return
    screen.say(
        f"种子 {last.seed}: 未达成一致,或有不变式不成立:",
        f"seed {last.seed}: not equal, or an invariant does not hold:",
    )
    show_violations(last.violations, screen)
