"""`custmaster check FILE --mapping M.toml --out findings.csv`: a customer file in, explained findings out."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final

from attrs import frozen

from custmaster.cli.found import Found, Given, found_as_json, show_found
from custmaster.cli.inputs import a_count, as_of, handbook_text, load_handbook, read_text
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.decision import Outcome
from custmaster.dedup import Verdict
from custmaster.errors import UnusableInput
from custmaster.handbook import Language, title
from custmaster.report.check_crew import CheckCrew, CrewTask
from custmaster.report.check_share import Texts, both
from custmaster.report.completeness_tally import CompletenessCounter
from custmaster.report.file_check import FileCheck, check_table
from custmaster.report.in_file import InFile, Presence
from custmaster.report.number_block import number_block
from custmaster.report.tally import Tally
from custmaster.value.number_plan import Block, remaining
from custmaster.wire import compile_structure, load_mapping, open_table
from custmaster.wire.findings import SEVERITY, Finding, FindingFile, finding_file
from custmaster.wire.number_list import write_numbers
from custmaster.wire.readers import format_of

__all__ = ["Places", "add", "check_file", "run", "severity", "show_tally", "tally_as_json"]

_COLLECTED: Final = 50_000
"""Objects made and not yet gone before the collector looks for cycles."""
_WORKERS: Final = 2
_SMALL: Final = 4 << 20
"""Bytes of a file that one process has checked before a second would have helped."""

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
    verb.add_argument(
        "--rules-only",
        action="store_true",
        help="hold rows to the rules alone: do not ask which are one customer, nor how complete each is",
    )
    verb.add_argument(
        "--numbers", metavar="FROM:TO", help="numbers for the customers that are new (default: the handbook's range)"
    )
    verb.add_argument("--numbers-out", metavar="FILE", help="where record and number of new customers go: .csv")
    verb.add_argument(
        "--workers", type=a_count, metavar="N", help="processes that share the work (default: 2 for a large file)"
    )
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when nothing was found, 1 when something was, 2 (by the caller) when the input cannot be used."""
    day, book = as_of(arguments), load_handbook(arguments)
    text = read_text(arguments.mapping)
    mapping = load_mapping(text, source=arguments.mapping)
    by = FileCheck(mapping=mapping, handbook=book, day=day)
    block = number_block(book, day, arguments.numbers) if _asks_numbers(arguments) else None
    places = _places(arguments, text, block)
    found = check_file(by, places, screen)
    screen.result(
        {
            "file": arguments.file,
            "out": arguments.out,
            "as_of": day,
            "handbook": book.version,
            **tally_as_json(found.tally, screen),
            **found_as_json(found),
        }
    )
    show_tally(found.tally, screen)
    show_found(found, screen)
    if arguments.out and found.findings:
        screen.say(f"明细: {arguments.out}", f"details: {arguments.out}")
    return 1 if found.findings else 0


def _places(arguments: argparse.Namespace, mapping: str, block: Block | None) -> Places:
    """What goes where, and what does not go together."""
    if arguments.rules_only and block is not None:
        raise UnusableInput(
            "--rules-only", problem="nobody asks who is new, so nobody gets a number", remedy="leave it out"
        )
    if (
        arguments.numbers_out
        and arguments.out
        and Path(arguments.numbers_out).absolute() == Path(arguments.out).absolute()
    ):
        raise UnusableInput(arguments.out, problem="findings and numbers cannot be one file", remedy="name two files")
    return Places(
        file=Path(arguments.file),
        out=arguments.out,
        numbers_out=arguments.numbers_out,
        block=block,
        rules_only=arguments.rules_only,
        workers=arguments.workers,
        texts=Texts(mapping=(mapping, arguments.mapping), handbook=handbook_text(arguments)),
    )


def _asks_numbers(arguments: argparse.Namespace) -> bool:
    return bool(arguments.numbers or arguments.numbers_out)


@frozen(kw_only=True)
class Places:
    """The file that is checked, where findings and numbers go, and which numbers there are for them.

    With `rules_only` nobody asks which rows are one customer, nor how complete each is. `workers` is how many processes share the work,
    None: as many as the file is worth; `texts` is the check in words for them, without which this process works alone.
    """

    file: Path
    out: str | None = None
    numbers_out: str | None = None
    block: Block | None = None
    rules_only: bool = False
    workers: int | None = None
    texts: Texts | None = None


def check_file(by: FileCheck, places: Places, screen: Screen) -> Found:
    """Check one file, with a progress bar on a terminal; what is written appears whole or not at all."""
    with _few_collections(), _sink(places.out, places.file, screen) as sink, ExitStack() as stack:
        scores = None if places.rules_only else CompletenessCounter(by.handbook.on(by.day), by.day)
        with open_table(places.file, by.mapping) as table, screen.progress(places.file.name, table.expected) as told:
            crew = _crew(by, places, screen, stack)
            numbering = places.numbers_out is not None
            in_file = None if places.rules_only else stack.enter_context(InFile(numbering=numbering))
            if crew is not None:
                tally = crew.watched(sink.take, told, scores, in_file)
            else:
                tally = check_table(table, by, sink.write, told, both(scores, in_file))
        if scores is None or in_file is None:
            return Found(tally=tally)
        presence = _resolved(by, places, sink, in_file) if crew is None else crew.resolved(sink.take, in_file)
        given = _number(in_file, presence, places)
        return Found(tally=tally, completeness=scores.counted(), presence=presence, given=given)


def _crew(by: FileCheck, places: Places, screen: Screen, stack: ExitStack) -> CheckCrew | None:
    """The other processes, if the file is worth them."""
    if places.texts is None or places.workers == 1 or format_of(places.file, by.mapping) == "xlsx":
        return None  # a sheet is held whole, and several would hold it several times
    if places.workers is None and places.file.stat().st_size < _SMALL:
        return None
    task = CrewTask(
        file=places.file,
        texts=places.texts,
        day=by.day,
        out=None if places.out is None else Path(places.out),
        lang=screen.lang,
        whole=not places.rules_only,
        numbering=places.numbers_out is not None,
    )
    return stack.enter_context(CheckCrew.at_work(task, places.workers or _WORKERS))


def _resolved(by: FileCheck, places: Places, sink: FindingFile, in_file: InFile) -> Presence:
    """The second reading of the file, by this process alone."""
    with open_table(places.file, by.mapping) as table:
        structure = compile_structure(by.mapping, table.header, typed=table.typed)
        return in_file.resolve(table, structure, sink.write)


@contextmanager
def _few_collections() -> Generator[None]:
    """Rows make no cycles, so the collector would look at them a hundred times a second for nothing; it still looks when much is held."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _number(in_file: InFile, presence: Presence, places: Places) -> Given | None:
    """Give the new rows their numbers, into the file for them; too few numbers are told before anything is written."""
    new, block = presence.verdicts[Verdict.NEW], places.block
    if block is None:
        return None
    if remaining(block) < new:
        raise UnusableInput(
            "--numbers",
            problem=f"{new:,} customers are new, and there are {remaining(block):,} numbers from {block.next} to {block.last}",
            remedy="give a longer range: --numbers FROM:TO",
        )
    if places.numbers_out is None:
        return None
    first = last = None
    with write_numbers(Path(places.numbers_out), source=places.file) as write:
        for line, record, number in in_file.numbers(block):
            write(line, record, number)
            first, last = first or number, number
    return Given(out=places.numbers_out, first=first, last=last)


@contextmanager
def _sink(out: str | None, source: Path, screen: Screen) -> Generator[FindingFile]:
    if out is None:
        yield FindingFile(write=_drop, take=_leave)
        return
    with finding_file(Path(out), lang=screen.lang, source=source) as file:
        yield file


def _drop(finding: Finding) -> None:
    """Findings are counted only."""


def _leave(lines: IO[bytes], length: int) -> None:
    """The same."""


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
