"""A file's header against the mapping: every mapped column must stand in it, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NoReturn

from custmaster.errors import UnusableInput
from custmaster.value.identity import credit_code, resident
from custmaster.value.phone import Phone, PhoneKind
from custmaster.wire._complaints import closest

__all__ = ["check_header", "numeric_text", "refuse_data", "why"]


def check_header(source: str, header: Sequence[str], wanted: Iterable[str], *, where: str) -> None:
    """Every column of `wanted` stands in the header exactly once. Errors: UnusableInput naming all that do not."""
    columns = tuple(wanted)
    missing = [column for column in columns if column not in header]
    if missing:
        refuse_data(source, header, where)
        _refuse_missing(source, header, missing, where)
    for column in columns:
        if header.count(column) > 1:
            problem = f"two columns are called {column!r}"
            raise UnusableInput(
                source, problem=problem, where=where, remedy="rename one of them: the mapping means one"
            )


def refuse_data(source: str, header: Sequence[str], where: str) -> None:
    """Errors: UnusableInput when a heading is somebody's number: the file has no header, and its first row is personal data."""
    if any(map(_is_data, header)):
        problem = "the first row holds customers' data, not headings"
        raise UnusableInput(
            source, problem=problem, where=where, remedy="put a row with the names of the columns above it"
        )


def _is_data(heading: str) -> bool:
    """Whether it is a sound identity number, or a mobile number: no column is called so."""
    if resident.is_valid(heading) or credit_code.is_valid(heading):
        return True
    return 0 < len(heading) <= Phone.longest and Phone(heading).kind is PhoneKind.MOBILE


def _refuse_missing(source: str, header: Sequence[str], missing: list[str], where: str) -> NoReturn:
    named = ", ".join(repr(column) for column in missing)
    problem = f"there is no column {named}" if len(missing) == 1 else f"there are no columns {named}"
    near = [repr(word) for column in missing if (word := closest(column, header))]
    remedy = f"the closest in the file: {', '.join(dict.fromkeys(near))}" if near else "correct the mapping"
    if len(header) == 1:
        wrong = next((mark for mark in ";\t|," if mark in header[0]), None)
        remedy = f"state it in the mapping: [source] delimiter = {wrong!r}" if wrong else remedy
    raise UnusableInput(source, problem=problem, where=where, remedy=remedy)


def numeric_text(value: float) -> str | None:
    """A number that a file held in binary floating point as the text meant by it; None when its digits cannot be trusted.

    A spreadsheet keeps 15 significant digits and binary64 counts by more than one beyond 2**53, so that an identity number of
    18 digits that was stored as a number is lost. Source: IEEE 754, binary64.

    >>> numeric_text(1.0), numeric_text(0.25), numeric_text(1.10105491231002e14), numeric_text(1.1010119900307123e17)
    ('1', '0.25', '110105491231002', None)
    """
    if value != value or abs(value) >= 1e15:  # noqa: PLR0124 -- not a number, or 16 digits
        return None
    return str(int(value)) if value == int(value) else repr(value)


def why(problem: OSError) -> str:
    """What the operating system says, without the path."""
    return problem.strerror or type(problem).__name__
