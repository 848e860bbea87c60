"""The channels of failure that are not a business "no" (a business "no" is a Decision).

Every error here carries a code, the path of the field and the length of what stood there, never the value itself:
an error text ends up in logs, tickets and mails, and a customer's identity number must not.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from typing import Any, Final

__all__ = ["CustmasterError", "Fault", "InvalidRecord", "InvalidValue", "UnusableInput"]


class Fault(StrEnum):
    """What is wrong with a value; a code is never reused for another meaning."""

    EMPTY = "EMPTY"
    TYPE = "TYPE"
    LENGTH = "LENGTH"
    FORMAT = "FORMAT"
    CHECK_DIGIT = "CHECK_DIGIT"
    DATE = "DATE"
    REGION = "REGION"
    RANGE = "RANGE"
    ORDER = "ORDER"
    OVERLAP = "OVERLAP"
    GAP = "GAP"
    DUPLICATE = "DUPLICATE"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    MISSING = "MISSING"
    AMBIGUOUS = "AMBIGUOUS"
    CONFLICT = "CONFLICT"


_MEANING: Final = {
    Fault.EMPTY: "nothing is written here",
    Fault.TYPE: "wrong type",
    Fault.LENGTH: "wrong length",
    Fault.FORMAT: "wrong form",
    Fault.CHECK_DIGIT: "the check character does not fit the rest",
    Fault.DATE: "no such day",
    Fault.REGION: "no such region",
    Fault.RANGE: "outside the allowed range",
    Fault.ORDER: "ends before it begins",
    Fault.OVERLAP: "overlaps its neighbour",
    Fault.GAP: "leaves a gap",
    Fault.DUPLICATE: "stands here twice",
    Fault.UNKNOWN_CODE: "unknown code",
    Fault.UNKNOWN_FIELD: "unknown field",
    Fault.MISSING: "missing",
    Fault.AMBIGUOUS: "can be read in more than one way",
    Fault.CONFLICT: "does not go with the rest of the record",
}


class InvalidValue(ValueError):
    """A value that cannot be constructed: its fault, the path of its field and its length, never the value.

    Source: house rule "personal data"; python-stdnum's four errors with the facts that they lack.

    >>> raise InvalidValue(Fault.CHECK_DIGIT, path="documents[0].number", length=18)
    Traceback (most recent call last):
    custmaster.errors.InvalidValue: documents[0].number: the check character does not fit the rest (CHECK_DIGIT, length 18)
    """

    def __init__(self, fault: Fault, *, path: str = "", length: int | None = None, remedy: str = "") -> None:
        self.fault: Final = fault
        self.path: Final = path
        self.length: Final = length
        self.remedy: Final = remedy
        super().__init__(fault, path, length, remedy)

    def __reduce__(self) -> tuple[partial[InvalidValue], tuple[()]]:
        # An error raised in a worker process crosses to the one that asked; keyword-only arguments need saying how.
        return partial(type(self), self.fault, path=self.path, length=self.length, remedy=self.remedy), ()

    def __str__(self) -> str:
        size = "" if self.length is None else f", length {self.length}"
        where = f"{self.path}: " if self.path else ""
        advice = f"; {self.remedy}" if self.remedy else ""
        return f"{where}{_MEANING[self.fault]} ({self.fault}{size}){advice}"

    def under(self, path: str) -> InvalidValue:
        """The same fault seen from one level further out.

        >>> InvalidValue(Fault.EMPTY, path="number").under("documents[0]").path
        'documents[0].number'
        """
        joined = f"{path}.{self.path}" if self.path and not self.path.startswith("[") else f"{path}{self.path}"
        return InvalidValue(self.fault, path=joined, length=self.length, remedy=self.remedy)


class InvalidRecord(InvalidValue):
    """A record that contradicts itself; `faults` holds every fault with its path, the first is the error's own.

    >>> raise InvalidRecord([InvalidValue(Fault.CONFLICT, path="sex"), InvalidValue(Fault.CONFLICT, path="unit")])
    Traceback (most recent call last):
    custmaster.errors.InvalidRecord: sex: does not go with the rest of the record (CONFLICT); 1 more at: unit
    """

    def __init__(self, faults: Iterable[InvalidValue]) -> None:
        self.faults: Final = tuple(faults)
        first = self.faults[0]
        super().__init__(first.fault, path=first.path, length=first.length, remedy=first.remedy)

    def __reduce__(self) -> tuple[partial[Any], tuple[()]]:
        return partial(InvalidRecord, self.faults), ()

    def __str__(self) -> str:
        rest = self.faults[1:]
        others = f"; {len(rest)} more at: {', '.join(fault.path for fault in rest)}" if rest else ""
        return f"{super().__str__()}{others}"

    def under(self, path: str) -> InvalidRecord:
        """The same faults seen from one level further out."""
        return InvalidRecord(fault.under(path) for fault in self.faults)


class CustmasterError(Exception):
    """A bug of the calling program: the library was asked for something that it never promised.

    >>> raise CustmasterError("no such range: the number plan was not asked first")
    Traceback (most recent call last):
    custmaster.errors.CustmasterError: no such range: the number plan was not asked first
    """


class UnusableInput(Exception):
    """A whole file (customers, mapping, handbook) that cannot be used: what, where and what to do about it.

    `problem` and `remedy` are sentences without any cell of the file; `where` is a line, a column or a key.

    >>> raise UnusableInput(
    ...     "customers.csv", problem="there is no column 'name'", where="line 1", remedy="add it to the mapping"
    ... )
    Traceback (most recent call last):
    custmaster.errors.UnusableInput: customers.csv, line 1: there is no column 'name'; add it to the mapping
    """

    def __init__(self, source: str, *, problem: str, where: str = "", remedy: str = "") -> None:
        self.source: Final = source
        self.problem: Final = problem
        self.where: Final = where
        self.remedy: Final = remedy
        super().__init__(source, problem, where, remedy)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), **self.as_arguments()), ()

    def as_arguments(self) -> dict[str, str]:
        """What it was made from: `UnusableInput(**problem.as_arguments())` says the same, in another process too."""
        return {"source": self.source, "problem": self.problem, "where": self.where, "remedy": self.remedy}

    def __str__(self) -> str:
        place = f"{self.source}, {self.where}" if self.where else self.source
        advice = f"; {self.remedy}" if self.remedy else ""
        return f"{place}: {self.problem}{advice}"
