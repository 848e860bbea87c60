"""What the host found when it looked for a customer, made plain; and the systems in which it has to look."""

from __future__ import annotations

from collections.abc import Iterable

from custmaster.dedup.check import Candidate
from custmaster.handbook import Page, customer_number_plan
from custmaster.value._checks import texts

__all__ = ["found", "named", "systems"]


def found(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates as a tuple, in the order given."""
    return tuple(candidates)


def named(systems_or_numbers: Iterable[str]) -> tuple[str, ...]:
    """Names or numbers, each once and sorted: their order says nothing. Errors: InvalidValue (TYPE) for one text in place of a list.

    >>> named(["EUSP", "BP", "BP"])
    ('BP', 'EUSP')
    """
    return tuple(sorted(set(texts(systems_or_numbers, ""))))


def systems(page: Page) -> tuple[str, ...]:
    """The systems whose stock may hold a customer: all that the number plan names. Errors: NotInForce. Source: R-72.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> systems(default().on(date(2026, 11, 23)))
    ('BP', 'EUSP')
    """
    return customer_number_plan(page).systems
