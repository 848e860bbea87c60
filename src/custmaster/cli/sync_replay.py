"""`custmaster sync replay CHANGES.jsonl`: what each system must send for a file of changes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from custmaster.cli.screen import Screen
from custmaster.cli.sync_agreed import agreed
from custmaster.cli.verbs import Parser, Verbs
from custmaster.handbook import render, title
from custmaster.report.sync_plan import Planned, Problem, SyncTally, plan
from custmaster.sync.codes import Scope
from custmaster.sync.direction import Policy
from custmaster.wire._in_place import written_whole
from custmaster.wire.sync_changes import open_changes

__all__ = ["add", "run"]

_SHOWN: Final = 20
"""Problems that people are shown; --json has more."""
_SENT: Final = (Scope.FULL, Scope.KEY, Scope.HANDOFF)


def add(questions: Verbs, common: Parser) -> None:
    """Declare the question."""
    question = questions.add_parser(
        "replay", parents=[common], help="what each system must send for a file of changes", allow_abbrev=False
    )
    question.add_argument(
        "file",
        help="JSON Lines: number, system, operation or changed (names of fields), and if need be cause and survivor",
    )
    question.add_argument("--out", metavar="FILE", help="where the plan of each change goes, as JSON Lines")
    question.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when every change can be sent, 1 when a line is bad or a change refused, 2 (by the caller) when the file cannot be used."""
    by, path = agreed(arguments), Path(arguments.file)
    with (
        open_changes(path) as file,
        _sink(arguments.out, path) as sink,
        screen.progress(path.name, file.expected) as progress,
    ):
        tally = plan(file, by.policy, by.setting.catalogue, sink, progress)
    screen.result(
        {
            "file": arguments.file,
            "out": arguments.out,
            "handbook": by.policy.handbook,
            **_as_data(tally, by.policy, screen),
        }
    )
    _show(tally, by.policy, screen)
    if arguments.out:
        screen.say(f"明细: {arguments.out}", f"details: {arguments.out}")
    return 1 if tally.bad or tally.refusals else 0


@contextmanager
def _sink(out: str | None, source: Path) -> Generator[Callable[[Planned], None]]:
    if out is None:
        yield lambda planned: None
        return
    with written_whole(Path(out), source, "the plan") as stream:
        yield lambda planned: _write(stream.write, planned)


def _write(write: Callable[[str], object], planned: Planned) -> None:
    """A number in no range is not repeated: it may be anything."""
    found = planned.direction
    line = {
        "line": planned.line,
        "number": found.number if found.role else None,
        "system": found.ruling.system,
        "operations": [one.value for one in planned.operations],
        "cause": found.ruling.cause.value,
        "scope": found.scope.value,
        "sender": found.sender,
        "receiver": found.receiver,
        "next": found.next.value,
        "local_nonkey_survives": found.local_nonkey_survives,
        "reasons": [str(reason.code) for reason in found.reasons],
    }
    write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def _as_data(tally: SyncTally, policy: Policy, screen: Screen) -> dict[str, object]:
    return {
        "lines": tally.lines,
        "bad": tally.bad,
        "scopes": {scope.value: tally.scopes[scope] for scope in Scope},
        "systems": {
            system: {
                **{scope.value: tally.sends[system, scope] for scope in _SENT},
                "answers": tally.answers[system],
                "acknowledgements": tally.acknowledgements[system],
            }
            for system in policy.plan.systems
        },
        "messages": tally.messages,
        "reverting": tally.reverting,
        "refusals": dict(sorted(tally.refusals.items())),
        "problems": [_problem(one, screen) for one in tally.problems],
        "problems_left_out": tally.left_out,
    }


def _problem(one: Problem, screen: Screen) -> dict[str, object]:
    return {
        "line": one.line,
        "field": one.fault.path,
        "fault": one.fault.fault.value,
        "problem": render(f"FAULT_{one.fault.fault}", {}, screen.lang),
        "remedy": one.fault.remedy,
    }


def _show(tally: SyncTally, policy: Policy, screen: Screen) -> None:
    heads = [screen.pick(zh, en) for zh, en in (("系统", "system"), *((scope.value, scope.value) for scope in _SENT))]
    heads += [screen.pick("应答", "answers"), screen.pick("确认", "acknowledgements")]
    rows = [
        (
            system,
            *(tally.sends[system, scope] for scope in _SENT),
            tally.answers[system],
            tally.acknowledgements[system],
        )
        for system in policy.plan.systems
    ]
    screen.table(screen.pick("各系统须发送", "what each system must send"), heads, rows)
    kept, refused = tally.scopes[Scope.NONE], tally.scopes[Scope.REJECT]
    screen.say(
        f"共 {tally.lines} 行:不发送 {kept},拒绝 {refused},无法读取 {tally.bad};消息合计 {tally.messages}",
        f"{tally.lines:,} lines: {kept:,} send nothing, {refused:,} refused, {tally.bad:,} cannot be read; "
        f"{tally.messages:,} messages in all",
    )
    if tally.reverting:
        screen.say(
            f"{tally.reverting} 项变更含不会保留的非关键字段,须告知经办人",
            f"what will not stay at the peer: in {tally.reverting:,} of the changes; tell its users",
        )
    for code, count in sorted(tally.refusals.items()):
        screen.say(f"- 拒绝 {count}: {title(code, screen.lang)}", f"- refused {count:,}: {title(code, screen.lang)}")
    _show_problems(tally, screen)


def _show_problems(tally: SyncTally, screen: Screen) -> None:
    if not tally.problems:
        return
    told = [_problem(one, screen) for one in tally.problems[:_SHOWN]]
    heads = [
        screen.pick(*head) for head in (("行", "line"), ("字段", "field"), ("问题", "problem"), ("办法", "remedy"))
    ]
    rows = [(one["line"], one["field"], one["problem"], one["remedy"]) for one in told]
    screen.table(screen.pick("无法读取的行", "lines that cannot be read"), heads, rows)
    more = len(tally.problems) - len(told) + tally.left_out
    if more:
        screen.say(f"另有 {more} 处", f"and {more:,} more")
