"""`custmaster handbook show | check FILE | diff A B`: read, check and compare handbook files."""

from __future__ import annotations

import argparse

from custmaster.cli.inputs import as_of, load_handbook, read_text
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.handbook import KEYS, check, diff, parse, plain_value

__all__ = ["add", "run_check", "run_diff", "run_show"]


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb and its three questions."""
    verb = verbs.add_parser("handbook", help="show, check or compare handbook files", allow_abbrev=False)
    questions = verb.add_subparsers(dest="question", required=True, metavar="QUESTION")
    show = questions.add_parser("show", parents=[common], help="the figures of one day", allow_abbrev=False)
    show.add_argument("prefix", nargs="?", default="", help="only keys that begin with this")
    show.set_defaults(run=run_show)
    checked = questions.add_parser("check", parents=[common], help="every problem of a file", allow_abbrev=False)
    checked.add_argument("file")
    checked.set_defaults(run=run_check)
    compared = questions.add_parser("diff", parents=[common], help="what changed from A to B", allow_abbrev=False)
    compared.add_argument("a")
    compared.add_argument("b")
    compared.set_defaults(run=run_diff)


def run_show(arguments: argparse.Namespace, screen: Screen) -> int:
    """The figure of every key in force on the day, with its article."""
    book, day = load_handbook(arguments), as_of(arguments)
    page = book.on(day)
    rows = [
        (
            key.name,
            plain_value(page.get(key)),
            page.article(key) if page.get(key) is not None else "-",
            screen.pick(key.zh, key.en),
        )
        for key in KEYS
        if key.name.startswith(arguments.prefix)
    ]
    names = ("key", "value", "article", "meaning")
    screen.result(
        {"handbook": book.version, "as_of": day, "keys": [dict(zip(names, row, strict=True)) for row in rows]}
    )
    title = screen.pick(f"{day} 生效的规定(版本 {book.version})", f"in force on {day} (version {book.version})")
    screen.table(title, [screen.pick(zh, en) for zh, en in zip(("键", "值", "条款", "含义"), names, strict=True)], rows)
    return 0


def run_check(arguments: argparse.Namespace, screen: Screen) -> int:
    """All problems of a handbook file at once; 0 when it can be used, 1 when not."""
    problems = check(read_text(arguments.file), source=arguments.file)
    names = ("line", "key", "problem", "remedy")
    rows = [(problem.line, problem.key, problem.problem, problem.remedy) for problem in problems]
    screen.result({"file": arguments.file, "problems": [dict(zip(names, row, strict=True)) for row in rows]})
    if rows:
        screen.table(
            arguments.file,
            [screen.pick(zh, en) for zh, en in zip(("行", "键", "问题", "办法"), names, strict=True)],
            rows,
        )
    else:
        screen.say(f"{arguments.file}: 可以使用", f"{arguments.file}: can be used")
    return 1 if rows else 0


def run_diff(arguments: argparse.Namespace, screen: Screen) -> int:
    """What another handbook changes, key by key and from which day; 0 when nothing."""
    a, b = (parse(read_text(name), source=name) for name in (arguments.a, arguments.b))
    differences = diff(a, b)
    names = ("key", "from", "until", "a", "b")
    rows = [
        (found.key, found.start, found.end or "", plain_value(found.before), plain_value(found.after))
        for found in differences
    ]
    screen.result({"a": a.version, "b": b.version, "differences": [dict(zip(names, row, strict=True)) for row in rows]})
    if rows:
        heads = [screen.pick(zh, en) for zh, en in zip(("键", "自", "至(不含)", "甲", "乙"), names, strict=True)]
        screen.table(f"{arguments.a} → {arguments.b}", heads, rows)
    else:
        screen.say("两份手册的规定相同", "the two handbooks say the same")
    return 1 if rows else 0
