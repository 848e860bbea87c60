"""`custmaster roster review --customers F --staff F --out DIR`: is the roster as it should be? A page, a workbook, figures and findings."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from attrs import evolve

from custmaster.cli.inputs import a_day
from custmaster.cli.roster_figures import all_figures, figures_as_json, show_figures, write_figures
from custmaster.cli.roster_found import found_as_json, is_bad, show_found
from custmaster.cli.roster_inputs import add_files, apart_from, few_collections, the_paths, the_roster, the_terms
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import UnusableInput
from custmaster.report.roster_book import write_roster_book
from custmaster.report.roster_page import roster_page
from custmaster.roster import review as reviewed
from custmaster.roster.figure_codes import RosterRowCode
from custmaster.roster.figures import Met
from custmaster.roster.review import RosterReview
from custmaster.wire._in_place import folder_in_place
from custmaster.wire.findings import Finding, write_findings
from custmaster.wire.roster_files import RosterRead, placed

__all__ = ["OUTPUTS", "add", "run"]

OUTPUTS: Final = ("review.html", "roster.xlsx", "figures.json", "figures.csv", "findings.csv")
"""What is written; the workbook only where the extra `excel` is installed."""


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the question."""
    verb = verbs.add_parser(
        "review", parents=[common], help="every figure of the roster, and who is short", allow_abbrev=False
    )
    add_files(verb)
    verb.add_argument(
        "--before", metavar="FILE", help="the assignments as they were at the last review: what has changed"
    )
    verb.add_argument(
        "--last",
        type=a_day,
        metavar="DAY",
        help="the day of the last review (without --before: read off the same files)",
    )
    verb.add_argument("--out", required=True, metavar="DIR", help="the folder for page, workbook, figures and findings")
    verb.add_argument("--reveal", action="store_true", help="names in clear text (default: masked)")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when every target is met and no row is bad, 1 when not, 2 (by the caller) when the input cannot be used."""
    out = Path(arguments.out)
    _refuse_file(out)
    for name in OUTPUTS:
        apart_from(out / name, arguments)
    terms = evolve(the_terms(arguments), last=arguments.last)
    if terms.last is not None and terms.last > terms.day:
        raise UnusableInput("--last", problem="it is after the day under review", remedy="name an earlier day")
    paths = evolve(the_paths(arguments), before=None if arguments.before is None else Path(arguments.before))
    with few_collections():
        read = the_roster(paths, terms, screen)
        screen.say(f"已读取 {read.rows:,} 行客户,评审中", f"{read.rows:,} rows of customers read; reviewing")
        answer = reviewed(read.roster, terms.day, terms.page, read.before)
        findings = _findings(read, answer)
        with folder_in_place(out, "the review") as folder:
            written = _write(folder, (answer, read, findings), arguments, screen)
    told = {
        "out": arguments.out,
        "written": written,
        "rows": read.rows,
        **figures_as_json(answer),
        **found_as_json(findings, screen),
    }
    screen.result(told)
    show_figures(answer, screen)
    show_found(findings, screen)
    listed = ", ".join(written)
    screen.say(f"已写入 {arguments.out}: {listed}", f"written to {arguments.out}: {listed}")
    short = any(figure.met is Met.NO and figure.approval is None for figure, _ in all_figures(answer))
    return 1 if short or any(map(is_bad, findings)) else 0


def _refuse_file(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UnusableInput(out.name, problem="this is a file, not a folder", remedy="name a folder: --out DIR")
    if not out.absolute().parent.is_dir():
        raise UnusableInput(str(out), problem="the folder above it is not there", remedy="make it, or name another")


def _findings(read: RosterRead, answer: RosterReview) -> tuple[Finding, ...]:
    """What reading found and what the whole roster shows, by file and line; a level that reading could not make out is not told again."""
    told = {(one.field.partition(".")[0], one.line) for one in read.findings}
    judged = (placed(one, read.lines) for one in answer.findings)
    kept = (one for one in judged if not (_is_level(one) and (one.field.partition(".")[0], one.line) in told))
    return tuple(sorted([*read.findings, *kept], key=_place))


def _is_level(finding: Finding) -> bool:
    return str(finding.reason.code) == RosterRowCode.ROSTER_LEVEL_UNKNOWN.value


def _place(finding: Finding) -> tuple[str, int, str, str]:
    return finding.field.partition(".")[0], finding.line, finding.field, str(finding.reason.code)


def _write(
    folder: Path,
    made: tuple[RosterReview, RosterRead, Iterable[Finding]],
    arguments: argparse.Namespace,
    screen: Screen,
) -> list[str]:
    """Every output into the folder that is not in place yet; gives their names."""
    answer, read, findings = made
    lang, reveal = screen.lang.value, arguments.reveal
    page = roster_page(answer, read.roster, lang=lang, reveal=reveal)
    (folder / "review.html").write_text(page, encoding="utf-8", newline="\n")
    if find_spec("xlsxwriter") is not None:
        write_roster_book(folder / "roster.xlsx", answer, read.roster, lang=lang, reveal=reveal)
    text = json.dumps(figures_as_json(answer), ensure_ascii=False, indent=2, default=str)
    (folder / "figures.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    write_figures(folder / "figures.csv", answer)
    with write_findings(folder / "findings.csv", lang=screen.lang) as write:
        for one in findings:
            write(one)
    there = {path.name for path in folder.iterdir()}
    return [name for name in OUTPUTS if name in there]
