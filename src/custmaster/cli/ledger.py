"""What several verbs ask of the ledger of customer numbers (.jsonl): the file itself, and today's numbers of old ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from custmaster.cli.inputs import faults_of
from custmaster.dedup.alias_records import AliasLedger
from custmaster.dedup.aliases import resolve
from custmaster.errors import CustmasterError, InvalidValue, UnusableInput
from custmaster.wire._header import why
from custmaster.wire.aliases import ledger_from_jsonl

__all__ = ["load_ledger", "todays_numbers"]

_REMEDY: Final = "export the whole ledger again"


def load_ledger(place: Path) -> AliasLedger:
    """The ledger of a file. Errors: UnusableInput when it cannot be read, or holds what is no ledger."""
    try:
        return ledger_from_jsonl(place.read_bytes())
    except OSError as problem:
        raise UnusableInput(place.name, problem=f"the ledger cannot be read ({why(problem)})") from None
    except InvalidValue as fault:
        raise UnusableInput(place.name, problem=str(fault), remedy=_REMEDY) from None
    except ExceptionGroup as group:
        raise UnusableInput(place.name, problem=faults_of(group), remedy=_REMEDY) from None


def todays_numbers(place: Path, day: date) -> Mapping[str, tuple[str, ...]]:
    """For each number of the ledger that is no more a customer's own, the numbers that stand for it on the day."""
    ledger = load_ledger(place)
    found: dict[str, tuple[str, ...]] = {}
    for life in ledger.lives:
        standing = life.on(day)
        if standing is not None and standing.into:
            found[life.number] = _ends(ledger, life.number, day, place)
    return found


def _ends(ledger: AliasLedger, number: str, day: date, place: Path) -> tuple[str, ...]:
    try:
        return resolve(ledger, number, day).ends
    except CustmasterError:
        problem = f"it lacks a number that {number} leads to, or leads in a circle"
        raise UnusableInput(place.name, problem=problem, remedy=_REMEDY) from None
