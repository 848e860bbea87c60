"""`custmaster id NUMBER`: what kind of identity number this can be, and what it says."""

from __future__ import annotations

import argparse

from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import InvalidValue
from custmaster.value.identity.registry import LOOSE, VERBS, NumberForm, Reading, explain, read
from custmaster.value.identity.standards import STANDARDS

__all__ = ["add", "run"]


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser("id", parents=[common], help="explain an identity number", allow_abbrev=False)
    verb.add_argument("number", help="the number as it was written; spaces and full-width characters do not matter")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when some kind of number is well formed, else 1 with the reason of every kind that comes near."""
    readings = explain(arguments.number)
    refusals = () if readings else _refusals(arguments.number)
    screen.result(
        {
            "number": "*" * len(arguments.number),
            "readings": [_plain(reading) for reading in readings],
            "refusals": [{"form": form.value, "fault": fault.fault.value} for form, fault in refusals],
        }
    )
    for reading in readings:
        _show(reading, screen)
    if refusals:
        _show_refusals(refusals, screen)
    return 0 if readings else 1


def _refusals(number: str) -> tuple[tuple[NumberForm, InvalidValue], ...]:
    """Why each kind refuses; the kinds whose length already differs are left out unless all do."""
    found: list[tuple[NumberForm, InvalidValue]] = []
    for form in VERBS:
        if form in LOOSE:
            continue
        try:
            read(form, number)
        except InvalidValue as fault:
            found.append((form, fault))
    near = tuple(pair for pair in found if pair[1].fault.value not in ("LENGTH", "FORMAT"))
    return near or tuple(found)


def _plain(reading: Reading) -> dict[str, object]:
    return {
        "form": reading.form.value,
        "standard": STANDARDS[reading.form],
        "flags": [flag.value for flag in reading.flags],
        "birth_date": reading.birth_date,
        "sex": reading.sex.value if reading.sex else None,
        "region": reading.region,
    }


def _show(reading: Reading, screen: Screen) -> None:
    none = "-"
    rows = (
        (screen.pick("形式", "form"), reading.form.value),
        (screen.pick("标准", "standard"), STANDARDS[reading.form]),
        (screen.pick("出生日期", "birth date"), reading.birth_date or none),
        (screen.pick("性别", "sex"), reading.sex.value if reading.sex else none),
        (screen.pick("地区代码", "region"), reading.region or none),
        (screen.pick("标记", "flags"), ", ".join(flag.value for flag in reading.flags) or none),
    )
    screen.table(
        screen.pick("号码可读作", "the number reads as"), (screen.pick("项", "item"), screen.pick("值", "value")), rows
    )


def _show_refusals(refusals: tuple[tuple[NumberForm, InvalidValue], ...], screen: Screen) -> None:
    columns = (screen.pick("形式", "form"), screen.pick("标准", "standard"), screen.pick("不符之处", "fault"))
    rows = [(form.value, STANDARDS[form], fault.fault.value) for form, fault in refusals]
    screen.table(screen.pick("不是有效的证件号码", "no kind of number is well formed"), columns, rows)
