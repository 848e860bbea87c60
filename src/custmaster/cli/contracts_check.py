"""`custmaster contracts check FILE --catalogue PRODUCTS.toml`: is a register of contracts clean? Explained findings out."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from attrs import define, evolve, field

from custmaster.batch.contracts import Run, Sink, check_contracts
from custmaster.batch.engines import EngineName
from custmaster.cli.check import show_tally, tally_as_json
from custmaster.cli.inputs import a_size, as_of, load_handbook, read_text
from custmaster.cli.ledger import load_ledger
from custmaster.cli.register import the_catalogue, the_mapping
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.contract.kinds import CATEGORY_NAMES, Category
from custmaster.contract.register import Holders, RegisterPage
from custmaster.dedup.alias_events import NumberStatus
from custmaster.dedup.alias_records import EMPTY
from custmaster.errors import UnusableInput
from custmaster.report.tally import FindingCounter
from custmaster.wire import load_mapping, open_table
from custmaster.wire._cells import getter
from custmaster.wire.findings import Finding, finding_file
from custmaster.wire.mapping import Columns, DocumentSource, FileMapping, KindSource, TextSource

__all__ = ["add", "run"]

_NUMBER: Final = "customer_number"


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the question."""
    verb = verbs.add_parser("check", parents=[common], help="is a register of contracts clean", allow_abbrev=False)
    verb.add_argument("file", help="the contracts: CSV, JSON Lines, Parquet or .xlsx")
    verb.add_argument("--catalogue", required=True, metavar="FILE", help="the product catalogue, .toml or .csv")
    verb.add_argument("--catalogue-version", metavar="VERSION", help="the version of a catalogue in CSV")
    verb.add_argument(
        "--mapping", metavar="FILE", help="which column feeds which field (default: they are called alike)"
    )
    verb.add_argument("--customers", metavar="FILE", help="the customer file: whose contracts there can be")
    verb.add_argument(
        "--customers-mapping", metavar="FILE", help="its mapping (default: its column is called customer_number)"
    )
    verb.add_argument("--ledger", metavar="FILE", help="the ledger of customer numbers (.jsonl): merged, closed, void")
    verb.add_argument("--out", metavar="FILE", help="where the findings go: .csv or .jsonl (default: counted only)")
    verb.add_argument(
        "--engine", choices=["duckdb", "python"], help="what brings contracts together (default: duckdb, if installed)"
    )
    verb.add_argument("--memory", type=a_size, metavar="SIZE", help="for the engine duckdb, such as 2GB")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when nothing was found, 1 when something was, 2 (by the caller) when the input cannot be used."""
    day, book, file = as_of(arguments), load_handbook(arguments), Path(arguments.file)
    catalogue, mapping = the_catalogue(arguments, book.on(day)), the_mapping(arguments.mapping, file)
    page = RegisterPage(catalogue=catalogue, day=day, holders=_holders(arguments, day))
    counts = _Counts()
    how = Run(engine=arguments.engine and EngineName(arguments.engine), memory=arguments.memory)
    stages = {"rows": screen.pick("读取", "reading")}
    with _sink(arguments.out, file, screen, counts) as sink, screen.stages(file.name, stages) as told:

        def progress(done: int, total: int | None) -> None:
            told("rows", done, total or 0)

        rows = check_contracts(file, mapping, page, sink, evolve(how, progress=progress))
    tally = counts.found.tally(rows)
    stated = {"file": arguments.file, "out": arguments.out, "as_of": day, "catalogue": catalogue.version}
    screen.result({**stated, **tally_as_json(tally, screen), "categories": counts.by_category()})
    show_tally(tally, screen)
    _show_categories(counts, screen)
    if arguments.out and tally.findings:
        screen.say(f"明细: {arguments.out}", f"details: {arguments.out}")
    return 1 if tally.findings else 0


def _holders(arguments: argparse.Namespace, day: date) -> Holders:
    """Who there is: by the customer file, by the ledger, or by both; nobody asks without either."""
    if arguments.customers is None and arguments.customers_mapping is not None:
        raise UnusableInput(
            "--customers-mapping", problem="there is no customer file", remedy="name it: --customers FILE"
        )
    ledger = EMPTY if arguments.ledger is None else load_ledger(Path(arguments.ledger))
    standings = {life.number: standing.status for life in ledger.lives if (standing := life.on(day)) is not None}
    ended = {number: str(status) for number, status in standings.items() if status is not NumberStatus.ACTIVE}
    if arguments.customers is not None:
        return Holders(numbers=_customers(Path(arguments.customers), arguments.customers_mapping), ended=ended)
    return Holders(numbers=None if arguments.ledger is None else frozenset(standings), ended=ended)


def _customers(file: Path, mapping: str | None) -> frozenset[str]:
    """The numbers of a customer file."""
    if mapping is None:
        fields = {_NUMBER: TextSource(choices=(Columns(names=(_NUMBER,)),))}
        stated = FileMapping(fields=fields, dates={"default": ("YYYY-MM-DD",)})
    else:
        stated = load_mapping(read_text(mapping), source=mapping)
        if _NUMBER not in stated.fields:
            raise UnusableInput(mapping, problem=f"it names no column for {_NUMBER}", remedy="add it under [fields]")
        none = tuple[DocumentSource, ...]()
        stated = evolve(stated, fields={_NUMBER: stated.fields[_NUMBER]}, documents=none, kind=KindSource())
    with open_table(file, stated) as table:
        get = getter(stated.fields[_NUMBER], table.header)
        return frozenset(number for row in table.rows if row.cells and (number := get(row.cells).strip()))


@define
class _Counts:
    """What was found, counted by code and by category."""

    found: FindingCounter = field(factory=FindingCounter)
    categories: Counter[tuple[str, str]] = field(factory=Counter[tuple[str, str]])

    def add(self, finding: Finding, category: Category | None) -> None:
        """One finding more."""
        self.found.add(finding)
        self.categories[str(finding.reason.code), "" if category is None else category.value] += 1

    def by_category(self) -> dict[str, dict[str, int]]:
        """The summary by category and code; the category is empty where the product is not known."""
        found: dict[str, dict[str, int]] = {}
        for (code, category), count in sorted(self.categories.items()):
            found.setdefault(category, {})[code] = count
        return dict(sorted(found.items()))


@contextmanager
def _sink(out: str | None, source: Path, screen: Screen, counts: _Counts) -> Generator[Sink]:
    if out is None:
        yield counts.add
        return
    with finding_file(Path(out), lang=screen.lang, source=source) as file:

        def both(finding: Finding, category: Category | None) -> None:
            counts.add(finding, category)
            file.write(finding)

        yield both


def _show_categories(counts: _Counts, screen: Screen) -> None:
    rows = [
        (_named(category, screen), code, count)
        for category, codes in counts.by_category().items()
        for code, count in codes.items()
    ]
    if rows:
        heads = [screen.pick(*pair) for pair in (("类别", "category"), ("代码", "code"), ("数量", "count"))]
        screen.table(screen.pick("按签约类别", "by category"), heads, rows)


def _named(category: str, screen: Screen) -> str:
    if not category:
        return screen.pick("不明", "not known")
    return screen.pick(CATEGORY_NAMES[Category(category)], category)
