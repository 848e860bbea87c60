"""`custmaster sample --customers N --seed S`: a fictional bank's customer file, its contracts or its roster, for trying things out."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from custmaster.cli.inputs import write_text
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.errors import UnusableInput
from custmaster.sim import sample_mapping, write_sample
from custmaster.sim.contracts import CONTRACTS_EACH, write_contracts
from custmaster.sim.roster import ROSTER_HEADS, RosterSize, roster_size, write_roster
from custmaster.wire._in_place import folder_in_place

__all__ = ["add", "make", "make_roster", "run"]

SEED: Final = 2026
_FAULTS: Final = 100
"""Of a thousand customers so many have a contract that is as it must not be."""


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser("sample", parents=[common], help="write a fictional customer file", allow_abbrev=False)
    verb.add_argument("--customers", type=int, default=1000, metavar="N", help="how many customers (default: 1000)")
    verb.add_argument(
        "--seed", type=int, default=SEED, metavar="S", help=f"the same seed gives the same file (default: {SEED})"
    )
    verb.add_argument(
        "--out", metavar="FILE", help="default: customers.csv, with customers.toml beside it; folder roster"
    )
    verb.add_argument(
        "--contracts", action="store_true", help="write the contracts of such customers instead (five each, no mapping)"
    )
    verb.add_argument(
        "--roster",
        action="store_true",
        help="write a folder instead: the roster's customers, staff, outlets and assignments (no mapping)",
    )
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Write the file and its mapping; 0."""
    if arguments.customers < 0:
        raise UnusableInput(
            "--customers", problem="a file cannot have fewer than no customers", remedy="give 0 or more"
        )
    if arguments.contracts and arguments.roster:
        raise UnusableInput("--roster", problem="it does not go with --contracts", remedy="ask for one of the two")
    if arguments.roster:
        return _roster(arguments, screen)
    arguments.out = arguments.out or "customers.csv"
    if arguments.contracts:
        return _contracts(arguments, screen)
    mapping = make(Path(arguments.out), count=arguments.customers, seed=arguments.seed)
    screen.result(
        {"out": arguments.out, "mapping": str(mapping), "customers": arguments.customers, "seed": arguments.seed}
    )
    screen.say(
        f"{arguments.out}: {arguments.customers:,} 位虚构客户; 映射: {mapping}",
        f"{arguments.out}: {arguments.customers:,} fictional customers; their mapping: {mapping}",
    )
    return 0


def _contracts(arguments: argparse.Namespace, screen: Screen) -> int:
    """Write contracts, of which some are as they must not be; 0."""
    count, out = arguments.customers, arguments.out
    with _written(Path(out)) as stream:
        write_contracts(stream, count, seed=arguments.seed, faults=_FAULTS)
    contracts = count * CONTRACTS_EACH
    screen.result({"out": out, "contracts": contracts, "customers": count, "seed": arguments.seed})
    screen.say(f"{out}: {contracts:,} 笔虚构签约", f"{out}: {contracts:,} fictional contracts")
    return 0


def _roster(arguments: argparse.Namespace, screen: Screen) -> int:
    """Write the files of a roster into a folder; 0."""
    out, size = Path(arguments.out or "roster"), roster_size(arguments.customers)
    rows = make_roster(out, size=size, seed=arguments.seed)
    screen.result({"out": str(out), "rows": rows, "customers": size.customers, "seed": arguments.seed})
    listed = ", ".join(f"{name} {count:,}" for name, count in rows.items())
    screen.say(f"{out}: 虚构名单文件 ({listed} 行)", f"{out}: the files of a fictional roster (rows: {listed})")
    return 0


def make_roster(out: Path, *, size: RosterSize, seed: int) -> dict[str, int]:
    """Write the four files of a roster into the folder; gives the rows of each."""
    rows: dict[str, int] = {}
    with folder_in_place(out, "the sample") as folder:
        for name in ROSTER_HEADS:
            with _written(folder / f"{name}.csv") as stream:
                rows[name] = write_roster(name, stream, size, seed=seed)
    return rows


@contextmanager
def _written(path: Path) -> Generator[TextIO]:
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as failure:
        raise UnusableInput(
            str(path), problem=failure.strerror or "cannot be written", remedy="choose another place"
        ) from None


def make(path: Path, *, count: int, seed: int) -> Path:
    """Write the customers to `path` and their mapping beside it; gives the mapping's path."""
    mapping = path.with_suffix(".toml")
    if mapping == path:
        raise UnusableInput(str(path), problem="the mapping would overwrite the customers", remedy="let it end in .csv")
    with _written(path) as stream:
        write_sample(stream, count, seed=seed)
    write_text(str(mapping), sample_mapping())
    return mapping
