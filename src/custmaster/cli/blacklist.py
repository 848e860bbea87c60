"""`custmaster screen FILE --mapping M.toml --list L.csv --list-mapping L.toml`: a customer file against blacklists, findings out."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from custmaster.batch.screening import ScreeningRun, ScreeningSink, screen_file
from custmaster.cli.check import show_tally, tally_as_json
from custmaster.cli.inputs import as_of, load_handbook, read_text
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import InvalidRecord, InvalidValue, UnusableInput
from custmaster.report.tally import FindingCounter, Tally
from custmaster.screening.listing import ListEntry
from custmaster.screening.screen import Hit
from custmaster.screening.screen import Screen as Lists
from custmaster.wire import list_entries_from_jsonl, load_list_mapping, load_mapping, read_list
from custmaster.wire._header import why
from custmaster.wire.findings import Finding, finding_file

__all__ = ["add", "run"]

_MOST_SHOWN: Final = 5


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "screen", parents=[common], help="screen a customer file against blacklists", allow_abbrev=False
    )
    verb.add_argument("file", help="the customers: CSV, JSON Lines, Parquet or .xlsx")
    verb.add_argument(
        "--mapping", required=True, metavar="FILE", help="which column feeds which field (see: custmaster map)"
    )
    verb.add_argument(
        "--list", action="append", required=True, metavar="FILE", help="a list's file; may be given several times"
    )
    verb.add_argument(
        "--list-mapping",
        action="append",
        default=[],
        metavar="FILE",
        help="the mapping of each list, in their order (default: they are entries in JSON Lines)",
    )
    verb.add_argument("--out", metavar="FILE", help="where the findings go: .csv or .jsonl (default: counted only)")
    verb.add_argument("--lists-out", metavar="FILE", help="where the findings about the lists themselves go")
    verb.add_argument("--cleared", action="store_true", help="tell names too that other facts speak against, as notes")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when nothing was found, 1 when something was, of customers or of the lists; 2 (by the caller) when the input cannot be used."""
    day, file = as_of(arguments), Path(arguments.file)
    load_handbook(arguments)
    mapping = load_mapping(read_text(arguments.mapping), source=arguments.mapping)
    lists = _lists(arguments)
    about = _told_of_lists(arguments, lists, screen)
    counts = _Counts()
    with _sink(arguments.out, file, screen, counts) as sink, screen.progress(file.name, None) as told:
        asked = ScreeningRun(screen=_together(lists), day=day, cleared=arguments.cleared, progress=told)
        rows = screen_file(file, mapping, asked, sink)
    tally = counts.found.tally(rows)
    entries = sum(len(one.entries) for one in lists)
    stated = {"file": arguments.file, "out": arguments.out, "as_of": day, "entries": entries}
    screen.result({**stated, **tally_as_json(tally, screen), "hits": counts.as_json(), "lists": [*_of_lists(lists)]})
    _show(arguments, screen, (tally, about), counts)
    return 1 if tally.findings or about.findings else 0


@frozen(kw_only=True)
class _Listed:
    """What one list's file holds."""

    file: str
    entries: tuple[ListEntry, ...]
    findings: tuple[Finding, ...] = ()


def _lists(arguments: argparse.Namespace) -> list[_Listed]:
    files, mappings = arguments.list, arguments.list_mapping
    if not mappings:
        return [_Listed(file=name, entries=_entries(Path(name))) for name in files]
    if len(mappings) != len(files):
        problem = f"there are {len(files)} lists and {len(mappings)} mappings"
        raise UnusableInput("--list-mapping", problem=problem, remedy="give each list its mapping, in their order")
    read = [
        read_list(Path(name), load_list_mapping(read_text(mapping), mapping))
        for name, mapping in zip(files, mappings, strict=True)
    ]
    return [
        _Listed(file=name, entries=one.entries, findings=one.findings) for name, one in zip(files, read, strict=True)
    ]


def _entries(place: Path) -> tuple[ListEntry, ...]:
    """The entries of a file in JSON Lines."""
    try:
        return list_entries_from_jsonl(place.read_bytes())
    except OSError as failure:
        raise UnusableInput(place.name, problem=f"the list cannot be read ({why(failure)})") from None
    except ExceptionGroup as group:
        told = "; ".join(str(one) for one in group.exceptions[:_MOST_SHOWN] if isinstance(one, InvalidValue))
        remedy = "give its --list-mapping, if it is a file of another kind"
        raise UnusableInput(place.name, problem=told, remedy=remedy) from None


def _together(lists: list[_Listed]) -> Lists:
    """The entries of all lists. Errors: UnusableInput for numbers that stand in two files of one list."""
    try:
        return Lists(entries=[entry for one in lists for entry in one.entries])
    except InvalidRecord as problem:
        shown = ", ".join(fault.path for fault in problem.faults[:_MOST_SHOWN])
        more = f" and {len(problem.faults) - _MOST_SHOWN} more" if len(problem.faults) > _MOST_SHOWN else ""
        remedy = "give each file a list of its own name, or map source_key to a column that tells their entries apart"
        raise UnusableInput("--list", problem=f"entries stand twice: {shown}{more}", remedy=remedy) from None


def _told_of_lists(arguments: argparse.Namespace, lists: list[_Listed], screen: Screen) -> Tally:
    """What is wrong with the lists themselves, into its file."""
    counter = FindingCounter()
    with _file(arguments.lists_out, Path(arguments.list[0]), screen) as write:
        for finding in (finding for one in lists for finding in one.findings):
            counter.add(finding)
            write(finding)
    return counter.tally(sum(len(one.entries) for one in lists))


@contextmanager
def _file(out: str | None, source: Path, screen: Screen) -> Generator[Callable[[Finding], None]]:
    if out is None:
        yield _drop
        return
    with finding_file(Path(out), lang=screen.lang, source=source) as file:
        yield file.write


def _drop(finding: Finding) -> None:
    """Findings are counted only."""


@contextmanager
def _sink(out: str | None, source: Path, screen: Screen, counts: _Counts) -> Generator[ScreeningSink]:
    with _file(out, source, screen) as write:

        def both(finding: Finding, hit: Hit | None) -> None:
            counts.add(finding, hit)
            write(finding)

        yield both


@define
class _Counts:
    """What was found of customers, by code, and hits by list, cause, and answer with the strongest kind of match."""

    found: FindingCounter = field(factory=FindingCounter)
    lists: Counter[str] = field(factory=Counter[str])
    causes: Counter[str] = field(factory=Counter[str])
    how: Counter[str] = field(factory=Counter[str])

    def add(self, finding: Finding, hit: Hit | None) -> None:
        """One finding more."""
        self.found.add(finding)
        if hit is not None:
            self.lists[hit.list_name] += 1
            self.causes[str(hit.cause)] += 1
            self.how[f"{hit.match.answer} {hit.match.how[0]}"] += 1

    def as_json(self) -> dict[str, dict[str, int]]:
        """The counts of hits, each in the order of its words."""
        counted = {"list": self.lists, "cause": self.causes, "how": self.how}
        return {name: dict(sorted(counts.items())) for name, counts in counted.items()}


def _of_lists(lists: list[_Listed]) -> Iterator[dict[str, object]]:
    for one in lists:
        yield {"file": one.file, "entries": len(one.entries), "findings": len(one.findings)}


_HEADS: Final = {
    "list": ("按名单", "by list"),
    "cause": ("按事由", "by cause"),
    "how": ("按匹配方式", "by kind of match"),
}


def _show(arguments: argparse.Namespace, screen: Screen, tallies: tuple[Tally, Tally], counts: _Counts) -> None:
    found, about = tallies
    screen.say(f"名单条目 {about.rows:,} 条", f"{about.rows:,} entries on the lists")
    if about.findings:
        screen.say("名单文件本身的问题:", "of the lists themselves:")
        show_tally(about, screen)
    show_tally(found, screen)
    for name, counted in counts.as_json().items():
        if counted:
            head, number = screen.pick(*_HEADS[name]), screen.pick("数量", "count")
            screen.table(head, [head.removeprefix("by ").removeprefix("按"), number], counted.items())
    for out, tally in ((arguments.out, found), (arguments.lists_out, about)):
        if out and tally.findings:
            screen.say(f"明细: {out}", f"details: {out}")
