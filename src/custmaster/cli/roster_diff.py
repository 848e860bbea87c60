"""`custmaster roster diff A B`: what has changed between two files of assignments (分配), or one file since a day."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from attrs import evolve

from custmaster.cli.inputs import a_day, as_of, load_handbook
from custmaster.cli.roster_found import found_as_json, is_bad, show_found
from custmaster.cli.roster_inputs import few_collections, the_aliases, the_mapping
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import UnusableInput
from custmaster.handbook import title
from custmaster.roster.changes import diff
from custmaster.roster.entry import RosterEntry
from custmaster.roster.figure_codes import ChangeCode
from custmaster.roster.review import Change
from custmaster.wire._roster_cells import Tell
from custmaster.wire.findings import Finding
from custmaster.wire.roster_entries import entries_of
from custmaster.wire.roster_terms import RosterTerms
from custmaster.wire.roster_words import RosterFile

__all__ = ["add", "run"]

_MOST_SHOWN: Final = 50


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the question."""
    verb = verbs.add_parser(
        "diff", parents=[common], help="what has changed between two files of assignments", allow_abbrev=False
    )
    verb.add_argument("before", metavar="A", help="the earlier assignments: CSV, JSON Lines, Parquet or .xlsx")
    verb.add_argument("after", metavar="B", help="the later ones; may be the same file, with --last DAY")
    verb.add_argument("--last", type=a_day, metavar="DAY", help="the day on which A is looked at (default: that of B)")
    verb.add_argument("--mapping", metavar="FILE", help="which column feeds which field, table [assignments]")
    verb.add_argument(
        "--ledger", metavar="FILE", help="the ledger of customer numbers (.jsonl): old ones become today's"
    )
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when nothing has changed, 1 when something has or a row is bad, 2 (by the caller) when a file cannot be used."""
    day: date = as_of(arguments)
    last: date = arguments.last or day
    if last > day:
        raise UnusableInput("--last", problem="it is after the day of B", remedy="name an earlier day, or --as-of DAY")
    findings: list[Finding] = []
    page, mapping = load_handbook(arguments).on(day), the_mapping(arguments)
    aliases = the_aliases(arguments, day)
    with few_collections():
        before, after = (
            entries_of(Path(name), RosterTerms(page=page, day=when, mapping=mapping, aliases=aliases), tell)
            for name, when, tell in (
                (arguments.before, last, _of_before(findings.append)),
                (arguments.after, day, findings.append),
            )
        )
        changes = diff(before, after)
    findings = list(filter(is_bad, findings))  # that an assignment begins later is what is asked for here
    staff = {True: _staff(after), False: _staff(before)}
    changes = tuple(_with_staff(one, staff) for one in changes)
    screen.result(
        {
            "before": arguments.before,
            "after": arguments.after,
            "as_of": day,
            "last": last,
            "counts": _counts(changes),
            "changes": [_plain(one) for one in changes],
            **found_as_json(findings, screen),
        }
    )
    _show(changes, screen)
    if findings:
        show_found(findings, screen)
    return 1 if changes or findings else 0


def _of_before(tell: Tell) -> Tell:
    """Who is told of the earlier file, so that its lines stand apart from those of the later."""
    return lambda one: tell(evolve(one, field=one.field.replace(RosterFile.ASSIGNMENTS, RosterFile.BEFORE, 1)))


def _staff(entries: Iterable[RosterEntry]) -> dict[str, str]:
    return {one.number: one.maintainer.staff for one in entries if one.maintainer is not None}


def _with_staff(one: Change, staff: Mapping[bool, Mapping[str, str]]) -> Change:
    """Of an entry that came or went, with whom it is or was."""
    if one.code == ChangeCode.NEW_ENTRY:
        return evolve(one, after=staff[True].get(one.entry))
    return evolve(one, before=staff[False].get(one.entry)) if one.code == ChangeCode.NO_MORE_THERE else one


def _counts(changes: tuple[Change, ...]) -> dict[str, int]:
    counted = Counter(str(one.code) for one in changes)
    return {str(code): counted[str(code)] for code in ChangeCode if counted[str(code)]}


def _plain(one: Change) -> dict[str, str | None]:
    return {"code": str(one.code), "entry": one.entry, "subject": one.subject, "before": one.before, "after": one.after}


def _show(changes: tuple[Change, ...], screen: Screen) -> None:
    if not changes:
        screen.say("没有变化", "nothing has changed")
        return
    heads = (("代码", "code"), ("客户", "customer"), ("原", "before"), ("现", "after"))
    rows = [(one.code, one.subject, one.before or "-", one.after or "-") for one in changes[:_MOST_SHOWN]]
    counted = screen.pick(f"共 {len(changes):,} 项变化", f"{len(changes):,} changes")
    more = len(changes) - len(rows)
    rest = (
        screen.pick(f",列出前 {len(rows)} 项(全部: --json)", f", the first {len(rows)} shown (all: --json)")
        if more
        else ""
    )
    screen.table(counted + rest, [screen.pick(*head) for head in heads], rows)
    counts = [(code, count, title(code, screen.lang)) for code, count in _counts(changes).items()]
    names = (("代码", "code"), ("数量", "count"), ("含义", "meaning"))
    screen.table(screen.pick("按代码", "by code"), [screen.pick(*name) for name in names], counts)
