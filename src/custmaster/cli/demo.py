"""`custmaster demo`: a fictional bank's day, decision by decision; a customer at two cores; its customer file checked; its roster and a QC circle reviewed."""

from __future__ import annotations

import argparse
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from custmaster.cli import check, sample
from custmaster.cli.circle_day import CircleStory, circle_run
from custmaster.cli.circle_review import circles_as_json, show_circles
from custmaster.cli.day import Scene, bank_day
from custmaster.cli.inputs import load_handbook
from custmaster.cli.roster_day import roster_as_json, roster_reviewed, show_roster
from custmaster.cli.screen import Screen
from custmaster.cli.two_cores import CoreScene, Ending, two_cores
from custmaster.cli.verbs import Parser, Verbs
from custmaster.handbook import Handbook, NotInForce, default, render
from custmaster.report.file_check import FileCheck, check_table
from custmaster.report.tally import Tally
from custmaster.sim import FICTIONAL_DAY
from custmaster.sync.settings import setting
from custmaster.wire import load_mapping, open_table
from custmaster.wire.findings import Finding

__all__ = ["add", "run"]

CUSTOMERS: Final = 200


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "demo",
        parents=[common],
        help="a fictional bank's day, a customer at two cores, its files, roster and a QC circle reviewed",
        allow_abbrev=False,
    )
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Always 0: a demo that finds what it should has gone well."""
    day, book = arguments.as_of or FICTIONAL_DAY, load_handbook(arguments)
    scenes, found = bank_day(book, day), list[Finding]()
    steps, ending = two_cores(setting(default().on(FICTIONAL_DAY)))  # a bank may share other fields than the story has
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "customers.csv")
        mapping = load_mapping(
            sample.make(file, count=CUSTOMERS, seed=sample.SEED).read_text("utf-8"), source="customers.toml"
        )
        with open_table(file, mapping) as table:
            tally = check_table(table, FileCheck(mapping=mapping, handbook=book, day=day), found.append)
    roster, circle = roster_reviewed(book.on(day), day), _circle(book, day)
    screen.result(
        {
            "customers": CUSTOMERS,
            "as_of": day,
            "handbook": book.version,
            "day": [_scene(scene, screen) for scene in scenes],
            "sync": {"steps": [_step(step, screen) for step in steps], "equal": ending.equal, "messages": ending.sent},
            **check.tally_as_json(tally, screen),
            "details": [_plain(finding, screen) for finding in found],
            "roster": roster_as_json(roster),
            "circle": {"day": [_scene(one, screen) for one in _scenes(circle)], **circles_as_json([circle.review], {})},
        }
    )
    _show_day(scenes, screen)
    _show_cores(steps, ending, screen)
    _show(tally, screen)
    show_roster(roster, screen)
    _show_circle(circle, screen)
    return 0


def _circle(book: Handbook, day: date) -> CircleStory:
    """The story up to the day; a day so early that the rules were not yet in force has the story of the sample's day."""
    try:
        return circle_run(book, day)
    except NotInForce:
        return circle_run(default(), FICTIONAL_DAY)


def _scenes(circle: CircleStory) -> tuple[Scene, ...]:
    return tuple(Scene(zh=zh, en=en, outcome=answer.outcome, reasons=answer.reasons) for zh, en, answer in circle.told)


def _show_circle(circle: CircleStory, screen: Screen) -> None:
    screen.say("它的一个 QC 小组,从注册登记到成果报备:", "one of its QC circles, from registration to filed results:")
    _show_scenes(_scenes(circle), screen, screen.pick("QC 小组", "the circle"))
    show_circles([circle.review], {}, screen)
    screen.say(
        "接下来: custmaster circle form 打印记录表; custmaster circle review 评审您的小组",
        "next: `custmaster circle form` prints the forms, `custmaster circle review` reviews your circles",
    )


def _scene(scene: Scene, screen: Screen) -> dict[str, object]:
    return {
        "asked": screen.pick(scene.zh, scene.en),
        "outcome": scene.outcome,
        "reasons": [
            {
                "code": str(reason.code),
                "message": render(reason.code, dict(reason.facts), screen.lang),
                "article": reason.citation.article,
            }
            for reason in scene.reasons
        ],
    }


def _show_day(scenes: tuple[Scene, ...], screen: Screen) -> None:
    screen.say("虚构银行的一天,每个答复都有理由:", "a fictional bank's day; every answer has its reasons:")
    _show_scenes(scenes, screen, screen.pick("一天", "the day"))


def _show_scenes(scenes: tuple[Scene, ...], screen: Screen, title: str) -> None:
    rows: list[tuple[object, ...]] = []
    for place, scene in enumerate(scenes, start=1):
        told = [render(reason.code, dict(reason.facts), screen.lang) for reason in scene.reasons]
        articles = dict.fromkeys(reason.citation.article for reason in scene.reasons)
        rows.append(
            (place, screen.pick(scene.zh, scene.en), scene.outcome, "\n".join(told) or "-", "\n".join(articles))
        )
    names = (("#", "#"), ("事项", "asked"), ("答复", "answer"), ("理由", "reasons"), ("依据", "source"))
    screen.table(title, [screen.pick(zh, en) for zh, en in names], rows)


def _step(step: CoreScene, screen: Screen) -> dict[str, object]:
    return {
        "system": step.system,
        "happened": screen.pick(step.zh, step.en),
        "message": step.message,
        "led_to": step.led_to,
    }


def _show_cores(steps: tuple[CoreScene, ...], ending: Ending, screen: Screen) -> None:
    names = (("#", "#"), ("系统", "at"), ("发生了什么", "what happened"), ("报文", "message"), ("结果", "led to"))
    rows = [
        (place, step.system, screen.pick(step.zh, step.en), step.message or "-", step.led_to or "-")
        for place, step in enumerate(steps, start=1)
    ]
    title = screen.pick(
        "两个核心系统,一位客户,报文会丢、会重复", "one customer at two cores; messages are lost and repeated"
    )
    screen.table(title, [screen.pick(zh, en) for zh, en in names], rows)
    same = ending.equal
    screen.say(
        f"{'两边一致' if same else '两边不一致'}: {ending.fields} 个字段, {ending.sent} 条报文",
        f"{'both ended equal' if same else 'they differ'}: {ending.fields} fields, {ending.sent} messages; "
        "next: `custmaster sync explore` searches every such story",
    )


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


def _show(tally: Tally, screen: Screen) -> None:
    screen.say(
        f"它的 {CUSTOMERS} 位客户(数据均为虚构),逐行检查:",
        f"its {CUSTOMERS} customers (nobody here exists), checked row by row:",
    )
    check.show_tally(tally, screen)
    screen.say(
        "接下来: custmaster sample 生成样例文件; custmaster map 您的文件 起草映射; custmaster check 检查",
        "next: `custmaster sample` writes such a file, `custmaster map YOUR_FILE` drafts its mapping, `custmaster check` checks it",
    )
