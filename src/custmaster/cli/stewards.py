"""The part of `custmaster dedupe` that closes the loop with stewards: their ledger, the sheet that comes back, the sheet that goes out."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from custmaster.batch import Deduped
from custmaster.cli.inputs import as_of
from custmaster.cli.verbs import Parser
from custmaster.dedup.steward import EMPTY_LEDGER, Ledger
from custmaster.dedup.worklist import Run, worklist
from custmaster.errors import InvalidValue, UnusableInput
from custmaster.wire import apply_decision_file, rulings_from_jsonl, rulings_to_jsonl, write_worklist
from custmaster.wire._in_place import written_bytes

__all__ = ["add_options", "ledger_of", "send_worklist"]


def add_options(verb: Parser) -> None:
    """Declare the options."""
    verb.add_argument("--ledger", metavar="FILE", help="the stewards' rulings (.jsonl): the clusters keep to them")
    verb.add_argument(
        "--decisions", metavar="FILE", help="an edited worklist, .csv or .xlsx: its decisions go into the ledger first"
    )
    verb.add_argument("--worklist", metavar="FILE", help="where the sheet for the stewards goes: .csv or .xlsx")


def ledger_of(arguments: argparse.Namespace) -> Ledger | None:
    """The ledger with what the edited sheet decides, written back whole; None when nobody asked for one.

    Errors: UnusableInput, naming every row of the sheet that cannot be taken; nothing is written then.
    """
    if arguments.ledger is None:
        if arguments.decisions is not None:
            raise UnusableInput("--decisions", problem="decisions go into a ledger", remedy="name it: --ledger FILE")
        return None
    place = Path(arguments.ledger)
    ledger = _read(place)
    if arguments.decisions is None:
        return ledger
    sheet = Path(arguments.decisions)
    made = apply_decision_file(ledger, sheet, day=as_of(arguments))
    if not isinstance(made, Ledger):
        told = "; ".join(problem.sentence for problem in made)
        raise UnusableInput(
            sheet.name, problem=f"nothing was taken: {told}", remedy="mend these rows and send it again"
        )
    if made is not ledger:
        written_bytes(place, rulings_to_jsonl(made), "the ledger")
    return made


def _read(place: Path) -> Ledger:
    if not place.exists():
        return EMPTY_LEDGER
    try:
        return rulings_from_jsonl(place.read_bytes())
    except OSError as problem:
        raise UnusableInput(place.name, problem=problem.strerror or "it cannot be read") from None
    except (InvalidValue, ExceptionGroup):
        raise UnusableInput(
            place.name,
            problem="it is no ledger of rulings, or one that was changed by hand",
            remedy="take a copy of it",
        ) from None


def send_worklist(path: Path, found: Deduped, ledger: Ledger | None, day: date) -> int:
    """The sheet for the stewards, without any value of a customer; how many items it has."""
    known = ledger or EMPTY_LEDGER
    records = frozenset(found.records)
    made = found.kept or found.clusterings()
    items = worklist(Run(edges=found.edges, clusterings=made, records=records), ledger=known, day=day)
    write_worklist(path, items)
    return len(items)
