"""`custmaster why A B FILE --mapping M.toml`: what two records of one file say together, and what would have to agree for more."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from custmaster.batch import STOCK
from custmaster.batch.steps import named
from custmaster.batch.tasks import Source, rows_at
from custmaster.cli.inputs import read_text
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.dedup import STOCK_TABLES, TABLES, Keyed, Link, Table, keyed
from custmaster.dedup.compare import Level
from custmaster.dedup.why import Why, why
from custmaster.errors import UnusableInput
from custmaster.report.in_file import record_of
from custmaster.value.party import PartyKind
from custmaster.wire import FileMapping, compile_structure, load_mapping, open_table

__all__ = ["add", "run"]

_TABLES: Final[Mapping[str, Mapping[PartyKind, Table]]] = MappingProxyType({"stock": STOCK_TABLES, "counter": TABLES})
_LEVELS: Final[Mapping[Level, tuple[str, str]]] = MappingProxyType(
    {
        Level.AGREE: ("一致", "agrees"),
        Level.NEAR: ("近似", "near"),
        Level.DIFFER: ("不同", "differs"),
        Level.MISSING: ("无从比较", "says nothing"),
    }
)
_LINKS: Final[Mapping[Link, tuple[str, str]]] = MappingProxyType(
    {
        Link.AUTOMATIC: ("同一客户, 可自动归并", "one customer, may be merged unattended"),
        Link.REVIEW: ("疑似同一客户, 须人工核对", "perhaps one customer, a person must look"),
        Link.CONFLICT: ("同一证件不同户名, 须人工核对", "one document under two names, a person must look"),
        Link.NONE: ("未见关联", "nothing connects the two"),
    }
)


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "why", parents=[common], help="say why two records of a file are one customer, or why not", allow_abbrev=False
    )
    verb.add_argument(
        "left", metavar="A", help="a record: its source key, its name in the clusters of dedupe, or line:N"
    )
    verb.add_argument("right", metavar="B", help="the other record")
    verb.add_argument("file", metavar="FILE", help="the customer file that holds both")
    verb.add_argument("--mapping", required=True, metavar="FILE", help="which column feeds which field")
    verb.add_argument(
        "--rules",
        choices=list(_TABLES),
        default="stock",
        help="the tables for cleaning a stock (default) or those of the counter",
    )
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when nothing connects the two, 1 for any link, 2 (by the caller) when the input cannot be used."""
    mapping = load_mapping(read_text(arguments.mapping), source=arguments.mapping)
    left, right = _records((arguments.left, arguments.right), Path(arguments.file), mapping)
    told = why(left, right, _TABLES[arguments.rules][left.side.kind])
    screen.result(_plain(told))
    _show(told, screen)
    return 0 if told.link is Link.NONE else 1


def _records(asked: tuple[str, str], file: Path, mapping: FileMapping) -> tuple[Keyed, Keyed]:
    """The two records, in one pass over the file but for names that `dedupe` made; the first of several under one name."""
    found: dict[str, Keyed] = {}
    with open_table(file, mapping) as table:
        structure = compile_structure(mapping, table.header, typed=table.typed)
        for row in table.rows:
            structured = structure(row)
            names = (record_of(row.line, structured.record), f"line:{row.line}")
            for name in names:
                if name in asked and name not in found and structured.entry is not None:
                    found[name] = keyed(structured.entry)
            if len(found) == len(set(asked)):
                return found[asked[0]], found[asked[1]]
    found = _made(asked, file, mapping) | found
    if all(name in found for name in asked):
        return found[asked[0]], found[asked[1]]
    lacking = " and ".join(place for place, name in zip(("A", "B"), asked, strict=True) if name not in found)
    raise UnusableInput(
        file.name,
        problem=f"it holds no usable record of the name given as {lacking}",
        remedy="give the source key of the mapping, the name in the clusters of custmaster dedupe, or line:N",
    )


def _made(asked: Collection[str], file: Path, mapping: FileMapping) -> dict[str, Keyed]:
    """The records that are asked for by a name such as 7#3, which `custmaster dedupe` made for a row without a key of its own."""
    if not any("#" in name for name in asked):
        return {}
    with open_table(file, mapping) as table:
        structure = compile_structure(mapping, table.header, typed=table.typed)
        names = named(structure(row).record or "" for row in table.rows)
    places = {place: name for place, name in enumerate(names) if name in asked}
    found = {
        places[place]: structure(row).entry
        for place, row in rows_at(Source(path=file, mapping=mapping, rules=STOCK), list(places))
    }
    return {name: keyed(entry) for name, entry in found.items() if entry is not None}


def _plain(told: Why) -> dict[str, object]:
    nearest = told.nearest
    return {
        "link": told.link.value,
        "verdict": told.finding.verdict.value,
        "evidence": told.finding.evidence,
        "row": told.finding.row,
        "review": told.finding.review,
        "compared": [{"field": one.field, "level": one.level.name, "likeness": one.likeness} for one in told.compared],
        "documents": [tie.value for tie in told.ties],
        "rows": list(told.rows),
        "vetoes": list(told.vetoes),
        "apart": list(told.apart),
        "nearest": None
        if nearest is None
        else {
            "row": nearest.row,
            "verdict": nearest.verdict.value,
            "lacks": list(nearest.lacks),
            "vetoes": list(nearest.vetoes),
        },
        "met_under": list(told.met),
    }


def _show(told: Why, screen: Screen) -> None:
    found, nearest = told.finding, told.nearest
    screen.say(f"关联: {told.link} ({_LINKS[told.link][0]})", f"link: {told.link} ({_LINKS[told.link][1]})")
    screen.say(f"结论: {found.verdict} {found.evidence}", f"verdict: {found.verdict} {found.evidence}")
    if found.row:
        screen.say(f"依据: {found.row}", f"by the row: {found.row}")
    heads = [screen.pick(*head) for head in (("字段", "field"), ("结果", "result"), ("比较方法", "compared by"))]
    rows = [(one.field, screen.pick(*_LEVELS[one.level]), one.likeness) for one in told.compared]
    screen.table(screen.pick("逐项比较", "each comparison"), heads, rows)
    if told.ties:
        screen.say(f"证件: {', '.join(told.ties)}", f"documents: {', '.join(told.ties)}")
    if told.vetoes:
        screen.say(f"否决: {', '.join(told.vetoes)}", f"withdrawn by: {', '.join(told.vetoes)}")
    if told.apart:
        apart = ", ".join(told.apart)
        screen.say(f"经他人相连亦不归并: {apart}", f"kept apart, whoever links them: {apart}")
    if nearest is not None:
        lacks = ", ".join(nearest.lacks) or "-"
        screen.say(
            f"最接近而未成立: {nearest.row}, 缺 {lacks}",
            f"nearest row that did not count: {nearest.row}, lacking {lacks}",
        )
    met = ", ".join(told.met)
    screen.say(
        f"存量清理时相遇于: {met or '无, 不会被比对'}",
        f"in a whole stock they meet under: {met or 'nothing, so they are never compared'}",
    )
