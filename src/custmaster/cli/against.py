"""`custmaster dedupe FILE --against STOCK`: which rows of a day's file are customers already (增量查重)."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Final

from attrs import frozen

from custmaster.batch import CheckedNew, Rules, Run, check_new, write_new
from custmaster.cli.inputs import read_text
from custmaster.cli.screen import Screen
from custmaster.dedup import Verdict
from custmaster.errors import UnusableInput
from custmaster.wire import FileMapping, load_mapping

__all__ = ["Against", "against", "show_conflicts"]

_OF_ONE_FILE: Final = ("truth", "worklist", "decisions", "ledger", "survivors", "survivorship", "reveal")
"""The options that mean something for a file by itself alone."""


@frozen(kw_only=True)
class Against:
    """What was found, and how long it took."""

    found: CheckedNew
    seconds: float

    def show(self, screen: Screen) -> int:
        """Tell it; 0 when every row is new, else 1."""
        counts = {str(verdict): self.found.verdicts.count(verdict) for verdict in Verdict}
        some = {verdict: count for verdict, count in counts.items() if count}
        screen.result(self._plain(some))
        screen.say(
            f"{len(self.found.records):,} 条新记录已与存量比对; 用时 {self.seconds:.1f} 秒",
            f"{len(self.found.records):,} new records beside the stock; {self.seconds:.1f} s",
        )
        for block in self.found.capped:
            screen.say(
                f"有 {block.rows:,} 条记录共用一个 {block.kind}, 未互相比对, 首条为 {block.first}",
                f"{block.rows:,} records share one {block.kind} and were not compared by it; the first is {block.first}",
            )
        show_conflicts(len(self.found.conflicts), len(self.found.loose), screen)
        heads = [screen.pick("结论", "verdict"), screen.pick("数量", "count")]
        screen.table(screen.pick("与存量比对", "beside the stock"), heads, list(some.items()))
        return 0 if set(some) <= {str(Verdict.NEW)} and not self.found.edges else 1

    def _plain(self, counts: dict[str, int]) -> dict[str, object]:
        found = self.found
        return {
            "records": len(found.records),
            "clusters": len(set(found.clusters(review=True))),
            "seconds": round(self.seconds, 3),
            "compared": found.pairs,
            "verdicts": counts,
            "not_compared": [{"kind": one.kind, "rows": one.rows, "first": one.first} for one in found.capped],
            "conflicts": len(found.conflicts),
            "not_joined": len(found.loose),
        }


def against(arguments: argparse.Namespace, mapping: FileMapping | None, rules: Rules, run: Run) -> Against:
    """The day's file beside the stock, written to --out. Errors: UnusableInput, also for an option that asks about one file by itself."""
    for option in _OF_ONE_FILE:
        if getattr(arguments, option):
            raise UnusableInput(
                "custmaster dedupe", problem=f"--{option} does not go with --against", remedy="leave one out"
            )
    begin, file, stock = time.perf_counter(), Path(arguments.file), Path(arguments.against)
    other = arguments.against_mapping
    of_stock = mapping if other is None else load_mapping(read_text(other), source=other)
    found = check_new(file, (stock, of_stock), mapping, rules=rules, run=run)
    if arguments.out is not None:
        write_new(Path(arguments.out), found, file)
    return Against(found=found, seconds=time.perf_counter() - begin)


def show_conflicts(conflicts: int, loose: int, screen: Screen) -> None:
    """Links that contradict a negative row, and rows that were not joined because too many hang together."""
    if conflicts:
        screen.say(
            f"有 {conflicts:,} 处关联与否定规则相矛盾, 未予归并, 须人工裁定",
            f"{conflicts:,} chains of links contradict a negative rule and joined nothing: a person must settle them",
        )
    if loose:
        screen.say(
            f"有 {loose:,} 条记录彼此牵连过多, 未予归并",
            f"{loose:,} records hang together with too many others and were not joined",
        )
