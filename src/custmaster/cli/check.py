"""`custmaster check FILE --mapping M.toml --out findings.csv`: a customer file in, explained findings out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from custmaster.cli.inputs import as_of, load_handbook, read_text
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.decision import Outcome
from custmaster.handbook import Language, title
from custmaster.report.file_check import FileCheck, check_table
from custmaster.report.tally import Tally
from custmaster.wire import load_mapping, open_table, write_findings
from custmaster.wire.findings import SEVERITY, Finding

__all__ = ["add", "check_file", "run", "severity", "show_tally", "tally_as_json"]

_CHINESE: Final = {Outcome.REFUSED: "错误", Outcome.REVIEW: "警示", Outcome.ALLOWED: "提示"}


def severity(outcome: Outcome, lang: Language) -> str:
    """How an outcome reads on a finding."""
    return _CHINESE[outcome] if lang is Language.ZH else SEVERITY[outcome]


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser("check", parents=[common], help="check a customer file", allow_abbrev=False)
    verb.add_argument("file", help="CSV, JSON Lines, Parquet or .xlsx")
    verb.add_argument(
        "--mapping", required=True, metavar="FILE", help="which column feeds which field (see: custmaster map)"
    )
    verb.add_argument("--out", metavar="FILE", help="where the findings go: .csv or .jsonl (default: counted only)")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when nothing was found, 1 when something was, 2 (by the caller) when the input cannot be used."""
    day, book = as_of(arguments), load_handbook(arguments)
    mapping = load_mapping(read_text(arguments.mapping), source=arguments.mapping)
    by = FileCheck(mapping=mapping, handbook=book, day=day)
    tally = check_file(Path(arguments.file), by, arguments.out, screen)
    screen.result(
        {
            "file": arguments.file,
            "out": arguments.out,
            "as_of": day,
            "handbook": book.version,
            **tally_as_json(tally, screen),
        }
    )
    show_tally(tally, screen)
    if arguments.out and tally.findings:
        screen.say(f"明细: {arguments.out}", f"details: {arguments.out}")
    return 1 if tally.findings else 0


def check_file(path: Path, by: FileCheck, out: str | None, screen: Screen) -> Tally:
    """Check one file, with a progress bar on a terminal; the findings file appears whole or not at all."""
    with (
        open_table(path, by.mapping) as table,
        _sink(out, path, screen) as sink,
        screen.progress(path.name, table.expected) as progress,
    ):
        return check_table(table, by, sink, progress)


@contextmanager
def _sink(out: str | None, source: Path, screen: Screen) -> Generator[Callable[[Finding], None]]:
    if out is None:
        yield _drop
        return
    with write_findings(Path(out), lang=screen.lang, source=source) as write:
        yield write


def _drop(finding: Finding) -> None:
    """Findings are counted only."""


def tally_as_json(tally: Tally, screen: Screen) -> dict[str, object]:
    """The summary as plain values."""
    codes = [
        {
            "code": row.code,
            "severity": SEVERITY[row.outcome],
            "count": row.count,
            "first_line": row.first_line,
            "meaning": title(row.code, screen.lang),
        }
        for row in tally.counted
    ]
    return {
        "rows": tally.rows,
        "rows_with_findings": tally.rows_with_findings,
        "findings": tally.findings,
        "codes": codes,
    }


def show_tally(tally: Tally, screen: Screen) -> None:
    """The summary as a table."""
    screen.say(
        f"共 {tally.rows:,} 行,其中 {tally.rows_with_findings:,} 行有问题,问题 {tally.findings:,} 项",
        f"{tally.rows:,} rows, {tally.rows_with_findings:,} of them with findings, {tally.findings:,} findings",
    )
    if not tally.counted:
        return
    heads = [
        screen.pick(zh, en)
        for zh, en in (
            ("程度", "severity"),
            ("代码", "code"),
            ("数量", "count"),
            ("首行", "first line"),
            ("含义", "meaning"),
        )
    ]
    rows = [
        (severity(r.outcome, screen.lang), r.code, r.count, r.first_line, title(r.code, screen.lang))
        for r in tally.counted
    ]
    screen.table(screen.pick("问题汇总", "what was found"), heads, rows)
