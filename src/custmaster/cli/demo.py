"""`custmaster demo`: a small fictional bank, checked before your eyes."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Final

from custmaster.cli import check, sample
from custmaster.cli.inputs import load_handbook
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.handbook import render
from custmaster.report.file_check import FileCheck, check_table
from custmaster.report.tally import Tally
from custmaster.sim import FICTIONAL_DAY
from custmaster.wire import load_mapping, open_table
from custmaster.wire.findings import Finding

__all__ = ["add", "run"]

CUSTOMERS: Final = 200


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "demo", parents=[common], help="a small fictional bank, checked before your eyes", allow_abbrev=False
    )
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Always 0: a demo that finds what it should has gone well."""
    day, book = arguments.as_of or FICTIONAL_DAY, load_handbook(arguments)
    found: list[Finding] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "customers.csv")
        mapping = load_mapping(
            sample.make(file, count=CUSTOMERS, seed=sample.SEED).read_text("utf-8"), source="customers.toml"
        )
        with open_table(file, mapping) as table:
            tally = check_table(table, FileCheck(mapping=mapping, handbook=book, day=day), found.append)
    screen.result(
        {
            "customers": CUSTOMERS,
            "as_of": day,
            "handbook": book.version,
            **check.tally_as_json(tally, screen),
            "details": [_plain(finding, screen) for finding in found],
        }
    )
    _show(tally, found, screen)
    return 0


def _plain(finding: Finding, screen: Screen) -> dict[str, object]:
    reason = finding.reason
    return {
        "line": finding.line,
        "record": finding.record,
        "field": finding.field,
        "code": reason.code.value,
        "message": render(reason.code, dict(reason.facts), screen.lang),
        "article": reason.citation.article,
    }


def _show(tally: Tally, found: list[Finding], screen: Screen) -> None:
    screen.say(
        f"一家虚构银行的 {CUSTOMERS} 位客户(数据均为虚构),逐行检查:",
        f"{CUSTOMERS} customers of a fictional bank (nobody here exists), checked row by row:",
    )
    names = (
        ("行", "line"),
        ("程度", "severity"),
        ("字段", "field"),
        ("发现及原因", "what was found, and why"),
        ("依据", "source"),
    )
    rows = [
        (
            finding.line,
            check.severity(finding.reason.outcome, screen.lang),
            finding.field,
            render(finding.reason.code, dict(finding.reason.facts), screen.lang),
            finding.reason.citation.article,
        )
        for finding in found
    ]
    screen.table(screen.pick("逐条", "finding by finding"), [screen.pick(zh, en) for zh, en in names], rows)
    check.show_tally(tally, screen)
    screen.say(
        "接下来: custmaster sample 生成样例文件; custmaster map 您的文件 起草映射; custmaster check 检查",
        "next: `custmaster sample` writes such a file, `custmaster map YOUR_FILE` drafts its mapping, `custmaster check` checks it",
    )
