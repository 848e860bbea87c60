"""`custmaster dedupe FILE --mapping M.toml --out clusters.parquet`: who is in a file twice (去重), which may be merged unattended."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from custmaster.batch import (
    STOCK,
    Deduped,
    EngineName,
    Quality,
    Rules,
    Run,
    dedupe,
    pairwise,
    rules_file,
    write_clusters,
)
from custmaster.batch.results import check_place
from custmaster.batch.rules import unread
from custmaster.cli.against import against, show_conflicts
from custmaster.cli.inputs import a_count, a_size, as_of, read_text
from custmaster.cli.screen import Screen
from custmaster.cli.stewards import add_options, ledger_of, send_worklist
from custmaster.cli.survivors import survivors_of
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import UnusableInput
from custmaster.wire import FileMapping, load_mapping, open_table
from custmaster.wire.mapping import Columns, KindSource, TextSource

__all__ = ["add", "run"]

_STAGES: Final = {
    "texts": ("读取", "reading"),
    "stock": ("读取存量", "reading the stock"),
    "verdicts": ("比对", "comparing"),
}


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser("dedupe", parents=[common], help="find who is in a file twice", allow_abbrev=False)
    verb.add_argument("file", help="CSV, JSON Lines, Parquet or .xlsx")
    verb.add_argument("--mapping", metavar="FILE", help="which column feeds which field (see: custmaster map)")
    verb.add_argument(
        "--rules", metavar="FILE", help="rules of a data set that is no customer file, in place of a mapping"
    )
    verb.add_argument("--out", metavar="FILE", help="where each record goes with its clusters: .parquet or .csv")
    verb.add_argument("--engine", choices=[one.value for one in EngineName], default="duckdb", help="default: duckdb")
    verb.add_argument(
        "--workers", type=a_count, default=2, metavar="N", help="processes that read and judge (default: 2)"
    )
    verb.add_argument(
        "--memory", type=a_size, metavar="SIZE", help="memory of the engine, such as 2GB; the rest goes to disk"
    )
    verb.add_argument(
        "--truth", metavar="COLUMN", help="the column that says who is who: precision, recall and F1 are told"
    )
    verb.add_argument("--against", metavar="FILE", help="the stock: which rows of FILE are customers of it already")
    verb.add_argument("--against-mapping", metavar="FILE", help="the mapping of the stock, when its columns are others")
    verb.add_argument(
        "--survivors",
        metavar="FILE",
        help="where the record that is left of each automatic cluster goes: .parquet or .csv",
    )
    verb.add_argument("--survivorship", metavar="FILE", help="rules by which it is chosen; default: COMPLETENESS")
    verb.add_argument("--reveal", action="store_true", help="write the survivors unmasked")
    add_options(verb)
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when nobody is there twice, 1 when somebody is or may be, 2 (by the caller) when the input cannot be used."""
    file = Path(arguments.file)
    mapping, rules = _rules(arguments)
    if arguments.out is not None:
        check_place(Path(arguments.out), file)
    if arguments.against is not None:
        with showing(screen, file.name) as progress:
            how = evolve(_how(arguments), progress=progress)
            found_new = against(arguments, mapping, rules, how)
        return found_new.show(screen)
    if arguments.against_mapping is not None:
        raise UnusableInput("custmaster dedupe", problem="--against-mapping goes with --against alone")
    _apart(arguments)
    survivors = survivors_of(arguments, file, mapping)
    ledger = ledger_of(arguments)
    absent = () if mapping is not None else _absent(file, rules)
    truth = None if arguments.truth is None else _truth(file, mapping, arguments.truth)
    begin = time.perf_counter()
    with showing(screen, file.name) as progress:
        found = dedupe(file, mapping, rules=rules, run=evolve(_how(arguments), progress=progress))
        if ledger is not None:
            found = found.keeping_to(ledger.fixed(as_of(arguments), records=frozenset(found.records)))
    if arguments.out is not None:
        write_clusters(Path(arguments.out), found, file)
    left = None if survivors is None else survivors.write(found)
    items = (
        None if arguments.worklist is None else send_worklist(Path(arguments.worklist), found, ledger, as_of(arguments))
    )
    told = _Told(found=found, seconds=time.perf_counter() - begin, items=items, absent=absent, survivors=left)
    if truth is not None:
        told = _beside(told, truth)
    screen.result(_plain(told))
    if not screen.as_json:
        _show(told, screen)
    return 1 if found.edges else 0


def _beside(told: _Told, truth: Sequence[str]) -> _Told:
    """The figures over the rows of which the truth is told."""
    known = [place for place, who in enumerate(truth) if who]
    clusters = (told.found.clusters(review=which) for which in (False, True))
    who = [truth[place] for place in known]
    automatic, review = (pairwise([names[place] for place in known], who) for names in clusters)
    return evolve(told, automatic=automatic, review=review, judged=len(known))


def _apart(arguments: argparse.Namespace) -> None:
    """What is written goes to different files; asked before any work is done."""
    written = [getattr(arguments, option) for option in ("out", "survivors", "worklist", "ledger")]
    places = [Path(name).absolute() for name in written if name is not None]
    if len(set(places)) < len(places):
        raise UnusableInput("custmaster dedupe", problem="two answers would go to one file", remedy="name two files")


def _how(arguments: argparse.Namespace) -> Run:
    return Run(engine=EngineName(arguments.engine), workers=arguments.workers, memory=arguments.memory)


def _rules(arguments: argparse.Namespace) -> tuple[FileMapping | None, Rules]:
    if (arguments.mapping is None) == (arguments.rules is None):
        raise UnusableInput(
            "custmaster dedupe", problem="it needs --mapping for a customer file, or --rules for other data"
        )
    if arguments.rules is not None:
        return None, rules_file(read_text(arguments.rules), arguments.rules)
    return load_mapping(read_text(arguments.mapping), source=arguments.mapping), STOCK


@frozen(kw_only=True)
class _Told:
    found: Deduped
    seconds: float
    automatic: Quality | None = None
    review: Quality | None = None
    judged: int = 0
    items: int | None = None
    absent: tuple[str, ...] = ()
    survivors: int | None = None


def _absent(file: Path, rules: Rules) -> tuple[str, ...]:
    with open_table(file) as table:
        return unread(rules, table.header)


def _truth(file: Path, mapping: FileMapping | None, column: str) -> list[str]:
    """Who each row is, empty where nobody says; asked before any work is done, so that a wrong name is told at once."""
    source = TextSource(choices=(Columns(names=(column,)),))
    reading = (
        None if mapping is None else evolve(mapping, fields={"source_key": source}, documents=(), kind=KindSource())
    )
    with open_table(file, reading) as table:
        if column not in table.header:
            raise UnusableInput(file.name, problem="it has no column of the name given as --truth")
        place = table.header.index(column)
        return [row.cells[place].strip() if row.cells else "" for row in table.rows]


def _plain(told: _Told) -> dict[str, object]:
    found = told.found
    answer: dict[str, object] = {
        "records": len(found.records),
        "clusters": found.count(review=True),
        "seconds": round(told.seconds, 3),
        "compared": found.pairs,
        "links": _counted(found),
        "not_compared": [{"kind": one.kind, "rows": one.rows, "first": one.first} for one in found.capped],
        "conflicts": len(found.conflicts),
        "not_joined": len(found.loose),
    }
    if told.absent:
        answer["absent_columns"] = list(told.absent)
    if told.items is not None:
        answer["worklist"] = told.items
    if told.survivors is not None:
        answer["survivors"] = told.survivors
    if told.review is not None and told.automatic is not None:
        answer |= {
            "with_truth": told.judged,
            "pairwise": _figures(told.review),
            "automatic": _figures(told.automatic),
        }
    return answer


def _counted(found: Deduped) -> dict[str, int]:
    counts: dict[str, int] = {}
    for edge in found.edges:
        counts[edge.link.value] = counts.get(edge.link.value, 0) + 1
    return dict(sorted(counts.items()))


def _figures(quality: Quality) -> dict[str, float]:
    return {"precision": quality.precision, "recall": quality.recall, "f1": quality.f1}


def _show(told: _Told, screen: Screen) -> None:
    found = told.found
    records = len(found.records)
    automatic, review = (found.count(review=which) for which in (False, True))
    screen.say(
        f"{records:,} 条记录; 仅计可自动归并者为 {automatic:,} 个客户, 连同须核对者为 {review:,} 个; 用时 {told.seconds:.1f} 秒",
        f"{records:,} records are {automatic:,} customers by what may be merged unattended, {review:,} with what a person must look at; "
        f"{told.seconds:.1f} s",
    )
    for block in found.capped:
        screen.say(
            f"有 {block.rows:,} 条记录共用一个 {block.kind}, 未互相比对, 首条为 {block.first}",
            f"{block.rows:,} records share one {block.kind} and were not compared by it; the first is {block.first}",
        )
    show_conflicts(len(found.conflicts), len(found.loose), screen)
    if told.absent:
        named = ", ".join(told.absent)
        screen.say(
            f"规则所列而文件所无之列: {named}", f"columns that the rules name and the file does not have: {named}"
        )
    if told.items is not None:
        screen.say(f"待核对 {told.items:,} 项", f"{told.items:,} items for the stewards")
    if told.survivors is not None:
        screen.say(f"生存记录 {told.survivors:,} 条", f"{told.survivors:,} survivors written")
    rows = [(link, count) for link, count in _counted(found).items()]
    if rows:
        screen.table(screen.pick("关联", "links"), [screen.pick("种类", "link"), screen.pick("数量", "count")], rows)
    if told.review is not None and told.automatic is not None:
        heads = ["", *(screen.pick(*pair) for pair in (("精确率", "precision"), ("召回率", "recall"), ("F1", "F1")))]
        shown = [
            (name, *(f"{figure:.5f}" for figure in _figures(quality).values()))
            for name, quality in (("cluster_auto", told.automatic), ("cluster_review", told.review))
        ]
        title = f"与真实归属比较, {told.judged:,} 条", f"beside the truth of {told.judged:,} records"
        screen.table(screen.pick(*title), heads, shown)


@contextmanager
def showing(screen: Screen, name: str) -> Generator[Callable[[str, int, int], None]]:
    """A bar for each stage, with an estimate of the time left."""
    with screen.stages(name, {stage: screen.pick(*words) for stage, words in _STAGES.items()}) as told:
        yield told
