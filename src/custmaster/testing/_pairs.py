"""Pairs of entries for the existence check (存在性检查), each with its name and the verdicts that the requirements allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.customer.entry import Entry
from custmaster.dedup.codes import Verdict
from custmaster.errors import Fault, InvalidValue
from custmaster.testing._sheets import Sheet

__all__ = ["Case", "EntryPair", "Row", "Sheets", "pair_of", "pairs_of"]

Sheets = tuple[Sheet, Sheet]
L = TypeVar("L", bound=StrEnum)
_YES_OR_NO: Final = st.booleans()


@frozen(kw_only=True)
class EntryPair:
    """Two entries, both of customers that stand open, and what may be said of them.

    `same` is the truth, `allowed` what can be known of it: homonyms born on one day are two people, and yet a SUSPECT.
    Every entry holds a document. Whichever of the two is the applicant, the verdict is one of `allowed`.
    """

    label: StrEnum
    same: bool
    allowed: frozenset[Verdict]
    applicant: Entry
    candidate: Entry


@frozen(kw_only=True)
class Case:
    """An EntryPair in plain text, so that a failing one is printed readable."""

    label: StrEnum
    same: bool
    allowed: tuple[Verdict, ...]
    applicant: Sheet
    candidate: Sheet


@frozen(kw_only=True)
class Row:
    """How pairs of one label are made: the verdicts allowed, and a function of Hypothesis's `draw`."""

    allowed: tuple[Verdict, ...]
    make: Callable[[DrawFn], Sheets]


def pair_of(case: Case) -> EntryPair:
    """The pair that a case describes, its texts sealed."""
    return EntryPair(
        label=case.label,
        same=case.same,
        allowed=frozenset(case.allowed),
        applicant=case.applicant.entry(),
        candidate=case.candidate.entry(),
    )


@st.composite
def _cases(draw: DrawFn, label: StrEnum, row: Row, *, same: bool) -> Case:
    one, other = row.make(draw)
    if draw(_YES_OR_NO):
        one, other = other, one
    return Case(label=label, same=same, allowed=row.allowed, applicant=one, candidate=other)


def pairs_of(rows: Mapping[L, Row], only: L | None, *, same: bool) -> SearchStrategy[EntryPair]:
    """Pairs of one label, or of all. Errors: InvalidValue (TYPE) for what is none."""
    if only is None:
        return st.one_of([_cases(label, row, same=same) for label, row in rows.items()]).map(pair_of)
    if only not in rows or not isinstance(only, type(next(iter(rows)))):
        raise InvalidValue(Fault.TYPE, path="only", remedy="a label of these pairs")
    return _cases(only, rows[only], same=same).map(pair_of)
