"""`custmaster roster assign --customers F --staff F --out proposals.csv`: who should maintain whom? Each proposal with its ground."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from custmaster.batch.optimum import assign_optimal
from custmaster.cli.roster_found import found_as_json, is_bad, show_found
from custmaster.cli.roster_inputs import add_files, apart_from, few_collections, the_paths, the_roster, the_terms
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import UnusableInput
from custmaster.handbook import title
from custmaster.roster import assign
from custmaster.roster.assign_kinds import Assigned, Seat, Terms, Wish
from custmaster.roster.questions import RosterQuestions, roster_questions
from custmaster.wire.findings import Finding
from custmaster.wire.roster_proposals import proposal_rows, read_candidates, write_proposals

__all__ = ["add", "run"]

Engine = Callable[[Iterable[Wish], Iterable[Seat], Terms], Assigned]
_ENGINES: Final[Mapping[str, Engine]] = {"python": assign, "ortools": assign_optimal}


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the question."""
    verb = verbs.add_parser(
        "assign", parents=[common], help="propose who should maintain whom, each with its why", allow_abbrev=False
    )
    add_files(verb)
    verb.add_argument(
        "--candidates",
        metavar="FILE",
        help="who could maintain whom at what cost (default: the staff of the customer's outlet, by fit)",
    )
    verb.add_argument(
        "--engine",
        choices=list(_ENGINES),
        default="python",
        help="what solves it, to the same optimum (default: python)",
    )
    verb.add_argument("--out", required=True, metavar="FILE", help="where the proposals go: .csv")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when everybody has a maintainer and every floor can be filled, 1 when not or a row is bad, 2 (by the caller) for an unusable input."""
    out, rules, paths = Path(arguments.out), the_terms(arguments), the_paths(arguments)
    if out.suffix.lower() != ".csv":
        raise UnusableInput(out.name, problem="the proposals are a table", remedy="let it end in .csv")
    apart_from(out, arguments)
    findings: list[Finding] = []
    with few_collections():
        read = the_roster(paths, rules, screen)
        findings += read.findings
        costs = None
        if arguments.candidates is not None:
            costs = read_candidates(Path(arguments.candidates), rules.mapping, findings.append)
        asked = roster_questions(read.roster, rules.day, rules.page, costs)
        screen.say(f"名单 {asked.customers:,} 位,分配中", f"assigning {asked.customers:,} on the roster")
        made = _answered(asked, _ENGINES[arguments.engine], screen)
    codes = Counter[str]()
    rows = (row for part in made for row in proposal_rows(part, asked.homes, screen.lang))
    write_proposals(out, rows, lambda row: codes.update((row["code"],)))
    told = {"as_of": rules.day, "handbook": rules.page.stamp, "out": arguments.out, "customers": asked.customers}
    counts = _counts(made)
    screen.result({**told, **counts, "grounds": dict(sorted(codes.items())), **found_as_json(findings, screen)})
    _show(codes, screen)
    show_found(findings, screen)
    moves, unplaced = counts["moves"], counts["unplaced"]
    screen.say(
        f"{out}: 建议 {moves:,} 项,未能安排 {unplaced:,} 位",
        f"{out}: {moves:,} proposals, {unplaced:,} customers without anybody",
    )
    return 1 if unplaced or counts["seats_not_as_they_should_be"] or any(map(is_bad, findings)) else 0


def _counts(made: list[Assigned]) -> dict[str, int]:
    return {
        "assigned": sum(len(one.pairs) for one in made),
        "moves": sum(len(one.moves) for one in made),
        "unplaced": sum(len(one.unplaced) for one in made),
        "seats_not_as_they_should_be": sum(len(one.short) for one in made),
        "points": sum(one.points for one in made),
    }


def _answered(asked: RosterQuestions, engine: Engine, screen: Screen) -> list[Assigned]:
    made: list[Assigned] = []
    with screen.progress(screen.pick("网点", "outlets"), len(asked.questions)) as told:
        for done, question in enumerate(asked.questions, start=1):
            made.append(engine(question.wishes, question.seats, asked.terms))
            told(done)
    return made


def _show(codes: Counter[str], screen: Screen) -> None:
    heads = [screen.pick(*head) for head in (("代码", "code"), ("数量", "count"), ("含义", "meaning"))]
    rows = [
        (code, count, title(code, screen.lang))
        for code, count in sorted(codes.items(), key=lambda one: (-one[1], one[0]))
    ]
    if rows:
        screen.table(screen.pick("理由", "why"), heads, rows)
