"""`custmaster sync table`: the whole direction table under the readings of the handbook."""

from __future__ import annotations

import argparse

from custmaster.cli.screen import Screen
from custmaster.cli.sync_agreed import agreed
from custmaster.cli.verbs import Parser, Verbs
from custmaster.report.sync_table import SHEET, sheet, table_as_data

__all__ = ["add", "run"]

_CHINESE = ("操作", "来源", "归属系统", "非归属系统", "未尽之处", "依据")


def add(questions: Verbs, common: Parser) -> None:
    """Declare the question."""
    question = questions.add_parser(
        "table",
        parents=[common],
        help="the whole table: what owner and peer send for each operation (--json: the list of its cells)",
        allow_abbrev=False,
    )
    question.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Always 0: a table is no finding."""
    options = agreed(arguments).policy.options
    screen.result(table_as_data(options))
    heads = [screen.pick(zh, en) for zh, en in zip(_CHINESE, SHEET, strict=True)]
    title = screen.pick("同步方向:哪个系统发送什么", "what each system sends: by operation, cause and role")
    screen.table(title, heads, sheet(options))
    screen.say(
        "不在任何号段的客户号:一律拒绝。", "A number in no range of the number plan: refused, whatever was done."
    )
    return 0
